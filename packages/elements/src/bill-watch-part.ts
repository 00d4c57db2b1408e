/** `<oya-bill-watch>` within elements that show a contract: when there is any use in fetching it. */
import type { InvoiceList, Meter } from '@oya/contract';
import type { Part } from '@oya/core';

export const BILL_WATCH: Part = () => import('./bill-watch/bill-watch.define.ts').then(() => undefined);

/** Whether there is anything to look at: instalments, half-hours, or another meter. */
export function isWatchable(meter: Meter | undefined, invoices: Pick<InvoiceList, 'plan'> | undefined): boolean {
  return Boolean(invoices?.plan || meter?.replaced || meter?.resolutions.includes('half-hour'));
}
