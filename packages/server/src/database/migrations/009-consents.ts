import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const PURPOSES = sql.raw(`('curve-recording', 'curve-collection', 'daily-collection', 'maximum-power', 'third-party')`);

const statements = [
  // Texts have a recipient where what is collected is handed on: '' for nobody.
  sql`alter table consent_text
    drop constraint consent_text_purpose_check,
    drop constraint consent_text_pkey,
    add column recipient_id text not null default '',
    add column recipient_name text,
    add column months integer check (months > 0),
    add primary key (utility_id, purpose, recipient_id, version),
    add check (purpose in ${PURPOSES}),
    add check ((purpose = 'third-party') = (recipient_id <> '') and (recipient_id <> '') = (recipient_name is not null))`,
  sql`alter table consent_text alter column recipient_id drop default`,

  sql`drop view consent_state`,
  sql`alter table consent_event disable trigger keep_consent_event`,
  sql`alter table consent_event
    drop constraint consent_event_purpose_check,
    drop constraint consent_event_state_check,
    drop constraint consent_event_actor_check,
    add column recipient_id text not null default '',
    add column recipient_name text,
    add column months integer,
    add column kind text,
    add column failure text check (failure in ('other-holder', 'meter-silent', 'meter-unable', 'no-answer', 'refused')),
    add column erases boolean,
    add column undo_until timestamptz,
    add column withdrawal_id text,
    add column expires_on date,
    add check (purpose in ${PURPOSES})`,
  sql`update consent_event set kind = state, state = case state when 'withdrawn' then 'off' else state end, failure = case state when 'failed' then 'refused' end,
    erases = case state when 'withdrawn' then false end, undo_until = case state when 'withdrawn' then at end, withdrawal_id = case state when 'withdrawn' then id end,
    actor = case when state in ('active', 'failed') and actor = 'system' then 'network-operator' else actor end`,
  sql`alter table consent_event
    alter column kind set not null,
    alter column recipient_id drop default,
    add check (kind in ('requested', 'active', 'failed', 'withdrawn', 'restored', 'expired', 'erased', 'reminded')),
    add check (state in ('off', 'requested', 'active', 'failed')),
    add check (actor in ('customer', 'utility', 'network-operator', 'system')),
    add check ((kind = 'withdrawn') = (erases is not null) and (erases is null) = (undo_until is null) and (erases is null) = (withdrawal_id is null)),
    add check ((kind = 'failed') = (failure is not null))`,
  sql`alter table consent_event enable trigger keep_consent_event`,
  // What was erased, and of what one was reminded, moves nothing.
  sql`create view consent_state as
    select distinct on (meter_key, purpose, recipient_id) meter_key, purpose, recipient_id, recipient_name, key, id, kind, state, at, failure, erases, undo_until, withdrawal_id, expires_on
    from consent_event where kind not in ('erased', 'reminded')
    order by meter_key, purpose, recipient_id, key desc`,
  // By which name the network operator knows what it was asked for: events are never changed, this is.
  sql`create table network_request (
    event_key bigint primary key references consent_event,
    request_id text not null,
    asked_at timestamptz not null,
    ended_at timestamptz
  )`,
  sql`create index network_request_open on network_request (event_key) where ended_at is null`,
  // A file of which something was left out, or has been erased since, may come again once it may be kept.
  sql`alter table import_run add column is_partial boolean not null default false`,
  sql`drop index import_run_of_file`,
  sql`create unique index import_run_of_file on import_run (file_hash, meter_key) nulls not distinct where not is_partial`,
  // What is collected today was consented to somewhere else.
  sql`insert into consent_event (id, utility_id, meter_key, purpose, recipient_id, kind, state, at, actor, channel)
    select gen_random_uuid()::text, utility_id, meter.key, purpose, '', 'active', 'active', now(), 'system', 'system'
    from meter, unnest(array['daily-collection', 'maximum-power']) as purpose
    where kind <> 'hand-read' and (purpose = 'daily-collection' or kind = 'linky')
    order by meter.key, purpose`,
];

/** Consents to more than the load curve, to recipients, for a time; and what happened to them besides. */
export const consents: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
