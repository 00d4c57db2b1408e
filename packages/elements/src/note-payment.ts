import { getPayment, type OperationName, type Payment } from '@oya/contract';
import type { PortalClient } from '@oya/core';

/** What else follows from what became of a payment. */
const FOLLOWING: readonly unknown[] = ['listInvoices', 'getInvoice', 'describePayment', 'listPayments', 'listActivity'] satisfies OperationName[];

/** All elements of the page show how a payment stands now, and what it pays. */
export function notePayment(client: PortalClient, payment: Payment): void {
  client.queries.setQueryData(client.keyOf(getPayment, { contractId: payment.contractId, paymentId: payment.id }), payment);
  staleByPayment(client);
}

/** What was shown before a payment is asked for anew. */
export function staleByPayment(client: PortalClient): void {
  void client.queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => FOLLOWING.includes(name) });
}
