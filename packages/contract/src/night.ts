/** What runs when everybody sleeps. */
import { intervalsOf } from './intervals.ts';
import type { LoadCurve } from './series.ts';
import { localDay, offsetMinutes, type TimeZone } from './time.ts';

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

/**
 * The median over the nights of the quietest whole hour between one and five o'clock. The quietest hour, because a water tank
 * heats in some hours of the night but seldom in all; the median, because some nights are not like the others. Hours with an
 * interval missing do not count. `undefined` with fewer than seven nights.
 */
export function baseLoadOf(curve: LoadCurve, timeZone: TimeZone): BaseLoad | undefined {
  const hours = new Map<string, { night: string; wattMinutes: number; minutes: number }>();
  for (const { from, to, watts } of intervalsOf(curve)) {
    if (watts === null) continue;
    const clock = from / MINUTE + offsetMinutes(from, timeZone);
    const hour = Math.floor(clock / HOUR_MINUTES) % 24;
    const minutes = (to - from) / MINUTE;
    if (hour < FROM_HOUR || hour >= TO_HOUR || (clock % HOUR_MINUTES) + minutes > HOUR_MINUTES) continue;
    const night = localDay(from, timeZone);
    const key = `${night} ${hour}`;
    const known = hours.get(key);
    hours.set(key, { night, wattMinutes: (known?.wattMinutes ?? 0) + watts * minutes, minutes: (known?.minutes ?? 0) + minutes });
  }
  const quietest = new Map<string, number>();
  for (const { night, wattMinutes, minutes } of hours.values()) {
    if (minutes < HOUR_MINUTES) continue;
    quietest.set(night, Math.min(quietest.get(night) ?? Infinity, wattMinutes / minutes));
  }
  if (quietest.size < FEWEST_NIGHTS) return undefined;
  return { watts: Math.round(median([...quietest.values()])), nights: quietest.size };
}

/** What that comes to in a year, in Wh. */
export function energyOfAYear(watts: number): number {
  return watts * 24 * 365;
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
