import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // One waits, or goes with the dispute; what was sent stays as long as that does, whoever sent it.
  sql`create table attachment (
    id text primary key,
    utility_id text not null,
    customer_id text,
    name text not null,
    media_type text not null check (media_type in ('image/jpeg', 'application/pdf')),
    size integer not null check (size > 0),
    sealed bytea not null,
    added_at timestamptz not null,
    dispute_id text references invoice_dispute on delete cascade,
    foreign key (utility_id, customer_id) references customer on delete set null (customer_id)
  )`,
  sql`create index attachment_waiting on attachment (utility_id, customer_id, added_at) where dispute_id is null`,
  sql`create index attachment_of_dispute on attachment (dispute_id) where dispute_id is not null`,
];

/** Files that customers attach to what they write. */
export const attachments: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
