/** What a customer may ask of a list of invoices, and do with one of them. */
import * as z from 'zod/mini';
import type { Invoice } from './invoices.ts';

/** What a customer may narrow a list to: several states are one to them. */
export const InvoiceFilter = z.enum(['to-pay', 'paid', 'credit', 'disputed']);
export type InvoiceFilter = z.infer<typeof InvoiceFilter>;

export const InvoiceOrder = z.enum(['newest', 'oldest', 'highest', 'lowest']);
export type InvoiceOrder = z.infer<typeof InvoiceOrder>;

/** Whether its customer can pay it now, by a way of their own: a debit that is planned comes by itself. */
export function canBePaid({ state, balance }: Pick<Invoice, 'state' | 'balance'>): boolean {
  return balance > 0 && (state === 'open' || state === 'overdue' || state === 'planned' || state === 'debit-planned');
}

/** Whether its customer can contest it: what is paid, too, as money may come back. */
export function canBeContested({ kind, state }: Pick<Invoice, 'kind' | 'state'>): boolean {
  return kind !== 'credit-note' && state !== 'disputed' && state !== 'confirming';
}
