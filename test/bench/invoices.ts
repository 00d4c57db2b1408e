/**
 * The list of a contract with 5 000 invoices: a page of it, found among all by year, state, number and amount, beside a bare
 * `SELECT` of the same rows in turns of one run; and what a page weighs on its way.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { addDays, type InvoiceList } from '@oya/contract';
import { sql } from 'kysely';
import { startTestServer, testEngines, type TestEngine, type TestServer } from '../../packages/server/src/testing.ts';
import { Visitor } from '../../packages/server/test/visitor.ts';
import { table, type Bench, type MeasuredPromise } from './promise.ts';

const REPORT = new URL('../../dist/bench/', import.meta.url);
const INVOICES = 5000;
const TURNS = 60;
const WARM_UP = 10;
/** As for a year of half-hours. */
const MOST_TIMES = 5;
const MOST_KILOBYTES = 30;
const QUESTIONS = { 'the newest': '', 'a year, the highest first': '?year=2024&order=highest', 'by number': '?search=EN24', 'by amount': '?search=129,19' };

export const bench: Bench = async () => {
  const promises: MeasuredPromise[] = [];
  const rows = [['a page of 5 000 invoices', 'p50', 'p95', 'select p95', 'p95 ÷ select', 'on the wire']];
  for (const engine of testEngines()) {
    for (const { what, times, selects, bytes } of await measure(engine)) {
      const ratio = percentile(times, 95) / percentile(selects, 95);
      rows.push([`${what}, ${engine.name}`, `${percentile(times, 50).toFixed(1)} ms`, `${percentile(times, 95).toFixed(1)} ms`, `${percentile(selects, 95).toFixed(1)} ms`, `${ratio.toFixed(2)} ×`, `${(bytes / 1000).toFixed(1)} KB`]);
      promises.push({ what: `a page of 5 000 invoices, ${what}, ${engine.name}: p95 ÷ a bare SELECT of the rows`, measured: ratio, limit: MOST_TIMES, unit: '×' });
      promises.push({ what: `a page of 5 000 invoices, ${what}, ${engine.name}: on the wire`, measured: bytes / 1000, limit: MOST_KILOBYTES, unit: 'KB' });
    }
  }
  const report = table(rows);
  console.log(`\n${report}\n`);
  await mkdir(REPORT, { recursive: true });
  await writeFile(new URL('invoices.md', REPORT), `${report}\n`);
  return promises;
};

async function measure(engine: TestEngine) {
  const server = await startTestServer({ engine, config: { checkAnswers: false } });
  try {
    await fill(server);
    const lucien = new Visitor(server.baseUrl('eneo'));
    await lucien.signInAs('lucien');
    const measured = [];
    for (const [what, question] of Object.entries(QUESTIONS)) {
      const times: number[] = [];
      const selects: number[] = [];
      let bytes = 0;
      for (let turn = 0; turn < WARM_UP + TURNS; turn++) {
        const start = performance.now();
        const answer = await fetch(`${server.baseUrl('eneo')}/contracts/lucien-electricity/invoices${question}`, { headers: { cookie: lucien.cookieHeader, 'accept-encoding': 'br' } });
        const { items } = (await answer.json()) as InvoiceList;
        const time = performance.now() - start;
        if (items.length === 0) throw new Error(`${what}: nothing was found.`);
        bytes = Number(answer.headers.get('content-length') ?? (await wireBytes(server, lucien, question)));
        const before = performance.now();
        await sql`select number, kind, issued_on, due_on, total_cents, is_estimated, period_from, period_to from invoice where utility_id = 'eneo' and contract_id = 'lucien-electricity'`.execute(server.db);
        const select = performance.now() - before;
        if (turn < WARM_UP) continue;
        times.push(time);
        selects.push(select);
      }
      measured.push({ what, times, selects, bytes });
    }
    return measured;
  } finally {
    await server.stop();
  }
}

/** Copies of one of Lucien's, each with a number, a day and an amount of its own; nearly all are paid. */
async function fill({ db }: TestServer): Promise<void> {
  const { bill } = await db.selectFrom('invoice').select('bill').where('utility_id', '=', 'eneo').where('number', '=', 'EN2610000202').executeTakeFirstOrThrow();
  for (let first = 0; first < INVOICES; first += 500) {
    const some = Array.from({ length: 500 }, (_, index) => first + index).map((each) => {
      const issued_on = addDays('2022-01-12', Math.floor(each / 3));
      return { utility_id: 'eneo', number: `EN${issued_on.slice(2, 4)}${issued_on.slice(5, 7)}${String(500_000 + each)}`, contract_id: 'lucien-electricity', total_cents: 5000 + ((each * 7919) % 90_000), issued_on, due_on: addDays(issued_on, 15), period_from: addDays(issued_on, -42), period_to: addDays(issued_on, -12), bill: JSON.stringify(bill) };
    });
    await db.insertInto('invoice').values(some).execute();
    await db.insertInto('invoice_payment').values(some.slice(2).map(({ number, total_cents: amount_cents, due_on: paid_on }) => ({ utility_id: 'eneo', number, reference: 'bench', paid_on, amount_cents, means: 'card' as const }))).execute();
  }
  await sql`analyze`.execute(db);
}

/** A compressed answer tells no length: its bytes are counted as they came. */
async function wireBytes(server: TestServer, { cookieHeader }: Visitor, question: string): Promise<number> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(`${server.baseUrl('eneo')}/contracts/lucien-electricity/invoices${question}`, { headers: { cookie: cookieHeader, 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => resolve(bytes)).on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] as number;
}
