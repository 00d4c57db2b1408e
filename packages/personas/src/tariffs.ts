/**
 * What the demo's offers cost. An example, in the form and of the order of a regulated French tariff: nobody's price list.
 * All with tax, in integer 10⁻⁵ €, over the days in which they hold.
 */
import { unitPrice, type Contract, type ContractPrice, type LocalDay, type LocalizedText } from '@oya/contract';

/** One price list of an offer, from a day on until the next. */
interface PriceList {
  readonly from: LocalDay;
  /** Per month, by subscribed power in kVA; gas has none, so one price stands for all. */
  readonly standingCharge: Readonly<Record<number, number>> | number;
  /** Per kWh, by register. */
  readonly energy: Readonly<Record<string, number>>;
}

const OFFERS: Readonly<Record<string, readonly PriceList[]>> = {
  Base: [
    { from: '2024-02-01', standingCharge: { 3: 965_000, 6: 1_267_000, 9: 1_589_000, 12: 1_916_000 }, energy: { BASE: 25_160 } },
    { from: '2025-02-01', standingCharge: { 3: 969_000, 6: 1_267_000, 9: 1_589_000, 12: 1_916_000 }, energy: { BASE: 20_160 } },
    // Tax on standing charges went from 5.5 % to 20 % that day, the excise on energy went down.
    { from: '2025-08-01', standingCharge: { 3: 1_173_000, 6: 1_547_000, 9: 1_939_000, 12: 2_332_000 }, energy: { BASE: 19_520 } },
    { from: '2026-02-01', standingCharge: { 3: 1_203_000, 6: 1_565_000, 9: 1_956_000, 12: 2_353_000 }, energy: { BASE: 19_400 } },
    { from: '2026-08-01', standingCharge: { 3: 1_215_000, 6: 1_582_000, 9: 1_974_000, 12: 2_377_000 }, energy: { BASE: 19_670 } },
  ],
  'Heures creuses': [
    { from: '2024-02-01', standingCharge: { 6: 1_295_000, 9: 1_655_000, 12: 1_998_000 }, energy: { HP: 27_000, HC: 20_680 } },
    { from: '2025-02-01', standingCharge: { 6: 1_312_000, 9: 1_682_000, 12: 2_028_000 }, energy: { HP: 21_460, HC: 16_960 } },
    { from: '2025-08-01', standingCharge: { 6: 1_574_000, 9: 2_012_000, 12: 2_425_000 }, energy: { HP: 20_810, HC: 16_350 } },
    { from: '2026-02-01', standingCharge: { 6: 1_592_000, 9: 2_034_000, 12: 2_448_000 }, energy: { HP: 20_650, HC: 15_790 } },
    { from: '2026-08-01', standingCharge: { 6: 1_606_000, 9: 2_055_000, 12: 2_476_000 }, energy: { HP: 20_940, HC: 16_030 } },
  ],
  'Gaz chauffage': [
    { from: '2025-02-01', standingCharge: 2_247_000, energy: { BASE: 11_480 } },
    { from: '2025-08-01', standingCharge: 2_516_000, energy: { BASE: 11_290 } },
    { from: '2026-02-01', standingCharge: 2_540_000, energy: { BASE: 11_370 } },
    { from: '2026-08-01', standingCharge: 2_562_000, energy: { BASE: 11_540 } },
  ],
};

/** Stands beside every price of the demo. */
export const pricesNote: LocalizedText = {
  fr: 'Prix d’exemple, pour la démonstration.',
  en: 'Example prices, for the demonstration.',
};

/**
 * The prices of a contract from its first day to its last, the oldest first: the standing charge, then each register.
 * @throws RangeError for an offer or a subscribed power that has no price
 */
export function pricesOf({ offer, subscribedPowerKva, from, to }: Pick<Contract, 'offer' | 'subscribedPowerKva' | 'from' | 'to'>): ContractPrice[] {
  const lists = OFFERS[offer];
  if (!lists) throw new RangeError(`the offer "${offer}" has no prices; those that have: ${Object.keys(OFFERS).join(', ')}`);
  return lists.flatMap((list, index): ContractPrice[] => {
    const next = lists[index + 1]?.from ?? null;
    // A price that ended before the contract began, or began after it ended, was never this customer's.
    if ((next !== null && next <= from) || (to !== null && list.from >= to)) return [];
    const held = { from: list.from < from ? from : list.from, to: next };
    return [
      { what: 'standing-charge', unit: 'month', price: standingCharge(list, offer, subscribedPowerKva), ...held },
      ...Object.entries(list.energy).map(([what, price]): ContractPrice => ({ what, unit: 'kWh', price: unitPrice(price), ...held })),
    ];
  });
}

function standingCharge({ standingCharge: prices }: PriceList, offer: string, kva: number | null) {
  const price = typeof prices === 'number' ? prices : prices[kva ?? 0];
  if (price === undefined) throw new RangeError(`the offer "${offer}" has no standing charge for ${kva} kVA`);
  return unitPrice(price);
}
