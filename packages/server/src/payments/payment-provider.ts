/**
 * Who takes card payments: the customer leaves for the provider's own page, and the provider tells the portal what came of it
 * by a signed notice. No card number ever comes near the portal. What the browser brings back says nothing for sure.
 */
import type { Cents, Departure, PaymentOutcome } from '@oya/contract';

export type { Departure, PaymentOutcome } from '@oya/contract';

/** One try to pay: each has an id of its own, also for the same invoices. */
export interface PaymentTry {
  /** Letters, digits, `-` and `_`, 64 at most. */
  readonly id: string;
  readonly amount: Cents;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** What the customer reads on the provider's page: the numbers of the invoices. */
  readonly subject: string;
  readonly customer: { readonly id: string; readonly email: string | undefined };
  /** BCP 47. */
  readonly language: string;
  /** Where the customer comes back to, whatever came of it. */
  readonly returnUrl: string;
}

/** What a provider says, its signature checked. */
export interface PaymentNotice {
  /** The same whenever the same is said again: it counts once. */
  readonly eventId: string;
  readonly tryId: string;
  readonly outcome: PaymentOutcome;
  /** Of this event. */
  readonly amount: Cents;
  /** ISO 4217. */
  readonly currency: string;
  /** Whether money moves, or it is a trial. */
  readonly isLive: boolean;
  /** What to show an agent who asks for it at the provider. */
  readonly providerReference: string;
  /** As the provider has it, for whoever searches why. */
  readonly detail: string | undefined;
}

/** A notice as it came over HTTP. */
export interface NoticeRequest {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface PaymentProvider {
  /** @throws PaymentProviderBusy where it does not answer: nothing was begun, and the customer may try again */
  depart(payment: PaymentTry): Promise<Departure>;
  /**
   * @returns `undefined` for a notice about something else than a payment
   * @throws NoticeRefused for one that is not the provider's, or that cannot be understood: nothing changes by it
   */
  readNotice(request: NoticeRequest): PaymentNotice | undefined;
}

/** Why a notice counts for nothing. Its message is for the log of the server; whoever sent it is told no more than that. */
export class NoticeRefused extends Error {
  override readonly name = 'NoticeRefused';
}

export class PaymentProviderBusy extends Error {
  override readonly name = 'PaymentProviderBusy';
}

/** Whether a notice is about what was asked for: another amount, currency or mode is nobody's payment. Less than all may go back. */
export function fits(notice: PaymentNotice, { amount }: Pick<PaymentTry, 'amount'>, { isLive }: { isLive: boolean }): boolean {
  const isSame = notice.outcome === 'credited' ? notice.amount > 0 && notice.amount <= amount : notice.amount === amount;
  return isSame && notice.currency === 'EUR' && notice.isLive === isLive;
}
