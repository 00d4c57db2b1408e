/** What consents need beside any request, by the job queue: the network operator is asked, told and listened to; what has ended is erased. */
import { ConsentPurpose, needsOperator } from '@oya/contract';
import type { Database } from '../database/open.ts';
import { findConsentedMeter, settleConsents } from '../identity/consent-decisions.ts';
import { endByCalendar, eraseWhatIsOver } from '../identity/consent-ends.ts';
import { lastRequest, unerased } from '../identity/consents.ts';
import type { DecisionParts } from '../identity/decisions.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { OperatorBusy, OperatorForgot, OperatorRefusal, type NetworkOperator } from './network-operator.ts';

/** One job for each event that something follows from: it looks at how things stand, does what is due, and comes again while anything is left. */
const QUEUE = 'consents';
/** Finds what has no job, after a crash or for whoever had no operator before, and what ends by the calendar. */
const SWEEP_QUEUE = 'consents-sweep';
const EVERY_HOUR = '7 * * * *';

const DAY_MS = 86_400_000;
/** The operator is asked again after a quarter of the time that it has had, within these. */
const SOONEST_S = 2;
const LATEST_S = 3600;
const AT_ONCE = 4;

export interface ConsentJobsParts extends Omit<DecisionParts, 'now'> {
  jobs: Pick<Jobs, 'createQueue' | 'work' | 'send' | 'schedule'>;
  operator: NetworkOperator;
  /** After so many days without an answer a consent has failed. */
  patienceDays: number;
  /** A consent took effect: what it opened is there to be collected. */
  onActive: () => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  /** What keeps the operator from being asked, and somebody must set right. */
  onError: (error: Error) => void;
}

export class ConsentJobs {
  readonly #parts: ConsentJobsParts;

