/** A point of a line over the bars; y from the top of the plot. */
export interface LinePoint {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** Shares of the height that stay free above and below the line, so that neither border is taken for a value. */
const HEADROOM = 0.1;
const FOOTROOM = 0.25;

/**
 * A line over bars on a scale of its own, which need not hold zero: its lowest value runs low in the plot and its highest
 * high. A missing value breaks it, so it comes in pieces.
 */
export function secondLine(values: readonly (number | null)[], band: number, height: number): LinePoint[][] {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const pieces: LinePoint[][] = [];
  let piece: LinePoint[] | undefined;
  values.forEach((value, index) => {
    if (value === null) {
      piece = undefined;
      return;
    }
    const share = highest > lowest ? (highest - value) / (highest - lowest) : 0.5;
    if (!piece) pieces.push((piece = []));
    piece.push({ index, x: (index + 0.5) * band, y: height * (HEADROOM + share * (1 - HEADROOM - FOOTROOM)) });
  });
  return pieces;
}
