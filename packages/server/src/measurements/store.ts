/** The one way in which measurements enter the database: imports and the demo's seed alike. */
import { addDays, dayEnergy, instant, QUALITIES, type DayEnergy, type Instant, type LocalDay, type TimeZone } from '@oya/contract';
import type { CurveDay } from '@oya/formats';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { midnight, rankOf } from './columns.ts';
import { mergeDay, type CurveRun, type MergeCounts } from './merge-day.ts';

const MINUTE = 60_000;

interface StoredDay {
  wh: number | null;
  quality: string;
  source: 'published' | 'curve';
}

/** Where measurements go. */
export interface MeterTarget {
  key: number;
  timeZone: TimeZone;
}

/**
 * Stores days of a load curve, merged with what is known of them (`mergeDay`), and the energy of each day.
 * @param days ascending; their months need partitions (`ensureMonths`)
 * @param counts is added to
 */
export async function storeCurve(db: Transaction<Schema>, meter: MeterTarget, days: readonly CurveDay[], counts: MergeCounts): Promise<void> {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return;
  const known = await readRuns(db, meter, first.day, last.day);
  const knownDays = await readDays(db, meter, first.day, last.day);

  const changed: { day: LocalDay; runs: CurveRun[] }[] = [];
  const sums: { day: LocalDay; stored: StoredDay }[] = [];
  for (const { day, segments } of days) {
    const start = midnight(day, meter.timeZone);
    const before = known.get(day) ?? [];
    const told = segments.map((segment) => ({
      startMinute: (Date.parse(segment.start) - start) / MINUTE,
      stepMinutes: segment.stepMinutes,
      watts: segment.values,
      quality: segment.quality,
    }));
    const runs = mergeDay(before, told, counts);
    if (sameRuns(before, runs)) continue;
    changed.push({ day, runs });
    const sum = dayEnergy(day, runs.map((run) => ({ stepMinutes: run.stepMinutes, values: run.watts, quality: run.quality })), meter.timeZone);
    const stored = betterDay(knownDays.get(day), { wh: sum.energy, quality: QUALITIES[sum.quality], source: 'curve' });
    if (stored) sums.push({ day, stored });
  }
  await writeRuns(db, meter, changed);
  await writeDays(db, meter, sums);
  await widen(db, meter, 'curve', first.day, last.day);
  await widen(db, meter, 'days', first.day, last.day);
}

/**
 * Stores days as the network operator published them.
 * @param days ascending
 * @param counts is added to
 */
export async function storeDays(db: Transaction<Schema>, meter: MeterTarget, days: readonly DayEnergy[], counts: MergeCounts): Promise<void> {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return;
  const known = await readDays(db, meter, first.day, last.day);
  const changed: { day: LocalDay; stored: StoredDay }[] = [];
  for (const { day, energy, quality } of days) {
    const before = known.get(day);
    const told: StoredDay = { wh: energy, quality: QUALITIES[quality], source: 'published' };
    const stored = betterDay(before, told);
    if (stored) changed.push({ day, stored });
    if (energy === null) continue;
    if (!stored && before?.wh === energy && before.quality === told.quality) counts.unchanged++;
    else if (!stored) counts.kept++;
    else if (before && before.wh !== null && before.wh !== energy) counts.replaced++;
    else if (before && before.wh !== null) counts.unchanged++;
    else counts.added++;
  }
  await writeDays(db, meter, changed);
  await widen(db, meter, 'days', first.day, last.day);
}

/** Notes how far a meter has been measured, and that news came. */
export async function noteFreshness(db: Transaction<Schema>, meter: MeterTarget, measuredUntil: Instant | null, collectedAt: Instant | null): Promise<void> {
  await sql`
    update meter set
      measured_until = greatest(measured_until, ${measuredUntil}::timestamptz),
      collected_at = greatest(collected_at, ${collectedAt}::timestamptz)
    where key = ${meter.key}`.execute(db);
}

/** The instant at which the last value that is there ends; `null` when there is none. */
export function endOfMeasures(days: readonly CurveDay[]): Instant | null {
  for (let index = days.length - 1; index >= 0; index--) {
    for (const { start, stepMinutes, values } of (days[index] as CurveDay).segments.toReversed()) {
      const last = values.findLastIndex((value) => value !== null);
      if (last >= 0) return instant(Date.parse(start) + (last + 1) * stepMinutes * MINUTE);
    }
  }
  return null;
}

