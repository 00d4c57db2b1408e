/** A contract in detail, and who may see it. */
import * as z from 'zod/mini';
import { Contract, Id, LocalizedText } from './portal.ts';
import { addDays, Instant, LocalDay } from './time.ts';
import { UnitPrice } from './units.ts';

const MINUTES_OF_A_DAY = 24 * 60;

/** A time of day on the installation's clock: `22:30`. `24:00` ends a day. */
export const ClockTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/));
export type ClockTime = z.infer<typeof ClockTime>;

/** A stretch of each day; where `to` is not after `from` it ends on the next day. */
export const ClockRange = z.object({ from: ClockTime, to: ClockTime });
export type ClockRange = z.infer<typeof ClockRange>;

/** When off-peak prices hold, from a day on; never on the half-hour for sure, and it changes with dates. */
export const OffPeak = z.object({ ranges: z.array(ClockRange), from: LocalDay, to: z.nullable(LocalDay) });
export type OffPeak = z.infer<typeof OffPeak>;

/** One price of the contract over the days in which it holds: tax included, unless the contract lists its taxes. */
export const ContractPrice = z.object({
  /**
   * `standing-charge` per month; `network-fixed` per month, the part of it that pays for the network and that CTA is reckoned
   * on; otherwise the register it counts for (`BASE`, `HP`, `HC`, `HPJB`…), per kWh.
   */
  what: z.string(),
  unit: z.enum(['month', 'kWh']),
  /** Integer 10⁻⁵ €. */
  price: UnitPrice,
  from: LocalDay,
  to: z.nullable(LocalDay),
});
export type ContractPrice = z.infer<typeof ContractPrice>;

/** A tax over the days in which it holds. */
export const DatedTax = z.object({
  /**
   * `excise` on each kWh, in 10⁻⁵ €; `cta` on the price `network-fixed`, in ten-thousandths (21.93 % is 2193);
   * `vat-energy` on kWh with their excise and `vat-standing-charge` on what is per month with its CTA, in ten-thousandths.
   */
  what: z.enum(['excise', 'cta', 'vat-energy', 'vat-standing-charge']),
  rate: z.int(),
  from: LocalDay,
  to: z.nullable(LocalDay),
});
export type DatedTax = z.infer<typeof DatedTax>;

/** How invoices are paid. Of an account only its end is ever told. */
export const PaymentMeans = z.object({
  kind: z.enum(['sepa-debit', 'card', 'transfer', 'cheque', 'unknown']),
  /** The last four signs of the IBAN; absent where there is none. */
  accountEnd: z.optional(z.string()),
});
export type PaymentMeans = z.infer<typeof PaymentMeans>;

/** What the customer may do with a contract: its holder everything; a reader sees, until a day at most. */
export const ContractRole = z.discriminatedUnion('role', [
  z.object({ role: z.literal('holder') }),
  z.object({ role: z.literal('reader'), until: z.nullable(LocalDay) }),
]);
export type ContractRole = z.infer<typeof ContractRole>;

export const ContractDetails = z.object({
  contract: Contract,
  role: ContractRole,
  offPeak: z.array(OffPeak),
  prices: z.array(ContractPrice),
  /** Where prices are without tax: what comes on top of them. */
  taxes: z.optional(z.array(DatedTax)),
  /** What the utility says beside its prices: which tariff they are, or that they are an example. */
  pricesNote: z.optional(LocalizedText),
  /** The holder's own business: `null` for a reader. */
  payment: z.nullable(PaymentMeans),
});
export type ContractDetails = z.infer<typeof ContractDetails>;

/** Somebody who may read a contract, or was asked to. Addresses are mostly hidden. */
export const AccessGrant = z.object({
  id: Id,
  email: z.string(),
  /** Known once the invitation was accepted. */
  name: z.nullable(z.string()),
  state: z.enum(['invited', 'active', 'ended']),
  invitedAt: Instant,
  /** The last day of access; `null` until taken back. */
  until: z.nullable(LocalDay),
});
export type AccessGrant = z.infer<typeof AccessGrant>;

/** The day whose prices and hours a contract is shown with: today, its first day before it begins, its last once it has ended. */
export function dayToShow({ from, to }: Pick<Contract, 'from' | 'to'>, today: LocalDay): LocalDay {
  if (today < from) return from;
  return to !== null && to <= today ? addDays(to, -1) : today;
}

/** Whether a reader's access still holds: its last day is a whole day. */
export function accessHolds(until: LocalDay | null, today: LocalDay): boolean {
  return until === null || today <= until;
}

/** Prices that hold on a day, in the order given. */
export function pricesOn(prices: readonly ContractPrice[], day: LocalDay): ContractPrice[] {
  return prices.filter((price) => holdsOn(price, day));
}

/** The off-peak hours that hold on a day. */
export function offPeakOn(offPeak: readonly OffPeak[], day: LocalDay): OffPeak | undefined {
  return offPeak.find((hours) => holdsOn(hours, day));
}

/** Whether something with days of validity holds on a day; `to` is the first day on which it no longer does. */
export function holdsOn({ from, to }: { readonly from: LocalDay; readonly to: LocalDay | null }, day: LocalDay): boolean {
  return from <= day && (to === null || day < to);
}

/** Minutes since midnight: `22:30` is 1350. */
export function clockMinutes(time: ClockTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** A stretch of one day, in minutes since midnight. */
export interface MinuteStretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What daily ranges cover of one day from midnight to midnight, in order: a range over midnight is two stretches of it.
 * @param ofTheEve the ranges of the day before, where they were others: what they began still ends as it began
 */
export function stretchesOf(ranges: readonly ClockRange[], ofTheEve: readonly ClockRange[] = ranges): MinuteStretch[] {
  const begun = ranges.map(minutesOf).map(({ from, to }) => ({ from, to: to > from ? to : MINUTES_OF_A_DAY }));
  const ending = ofTheEve.map(minutesOf).map(({ from, to }) => ({ from: 0, to: to > from ? 0 : to }));
  return [...begun, ...ending].filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
}

function minutesOf({ from, to }: ClockRange): MinuteStretch {
  return { from: clockMinutes(from), to: clockMinutes(to) };
}
