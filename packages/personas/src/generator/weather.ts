/** Outdoor temperature in the hills around Carmaux: the season, and weather that lasts some days. One for all meters. */
import { calendarDate, type DayNumber } from './calendar.ts';
import { randomAt } from './random.ts';

/** Salts of the two noises. */
const SPELL = 71;
const CHANGE = 72;
/** A spell of weather lasts about this many days. */
const SPELL_DAYS = 5;

/** The mean of the season in °C, without the weather: 5 °C late in January, 21.5 °C late in July. */
export function seasonalTemperature(day: DayNumber): number {
  return 13.25 - 8.25 * Math.cos((2 * Math.PI * (calendarDate(day).dayOfYear - 24)) / 365.25);
}

/** The mean of a day in °C. */
export function temperature(day: DayNumber): number {
  const spell = Math.floor(day / SPELL_DAYS);
  const way = day / SPELL_DAYS - spell;
  const ease = (1 - Math.cos(Math.PI * way)) / 2;
  const between = deviation(SPELL, spell) * (1 - ease) + deviation(SPELL, spell + 1) * ease;
  return seasonalTemperature(day) + 5.5 * between + 1.5 * deviation(CHANGE, day);
}

/** How much warmer than the day's mean it is at a local minute of the day: coolest at 5, warmest at 17. */
export function diurnalDeviation(minute: number): number {
  return -3.5 * Math.cos((2 * Math.PI * (minute - 5 * 60)) / 1440);
}

function deviation(salt: number, at: number): number {
  return 2 * randomAt(salt, at) - 1;
}
