/** The gas day: from 06:00 to 06:00 on the clock; it stands on the day on which it begins. */
import { clockTime, type LocalDay, type TimeZone } from '@oya/contract';

/** 06:00, in minutes. */
const STARTS = 6 * 60;

/** Epoch milliseconds at which the gas day of a local day begins: clocks that changed since midnight show 06:00 too. */
export function gasDayStart(day: LocalDay, timeZone: TimeZone): number {
  return clockTime(day, STARTS, timeZone);
}
