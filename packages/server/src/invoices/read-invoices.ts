/** Invoices of a contract as the database has them: who may see them was asked before. */
import { addSteps, instant, listedInvoices, sum, type Cents, type InstalmentPlan, type Invoice, type InvoiceDispute, type InvoiceList, type InvoicePayment, type InvoiceRecord, type LocalDay } from '@oya/contract';
import { sql } from 'kysely';
import { attachmentsOfDispute } from '../attachments/store.ts';
import type { Database } from '../database/open.ts';
import { consumedPeriods, type ConsumedPeriod } from './consumed-periods.ts';

/** A contract of a utility. */
export interface ContractKey {
  readonly utilityId: string;
  readonly contractId: string;
}

/**
 * All of a contract, as a list shows them on a day: without their bills, thousands are read at once.
 * @param now epoch milliseconds: payments that are under way then are waited for
 */
export async function readInvoices(db: Database, { utilityId, contractId }: ContractKey, today: LocalDay, now: number): Promise<Invoice[]> {
  const rows = await db
    .selectFrom('invoice')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'invoice.utility_id').onRef('contract.id', '=', 'invoice.contract_id'))
    .select(['invoice.number', 'invoice.kind', 'invoice.issued_on', 'invoice.due_on', 'invoice.total_cents', 'invoice.is_estimated', 'contract.payment'])
    .select(({ ref }) => [ref('invoice.period_from').$notNull().as('period_from'), ref('invoice.period_to').$notNull().as('period_to')])
    .where('invoice.utility_id', '=', utilityId)
    .where('invoice.contract_id', '=', contractId)
    .where('invoice.bill', 'is not', null)
    .execute();
  const paid = sumsBy(await db.selectFrom('invoice_payment').innerJoin('invoice', (join) => join.onRef('invoice.utility_id', '=', 'invoice_payment.utility_id').onRef('invoice.number', '=', 'invoice_payment.number'))
    .where('invoice.utility_id', '=', utilityId).where('invoice.contract_id', '=', contractId)
    .select(['invoice_payment.number', sql<number>`sum(amount_cents)::bigint`.as('amount')]).groupBy('invoice_payment.number').execute());
  const instalments = sumsBy(await db.selectFrom('instalment_plan as plan').innerJoin('instalment', (join) => join.onRef('instalment.utility_id', '=', 'plan.utility_id').onRef('instalment.contract_id', '=', 'plan.contract_id').onRef('instalment.period_from', '=', 'plan.period_from'))
    .where('plan.utility_id', '=', utilityId).where('plan.contract_id', '=', contractId).where('plan.settled_by', 'is not', null).where('paid_on', 'is not', null)
    .select([({ ref }) => ref('plan.settled_by').$notNull().as('number'), sql<number>`sum(amount_cents)::bigint`.as('amount')]).groupBy('plan.settled_by').execute());
  const disputed = new Set((await db.selectFrom('invoice_dispute').innerJoin('invoice', (join) => join.onRef('invoice.utility_id', '=', 'invoice_dispute.utility_id').onRef('invoice.number', '=', 'invoice_dispute.number'))
    .where('invoice.utility_id', '=', utilityId).where('invoice.contract_id', '=', contractId).where('answered_at', 'is', null).select('invoice.number').execute()).map(({ number }) => number));
  const held = new Set((await db.selectFrom('payment_line').innerJoin('payment', 'payment.id', 'payment_line.payment_id')
    .where('payment.utility_id', '=', utilityId).where('payment.contract_id', '=', contractId).where('payment.holds_until', '>', new Date(now)).select('payment_line.number').execute()).map(({ number }) => number));
  const plans = await db.selectFrom('payment_plan').select(['state', 'invoices', 'amount_cents', 'parts']).where('utility_id', '=', utilityId).where('contract_id', '=', contractId).where('state', '=', 'accepted').orderBy('asked_at', 'desc').orderBy('key', 'desc').execute();
  const records = rows.map(({ number, kind, issued_on: issuedOn, due_on: dueOn, total_cents, is_estimated: isEstimated, payment, period_from, period_to }): InvoiceRecord => ({
    id: number, contractId, number, kind, issuedOn, dueOn, period: { from: period_from, to: period_to }, total: total_cents as Cents, isEstimated,
    instalments: instalments.get(number) ?? (0 as Cents), paid: paid.get(number) ?? (0 as Cents), means: payment.kind, isConfirming: held.has(number), isDisputed: disputed.has(number),
  }));
  return listedInvoices(records, plans.map(({ amount_cents, ...plan }) => ({ ...plan, amount: amount_cents as Cents })), today);
}

/** What came for an invoice, the oldest first. */
export async function readPayments(db: Database, utilityId: string, number: string): Promise<InvoicePayment[]> {
  const rows = await db.selectFrom('invoice_payment').select(['paid_on', 'amount_cents', 'means']).where('utility_id', '=', utilityId).where('number', '=', number).orderBy('paid_on').orderBy('key').execute();
  return rows.map(paymentOf);
}

