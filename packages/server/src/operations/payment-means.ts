import { askedPlan, PortalError, staleByPaymentMeans, type PaymentMeans, type PaymentMeansDetails } from '@oya/contract';
import { maskIban, requireIban } from '@oya/contract/iban';
import type { Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import { noteChange } from '../changes/note-change.ts';
import { isTaken } from '../database/errors.ts';
import type { Schema } from '../database/schema.ts';
import { findAccount, tell } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { requireConfirmation } from '../identity/confirmation.ts';
import { storable } from '../identity/credentials.ts';
import { seal } from '../identity/seal.ts';
import { requireHolder, todayOf } from '../identity/sight.ts';
import { changeInstalmentsOf } from '../invoices/instalments.ts';
import { readPaymentMeans } from '../invoices/payment-means.ts';
import { readInvoices } from '../invoices/read-invoices.ts';
import { pageAddress } from '../mail/links.ts';
import { announce } from '../webhooks/announce.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

export const getPaymentMeans: OperationHandler<'getPaymentMeans'> = async ({ contractId }, context) => {
  await requireHolder(contractId, context);
  return detailsOf(contractId, context);
};

/** Another account for debits is how money is led astray: the customer proves that it is them, and is told by mail in any case. */
export const signMandate: OperationHandler<'signMandate'> = async ({ contractId, accountHolder, iban: typed, currentPassword }, context) => {
  const { db, utility, customerId, now, keys, paymentTerms } = context;
  await requireHolder(contractId, context);
  if (!paymentTerms.debit) throw new PortalError('conflict', { detail: 'the utility takes no mandates online' });
  const iban = requireIban(typed);
  await requireConfirmation(context, currentPassword);
  const sealed = seal(iban, await keys.of('account'));
  await db.transaction().execute(async (transaction) => {
    const { number } = await transaction.selectFrom('contract').select('number').where('utility_id', '=', utility.id).where('id', '=', contractId).forUpdate().executeTakeFirstOrThrow();
    await revoke(transaction, contractId, context);
    const { count } = await transaction.selectFrom('mandate').select(({ fn }) => fn.countAll<string>().as('count')).where('utility_id', '=', utility.id).where('contract_id', '=', contractId).executeTakeFirstOrThrow();
    const reference = `${number || contractId}-${Number(count) + 1}`;
    await transaction
      .insertInto('mandate')
      .values({ utility_id: utility.id, reference, contract_id: contractId, customer_id: customerId, account_holder: storable(accountHolder), account_sealed: sealed, account_masked: maskIban(iban), signed_at: new Date(now) })
      .execute();
    await payBy(transaction, contractId, { kind: 'sepa-debit', accountEnd: iban.slice(-4) }, context);
    await announce(transaction, utility.id, { type: 'mandate.signed', data: { contractId, reference } }, now);
  });
  await noteEvent(context, { kind: 'mandate-signed', customerId, contractId });
  await tellOfMandate({ outcome: 'signed', account: maskIban(iban) }, context);
  return detailsOf(contractId, context);
};

export const revokeMandate: OperationHandler<'revokeMandate'> = async ({ contractId }, context) => {
  const { db, utility, customerId, now } = context;
  await requireHolder(contractId, context);
  await db.transaction().execute(async (transaction) => {
    const reference = await revoke(transaction, contractId, context);
    if (reference === undefined) throw new PortalError('conflict', { detail: 'there is no mandate' });
    await announce(transaction, utility.id, { type: 'mandate.revoked', data: { contractId, reference } }, now);
    await payBy(transaction, contractId, { kind: 'unknown' }, context);
  });
  await noteEvent(context, { kind: 'mandate-revoked', customerId, contractId });
  await tellOfMandate({ outcome: 'revoked', account: null }, context);
  return detailsOf(contractId, context);
};

/** Within what the utility allows, the change holds at once: billing reads it before the next debit is announced. */
export const changeInstalments: OperationHandler<'changeInstalments'> = async ({ contractId, amount }, context) => {
  const { db, utility, site, customerId, now, paymentTerms } = context;
  await requireHolder(contractId, context);
  const { plan, from } = await db.transaction().execute((transaction) => changeInstalmentsOf(transaction, { utilityId: utility.id, contractId }, customerId, amount, paymentTerms, { today: todayOf(context), now }));
  await noteEvent(context, { kind: 'instalments-changed', customerId, contractId });
  await tell(await findAccount(context), { kind: 'instalments-changed', amount, from, at: now, address: pageAddress(utility, site, 'invoices') }, context);
  return plan;
};

export const requestPaymentPlan: OperationHandler<'requestPaymentPlan'> = async ({ contractId, invoiceIds, parts, words }, context) => {
  const { db, utility, customerId, now, paymentTerms } = context;
  await requireHolder(contractId, context);
  const plan = askedPlan({ invoiceIds, parts }, await readInvoices(db, { utilityId: utility.id, contractId }, todayOf(context), now), paymentTerms, todayOf(context));
  await db
    .transaction()
    .execute(async (transaction) => {
      const id = randomUUID();
      await transaction
        .insertInto('payment_plan')
        .values({
          id, utility_id: utility.id, contract_id: contractId, customer_id: customerId, state: 'asked', asked_at: new Date(now), amount_cents: plan.amount, words: storable(words),
          invoices: JSON.stringify(plan.invoices), parts: JSON.stringify(plan.parts),
        })
        .execute();
      await noteChange(transaction, { utilityId: utility.id, contractId }, staleByPaymentMeans(contractId));
      await announce(transaction, utility.id, { type: 'payment_plan.requested', data: { contractId, planId: id } }, now);
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? new PortalError('conflict', { detail: 'a plan was asked for already, and waits for an answer' }) : error;
    });
  await noteEvent(context, { kind: 'payment-plan-asked', customerId, contractId });
  return detailsOf(contractId, context);
};

export const withdrawPaymentPlan: OperationHandler<'withdrawPaymentPlan'> = async ({ contractId, planId }, context) => {
  const { db, utility, customerId, now } = context;
  await requireHolder(contractId, context);
  const plan = await db.selectFrom('payment_plan').select('state').where('utility_id', '=', utility.id).where('contract_id', '=', contractId).where('id', '=', planId).executeTakeFirst();
  if (!plan) throw new PortalError('not-found', { detail: 'no such plan' });
  const withdrawn = await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction.updateTable('payment_plan').set({ state: 'withdrawn' }).where('id', '=', planId).where('state', '=', 'asked').executeTakeFirst();
    await noteChange(transaction, { utilityId: utility.id, contractId }, staleByPaymentMeans(contractId));
    if (numUpdatedRows > 0n) await announce(transaction, utility.id, { type: 'payment_plan.withdrawn', data: { contractId, planId } }, now);
    return numUpdatedRows > 0n;
  });
  if (!withdrawn) throw new PortalError('conflict', { detail: 'the utility has answered meanwhile, or it was withdrawn' });
  await noteEvent(context, { kind: 'payment-plan-withdrawn', customerId, contractId });
  return detailsOf(contractId, context);
};

