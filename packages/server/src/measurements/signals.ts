/** What concerns every meter: the colours of Tempo days, and how tense the network is. The same for all utilities. */
import { addDays, type LocalDay, type TimeZone } from '@oya/contract';
import type { EcoWattDays, TempoDays } from '@oya/formats';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { openChannel, type Teller } from './channels.ts';
import { count } from './counting.ts';
import type { MergeCounts } from './merge-day.ts';

/**
 * Stores colours; a final one is never replaced by a provisional one, and where it is replaced by another it is kept as the
 * former one, because customers were told. Days of meters that count by colour are counted anew.
 * @param counts is added to
 * @returns how many meters were counted
 */
export async function storeTempo(db: Transaction<Schema>, days: TempoDays['days'], counts: MergeCounts, teller: Teller, zoneOf: (utilityId: string) => TimeZone): Promise<number> {
  const rows = await db.selectFrom('tempo_day').selectAll().where('day', 'in', [...days.map(({ day }) => day), '1970-01-01']).execute();
  const known = new Map(rows.map((row) => [row.day, row]));
  const better = days.filter(({ day, colour, isProvisional }) => {
    const before = known.get(day);
    const isKept = before !== undefined && !before.is_provisional && isProvisional;
    const isKnown = before?.colour === colour && before.is_provisional === isProvisional;
    counts[!before ? 'added' : isKnown ? 'unchanged' : isKept ? 'kept' : 'replaced']++;
    return !isKept && !isKnown;
  });
  if (better.length === 0) return 0;
  await db
    .insertInto('tempo_day')
    .values(
      better.map(({ day, colour, isProvisional }) => {
        const before = known.get(day);
        const isChanged = before !== undefined && !before.is_provisional && before.colour !== colour;
        return { day, colour, is_provisional: isProvisional, former_colour: isChanged ? before.colour : (before?.former_colour ?? null), changed_at: isChanged ? teller.at : (before?.changed_at ?? null) };
      }),
    )
    .onConflict((conflict) =>
      conflict.column('day').doUpdateSet((told) => ({
        colour: told.ref('excluded.colour'),
        is_provisional: told.ref('excluded.is_provisional'),
        former_colour: told.ref('excluded.former_colour'),
        changed_at: told.ref('excluded.changed_at'),
      })),
    )
    .execute();
  const changed = better.filter(({ day, colour }) => known.get(day)?.colour !== colour).map(({ day }) => day);
  return countTempo(db, changed, teller, zoneOf);
}

/** A Tempo day ends at 06:00 of the next. */
async function countTempo(db: Transaction<Schema>, changed: readonly LocalDay[], teller: Teller, zoneOf: (utilityId: string) => TimeZone): Promise<number> {
  const days = [...new Set(changed.flatMap((day) => [day, addDays(day, 1)]))].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const meters = await db
    .selectFrom('channel')
    .innerJoin('meter', 'meter.key', 'channel.meter_key')
    .select(['meter.key', 'meter.utility_id'])
    .where('channel.direction', '=', 'consumption')
    .where('channel.curve_from', '<=', last)
    .where('channel.curve_to', '>', first)
    .where(sql<boolean>`meter.registers @> '[{"code":"HPJB"}]'`)
    .execute();
  for (const { key, utility_id } of meters) await count(db, await openChannel(db, key, 'consumption', zoneOf(utility_id), teller), days);
  return meters.length;
}

/**
 * Stores signals; of two for the same day the one that was made later holds.
 * @param counts is added to
 */
export async function storeEcoWatt(db: Transaction<Schema>, days: EcoWattDays['days'], counts: MergeCounts): Promise<void> {
  for (const { day, level, message, generatedAt, hours } of days) {
    const before = await db.selectFrom('ecowatt_day').select(['generated_at', 'level', 'message', 'hours']).where('day', '=', day).executeTakeFirst();
    const at = new Date(generatedAt);
    const isOlder = before !== undefined && before.generated_at > at;
    const isKnown = before?.level === level && before.message === message && JSON.stringify(before.hours) === JSON.stringify(hours);
    counts[!before ? 'added' : isKnown ? 'unchanged' : isOlder ? 'kept' : 'replaced']++;
    if (isOlder || (isKnown && before.generated_at.getTime() === at.getTime())) continue;
    const signal = { level, message, generated_at: at, hours };
    await db.insertInto('ecowatt_day').values({ day, ...signal }).onConflict((conflict) => conflict.column('day').doUpdateSet(signal)).execute();
  }
}