/** What instalments had paid of a settlement. */
export async function readInstalments(db: Database, utilityId: string, number: string): Promise<InvoicePayment[]> {
  const rows = await db
    .selectFrom('instalment_plan as plan')
    .innerJoin('instalment', (join) => join.onRef('instalment.utility_id', '=', 'plan.utility_id').onRef('instalment.contract_id', '=', 'plan.contract_id').onRef('instalment.period_from', '=', 'plan.period_from'))
    .select(['amount_cents', 'means'])
    .select(({ ref }) => ref('paid_on').$notNull().as('paid_on'))
    .where('plan.utility_id', '=', utilityId)
    .where('plan.settled_by', '=', number)
    .where('paid_on', 'is not', null)
    .orderBy('paid_on')
    .execute();
  return rows.map(paymentOf);
}

/** The latest dispute about an invoice. */
export async function readDispute(db: Database, utilityId: string, number: string): Promise<InvoiceDispute | null> {
  const row = await disputesOf(db, utilityId).where('dispute.number', '=', number).limit(1).executeTakeFirst();
  return row ? disputeOf(db, row) : null;
}

/** Whatever was contested of a contract, the latest first. */
export async function readDisputes(db: Database, { utilityId, contractId }: ContractKey): Promise<(InvoiceDispute & { readonly invoiceId: string })[]> {
  const rows = await disputesOf(db, utilityId)
    .innerJoin('invoice', (join) => join.onRef('invoice.utility_id', '=', 'dispute.utility_id').onRef('invoice.number', '=', 'dispute.number'))
    .where('invoice.contract_id', '=', contractId)
    .execute();
  const disputes = [];
  for (const row of rows) disputes.push({ invoiceId: row.number, ...(await disputeOf(db, row)) });
  return disputes;
}

function disputesOf(db: Database, utilityId: string) {
  return db.selectFrom('invoice_dispute as dispute').select(['dispute.id', 'dispute.number', 'dispute.opened_at', 'dispute.words', 'dispute.answered_at', 'dispute.answer']).where('dispute.utility_id', '=', utilityId).orderBy('dispute.opened_at', 'desc');
}

async function disputeOf(db: Database, { id, opened_at, words, answered_at, answer }: Awaited<ReturnType<ReturnType<typeof disputesOf>['executeTakeFirstOrThrow']>>): Promise<InvoiceDispute> {
  const attachments = await attachmentsOfDispute(db, id);
  return { openedAt: instant(opened_at.getTime()), words, answeredAt: answered_at && instant(answered_at.getTime()), answer, ...(attachments.length > 0 && { attachments }) };
}

/** What stands on an invoice of those before and after it: what is issued later changes nothing of the first. */
export async function readAround(db: Database, { utilityId, contractId }: ContractKey, { issuedOn, period }: Pick<Invoice, 'issuedOn' | 'period'>): Promise<{ history: ConsumedPeriod[]; nextOn: LocalDay | null }> {
  const ofContract = db.selectFrom('invoice').where('utility_id', '=', utilityId).where('contract_id', '=', contractId).where('bill', 'is not', null).where('kind', '!=', 'credit-note');
  const rows = await ofContract
    .select(['number', ({ ref }) => ref('bill').$notNull().as('bill')])
    .where('issued_on', '<=', issuedOn)
    .where('period_to', '<=', period.to)
    .where('period_from', '>=', addSteps(period.from, 'month', -24))
    .orderBy('period_from')
    .execute();
  const next = await ofContract.select('issued_on').where('issued_on', '>', issuedOn).orderBy('issued_on').limit(1).executeTakeFirst();
  const { next_invoice_on: coming } = await db.selectFrom('contract').select('next_invoice_on').where('utility_id', '=', utilityId).where('id', '=', contractId).executeTakeFirstOrThrow();
  return { history: consumedPeriods(rows), nextOn: next?.issued_on ?? (coming !== null && coming > issuedOn ? coming : null) };
}

/** What is known of the invoices to come. */
export async function readComing(db: Database, { utilityId, contractId }: ContractKey): Promise<Pick<InvoiceList, 'nextOn' | 'plan'>> {
  const { next_invoice_on: nextOn } = await db.selectFrom('contract').select('next_invoice_on').where('utility_id', '=', utilityId).where('id', '=', contractId).executeTakeFirstOrThrow();
  const plan = await db.selectFrom('instalment_plan').selectAll().where('utility_id', '=', utilityId).where('contract_id', '=', contractId).where('settled_by', 'is', null).orderBy('period_from', 'desc').limit(1).executeTakeFirst();
  if (!plan) return { nextOn, plan: null };
  const instalments = await db.selectFrom('instalment').select(['due_on as dueOn', 'amount_cents', 'paid_on as paidOn']).where('utility_id', '=', utilityId).where('contract_id', '=', contractId).where('period_from', '=', plan.period_from).orderBy('due_on').execute();
  const shown: InstalmentPlan['instalments'] = instalments.map(({ amount_cents, ...days }) => ({ ...days, amount: amount_cents as Cents }));
  return { nextOn, plan: { period: { from: plan.period_from, to: plan.period_to }, settlementOn: plan.settlement_on, instalments: shown, ...(plan.agreed_cents !== null && { agreed: plan.agreed_cents as Cents }) } };
}

function paymentOf({ paid_on: paidOn, amount_cents, means }: { paid_on: LocalDay; amount_cents: number; means: InvoicePayment['means'] }): InvoicePayment {
  return { paidOn, amount: amount_cents as Cents, means };
}

function sumsBy(rows: readonly { number: string; amount: number }[]): Map<string, Cents> {
  return new Map(rows.map(({ number, amount }) => [number, sum([amount as Cents])]));
}
