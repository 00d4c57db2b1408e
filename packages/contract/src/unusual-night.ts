/** What runs at night since some day and did not before. */
import { median, type NightLoad } from './night.ts';
import { addDays, type LocalDay } from './time.ts';
import { exactCost, sum, toCents, wattHours, type Cents, type ExactCost, type WattHours } from './units.ts';

/** Older nights are of another season. */
const NIGHTS_LOOKED_AT = 120;
/** Before: four weeks, so that a week of holidays is not what is usual. Since: a week, so that guests are no fault. */
const FEWEST_BEFORE = 28;
const FEWEST_SINCE = 7;
/** In W: less is a lamp, some 20 kWh a month if it runs all day. */
const LEAST_RISE = 30;
/** Of what ran before: a house that always uses much varies by more W. */
const LEAST_SHARE = 0.25;
/** How far beyond its usual nights, in standard deviations as the median deviation tells them. */
const BEYOND_USUAL = 3;
const DEVIATIONS_PER_MEDIAN = 1.4826;
/** The same weekday of the year before. */
const YEAR = -364;
const DAYS_OF_MONTH = 30;

export interface UnusualNight {
  readonly kind: 'unusual-night';
  /** The first night that is like those since. */
  readonly since: LocalDay;
  /** The median of the quietest hours before and since, in whole W. */
  readonly before: number;
  readonly now: number;
  /** In whole W: by how much more than before, less what the same days of the year before rose by, where they are known. */
  readonly rise: number;
  /** How many nights speak for each. */
  readonly nights: { readonly before: number; readonly since: number };
  readonly restsOn: 'year-before' | 'nights-before';
}

/**
 * A base load that began and lasts: the nights are parted where both parts are most alike within themselves, and the later part
 * is told of where it exceeds the household's own earlier nights by more than these vary. A load that grows little by little,
 * as heating does in autumn, is none; nor is one that has ended.
 * @param all in order; nights of a year before among them, where they are known. Those that were not wholly measured do not count.
 * @returns `undefined` where nothing began, or too few nights were measured to tell
 */
export function unusualNight(all: readonly NightLoad[]): UnusualNight | undefined {
  const measured = all.filter(({ isMeasured }) => isMeasured);
  const latest = measured.at(-1)?.night;
  if (latest === undefined) return undefined;
  const nights = measured.filter(({ night }) => night > addDays(latest, -NIGHTS_LOOKED_AT));
  const watts = nights.map((each) => each.watts);
  let best: { readonly at: number; readonly spread: number } | undefined;
  // All of them: within the limits alone, a load of few nights would be told since a night before it began.
  for (let at = 1; at < nights.length; at++) {
    const spread = deviationsOf(watts.slice(0, at)) + deviationsOf(watts.slice(at));
    if (!best || spread < best.spread) best = { at, spread };
  }
  const first = best && nights[best.at];
  if (!best || !first || best.at < FEWEST_BEFORE || nights.length - best.at < FEWEST_SINCE) return undefined;
  const [earlier, later] = [watts.slice(0, best.at), watts.slice(best.at)];
  const [before, now] = [median(earlier), median(later)];
  const yearBefore = riseOfYearBefore(nights, first.night, measured);
  const risen = Math.max(0, yearBefore ?? 0);
  const least = Math.max(LEAST_RISE, before * LEAST_SHARE, BEYOND_USUAL * DEVIATIONS_PER_MEDIAN * Math.max(deviation(earlier), deviation(later)));
  const lasts = median(later.slice(-FEWEST_SINCE)) - before - risen;
  const rise = now - before - risen;
  if (rise < least || lasts < least) return undefined;
  return {
    kind: 'unusual-night',
    since: first.night,
    before: Math.round(before),
    now: Math.round(now),
    rise: Math.round(rise),
    nights: { before: earlier.length, since: later.length },
    restsOn: yearBefore === undefined ? 'nights-before' : 'year-before',
  };
}

export interface NightCost {
  /** Of thirty days and nights. */
  readonly energy: WattHours;
  /** Tax included; absent where no day's cost is known. */
  readonly amount?: Cents;
}

/** What a load that began in the night comes to in a month, if it runs day and night, at what a kWh has cost on days that are known. */
export function costOfNight({ rise }: Pick<UnusualNight, 'rise'>, known: readonly { readonly energy: WattHours; readonly cost: ExactCost }[]): NightCost {
  const energy = wattHours(rise * 24 * DAYS_OF_MONTH);
  const [used, spent] = [sum(known.map((day) => day.energy)), sum(known.map((day) => day.cost))];
  return { energy, ...(used > 0 && { amount: toCents(exactCost(Math.round((spent / used) * energy))) }) };
}

/** By how many W the same nights of the year before rose: what the season brings. `undefined` where too few are known. */
function riseOfYearBefore(nights: readonly NightLoad[], since: LocalDay, measured: readonly NightLoad[]): number | undefined {
  const known = new Map(measured.map(({ night, watts }) => [night, watts]));
  const thenOf = (some: readonly NightLoad[]) => some.flatMap(({ night }) => known.get(addDays(night, YEAR)) ?? []);
  const [earlier, later] = [thenOf(nights.filter(({ night }) => night < since)), thenOf(nights.filter(({ night }) => night >= since))];
  return earlier.length < FEWEST_BEFORE || later.length < FEWEST_SINCE ? undefined : median(later) - median(earlier);
}

function deviationsOf(values: readonly number[]): number {
  const middle = median(values);
  return values.reduce((all, value) => all + Math.abs(value - middle), 0);
}

/** The median of how far values are from their median. */
function deviation(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}
