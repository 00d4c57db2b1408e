/** The gas day: from 06:00 to 06:00 on the clock; it stands on the day on which it begins. */
import { dayStart, offsetMinutes, type LocalDay, type TimeZone } from '@oya/contract';

const MINUTE = 60_000;
const STARTS = 6 * 60;

/** Epoch milliseconds at which the gas day of a local day begins: clocks that changed since midnight show 06:00 too. */
export function gasDayStart(day: LocalDay, timeZone: TimeZone): number {
  const midnight = dayStart(day, timeZone);
  const guess = midnight + STARTS * MINUTE;
  return guess + (offsetMinutes(midnight, timeZone) - offsetMinutes(guess, timeZone)) * MINUTE;
}
