/** What is compared: the measured days of one meter, and what is known of its contract. */
import { addDays, countsByTempo, lastTwelveMonths, pricesOn, type ContractDetails, type ContractPrice, type LocalDay, type OffPeak, type Period, type ReferenceTariff } from '@oya/contract';
import type { MeasuredDay } from '@oya/formats/measured-days';

export type TariffKind = ReferenceTariff['kind'];

/** What makes the comparison, beside the tariffs. */
export interface Subject {
  readonly days: readonly MeasuredDay[];
  readonly period: Period;
  /** How the meter counts; `undefined` where that is not known. */
  readonly counted: TariffKind | undefined;
}

/** What stands in the contract, or in a file about it; to be asked for where it does not. */
export interface Known {
  readonly subscribedPowerKva: number | null;
  readonly offPeak: readonly OffPeak[];
}

export const NOTHING_KNOWN: Known = { subscribedPowerKva: null, offPeak: [] };

export function isTold({ subscribedPowerKva, offPeak }: Known): boolean {
  return subscribedPowerKva !== null || offPeak.length > 0;
}

/** The last twelve months of days; `undefined` where none was measured. */
export function subjectOf(days: readonly MeasuredDay[], counted: TariffKind | undefined): Subject | undefined {
  const measured = days.filter(({ energy }) => energy !== null);
  const [first, last] = [measured[0], measured.at(-1)];
  if (!first || !last) return undefined;
  return { days, period: lastTwelveMonths({ from: first.day, to: addDays(last.day, 1) }), counted };
}

/** The tariff that registers, by their codes, count for. */
export function kindOf(codes: readonly string[]): TariffKind | undefined {
  if (countsByTempo(codes)) return 'tempo';
  if (codes.includes('HP') && codes.includes('HC')) return 'peak-off-peak';
  return codes.includes('BASE') ? 'base' : undefined;
}

/** The codes of the registers that counted in any of some days. */
export function codesOf(days: readonly MeasuredDay[]): string[] {
  return [...new Set(days.flatMap(({ registers }) => Object.keys(registers ?? {})))];
}

/** The tariff that a contract is charged by on a day: the one with the same prices. Another offer may count alike. */
export function tariffOf({ contract, prices, taxes = [] }: Pick<ContractDetails, 'contract' | 'prices' | 'taxes'>, tariffs: readonly ReferenceTariff[], day: LocalDay): ReferenceTariff | undefined {
  const own = priceList(prices, day);
  return tariffs.find((tariff) => {
    const reference = tariff.powers.find(({ kva }) => kva === contract.subscribedPowerKva)?.prices;
    return reference !== undefined && own !== '' && priceList(reference, day) === own && (taxes.length > 0) === (tariff.taxes !== undefined);
  });
}

function priceList(prices: readonly ContractPrice[], day: LocalDay): string {
  return pricesOn(prices, day).map(({ what, unit, price }) => `${what} ${price}/${unit}`).sort().join();
}
