/** Where invoices stand, and which of them a list shows: what whoever keeps them does with them, the server and the sandbox. */
import { readAmount } from './access.ts';
import type { PaymentMeans } from './contracts.ts';
import { PortalError } from './errors.ts';
import { isEstimated } from './invoice-lines.ts';
import type { InvoiceFilter, InvoiceOrder } from './invoice-list.ts';
import type { Bill, Invoice, InvoiceList, InvoiceState } from './invoices.ts';
import type { PaymentPlan } from './payment-means.ts';
import type { LocalDay } from './time.ts';
import { cents, sum, type Cents } from './units.ts';

/** What a utility knows of an invoice, and of the money that came for it. */
export interface InvoiceRecord extends Omit<Invoice, 'payable' | 'balance' | 'state' | 'planned'> {
  /** What instalments had paid of it before it was issued. */
  readonly instalments: Cents;
  /** What came since. */
  readonly paid: Cents;
  /** How its contract is paid. */
  readonly means: PaymentMeans['kind'];
  /** A payment of it has been asked of the provider, who has not told what became of it. */
  readonly isConfirming: boolean;
  readonly isDisputed: boolean;
}

export interface InvoiceQuestion {
  readonly year?: string | undefined;
  readonly show?: InvoiceFilter | undefined;
  /** A part of a number, or an amount, as people type them. */
  readonly search?: string | undefined;
  /** Default: the newest first. */
  readonly order?: InvoiceOrder | undefined;
  /** The cursor of a page. */
  readonly after?: string | undefined;
}

const FILTERS: Readonly<Record<InvoiceFilter, readonly InvoiceState[]>> = {
  'to-pay': ['open', 'overdue', 'planned', 'debit-planned', 'confirming'],
  paid: ['paid'],
  credit: ['credit', 'given-back'],
  disputed: ['disputed'],
};

const ORDERS: Readonly<Record<InvoiceOrder, (one: Invoice, other: Invoice) => number>> = {
  newest: (one, other) => compare(other.issuedOn, one.issuedOn),
  oldest: (one, other) => compare(one.issuedOn, other.issuedOn),
  highest: (one, other) => other.total - one.total,
  lowest: (one, other) => one.total - other.total,
};

/** As many as a page of the list holds. */
export const INVOICES_ON_A_PAGE = 50;

/** Where an invoice stands on a day. What was paid is paid, whatever else is said of it. */
export function invoiceState({ payable, balance, dueOn, means, isConfirming, isDisputed }: Pick<Invoice, 'payable' | 'balance' | 'dueOn'> & Pick<InvoiceRecord, 'means' | 'isConfirming' | 'isDisputed'>, today: LocalDay): InvoiceState {
  if (payable < 0) return balance < 0 ? 'credit' : 'given-back';
  if (balance <= 0) return 'paid';
  if (isDisputed) return 'disputed';
  if (isConfirming) return 'confirming';
  if (dueOn !== null && dueOn < today) return 'overdue';
  return means === 'sepa-debit' ? 'debit-planned' : 'open';
}

/** An invoice as a list shows it on a day. */
export function invoiceOf({ instalments, paid, means, isConfirming, isDisputed, ...invoice }: InvoiceRecord, today: LocalDay): Invoice {
  const payable = cents(invoice.total - instalments);
  const balance = cents(payable - paid);
  return { ...invoice, payable, balance, state: invoiceState({ payable, balance, dueOn: invoice.dueOn, means, isConfirming, isDisputed }, today) };
}

/**
 * All of a contract as a list shows them on a day: what is overdue is not, as long as it is paid by a plan.
 * @param plans of the contract, the latest first
 */
export function listedInvoices(records: readonly InvoiceRecord[], plans: readonly Pick<PaymentPlan, 'state' | 'invoices' | 'amount' | 'parts'>[], today: LocalDay): Invoice[] {
  const all = records.map((record) => invoiceOf(record, today));
  return all.map((invoice) => {
    const plan = invoice.state === 'overdue' ? plans.find(({ state, invoices }) => state === 'accepted' && invoices.includes(invoice.number)) : undefined;
    const planned = plan && planStanding(plan, sum(all.flatMap(({ number, balance }) => (plan.invoices.includes(number) ? [balance] : []))), today);
    return planned ? { ...invoice, state: 'planned', planned } : invoice;
  });
}

