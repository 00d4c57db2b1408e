/** How contracts are paid, as the database has it, and what the utility's people see and decide of it. */
import { instant, localDay, staleByPaymentMeans, type Cents, type LocalDay, type Mandate, type PaymentMeansDetails, type PaymentPlan, type PaymentTerms, type TimeZone } from '@oya/contract';
import type { Selectable } from 'kysely';
import { decide } from '../agents/decide.ts';
import { noteChange } from '../changes/note-change.ts';
import type { MailPlace } from '../command-mail.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { Keys } from '../identity/keys.ts';
import { unseal } from '../identity/seal.ts';
import type { ContractKey } from './read-invoices.ts';

export async function readPaymentMeans(db: Database, { utilityId, contractId }: ContractKey, terms: PaymentTerms, timeZone: TimeZone): Promise<PaymentMeansDetails> {
  const { payment: means } = await db.selectFrom('contract').select('payment').where('utility_id', '=', utilityId).where('id', '=', contractId).executeTakeFirstOrThrow();
  const row = await mandatesOf(db, { utilityId, contractId }).where('revoked_at', 'is', null).executeTakeFirst();
  const plans = await db.selectFrom('payment_plan').selectAll().where('utility_id', '=', utilityId).where('contract_id', '=', contractId).orderBy('asked_at', 'desc').orderBy('key', 'desc').execute();
  return {
    means, terms,
    mandate: row ? mandateOf(row, terms, timeZone) : null,
    plans: plans.map(({ id, state, asked_at, invoices, amount_cents, parts, words, answer }): PaymentPlan => ({ id, state, askedAt: instant(asked_at.getTime()), invoices, amount: amount_cents as Cents, parts, words, answer })),
  };
}

/** All that there have been, the latest first. */
export async function readMandates(db: Database, key: ContractKey, terms: PaymentTerms, timeZone: TimeZone): Promise<(Mandate & { readonly revokedOn: LocalDay | null })[]> {
  const rows = await mandatesOf(db, key).orderBy('signed_at', 'desc').orderBy('reference', 'desc').execute();
  return rows.map((row) => ({ ...mandateOf(row, terms, timeZone), revokedOn: row.revoked_at && localDay(row.revoked_at.getTime(), timeZone) }));
}

function mandatesOf(db: Database, { utilityId, contractId }: ContractKey) {
  return db.selectFrom('mandate').selectAll().where('utility_id', '=', utilityId).where('contract_id', '=', contractId);
}

function mandateOf(row: Selectable<Schema['mandate']>, { debit }: PaymentTerms, timeZone: TimeZone): Mandate {
  return {
    reference: row.reference, creditor: debit?.creditor ?? '', creditorIdentifier: debit?.identifier ?? '', accountHolder: row.account_holder,
    ...(row.account_masked !== null && { account: row.account_masked }), signedOn: localDay(row.signed_at.getTime(), timeZone),
  };
}

export interface MandateInForce {
  readonly utilityId: string;
  readonly reference: string;
  readonly contractNumber: string;
  readonly accountHolder: string;
  /** `null` where it was given on paper. */
  readonly iban: string | null;
  readonly signedAt: Date;
}

/** Those that debits may be asked by, for the utility's bank. */
export async function mandatesInForce(db: Database, keys: Keys, utilityId: string): Promise<MandateInForce[]> {
  const rows = await db
    .selectFrom('mandate')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'mandate.utility_id').onRef('contract.id', '=', 'mandate.contract_id'))
    .selectAll('mandate')
    .select('contract.number as contractNumber')
    .where('mandate.utility_id', '=', utilityId)
    .where('revoked_at', 'is', null)
    .orderBy('signed_at')
    .execute();
  const key = await keys.of('account');
  return rows.map(({ reference, contractNumber, account_holder: accountHolder, account_sealed, signed_at: signedAt }) => ({ utilityId, reference, contractNumber, accountHolder, iban: account_sealed === null ? null : (unseal(account_sealed, key) as string), signedAt }));
}

export interface AskedPlan extends Pick<PaymentPlan, 'id' | 'invoices' | 'parts' | 'words'> {
  readonly utilityId: string;
  readonly contractNumber: string;
  readonly amount: number;
  readonly askedAt: Date;
}

/** Those that wait for an answer, the oldest first. */
export async function askedPlans(db: Database): Promise<AskedPlan[]> {
  return db
    .selectFrom('payment_plan as plan')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'plan.utility_id').onRef('contract.id', '=', 'plan.contract_id'))
    .select(['plan.utility_id as utilityId', 'plan.id', 'plan.invoices', 'plan.parts', 'plan.words', 'plan.amount_cents as amount', 'plan.asked_at as askedAt', 'contract.number as contractNumber'])
    .where('state', '=', 'asked')
    .orderBy('plan.asked_at')
    .execute();
}

/**
 * Answers a plan; whoever asked for it is told by mail that there is an answer.
 * @returns `false` where none of that name waits
 */
export async function answerPlan(place: MailPlace, id: string, state: 'accepted' | 'refused', words: string | undefined): Promise<boolean> {
  const { db, utilities, now } = place;
  const asked = await db.selectFrom('payment_plan').select('utility_id').where('id', '=', id).executeTakeFirst();
  const tenant = asked && (await utilities.find(asked.utility_id));
  if (!tenant) return false;
  return decide(place, tenant, async (transaction) => {
    const plan = await transaction
      .updateTable('payment_plan')
      .set({ state, answered_at: new Date(now), answer: words ?? null })
      .where('id', '=', id)
      .where('state', '=', 'asked')
      .returning(['utility_id', 'contract_id', 'customer_id'])
      .executeTakeFirst();
    if (!plan) return undefined;
    const { utility_id: utilityId, contract_id: contractId, customer_id: customerId } = plan;
    await noteChange(transaction, { utilityId, contractId }, staleByPaymentMeans(contractId));
    return { customerId, noted: { kind: `payment-plan-${state}`, contractId }, page: 'invoices', told: (address) => ({ kind: 'payment-plan-answered', isAccepted: state === 'accepted', address }) };
  });
}
