/** Mail leaves through the job queue: a request never waits for a mail server, and what could not be sent is tried again. */
import type { Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Keys } from '../identity/keys.ts';
import { seal, unseal } from '../identity/seal.ts';
import type { UtilityDirectory } from '../utilities.ts';
import { languageOf, write, type Message } from './messages.ts';
import { render } from './render.ts';
import type { MailTransport } from './transport.ts';

const QUEUE = 'mail';
const NEWS_WAITS_SECONDS = 7 * 24 * 3600;

/** What a handler hands over. */
export interface Outgoing {
  readonly utilityId: string;
  /** `undefined`: nobody gets it. It goes through the queue all the same, so that the handler's work tells nothing. */
  readonly to: string | undefined;
  /** BCP 47. */
  readonly language: string;
  readonly message: Message;
}

export interface OutboxParts {
  jobs: Jobs;
  keys: Keys;
  utilities: UtilityDirectory;
  /** Without one, mail waits in the queue until an instance that has one is started: codes for an hour, the rest for a week. */
  transport: MailTransport | undefined;
  from: string;
}

export class Outbox {
  readonly #parts: OutboxParts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { jobs, transport } = this.#parts;
    // A code that comes an hour late is of no use to anybody; what was sent is forgotten at once.
    await jobs.createQueue(QUEUE, { retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600, expireInSeconds: 60, retentionSeconds: 3600, deleteAfterSeconds: 1 });
    if (transport) await jobs.work(QUEUE, (data) => this.#deliver(data as { sealed: string }, transport));
  }

  /**
   * Before a transaction that posts within itself: the only connection of PGlite is the transaction's as long as it lasts, so the
   * key must be here by then.
   */
  async prepare(): Promise<void> {
    await this.#parts.keys.of('mail');
  }

  /** @param within a prepared transaction that the mail belongs to: it leaves once that is committed, and never if it is not */
  async post(outgoing: Outgoing, within?: Transaction<Schema>): Promise<void> {
    const { jobs, keys } = this.#parts;
    // What somebody decided is worth reading days later, a code is not.
    await jobs.send(QUEUE, { sealed: seal(outgoing, await keys.of('mail')) }, 'code' in outgoing.message ? {} : { retentionSeconds: NEWS_WAITS_SECONDS }, within);
  }

  async #deliver({ sealed }: { sealed: string }, transport: MailTransport): Promise<void> {
    const { keys, utilities, from } = this.#parts;
    const { utilityId, to, language: tag, message } = unseal(sealed, await keys.of('mail')) as Outgoing;
    const utility = (await utilities.find(utilityId))?.utility;
    if (to === undefined || !utility) return;
    const language = languageOf(tag);
    await transport.send({ from: { name: utility.name, address: from }, to, ...render(write(message, language, utility), language, utility) });
  }
}
