import { instant, localDay, mergeChoices, notificationsOf, PortalError, profileFaults, type ClosureTerms, type Profile, type ProfileChange } from '@oya/contract';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { isTaken } from '../database/errors.ts';
import { changeCustomer, findAccount, tell, type Account } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { requestsOf } from '../identity/change-requests.ts';
import { requireGoodPassword } from '../identity/common-passwords.ts';
import { requireConfirmation } from '../identity/confirmation.ts';
import { findCredential } from '../identity/credentials.ts';
import { findEmailChange } from '../identity/email-changes.ts';
import { canonicalLogin } from '../identity/logins.ts';
import { hashPassword } from '../identity/passwords.ts';
import { closeSessionsOf } from '../identity/sessions.ts';
import { countTry, identifierCounters } from '../identity/slow-down.ts';
import { pageAddress } from '../mail/links.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

export const getProfile: OperationHandler<'getProfile'> = (_input, context) => readProfile(context);

export const updateProfile: OperationHandler<'updateProfile'> = async (input, context) => {
  const { db, utility, customerId, site, now } = context;
  const { account, changed } = await db.transaction().execute(async (transaction) => {
    // Two changes at once are made one after the other: neither is lost.
    await transaction.selectFrom('customer').select('id').where('utility_id', '=', utility.id).where('id', '=', customerId).forUpdate().execute();
    const before = await findAccount({ ...context, db: transaction });
    const changes = changesOf(input, before, context);
    if (Object.keys(changes).length > 0) await changeCustomer(transaction, utility.id, customerId, changes);
    return { account: before, changed: changes };
  });
  if (changed.phone !== undefined) {
    await noteEvent(context, { kind: 'phone-changed', customerId });
    await tell(account, { kind: 'phone-changed', at: now, address: pageAddress(utility, site, 'profile') }, context);
  }
  if (changed.language !== undefined) await noteEvent(context, { kind: 'language-changed', customerId });
  if (changed.notifications !== undefined) await noteEvent(context, { kind: 'notifications-changed', customerId });
  return readProfile(context);
};

export const changeIdentifier: OperationHandler<'changeIdentifier'> = async ({ identifier: given, currentPassword }, context) => {
  const { db, utility, customerId, address, site, now } = context;
  await requireConfirmation(context, currentPassword);
  const login = canonicalLogin(given);
  const account = await findAccount(context);
  if (login === account.login) return readProfile(context);
  // It tells which are taken, as `checkIdentifier` does.
  await countTry(db, identifierCounters(utility.id, address), now);
  const taken = new PortalError('invalid', { detail: 'somebody else has this identifier', fields: [{ path: 'identifier', code: 'taken' }] });
  if (await findCredential(db, utility.id, login)) throw taken;
  try {
    await db.updateTable('credential').set({ login }).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();
  } catch (error) {
    throw isTaken(error) ? taken : error;
  }
  await noteEvent(context, { kind: 'identifier-changed', customerId });
  await tell(account, { kind: 'identifier-changed', identifier: login, at: now, address: pageAddress(utility, site, 'profile') }, context);
  return readProfile(context);
};

/** Whoever else is signed in, or on the way to another password, has to begin anew; this browser goes on under a new token. */
export const changePassword: OperationHandler<'changePassword'> = async ({ password, currentPassword }, context) => {
  const { db, utility, customerId, access, session, signIn, site, now } = context;
  await requireConfirmation(context, currentPassword);
  const account = await findAccount(context);
  requireGoodPassword(password, access.password, [account.login, account.email, account.displayName]);
  const password_hash = await hashPassword(password);
  await db.updateTable('credential').set({ password_hash, password_changed_at: new Date(now) }).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();
  await db.deleteFrom('password_reset').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();
  await closeSessionsOf(db, utility.id, customerId, { except: signIn.sessionId });
  await session.renew();
  await noteEvent(context, { kind: 'password-changed', customerId });
  await tell(account, { kind: 'password-changed', at: now, address: pageAddress(utility, site, 'login') }, context);
  return readProfile(context);
};

/** What every operation on the account answers. */
export async function readProfile(context: CustomerContext): Promise<Profile> {
  const { accountRules } = context;
  const account = await findAccount(context);
  const { customerId: id, displayName } = account;
  return {
    customer: { id, displayName },
    identifier: account.login,
    email: account.email,
    emailChange: (await findEmailChange(context))?.sent ?? null,
    phone: account.phone,
    address: account.address,
    addressNeedsApproval: accountRules.addressNeedsApproval,
    language: account.language,
    notifications: notificationsOf(account.notifications, accountRules.channels),
    channels: accountRules.channels,
    password: account.hasPassword ? { changedAt: account.passwordChangedAt && instant(account.passwordChangedAt.getTime()) } : null,
    requests: await requestsOf(context),
    closure: await closureTerms(context),
  };
}

type Changes = Parameters<typeof changeCustomer>[3];

/** What differs from what is; what is absent stays. */
function changesOf(change: ProfileChange, account: Account, { utility: { languages }, accountRules: { channels } }: CustomerContext): Changes {
  const fields = profileFaults(change, account, { languages, channels, mayExist: isValidPhoneNumber });
  if (fields.length > 0) throw new PortalError('invalid', { detail: 'that cannot be changed like this', fields });
  const { phone, language, notifications = [] } = change;
  const chosen = mergeChoices(account.notifications, notifications);
  return {
    ...(phone !== undefined && phone !== account.phone && { phone }),
    ...(language !== undefined && language !== account.language && { language }),
    ...(JSON.stringify(chosen) !== JSON.stringify(account.notifications) && { notifications: chosen }),
  };
}

async function closureTerms({ db, utility, customerId, accountRules, now }: CustomerContext): Promise<ClosureTerms> {
  const { count } = await db
    .selectFrom('contract_access as access')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'access.utility_id').onRef('contract.id', '=', 'access.contract_id'))
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('access.utility_id', '=', utility.id)
    .where('access.customer_id', '=', customerId)
    .where((is) => is.or([is('contract.valid_to', 'is', null), is('contract.valid_to', '>', localDay(now, utility.timeZone))]))
    .executeTakeFirstOrThrow();
  const kept = Object.entries(accountRules.keptYears) as [ClosureTerms['kept'][number]['what'], number][];
  return { contracts: count, kept: kept.flatMap(([what, years]) => (years > 0 ? [{ what, years }] : [])) };
}

