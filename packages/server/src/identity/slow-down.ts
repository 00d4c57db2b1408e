/**
 * Guessing is slowed down, nobody is locked out: after a few failures each further try has to wait,
 * twice as long each time, up to a few minutes. Kept in the database, as several instances share it.
 */
import { sql } from 'kysely';
import { PortalError } from '@oya/contract';
import type { Database } from '../database/open.ts';
import { digestOf } from './digests.ts';

/** Something of which failures are counted: its digest, and how many are allowed. */
export interface Counter {
  readonly subject: string;
  /** Failures that cost nothing. */
  readonly free: number;
  readonly longestWaitSeconds: number;
  /** What a right try takes back: all that was counted, or only itself. */
  readonly forgives: 'all' | 'one';
}

const FORGOTTEN_AFTER_MS = 3_600_000;

/** @param login canonical */
export function signInCounters(utilityId: string, login: string, address: string): Counter[] {
  return [
    // One address trying many accounts; a whole village may share one.
    { subject: digestOf('address', utilityId, address), free: 30, longestWaitSeconds: 60, forgives: 'one' },
    // One account tried from one address: a person who forgot.
    { subject: digestOf('account', utilityId, login, address), free: 5, longestWaitSeconds: 300, forgives: 'all' },
  ];
}

/** A passkey's answer counts as a sign-in from that address. @param credentialId known here or not */
export function passkeyCounters(utilityId: string, credentialId: string, address: string): Counter[] {
  return signInCounters(utilityId, `passkey ${credentialId}`, address);
}

/** Making passkeys: each is a mail to the account's owner. */
export function newPasskeyCounters(utilityId: string, customerId: string): Counter[] {
  return [{ subject: digestOf('new passkeys', utilityId, customerId), free: 20, longestWaitSeconds: 300, forgives: 'one' }];
}

/** The password asked for again: whoever sits at an open browser guesses no faster than at the sign-in. */
export function confirmationCounters(utilityId: string, customerId: string): Counter[] {
  return [{ subject: digestOf('confirmation', utilityId, customerId), free: 5, longestWaitSeconds: 300, forgives: 'all' }];
}

/** @param number of the invoice or contract: tried from many addresses it is slowed down too */
export function proofCounters(utilityId: string, number: string, address: string): Counter[] {
  return [
    { subject: digestOf('proofs', utilityId, address), free: 3, longestWaitSeconds: 300, forgives: 'one' },
    { subject: digestOf('proof', utilityId, number), free: 10, longestWaitSeconds: 300, forgives: 'one' },
  ];
}

/** The same for a customer who adds a contract: counted by account, not by address. */
export function addedProofCounters(utilityId: string, number: string, customerId: string): Counter[] {
  return [
    { subject: digestOf('added proofs', utilityId, customerId), free: 3, longestWaitSeconds: 300, forgives: 'one' },
    { subject: digestOf('proof', utilityId, number), free: 10, longestWaitSeconds: 300, forgives: 'one' },
  ];
}

/** Asking others to read a contract: each is a mail to somebody who did not ask for one. */
export function invitationCounters(utilityId: string, customerId: string): Counter[] {
  return [{ subject: digestOf('invitations', utilityId, customerId), free: 30, longestWaitSeconds: 300, forgives: 'one' }];
}

/** Another postal address: each is a mail, and where the utility looks at it, somebody's work. */
export function addressCounters(utilityId: string, customerId: string): Counter[] {
  return [{ subject: digestOf('addresses', utilityId, customerId), free: 20, longestWaitSeconds: 300, forgives: 'one' }];
}

/** Asking which identifiers are taken: what a form needs, not what a list needs. */
export function identifierCounters(utilityId: string, address: string): Counter[] {
  return [{ subject: digestOf('identifiers', utilityId, address), free: 60, longestWaitSeconds: 60, forgives: 'one' }];
}

/** Asking for mails to whomever. */
export function recoveryCounters(utilityId: string, address: string): Counter[] {
  return [{ subject: digestOf('recovery', utilityId, address), free: 20, longestWaitSeconds: 300, forgives: 'one' }];
}

/**
 * Counts a try as failed before it is checked, so that tries sent all at once do not slip through;
 * `forgiveTry` takes a right one back.
 * @throws PortalError `rate-limited` with the seconds to wait
 */
export async function countTry(db: Database, counters: readonly Counter[], now: number): Promise<void> {
  for (const counter of counters) await count(db, counter, now);
}

export async function forgiveTry(db: Database, counters: readonly Counter[]): Promise<void> {
  for (const { subject, forgives } of counters) {
    if (forgives === 'all') await db.deleteFrom('slowdown').where('subject', '=', subject).execute();
    else await db.updateTable('slowdown').set({ failures: sql`greatest(failures - 1, 0)` }).where('subject', '=', subject).execute();
  }
}

async function count(db: Database, { subject, free, longestWaitSeconds }: Counter, now: number): Promise<void> {
  const at = new Date(now);
  const forgotten = new Date(now - FORGOTTEN_AFTER_MS);
  await db.deleteFrom('slowdown').where('failed_at', '<', forgotten).execute();
  // One statement: whoever comes second sees what the first one counted. No row comes back while one has to wait.
  const { rows } = await sql`
    insert into slowdown as known (subject, failures, blocked_until, failed_at) values (${subject}, 1, ${at}, ${at})
    on conflict (subject) do update set
      failures = known.failures + 1,
      failed_at = excluded.failed_at,
      blocked_until = excluded.failed_at + case when known.failures + 1 < ${free}::integer then interval '0'
        else least(${longestWaitSeconds}::integer, power(2, least(known.failures + 1 - ${free}::integer, 20))) * interval '1 second' end
    where known.blocked_until <= excluded.failed_at
    returning 1`.execute(db);
  if (rows.length > 0) return;

  const row = await db.selectFrom('slowdown').select('blocked_until').where('subject', '=', subject).executeTakeFirst();
  const wait = row ? row.blocked_until.getTime() - now : 0;
  throw new PortalError('rate-limited', {
    code: 'too-many-attempts',
    detail: 'too many tries',
    retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)),
  });
}
