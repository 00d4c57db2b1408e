/** A dispute as the utility's people take it along: what its customer says and sent, and the invoice that it is about. */
import { zipSync } from 'fflate';
import { openFilesOf } from '../attachments/store.ts';
import type { Keys } from '../identity/keys.ts';
import type { OpenDispute } from '../invoices/disputes.ts';
import { readDocument, type DocumentPlace } from '../operations/invoices.ts';
import { packedFiles, packedInvoice } from './packed.ts';

/** Of the utility's own place of business. */
const LANGUAGE = 'fr';

/**
 * No measurements: half-hours are shown to their customer by a consent that is the customer's, and the days on which the
 * invoice rests are the utility's already.
 */
export async function disputeZip({ id, number, contractId, words, openedAt }: OpenDispute, { keys, ...place }: DocumentPlace & { readonly keys: Keys }): Promise<Buffer> {
  const document = await readDocument({ contractId, number, language: LANGUAGE }, place);
  const packed = { 'contestation.txt': Buffer.from(`${words}\n`), ...(await packedInvoice(document)), ...packedFiles(await openFilesOf(place.db, 'dispute_id', id, keys), LANGUAGE) };
  return Buffer.from(zipSync(packed, { mtime: openedAt }));
}
