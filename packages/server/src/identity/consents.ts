/** Consents of meters: what was agreed to is appended, never changed; how a consent stands is its last event. */
import { randomUUID } from 'node:crypto';
import {
  ConsentPurpose,
  expiryOf,
  hasData,
  instant,
  loadCurveState,
  localDay,
  needsOperator,
  purposesOf,
  resolutionsWith,
  staleByConsents,
  type Consent,
  type ConsentEvent,
  type ConsentFailure,
  type ConsentName,
  type ConsentRecipient,
  type ConsentText,
  type LocalDay,
  type Meter,
  type Resolution,
  type TimeZone,
} from '@oya/contract';
import { sql, type Kysely, type Transaction } from 'kysely';
import { noteMeterChange } from '../changes/note-change.ts';
import type { Schema } from '../database/schema.ts';
import { loadUtility } from '../utilities.ts';
import { announce } from '../webhooks/announce.ts';
import type { WebhookEvent } from '../webhooks/events.ts';

/** The states of a meter's consents, as `consentStates` reads them; `null` where nothing ever happened. */
export type ConsentStates = Pick<Consent, 'purpose' | 'state'>[] | null;

/** Within a query on `meter`. */
export const consentStates = sql<ConsentStates>`(
  select jsonb_agg(jsonb_build_object('purpose', purpose, 'state', state))
  from consent_state where meter_key = meter.key)`;

export function loadCurveOf({ has_load_curve, consents }: { has_load_curve: boolean; consents: ConsentStates }): Meter['loadCurve'] {
  return has_load_curve ? loadCurveState(consents ?? []) : 'unavailable';
}

/** Within a query on `meter`: whether half-hours of it are there. They may be when nothing is collected any more. */
export const keepsCurve = sql<boolean>`exists (select from channel as kept where kept.meter_key = meter.key and kept.curve_from is not null)`;

/** Those of the calendar, and those of the curve while it is collected or kept. */
export function resolutionsOf(meter: { has_load_curve: boolean; consents: ConsentStates; resolutions: Resolution[]; keeps_curve: boolean }): Resolution[] {
  return resolutionsWith(loadCurveOf(meter), meter.resolutions, meter.keeps_curve);
}

/** Whether the portal may take in what a consent is about; nobody consents to what a person reads off a meter. */
export function isCollected({ kind, consents }: { kind: Meter['kind']; consents: ConsentStates }, purpose: ConsentPurpose): boolean {
  return kind === 'hand-read' || (consents?.some((consent) => consent.purpose === purpose && consent.state === 'active') ?? false);
}

/** Whatever changes a meter's consents does so one after the other. */
export async function lockMeter(db: Transaction<Schema>, key: number): Promise<void> {
  await db.selectFrom('meter').select('key').where('key', '=', key).forUpdate().execute();
}

/** Each consent that the utility has words for and that the meter can be asked, and how it stands. */
export async function readConsents(db: Kysely<Schema>, utilityId: string, meter: ConsentMeter, now: number): Promise<Consent[]> {
  const texts = await db
    .selectFrom('consent_text')
    .distinctOn(['purpose', 'recipient_id'])
    .select(['purpose', 'recipient_id', 'recipient_name', 'version', 'title', 'text', 'months'])
    .where('utility_id', '=', utilityId)
    .where('in_force_from', '<=', new Date(now))
    .orderBy('purpose')
    .orderBy('recipient_id')
    .orderBy('in_force_from', 'desc')
    .orderBy('version', 'desc')
    .execute();
  const states = await statesOf(db, meter.key);
  const open = await openWithdrawals(db, meter.key, states, now);
  return purposesOf({ kind: meter.kind, loadCurve: loadCurveOf(meter) }).flatMap((purpose) =>
    texts
      .filter((text) => text.purpose === purpose)
      .map(({ recipient_id, recipient_name, version, title, text, months }): Consent => {
        const last = states.find((each) => each.purpose === purpose && each.recipient_id === recipient_id);
        return {
          purpose,
          ...(recipient_name !== null && { recipient: { id: recipient_id, name: recipient_name } }),
          state: last?.state ?? 'off',
          since: last ? instant(last.at.getTime()) : null,
          text: { version, title, text, ...(months !== null && { months }) },
          ...(last?.state === 'failed' && last.failure !== null && { failure: last.failure }),
          ...(last?.state === 'active' && last.expires_on !== null && { expiresOn: last.expires_on }),
          ...(last?.undo_until && open.has(last.withdrawal_id) && { undo: { until: instant(last.undo_until.getTime()), erases: last.erases === true } }),
        };
      }),
  );
}

