/** What the utility's people do with readings: look at those that are odd, and take along what came. */
import { displayOf, staleByReadings, type Energy, type LocalDay, type ReadIndex } from '@oya/contract';
import { decide } from '../agents/decide.ts';
import { noteChange } from '../changes/note-change.ts';
import type { MailPlace } from '../command-mail.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';

/** A reading that a customer sent, with the meter and the contract that it is of. */
export interface SentReading {
  readonly id: string;
  readonly utilityId: string;
  readonly contractNumber: string;
  readonly deliveryPoint: string;
  readonly serialNumber: string;
  readonly energy: Energy;
  readonly on: LocalDay;
  readonly indexes: readonly ReadIndex[];
  readonly state: Schema['reading']['state'];
  readonly isOutsideWindow: boolean;
  readonly words: string;
  readonly answer: string | null;
  readonly sentAt: Date;
}

/** What one register showed, as a row: for a system that bills. */
export interface ReadingRow extends Omit<SentReading, 'indexes' | 'energy'>, ReadIndex {
  readonly unit: 'kWh' | 'm³';
}

/** Those that wait to be looked at, the oldest first. */
export async function readingsToCheck(db: Database, utilityId?: string): Promise<SentReading[]> {
  const all = sentReadings(db).where('reading.state', '=', 'under-check');
  return (utilityId === undefined ? all : all.where('reading.utility_id', '=', utilityId)).execute();
}

/** All that were sent since a moment, or decided on since, a row for each register: the oldest first. */
export async function readingRows(db: Database, utilityId: string, since: Date): Promise<ReadingRow[]> {
  const readings = await sentReadings(db)
    .where('reading.utility_id', '=', utilityId)
    .where((is) => is.or([is('reading.sent_at', '>=', since), is('reading.decided_at', '>=', since)]))
    .execute();
  return readings.flatMap(({ indexes, energy, ...reading }) => indexes.map((index): ReadingRow => ({ ...reading, ...index, unit: displayOf(energy).unit })));
}

/**
 * Takes a reading that is under check, or sets it aside; its customer is told by mail.
 * @param words what they read in their account; needed for one that is set aside
 * @returns whether it was under check
 */
export async function checkReading(place: MailPlace, id: string, isAccepted: boolean, words: string | undefined): Promise<boolean> {
  const { db, now, utilities } = place;
  const known = await db.selectFrom('reading').innerJoin('meter', 'meter.key', 'reading.meter_key').select(['reading.utility_id as utilityId', 'reading.customer_id as customerId', 'reading.on_day as on', 'meter.id as meterId', 'meter.contract_id as contractId']).where('reading.id', '=', id).where('state', '=', 'under-check').executeTakeFirst();
  if (!known) return false;
  const { utilityId, customerId, on, meterId, contractId } = known;
  const tenant = await utilities.find(utilityId);
  if (!tenant) return false;
  return decide(place, tenant, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('reading')
      .set({ state: isAccepted ? 'accepted' : 'corrected', answer: words ?? null, decided_at: new Date(now) })
      .where('id', '=', id)
      .where('state', '=', 'under-check')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return undefined;
    await noteChange(transaction, { utilityId, contractId }, staleByReadings(meterId));
    return { customerId, noted: { kind: 'reading-checked', contractId }, page: 'readings', told: (address) => ({ kind: 'reading-checked', on, isAccepted, address }) };
  });
}

function sentReadings(db: Database) {
  return db
    .selectFrom('reading')
    .innerJoin('meter', 'meter.key', 'reading.meter_key')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select([
      'reading.id', 'reading.utility_id as utilityId', 'contract.number as contractNumber', 'contract.delivery_point as deliveryPoint', 'meter.serial_number as serialNumber', 'meter.energy', 'reading.on_day as on', 'reading.indexes',
      'reading.state', 'reading.is_outside_window as isOutsideWindow', 'reading.words', 'reading.answer', 'reading.sent_at as sentAt',
    ])
    .orderBy('reading.sent_at')
    .orderBy('reading.key');
}
