/** How the days of Tempo are counted, and which colours they may have. */
import { clockTime } from './local-clock.ts';
import { isPublicHoliday } from './public-holidays.ts';
import { TEMPO_DAY_STARTS, type TempoColour } from './tempo.ts';
import type { TempoDay } from './tempo-days.ts';
import { addDays, daysBetween, localDay, type LocalDay, type Period, type TimeZone } from './time.ts';

/** Minutes since midnight at which off-peak hours begin; they last until the colour changes. */
export const TEMPO_OFF_PEAK_STARTS = 22 * 60;

/** By when RTE has announced the colour of the next day, in minutes since midnight: between 10:30 and 11:15 on most days. */
export const TEMPO_ANNOUNCED_BY = 11 * 60 + 15;

/** The Tempo day at an instant: until 06:00 it is that of the day before. */
export function tempoDayAt(epochMilliseconds: number, timeZone: TimeZone): LocalDay {
  const day = localDay(epochMilliseconds, timeZone);
  return epochMilliseconds < clockTime(day, TEMPO_DAY_STARTS, timeZone) ? addDays(day, -1) : day;
}

/** Hours of one price: the peak or the off-peak hours of a Tempo day, in epoch milliseconds. */
export interface TempoHours {
  readonly day: LocalDay;
  readonly rate: 'peak' | 'offPeak';
  readonly from: number;
  readonly to: number;
}

/** Which hours it is at an instant, and until when. The night lasts 8 hours, and 7 or 9 when clocks are set. */
export function tempoHoursAt(epochMilliseconds: number, timeZone: TimeZone): TempoHours {
  const day = tempoDayAt(epochMilliseconds, timeZone);
  const evening = clockTime(day, TEMPO_OFF_PEAK_STARTS, timeZone);
  if (epochMilliseconds < evening) return { day, rate: 'peak', from: clockTime(day, TEMPO_DAY_STARTS, timeZone), to: evening };
  return { day, rate: 'offPeak', from: evening, to: clockTime(addDays(day, 1), TEMPO_DAY_STARTS, timeZone) };
}

/** The season that a day is in: from 1 September to 31 August. */
export function tempoSeason(day: LocalDay): Period {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0);
  return { from: `${year}-09-01`, to: `${year + 1}-09-01` };
}

const RED_DAYS = 22;
const WHITE_DAYS = 43;

/** How many days of each colour a season has: 22 red ones, 43 white ones, and blue what is left, 300 or in a leap year 301. */
export function tempoQuota({ from, to }: Period): Record<TempoColour, number> {
  return { blue: daysBetween(from, to) - WHITE_DAYS - RED_DAYS, white: WHITE_DAYS, red: RED_DAYS };
}

export interface TempoUse {
  readonly season: Period;
  readonly colours: Readonly<Record<TempoColour, { readonly quota: number; readonly used: number; readonly left: number }>>;
  /** Days of the season that have begun, and whose colour is not known: what is left is so many fewer at most. */
  readonly unknown: number;
}

/**
 * How many days of each colour have begun this season, and how many are left.
 * @param today the Tempo day that it is; it is among those that have begun
 */
export function tempoUse(days: readonly TempoDay[], today: LocalDay): TempoUse {
  const season = tempoSeason(today);
  const quota = tempoQuota(season);
  const used: Record<TempoColour, number> = { blue: 0, white: 0, red: 0 };
  for (const { day, colour, isProvisional } of days) if (day >= season.from && day <= today && !isProvisional) used[colour]++;
  const of = (colour: TempoColour) => ({ quota: quota[colour], used: used[colour], left: Math.max(0, quota[colour] - used[colour]) });
  return { season, colours: { blue: of('blue'), white: of('white'), red: of('red') }, unknown: daysBetween(season.from, today) + 1 - used.blue - used.white - used.red };
}

/**
 * Which colours a day may have by the rules of the offer: red from November to March, on no Saturday, Sunday or public
 * holiday; white on no Sunday.
 */
export function tempoMayBe(day: LocalDay): TempoColour[] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const month = Number(day.slice(5, 7));
  if (weekday === 0) return ['blue'];
  const mayBeRed = (month >= 11 || month <= 3) && weekday !== 6 && !isPublicHoliday(day);
  return mayBeRed ? ['blue', 'white', 'red'] : ['blue', 'white'];
}

/** What there is to tell on the eve. */
export type TempoNotice = Pick<TempoDay, 'day' | 'colour'>;

/**
 * What to tell on the eve of a day. A colour that may still change is not told, nor is a blue day, the usual one, unless
 * another colour was told for it.
 * @param told the colour that was told for that day already
 */
export function tempoNotice(tomorrow: TempoDay | undefined, told?: TempoColour): TempoNotice | undefined {
  if (!tomorrow || tomorrow.isProvisional || tomorrow.colour === (told ?? 'blue')) return undefined;
  return { day: tomorrow.day, colour: tomorrow.colour };
}
