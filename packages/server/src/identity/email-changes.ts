/** Another e-mail address that waits for its code: one for each account, the last that was asked for. */
import { instant, maskEmail, type CodeSent } from '@oya/contract';
import { randomUUID } from 'node:crypto';
import type { CustomerContext } from '../operations/context.ts';
import { codeTimes } from './codes.ts';
import { digestOf } from './digests.ts';

export interface EmailChange {
  id: string;
  /** Canonical. */
  email: string;
  sent: CodeSent;
}

export async function findEmailChange({ db, utility, customerId, now }: CustomerContext): Promise<EmailChange | undefined> {
  const row = await db
    .selectFrom('email_change')
    .select(['id', 'email', 'expires_at'])
    .where('utility_id', '=', utility.id)
    .where('customer_id', '=', customerId)
    .where('expires_at', '>', new Date(now))
    .executeTakeFirst();
  if (!row) return undefined;
  const expiresAt = row.expires_at.getTime();
  const { resendAt } = (await codeTimes(db, emailCodeSubject(row.id))) ?? { resendAt: now };
  return { id: row.id, email: row.email, sent: { to: maskEmail(row.email), expiresAt: instant(expiresAt), resendAt: instant(resendAt), answeredAt: instant(now) } };
}

/** @returns its id; the one before has ended */
export async function putEmailChange(context: CustomerContext, email: string, expiresAt: number): Promise<string> {
  const { db, utility, customerId } = context;
  await endEmailChange(context);
  const row = { id: randomUUID(), email, expires_at: new Date(expiresAt) };
  await db
    .insertInto('email_change')
    .values({ utility_id: utility.id, customer_id: customerId, ...row })
    .onConflict((conflict) => conflict.columns(['utility_id', 'customer_id']).doUpdateSet(row))
    .execute();
  return row.id;
}

/** The code that was sent ends with it. */
export async function endEmailChange({ db, utility, customerId }: CustomerContext): Promise<void> {
  const ended = await db.deleteFrom('email_change').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).returning('id').execute();
  for (const { id } of ended) await db.deleteFrom('one_time_code').where('subject', '=', emailCodeSubject(id)).execute();
}

export function emailCodeSubject(id: string): string {
  return digestOf('email change', id);
}
