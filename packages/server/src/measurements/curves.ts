/** Load curves as the database holds them. */
import type { LocalDay } from '@oya/contract';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';
import type { CurveRun } from './merge-day.ts';

export async function readRuns(db: Transaction<Schema>, { key }: Channel, first: LocalDay, last: LocalDay): Promise<Map<LocalDay, CurveRun[]>> {
  const rows = await db
    .selectFrom('load_curve')
    .select(['day', 'start_minute', 'step_minutes', 'watts', 'quality'])
    .where('channel_key', '=', key)
    .where('day', '>=', first)
    .where('day', '<=', last)
    .orderBy('day')
    .orderBy('start_minute')
    .execute();
  const days = new Map<LocalDay, CurveRun[]>();
  for (const { day, start_minute: startMinute, step_minutes: stepMinutes, watts, quality } of rows) {
    const run = { startMinute, stepMinutes, watts, quality };
    const runs = days.get(day);
    if (runs) runs.push(run);
    else days.set(day, [run]);
  }
  return days;
}

/** One statement for all days; columns travel as arrays, an array of watts as the text of one. */
export async function writeRuns(db: Transaction<Schema>, { key }: Channel, days: readonly { day: LocalDay; runs: CurveRun[] }[], before: ReadonlyMap<LocalDay, unknown>): Promise<void> {
  if (days.length === 0) return;
  const gone = days.filter(({ day }) => before.has(day)).map(({ day }) => day);
  if (gone.length > 0) await sql`delete from load_curve where channel_key = ${key} and day = any(${gone}::date[])`.execute(db);
  const rows = days.flatMap(({ day, runs }) => runs.map((run) => ({ day, ...run })));
  await sql`
    insert into load_curve (channel_key, day, start_minute, step_minutes, watts, quality)
    select ${key}::integer, day::date, start_minute, step_minutes, watts::integer[], quality
    from unnest(
      ${rows.map(({ day }) => day)}::text[], ${rows.map(({ startMinute }) => startMinute)}::integer[],
      ${rows.map(({ stepMinutes }) => stepMinutes)}::integer[], ${rows.map(({ watts }) => arrayText(watts))}::text[],
      ${rows.map(({ quality }) => quality)}::text[]
    ) as told (day, start_minute, step_minutes, watts, quality)`.execute(db);
}

function arrayText(values: readonly (number | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

export function sameRuns(left: readonly CurveRun[], right: readonly CurveRun[]): boolean {
  return (
    left.length === right.length &&
    left.every((run, index) => {
      const other = right[index] as CurveRun;
      return (
        run.startMinute === other.startMinute &&
        run.stepMinutes === other.stepMinutes &&
        run.quality === other.quality &&
        run.watts.every((value, place) => value === other.watts[place])
      );
    })
  );
}
