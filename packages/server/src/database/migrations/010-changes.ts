import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Known by its transaction: whoever has seen a snapshot knows which of these were not in it, whatever the order of commits.
  sql`create table change (
    key bigint generated always as identity primary key,
    transaction xid8 not null default pg_current_xact_id(),
    utility_id text not null references utility (id),
    contract_id text,
    customer_id text,
    operation text not null,
    input jsonb not null,
    at timestamptz not null default clock_timestamp(),
    foreign key (utility_id, contract_id) references contract (utility_id, id) on delete cascade,
    foreign key (utility_id, customer_id) references customer (utility_id, id) on delete cascade,
    check (num_nonnulls(contract_id, customer_id) = 1)
  )`,
  sql`create index change_by_transaction on change (utility_id, transaction)`,
  sql`create index change_by_age on change (at)`,
];

/** What became stale, for whoever sees a contract or for one customer, so that open pages ask for it anew. */
export const changes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
