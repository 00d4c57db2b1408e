import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Random for each account that there is, and for each that comes.
  sql`alter table credential add column passkey_handle uuid not null default gen_random_uuid()`,
  // It goes with the account: closing that one closes every way in.
  sql`create table passkey (
    id text primary key,
    utility_id text not null,
    customer_id text not null,
    credential_id text not null,
    public_key text not null,
    counter bigint not null,
    transports text[] not null,
    synced boolean not null,
    label text not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    unique (utility_id, credential_id),
    foreign key (utility_id, customer_id) references credential on delete cascade
  )`,
  sql`create index passkey_of_customer on passkey (utility_id, customer_id)`,
  sql`create table passkey_challenge (
    id_hash text primary key,
    utility_id text not null references utility,
    customer_id text,
    challenge_hash text not null,
    address_hash text not null,
    expires_at timestamptz not null,
    foreign key (utility_id, customer_id) references credential on delete cascade
  )`,
  sql`create index passkey_challenge_of_address on passkey_challenge (address_hash, expires_at)`,
  sql`create index passkey_challenge_by_age on passkey_challenge (expires_at)`,
];

/** Passkeys: a second way into an account. */
export const passkeys: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
