/** The French days off. */
import { addDays, daysBetween, type LocalDay } from './time.ts';

const FIXED = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
/** Easter Monday, Ascension, Whit Monday: days after Easter Sunday. */
const AFTER_EASTER = [1, 39, 50];

/** The eleven public holidays of metropolitan France outside Alsace-Moselle (Code du travail, L3133-1). */
export function isPublicHoliday(day: LocalDay): boolean {
  if (FIXED.includes(day.slice('YYYY-'.length))) return true;
  return AFTER_EASTER.includes(daysBetween(easterSunday(Number(day.slice(0, 'YYYY'.length))), day));
}

/** Easter Sunday of the Gregorian calendar (the Meeus/Jones/Butcher algorithm). */
export function easterSunday(year: number): LocalDay {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return addDays(`${year}-0${Math.floor(n / 31)}-01`, n % 31);
}
