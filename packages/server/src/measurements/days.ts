/** What is known of whole days, and which of two energies of a day is believed. */
import { addDays, type LocalDay } from '@oya/contract';
import { sql, type Transaction } from 'kysely';
import type { DaySource, Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';
import { rankOf } from './columns.ts';
import { keepReplaced } from './history.ts';

/** A day's energy in Wh and volume in dm³, with the letter of its quality. */
export interface StoredDay {
  wh: number | null;
  dm3: number | null;
  quality: string;
  source: DaySource;
}

export interface ToldDay {
  day: LocalDay;
  told: StoredDay;
}

const SOURCES: readonly DaySource[] = ['published', 'index', 'curve', 'period'];

/** Stores what is better than what is known, and keeps what it replaces. */
export async function tellDays(db: Transaction<Schema>, channel: Channel, told: readonly ToldDay[], known: ReadonlyMap<LocalDay, StoredDay>): Promise<Map<LocalDay, StoredDay>> {
  const stored = new Map<LocalDay, StoredDay>();
  const replaced = [];
  for (const { day, told: each } of told) {
    const before = known.get(day);
    const better = betterDay(before, each);
    if (!better) continue;
    stored.set(day, better);
    if (before && isLost(before, better)) replaced.push({ day, before });
  }
  await writeDays(db, channel, stored);
  await keepReplaced(db, channel, 'energy', replaced);
  return stored;
}

/** The more trustworthy of two energies of a day; of equals that of the better source. `undefined`: nothing changes. */
export function betterDay(known: StoredDay | undefined, told: StoredDay): StoredDay | undefined {
  if (!known) return told;
  if (told.wh === null) return told.dm3 !== null && known.wh === null && known.dm3 !== told.dm3 ? told : undefined;
  // A volume comes with its energy, but not from every file.
  const better = { ...told, dm3: told.dm3 ?? (known.wh === told.wh ? known.dm3 : null) };
  const isSame = known.wh === better.wh && known.dm3 === better.dm3 && known.quality === better.quality && known.source === better.source;
  if (isSame) return undefined;
  if (known.wh === null) return better;
  // A share in a longer period is a guess at the day: anything that was told of the day itself is better.
  if ((known.source === 'period') !== (told.source === 'period')) return known.source === 'period' ? better : undefined;
  if (rankOf(told.quality) !== rankOf(known.quality)) return rankOf(told.quality) < rankOf(known.quality) ? better : undefined;
  return SOURCES.indexOf(told.source) <= SOURCES.indexOf(known.source) ? better : undefined;
}

export async function readDays(db: Transaction<Schema>, { key }: Channel, first: LocalDay, last: LocalDay): Promise<Map<LocalDay, StoredDay>> {
  const rows = await db
    .selectFrom('day_energy')
    .select(['day', 'wh', 'dm3', 'quality', 'source'])
    .where('channel_key', '=', key)
    .where('day', '>=', first)
    .where('day', '<=', last)
    .execute();
  return new Map(rows.map(({ day, ...stored }) => [day, stored]));
}

/** Notes that the channel knows of these days. */
export async function widen(db: Transaction<Schema>, { key }: Channel, bounds: readonly ('curve' | 'days')[], first: LocalDay, last: LocalDay): Promise<void> {
  const wider = bounds.map((what) => {
    const [from, to] = [sql.ref(`${what}_from`), sql.ref(`${what}_to`)];
    return sql`${from} = least(${from}, ${first}::date), ${to} = greatest(${to}, ${addDays(last, 1)}::date)`;
  });
  await sql`update channel set ${sql.join(wider)} where key = ${key}`.execute(db);
}

/** One statement for all days; columns travel as arrays. */
async function writeDays(db: Transaction<Schema>, { key }: Channel, days: ReadonlyMap<LocalDay, StoredDay>): Promise<void> {
  if (days.size === 0) return;
  const stored = [...days.values()];
  await sql`
    insert into day_energy (channel_key, day, wh, dm3, quality, source)
    select ${key}::integer, day::date, wh::bigint, dm3::bigint, quality, source
    from unnest(
      ${[...days.keys()]}::text[], ${stored.map(({ wh }) => numberText(wh))}::text[], ${stored.map(({ dm3 }) => numberText(dm3))}::text[],
      ${stored.map(({ quality }) => quality)}::text[], ${stored.map(({ source }) => source)}::text[]
    ) as told (day, wh, dm3, quality, source)
    on conflict (channel_key, day) do update set wh = excluded.wh, dm3 = excluded.dm3, quality = excluded.quality, source = excluded.source`.execute(db);
}

/** That what was provisional has become real, as it was, is no loss. */
function isLost(before: StoredDay, after: StoredDay): boolean {
  return before.wh !== null && (before.wh !== after.wh || before.dm3 !== after.dm3 || (before.quality !== after.quality && before.quality !== 'p'));
}

function numberText(value: number | null): string | null {
  return value === null ? null : String(value);
}
