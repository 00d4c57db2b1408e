/** What a server does for a call, statement by statement: where two answers may not be told apart by their time, both cost the same. */
import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { mock } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';

/** How Node calls what its crypto does beside the event loop: what takes long enough to tell. */
const CRYPTO = /^(ARGON2|SIGN|VERIFY)REQUEST$/;

/** What queues do by themselves: where they waited for a connection that a call gives back, it looks like a part of that call. */
function isOfQueues(text: string): boolean {
  return /\bjobs\.\w/.test(text) && !/insert into\s+jobs\./i.test(text);
}

export class WorkRecorder {
  readonly #steps = new AsyncLocalStorage<string[]>();
  #last: string[] = [];
  readonly #crypto = createHook({
    init: (_id, type) => {
      if (CRYPTO.test(type)) this.#steps.getStore()?.push(type);
    },
  });

  /** From then on the work of each call of that server is noted; what its queues do beside it is not. Before it listens. */
  readonly watch = (app: FastifyInstance): void => {
    const note = (query: unknown) => {
      const text = typeof query === 'string' ? query : (query as { text: string }).text;
      if (!isOfQueues(text)) this.#steps.getStore()?.push(text);
    };
    for (const driver of [PGlite.prototype, pg.Client.prototype] as { query(...args: unknown[]): unknown }[]) {
      const query = driver.query;
      mock.method(driver, 'query', function (this: unknown, ...args: unknown[]) {
        note(args[0]);
        return query.apply(this, args);
      });
    }
    this.#crypto.enable();
    app.addHook('preValidation', (_request, _reply, done) => {
      this.#last = [];
      this.#steps.run(this.#last, done);
    });
  };

  /** What the server does for one call, until it has answered. */
  async during(call: () => Promise<unknown>): Promise<readonly string[]> {
    await call();
    return [...this.#last];
  }

  stop(): void {
    this.#crypto.disable();
    mock.restoreAll();
  }
}
