import type { Transaction } from 'kysely';
import type { MailPlace } from '../command-mail.ts';
import type { Schema } from '../database/schema.ts';
import { tell, tryFindAccount } from '../identity/accounts.ts';
import { noteBeside, type AuditEvent } from '../identity/audit.ts';
import { pageAddress } from '../mail/links.ts';
import type { Message } from '../mail/messages.ts';
import type { Tenant } from '../utilities.ts';

/** What the utility's people have decided about what a customer asked for. */
export interface Decision {
  /** Whose it is; `null` where they have closed their account: nobody is told, nothing is noted. */
  readonly customerId: string | null;
  readonly noted: Pick<AuditEvent, 'kind' | 'contractId' | 'details'>;
  /** The page that shows it. */
  readonly page: Parameters<typeof pageAddress>[2];
  /** @param address of that page, where the utility says where it is */
  told(address: string | undefined): Message;
}

/**
 * Decides, notes and tells in one go: none is done without the others, as who decides again what is decided is refused.
 * @param take keeps what is decided, within the transaction; `undefined` where there is nothing (any more) to decide
 * @returns whether something was decided
 */
export async function decide({ db, now, outbox, siteOf }: MailPlace, tenant: Tenant, take: (within: Transaction<Schema>) => Promise<Decision | undefined>): Promise<boolean> {
  const { utility } = tenant;
  await outbox.prepare();
  return db.transaction().execute(async (within) => {
    const decision = await take(within);
    if (!decision) return false;
    const { customerId, noted, page } = decision;
    await noteBeside({ db: within, tenant, now }, { ...noted, customerId, by: 'utility' });
    const account = customerId === null ? undefined : await tryFindAccount({ db: within, utility, customerId });
    if (account) await tell(account, decision.told(pageAddress(utility, siteOf(utility.id), page)), { outbox, utility }, within);
    return true;
  });
}
