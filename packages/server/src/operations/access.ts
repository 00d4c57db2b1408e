import { makeChallenge } from '../identity/challenges.ts';
import { findCredential } from '../identity/credentials.ts';
import { canonicalLogin } from '../identity/logins.ts';
import { countTry, identifierCounters } from '../identity/slow-down.ts';
import type { OperationHandler } from './context.ts';

export const describeAccess: OperationHandler<'describeAccess'> = (_input, { access, passkeys }) => Promise.resolve({ ...access, passkeys: passkeys !== undefined });

export const getChallenge: OperationHandler<'getChallenge'> = async (_input, { keys, now }) => makeChallenge(await keys.of('challenge'), now);

/** Identifiers are chosen, so that it must be said which are taken; whoever asks for many waits. */
export const checkIdentifier: OperationHandler<'checkIdentifier'> = async ({ identifier: given }, { db, utility, address, now }) => {
  await countTry(db, identifierCounters(utility.id, address), now);
  const identifier = canonicalLogin(given);
  return { identifier: given, available: (await findCredential(db, utility.id, identifier)) === undefined };
};
