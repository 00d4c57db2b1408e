import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // What each came to before its customer changed those to come.
  sql`alter table instalment_plan add column agreed_cents bigint check (agreed_cents > 0)`,
  // For billing, which debits them: what a customer changed, once for each time.
  sql`create table instalment_change (
    key bigint generated always as identity primary key,
    utility_id text not null,
    contract_id text not null,
    period_from date not null,
    customer_id text,
    changed_at timestamptz not null,
    from_due_on date not null,
    before_cents bigint not null,
    amount_cents bigint not null check (amount_cents > 0),
    foreign key (utility_id, contract_id, period_from) references instalment_plan on delete cascade,
    foreign key (utility_id, customer_id) references customer on delete set null (customer_id)
  )`,
  sql`create index instalment_change_of_plan on instalment_change (utility_id, contract_id, period_from)`,
  // When the meter took the place of another one, and what both showed.
  sql`alter table meter add column replaced jsonb`,
];

/** Instalments that customers change, and meters that took the place of others. */
export const instalments: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
