import { answerInvoices, canBeContested, comparableWith, instant, localDay, PortalError, staleByInvoices, type Invoice, type InvoiceDetails, type PortalFile } from '@oya/contract';
import { zipSync } from 'fflate';
import { randomUUID } from 'node:crypto';
import { giveTo } from '../attachments/store.ts';
import { noteChange } from '../changes/note-change.ts';
import { isTaken } from '../database/errors.ts';
import { ownLanguage } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { storable } from '../identity/credentials.ts';
import { digestOf, newSecret } from '../identity/digests.ts';
import { requireHolder, todayOf } from '../identity/sight.ts';
import type { InvoiceDocument } from '../invoices/invoice-document.ts';
import { readPaymentMeans } from '../invoices/payment-means.ts';
import { readAround, readComing, readDispute, readInstalments, readInvoices, readPayments } from '../invoices/read-invoices.ts';
import { languageOf, type Language } from '../mail/messages.ts';
import { readOwed } from '../payments/payment-book.ts';
import { announce } from '../webhooks/announce.ts';
import { contractOf } from './contracts.ts';
import type { CustomerContext, OperationHandler } from './context.ts';
import { fileOf } from './files.ts';

/** For so long a link opens an invoice: a browser follows it at once. */
const LINK_MS = 60_000;

export const listInvoices: OperationHandler<'listInvoices'> = async ({ contractId, ...question }, context) => {
  await requireHolder(contractId, context);
  const key = { utilityId: context.utility.id, contractId };
  return answerInvoices(question, await readInvoices(context.db, key, todayOf(context), context.now), { ...(await readComing(context.db, key)), owed: await readOwed(context.db, key) });
};

export const getInvoice: OperationHandler<'getInvoice'> = async ({ contractId, invoiceId }, context) => detailsOf(contractId, invoiceId, context);

export const getInvoiceFile: OperationHandler<'getInvoiceFile'> = async ({ contractId, invoiceId, format, lang }, context) => {
  const document = await documentOf(contractId, invoiceId, lang, context);
  if (format === 'pdf') return pdfOf(document);
  const { invoiceXml } = await import('../invoices/invoice-xml.ts');
  return fileOf(`${fileName(document)}.xml`, 'application/xml', Buffer.from(invoiceXml(document)));
};

export const createInvoiceLink: OperationHandler<'createInvoiceLink'> = async ({ contractId, invoiceId, lang }, context) => {
  const { db, utility, now, apiUrl } = context;
  const { number } = await detailsOf(contractId, invoiceId, context);
  const secret = newSecret();
  const expiresAt = now + LINK_MS;
  await db.deleteFrom('invoice_link').where('expires_at', '<', new Date(now)).execute();
  await db.insertInto('invoice_link').values({ token_hash: digestOf(secret), utility_id: utility.id, number, language: lang ?? (await ownLanguage(context)), expires_at: new Date(expiresAt) }).execute();
  return { url: `${apiUrl}/documents/${secret}`, expiresAt: instant(expiresAt) };
};

export const archiveInvoices: OperationHandler<'archiveInvoices'> = async ({ contractId, invoiceIds, lang }, context) => {
  await requireHolder(contractId, context);
  const known = await readInvoices(context.db, { utilityId: context.utility.id, contractId }, todayOf(context), context.now);
  if (invoiceIds.some((id) => !known.some((invoice) => invoice.id === id))) throw new PortalError('invalid', { detail: 'not an invoice of this contract', fields: [{ path: 'invoiceIds', code: 'unknown' }] });
  const files: Record<string, Uint8Array> = {};
  let document: InvoiceDocument | undefined;
  // One after the other: an archive keeps no more of the server busy than a page does.
  for (const invoiceId of new Set(invoiceIds)) {
    document = await documentOf(contractId, invoiceId, lang, context);
    files[`${fileName(document)}.pdf`] = await paperOf(document);
  }
  const { contract, language } = document as InvoiceDocument;
  // PDFs are compressed already.
  return fileOf(`${language === 'en' ? 'bills' : 'factures'}-${contract.number || contract.id}.zip`, 'application/zip', Buffer.from(zipSync(files, { level: 0 })));
};

export const contestInvoice: OperationHandler<'contestInvoice'> = async ({ contractId, invoiceId, words, attachmentIds = [] }, context) => {
  const { db, utility, customerId, now } = context;
  const details = await detailsOf(contractId, invoiceId, context);
  if (!canBeContested(details)) throw new PortalError('conflict', { detail: 'this invoice cannot be contested now' });
  await db
    .transaction()
    .execute(async (transaction) => {
      const id = randomUUID();
      await transaction.insertInto('invoice_dispute').values({ id, utility_id: utility.id, number: details.number, customer_id: customerId, opened_at: new Date(now), words: storable(words) }).execute();
      await giveTo(transaction, { dispute_id: id }, { what: 'claim', contractId, invoiceId: details.number }, attachmentIds, context);
      await noteChange(transaction, { utilityId: utility.id, contractId }, staleByInvoices(contractId));
      await announce(transaction, utility.id, { type: 'invoice.contested', data: { contractId, invoiceId: details.id, disputeId: id } }, now);
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? new PortalError('conflict', { detail: 'this invoice is contested already' }) : error;
    });
  await noteEvent(context, { kind: 'invoice-contested', customerId, contractId, details: { invoiceId: details.number } });
  return detailsOf(contractId, invoiceId, context);
};

/** All of a contract that the customer holds, for whoever takes their data away. */
export async function allInvoices(contractId: string, context: CustomerContext): Promise<InvoiceDetails[]> {
  const all = await readInvoices(context.db, { utilityId: context.utility.id, contractId }, todayOf(context), context.now);
  const details: InvoiceDetails[] = [];
  // One after the other: no export holds more connections than a page does.
  for (const invoice of all) details.push(await readDetails(invoice, all, context));
  return details;
}

