/** Attachments as the database keeps them: sealed, as they show somebody's home. */
import { instant, PortalError, UNUSED_ATTACHMENT_MS, waitingLimit, type Attachment, type AttachmentPurpose, type WaitingAttachment } from '@oya/contract';
import type { Expression, ExpressionBuilder, SqlBool, Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../identity/credentials.ts';
import type { Keys } from '../identity/keys.ts';
import { sealBytes, unsealBytes } from '../identity/seal.ts';
import type { CustomerContext } from '../operations/context.ts';
import type { ReadyFile } from './made-anew.ts';

export interface StoredFile extends Attachment {
  readonly bytes: Buffer;
}

type Owner = Pick<CustomerContext, 'db' | 'utility' | 'customerId' | 'now'>;

const COLUMNS = ['attachment.id', 'attachment.name', 'attachment.media_type', 'attachment.size', 'attachment.added_at'] as const;
/** What it was handed in for: a claim names its invoice, the others what they are about. */
const PURPOSE = ['purpose', 'contract_id', 'number', 'about_id'] as const;
type Row = Pick<Schema['attachment'], 'id' | 'name' | 'media_type' | 'size'> & { readonly added_at: Date };
type WaitingRow = Row & Pick<{ [K in PurposeColumn]: string | null }, PurposeColumn>;
type PurposeColumn = (typeof PURPOSE)[number];
/** What a file went with. */
export type AttachmentUse = { readonly dispute_id: string } | { readonly reading_id: string } | { readonly message_id: string } | { readonly request_step_id: string };

/** Those that go with nothing yet, in the order in which they came. */
export async function waitingAttachments(owner: Owner): Promise<WaitingAttachment[]> {
  const rows = await waiting(owner).orderBy('added_at').orderBy('id').execute();
  return rows.map(waitingOf);
}

/** @throws PortalError `conflict` where too many wait already */
export async function keepAttachment(file: ReadyFile, purpose: AttachmentPurpose | undefined, { keys, ...owner }: Owner & { readonly keys: Keys }): Promise<WaitingAttachment> {
  const { db, utility, customerId, now } = owner;
  await forgetUnused(db, now);
  const limit = waitingLimit(purpose, await waitingAttachments(owner));
  if (limit) throw new PortalError('conflict', { code: limit, detail: 'too many files wait: remove one, or send what they belong to' });
  const { name, mediaType, bytes } = file;
  const row = { id: randomUUID(), name, media_type: mediaType, size: bytes.length, added_at: new Date(now), ...columnsOf(purpose) };
  await db.insertInto('attachment').values({ ...row, utility_id: utility.id, customer_id: customerId, sealed: sealBytes(bytes, await keys.of('attachment')) }).execute();
  return waitingOf(row);
}

/** @returns whether it was there */
export async function dropAttachment(id: string, { db, utility, customerId }: Owner): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('attachment').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).where(waits).where('id', '=', storable(id)).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** What nothing has used within a day is gone, whosever it is. */
export async function forgetUnused(db: Database, now: number): Promise<void> {
  await db.deleteFrom('attachment').where(waits).where('added_at', '<=', new Date(now - UNUSED_ATTACHMENT_MS)).execute();
}

/** They go with that from now on. @throws PortalError `invalid` for one that does not wait, or waits for something else */
export async function giveTo(transaction: Transaction<Schema>, use: AttachmentUse, purpose: AttachmentPurpose, ids: readonly string[], { utility, customerId, now }: Owner): Promise<Attachment[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const columns = columnsOf(purpose);
  const given = await transaction
    .updateTable('attachment')
    .set(use)
    .where('utility_id', '=', utility.id)
    .where('customer_id', '=', customerId)
    .where(waits)
    .where('added_at', '>', new Date(now - UNUSED_ATTACHMENT_MS))
    .where('id', 'in', wanted.map(storable))
    .where((is) => is.or([is('purpose', 'is', null), is.and(PURPOSE.map((column) => is(column, 'is not distinct from', columns[column])))]))
    .returning(COLUMNS)
    .execute();
  if (given.length < wanted.length) throw unknownAttachment();
  return given.map(attachmentOf);
}

