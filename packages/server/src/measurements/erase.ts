/** Takes away what was collected by a consent, and nothing that is known otherwise. */
import { addDays, CURVE_PURPOSES, dayEnergy, QUALITIES, type ConsentPurpose, type LocalDay, type TimeZone } from '@oya/contract';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { openChannel, type Channel, type Teller } from './channels.ts';
import { count, DAYS_AT_ONCE } from './counting.ts';
import { readRuns } from './curves.ts';
import { readDays, tellDays, type ToldDay } from './days.ts';
import { tellIndexDays } from './indexes.ts';
import { tellShares } from './periods.ts';

/**
 * Erases what is known by consents, replaced values too. Each thing follows its own source:
 * - by the curve's: half-hours, and the days, registers and highest averages that were counted from them;
 * - by that to days: those that were published, and those between two indexes, with the indexes themselves, as an index
 *   of each midnight is the consumption of each day in other words;
 * - by that to the maximum power: what the meter registered. The highest average of a curve that is kept is the curve's.
 * What lies between two readings is what invoices are made of, and needs no consent: it stays, with its shares in days.
 * A day that was known in several ways is afterwards known by the best of those that are left.
 */
export async function eraseCollected(db: Transaction<Schema>, meterKey: number, purposes: readonly ConsentPurpose[], { timeZone, now }: { timeZone: TimeZone; now: number }): Promise<void> {
  const kinds = [
    ...(CURVE_PURPOSES.some((purpose) => purposes.includes(purpose)) ? [eraseCurve] : []),
    ...(purposes.includes('daily-collection') ? [eraseDays] : []),
    ...(purposes.includes('maximum-power') ? [erasePowers] : []),
  ];
  if (kinds.length === 0) return;
  // An import that is under way ends first: what it brought is erased too.
  const channels = await db.selectFrom('channel').select(['key', 'direction', 'days_from', 'days_to', 'curve_from', 'curve_to']).where('meter_key', '=', meterKey).orderBy('key').forUpdate().execute();
  const teller: Teller = { at: new Date(now), importKey: null };
  for (const { key, direction, ...bounds } of channels) {
    for (const erase of kinds) await erase(db, key);
    const channel = await openChannel(db, meterKey, direction, timeZone, teller);
    const [first, end] = [[bounds.days_from, bounds.curve_from].filter((day) => day !== null).sort()[0], [bounds.days_to, bounds.curve_to].filter((day) => day !== null).sort().at(-1)];
    if (first !== undefined && end !== undefined) await tellAnew(db, channel, first, end);
    await narrow(db, key);
  }
  // Files that brought it may come again, once it may be kept again.
  await db.updateTable('import_run').set({ is_partial: true }).where('meter_key', '=', meterKey).execute();
}

async function eraseCurve(db: Transaction<Schema>, key: number): Promise<void> {
  const ofCurve = sql`select day from load_curve where channel_key = ${key}`;
  await sql`delete from day_power where channel_key = ${key} and unit = 'W' and day in (${ofCurve})`.execute(db);
  // Where the curve told the registers nobody knows whether anybody else did; indexes are asked anew.
  await sql`delete from day_register where channel_key = ${key} and day in (${ofCurve})`.execute(db);
  await sql`delete from load_curve where channel_key = ${key}`.execute(db);
  await sql`delete from replaced_value where channel_key = ${key} and what = 'curve'`.execute(db);
  await forgetDays(db, key, ['curve']);
}

async function eraseDays(db: Transaction<Schema>, key: number): Promise<void> {
  await sql`delete from index_reading where channel_key = ${key}`.execute(db);
  await forgetDays(db, key, ['published', 'index']);
}

async function erasePowers(db: Transaction<Schema>, key: number): Promise<void> {
  await sql`delete from day_power where channel_key = ${key}`.execute(db);
}

async function forgetDays(db: Transaction<Schema>, key: number, sources: readonly Schema['day_energy']['source'][]): Promise<void> {
  const gone = sql`source = any(${[...sources]}::text[])`;
  await sql`delete from day_register where channel_key = ${key} and day in (select day from day_energy where channel_key = ${key} and ${gone})`.execute(db);
  await sql`delete from day_energy where channel_key = ${key} and ${gone}`.execute(db);
  await sql`delete from replaced_value where channel_key = ${key} and what = 'energy' and before ->> 'source' = any(${[...sources]}::text[])`.execute(db);
}

/** Days from what is left of them: the curve, indexes, shares in longer periods. */
async function tellAnew(db: Transaction<Schema>, channel: Channel, first: LocalDay, end: LocalDay): Promise<void> {
  for (let from = first; from < end; from = addDays(from, DAYS_AT_ONCE)) {
    const next = addDays(from, DAYS_AT_ONCE);
    const last = addDays(next < end ? next : end, -1);
    const runs = await readRuns(db, channel, from, last);
    const sums = [...runs].map(([day, parts]): ToldDay => {
      const sum = dayEnergy(day, parts.map(({ stepMinutes, watts, quality }) => ({ stepMinutes, values: watts, quality })), channel.timeZone);
      return { day, told: { wh: sum.energy, dm3: null, quality: QUALITIES[sum.quality], source: 'curve' } };
    });
    await tellDays(db, channel, sums, await readDays(db, channel, from, last));
    if (channel.hasIndexes) await tellIndexDays(db, channel, from, last);
    await tellShares(db, channel, from, addDays(last, 1));
    const known = await readDays(db, channel, from, last);
    await count(db, channel, [...known.keys()].sort(), { curves: runs, energies: known });
  }
}

/** The bounds of what is left; where nothing is, nobody knows of any measure any more. */
async function narrow(db: Transaction<Schema>, key: number): Promise<void> {
  const boundsOf = async (table: 'load_curve' | 'day_energy'): Promise<{ from: LocalDay | null; to: LocalDay | null }> => {
    const row = await db.selectFrom(table).select(({ fn }) => [fn.min('day').as('from'), fn.max('day').as('last')]).where('channel_key', '=', key).executeTakeFirstOrThrow();
    const last = row.last as LocalDay | null;
    return { from: row.from as LocalDay | null, to: last && addDays(last, 1) };
  };
  const [curve, days] = [await boundsOf('load_curve'), await boundsOf('day_energy')];
  await db
    .updateTable('channel')
    .set({ curve_from: curve.from, curve_to: curve.to, days_from: days.from, days_to: days.to, ...(days.from === null && curve.from === null && { measured_until: null, collected_at: null }) })
    .where('key', '=', key)
    .execute();
}