function detailsOf(contractId: string, { db, utility, paymentTerms }: CustomerContext): Promise<PaymentMeansDetails> {
  return readPaymentMeans(db, { utilityId: utility.id, contractId }, paymentTerms, utility.timeZone);
}

/** @returns the reference of the one that there was */
async function revoke(db: Transaction<Schema>, contractId: string, { utility, now }: CustomerContext): Promise<string | undefined> {
  const revoked = await db.updateTable('mandate').set({ revoked_at: new Date(now) }).where('utility_id', '=', utility.id).where('contract_id', '=', contractId).where('revoked_at', 'is', null).returning('reference').executeTakeFirst();
  return revoked?.reference;
}

async function payBy(db: Transaction<Schema>, contractId: string, payment: PaymentMeans, { utility }: CustomerContext): Promise<void> {
  await db.updateTable('contract').set({ payment: JSON.stringify(payment) }).where('utility_id', '=', utility.id).where('id', '=', contractId).execute();
  await noteChange(db, { utilityId: utility.id, contractId }, staleByPaymentMeans(contractId));
}

async function tellOfMandate(about: { outcome: 'signed' | 'revoked'; account: string | null }, context: CustomerContext): Promise<void> {
  const { utility, site, now } = context;
  await tell(await findAccount(context), { kind: 'mandate', ...about, at: now, address: pageAddress(utility, site, 'invoices') }, context);
}
