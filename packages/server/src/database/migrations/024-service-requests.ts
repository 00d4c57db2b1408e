import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Without a customer once their account is closed: what was asked for stays the utility's to do.
  sql`create table service_request (
    key bigint generated always as identity primary key,
    id uuid not null unique,
    utility_id text not null references utility on delete cascade,
    customer_id text,
    number text not null,
    kind text not null check (kind in ('moving', 'power-or-tariff', 'connection', 'claim', 'documents')),
    details jsonb not null,
    phone text not null,
    state text not null check (state in ('received', 'in-progress', 'waiting', 'done', 'refused', 'withdrawn')),
    sent_at timestamptz not null,
    changed_at timestamptz not null,
    unique (utility_id, number),
    foreign key (utility_id, customer_id) references customer (utility_id, id) on delete set null (customer_id)
  )`,
  sql`create index service_request_of_customer on service_request (utility_id, customer_id, sent_at desc)`,
  sql`create index service_request_to_do on service_request (utility_id, sent_at) where state in ('received', 'in-progress', 'waiting')`,
  sql`create table service_request_step (
    key bigint generated always as identity primary key,
    id uuid not null unique,
    request_id uuid not null references service_request (id) on delete cascade,
    state text not null check (state in ('received', 'in-progress', 'waiting', 'done', 'refused', 'withdrawn')),
    at timestamptz not null,
    side text not null check (side in ('customer', 'utility')),
    author text,
    words text
  )`,
  sql`create index service_request_step_of_request on service_request_step (request_id, key)`,
  sql`alter table attachment add column request_step_id uuid references service_request_step (id) on delete cascade`,
  sql`alter table attachment drop constraint attachment_purpose_check`,
  sql`alter table attachment add constraint attachment_purpose_check check (purpose in ('claim', 'reading', 'message', 'request'))`,
  sql`drop index attachment_waiting`,
  sql`create index attachment_waiting on attachment (utility_id, customer_id, added_at) where dispute_id is null and reading_id is null and message_id is null and request_step_id is null`,
  sql`create index attachment_of_request_step on attachment (request_step_id) where request_step_id is not null`,
];

/** What customers ask the utility to do, and every step of it. */
export const serviceRequests: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
