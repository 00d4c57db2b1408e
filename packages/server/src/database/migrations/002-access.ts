import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  sql`alter table contract add column number text not null default '', add column holder text not null default ''`,
  sql`alter table contract alter column number drop default, alter column holder drop default`,
  sql`create index contract_of_number on contract (utility_id, number)`,
  sql`create table invoice (
    utility_id text not null,
    number text not null,
    contract_id text not null,
    total_cents bigint not null,
    issued_on date not null,
    primary key (utility_id, number),
    foreign key (utility_id, contract_id) references contract on delete cascade
  )`,
  sql`create index invoice_of_contract on invoice (utility_id, contract_id)`,
  sql`alter table utility add column access_rules jsonb`,
  sql`alter table customer add column phone text`,
  sql`alter table session add column remembered boolean not null default false`,
  sql`create table terms_acceptance (
    utility_id text not null,
    customer_id text not null,
    version text not null,
    accepted_at timestamptz not null,
    primary key (utility_id, customer_id, version),
    foreign key (utility_id, customer_id) references customer on delete cascade
  )`,
  sql`create table sign_up (
    key uuid primary key,
    utility_id text not null,
    contract_id text not null,
    proof text not null check (proof in ('invoice', 'contract')),
    language text not null,
    terms_version text not null,
    terms_accepted_at timestamptz not null,
    expires_at timestamptz not null,
    submitted_at timestamptz,
    email text,
    phone text,
    identifier text,
    password_hash text,
    foreign key (utility_id, contract_id) references contract on delete cascade
  )`,
  sql`create index sign_up_of_identifier on sign_up (utility_id, identifier)`,
  sql`create index sign_up_of_email on sign_up (utility_id, email)`,
  sql`create index sign_up_by_age on sign_up (expires_at)`,
  // Several ids may lead to one sign-up: that of the browser that began it, and those given out at a sign-in since.
  sql`create table sign_up_id (
    id_hash text primary key,
    sign_up_key uuid not null references sign_up on delete cascade
  )`,
  sql`create index sign_up_id_of_sign_up on sign_up_id (sign_up_key)`,
  sql`create table password_reset (
    id_hash text primary key,
    utility_id text not null references utility,
    login_hash text not null,
    customer_id text,
    expires_at timestamptz not null,
    foreign key (utility_id, customer_id) references customer on delete cascade
  )`,
  sql`create index password_reset_of_login on password_reset (utility_id, login_hash)`,
  sql`create index password_reset_by_age on password_reset (expires_at)`,
  sql`create table one_time_code (
    subject text primary key,
    code_hash text,
    expires_at timestamptz not null,
    resend_at timestamptz not null,
    tries integer not null default 0
  )`,
  sql`create index one_time_code_by_age on one_time_code (expires_at)`,
  sql`create table sending (
    subject text primary key,
    sent_at bigint[] not null
  )`,
  sql`create table used_challenge (
    challenge_hash text primary key,
    expires_at timestamptz not null
  )`,
  sql`create index used_challenge_by_age on used_challenge (expires_at)`,
  sql`create table installation_secret (
    name text primary key,
    value text not null
  )`,
  sql`create table audit_event (
    key bigint generated always as identity primary key,
    utility_id text not null references utility,
    customer_id text,
    kind text not null,
    at timestamptz not null,
    details jsonb not null
  )`,
  sql`create index audit_event_of_customer on audit_event (utility_id, customer_id, at)`,
  // Not only sign-ins are slowed down any more.
  sql`alter table sign_in_slowdown rename to slowdown`,
  sql`alter index sign_in_slowdown_pkey rename to slowdown_pkey`,
  sql`alter index sign_in_slowdown_by_age rename to slowdown_by_age`,
];

/** Making an account and finding one's way back into it: proofs, sign-ups, codes, and what was done. */
export const access: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
