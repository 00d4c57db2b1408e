/** The invoices of the demo as their customers find them: what was paid of each, when the next comes, and what else became of it. */
import {
  addDays, addSteps, cents, daysBetween, instant, localDay, restsOnEstimates, reversed, stepStart, sum, totalsOf,
  type Bill, type Cents, type Contract, type InstalmentPlan, type Instant, type InvoiceDispute, type InvoiceKind, type InvoicePayment, type InvoiceRecord, type LocalDay, type PaymentMeans,
} from '@oya/contract';
import { billsOf, invoiceNumber, issueOf, monthsBetween, type PersonaBill } from './bills.ts';
import { randomAt } from './generator/random.ts';
import { papersOf } from './papers.ts';
import type { Persona } from './personas.ts';

/** An invoice as issued, and what came of it. */
export interface PersonaInvoice {
  readonly number: string;
  readonly contractId: string;
  readonly kind: InvoiceKind;
  readonly issuedOn: LocalDay;
  readonly dueOn: LocalDay | null;
  readonly bill: Bill;
  /** Number of the invoice that a credit note is about. */
  readonly about: string | null;
  readonly instalments: readonly InvoicePayment[];
  readonly payments: readonly InvoicePayment[];
  readonly dispute: InvoiceDispute | null;
}

type Who = Pick<Persona, 'utility' | 'meters'>;

/** Days after the issue on which those who pay by themselves do. */
const PAID_AFTER_DAYS: Readonly<Record<PaymentMeans['kind'], number>> = { 'sepa-debit': 15, card: 3, transfer: 9, cheque: 11, unknown: 6 };
/** Who has not paid their last ones. */
const LEFT_UNPAID: Readonly<Record<Contract['id'], number>> = { 'lucien-electricity': 2, 'sofiane-electricity': 1, 'odette-electricity': 1 };
/** Whose last invoice but one is contested, how many days after its issue, and in which words. */
const DISPUTED: Readonly<Record<Contract['id'], { readonly afterDays: number; readonly words: string }>> = {
  'nadia-gas': { afterDays: 4, words: 'Nous étions absents deux semaines et le chauffage était coupé : ce volume me paraît beaucoup trop élevé.' },
};
/** Who got the standing charge of their last invoice but one back, after a day without power. */
const GIVEN_BACK: ReadonlySet<Contract['id']> = new Set(['ines-electricity']);
/** Credit notes have numbers of their own. */
const OF_CREDIT_NOTES = '9';
const CREDITED_AFTER_DAYS = 6;

/** Ten months of the year are paid, on this day of the month. */
const INSTALMENTS = 10;
const INSTALMENT_DAY = 5;
const ESTIMATE_OF_YEAR = 43;

/** The invoices of a contract that were issued until an instant, the oldest first. */
export function invoicesOf(persona: Who, contract: Contract, now: Instant): PersonaInvoice[] {
  const zone = zoneOf(persona, contract);
  if (zone === undefined) return [];
  const today = localDay(Date.parse(now), zone);
  const bills = billsOf(persona, contract, now);
  const isSettled = isPaidByInstalments(persona, contract);
  const invoices = bills.map((bill, index): PersonaInvoice => {
    const { number, contractId, issuedOn, bill: charged } = bill;
    const instalments = isSettled ? instalmentsOf(contract, charged.period.from, instalmentFor(bills[index - 1] ?? bill)).filter(({ paidOn }) => paidOn <= issuedOn) : [];
    const payable = cents(charged.totals.total - sum(instalments.map(({ amount }) => amount)));
    const isLeft = bills.length - index <= (LEFT_UNPAID[contract.id] ?? 0);
    const dispute = index === bills.length - 2 ? disputeOf(contract, issuedOn, today) : null;
    return {
      number, contractId, kind: isSettled ? 'settlement' : 'invoice', issuedOn, dueOn: payable > 0 ? bill.dueOn : null, bill: charged, about: null, instalments,
      payments: isLeft || dispute ? [] : paymentOf(contract, issuedOn, payable, today), dispute,
    };
  });
  const given = GIVEN_BACK.has(contract.id) ? creditNoteFor(persona, contract, bills.at(-2), today) : undefined;
  return given ? [...invoices, given].sort((one, other) => (one.issuedOn < other.issuedOn ? -1 : 1)) : invoices;
}

/** The same as a list's rule takes it. */
export function recordOf({ bill, instalments, payments, dispute, about: _, ...invoice }: PersonaInvoice, contract: Contract): InvoiceRecord {
  return {
    ...invoice, id: invoice.number, period: bill.period, total: bill.totals.total, isEstimated: restsOnEstimates(bill),
    instalments: sum(instalments.map(({ amount }) => amount)), paid: sum(payments.map(({ amount }) => amount)),
    means: papersOf(contract).payment.kind, isConfirming: false, isDisputed: dispute !== null && dispute.answeredAt === null,
  };
}

