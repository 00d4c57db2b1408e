/** What the archives about an invoice have in common: the invoice as files, and what its customer attached. */
import type { Zippable } from 'fflate';
import type { StoredFile } from '../attachments/store.ts';
import type { InvoiceDocument } from '../invoices/invoice-document.ts';
import type { Language } from '../mail/messages.ts';
import { fileName, paperOf } from '../operations/invoices.ts';
import { CLAIM_WORDS } from './claim-words.ts';

/** For people and for programs. What is compressed already is only packed. */
export async function packedInvoice(document: InvoiceDocument): Promise<Zippable> {
  const { invoiceXml } = await import('../invoices/invoice-xml.ts');
  const name = fileName(document);
  return { [`${name}.pdf`]: [await paperOf(document), { level: 0 }], [`${name}.xml`]: Buffer.from(invoiceXml(document)) };
}

/** In a folder of their own, numbered: two files may have one name. */
export function packedFiles(files: readonly Pick<StoredFile, 'name' | 'bytes'>[], language: Language): Zippable {
  return Object.fromEntries(files.map(({ name, bytes }, index) => [`${CLAIM_WORDS[language].tables.files}/${index + 1} ${name}`, [bytes, { level: 0 }]]));
}
