/** What every element stands on: the utility, the session, the customer's contracts and meters. */
import * as z from 'zod/mini';
import { page } from '../page.ts';
import { Contract, Id, Meter, Session, SignInAnswer, Utility } from '../portal.ts';
import { operation } from './operation.ts';

const nothing = z.object({});

export const describeUtility = operation({
  name: 'describeUtility',
  summary: 'The utility: name, territory, contacts, texts, theme, routes, time zone.',
  method: 'GET',
  path: '/utility',
  auth: 'public',
  input: nothing,
  output: Utility,
  errors: [],
});

export const signIn = operation({
  name: 'signIn',
  summary: 'Opens a session with an identifier or an e-mail address, and a password.',
  method: 'POST',
  path: '/session',
  auth: 'public',
  input: z.object({
    login: z.string().check(z.trim(), z.minLength(1), z.maxLength(254)),
    password: z.string().check(z.minLength(1), z.maxLength(1024)),
    /** The session outlives the browser, on the customer's own device. */
    remember: z.optional(z.boolean()),
  }),
  output: SignInAnswer,
  errors: ['invalid', 'unauthenticated', 'rate-limited'],
});

export const signOut = operation({
  name: 'signOut',
  summary: 'Closes the session; does nothing when there is none.',
  method: 'DELETE',
  path: '/session',
  auth: 'public',
  input: nothing,
  output: Session,
  errors: [],
});

export const whoAmI = operation({
  name: 'whoAmI',
  summary: 'The current session. Being signed out is an answer, not an error.',
  method: 'GET',
  path: '/session',
  auth: 'public',
  input: nothing,
  output: Session,
  errors: [],
});

export const extendSession = operation({
  name: 'extendSession',
  summary: 'The customer is still there: the session lasts anew. Signed out where it has ended.',
  method: 'POST',
  path: '/session/extension',
  auth: 'public',
  input: nothing,
  output: Session,
  errors: [],
});

export const listContracts = operation({
  name: 'listContracts',
  summary: 'The contracts that the customer holds or may see.',
  method: 'GET',
  path: '/contracts',
  auth: 'customer',
  input: nothing,
  output: page(Contract),
  errors: [],
});

export const listMeters = operation({
  name: 'listMeters',
  summary: 'The meters of a contract, the current one first.',
  method: 'GET',
  path: '/contracts/{contractId}/meters',
  auth: 'customer',
  input: z.object({ contractId: Id }),
  output: page(Meter),
  errors: ['not-found'],
});
