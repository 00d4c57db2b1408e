/** What can be said of one day's load curve. */
import { qualityAt, type LoadCurve, type Quality } from './series.ts';

/** One interval of a load curve. */
export interface Interval {
  /** Epoch milliseconds, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** Average power in W; `null` when not measured. */
  readonly watts: number | null;
  readonly quality: Quality;
}

/** An interval that was measured. */
export type MeasuredInterval = Interval & { readonly watts: number };

/** A day's curve, interval by interval: at most some hundreds. */
export function intervalsOf({ segments }: LoadCurve): Interval[] {
  return segments.flatMap(({ start, stepMinutes, values, quality }) => {
    const first = Date.parse(start);
    const step = stepMinutes * 60_000;
    return values.map((watts, index): Interval => ({
      from: first + index * step,
      to: first + (index + 1) * step,
      watts,
      quality: qualityAt(quality, index),
    }));
  });
}

/** The intervals of the highest and the lowest power, the first of equals; `undefined` when nothing was measured. */
export function extremesOf(intervals: readonly Interval[]): { highest: MeasuredInterval; lowest: MeasuredInterval } | undefined {
  let highest: MeasuredInterval | undefined;
  let lowest: MeasuredInterval | undefined;
  for (const interval of intervals) {
    if (!isMeasured(interval)) continue;
    if (!highest || interval.watts > highest.watts) highest = interval;
    if (!lowest || interval.watts < lowest.watts) lowest = interval;
  }
  return highest && lowest && { highest, lowest };
}

function isMeasured(interval: Interval): interval is MeasuredInterval {
  return interval.watts !== null;
}
