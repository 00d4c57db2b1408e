/**
 * What the time of an answer tells of an account: calls for one that is there and for one that is not, in turn in one run,
 * as the ratio of their medians. That both do the same work is tested; this measures that the same work takes the same time.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import type { Cents } from '@oya/contract';
import { findPersona } from '@oya/personas';
import { sql } from 'kysely';
import { SEEDED_AT, startTestServer, testEngines, type TestEngine, type TestServer } from '../../packages/server/src/testing.ts';
import { Applicant, invoiceProof, PASSWORD, prospect } from '../../packages/server/test/applicant.ts';
import { median, table, type Bench, type MeasuredPromise } from './promise.ts';

const REPORT = new URL('../../dist/bench/', import.meta.url);
const DAY = 86_400_000;
const WARM_UP = 2;
const TURNS = 30;
/** Of the longer to the shorter: the network between a customer and the server hides as much. */
const MOST_TIMES = 1.25;

interface Call {
  readonly what: string;
  /** @returns the milliseconds of the answer that may tell */
  readonly known: () => Promise<number>;
  readonly unknown: (turn: number) => Promise<number>;
}

export const bench: Bench = async () => {
  const promises: MeasuredPromise[] = [];
  const rows = [['answer', 'with an account', 'without', 'known ÷ unknown']];
  for (const engine of testEngines()) {
    for (const { what, known, unknown } of await measure(engine)) {
      rows.push([`${what}, ${engine.name}`, `${known.toFixed(2)} ms`, `${unknown.toFixed(2)} ms`, `${(known / unknown).toFixed(3)} ×`]);
      promises.push({ what: `${what}, ${engine.name}: longer ÷ shorter, with an account or without`, measured: Math.max(known / unknown, unknown / known), limit: MOST_TIMES, unit: '×' });
    }
  }
  const report = table(rows);
  console.log(`\n${report}\n`);
  await mkdir(REPORT, { recursive: true });
  await writeFile(new URL('accounts.md', REPORT), `${report}\n`);
  return promises;
};

async function measure(engine: TestEngine): Promise<{ what: string; known: number; unknown: number }[]> {
  let now = SEEDED_AT;
  const server = await startTestServer({ engine, now: () => now });
  try {
    const measured = [];
    for (const { what, ...calls } of callsOf(server)) {
      const times = { known: [] as number[], unknown: [] as number[] };
      for (let turn = 0; turn < WARM_UP + TURNS; turn++) {
        // Each is first as often as the other.
        for (const kind of turn % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
          now += DAY;
          await sql`truncate slowdown, sending`.execute(server.db);
          const time = await calls[kind](turn);
          await server.mails();
          if (turn >= WARM_UP) times[kind].push(time);
        }
      }
      measured.push({ what, known: median(times.known), unknown: median(times.unknown) });
    }
    return measured;
  } finally {
    await server.stop();
  }
}

function callsOf(server: TestServer): Call[] {
  const camille = findPersona('camille');
  const paul = prospect('paul');
  const someone = () => new Applicant(server.baseUrl('eneo'));
  const submit = async (email: string) => {
    const { body } = await someone().start(invoiceProof(paul));
    const challenge = await someone().solved();
    return timeOf(() => someone().send('PUT', `/sign-ups/${body.id}/account`, { body: { email, identifier: 'paul.vidal', password: PASSWORD, challenge } }));
  };
  return [
    { what: 'a refused sign-in', known: () => timeOf(() => someone().signIn(camille.login, 'not-the-password')), unknown: (turn) => timeOf(() => someone().signIn(`nobody${turn}`, 'not-the-password')) },
    { what: 'a forgotten password', known: () => timeOf(() => someone().forgot(camille.login)), unknown: (turn) => timeOf(() => someone().forgot(`nobody${turn}`)) },
    { what: 'a forgotten identifier', known: () => timeOf(() => someone().whichIdentifier(camille.email)), unknown: (turn) => timeOf(() => someone().whichIdentifier(`nobody${turn}@example.org`)) },
    { what: 'a proof', known: () => timeOf(() => someone().start(invoiceProof(camille))), unknown: (turn) => timeOf(() => someone().start({ kind: 'invoice', number: `EN00000001${10 + turn}`, total: 1 as Cents })) },
    { what: 'an account’s address', known: () => submit(camille.email), unknown: (turn) => submit(`nobody${turn}@example.org`) },
  ];
}

async function timeOf(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await call();
  return performance.now() - start;
}