export type ConsentStateRow = Schema['consent_state'];

function statesOf(db: Kysely<Schema>, meterKey: number): Promise<ConsentStateRow[]> {
  return db.selectFrom('consent_state').selectAll().where('meter_key', '=', meterKey).execute();
}

/** Withdrawals that can be taken back: while their time lasts, and as long as all that went with them stands as they left it. */
async function openWithdrawals(db: Kysely<Schema>, meterKey: number, states: readonly ConsentStateRow[], now: number): Promise<ReadonlySet<string | null>> {
  const ids = new Set(states.flatMap(({ kind, undo_until, withdrawal_id }) => (kind === 'withdrawn' && undo_until && undo_until.getTime() > now && withdrawal_id !== null ? [withdrawal_id] : [])));
  if (ids.size === 0) return ids;
  const last = new Set(states.map(({ key }) => key));
  // By another instance, whose clock is ahead.
  const erased = await db.selectFrom('consent_event').select(['purpose', 'recipient_id', 'key']).where('meter_key', '=', meterKey).where('kind', '=', 'erased').execute();
  for (const { purpose, recipient_id, key } of erased) {
    const state = states.find((each) => each.purpose === purpose && each.recipient_id === recipient_id);
    if (state && state.key < key) ids.delete(state.withdrawal_id ?? '');
  }
  for (const { key, withdrawal_id } of await db.selectFrom('consent_event').select(['key', 'withdrawal_id']).where('meter_key', '=', meterKey).where('withdrawal_id', 'in', [...ids]).execute()) {
    if (withdrawal_id !== null && !last.has(key)) ids.delete(withdrawal_id);
  }
  return ids;
}

/** What is asked of a meter's row to know its consents. */
export interface ConsentMeter {
  readonly key: number;
  readonly kind: Meter['kind'];
  readonly has_load_curve: boolean;
  readonly consents: ConsentStates;
}

/** The words that a customer agreed to last, by consent. */
export async function wordsAgreedTo(db: Kysely<Schema>, meterKey: number): Promise<(consent: Pick<Consent, 'purpose' | 'recipient'>) => ConsentText | undefined> {
  const rows = await db
    .selectFrom('consent_event')
    .select(['purpose', 'recipient_id', 'text_version as version', 'title', 'text', 'months'])
    .where('meter_key', '=', meterKey)
    .where('kind', '=', 'requested')
    .where('text_version', 'is not', null)
    .orderBy('key', 'desc')
    .$narrowType<{ version: string; title: ConsentText['title']; text: ConsentText['text'] }>()
    .execute();
  return ({ purpose, recipient }) => {
    const last = rows.find((row) => row.purpose === purpose && row.recipient_id === (recipient?.id ?? ''));
    return last && { version: last.version, title: last.title, text: last.text, ...(last.months !== null && { months: last.months }) };
  };
}

/** A consent that the network operator works on, or one that it has to end. */
export interface WaitingConsent {
  readonly key: number;
  readonly utilityId: string;
  readonly meterId: string;
  readonly deliveryPoint: string;
  readonly purpose: ConsentPurpose;
  readonly kind: ConsentEvent['kind'];
  readonly at: Date;
}

export async function waitingConsents(db: Kysely<Schema>): Promise<WaitingConsent[]> {
  return consentsAtOperator(db).where('consent.state', '=', 'requested').execute();
}

