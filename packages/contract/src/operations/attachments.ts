/** Files that customers attach: handed in one by one, before what they go with is sent. */
import * as z from 'zod/mini';
import { LARGEST_ATTACHMENT } from '../attachments.ts';
import { page } from '../page.ts';
import { Id } from '../portal.ts';
import { PortalFile } from '../consents.ts';
import { AttachmentPurpose, WaitingAttachment } from '../waiting-attachments.ts';
import { operation } from './operation.ts';

/** In characters of base 64: a file that is a little too large is refused by what it weighs, and told so. */
export const LONGEST_ATTACHMENT_TEXT = Math.ceil(LARGEST_ATTACHMENT * 1.5);

export const listAttachments = operation({
  name: 'listAttachments',
  summary: 'The files that the customer has handed in and that go with nothing yet.',
  method: 'GET',
  path: '/attachments',
  auth: 'customer',
  input: z.object({}),
  output: page(WaitingAttachment),
  errors: [],
});

export const addAttachment = operation({
  name: 'addAttachment',
  summary: 'Hands in a file, in base 64: a photo is made anew without its metadata. What nothing uses within a day is removed.',
  method: 'POST',
  path: '/attachments',
  auth: 'customer',
  input: z.object({
    /** The one it had on the customer’s machine. */
    name: z.string().check(z.maxLength(300)),
    content: z.string().check(z.minLength(1), z.maxLength(LONGEST_ATTACHMENT_TEXT)),
    purpose: z.optional(AttachmentPurpose),
  }),
  output: WaitingAttachment,
  // `invalid` with the field `content` and one of `ATTACHMENT_FAULTS`; `conflict` with the code of `waitingLimit` where too many
  // wait already; `not-found` or `forbidden` for an invoice, a meter or a thread that is not the customer's; `unavailable` where viruses cannot be
  // looked for now.
  errors: ['invalid', 'conflict', 'not-found', 'forbidden'],
});

export const getAttachment = operation({
  name: 'getAttachment',
  summary: 'A file that goes with something of the customer’s, or waits to.',
  method: 'GET',
  path: '/attachments/{attachmentId}/file',
  auth: 'customer',
  input: z.object({ attachmentId: Id }),
  output: PortalFile,
  errors: ['not-found'],
});

export const removeAttachment = operation({
  name: 'removeAttachment',
  summary: 'Removes a file that goes with nothing yet; answers those that are left.',
  method: 'DELETE',
  path: '/attachments/{attachmentId}',
  auth: 'customer',
  input: z.object({ attachmentId: Id }),
  output: page(WaitingAttachment),
  errors: ['not-found'],
});
