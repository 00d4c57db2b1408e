/**
 * A year of half-hours taken in from a file of the network operator, beside what no import can do without, in turns of one
 * run: parsing the file's JSON, and writing the same rows with one bare `insert`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { addDays, joinSegments, type LocalDay } from '@oya/contract';
import { findPersona, measureDay, type PersonaMeter } from '@oya/personas';
import type { Insertable, Transaction } from 'kysely';
import { enedis2026LoadCurve } from '../../packages/formats/src/testing.ts';
import { importFile, type Database } from '../../packages/server/src/index.ts';
import type { Schema } from '../../packages/server/src/database/schema.ts';
import { SEEDED_AT, testEngines, type TestEngine } from '../../packages/server/src/testing.ts';
import { median, table, type Bench } from './promise.ts';

const REPORT = new URL('../../dist/bench/', import.meta.url);
/** The demo's meters have nothing then. */
const YEAR = { from: '2022-01-01', to: '2023-01-01' };
const WARM_UP = 3;
const TURNS = 15;

type Rows = Insertable<Schema['load_curve']>[];

export const bench: Bench = async () => {
  const rows = [['a year of half-hours, from a file', 'import', 'years a second', 'JSON.parse', 'bare insert', 'import ÷ both']];
  for (const engine of testEngines()) {
    const { whole, parse, insert } = await measure(engine);
    const floor = median(parse) + median(insert);
    rows.push([engine.name, ms(whole), (1000 / median(whole)).toFixed(1), ms(parse), ms(insert), `${(median(whole) / floor).toFixed(2)} ×`]);
  }
  const report = table(rows);
  console.log(`\n${report}\n`);
  await mkdir(REPORT, { recursive: true });
  await writeFile(new URL('import.md', REPORT), `${report}\n`);
  return [];
};

async function measure(engine: TestEngine): Promise<{ whole: number[]; parse: number[]; insert: number[] }> {
  const { db, drop } = await engine.seeded();
  try {
    const text = fileOfYear();
    const written = await rowsOf(db, text);
    const took = { whole: [] as number[], parse: [] as number[], insert: [] as number[] };
    for (let turn = 0; turn < WARM_UP + TURNS; turn++) {
      const parse = await timeOf(async () => void JSON.parse(text));
      const insert = await timeOf(() => takenBack(db, (transaction) => transaction.insertInto('load_curve').values(written).execute()));
      const whole = await timeOf(() => take(db, text, true));
      if (turn < WARM_UP) continue;
      took.parse.push(parse);
      took.insert.push(insert);
      took.whole.push(whole);
    }
    return took;
  } finally {
    await drop();
  }
}

function fileOfYear(): string {
  const source = findPersona('camille').meters[0] as PersonaMeter;
  const days: LocalDay[] = [];
  for (let day: LocalDay = YEAR.from; day < YEAR.to; day = addDays(day, 1)) days.push(day);
  const segments = joinSegments(days.flatMap((day) => measureDay(source, day).curve));
  const { deliveryPoint } = findPersona('camille').contracts[0] as { deliveryPoint: string };
  return new TextDecoder().decode(enedis2026LoadCurve({ kind: 'curve', unit: 'W', segments }, { timeZone: source.timeZone, deliveryPoint }));
}

/** What the import of the file writes; afterwards it is gone again, and the months have their partitions. */
async function rowsOf(db: Database, text: string): Promise<Rows> {
  // Another file with the same content: one that was taken in before is not looked at again.
  await take(db, `${text}\n`, false);
  const written = await db.selectFrom('load_curve').selectAll().where('day', '>=', YEAR.from).where('day', '<', YEAR.to).execute();
  await db.deleteFrom('load_curve').where('day', '>=', YEAR.from).where('day', '<', YEAR.to).execute();
  for (const table of ['day_energy', 'day_register', 'day_power'] as const) await db.deleteFrom(table).where('day', '>=', YEAR.from).where('day', '<', YEAR.to).execute();
  return written;
}

async function take(db: Database, text: string, dryRun: boolean): Promise<void> {
  const { values } = await importFile(db, { utility: 'eneo', fileName: 'year.json', bytes: new TextEncoder().encode(text), now: SEEDED_AT, dryRun });
  if (values.added < 17_000) throw new Error(`the import added ${values.added} values of a year`);
}

async function takenBack(db: Database, write: (transaction: Transaction<Schema>) => Promise<unknown>): Promise<void> {
  const enough = new Error('taken back');
  await db
    .transaction()
    .execute(async (transaction) => {
      await write(transaction);
      throw enough;
    })
    .catch((error: unknown) => {
      if (error !== enough) throw error;
    });
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function ms(values: readonly number[]): string {
  return `${median(values).toFixed(1)} ms`;
}
