/** What the network's people say of an outage: it is written down, pages that are open learn of it, and whoever wants to be told is. */
import { CLOCKS_DIFFER_MS, CommuneCode, Energy, instant, Instant, LocalizedText, outageNews, OutageCause, OutageKind, OutageState, OutageStreet, PortalError, reachesMore, staleByOutages, type FieldError, type Outage, type OutageArea, type OutageNews, type OutageUpdate, type Utility } from '@oya/contract';
import type { Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { noteChange } from '../changes/note-change.ts';
import { isTaken } from '../database/errors.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { findOutage } from './read-outages.ts';

const areas = z.array(z.object({ commune: CommuneCode, streets: z.optional(z.array(OutageStreet).check(z.maxLength(500))) })).check(z.minLength(1), z.maxLength(100));
const households = z.nullable(z.int().check(z.nonnegative(), z.maximum(10_000_000)));
const note = z.nullable(z.object({ fr: LocalizedText.shape.fr.check(z.maxLength(1000)), en: z.optional(z.string().check(z.maxLength(1000))) }));

/** An outage as the network's people announce it. */
export const NewOutage = z.object({
  /** What their own systems call it: announced again under it, it is changed. */
  reference: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(80))),
  kind: OutageKind,
  energy: Energy,
  cause: z._default(OutageCause, 'unknown'),
  areas,
  households: z._default(households, null),
  /** Default: works are planned, an outage is reported. */
  state: z.optional(OutageState),
  startsAt: Instant,
  estimatedEnd: z._default(z.nullable(Instant), null),
  note: z._default(note, null),
});
export type NewOutage = z.infer<typeof NewOutage>;

/** What changes; what is absent stays. */
export const OutageChange = z.object({
  state: z.optional(OutageState),
  cause: z.optional(OutageCause),
  areas: z.optional(areas),
  households: z.optional(households),
  startsAt: z.optional(Instant),
  estimatedEnd: z.optional(z.nullable(Instant)),
  note: z.optional(note),
});
export type OutageChange = z.infer<typeof OutageChange>;

/** Who is told of what is new, once the transaction is through. */
export interface NewsSink {
  tell(news: { readonly utilityId: string; readonly outageId: string; readonly updateKey: number }, within: Transaction<Schema>): Promise<void>;
}

export interface OutagePlace {
  readonly db: Database;
  readonly utility: Utility;
  readonly news: NewsSink;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Who says so, where somebody signed in does. */
  readonly agentId: string | null;
}

/** What became of what was said. */
export interface Kept {
  readonly outage: Outage;
  readonly is: 'new' | 'changed' | 'unchanged';
  /** What of it customers are told of. */
  readonly news: OutageNews | null;
}

/** No database holds these. @throws PortalError `invalid` */
function requireStorable(told: object): void {
  const fields = Object.entries(told).flatMap(([path, value]): FieldError[] => {
    const text = JSON.stringify(value) ?? '';
    return text.includes(String.raw`\u0000`) || /\\ud[89a-f]/.test(text) ? [{ path, code: 'unreadable', detail: 'it holds a character that is none: NUL, or half of one' }] : [];
  });
  if (fields.length > 0) throw new PortalError('invalid', { detail: fields.map(({ path, detail }) => `${path}: ${detail}`).join('; '), fields });
}

const isOver = (state: OutageState) => state === 'restored' || state === 'cancelled';

/** @throws PortalError `invalid` with what is wrong and what to write instead, `conflict` for a reference that another has */
export async function createOutage(place: OutagePlace, told: NewOutage): Promise<Kept> {
  requireStorable(told);
  const keep = () =>
    place.db.transaction().execute((transaction) => {
      if (told.reference !== undefined) return createOrChange(transaction, place, told as NewOutage & { reference: string }, place.utility.id);
      return insert(transaction, place, told);
    });
  try {
    return await keep();
  } catch (error) {
    // Two announced it at once for the first time: what the other wrote is there by now, and is changed.
    if (told.reference === undefined || !isTaken(error)) throw error;
    return keep();
  }
}

async function createOrChange(transaction: Transaction<Schema>, place: OutagePlace, told: NewOutage & { readonly reference: string }, utilityId: string): Promise<Kept> {
  const known = await transaction.selectFrom('outage').select(['id', 'kind', 'energy']).where('utility_id', '=', utilityId).where('reference', '=', told.reference).forUpdate().executeTakeFirst();
  if (!known) return insert(transaction, place, told);
  if (known.kind !== told.kind || known.energy !== told.energy) {
    throw new PortalError('conflict', { detail: `the reference ${told.reference} is that of ${known.kind === 'works' ? 'works' : 'an outage'} of ${known.energy}: take another reference` });
  }
  const { cause, areas: where, households: cut, state, startsAt, estimatedEnd, note: words } = told;
  return change(transaction, place, known.id, { cause, areas: where, households: cut, ...(state && { state }), startsAt, estimatedEnd, note: words });
}

/** @throws PortalError `not-found`, or `invalid` as above */
export async function changeOutage(place: OutagePlace, id: string, changed: OutageChange): Promise<Kept> {
  requireStorable(changed);
  return place.db.transaction().execute((transaction) => change(transaction, place, id, changed));
}

