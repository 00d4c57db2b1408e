/** The utility's side of threads. */
import { PortalError, type Thread, type ThreadDetails } from '@oya/contract';
import { sql } from 'kysely';
import { keepForMessage } from '../attachments/store.ts';
import type { ReadyFile } from '../attachments/made-anew.ts';
import type { Database } from '../database/open.ts';
import type { Keys } from '../identity/keys.ts';
import type { MailPlace } from '../command-mail.ts';
import { appendMessage, changeState, detailsOfThread, listedThread, readThread, selectThreads, threadAt, withMessages } from '../messages/threads.ts';
import type { Agent } from './agents.ts';
import { decide } from './decide.ts';

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
  const { db, now, utilities, keys } = place;
  const { customer_id: customerId } = await threadAt(db, utilityId, threadId);
  const tenant = await utilities.find(utilityId);
  if (!tenant) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
  await decide(place, tenant, async (within) => {
    const messageId = await appendMessage(within, { id: threadId, customerId }, { side: 'utility', author: agent.name, words }, { utility: tenant.utility, now });
    for (const file of files) await keepForMessage(within, file, messageId, { utilityId, now, keys });
    return { customerId, noted: { kind: 'message-answered' }, page: 'messages', told: (address) => ({ kind: 'message-answered', address }) };
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

