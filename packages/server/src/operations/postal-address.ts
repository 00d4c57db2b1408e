import { isDeepStrictEqual } from 'node:util';
import { PortalError } from '@oya/contract';
import { changeCustomer, findAccount, tell } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { askForAddress, withdraw } from '../identity/change-requests.ts';
import { addressCounters, countTry } from '../identity/slow-down.ts';
import { pageAddress } from '../mail/links.ts';
import type { OperationHandler } from './context.ts';
import { readProfile } from './profile.ts';

/** Letters to another address are how somebody takes over a household: the customer is told by mail in any case. */
export const changeAddress: OperationHandler<'changeAddress'> = async ({ address }, context) => {
  const { db, utility, customerId, accountRules, site, now } = context;
  const account = await findAccount(context);
  if (isDeepStrictEqual(address, account.address)) return readProfile(context);
  await countTry(db, addressCounters(utility.id, customerId), now);
  const waits = accountRules.addressNeedsApproval;
  if (!waits) await changeCustomer(db, utility.id, customerId, { address });
  else if (!(await askForAddress(context, address, now))) throw new PortalError('conflict', { detail: 'another address waits for approval: withdraw it first' });
  await noteEvent(context, { kind: waits ? 'address-change-asked' : 'address-changed', customerId });
  await tell(account, { kind: 'postal-address', outcome: waits ? 'asked' : 'changed', at: now, reason: null, address: pageAddress(utility, site, 'profile') }, context);
  return readProfile(context);
};

export const withdrawRequest: OperationHandler<'withdrawRequest'> = async ({ requestId }, context) => {
  const outcome = await withdraw(context, requestId, context.now);
  if (outcome === undefined) throw new PortalError('not-found', { detail: 'no such request' });
  if (outcome.state !== 'withdrawn') throw new PortalError('conflict', { detail: 'the utility has decided meanwhile' });
  if (outcome.isNew) await noteEvent(context, { kind: 'address-change-withdrawn', customerId: context.customerId });
  return readProfile(context);
};
