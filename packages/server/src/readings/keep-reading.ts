/** A reading that a customer sends, from what they typed to what is kept of it. */
import { instant, staleByReadings, takenReading, type Contract, type Input, type LocalDay, type Meter, type MeterReading, type TimeZone } from '@oya/contract';
import type { Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import { giveTo } from '../attachments/store.ts';
import { noteChange } from '../changes/note-change.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../identity/credentials.ts';
import type { CustomerContext } from '../operations/context.ts';
import { announce } from '../webhooks/announce.ts';
import { readReadings, type MeterKey } from './read-readings.ts';

export interface ReadingOf {
  readonly meter: MeterKey & Pick<Meter, 'energy' | 'replaced'>;
  readonly contract: Pick<Contract, 'subscribedPowerKva'>;
  readonly today: LocalDay;
}

/**
 * Judges a reading by what is known in this transaction, and keeps it.
 * @throws PortalError `invalid` with what is wrong or to be asked; `conflict` where the one to correct cannot be any more
 */
export async function keepReading(transaction: Transaction<Schema>, { meterId, on, indexes, corrects, words = '', attachmentIds = [] }: Input<'sendReading'>, { meter, contract, today }: ReadingOf, { utility, customerId, now }: Pick<CustomerContext, 'utility' | 'customerId' | 'now'>): Promise<MeterReading> {
  // Of two at once the second is judged by the first.
  await transaction.selectFrom('meter').select('key').where('key', '=', meter.key).forUpdate().execute();
  const { readings, nextInvoiceOn } = await readReadings(transaction, meter, { today, timeZone: utility.timeZone as TimeZone });
  const { corrected, indexes: kept, state, isOutsideWindow, correctableUntil } = takenReading({ on, indexes, corrects }, { meter, contract, readings, nextInvoiceOn, window: utility.readingWindow, today }, now);
  if (corrected) await transaction.updateTable('reading').set({ state: 'corrected', decided_at: new Date(now) }).where('id', '=', corrected.id).execute();
  const id = randomUUID();
  await transaction
    .insertInto('reading')
    .values({
      id, utility_id: utility.id, meter_key: meter.key, customer_id: customerId, source: 'customer', on_day: on, indexes: JSON.stringify(kept), state, is_outside_window: isOutsideWindow,
      words: storable(words), sent_at: new Date(now), correctable_until: new Date(correctableUntil), corrects: corrected?.id ?? null,
    })
    .execute();
  const photos = await giveTo(transaction, { reading_id: id }, { what: 'reading', meterId }, attachmentIds, { db: transaction, utility, customerId, now });
  await noteChange(transaction, { utilityId: utility.id, contractId: meter.contractId }, staleByReadings(meter.id));
  const told = { contractId: meter.contractId, meterId: meter.id, readingId: id, on, state };
  await announce(transaction, utility.id, corrected ? { type: 'reading.corrected', data: { ...told, corrects: corrected.id } } : { type: 'reading.submitted', data: told }, now);
  return { id, on, source: 'customer', state, indexes: [...kept], sentAt: instant(now), ...(isOutsideWindow && { isOutsideWindow }), ...(words !== '' && { words }), ...(photos.length > 0 && { photos }), correctableUntil };
}
