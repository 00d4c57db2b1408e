/**
 * Time in a portal. An instant is UTC; a day is a local calendar day of the installation's time zone
 * and lasts 23, 24 or 25 hours; a period runs from a day (included) to a day (excluded).
 */
import { tzOffset } from '@date-fns/tz/tzOffset';
import * as z from 'zod/mini';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A point in time, ISO 8601 in UTC: `2026-11-24T17:30:00Z`. */
export const Instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/), z.refine((text) => !Number.isNaN(Date.parse(text)), { error: 'not an instant in UTC' }));
export type Instant = z.infer<typeof Instant>;

/** A local calendar day, `2026-11-24`. */
export const LocalDay = z.string().check(z.refine(isLocalDay, { error: 'not a day of the calendar' }));
export type LocalDay = z.infer<typeof LocalDay>;

/** An IANA time zone: `Europe/Paris`. */
export const TimeZone = z.string().check(z.refine(isTimeZone, { error: 'not an IANA time zone' }));
export type TimeZone = z.infer<typeof TimeZone>;

/** Local days from `from` (included) to `to` (excluded). */
export const Period = z.object({ from: LocalDay, to: LocalDay });
export type Period = z.infer<typeof Period>;

export type CalendarStep = 'day' | 'month' | 'year';

/** Written as ISO 8601 has it, and in the calendar: not the 30th of February. */
function isLocalDay(text: string): boolean {
  const start = Date.parse(`${text}T00:00Z`);
  // `Date` takes the 30th of February for the 2nd of March.
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
}

export function isTimeZone(name: string): boolean {
  return !Number.isNaN(tzOffset(name, new Date(0)));
}

/** `toISOString` without the milliseconds nobody measures. */
export function instant(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString().replace('.000Z', 'Z');
}

/** Local time minus UTC, in minutes, at an instant: 60 or 120 in France. */
export function offsetMinutes(epochMilliseconds: number, timeZone: TimeZone): number {
  return tzOffset(timeZone, new Date(epochMilliseconds));
}

/** The local day that an instant falls in. */
export function localDay(epochMilliseconds: number, timeZone: TimeZone): LocalDay {
  return isoDay(epochMilliseconds + offsetMinutes(epochMilliseconds, timeZone) * MINUTE);
}

/** Asking a zone's rules for each day of a year costs more than reading its values. */
const starts = new Map<string, number>();
/** A century of days in one time zone. */
const MOST_STARTS = 40_000;

/** The instant (epoch milliseconds) at which a local day begins. */
export function dayStart(day: LocalDay, timeZone: TimeZone): number {
  const key = timeZone + day;
  let start = starts.get(key);
  if (start === undefined) {
    const asUtc = Date.parse(`${day}T00:00:00Z`);
    start = asUtc - offsetMinutes(asUtc, timeZone) * MINUTE;
    // The offset at the guess may be that of the other side of a clock change: correct once.
    start = asUtc - offsetMinutes(start, timeZone) * MINUTE;
    if (starts.size >= MOST_STARTS) starts.clear();
    starts.set(key, start);
  }
  return start;
}

/** How long a local day lasts, in minutes: 1380, 1440 or 1500. */
export function dayMinutes(day: LocalDay, timeZone: TimeZone): number {
  return (dayStart(addDays(day, 1), timeZone) - dayStart(day, timeZone)) / MINUTE;
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return isoDay(utc(day) + days * DAY);
}

/** Whole local days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return Math.round((utc(to) - utc(from)) / DAY);
}

/** The first day of the month or year that `day` is in; the day itself for `day`. */
export function stepStart(day: LocalDay, step: CalendarStep): LocalDay {
  if (step === 'day') return day;
  return step === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`;
}

/** Moves the start of a step by whole steps: months and years keep to their first day. */
export function addSteps(day: LocalDay, step: CalendarStep, count: number): LocalDay {
  if (step === 'day') return addDays(day, count);
  const date = new Date(utc(stepStart(day, step)));
  if (step === 'month') date.setUTCMonth(date.getUTCMonth() + count);
  else date.setUTCFullYear(date.getUTCFullYear() + count);
  return isoDay(date.getTime());
}

/** How many steps it takes from `from` to reach or pass `to`. */
export function stepsBetween(from: LocalDay, to: LocalDay, step: CalendarStep): number {
  if (step === 'day') return daysBetween(from, to);
  const [fromYear, fromMonth] = yearAndMonth(from);
  const [toYear, toMonth] = yearAndMonth(stepStart(addDays(to, -1), step));
  return step === 'year' ? toYear - fromYear + 1 : (toYear - fromYear) * 12 + (toMonth - fromMonth) + 1;
}

/** The month, year or day that `day` lies in, as a period. */
export function periodOf(day: LocalDay, step: CalendarStep): Period {
  const from = stepStart(day, step);
  return { from, to: addSteps(from, step, 1) };
}

/** The whole steps that a period lies in. */
export function wholeSteps({ from, to }: Period, step: CalendarStep): Period {
  return { from: stepStart(from, step), to: addSteps(stepStart(addDays(to, -1), step), step, 1) };
}

function yearAndMonth(day: LocalDay): [number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
}

function utc(day: LocalDay): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function isoDay(epochMilliseconds: number): LocalDay {
  return new Date(epochMilliseconds).toISOString().slice(0, 10);
}
