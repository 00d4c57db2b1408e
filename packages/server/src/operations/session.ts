import { PortalError } from '@oya/contract';
import { noteEvent } from '../identity/audit.ts';
import { findCredential } from '../identity/credentials.ts';
import { canonicalLogin } from '../identity/logins.ts';
import { verifyPassword } from '../identity/passwords.ts';
import { findWaiting, giveOutId } from '../identity/sign-ups.ts';
import { countTry, forgiveTry, signInCounters } from '../identity/slow-down.ts';
import type { OperationHandler } from './context.ts';

/**
 * A wrong password and an unknown account get the same answer, after the same work. Two passwords are checked each
 * time, that of an account and that of a sign-up that waits for its code: an address may have both, when somebody
 * tried to sign up with it, and that must show neither in the answer nor in its time.
 */
export const signIn: OperationHandler<'signIn'> = async ({ login: given, password, remember = false }, context) => {
  const { db, utility, session, address, now } = context;
  const login = canonicalLogin(given);
  const counters = signInCounters(utility.id, login, address);
  await countTry(db, counters, now);
  const credential = await findCredential(db, utility.id, login);
  const waiting = await findWaiting(db, utility.id, login, now);
  const [opens, resumes] = await Promise.all([verifyPassword(password, credential?.passwordHash), verifyPassword(password, waiting?.passwordHash)]);
  if (credential && opens) {
    await forgiveTry(db, counters);
    return session.open(credential.customerId, { remember });
  }
  if (waiting && resumes) {
    await forgiveTry(db, counters);
    return { state: 'unconfirmed', signUpId: await giveOutId(db, waiting.key) };
  }
  // Of an account that is not there too: both ways do the same work.
  await noteEvent(context, { kind: 'sign-in-refused', customerId: credential?.customerId ?? null, by: 'unknown' });
  throw new PortalError('unauthenticated', { code: 'wrong-credentials', detail: 'the login or the password is wrong' });
};

export const signOut: OperationHandler<'signOut'> = async (_input, context) => {
  const before = await context.session.current();
  const after = await context.session.close();
  if (before.state === 'signed-in') await noteEvent(context, { kind: 'signed-out', customerId: before.customer.id });
  return after;
};

export const whoAmI: OperationHandler<'whoAmI'> = (_input, { session }) => session.current();

export const extendSession: OperationHandler<'extendSession'> = (_input, { session }) => session.extend();
