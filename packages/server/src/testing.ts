/** A seeded portal server in this process, for the suites that need one. */
import { PGlite } from '@electric-sql/pglite';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ReferenceTariffs, Territory } from '@oya/contract';
import { referenceTariffs, territory as demoTerritory } from '@oya/personas';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { lock } from 'proper-lockfile';
import { readConfig, type Config } from './config.ts';
import type { Connectors } from './connectors.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase, openPGlite, PARSERS, type Database } from './database/open.ts';
import { createServer } from './http/server.ts';
import type { Mail, MailTransport } from './mail/transport.ts';
import { demoMaps, type OutageMaps } from './outage-maps.ts';
import type { PaymentsOfUtilities } from './payments/payment-settings.ts';
import type { Providers } from './providers.ts';
import { seed } from './seed.ts';
import { FilledMemory, readFolder, type KeptFile } from './testing-memory.ts';

/** The moment at which the tests' portal was seeded. */
export const SEEDED_AT = Date.parse('2026-11-24T08:00:00Z');

export interface TestServerOptions {
  /** Epoch milliseconds; default: `SEEDED_AT`, and it stands still. */
  now?: () => number;
  /** Default: any that is free. */
  port?: number;
  engine?: TestEngine;
  config?: Partial<Config>;
  /** Default: the demo's; `null` for none. */
  territory?: Territory | null;
  /** Default: the demo's; `null` for none. */
  tariffs?: ReferenceTariffs | null;
  /** Default: the demo's; `null` for none. */
  maps?: OutageMaps | null;
  /** Default: none. */
  providers?: Providers;
  /** Default: none, and nothing is collected. */
  connectors?: Connectors;
  /** Default: nobody takes cards. */
  payments?: PaymentsOfUtilities;
  logStream?: Writable;
  /** Default: mails are kept, and `mails()` tells them. */
  transport?: MailTransport;
  /** Done to it before it listens. */
  prepare?: (app: FastifyInstance) => void;
}

export interface TestServer {
  readonly app: FastifyInstance;
  readonly db: Database;
  /** `http://localhost:…` */
  readonly url: string;
  /** What an adapter of that utility is given. */
  baseUrl(utility: string): string;
  /** Every mail sent so far, once none waits any more. Those posted since the last time this was asked may have left in any order. */
  mails(): Promise<readonly Mail[]>;
  stop(): Promise<void>;
}

