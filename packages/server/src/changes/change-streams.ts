/**
 * Open pages are told what changes as it does. Each stream holds its cursor and reads by it, so that whatever wakes it,
 * and however often, it tells each change once: a notification, a lost connection that is back, the beat of its heart.
 */
import { Readable } from 'node:stream';
import { PortalError, type Changes } from '@oya/contract';
import { listenerOf, type Database } from '../database/open.ts';
import { CHANGES_CHANNEL, type WakeUp } from './note-change.ts';
import { readChanges, type ChangesReader } from './read-changes.ts';

export interface ChangeStreamsParts {
  db: Database;
  /** Epoch milliseconds. */
  now: () => number;
  /** What goes wrong beside any request; the streams that it meets end, and their pages come back. */
  onError: (error: unknown) => void;
  /** Default: 25 seconds. */
  beatMs?: number | undefined;
}

/** Who follows, and from where on. */
export interface Follower extends Pick<ChangesReader, 'utility' | 'customerId'> {
  after: string | undefined;
  /** Whether their session still does; rejects where it does not, or where nobody can tell. */
  holds: () => Promise<boolean>;
}

/** Proxies close what is silent for a minute or half. */
const BEAT_MS = 25_000;
/** Pages of one customer on all their devices, for each instance; whoever has more asks now and then instead. */
const STREAMS_OF_A_CUSTOMER = 12;
const COME_BACK_AFTER_SECONDS = 60;
/** What happens at once, a night's import for instance, wakes once. */
const GATHER_MS = 50;
const WOKEN_AT_ONCE = 10;
/** Whoever reads slower than that is told the rest once they have read: their cursor waits. */
const LARGEST_BACKLOG = 64 * 1024;

export class ChangeStreams {
  readonly #parts: ChangeStreamsParts;
  readonly #streams = new Set<ChangeStream>();
  #heard: WakeUp[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #stopListening: (() => Promise<void>) | undefined;
  #stopped = false;

  constructor(parts: ChangeStreamsParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#streams.size;
  }

  async start(): Promise<void> {
    this.#stopListening = await listenerOf(this.#parts.db)(CHANGES_CHANNEL, {
      message: (payload) => this.#hear(payload),
      listening: () => void this.#wake([...this.#streams]),
    });
  }

  /** Pages are told nothing more, and come back to whoever answers then. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#gathering);
    for (const stream of this.#streams) stream.end();
    await this.#stopListening?.();
  }

  /**
   * Server-sent events: first what changed since the cursor, or the cursor of now, then each change as it happens.
   * @throws PortalError `invalid` for a cursor that is none, `rate-limited` for a customer who has too many open
   */
  async open(follower: Follower): Promise<Readable> {
    if (this.#stopped) throw new PortalError('unavailable', { detail: 'this instance is about to stop' });
    const { utility, customerId } = follower;
    const own = [...this.#streams].filter((stream) => stream.isOf(utility.id, customerId));
    if (own.length >= STREAMS_OF_A_CUSTOMER) {
      throw new PortalError('rate-limited', { code: 'too-many-streams', detail: `${STREAMS_OF_A_CUSTOMER} pages of this customer follow already: ask without \`text/event-stream\``, retryAfterSeconds: COME_BACK_AFTER_SECONDS });
    }
    const stream = new ChangeStream(follower, this.#parts, () => this.#streams.delete(stream));
    this.#streams.add(stream);
    try {
      await stream.begin();
    } catch (error) {
      stream.events.destroy();
      throw error;
    }
    return stream.events;
  }

  #hear(payload: string): void {
    if (this.#stopped || this.#streams.size === 0) return;
    try {
      this.#heard.push(JSON.parse(payload) as WakeUp);
    } catch (error) {
      return this.#parts.onError(error);
    }
    this.#gathering ??= setTimeout(() => void this.#wakeConcerned(), GATHER_MS);
  }

  async #wakeConcerned(): Promise<void> {
    const heard = this.#heard;
    this.#heard = [];
    this.#gathering = undefined;
    try {
      for (const [utilityId, subjects] of Map.groupBy(heard, ({ utilityId }) => utilityId)) {
        const open = [...this.#streams].filter((stream) => stream.isOf(utilityId));
        const isAll = subjects.some((subject) => !('customerId' in subject) && !('contractId' in subject));
        const concerned = open.length === 0 || isAll ? new Set<string>() : await this.#customersOf(utilityId, subjects);
        await this.#wake(isAll ? open : open.filter(({ customerId }) => concerned.has(customerId)));
      }
    } catch (error) {
      this.#parts.onError(error);
      await this.#wake([...this.#streams]);
    }
  }

  /** Of a night's import of all meters, an open page reads its own. */
  async #customersOf(utilityId: string, subjects: readonly WakeUp[]): Promise<Set<string>> {
    const customers = new Set(subjects.flatMap((subject) => ('customerId' in subject ? subject.customerId : [])));
    const contracts = [...new Set(subjects.flatMap((subject) => ('contractId' in subject ? subject.contractId : [])))];
    if (contracts.length === 0) return customers;
    const rows = await this.#parts.db
      .selectFrom('contract_sight')
      .select('customer_id')
      .distinct()
      .where('utility_id', '=', utilityId)
      .where('contract_id', 'in', contracts)
      .execute();
    for (const { customer_id } of rows) customers.add(customer_id);
    return customers;
  }

  /** Requests wait for the same connections: streams take a few at a time. */
  async #wake(streams: ChangeStream[]): Promise<void> {
    for (let index = 0; index < streams.length; index += WOKEN_AT_ONCE) {
      await Promise.all(streams.slice(index, index + WOKEN_AT_ONCE).map((stream) => stream.wake()));
    }
  }
}