/**
 * How far an accepted plan is paid: whatever came for its invoices since it was asked for pays its parts in their order.
 * @param open what is open of its invoices
 * @returns `undefined` once a part is missed, or nothing is left
 */
export function planStanding({ amount, parts }: Pick<PaymentPlan, 'amount' | 'parts'>, open: Cents, today: LocalDay): Invoice['planned'] {
  const paid = Math.max(0, amount - open);
  let due = 0;
  for (const part of parts) {
    due += part.amount;
    if (due > paid) return part.dueOn < today ? undefined : { nextOn: part.dueOn, amount: cents(due - paid), until: parts.at(-1)?.dueOn ?? part.dueOn };
  }
  return undefined;
}

/** Whether some of a bill rests on an index that nobody had read. */
export function restsOnEstimates({ lines }: Pick<Bill, 'lines'>): boolean {
  return lines.some(isEstimated);
}

/**
 * The invoices of a contract that a question asks for, a page of them.
 * @param all of the contract, in any order
 * @param coming what is known of those to come, and what payments brought though nothing was open
 * @throws PortalError `invalid` for a cursor that is of none of them
 */
export function answerInvoices(question: InvoiceQuestion, all: readonly Invoice[], { owed = cents(0), ...coming }: Pick<InvoiceList, 'nextOn' | 'plan'> & { readonly owed?: Cents }): InvoiceList {
  const { year, show, order = 'newest', after } = question;
  const fits = searching(question.search);
  const found = all
    .filter((invoice) => (year === undefined || yearOf(invoice) === year) && (show === undefined || FILTERS[show].includes(invoice.state)) && fits(invoice))
    // Of two that are alike the number decides, so that pages never overlap.
    .sort((one, other) => ORDERS[order](one, other) || compare(other.number, one.number));
  const start = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw new PortalError('invalid', { detail: 'no such page', fields: [{ path: 'after', code: 'unknown' }] });
  const items = found.slice(start, start + INVOICES_ON_A_PAGE);
  const open = all.filter(({ state, balance }) => balance > 0 && FILTERS['to-pay'].includes(state));
  const overdue = open.flatMap(({ state, dueOn }) => (state === 'overdue' && dueOn !== null ? [dueOn] : []));
  return {
    items,
    ...(start + items.length < found.length && { next: items.at(-1)?.id }),
    count: found.length,
    years: [...Map.groupBy(all, yearOf)].map(([each, { length: count }]) => ({ year: each, count })).sort((one, other) => compare(other.year, one.year)),
    toPay: sum(open.map(({ balance }) => balance)),
    overdueSince: overdue.sort()[0] ?? null,
    credit: sum([owed, ...all.flatMap(({ state, balance }) => (state === 'credit' ? [-balance as Cents] : []))]),
    ...coming,
  };
}

/** The one before an invoice, and the one for the same days a year before, to compare with: credit notes compare with nothing. */
export function comparableWith({ id, period: { from, to } }: Pick<Invoice, 'id' | 'period'>, all: readonly Pick<Invoice, 'id' | 'kind' | 'period'>[]): { previousId: string | null; yearBeforeId: string | null } {
  const others = all.filter((invoice) => invoice.kind !== 'credit-note' && invoice.id !== id);
  const yearBefore = (day: LocalDay): LocalDay => `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
  return {
    previousId: others.find(({ period }) => period.to === from)?.id ?? null,
    yearBeforeId: others.find(({ period }) => period.from === yearBefore(from) && period.to === yearBefore(to))?.id ?? null,
  };
}

function searching(search: string | undefined): (invoice: Invoice) => boolean {
  const typed = search?.trim() ?? '';
  if (typed === '') return () => true;
  const amount = readAmount(typed);
  const number = typed.normalize('NFKC').replaceAll(/[\s.\-‐-―/_]/gu, '').toUpperCase();
  return (invoice) => (number !== '' && invoice.number.includes(number)) || (amount !== undefined && [invoice.total, invoice.payable, invoice.balance].some((each) => Math.abs(each) === Math.abs(amount)));
}

function yearOf({ issuedOn }: Pick<Invoice, 'issuedOn'>): string {
  return issuedOn.slice(0, 4);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
