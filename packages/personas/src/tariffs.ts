/**
 * What the demo's offers cost. An example, in the form and of the order of a regulated French tariff: nobody's price list.
 * In integer 10⁻⁵ €, over the days in which they hold; with tax, but for an offer that lists its taxes. Prices and taxes
 * change on the same days.
 */
import { atRate, divideRounded, holdsOn, rateOn, unitPrice, type Contract, type ContractPrice, type DatedTax, type Energy, type LocalDay, type LocalizedText, type ReferenceTariff, type ReferenceTariffs, type Tariff } from '@oya/contract';

/** One price list of an offer, from a day on until the next. */
interface PriceList {
  readonly from: LocalDay;
  /** Per month, by subscribed power in kVA; gas has none, so one price stands for all. */
  readonly standingCharge: Readonly<Record<number, number>> | number;
  /** Per kWh, by register. */
  readonly energy: Readonly<Record<string, number>>;
}

/** What of an offer pays for the network, without tax: per month, by subscribed power, and per kWh. */
interface NetworkPrices {
  readonly from: LocalDay;
  readonly fixed: Readonly<Record<number, number>> | number;
  readonly energy: number;
}

const NETWORK: Readonly<Record<Energy, readonly NetworkPrices[]>> = {
  electricity: [
    { from: '2023-02-01', fixed: { 3: 472_000, 6: 698_000, 9: 892_000, 12: 1_086_000 }, energy: 4_680 },
    { from: '2025-08-01', fixed: { 3: 501_000, 6: 741_000, 9: 946_000, 12: 1_151_000 }, energy: 4_840 },
    { from: '2026-08-01', fixed: { 3: 522_000, 6: 772_000, 9: 983_000, 12: 1_196_000 }, energy: 4_950 },
  ],
  gas: [
    { from: '2023-02-01', fixed: 712_000, energy: 2_760 },
    { from: '2025-08-01', fixed: 744_000, energy: 2_890 },
  ],
};

const OFFERS: Readonly<Record<string, readonly PriceList[]>> = {
  Base: [
    { from: '2023-02-01', standingCharge: { 3: 947_000, 6: 1_244_000, 9: 1_563_000, 12: 1_889_000 }, energy: { BASE: 20_620 } },
    { from: '2023-08-01', standingCharge: { 3: 963_000, 6: 1_260_000, 9: 1_579_000, 12: 1_904_000 }, energy: { BASE: 22_760 } },
    { from: '2024-02-01', standingCharge: { 3: 965_000, 6: 1_267_000, 9: 1_589_000, 12: 1_916_000 }, energy: { BASE: 25_160 } },
    { from: '2025-02-01', standingCharge: { 3: 969_000, 6: 1_267_000, 9: 1_589_000, 12: 1_916_000 }, energy: { BASE: 20_160 } },
    // Tax on standing charges went from 5.5 % to 20 % that day, the excise on energy went down.
    { from: '2025-08-01', standingCharge: { 3: 1_173_000, 6: 1_547_000, 9: 1_939_000, 12: 2_332_000 }, energy: { BASE: 19_520 } },
    { from: '2026-02-01', standingCharge: { 3: 1_203_000, 6: 1_565_000, 9: 1_956_000, 12: 2_353_000 }, energy: { BASE: 19_400 } },
    { from: '2026-08-01', standingCharge: { 3: 1_215_000, 6: 1_582_000, 9: 1_974_000, 12: 2_377_000 }, energy: { BASE: 19_670 } },
  ],
  'Heures creuses': [
    { from: '2023-02-01', standingCharge: { 6: 1_285_000, 9: 1_655_000, 12: 1_997_000 }, energy: { HP: 22_280, HC: 16_150 } },
    { from: '2023-08-01', standingCharge: { 6: 1_297_000, 9: 1_661_000, 12: 2_004_000 }, energy: { HP: 24_600, HC: 18_280 } },
    { from: '2024-02-01', standingCharge: { 6: 1_295_000, 9: 1_655_000, 12: 1_998_000 }, energy: { HP: 27_000, HC: 20_680 } },
    { from: '2025-02-01', standingCharge: { 6: 1_312_000, 9: 1_682_000, 12: 2_028_000 }, energy: { HP: 21_460, HC: 16_960 } },
    { from: '2025-08-01', standingCharge: { 6: 1_574_000, 9: 2_012_000, 12: 2_425_000 }, energy: { HP: 20_810, HC: 16_350 } },
    { from: '2026-02-01', standingCharge: { 6: 1_592_000, 9: 2_034_000, 12: 2_448_000 }, energy: { HP: 20_650, HC: 15_790 } },
    { from: '2026-08-01', standingCharge: { 6: 1_606_000, 9: 2_055_000, 12: 2_476_000 }, energy: { HP: 20_940, HC: 16_030 } },
  ],
  Tempo: [
    tempo('2024-02-01', { 6: 1_296_000, 9: 1_616_000, 12: 1_944_000 }, [12_960, 16_090, 14_860, 18_940, 15_680, 75_620]),
    tempo('2025-02-01', { 6: 1_300_000, 9: 1_625_000, 12: 1_955_000 }, [12_880, 15_520, 14_470, 17_920, 15_180, 65_860]),
    tempo('2025-08-01', { 6: 1_553_000, 9: 1_948_000, 12: 2_334_000 }, [12_320, 14_940, 13_910, 17_300, 14_600, 64_680]),
    tempo('2026-02-01', { 6: 1_559_000, 9: 1_957_000, 12: 2_345_000 }, [13_250, 16_120, 14_990, 18_710, 15_750, 70_600]),
    tempo('2026-08-01', { 6: 1_574_000, 9: 1_976_000, 12: 2_368_000 }, [13_560, 16_540, 15_360, 19_210, 16_150, 72_950]),
  ],
  // Without tax (`WITHOUT_TAX`).
  Soleil: [
    { from: '2025-02-01', standingCharge: { 6: 1_064_000, 9: 1_342_000 }, energy: { BASE: 13_430 } },
    { from: '2025-08-01', standingCharge: { 6: 1_118_000, 9: 1_411_000 }, energy: { BASE: 13_270 } },
    { from: '2026-02-01', standingCharge: { 6: 1_169_000, 9: 1_468_000 }, energy: { BASE: 13_080 } },
    { from: '2026-08-01', standingCharge: { 6: 1_183_000, 9: 1_489_000 }, energy: { BASE: 13_310 } },
  ],
  'Gaz chauffage': [
    { from: '2025-02-01', standingCharge: 2_247_000, energy: { BASE: 11_480 } },
    { from: '2025-08-01', standingCharge: 2_516_000, energy: { BASE: 11_290 } },
    { from: '2026-02-01', standingCharge: 2_540_000, energy: { BASE: 11_370 } },
    { from: '2026-08-01', standingCharge: 2_562_000, energy: { BASE: 11_540 } },
  ],
};

