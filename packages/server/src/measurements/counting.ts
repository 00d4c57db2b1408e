/** What follows from what is known of a day: its energy by register, and the highest average of its curve. */
import { dayStart, energyByRegister, instant, registersOfDay, type LocalDay } from '@oya/contract';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';
import { readRuns } from './curves.ts';
import { readDays, type StoredDay } from './days.ts';
import { indexDays } from './index-days.ts';
import type { CurveRun } from './merge-day.ts';

const MINUTE = 60_000;

/** Wh by code of register. */
export type Parts = Readonly<Record<string, number>>;

interface StoredParts {
  parts: Record<string, number>;
  quality: string;
}

/** Two years of days take no more memory than that. */
export const DAYS_AT_ONCE = 400;

/** Counts the whole curve of a channel again where `openChannel` said so. */
export async function countAnew(db: Transaction<Schema>, channel: Channel): Promise<void> {
  if (!channel.toRecount) return;
  const { first, end } = channel.toRecount;
  const rows = await db.selectFrom('load_curve').select('day').distinct().where('channel_key', '=', channel.key).where('day', '>=', first).where('day', '<', end).orderBy('day').execute();
  const days = rows.map(({ day }) => day);
  for (let done = 0; done < days.length; done += DAYS_AT_ONCE) await count(db, channel, days.slice(done, done + DAYS_AT_ONCE));
}

/**
 * Stores the registers of days, and the greatest power of those that have a curve, from all that is known: in whatever order
 * it came, the same follows. Registers that do not add up to the day's energy are not those of the day: then there are none.
 * @param days ascending
 * @param known where the caller has read them already; `areNew` where nothing was known of these days
 */
export async function count(db: Transaction<Schema>, channel: Channel, days: readonly LocalDay[], known: { curves?: ReadonlyMap<LocalDay, CurveRun[]>; energies?: ReadonlyMap<LocalDay, StoredDay>; given?: ReadonlyMap<LocalDay, Parts>; areNew?: boolean } = {}): Promise<void> {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return;
  const curves = known.curves ?? (await readRuns(db, channel, first, last));
  await writePowers(db, channel, days, curves);
  if (!channel.plan) return;

  const energies = known.energies ?? (await readDays(db, channel, first, last));
  const before = known.areNew ? new Map<LocalDay, StoredParts>() : await readRegisters(db, channel, first, last);
  const byIndex = channel.hasIndexes ? (await indexDays(db, channel, first, last)).days : new Map<LocalDay, { parts: Parts }>();
  const changed: { day: LocalDay; parts: Parts; quality: string }[] = [];
  for (const day of days) {
    const energy = energies.get(day);
    const fits = (parts: Parts | undefined) => parts !== undefined && energy?.wh !== null && energy?.wh !== undefined && totalOf(parts) === energy.wh;
    const stands = before.get(day);
    const candidates = [() => partsOfCurve(day, curves.get(day), channel), () => byIndex.get(day)?.parts, () => known.given?.get(day), () => stands?.parts];
    let parts: Parts | undefined;
    for (const candidate of candidates) {
      parts = candidate();
      if (fits(parts)) break;
      parts = undefined;
    }
    const quality = energy?.quality ?? 'm';
    if (parts ? stands?.quality !== quality || !sameParts(stands.parts, parts) : stands) changed.push({ day, parts: parts ?? {}, quality });
  }
  await writeRegisters(db, channel, changed, before);
}

function partsOfCurve(day: LocalDay, runs: readonly CurveRun[] | undefined, { plan, timeZone }: Channel): Parts | undefined {
  const stretches = plan && runs && registersOfDay(day, plan, timeZone);
  if (!stretches) return undefined;
  const start = dayStart(day, timeZone);
  const segments = runs.map(({ startMinute, stepMinutes, watts }) => ({ start: instant(start + startMinute * MINUTE), stepMinutes, values: watts }));
  return energyByRegister(day, segments, stretches, timeZone);
}

/** Of what is drawn: there is no subscribed power to feed in with. */
async function writePowers(db: Transaction<Schema>, { key, direction, timeZone }: Channel, days: readonly LocalDay[], curves: ReadonlyMap<LocalDay, CurveRun[]>): Promise<void> {
  if (direction === 'production') return;
  const powers: { day: LocalDay; watts: number; at: string; quality: string }[] = [];
  for (const day of days) {
    const best = highestOf(curves.get(day) ?? []);
    if (best) powers.push({ day, watts: best.watts, at: instant(dayStart(day, timeZone) + best.minute * MINUTE), quality: best.letter });
  }
  if (powers.length === 0) return;
  await sql`
    insert into day_power (channel_key, day, unit, value, at, quality)
    select ${key}::integer, day::date, 'W', watts, at::timestamptz, quality
    from unnest(
      ${powers.map(({ day }) => day)}::text[], ${powers.map(({ watts }) => watts)}::integer[],
      ${powers.map(({ at }) => at)}::text[], ${powers.map(({ quality }) => quality)}::text[]
    ) as power (day, watts, at, quality)
    on conflict (channel_key, day, unit) do update set value = excluded.value, at = excluded.at, quality = excluded.quality`.execute(db);
}

function highestOf(runs: readonly CurveRun[]): { watts: number; minute: number; letter: string } | undefined {
  let best: { watts: number; minute: number; letter: string } | undefined;
  for (const { startMinute, stepMinutes, watts, quality } of runs) {
    for (let index = 0; index < watts.length; index++) {
      const value = watts[index] as number | null;
      if (value !== null && (best === undefined || value > best.watts)) best = { watts: value, minute: startMinute + index * stepMinutes, letter: quality[index] as string };
    }
  }
  return best;
}

async function readRegisters(db: Transaction<Schema>, { key }: Channel, first: LocalDay, last: LocalDay): Promise<Map<LocalDay, StoredParts>> {
  const rows = await db
    .selectFrom('day_register')
    .select(['day', 'code', 'wh', 'quality'])
    .where('channel_key', '=', key)
    .where('day', '>=', first)
    .where('day', '<=', last)
    .execute();
  const days = new Map<LocalDay, StoredParts>();
  for (const { day, code, wh, quality } of rows) {
    const registers = days.get(day) ?? { parts: {}, quality };
    registers.parts[code] = wh;
    days.set(day, registers);
  }
  return days;
}

async function writeRegisters(db: Transaction<Schema>, { key }: Channel, days: readonly { day: LocalDay; parts: Parts; quality: string }[], before: ReadonlyMap<LocalDay, StoredParts>): Promise<void> {
  if (days.length === 0) return;
  const gone = days.filter(({ day }) => before.has(day)).map(({ day }) => day);
  if (gone.length > 0) await sql`delete from day_register where channel_key = ${key} and day = any(${gone}::date[])`.execute(db);
  const rows = days.flatMap(({ day, parts, quality }) => Object.entries(parts).map(([code, wh]) => ({ day, code, wh, quality })));
  await sql`
    insert into day_register (channel_key, day, code, wh, quality)
    select ${key}::integer, day::date, code, wh::bigint, quality
    from unnest(
      ${rows.map(({ day }) => day)}::text[], ${rows.map(({ code }) => code)}::text[],
      ${rows.map(({ wh }) => String(wh))}::text[], ${rows.map(({ quality }) => quality)}::text[]
    ) as told (day, code, wh, quality)`.execute(db);
}

function totalOf(parts: Parts): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
}

function sameParts(left: Parts, right: Parts): boolean {
  const codes = Object.keys(left);
  return codes.length === Object.keys(right).length && codes.every((code) => left[code] === right[code]);
}

