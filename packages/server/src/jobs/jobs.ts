/** Work that happens beside requests: a queue in the portal's own database (pg-boss), shared by all instances. */
import type { Transaction } from 'kysely';
import { PgBoss, type Queue } from 'pg-boss';
import { textRunnerOf, textRunnerWithin, type Database, type TextRunner } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';

const SCHEMA = 'jobs';
/** An instance sees its own jobs at once; those of others so much later. */
const POLL_SECONDS = 1;
const AT_ONCE = 10;
const STOP_WITHIN_MS = 5_000;

export interface JobsOptions {
  db: Database;
  /** What goes wrong beside any request. */
  onError: (error: Error) => void;
}

export class Jobs {
  readonly #boss: PgBoss;
  readonly #workers = new Map<string, string>();
  #started = false;

  constructor({ db, onError }: JobsOptions) {
    const executeSql = textRunnerOf(db);
    this.#boss = new PgBoss({ db: { executeSql }, schema: SCHEMA });
    this.#boss.on('error', onError);
  }

  async start(): Promise<void> {
    await this.#boss.start();
    this.#started = true;
  }

  /** Jobs under way are ended; those that wait do so for the next start. */
  async stop(): Promise<void> {
    if (this.#started) await this.#boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
    this.#started = false;
  }

  async createQueue(name: string, options: Omit<Queue, 'name'>): Promise<void> {
    await this.#boss.createQueue(name, options);
  }

  /** @param handle rejects where the job is to be tried again */
  async work(queue: string, handle: (data: unknown) => Promise<void>, { atOnce = AT_ONCE }: { atOnce?: number } = {}): Promise<void> {
    const worker = await this.#boss.work(queue, { pollingIntervalSeconds: POLL_SECONDS, localConcurrency: atOnce }, async ([job]) => {
      if (job) await handle(job.data);
    });
    this.#workers.set(queue, worker);
  }

  /** Sends a job by a clock: once for all instances. @param cron five fields, on the clock of `timeZone` */
  async schedule(queue: string, cron: string, timeZone: string): Promise<void> {
    await this.#boss.schedule(queue, cron, {}, { tz: timeZone });
  }

  /**
   * @param within the job is there if and when this transaction is committed; whoever works looks for it by the next poll
   * @param options `retentionSeconds`: how long it waits for whoever can do it; default: as its queue says. `startAfter`: not
   * before so many seconds. `singletonKey`: where the policy of the queue says so, of several with the same key one waits
   */
  async send(queue: string, data: object, options: { retentionSeconds?: number; startAfter?: number; singletonKey?: string } = {}, within?: Transaction<Schema>): Promise<void> {
    await this.#boss.send(queue, data, { ...options, ...(within && { db: { executeSql: uncoded(textRunnerWithin(within)) } }) });
    if (within) return;
    if (options.startAfter !== undefined && options.startAfter > 0) return;
    const worker = this.#workers.get(queue);
    if (worker !== undefined) this.#boss.notifyWorker(worker);
  }
}

/**
 * By the code of what failed the queue looks again at its tables, on a connection of its own: PGlite has one, which the transaction
 * holds until the queue has answered. The transaction is lost all the same.
 */
function uncoded(run: TextRunner): TextRunner {
  return async (text, values) => {
    try {
      return await run(text, values);
    } catch (cause) {
      throw new Error('a job could not be queued in its transaction', { cause });
    }
  };
}
