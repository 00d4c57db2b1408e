import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // One that was handed in before this was asked goes with any.
  sql`alter table attachment
    add column contract_id text,
    add column number text,
    add constraint attachment_invoice foreign key (utility_id, number) references invoice on delete cascade,
    add constraint attachment_invoice_whole check ((contract_id is null) = (number is null))`,
  sql`create index attachment_of_invoice on attachment (utility_id, number) where number is not null`,
];

/** A file that waits is for the invoice that it was handed in about. */
export const attachmentInvoice: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
