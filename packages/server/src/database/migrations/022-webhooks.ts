import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Where a system of the utility hears of what happens. What signs is sealed; during a rotation the former one signs too.
  sql`create table webhook_endpoint (
    id uuid primary key,
    utility_id text not null references utility on delete cascade,
    url text not null,
    events jsonb not null,
    allows_private boolean not null,
    secret_sealed text not null,
    former_sealed text,
    former_until timestamptz,
    state text not null check (state in ('active', 'paused', 'suspended', 'ended')),
    reason text,
    created_at timestamptz not null,
    failing_since timestamptz,
    unique (utility_id, url)
  )`,
  // What happened, as it is told: the same bytes however often.
  sql`create table webhook_event (
    key integer generated always as identity primary key,
    id text not null unique,
    utility_id text not null references utility on delete cascade,
    type text not null,
    subject text not null,
    body text not null,
    at timestamptz not null
  )`,
  sql`create index webhook_event_at on webhook_event (at)`,
  sql`create table webhook_delivery (
    key integer generated always as identity primary key,
    event_key integer not null references webhook_event (key) on delete cascade,
    endpoint_id uuid not null references webhook_endpoint (id) on delete cascade,
    subject text not null,
    state text not null check (state in ('waiting', 'delivered', 'failed')),
    attempts smallint not null default 0,
    next_at timestamptz not null,
    claimed_until timestamptz,
    tried_at timestamptz,
    answer text,
    unique (event_key, endpoint_id)
  )`,
  sql`create index webhook_delivery_waiting on webhook_delivery (endpoint_id, key) where state = 'waiting'`,
  // What stands before it of the same subject is found without reading all that waits.
  sql`create index webhook_delivery_order on webhook_delivery (endpoint_id, subject, key) where state = 'waiting'`,
];

/** Webhooks: who is told, of what, and how that went. */
export const webhooks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
