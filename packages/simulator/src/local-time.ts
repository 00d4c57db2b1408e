/** Times and days as those companies write them. */
import { offsetMinutes, type LocalDay, type TimeZone } from '@oya/contract';

const MINUTE = 60_000;

/** Local time without offset, which comes twice in the night when clocks go back: `2026-10-25 02:30:00`. */
export function onTheClock(epochMilliseconds: number, timeZone: TimeZone): string {
  return new Date(epochMilliseconds + offsetMinutes(epochMilliseconds, timeZone) * MINUTE).toISOString().slice(0, 19).replace('T', ' ');
}

/** A day as it is asked for; `undefined` for any other text. */
export function askedDay(text: string | undefined): LocalDay | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const start = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text) ? text : undefined;
}
