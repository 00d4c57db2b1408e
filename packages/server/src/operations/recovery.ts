import { instant, maskEmail } from '@oya/contract';
import { noteEvent } from '../identity/audit.ts';
import { CODE_LASTS_MS, countSending, maySend, newCode, putCode, refuseCode, tryCode, useCode } from '../identity/codes.ts';
import { requireGoodPassword } from '../identity/common-passwords.ts';
import { findCredential } from '../identity/credentials.ts';
import { digestOf, newSecret } from '../identity/digests.ts';
import { canonicalLogin } from '../identity/logins.ts';
import { hashPassword } from '../identity/passwords.ts';
import { closeSessionsOf } from '../identity/sessions.ts';
import { countTry, recoveryCounters } from '../identity/slow-down.ts';
import { languageFor, tell } from '../identity/accounts.ts';
import { languageOf } from '../mail/messages.ts';
import { pageAddress } from '../mail/links.ts';
import type { OperationHandler } from './context.ts';

/** A login that is nobody's gets the same answer, after the same work: a reset that no code will be right for. */
export const requestPasswordReset: OperationHandler<'requestPasswordReset'> = async ({ login: given, language: tag }, context) => {
  const { db, utility, access, keys, codes, site, address, now } = context;
  await countTry(db, recoveryCounters(utility.id, address), now);
  const login = canonicalLogin(given);
  const login_hash = digestOf('login', utility.id, login);
  const resendAt = await countSending(db, [digestOf('resets of', login_hash)], now);
  const credential = await findCredential(db, utility.id, login);
  // One account has two logins; its owner's mailbox is one.
  const mayBeSent = await maySend(db, digestOf('resets to', utility.id, credential?.customerId ?? `nobody ${login_hash}`), now);

  const resetId = newSecret();
  const id_hash = digestOf(resetId);
  const expiresAt = now + CODE_LASTS_MS;
  await db.deleteFrom('password_reset').where((is) => is.or([is('login_hash', '=', login_hash), is('expires_at', '<', new Date(now))])).execute();
  await db.insertInto('password_reset').values({ id_hash, utility_id: utility.id, login_hash, customer_id: credential?.customerId ?? null, expires_at: new Date(expiresAt) }).execute();
  const code = newCode(access.codeDigits);
  const goesOut = credential !== undefined && mayBeSent;
  await putCode(db, codeSubject(id_hash), goesOut ? code : undefined, { expiresAt, resendAt }, await keys.of('code'), now);
  await codes.send({
    utilityId: utility.id,
    to: goesOut ? credential.email : undefined,
    language: credential?.language ?? languageOf(tag),
    message: { kind: 'password-reset', code, expiresAt, address: pageAddress(utility, site, 'login', `oya-reset=${resetId}.${code}`) },
  });
  return { resetId, expiresAt: instant(expiresAt), resendAt: instant(resendAt), answeredAt: instant(now) };
};

/** Only a right code is told what is wrong with the password; it stays good until a password is accepted. */
export const resetPassword: OperationHandler<'resetPassword'> = async ({ resetId, code, password }, context) => {
  const { db, utility, access, keys, site, session, now } = context;
  const id_hash = digestOf(resetId);
  const key = await keys.of('code');
  const verdict = await tryCode(db, codeSubject(id_hash), code, key, now);
  if (verdict !== 'right') throw refuseCode(verdict);
  const account = await db
    .selectFrom('password_reset as reset')
    .innerJoin('credential', (join) => join.onRef('credential.utility_id', '=', 'reset.utility_id').onRef('credential.customer_id', '=', 'reset.customer_id'))
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'reset.utility_id').onRef('customer.id', '=', 'reset.customer_id'))
    .select(['customer.id', 'customer.display_name', 'customer.language', 'credential.login', 'credential.email'])
    .where('reset.id_hash', '=', id_hash)
    .where('reset.utility_id', '=', utility.id)
    .executeTakeFirst();
  if (!account) throw refuseCode('ended');
  requireGoodPassword(password, access.password, [account.login, account.email, account.display_name]);
  if (!(await useCode(db, codeSubject(id_hash), code, key))) throw refuseCode('ended');

  const password_hash = await hashPassword(password);
  await db.updateTable('credential').set({ password_hash, password_changed_at: new Date(now) }).where('utility_id', '=', utility.id).where('customer_id', '=', account.id).execute();
  await db.deleteFrom('password_reset').where('utility_id', '=', utility.id).where('customer_id', '=', account.id).execute();
  await closeSessionsOf(db, utility.id, account.id);
  await noteEvent(context, { kind: 'password-reset', customerId: account.id });
  // Whoever forgot a password has not lost their devices: passkeys stay, and the mail says so.
  const passkey = await db.selectFrom('passkey').select('id').where('utility_id', '=', utility.id).where('customer_id', '=', account.id).limit(1).executeTakeFirst();
  await tell({ email: account.email, language: languageFor(account, utility) }, { kind: 'password-changed', at: now, passkeys: passkey !== undefined, address: pageAddress(utility, site, 'login') }, context);
  return session.open(account.id, { way: 'code' });
};

export const requestIdentifier: OperationHandler<'requestIdentifier'> = async ({ email: given, language }, { db, utility, outbox, site, address, now }) => {
  await countTry(db, recoveryCounters(utility.id, address), now);
  const email = canonicalLogin(given);
  const resendAt = await countSending(db, [digestOf('identifiers to', utility.id, email)], now);
  const credential = await findCredential(db, utility.id, email);
  await outbox.post({
    utilityId: utility.id,
    to: credential?.email,
    language: credential?.language ?? language,
    message: { kind: 'identifier', identifier: credential?.login ?? '', address: pageAddress(utility, site, 'login') },
  });
  return { to: maskEmail(email), expiresAt: instant(now + CODE_LASTS_MS), resendAt: instant(resendAt), answeredAt: instant(now) };
};

function codeSubject(idHash: string): string {
  return digestOf('password reset', idHash);
}
