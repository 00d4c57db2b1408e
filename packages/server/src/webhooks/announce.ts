/** Where something happens that a system of the utility may want to know, it is written down in the same transaction. */
import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { bodyOf, isAskedFor, subjectOf, type WebhookEvent } from './events.ts';

/** What instances are woken by; the payload is an endpoint's id. */
export const WEBHOOKS_CHANNEL = 'oya_webhooks';

/**
 * @param transaction the one in which it happens: what is taken back was never told, and what is not is told whatever stops then
 * @param now epoch milliseconds
 */
export async function announce(transaction: Kysely<Schema>, utilityId: string, event: WebhookEvent, now: number): Promise<void> {
  const endpoints = await transaction.selectFrom('webhook_endpoint').select(['id', 'events']).where('utility_id', '=', utilityId).where('state', '<>', 'ended').execute();
  const ids = endpoints.filter(({ events }) => isAskedFor(event.type, events)).map(({ id }) => id);
  // What nobody asks for is not kept.
  if (ids.length > 0) await queueFor(transaction, utilityId, event, ids, now);
}

/** @returns the keys of the deliveries */
export async function queueFor(transaction: Kysely<Schema>, utilityId: string, event: WebhookEvent, endpointIds: readonly string[], now: number): Promise<number[]> {
  const subject = subjectOf(event);
  const { key } = await transaction
    .insertInto('webhook_event')
    .values({ id: `msg_${randomUUID()}`, utility_id: utilityId, type: event.type, subject, body: bodyOf(event, now), at: new Date(now) })
    .returning('key')
    .executeTakeFirstOrThrow();
  const rows = await transaction
    .insertInto('webhook_delivery')
    .values(endpointIds.map((endpoint_id) => ({ event_key: key, endpoint_id, subject, state: 'waiting' as const, next_at: new Date(now) })))
    .returning('key')
    .execute();
  for (const id of endpointIds) await wake(transaction, id);
  return rows.map((row) => row.key);
}

/** Servers that run look at once for what waits for an endpoint, when the transaction is through. */
export async function wake(db: Kysely<Schema>, endpointId: string): Promise<void> {
  await sql`select pg_notify(${WEBHOOKS_CHANNEL}, ${endpointId})`.execute(db);
}
