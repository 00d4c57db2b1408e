import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Whose turn it is, and who is at it. Without a meter: the signals, which concern all.
  sql`create table collection_turn (
    key integer generated always as identity primary key,
    meter_key integer references meter,
    due_at timestamptz,
    claim text,
    claimed_until timestamptz,
    unique nulls not distinct (meter_key),
    check ((claim is null) = (claimed_until is null))
  )`,
  sql`create index collection_turn_due on collection_turn (due_at)`,
  sql`create table collection_state (
    key integer generated always as identity primary key,
    meter_key integer references meter,
    dataset text not null check (dataset in ('days', 'load-curve', 'maximum-power', 'production-days', 'production-curve', 'tempo', 'ecowatt')),
    outcome text not null check (outcome in ('data', 'no-data', 'no-consent', 'before-history', 'not-measured', 'unknown-point', 'refused', 'broken', 'quota', 'busy')),
    detail text not null,
    attempts integer not null,
    attempted_at timestamptz not null,
    succeeded_at timestamptz,
    collected_until date,
    next_try timestamptz not null,
    calls_on date not null,
    calls integer not null,
    floor date,
    gaps jsonb not null,
    unique nulls not distinct (meter_key, dataset)
  )`,
  // Tokens of a bucket that fills with time; until `blocked_until` nobody asks.
  sql`create table collection_quota (
    connector text primary key,
    tokens double precision not null,
    filled_at timestamptz not null,
    blocked_until timestamptz
  )`,
];

/** What is collected from network operators: whose turn it is, how each dataset stands, and how many calls are left. */
export const collection: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
