/** A dispute as the utility's people take it along: what its customer says and sent, and the invoice that it is about. */
import { zipSync, type Zippable } from 'fflate';
import { openDisputeFiles } from '../attachments/store.ts';
import type { Keys } from '../identity/keys.ts';
import type { OpenDispute } from '../invoices/disputes.ts';
import { fileName, paperOf, readDocument } from '../operations/invoices.ts';
import type { CustomerContext } from '../operations/context.ts';
import { CLAIM_WORDS } from './claim-words.ts';

/** Of the utility's own place of business. */
const LANGUAGE = 'fr';

/**
 * No measurements: half-hours are shown to their customer by a consent that is the customer's, and the days on which the
 * invoice rests are the utility's already.
 */
export async function disputeZip({ id, number, contractId, words, openedAt }: OpenDispute, { keys, ...place }: Pick<CustomerContext, 'db' | 'utility' | 'now'> & { readonly keys: Keys }): Promise<Buffer> {
  const [{ invoiceXml }, document] = await Promise.all([import('../invoices/invoice-xml.ts'), readDocument({ contractId, number, language: LANGUAGE }, place)]);
  const paper = fileName(document);
  const packed: Zippable = {
    'contestation.txt': Buffer.from(`${words}\n`),
    [`${paper}.pdf`]: [await paperOf(document), { level: 0 }],
    [`${paper}.xml`]: Buffer.from(invoiceXml(document)),
  };
  // Two files may have one name.
  for (const [index, { name, bytes }] of (await openDisputeFiles(place.db, id, keys)).entries()) packed[`${CLAIM_WORDS[LANGUAGE].tables.files}/${index + 1} ${name}`] = [bytes, { level: 0 }];
  return Buffer.from(zipSync(packed, { mtime: openedAt }));
}
