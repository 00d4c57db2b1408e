/** Where measurements go: what a meter measures in one direction, and how its energy is counted. */
import { countsByTempo, type Direction, type LocalDay, type OffPeak, type RegisterPlan, type TempoColour, type TimeZone } from '@oya/contract';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** On whose word something is stored. */
export interface Teller {
  at: Date;
  /** The file; `null` where it is none. */
  importKey: number | null;
}

export interface Channel {
  readonly key: number;
  readonly direction: Direction;
  readonly timeZone: TimeZone;
  /** The codes of the meter's registers. */
  readonly registers: readonly string[];
  /** In kVA; `null` where nobody knows it. */
  readonly subscribedPower: number | null;
  /** How its energy is counted; `undefined` where one register counts all, and for what is fed in. */
  readonly plan: RegisterPlan | undefined;
  /** Whether indexes tell of its days. */
  hasIndexes: boolean;
  readonly teller: Teller;
  /** The days of its curve, where they were counted by other registers or hours than those of today. */
  readonly toRecount: { first: LocalDay; end: LocalDay } | undefined;
}

/** The channel of a meter, made where there is none yet. Until `toRecount` is counted (`countAnew`), its registers may be those of other hours. */
export async function openChannel(db: Transaction<Schema>, meterKey: number, direction: Direction, timeZone: TimeZone, teller: Teller): Promise<Channel> {
  await db.insertInto('channel').values({ meter_key: meterKey, direction }).onConflict((conflict) => conflict.doNothing()).execute();
  const row = await db
    .selectFrom('channel')
    .innerJoin('meter', 'meter.key', 'channel.meter_key')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['channel.key', 'channel.curve_from', 'channel.curve_to', 'channel.counted_by', 'meter.registers', 'contract.off_peak', 'contract.subscribed_power_kva'])
    .select(sql<boolean>`exists (select from index_reading where channel_key = channel.key)`.as('has_indexes'))
    .where('channel.meter_key', '=', meterKey)
    .where('channel.direction', '=', direction)
    .executeTakeFirstOrThrow();
  const codes = row.registers.map(({ code }) => code);
  const plan = direction === 'consumption' && codes.length > 1 ? await planOf(db, codes, row.off_peak) : undefined;
  const countedBy = JSON.stringify(plan ? [codes, row.off_peak] : []);
  if (row.counted_by !== countedBy) await db.updateTable('channel').set({ counted_by: countedBy }).where('key', '=', row.key).execute();
  const toRecount = row.counted_by !== countedBy && row.curve_from !== null && row.curve_to !== null ? { first: row.curve_from, end: row.curve_to } : undefined;
  return { key: row.key, direction, timeZone, registers: codes, subscribedPower: row.subscribed_power_kva, plan, hasIndexes: row.has_indexes, teller, toRecount };
}

async function planOf(db: Transaction<Schema>, registers: readonly string[], offPeak: readonly OffPeak[]): Promise<RegisterPlan> {
  if (!countsByTempo(registers)) return { registers, offPeak };
  const rows = await db.selectFrom('tempo_day').select(['day', 'colour']).execute();
  const colours = new Map<LocalDay, TempoColour>(rows.map(({ day, colour }) => [day, colour]));
  return { registers, offPeak, tempoColour: (day) => colours.get(day) };
}
