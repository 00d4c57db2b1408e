/** The account of whoever asks, and how to tell them of what happens to it. */
import { PortalError, type NotificationChoice, type PostalAddress, type Utility } from '@oya/contract';
import type { Transaction } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { Message } from '../mail/messages.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { CustomerContext } from '../operations/context.ts';

export interface Account {
  customerId: string;
  displayName: string;
  /** Both canonical. */
  login: string;
  email: string;
  phone: string | null;
  address: PostalAddress | null;
  language: string;
  notifications: NotificationChoice[];
  hasPassword: boolean;
  passwordChangedAt: Date | null;
  /** What devices know the account by. */
  passkeyHandle: string;
}

type Place = Pick<CustomerContext, 'db' | 'utility' | 'customerId'>;

/** @throws PortalError as `missingAccount` */
export async function findAccount(place: Place & Pick<CustomerContext, 'signIn'>): Promise<Account> {
  const account = await tryFindAccount(place);
  if (!account) throw missingAccount(place);
  return account;
}

/** `unauthenticated` where the account was closed a moment ago; `unsupported` where the utility's own sign-in keeps it. */
export function missingAccount({ signIn }: Pick<CustomerContext, 'signIn'>): PortalError {
  if (signIn.way === 'host') return new PortalError('unsupported', { code: 'account-elsewhere', detail: 'the account of this customer is kept by the utility’s own sign-in' });
  return new PortalError('unauthenticated', { detail: 'sign in first' });
}

export async function tryFindAccount({ db, utility, customerId }: Place): Promise<Account | undefined> {
  const row = await db
    .selectFrom('customer')
    .innerJoin('credential', (join) => join.onRef('credential.utility_id', '=', 'customer.utility_id').onRef('credential.customer_id', '=', 'customer.id'))
    .selectAll('customer')
    .select(['credential.login', 'credential.email', 'credential.password_hash', 'credential.password_changed_at', 'credential.passkey_handle'])
    .where('customer.utility_id', '=', utility.id)
    .where('customer.id', '=', customerId)
    .executeTakeFirst();
  return (
    row && {
      customerId,
      displayName: row.display_name,
      login: row.login,
      email: row.email,
      phone: row.phone,
      address: row.address,
      language: languageFor(row, utility),
      notifications: row.notifications,
      hasPassword: row.password_hash !== null,
      passwordChangedAt: row.password_changed_at,
      passkeyHandle: row.passkey_handle,
    }
  );
}

/** Changes what belongs to the customer and not to their credential. */
export async function changeCustomer(db: Database, utilityId: string, customerId: string, changes: { phone?: string | null; address?: PostalAddress; language?: string; notifications?: readonly NotificationChoice[] }): Promise<void> {
  const { address, notifications, ...plain } = changes;
  await db
    .updateTable('customer')
    .set({ ...plain, ...(address && { address: JSON.stringify(address) }), ...(notifications && { notifications: JSON.stringify(notifications) }) })
    .where('utility_id', '=', utilityId)
    .where('id', '=', customerId)
    .execute();
}

/** In which language a customer is written to. */
export function languageFor({ language }: { language: string | null }, { languages }: Utility): string {
  return language ?? languages[0] ?? 'fr';
}

/** By mail, in the customer's language; `within` a transaction, once that is committed. */
export async function tell({ email, language }: Pick<Account, 'email' | 'language'>, message: Message, { outbox, utility }: { readonly outbox: Pick<Outbox, 'post'>; readonly utility: Utility }, within?: Transaction<Schema>): Promise<void> {
  await outbox.post({ utilityId: utility.id, to: email, language, message }, within);
}

/** The same of whoever asks. */
export async function ownLanguage({ db, utility, customerId }: Pick<CustomerContext, 'db' | 'utility' | 'customerId'>): Promise<string> {
  const customer = await db.selectFrom('customer').select('language').where('utility_id', '=', utility.id).where('id', '=', customerId).executeTakeFirstOrThrow();
  return languageFor(customer, utility);
}