/** Starts a server of its own over a database of its own, with the demo's households in it. */
export async function startTestServer({ now = () => SEEDED_AT, port = 0, engine = pglite, config, territory = demoTerritory, tariffs = referenceTariffs, maps = demoMaps(), providers, connectors, payments, logStream, transport, prepare }: TestServerOptions = {}): Promise<TestServer> {
  const { db, drop } = await engine.seeded();
  const sent: Mail[] = [];
  const app = createServer({
    db,
    config: { ...readConfig(), checkAnswers: true, requestsPerMinute: 1_000_000, logLevel: logStream ? 'trace' : 'silent', ...config },
    territory: territory ?? undefined,
    tariffs: tariffs ?? undefined,
    maps: maps ?? undefined,
    providers,
    connectors,
    payments,
    now,
    logStream,
    transport: transport ?? { send: (mail) => Promise.resolve(void sent.push(mail)), close: () => {} },
  });
  prepare?.(app);
  await app.listen({ host: '127.0.0.1', port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server has no port');
  const url = `http://localhost:${address.port}`;
  return {
    app,
    db,
    url,
    baseUrl: (utility) => `${url}/${utility}/v1`,
    async mails() {
      for (;;) {
        const { rows } = await sql<{ waiting: number }>`select count(*)::integer as waiting from jobs.job where name = 'mail' and state < 'completed'`.execute(db);
        if (rows[0]?.waiting === 0) return sent;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      await app.close();
      await drop();
    },
  };
}

/** A database that exists for one suite, and a way to be rid of it. */
export interface TestDatabase {
  db: Database;
  drop(): Promise<void>;
}

/** Where suites run: each database is new, and costs little. */
export interface TestEngine {
  readonly name: string;
  /** Nothing in it, not even tables. */
  empty(): Promise<TestDatabase>;
  /** Migrated and seeded at `SEEDED_AT`. */
  seeded(): Promise<TestDatabase>;
}

/** The embedded database: made once for a state of the code, kept as a folder, and copied into memory in a part of a second. */
export const pglite: TestEngine = {
  name: 'PGlite',
  empty: () => load(folderOf(`empty-${stateOfCode()}`, () => Promise.resolve())),
  seeded: () => load(folderOf(`seeded-${stateOfCode()}`, fill)),
};

const kept = new Map<string, readonly KeptFile[]>();

async function load(made: Promise<string>): Promise<TestDatabase> {
  const folder = await made;
  const files = kept.get(folder) ?? readFolder(folder);
  kept.set(folder, files);
  const db = await openPGlite(new PGlite({ parsers: PARSERS, fs: new FilledMemory(files) }));
  return { db, drop: () => db.destroy() };
}

async function fill(db: Database): Promise<void> {
  await migrate(db);
  await seed(db, { now: SEEDED_AT });
}

/** The engines that this run can use: PGlite, and PostgreSQL when `OYA_TEST_DATABASE_URL` names one. */
export function testEngines(): TestEngine[] {
  const url = process.env['OYA_TEST_DATABASE_URL'];
  return url ? [pglite, postgres(url)] : [pglite];
}

/** @param url a database whose user may create others */
export function postgres(url: string): TestEngine {
  const create = async (template?: string): Promise<TestDatabase> => {
    const name = `oya_test_${process.pid}_${randomBytes(4).toString('hex')}`;
    await asAdministrator(url, (admin) => sql`create database ${sql.id(name)} ${template ? sql`template ${sql.id(template)}` : sql``}`.execute(admin));
    const db = await openDatabase({ url: withDatabase(url, name) });
    return {
      db,
      async drop() {
        await db.destroy();
        // Not by force, which stops at a cleaner of PostgreSQL's own at work in it: ours are closed, those of a server that
        // runs and listens too, and it waits for the rest.
        await asAdministrator(url, async (admin) => {
          await sql`alter database ${sql.id(name)} with allow_connections false`.execute(admin);
          await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and usename = current_user`.execute(admin);
          await sql`drop database ${sql.id(name)}`.execute(admin);
        });
      },
    };
  };
  return {
    name: 'PostgreSQL',
    empty: () => create(),
    seeded: async () => create(await seededTemplate(url)),
  };
}

async function seededTemplate(url: string): Promise<string> {
  const name = `oya_test_template_${stateOfCode()}`;
  await underLock(name, () =>
    asAdministrator(url, async (admin) => {
      const { rows } = await sql`select 1 from pg_database where datname = ${name}`.execute(admin);
      if (rows.length > 0) return;
      // Those of other states of the code are of no use any more.
      const { rows: old } = await sql<{ name: string }>`
        select datname as name from pg_database join pg_roles owner on owner.oid = datdba
        where datname like 'oya\\_test\\_template\\_%' and rolname = current_user`.execute(admin);
      for (const database of old) await sql`drop database if exists ${sql.id(database.name)} with (force)`.execute(admin);
      // It gets its name when it is complete: a run that was stopped leaves no half of one.
      const unfinished = `${name}_unfinished`;
      await sql`create database ${sql.id(unfinished)}`.execute(admin);
      const db = await openDatabase({ url: withDatabase(url, unfinished) });
      await fill(db);
      await db.destroy();
      await sql`alter database ${sql.id(unfinished)} rename to ${sql.id(name)}`.execute(admin);
    }),
  );
  return name;
}

async function asAdministrator<T>(url: string, work: (admin: Database) => Promise<T>): Promise<T> {
  const admin = await openDatabase({ url });
  try {
    return await work(admin);
  } finally {
    await admin.destroy();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** The folder of a database that was filled once: the first boot of PGlite takes seconds. */
function folderOf(name: string, fillWith: (db: Database) => Promise<void>): Promise<string> {
  const folder = path.join(cacheFolder, name);
  return underLock(name, async () => {
    if (existsSync(folder)) return folder;
    // It gets its name when it is complete: a run that was stopped leaves no half of one.
    const unfinished = `${folder}.part`;
    await rm(unfinished, { recursive: true, force: true });
    const db = await openPGlite(new PGlite({ dataDir: unfinished, parsers: PARSERS }));
    await fillWith(db);
    await db.destroy();
    await rename(unfinished, folder);
    await removeOthers(name);
    return folder;
  });
}

/** Those of other states of the code are of no use any more, and large. */
async function removeOthers(name: string): Promise<void> {
  const kind = name.slice(0, name.indexOf('-') + 1);
  for (const other of await readdir(cacheFolder)) {
    if (other.startsWith(kind) && other !== name && !other.endsWith('.lock')) await rm(path.join(cacheFolder, other), { recursive: true, force: true });
  }
}

const packages = fileURLToPath(new URL('../../', import.meta.url));
const cacheFolder = path.join(tmpdir(), 'oya-test-databases');

/** Names the state of all code that decides what a seeded database holds. */
function stateOfCode(): string {
  const hash = createHash('sha256').update(String(SEEDED_AT)).update(readFileSync(path.join(packages, '../package-lock.json')));
  for (const file of globSync('{contract,personas,server}/src/**/*.ts', { cwd: packages }).sort()) {
    if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(path.join(packages, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** One process prepares, the others wait for it. */
async function underLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  await mkdir(cacheFolder, { recursive: true });
  const release = await lock(cacheFolder, { lockfilePath: path.join(cacheFolder, `${name}.lock`), stale: 60_000, retries: { retries: 600, minTimeout: 200, maxTimeout: 500 } });
  try {
    return await work();
  } finally {
    await release();
  }
}
