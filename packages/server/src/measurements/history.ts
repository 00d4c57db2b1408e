/** What stood there before something better came: rows are added, never changed. */
import type { LocalDay } from '@oya/contract';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';

export interface Replaced {
  day: LocalDay;
  before: unknown;
}

export async function keepReplaced(db: Transaction<Schema>, { key, teller }: Channel, what: Schema['replaced_value']['what'], replaced: readonly Replaced[]): Promise<void> {
  if (replaced.length === 0) return;
  await sql`
    insert into replaced_value (channel_key, day, what, before, replaced_at, import_key)
    select ${key}::integer, day::date, ${what}, before::jsonb, ${teller.at}::timestamptz, ${teller.importKey}::integer
    from unnest(${replaced.map(({ day }) => day)}::text[], ${replaced.map(({ before }) => JSON.stringify(before))}::text[]) as replaced (day, before)`.execute(db);
}
