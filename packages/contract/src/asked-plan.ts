/** What whoever judges a plan does with it: the server and the sandbox. */
import { PortalError } from './errors.ts';
import type { Invoice } from './invoices.ts';
import { canBePlanned, partCounts, planParts, type PaymentPlan, type PaymentTerms } from './payment-means.ts';
import type { LocalDay } from './time.ts';
import { sum } from './units.ts';

/**
 * The plan that is asked for, as the utility will see it.
 * @param asked which invoices, and in how many parts
 * @param all of the contract
 * @throws PortalError `invalid` on `invoiceIds` for others than overdue ones of the contract, on `parts` for more than the utility takes
 */
export function askedPlan({ invoiceIds, parts }: { readonly invoiceIds: readonly string[]; readonly parts: number }, all: readonly Invoice[], terms: Pick<PaymentTerms, 'plans'>, today: LocalDay): Pick<PaymentPlan, 'invoices' | 'amount' | 'parts'> {
  const chosen = all.filter(({ id }) => invoiceIds.includes(id));
  if (chosen.length !== new Set(invoiceIds).size || !chosen.every(canBePlanned)) throw new PortalError('invalid', { detail: 'a plan is for overdue invoices of the contract', fields: [{ path: 'invoiceIds', code: 'not-overdue' }] });
  const amount = sum(chosen.map(({ balance }) => balance));
  if (!partCounts(amount, terms).includes(parts)) throw new PortalError('invalid', { detail: 'more parts, or smaller ones, than the utility takes', fields: [{ path: 'parts', code: 'not-offered' }] });
  return { invoices: chosen.map(({ number }) => number), amount, parts: planParts(amount, parts, today) };
}
