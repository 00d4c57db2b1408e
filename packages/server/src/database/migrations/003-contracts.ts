import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  sql`alter table contract
    add column off_peak jsonb not null default '[]',
    add column payment jsonb not null default '{"kind":"unknown"}',
    add column prices_note jsonb`,
  sql`create table contract_price (
    utility_id text not null,
    contract_id text not null,
    what text not null,
    unit text not null check (unit in ('month', 'kWh')),
    price integer not null,
    valid_from date not null,
    valid_to date,
    primary key (utility_id, contract_id, what, valid_from),
    foreign key (utility_id, contract_id) references contract on delete cascade
  )`,
  sql`create table access_grant (
    id text primary key,
    utility_id text not null,
    contract_id text not null,
    email text not null,
    language text not null,
    state text not null check (state in ('invited', 'active', 'ended')),
    invited_at timestamptz not null,
    until date,
    invitation_hash text unique,
    customer_id text,
    foreign key (utility_id, contract_id) references contract on delete cascade,
    foreign key (utility_id, customer_id) references customer on delete cascade
  )`,
  sql`create unique index access_grant_of_address on access_grant (utility_id, contract_id, email) where state <> 'ended'`,
  sql`create index access_grant_of_reader on access_grant (utility_id, customer_id, contract_id)`,
  // Holders stand in contract_access alone, so that a query which does not think of readers shows them nothing.
  sql`create view contract_sight as
    select utility_id, customer_id, contract_id, 'holder' as role, null::date as until from contract_access
    union all
    select utility_id, customer_id, contract_id, 'reader', until from access_grant where state = 'active' and customer_id is not null`,
];

/** Contracts in detail, and who else may read them. */
export const contracts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
