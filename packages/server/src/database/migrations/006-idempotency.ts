import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  sql`create table kept_answer (
    write_hash text primary key,
    input_hash text not null,
    claim text not null,
    answer text,
    expires_at timestamptz not null
  )`,
  sql`create index kept_answer_by_age on kept_answer (expires_at)`,
];

/** A write that comes twice is done once: what the first was answered. */
export const idempotency: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
