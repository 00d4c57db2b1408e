/** Sessions: the customer's browser holds a random token, the database only its digest. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/open.ts';

export interface SessionLimits {
  /** A session that nobody uses for so long ends. */
  idleMs: number;
  /** However much it is used, it ends so long after the sign-in. */
  absoluteMs: number;
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
export async function openSession(db: Database, utilityId: string, customerId: string, now: number, limits: SessionLimits): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const at = new Date(now);
  await db.insertInto('session').values({ token_hash: digest(token), utility_id: utilityId, customer_id: customerId, started_at: at, last_seen_at: at }).execute();
  await db
    .deleteFrom('session')
    .where((is) => is.or([is('last_seen_at', '<', new Date(now - limits.idleMs)), is('started_at', '<', new Date(now - limits.absoluteMs))]))
    .execute();
  return token;
}

/** The session of a token, if it is one of this utility and still holds. */
export async function findSession(db: Database, utilityId: string, token: string, now: number, limits: SessionLimits): Promise<OpenSession | undefined> {
  const hash = digest(token);
  const row = await db
    .selectFrom('session')
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'session.utility_id').onRef('customer.id', '=', 'session.customer_id'))
    .select(['customer.id', 'customer.display_name', 'session.started_at', 'session.last_seen_at'])
    .where('session.token_hash', '=', hash)
    .where('session.utility_id', '=', utilityId)
    .executeTakeFirst();
  if (!row) return undefined;

  const end = row.started_at.getTime() + limits.absoluteMs;
  if (Math.min(row.last_seen_at.getTime() + limits.idleMs, end) <= now) return undefined;
  if (now - row.last_seen_at.getTime() >= NOTED_EVERY_MS) {
    await db.updateTable('session').set({ last_seen_at: sql`greatest(last_seen_at, ${new Date(now)})` }).where('token_hash', '=', hash).execute();
  }
  return { customerId: row.id, displayName: row.display_name, expiresAt: Math.min(now + limits.idleMs, end) };
}

export async function closeSession(db: Database, utilityId: string, token: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', digest(token)).where('utility_id', '=', utilityId).execute();
}

/** A random token needs no salt and no slow hash: there is nothing to guess. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
