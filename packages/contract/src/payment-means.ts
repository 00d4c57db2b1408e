/** How the invoices of a contract are paid, and may be: debit mandates, plans, and what else the utility takes. */
import * as z from 'zod/mini';
import { PaymentMeans } from './contracts.ts';
import type { Invoice } from './invoices.ts';
import { Id } from './portal.ts';
import { addDays, addSteps, Instant, LocalDay } from './time.ts';
import { Cents, cents } from './units.ts';

/** What a utility takes, and on which terms. What is absent it does not take. */
export const PaymentTerms = z.object({
  /** Whom a debit mandate is given to: `identifier` is the creditor's at the banks (ICS). */
  debit: z.optional(z.object({ creditor: z.string(), identifier: z.string(), address: z.string() })),
  /** Whose account transfers go to; invoices name it too. */
  transfer: z.optional(z.object({ holder: z.string(), iban: z.string(), bic: z.optional(z.string()) })),
  cheque: z.optional(z.object({ payTo: z.string(), address: z.string() })),
  /** The State's voucher for households (chèque énergie): where one on paper is sent, as invoices say; `site` is that where it is used online. */
  energyVoucher: z.optional(z.object({ address: z.string(), site: z.optional(z.url({ protocol: /^https$/ })) })),
  /** What is overdue may be paid in monthly parts: in how many at most, and of how much at least each. */
  plans: z.optional(z.object({ mostParts: z.int().check(z.minimum(2), z.maximum(36)), leastPart: Cents.check(z.minimum(1)) })),
  /**
   * Customers may change the instalments of a year by themselves: to so many hundredths of what was agreed, at least and at
   * most. What is due sooner than in `noticeDays` stays as it was announced to the bank.
   */
  instalments: z.optional(z.object({ lowest: z.int().check(z.minimum(1), z.maximum(100)), highest: z.int().check(z.minimum(100), z.maximum(500)), noticeDays: z.int().check(z.minimum(0), z.maximum(60)) })),
});
export type PaymentTerms = z.infer<typeof PaymentTerms>;

/** A customer lets the utility ask their bank for what is due (SEPA core direct debit). */
export const Mandate = z.object({
  /** By which the bank knows it (RUM). */
  reference: z.string(),
  creditor: z.string(),
  creditorIdentifier: z.string(),
  /** Whose account it is. */
  accountHolder: z.string(),
  /** The IBAN, all but its beginning and its end hidden; absent where it was given on paper. */
  account: z.optional(z.string()),
  signedOn: LocalDay,
});
export type Mandate = z.infer<typeof Mandate>;

export const PlanPart = z.object({ dueOn: LocalDay, amount: Cents });
export type PlanPart = z.infer<typeof PlanPart>;

/** A customer asks to pay what is overdue in parts. `asked` waits for the utility's answer. */
export const PaymentPlan = z.object({
  id: Id,
  state: z.enum(['asked', 'accepted', 'refused', 'withdrawn']),
  askedAt: Instant,
  /** Numbers of the invoices that it pays. */
  invoices: z.array(z.string()),
  amount: Cents,
  parts: z.array(PlanPart),
  /** The customer's, may be empty. */
  words: z.string(),
  /** The utility's; `null` until there is one. */
  answer: z.nullable(z.string()),
});
export type PaymentPlan = z.infer<typeof PaymentPlan>;

export const PaymentMeansDetails = z.object({
  means: PaymentMeans,
  /** `null` where there is none. */
  mandate: z.nullable(Mandate),
  terms: PaymentTerms,
  /** The latest first. */
  plans: z.array(PaymentPlan),
});
export type PaymentMeansDetails = z.infer<typeof PaymentMeansDetails>;

/** The first part of a plan is due so many days after it was asked for, and the others a month after each other. */
const FIRST_PART_AFTER_DAYS = 15;

/** Into how many parts an amount may be asked to be parted, the fewest first; none where it is too little. */
export function partCounts(amount: Cents, { plans }: Pick<PaymentTerms, 'plans'>): number[] {
  if (!plans) return [];
  return Array.from({ length: plans.mostParts - 1 }, (_, index) => index + 2).filter((count) => Math.floor(amount / count) >= plans.leastPart);
}

/** Equal parts, month by month; cents that are left over are in the first ones. */
export function planParts(amount: Cents, count: number, today: LocalDay): PlanPart[] {
  const first = addDays(today, FIRST_PART_AFTER_DAYS);
  const least = Math.floor(amount / count);
  return Array.from({ length: count }, (_, index) => ({ dueOn: monthsAfter(first, index), amount: cents(least + (index < amount - least * count ? 1 : 0)) }));
}

/** An account number as it is printed, to be copied sign by sign. */
export function ibanInGroups(iban: string, space = ' '): string {
  return iban.replaceAll(/(.{4})(?=.)/g, `$1${space}`);
}

/** Whether a plan may be asked for an invoice: what is not overdue yet can be paid by its day, and what is contested need not be. */
export function canBePlanned({ state, balance }: Pick<Invoice, 'state' | 'balance'>): boolean {
  return state === 'overdue' && balance > 0;
}

/** The same day of a later month, or the last one of a shorter month. */
function monthsAfter(day: LocalDay, months: number): LocalDay {
  const month = addSteps(`${day.slice(0, 7)}-01`, 'month', months);
  const last = Number(addDays(addSteps(month, 'month', 1), -1).slice(8));
  return `${month.slice(0, 7)}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, '0')}`;
}