/** Around when the next invoice is issued; `null` for a contract that has ended. */
export function nextInvoiceOn(persona: Who, contract: Contract, now: Instant): LocalDay | null {
  const zone = zoneOf(persona, contract);
  if (zone === undefined || contract.to !== null) return null;
  const source = persona.meters.find(({ meter }) => meter.contractId === contract.id);
  const last = billsOf(persona, contract, now).at(-1);
  const since = last?.bill.period.to ?? firstOfMonth(contract.from);
  return issueOf(addSteps(since, 'month', monthsBetween(contract, source)));
}

/** The instalments of the year that is not settled yet. */
export function instalmentPlanOf(persona: Who, contract: Contract, now: Instant): InstalmentPlan | null {
  const zone = zoneOf(persona, contract);
  const last = billsOf(persona, contract, now).at(-1);
  if (zone === undefined || !last || !isPaidByInstalments(persona, contract)) return null;
  const today = localDay(Date.parse(now), zone);
  const { to: from } = last.bill.period;
  const to = addSteps(from, 'month', 12);
  const instalments = instalmentsOf(contract, from, instalmentFor(last)).map(({ paidOn: dueOn, amount }) => ({ dueOn, amount, paidOn: dueOn < today ? dueOn : null }));
  return { period: { from, to }, settlementOn: issueOf(to), instalments };
}

export function isPaidByInstalments(persona: Who, contract: Contract): boolean {
  return monthsBetween(contract, persona.meters.find(({ meter }) => meter.contractId === contract.id)) === 12;
}

/** A tenth of a year like that one, to the whole euro: by what was known then, which was a little less or more. */
function instalmentFor({ bill: { period, totals } }: PersonaBill): Cents {
  const supposed = 0.88 + 0.2 * randomAt(Number(period.to.slice(0, 4)), ESTIMATE_OF_YEAR, daysBetween(period.from, period.to));
  return cents(Math.round((totals.total * supposed) / INSTALMENTS / 100) * 100);
}

/** From the month after the year began on, as its amount is told before. */
function instalmentsOf(contract: Contract, from: LocalDay, amount: Cents): InvoicePayment[] {
  const { kind: means } = papersOf(contract).payment;
  return Array.from({ length: INSTALMENTS }, (_, index) => ({ paidOn: addDays(addSteps(from, 'month', index + 1), INSTALMENT_DAY - 1), amount, means }));
}

function paymentOf(contract: Contract, issuedOn: LocalDay, amount: Cents, today: LocalDay): InvoicePayment[] {
  const { kind } = papersOf(contract).payment;
  const paidOn = addDays(issuedOn, PAID_AFTER_DAYS[kind]);
  return amount === 0 || paidOn > today ? [] : [{ paidOn, amount, means: amount < 0 ? 'transfer' : kind === 'unknown' ? 'card' : kind }];
}

function disputeOf({ id }: Contract, issuedOn: LocalDay, today: LocalDay): InvoiceDispute | null {
  const disputed = DISPUTED[id];
  const day = addDays(issuedOn, disputed?.afterDays ?? 0);
  if (!disputed || day > today) return null;
  return { openedAt: instant(Date.parse(`${day}T16:20:00Z`)), words: disputed.words, answeredAt: null, answer: null };
}

function creditNoteFor({ utility }: Who, { id, deliveryPoint }: Contract, corrected: PersonaBill | undefined, today: LocalDay): PersonaInvoice | undefined {
  const issuedOn = corrected && addDays(corrected.issuedOn, CREDITED_AFTER_DAYS);
  if (!corrected || issuedOn === undefined || issuedOn > today) return undefined;
  const lines = corrected.bill.lines.filter(({ what }) => what === 'standing-charge').map(reversed);
  return {
    number: invoiceNumber(utility, issuedOn, `${OF_CREDIT_NOTES}${deliveryPoint.slice(-5)}`), contractId: id, kind: 'credit-note', issuedOn, dueOn: null,
    bill: { period: corrected.bill.period, lines, givenBack: [], totals: totalsOf(lines) }, about: corrected.number, instalments: [], payments: [], dispute: null,
  };
}

function firstOfMonth(day: LocalDay): LocalDay {
  const first = stepStart(day, 'month');
  return first === day ? first : addSteps(first, 'month', 1);
}

function zoneOf({ meters }: Who, contract: Contract): string | undefined {
  return meters.find(({ meter }) => meter.contractId === contract.id)?.timeZone;
}
