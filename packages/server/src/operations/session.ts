import { PortalError } from '@oya/contract';
import { canonicalLogin, isEmail } from '../identity/logins.ts';
import { verifyPassword } from '../identity/passwords.ts';
import { countAttempt, forgiveAttempt } from '../identity/slow-down.ts';
import type { OperationHandler } from './context.ts';

/** A wrong password and an unknown account get the same answer, after the same work. */
export const signIn: OperationHandler<'signIn'> = async ({ login: given, password }, { db, utility, session, address, now }) => {
  const login = canonicalLogin(given);
  const attempt = { utilityId: utility.id, login, address };
  await countAttempt(db, attempt, now);
  // PostgreSQL holds no NUL in a text, so nobody has such a login.
  const credential = login.includes('\0')
    ? undefined
    : await db
        .selectFrom('credential')
        .select(['customer_id', 'password_hash'])
        .where('utility_id', '=', utility.id)
        .where(isEmail(login) ? 'email' : 'login', '=', login)
        .executeTakeFirst();
  const right = await verifyPassword(password, credential?.password_hash);
  if (!credential || !right) throw new PortalError('unauthenticated', { code: 'wrong-credentials', detail: 'the login or the password is wrong' });
  await forgiveAttempt(db, attempt);
  return session.open(credential.customer_id);
};

export const signOut: OperationHandler<'signOut'> = (_input, { session }) => session.close();

export const whoAmI: OperationHandler<'whoAmI'> = (_input, { session }) => session.current();
