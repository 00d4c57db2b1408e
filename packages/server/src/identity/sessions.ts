/** Sessions: the customer's browser holds a random token, the database only its digest. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql, type ExpressionBuilder } from 'kysely';
import type { SignInWay } from '@oya/contract';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { DeviceNames } from './devices.ts';

export interface SessionLimits {
  /** A session that nobody uses for so long ends. */
  idleMs: number;
  /** However much it is used, it ends so long after the sign-in. */
  absoluteMs: number;
  /** One that the customer wanted remembered ends so long after the sign-in, used or not. */
  rememberedMs: number;
}

export interface NewSession {
  customerId: string;
  remembered: boolean;
  way: SignInWay;
  device: DeviceNames;
}

/** Who is there, how they got in, and until when. */
export interface Visit {
  customerId: string;
  displayName: string;
  way: SignInWay;
  /** Epoch milliseconds, both. */
  startedAt: number;
  /** When it ends unless it is used before. */
  expiresAt: number;
}

export interface OpenSession extends Visit {
  /** What its customer sees of it, and nothing to enter by. */
  id: string;
  lastUsedAt: number;
  remembered: boolean;
  device: DeviceNames;
}

const TOKEN_BYTES = 32;
/** A use is noted at most so often: reading a page must not write a row for each of its requests. */
const NOTED_EVERY_MS = 60_000;

/** @returns the token for the cookie; it is never to be read again from anywhere else */
export async function openSession(db: Database, utilityId: string, { customerId, remembered, way, device }: NewSession, now: number, limits: SessionLimits): Promise<string> {
  const token = newToken();
  const at = new Date(now);
  await db
    .insertInto('session')
    .values({ token_hash: digest(token), id: randomUUID(), utility_id: utilityId, customer_id: customerId, started_at: at, last_seen_at: at, remembered, way, ...device })
    .execute();
  await db.deleteFrom('session').where(({ not }) => not(holdsStill(now, limits))).execute();
  return token;
}

/**
 * The session of a token, if it is one of this utility and still holds.
 * @param use `look` only asks; `use` prolongs it, noted once a minute; `extend` prolongs it now
 */
export async function findSession(db: Database, utilityId: string, token: string, now: number, limits: SessionLimits, use: SessionUse): Promise<OpenSession | undefined> {
  const hash = digest(token);
  const row = await sessionsIn(db, utilityId).where('session.token_hash', '=', hash).executeTakeFirst();
  const session = row && describe(row, limits);
  if (!session || session.expiresAt <= now) return undefined;
  const prolongs = use === 'extend' || (use === 'use' && now - session.lastUsedAt >= NOTED_EVERY_MS);
  if (!prolongs) return session;
  await db.updateTable('session').set({ last_seen_at: sql`greatest(last_seen_at, ${new Date(now)})` }).where('token_hash', '=', hash).execute();
  return describe({ ...row, last_seen_at: new Date(now) }, limits);
}

export type SessionUse = 'look' | 'use' | 'extend';

/** All that a customer has open, the last used first. */
export async function sessionsOf(db: Database, utilityId: string, customerId: string, now: number, limits: SessionLimits): Promise<OpenSession[]> {
  const rows = await sessionsIn(db, utilityId)
    .where('session.customer_id', '=', customerId)
    .where(holdsStill(now, limits))
    .orderBy('session.last_seen_at', 'desc')
    .orderBy('session.id')
    .execute();
  return rows.map((row) => describe(row, limits));
}

/**
 * The same session under another token: whoever had the old one has nothing.
 * @returns the token, or `undefined` where the session is gone
 */
export async function renewToken(db: Database, utilityId: string, token: string): Promise<string | undefined> {
  const renewed = newToken();
  const { numUpdatedRows } = await db.updateTable('session').set({ token_hash: digest(renewed) }).where('token_hash', '=', digest(token)).where('utility_id', '=', utilityId).executeTakeFirst();
  return numUpdatedRows === 1n ? renewed : undefined;
}

/**
 * Ends all that a customer has open, wherever.
 * @param options.except id of the one that stays
 * @returns how many have ended
 */
export async function closeSessionsOf(db: Database, utilityId: string, customerId: string, { except = null }: { except?: string | null } = {}): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('utility_id', '=', utilityId)
    .where('customer_id', '=', customerId)
    .$if(except !== null, (query) => query.where('id', '!=', except ?? ''))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** @returns whether there was one */
export async function closeSessionOfId(db: Database, utilityId: string, customerId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('session').where('utility_id', '=', utilityId).where('customer_id', '=', customerId).where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}

export async function closeSession(db: Database, utilityId: string, token: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', digest(token)).where('utility_id', '=', utilityId).execute();
}

function sessionsIn(db: Database, utilityId: string) {
  return db
    .selectFrom('session')
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'session.utility_id').onRef('customer.id', '=', 'session.customer_id'))
    .selectAll('session')
    .select('customer.display_name')
    .where('session.utility_id', '=', utilityId);
}

type SessionRow = Awaited<ReturnType<ReturnType<typeof sessionsIn>['executeTakeFirstOrThrow']>>;

function describe(row: SessionRow, { idleMs, absoluteMs, rememberedMs }: SessionLimits): OpenSession {
  const startedAt = row.started_at.getTime();
  const lastUsedAt = row.last_seen_at.getTime();
  return {
    id: row.id,
    customerId: row.customer_id,
    displayName: row.display_name,
    way: row.way,
    startedAt,
    lastUsedAt,
    expiresAt: row.remembered ? startedAt + rememberedMs : Math.min(lastUsedAt + idleMs, startedAt + absoluteMs),
    remembered: row.remembered,
    device: { kind: row.kind, browser: row.browser, system: row.system },
  };
}

/** What `expiresAt` says, as a condition. */
function holdsStill(now: number, { idleMs, absoluteMs, rememberedMs }: SessionLimits) {
  return (is: ExpressionBuilder<Pick<Schema, 'session'>, 'session'>) =>
    is.or([
      is.and([is('session.remembered', '=', true), is('session.started_at', '>', new Date(now - rememberedMs))]),
      is.and([is('session.remembered', '=', false), is('session.last_seen_at', '>', new Date(now - idleMs)), is('session.started_at', '>', new Date(now - absoluteMs))]),
    ]);
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** A random token needs no salt and no slow hash: there is nothing to guess. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
