/** Days as numbers, and the French year: when people rest, who is away when. */
import { isPublicHoliday, type LocalDay } from '@oya/contract';
import { randomAt } from './random.ts';

const DAY = 86_400_000;

/** Days since 1970-01-01, as calendar days: no time zone is involved. */
export type DayNumber = number;

export function dayNumber(day: LocalDay): DayNumber {
  return Date.parse(`${day}T00:00:00Z`) / DAY;
}

export function localDayOf(day: DayNumber): LocalDay {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export interface CalendarDate {
  year: number;
  /** 1–12 */
  month: number;
  dayOfMonth: number;
  /** 0 is Sunday. */
  weekday: number;
  /** 0 is 1 January. */
  dayOfYear: number;
}

export function calendarDate(day: DayNumber): CalendarDate {
  const date = new Date(day * DAY);
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    weekday: date.getUTCDay(),
    dayOfYear: day - firstOf(year, 1),
  };
}

/** Saturday, Sunday or a public holiday: nobody goes to work or school. */
export function isRestDay(day: DayNumber): boolean {
  const { weekday } = calendarDate(day);
  return weekday === 0 || weekday === 6 || isPublicHoliday(localDayOf(day));
}

/** Salts: they keep one household's chances apart from each other. */
const AUGUST = 1;
const FEBRUARY = 2;
const CHRISTMAS = 3;
const STAY = 4;

/**
 * Whether nobody is at home all day. A main home is left for a fortnight in August, in some years for a week in
 * February or for Christmas; a second home is lived in on some weekends, in some summer weeks and at some Christmases.
 */
export function isAway(day: DayNumber, seed: number, home: 'main' | 'second'): boolean {
  const { year, month, weekday, dayOfMonth } = calendarDate(day);
  const christmas = month === 12 && dayOfMonth >= 24;
  if (home === 'main') {
    if (month === 8) return isWithin(day, firstOf(year, 8) + Math.floor(randomAt(seed, AUGUST, year) * 14), 14);
    if (month === 2) return randomAt(seed, FEBRUARY, year) < 0.5 && isWithin(day, firstOf(year, 2) + 9, 7);
    return christmas && dayOfMonth <= 26 && randomAt(seed, CHRISTMAS, year) < 0.4;
  }
  // 1970-01-01 was a Thursday: +3 makes weeks begin on Monday.
  const week = Math.floor((day + 3) / 7);
  if (christmas) return randomAt(seed, CHRISTMAS, year) < 0.5;
  if (month === 7 || month === 8) return randomAt(seed, STAY, week) < 0.4;
  return !((weekday === 0 || weekday === 6) && randomAt(seed, STAY, week) < 0.35);
}

function isWithin(day: DayNumber, start: DayNumber, days: number): boolean {
  return day >= start && day < start + days;
}

function firstOf(year: number, month: number): DayNumber {
  return Date.UTC(year, month - 1, 1) / DAY;
}
