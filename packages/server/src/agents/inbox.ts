/** The utility's side of threads. */
import { PortalError, type Thread, type ThreadDetails } from '@oya/contract';
import { sql } from 'kysely';
import { keepForMessage } from '../attachments/store.ts';
import type { ReadyFile } from '../attachments/made-anew.ts';
import type { Database } from '../database/open.ts';
import { tellHolder } from '../invoices/tell-holder.ts';
import { noteBeside } from '../identity/audit.ts';
import type { Keys } from '../identity/keys.ts';
import { pageAddress } from '../mail/links.ts';
import type { MailPlace } from '../command-mail.ts';
import { appendMessage, changeState, detailsOfThread, listedThread, readThread, selectThreads, threadAt, withMessages } from '../messages/threads.ts';
import type { Agent } from './agents.ts';

/** A thread as those see it who answer; without a name once the account is closed. */
export interface InboxThread extends Omit<Thread, 'unread'> {
  readonly customer: string | null;
  /** Messages of the customer that nobody has read. */
  readonly unread: number;
}

export type InboxDetails = InboxThread & Pick<ThreadDetails, 'messages'>;

/** As many are shown: what waits comes first. */
const SHOWN = 200;

/** What waits for an answer first, the longest; then the rest, the latest first. */
export async function inboxOf(db: Database, utilityId: string): Promise<InboxThread[]> {
  const rows = await selectThreads(db).where('thread.utility_id', '=', utilityId).orderBy(waits, 'desc').orderBy((is) => is.case().when(waits).then(is.ref('thread.last_at')).end(), (order) => order.asc().nullsLast()).orderBy('thread.last_at', 'desc').limit(SHOWN).execute();
  const names = new Map(rows.map(({ id, customerName }) => [id, customerName]));
  return (await withMessages(db, rows)).map((details) => seen(details, names.get(details.id) ?? null));
}

/** @throws PortalError `not-found` */
export async function inboxThread(db: Database, utilityId: string, threadId: string): Promise<InboxDetails> {
  const row = await threadAt(db, utilityId, threadId);
  const details = await detailsOfThread(db, row);
  return { ...seen(details, row.customerName), messages: details.messages };
}

/** Answers, and tells the customer by mail that there is something to read, without what. */
export async function answerThread(place: MailPlace & { readonly keys: Keys }, utilityId: string, threadId: string, agent: Agent, words: string, files: readonly ReadyFile[]): Promise<InboxDetails> {
  const { db, now, utilities, outbox, keys, siteOf } = place;
  const { customer_id: customerId } = await threadAt(db, utilityId, threadId);
  const tenant = await utilities.find(utilityId);
  if (!tenant) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
  const { utility } = tenant;
  await outbox.prepare();
  await db.transaction().execute(async (transaction) => {
    const messageId = await appendMessage(transaction, { id: threadId, customerId }, { side: 'utility', author: agent.name, words }, { utility, now });
    for (const file of files) await keepForMessage(transaction, file, messageId, { utilityId, now, keys });
    await noteBeside({ db: transaction, tenant, now }, { kind: 'message-answered', customerId, by: 'utility' });
    await tellHolder(transaction, { utility, outbox }, customerId, { kind: 'message-answered', address: pageAddress(utility, siteOf(utilityId), 'messages') });
  });
  return inboxThread(db, utilityId, threadId);
}

export async function readByAgent(db: Database, utilityId: string, id: string, now: number): Promise<InboxDetails> {
  const { customer_id: customerId } = await threadAt(db, utilityId, id);
  await readThread(db, { id, utilityId, customerId }, 'customer', now);
  return inboxThread(db, utilityId, id);
}

export async function setStateByAgent(db: Database, utilityId: string, id: string, state: Thread['state']): Promise<InboxDetails> {
  const { customer_id: customerId } = await threadAt(db, utilityId, id);
  await changeState(db, { id, utilityId, customerId }, state);
  return inboxThread(db, utilityId, id);
}

/** For an answer. */
const waits = sql<boolean>`(thread.state = 'open' and thread.last_from = 'customer')`;

function seen(details: ThreadDetails, customer: string | null): InboxThread {
  return { ...listedThread(details), customer, unread: details.messages.filter(({ from, readAt }) => from === 'customer' && readAt === null).length };
}

