/** What the dashboard reminds of beside what it shows anyway: a meter to be read by hand, answers to be read, questions about a request, an outage at one's address. Fetched after its first picture. */
import { addDays, getOutageBoard, listConcerns, listReadings, listServiceRequests, listThreads, localDay, outagePhase, windowOn, type ConcernedBy, type LocalDay, type Meter, type ReadingWindow, type TimeZone } from '@oya/contract';
import { Resource, type ResourceHost } from '@oya/core';

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
  /** The contract is the customer's own: whoever only reads it is not asked for a reading. */
  readonly isOwn: boolean;
  readonly today: LocalDay;
  readonly timeZone: TimeZone;
}

/** Only of what the site has a place for. What cannot be had is no reminder. */
export class ReminderSource {
  readonly #question: () => RemindersQuestion | undefined;
  readonly #readings: Resource<typeof listReadings>;
  readonly #threads: Resource<typeof listThreads>;
  readonly #requests: Resource<typeof listServiceRequests>;
  readonly #board: Resource<typeof getOutageBoard>;
  readonly #concerns: Resource<typeof listConcerns>;

  /** @param question of the meter that the host looks at; `undefined` while there is none */
  constructor(host: ResourceHost, question: () => RemindersQuestion | undefined) {
    this.#question = question;
    const where = (view: string) => (question() && host.client?.route(view) !== undefined ? {} : undefined);
    const asks = { blocking: false };
    this.#readings = new Resource(host, listReadings, () => where('readings') && this.#readingsQuestion(), asks);
    this.#threads = new Resource(host, listThreads, () => where('messages'), asks);
    this.#requests = new Resource(host, listServiceRequests, () => where('procedures'), asks);
    this.#board = new Resource(host, getOutageBoard, () => where('alerts'), asks);
    this.#concerns = new Resource(host, listConcerns, () => where('alerts'), asks);
  }

  get reminders(): Reminders {
    return { readingUntil: this.#readingUntil, unread: this.#threads.data?.unread, asked: this.#requests.data?.items.some(({ state }) => state === 'waiting'), ...this.#outages };
  }

  #readingsQuestion(): { meterId: Meter['id'] } | undefined {
    const { meter, window, isOwn } = this.#question() ?? {};
    return meter?.kind === 'hand-read' && window && isOwn ? { meterId: meter.id } : undefined;
  }

  /** `undefined` outside the window, and once a reading of its days is there. */
  get #readingUntil(): LocalDay | undefined {
    const { window, today } = this.#question() ?? {};
    const { data } = this.#readings;
    if (!data || !window || !today || !this.#readingsQuestion()) return undefined;
    const state = windowOn(today, data.nextInvoiceOn, window);
    if (state.state !== 'open') return undefined;
    const opened = addDays(state.until, window.closesDaysBefore - window.opensDaysBefore);
    return data.readings.some(({ on, state: stands }) => on >= opened && stands !== 'estimated' && stands !== 'corrected') ? undefined : state.until;
  }

  get #outages(): Pick<Reminders, 'outage' | 'worksOn'> {
    const question = this.#question();
    const [board, concerns] = [this.#board.data, this.#concerns.data];
    if (!question || !board || !concerns) return {};
    const reaching = concerns.items
      .filter(({ contractId }) => contractId === question.meter.contractId)
      .flatMap(({ outageId, by }) => board.items.filter(({ id }) => id === outageId).map((outage) => ({ outage, by, phase: outagePhase(outage, Date.parse(board.asOf)) })));
    const current = reaching.filter(({ phase }) => phase === 'current');
    const [works] = reaching.filter(({ phase, by }) => phase === 'planned' && by === 'address').map(({ outage }) => outage.startsAt).sort();
    return { outage: current.find(({ by }) => by === 'address')?.by ?? current[0]?.by, worksOn: works === undefined ? undefined : localDay(Date.parse(works), question.timeZone) };
  }
}
