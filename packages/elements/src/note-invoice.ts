import { getInvoice, type InvoiceDetails, type OperationName } from '@oya/contract';
import type { PortalClient } from '@oya/core';

/** What else follows from where an invoice stands. */
const FOLLOWING: readonly unknown[] = ['listInvoices', 'listActivity'] satisfies OperationName[];

/** All elements of the page show how an invoice stands now. */
export function noteInvoice(client: PortalClient, details: InvoiceDetails): void {
  client.queries.setQueryData(client.keyOf(getInvoice, { contractId: details.contractId, invoiceId: details.id }), details);
  void client.queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => FOLLOWING.includes(name) });
}
