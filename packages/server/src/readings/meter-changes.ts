/** Meters that the network operator's people replaced, as a file of theirs says. */
import { LocalDay, MeterChange, staleByMeasures, type Utility } from '@oya/contract';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { noteChange } from '../changes/note-change.ts';
import type { Database } from '../database/open.ts';
import { LineRefused, readLine, type Taken } from '../taken-lines.ts';

/** One line of a file of meter changes. */
export const ReplacedMeter = z.object({
  deliveryPoint: z.string(),
  on: LocalDay,
  /** Of the meter that was taken away, and of the one that took its place. */
  oldSerialNumber: z.string(),
  newSerialNumber: z.string(),
  /** What each register showed at last, and what that of the new one began with. */
  indexes: MeterChange.shape.indexes,
});
export type ReplacedMeter = z.infer<typeof ReplacedMeter>;

/** @throws LineRefused for a line that says no change */
export function readReplacedMeter(line: string): ReplacedMeter {
  return readLine(ReplacedMeter, line, 'the change of one meter');
}

/**
 * Notes that another meter took the place of one: readings go on from what it began with.
 * @throws LineRefused
 */
export async function takeMeterChange(db: Database, utility: Utility, { deliveryPoint, on, oldSerialNumber, newSerialNumber, indexes }: ReplacedMeter): Promise<Taken> {
  const meter = await db
    .selectFrom('meter')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['meter.key', 'meter.id', 'meter.contract_id as contractId', 'meter.serial_number as serialNumber', 'meter.registers', 'meter.replaced'])
    .where('meter.utility_id', '=', utility.id)
    .where('contract.delivery_point', '=', deliveryPoint)
    .where('meter.removed_on', 'is', null)
    .executeTakeFirst();
  if (!meter) throw new LineRefused(`no meter of ${utility.name} is at the delivery point ${deliveryPoint}`);
  const change: MeterChange = { on, serialNumber: oldSerialNumber, indexes };
  if (meter.serialNumber === newSerialNumber && isDeepStrictEqual(meter.replaced, change)) return 'known';
  if (meter.serialNumber !== oldSerialNumber) throw new LineRefused(`the meter at ${deliveryPoint} is ${meter.serialNumber}, not ${oldSerialNumber}`);
  const missing = meter.registers.filter(({ code }) => !indexes.some(({ register }) => register === code)).map(({ code }) => code);
  if (missing.length > 0) throw new LineRefused(`it does not say what ${missing.join(' and ')} showed`);
  await db.transaction().execute(async (transaction) => {
    await transaction.updateTable('meter').set({ serial_number: newSerialNumber, replaced: JSON.stringify(change) }).where('key', '=', meter.key).execute();
    await noteChange(transaction, { utilityId: utility.id, contractId: meter.contractId }, staleByMeasures(meter));
  });
  return 'taken';
}
