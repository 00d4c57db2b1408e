import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // A try to pay by card. `holds_until`: until then its invoices wait for it.
  sql`create table payment (
    id text primary key,
    utility_id text not null,
    contract_id text not null,
    customer_id text,
    provider text not null,
    amount_cents bigint not null check (amount_cents > 0),
    is_live boolean not null,
    started_at timestamptz not null,
    returned_at timestamptz,
    cancelled_at timestamptz,
    holds_until timestamptz,
    owed_cents bigint not null default 0 check (owed_cents >= 0),
    foreign key (utility_id, contract_id) references contract on delete cascade,
    foreign key (utility_id, customer_id) references customer on delete set null (customer_id)
  )`,
  sql`create index payment_of_contract on payment (utility_id, contract_id, started_at desc)`,
  sql`create index payment_of_customer on payment (utility_id, customer_id)`,
  sql`create table payment_line (
    payment_id text not null references payment on delete cascade,
    position integer not null,
    utility_id text not null,
    number text not null,
    asked_cents bigint not null check (asked_cents > 0),
    paid_cents bigint not null default 0 check (paid_cents >= 0),
    primary key (payment_id, position),
    foreign key (utility_id, number) references invoice on delete cascade
  )`,
  sql`create index payment_line_of_invoice on payment_line (utility_id, number)`,
  // What the provider said, each time once. What does not fit the payment is kept for whoever searches, and does not count.
  sql`create table payment_notice (
    utility_id text not null,
    event_id text not null,
    payment_id text not null references payment on delete cascade,
    reference text not null,
    outcome text not null check (outcome in ('paid', 'refused', 'abandoned', 'pending', 'undone', 'credited')),
    amount_cents bigint not null,
    currency text not null,
    is_live boolean not null,
    counts boolean not null,
    detail text,
    at timestamptz not null,
    primary key (utility_id, event_id)
  )`,
  sql`create index payment_notice_of_payment on payment_notice (payment_id)`,
];

/** Payments by card, and what their provider said of them. */
export const payments: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
