import { PortalError, RequestKind, type AttachmentPurpose, type Page, type WaitingAttachment } from '@oya/contract';
import { handedIn } from '../attachments/made-anew.ts';
import { dropAttachment, keepAttachment, openOwnAttachment, waitingAttachments } from '../attachments/store.ts';
import { threadOf } from '../messages/threads.ts';
import { meterSeen, requireHolder } from '../identity/sight.ts';
import { requestOf } from '../requests/service-requests.ts';
import type { CustomerContext, OperationHandler } from './context.ts';
import { fileOf } from './files.ts';
import { detailsOf } from './invoices.ts';

export const listAttachments: OperationHandler<'listAttachments'> = (_input, context) => waitingOf(context);

export const addAttachment: OperationHandler<'addAttachment'> = async ({ name, content, purpose }, context) => {
  // Whose it is, before anything is read.
  await requireOwn(purpose, context);
  return keepAttachment(await handedIn(name, content, context.scanner), purpose, context);
};

export const getAttachment: OperationHandler<'getAttachment'> = async ({ attachmentId }, context) => {
  const { name, mediaType, bytes } = await openOwnAttachment(attachmentId, context);
  return fileOf(name, mediaType, bytes);
};

export const removeAttachment: OperationHandler<'removeAttachment'> = async ({ attachmentId }, context) => {
  if (!(await dropAttachment(attachmentId, context))) throw new PortalError('not-found', { detail: 'no such file waits' });
  return waitingOf(context);
};

/** @throws PortalError `not-found` or `forbidden` for what is not the customer's own */
async function requireOwn(purpose: AttachmentPurpose | undefined, context: CustomerContext): Promise<void> {
  if (purpose?.what === 'claim') await detailsOf(purpose.contractId, purpose.invoiceId, context);
  if (purpose?.what === 'message' && purpose.threadId !== undefined) await threadOf(purpose.threadId, context);
  // What is about to be sent names its kind, which is nobody's.
  if (purpose?.what === 'request' && !RequestKind.safeParse(purpose.about).success) await requestOf(purpose.about, context);
  if (purpose?.what === 'reading') await requireHolder((await meterSeen(purpose.meterId, context)).contract_id, context);
}

async function waitingOf(context: CustomerContext): Promise<Page<WaitingAttachment>> {
  return { items: await waitingAttachments(context) };
}
