import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  sql`alter table utility add column payment_terms jsonb not null default '{}'`,
  // A mandate that was revoked, or that another took the place of, is kept: banks ask for it for more than a year.
  sql`create table mandate (
    utility_id text not null,
    reference text not null,
    contract_id text not null,
    customer_id text,
    account_holder text not null,
    account_sealed text,
    account_masked text,
    signed_at timestamptz not null,
    revoked_at timestamptz,
    primary key (utility_id, reference),
    foreign key (utility_id, contract_id) references contract on delete cascade,
    foreign key (utility_id, customer_id) references customer on delete set null (customer_id)
  )`,
  sql`create unique index mandate_in_force on mandate (utility_id, contract_id) where revoked_at is null`,
  sql`create table payment_plan (
    key bigint generated always as identity primary key,
    id text not null unique,
    utility_id text not null,
    contract_id text not null,
    customer_id text,
    state text not null check (state in ('asked', 'accepted', 'refused', 'withdrawn')),
    asked_at timestamptz not null,
    invoices jsonb not null,
    amount_cents bigint not null check (amount_cents > 0),
    parts jsonb not null,
    words text not null,
    answered_at timestamptz,
    answer text,
    foreign key (utility_id, contract_id) references contract on delete cascade,
    foreign key (utility_id, customer_id) references customer on delete set null (customer_id)
  )`,
  sql`create unique index payment_plan_asked on payment_plan (utility_id, contract_id) where state = 'asked'`,
  sql`create index payment_plan_of_contract on payment_plan (utility_id, contract_id, asked_at desc)`,
];

/** What each utility takes, the debit mandates that customers sign, and the plans that they ask for. */
export const paymentMeans: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
