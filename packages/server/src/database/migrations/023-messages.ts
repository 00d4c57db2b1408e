import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Without a customer once their account is closed: what was written stays the utility's.
  sql`create table thread (
    id uuid primary key,
    utility_id text not null references utility on delete cascade,
    customer_id text,
    topic text not null check (topic in ('invoice', 'reading', 'outage', 'contract', 'other')),
    about jsonb,
    state text not null default 'open' check (state in ('open', 'closed')),
    opened_at timestamptz not null,
    last_at timestamptz not null,
    last_from text not null check (last_from in ('customer', 'utility')),
    answer_by timestamptz,
    foreign key (utility_id, customer_id) references customer (utility_id, id) on delete set null (customer_id)
  )`,
  sql`create index thread_of_customer on thread (utility_id, customer_id, last_at desc)`,
  sql`create index thread_to_answer on thread (utility_id, last_at) where state = 'open' and last_from = 'customer'`,
  sql`create table message (
    key bigint generated always as identity primary key,
    id uuid not null unique,
    thread_id uuid not null references thread (id) on delete cascade,
    side text not null check (side in ('customer', 'utility')),
    author text,
    at timestamptz not null,
    words text not null,
    reading jsonb,
    read_at timestamptz
  )`,
  sql`create index message_of_thread on message (thread_id, key)`,
  // Files of the utility's people have no customer, and wait for nothing.
  sql`alter table attachment add column message_id uuid references message (id) on delete cascade`,
  sql`drop index attachment_waiting`,
  sql`create index attachment_waiting on attachment (utility_id, customer_id, added_at) where dispute_id is null and reading_id is null and message_id is null`,
  sql`create index attachment_of_message on attachment (message_id) where message_id is not null`,
  // Who answers for a utility: the token itself is kept nowhere.
  sql`create table agent (
    id uuid primary key,
    utility_id text not null references utility on delete cascade,
    name text not null,
    token_hash text not null unique,
    created_at timestamptz not null,
    revoked_at timestamptz
  )`,
];

/** Threads of customers with their utility, and who answers them. */
export const messages: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
