import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  sql`create table utility (
    id text primary key,
    description jsonb not null
  )`,
  sql`create table customer (
    utility_id text not null references utility,
    id text not null,
    display_name text not null,
    primary key (utility_id, id)
  )`,
  sql`create table credential (
    utility_id text not null,
    customer_id text not null,
    login text not null check (position('@' in login) = 0),
    email text not null check (position('@' in email) > 0),
    password_hash text not null,
    primary key (utility_id, customer_id),
    unique (utility_id, login),
    unique (utility_id, email),
    foreign key (utility_id, customer_id) references customer on delete cascade
  )`,
  sql`create table session (
    token_hash text primary key,
    utility_id text not null,
    customer_id text not null,
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    foreign key (utility_id, customer_id) references customer on delete cascade
  )`,
  sql`create index session_of_customer on session (utility_id, customer_id)`,
  sql`create index session_by_age on session (last_seen_at)`,
  sql`create table sign_in_slowdown (
    subject text primary key,
    failures integer not null,
    blocked_until timestamptz not null,
    failed_at timestamptz not null
  )`,
  sql`create index sign_in_slowdown_by_age on sign_in_slowdown (failed_at)`,
  sql`create table site (
    utility_id text not null references utility,
    id text not null,
    label text not null,
    address text not null,
    postcode text not null,
    commune text not null,
    primary key (utility_id, id)
  )`,
  sql`create table contract (
    utility_id text not null,
    id text not null,
    site_id text not null,
    energy text not null check (energy in ('electricity', 'gas')),
    delivery_point text not null,
    offer text not null,
    subscribed_power_kva double precision,
    valid_from date not null,
    valid_to date,
    primary key (utility_id, id),
    foreign key (utility_id, site_id) references site
  )`,
  sql`create index contract_of_delivery_point on contract (utility_id, delivery_point)`,
  sql`create table contract_access (
    utility_id text not null,
    customer_id text not null,
    contract_id text not null,
    primary key (utility_id, customer_id, contract_id),
    foreign key (utility_id, customer_id) references customer on delete cascade,
    foreign key (utility_id, contract_id) references contract on delete cascade
  )`,
  sql`create index contract_access_of_contract on contract_access (utility_id, contract_id)`,
  sql`create table meter (
    key integer generated always as identity primary key,
    utility_id text not null,
    id text not null,
    contract_id text not null,
    energy text not null check (energy in ('electricity', 'gas')),
    kind text not null check (kind in ('linky', 'gazpar', 'hand-read')),
    serial_number text not null,
    registers jsonb not null,
    resolutions text[] not null,
    load_curve text not null check (load_curve in ('collected', 'consent-needed', 'unavailable')),
    removed_on date,
    next_reading_at timestamptz,
    measured_until timestamptz,
    collected_at timestamptz,
    curve_from date,
    curve_to date,
    days_from date,
    days_to date,
    unique (utility_id, id),
    foreign key (utility_id, contract_id) references contract
  )`,
  sql`create index meter_of_contract on meter (utility_id, contract_id)`,
  // Its partitions by month are made where days are stored: see `partitions.ts`.
  sql`create table load_curve (
    meter_key integer not null references meter,
    day date not null,
    start_minute smallint not null,
    step_minutes smallint not null check (step_minutes > 0),
    watts integer[] not null,
    quality text not null check (length(quality) = cardinality(watts)),
    primary key (meter_key, day, start_minute)
  ) partition by range (day)`,
  sql`create table day_energy (
    meter_key integer not null references meter,
    day date not null,
    wh bigint,
    quality text not null check (quality in ('r', 'p', 'e', 'i', 'm')),
    source text not null check (source in ('published', 'curve')),
    primary key (meter_key, day)
  )`,
  sql`create table import_run (
    meter_key integer not null references meter,
    file_hash text not null,
    file_name text not null,
    format text not null,
    counts jsonb not null,
    imported_at timestamptz not null,
    primary key (meter_key, file_hash)
  )`,
];

/** Utilities, their customers and sessions, contracts and meters, and what was measured. */
export const portal: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
