/** What a customer may change by themselves of the instalments of a year, and what that makes of its settlement. */
import type { InstalmentPlan } from './invoices.ts';
import type { PaymentTerms } from './payment-means.ts';
import { addDays, type LocalDay } from './time.ts';
import { cents, sum, type Cents } from './units.ts';

const HUNDRED = 100;
const CENTS_PER_EURO = 100;

export interface InstalmentRange {
  /** What the next one comes to. */
  readonly current: Cents;
  /** Whole euros. */
  readonly least: Cents;
  readonly most: Cents;
  /** How many would change, when the first of them is due, and what they come to today. */
  readonly count: number;
  readonly firstOn: LocalDay;
  readonly toCome: Cents;
}

/**
 * What the instalments that are still to come may be changed to, by the utility's terms.
 * @returns `undefined` where the utility changes them by itself alone, or none is left that can still be changed
 */
export function instalmentRange({ instalments, agreed }: Pick<InstalmentPlan, 'instalments' | 'agreed'>, { instalments: terms }: Pick<PaymentTerms, 'instalments'>, today: LocalDay): InstalmentRange | undefined {
  if (!terms) return undefined;
  // A debit or a payment that is nearer has been announced.
  const since = addDays(today, terms.noticeDays);
  const left = instalments.filter(({ dueOn, paidOn }) => paidOn === null && dueOn >= since);
  const [first] = left;
  if (!first) return undefined;
  const base = agreed ?? first.amount;
  const least = Math.ceil((base * terms.lowest) / HUNDRED / CENTS_PER_EURO) * CENTS_PER_EURO;
  const most = Math.floor((base * terms.highest) / HUNDRED / CENTS_PER_EURO) * CENTS_PER_EURO;
  if (least > most) return undefined;
  return { current: first.amount, least: cents(least), most: cents(most), count: left.length, firstOn: first.dueOn, toCome: sum(left.map(({ amount }) => amount)) };
}

/** What a settlement of so much would be, if what is to come were changed to an amount. */
export function settlementWith(settlement: Cents, { count, toCome }: InstalmentRange, amount: Cents): Cents {
  return cents(settlement - (amount * count - toCome));
}

/** The least amount of whole euros within the range that leaves nothing to settle, or as little as the range allows. */
export function fittingInstalment(settlement: Cents, { count, toCome, least, most }: InstalmentRange): Cents {
  const needed = Math.ceil((toCome + settlement) / count / CENTS_PER_EURO) * CENTS_PER_EURO;
  return cents(Math.min(most, Math.max(least, needed)));
}