const VAT: readonly DatedTax[] = [
  { what: 'vat-energy', rate: 2000, from: '2014-01-01', to: null },
  { what: 'vat-standing-charge', rate: 550, from: '2014-01-01', to: '2025-08-01' },
  { what: 'vat-standing-charge', rate: 2000, from: '2025-08-01', to: null },
];

/** What the state adds; for electricity the share of CTA since February 2026 is an example. */
const TAXES: Readonly<Record<Energy, readonly DatedTax[]>> = {
  electricity: [
    { what: 'excise', rate: 100, from: '2022-02-01', to: '2024-02-01' },
    { what: 'excise', rate: 2100, from: '2024-02-01', to: '2025-02-01' },
    { what: 'excise', rate: 3370, from: '2025-02-01', to: '2025-08-01' },
    { what: 'excise', rate: 2998, from: '2025-08-01', to: '2026-02-01' },
    { what: 'excise', rate: 3085, from: '2026-02-01', to: null },
    { what: 'cta', rate: 2193, from: '2021-08-01', to: '2026-02-01' },
    { what: 'cta', rate: 1500, from: '2026-02-01', to: null },
    ...VAT,
  ],
  gas: [
    { what: 'excise', rate: 1716, from: '2025-01-01', to: '2025-08-01' },
    { what: 'excise', rate: 1543, from: '2025-08-01', to: '2026-02-01' },
    { what: 'excise', rate: 1639, from: '2026-02-01', to: null },
    { what: 'cta', rate: 2080, from: '2021-08-01', to: null },
    ...VAT,
  ],
};

/** Offers whose prices are without tax; those of the others hold it. */
const WITHOUT_TAX: ReadonlySet<string> = new Set(['Soleil']);

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
      { what: 'standing-charge', unit: 'month', price: monthly(list.standingCharge, offer, subscribedPowerKva), ...held },
      ...(WITHOUT_TAX.has(offer) ? [{ what: 'network-fixed', unit: 'month' as const, price: monthly(networkOn(list.from, 'electricity').fixed, offer, subscribedPowerKva), ...held }] : []),
      ...Object.entries(list.energy).map(([what, price]): ContractPrice => ({ what, unit: 'kWh', price: unitPrice(price), ...held })),
    ];
  });
}

