/** What was counted between two readings, and its shares in the days between them. */
import { addDays, daysBetween, QUALITIES, type LocalDay } from '@oya/contract';
import type { MeterPeriod } from '@oya/formats';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';
import { rankOf } from './columns.ts';
import { count } from './counting.ts';
import { readDays, tellDays, widen, type ToldDay } from './days.ts';
import { takesPlace, type MergeCounts } from './merge-day.ts';

type StoredPeriod = Omit<Schema['reading_period'], 'channel_key'>;

/**
 * Stores periods, and gives each day that nothing was told of its even share, as an estimate. A measured day stays as it is.
 * @param counts of periods; is added to
 * @returns how many days have a share now
 */
export async function storePeriods(db: Transaction<Schema>, channel: Channel, periods: readonly MeterPeriod[], counts: MergeCounts): Promise<number> {
  const told = periods.map(storedOf);
  const first = told.reduce<LocalDay | undefined>((least, { from_day }) => (least === undefined || from_day < least ? from_day : least), undefined);
  const end = told.reduce<LocalDay | undefined>((greatest, { to_day }) => (greatest === undefined || to_day > greatest ? to_day : greatest), undefined);
  if (first === undefined || end === undefined) return 0;
  const before = new Map((await readPeriods(db, channel, first, end)).map((period) => [keyOf(period), period]));
  const better = told.filter((period) => takesPlace(before.get(keyOf(period)), period, isSame, counts));
  await writePeriods(db, channel, better);

  return tellShares(db, channel, first, end);
}

/**
 * Gives each day of a stretch that nothing was told of its share in a stored period.
 * @param end excluded
 */
export async function tellShares(db: Transaction<Schema>, channel: Channel, first: LocalDay, end: LocalDay): Promise<number> {
  const known = await readDays(db, channel, first, addDays(end, -1));
  const stored = await tellDays(db, channel, sharesOf(await readPeriods(db, channel, first, end), first, end), known);
  await count(db, channel, [...stored.keys()], { energies: new Map([...known, ...stored]) });
  const days = [...stored.keys()].sort();
  const [begin, last] = [days[0], days.at(-1)];
  if (begin !== undefined && last !== undefined) await widen(db, channel, ['days'], begin, last);
  return days.length;
}

/** Where periods overlap, a day takes its share of the most trustworthy, then of the shortest, then of the latest. */
function sharesOf(periods: readonly StoredPeriod[], first: LocalDay, end: LocalDay): ToldDay[] {
  const candidates = periods
    .filter(({ wh }) => wh !== null)
    .map((period) => ({ period, days: daysBetween(period.from_day, period.to_day) }))
    .sort((left, right) => rankOf(left.period.quality) - rankOf(right.period.quality) || left.days - right.days || (left.period.from_day < right.period.from_day ? 1 : -1));
  const shares: ToldDay[] = [];
  for (let day = first; day < end; day = addDays(day, 1)) {
    const found = candidates.find(({ period: { from_day, to_day } }) => from_day <= day && day < to_day);
    if (!found) continue;
    const place = daysBetween(found.period.from_day, day);
    const { wh, dm3 } = found.period;
    shares.push({ day, told: { wh: shareOf(wh, place, found.days), dm3: shareOf(dm3, place, found.days), quality: QUALITIES.estimated, source: 'period' } });
  }
  return shares;
}

/** Even, in whole units, and so that all of them add up to the whole. */
function shareOf(whole: number | null, place: number, parts: number): number | null {
  return whole === null ? null : Math.floor(((place + 1) * whole) / parts) - Math.floor((place * whole) / parts);
}

async function readPeriods(db: Transaction<Schema>, { key }: Channel, first: LocalDay, end: LocalDay): Promise<StoredPeriod[]> {
  return db
    .selectFrom('reading_period')
    .select(['from_day', 'to_day', 'wh', 'dm3', 'index_start', 'index_end', 'quality'])
    .where('channel_key', '=', key)
    .where('from_day', '<', end)
    .where('to_day', '>', first)
    .execute();
}

async function writePeriods(db: Transaction<Schema>, { key }: Channel, periods: readonly StoredPeriod[]): Promise<void> {
  if (periods.length === 0) return;
  const numbers = (of: (period: StoredPeriod) => number | null) => periods.map((period) => of(period)?.toString() ?? null);
  await sql`
    insert into reading_period (channel_key, from_day, to_day, wh, dm3, index_start, index_end, quality)
    select ${key}::integer, from_day::date, to_day::date, wh::bigint, dm3::bigint, index_start::bigint, index_end::bigint, quality
    from unnest(
      ${periods.map(({ from_day }) => from_day)}::text[], ${periods.map(({ to_day }) => to_day)}::text[], ${numbers(({ wh }) => wh)}::text[], ${numbers(({ dm3 }) => dm3)}::text[],
      ${numbers(({ index_start }) => index_start)}::text[], ${numbers(({ index_end }) => index_end)}::text[], ${periods.map(({ quality }) => quality)}::text[]
    ) as told (from_day, to_day, wh, dm3, index_start, index_end, quality)
    on conflict (channel_key, from_day, to_day) do update set
      wh = excluded.wh, dm3 = excluded.dm3, index_start = excluded.index_start, index_end = excluded.index_end, quality = excluded.quality`.execute(db);
}

function storedOf({ from, to, energy, volume, indexStart, indexEnd, quality }: MeterPeriod): StoredPeriod {
  return { from_day: from, to_day: to, wh: energy, dm3: volume, index_start: indexStart, index_end: indexEnd, quality: QUALITIES[quality] };
}

function keyOf({ from_day, to_day }: StoredPeriod): string {
  return `${from_day} ${to_day}`;
}

function isSame(left: StoredPeriod, right: StoredPeriod): boolean {
  return left.wh === right.wh && left.dm3 === right.dm3 && left.index_start === right.index_start && left.index_end === right.index_end;
}
