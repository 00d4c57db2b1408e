/** Accounts, as those who want to enter name them. */
import type { Database } from '../database/open.ts';
import { isEmail } from './logins.ts';

export interface Credential {
  customerId: string;
  login: string;
  email: string;
  /** `undefined` where the account is opened in another way. */
  passwordHash: string | undefined;
  /** That of the customer; `null` for the utility's first. */
  language: string | null;
}

/** @param login canonical: an identifier or an e-mail address */
export async function findCredential(db: Database, utilityId: string, login: string): Promise<Credential | undefined> {
  const row = await db
    .selectFrom('credential')
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'credential.utility_id').onRef('customer.id', '=', 'credential.customer_id'))
    .select(['customer_id', 'login', 'email', 'password_hash', 'language'])
    .where('credential.utility_id', '=', utilityId)
    .where(isEmail(login) ? 'email' : 'login', '=', storable(login))
    .executeTakeFirst();
  return row && { customerId: row.customer_id, login: row.login, email: row.email, passwordHash: row.password_hash ?? undefined, language: row.language };
}

/** PostgreSQL holds no NUL in a text: what has one is what nobody has. */
export function storable(text: string): string {
  return text.includes('\0') ? '' : text;
}
