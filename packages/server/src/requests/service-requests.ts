/** Requests as the database has them: whose they are is part of every question. */
import { instant, isOpen, PortalError, requestNumber, requireStep, staleByServiceRequests, type RequestDetails, type RequestState, type RequestStep, type ServiceRequest, type ServiceRequestDetails } from '@oya/contract';
import type { Transaction } from 'kysely';
import { randomBytes, randomUUID } from 'node:crypto';
import { attachmentsOf } from '../attachments/store.ts';
import { noteChange } from '../changes/note-change.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../identity/credentials.ts';
import type { CustomerContext } from '../operations/context.ts';

type Owner = Pick<CustomerContext, 'db' | 'utility' | 'customerId'>;
type RequestRow = Awaited<ReturnType<ReturnType<typeof selectRequests>['executeTakeFirstOrThrow']>>;

/** A request, and whose pages show it. */
export interface RequestAt {
  readonly id: string;
  readonly utilityId: string;
  /** `null` once their account is closed. */
  readonly customerId: string | null;
}

/** A step as somebody takes it. */
export interface Step {
  readonly state: RequestState;
  readonly side: RequestStep['by'];
  readonly author: string | null;
  readonly words: string | null;
}

/** @throws PortalError `not-found` for one that is not the customer's */
export async function requestOf(id: string, { db, utility, customerId }: Owner): Promise<RequestRow> {
  return requestAt(db, utility.id, id, customerId);
}

/** @throws PortalError `not-found` for one that is not the utility's, or not of that customer where one is named */
export async function requestAt(db: Database, utilityId: string, id: string, customerId?: string): Promise<RequestRow> {
  const all = selectRequests(db).where('request.utility_id', '=', utilityId).where('request.id', '=', id);
  const row = isUuid(id) ? await (customerId === undefined ? all : all.where('request.customer_id', '=', customerId)).executeTakeFirst() : undefined;
  if (!row) throw new PortalError('not-found', { detail: 'no such request' });
  return row;
}

/** A customer's own: what is open first, the latest first. */
export async function requestsOf({ db, utility, customerId }: Owner): Promise<RequestRow[]> {
  const rows = await selectRequests(db).where('request.utility_id', '=', utility.id).where('request.customer_id', '=', customerId).orderBy('request.key', 'desc').execute();
  return rows.sort((one, other) => Number(isOpen(other)) - Number(isOpen(one)));
}

export async function detailsOfRequest(db: Database, row: RequestRow): Promise<ServiceRequestDetails> {
  const [details] = await withSteps(db, [row]);
  return details as ServiceRequestDetails;
}

/** Without what was asked for. */
export function listedRequest({ id, number, kind, state, sent_at: sentAt, changed_at: changedAt }: RequestRow): ServiceRequest {
  return { id, number, kind, state, sentAt: instant(sentAt.getTime()), changedAt: instant(changedAt.getTime()) };
}

/** @returns its id, and that of its first step, with which its files go */
export async function addRequest(transaction: Transaction<Schema>, details: RequestDetails, phone: string, { utility, customerId, now }: Pick<CustomerContext, 'utility' | 'customerId' | 'now'>): Promise<{ id: string; stepId: string }> {
  const id = randomUUID();
  const at = new Date(now);
  await transaction
    .insertInto('service_request')
    .values({ id, utility_id: utility.id, customer_id: customerId, number: requestNumber(randomBytes(8)), kind: details.kind, details: JSON.stringify(details, (_name, value: unknown) => (typeof value === 'string' ? storable(value) : value)), phone, state: 'received', sent_at: at, changed_at: at })
    .execute();
  const stepId = await appendStep(transaction, { id, utilityId: utility.id, customerId }, { state: 'received', side: 'customer', author: null, words: null }, now);
  return { id, stepId };
}

/**
 * Takes a request a step further, and tells whoever has it open.
 * @returns the id of the step
 * @throws PortalError `conflict` for what cannot follow, `invalid` without words that are needed
 */
export async function takeStep(transaction: Transaction<Schema>, request: RequestAt, step: Step, now: number): Promise<string> {
  // Of two at once the second sees what became of the first.
  const { state } = await transaction.selectFrom('service_request').select('state').where('id', '=', request.id).forUpdate().executeTakeFirstOrThrow();
  requireStep(state, step.state, step.side, step.words);
  await transaction.updateTable('service_request').set({ state: step.state, changed_at: new Date(now) }).where('id', '=', request.id).execute();
  return appendStep(transaction, request, step, now);
}

async function appendStep(transaction: Transaction<Schema>, { id: requestId, utilityId, customerId }: RequestAt, { state, side, author, words }: Step, now: number): Promise<string> {
  const id = randomUUID();
  await transaction.insertInto('service_request_step').values({ id, request_id: requestId, state, at: new Date(now), side, author, words: words === null ? null : storable(words) }).execute();
  if (customerId !== null) await noteChange(transaction, { utilityId, customerId }, staleByServiceRequests(requestId));
  return id;
}

export function selectRequests(db: Database) {
  return db.selectFrom('service_request as request').leftJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'request.utility_id').onRef('customer.id', '=', 'request.customer_id')).selectAll('request').select('customer.display_name as customerName');
}

export async function withSteps(db: Database, rows: readonly RequestRow[]): Promise<ServiceRequestDetails[]> {
  if (rows.length === 0) return [];
  const all = await db.selectFrom('service_request_step').selectAll().where('request_id', 'in', rows.map(({ id }) => id)).orderBy('key').execute();
  const files = await attachmentsOf(db, 'request_step_id', all.map(({ id }) => id));
  const byRequest = Map.groupBy(all, ({ request_id: id }) => id);
  return rows.map((row) => ({
    ...listedRequest(row),
    details: row.details,
    phone: row.phone,
    steps: (byRequest.get(row.id) ?? []).map((step): RequestStep => {
      const attachments = files.get(step.id);
      return { state: step.state, at: instant(step.at.getTime()), by: step.side, author: step.author, words: step.words, ...(attachments && { attachments }) };
    }),
  }));
}

/** What is none is nobody's; the database would refuse to look for it. */
function isUuid(id: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
}