/** The demo's offers that every household can be compared under; their prices hold tax. */
export const referenceTariffs: ReferenceTariffs = {
  tariffs: [
    referenceTariff('base', 'Base', 'base', { fr: 'Base', en: 'Single rate' }),
    {
      ...referenceTariff('peak-off-peak', 'Heures creuses', 'peak-off-peak', { fr: 'Heures pleines et creuses', en: 'Peak and off-peak hours' }),
      offPeak: [{ ranges: [{ from: '22:30', to: '06:30' }], from: '2000-01-01', to: null }],
    },
    referenceTariff('tempo', 'Tempo', 'tempo', { fr: 'Tempo', en: 'Tempo' }),
  ],
  pricesNote,
};

function referenceTariff(id: string, offer: string, kind: ReferenceTariff['kind'], name: LocalizedText): ReferenceTariff {
  const [first] = OFFERS[offer] ?? [];
  if (!first) throw new RangeError(`the offer "${offer}" has no prices`);
  const powers = Object.keys(first.standingCharge).map(Number).sort((a, b) => a - b);
  return { id, name, kind, powers: powers.map((kva) => ({ kva, prices: pricesOf({ offer, subscribedPowerKva: kva, from: first.from, to: null }) })) };
}

/** The taxes that come on top of a contract's prices while it lasts; `undefined` where the prices include them. */
export function taxesOf(contract: Pick<Contract, 'energy' | 'offer' | 'from' | 'to'>): DatedTax[] | undefined {
  return WITHOUT_TAX.has(contract.offer) ? taxesDuring(contract) : undefined;
}

/**
 * What a contract's invoices are reckoned by: prices without tax, what of them goes to the network, and all taxes. A price
 * that is published with tax is rounded once more without it: over a year that can be some cents.
 */
export function billingTariffOf(contract: Pick<Contract, 'energy' | 'offer' | 'subscribedPowerKva' | 'from' | 'to'>): Tariff {
  const { energy, offer, subscribedPowerKva, from, to } = contract;
  const taxes = taxesDuring(contract);
  const published = pricesOf(contract).filter(({ what }) => what !== 'network-fixed');
  const network = NETWORK[energy].flatMap((list, index): ContractPrice[] => {
    const held = { from: list.from < from ? from : list.from, to: NETWORK[energy][index + 1]?.from ?? null };
    if ((held.to !== null && held.to <= from) || (to !== null && list.from >= to)) return [];
    return [
      { what: 'network-fixed', unit: 'month', price: monthly(list.fixed, offer, subscribedPowerKva), ...held },
      { what: 'network-energy', unit: 'kWh', price: unitPrice(list.energy), ...held },
    ];
  });
  const prices = WITHOUT_TAX.has(offer) ? published : published.map((price) => ({ ...price, price: withoutTax(price, monthly(networkOn(price.from, energy).fixed, offer, subscribedPowerKva), taxes) }));
  return { prices: [...prices, ...network], taxes };
}

function withoutTax({ unit, price, from }: ContractPrice, networkFixed: number, taxes: readonly DatedTax[]) {
  const withoutVat = (vat: number) => divideRounded(BigInt(price) * 10_000n, BigInt(10_000 + vat));
  const rate = (what: DatedTax['what']) => rateOn(taxes, what, from);
  const net = unit === 'kWh' ? withoutVat(rate('vat-energy')) - BigInt(rate('excise')) : withoutVat(rate('vat-standing-charge')) - atRate(BigInt(networkFixed), rate('cta'));
  return unitPrice(Number(net));
}

function taxesDuring({ energy, from, to }: Pick<Contract, 'energy' | 'from' | 'to'>): DatedTax[] {
  return TAXES[energy].filter((tax) => holdsOn(tax, from) || (tax.from >= from && (to === null || tax.from < to)));
}

function networkOn(day: LocalDay, energy: Energy): NetworkPrices {
  const list = NETWORK[energy].findLast(({ from }) => from <= day);
  if (!list) throw new RangeError(`there is no price of the network for ${energy} on ${day}`);
  return list;
}

function monthly(prices: PriceList['standingCharge'], offer: string, kva: number | null) {
  const price = typeof prices === 'number' ? prices : prices[kva ?? 0];
  if (price === undefined) throw new RangeError(`the offer "${offer}" has no standing charge for ${kva} kVA`);
  return unitPrice(price);
}

/** @param energy off-peak and peak of blue, white and red days */
function tempo(from: LocalDay, standingCharge: PriceList['standingCharge'], energy: readonly [number, number, number, number, number, number]): PriceList {
  const [HCJB, HPJB, HCJW, HPJW, HCJR, HPJR] = energy;
  return { from, standingCharge, energy: { HPJB, HCJB, HPJW, HCJW, HPJR, HCJR } };
}
