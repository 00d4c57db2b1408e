/**
 * Energy and money. Both are integers, so that sums are exact: watt-hours and cents.
 * Unit prices are integers of 10⁻⁵ € (the precision of published French tariffs).
 */
import * as z from 'zod/mini';

/** Energy in whole watt-hours. */
export const WattHours = z.int().brand<'Wh'>();
export type WattHours = z.infer<typeof WattHours>;

/** Money in whole euro cents; negative for a credit. */
export const Cents = z.int().brand<'cents'>();
export type Cents = z.infer<typeof Cents>;

/** Price of one kWh, one month… in integer 10⁻⁵ €: 0.20160 € is 20160. */
export const UnitPrice = z.int().brand<'10⁻⁵ €'>();
export type UnitPrice = z.infer<typeof UnitPrice>;

/**
 * Money before it is rounded to cents, in integer 10⁻⁸ €: 1 Wh at a price in 10⁻⁵ €/kWh. Sums of it are exact, so that the
 * days of a month cost what the month costs; only what is shown is rounded, by `toCents`.
 */
export const ExactCost = z.int().brand<'10⁻⁸ €'>();
export type ExactCost = z.infer<typeof ExactCost>;

const EXACT_COSTS_PER_CENT = 1_000_000n;
const TEN_THOUSANDTHS = 10_000n;

/** @throws RangeError when `value` is not a whole number that JavaScript holds exactly. */
export function exactCost(value: number): ExactCost {
  return whole(value, 'an exact cost in 10⁻⁸ €') as ExactCost;
}

/** Rounded half away from zero, as an invoice line is. */
export function toCents(amount: ExactCost): Cents {
  return cents(Number(divideRounded(BigInt(amount), EXACT_COSTS_PER_CENT)));
}

/** @throws RangeError when `value` is not a whole number that JavaScript holds exactly. */
export function wattHours(value: number): WattHours {
  return whole(value, 'watt-hours') as WattHours;
}

/** @throws RangeError when `value` is not a whole number that JavaScript holds exactly. */
export function cents(value: number): Cents {
  return whole(value, 'cents') as Cents;
}

/** @throws RangeError when `value` is not a whole number that JavaScript holds exactly. */
export function unitPrice(value: number): UnitPrice {
  return whole(value, 'a unit price in 10⁻⁵ €') as UnitPrice;
}

/** Exact sum; the empty sum is zero. */
export function sum<T extends WattHours | Cents | ExactCost>(amounts: Iterable<T>): T {
  let total = 0;
  for (const amount of amounts) total += amount;
  return whole(total, 'a sum') as T;
}

/**
 * What an energy costs at a price per kWh, rounded half away from zero to the cent, as an invoice line is.
 * Exact for any amounts: 1 Wh × 10⁻⁵ €/kWh is 10⁻⁸ €, that is 10⁻⁶ cent.
 */
export function cost(energy: WattHours, pricePerKilowattHour: UnitPrice): Cents {
  return cents(Number(divideRounded(BigInt(energy) * BigInt(pricePerKilowattHour), EXACT_COSTS_PER_CENT)));
}

/** A part of an amount, in ten-thousandths (20 % is 2000), rounded half away from zero to what the amount counts. */
export function atRate(amount: bigint, rate: number): bigint {
  return divideRounded(amount * BigInt(rate), TEN_THOUSANDTHS);
}

/** Integer division rounded half away from zero. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const n = dividend < 0n ? -dividend : dividend;
  const d = divisor < 0n ? -divisor : divisor;
  const quotient = (2n * n + d) / (2n * d);
  return negative ? -quotient : quotient;
}

function whole(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of ${what}`);
  // -0 would print as "-0 kWh".
  return value === 0 ? 0 : value;
}
