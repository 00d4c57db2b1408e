/** Passkeys: a second way in, which the customer may add. */
import * as z from 'zod/mini';
import { confirmation } from '../access.ts';
import { page } from '../page.ts';
import { Passkey, PasskeyChallenge, PasskeyLabel, WebAuthnJson } from '../passkeys.ts';
import { Id, Session } from '../portal.ts';
import { operation } from './operation.ts';

const nothing = z.object({});

export const startPasskeySignIn = operation({
  name: 'startPasskeySignIn',
  summary: 'A challenge for any passkey of this portal that the browser holds.',
  method: 'POST',
  path: '/session/passkey-challenges',
  auth: 'public',
  input: nothing,
  output: PasskeyChallenge,
  errors: ['rate-limited'],
});

export const signInWithPasskey = operation({
  name: 'signInWithPasskey',
  summary: 'Opens a session with the answer of a passkey.',
  method: 'POST',
  path: '/session/passkey',
  auth: 'public',
  input: z.object({ challengeId: Id, credential: WebAuthnJson, remember: z.optional(z.boolean()) }),
  output: Session,
  // `unauthenticated` with the code `passkey-refused`: unknown, removed, or its answer is wrong or late; the same for all.
  errors: ['unauthenticated', 'rate-limited'],
});

export const listPasskeys = operation({
  name: 'listPasskeys',
  summary: 'The passkeys of the account, the newest first.',
  method: 'GET',
  path: '/profile/passkeys',
  auth: 'customer',
  input: nothing,
  output: page(Passkey),
  errors: [],
});

export const startPasskey = operation({
  name: 'startPasskey',
  summary: 'A challenge for making a passkey; good once.',
  method: 'POST',
  path: '/profile/passkey-challenges',
  auth: 'customer',
  input: z.object(confirmation),
  output: PasskeyChallenge,
  // `conflict`: there are as many as may be.
  errors: ['invalid', 'forbidden', 'conflict', 'rate-limited'],
});

export const addPasskey = operation({
  name: 'addPasskey',
  summary: 'Keeps the passkey that the browser made; word of it is mailed.',
  method: 'POST',
  path: '/profile/passkeys',
  auth: 'customer',
  input: z.object({ challengeId: Id, credential: WebAuthnJson, label: PasskeyLabel }),
  output: Passkey,
  // `invalid` on `credential` with `refused`: its answer is wrong or late. `conflict`: there are as many as may be.
  errors: ['invalid', 'conflict', 'rate-limited'],
});

export const removePasskey = operation({
  name: 'removePasskey',
  summary: 'The passkey opens the account no more; answers those that are left. Word of it is mailed.',
  method: 'DELETE',
  path: '/profile/passkeys/{passkeyId}',
  auth: 'customer',
  input: z.object({ passkeyId: Id }),
  output: page(Passkey),
  errors: ['not-found'],
});
