import { instant, localDay, NotificationTopic, notificationsOf, PortalError, type ClosureTerms, type FieldError, type NotificationChoice, type Profile } from '@oya/contract';
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
function changesOf({ phone, language, notifications }: { phone?: string | null | undefined; language?: string | undefined; notifications?: readonly NotificationChoice[] | undefined }, account: Account, { utility, accountRules: { channels } }: CustomerContext): Changes {
  const fields: FieldError[] = [];
  const isKnown = phone === undefined || phone === null || phone === account.phone || isValidPhoneNumber(phone);
  if (!isKnown) fields.push({ path: 'phone', code: 'invalid' });
  if (language !== undefined && !utility.languages.includes(language)) fields.push({ path: 'language', code: 'unknown' });
  if (notifications?.some((choice) => choice.channels.some((channel) => !channels.includes(channel)))) fields.push({ path: 'notifications', code: 'unknown-channel' });
  const chosen = mergeChoices(account.notifications, notifications ?? []);
  const bySms = notificationsOf(chosen, channels).some((choice) => choice.channels.includes('sms'));
  if (bySms && (phone === undefined ? account.phone : phone) === null) fields.push({ path: 'notifications', code: 'phone-needed' });
  if (fields.length > 0) throw new PortalError('invalid', { detail: 'that cannot be changed like this', fields });
  return {
    ...(phone !== undefined && phone !== account.phone && { phone }),
    ...(language !== undefined && language !== account.language && { language }),
    ...(JSON.stringify(chosen) !== JSON.stringify(account.notifications) && { notifications: chosen }),
  };
}

/** Each topic once, the last word on it. */
function mergeChoices(known: readonly NotificationChoice[], told: readonly NotificationChoice[]): NotificationChoice[] {
  const all = [...known, ...told];
  return NotificationTopic.options.flatMap((topic) => {
    const choice = all.findLast((each) => each.topic === topic);
    return choice ? [{ topic, channels: [...new Set(choice.channels)] }] : [];
  });
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

