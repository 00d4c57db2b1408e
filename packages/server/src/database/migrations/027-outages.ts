import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const STATES = sql.raw(`('planned', 'reported', 'acknowledged', 'repairing', 'restored', 'cancelled')`);

const statements = [
  // What a utility tells of by its own accord; health data is asked for only where it says so.
  sql`alter table utility add column alert_rules jsonb not null default '{"topics":["outages","works"],"medical":null}'`,
  // How an outage stands; all that was said of it, with the times and the notes, is in its updates. By its reference the utility's own systems know it.
  sql`create table outage (
    id text primary key,
    utility_id text not null references utility on delete cascade,
    reference text,
    kind text not null check (kind in ('outage', 'works')),
    energy text not null check (energy in ('electricity', 'gas')),
    cause text not null,
    areas jsonb not null,
    households integer check (households >= 0),
    state text not null check (state in ${STATES}),
    starts_at timestamptz not null,
    estimated_end timestamptz,
    ended_at timestamptz,
    changed_at timestamptz not null,
    unique (utility_id, reference),
    check ((state in ('restored', 'cancelled')) = (ended_at is not null))
  )`,
  sql`create index outage_open on outage (utility_id) where ended_at is null`,
  sql`create index outage_ended on outage (utility_id, ended_at) where ended_at is not null`,
  // What of it was news, and until where it was told to whom.
  sql`create table outage_update (
    key bigint generated always as identity primary key,
    outage_id text not null references outage on delete cascade,
    at timestamptz not null,
    state text not null check (state in ${STATES}),
    starts_at timestamptz not null,
    estimated_end timestamptz,
    note jsonb,
    news text check (news in ('announced', 'changed', 'started', 'end-moved', 'restored', 'cancelled')),
    agent_id uuid references agent on delete set null
  )`,
  sql`create index outage_update_of on outage_update (outage_id, key)`,
  // Where somebody is without supply: with words and a number as long as it is of use.
  sql`create table outage_report (
    id uuid primary key,
    utility_id text not null references utility on delete cascade,
    reference text not null,
    outage_id text references outage on delete set null,
    customer_id text,
    contract_id text,
    energy text not null check (energy in ('electricity', 'gas')),
    commune text not null,
    address text not null,
    extent text not null check (extent in ('home', 'building', 'street', 'unknown')),
    since timestamptz not null,
    reported_at timestamptz not null,
    phone text,
    words text,
    unique (utility_id, reference),
    foreign key (utility_id, customer_id) references customer (utility_id, id) on delete set null (customer_id),
    foreign key (utility_id, contract_id) references contract (utility_id, id) on delete set null (contract_id)
  )`,
  sql`create index outage_report_latest on outage_report (utility_id, reported_at desc)`,
  sql`create index outage_report_of_customer on outage_report (utility_id, customer_id) where customer_id is not null`,

  sql`create table alert_setting (
    utility_id text not null,
    customer_id text not null,
    choices jsonb not null default '[]',
    muted text[] not null default '{}',
    communes text[] not null default '{}',
    quiet_hours jsonb,
    primary key (utility_id, customer_id),
    foreign key (utility_id, customer_id) references customer (utility_id, id) on delete cascade
  )`,
  sql`create index alert_setting_communes on alert_setting using gin (communes)`,
  // A browser receives for one customer, or for somebody without an account.
  sql`create table push_device (
    id uuid primary key,
    utility_id text not null,
    customer_id text not null,
    endpoint text not null,
    p256dh text not null,
    auth text not null,
    label text not null,
    added_at timestamptz not null,
    unique (utility_id, endpoint),
    foreign key (utility_id, customer_id) references customer (utility_id, id) on delete cascade
  )`,
  sql`create index push_device_of_customer on push_device (utility_id, customer_id)`,
  sql`create table alert_follower (
    id uuid primary key,
    utility_id text not null references utility on delete cascade,
    endpoint text not null,
    p256dh text not null,
    auth text not null,
    communes text[] not null,
    topics text[] not null,
    quiet_hours jsonb,
    language text not null,
    added_at timestamptz not null,
    unique (utility_id, endpoint)
  )`,
  sql`create index alert_follower_communes on alert_follower using gin (communes)`,

  // Health data, as long as its consent holds: what proves the consent stands beside it, without the number.
  sql`create table medical_need (
    utility_id text not null,
    contract_id text not null,
    customer_id text not null,
    phone text not null,
    since timestamptz not null,
    text_version text not null,
    primary key (utility_id, contract_id),
    foreign key (utility_id, contract_id) references contract (utility_id, id) on delete cascade,
    foreign key (utility_id, customer_id) references customer (utility_id, id) on delete cascade
  )`,
  sql`create table medical_need_event (
    key bigint generated always as identity primary key,
    id uuid not null unique,
    utility_id text not null references utility,
    contract_id text not null,
    customer_id text,
    kind text not null check (kind in ('given', 'withdrawn', 'account-closed')),
    at timestamptz not null,
    text_version text not null,
    words text,
    language text,
    check ((kind = 'given') = (words is not null) and (words is null) = (language is null))
  )`,
  sql`create index medical_need_event_of_contract on medical_need_event (utility_id, contract_id, key)`,
  sql`create function keep_medical_need_event() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' then
        if new.customer_id is null and to_jsonb(new) - 'customer_id' = to_jsonb(old) - 'customer_id' then
          return new;
        end if;
      end if;
      raise exception 'what was consented to is never changed: append what came after';
    end $$`,
  sql`create trigger keep_medical_need_event before update or delete on medical_need_event for each row execute function keep_medical_need_event()`,
  // Who of the utility's people read whom to call: health data leaves a trace.
  sql`create table medical_need_reading (
    key bigint generated always as identity primary key,
    utility_id text not null references utility on delete cascade,
    agent_id uuid references agent on delete set null,
    agent_name text not null,
    outage_id text not null,
    contracts text[] not null,
    at timestamptz not null
  )`,

  // Each is told of a change once by each way, however often a job is tried; not before `due_at`, which is the end of their quiet hours.
  sql`create table alert_notice (
    key bigint generated always as identity primary key,
    utility_id text not null references utility on delete cascade,
    subject text not null,
    change text not null,
    recipient text not null,
    channel text not null check (channel in ('push', 'email', 'sms')),
    contract_id text,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'stale', 'failed')),
    due_at timestamptz not null,
    attempts smallint not null default 0,
    claimed_until timestamptz,
    told_at timestamptz,
    unique (utility_id, subject, change, recipient, channel)
  )`,
  sql`create index alert_notice_waiting on alert_notice (due_at) where state = 'waiting'`,
  sql`create index alert_notice_by_age on alert_notice (told_at) where state <> 'waiting'`,
  // Works are told of again before they begin; begun at another time, anew.
  sql`create table outage_reminder (
    outage_id text not null references outage on delete cascade,
    starts_at timestamptz not null,
    days smallint not null,
    primary key (outage_id, starts_at, days)
  )`,

  // A change of neither a contract nor a customer is one of the whole utility.
  sql`alter table change drop constraint change_check, add check (num_nonnulls(contract_id, customer_id) <= 1)`,

  // Who answers messages does not announce outages, unless the utility says so.
  sql`alter table agent add column duties text[] not null default '{messages}' check (cardinality(duties) > 0 and duties <@ array['messages', 'network'])`,

  // Outages are chosen among alerts from now on.
  sql`insert into alert_setting (utility_id, customer_id, choices)
    select utility_id, id, jsonb_agg(jsonb_build_object('topic', topic, 'channels', (
      select coalesce(jsonb_agg(channel), '[]') from jsonb_array_elements_text(choice -> 'channels') as channel where channel in ('email', 'sms')
    )))
    from customer, jsonb_array_elements(notifications) as choice, unnest(array['outages', 'works']) as topic
    where choice ->> 'topic' = 'outages'
    group by utility_id, id`,
  sql`update customer set notifications = (select coalesce(jsonb_agg(choice), '[]') from jsonb_array_elements(notifications) as choice where choice ->> 'topic' <> 'outages')
    where notifications @> '[{"topic":"outages"}]'`,
];

/** Outages and works, what customers report, and who is told of them by which ways. */
export const outages: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
