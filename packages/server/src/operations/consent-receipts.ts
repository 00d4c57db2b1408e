import { instant, localDay, PortalError } from '@oya/contract';
import { sql } from 'kysely';
import { ownLanguage } from '../identity/accounts.ts';
import { consentEventOf, consentEvents } from '../identity/consents.ts';
import { storable } from '../identity/credentials.ts';
import { languageOf } from '../mail/messages.ts';
import { RECEIPT_FORMAT, type Receipt } from '../receipts/receipt.ts';
import { signJson, signPdf } from '../receipts/signatures.ts';
import { currentSigningKey } from '../receipts/signing-keys.ts';
import { RECEIPT_WORDS } from '../receipts/words.ts';
import { findMeter } from './consents.ts';
import type { CustomerContext, OperationHandler } from './context.ts';
import { fileOf } from './files.ts';

/** For whoever sees the consents, in the language that is asked for, else in theirs. */
export const getConsentReceipt: OperationHandler<'getConsentReceipt'> = async ({ meterId, eventId, format, lang }, context) => {
  const { db, keys, utility, now } = context;
  const receipt = await receiptOf(meterId, eventId, context);
  const language = languageOf(lang ?? (await ownLanguage(context)));
  const key = await currentSigningKey(db, keys, now);
  const { event } = receipt;
  const name = `${RECEIPT_WORDS[language].fileName}-${localDay(Date.parse(event.at), utility.timeZone)}-${event.purpose}`;
  const json = signJson(receipt, key);
  if (format === 'json') return fileOf(`${name}.json`, 'application/json', json);
  // Fonts and all that draws come with the first one that is asked for.
  const { receiptPaper } = await import('../receipts/receipt-paper.ts');
  const paper = await receiptPaper({ receipt, language, theme: utility.theme, keyId: key.keyId, attachment: { name: `${name}.json`, bytes: json } });
  return fileOf(`${name}.pdf`, 'application/pdf', signPdf(paper, key));
};

async function receiptOf(meterId: string, eventId: string, context: CustomerContext): Promise<Receipt> {
  const { db, now } = context;
  const meter = await findMeter(meterId, context);
  const contract = await db
    .selectFrom('contract')
    .select(['number', 'holder', 'energy', 'delivery_point as deliveryPoint'])
    .where('utility_id', '=', meter.utility_id)
    .where('id', '=', meter.contract_id)
    .executeTakeFirstOrThrow();
  const row = await consentEvents(db, meter.key).where('event.id', '=', storable(eventId)).executeTakeFirst();
  if (!row) throw new PortalError('not-found', { detail: 'nothing of that id happened to the consents about this meter' });
  const rows = await consentEvents(db, meter.key)
    .where('event.purpose', '=', row.purpose)
    .where('event.recipient_id', '=', row.recipient_id)
    .where(sql<boolean>`(event.at, event.key) <= (${row.at}, ${row.key})`)
    .execute();
  const { id, name, legalName, timeZone } = context.utility;
  return {
    format: RECEIPT_FORMAT,
    issuedAt: instant(now),
    utility: { id, name, legalName, timeZone },
    contract,
    meter: { id: meter.id, serialNumber: meter.serial_number },
    event: consentEventOf(row),
    history: rows.map(consentEventOf).reverse(),
  };
}
