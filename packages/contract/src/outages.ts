/**
 * When a supply is interrupted: works that were planned, and outages that were not. No common API exists for it; the model
 * holds what network operators tell: state, cause, where, since when, until when, and how that changed.
 */
import * as z from 'zod/mini';
import { page } from './page.ts';
import { ContactPoint, Energy, Id, LocalizedText } from './portal.ts';
import { Instant } from './time.ts';

/** `works` are planned and told beforehand; an `outage` is not. */
export const OUTAGE_KINDS = ['outage', 'works'] as const;
export const OutageKind = z.enum(OUTAGE_KINDS);
export type OutageKind = z.infer<typeof OutageKind>;

/**
 * Works are planned, then repaired (under way) and restored; an outage is reported, acknowledged, repaired and restored.
 * What was planned may be called off.
 */
export const OUTAGE_STATES = ['planned', 'reported', 'acknowledged', 'repairing', 'restored', 'cancelled'] as const;
export const OutageState = z.enum(OUTAGE_STATES);
export type OutageState = z.infer<typeof OutageState>;

export const OUTAGE_CAUSES = ['maintenance', 'reinforcement', 'connection', 'pruning', 'storm', 'lightning', 'snow', 'flood', 'tree', 'equipment', 'third-party', 'overload', 'load-shedding', 'unknown'] as const;
export const OutageCause = z.enum(OUTAGE_CAUSES);
export type OutageCause = z.infer<typeof OutageCause>;

/** INSEE's code of a commune: five characters, `2A004` in Corsica. */
export const CommuneCode = z.string().check(z.regex(/^(\d{2}|2[AB])\d{3}$/, 'an INSEE code has five digits, or 2A or 2B and three'));
export type CommuneCode = z.infer<typeof CommuneCode>;

const houseNumber = z.int().check(z.minimum(1), z.maximum(9999));

/** A street, or the numbers of it from one to another, or those of one side. */
export const OutageStreet = z
  .object({
    name: z.string().check(z.minLength(1), z.maxLength(120)),
    from: z.optional(houseNumber),
    to: z.optional(houseNumber),
    side: z.optional(z.enum(['odd', 'even'])),
  })
  .check(z.refine(({ from, to }) => from === undefined || to === undefined || from <= to, { error: 'the numbers of a street run from the lower to the higher', path: ['to'] }));
export type OutageStreet = z.infer<typeof OutageStreet>;

/** A commune and its streets; none named: all of it may be concerned. */
export const OutageArea = z.object({ commune: CommuneCode, name: z.string().check(z.minLength(1), z.maxLength(120)), streets: z.array(OutageStreet) });
export type OutageArea = z.infer<typeof OutageArea>;

/** What was said of it at a time. `estimatedEnd` is what was expected from then on; `null`: nobody could say. */
export const OutageUpdate = z.object({
  at: Instant,
  state: OutageState,
  startsAt: Instant,
  estimatedEnd: z.nullable(Instant),
  note: z.nullable(LocalizedText),
});
export type OutageUpdate = z.infer<typeof OutageUpdate>;

export const Outage = z.object({
  id: Id,
  kind: OutageKind,
  energy: Energy,
  state: OutageState,
  cause: OutageCause,
  areas: z.array(OutageArea).check(z.minLength(1)),
  /** How many are, or will be, without supply; `null`: not known. */
  households: z.nullable(z.int().check(z.nonnegative())),
  startsAt: Instant,
  estimatedEnd: z.nullable(Instant),
  /** When it was restored or called off. */
  endedAt: z.nullable(Instant),
  /** All that was said, the oldest first; the last is how it stands. */
  history: z.array(OutageUpdate).check(z.minLength(1)),
});
export type Outage = z.infer<typeof Outage>;

/** A commune whose outages the utility tells. */
export const AlertCommune = z.object({ code: CommuneCode, name: z.string(), postcode: z.string(), energies: z.array(Energy) });
export type AlertCommune = z.infer<typeof AlertCommune>;

/** All that a public page shows, in one answer: on a weak network each further one would cost a second. */
export const OutageBoard = z.extend(page(Outage), {
  /** The portal's clock when it answered. */
  asOf: Instant,
  communes: z.array(AlertCommune),
  contacts: z.array(ContactPoint),
});
export type OutageBoard = z.infer<typeof OutageBoard>;

/** How sure it is that an outage reaches an address: its street and number are named; or its commune is, without saying which streets, or the street of the address is not known. */
export const ConcernedBy = z.enum(['address', 'commune']);
export type ConcernedBy = z.infer<typeof ConcernedBy>;

/** One of the customer's contracts that an outage reaches. */
export const Concern = z.object({
  outageId: Id,
  contractId: Id,
  /** As the customer knows the place. */
  site: z.string(),
  by: ConcernedBy,
  /** When they last said that they are still without supply: once it was restored, since then. */
  stillOutAt: z.nullable(Instant),
});
export type Concern = z.infer<typeof Concern>;

/** How far the lights are out, as who reports sees it. */
export const OUTAGE_EXTENTS = ['home', 'building', 'street', 'unknown'] as const;
export const OutageExtent = z.enum(OUTAGE_EXTENTS);
export type OutageExtent = z.infer<typeof OutageExtent>;

/** What a customer, or a passer-by, reports. A smell of gas is never reported here: it is a call. */
export const OutageReport = z.object({
  id: Id,
  /** To be told on the phone. */
  reference: z.string(),
  reportedAt: Instant,
  /** The outage it belongs to, where one is known there. */
  outageId: z.nullable(Id),
});
export type OutageReport = z.infer<typeof OutageReport>;

type Position = readonly number[];
/** Communes as GeoJSON (RFC 7946): polygons whose property `commune` is the INSEE code. Degrees, WGS 84. */
export interface OutageMap {
  readonly type: 'FeatureCollection';
  readonly features: readonly {
    readonly type: 'Feature';
    readonly properties: { readonly commune: CommuneCode; readonly name: string };
    readonly geometry: { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] } | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };
  }[];
}
export const OutageMap = z.custom<OutageMap>(isOutageMap, { error: 'expected a FeatureCollection of polygons, each with the properties `commune` (INSEE code) and `name`' });

/** Thousands of corners are not checked one by one by a schema. */
function isOutageMap(value: unknown): boolean {
  const { type, features } = (value ?? {}) as { type?: unknown; features?: unknown };
  return type === 'FeatureCollection' && Array.isArray(features) && features.every(isCommuneFeature);
}

function isCommuneFeature(value: unknown): boolean {
  const { properties, geometry } = (value ?? {}) as { properties?: { commune?: unknown; name?: unknown } | null; geometry?: { type?: unknown; coordinates?: unknown } | null };
  if (!z.safeParse(CommuneCode, properties?.commune).success || typeof properties?.name !== 'string') return false;
  if (geometry?.type === 'Polygon') return isPolygon(geometry.coordinates);
  return geometry?.type === 'MultiPolygon' && Array.isArray(geometry.coordinates) && geometry.coordinates.length > 0 && geometry.coordinates.every(isPolygon);
}

function isPolygon(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((ring) => Array.isArray(ring) && ring.length >= 4 && ring.every(isPosition));
}

function isPosition(value: unknown): boolean {
  return Array.isArray(value) && value.length >= 2 && isDegrees(value[0], 180) && isDegrees(value[1], 90);
}

function isDegrees(value: unknown, most: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= most;
}
