import type { Picture } from './picture.ts';

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
