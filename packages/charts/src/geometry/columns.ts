/** A load curve as the chart holds it: columns in typed arrays, from the wire to the pixel. */
import type { LoadCurve } from '@oya/contract';

/** In a value column: nothing was measured in this interval. */
export const MISSING = -0x8000_0000;

const MINUTE = 60_000;

/** A stretch of a load curve with one step. */
export interface CurveColumns {
  /** Beginning of the first interval, epoch milliseconds. */
  readonly start: number;
  readonly stepMinutes: number;
  /** Average power per interval in whole W; `MISSING` where there is none. */
  readonly values: Int32Array;
  /** One letter of the contract per value: r, p, e, i, m. */
  readonly quality: string;
}

/** A stretch of time in epoch milliseconds, `to` excluded. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** One interval of a curve: which, when, and what was measured. */
export interface CurvePoint extends TimeWindow {
  /** Its number among all intervals of the curve. */
  readonly index: number;
  /** Average power in W; `null` when missing. */
  readonly watts: number | null;
  /** Letter of the contract. */
  readonly quality: string;
}

/** The contract's load curve as typed arrays. */
export function curveColumns(curve: LoadCurve): CurveColumns[] {
  return curve.segments.map(({ start, stepMinutes, values, quality }) => {
    const column = new Int32Array(values.length);
    for (let index = 0; index < column.length; index++) column[index] = values[index] ?? MISSING;
    return { start: Date.parse(start), stepMinutes, values: column, quality };
  });
}

export function stepOf(columns: Pick<CurveColumns, 'stepMinutes'>): number {
  return columns.stepMinutes * MINUTE;
}

export function endOf(columns: CurveColumns): number {
  return columns.start + columns.values.length * stepOf(columns);
}

/** From the beginning of the first interval to the end of the last; `null` without any interval. */
export function extentOf(curve: readonly CurveColumns[]): TimeWindow | null {
  const first = curve.find(({ values }) => values.length > 0);
  const last = curve.findLast(({ values }) => values.length > 0);
  return first && last ? { from: first.start, to: endOf(last) } : null;
}

export function countOf(curve: readonly CurveColumns[]): number {
  let count = 0;
  for (const { values } of curve) count += values.length;
  return count;
}

/** The interval with a number, or `null` when the curve has no such number. */
export function pointAt(curve: readonly CurveColumns[], index: number): CurvePoint | null {
  let before = 0;
  for (const columns of curve) {
    const offset = index - before;
    if (offset >= 0 && offset < columns.values.length) {
      const step = stepOf(columns);
      const from = columns.start + offset * step;
      const value = columns.values[offset] as number;
      return { index, from, to: from + step, watts: value === MISSING ? null : value, quality: columns.quality[offset] ?? 'm' };
    }
    before += columns.values.length;
  }
  return null;
}

/** The number of the interval that holds an instant, or of the nearest one; -1 when the curve is empty. */
export function indexAt(curve: readonly CurveColumns[], instant: number): number {
  let before = 0;
  let nearest = -1;
  let distance = Infinity;
  for (const columns of curve) {
    const { length } = columns.values;
    if (length > 0) {
      const offset = Math.max(0, Math.min(length - 1, Math.floor((instant - columns.start) / stepOf(columns))));
      const away = instant < columns.start ? columns.start - instant : Math.max(0, instant - endOf(columns));
      // At the border of two stretches the later one holds the instant.
      if (away <= distance) {
        distance = away;
        nearest = before + offset;
      }
    }
    before += length;
  }
  return nearest;
}
