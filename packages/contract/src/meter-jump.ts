/** Whether a household counts more since its meter was replaced than its habits and the weather explain. */
import { heatingOf } from './bill-compared.ts';
import type { MeterChange } from './portal.ts';
import { addDays, type LocalDay, type Period } from './time.ts';
import { wattHours, type WattHours } from './units.ts';

/** Fewer may be a week of guests. */
const FEWEST_DAYS = 14;
/** After half a year the new meter is what one is used to. */
const LONGEST_DAYS = 180;
/** Days before the change that stand for what was usual, where there is no year before. */
const DAYS_BEFORE = 56;
/** Of the days compared, how many must be known on both sides. */
const MOST_OF = 0.9;
/** The same weekday of the year before. */
const YEAR = -364;
/** Less is within what a household varies by. */
const LEAST_RATIO = 1.2;
/** In Wh a day. */
const LEAST_RISE = 1000;

/** What a meter counted on a day. */
export interface CountedDay {
  readonly day: LocalDay;
  /** `null` where it is not known. */
  readonly energy: number | null;
  /** In tenths; `null` where the weather is not known. */
  readonly degreeDays: number | null;
}

export interface MeterJump {
  readonly kind: 'meter-jump';
  readonly change: MeterChange;
  readonly restsOn: 'year-before' | 'days-before';
  /** The days since the change, and what a day counted. */
  readonly since: Period & { readonly perDay: WattHours };
  /** The days held against them, and what a day would have counted in the weather of those since, where that is known. */
  readonly before: Period & { readonly perDay: WattHours; readonly isInWeather: boolean };
}

/**
 * A jump after a meter change: the days since are held against the same days of the year before, else against the eight weeks
 * before the change, but these only in the same weather, as a season would pass for a jump.
 * @param all in the order of their days, the old meter's among them
 * @returns `undefined` where there is none, or too few days tell
 */
export function meterJump(change: MeterChange, all: readonly CountedDay[]): MeterJump | undefined {
  const latest = all.findLast(({ energy }) => energy !== null)?.day;
  if (latest === undefined || latest >= addDays(change.on, LONGEST_DAYS)) return undefined;
  // The day itself was counted by both.
  const since = within(all, addDays(change.on, 1), addDays(latest, 1));
  if (since.filter(isCounted).length < FEWEST_DAYS) return undefined;
  const byDay = new Map(all.map((each) => [each.day, each]));
  const pairs = since.flatMap((each) => {
    const before = byDay.get(addDays(each.day, YEAR));
    return isCounted(each) && before && isCounted(before) && before.day < change.on ? [[before, each] as const] : [];
  });
  const hasYear = pairs.length >= FEWEST_DAYS && pairs.length >= since.length * MOST_OF;
  const before = hasYear ? pairs.map(([each]) => each) : within(all, addDays(change.on, -DAYS_BEFORE), change.on).filter(isCounted);
  const after = hasYear ? pairs.map(([, each]) => each) : since.filter(isCounted);
  if (before.length < FEWEST_DAYS) return undefined;
  const weather = [meanOf(before, 'degreeDays'), meanOf(after, 'degreeDays')] as const;
  const isInWeather = weather[0] !== undefined && weather[1] !== undefined;
  if (!isInWeather && !hasYear) return undefined;
  // What the cold makes a home use, as it was before: the new meter's count is what is in doubt.
  const heating = heatingOf(all.filter(({ day }) => day < change.on));
  const usual = (meanOf(before, 'energy') ?? 0) + (isInWeather ? heating * ((weather[1] ?? 0) - (weather[0] ?? 0)) : 0);
  const now = meanOf(after, 'energy') ?? 0;
  if (now < usual * LEAST_RATIO || now - usual < LEAST_RISE) return undefined;
  return {
    kind: 'meter-jump',
    change,
    restsOn: hasYear ? 'year-before' : 'days-before',
    since: { ...periodOf(after), perDay: wattHours(Math.round(now)) },
    before: { ...periodOf(before), perDay: wattHours(Math.round(Math.max(0, usual))), isInWeather },
  };
}

function within(days: readonly CountedDay[], from: LocalDay, to: LocalDay): CountedDay[] {
  return days.filter(({ day }) => from <= day && day < to);
}

function isCounted({ energy }: CountedDay): boolean {
  return energy !== null;
}

function meanOf(days: readonly CountedDay[], what: 'energy' | 'degreeDays'): number | undefined {
  let all = 0;
  for (const { [what]: value } of days) {
    if (value === null) return undefined;
    all += value;
  }
  return days.length === 0 ? undefined : all / days.length;
}

function periodOf(days: readonly CountedDay[]): Period {
  return { from: days[0]?.day ?? '', to: addDays(days.at(-1)?.day ?? '', 1) };
}
