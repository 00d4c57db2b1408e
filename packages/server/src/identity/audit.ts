import type { Database } from '../database/open.ts';

/** What is written down of an account, so that its customer and the utility can see what was done and when. */
export type AuditKind = 'account-created' | 'password-reset' | 'proof-refused' | 'contract-added' | 'access-given' | 'access-accepted' | 'access-taken-back' | 'passkey-added' | 'passkey-removed';

/** @param details nothing personal: ids, kinds and versions */
export async function noteEvent(db: Database, utilityId: string, customerId: string | null, kind: AuditKind, now: number, details: Readonly<Record<string, string>> = {}): Promise<void> {
  await db.insertInto('audit_event').values({ utility_id: utilityId, customer_id: customerId, kind, at: new Date(now), details: JSON.stringify(details) }).execute();
}
