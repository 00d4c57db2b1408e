/** What customers contest, and what the utility's people answer. */
import { staleByInvoices } from '@oya/contract';
import { decide } from '../agents/decide.ts';
import { noteChange } from '../changes/note-change.ts';
import type { MailPlace } from '../command-mail.ts';
import type { Database } from '../database/open.ts';

export interface OpenDispute {
  readonly id: string;
  readonly contractId: string;
  readonly utilityId: string;
  readonly number: string;
  readonly contractNumber: string;
  readonly openedAt: Date;
  readonly words: string;
}

/** Those that wait for an answer, the oldest first. */
export async function openDisputes(db: Database): Promise<OpenDispute[]> {
  return db
    .selectFrom('invoice_dispute as dispute')
    .innerJoin('invoice', (join) => join.onRef('invoice.utility_id', '=', 'dispute.utility_id').onRef('invoice.number', '=', 'dispute.number'))
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'invoice.utility_id').onRef('contract.id', '=', 'invoice.contract_id'))
    .select(['dispute.id', 'invoice.contract_id as contractId', 'dispute.utility_id as utilityId', 'dispute.number', 'contract.number as contractNumber', 'dispute.opened_at as openedAt', 'dispute.words'])
    .where('dispute.answered_at', 'is', null)
    .orderBy('dispute.opened_at')
    .execute();
}

/** Ends the dispute about an invoice: what is open of it is to be paid again. @returns whether there was one */
export async function answerDispute(place: MailPlace, utilityId: string, number: string, words: string): Promise<boolean> {
  const tenant = await place.utilities.find(utilityId);
  if (!tenant) return false;
  return decide(place, tenant, async (transaction) => {
    const dispute = await transaction.updateTable('invoice_dispute').set({ answered_at: new Date(place.now), answer: words }).where('utility_id', '=', utilityId).where('number', '=', number).where('answered_at', 'is', null).returning('customer_id').executeTakeFirst();
    if (!dispute) return undefined;
    const { contract_id: contractId } = await transaction.selectFrom('invoice').select('contract_id').where('utility_id', '=', utilityId).where('number', '=', number).executeTakeFirstOrThrow();
    await noteChange(transaction, { utilityId, contractId }, staleByInvoices(contractId));
    return { customerId: dispute.customer_id, noted: { kind: 'dispute-answered', contractId, details: { invoiceId: number } }, page: 'invoices', told: (address) => ({ kind: 'dispute-answered', number, address }) };
  });
}
