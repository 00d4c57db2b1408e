import { instant, maskEmail, PortalError, type FieldError, type SignUp } from '@oya/contract';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { noteEvent } from '../identity/audit.ts';
import { acceptSolution } from '../identity/challenges.ts';
import { CODE_LASTS_MS, codeTimes, countSending, maySend, newCode, putCode, refuseCode, tryCode, useCode } from '../identity/codes.ts';
import { passwordErrors } from '../identity/common-passwords.ts';
import { findCredential } from '../identity/credentials.ts';
import { digestOf } from '../identity/digests.ts';
import { canonicalLogin } from '../identity/logins.ts';
import { hashPassword } from '../identity/passwords.ts';
import { findAccountHolder, findProved } from '../identity/proofs.ts';
import { changeEmail, createSignUp, findSignUp, openAccount, submitAccount, type SignUpRecord } from '../identity/sign-ups.ts';
import { countTry, forgiveTry, proofCounters } from '../identity/slow-down.ts';
import { languageOf } from '../mail/messages.ts';
import { pageAddress } from '../mail/links.ts';
import type { OperationHandler, PublicContext } from './context.ts';

/**
 * A wrong proof, an unknown number and a contract whose customer has an account get the same answer, after the
 * same work; in the last case the customer is told by mail.
 */
export const startSignUp: OperationHandler<'startSignUp'> = async ({ proof, termsVersion, language: tag }, context) => {
  const { db, utility, access, address, outbox, site, now } = context;
  if (termsVersion !== access.terms.version) {
    throw new PortalError('invalid', { code: 'terms-changed', detail: 'the terms have changed: show and accept those of describeAccess', fields: [{ path: 'termsVersion', code: 'terms-changed' }] });
  }
  const number = proof.kind === 'invoice' ? proof.number : proof.deliveryPoint;
  const counters = proofCounters(utility.id, number, address);
  await countTry(db, counters, now);
  const proved = access.proofs.includes(proof.kind) ? await findProved(db, utility.id, proof) : undefined;
  const holder = await findAccountHolder(db, utility.id, proved?.id ?? '');
  const language = languageOf(tag);
  if (proved && !holder) {
    await forgiveTry(db, counters);
    const id = await createSignUp(db, utility.id, { contractId: proved.id, proof: proof.kind, language, termsVersion }, now);
    return describe(id, await requireSignUp(context, id), context);
  }
  const told = await maySend(db, digestOf('holder told', utility.id, number), now);
  await outbox.post({
    utilityId: utility.id,
    to: told ? holder?.email : undefined,
    language: holder?.language ?? language,
    message: { kind: 'contract-has-account', contractNumber: proved?.number ?? '', address: pageAddress(utility, site, 'login') },
  });
  await noteEvent(context, { kind: 'proof-refused', customerId: holder?.customerId ?? null, by: 'unknown', details: { proof: proof.kind } });
  throw new PortalError('invalid', { code: 'proof-refused', detail: 'the proof fits no contract without an account', fields: [{ path: 'proof', code: 'proof-refused' }] });
};

export const getSignUp: OperationHandler<'getSignUp'> = async ({ signUpId }, context) => describe(signUpId, await requireSignUp(context, signUpId), context);

/** An e-mail address that has an account already is told nothing but by mail: the same answer, the same work, and no code is right. */
export const submitSignUp: OperationHandler<'submitSignUp'> = async ({ signUpId, challenge, ...given }, context) => {
  const { db, utility, access, keys, now } = context;
  const signUp = await requireSignUp(context, signUpId);
  if (!(await acceptSolution(db, challenge, await keys.of('challenge'), now))) {
    throw new PortalError('invalid', { detail: 'the challenge is not solved, too old or used', fields: [{ path: 'challenge', code: 'unsolved' }] });
  }
  const email = canonicalLogin(given.email);
  const identifier = canonicalLogin(given.identifier);
  const { holder } = await db.selectFrom('contract').select('holder').where('utility_id', '=', utility.id).where('id', '=', signUp.contractId).executeTakeFirstOrThrow();
  const fields: FieldError[] = passwordErrors(given.password, access.password, [identifier, email, holder]);
  if (given.phone !== undefined && !isValidPhoneNumber(given.phone)) fields.unshift({ path: 'phone', code: 'invalid' });
  if (await findCredential(db, utility.id, identifier)) fields.unshift({ path: 'identifier', code: 'taken' });
  if (fields.length > 0) throw new PortalError('invalid', { detail: 'the account cannot be made like this', fields });

  const resendAt = await countSending(db, placesOf(signUp, utility.id, email), now);
  const passwordHash = await hashPassword(given.password);
  await submitAccount(db, signUp.key, { email, identifier, phone: given.phone, passwordHash }, now);
  await sendCode(signUpId, signUp, email, resendAt, context);
  return describe(signUpId, await requireSignUp(context, signUpId), context);
};