/** Withdrawn for good, or expired, since then. */
export async function endedConsents(db: Kysely<Schema>, since: number, now: number): Promise<WaitingConsent[]> {
  return consentsAtOperator(db)
    .where('consent.at', '>', new Date(since))
    .where((is) => is.or([is('consent.kind', '=', 'expired'), is.and([is('consent.kind', '=', 'withdrawn'), is('consent.undo_until', '<=', new Date(now))])]))
    .execute();
}

function consentsAtOperator(db: Kysely<Schema>) {
  return db
    .selectFrom('consent_state as consent')
    .innerJoin('meter', 'meter.key', 'consent.meter_key')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['meter.key', 'meter.utility_id as utilityId', 'meter.id as meterId', 'contract.delivery_point as deliveryPoint', 'consent.purpose', 'consent.kind', 'consent.at'])
    .where('consent.purpose', 'in', ConsentPurpose.options.filter(needsOperator))
    .orderBy('consent.at')
    .orderBy('meter.id')
    .orderBy('consent.purpose', 'desc');
}

/** A meter, as far as its consents are written down. */
export interface MeterKey {
  readonly key: number;
  readonly utilityId: string;
}

/** Which of the consents that wait is decided on; default: all of them. */
export interface DecidedOn {
  readonly purpose?: ConsentPurpose | undefined;
  /** The last one that was asked for by that event: one that was withdrawn and given again meanwhile is another. */
  readonly eventKey?: number | undefined;
}

/**
 * What became of the consents of a meter that the network operator works on.
 * @returns the purposes that it holds for; none where nothing waits
 */
export async function decideConsents(db: Kysely<Schema>, meter: MeterKey, decision: 'active' | ConsentFailure, now: number, which: DecidedOn = {}): Promise<ConsentPurpose[]> {
  return db.transaction().execute((transaction) => decideWithin(transaction, meter, decision, now, which));
}

/** The same, within a transaction that does what follows from it too. */
export async function decideWithin(db: Transaction<Schema>, meter: MeterKey, decision: 'active' | ConsentFailure, now: number, { purpose: only, eventKey }: DecidedOn = {}): Promise<ConsentPurpose[]> {
  await lockMeter(db, meter.key);
  const waiting = (await statesOf(db, meter.key)).filter(({ state, purpose }) => state === 'requested' && (only === undefined || purpose === only));
  const decided: ConsentStateRow[] = [];
  for (const consent of waiting) if (eventKey === undefined || (await lastRequest(db, consent))?.key === eventKey) decided.push(consent);
  decided.sort((one, other) => ConsentPurpose.options.indexOf(one.purpose) - ConsentPurpose.options.indexOf(other.purpose));
  const agreed = await wordsAgreedTo(db, meter.key);
  const { timeZone } = await loadUtility(db, meter.utilityId);
  await appendConsentEvents(
    db,
    meter,
    decided.map((row) => {
      const about = { ...aboutConsent(row, agreed), at: now, actor: 'network-operator', customer_id: null, channel: 'system' } as const;
      if (decision !== 'active') return { ...about, kind: 'failed', state: 'failed', failure: decision };
      return { ...about, kind: 'active', state: 'active', expiresOn: expiresOn(about.words, now, timeZone) };
    }),
  );
  return decided.map(({ purpose }) => purpose);
}

