import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // How often something was told of the day: a level or colour that comes back is news again.
  sql`alter table told_signal add column turn integer not null default 1`,
  sql`update alert_notice set change = change || ':1' where subject ~ '^(ecowatt|tempo):'`,
  // It reaches more places, and nothing else of it is new.
  sql`alter table outage_update drop constraint outage_update_news_check, add check (news in ('announced', 'extended', 'changed', 'started', 'end-moved', 'restored', 'cancelled'))`,
  // Health data goes with the contract that it was given for.
  sql`alter table medical_need_event drop constraint medical_need_event_kind_check, add check (kind in ('given', 'withdrawn', 'contract-ended', 'account-closed'))`,
  // Reports are kept, and counted for each outage; a few of them are looked for each minute: those that still name somebody.
  sql`create index outage_report_of_outage on outage_report (outage_id, reported_at)`,
  sql`create index outage_report_naming on outage_report (reported_at) where address <> '' or phone is not null or words is not null`,
];

/** What alerts needed once they were in use. */
export const alerts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await statement.execute(db);
  },
};