export const resendSignUpCode: OperationHandler<'resendSignUpCode'> = async ({ signUpId, email: given }, context) => {
  const { db, utility, now } = context;
  const signUp = await requireSignUp(context, signUpId);
  if (!signUp.account) throw new PortalError('invalid', { code: 'not-submitted', detail: 'there is no account yet that a code could be for' });
  const email = given === undefined ? signUp.account.email : canonicalLogin(given);
  const resendAt = await countSending(db, placesOf(signUp, utility.id, email), now);
  await changeEmail(db, signUp.key, email);
  await sendCode(signUpId, signUp, email, resendAt, context);
  return describe(signUpId, await requireSignUp(context, signUpId), context);
};

export const confirmSignUp: OperationHandler<'confirmSignUp'> = async ({ signUpId, code }, context) => {
  const { db, utility, keys, session, now } = context;
  const signUp = await requireSignUp(context, signUpId);
  const { account } = signUp;
  if (!account) throw refuseCode('ended');
  const key = await keys.of('code');
  const verdict = await tryCode(db, codeSubject(signUp), code, key, now);
  if (verdict !== 'right') throw refuseCode(verdict);
  if (await findCredential(db, utility.id, account.identifier)) {
    throw new PortalError('invalid', { detail: 'somebody else took this identifier meanwhile', fields: [{ path: 'identifier', code: 'taken' }] });
  }
  if (!(await useCode(db, codeSubject(signUp), code, key))) throw refuseCode('ended');
  // Meanwhile an account was made with this address, or for this contract.
  if ((await findCredential(db, utility.id, account.email)) || (await findAccountHolder(db, utility.id, signUp.contractId))) throw refuseCode('ended');
  const customerId = await db.transaction().execute((transaction) => openAccount(transaction, utility.id, signUp, account));
  await noteEvent(context, { kind: 'account-created', customerId, details: { proof: signUp.proof, termsVersion: signUp.termsVersion } });
  return session.open(customerId, { way: 'code' });
};

async function requireSignUp({ db, utility, now }: PublicContext, id: string): Promise<SignUpRecord> {
  const signUp = await findSignUp(db, utility.id, id, now);
  if (!signUp) throw new PortalError('not-found', { detail: 'no such sign-up, or it has ended' });
  return signUp;
}

async function sendCode(signUpId: string, signUp: SignUpRecord, email: string, resendAt: number, { db, utility, access, keys, codes, site, now }: PublicContext): Promise<void> {
  const known = await findCredential(db, utility.id, email);
  const code = newCode(access.codeDigits);
  const expiresAt = now + CODE_LASTS_MS;
  await putCode(db, codeSubject(signUp), known ? undefined : code, { expiresAt, resendAt }, await keys.of('code'), now);
  await codes.send({
    utilityId: utility.id,
    to: email,
    language: known?.language ?? signUp.language,
    message: known
      ? { kind: 'address-has-account', address: pageAddress(utility, site, 'login') }
      : { kind: 'sign-up-code', code, expiresAt, address: pageAddress(utility, site, 'signup', `oya-signup=${signUpId}`) },
  });
}

async function describe(id: string, signUp: SignUpRecord, { db, now }: PublicContext): Promise<SignUp> {
  const { proof, account } = signUp;
  const common = { id, proof, expiresAt: instant(signUp.expiresAt) };
  if (!account) return { state: 'proved', ...common };
  const { expiresAt, resendAt } = (await codeTimes(db, codeSubject(signUp))) ?? { expiresAt: now, resendAt: now };
  return { state: 'code-sent', ...common, code: { to: maskEmail(account.email), expiresAt: instant(expiresAt), resendAt: instant(resendAt), answeredAt: instant(now) } };
}

function codeSubject({ key }: SignUpRecord): string {
  return digestOf('sign-up', key);
}

/** Neither one sign-up nor one address gets codes without end. */
function placesOf({ key }: SignUpRecord, utilityId: string, email: string): string[] {
  return [digestOf('codes of sign-up', key), digestOf('codes to', utilityId, email)];
}
