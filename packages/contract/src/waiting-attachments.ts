/** Which files that wait belong to a claim, and how many may: for the screen, and for whoever takes them in. */
import * as z from 'zod/mini';
import { Attachment, MOST_ATTACHMENTS } from './attachments.ts';
import { Id } from './portal.ts';

/** The invoice that a file is handed in for, by its contract. */
export const AttachmentInvoice = z.object({ contractId: Id, invoiceId: Id });
export type AttachmentInvoice = z.infer<typeof AttachmentInvoice>;

/** A file that goes with nothing yet. */
export const WaitingAttachment = z.extend(Attachment, {
  /** What it was handed in for, where that was said: it goes with nothing else. */
  invoice: z.optional(AttachmentInvoice),
});
export type WaitingAttachment = z.infer<typeof WaitingAttachment>;

/** Of one customer, whatever they are for: claims about four invoices at once. More is not meant well. */
export const MOST_WAITING = 4 * MOST_ATTACHMENTS;

/** Whether a file may go with a claim about an invoice: one that was handed in for nothing in particular goes with any. */
export function isFor({ invoice }: Pick<WaitingAttachment, 'invoice'>, { contractId, invoiceId }: AttachmentInvoice): boolean {
  return invoice === undefined || (invoice.contractId === contractId && invoice.invoiceId === invoiceId);
}

/** Why one more cannot be handed in, as the code of `conflict`: its invoice has as many as it takes, or all that wait are too many. */
export function waitingLimit(invoice: AttachmentInvoice | undefined, waiting: readonly Pick<WaitingAttachment, 'invoice'>[]): 'too-many' | 'too-many-waiting' | undefined {
  if (invoice && waiting.filter((file) => isFor(file, invoice)).length >= MOST_ATTACHMENTS) return 'too-many';
  return waiting.length >= MOST_WAITING ? 'too-many-waiting' : undefined;
}
