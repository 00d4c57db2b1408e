/** What was announced is delivered: at least once, one after the other for an endpoint, again and again over three days. */
import { sql } from 'kysely';
import type { LookupFunction } from 'node:net';
import { listenerOf, type Database } from '../database/open.ts';
import type { Keys } from '../identity/keys.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { WEBHOOKS_CHANNEL } from './announce.ts';
import { secretsOf, type Endpoint } from './endpoints.ts';
import { postWebhook, type WebhookAnswer } from './post.ts';
import { webhookHeaders } from './signature.ts';

/** One job for an endpoint: a slow one keeps nobody else waiting. */
const QUEUE = 'webhooks';
/** Finds what is due again, and what nobody was woken for. */
const SWEEP_QUEUE = 'webhooks-sweep';
const EACH_MINUTE = '* * * * *';
const AT_ONCE = 10;
/** A round gives way to the next, which may be another instance's. */
const ROUND_MS = 50_000;
/** Whoever claimed and has not said by then what came of it is gone. */
const CLAIM_MS = 60_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Between attempts; after the last of them it is given up. About three days. */
export const DELAYS_MS: readonly number[] = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS];
const LONGEST_WISH_MS = 24 * HOUR_MS;
/** An event that is refused so often lets the later ones of its subject pass. */
const KEEPS_ORDER_TRIES = 4;
/** A receiver with a wrong address refuses everything. */
const REFUSALS_OF_A_ROUND = 10;
/** An endpoint that takes nothing for so long is suspended. */
const DEAD_AFTER_MS = 72 * HOUR_MS;
const KEPT_MS = 30 * 24 * HOUR_MS;
const REMOVED_AT_ONCE = 1000;
const GONE = 410;

export interface WebhookDeliveriesParts {
  readonly db: Database;
  readonly keys: Keys;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  /** Default: fifteen seconds. */
  readonly patienceMs?: number | undefined;
  readonly lookup?: LookupFunction | undefined;
}

export class WebhookDeliveries {
  readonly #parts: WebhookDeliveriesParts;
  #jobs: Jobs | undefined;
  #stopListening: (() => Promise<void>) | undefined;
  readonly #stopping = new AbortController();

  constructor(parts: WebhookDeliveriesParts) {
    this.#parts = parts;
  }

