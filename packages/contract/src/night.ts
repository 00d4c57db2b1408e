/** What runs when everybody sleeps. */
import { intervalsOf } from './intervals.ts';
import type { LoadCurve } from './series.ts';
import { localDay, offsetMinutes, type LocalDay, type TimeZone } from './time.ts';

/** Local hours in which a night is quietest: after what people did last, before what they do first. */
const FROM_HOUR = 1;
const TO_HOUR = 5;
/** With fewer nights one party or one absence would speak for all. */
const FEWEST_NIGHTS = 7;
const HOUR_MINUTES = 60;
const MINUTE = 60_000;

export interface BaseLoad {
  /** In W. */
  readonly watts: number;
  readonly nights: number;
}

/** The quietest whole hour of a night. */
export interface NightLoad {
  /** The local day of its morning. */
  readonly night: LocalDay;
  /** In W. */
  readonly watts: number;
  /** Whether the meter counted all of the hours that were compared: none of them was estimated. */
  readonly isMeasured: boolean;
}

/**
 * The median over the nights of the quietest whole hour between one and five o'clock. The quietest hour, because a water tank
 * heats in some hours of the night but seldom in all; the median, because some nights are not like the others. Hours with an
 * interval missing do not count. `undefined` with fewer than seven nights.
 */
export function baseLoadOf(curve: LoadCurve, timeZone: TimeZone): BaseLoad | undefined {
  const nights = nightLoads(curve, timeZone);
  if (nights.length < FEWEST_NIGHTS) return undefined;
  return { watts: Math.round(median(nights.map(({ watts }) => watts))), nights: nights.length };
}

/** The quietest whole hour of each night, between one and five o'clock, in order. Nights without a whole hour are left out. */
export function nightLoads(curve: LoadCurve, timeZone: TimeZone): NightLoad[] {
  const hours = new Map<string, { night: LocalDay; wattMinutes: number; minutes: number; isMeasured: boolean }>();
  for (const { from, to, watts, quality } of intervalsOf(curve)) {
    if (watts === null) continue;
    const clock = from / MINUTE + offsetMinutes(from, timeZone);
    const hour = Math.floor(clock / HOUR_MINUTES) % 24;
    const minutes = (to - from) / MINUTE;
    if (hour < FROM_HOUR || hour >= TO_HOUR || (clock % HOUR_MINUTES) + minutes > HOUR_MINUTES) continue;
    const night = localDay(from, timeZone);
    const key = `${night} ${hour}`;
    const known = hours.get(key);
    const isMeasured = (known?.isMeasured ?? true) && (quality === 'real' || quality === 'provisional');
    hours.set(key, { night, wattMinutes: (known?.wattMinutes ?? 0) + watts * minutes, minutes: (known?.minutes ?? 0) + minutes, isMeasured });
  }
  const quietest = new Map<LocalDay, NightLoad>();
  for (const { night, wattMinutes, minutes, isMeasured } of hours.values()) {
    if (minutes < HOUR_MINUTES) continue;
    const known = quietest.get(night);
    quietest.set(night, { night, watts: Math.min(known?.watts ?? Infinity, wattMinutes / minutes), isMeasured: (known?.isMeasured ?? true) && isMeasured });
  }
  return [...quietest.values()].sort((a, b) => (a.night < b.night ? -1 : 1));
}

/** What that comes to in a year, in Wh. */
export function energyOfAYear(watts: number): number {
  return watts * 24 * 365;
}

/** The middle of the values; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
