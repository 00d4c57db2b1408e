/** The clock of an installation: apart from the days, which every page reckons with. */
import { dayStart, instant, offsetMinutes, type LocalDay, type TimeZone } from './time.ts';

const MINUTE = 60_000;

/** The instant (epoch milliseconds) at which a clock shows that minute of a day: one that was set since midnight shows it too. */
export function clockTime(day: LocalDay, minuteOfDay: number, timeZone: TimeZone): number {
  const midnight = dayStart(day, timeZone);
  const guess = midnight + minuteOfDay * MINUTE;
  return guess + (offsetMinutes(midnight, timeZone) - offsetMinutes(guess, timeZone)) * MINUTE;
}

/** An instant in local time with its offset, to the second: `2026-11-24T07:36:25+01:00`. */
export function withOffset(epochMilliseconds: number, timeZone: TimeZone): string {
  const offset = offsetMinutes(epochMilliseconds, timeZone);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, '0'));
  return `${instant(epochMilliseconds + offset * MINUTE).slice(0, 19)}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}
