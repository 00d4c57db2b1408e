/** What the utility's people decide on changes that wait, with all that follows: it is traced, and the customer is told. */
import type { Database } from '../database/open.ts';
import type { Outbox } from '../mail/outbox.ts';
import { pageAddress } from '../mail/links.ts';
import type { UtilityDirectory } from '../utilities.ts';
import { tell, tryFindAccount } from './accounts.ts';
import { noteBeside } from './audit.ts';
import { decide, type Decision } from './change-requests.ts';

export interface DecisionParts {
  db: Database;
  utilities: UtilityDirectory;
  outbox: Pick<Outbox, 'post'>;
  /** Where the links of the mail lead, by utility. */
  siteOf: (utilityId: string) => string | undefined;
  now: number;
}

/** @returns whose change it was; `undefined` where there is no such request, or it waits no more */
export async function decideRequest({ db, utilities, outbox, siteOf, now }: DecisionParts, requestId: string, decision: Decision): Promise<{ displayName: string } | undefined> {
  const decided = await db.transaction().execute((transaction) => decide(transaction, requestId, decision, now));
  const tenant = decided && (await utilities.find(decided.utilityId));
  if (!decided || !tenant) return undefined;
  const { customerId } = decided;
  const place = { db, ...tenant, outbox, now };
  await noteBeside({ db, tenant, now }, { kind: decision.state === 'approved' ? 'address-changed' : 'address-change-refused', customerId, by: 'utility' });
  const account = await tryFindAccount({ ...place, customerId });
  if (account) {
    const reason = decision.state === 'refused' ? decision.reason : null;
    await tell(account, { kind: 'postal-address', outcome: decision.state, at: now, reason, address: pageAddress(tenant.utility, siteOf(decided.utilityId), 'profile') }, place);
  }
  return { displayName: account?.displayName ?? customerId };
}
