/** The weather in the hills around Carmaux: the season, and spells that last some days. One for all meters. */
import type { DayWeather, LocalDay } from '@oya/contract';
import { calendarDate, dayNumber, type DayNumber } from './calendar.ts';
import { randomAt } from './random.ts';

/** Salts of the noises. */
const SPELL = 71;
const CHANGE = 72;
const SKY = 74;
/** A spell of weather lasts about this many days. */
const SPELL_DAYS = 5;
/** Below this mean, in tenths of a degree, houses are heated. */
const HEATED_BELOW = 180;

/** The mean of the season in °C, without the weather: 5 °C late in January, 21.5 °C late in July. */
export function seasonalTemperature(day: DayNumber): number {
  return 13.25 - 8.25 * Math.cos((2 * Math.PI * (calendarDate(day).dayOfYear - 24)) / 365.25);
}

/** The mean of a day in °C. */
export function temperature(day: DayNumber): number {
  return seasonalTemperature(day) + 5.5 * spell(SPELL, day) + 1.5 * deviation(CHANGE, day);
}

/** The share of its light that the sky lets through on a day, 0.1 to 1. */
export function clearness(day: DayNumber): number {
  return Math.min(1, Math.max(0.1, 0.62 + 0.55 * spell(SKY, day) + 0.25 * deviation(SKY, -day)));
}

/** The weather of a day as a weather service would tell it. */
export function weatherOn(day: LocalDay): DayWeather {
  const tenths = Math.round(10 * temperature(dayNumber(day)));
  return { temperature: tenths, degreeDays: Math.max(0, HEATED_BELOW - tenths) };
}

/** How much warmer than the day's mean it is at a local minute of the day: coolest at 5, warmest at 17. */
export function diurnalDeviation(minute: number): number {
  return -3.5 * Math.cos((2 * Math.PI * (minute - 5 * 60)) / 1440);
}

/** What lasts: from -1 to 1, passing from one spell to the next. */
function spell(salt: number, day: DayNumber): number {
  const place = Math.floor(day / SPELL_DAYS);
  const way = day / SPELL_DAYS - place;
  const ease = (1 - Math.cos(Math.PI * way)) / 2;
  return deviation(salt, place) * (1 - ease) + deviation(salt, place + 1) * ease;
}

function deviation(salt: number, at: number): number {
  return 2 * randomAt(salt, at) - 1;
}
