/**
 * The portal's side of `throughput.ts`, a process of its own: a server with a crowd of customers, and the floors beside it.
 * Called with the name of an engine and a number of customers; tells its parent a `Crowd`, and answers each `FloorAsked`.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { openSession } from '../../packages/server/src/identity/sessions.ts';
import type { Database } from '../../packages/server/src/index.ts';
import { SEEDED_AT, startTestServer, testEngines } from '../../packages/server/src/testing.ts';
import { signIn } from './sign-in.ts';

/** Where the pages are asked for, and by whom. */
export interface Crowd {
  portal: string;
  /** The same paths, answered from memory. */
  bare: string;
  /** What a page asks for, in its order; `{name}` stands for one of the customer's `names`. */
  paths: string[];
  customers: { cookie: string; names: Record<string, string> }[];
}

export interface FloorAsked {
  ask: 'selects';
}

export interface FloorTook {
  seconds: number;
}

const UTILITY = 'eneo';
/** Whose contract, meter and days each of the crowd gets a copy of. */
const MODEL = { customer: 'camille-customer', contract: 'camille-electricity', meter: 'camille-linky' };
/** What the element asks for first: a month, and the same one a year before. */
const PERIOD = { from: '2025-11-01', to: '2026-12-01' };
const DATABASE_CONNECTIONS = 10;
const HOUR_MS = 3_600_000;

const [engineName, count] = process.argv.slice(2);
const engine = testEngines().find(({ name }) => name === engineName);
if (!engine || !process.send) throw new Error('throughput.ts starts this program');
const send = process.send.bind(process);

const { app, db, baseUrl } = await startTestServer({ engine, config: { checkAnswers: false } });
await copyModel(db, Number(count));
await sql`analyze`.execute(db);
const keys = await keysOfCrowd(db);
/** As this installation calls it. */
const [cookieName = ''] = (await signIn(baseUrl(UTILITY), 'camille')).split('=', 1);

const paths = ['utility', 'session', 'contracts', 'contracts/{contract}/meters', `meters/{meter}/consumption?resolution=day&from=${PERIOD.from}&to=${PERIOD.to}`].map((path) => `/${UTILITY}/v1/${path}`);
const customers = await Promise.all(keys.map(async (_, index) => ({ cookie: await cookieOf(`crowd-${index + 1}`), names: { contract: `crowd-${index + 1}`, meter: `crowd-${index + 1}` } })));
send({ portal: origin(app.server.address()), bare: await serveBare(), paths, customers } satisfies Crowd);

process.on('message', ({ ask }: FloorAsked) => {
  if (ask !== 'selects') return;
  void timeSelects(db, keys).then((seconds) => send({ seconds } satisfies FloorTook));
});

