import { nice, ticks } from 'd3-array';

/** The vertical axis: a domain that always holds zero, and the values of its grid lines (zero included). */
export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

const MOST_LINES = 4;

/**
 * An axis around the given extremes, with round numbers and at most four lines beside zero.
 * Without anything to show (all missing, or all zero) it has no lines, because no unit can be read from it.
 */
export function valueAxis(lowest: number, highest: number): ValueAxis {
  const low = Math.min(0, lowest);
  const high = Math.max(0, highest);
  if (!(high > low)) return { min: 0, max: 1, ticks: [] };
  for (let count = MOST_LINES; count > 1; count--) {
    const axis = niceAxis(low, high, count);
    if (axis.ticks.length <= MOST_LINES + 1) return axis;
  }
  return niceAxis(low, high, 1);
}

/** Height of a value in a plot: 0 at the top (`axis.max`), `height` at the bottom (`axis.min`). */
export function valueToY(value: number, axis: Pick<ValueAxis, 'min' | 'max'>, height: number): number {
  return ((axis.max - value) / (axis.max - axis.min)) * height;
}

function niceAxis(low: number, high: number, count: number): ValueAxis {
  const [min, max] = nice(low, high, count);
  return { min, max, ticks: ticks(min, max, count) };
}

/** A limit is shown from the moment at which what is measured reaches this share of it. */
const NEAR = 0.6;

/** Whether a limit lies in or near a range of values; further away it would press the curve to the ground. */
export function isNear(limit: number, highest: number): boolean {
  return highest >= limit * NEAR;
}
