import { randomUUID } from 'node:crypto';
import { instant, PortalError, type Page, type Passkey } from '@oya/contract';
import { findAccount, tell } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { requireConfirmation } from '../identity/confirmation.ts';
import { storable } from '../identity/credentials.ts';
import { acceptAnswer, acceptNew, askToMake, askToSignIn, credentialIdOf, takeChallenge, type NewPasskey, type PasskeySite } from '../identity/passkeys.ts';
import { countTry, forgiveTry, newPasskeyCounters, passkeyCounters } from '../identity/slow-down.ts';
import { pageAddress } from '../mail/links.ts';
import type { CustomerContext, OperationHandler, PublicContext } from './context.ts';

/** A phone, a tablet, two computers and a key or two for each: more is no longer kept in mind. */
const MOST = 10;

export const startPasskeySignIn: OperationHandler<'startPasskeySignIn'> = (_input, context) => {
  const { db, utility, address, now } = context;
  return askToSignIn(db, requireSite(context), { utilityId: utility.id, customerId: null, address }, now);
};

/** Unknown, removed, another utility's, wrong or late: one answer, after the same work. */
export const signInWithPasskey: OperationHandler<'signInWithPasskey'> = async ({ challengeId, credential, remember = false }, context) => {
  const { db, utility, session, address, now } = context;
  const site = requireSite(context);
  const credentialId = credentialIdOf(credential);
  const counters = passkeyCounters(utility.id, credentialId, address);
  await countTry(db, counters, now);
  const asked = await takeChallenge(db, challengeId, { utilityId: utility.id, customerId: null }, now);
  const kept = await db
    .selectFrom('passkey')
    .innerJoin('credential', (join) => join.onRef('credential.utility_id', '=', 'passkey.utility_id').onRef('credential.customer_id', '=', 'passkey.customer_id'))
    .select(['passkey.id', 'passkey.customer_id', 'passkey.public_key', 'passkey.counter', 'credential.passkey_handle'])
    .where('passkey.utility_id', '=', utility.id)
    .where('passkey.credential_id', '=', credentialId)
    .executeTakeFirst();
  const answer = await acceptAnswer(credential, asked, site, kept && { credentialId, publicKey: kept.public_key, counter: kept.counter, handle: kept.passkey_handle });
  if (!kept || !answer) throw await refusal(context, kept?.customer_id);
  // Of two answers at once with one counter, one is a copy's.
  const used = await db
    .updateTable('passkey')
    .set({ counter: answer.counter, synced: answer.synced, last_used_at: new Date(now) })
    .where('utility_id', '=', utility.id)
    .where('id', '=', kept.id)
    .where('counter', '=', kept.counter)
    .executeTakeFirst();
  if (used.numUpdatedRows !== 1n) throw await refusal(context, kept.customer_id);
  await forgiveTry(db, counters);
  return session.open(kept.customer_id, { remember, way: 'passkey' });
};

export const listPasskeys: OperationHandler<'listPasskeys'> = async (_input, context) => {
  requireSite(context);
  return passkeysOf(context);
};

export const startPasskey: OperationHandler<'startPasskey'> = async ({ currentPassword }, context) => {
  const { db, utility, customerId, address, now } = context;
  const site = requireSite(context);
  await requireConfirmation(context, currentPassword);
  await countTry(db, newPasskeyCounters(utility.id, customerId), now);
  const known = await db.selectFrom('passkey').select(['credential_id', 'transports']).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();
  if (known.length >= MOST) throw tooMany();
  const { login, passkeyHandle: handle, displayName } = await findAccount(context);
  const exclude = known.map(({ credential_id, transports }) => ({ id: credential_id, transports }));
  return askToMake(db, site, utility.name, { handle, login, displayName }, exclude, { utilityId: utility.id, customerId, address }, now);
};