  constructor(parts: ConsentJobsParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { jobs } = this.#parts;
    // One waits and one is at work for an event, in whatever instance.
    await jobs.createQueue(QUEUE, { policy: 'stately', retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: LATEST_S, expireInSeconds: 300, deleteAfterSeconds: 1 });
    await jobs.createQueue(SWEEP_QUEUE, { policy: 'stately', retryLimit: 2, retryDelay: 30, expireInSeconds: 900, deleteAfterSeconds: 1 });
    await jobs.work(QUEUE, (data) => this.#come((data as { eventId: string }).eventId), { atOnce: AT_ONCE });
    await jobs.work(SWEEP_QUEUE, () => this.sweep(), { atOnce: 1 });
    await jobs.schedule(SWEEP_QUEUE, EVERY_HOUR, 'UTC');
    await jobs.send(SWEEP_QUEUE, {}, { singletonKey: 'sweep' });
  }

  /** Does what follows from events, at once or after a while. */
  async follow(eventIds: readonly string[], afterSeconds = 0): Promise<void> {
    for (const eventId of eventIds) await this.#parts.jobs.send(QUEUE, { eventId }, { singletonKey: eventId, startAfter: Math.ceil(afterSeconds) });
  }

  /** Everything that anything may follow from. */
  async sweep(): Promise<void> {
    const { db, operator } = this.#parts;
    await this.follow(await endByCalendar(this.#now()));
    await this.follow((await unerased(db).select('event.id').execute()).map(({ id }) => id));
    if (!operator.answers) return;
    const waiting = await db.selectFrom('consent_state').selectAll().where('state', '=', 'requested').where('purpose', 'in', ConsentPurpose.options.filter(needsOperator)).execute();
    for (const consent of waiting) {
      const event = await lastRequest(db, consent);
      if (event) await this.follow([event.id]);
    }
    const ended = await db
      .selectFrom('network_request as request')
      .innerJoin('consent_event as event', 'event.key', 'request.event_key')
      .innerJoin('consent_state as state', (join) => join.onRef('state.meter_key', '=', 'event.meter_key').onRef('state.purpose', '=', 'event.purpose').onRef('state.recipient_id', '=', 'event.recipient_id'))
      .select('state.id')
      .where('request.ended_at', 'is', null)
      .where('state.kind', 'in', ['withdrawn', 'expired'])
      .execute();
    await this.follow(ended.map(({ id }) => id));
  }

  /**
   * Does what is due after an event.
   * @returns after how many seconds to come again; `undefined` where nothing is left to do
   */
  async attend(eventId: string): Promise<number | undefined> {
    const { db } = this.#parts;
    const event = await findEvent(db, eventId);
    if (!event) return undefined;
    try {
      return await (event.kind === 'requested' ? this.#bringAbout(event) : this.#finish(event));
    } catch (error) {
      const wait = this.#backoff(event);
      if (error instanceof OperatorForgot) {
        await db.deleteFrom('network_request').where('event_key', '=', event.key).execute();
        return wait;
      }
      if (error instanceof OperatorBusy) return Math.max(error.retryAfterSeconds ?? 0, wait);
      this.#parts.onError(error instanceof Error ? error : new Error(String(error)));
      return Math.max(wait, SOONEST_S * 5);
    }
  }

  async #come(eventId: string): Promise<void> {
    const again = await this.attend(eventId);
    if (again !== undefined) await this.follow([eventId], Math.max(again, 1));
  }

  /** Asks for a consent, or what became of the request. */
  async #bringAbout(event: FollowedEvent): Promise<number | undefined> {
    const { db, operator, patienceDays, onActive, now } = this.#parts;
    if (!operator.answers || !needsOperator(event.purpose)) return undefined;
    // What was withdrawn meanwhile is neither asked for nor decided on; taken back, it is followed again.
    const state = await db.selectFrom('consent_state').select('state').where('meter_key', '=', event.meter_key).where('purpose', '=', event.purpose).where('recipient_id', '=', event.recipient_id).executeTakeFirst();
    if (state?.state !== 'requested' || (await lastRequest(db, event))?.key !== event.key) return undefined;

    const settle = async (decision: Parameters<typeof settleConsents>[2]) => {
      await settleConsents(this.#now(), await findConsentedMeter(db, event.meter_key), decision, 'system', { purpose: event.purpose, eventKey: event.key });
      if (decision === 'active') await onActive();
      return undefined;
    };
    const asked = await db.selectFrom('network_request').select('request_id').where('event_key', '=', event.key).executeTakeFirst();
    if (now() - event.at.getTime() > patienceDays * DAY_MS) {
      await settle('no-answer');
      await this.#endRequests(event, 'with this one');
      return undefined;
    }
    let requestId = asked?.request_id;
    if (requestId === undefined) {
      // What stands there of an earlier consent ends before it begins anew.
      await this.#endRequests(event, 'before this one');
      try {
        requestId = await operator.activate({ deliveryPoint: event.delivery_point, purpose: event.purpose, key: event.id });
      } catch (error) {
        if (error instanceof OperatorRefusal) return settle(error.reason);
        throw error;
      }
      await db.insertInto('network_request').values({ event_key: event.key, request_id: requestId, asked_at: new Date(now()), ended_at: null }).onConflict((conflict) => conflict.doNothing()).execute();
    }
    const answer = await operator.answerTo(requestId);
    if (answer.state !== 'failed') return answer.state === 'active' ? settle('active') : this.#backoff(event);
    await db.updateTable('network_request').set({ ended_at: new Date(now()) }).where('event_key', '=', event.key).execute();
    return settle(answer.reason);
  }

  /** Erases where that is wished, and ends at the operator what was withdrawn for good or has expired. */
  async #finish(event: FollowedEvent): Promise<number | undefined> {
    const { db, operator, now } = this.#parts;
    if (event.kind !== 'withdrawn' && event.kind !== 'expired') return undefined;
    if (await this.#wasRestored(event)) return undefined;
    const left = (event.undo_until?.getTime() ?? 0) - now();
    const isGivenAgain = ((await lastRequest(db, event))?.key ?? 0) > event.key;
    if (left > 0 && !isGivenAgain) return left / 1000;
    await eraseWhatIsOver(this.#now(), await findConsentedMeter(db, event.meter_key));
    if (operator.answers) await this.#endRequests(event, 'before this one');
    return undefined;
  }

  /** What came next of the same consent is that it was taken back. */
  async #wasRestored({ meter_key, purpose, recipient_id, key }: FollowedEvent): Promise<boolean> {
    const next = await this.#parts.db
      .selectFrom('consent_event')
      .select('kind')
      .where('meter_key', '=', meter_key)
      .where('purpose', '=', purpose)
      .where('recipient_id', '=', recipient_id)
      .where('kind', 'not in', ['erased', 'reminded'])
      .where('key', '>', key)
      .orderBy('key')
      .limit(1)
      .executeTakeFirst();
    return next?.kind === 'restored';
  }

  async #endRequests({ meter_key, purpose, recipient_id, key }: FollowedEvent, which: 'before this one' | 'with this one'): Promise<void> {
    const { db, operator, now } = this.#parts;
    const open = await db
      .selectFrom('network_request as request')
      .innerJoin('consent_event as event', 'event.key', 'request.event_key')
      .select(['request.event_key', 'request.request_id'])
      .where('event.meter_key', '=', meter_key)
      .where('event.purpose', '=', purpose)
      .where('event.recipient_id', '=', recipient_id)
      .where('event.key', which === 'with this one' ? '<=' : '<', key)
      .where('request.ended_at', 'is', null)
      .execute();
    for (const { event_key, request_id } of open) {
      await operator.end(request_id);
      await db.updateTable('network_request').set({ ended_at: new Date(now()) }).where('event_key', '=', event_key).execute();
    }
  }

  #backoff({ at, kind }: FollowedEvent): number {
    const ageSeconds = (this.#parts.now() - at.getTime()) / 1000;
    return Math.min(Math.max(kind === 'requested' ? ageSeconds / 4 : SOONEST_S * 5, SOONEST_S), LATEST_S);
  }

  #now(): DecisionParts {
    return { ...this.#parts, now: this.#parts.now() };
  }
}

type FollowedEvent = NonNullable<Awaited<ReturnType<typeof findEvent>>>;

function findEvent(db: Database, id: string) {
  return db
    .selectFrom('consent_event as event')
    .innerJoin('meter', 'meter.key', 'event.meter_key')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['event.id', 'event.key', 'event.meter_key', 'event.purpose', 'event.recipient_id', 'event.kind', 'event.at', 'event.undo_until', 'contract.delivery_point'])
    .where('event.id', '=', id)
    .executeTakeFirst();
}
