/** Card payments of a contract's invoices. They are the holder's own business; a portal without a provider has none of these. */
import * as z from 'zod/mini';
import { page } from '../page.ts';
import { Departure, Payment, PaymentOffer } from '../payments.ts';
import { Id, LanguageTag } from '../portal.ts';
import { Cents } from '../units.ts';
import { operation } from './operation.ts';

/** As many as may be paid at once. */
export const MOST_IN_A_PAYMENT = 24;

/** One of a contract. */
const named = { contractId: Id, paymentId: Id };

export const describePayment = operation({
  name: 'describePayment',
  summary: 'What can be paid by card of a contract’s invoices now, whether in part, and which payments are under way.',
  method: 'GET',
  path: '/contracts/{contractId}/payable',
  auth: 'customer',
  input: z.object({ contractId: Id }),
  output: PaymentOffer,
  errors: ['not-found', 'forbidden', 'unsupported'],
});

export const startPayment = operation({
  name: 'startPayment',
  summary: 'Begins a payment of what the customer has confirmed, and answers how the browser leaves for the provider’s page.',
  method: 'POST',
  path: '/contracts/{contractId}/payments',
  auth: 'customer',
  input: z.object({
    contractId: Id,
    invoiceIds: z.array(Id).check(z.minLength(1), z.maxLength(MOST_IN_A_PAYMENT)),
    /** What the customer saw open of them all. */
    open: Cents,
    /** What they pay: all of it, or as much as `PaymentOffer.partial` allows. */
    amount: Cents.check(z.positive()),
    /** The page that they come back to, on a site of the utility; `RETURN_PARAMETER` is added to it. */
    returnUrl: z.string().check(z.maxLength(2000)),
    lang: z.optional(LanguageTag),
  }),
  output: z.object({ payment: Payment, departure: Departure }),
  // `conflict` with a code: see `planPayment`; `unavailable` where the provider does not answer, and nothing was begun.
  errors: ['not-found', 'forbidden', 'invalid', 'conflict', 'unsupported'],
});

export const listPayments = operation({
  name: 'listPayments',
  summary: 'The card payments of a contract, the latest first, whatever came of them.',
  method: 'GET',
  path: '/contracts/{contractId}/payments',
  auth: 'customer',
  input: z.object({ contractId: Id }),
  output: page(Payment),
  errors: ['not-found', 'forbidden', 'unsupported'],
});

export const getPayment = operation({
  name: 'getPayment',
  summary: 'What is known of a payment.',
  method: 'GET',
  path: '/contracts/{contractId}/payments/{paymentId}',
  auth: 'customer',
  input: z.object(named),
  output: Payment,
  errors: ['not-found', 'forbidden', 'unsupported'],
});

export const returnFromPayment = operation({
  name: 'returnFromPayment',
  summary: 'The customer is back from the provider’s page, which says nothing of what they did there: the provider’s notice does.',
  method: 'POST',
  path: '/contracts/{contractId}/payments/{paymentId}/return',
  auth: 'customer',
  input: z.object(named),
  output: Payment,
  errors: ['not-found', 'forbidden', 'unsupported'],
});

export const cancelPayment = operation({
  name: 'cancelPayment',
  summary: 'The customer will not go on with a payment that was started: its invoices wait for it no longer.',
  method: 'POST',
  path: '/contracts/{contractId}/payments/{paymentId}/cancellation',
  auth: 'customer',
  input: z.object(named),
  output: Payment,
  // `conflict` for one that is paid, or of which the bank is to decide.
  errors: ['not-found', 'forbidden', 'conflict', 'unsupported'],
});
