/** The energy of days between the indexes of two midnights that follow each other. */
import { addDays, dayMinutes, dayStart, localDay, QUALITIES, type LocalDay, type TimeZone } from '@oya/contract';
import type { Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';
import { rankOf } from './columns.ts';

const MINUTE = 60_000;
/** Meters tell the index of midnight, some a moment after it. */
const AFTER_MIDNIGHT_MS = 5 * MINUTE;
/** Above its subscribed power a meter cuts off, though not at once. Where it is not known, it is what one phase line carries at most. */
const MOST_TIMES_SUBSCRIBED = 1.5;
const MOST_KVA = 250;

/** What lies between two indexes of one day, by register. */
export interface IndexDay {
  parts: Readonly<Record<string, number>>;
  wh: number;
  quality: string;
}

/** Two indexes of midnights that follow each other, between which nothing can be computed. */
export interface IndexFault {
  register: string;
  day: LocalDay;
  before: number;
  after: number;
  what: 'back' | 'too-much';
}

/** The days of a stretch of which the indexes at both ends are known, of every register. */
export async function indexDays(db: Transaction<Schema>, channel: Channel, first: LocalDay, last: LocalDay): Promise<{ days: Map<LocalDay, IndexDay>; faults: IndexFault[] }> {
  const { timeZone } = channel;
  const rows = await db
    .selectFrom('index_reading')
    .select(['register', 'at', 'value', 'quality'])
    .where('channel_key', '=', channel.key)
    .where('grid', '=', 'supplier')
    .where('unit', '=', 'Wh')
    .where('at', '>=', new Date(dayStart(first, timeZone)))
    .where('at', '<=', new Date(dayStart(addDays(last, 1), timeZone) + AFTER_MIDNIGHT_MS))
    .orderBy('at', 'desc')
    .execute();
  const byRegister = new Map<string, Map<LocalDay, { value: number; quality: string }>>();
  for (const { register, at, value, quality } of rows) {
    const day = midnightOf(at.getTime(), timeZone);
    if (day === undefined) continue;
    const readings = byRegister.get(register) ?? new Map<LocalDay, { value: number; quality: string }>();
    // In descending order: of several the one nearest to midnight stays.
    readings.set(day, { value, quality });
    byRegister.set(register, readings);
  }
  // What is fed in is counted by no register of the contract's.
  const codes = channel.direction === 'consumption' ? channel.registers : [...byRegister.keys()];

  const days = new Map<LocalDay, IndexDay>();
  const faults: IndexFault[] = [];
  for (let day = first; codes.length > 0 && day <= last; day = addDays(day, 1)) {
    const parts: Record<string, number> = {};
    let [wh, quality, isWhole] = [0, QUALITIES.real as string, true];
    for (const register of codes) {
      const [before, after] = [byRegister.get(register)?.get(day), byRegister.get(register)?.get(addDays(day, 1))];
      const counted = before && after && after.value - before.value;
      if (counted === undefined) {
        isWhole = false;
        continue;
      }
      const what = counted < 0 ? 'back' : counted > mostOf(day, channel) ? 'too-much' : undefined;
      if (what) {
        faults.push({ register, day, before: before?.value ?? 0, after: after?.value ?? 0, what });
        isWhole = false;
        continue;
      }
      parts[register] = counted;
      wh += counted;
      for (const end of [before, after]) if (end && rankOf(end.quality) > rankOf(quality)) quality = end.quality;
    }
    if (isWhole) days.set(day, { parts, wh, quality });
  }
  return { days, faults };
}

/** The day that begins with an instant; `undefined` within a day. */
function midnightOf(at: number, timeZone: TimeZone): LocalDay | undefined {
  const day = localDay(at, timeZone);
  return at - dayStart(day, timeZone) <= AFTER_MIDNIGHT_MS ? day : undefined;
}

/** The Wh that can pass in a day. */
function mostOf(day: LocalDay, { subscribedPower, timeZone }: Channel): number {
  return (subscribedPower === null ? MOST_KVA : subscribedPower * MOST_TIMES_SUBSCRIBED) * 1000 * (dayMinutes(day, timeZone) / 60);
}
