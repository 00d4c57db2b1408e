import { MISSING, stepOf, type CurveColumns, type TimeWindow } from './columns.ts';
import { indexRange } from './decimate.ts';
import type { Extremes } from './pyramid.ts';
import { timeToX } from './window.ts';

/** A high value on the screen; x in pixels from the beginning of the plot. */
export interface Peak {
  readonly x: number;
  readonly watts: number;
}

/** The middle of each interval that a window shows. */
export function* intervalPeaks(curve: readonly CurveColumns[], window: TimeWindow, width: number): Generator<Peak> {
  for (const columns of curve) {
    const [from, to] = indexRange(columns, window);
    const step = stepOf(columns);
    for (let index = from; index < to; index++) {
      const middle = timeToX(columns.start + (index + 0.5) * step, window, width);
      yield { x: Math.max(0, Math.min(width, middle)), watts: columns.values[index] as number };
    }
  }
}

/** The highest value of each pixel column. */
export function* columnPeaks({ max }: Extremes, width: number): Generator<Peak> {
  for (let pixel = 0; pixel < max.length; pixel++) yield { x: ((pixel + 0.5) * width) / max.length, watts: max[pixel] as number };
}

/** What exceeds a limit; of those that would lie closer than `room`, the highest. */
export function peaksOver(limit: number, peaks: Iterable<Peak>, room: number): Peak[] {
  const over: Peak[] = [];
  let begin = -Infinity;
  for (const peak of peaks) {
    if (peak.watts === MISSING || peak.watts <= limit) continue;
    if (peak.x - begin >= room) {
      begin = peak.x;
      over.push(peak);
    } else if (peak.watts > (over.at(-1) as Peak).watts) over[over.length - 1] = peak;
  }
  return over;
}
