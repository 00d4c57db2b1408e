import { CONFIRMED_FOR_MINUTES, PortalError } from '@oya/contract';
import type { CustomerContext } from '../operations/context.ts';
import { missingAccount } from './accounts.ts';
import { verifyPassword } from './passwords.ts';
import { confirmationCounters, countTry, forgiveTry } from './slow-down.ts';

/**
 * That it is the customer who asks, and not somebody at their open browser: see `confirmation` in the contract.
 * @throws PortalError `invalid` on `currentPassword`, `forbidden` with `confirmation-needed`, `rate-limited` for whoever guesses
 */
export async function requireConfirmation({ db, utility, customerId, signIn, now }: CustomerContext, currentPassword: string | undefined): Promise<void> {
  const credential = await db.selectFrom('credential').select('password_hash').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).executeTakeFirst();
  if (!credential) throw missingAccount({ signIn });
  if (currentPassword !== undefined && credential.password_hash !== null) {
    const counters = confirmationCounters(utility.id, customerId);
    await countTry(db, counters, now);
    if (!(await verifyPassword(currentPassword, credential.password_hash))) {
      throw new PortalError('invalid', { detail: 'that is not the password of the account', fields: [{ path: 'currentPassword', code: 'wrong' }] });
    }
    await forgiveTry(db, counters);
    return;
  }
  const isOfOwnKind = signIn.way === 'passkey' || signIn.way === 'host';
  if (isOfOwnKind && now - signIn.at < CONFIRMED_FOR_MINUTES * 60_000) return;
  throw new PortalError('forbidden', { code: 'confirmation-needed', detail: 'give the password, or sign in again by passkey or by the host site' });
}
