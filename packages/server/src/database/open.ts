import { PGlite } from '@electric-sql/pglite';
import { CompiledQuery, Kysely, PGliteDialect, PostgresDialect, sql, type Dialect, type Transaction } from 'kysely';
import path from 'node:path';
import pg from 'pg';
import { DatabaseError } from './errors.ts';
import { listenOnPGlite, listenOnPostgres, type Listen } from './listen.ts';
import { lockFolder } from './lock.ts';
import type { Schema } from './schema.ts';

/** `destroy()` closes it, and gives its data folder free. */
export type Database = Kysely<Schema>;

export interface DatabaseOptions {
  /** A PostgreSQL 15 or newer: `postgres://user:password@host:5432/name`. Without it PGlite is used. */
  url?: string | undefined;
  /** PGlite's data folder, made where it is absent; without it the data is in memory and gone at the end. */
  dataDir?: string | undefined;
}

/** Runs SQL as it stands, several statements at once too, and gives the rows of all of them. */
export type TextRunner = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

const textRunners = new WeakMap<Database, TextRunner>();
const listeners = new WeakMap<Database, Listen>();

const OLDEST_POSTGRES = 150_000;
const CONNECTIONS = 10;

/** Type numbers of PostgreSQL, the same everywhere. */
const INT8 = 20;
const DATE = 1082;
const INT4_ARRAY = 1007;

/**
 * Both drivers read alike: watt-hours are exact as numbers; a day stays the text that it is, as a `Date` would
 * bring a time zone into it; an array of whole numbers is parsed as JSON, at once instead of value by value.
 */
export const PARSERS: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [DATE]: (text) => text,
  [INT4_ARRAY]: (text) => JSON.parse(`[${text.slice(1, -1).toLowerCase()}]`),
};

/**
 * Opens PostgreSQL where a URL is given, PGlite otherwise: the same SQL runs on both.
 * @throws DatabaseError which says what to do
 */
export async function openDatabase({ url, dataDir }: DatabaseOptions = {}): Promise<Database> {
  if (url !== undefined) return openPostgres(url);
  return dataDir === undefined ? openPGlite(new PGlite({ parsers: PARSERS })) : openFolder(dataDir);
}

/** PGlite that is there already, from a dump for instance; it must have been made with `PARSERS`. */
export async function openPGlite(pglite: PGlite): Promise<Database> {
  const db = connect(new PGliteDialect({ pglite }));
  // Kysely closes only what it has used.
  await sql`select 1`.execute(db);
  textRunners.set(db, (text, values = []) => runOnPGlite(db, pglite, text, values));
  listeners.set(db, listenOnPGlite(db, pglite));
  return db;
}

/** For a library that brings its own SQL, on the connections of this database; not from within a transaction. */
export function textRunnerOf(db: Database): TextRunner {
  const run = textRunners.get(db);
  if (!run) throw new Error('this database was not opened by openDatabase');
  return run;
}

/** The same within a transaction: one statement at once, and what it does stands or falls with the rest. */
export function textRunnerWithin(transaction: Transaction<Schema>): TextRunner {
  return (text, values = []) => transaction.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values));
}

/** Hears what is said on a channel of this database, by whichever process. */
export function listenerOf(db: Database): Listen {
  const listen = listeners.get(db);
  if (!listen) throw new Error('this database was not opened by openDatabase');
  return listen;
}

/** There is one connection: it is asked for as Kysely does, or the text would run within a transaction of somebody else. */
function runOnPGlite(db: Database, pglite: PGlite, text: string, values: unknown[]): ReturnType<TextRunner> {
  return db.connection().execute(async () => {
    try {
      if (values.length > 0) return await pglite.query<Record<string, unknown>>(text, values);
      return { rows: (await pglite.exec(text)).flatMap(({ rows }) => rows as Record<string, unknown>[]) };
    } catch (error) {
      // A pool would give a fresh connection to whoever comes next.
      await pglite.exec('rollback');
      throw error;
    }
  });
}

async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 5000,
    application_name: 'oya-portal',
    types: { getTypeParser: (type: number, format?: string) => (format !== 'binary' && PARSERS[type]) || pg.types.getTypeParser(type, format as 'text') } as pg.CustomTypesConfig,
  });
  // A connection that dies while nobody uses it is replaced at the next use.
  pool.on('error', () => {});
  const db = connect(new PostgresDialect({ pool }));
  listeners.set(db, listenOnPostgres({ connectionString: url, application_name: 'oya-portal listening' }));
  textRunners.set(db, async (text, values = []) => {
    // Without values it may be several statements, each with a result of its own.
    const results = (await pool.query(text, values)) as pg.QueryResult<Record<string, unknown>> | pg.QueryResult<Record<string, unknown>>[];
    return { rows: [results].flat().flatMap(({ rows }) => rows) };
  });
  try {
    const { rows } = await sql<{ version: number }>`select current_setting('server_version_num')::integer as version`.execute(db);
    const version = rows[0]?.version ?? 0;
    if (version < OLDEST_POSTGRES) {
      throw new DatabaseError(`The database is PostgreSQL ${Math.floor(version / 10_000)}.`, 'The portal needs PostgreSQL 15 or newer.');
    }
  } catch (error) {
    await db.destroy();
    if (error instanceof DatabaseError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DatabaseError(`PostgreSQL cannot be used at ${withoutPassword(url)}: ${message || code}`, 'Check DATABASE_URL, and that the database is there and running.', error);
  }
  return db;
}

async function openFolder(dataDir: string): Promise<Database> {
  const release = await lockFolder(dataDir);
  try {
    return await openPGlite(new LockedPGlite(release, path.join(dataDir, 'pglite')));
  } catch (error) {
    await release();
    throw new DatabaseError(
      `The data folder ${path.resolve(dataDir)} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      'If it was damaged, restore it from a copy or delete it; the demo data comes back at the next start.',
      error,
    );
  }
}

/** Gives its folder free once it is closed, and not before. */
class LockedPGlite extends PGlite {
  readonly #release: () => Promise<void>;

  constructor(release: () => Promise<void>, dataDir: string) {
    super({ dataDir, parsers: PARSERS });
    this.#release = release;
  }

  override async close(): Promise<void> {
    await super.close();
    await this.#release();
  }
}

function connect(dialect: Dialect): Database {
  return new Kysely<Schema>({ dialect });
}

function withoutPassword(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return host + pathname;
  } catch {
    return 'the address in DATABASE_URL, which is not a URL like postgres://user:password@host:5432/name';
  }
}
