/** Indexes, and what they tell of days. */
import { addDays, localDay, QUALITIES, type Instant, type LocalDay, type TimeZone } from '@oya/contract';
import type { IndexReadings } from '@oya/formats';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';
import { count } from './counting.ts';
import { readDays, tellDays, widen } from './days.ts';
import { indexDays, type IndexFault } from './index-days.ts';
import { takesPlace, type MergeCounts } from './merge-day.ts';

/**
 * Stores indexes; `tellIndexDays` computes from them once all registers are there.
 * @param counts is added to
 */
export async function storeIndexes(db: Transaction<Schema>, channel: Channel, { register, grid, unit, readings }: Pick<IndexReadings, 'register' | 'grid' | 'unit' | 'readings'>, counts: MergeCounts): Promise<void> {
  const told = readings.flatMap(({ at, value, quality }) => (value === null ? [] : [{ at, value, quality: QUALITIES[quality] as string }]));
  const [first, last] = [told[0], told.at(-1)];
  if (!first || !last) return;
  const rows = await db
    .selectFrom('index_reading')
    .select(['at', 'value', 'quality'])
    .where('channel_key', '=', channel.key)
    .where('register', '=', register)
    .where('grid', '=', grid)
    .where('at', '>=', new Date(first.at))
    .where('at', '<=', new Date(last.at))
    .execute();
  const known = new Map(rows.map(({ at, ...reading }) => [at.getTime(), reading]));
  const better = told.filter((reading) => takesPlace<{ value: number; quality: string }>(known.get(Date.parse(reading.at)), reading, (left, right) => left.value === right.value, counts));
  channel.hasIndexes = true;
  if (better.length === 0) return;
  await sql`
    insert into index_reading (channel_key, register, grid, at, value, unit, quality)
    select ${channel.key}::integer, ${register}, ${grid}, at::timestamptz, value::bigint, ${unit}, quality
    from unnest(${better.map(({ at }) => at)}::text[], ${better.map(({ value }) => String(value))}::text[], ${better.map(({ quality }) => quality)}::text[]) as told (at, value, quality)
    on conflict (channel_key, register, grid, at) do update set value = excluded.value, unit = excluded.unit, quality = excluded.quality`.execute(db);
}

/** Stores the energy of the days that end or begin with indexes of a stretch of days, where it is the best that is known of them. */
export async function tellIndexDays(db: Transaction<Schema>, channel: Channel, first: LocalDay, last: LocalDay): Promise<{ days: number; faults: IndexFault[] }> {
  const from = addDays(first, -1);
  const { days, faults } = await indexDays(db, channel, from, last);
  const known = await readDays(db, channel, from, last);
  const told = [...days].map(([day, { wh, quality }]) => ({ day, told: { wh, dm3: null, quality, source: 'index' as const } }));
  const better = await tellDays(db, channel, told, known);
  await count(db, channel, [...days.keys()], { energies: new Map([...known, ...better]) });
  const [begin, end] = [told[0], told.at(-1)];
  if (begin && end) await widen(db, channel, ['days'], begin.day, end.day);
  return { days: days.size, faults };
}

/** A stretch of days, both included. */
export interface Span {
  first: LocalDay;
  last: LocalDay;
}

/** The first and last local day of readings. */
export function daysOfIndexes({ readings }: IndexReadings, timeZone: TimeZone): Span | undefined {
  const [first, last] = [readings[0], readings.at(-1)];
  return first && last && { first: localDay(Date.parse(first.at), timeZone), last: localDay(Date.parse(last.at), timeZone) };
}

/** When the last index that is there was read. */
export function lastIndexAt({ readings }: IndexReadings): Instant | null {
  return readings.findLast(({ value }) => value !== null)?.at ?? null;
}
