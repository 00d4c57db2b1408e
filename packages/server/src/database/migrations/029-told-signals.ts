import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // What was told last of a day's EcoWatt or Tempo: another level or colour is news, the same is not.
  sql`create table told_signal (
    utility_id text not null references utility on delete cascade,
    topic text not null check (topic in ('ecowatt', 'tempo')),
    day date not null,
    value text not null,
    primary key (utility_id, topic, day)
  )`,
];

/** What customers were told of the energy weather. */
export const toldSignals: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
