/** A contract in detail, another one added, and who else may read it. */
import * as z from 'zod/mini';
import { EmailAddress, Proof } from '../access.ts';
import { AccessGrant, ContractDetails } from '../contracts.ts';
import { page } from '../page.ts';
import { Contract, Id, LanguageTag } from '../portal.ts';
import { LocalDay } from '../time.ts';
import { operation } from './operation.ts';

export const getContract = operation({
  name: 'getContract',
  summary: 'A contract with its prices, off-peak hours and payment means, and what the customer may do with it.',
  method: 'GET',
  path: '/contracts/{contractId}',
  auth: 'customer',
  input: z.object({ contractId: Id }),
  output: ContractDetails,
  errors: ['not-found'],
});

export const addContract = operation({
  name: 'addContract',
  summary: 'Adds another contract to the account, with the same proof as a sign-up.',
  method: 'POST',
  path: '/contracts',
  auth: 'customer',
  input: z.object({ proof: Proof }),
  output: Contract,
  // `invalid` with the code `proof-refused`, the same for a wrong proof and for a contract that another account holds.
  // `conflict`: the account has this contract already.
  errors: ['invalid', 'conflict', 'rate-limited'],
});

export const listAccess = operation({
  name: 'listAccess',
  summary: 'Who else may read a contract, or was asked to; for its holder.',
  method: 'GET',
  path: '/contracts/{contractId}/access',
  auth: 'customer',
  input: z.object({ contractId: Id }),
  output: page(AccessGrant),
  errors: ['not-found', 'forbidden'],
});

export const inviteAccess = operation({
  name: 'inviteAccess',
  summary: 'Invites somebody by mail to read a contract, until a day or until taken back.',
  method: 'POST',
  path: '/contracts/{contractId}/access',
  auth: 'customer',
  input: z.object({ contractId: Id, email: EmailAddress, until: z.nullable(LocalDay), language: LanguageTag }),
  output: AccessGrant,
  // `invalid` with fields: `email` `own` for the holder's own address, `until` `past`. `conflict`: that address has an access or an invitation.
  errors: ['invalid', 'not-found', 'forbidden', 'conflict', 'rate-limited'],
});

export const revokeAccess = operation({
  name: 'revokeAccess',
  summary: 'Takes back an access or an invitation; it ends at once.',
  method: 'DELETE',
  path: '/contracts/{contractId}/access/{grantId}',
  auth: 'customer',
  input: z.object({ contractId: Id, grantId: Id }),
  output: AccessGrant,
  errors: ['not-found', 'forbidden'],
});

export const acceptAccess = operation({
  name: 'acceptAccess',
  summary: 'Accepts an invitation, with the secret from the mail; the contract then shows in the account.',
  method: 'POST',
  path: '/access-invitations/{invitationId}',
  auth: 'customer',
  input: z.object({ invitationId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  output: Contract,
  // `not-found`: never given, taken back, ended or accepted by somebody else. `conflict`: the customer's own contract.
  errors: ['not-found', 'conflict'],
});