/** The more trustworthy of two energies of a day; the published one where they are equal. `undefined`: nothing changes. */
function betterDay(known: StoredDay | undefined, told: StoredDay): StoredDay | undefined {
  if (!known) return told;
  if (known.wh === told.wh && known.quality === told.quality && known.source === told.source) return undefined;
  if (told.wh === null) return undefined;
  if (known.wh === null) return told;
  if (rankOf(told.quality) !== rankOf(known.quality)) return rankOf(told.quality) < rankOf(known.quality) ? told : undefined;
  return known.source === 'published' && told.source === 'curve' ? undefined : told;
}

async function readRuns(db: Transaction<Schema>, meter: MeterTarget, first: LocalDay, last: LocalDay): Promise<Map<LocalDay, CurveRun[]>> {
  const rows = await db
    .selectFrom('load_curve')
    .select(['day', 'start_minute', 'step_minutes', 'watts', 'quality'])
    .where('meter_key', '=', meter.key)
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

async function readDays(db: Transaction<Schema>, meter: MeterTarget, first: LocalDay, last: LocalDay): Promise<Map<LocalDay, StoredDay>> {
  const rows = await db
    .selectFrom('day_energy')
    .select(['day', 'wh', 'quality', 'source'])
    .where('meter_key', '=', meter.key)
    .where('day', '>=', first)
    .where('day', '<=', last)
    .execute();
  return new Map(rows.map(({ day, ...stored }) => [day, stored]));
}

/** One statement for all days; columns travel as arrays, an array of watts as the text of one. */
async function writeRuns(db: Transaction<Schema>, meter: MeterTarget, days: readonly { day: LocalDay; runs: CurveRun[] }[]): Promise<void> {
  if (days.length === 0) return;
  await sql`delete from load_curve where meter_key = ${meter.key} and day = any(${days.map(({ day }) => day)}::date[])`.execute(db);
  const rows = days.flatMap(({ day, runs }) => runs.map((run) => ({ day, ...run })));
  await sql`
    insert into load_curve (meter_key, day, start_minute, step_minutes, watts, quality)
    select ${meter.key}::integer, day::date, start_minute, step_minutes, watts::integer[], quality
    from unnest(
      ${rows.map(({ day }) => day)}::text[], ${rows.map(({ startMinute }) => startMinute)}::integer[],
      ${rows.map(({ stepMinutes }) => stepMinutes)}::integer[], ${rows.map(({ watts }) => arrayText(watts))}::text[],
      ${rows.map(({ quality }) => quality)}::text[]
    ) as told (day, start_minute, step_minutes, watts, quality)`.execute(db);
}

async function writeDays(db: Transaction<Schema>, meter: MeterTarget, days: readonly { day: LocalDay; stored: StoredDay }[]): Promise<void> {
  if (days.length === 0) return;
  await sql`
    insert into day_energy (meter_key, day, wh, quality, source)
    select ${meter.key}::integer, day::date, wh::bigint, quality, source
    from unnest(
      ${days.map(({ day }) => day)}::text[], ${days.map(({ stored }) => stored.wh === null ? null : String(stored.wh))}::text[],
      ${days.map(({ stored }) => stored.quality)}::text[], ${days.map(({ stored }) => stored.source)}::text[]
    ) as told (day, wh, quality, source)
    on conflict (meter_key, day) do update set wh = excluded.wh, quality = excluded.quality, source = excluded.source`.execute(db);
}

async function widen(db: Transaction<Schema>, meter: MeterTarget, what: 'curve' | 'days', first: LocalDay, last: LocalDay): Promise<void> {
  const from = sql.ref(`${what}_from`);
  const to = sql.ref(`${what}_to`);
  await sql`
    update meter set ${from} = least(${from}, ${first}::date), ${to} = greatest(${to}, ${addDays(last, 1)}::date)
    where key = ${meter.key}`.execute(db);
}

function arrayText(values: readonly (number | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

function sameRuns(left: readonly CurveRun[], right: readonly CurveRun[]): boolean {
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
