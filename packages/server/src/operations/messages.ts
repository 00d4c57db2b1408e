import { findsThread, MESSAGES_AN_HOUR, PortalError, requireShown, type Input, type ThreadSubject } from '@oya/contract';
import { randomUUID } from 'node:crypto';
import { giveTo } from '../attachments/store.ts';
import { noteEvent } from '../identity/audit.ts';
import { countSending } from '../identity/codes.ts';
import { digestOf } from '../identity/digests.ts';
import { contractsHeld } from './contracts.ts';
import { meterSeen, requireHolder } from '../identity/sight.ts';
import { appendMessage, changeState, detailsOfThread, listedThread, readThread, threadOf, threadsOf } from '../messages/threads.ts';
import { announce } from '../webhooks/announce.ts';
import type { CustomerContext, OperationHandler } from './context.ts';
import { detailsOf as invoiceOf } from './invoices.ts';

const AT_MOST = { anHour: MESSAGES_AN_HOUR, betweenMs: 0 };

export const listThreads: OperationHandler<'listThreads'> = async ({ query = '' }, context) => {
  const all = await threadsOf(context);
  return { items: all.filter((thread) => findsThread(query.trim(), thread, thread.messages)).map(listedThread), unread: all.reduce((sum, { unread }) => sum + unread, 0) };
};

export const getThread: OperationHandler<'getThread'> = async ({ threadId }, context) => detailsOfThread(context.db, await threadOf(threadId, context));

export const startThread: OperationHandler<'startThread'> = async ({ topic, about, ...written }, context) => {
  const { db, utility, customerId, now } = context;
  const subject = await subjectOf(about, context);
  await requireOwnReading(written.reading, context);
  await countWriting(context);
  const id = randomUUID();
  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('thread').values({ id, utility_id: utility.id, customer_id: customerId, topic, about: subject ? JSON.stringify(subject) : null, opened_at: new Date(now), last_at: new Date(now), last_from: 'customer' }).execute();
    const messageId = await appendMessage(transaction, { id, customerId }, { side: 'customer', author: null, ...written }, context);
    await giveTo(transaction, { message_id: messageId }, { what: 'message' }, written.attachmentIds ?? [], context);
    await announce(transaction, utility.id, { type: 'message.written', data: { threadId: id, messageId, topic } }, now);
  });
  await noteEvent(context, { kind: 'message-sent', customerId });
  return getThread({ threadId: id }, context);
};

export const writeMessage: OperationHandler<'writeMessage'> = async ({ threadId, ...written }, context) => {
  const { db, utility, customerId, now } = context;
  const { topic } = await threadOf(threadId, context);
  await requireOwnReading(written.reading, context);
  await countWriting(context);
  await db.transaction().execute(async (transaction) => {
    const messageId = await appendMessage(transaction, { id: threadId, customerId }, { side: 'customer', author: null, ...written }, context);
    await giveTo(transaction, { message_id: messageId }, { what: 'message', threadId }, written.attachmentIds ?? [], context);
    await announce(transaction, utility.id, { type: 'message.written', data: { threadId, messageId, topic } }, now);
  });
  await noteEvent(context, { kind: 'message-sent', customerId });
  return getThread({ threadId }, context);
};

export const markThreadRead: OperationHandler<'markThreadRead'> = async ({ threadId }, context) => {
  const { db, utility, customerId, now } = context;
  await threadOf(threadId, context);
  await readThread(db, { id: threadId, utilityId: utility.id, customerId }, 'utility', now);
  return getThread({ threadId }, context);
};

export const setThreadState: OperationHandler<'setThreadState'> = async ({ threadId, state }, context) => {
  const { db, utility, customerId } = context;
  await threadOf(threadId, context);
  await changeState(db, { id: threadId, utilityId: utility.id, customerId }, state);
  return getThread({ threadId }, context);
};

/** What somebody names, by what they know it by. @throws PortalError `not-found` or `forbidden` for what is not their own */
async function subjectOf(about: Input<'startThread'>['about'], context: CustomerContext): Promise<ThreadSubject | undefined> {
  if (!about) return undefined;
  const { db, utility } = context;
  const { contractId } = about;
  await requireHolder(contractId, context);
  if (about.what === 'invoice') return { ...about, label: (await invoiceOf(contractId, about.invoiceId, context)).number };
  if (about.what === 'meter') {
    const meter = await meterSeen(about.meterId, context);
    if (meter.contract_id !== contractId) throw new PortalError('not-found', { detail: 'no such meter of this contract' });
    return { ...about, label: meter.serial_number };
  }
  const { number } = await db.selectFrom('contract').select('number').where('utility_id', '=', utility.id).where('id', '=', contractId).executeTakeFirstOrThrow();
  return { ...about, label: number };
}

async function requireOwnReading(reading: Input<'writeMessage'>['reading'], context: CustomerContext): Promise<void> {
  if (!reading) return;
  const { contract_id: contractId, registers } = await meterSeen(reading.meterId, context);
  if (!(await contractsHeld(context)).includes(contractId)) throw new PortalError('forbidden', { detail: 'only the holder of a contract sends its readings' });
  requireShown(reading, registers);
}

async function countWriting({ db, utility, customerId, now }: CustomerContext): Promise<void> {
  await countSending(db, [digestOf('messages of', utility.id, customerId)], now, AT_MOST);
}