async function insert(transaction: Transaction<Schema>, place: OutagePlace, told: NewOutage): Promise<Kept> {
  const { utility, now } = place;
  const state = told.state ?? (told.kind === 'works' ? 'planned' : 'reported');
  const { reference = null, kind, energy, cause, startsAt, estimatedEnd } = told;
  requireSense({ kind, state, startsAt, estimatedEnd }, now);
  const named = namedAreas(told.areas, energy, utility);
  const id = randomUUID();
  await transaction
    .insertInto('outage')
    .values({ id, utility_id: utility.id, reference, kind, energy, cause, areas: JSON.stringify(named), households: told.households, state, starts_at: new Date(startsAt), estimated_end: dateOf(estimatedEnd), ended_at: isOver(state) ? new Date(now) : null, changed_at: new Date(now) })
    .execute();
  const news = await say(transaction, place, id, undefined, { at: instant(now), state, startsAt, estimatedEnd, note: told.note });
  return { outage: await findOutage(transaction, utility.id, id), is: 'new', news };
}

async function change(transaction: Transaction<Schema>, place: OutagePlace, id: string, changed: OutageChange): Promise<Kept> {
  const { utility, now } = place;
  // Two who change it at once do so one after the other: each learns how it stands by then.
  await transaction.selectFrom('outage').select('id').where('utility_id', '=', utility.id).where('id', '=', id).forUpdate().execute();
  const before = await findOutage(transaction, utility.id, id);
  const { state = before.state, cause = before.cause, startsAt = before.startsAt, estimatedEnd = before.estimatedEnd, households: cut = before.households, note: words = null } = changed;
  requireSense({ kind: before.kind, state, startsAt, estimatedEnd }, now);
  const named = changed.areas ? namedAreas(changed.areas, before.energy, utility) : before.areas;
  const last = before.history.at(-1);
  const isSaidAlready = words === null || isDeepStrictEqual(words, last?.note);
  const isOnSameTimes = Date.parse(startsAt) === Date.parse(before.startsAt) && timeOf(estimatedEnd) === timeOf(before.estimatedEnd);
  if (state === before.state && isOnSameTimes && cause === before.cause && cut === before.households && isDeepStrictEqual(named, before.areas) && isSaidAlready) return { outage: before, is: 'unchanged', news: null };
  await transaction
    .updateTable('outage')
    .set({
      state,
      cause,
      areas: JSON.stringify(named),
      households: cut,
      starts_at: new Date(startsAt),
      estimated_end: dateOf(estimatedEnd),
      ended_at: isOver(state) ? (state === before.state ? dateOf(before.endedAt) : new Date(now)) : null,
      changed_at: new Date(now),
    })
    .where('utility_id', '=', utility.id)
    .where('id', '=', id)
    .execute();
  const news = await say(transaction, place, id, last, { at: instant(now), state, startsAt: instant(Date.parse(startsAt)), estimatedEnd: estimatedEnd && instant(Date.parse(estimatedEnd)), note: words }, reachesMore(before.areas, named));
  return { outage: await findOutage(transaction, utility.id, id), is: 'changed', news };
}

async function say(transaction: Transaction<Schema>, { utility, news: sink, agentId }: OutagePlace, outageId: string, before: OutageUpdate | undefined, after: OutageUpdate, isWider = false): Promise<OutageNews | null> {
  const news = outageNews(before, after, isWider) ?? null;
  const { key } = await transaction
    .insertInto('outage_update')
    .values({ outage_id: outageId, at: new Date(after.at), state: after.state, starts_at: new Date(after.startsAt), estimated_end: dateOf(after.estimatedEnd), note: after.note && JSON.stringify(after.note), news, agent_id: agentId })
    .returning('key')
    .executeTakeFirstOrThrow();
  await noteChange(transaction, { utilityId: utility.id }, staleByOutages());
  if (news) await sink.tell({ utilityId: utility.id, outageId, updateKey: key }, transaction);
  return news;
}

/** @throws PortalError `invalid` */
function requireSense({ kind, state, startsAt, estimatedEnd }: Pick<Outage, 'kind' | 'state' | 'startsAt' | 'estimatedEnd'>, now: number): void {
  const fields: FieldError[] = [];
  if (kind === 'outage' && (state === 'planned' || state === 'cancelled')) fields.push({ path: 'state', code: 'impossible', detail: `an outage is not ${state}: write reported, acknowledged, repairing or restored` });
  if (kind === 'works' && (state === 'reported' || state === 'acknowledged')) fields.push({ path: 'state', code: 'impossible', detail: `works are not ${state}: write planned, repairing, restored or cancelled` });
  if (kind === 'outage' && Date.parse(startsAt) > now + CLOCKS_DIFFER_MS) fields.push({ path: 'startsAt', code: 'future', detail: 'an outage has begun: what is to come are works' });
  if (estimatedEnd !== null && Date.parse(estimatedEnd) < Date.parse(startsAt)) fields.push({ path: 'estimatedEnd', code: 'before-start', detail: 'it ends before it begins' });
  if (kind === 'works' && state === 'planned' && estimatedEnd === null) fields.push({ path: 'estimatedEnd', code: 'missing', detail: 'works are told of with the time at which they end' });
  if (fields.length > 0) throw new PortalError('invalid', { detail: fields.map(({ path, detail }) => `${path}: ${detail}`).join('; '), fields });
}

/** With the names of communes that the utility serves. @throws PortalError `invalid` for one that it does not */
function namedAreas(told: NewOutage['areas'], energy: Energy, { territory, name }: Utility): OutageArea[] {
  return told.map(({ commune, streets = [] }, index) => {
    const served = territory.find((each) => each.code === commune && each.energies.includes(energy));
    if (served) return { commune, name: served.name, streets };
    const detail = `${name} serves no ${energy} in the commune ${commune}`;
    throw new PortalError('invalid', { detail, fields: [{ path: `areas.${index}.commune`, code: 'unknown', detail }] });
  });
}

function dateOf(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}

function timeOf(at: Instant | null): number | null {
  return at === null ? null : Date.parse(at);
}