/** Copies of the model's rows under other names, table by table, whatever columns they have. */
async function copyModel(database: Database, copies: number): Promise<void> {
  const copy = async (table: string, where: string, renamed: Readonly<Record<string, string>>) => {
    const { rows } = await sql<{ name: string }>`
      select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER' and (is_identity = 'NO' or column_name = any(${Object.keys(renamed)}))
      order by ordinal_position`.execute(database);
    const names = rows.map(({ name }) => name);
    const values = names.map((name) => renamed[name] ?? `model.${name}`);
    await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
      select ${sql.raw(values.join(', '))} from ${sql.table(table)} model, generate_series(1, ${sql.lit(copies)}) as copy where ${sql.raw(where)}`.execute(database);
  };
  const name = `'crowd-' || copy`;
  const own = `utility_id = '${UTILITY}'`;
  const { rows } = await sql<{ model: number; last: number }>`
    select channel.key as model, (select max(key) from channel) as last from channel join meter on meter.key = channel.meter_key
    where meter.utility_id = ${UTILITY} and meter.id = ${MODEL.meter} and channel.direction = 'consumption'`.execute(database);
  const { model, last } = rows[0] as { model: number; last: number };
  const key = `${last} + copy`;

  await copy('customer', `${own} and id = '${MODEL.customer}'`, { id: name, external_reference: 'null' });
  await copy('contract', `${own} and id = '${MODEL.contract}'`, { id: name, number: name });
  for (const table of ['contract_price', 'contract_tax']) await copy(table, `${own} and contract_id = '${MODEL.contract}'`, { contract_id: name });
  await copy('contract_access', `${own} and contract_id = '${MODEL.contract}'`, { contract_id: name, customer_id: name });
  await copy('meter', `${own} and id = '${MODEL.meter}'`, { id: name, contract_id: name });
  await copy('channel', `model.key = ${model}`, { key, meter_key: `(select meter.key from meter where meter.utility_id = '${UTILITY}' and meter.id = ${name})` });
  for (const table of ['day_energy', 'day_register', 'day_power']) await copy(table, `model.channel_key = ${model} and model.day >= '${PERIOD.from}'`, { channel_key: key });
}

async function keysOfCrowd(database: Database): Promise<number[]> {
  const { rows } = await sql<{ key: number }>`
    select channel.key from channel join meter on meter.key = channel.meter_key where meter.id like 'crowd-%' and channel.direction = 'consumption' order by channel.key`.execute(database);
  return rows.map(({ key }) => key);
}

async function cookieOf(customerId: string): Promise<string> {
  const token = await openSession(
    db,
    UTILITY,
    { customerId, remembered: false, way: 'password', device: { kind: 'computer', browser: 'Firefox', system: 'Linux' } },
    SEEDED_AT,
    { idleMs: HOUR_MS, absoluteMs: HOUR_MS, rememberedMs: HOUR_MS },
  );
  return `${cookieName}=${token}`;
}

/** The answers of one customer, from memory: what Node's HTTP costs by itself. */
async function serveBare(): Promise<string> {
  const [first] = customers;
  if (!first) throw new Error('there is no crowd');
  const answers = new Map<string, { headers: http.OutgoingHttpHeaders; body: Buffer }>();
  for (const path of paths) {
    const asked = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => first.names[name as keyof typeof first.names] ?? '');
    answers.set(kindOf(path), await answerOf(asked, first.cookie));
  }
  const server = http.createServer(({ url = '' }, response) => {
    const answer = answers.get(kindOf(url));
    if (!answer) response.writeHead(404).end();
    else response.writeHead(200, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return origin(server.address());
}

/** Paths that differ in names only have the same. */
function kindOf(path: string): string {
  return path.replace(/\?.*/, '').replaceAll(/(contracts|meters)\/[^/]+/g, '$1/one');
}

function answerOf(path: string, cookieOfFirst: string): Promise<{ headers: http.OutgoingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    http
      .get(origin(app.server.address()) + path, { headers: { cookie: cookieOfFirst, 'accept-encoding': 'br' } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          if (answer.statusCode !== 200) return reject(new Error(`${path} is answered with ${answer.statusCode}`));
          const { 'content-type': type, 'content-encoding': encoding } = answer.headers;
          const body = Buffer.concat(parts);
          resolve({ headers: { 'content-type': type, 'content-length': body.length, ...(encoding && { 'content-encoding': encoding }) }, body });
        });
      })
      .on('error', reject);
  });
}

/** Every customer's rows once, over as many connections as the server has. */
async function timeSelects(database: Database, channels: readonly number[]): Promise<number> {
  const waiting = [...channels];
  const began = performance.now();
  const work = async () => {
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      await database.selectFrom('day_energy').selectAll().where('channel_key', '=', key).where('day', '>=', PERIOD.from).where('day', '<', PERIOD.to).execute();
    }
  };
  await Promise.all(Array.from({ length: DATABASE_CONNECTIONS }, work));
  return (performance.now() - began) / 1000;
}

function origin(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return `http://127.0.0.1:${address.port}`;
}
