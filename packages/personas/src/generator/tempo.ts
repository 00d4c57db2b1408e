/** Tempo days as a season might have coloured them: the cold ones, by every rule of the offer. Nobody's calendar but the demo's. */
import { addDays, clockTime, localDay, tempoMayBe, tempoQuota, tempoSeason, type LocalDay, type Period, type TempoColour, type TempoDay, type TimeZone } from '@oya/contract';
import { calendarDate, dayNumber, localDayOf, type DayNumber } from './calendar.ts';
import { randomAt } from './random.ts';
import { seasonalTemperature, temperature } from './weather.ts';

/** A season runs from 1 September to 31 August; what is neither red nor white in it is blue: 300 days, 301 in a leap year. */

/** Salt that keeps what the network needs apart from the weather. */
const DEMAND = 73;

/** By the year in which the season begins. */
const seasons = new Map<number, ReadonlyMap<DayNumber, TempoColour>>();

/** The colour of the Tempo day that begins on a day. */
export function tempoColour(day: LocalDay): TempoColour {
  return colourOf(dayNumber(day));
}

/** The same, for a day as a number. */
export function colourOf(day: DayNumber): TempoColour {
  const { year, month } = calendarDate(day);
  const first = month >= 9 ? year : year - 1;
  const season = seasons.get(first) ?? colourSeason(first);
  seasons.set(first, season);
  return season.get(day) ?? 'blue';
}

/** Each day from `from` (included) to `to` (excluded). */
export function tempoCalendar(from: LocalDay, to: LocalDay): TempoDay[] {
  const days: TempoDay[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push({ day, colour: tempoColour(day) });
  return days;
}

/** When the colour of the next day is sure. */
const COLOUR_MINUTE = 10 * 60 + 40;

/** The days of a period as they are known at an instant: up to tomorrow, which may still change until it is sure. */
export function tempoDaysAt({ from, to }: Period, now: number, timeZone: TimeZone): TempoDay[] {
  const today = localDay(now, timeZone);
  const tomorrow = addDays(today, 1);
  const isSure = now >= clockTime(today, COLOUR_MINUTE, timeZone);
  return tempoCalendar(from, to > tomorrow ? addDays(tomorrow, 1) : to).map(({ day, colour }) => {
    if (day <= today || isSure) return { day, colour };
    // Nobody dares to call a day red before it is sure.
    return { day, colour: colour === 'red' ? 'white' : colour, isProvisional: true };
  });
}

function colourSeason(firstYear: number): ReadonlyMap<DayNumber, TempoColour> {
  const season = new Map<DayNumber, TempoColour>();
  const days: DayNumber[] = [];
  const { from, to } = tempoSeason(`${firstYear}-09-01`);
  const quota = tempoQuota({ from, to });
  for (let day = dayNumber(from); day < dayNumber(to); day++) days.push(day);
  const paint = (colour: TempoColour) => {
    const hardest = days.filter((day) => !season.has(day) && tempoMayBe(localDayOf(day)).includes(colour)).sort((a, b) => ease(a) - ease(b));
    for (const day of hardest.slice(0, quota[colour])) season.set(day, colour);
  };
  paint('red');
  paint('white');
  return season;
}

/** How easily the network gets through a day. Cold for its season counts too: what is left is spent over the whole of it. */
function ease(day: DayNumber): number {
  return temperature(day) - 0.5 * seasonalTemperature(day) + 2 * randomAt(DEMAND, day);
}