  async start(jobs: Jobs): Promise<void> {
    const { db, onError } = this.#parts;
    this.#jobs = jobs;
    // One waits and one is at work for an endpoint, in whatever instance.
    await jobs.createQueue(QUEUE, { policy: 'stately', retryLimit: 0, expireInSeconds: 300, retentionSeconds: 300, deleteAfterSeconds: 1 });
    await jobs.createQueue(SWEEP_QUEUE, { policy: 'stately', retryLimit: 0, expireInSeconds: 300, retentionSeconds: 300, deleteAfterSeconds: 1 });
    await jobs.work(QUEUE, (data) => this.#come((data as { endpointId: string }).endpointId), { atOnce: AT_ONCE });
    await jobs.work(SWEEP_QUEUE, () => this.sweep(), { atOnce: 1 });
    await jobs.schedule(SWEEP_QUEUE, EACH_MINUTE, 'UTC');
    this.#stopListening = await listenerOf(db)(WEBHOOKS_CHANNEL, {
      message: (endpointId) => void this.#follow(endpointId).catch(onError),
      listening: () => void this.sweep().catch(onError),
    });
  }

  /** Calls under way are broken off; nobody counts them as failures. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#stopListening?.();
  }

  /** Every endpoint for which something is due has its turn; what is old is forgotten. */
  async sweep(): Promise<void> {
    for (const id of await this.due()) await this.#follow(id);
    const { db, now } = this.#parts;
    await sql`
      delete from webhook_event where key in (
        select key from webhook_event where at < ${new Date(now() - KEPT_MS)} order by at limit ${REMOVED_AT_ONCE} for update skip locked
      )`.execute(db);
  }

  /** Ids of endpoints for which something is due. */
  async due(): Promise<string[]> {
    const { db, now } = this.#parts;
    const rows = await db
      .selectFrom('webhook_endpoint as endpoint')
      .select('endpoint.id')
      .where('endpoint.state', '=', 'active')
      .where(({ exists, selectFrom }) => exists(selectFrom('webhook_delivery as delivery').select('delivery.key').whereRef('delivery.endpoint_id', '=', 'endpoint.id').where('delivery.state', '=', 'waiting').where('delivery.next_at', '<=', new Date(now()))))
      .execute();
    return rows.map(({ id }) => id);
  }

  /**
   * Delivers what is due for an endpoint, until nothing is. Whoever is down is asked once in a while, and not for each event;
   * one that the receiver refuses keeps no others waiting.
   * @returns whether more may be due at once
   */
  async attend(endpointId: string): Promise<boolean> {
    const { now } = this.#parts;
    const end = now() + ROUND_MS;
    let refusals = 0;
    while (!this.#stopping.signal.aborted && refusals < REFUSALS_OF_A_ROUND && now() < end) {
      const endpoint = await this.#parts.db.selectFrom('webhook_endpoint').selectAll().where('id', '=', endpointId).executeTakeFirst();
      if (endpoint?.state !== 'active') return false;
      const claimed = await this.#claim(endpointId);
      if (!claimed) return false;
      const answer = await this.#send(endpoint, claimed);
      if (this.#stopping.signal.aborted && answer.status === undefined) {
        await this.#release(claimed);
        return false;
      }
      await this.#note(endpoint, claimed, answer);
      if (isTaken(answer)) continue;
      if (!isRefusal(answer)) return false;
      refusals++;
    }
    return !this.#stopping.signal.aborted && refusals < REFUSALS_OF_A_ROUND;
  }

  async #come(endpointId: string): Promise<void> {
    try {
      if (await this.attend(endpointId)) await this.#follow(endpointId);
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  async #follow(endpointId: string): Promise<void> {
    if (!this.#stopping.signal.aborted) await this.#jobs?.send(QUEUE, { endpointId }, { singletonKey: endpointId });
  }

  /** The oldest that is due, and that no earlier one of its subject stands before; for this instance alone. */
  async #claim(endpointId: string): Promise<ClaimedDelivery | undefined> {
    const { db, now } = this.#parts;
    const at = new Date(now());
    const { rows } = await sql<ClaimedDelivery>`
      update webhook_delivery as delivery
      set claimed_until = ${new Date(now() + CLAIM_MS)}, attempts = delivery.attempts + 1, tried_at = ${at}
      from webhook_event as event
      where event.key = delivery.event_key and delivery.key = (
        select mine.key from webhook_delivery as mine
        where mine.endpoint_id = ${endpointId} and mine.state = 'waiting' and mine.next_at <= ${at} and (mine.claimed_until is null or mine.claimed_until <= ${at})
          and not exists (
            select from webhook_delivery as earlier
            where earlier.endpoint_id = mine.endpoint_id and earlier.state = 'waiting' and earlier.subject = mine.subject and earlier.key < mine.key and earlier.attempts < ${KEEPS_ORDER_TRIES}
          )
        order by mine.key limit 1 for update skip locked
      )
      returning delivery.key, delivery.attempts, event.id, event.body`.execute(db);
    return rows[0];
  }

  async #send(endpoint: Endpoint, { id, body }: ClaimedDelivery): Promise<WebhookAnswer> {
    const { keys, now, patienceMs, lookup } = this.#parts;
    let secrets: string[];
    try {
      secrets = await secretsOf(endpoint, keys, now());
    } catch {
      return { status: undefined, text: 'cannot be signed for: its secret was sealed with another OYA_SECRET' };
    }
    const headers = webhookHeaders({ id, body, timestamp: Math.floor(now() / 1000) }, secrets);
    return postWebhook({ url: endpoint.url, headers, body, allowsPrivate: endpoint.allows_private, patienceMs, lookup, signal: this.#stopping.signal });
  }

  async #release({ key, attempts }: ClaimedDelivery): Promise<void> {
    await this.#parts.db.updateTable('webhook_delivery').set({ claimed_until: null, attempts: attempts - 1 }).where('key', '=', key).execute();
  }

  async #note(endpoint: Endpoint, { key, attempts }: ClaimedDelivery, answer: WebhookAnswer): Promise<void> {
    const { db, now } = this.#parts;
    const { status, text, retryAfterSeconds = 0 } = answer;
    const at = now();
    await db.transaction().execute(async (transaction) => {
      const delivery = transaction.updateTable('webhook_delivery').where('key', '=', key);
      const whose = transaction.updateTable('webhook_endpoint').where('id', '=', endpoint.id).where('state', '<>', 'ended');
      if (isTaken(answer)) {
        await delivery.set({ state: 'delivered', answer: text, claimed_until: null }).execute();
        if (endpoint.failing_since !== null) await whose.set({ failing_since: null }).execute();
        return;
      }
      if (status === GONE) {
        await whose.set({ state: 'ended', reason: `answers ${GONE}: it wants no more` }).execute();
        await transaction.updateTable('webhook_delivery').set({ state: 'failed', answer: text, claimed_until: null }).where('endpoint_id', '=', endpoint.id).where('state', '=', 'waiting').execute();
        return;
      }
      const delay = DELAYS_MS[attempts - 1];
      const wait = delay === undefined ? 0 : Math.max(spread(delay), Math.min(retryAfterSeconds * 1000, LONGEST_WISH_MS));
      await delivery.set({ state: delay === undefined ? 'failed' : 'waiting', next_at: new Date(at + wait), answer: text, claimed_until: null }).execute();
      const since = endpoint.failing_since?.getTime() ?? at;
      const isDead = at - since >= DEAD_AFTER_MS;
      await whose.set({ failing_since: new Date(since), ...(isDead && { state: 'suspended' as const, reason: `takes nothing since ${new Date(since).toISOString().slice(0, 16).replace('T', ' at ')} UTC; the last time it ${text}` }) }).execute();
    });
  }
}

interface ClaimedDelivery {
  readonly key: number;
  readonly attempts: number;
  readonly id: string;
  readonly body: string;
}

function isTaken({ status = 0 }: WebhookAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Of this event, by a receiver that is there. */
function isRefusal({ status = 0 }: WebhookAnswer): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** What failed together is not tried together. */
function spread(delayMs: number): number {
  return delayMs * (1 - Math.random() / 10);
}
