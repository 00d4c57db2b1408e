/** The utility's side of requests. */
import { isOpen, PortalError, type RequestState, type ServiceRequest, type ServiceRequestDetails } from '@oya/contract';
import { sql } from 'kysely';
import type { MailPlace } from '../command-mail.ts';
import type { Database } from '../database/open.ts';
import { detailsOfRequest, listedRequest, requestAt, selectRequests, takeStep } from '../requests/service-requests.ts';
import { decide } from './decide.ts';

/** A request as those see it who answer; without a name once the account is closed. */
export interface InboxRequest extends ServiceRequest {
  readonly customer: string | null;
}

export type InboxRequestDetails = InboxRequest & Pick<ServiceRequestDetails, 'details' | 'phone' | 'steps'>;

/** As many are shown: what is open comes first. */
const SHOWN = 200;
const open = sql<boolean>`(request.state in ('received', 'in-progress', 'waiting'))`;

/** What is open first, the oldest; then the rest, the latest first. */
export async function requestsToAnswer(db: Database, utilityId: string): Promise<InboxRequest[]> {
  const rows = await selectRequests(db).where('request.utility_id', '=', utilityId).orderBy(open, 'desc').orderBy((is) => is.case().when(open).then(is.ref('request.sent_at')).end(), (order) => order.asc().nullsLast()).orderBy('request.changed_at', 'desc').limit(SHOWN).execute();
  return rows.map((row) => ({ ...listedRequest(row), customer: row.customerName }));
}

/** @throws PortalError `not-found` */
export async function inboxRequest(db: Database, utilityId: string, requestId: string): Promise<InboxRequestDetails> {
  const row = await requestAt(db, utilityId, requestId);
  return { ...(await detailsOfRequest(db, row)), customer: row.customerName };
}

/** What the utility makes of a request. */
export interface Decided {
  readonly state: Exclude<RequestState, 'received' | 'withdrawn'>;
  readonly words: string | null;
  /** As customers see who it was; `null` for whoever works with a command. */
  readonly author: string | null;
}

/**
 * Takes a request further, and tells the customer by mail that something became of it, without what.
 * @throws PortalError `not-found`; `conflict` for one that has ended; `invalid` without words where some are needed
 */
export async function changeRequest(place: MailPlace, utilityId: string, requestId: string, { state, words, author }: Decided): Promise<InboxRequestDetails> {
  const { db, now, utilities } = place;
  const { customer_id: customerId, number } = await requestAt(db, utilityId, requestId);
  const tenant = await utilities.find(utilityId);
  if (!tenant) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
  await decide(place, tenant, async (within) => {
    await takeStep(within, { id: requestId, utilityId, customerId }, { state, side: 'utility', author, words }, now);
    return { customerId, noted: { kind: 'request-changed' }, page: 'procedures', told: (address) => ({ kind: 'request-changed', number, waits: state === 'waiting', hasEnded: !isOpen({ state }), address }) };
  });
  return inboxRequest(db, utilityId, requestId);
}

/** Those that are open, the oldest first: of one utility, or of all. */
export async function openRequests(db: Database, utilityId?: string): Promise<(InboxRequest & { readonly utilityId: string })[]> {
  const all = selectRequests(db).where(open).orderBy('request.sent_at').orderBy('request.key');
  const rows = await (utilityId === undefined ? all : all.where('request.utility_id', '=', utilityId)).execute();
  return rows.map((row) => ({ ...listedRequest(row), customer: row.customerName, utilityId: row.utility_id }));
}

/** Whose a request is, by its id alone. */
export async function utilityOfRequest(db: Database, requestId: string): Promise<string | undefined> {
  const rows = await db.selectFrom('service_request').select('utility_id').where(sql`id::text`, '=', requestId.toLowerCase()).execute();
  return rows[0]?.utility_id;
}
