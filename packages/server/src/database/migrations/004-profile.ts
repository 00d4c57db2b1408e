import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // A utility that has said nothing yet gets cautious rules: addresses are looked at, mail is the one way, ordinary periods.
  sql`alter table utility add column account_rules jsonb not null default
    '{"addressNeedsApproval":true,"channels":["email"],"keptYears":{"invoices":10,"contracts":5,"consumption":3,"activity":3}}'`,
  sql`alter table customer
    add column address jsonb,
    add column language text,
    add column notifications jsonb not null default '[]'`,
  // An account may be opened by the host site or by passkeys alone.
  sql`alter table credential
    alter column password_hash drop not null,
    add column password_changed_at timestamptz`,
  sql`alter table session
    add column id text not null default gen_random_uuid()::text,
    add column way text not null default 'password' check (way in ('password', 'passkey', 'code', 'host')),
    add column kind text not null default 'unknown' check (kind in ('computer', 'phone', 'tablet', 'unknown')),
    add column browser text,
    add column system text`,
  sql`alter table session alter column id drop default, alter column way drop default, alter column kind drop default`,
  sql`alter table session add constraint session_of_id unique (id)`,
  sql`create table email_change (
    utility_id text not null,
    customer_id text not null,
    id text not null,
    email text not null,
    expires_at timestamptz not null,
    primary key (utility_id, customer_id),
    foreign key (utility_id, customer_id) references customer on delete cascade
  )`,
  sql`create table change_request (
    id text primary key,
    utility_id text not null,
    customer_id text not null,
    what text not null check (what in ('address')),
    address jsonb not null,
    asked_at timestamptz not null,
    state text not null check (state in ('pending', 'approved', 'refused', 'withdrawn')),
    decided_at timestamptz,
    reason text,
    check ((state = 'pending') = (decided_at is null)),
    foreign key (utility_id, customer_id) references customer on delete cascade
  )`,
  sql`create unique index change_request_that_waits on change_request (utility_id, customer_id, what) where state = 'pending'`,
  sql`create index change_request_of_customer on change_request (utility_id, customer_id, asked_at)`,
  sql`alter table audit_event
    add column id text not null default gen_random_uuid()::text,
    add column actor text not null default 'customer' check (actor in ('customer', 'utility', 'system', 'unknown')),
    add column actor_id text,
    add column channel text not null default 'web' check (channel in ('web', 'mail', 'phone', 'counter', 'system')),
    add column device text,
    add column contract_id text`,
  sql`update audit_event set
    actor = case when kind = 'proof-refused' then 'unknown' else 'customer' end,
    actor_id = case when kind = 'proof-refused' then null else customer_id end,
    contract_id = details ->> 'contractId',
    details = details - 'contractId'`,
  sql`alter table audit_event alter column id drop default, alter column actor drop default, alter column channel drop default`,
  sql`alter table audit_event add constraint audit_event_of_id unique (id)`,
  // In the order in which a customer reads them, newest first; and by age, for those that are kept no longer.
  sql`drop index audit_event_of_customer`,
  sql`create index audit_event_of_customer on audit_event (utility_id, customer_id, at, key)`,
  sql`create index audit_event_by_age on audit_event (utility_id, at)`,
];

/** The customer's own account: how they are reached, where they are signed in, changes that wait, and who did what by which way. */
export const profile: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
