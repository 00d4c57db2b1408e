/** The instalments of years that are not settled yet: taken in from billing, changed by customers, told to billing again. */
import { Cents, changedInstalments, LocalDay, PaymentMeans, Period, staleByInvoices, type InstalmentPlan, type PaymentTerms, type Utility } from '@oya/contract';
import type { Transaction } from 'kysely';
import * as z from 'zod/mini';
import { noteChange } from '../changes/note-change.ts';
import type { Schema } from '../database/schema.ts';
import type { Database } from '../database/open.ts';
import { LineRefused, readLine, type Taken } from '../taken-lines.ts';
import { announce } from '../webhooks/announce.ts';
import { readComing, type ContractKey } from './read-invoices.ts';
import { contractNumbered } from './take-invoices.ts';

/** One line of a file of instalments: those of a contract for a year. */
export const IssuedInstalments = z.object({
  /** Number of the contract, as printed. */
  contract: z.string(),
  period: Period,
  settlementOn: LocalDay,
  /** How they are paid. */
  means: PaymentMeans.shape.kind,
  /** In the order of their days. */
  instalments: z.array(z.object({ dueOn: LocalDay, amount: Cents.check(z.minimum(1)), paidOn: z.nullable(LocalDay) })).check(z.minLength(1), z.maxLength(24)),
  /** Once there is one: the number of the invoice that settles the year. */
  settledBy: z.optional(z.string()),
});
export type IssuedInstalments = z.infer<typeof IssuedInstalments>;

/**
 * Reads one line of a file.
 * @throws LineRefused
 */
export function readIssuedInstalments(line: string): IssuedInstalments {
  const data = readLine(IssuedInstalments, line, 'the instalments of one contract');
  if (data.period.from >= data.period.to) throw new LineRefused('their year ends before it begins');
  if (data.instalments.some(({ dueOn }, at) => at > 0 && dueOn <= (data.instalments[at - 1]?.dueOn ?? ''))) throw new LineRefused('they are not in the order of their days, or two are of one day');
  return data;
}

/**
 * Takes in the instalments of a year: what billing says now takes the place of what it said before.
 * @throws LineRefused
 */
export async function takeInstalments(db: Database, utility: Utility, { contract: number, period, settlementOn, means, instalments, settledBy: settling }: IssuedInstalments): Promise<Taken> {
  const settledBy = settling ?? null;
  const contract = await contractNumbered(db, utility, number);
  if (settledBy !== null && !(await db.selectFrom('invoice').select('number').where('utility_id', '=', utility.id).where('contract_id', '=', contract.id).where('number', '=', settledBy).executeTakeFirst())) {
    throw new LineRefused(`it names the invoice ${settledBy}, which this contract does not have: take that one in first`);
  }
  const about = { utility_id: utility.id, contract_id: contract.id };
  const rows = instalments.map(({ dueOn, amount, paidOn }) => ({ due_on: dueOn, amount_cents: amount as number, paid_on: paidOn, means }));
  return db.transaction().execute(async (transaction): Promise<Taken> => {
    const known = await transaction.selectFrom('instalment').select(['due_on', 'amount_cents', 'paid_on', 'means']).where('utility_id', '=', utility.id).where('contract_id', '=', contract.id).where('period_from', '=', period.from).orderBy('due_on').execute();
    const plan = { period_to: period.to, settlement_on: settlementOn, settled_by: settledBy };
    const before = await transaction.selectFrom('instalment_plan').select(['period_to', 'settlement_on', 'settled_by']).where('utility_id', '=', utility.id).where('contract_id', '=', contract.id).where('period_from', '=', period.from).executeTakeFirst();
    if (JSON.stringify([before, known]) === JSON.stringify([plan, rows])) return 'known';
    await transaction.insertInto('instalment_plan').values({ ...about, period_from: period.from, ...plan }).onConflict((conflict) => conflict.columns(['utility_id', 'contract_id', 'period_from']).doUpdateSet(plan)).execute();
    await transaction.deleteFrom('instalment').where('utility_id', '=', utility.id).where('contract_id', '=', contract.id).where('period_from', '=', period.from).execute();
    await transaction.insertInto('instalment').values(rows.map((row) => ({ ...about, period_from: period.from, ...row }))).execute();
    await noteChange(transaction, { utilityId: utility.id, contractId: contract.id }, staleByInvoices(contract.id));
    return 'taken';
  });
}

/**
 * Changes what is still to come, and notes it for billing.
 * @returns the plan as it is now, and the day of the first that is another
 * @throws PortalError as `changedInstalments` does
 */
export async function changeInstalmentsOf(db: Transaction<Schema>, { utilityId, contractId }: ContractKey, customerId: string, amount: Cents, terms: PaymentTerms, { today, now }: { readonly today: LocalDay; readonly now: number }): Promise<{ plan: InstalmentPlan; from: LocalDay }> {
  // Of two changes at once the second sees the first.
  await db.selectFrom('instalment_plan').select('period_from').where('utility_id', '=', utilityId).where('contract_id', '=', contractId).where('settled_by', 'is', null).forUpdate().execute();
  const { plan } = await readComing(db, { utilityId, contractId });
  const { plan: changed, range } = changedInstalments(plan, amount, terms, today);
  const { from } = changed.period;
  await db.updateTable('instalment_plan').set({ agreed_cents: changed.agreed ?? null }).where('utility_id', '=', utilityId).where('contract_id', '=', contractId).where('period_from', '=', from).execute();
  await db.updateTable('instalment').set({ amount_cents: amount }).where('utility_id', '=', utilityId).where('contract_id', '=', contractId).where('period_from', '=', from).where('paid_on', 'is', null).where('due_on', '>=', range.firstOn).execute();
  await db
    .insertInto('instalment_change')
    .values({ utility_id: utilityId, contract_id: contractId, period_from: from, customer_id: customerId, changed_at: new Date(now), from_due_on: range.firstOn, before_cents: range.current, amount_cents: amount })
    .execute();
  await noteChange(db, { utilityId, contractId }, staleByInvoices(contractId));
  await announce(db, utilityId, { type: 'instalments.changed', data: { contractId, from: range.firstOn, amount } }, now);
  return { plan: changed, from: range.firstOn };
}

export interface InstalmentChange {
  readonly utilityId: string;
  readonly contractNumber: string;
  readonly changedAt: Date;
  /** The first one that is another. */
  readonly from: LocalDay;
  /** In cents. */
  readonly before: number;
  readonly amount: number;
}

/** What customers changed since a day, the oldest first: for billing. */
export async function instalmentChanges(db: Database, utilityId: string, since: Date): Promise<InstalmentChange[]> {
  return db
    .selectFrom('instalment_change as change')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'change.utility_id').onRef('contract.id', '=', 'change.contract_id'))
    .select(['change.utility_id as utilityId', 'contract.number as contractNumber', 'change.changed_at as changedAt', 'change.from_due_on as from', 'change.before_cents as before', 'change.amount_cents as amount'])
    .where('change.utility_id', '=', utilityId)
    .where('change.changed_at', '>=', since)
    .orderBy('change.changed_at')
    .orderBy('change.key')
    .execute();
}
