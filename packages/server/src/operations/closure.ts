import { findAccount, tell } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { eraseAccount } from '../identity/closing.ts';
import { requireConfirmation } from '../identity/confirmation.ts';
import { UNKNOWN_DEVICE } from '../identity/devices.ts';
import type { OperationHandler } from './context.ts';

export const closeAccount: OperationHandler<'closeAccount'> = async ({ currentPassword }, context) => {
  await requireConfirmation(context, currentPassword);
  const account = await findAccount(context);
  const readers = await eraseAccount(context, account);
  // That it was done stays, not by whom.
  await noteEvent({ ...context, device: UNKNOWN_DEVICE }, { kind: 'account-closed', customerId: null, by: { customerId: null } });
  for (const reader of readers) await tell(reader, { kind: 'access-ended', holder: account.displayName }, context);
  await tell(account, { kind: 'account-closed', at: context.now }, context);
  return context.session.close();
};
