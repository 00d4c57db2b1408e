/** What the dashboard reminds of beside what it shows anyway: a meter to be read by hand, answers to be read, questions about a request, an outage at one's address. Fetched after its first picture. */
import { addDays, getOutageBoard, listConcerns, listReadings, listServiceRequests, listThreads, localDay, outagePhase, windowOn, type ConcernedBy, type Input, type InputOf, type LocalDay, type Meter, type OutputOf, type ReadingWindow, type TimeZone } from '@oya/contract';
import type { PortalClient, Read } from '@oya/core';

/** What is known already is not asked for again so soon. */
const FRESH_MS = 60_000;

export interface Reminders {
  /** The last day for a reading that is expected. */
  readonly readingUntil?: LocalDay | undefined;
  /** Answers of the utility that nobody has read. */
  readonly unread?: number | undefined;
  /** What is cut now reaches the contract: surely, or perhaps. */
  readonly outage?: ConcernedBy | undefined;
  /** The day of the next works that surely reach it. */
  readonly worksOn?: LocalDay | undefined;
  /** The utility waits for something that a request needs. */
  readonly asked?: boolean | undefined;
}

export interface RemindersQuestion {
  readonly meter: Meter;
  readonly window: ReadingWindow | undefined;
  readonly today: LocalDay;
  readonly timeZone: TimeZone;
}

/** Only of what the site has a place for. What cannot be had is no reminder. */
export async function remindersFor(client: PortalClient, question: RemindersQuestion): Promise<Reminders> {
  const [readingUntil, unread, asked, outages] = await Promise.all([
    client.route('readings') === undefined ? undefined : readingDue(client, question).catch(() => undefined),
    client.route('messages') === undefined ? undefined : unreadAnswers(client).catch(() => undefined),
    client.route('procedures') === undefined ? undefined : isAsked(client).catch(() => undefined),
    client.route('alerts') === undefined ? undefined : outagesAt(client, question).catch(() => undefined),
  ]);
  return { readingUntil, unread, asked, ...outages };
}

/** @returns the last day for it; `undefined` outside the window, and once a reading of its days is there */
async function readingDue(client: PortalClient, { meter: { id: meterId, kind }, window, today }: RemindersQuestion): Promise<LocalDay | undefined> {
  if (kind !== 'hand-read' || !window || !client.supports(listReadings)) return undefined;
  const { readings, nextInvoiceOn } = await ask(client, listReadings, { meterId });
  const state = windowOn(today, nextInvoiceOn, window);
  if (state.state !== 'open') return undefined;
  const opened = addDays(state.until, window.closesDaysBefore - window.opensDaysBefore);
  return readings.some(({ on, state: stands }) => on >= opened && stands !== 'estimated' && stands !== 'corrected') ? undefined : state.until;
}

async function unreadAnswers(client: PortalClient): Promise<number | undefined> {
  if (!client.supports(listThreads)) return undefined;
  const every: Input<'listThreads'> = {};
  return (await ask(client, listThreads, every)).unread;
}

async function outagesAt(client: PortalClient, { meter: { contractId }, timeZone }: RemindersQuestion): Promise<Pick<Reminders, 'outage' | 'worksOn'>> {
  if (!client.supports(getOutageBoard) || !client.supports(listConcerns)) return {};
  const [board, { items: concerns }] = await Promise.all([ask(client, getOutageBoard, {}), ask(client, listConcerns, {})]);
  const reaching = concerns.flatMap((concern) => (concern.contractId === contractId ? board.items.filter(({ id }) => id === concern.outageId).map((outage) => ({ outage, by: concern.by, phase: outagePhase(outage, Date.parse(board.asOf)) })) : []));
  const current = reaching.filter(({ phase }) => phase === 'current');
  const [works] = reaching.filter(({ phase, by }) => phase === 'planned' && by === 'address').map(({ outage }) => outage.startsAt).sort();
  return { outage: current.find(({ by }) => by === 'address')?.by ?? current[0]?.by, worksOn: works === undefined ? undefined : localDay(Date.parse(works), timeZone) };
}

function ask<O extends Read>(client: PortalClient, operation: O, input: InputOf<O>): Promise<OutputOf<O>> {
  return client.queries.fetchQuery({ queryKey: client.keyOf(operation, input), queryFn: ({ signal }) => client.read(operation, input, signal), staleTime: FRESH_MS });
}

async function isAsked(client: PortalClient): Promise<boolean | undefined> {
  if (!client.supports(listServiceRequests)) return undefined;
  return (await ask(client, listServiceRequests, {})).items.some(({ state }) => state === 'waiting');
}
