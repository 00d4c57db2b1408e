/** Accounts on their way: proved, then submitted, then confirmed by a code and gone from here. */
import { randomUUID } from 'node:crypto';
import type { ProofKind } from '@oya/contract';
import type { Transaction } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { digestOf, newSecret } from './digests.ts';
import { isEmail } from './logins.ts';
import { storable } from './credentials.ts';

/** From the proof on: time to fetch one's glasses. */
const PROVED_LASTS_MS = 3_600_000;
/** Until the code is typed: whoever gives up comes back by the mail's link or by signing in. */
const SUBMITTED_LASTS_MS = 24 * 3_600_000;

export interface SignUpRecord {
  key: string;
  contractId: string;
  proof: ProofKind;
  language: string;
  termsVersion: string;
  termsAcceptedAt: Date;
  expiresAt: number;
  account: SubmittedAccount | undefined;
}

export interface SubmittedAccount {
  /** Both canonical. */
  email: string;
  identifier: string;
  phone: string | undefined;
  passwordHash: string;
}

export type NewSignUp = Pick<SignUpRecord, 'contractId' | 'proof' | 'language' | 'termsVersion'>;

/** @returns the id, which only whoever makes the account is to hold */
export async function createSignUp(db: Database, utilityId: string, { contractId, proof, language, termsVersion }: NewSignUp, now: number): Promise<string> {
  await db.deleteFrom('sign_up').where('expires_at', '<', new Date(now)).execute();
  const key = randomUUID();
  await db
    .insertInto('sign_up')
    .values({
      key,
      utility_id: utilityId,
      contract_id: contractId,
      proof,
      language,
      terms_version: termsVersion,
      terms_accepted_at: new Date(now),
      expires_at: new Date(now + PROVED_LASTS_MS),
      submitted_at: null,
      email: null,
      phone: null,
      identifier: null,
      password_hash: null,
    })
    .execute();
  return giveOutId(db, key);
}

/** A further id for a sign-up: those given out before are known by their digest only. */
export async function giveOutId(db: Database, key: string): Promise<string> {
  const id = newSecret();
  await db.insertInto('sign_up_id').values({ id_hash: digestOf(id), sign_up_key: key }).execute();
  return id;
}

export async function findSignUp(db: Database, utilityId: string, id: string, now: number): Promise<SignUpRecord | undefined> {
  const row = await db
    .selectFrom('sign_up_id')
    .innerJoin('sign_up', 'sign_up.key', 'sign_up_id.sign_up_key')
    .selectAll('sign_up')
    .where('sign_up_id.id_hash', '=', digestOf(id))
    .where('sign_up.utility_id', '=', utilityId)
    .where('sign_up.expires_at', '>', new Date(now))
    .executeTakeFirst();
  return row && recordOf(row);
}

/**
 * A sign-up that waits for its code, by what its maker would sign in with: the last one, if there are several.
 * @param login canonical
 */
export async function findWaiting(db: Database, utilityId: string, login: string, now: number): Promise<{ key: string; passwordHash: string } | undefined> {
  const row = await db
    .selectFrom('sign_up')
    .select(['key', 'password_hash'])
    .where('utility_id', '=', utilityId)
    .where(isEmail(login) ? 'email' : 'identifier', '=', storable(login))
    .where('password_hash', 'is not', null)
    .where('expires_at', '>', new Date(now))
    .orderBy('submitted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { key: row.key, passwordHash: row.password_hash! };
}

/** @returns when it ends */
export async function submitAccount(db: Database, key: string, { email, identifier, phone, passwordHash }: SubmittedAccount, now: number): Promise<number> {
  const expiresAt = now + SUBMITTED_LASTS_MS;
  await db
    .updateTable('sign_up')
    .set({ email, identifier, phone: phone ?? null, password_hash: passwordHash, submitted_at: new Date(now), expires_at: new Date(expiresAt) })
    .where('key', '=', key)
    .execute();
  return expiresAt;
}

export async function changeEmail(db: Database, key: string, email: string): Promise<void> {
  await db.updateTable('sign_up').set({ email }).where('key', '=', key).execute();
}

/** An account begins: the customer, what opens it, the contract it was proved for, the terms it was made under. */
export async function openAccount(db: Transaction<Schema>, utilityId: string, { contractId, language, termsVersion, termsAcceptedAt }: SignUpRecord, account: SubmittedAccount): Promise<string> {
  const customer_id = randomUUID();
  const { holder } = await db.selectFrom('contract').select('holder').where('utility_id', '=', utilityId).where('id', '=', contractId).forUpdate().executeTakeFirstOrThrow();
  await db.insertInto('customer').values({ utility_id: utilityId, id: customer_id, display_name: holder, phone: account.phone ?? null, language }).execute();
  await db.insertInto('credential').values({ utility_id: utilityId, customer_id, login: account.identifier, email: account.email, password_hash: account.passwordHash }).execute();
  await db.insertInto('contract_access').values({ utility_id: utilityId, customer_id, contract_id: contractId }).execute();
  await db.insertInto('terms_acceptance').values({ utility_id: utilityId, customer_id, version: termsVersion, accepted_at: termsAcceptedAt }).execute();
  // Whoever else was on the way to an account for this contract is too late.
  await db.deleteFrom('sign_up').where('utility_id', '=', utilityId).where('contract_id', '=', contractId).execute();
  return customer_id;
}

function recordOf(row: {
  key: string;
  contract_id: string;
  proof: ProofKind;
  language: string;
  terms_version: string;
  terms_accepted_at: Date;
  expires_at: Date;
  email: string | null;
  phone: string | null;
  identifier: string | null;
  password_hash: string | null;
}): SignUpRecord {
  const submitted = row.email !== null && row.identifier !== null && row.password_hash !== null;
  return {
    key: row.key,
    contractId: row.contract_id,
    proof: row.proof,
    language: row.language,
    termsVersion: row.terms_version,
    termsAcceptedAt: row.terms_accepted_at,
    expiresAt: row.expires_at.getTime(),
    account: submitted ? { email: row.email!, identifier: row.identifier!, phone: row.phone ?? undefined, passwordHash: row.password_hash! } : undefined,
  };
}
