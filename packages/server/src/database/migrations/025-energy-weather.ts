import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Another colour was announced for the day before: which, and when it changed.
  sql`alter table tempo_day
    add column former_colour text check (former_colour in ('blue', 'white', 'red')),
    add column changed_at timestamptz,
    add constraint tempo_day_changed check ((former_colour is null) = (changed_at is null))`,
];

/** A Tempo day keeps the colour that was announced for it first. */
export const energyWeather: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
