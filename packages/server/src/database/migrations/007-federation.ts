import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  sql`alter table customer add column external_reference text check (external_reference <> '')`,
  sql`create unique index customer_of_reference on customer (utility_id, external_reference)`,
];

/** Customers whom somebody else signs in, under the name that they have there. */
export const federation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
