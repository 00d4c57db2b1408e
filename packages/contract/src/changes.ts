/** What became stale: told to whoever is on a page, so that it shows what happened elsewhere without a reload. */
import * as z from 'zod/mini';
import { isRecordOfTexts, type Meter } from './portal.ts';

/** The answers of one operation that are no longer what the portal would answer. */
export const Change = z.object({
  /** Name of the operation that reads them. */
  operation: z.string(),
  /** Only answers to an input with these fields; empty: all of them. */
  input: z.custom<Readonly<Record<string, string>>>(isRecordOfTexts, { error: 'expected texts by name of field' }),
});
export type Change = z.infer<typeof Change>;

/** Changes after a cursor, and the cursor that comes after them. */
export const Changes = z.object({
  cursor: z.string(),
  changes: z.array(Change),
  /** The cursor was too old to tell what came after it: everything may be stale. */
  isReset: z.optional(z.boolean()),
});
export type Changes = z.infer<typeof Changes>;

/** What the consents of a meter are part of: with them its half-hours appear and go. */
export function staleByConsents({ id: meterId, contractId }: Pick<Meter, 'id' | 'contractId'>): Change[] {
  return [
    { operation: 'listConsents', input: { meterId } },
    { operation: 'listConsentEvents', input: { meterId } },
    ...staleByMeasures({ id: meterId, contractId }),
  ];
}

/** What a reading of a meter is part of. */
export function staleByReadings(meterId: string): Change[] {
  return [{ operation: 'listReadings', input: { meterId } }];
}

/** What a message is part of. */
export function staleByMessages(threadId: string): Change[] {
  return [
    { operation: 'listThreads', input: {} },
    { operation: 'getThread', input: { threadId } },
  ];
}

/** What an outage that began, changed or ended is part of. */
export function staleByOutages(): Change[] {
  return ['getOutageBoard', 'listConcerns'].map((operation) => ({ operation, input: {} }));
}

/** What a request is part of. */
export function staleByServiceRequests(serviceRequestId: string): Change[] {
  return [
    { operation: 'listServiceRequests', input: {} },
    { operation: 'getServiceRequest', input: { serviceRequestId } },
  ];
}

/** What an invoice of a contract is part of. */
export function staleByInvoices(contractId: string): Change[] {
  return ofContract(contractId, ['listInvoices', 'getInvoice']);
}

/** What is shown otherwise once something became of a payment. */
export function staleByPayments(contractId: string): Change[] {
  return ofContract(contractId, ['listInvoices', 'getInvoice', 'describePayment', 'listPayments', 'getPayment']);
}

/** What another mandate or plan makes stale: where an invoice stands depends on how its contract is paid. */
export function staleByPaymentMeans(contractId: string): Change[] {
  return ofContract(contractId, ['getPaymentMeans', 'getContract', 'listInvoices', 'getInvoice', 'describePayment']);
}

/** What the measures of a meter are part of: what it can be asked and how fresh it is stands with the meter. */
export function staleByMeasures({ id: meterId, contractId }: Pick<Meter, 'id' | 'contractId'>): Change[] {
  return [
    { operation: 'listMeters', input: { contractId } },
    { operation: 'getConsumption', input: { meterId } },
    ...staleByReadings(meterId),
  ];
}

function ofContract(contractId: string, operations: readonly string[]): Change[] {
  return operations.map((operation) => ({ operation, input: { contractId } }));
}