class ChangeStream {
  readonly events: Readable;
  readonly #follower: Follower;
  readonly #parts: ChangeStreamsParts;
  readonly #beat: ReturnType<typeof setInterval>;
  #cursor: string | undefined;
  #isReading = false;
  #wokenMeanwhile = false;
  #hasEnded = false;

  constructor(follower: Follower, parts: ChangeStreamsParts, onClose: () => void) {
    this.#follower = follower;
    this.#parts = parts;
    this.#cursor = follower.after;
    this.events = new Readable({
      read: () => {},
      destroy: (error, done) => {
        this.#hasEnded = true;
        clearInterval(this.#beat);
        onClose();
        done(error);
      },
    });
    this.#beat = setInterval(() => this.#onBeat(), parts.beatMs ?? BEAT_MS);
  }

  get customerId(): string {
    return this.#follower.customerId;
  }

  isOf(utilityId: string, customerId = this.customerId): boolean {
    return this.#follower.utility.id === utilityId && this.customerId === customerId;
  }

  /** The first event comes at once: who follows has a cursor, and knows that nothing on the way holds events back. */
  async begin(): Promise<void> {
    this.#isReading = true;
    this.#tell(await this.#read());
    this.#isReading = false;
    if (this.#wokenMeanwhile) await this.wake();
  }

  async wake(): Promise<void> {
    if (this.#isReading) {
      this.#wokenMeanwhile = true;
      return;
    }
    this.#isReading = true;
    try {
      do {
        this.#wokenMeanwhile = false;
        if (this.#isBehind) return;
        if (!(await this.#follower.holds())) return this.end();
        const changes = await this.#read();
        if (changes.isReset || changes.changes.length > 0) this.#tell(changes);
      } while (this.#wokenMeanwhile);
    } catch (error) {
      if (!(error instanceof PortalError)) this.#parts.onError(error);
      this.end();
    } finally {
      this.#isReading = false;
    }
  }

  end(): void {
    this.#push(null);
  }

  get #isBehind(): boolean {
    return this.events.readableLength > LARGEST_BACKLOG;
  }

  /** A page that is gone without a word is found out; so is a session that has ended, and what no notification told. */
  #onBeat(): void {
    if (this.#isBehind) {
      this.events.destroy();
      return;
    }
    this.#push(':\n\n');
    void this.wake();
  }

  #read(): Promise<Changes> {
    const { utility, customerId } = this.#follower;
    const { db, now } = this.#parts;
    return readChanges({ db, utility, customerId, now: now() }, this.#cursor);
  }

  #tell(changes: Changes): void {
    this.#cursor = changes.cursor;
    this.#push(`id: ${changes.cursor}\ndata: ${JSON.stringify(changes)}\n\n`);
  }

  #push(text: string | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = text === null;
    this.events.push(text);
  }
}