/** Those that went with readings, messages or steps of requests, by the id of what they went with, in the order in which they came. */
export async function attachmentsOf(db: Database, use: 'reading_id' | 'message_id' | 'request_step_id', ids: readonly string[]): Promise<ReadonlyMap<string, Attachment[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('attachment').select([...COLUMNS, `${use} as used_by`]).where(use, 'in', ids).orderBy('added_at').orderBy('id').execute();
  return new Map([...Map.groupBy(rows, ({ used_by: id }) => id as string)].map(([id, each]) => [id, each.map(attachmentOf)]));
}

/** A file of the customer's own: one that they handed in, or that came with an answer to them. @throws PortalError `not-found` */
export async function openOwnAttachment(id: string, { keys, ...owner }: Owner & { readonly keys: Keys }): Promise<StoredFile> {
  const { db, utility, customerId } = owner;
  const rows = await db
    .selectFrom('attachment')
    .leftJoin('message', 'message.id', 'attachment.message_id')
    .leftJoin('thread', 'thread.id', 'message.thread_id')
    .select([...COLUMNS, 'attachment.sealed'])
    .where('attachment.id', '=', storable(id))
    .where('attachment.utility_id', '=', utility.id)
    .where((is) => is.or([is('attachment.customer_id', '=', customerId), is('thread.customer_id', '=', customerId)]))
    .execute();
  const [file] = await opened(rows, keys);
  if (!file) throw new PortalError('not-found', { detail: 'no such file' });
  return file;
}

/** A file of a message or a request of a utility’s customers, for those who answer. */
export async function openCustomersFile(id: string, utilityId: string, { db, keys }: { readonly db: Database; readonly keys: Keys }): Promise<StoredFile | undefined> {
  const rows = await db.selectFrom('attachment').select([...COLUMNS, 'attachment.sealed']).where('attachment.id', '=', storable(id)).where('attachment.utility_id', '=', utilityId).where((is) => is.or([is('attachment.message_id', 'is not', null), is('attachment.request_step_id', 'is not', null)])).execute();
  return (await opened(rows, keys))[0];
}

/** What one of the utility’s people sends along. */
export async function keepForMessage(db: Database, file: ReadyFile, messageId: string, { utilityId, now, keys }: { readonly utilityId: string; readonly now: number; readonly keys: Keys }): Promise<void> {
  const { name, mediaType, bytes } = file;
  await db.insertInto('attachment').values({ id: randomUUID(), utility_id: utilityId, customer_id: null, name, media_type: mediaType, size: bytes.length, sealed: sealBytes(bytes, await keys.of('attachment')), added_at: new Date(now), message_id: messageId }).execute();
}

/** Those that went with a dispute, in the order in which they came. */
export async function attachmentsOfDispute(db: Database, disputeId: string): Promise<Attachment[]> {
  const rows = await db.selectFrom('attachment').select(COLUMNS).where('dispute_id', '=', disputeId).orderBy('added_at').orderBy('id').execute();
  return rows.map(attachmentOf);
}

/**
 * Those of the customer's that wait, or that went with a dispute about that invoice, opened, in the order in which they are named.
 * @throws PortalError `invalid` for any other
 */