/** The event by which a consent was asked for last: a withdrawal that was taken back asks for nothing anew. */
export async function lastRequest(db: Kysely<Schema>, { meter_key, purpose, recipient_id }: Pick<ConsentStateRow, 'meter_key' | 'purpose' | 'recipient_id'>): Promise<{ key: number; id: string } | undefined> {
  return db
    .selectFrom('consent_event')
    .select(['key', 'id'])
    .where('meter_key', '=', meter_key)
    .where('purpose', '=', purpose)
    .where('recipient_id', '=', recipient_id)
    .where('kind', '=', 'requested')
    .orderBy('key', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The first day on which what takes effect now no longer holds. */
export function expiresOn(words: ConsentText | null, now: number, timeZone: TimeZone): LocalDay | undefined {
  return words?.months === undefined ? undefined : expiryOf(localDay(now, timeZone), words.months);
}

type Agreed = Awaited<ReturnType<typeof wordsAgreedTo>>;

/** Which consent, and the words that were agreed to. */
export function aboutConsent({ purpose, recipient_id, recipient_name }: Pick<ConsentStateRow, 'purpose' | 'recipient_id' | 'recipient_name'>, agreed: Agreed) {
  const recipient = recipient_name === null ? undefined : { id: recipient_id, name: recipient_name };
  return { purpose, recipient, words: agreed({ purpose, recipient }) ?? null };
}

export interface Withdrawal {
  customerId: string;
  erase: boolean;
  /** Epoch milliseconds. */
  now: number;
  undoUntil: number;
}

/**
 * @param going what is withdrawn, all at once
 * @returns ids of the events
 */
export async function withdraw(db: Transaction<Schema>, meter: MeterKey, going: readonly Consent[], { customerId, erase, now, undoUntil }: Withdrawal): Promise<string[]> {
  const agreed = await wordsAgreedTo(db, meter.key);
  const id = randomUUID();
  return appendConsentEvents(
    db,
    meter,
    going.map(({ purpose, recipient }) => ({
      purpose,
      recipient,
      kind: 'withdrawn',
      state: 'off',
      at: now,
      actor: 'customer',
      customer_id: customerId,
      channel: 'web',
      words: agreed({ purpose, recipient }) ?? null,
      withdrawal: { id, erases: erase && hasData(purpose), undoUntil },
    })),
  );
}

export interface Restored {
  purpose: ConsentPurpose;
  /** The event that the network operator still works on, where it does. */
  requestId: string | undefined;
}

/**
 * Takes a withdrawal back, with all that went with it.
 * @returns what stands again as before; none where its time is over, or where something was given again since
 */
export async function restore(db: Transaction<Schema>, meter: MeterKey, name: ConsentName, { customerId, now }: { customerId: string; now: number }): Promise<Restored[]> {
  const states = await statesOf(db, meter.key);
  const named = states.find(({ purpose, recipient_id }) => purpose === name.purpose && recipient_id === (name.recipientId ?? ''));
  const open = await openWithdrawals(db, meter.key, states, now);
  if (!named || named.kind !== 'withdrawn' || !open.has(named.withdrawal_id)) return [];
  const agreed = await wordsAgreedTo(db, meter.key);
  const restored: Restored[] = [];
  for (const row of states.filter(({ withdrawal_id }) => withdrawal_id === named.withdrawal_id)) {
    const before = await db
      .selectFrom('consent_event')
      .select(['state', 'expires_on'])
      .where('meter_key', '=', meter.key)
      .where('purpose', '=', row.purpose)
      .where('recipient_id', '=', row.recipient_id)
      .where('kind', 'not in', ['erased', 'reminded'])
      .where('key', '<', row.key)
      .orderBy('key', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const about = { ...aboutConsent(row, agreed), at: now, actor: 'customer', customer_id: customerId, channel: 'web' } as const;
    await appendConsentEvents(db, meter, [{ ...about, kind: 'restored', state: before.state, expiresOn: before.expires_on ?? undefined }]);
    restored.push({ purpose: row.purpose, requestId: before.state === 'requested' ? (await lastRequest(db, row))?.id : undefined });
  }
  return restored;
}

/** What was withdrawn to be erased and is not yet; ended by now or not. */
export function unerased(db: Kysely<Schema>) {
  return db
    .selectFrom('consent_event as event')
    .where('event.kind', '=', 'withdrawn')
    .where('event.erases', '=', true)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('consent_event as later')
            .select('later.key')
            .whereRef('later.meter_key', '=', 'event.meter_key')
            .whereRef('later.purpose', '=', 'event.purpose')
            .whereRef('later.recipient_id', '=', 'event.recipient_id')
            .whereRef('later.key', '>', 'event.key')
            .where('later.kind', 'in', ['restored', 'erased']),
        ),
      ),
    );
}

