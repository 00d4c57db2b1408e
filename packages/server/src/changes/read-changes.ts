/**
 * What changed for a customer since a cursor. Transactions do not end in the order in which they began, nor in that of
 * their rows' keys, so no key and no time can say “up to here”. A cursor is therefore the snapshot of the database in which
 * it was told: a change that is visible now and was not in that snapshot is new. None is skipped, none is told twice, and
 * none waits for a transaction that takes long, as with a cursor that only follows the oldest one under way.
 */
import { PortalError, type Changes } from '@oya/contract';
import { sql } from 'kysely';
import type { CustomerContext } from '../operations/context.ts';
import { visibleTo } from '../identity/sight.ts';
import { KEPT_DAYS } from './note-change.ts';

/** Beyond that, asking for everything anew costs less than telling what. */
const TOLD_AT_ONCE = 200;
const DAY_SECONDS = 86_400;
/** Before the first of those that it would have to tell is removed. */
const LASTS_SECONDS = (KEPT_DAYS - 1) * DAY_SECONDS;
/** Seconds since 1970 and `pg_snapshot`: `xmin:xmax:` and those under way between. */
const CURSOR_FORM = /^(\d{1,12})~(\d{1,19}:\d{1,19}:(?:\d{1,19}(?:,\d{1,19})*)?)$/;
const LONGEST_CURSOR = 4000;

/** Whom to tell. */
export type ChangesReader = Pick<CustomerContext, 'db' | 'utility' | 'customerId' | 'now'>;

/** @throws PortalError `invalid` for a cursor that is none */
export async function readChanges(reader: ChangesReader, after: string | undefined): Promise<Changes> {
  const known = after === undefined ? undefined : parseCursor(after);
  const { db } = reader;
  if (!known) {
    const { rows } = await sql<{ cursor: string }>`select ${CURSOR_NOW} as cursor`.execute(db);
    return { cursor: rows[0]?.cursor ?? '', changes: [] };
  }
  const { rows: [row] } = await told(reader, known.snapshot);
  if (!row) throw new Error('the database tells no snapshot');
  const isTooOld = Number(row.cursor.split('~')[0]) - known.at > LASTS_SECONDS;
  // A snapshot of a database that was since replaced, by an older copy of itself for instance.
  if (isTooOld || row.isOfAnother || row.changes.length > TOLD_AT_ONCE) return { cursor: row.cursor, changes: [], isReset: true };
  return { cursor: row.cursor, changes: row.changes };
}

const CURSOR_NOW = sql<string>`floor(extract(epoch from clock_timestamp()))::bigint || '~' || pg_current_snapshot()`;

/** One statement, and so one snapshot: what it does not see is not in the cursor that it gives. */
function told(reader: ChangesReader, snapshot: string) {
  const { db, utility, customerId } = reader;
  const seen = db.selectFrom('contract_sight as sight').select('sight.contract_id').where(visibleTo(reader));
  const changes = db
    .selectFrom('change')
    .select(['operation', 'input'])
    .distinct()
    .where('utility_id', '=', utility.id)
    .where(sql<boolean>`transaction >= pg_snapshot_xmin(${snapshot}::pg_snapshot)`)
    .where(sql<boolean>`not pg_visible_in_snapshot(transaction, ${snapshot}::pg_snapshot)`)
    .where((is) => is.or([is('customer_id', '=', customerId), is('contract_id', 'in', seen), is.and([is('customer_id', 'is', null), is('contract_id', 'is', null)])]))
    .orderBy('operation')
    .orderBy('input')
    .limit(TOLD_AT_ONCE + 1);
  return sql<Pick<Changes, 'cursor' | 'changes'> & { isOfAnother: boolean }>`
    select ${CURSOR_NOW} as cursor,
      pg_snapshot_xmin(${snapshot}::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) as "isOfAnother",
      (select coalesce(jsonb_agg(jsonb_build_object('operation', operation, 'input', input)), '[]') from (${changes}) as told) as changes`.execute(db);
}

function parseCursor(text: string): { at: number; snapshot: string } {
  const [, at, snapshot] = (text.length <= LONGEST_CURSOR && CURSOR_FORM.exec(text)) || [];
  if (at === undefined || snapshot === undefined || !isSnapshot(snapshot)) {
    throw new PortalError('invalid', { detail: 'that is no cursor: send one that an answer gave, or none', fields: [{ path: 'after', code: 'no-cursor' }] });
  }
  return { at: Number(at), snapshot };
}

/** PostgreSQL takes no snapshot whose parts contradict each other. */
function isSnapshot(text: string): boolean {
  const [xmin = '', xmax = '', underWay = ''] = text.split(':');
  const ids = underWay === '' ? [] : underWay.split(',').map(BigInt);
  const [first, last] = [BigInt(xmin), BigInt(xmax)];
  return first > 0n && first <= last && last < 2n ** 63n && ids.every((id, index) => id >= first && id < last && (index === 0 || id > (ids[index - 1] ?? 0n)));
}
