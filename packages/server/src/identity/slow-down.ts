/**
 * Guessing passwords is slowed down, nobody is locked out: after a few failures each further try has to wait,
 * twice as long each time, up to a few minutes. Kept in the database, as several instances share it.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { PortalError } from '@oya/contract';
import type { Database } from '../database/open.ts';

interface Allowance {
  /** Failures that cost nothing. */
  free: number;
  longestWaitSeconds: number;
}

/** One account tried from one address: a person who forgot. */
const ACCOUNT: Allowance = { free: 5, longestWaitSeconds: 300 };
/** One address trying many accounts; a whole village may share one. */
const ADDRESS: Allowance = { free: 30, longestWaitSeconds: 60 };
const FORGOTTEN_AFTER_MS = 3_600_000;

export interface SignInAttempt {
  utilityId: string;
  /** Canonical. */
  login: string;
  address: string;
}

/**
 * Counts a try as failed before it is checked, so that tries sent all at once do not slip through;
 * `forgiveAttempt` takes a right one back.
 * @throws PortalError `rate-limited` with the seconds to wait
 */
export async function countAttempt(db: Database, attempt: SignInAttempt, now: number): Promise<void> {
  await count(db, addressSubject(attempt), ADDRESS, now);
  await count(db, accountSubject(attempt), ACCOUNT, now);
}

export async function forgiveAttempt(db: Database, attempt: SignInAttempt): Promise<void> {
  await db.deleteFrom('sign_in_slowdown').where('subject', '=', accountSubject(attempt)).execute();
  await db
    .updateTable('sign_in_slowdown')
    .set({ failures: sql`greatest(failures - 1, 0)` })
    .where('subject', '=', addressSubject(attempt))
    .execute();
}

async function count(db: Database, subject: string, { free, longestWaitSeconds }: Allowance, now: number): Promise<void> {
  const at = new Date(now);
  const forgotten = new Date(now - FORGOTTEN_AFTER_MS);
  await db.deleteFrom('sign_in_slowdown').where('failed_at', '<', forgotten).execute();
  // One statement: whoever comes second sees what the first one counted. No row comes back while one has to wait.
  const { rows } = await sql`
    insert into sign_in_slowdown as known (subject, failures, blocked_until, failed_at) values (${subject}, 1, ${at}, ${at})
    on conflict (subject) do update set
      failures = known.failures + 1,
      failed_at = excluded.failed_at,
      blocked_until = excluded.failed_at + case when known.failures + 1 < ${free}::integer then interval '0'
        else least(${longestWaitSeconds}::integer, power(2, least(known.failures + 1 - ${free}::integer, 20))) * interval '1 second' end
    where known.blocked_until <= excluded.failed_at
    returning 1`.execute(db);
  if (rows.length > 0) return;

  const row = await db.selectFrom('sign_in_slowdown').select('blocked_until').where('subject', '=', subject).executeTakeFirst();
  const wait = row ? row.blocked_until.getTime() - now : 0;
  throw new PortalError('rate-limited', {
    code: 'too-many-attempts',
    detail: 'too many failed sign-ins',
    retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)),
  });
}

function accountSubject({ utilityId, login, address }: SignInAttempt): string {
  return digest('account', utilityId, login, address);
}

function addressSubject({ utilityId, address }: SignInAttempt): string {
  return digest('address', utilityId, address);
}

function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
