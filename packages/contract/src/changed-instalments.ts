/** What whoever keeps the instalments makes of a change that is asked for: the server and the sandbox. */
import { PortalError } from './errors.ts';
import { instalmentRange, type InstalmentRange } from './instalments.ts';
import type { InstalmentPlan } from './invoices.ts';
import type { PaymentTerms } from './payment-means.ts';
import type { LocalDay } from './time.ts';
import type { Cents } from './units.ts';

/**
 * The plan with another amount for what is still to come, and what it could be changed to before.
 * @throws PortalError `conflict` where nothing can be changed (any more), `invalid` on `amount` for one that the utility's terms do not allow
 */
export function changedInstalments(plan: InstalmentPlan | null, amount: Cents, terms: Pick<PaymentTerms, 'instalments'>, today: LocalDay): { plan: InstalmentPlan; range: InstalmentRange } {
  const range = plan && instalmentRange(plan, terms, today);
  if (!range) throw new PortalError('conflict', { detail: 'no instalment is left that the customer can change' });
  const { least, most, current, firstOn } = range;
  if (amount < least || amount > most || amount % 100 !== 0) throw new PortalError('invalid', { detail: `an instalment is of whole euros, from ${least / 100} to ${most / 100}`, fields: [{ path: 'amount', code: 'not-offered' }] });
  const instalments = plan.instalments.map((instalment) => (instalment.paidOn === null && instalment.dueOn >= firstOn ? { ...instalment, amount } : instalment));
  return { plan: { ...plan, agreed: plan.agreed ?? current, instalments }, range };
}
