/** Hearing what `pg_notify` says, on both databases. */
import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { Database } from './open.ts';

export interface Ear {
  message(payload: string): void;
  /** It listens, from the first time on or again: what was said before may have been missed. */
  listening(): void;
}

/** @returns what ends it */
export type Listen = (channel: string, ear: Ear) => Promise<() => Promise<void>>;

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;
const CONNECT_WITHIN_MS = 5000;

/** There is one connection, and one process: nothing said is ever missed. */
export function listenOnPGlite(db: Database, pglite: PGlite): Listen {
  return async (channel, ear) => {
    // Not within a transaction of somebody else, which might be taken back.
    const end = await db.connection().execute(() => pglite.listen(channel, (payload) => ear.message(payload)));
    ear.listening();
    return () => db.connection().execute(() => end());
  };
}

/**
 * On a connection of its own, opened again whenever it is lost. Where none can be had, as behind a pool that shares
 * connections between transactions, nothing is heard: whoever listens looks now and then by itself, too.
 */
export function listenOnPostgres(options: pg.ClientConfig): Listen {
  return async (channel, ear) => {
    let current: pg.Client | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let ended = false;

    const connect = async (): Promise<void> => {
      const client = new pg.Client({ ...options, keepAlive: true, connectionTimeoutMillis: CONNECT_WITHIN_MS });
      current = client;
      const lost = () => {
        if (current !== client) return;
        current = undefined;
        void client.end().catch(() => {});
        if (ended) return;
        // All instances have lost it together: they do not come back together.
        timer = setTimeout(() => void connect(), Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++));
      };
      client.on('error', lost);
      client.on('end', lost);
      client.on('notification', ({ payload = '' }) => ear.message(payload));
      try {
        await client.connect();
        await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      } catch {
        return lost();
      }
      if (ended) return lost();
      failures = 0;
      ear.listening();
    };

    await connect();
    return async () => {
      ended = true;
      clearTimeout(timer);
      const client = current;
      current = undefined;
      await client?.end().catch(() => {});
    };
  };
}
