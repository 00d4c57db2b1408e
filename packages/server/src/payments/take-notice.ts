/** A notice of the provider comes in: it is checked, counted once, and moves money where it says so. */
import { localDay, paymentTrace, PortalError } from '@oya/contract';
import type { Database } from '../database/open.ts';
import { tell, tryFindAccount } from '../identity/accounts.ts';
import { noteBeside } from '../identity/audit.ts';
import type { Outbox } from '../mail/outbox.ts';
import { pageAddress } from '../mail/links.ts';
import type { Tenant } from '../utilities.ts';
import { announce } from '../webhooks/announce.ts';
import { bookEvent, lockContract } from './payment-book.ts';
import { fits, NoticeRefused, type NoticeRequest, type PaymentNotice } from './payment-provider.ts';
import type { PaymentSettings } from './payment-settings.ts';

export interface NoticePlace {
  readonly db: Database;
  readonly tenant: Tenant;
  readonly settings: PaymentSettings;
  readonly outbox: Pick<Outbox, 'prepare' | 'post'>;
  /** Where the links of a mail lead. */
  readonly site: string | undefined;
}

const TOLD_AS = { 'card-payment-paid': 'payment.succeeded', 'card-payment-refused': 'payment.failed', 'card-payment-refunded': 'payment.refunded' } as const;

/** `ignored`: about something else than a payment; `unfit`: kept, and counts for nothing. */
export type NoticeTaken = { readonly how: 'ignored' } | { readonly how: 'counted' | 'again' | 'unfit'; readonly notice: PaymentNotice };

/** @throws NoticeRefused for one that is not the provider's, cannot be understood or names no payment */
export async function takeNotice(place: NoticePlace, request: NoticeRequest): Promise<NoticeTaken> {
  const { db, tenant, settings } = place;
  const { utility } = tenant;
  const { now } = request;
  const notice = settings.provider.readNotice(request);
  if (!notice) return { how: 'ignored' };
  const payment = await db.selectFrom('payment').select(['contract_id', 'customer_id', 'amount_cents', 'is_live']).where('utility_id', '=', utility.id).where('id', '=', notice.tryId).executeTakeFirst();
  if (!payment) throw new NoticeRefused(`it names the payment ${notice.tryId}, which there is not`);
  const key = { utilityId: utility.id, contractId: payment.contract_id };
  const counts = fits(notice, { amount: payment.amount_cents as PaymentNotice['amount'] }, { isLive: payment.is_live });
  const { eventId, providerReference: reference, outcome, amount, currency, isLive, detail = null } = notice;
  await place.outbox.prepare();
  const how = await db.transaction().execute(async (transaction) => {
    await lockContract(transaction, key);
    const inserted = await transaction
      .insertInto('payment_notice')
      .values({ utility_id: utility.id, event_id: eventId, payment_id: notice.tryId, reference, outcome, amount_cents: amount, currency, is_live: isLive, counts, detail, at: new Date(now) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('event_id')
      .executeTakeFirst();
    if (!inserted || !counts) return inserted ? 'unfit' : 'again';
    const { was, is, kept } = await bookEvent(transaction, { ...key, id: notice.tryId, timeZone: utility.timeZone, event: { kind: 'notice', eventId, reference, outcome, amount, at: now } });
    const trace = paymentTrace(was, is);
    if (trace) await noteBeside({ db: transaction, tenant, now }, { kind: trace, customerId: payment.customer_id, by: 'system', contractId: payment.contract_id, details: { paymentId: notice.tryId } });
    if (trace) await announce(transaction, utility.id, { type: TOLD_AS[trace], data: { contractId: key.contractId, paymentId: notice.tryId, invoiceIds: kept.lines.map(({ invoiceId }) => invoiceId), amount, isTrial: !isLive } }, now);
    if (trace === 'card-payment-paid' && payment.customer_id !== null) {
      const { lines, owed } = kept;
      const account = await tryFindAccount({ db: transaction, utility, customerId: payment.customer_id });
      const receipt = { kind: 'payment-receipt', reference, amount, numbers: lines.map(({ number }) => number), owed, isTrial: !isLive, paidOn: localDay(now, utility.timeZone), address: pageAddress(utility, place.site, 'invoices') } as const;
      // Without its receipt nothing is booked: the provider tells again, and by then both are.
      if (account) await tell(account, receipt, { utility, outbox: place.outbox }, transaction);
    }
    return 'counted';
  });
  return { how, notice };
}

/** @throws PortalError `unsupported` where the utility takes no cards */
export function requirePayments(settings: PaymentSettings | undefined): PaymentSettings {
  if (!settings) throw new PortalError('unsupported', { detail: 'no payment provider is set up' });
  return settings;
}
