import { PortalError } from '@oya/contract';
import { changeCustomer, findAccount, tell } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { askForAddress, withdraw } from '../identity/change-requests.ts';
import { addressCounters, countTry } from '../identity/slow-down.ts';
import { pageAddress } from '../mail/links.ts';
import type { OperationHandler } from './context.ts';
import { readProfile } from './profile.ts';

/** Letters to another address are how somebody takes over a household: the customer is told by mail in any case. */
export const changeAddress: OperationHandler<'changeAddress'> = async ({ address: given }, context) => {
  const { db, utility, customerId, accountRules, site, now } = context;
  const account = await findAccount(context);
  const address = { lines: given.lines, postcode: given.postcode, city: given.city, country: given.country };
  if (isSame(address, account.address)) return readProfile(context);
  await countTry(db, addressCounters(utility.id, customerId), now);
  const waits = accountRules.addressNeedsApproval;
  if (!waits) await changeCustomer(db, utility.id, customerId, { address });
  else if (!(await askForAddress(context, address, now))) throw new PortalError('conflict', { detail: 'another address waits for approval: withdraw it first' });
  await noteEvent(context, { kind: waits ? 'address-change-asked' : 'address-changed', customerId });
  await tell(account, { kind: 'postal-address', outcome: waits ? 'asked' : 'changed', at: now, reason: null, address: pageAddress(utility, site, 'profile') }, context);
  return readProfile(context);
};

export const withdrawRequest: OperationHandler<'withdrawRequest'> = async ({ requestId }, context) => {
  const before = (await readProfile(context)).requests.find(({ id }) => id === requestId)?.state;
  const state = await withdraw(context, requestId, context.now);
  if (state === undefined) throw new PortalError('not-found', { detail: 'no such request' });
  if (state !== 'withdrawn') throw new PortalError('conflict', { detail: 'the utility has decided meanwhile' });
  if (before === 'pending') await noteEvent(context, { kind: 'address-change-withdrawn', customerId: context.customerId });
  return readProfile(context);
};

type Comparable = { readonly lines: readonly string[]; readonly postcode: string; readonly city: string; readonly country: string };

function isSame(address: Comparable, other: Comparable | null): boolean {
  return other !== null && JSON.stringify([address.lines, address.postcode, address.city, address.country]) === JSON.stringify([other.lines, other.postcode, other.city, other.country]);
}
