import { canBeCancelled, payableInvoices, planPayment, PortalError, RETURN_PARAMETER, standingOf, startedPayment, staleByPayments, type Payment } from '@oya/contract';
import { randomUUID } from 'node:crypto';
import { noteChange } from '../changes/note-change.ts';
import { ownLanguage, tryFindAccount } from '../identity/accounts.ts';
import { requireHolder, todayOf } from '../identity/sight.ts';
import { readInvoices, type ContractKey } from '../invoices/read-invoices.ts';
import { bookEvent, lockContract, paymentOf, readPaymentBook, type KeptPayment } from '../payments/payment-book.ts';
import { PaymentProviderBusy } from '../payments/payment-provider.ts';
import { requirePayments } from '../payments/take-notice.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

export const describePayment: OperationHandler<'describePayment'> = async ({ contractId }, context) => {
  const key = await keyOf(contractId, context);
  const { name: provider, isLive, partial } = requirePayments(context.payments);
  const { db, now } = context;
  const underWay = await shown(await readPaymentBook(db, key, { holdingAt: now }), context);
  return { invoices: payableInvoices(await readInvoices(db, key, todayOf(context), now)), partial, underWay, provider, isTrial: !isLive };
};

export const startPayment: OperationHandler<'startPayment'> = async ({ returnUrl, lang, ...confirmed }, context) => {
  const { db, utility, customerId, now } = context;
  const { contractId, amount } = confirmed;
  const key = await keyOf(contractId, context);
  const { name, provider, isLive, partial } = requirePayments(context.payments);
  // Nobody is sent back to a page of somebody else.
  if (!context.isOwnPage(returnUrl)) throw new PortalError('invalid', { detail: 'not a page of a site of this utility: see OYA_ORIGINS', fields: [{ path: 'returnUrl', code: 'not-allowed' }] });
  const id = randomUUID();
  const email = (await tryFindAccount(context))?.email;
  const language = lang ?? (await ownLanguage(context));
  const planned = await db.transaction().execute(async (transaction) => {
    await lockContract(transaction, key);
    const lines = planPayment(confirmed, await readInvoices(transaction, key, todayOf(context), now), partial);
    const { holdsUntil } = standingOf(startedPayment(now), now);
    await transaction
      .insertInto('payment')
      .values({ id, utility_id: utility.id, contract_id: contractId, customer_id: customerId, provider: name, amount_cents: amount, is_live: isLive, started_at: new Date(now), holds_until: new Date(holdsUntil as number) })
      .execute();
    await transaction.insertInto('payment_line').values(lines.map(({ number, asked }, position) => ({ payment_id: id, position, utility_id: utility.id, number, asked_cents: asked }))).execute();
    await noteChange(transaction, key, staleByPayments(contractId));
    return lines;
  });
  const back = new URL(returnUrl);
  back.searchParams.set(RETURN_PARAMETER, id);
  try {
    const departure = await provider.depart({ id, amount, startedAt: now, subject: subjectOf(planned.map(({ number }) => number), language), customer: { id: customerId, email }, language, returnUrl: back.href });
    return { payment: await find(key, id, context), departure };
  } catch (error) {
    if (!(error instanceof PaymentProviderBusy)) throw error;
    // It may have begun something all the same: what it says of that later counts.
    await book(key, id, { kind: 'cancelled', at: now }, context);
    throw new PortalError('unavailable', { code: 'provider-busy', detail: 'the payment provider does not answer, and nothing was begun', cause: error });
  }
};

export const listPayments: OperationHandler<'listPayments'> = async ({ contractId }, context) => {
  const key = await keyOf(contractId, context);
  requirePayments(context.payments);
  return { items: await shown(await readPaymentBook(context.db, key), context) };
};

/** All of a contract that the customer holds, for whoever takes their data away: also where cards are no longer taken. */
export async function allPayments(contractId: string, context: CustomerContext): Promise<Payment[]> {
  return shown(await readPaymentBook(context.db, { utilityId: context.utility.id, contractId }), context);
}

export const getPayment: OperationHandler<'getPayment'> = async ({ contractId, paymentId }, context) => {
  const key = await keyOf(contractId, context);
  requirePayments(context.payments);
  return find(key, paymentId, context);
};

export const returnFromPayment: OperationHandler<'returnFromPayment'> = async ({ contractId, paymentId }, context) => {
  const key = await keyOf(contractId, context);
  requirePayments(context.payments);
  return book(key, paymentId, { kind: 'returned', at: context.now }, context);
};

export const cancelPayment: OperationHandler<'cancelPayment'> = async ({ contractId, paymentId }, context) => {
  const key = await keyOf(contractId, context);
  requirePayments(context.payments);
  return book(key, paymentId, { kind: 'cancelled', at: context.now }, context);
};

/** @throws PortalError `not-found` or `forbidden` */
async function keyOf(contractId: string, context: CustomerContext): Promise<ContractKey> {
  await requireHolder(contractId, context);
  return { utilityId: context.utility.id, contractId };
}

/** @throws PortalError `not-found` */
async function find(key: ContractKey, id: string, context: CustomerContext): Promise<Payment> {
  const [payment] = await shown(await readPaymentBook(context.db, key, { id }), context);
  if (!payment) throw missing();
  return payment;
}

/** @throws PortalError `not-found`, and `conflict` where it is too late to cancel it */
async function book(key: ContractKey, id: string, event: { readonly kind: 'returned' | 'cancelled'; readonly at: number }, context: CustomerContext): Promise<Payment> {
  await context.db.transaction().execute(async (transaction) => {
    await lockContract(transaction, key);
    const [kept] = await readPaymentBook(transaction, key, { id });
    if (!kept) throw missing();
    const { state } = standingOf(kept.facts, event.at);
    if (event.kind === 'cancelled' && !canBeCancelled(state)) throw new PortalError('conflict', { detail: 'it is paid, or nobody knows yet' });
    await bookEvent(transaction, { ...key, id, event, timeZone: context.utility.timeZone });
  });
  return find(key, id, context);
}

function missing(): PortalError {
  return new PortalError('not-found', { detail: 'no such payment of this contract' });
}

async function shown(kept: readonly KeptPayment[], context: CustomerContext): Promise<Payment[]> {
  const email = kept.length === 0 ? undefined : (await tryFindAccount(context))?.email;
  return kept.map((payment) => paymentOf(payment, context.now, payment.row.customer_id === context.customerId ? email : undefined));
}

/** What the customer reads on the provider's page. */
function subjectOf(numbers: readonly string[], language: string): string {
  const [one, other] = /^en\b/i.test(language) ? ['Bill', 'Bills'] : ['Facture', 'Factures'];
  return `${numbers.length === 1 ? one : other} ${numbers.join(', ')}`.slice(0, 255);
}
