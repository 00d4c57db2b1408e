/** Endpoints, as the utility's people look after them. */
import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { isTaken } from '../database/errors.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { Keys } from '../identity/keys.ts';
import { seal, unseal } from '../identity/seal.ts';
import { queueFor, wake } from './announce.ts';
import { isAskedFor, WEBHOOK_TYPES } from './events.ts';
import { urlFault } from './post.ts';
import { newWebhookSecret } from './signature.ts';

/** For so long both secrets sign. */
const BOTH_SIGN_MS = 24 * 3_600_000;

export type Endpoint = Selectable<Schema['webhook_endpoint']>;

/** The message says what to do instead. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
}

export interface EndpointPlace {
  readonly db: Database;
  readonly keys: Keys;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * @returns its id, and the secret: nobody is told it again
 * @throws WebhookRefused
 */
export async function addEndpoint({ db, keys, now }: EndpointPlace, { utilityId, url, events, allowsPrivate }: { readonly utilityId: string; readonly url: string; readonly events: readonly string[]; readonly allowsPrivate: boolean }): Promise<{ id: string; secret: string }> {
  const fault = urlFault(url, allowsPrivate);
  if (fault !== undefined) throw new WebhookRefused(fault);
  const unknown = events.filter((pattern) => !WEBHOOK_TYPES.some((type) => isAskedFor(type, [pattern])));
  if (events.length === 0 || unknown.length > 0) throw new WebhookRefused(`There is no event ${unknown.map((each) => `“${each}”`).join(', ')}. Choose from: ${WEBHOOK_TYPES.join(', ')}; all of a group as payment.*, or * for everything.`);
  if (!(await db.selectFrom('utility').select('id').where('id', '=', utilityId).executeTakeFirst())) throw new WebhookRefused(`There is no utility “${utilityId}”.`);
  const [id, secret] = [randomUUID(), newWebhookSecret()];
  const sealed = seal(secret, await keys.of('webhook'));
  try {
    await db.insertInto('webhook_endpoint').values({ id, utility_id: utilityId, url, events: JSON.stringify(events), allows_private: allowsPrivate, secret_sealed: sealed, state: 'active', created_at: new Date(now) }).execute();
  } catch (error) {
    throw isTaken(error) ? new WebhookRefused('That address hears already: “list” shows it. Remove it first, or give it another path.') : error;
  }
  return { id, secret };
}

/** @throws WebhookRefused */
export async function findEndpoint(db: Database, id: string): Promise<Endpoint> {
  // Ids are long: as much of one as tells it apart is enough.
  const found = await db.selectFrom('webhook_endpoint').selectAll().where(sql<string>`id::text`, 'like', `${id.replaceAll(/[^0-9a-f-]/g, '_')}%`).execute();
  const [endpoint, ...others] = id.length < 4 ? [] : found;
  if (!endpoint) throw new WebhookRefused(`There is no endpoint “${id}”. “list” shows them.`);
  if (others.length > 0) throw new WebhookRefused(`Several endpoints begin with “${id}”. Write more of it.`);
  return endpoint;
}

export async function removeEndpoint(db: Database, id: string): Promise<void> {
  await db.deleteFrom('webhook_endpoint').where('id', '=', id).execute();
}

/** What happens meanwhile waits. */
export async function pauseEndpoint(db: Database, { id, state }: Endpoint): Promise<void> {
  if (state === 'ended') throw new WebhookRefused('It has ended, and hears nothing as it is.');
  await db.updateTable('webhook_endpoint').set({ state: 'paused' }).where('id', '=', id).execute();
}

/** Whatever it was; all that waits is sent now. */
export async function resumeEndpoint(db: Database, id: string, now: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.updateTable('webhook_endpoint').set({ state: 'active', reason: null, failing_since: null }).where('id', '=', id).execute();
    await transaction.updateTable('webhook_delivery').set({ attempts: 0, next_at: new Date(now) }).where('endpoint_id', '=', id).where('state', '=', 'waiting').execute();
    await wake(transaction, id);
  });
}

/** @returns the new secret, and until when that of before signs too; none of before that one does */
export async function rotateSecret({ db, keys, now }: EndpointPlace, { id, secret_sealed }: Endpoint): Promise<{ secret: string; bothUntil: Date }> {
  const secret = newWebhookSecret();
  const sealed = seal(secret, await keys.of('webhook'));
  const bothUntil = new Date(now + BOTH_SIGN_MS);
  await db.updateTable('webhook_endpoint').set({ secret_sealed: sealed, former_sealed: secret_sealed, former_until: bothUntil }).where('id', '=', id).execute();
  return { secret, bothUntil };
}

/** That of now first. */
export async function secretsOf({ secret_sealed, former_sealed, former_until }: Pick<Endpoint, 'secret_sealed' | 'former_sealed' | 'former_until'>, keys: Keys, now: number): Promise<string[]> {
  const key = await keys.of('webhook');
  const former = former_sealed !== null && former_until !== null && former_until.getTime() > now ? [former_sealed] : [];
  return [secret_sealed, ...former].map((sealed) => unseal(sealed, key) as string);
}

/** @returns the key of the delivery */
export async function queueTest(db: Database, { id, utility_id: utilityId }: Endpoint, now: number): Promise<number> {
  const [key] = await db.transaction().execute((transaction) => queueFor(transaction, utilityId, { type: 'webhook.test', data: { endpointId: id } }, [id], now));
  return key as number;
}

/**
 * The same once more, under the same id, whatever became of it.
 * @throws WebhookRefused
 */
export async function resend(db: Database, key: number, now: number): Promise<void> {
  const endpointId = await db.transaction().execute(async (transaction) => {
    const delivery = await transaction.updateTable('webhook_delivery').set({ state: 'waiting', attempts: 0, next_at: new Date(now), claimed_until: null }).where('key', '=', key).returning('endpoint_id').executeTakeFirst();
    if (delivery) await wake(transaction, delivery.endpoint_id);
    return delivery?.endpoint_id;
  });
  if (endpointId === undefined) throw new WebhookRefused(`There is no delivery ${key}. “deliveries” shows those of the last thirty days.`);
}

export interface DeliveryLine {
  readonly key: number;
  readonly id: string;
  readonly type: string;
  readonly endpointId: string;
  readonly state: Schema['webhook_delivery']['state'];
  readonly attempts: number;
  readonly at: Date;
  readonly nextAt: Date;
  readonly answer: string | null;
}

/** The latest first. @param only `failed`: what was given up, and what waits for another try */
export async function listDeliveries(db: Database, only: { readonly utilityId?: string | undefined; readonly failed: boolean; readonly limit: number }): Promise<DeliveryLine[]> {
  return db
    .selectFrom('webhook_delivery as delivery')
    .innerJoin('webhook_event as event', 'event.key', 'delivery.event_key')
    .select(['delivery.key', 'event.id', 'event.type', 'delivery.endpoint_id as endpointId', 'delivery.state', 'delivery.attempts', 'event.at', 'delivery.next_at as nextAt', 'delivery.answer'])
    .$if(only.utilityId !== undefined, (query) => query.where('event.utility_id', '=', only.utilityId as string))
    .$if(only.failed, (query) => query.where((is) => is.or([is('delivery.state', '=', 'failed'), is.and([is('delivery.state', '=', 'waiting'), is('delivery.attempts', '>', 0)])])))
    .orderBy('delivery.key', 'desc')
    .limit(only.limit)
    .execute();
}