export const addPasskey: OperationHandler<'addPasskey'> = async ({ challengeId, credential, label }, context) => {
  const { db, utility, customerId, now } = context;
  const site = requireSite(context);
  const asked = await takeChallenge(db, challengeId, { utilityId: utility.id, customerId }, now);
  const made = await acceptNew(credential, asked, site);
  const passkey = made && (await keep(made, label, context));
  if (!passkey) throw new PortalError('invalid', { code: 'passkey-refused', detail: 'the answer is wrong or late', fields: [{ path: 'credential', code: 'refused' }] });
  await tellOwner('passkey-added', label, context);
  return passkey;
};

export const removePasskey: OperationHandler<'removePasskey'> = async ({ passkeyId }, context) => {
  requireSite(context);
  const { db, utility, customerId } = context;
  const removed = await db
    .deleteFrom('passkey')
    .where('utility_id', '=', utility.id)
    .where('customer_id', '=', customerId)
    .where('id', '=', storable(passkeyId))
    .returning('label')
    .executeTakeFirst();
  if (!removed) throw new PortalError('not-found', { detail: 'no such passkey' });
  await tellOwner('passkey-removed', removed.label, context);
  return passkeysOf(context);
};

/** @throws PortalError `unsupported` */
function requireSite({ passkeys }: PublicContext): PasskeySite {
  if (!passkeys) throw new PortalError('unsupported', { detail: 'this utility has no passkeys; name the domain of its sites in OYA_PASSKEY_DOMAINS' });
  return passkeys;
}

async function passkeysOf({ db, utility, customerId }: CustomerContext): Promise<Page<Passkey>> {
  const rows = await db
    .selectFrom('passkey')
    .select(['id', 'label', 'created_at', 'last_used_at', 'synced'])
    .where('utility_id', '=', utility.id)
    .where('customer_id', '=', customerId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return { items: rows.map((row) => ({ id: row.id, label: row.label, createdAt: instant(row.created_at.getTime()), lastUsedAt: row.last_used_at && instant(row.last_used_at.getTime()), synced: row.synced })) };
}

/**
 * The account's row is locked meanwhile, so that ten are ten at once too.
 * @returns `undefined` where the device's id for it is taken: it is somebody's already
 */
async function keep({ credentialId, publicKey, counter, transports, synced }: NewPasskey, label: string, { db, utility, customerId, now }: CustomerContext): Promise<Passkey | undefined> {
  return db.transaction().execute(async (transaction) => {
    await transaction.selectFrom('credential').select('customer_id').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).forUpdate().executeTakeFirstOrThrow();
    const { kept } = await transaction
      .selectFrom('passkey')
      .select(({ fn }) => fn.countAll<number>().as('kept'))
      .where('utility_id', '=', utility.id)
      .where('customer_id', '=', customerId)
      .executeTakeFirstOrThrow();
    if (kept >= MOST) throw tooMany();
    const id = randomUUID();
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('passkey')
      .values({ id, utility_id: utility.id, customer_id: customerId, credential_id: credentialId, public_key: publicKey, counter, transports, synced, label, created_at: new Date(now), last_used_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n ? { id, label, createdAt: instant(now), lastUsedAt: null, synced } : undefined;
  });
}

async function tellOwner(kind: 'passkey-added' | 'passkey-removed', label: string, context: CustomerContext): Promise<void> {
  const { utility, customerId, site, now } = context;
  await noteEvent(context, { kind, customerId });
  await tell(await findAccount(context), { kind, label, at: now, address: pageAddress(utility, site, 'login') }, context);
}

/** Written down of an account that is not there too: both ways do the same work. */
async function refusal(context: PublicContext, customerId: string | undefined): Promise<PortalError> {
  await noteEvent(context, { kind: 'sign-in-refused', customerId: customerId ?? null, by: 'unknown', details: { way: 'passkey' } });
  return new PortalError('unauthenticated', { code: 'passkey-refused', detail: 'the passkey opens no account here, or its answer is wrong or late' });
}

function tooMany(): PortalError {
  return new PortalError('conflict', { code: 'too-many-passkeys', detail: `an account has ${MOST} passkeys at the most` });
}
