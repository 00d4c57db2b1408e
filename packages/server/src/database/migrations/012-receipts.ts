import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Whoever no longer signs has no private key that could be taken.
  sql`create table receipt_key (
    key_id text primary key,
    public_key text not null,
    private_key text,
    created_at timestamptz not null,
    retired_at timestamptz,
    check ((private_key is null) = (retired_at is not null))
  )`,
  // Of instances that make one at once, one is first.
  sql`create unique index receipt_key_current on receipt_key ((true)) where retired_at is null`,
];

/** What signs the receipts of consents, and what signed those of before. */
export const receipts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
