/** What files that wait are for, and how many may: for the screen, and for whoever takes them in. */
import * as z from 'zod/mini';
import { Attachment, MOST_ATTACHMENTS, MOST_READING_PHOTOS } from './attachments.ts';
import { Id } from './portal.ts';

/** What a file is handed in for: it is not shown with anything else that is begun meanwhile. */
export const AttachmentPurpose = z.discriminatedUnion('what', [
  /** The claim file of an invoice, and what contests it. */
  z.object({ what: z.literal('claim'), contractId: Id, invoiceId: Id }),
  /** A photo of what a meter shows. */
  z.object({ what: z.literal('reading'), meterId: Id }),
  /** A message: in that thread, or in one that is about to begin. */
  z.object({ what: z.literal('message'), threadId: z.optional(Id) }),
  /** A request: one of that kind which is about to be sent, or what is answered to the one that it names. */
  z.object({ what: z.literal('request'), about: Id }),
]);
export type AttachmentPurpose = z.infer<typeof AttachmentPurpose>;

/** A file that goes with nothing yet. */
export const WaitingAttachment = z.extend(Attachment, {
  /** What it was handed in for, where that was said: it goes with nothing else. */
  purpose: z.optional(AttachmentPurpose),
});
export type WaitingAttachment = z.infer<typeof WaitingAttachment>;

/** Of one customer, whatever they are for: claims about four invoices at once. More is not meant well. */
export const MOST_WAITING = 4 * MOST_ATTACHMENTS;

/** Whether a file may go with something: one that was handed in for nothing in particular goes with anything. */
export function isFor({ purpose }: Pick<WaitingAttachment, 'purpose'>, wanted: AttachmentPurpose): boolean {
  return purpose === undefined || isSame(purpose, wanted);
}

/** Why one more cannot be handed in, as the code of `conflict`: what it is for has as many as it takes, or all that wait are too many. */
export function waitingLimit(purpose: AttachmentPurpose | undefined, waiting: readonly Pick<WaitingAttachment, 'purpose'>[]): 'too-many' | 'too-many-waiting' | undefined {
  if (purpose && waiting.filter((file) => isFor(file, purpose)).length >= mostFor(purpose)) return 'too-many';
  return waiting.length >= MOST_WAITING ? 'too-many-waiting' : undefined;
}

/** As many may go with one thing. */
export function mostFor({ what }: Pick<AttachmentPurpose, 'what'>): number {
  return what === 'reading' ? MOST_READING_PHOTOS : MOST_ATTACHMENTS;
}

function isSame(one: AttachmentPurpose, other: AttachmentPurpose): boolean {
  if (one.what === 'claim') return other.what === 'claim' && one.contractId === other.contractId && one.invoiceId === other.invoiceId;
  if (one.what === 'reading') return other.what === 'reading' && one.meterId === other.meterId;
  if (one.what === 'request') return other.what === 'request' && one.about === other.about;
  return other.what === 'message' && one.threadId === other.threadId;
}