/** One thing that happened to a consent. */
export interface ConsentHappening extends Pick<Schema['consent_event'], 'purpose' | 'kind' | 'state' | 'actor' | 'customer_id' | 'channel'> {
  recipient?: ConsentRecipient | undefined;
  /** Epoch milliseconds. */
  at: number;
  /** The words that were agreed to, or that what happened is about. */
  words: ConsentText | null;
  failure?: ConsentFailure | undefined;
  /** Of a withdrawal; `id` is shared by all that went at once, `undoUntil` in epoch milliseconds. */
  withdrawal?: { id: string; erases: boolean; undoUntil: number } | undefined;
  expiresOn?: LocalDay | undefined;
}

/** @returns the ids of the events, in their order */
export async function appendConsentEvents(db: Kysely<Schema>, meter: MeterKey, events: readonly ConsentHappening[]): Promise<string[]> {
  if (events.length === 0) return [];
  const rows = events.map(({ recipient, at, words, failure, withdrawal, expiresOn: until, ...event }) => ({
    ...event,
    id: randomUUID(),
    utility_id: meter.utilityId,
    meter_key: meter.key,
    recipient_id: recipient?.id ?? '',
    recipient_name: recipient?.name ?? null,
    at: new Date(at),
    text_version: words?.version ?? null,
    title: words && JSON.stringify(words.title),
    text: words && JSON.stringify(words.text),
    months: words?.months ?? null,
    failure: failure ?? null,
    erases: withdrawal?.erases ?? null,
    undo_until: withdrawal ? new Date(withdrawal.undoUntil) : null,
    withdrawal_id: withdrawal?.id ?? null,
    expires_on: until ?? null,
  }));
  await db.insertInto('consent_event').values(rows).execute();
  await noteMeterChange(db, meter.key, staleByConsents);
  const { meterId, contractId } = await db.selectFrom('meter').select(['id as meterId', 'contract_id as contractId']).where('key', '=', meter.key).executeTakeFirstOrThrow();
  for (const row of rows) {
    const told = toldOf(row, { meterId, contractId });
    if (told) await announce(db, meter.utilityId, told, row.at.getTime());
  }
  return rows.map(({ id }) => id);
}

/** What the utility's systems are told of it; nothing of a reminder, which changes nothing. */
function toldOf({ id: eventId, purpose, recipient_id, kind, failure, erases }: Pick<ConsentStateRow, 'id' | 'purpose' | 'recipient_id' | 'kind' | 'failure' | 'erases'>, meter: { readonly meterId: string; readonly contractId: string }): WebhookEvent | undefined {
  const data = { ...meter, purpose, ...(recipient_id !== '' && { recipientId: recipient_id }), eventId };
  switch (kind) {
    case 'reminded':
      return undefined;
    case 'requested':
      return { type: 'consent.given', data };
    case 'failed':
      return { type: 'consent.failed', data: { ...data, failure: failure ?? 'refused' } };
    case 'withdrawn':
      return { type: 'consent.withdrawn', data: { ...data, erases: erases === true } };
    default:
      return { type: `consent.${kind}`, data };
  }
}

/** All that happened to a meter's consents, the latest first. */
export function consentEvents(db: Kysely<Schema>, meterKey: number) {
  return db
    .selectFrom('consent_event as event')
    .leftJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'event.utility_id').onRef('customer.id', '=', 'event.customer_id'))
    .selectAll('event')
    .select('customer.display_name')
    .where('event.meter_key', '=', meterKey)
    .orderBy('event.at', 'desc')
    .orderBy('event.key', 'desc');
}

export function consentEventOf(row: Awaited<ReturnType<ReturnType<typeof consentEvents>['executeTakeFirstOrThrow']>>): ConsentEvent {
  const { text_version: version, title, text, months } = row;
  return {
    id: row.id,
    purpose: row.purpose,
    ...(row.recipient_name !== null && { recipient: { id: row.recipient_id, name: row.recipient_name } }),
    kind: row.kind,
    state: row.state,
    at: instant(row.at.getTime()),
    actor: row.actor,
    name: row.display_name,
    channel: row.channel,
    text: version !== null && title !== null && text !== null ? { version, title, text, ...(months !== null && { months }) } : null,
    ...(row.failure !== null && { failure: row.failure }),
    ...(row.erases !== null && { erases: row.erases }),
  };
}
