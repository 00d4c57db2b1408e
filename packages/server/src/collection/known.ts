/** What the portal knows already, day by day. */
import { dayMinutes, QUALITIES, type Direction, type LocalDay, type Period, type TimeZone } from '@oya/contract';
import { sql } from 'kysely';
import type { Database } from '../database/open.ts';
import { isCurve, isProduction, type Dataset, type Signal } from './connector.ts';
import type { KnownDay } from './plan.ts';

type KnownDays = Map<LocalDay, KnownDay>;

export async function knownDays(db: Database, meterKey: number, dataset: Dataset, period: Period, timeZone: TimeZone): Promise<KnownDays> {
  const channel = await db
    .selectFrom('channel')
    .select('key')
    .where('meter_key', '=', meterKey)
    .where('direction', '=', isProduction(dataset) ? 'production' : ('consumption' satisfies Direction))
    .executeTakeFirst();
  if (!channel) return new Map();
  if (isCurve(dataset)) return daysOfCurve(db, channel.key, period, timeZone);
  return dataset === 'maximum-power' ? daysOfPower(db, channel.key, period) : daysOfEnergy(db, channel.key, period);
}

/** A share in a longer period, or the sum of a curve with holes, is not what the network operator has to tell of a day. */
async function daysOfEnergy(db: Database, channelKey: number, { from, to }: Period): Promise<KnownDays> {
  const rows = await db
    .selectFrom('day_energy')
    .select(['day', 'quality'])
    .where('channel_key', '=', channelKey)
    .where('day', '>=', from)
    .where('day', '<', to)
    .where('wh', 'is not', null)
    .where('source', '<>', 'period')
    .where('quality', '<>', QUALITIES.incomplete)
    .execute();
  return new Map(rows.map(({ day, quality }) => [day, stateOf(quality)]));
}

async function daysOfPower(db: Database, channelKey: number, { from, to }: Period): Promise<KnownDays> {
  const rows = await db.selectFrom('day_power').select(['day', 'quality']).where('channel_key', '=', channelKey).where('unit', '=', 'VA').where('day', '>=', from).where('day', '<', to).execute();
  return new Map(rows.map(({ day, quality }) => [day, stateOf(quality)]));
}

/** A day with a hole in its curve is not known. */
async function daysOfCurve(db: Database, channelKey: number, { from, to }: Period, timeZone: TimeZone): Promise<KnownDays> {
  const { rows } = await sql<{ day: LocalDay; minutes: number; letters: string }>`
    select day, sum(step_minutes * (cardinality(watts) - cardinality(array_positions(watts, null))))::integer as minutes, string_agg(quality, '') as letters
    from load_curve where channel_key = ${channelKey} and day >= ${from}::date and day < ${to}::date group by day`.execute(db);
  return new Map(rows.filter(({ day, minutes }) => minutes >= dayMinutes(day, timeZone)).map(({ day, letters }) => [day, stateOf([...letters].every((letter) => letter === QUALITIES.real) ? QUALITIES.real : QUALITIES.estimated)]));
}

/** Signals of EcoWatt change during the day: none is ever known for good. */
export async function knownSignals(db: Database, signal: Signal, { from, to }: Period): Promise<KnownDays> {
  if (signal === 'ecowatt') return new Map();
  const rows = await db.selectFrom('tempo_day').select(['day', 'is_provisional']).where('day', '>=', from).where('day', '<', to).execute();
  return new Map(rows.map(({ day, is_provisional }) => [day, is_provisional ? 'unsettled' : 'settled']));
}

function stateOf(quality: string): KnownDay {
  return quality === QUALITIES.real ? 'settled' : 'unsettled';
}
