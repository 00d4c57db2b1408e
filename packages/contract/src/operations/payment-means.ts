/** How a contract is paid: its holder's own business. */
import * as z from 'zod/mini';
import { confirmation } from '../access.ts';
import { InstalmentPlan } from '../invoices.ts';
import { PaymentMeansDetails } from '../payment-means.ts';
import { Id } from '../portal.ts';
import { Cents } from '../units.ts';
import { operation } from './operation.ts';

/** In characters: what a customer writes with the question for a plan. */
export const LONGEST_PLAN_WORDS = 1000;

export const getPaymentMeans = operation({
  name: 'getPaymentMeans',
  summary: 'How the invoices of a contract are paid, and may be: its debit mandate, plans, and what else the utility takes.',
  method: 'GET',
  path: '/contracts/{contractId}/payment-means',
  auth: 'customer',
  input: z.object({ contractId: Id }),
  output: PaymentMeansDetails,
  errors: ['not-found', 'forbidden'],
});

export const signMandate = operation({
  name: 'signMandate',
  summary: 'Lets the utility ask the customer’s bank for what is due; it takes the place of an earlier mandate. They are told by mail.',
  method: 'POST',
  path: '/contracts/{contractId}/mandate',
  auth: 'customer',
  input: z.object({ contractId: Id, accountHolder: z.string().check(z.trim(), z.minLength(1), z.maxLength(70)), iban: z.string().check(z.maxLength(60)), ...confirmation }),
  output: PaymentMeansDetails,
  // `invalid` on `iban` with the fault that `readIban` tells; `conflict` where the utility takes no debits; see `confirmation`.
  errors: ['not-found', 'forbidden', 'invalid', 'conflict', 'rate-limited'],
});

export const revokeMandate = operation({
  name: 'revokeMandate',
  summary: 'Ends the debits of a contract: what is due is then paid by the customer’s own ways. They are told by mail.',
  method: 'DELETE',
  path: '/contracts/{contractId}/mandate',
  auth: 'customer',
  input: z.object({ contractId: Id }),
  output: PaymentMeansDetails,
  // `conflict` where there is none.
  errors: ['not-found', 'forbidden', 'conflict'],
});

export const changeInstalments = operation({
  name: 'changeInstalments',
  summary: 'Changes the instalments of the year that are still to come, within what the utility allows. They are told by mail.',
  method: 'PUT',
  path: '/contracts/{contractId}/instalments',
  auth: 'customer',
  input: z.object({ contractId: Id, amount: Cents.check(z.minimum(1)) }),
  output: InstalmentPlan,
  // `invalid` on `amount` outside of what `instalmentRange` tells; `conflict` where none can be changed.
  errors: ['not-found', 'forbidden', 'invalid', 'conflict'],
});

export const requestPaymentPlan = operation({
  name: 'requestPaymentPlan',
  summary: 'Asks to pay what is overdue in monthly parts: the utility answers.',
  method: 'POST',
  path: '/contracts/{contractId}/payment-plans',
  auth: 'customer',
  input: z.object({ contractId: Id, invoiceIds: z.array(Id).check(z.minLength(1), z.maxLength(50)), parts: z.int().check(z.minimum(2), z.maximum(36)), words: z.string().check(z.trim(), z.maxLength(LONGEST_PLAN_WORDS)) }),
  output: PaymentMeansDetails,
  // `invalid` on `invoiceIds` (not overdue ones of the contract) or `parts` (more than the utility takes); `conflict` where one was asked for already.
  errors: ['not-found', 'forbidden', 'invalid', 'conflict'],
});

export const withdrawPaymentPlan = operation({
  name: 'withdrawPaymentPlan',
  summary: 'Takes back the question for a plan, as long as the utility has not answered.',
  method: 'DELETE',
  path: '/contracts/{contractId}/payment-plans/{planId}',
  auth: 'customer',
  input: z.object({ contractId: Id, planId: Id }),
  output: PaymentMeansDetails,
  errors: ['not-found', 'forbidden', 'conflict'],
});
