/** A part of a bar: where it begins and ends, as shares of the bar from zero up. */
export interface StackedPart {
  /** Its place among the parts; -1 for what no part accounts for. */
  readonly part: number;
  readonly from: number;
  readonly to: number;
}

/** Less than this share of a bar is left by rounding, not undivided: registers are whole numbers, and it is not to be seen. */
const ROUNDING = 0.005;

/**
 * A bar divided into its parts, in their order, and what is left undivided at the end. A bar without parts has none at all.
 * Parts that add up to more than the bar end with it.
 */
export function stackOf(total: number | null | undefined, parts: readonly { readonly values: readonly (number | null)[] }[], index: number): StackedPart[] {
  if (!total || total < 0) return [];
  const stacked: StackedPart[] = [];
  let from = 0;
  parts.forEach(({ values }, part) => {
    const to = Math.min(1, from + Math.max(0, values[index] ?? 0) / total);
    if (to <= from) return;
    stacked.push({ part, from, to });
    from = to;
  });
  const last = stacked.at(-1);
  if (last && 1 - from > ROUNDING) stacked.push({ part: -1, from, to: 1 });
  else if (last) stacked[stacked.length - 1] = { ...last, to: 1 };
  return stacked;
}
