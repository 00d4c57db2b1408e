/** Getting in: making an account, and finding one's way back into it. */
import * as z from 'zod/mini';
import { AccessRules, Challenge, ChallengeSolution, Code, CodeSent, EmailAddress, Identifier, NewPassword, PhoneNumber, Proof, SignUp } from '../access.ts';
import { Id, LanguageTag, Session } from '../portal.ts';
import { Instant } from '../time.ts';
import { operation } from './operation.ts';

const nothing = z.object({});
/** The 128 random bits that a browser or a mail holds. */
const Secret = z.string().check(z.minLength(1), z.maxLength(64));

export const describeAccess = operation({
  name: 'describeAccess',
  summary: 'What making an account asks for: terms, proofs, the rules of passwords.',
  method: 'GET',
  path: '/access',
  auth: 'public',
  input: nothing,
  output: AccessRules,
  errors: [],
});

export const getChallenge = operation({
  name: 'getChallenge',
  summary: 'A proof of work to be solved before a form is sent; each is good for one form.',
  method: 'GET',
  path: '/access/challenge',
  auth: 'public',
  input: nothing,
  output: Challenge,
  errors: ['rate-limited'],
});

export const checkIdentifier = operation({
  name: 'checkIdentifier',
  summary: 'Whether an identifier is free. Tells nothing of e-mail addresses.',
  method: 'GET',
  path: '/access/identifiers/{identifier}',
  auth: 'public',
  input: z.object({ identifier: Identifier }),
  output: z.object({ identifier: z.string(), available: z.boolean() }),
  errors: ['invalid', 'rate-limited'],
});

export const startSignUp = operation({
  name: 'startSignUp',
  summary: 'Begins an account with the proof of being a customer, under the terms accepted.',
  method: 'POST',
  path: '/sign-ups',
  auth: 'public',
  input: z.object({ proof: Proof, termsVersion: z.string().check(z.minLength(1), z.maxLength(64)), language: LanguageTag }),
  output: SignUp,
  // `invalid` with the code `proof-refused`, the same for a wrong proof and for one whose account exists; `terms-changed`.
  errors: ['invalid', 'rate-limited'],
});

export const getSignUp = operation({
  name: 'getSignUp',
  summary: 'Where a sign-up stands, for whoever holds its id: after a reload, or from the mail.',
  method: 'GET',
  path: '/sign-ups/{signUpId}',
  auth: 'public',
  input: z.object({ signUpId: Secret }),
  output: SignUp,
  errors: ['not-found'],
});

export const submitSignUp = operation({
  name: 'submitSignUp',
  summary: 'Gives the account its e-mail address, identifier and password, and sends the validation code.',
  method: 'PUT',
  path: '/sign-ups/{signUpId}/account',
  auth: 'public',
  input: z.object({
    signUpId: Secret,
    email: EmailAddress,
    phone: z.optional(PhoneNumber),
    identifier: Identifier,
    password: NewPassword,
    challenge: ChallengeSolution,
  }),
  output: SignUp,
  // `invalid` with fields: `identifier` `taken`, `phone` `invalid`, `password` with each `PasswordFault`, `challenge` `unsolved`.
  errors: ['invalid', 'not-found', 'rate-limited'],
});

export const resendSignUpCode = operation({
  name: 'resendSignUpCode',
  summary: 'Sends another validation code, to another address if one is given; the one before ends.',
  method: 'POST',
  path: '/sign-ups/{signUpId}/codes',
  auth: 'public',
  input: z.object({ signUpId: Secret, email: z.optional(EmailAddress) }),
  output: SignUp,
  // `invalid` with the code `not-submitted` before `submitSignUp`.
  errors: ['invalid', 'not-found', 'rate-limited'],
});

export const confirmSignUp = operation({
  name: 'confirmSignUp',
  summary: 'Ends the sign-up with the code that was sent, and opens a session.',
  method: 'POST',
  path: '/sign-ups/{signUpId}/confirmation',
  auth: 'public',
  input: z.object({ signUpId: Secret, code: Code }),
  output: Session,
  // `invalid` on the field `code`: `wrong`, or `ended` when it is too old, was tried too often or was replaced; on `identifier`
  // `taken`, when somebody else took it meanwhile.
  errors: ['invalid', 'not-found', 'rate-limited'],
});

export const requestPasswordReset = operation({
  name: 'requestPasswordReset',
  summary: 'Mails a code and a link for a new password. The same answer whether or not there is such an account.',
  method: 'POST',
  path: '/password-resets',
  auth: 'public',
  input: z.object({ login: z.string().check(z.trim(), z.minLength(1), z.maxLength(254)), language: LanguageTag }),
  output: z.object({ resetId: Id, expiresAt: Instant, resendAt: Instant, answeredAt: z.optional(Instant) }),
  errors: ['invalid', 'rate-limited'],
});

export const resetPassword = operation({
  name: 'resetPassword',
  summary: 'Sets a new password with the mailed code, ends all other sessions and opens one.',
  method: 'POST',
  path: '/password-resets/{resetId}',
  auth: 'public',
  input: z.object({ resetId: Secret, code: Code, password: NewPassword }),
  output: Session,
  // `invalid` on `code` as in `confirmSignUp`, on `password` with each `PasswordFault`. Only a right code is told of the password.
  errors: ['invalid', 'rate-limited'],
});

export const requestIdentifier = operation({
  name: 'requestIdentifier',
  summary: 'Mails the identifier of the account with an e-mail address. The same answer whether or not there is one.',
  method: 'POST',
  path: '/forgotten-identifiers',
  auth: 'public',
  input: z.object({ email: EmailAddress, language: LanguageTag }),
  output: CodeSent,
  errors: ['invalid', 'rate-limited'],
});
