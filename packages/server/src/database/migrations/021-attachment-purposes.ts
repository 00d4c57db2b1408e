import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // One that was handed in before this was asked goes with anything.
  sql`alter table attachment
    add column purpose text check (purpose in ('claim', 'reading', 'message')),
    add column about_id text,
    add column reading_id uuid references reading (id) on delete cascade`,
  sql`update attachment set purpose = 'claim' where number is not null`,
  sql`alter table attachment add constraint attachment_claim check ((purpose is not distinct from 'claim') = (number is not null))`,
  sql`drop index attachment_waiting`,
  sql`create index attachment_waiting on attachment (utility_id, customer_id, added_at) where dispute_id is null and reading_id is null`,
  sql`create index attachment_of_reading on attachment (reading_id) where reading_id is not null`,
];

/** A file that waits says what it is for; photos go with readings. */
export const attachmentPurposes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
