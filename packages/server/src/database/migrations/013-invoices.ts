import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // An invoice that is known as a proof alone has no bill: it is not listed.
  sql`alter table invoice
    add column kind text not null default 'invoice' check (kind in ('invoice', 'settlement', 'credit-note')),
    add column due_on date,
    add column period_from date,
    add column period_to date,
    add column is_estimated boolean not null default false,
    add column about text,
    add column bill jsonb,
    add constraint invoice_bill_period check (bill is null or (period_from is not null and period_to is not null))`,
  sql`drop index invoice_of_contract`,
  sql`create index invoice_of_contract on invoice (utility_id, contract_id, issued_on desc)`,
  sql`alter table contract add column next_invoice_on date`,
  // What came for an invoice, or went back; a reference tells the same thing from the same thing told twice.
  sql`create table invoice_payment (
    key bigint generated always as identity primary key,
    utility_id text not null,
    number text not null,
    reference text not null,
    paid_on date not null,
    amount_cents bigint not null check (amount_cents <> 0),
    means text not null check (means in ('sepa-debit', 'card', 'transfer', 'cheque', 'unknown')),
    unique (utility_id, reference, number),
    foreign key (utility_id, number) references invoice on delete cascade
  )`,
  sql`create index invoice_payment_of_invoice on invoice_payment (utility_id, number)`,
  sql`create table instalment_plan (
    utility_id text not null,
    contract_id text not null,
    period_from date not null,
    period_to date not null,
    settlement_on date not null,
    settled_by text,
    primary key (utility_id, contract_id, period_from),
    foreign key (utility_id, contract_id) references contract on delete cascade,
    foreign key (utility_id, settled_by) references invoice on delete cascade
  )`,
  sql`create index instalment_plan_settled_by on instalment_plan (utility_id, settled_by)`,
  sql`create table instalment (
    utility_id text not null,
    contract_id text not null,
    period_from date not null,
    due_on date not null,
    amount_cents bigint not null check (amount_cents > 0),
    means text not null check (means in ('sepa-debit', 'card', 'transfer', 'cheque', 'unknown')),
    paid_on date,
    primary key (utility_id, contract_id, period_from, due_on),
    foreign key (utility_id, contract_id, period_from) references instalment_plan on delete cascade
  )`,
  sql`create table invoice_dispute (
    id text primary key,
    utility_id text not null,
    number text not null,
    customer_id text,
    opened_at timestamptz not null,
    words text not null,
    answered_at timestamptz,
    answer text,
    foreign key (utility_id, number) references invoice on delete cascade,
    foreign key (utility_id, customer_id) references customer on delete set null (customer_id)
  )`,
  // One at a time.
  sql`create unique index invoice_dispute_open on invoice_dispute (utility_id, number) where answered_at is null`,
  sql`create table invoice_link (
    token_hash text primary key,
    utility_id text not null,
    number text not null,
    language text not null,
    expires_at timestamptz not null,
    foreign key (utility_id, number) references invoice on delete cascade
  )`,
  sql`create index invoice_link_of_invoice on invoice_link (utility_id, number)`,
];

/** Invoices with their lines, what was paid of them, instalments and disputes. */
export const invoices: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
