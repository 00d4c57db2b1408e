import { MISSING, stepOf, type CurveColumns, type TimeWindow } from './columns.ts';
import { FACTOR, widen, type Extremes, type Pyramid } from './pyramid.ts';

/** Room for the extremes of so many pixel columns. */
export function pixelColumns(count: number): Extremes {
  return { min: new Int32Array(count), max: new Int32Array(count) };
}

/** A range of values; both `MISSING` where nothing was measured in it. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/**
 * The curve in a window, reduced to its extremes per pixel column: no peak is lost, however far the window is zoomed out.
 * An interval counts in the column it begins in (the one that began before the window, in the first), and in those that
 * it fills alone.
 * @param into filled; as many columns as it is long
 * @param pyramids of some stretches, where they are finished
 */
export function decimate(curve: readonly CurveColumns[], window: TimeWindow, into: Extremes, pyramids?: ReadonlyMap<CurveColumns, Pyramid>): void {
  const count = into.min.length;
  into.min.fill(MISSING);
  into.max.fill(MISSING);

  for (const columns of curve) {
    const { values, start } = columns;
    const step = stepOf(columns);
    const perColumn = (window.to - window.from) / count / step;
    const origin = (window.from - start) / step;
    const grain = borderGrain(perColumn);
    const single = { min: values, max: values };
    const [blocks, size] = pyramids?.get(columns)?.blocksUpTo(grain) ?? [single, 1];
    const end = Math.min(values.length, Math.ceil((origin + count * perColumn) / grain) * grain);
    let from = Math.max(0, Math.floor(origin / grain) * grain);
    if (from >= end) continue;
    // Columns before and after the stretch stay empty.
    const first = Math.max(0, Math.floor((from - origin) / perColumn));
    const last = Math.min(count, Math.ceil((end - origin) / perColumn));
    for (let pixel = first; pixel < last; pixel++) {
      const to = pixel === count - 1 ? end : Math.min(end, Math.max(from, Math.ceil((origin + (pixel + 1) * perColumn) / grain) * grain));
      // Where an interval is wider than a column, the columns that none begins in show the one that lasts.
      if (to === from) widen(into, pixel, single, Math.max(0, from - 1), from);
      else widen(into, pixel, blocks, from / size, Math.ceil(to / size));
      from = to;
    }
  }
}

/** The extremes of all columns. */
export function rangeOf({ min, max }: Extremes): ValueRange {
  let lowest = MISSING;
  let highest = MISSING;
  for (let column = 0; column < min.length; column++) {
    const low = min[column] as number;
    const high = max[column] as number;
    if (high > highest) highest = high;
    if (low !== MISSING && (low < lowest || lowest === MISSING)) lowest = low;
  }
  return { min: lowest, max: highest };
}

/** Parts of a pixel that nobody tells apart. */
const FINEST = 4;

/**
 * Borders between columns lie on whole blocks of a pyramid, as long as that moves them by a quarter of a pixel at most:
 * then no value is read one by one. The same without a pyramid, so that its arrival changes no picture.
 */
function borderGrain(perColumn: number): number {
  let grain = 1;
  while (grain * FACTOR * FINEST <= perColumn) grain *= FACTOR;
  return grain;
}

/** How many intervals a window touches. */
export function countInWindow(curve: readonly CurveColumns[], window: TimeWindow): number {
  let count = 0;
  for (const columns of curve) {
    const [from, to] = indexRange(columns, window);
    count += to - from;
  }
  return count;
}

/** The intervals of a stretch that a window touches, as a half-open range of indexes. */
export function indexRange(columns: CurveColumns, window: TimeWindow): [from: number, to: number] {
  const step = stepOf(columns);
  const from = Math.max(0, Math.floor((window.from - columns.start) / step));
  const to = Math.min(columns.values.length, Math.ceil((window.to - columns.start) / step));
  return to > from ? [from, to] : [0, 0];
}
