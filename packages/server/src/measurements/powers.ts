/** The greatest power of days, as the meter registered it. */
import { QUALITIES } from '@oya/contract';
import type { MaximumPowers } from '@oya/formats';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';
import { takesPlace, type MergeCounts } from './merge-day.ts';

/**
 * @param days ascending
 * @param counts is added to
 */
export async function storePowers(db: Transaction<Schema>, { key }: Channel, days: MaximumPowers['days'], counts: MergeCounts): Promise<void> {
  const told = days.flatMap(({ day, voltAmperes, at, quality }) => (voltAmperes === null ? [] : [{ day, value: voltAmperes, at, quality: QUALITIES[quality] as string }]));
  const [first, last] = [told[0], told.at(-1)];
  if (!first || !last) return;
  const rows = await db
    .selectFrom('day_power')
    .select(['day', 'value', 'at', 'quality'])
    .where('channel_key', '=', key)
    .where('unit', '=', 'VA')
    .where('day', '>=', first.day)
    .where('day', '<=', last.day)
    .execute();
  const known = new Map(rows.map(({ day, at, ...power }) => [day, { at: at?.getTime(), ...power }]));
  const better = told.filter(({ day, value, at, quality }) =>
    takesPlace<{ value: number; at: number | undefined; quality: string }>(
      known.get(day),
      { value, at: at === null ? undefined : Date.parse(at), quality },
      (left, right) => left.value === right.value && left.at === right.at,
      counts,
    ),
  );
  if (better.length === 0) return;
  await sql`
    insert into day_power (channel_key, day, unit, value, at, quality)
    select ${key}::integer, day::date, 'VA', value, at::timestamptz, quality
    from unnest(
      ${better.map(({ day }) => day)}::text[], ${better.map(({ value }) => value)}::integer[],
      ${better.map(({ at }) => at)}::text[], ${better.map(({ quality }) => quality)}::text[]
    ) as told (day, value, at, quality)
    on conflict (channel_key, day, unit) do update set value = excluded.value, at = excluded.at, quality = excluded.quality`.execute(db);
}
