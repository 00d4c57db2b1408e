import { maskEmail, instant, PortalError } from '@oya/contract';
import { isTaken } from '../database/errors.ts';
import { findAccount, tell } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { CODE_LASTS_MS, countSending, newCode, putCode, refuseCode, tryCode, useCode } from '../identity/codes.ts';
import { requireConfirmation } from '../identity/confirmation.ts';
import { findCredential } from '../identity/credentials.ts';
import { digestOf } from '../identity/digests.ts';
import { emailCodeSubject, endEmailChange, findEmailChange, putEmailChange } from '../identity/email-changes.ts';
import { canonicalLogin } from '../identity/logins.ts';
import { pageAddress } from '../mail/links.ts';
import type { OperationHandler } from './context.ts';
import { readProfile } from './profile.ts';

/** An address of another account is told nothing but by mail: the same answer, the same work, and no code is right. */
export const startEmailChange: OperationHandler<'startEmailChange'> = async ({ email: given, currentPassword }, context) => {
  const { db, utility, customerId, access, keys, codes, site, now } = context;
  await requireConfirmation(context, currentPassword);
  const account = await findAccount(context);
  const email = canonicalLogin(given);
  if (email === account.email) throw new PortalError('invalid', { detail: 'the account has this address', fields: [{ path: 'email', code: 'same' }] });
  // Neither one account nor one address gets codes without end.
  const resendAt = await countSending(db, [digestOf('email changes of', utility.id, customerId), digestOf('codes to', utility.id, email)], now);
  const known = await findCredential(db, utility.id, email);
  const code = newCode(access.codeDigits);
  const expiresAt = now + CODE_LASTS_MS;
  const id = await putEmailChange(context, email, expiresAt);
  await putCode(db, emailCodeSubject(id), known ? undefined : code, { expiresAt, resendAt }, await keys.of('code'), now);
  const address = pageAddress(utility, site, 'profile');
  await codes.send({
    utilityId: utility.id,
    to: email,
    language: known?.language ?? account.language,
    message: known ? { kind: 'address-in-use', address } : { kind: 'email-change-code', code, expiresAt, address },
  });
  await tell(account, { kind: 'email-change-asked', masked: maskEmail(email), at: now, address }, context);
  await noteEvent(context, { kind: 'email-change-asked', customerId });
  return { to: maskEmail(email), expiresAt: instant(expiresAt), resendAt: instant(resendAt), answeredAt: instant(now) };
};

export const confirmEmailChange: OperationHandler<'confirmEmailChange'> = async ({ code }, context) => {
  const { db, utility, customerId, keys, site, now } = context;
  const change = await findEmailChange(context);
  if (!change) throw refuseCode('ended');
  const subject = emailCodeSubject(change.id);
  const key = await keys.of('code');
  const verdict = await tryCode(db, subject, code, key, now);
  if (verdict !== 'right') throw refuseCode(verdict);
  const before = await findAccount(context);
  const isChanged = await db
    .transaction()
    .execute(async (transaction) => {
      if (!(await useCode(transaction, subject, code, key))) return false;
      await transaction.updateTable('credential').set({ email: change.email }).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();
      await transaction.deleteFrom('email_change').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).where('id', '=', change.id).execute();
      // Whoever reads the old mailbox comes in no more by what lies in it.
      await transaction.deleteFrom('password_reset').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();
      return true;
    })
    .catch((error: unknown) => {
      // Meanwhile an account was made with this address.
      if (isTaken(error)) return false;
      throw error;
    });
  if (!isChanged) throw refuseCode('ended');
  await noteEvent(context, { kind: 'email-changed', customerId });
  await tell(before, { kind: 'email-changed', masked: maskEmail(change.email), at: now, address: pageAddress(utility, site, 'profile') }, context);
  return readProfile(context);
};

export const cancelEmailChange: OperationHandler<'cancelEmailChange'> = async (_input, context) => {
  await endEmailChange(context);
  return readProfile(context);
};