export async function openAttachments(ids: readonly string[], invoiceNumber: string, { keys, ...owner }: Owner & { readonly keys: Keys }): Promise<StoredFile[]> {
  const { db, utility, customerId, now } = owner;
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const rows = await db
    .selectFrom('attachment')
    .leftJoin('invoice_dispute as dispute', 'dispute.id', 'attachment.dispute_id')
    .select([...COLUMNS, 'attachment.sealed'])
    .where('attachment.utility_id', '=', utility.id)
    .where('attachment.customer_id', '=', customerId)
    .where('attachment.id', 'in', wanted.map(storable))
    .where((is) =>
      is.or([
        is.and([
          is('attachment.dispute_id', 'is', null),
          is('attachment.reading_id', 'is', null),
          is('attachment.message_id', 'is', null),
          is('attachment.request_step_id', 'is', null),
          is('attachment.added_at', '>', new Date(now - UNUSED_ATTACHMENT_MS)),
          is.or([is('attachment.purpose', 'is', null), is('attachment.number', '=', invoiceNumber)]),
        ]),
        is.and([is('dispute.utility_id', '=', utility.id), is('dispute.number', '=', invoiceNumber)]),
      ]),
    )
    .execute();
  if (rows.length < wanted.length) throw unknownAttachment();
  return opened(wanted.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== undefined), keys);
}

/** All of a dispute or a reading, opened: for the utility's people. */
export async function openFilesOf(db: Database, use: 'dispute_id' | 'reading_id', id: string, keys: Keys): Promise<StoredFile[]> {
  return opened(await db.selectFrom('attachment').select([...COLUMNS, 'attachment.sealed']).where(use, '=', id).orderBy('added_at').orderBy('id').execute(), keys);
}

async function opened(rows: readonly (Row & { readonly sealed: Uint8Array })[], keys: Keys): Promise<StoredFile[]> {
  const key = await keys.of('attachment');
  return rows.map((row) => ({ ...attachmentOf(row), bytes: unsealBytes(Buffer.from(row.sealed), key) }));
}

function waiting({ db, utility, customerId, now }: Owner) {
  return db.selectFrom('attachment').select([...COLUMNS, ...PURPOSE]).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).where(waits).where('added_at', '>', new Date(now - UNUSED_ATTACHMENT_MS));
}

/** Goes with nothing yet. */
export function waits(where: ExpressionBuilder<Schema, 'attachment'>): Expression<SqlBool> {
  return where.and([where('attachment.dispute_id', 'is', null), where('attachment.reading_id', 'is', null), where('attachment.message_id', 'is', null), where('attachment.request_step_id', 'is', null)]);
}

function columnsOf(purpose: AttachmentPurpose | undefined): { readonly purpose: AttachmentPurpose['what'] | null } & { readonly [K in Exclude<PurposeColumn, 'purpose'>]: string | null } {
  if (!purpose) return { purpose: null, contract_id: null, number: null, about_id: null };
  if (purpose.what === 'claim') return { purpose: 'claim', contract_id: purpose.contractId, number: purpose.invoiceId, about_id: null };
  if (purpose.what === 'request') return { purpose: 'request', contract_id: null, number: null, about_id: purpose.about };
  return { purpose: purpose.what, contract_id: null, number: null, about_id: (purpose.what === 'reading' ? purpose.meterId : purpose.threadId) ?? null };
}

function purposeOf({ purpose, contract_id: contractId, number: invoiceId, about_id: aboutId }: Pick<WaitingRow, PurposeColumn>): AttachmentPurpose | undefined {
  if (purpose === 'claim' && contractId !== null && invoiceId !== null) return { what: 'claim', contractId, invoiceId };
  if (purpose === 'reading' && aboutId !== null) return { what: 'reading', meterId: aboutId };
  if (purpose === 'request' && aboutId !== null) return { what: 'request', about: aboutId };
  return purpose === 'message' ? { what: 'message', ...(aboutId !== null && { threadId: aboutId }) } : undefined;
}

function waitingOf(row: WaitingRow): WaitingAttachment {
  const purpose = purposeOf(row);
  return { ...attachmentOf(row), ...(purpose && { purpose }) };
}

function attachmentOf({ id, name, media_type: mediaType, size, added_at }: Row): Attachment {
  return { id, name, mediaType, size, addedAt: instant(added_at.getTime()) };
}

function unknownAttachment(): PortalError {
  return new PortalError('invalid', { detail: 'a file that does not wait here', fields: [{ path: 'attachmentIds', code: 'unknown' }] });
}
