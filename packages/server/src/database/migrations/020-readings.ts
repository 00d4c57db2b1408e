import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // What somebody read at a meter. Rows stay: what was corrected says what it was.
  sql`create table reading (
    key integer generated always as identity primary key,
    id uuid not null unique,
    utility_id text not null references utility on delete cascade,
    meter_key integer not null references meter (key) on delete cascade,
    customer_id text,
    source text not null check (source in ('customer', 'route')),
    on_day date not null,
    indexes jsonb not null,
    state text not null check (state in ('transmitted', 'under-check', 'accepted', 'corrected')),
    is_outside_window boolean not null default false,
    words text not null default '',
    answer text,
    sent_at timestamptz not null,
    correctable_until timestamptz,
    decided_at timestamptz,
    corrects uuid references reading (id),
    foreign key (utility_id, customer_id) references customer (utility_id, id) on delete set null (customer_id)
  )`,
  // Of two at once for one day, one counts.
  sql`create unique index reading_of_day on reading (meter_key, on_day) where state <> 'corrected'`,
  sql`create index reading_to_check on reading (utility_id, sent_at) where state = 'under-check'`,
];

/** What customers and the utility's people read at meters. */
export const readings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
