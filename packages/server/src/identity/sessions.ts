/** Sessions: the customer's browser holds a random token, the database only its digest. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/open.ts';

export interface SessionLimits {
  /** A session that nobody uses for so long ends. */
  idleMs: number;
  /** However much it is used, it ends so long after the sign-in. */
  absoluteMs: number;
  /** One that the customer wanted remembered ends so long after the sign-in, used or not. */
  rememberedMs: number;
}

export interface OpenSession {
  customerId: string;
  displayName: string;
  /** Epoch milliseconds: when it ends unless it is used before. */
  expiresAt: number;
}

const TOKEN_BYTES = 32;
/** A use is noted at most so often: reading a page must not write a row for each of its requests. */
const NOTED_EVERY_MS = 60_000;

/** @returns the token for the cookie; it is never to be read again from anywhere else */
export async function openSession(db: Database, utilityId: string, customerId: string, now: number, limits: SessionLimits, remembered: boolean): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const at = new Date(now);
  await db.insertInto('session').values({ token_hash: digest(token), utility_id: utilityId, customer_id: customerId, started_at: at, last_seen_at: at, remembered }).execute();
  await db
    .deleteFrom('session')
    .where((is) =>
      is.or([
        is.and([is('remembered', '=', false), is.or([is('last_seen_at', '<', new Date(now - limits.idleMs)), is('started_at', '<', new Date(now - limits.absoluteMs))])]),
        is('started_at', '<', new Date(now - limits.rememberedMs)),
      ]),
    )
    .execute();
  return token;
}

/**
 * The session of a token, if it is one of this utility and still holds.
 * @param use `look` only asks; `use` prolongs it, noted once a minute; `extend` prolongs it now
 */
export async function findSession(db: Database, utilityId: string, token: string, now: number, limits: SessionLimits, use: SessionUse): Promise<OpenSession | undefined> {
  const hash = digest(token);
  const row = await db
    .selectFrom('session')
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'session.utility_id').onRef('customer.id', '=', 'session.customer_id'))
    .select(['customer.id', 'customer.display_name', 'session.started_at', 'session.last_seen_at', 'session.remembered'])
    .where('session.token_hash', '=', hash)
    .where('session.utility_id', '=', utilityId)
    .executeTakeFirst();
  if (!row) return undefined;

  const startedAt = row.started_at.getTime();
  const endOf = (lastSeen: number) => (row.remembered ? startedAt + limits.rememberedMs : Math.min(lastSeen + limits.idleMs, startedAt + limits.absoluteMs));
  const seen = row.last_seen_at.getTime();
  if (endOf(seen) <= now) return undefined;
  const prolongs = use === 'extend' || (use === 'use' && now - seen >= NOTED_EVERY_MS);
  if (prolongs) await db.updateTable('session').set({ last_seen_at: sql`greatest(last_seen_at, ${new Date(now)})` }).where('token_hash', '=', hash).execute();
  return { customerId: row.id, displayName: row.display_name, expiresAt: endOf(prolongs ? now : seen) };
}

export type SessionUse = 'look' | 'use' | 'extend';

/** Ends all that a customer has open, wherever. */
export async function closeSessionsOf(db: Database, utilityId: string, customerId: string): Promise<void> {
  await db.deleteFrom('session').where('utility_id', '=', utilityId).where('customer_id', '=', customerId).execute();
}

export async function closeSession(db: Database, utilityId: string, token: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', digest(token)).where('utility_id', '=', utilityId).execute();
}

/** A random token needs no salt and no slow hash: there is nothing to guess. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
