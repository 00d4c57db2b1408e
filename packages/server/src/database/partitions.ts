import { addSteps, stepStart, type LocalDay } from '@oya/contract';
import { sql } from 'kysely';
import type { Database } from './open.ts';

/** Any number, the same in every process: partitions are made by one at a time. */
const LOCK = 8_140_001;

/**
 * Makes the partitions of `load_curve` that these days need. A transaction of its own, before the one that
 * stores: making a partition locks the whole table, and storing a long file would keep it locked.
 */
export async function ensureMonths(db: Database, days: Iterable<LocalDay>): Promise<void> {
  const months = new Set<LocalDay>();
  for (const day of days) months.add(stepStart(day, 'month'));
  if (months.size === 0) return;

  const { rows } = await sql<{ name: string }>`
    select relation.relname as name from pg_inherits join pg_class relation on relation.oid = inhrelid where inhparent = 'load_curve'::regclass`.execute(db);
  const existing = new Set(rows.map(({ name }) => name));
  const absent = [...months].filter((month) => !existing.has(partitionOf(month)));
  if (absent.length === 0) return;

  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
    for (const month of absent) {
      // `create table` takes no parameters; both days are computed here.
      const from = sql.lit(month);
      const to = sql.lit(addSteps(month, 'month', 1));
      await sql`create table if not exists ${sql.id(partitionOf(month))} partition of load_curve for values from (${from}) to (${to})`.execute(transaction);
    }
  });
}

function partitionOf(month: LocalDay): string {
  return `load_curve_${month.slice(0, 7).replace('-', '_')}`;
}
