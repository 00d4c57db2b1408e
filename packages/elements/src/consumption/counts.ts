/** How many bars there is something to say of. */
import type { BarState, Picture } from './picture.ts';

/** How many bars are in each state that needs a word. */
export function countStates(states: readonly BarState[]): Map<BarState, number> {
  const counts = new Map<BarState, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

/** Why bars that were measured have no cost: how they split among the registers is not told, or their days have no price. */
export type CostGap = 'registers' | 'price';

export function costGaps({ values, registers, cost }: Picture): Map<CostGap, number> {
  const gaps = new Map<CostGap, number>();
  values.forEach((energy, index) => {
    if (energy === null || !cost || cost.energy[index] !== null) return;
    // A meter with one register has no column for it.
    const told = registers?.reduce((total, { values: parts }) => total + (parts[index] ?? 0), 0) ?? energy;
    const gap = told === energy ? 'price' : 'registers';
    gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  });
  return gaps;
}
