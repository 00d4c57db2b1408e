import type { TimeWindow } from './columns.ts';

/** More bands than one per so many pixels are no background but noise. */
const NARROWEST = 14;

/**
 * The bands that a window shows; none where they would lie closer than an eye tells apart, so that a year is not a barcode.
 * @param bands in ascending order, apart from each other
 */
export function bandsInWindow<B extends TimeWindow>(bands: readonly B[], window: TimeWindow, width: number): readonly B[] {
  const first = firstWhere(bands, ({ to }) => to > window.from);
  const end = firstWhere(bands, ({ from }) => from >= window.to);
  return (end - first) * NARROWEST > width ? [] : bands.slice(first, Math.max(first, end));
}

/** @param holds for all bands from one on, and for none before it */
function firstWhere<B>(bands: readonly B[], holds: (band: B) => boolean): number {
  let low = 0;
  let high = bands.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(bands[middle] as B)) high = middle;
    else low = middle + 1;
  }
  return low;
}
