/** What a picture cost: the energy, what is due whatever is consumed, and what a kWh came to. All in 10⁻⁸ €. */
import { exactCost, sum, unitPrice, type ExactCost, type UnitPrice } from '@oya/contract';
import type { Picture } from './picture.ts';

export interface Bill {
  readonly energy: ExactCost;
  /** `null` where the portal does not know it. */
  readonly standingCharge: ExactCost | null;
  readonly total: ExactCost;
  /** Share of the standing charge in the total, 0 to 1. */
  readonly share: number;
  /** What a kWh came to, with the standing charge and without; `undefined` where nothing was consumed. */
  readonly perKilowattHour: UnitPrice | undefined;
  readonly energyPerKilowattHour: UnitPrice | undefined;
}

/** `undefined` when no part of the picture has a cost. */
export function billOf({ values, cost }: Picture): Bill | undefined {
  if (!cost) return undefined;
  const known = cost.energy.flatMap((amount, index) => (amount === null ? [] : [{ amount, energy: values[index] ?? 0 }]));
  if (known.length === 0) return undefined;
  const energy = sum(known.map(({ amount }) => exactCost(amount)));
  const charges = cost.standingCharge.filter((charge) => charge !== null);
  const standingCharge = charges.length === 0 ? null : sum(charges.map(exactCost));
  const total = sum([energy, standingCharge ?? exactCost(0)]);
  const consumed = known.reduce((whole, each) => whole + each.energy, 0);
  // 10⁻⁸ € per Wh are 10⁻⁵ € per kWh, told to the four decimals of price lists.
  const per = (amount: number) => (consumed > 0 ? unitPrice(Math.round(amount / consumed / 10) * 10) : undefined);
  return { energy, standingCharge, total, share: total > 0 ? (standingCharge ?? 0) / total : 0, perKilowattHour: per(total), energyPerKilowattHour: per(energy) };
}
