/** Invoices that the utility's billing has issued come in here; once issued they never change. */
import { Bill, cents, InvoiceKind, InvoiceNumber, LocalDay, notificationsOf, restsOnEstimates, reversed, staleByInvoices, totalsOf, type PaymentMeans, type Utility } from '@oya/contract';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { noteChange } from '../changes/note-change.ts';
import type { MailPlace } from '../command-mail.ts';
import type { Database } from '../database/open.ts';
import { languageFor, tell } from '../identity/accounts.ts';
import { pageAddress } from '../mail/links.ts';
import { LineRefused, readLine, type Taken } from '../taken-lines.ts';

/** One line of a file of invoices. */
export const IssuedInvoice = z.object({
  number: InvoiceNumber,
  /** Number of the contract, as printed. */
  contract: z.string(),
  kind: InvoiceKind,
  issuedOn: LocalDay,
  /** The last day to pay it; `null` where nothing is to be paid. */
  dueOn: z.nullable(LocalDay),
  bill: Bill,
  /** Of a credit note: the number of the invoice that it is about. */
  about: z.optional(InvoiceNumber),
  /** Around when the next one is issued. */
  nextOn: z.optional(LocalDay),
});
export type IssuedInvoice = z.infer<typeof IssuedInvoice>;

/** @throws LineRefused where none, or several, have that number */
export async function contractNumbered(db: Database, utility: Pick<Utility, 'id'>, number: string): Promise<{ id: string; payment: PaymentMeans }> {
  const [contract, ...others] = await db.selectFrom('contract').select(['id', 'payment']).where('utility_id', '=', utility.id).where('number', '=', number).execute();
  if (!contract || others.length > 0) throw new LineRefused(contract ? `several contracts have the number “${number}”` : `there is no contract “${number}”`);
  return contract;
}

/**
 * Reads one line of a file.
 * @throws LineRefused
 */
export function readIssuedInvoice(line: string): IssuedInvoice {
  const invoice = readLine(IssuedInvoice, line, 'one invoice');
  const { bill, kind, about, issuedOn, dueOn } = invoice;
  const totals = totalsOf([...bill.lines, ...bill.givenBack.map(({ line: given }) => reversed(given))]);
  if (!isDeepStrictEqual(totals, bill.totals)) throw new LineRefused(`its lines come to ${inEuros(totals.total)}, its totals say ${inEuros(bill.totals.total)}: a customer would see that it does not add up`);
  if (bill.period.from >= bill.period.to) throw new LineRefused('its period ends before it begins');
  if ((kind === 'credit-note') !== (about !== undefined)) throw new LineRefused(kind === 'credit-note' ? 'a credit note names the invoice that it is about' : 'only a credit note is about another invoice');
  if (dueOn !== null && dueOn < issuedOn) throw new LineRefused('it is due before it was issued');
  if (dueOn === null && kind === 'invoice' && bill.totals.total > 0) throw new LineRefused('there is something to pay: say until when');
  return invoice;
}

/**
 * Takes one in, and tells the holders who wish to be told. The same again changes nothing.
 * @throws LineRefused
 */
export async function takeInvoice({ db, utilities, outbox, siteOf }: MailPlace, utility: Utility, { number, contract: contractNumber, kind, issuedOn, dueOn, bill, about: corrected, nextOn }: IssuedInvoice): Promise<Taken> {
  const about = corrected ?? null;
  const contract = await contractNumbered(db, utility, contractNumber);
  const named = [...bill.givenBack.map(({ invoiceId }) => invoiceId), ...(about === null ? [] : [about])];
  const known = named.length === 0 ? [] : await db.selectFrom('invoice').select('number').where('utility_id', '=', utility.id).where('contract_id', '=', contract.id).where('number', 'in', named).execute();
  const missing = named.find((each) => !known.some((invoice) => invoice.number === each));
  if (missing !== undefined) throw new LineRefused(`it names the invoice ${missing}, which this contract does not have: take that one in first`);
  const row = { kind, due_on: dueOn, period_from: bill.period.from, period_to: bill.period.to, is_estimated: restsOnEstimates(bill), about, bill: JSON.stringify(bill), total_cents: bill.totals.total, issued_on: issuedOn };
  const taken = await db.transaction().execute(async (transaction): Promise<Taken> => {
    const inserted = await transaction
      .insertInto('invoice')
      .values({ utility_id: utility.id, number, contract_id: contract.id, ...row })
      // One that was known as a proof alone gets its lines.
      .onConflict((conflict) => conflict.columns(['utility_id', 'number']).doUpdateSet(row).where('invoice.bill', 'is', null).where('invoice.contract_id', '=', contract.id).where('invoice.total_cents', '=', bill.totals.total))
      .returning('number')
      .executeTakeFirst();
    if (!inserted) {
      const before = await transaction.selectFrom('invoice').select(['contract_id', 'kind', 'issued_on', 'due_on', 'about', 'bill']).where('utility_id', '=', utility.id).where('number', '=', number).executeTakeFirstOrThrow();
      if (!isDeepStrictEqual(before, { contract_id: contract.id, kind, issued_on: issuedOn, due_on: dueOn, about, bill })) throw new LineRefused('another invoice has this number: what was issued never changes, a credit note takes it back');
      return 'known';
    }
    if (nextOn !== undefined) await transaction.updateTable('contract').set({ next_invoice_on: nextOn }).where('utility_id', '=', utility.id).where('id', '=', contract.id).execute();
    await noteChange(transaction, { utilityId: utility.id, contractId: contract.id }, staleByInvoices(contract.id));
    return 'taken';
  });
  if (taken === 'known') return taken;
  const { accountRules } = (await utilities.find(utility.id)) ?? {};
  const holders = await db
    .selectFrom('contract_access as access')
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'access.utility_id').onRef('customer.id', '=', 'access.customer_id'))
    .innerJoin('credential', (join) => join.onRef('credential.utility_id', '=', 'access.utility_id').onRef('credential.customer_id', '=', 'access.customer_id'))
    .select(['credential.email', 'customer.language', 'customer.notifications'])
    .where('access.utility_id', '=', utility.id)
    .where('access.contract_id', '=', contract.id)
    .execute();
  for (const { email, language, notifications } of holders) {
    const wishes = notificationsOf(notifications, accountRules?.channels ?? ['email']).some(({ topic, channels }) => topic === 'invoices' && channels.includes('email'));
    if (!wishes) continue;
    const message = { kind: 'invoice-issued', number, what: kind, total: bill.totals.total, dueOn, isDebited: contract.payment.kind === 'sepa-debit', address: pageAddress(utility, siteOf(utility.id), 'invoices') } as const;
    await tell({ email, language: languageFor({ language }, utility) }, message, { outbox, utility });
  }
  return taken;
}

function inEuros(amount: number): string {
  return `${(cents(amount) / 100).toFixed(2)} €`;
}
