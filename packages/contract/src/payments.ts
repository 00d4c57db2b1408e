/**
 * Card payments of invoices. The customer leaves for the provider's own page, and only the provider's notice says what came of
 * it; `payment-life.ts` has the rules.
 */
import * as z from 'zod/mini';
import { InvoiceState } from './invoices.ts';
import { Id } from './portal.ts';
import { Instant, LocalDay } from './time.ts';
import { Cents } from './units.ts';

/**
 * What is known of a payment.
 * - `started`: the customer left for the provider's page; `confirming`: they are back, or the bank has not decided, and nobody
 *   knows yet
 * - `paid`: the provider said so; `given-back`: and later, that all of it went back
 * - `refused` by the bank; `abandoned` by the customer; `lapsed`: nothing was heard in time, and the invoices may be paid again.
 *   All three become `paid` where the provider says so afterwards.
 */
export const PaymentState = z.enum(['started', 'confirming', 'paid', 'given-back', 'refused', 'abandoned', 'lapsed']);
export type PaymentState = z.infer<typeof PaymentState>;

/** What a payment is to pay of an invoice, and what it paid of it. */
export const PaidInvoice = z.object({
  invoiceId: Id,
  /** As printed. */
  number: z.string(),
  asked: Cents,
  /** Zero until it is paid; less than asked where the invoice was paid otherwise meanwhile. */
  paid: Cents,
});
export type PaidInvoice = z.infer<typeof PaidInvoice>;

export const PaymentReceipt = z.object({
  /** What the provider calls the payment: whoever asks about it names this. */
  reference: z.string(),
  paidAt: Instant,
  /** Where it was mailed to, mostly hidden; `null` where no address is known. */
  sentTo: z.nullable(z.string()),
});
export type PaymentReceipt = z.infer<typeof PaymentReceipt>;

export const Payment = z.object({
  id: Id,
  contractId: Id,
  state: PaymentState,
  amount: Cents,
  /** In the order in which they are paid. */
  invoices: z.array(PaidInvoice),
  startedAt: Instant,
  /** When the state became what it is. */
  changedAt: Instant,
  /** Until then its invoices wait for it and cannot be paid otherwise; `null` where none does. */
  holdsUntil: z.nullable(Instant),
  /** What came though nothing was open any more, as when something was paid twice: owed to the customer. */
  owed: Cents,
  receipt: z.nullable(PaymentReceipt),
  /** No money moves: the provider is in its test mode. */
  isTrial: z.boolean(),
});
export type Payment = z.infer<typeof Payment>;

/** An invoice of which something is open, and whether it can be paid now. */
export const PayableInvoice = z.object({
  invoiceId: Id,
  /** As printed. */
  number: z.string(),
  /** Of one that is paid by a plan: the day of the next part. */
  dueOn: z.nullable(LocalDay),
  state: InvoiceState,
  /** What is open of it now. */
  open: Cents,
  /** Not while another payment of it is under way, or while it is contested. */
  canBePaid: z.boolean(),
});
export type PayableInvoice = z.infer<typeof PayableInvoice>;

/** Whether less than what is open may be paid. */
export const PartialPolicy = z.object({
  /** The least that may be paid at once, unless less is open. */
  least: Cents,
});
export type PartialPolicy = z.infer<typeof PartialPolicy>;

/** What can be paid of a contract now, and how. */
export const PaymentOffer = z.object({
  /** Due first comes first: that is the order in which money pays them. */
  invoices: z.array(PayableInvoice),
  /** `null`: an invoice is paid whole. */
  partial: z.nullable(PartialPolicy),
  /** Payments that invoices wait for, the latest first. */
  underWay: z.array(Payment),
  /** Who takes the card: the customer is sent there. */
  provider: z.enum(['payzen', 'stripe']),
  isTrial: z.boolean(),
});
export type PaymentOffer = z.infer<typeof PaymentOffer>;

/** How the browser leaves for the provider's page: by a link, or by a form that it posts. */
export const Departure = z.discriminatedUnion('method', [
  z.object({ method: z.literal('GET'), url: z.string() }),
  z.object({ method: z.literal('POST'), url: z.string(), fields: z.record(z.string(), z.string()) }),
]);
export type Departure = z.infer<typeof Departure>;

/** The parameter that says in the address of the page which payment the customer comes back from. */
export const RETURN_PARAMETER = 'oya-payment';
