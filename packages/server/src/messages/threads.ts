/** Threads as the database has them: whose they are is part of every question. */
import { answerExpected, instant, PortalError, previewOf, staleByMessages, type Attachment, type Message, type MessageReading, type Thread, type ThreadDetails, type ThreadSide, type Utility } from '@oya/contract';
import type { Kysely, Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import { attachmentsOf } from '../attachments/store.ts';
import { noteChange } from '../changes/note-change.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../identity/credentials.ts';
import type { CustomerContext } from '../operations/context.ts';

/** A thread, and whose pages show it. */
export interface ThreadPlace {
  readonly id: string;
  readonly utilityId: string;
  /** `null` once their account is closed. */
  readonly customerId: string | null;
}

type Owner = Pick<CustomerContext, 'db' | 'utility' | 'customerId'>;
type ThreadRow = Awaited<ReturnType<ReturnType<typeof selectThreads>['executeTakeFirstOrThrow']>>;

/** @throws PortalError `not-found` for one that is not the customer's */
export async function threadOf(id: string, { db, utility, customerId }: Owner): Promise<ThreadRow> {
  return threadAt(db, utility.id, id, customerId);
}

/** @throws PortalError `not-found` for one that is not the utility's, or not of that customer where one is named */
export async function threadAt(db: Database, utilityId: string, id: string, customerId?: string): Promise<ThreadRow> {
  const all = selectThreads(db).where('thread.utility_id', '=', utilityId).where('thread.id', '=', id);
  const row = isUuid(id) ? await (customerId === undefined ? all : all.where('thread.customer_id', '=', customerId)).executeTakeFirst() : undefined;
  if (!row) throw new PortalError('not-found', { detail: 'no such thread' });
  return row;
}

/** A customer's own with what was written in them, the latest first. */
export async function threadsOf({ db, utility, customerId }: Owner): Promise<ThreadDetails[]> {
  const rows = await selectThreads(db).where('thread.utility_id', '=', utility.id).where('thread.customer_id', '=', customerId).orderBy('thread.last_at', 'desc').execute();
  return withMessages(db, rows);
}

export async function detailsOfThread(db: Database, row: ThreadRow): Promise<ThreadDetails> {
  const [details] = await withMessages(db, [row]);
  return details as ThreadDetails;
}

/** Without what was written in it. */
export function listedThread({ messages: _, ...thread }: ThreadDetails): Thread {
  return thread;
}

/** What is written: by whom, and with what. */
export interface Written {
  readonly side: ThreadSide;
  readonly author: string | null;
  readonly words: string;
  readonly reading?: MessageReading | undefined;
}

/**
 * Adds a message; the thread is open from then on, and whoever has it open is told.
 * @returns the id of the message
 */
export async function appendMessage(transaction: Transaction<Schema>, { id: threadId, customerId }: { readonly id: string; readonly customerId: string | null }, { side, author, words, reading }: Written, { utility, now }: { readonly utility: Utility; readonly now: number }): Promise<string> {
  const id = randomUUID();
  await transaction.insertInto('message').values({ id, thread_id: threadId, side, author, at: new Date(now), words: storable(words), reading: reading ? JSON.stringify(reading) : null }).execute();
  const answerBy = side === 'customer' && utility.messages ? new Date(answerExpected(now, utility.messages, utility.timeZone)) : null;
  await transaction.updateTable('thread').set({ state: 'open', last_at: new Date(now), last_from: side, answer_by: answerBy }).where('id', '=', threadId).execute();
  // Who writes has read what was written before.
  await markRead(transaction, threadId, side === 'customer' ? 'utility' : 'customer', now);
  await noteThread(transaction, { id: threadId, utilityId: utility.id, customerId });
  return id;
}

/** @param of which side's messages were read, by the other; open pages are told where any was */
export async function readThread(db: Database, thread: ThreadPlace, of: ThreadSide, now: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    if (await markRead(transaction, thread.id, of, now)) await noteThread(transaction, thread);
  });
}

/** Closes a thread or opens it again, by whichever side. */
export async function changeState(db: Database, thread: ThreadPlace, state: Thread['state']): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction.updateTable('thread').set({ state }).where('id', '=', thread.id).where('state', '<>', state).executeTakeFirst();
    if (numUpdatedRows > 0n) await noteThread(transaction, thread);
  });
}

async function markRead(db: Kysely<Schema>, threadId: string, of: ThreadSide, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('message').set({ read_at: new Date(now) }).where('thread_id', '=', threadId).where('side', '=', of).where('read_at', 'is', null).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Tells the customer's open pages that something became of a thread. */
async function noteThread(transaction: Kysely<Schema>, { id, utilityId, customerId }: ThreadPlace): Promise<void> {
  if (customerId !== null) await noteChange(transaction, { utilityId, customerId }, staleByMessages(id));
}

export function selectThreads(db: Database) {
  return db.selectFrom('thread').leftJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'thread.utility_id').onRef('customer.id', '=', 'thread.customer_id')).selectAll('thread').select('customer.display_name as customerName');
}

export async function withMessages(db: Database, rows: readonly ThreadRow[]): Promise<ThreadDetails[]> {
  if (rows.length === 0) return [];
  const all = await db.selectFrom('message').selectAll().where('thread_id', 'in', rows.map(({ id }) => id)).orderBy('key').execute();
  const files = await attachmentsOf(db, 'message_id', all.map(({ id }) => id));
  const byThread = Map.groupBy(all.map((row) => ({ threadId: row.thread_id, message: messageOf(row, files.get(row.id)) })), ({ threadId }) => threadId);
  return rows.map((row): ThreadDetails => {
    const messages = (byThread.get(row.id) ?? []).map(({ message }) => message);
    const last = messages.at(-1);
    return {
      id: row.id, topic: row.topic, ...(row.about && { about: row.about }), state: row.state, openedAt: instant(row.opened_at.getTime()), lastAt: instant(row.last_at.getTime()), lastFrom: row.last_from,
      preview: last ? previewOf(last) : '', unread: messages.filter(({ from, readAt }) => from === 'utility' && readAt === null).length, answerBy: row.answer_by && row.state === 'open' ? instant(row.answer_by.getTime()) : null, messages,
    };
  });
}

function messageOf({ id, side, author, at, words, reading, read_at: readAt }: { id: string; side: ThreadSide; author: string | null; at: Date; words: string; reading: MessageReading | null; read_at: Date | null }, attachments: Attachment[] | undefined): Message {
  return { id, from: side, author, at: instant(at.getTime()), words, ...(attachments && { attachments }), ...(reading && { reading }), readAt: readAt && instant(readAt.getTime()) };
}

/** What is none is nobody's; the database would refuse to look for it. */
function isUuid(id: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
}
