/** What the dashboard reminds of beside what it shows anyway: a meter to be read by hand, answers to be read, questions about a request. Fetched after its first picture. */
import { addDays, listReadings, listServiceRequests, listThreads, windowOn, type Input, type LocalDay, type Meter, type ReadingWindow } from '@oya/contract';
import type { PortalClient } from '@oya/core';

/** What is known already is not asked for again so soon. */
const FRESH_MS = 60_000;

export interface Reminders {
  /** The last day for a reading that is expected. */
  readonly readingUntil?: LocalDay | undefined;
  /** Answers of the utility that nobody has read. */
  readonly unread?: number | undefined;
  /** The utility waits for something that a request needs. */
  readonly asked?: boolean | undefined;
}

export interface RemindersQuestion {
  readonly meter: Meter;
  readonly window: ReadingWindow | undefined;
  readonly today: LocalDay;
}

/** Only of what the site has a place for. What cannot be had is no reminder. */
export async function remindersFor(client: PortalClient, question: RemindersQuestion): Promise<Reminders> {
  const [readingUntil, unread, asked] = await Promise.all([
    client.route('readings') === undefined ? undefined : readingDue(client, question).catch(() => undefined),
    client.route('messages') === undefined ? undefined : unreadAnswers(client).catch(() => undefined),
    client.route('procedures') === undefined ? undefined : isAsked(client).catch(() => undefined),
  ]);
  return { readingUntil, unread, asked };
}

/** @returns the last day for it; `undefined` outside the window, and once a reading of its days is there */
async function readingDue(client: PortalClient, { meter: { id: meterId, kind }, window, today }: RemindersQuestion): Promise<LocalDay | undefined> {
  if (kind !== 'hand-read' || !window || !client.supports(listReadings)) return undefined;
  const { readings, nextInvoiceOn } = await client.queries.fetchQuery({ queryKey: client.keyOf(listReadings, { meterId }), queryFn: ({ signal }) => client.read(listReadings, { meterId }, signal), staleTime: FRESH_MS });
  const state = windowOn(today, nextInvoiceOn, window);
  if (state.state !== 'open') return undefined;
  const opened = addDays(state.until, window.closesDaysBefore - window.opensDaysBefore);
  return readings.some(({ on, state: stands }) => on >= opened && stands !== 'estimated' && stands !== 'corrected') ? undefined : state.until;
}

async function unreadAnswers(client: PortalClient): Promise<number | undefined> {
  if (!client.supports(listThreads)) return undefined;
  const every: Input<'listThreads'> = {};
  const { unread } = await client.queries.fetchQuery({ queryKey: client.keyOf(listThreads, every), queryFn: ({ signal }) => client.read(listThreads, every, signal), staleTime: FRESH_MS });
  return unread;
}

async function isAsked(client: PortalClient): Promise<boolean | undefined> {
  if (!client.supports(listServiceRequests)) return undefined;
  const { items } = await client.queries.fetchQuery({ queryKey: client.keyOf(listServiceRequests, {}), queryFn: ({ signal }) => client.read(listServiceRequests, {}, signal), staleTime: FRESH_MS });
  return items.some(({ state }) => state === 'waiting');
}
