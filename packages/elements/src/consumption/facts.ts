/** What else there is to know of a picture: its greatest power, its weather. */
import { isComplete, type Picture } from './picture.ts';

export interface PeakPower {
  /** In VA, as meters tell it; or in W, where it comes from a load curve. */
  readonly unit: 'VA' | 'W';
  readonly highest: number;
  /** The bar with the highest, the first of equals. */
  readonly at: number;
  /** The bars over the subscribed power. */
  readonly over: readonly number[];
}

/** @param subscribedKva apparent power; an average in W beyond it is beyond it in VA too, but one below may hide moments that are not */
export function peakPowerOf({ maximumPower }: Picture, subscribedKva: number | null): PeakPower | undefined {
  if (!maximumPower) return undefined;
  const { unit, values } = maximumPower;
  const highest = values.reduce<number>((best, value) => Math.max(best, value ?? -Infinity), -Infinity);
  if (highest === -Infinity) return undefined;
  const limit = subscribedKva === null ? Infinity : subscribedKva * 1000;
  return { unit, highest, at: values.indexOf(highest), over: values.flatMap((value, index) => (value !== null && value > limit ? [index] : [])) };
}

export interface WeatherFact {
  /** Mean in tenths of a degree. */
  readonly temperature: number;
  /** How much warmer (or, negative, colder) than the baseline on the same days; in tenths of a degree. */
  readonly warmer: number | undefined;
  /** In tenths. */
  readonly degreeDays: number;
  /** Degree-days against the baseline's on the same days: 0.1 is a tenth more to heat. */
  readonly heating: number | undefined;
}

/** How many steps must be known on both sides. */
const SHARE_KNOWN = 0.8;
/** Below ten degree-days a share says more than there is. */
const FEWEST_DEGREE_DAYS = 100;

export function weatherOf({ weather, before, states }: Picture): WeatherFact | undefined {
  if (!weather) return undefined;
  const known = weather.temperature.flatMap((temperature, index) => (temperature === null ? [] : [{ index, temperature, degreeDays: weather.degreeDays[index] ?? 0 }]));
  if (known.length === 0) return undefined;
  const earlier = before?.weather;
  // A month that is not over has other days than the one it is held against.
  const both = known.filter(({ index }) => earlier?.temperature[index] != null && (isComplete(states[index]) || states[index] === 'missing'));
  const isComparable = both.length > 0 && both.length >= known.length * SHARE_KNOWN;
  const theirDegreeDays = total(both.map(({ index }) => earlier?.degreeDays[index] ?? 0));
  return {
    temperature: mean(known.map(({ temperature }) => temperature)),
    warmer: isComparable ? mean(both.map(({ temperature }) => temperature)) - mean(both.map(({ index }) => earlier?.temperature[index] ?? 0)) : undefined,
    degreeDays: total(known.map(({ degreeDays }) => degreeDays)),
    heating: isComparable && theirDegreeDays >= FEWEST_DEGREE_DAYS ? total(both.map(({ degreeDays }) => degreeDays)) / theirDegreeDays - 1 : undefined,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((left, right) => left + right, 0);
}

function mean(values: readonly number[]): number {
  return total(values) / values.length;
}
