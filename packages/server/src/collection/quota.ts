/** How many calls a connector has left: a bucket that fills with time, in the database, so that all instances draw from one. */
import { sql } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Connector } from './connector.ts';

const MINUTE = 60_000;

/** Of any dataset. */
export type Paced = Pick<Connector, 'name' | 'pace'>;

/**
 * Takes one call.
 * @param now epoch milliseconds
 * @returns 0, or the milliseconds after which it is worth trying again: then none was taken
 */
export async function takeCall(db: Database, { name, pace }: Paced, now: number): Promise<number> {
  const at = new Date(now);
  const perMs = pace.callsPerMinute / MINUTE;
  await sql`insert into collection_quota (connector, tokens, filled_at) values (${name}, ${pace.burst}, ${at}) on conflict do nothing`.execute(db);
  // Clocks of instances differ a little: time never runs backwards here.
  const filled = sql`least(${pace.burst}::double precision, tokens + greatest(0, extract(epoch from (${at}::timestamptz - filled_at))) * ${perMs * 1000}::double precision)`;
  const taken = await sql`
    update collection_quota set tokens = ${filled} - 1, filled_at = greatest(filled_at, ${at}::timestamptz)
    where connector = ${name} and ${filled} >= 1 and (blocked_until is null or blocked_until <= ${at})
    returning connector`.execute(db);
  if (taken.rows.length > 0) return 0;
  const { rows } = await sql<{ tokens: number; blocked: Date | null }>`select ${filled} as tokens, blocked_until as blocked from collection_quota where connector = ${name}`.execute(db);
  const { tokens = 0, blocked = null } = rows[0] ?? {};
  return Math.max(1, Math.ceil((1 - tokens) / perMs), (blocked?.getTime() ?? 0) - now);
}

/** Nobody asks before then: the other side has said so, or is down. */
export async function blockCalls(db: Database, { name, pace }: Paced, until: number): Promise<void> {
  await sql`
    insert into collection_quota (connector, tokens, filled_at, blocked_until) values (${name}, ${pace.burst}, ${new Date(until)}, ${new Date(until)})
    on conflict (connector) do update set blocked_until = greatest(collection_quota.blocked_until, excluded.blocked_until)`.execute(db);
}

/** The names of connectors that are not to be asked now, and until when. */
export async function blockedConnectors(db: Database, now: number): Promise<Map<string, Date>> {
  const rows = await db.selectFrom('collection_quota').select(['connector', 'blocked_until']).where('blocked_until', '>', new Date(now)).execute();
  return new Map(rows.flatMap(({ connector, blocked_until }) => (blocked_until ? [[connector, blocked_until]] : [])));
}

/** After a retry by hand. */
export async function unblockCalls(db: Database): Promise<void> {
  await db.updateTable('collection_quota').set({ blocked_until: null }).execute();
}
