/**
 * What energy costs: kWh × dated prices × registers, with dated taxes, in integers (`ExactCost`). A local day is the atom:
 * whatever is longer is the sum of its days, so that however a period is split, its parts cost what it costs.
 */
import { holdsOn, pricesOn, type ContractPrice, type DatedTax } from './contracts.ts';
import { addSteps, daysBetween, stepStart, type LocalDay } from './time.ts';
import { atRate, exactCost, type ExactCost } from './units.ts';

/** What a contract is charged by. */
export interface Tariff {
  readonly prices: readonly ContractPrice[];
  /** Absent where prices include them. */
  readonly taxes?: readonly DatedTax[] | undefined;
}

/** One 10⁻⁵ € is that many 10⁻⁸ €. */
const EXACT_PER_PRICE = 1000n;

/**
 * What energy counted by one register on a day costs, tax included.
 * @param wattHours may be negative for a correction
 * @returns `undefined` when the register has no price on that day
 */
export function energyCost(day: LocalDay, register: string, wattHours: number, { prices, taxes = [] }: Tariff): ExactCost | undefined {
  const price = pricesOn(prices, day).find(({ what, unit }) => what === register && unit === 'kWh');
  if (!price) return undefined;
  const perKilowattHour = BigInt(price.price + rateOn(taxes, 'excise', day));
  return withVat(BigInt(wattHours) * perKilowattHour, rateOn(taxes, 'vat-energy', day));
}

/**
 * The share of a day in what is due each month, tax included. The days of a month add up to the month: what does not divide
 * evenly falls on some of them. Where a price changes within a month, each of its days is a share of its own price.
 * @returns `undefined` when there is no price on that day
 */
export function standingChargeOf(day: LocalDay, { prices, taxes = [] }: Tariff): ExactCost | undefined {
  const onDay = pricesOn(prices, day).filter(({ unit }) => unit === 'month');
  const charge = onDay.find(({ what }) => what === 'standing-charge');
  if (!charge) return undefined;
  const networkFixed = BigInt(onDay.find(({ what }) => what === 'network-fixed')?.price ?? 0);
  const cta = atRate(networkFixed * EXACT_PER_PRICE, rateOn(taxes, 'cta', day));
  const month = BigInt(withVat(BigInt(charge.price) * EXACT_PER_PRICE + cta, rateOn(taxes, 'vat-standing-charge', day)));
  const first = stepStart(day, 'month');
  const days = BigInt(daysBetween(first, addSteps(first, 'month', 1)));
  const before = BigInt(daysBetween(first, day));
  return exactCost(Number(((before + 1n) * month) / days - (before * month) / days));
}

/** What a day's registers cost, by register; `undefined` when one of them has no price on that day. */
export function energyCosts(day: LocalDay, registers: Readonly<Record<string, number>>, tariff: Tariff): Record<string, ExactCost> | undefined {
  const costs: Record<string, ExactCost> = {};
  for (const [code, wattHours] of Object.entries(registers)) {
    const amount = energyCost(day, code, wattHours, tariff);
    if (amount === undefined) return undefined;
    costs[code] = amount;
  }
  return costs;
}

/** The rate of a tax on a day; zero where there is none. */
export function rateOn(taxes: readonly DatedTax[], what: DatedTax['what'], day: LocalDay): number {
  return taxes.find((tax) => tax.what === what && holdsOn(tax, day))?.rate ?? 0;
}

function withVat(amount: bigint, rate: number): ExactCost {
  return exactCost(Number(amount + atRate(amount, rate)));
}