/** The PDF that a link opens, once: `undefined` for what is no link any more. */
export async function openInvoiceLink(secret: string, place: DocumentPlace): Promise<{ name: string; bytes: Buffer } | undefined> {
  const { db, utility, now } = place;
  const link = await db.deleteFrom('invoice_link').where('utility_id', '=', utility.id).where('token_hash', '=', digestOf(secret)).returning(['number', 'language', 'expires_at']).executeTakeFirst();
  if (!link || link.expires_at.getTime() <= now) return undefined;
  const { contract_id: contractId } = await db.selectFrom('invoice').select('contract_id').where('utility_id', '=', utility.id).where('number', '=', link.number).executeTakeFirstOrThrow();
  const document = await readDocument({ contractId, number: link.number, language: languageOf(link.language) }, place);
  return { name: `${fileName(document)}.pdf`, bytes: await paperOf(document) };
}

/** @throws PortalError `not-found` or `forbidden` */
export async function detailsOf(contractId: string, invoiceId: string, context: CustomerContext): Promise<InvoiceDetails> {
  await requireHolder(contractId, context);
  return findDetails(contractId, invoiceId, context);
}

type Place = Pick<CustomerContext, 'db' | 'utility' | 'now'>;
/** An invoice on paper also says how it is paid. */
export type DocumentPlace = Place & Pick<CustomerContext, 'paymentTerms'>;

/** @throws PortalError `not-found` */
async function findDetails(contractId: string, invoiceId: string, place: Place): Promise<InvoiceDetails> {
  const { db, utility, now } = place;
  const all = await readInvoices(db, { utilityId: utility.id, contractId }, localDay(now, utility.timeZone), now);
  const invoice = all.find(({ id }) => id === invoiceId);
  if (!invoice) throw new PortalError('not-found', { detail: 'no such invoice of this contract' });
  return readDetails(invoice, all, place);
}

async function readDetails(invoice: Invoice, all: readonly Invoice[], { db, utility }: Place): Promise<InvoiceDetails> {
  const { number, contractId } = invoice;
  const { bill, about } = await db.selectFrom('invoice').select(['about', ({ ref }) => ref('bill').$notNull().as('bill')]).where('utility_id', '=', utility.id).where('number', '=', number).executeTakeFirstOrThrow();
  const { payment: means } = await db.selectFrom('contract').select('payment').where('utility_id', '=', utility.id).where('id', '=', contractId).executeTakeFirstOrThrow();
  return {
    ...invoice, bill, about, means,
    instalments: await readInstalments(db, utility.id, number),
    payments: await readPayments(db, utility.id, number),
    dispute: await readDispute(db, utility.id, number),
    ...comparableWith(invoice, all),
  };
}

/** An invoice with all that is printed around it. @throws PortalError `not-found` or `forbidden` */
export async function documentOf(contractId: string, invoiceId: string, lang: string | undefined, context: CustomerContext): Promise<InvoiceDocument> {
  await requireHolder(contractId, context);
  return readDocument({ contractId, number: invoiceId, language: languageOf(lang ?? (await ownLanguage(context))) }, context);
}

/** The same for whoever may see any of them: the utility's people, or the bearer of a link. @throws PortalError `not-found` */
export async function readDocument({ contractId, number, language }: { contractId: string; number: string; language: Language }, place: DocumentPlace): Promise<InvoiceDocument> {
  const { db, utility, paymentTerms } = place;
  const details = await findDetails(contractId, number, place);
  const row = await db
    .selectFrom('contract')
    .innerJoin('site', (join) => join.onRef('site.utility_id', '=', 'contract.utility_id').onRef('site.id', '=', 'contract.site_id'))
    .selectAll('contract')
    .select(['site.label', 'site.address', 'site.postcode', 'site.commune'])
    .where('contract.utility_id', '=', utility.id)
    .where('contract.id', '=', contractId)
    .executeTakeFirstOrThrow();
  const meter = await db.selectFrom('meter').select(['serial_number as serialNumber', 'kind']).where('utility_id', '=', utility.id).where('contract_id', '=', contractId).orderBy('id').limit(1).executeTakeFirst();
  const holder = await db
    .selectFrom('contract_access as access')
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'access.utility_id').onRef('customer.id', '=', 'access.customer_id'))
    .select('customer.address')
    .where('access.utility_id', '=', utility.id)
    .where('access.contract_id', '=', contractId)
    .limit(1)
    .executeTakeFirst();
  const key = { utilityId: utility.id, contractId };
  const { history, nextOn } = await readAround(db, key, details);
  const { mandate } = await readPaymentMeans(db, key, paymentTerms, utility.timeZone);
  return { details, contract: contractOf(row), utility, terms: paymentTerms, mandate, language, meter: meter ?? null, postalAddress: holder?.address ?? null, history, nextOn };
}

async function pdfOf(document: InvoiceDocument): Promise<PortalFile> {
  return fileOf(`${fileName(document)}.pdf`, 'application/pdf', await paperOf(document));
}

export async function paperOf(document: InvoiceDocument): Promise<Buffer> {
  // Fonts and all that draws come with the first one that is asked for.
  const { invoicePaper } = await import('../invoices/invoice-paper.ts');
  return invoicePaper(document);
}

/** Without its ending. */
export function fileName({ details: { kind, number }, language }: InvoiceDocument): string {
  const names = language === 'en' ? { 'credit-note': 'credit-note', other: 'bill' } : { 'credit-note': 'avoir', other: 'facture' };
  return `${kind === 'credit-note' ? names['credit-note'] : names.other}-${number}`;
}
