import { MISSING, stepOf, type CurveColumns, type TimeWindow } from './columns.ts';
import { extendDirectly, FACTOR, type Extremes, type Pyramid } from './pyramid.ts';

/** Lowest and highest value of each pixel column; both `MISSING` where nothing was measured. */
export interface PixelColumns {
  readonly min: Int32Array;
  readonly max: Int32Array;
}

export function pixelColumns(count: number): PixelColumns {
  return { min: new Int32Array(count), max: new Int32Array(count) };
}

/**
 * The curve in a window, reduced to its extremes per pixel column: no peak is lost, however far the window is zoomed out.
 * An interval counts in the column it begins in (the one that began before the window, in the first), and in those that
 * it fills alone.
 * @param into filled; as many columns as it is long
 * @param pyramids of some stretches, where they are finished
 * @returns the extremes of the whole window
 */
export function decimate(
  curve: readonly CurveColumns[],
  window: TimeWindow,
  into: PixelColumns,
  pyramids?: ReadonlyMap<CurveColumns, Pyramid>,
): Extremes {
  const { min, max } = into;
  const count = min.length;
  const column: Extremes = { min: MISSING, max: MISSING };
  const all: Extremes = { min: MISSING, max: MISSING };
  min.fill(MISSING);
  max.fill(MISSING);

  for (const columns of curve) {
    const { values, start } = columns;
    const pyramid = pyramids?.get(columns);
    const step = stepOf(columns);
    const perColumn = (window.to - window.from) / count / step;
    const origin = (window.from - start) / step;
    const grain = borderGrain(perColumn);
    const end = Math.min(values.length, Math.ceil(origin + count * perColumn));
    let from = Math.max(0, Math.floor(origin));
    if (from >= end) continue;
    // Columns before and after the stretch stay empty.
    const first = Math.max(0, Math.floor((from - origin) / perColumn));
    const last = Math.min(count, Math.ceil((end - origin) / perColumn));
    for (let pixel = first; pixel < last; pixel++) {
      const to = pixel === count - 1 ? end : Math.min(end, Math.max(from, Math.ceil((origin + (pixel + 1) * perColumn) / grain) * grain));
      column.min = min[pixel] as number;
      column.max = max[pixel] as number;
      // Where an interval is wider than a column, the columns that none begins in show the one that lasts.
      if (to === from) extendDirectly(values, Math.max(0, from - 1), from, column);
      else if (pyramid) pyramid.extend(from, to, column);
      else extendDirectly(values, from, to, column);
      min[pixel] = column.min;
      max[pixel] = column.max;
      if (column.max > all.max) all.max = column.max;
      if (column.min !== MISSING && (column.min < all.min || all.min === MISSING)) all.min = column.min;
      from = to;
    }
  }
  return all;
}

/** Parts of a pixel that nobody tells apart. */
const FINEST = 8;

/**
 * Borders between columns lie on whole blocks of a pyramid, as long as that moves them by an eighth of a pixel at most:
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
