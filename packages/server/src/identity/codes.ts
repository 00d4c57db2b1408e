/** One-time codes: seven digits or more from the system's randomness, kept as keyed digests, good once, for ten minutes and five tries. */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { PortalError } from '@oya/contract';
import type { Database } from '../database/open.ts';
import { digestOf } from './digests.ts';

export const CODE_LASTS_MS = 10 * 60_000;
const TRIES = 5;
const HOUR_MS = 3_600_000;

/** `wrong` may be tried again; `ended` is too old, was tried too often, was used or replaced. */
export type CodeVerdict = 'right' | 'wrong' | 'ended';

export interface CodeTimes {
  /** Epoch milliseconds. */
  expiresAt: number;
  resendAt: number;
}

/** How often something may be done that costs somebody else. */
export interface Pace {
  readonly betweenMs: number;
  readonly anHour: number;
}

const CODES: Pace = { betweenMs: 60_000, anHour: 3 };

export function newCode(digits: number): string {
  return String(randomInt(10 ** digits)).padStart(digits, '0');
}

/**
 * Counts a sending to each of these places.
 * @param places digests: of an address, of a sign-up
 * @returns when the next may follow
 * @throws PortalError `rate-limited` with the seconds until then
 */
export async function countSending(db: Database, places: readonly string[], now: number, pace = CODES): Promise<number> {
  let next = now;
  for (const subject of places) {
    const sentAt = await noteSending(db, subject, now, pace);
    if (!sentAt) throw await tooSoon(db, subject, now, pace);
    next = Math.max(next, nextAllowed(sentAt, now, pace));
  }
  return next;
}

/** Like `countSending`, where nobody is to learn of it: says whether it may be sent. */
export async function maySend(db: Database, subject: string, now: number): Promise<boolean> {
  return (await noteSending(db, subject, now, CODES)) !== undefined;
}

/**
 * Puts a code in force; the one before ends.
 * @param code `undefined` where none will be right: tried and ended as the others are
 */
export async function putCode(db: Database, subject: string, code: string | undefined, { expiresAt, resendAt }: CodeTimes, key: Buffer, now: number): Promise<void> {
  // A code that none will be right for is made all the same: both ways do the same work.
  const hash = hashCode(subject, code ?? newCode(10), key);
  const row = { code_hash: code === undefined ? null : hash, expires_at: new Date(expiresAt), resend_at: new Date(resendAt), tries: 0 };
  await db
    .insertInto('one_time_code')
    .values({ subject, ...row })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(row))
    .execute();
  await db.deleteFrom('one_time_code').where('expires_at', '<', new Date(now - 24 * HOUR_MS)).execute();
}

/** Tries a code. A right one stays in force until it is used, and its try does not count. */
export async function tryCode(db: Database, subject: string, code: string, key: Buffer, now: number): Promise<CodeVerdict> {
  const hash = hashCode(subject, code, key);
  // One statement: of tries sent all at once five are looked at.
  const row = await db
    .updateTable('one_time_code')
    .set({ tries: sql`tries + 1` })
    .where('subject', '=', subject)
    .where('tries', '<', TRIES)
    .where('expires_at', '>', new Date(now))
    .returning('code_hash')
    .executeTakeFirst();
  if (!row) return 'ended';
  const right = timingSafeEqual(Buffer.from(hash), Buffer.from(row.code_hash ?? hashCode(subject, '', key))) && row.code_hash !== null;
  if (!right) return 'wrong';
  await db.updateTable('one_time_code').set({ tries: sql`greatest(tries - 1, 0)` }).where('subject', '=', subject).execute();
  return 'right';
}

/** Uses a right code up. `false`: somebody else just did. */
export async function useCode(db: Database, subject: string, code: string, key: Buffer): Promise<boolean> {
  const used = await db.deleteFrom('one_time_code').where('subject', '=', subject).where('code_hash', '=', hashCode(subject, code, key)).executeTakeFirst();
  return used.numDeletedRows === 1n;
}

export async function codeTimes(db: Database, subject: string): Promise<CodeTimes | undefined> {
  const row = await db.selectFrom('one_time_code').select(['expires_at', 'resend_at']).where('subject', '=', subject).executeTakeFirst();
  return row && { expiresAt: row.expires_at.getTime(), resendAt: row.resend_at.getTime() };
}

/** What a wrong or ended code is answered with. */
export function refuseCode(verdict: Exclude<CodeVerdict, 'right'>): PortalError {
  return new PortalError('invalid', { code: `code-${verdict}`, detail: `the code is ${verdict}`, fields: [{ path: 'code', code: verdict }] });
}

/** With a key, as so few digits are soon tried by whoever has the database. */
function hashCode(subject: string, code: string, key: Buffer): string {
  return createHmac('sha256', key).update(digestOf(subject, code)).digest('hex');
}

/** One statement, so that two at once do not both pass. */
async function noteSending(db: Database, subject: string, now: number, { betweenMs, anHour }: Pace): Promise<number[] | undefined> {
  const { rows } = await sql<{ sent: number[] }>`
    insert into sending as known (subject, sent_at) values (${subject}, array[${now}::bigint])
    on conflict (subject) do update set
      sent_at = array(select sent from unnest(known.sent_at) sent where sent > ${now - HOUR_MS}::bigint order by sent) || ${now}::bigint
    where not exists (select from unnest(known.sent_at) sent where sent > ${now - betweenMs}::bigint)
      and (select count(*) from unnest(known.sent_at) sent where sent > ${now - HOUR_MS}::bigint) < ${anHour}::integer
    returning array_to_json(sent_at) as sent`.execute(db);
  await sql`delete from sending where ${now - HOUR_MS}::bigint > all (sent_at)`.execute(db);
  return rows[0]?.sent;
}

async function tooSoon(db: Database, subject: string, now: number, pace: Pace): Promise<PortalError> {
  const { rows } = await sql<{ sent: number[] }>`select array_to_json(sent_at) as sent from sending where subject = ${subject}`.execute(db);
  const wait = nextAllowed(rows[0]?.sent ?? [], now, pace) - now;
  return new PortalError('rate-limited', { code: 'sent-too-often', detail: 'that was asked for a moment ago, or too often within an hour', retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)) });
}

function nextAllowed(sentAt: readonly number[], now: number, { betweenMs, anHour }: Pace): number {
  const recent = sentAt.filter((sent) => sent > now - HOUR_MS);
  const afterLast = Math.max(...recent, now - betweenMs) + betweenMs;
  const full = recent.length >= anHour ? (recent.at(-anHour) ?? now) + HOUR_MS : afterLast;
  return Math.max(afterLast, full);
}
