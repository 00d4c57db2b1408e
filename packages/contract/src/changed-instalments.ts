/** What whoever keeps the instalments makes of a change that is asked for: the server and the sandbox. */
import { PortalError } from './errors.ts';
import { instalmentRange, isToCome } from './instalments.ts';
import type { InstalmentPlan } from './invoices.ts';
import type { PaymentTerms } from './payment-means.ts';
import type { LocalDay } from './time.ts';
import type { Cents } from './units.ts';

/**
 * The plan with another amount for what is still to come.
 * @throws PortalError `conflict` where nothing can be changed (any more), `invalid` on `amount` for one that the utility's terms do not allow
 */
export function changedInstalments(plan: InstalmentPlan | null, amount: Cents, terms: Pick<PaymentTerms, 'instalments'>, today: LocalDay): InstalmentPlan {
  const range = plan && instalmentRange(plan, terms, today);
  if (!plan || !range || !terms.instalments) throw new PortalError('conflict', { detail: 'no instalment is left that the customer can change' });
  if (amount < range.least || amount > range.most || amount % 100 !== 0) throw new PortalError('invalid', { detail: `an instalment is of whole euros, from ${range.least / 100} to ${range.most / 100}`, fields: [{ path: 'amount', code: 'not-offered' }] });
  const { noticeDays } = terms.instalments;
  return { ...plan, agreed: plan.agreed ?? range.current, instalments: plan.instalments.map((instalment) => (isToCome(instalment, noticeDays, today) ? { ...instalment, amount } : instalment)) };
}
