/** One amount of a waterfall: a part, which goes on from where the one before ended, or a total, which stands on zero. */
export interface WaterfallStep {
  readonly amount: number;
  readonly isTotal?: boolean;
}

/** Where an amount lies between the least and the greatest level, as shares of that range: `from` ≤ `to`. */
export interface WaterfallBar {
  readonly from: number;
  readonly to: number;
  /** The level that the next part goes on from. */
  readonly end: number;
}

export interface Waterfall {
  /** The place of zero, which the range always holds. */
  readonly zero: number;
  readonly bars: readonly WaterfallBar[];
}

/** Places amounts on one axis that holds zero and every level that they pass. */
export function layoutWaterfall(steps: readonly WaterfallStep[]): Waterfall {
  let level = 0;
  const levels = steps.map(({ amount, isTotal = false }) => {
    const start = isTotal ? 0 : level;
    level = start + amount;
    return { start, end: level };
  });
  const all = [0, ...levels.flatMap(({ start, end }) => [start, end])];
  const [least, greatest] = [Math.min(...all), Math.max(...all)];
  const share = (value: number) => (greatest > least ? (value - least) / (greatest - least) : 0);
  return { zero: share(0), bars: levels.map(({ start, end }) => ({ from: share(Math.min(start, end)), to: share(Math.max(start, end)), end: share(end) })) };
}
