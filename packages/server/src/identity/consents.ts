/** Consents of meters: what was agreed to is appended, never changed; how a consent stands is its last event. */
import { randomUUID } from 'node:crypto';
import { ConsentPurpose, instant, loadCurveState, resolutionsWith, type Consent, type Meter, type Resolution } from '@oya/contract';
import { sql, type Kysely } from 'kysely';
import type { ConsentEventState, Schema } from '../database/schema.ts';

/** The states of a meter's consents, as `consentStates` reads them; `null` where nothing ever happened. */
export type ConsentStates = Pick<Consent, 'purpose' | 'state'>[] | null;

/** Within a query on `meter`. */
export const consentStates = sql<ConsentStates>`(
  select jsonb_agg(jsonb_build_object('purpose', purpose, 'state', case state when 'withdrawn' then 'off' else state end))
  from consent_state where meter_key = meter.key)`;

export function loadCurveOf({ has_load_curve, consents }: { has_load_curve: boolean; consents: ConsentStates }): Meter['loadCurve'] {
  return has_load_curve ? loadCurveState(consents ?? []) : 'unavailable';
}

/** Those of the calendar, and those of the curve while it is collected. */
export function resolutionsOf(meter: { has_load_curve: boolean; consents: ConsentStates; resolutions: Resolution[] }): Resolution[] {
  return resolutionsWith(loadCurveOf(meter), meter.resolutions);
}

/** Each purpose that the utility has words for, and how it stands. */
export async function readConsents(db: Kysely<Schema>, utilityId: string, meterKey: number, now: number): Promise<Consent[]> {
  const texts = await db
    .selectFrom('consent_text')
    .distinctOn('purpose')
    .select(['purpose', 'version', 'title', 'text'])
    .where('utility_id', '=', utilityId)
    .where('in_force_from', '<=', new Date(now))
    .orderBy('purpose')
    .orderBy('in_force_from', 'desc')
    .orderBy('version', 'desc')
    .execute();
  const states = await db.selectFrom('consent_state').select(['purpose', 'state', 'at']).where('meter_key', '=', meterKey).execute();
  return ConsentPurpose.options.flatMap((purpose): Consent[] => {
    const words = texts.find((text) => text.purpose === purpose);
    const last = states.find((each) => each.purpose === purpose);
    if (!words) return [];
    const { version, title, text } = words;
    return [{ purpose, state: stateOf(last?.state), since: last ? instant(last.at.getTime()) : null, text: { version, title, text } }];
  });
}

/** The words of each purpose that a customer agreed to last. */
export async function wordsAgreedTo(db: Kysely<Schema>, meterKey: number): Promise<Map<ConsentPurpose, Consent['text']>> {
  const rows = await db
    .selectFrom('consent_event')
    .select(['purpose', 'text_version as version', 'title', 'text'])
    .where('meter_key', '=', meterKey)
    .where('state', '=', 'requested')
    .where('text_version', 'is not', null)
    .orderBy('key')
    .$narrowType<{ version: string; title: Consent['text']['title']; text: Consent['text']['text'] }>()
    .execute();
  return new Map(rows.map(({ purpose, ...words }) => [purpose, words]));
}

/** A consent that the network operator works on. */
export interface WaitingConsent {
  readonly key: number;
  readonly utilityId: string;
  readonly meterId: string;
  readonly deliveryPoint: string;
  readonly purpose: ConsentPurpose;
  readonly at: Date;
}

export async function waitingConsents(db: Kysely<Schema>): Promise<WaitingConsent[]> {
  return db
    .selectFrom('consent_state as consent')
    .innerJoin('meter', 'meter.key', 'consent.meter_key')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['meter.key', 'meter.utility_id as utilityId', 'meter.id as meterId', 'contract.delivery_point as deliveryPoint', 'consent.purpose', 'consent.at'])
    .where('consent.state', '=', 'requested')
    .orderBy('consent.at')
    .orderBy('meter.id')
    .orderBy('consent.purpose', 'desc')
    .execute();
}

/**
 * What became of the consents of a meter that the network operator works on.
 * @returns the purposes that it holds for; none where nothing waits
 */
export async function decideConsents(db: Kysely<Schema>, meter: { key: number; utilityId: string }, state: 'active' | 'failed', now: number): Promise<ConsentPurpose[]> {
  return db.transaction().execute(async (transaction) => {
    await transaction.selectFrom('meter').select('key').where('key', '=', meter.key).forUpdate().execute();
    const waiting = await transaction.selectFrom('consent_state').select('purpose').where('meter_key', '=', meter.key).where('state', '=', 'requested').orderBy('purpose', 'desc').execute();
    const agreed = await wordsAgreedTo(transaction, meter.key);
    await appendConsentEvents(transaction, meter, waiting.map(({ purpose }) => ({ purpose, state, at: now, actor: 'utility', customer_id: null, channel: 'system', words: agreed.get(purpose) ?? null })));
    return waiting.map(({ purpose }) => purpose);
  });
}

/** One thing that happened to a consent. */
export interface ConsentEvent extends Pick<Schema['consent_event'], 'purpose' | 'actor' | 'customer_id' | 'channel'> {
  state: ConsentEventState;
  /** Epoch milliseconds. */
  at: number;
  /** The words that were agreed to, or that what happened is about. */
  words: Consent['text'] | null;
}

export async function appendConsentEvents(db: Kysely<Schema>, meter: { key: number; utilityId: string }, events: readonly ConsentEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db
    .insertInto('consent_event')
    .values(
      events.map(({ at, words, ...event }) => ({
        ...event,
        id: randomUUID(),
        utility_id: meter.utilityId,
        meter_key: meter.key,
        at: new Date(at),
        text_version: words?.version ?? null,
        title: words && JSON.stringify(words.title),
        text: words && JSON.stringify(words.text),
      })),
    )
    .execute();
}

function stateOf(state: ConsentEventState | undefined): Consent['state'] {
  return state === undefined || state === 'withdrawn' ? 'off' : state;
}
