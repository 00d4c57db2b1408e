import { displayOf, PortalError, withoutBusiness } from '@oya/contract';
import { findAccount, tell } from '../identity/accounts.ts';
import { noteEvent } from '../identity/audit.ts';
import { meterSeen, requireHolder, roleIn, todayOf } from '../identity/sight.ts';
import { pageAddress } from '../mail/links.ts';
import { keepReading } from '../readings/keep-reading.ts';
import { readReadings, type MeterKey } from '../readings/read-readings.ts';
import type { OperationHandler } from './context.ts';

export const listReadings: OperationHandler<'listReadings'> = async ({ meterId }, context) => {
  const row = await meterSeen(meterId, context);
  const { role } = await roleIn(row.contract_id, context);
  const known = await readReadings(context.db, keyOf(row), { today: todayOf(context), timeZone: context.utility.timeZone });
  return role === 'holder' ? known : withoutBusiness(known);
};

export const sendReading: OperationHandler<'sendReading'> = async (input, context) => {
  const { db, utility, customerId, site } = context;
  const row = await meterSeen(input.meterId, context);
  await requireHolder(row.contract_id, context);
  if (row.kind !== 'hand-read') throw new PortalError('unsupported', { code: 'collected', detail: 'this meter reports by itself: send its indexes by a message' });
  if (row.removed_on !== null) throw new PortalError('unsupported', { code: 'removed', detail: 'this meter is no longer there' });
  const { subscribed_power_kva: subscribedPowerKva } = await db.selectFrom('contract').select('subscribed_power_kva').where('utility_id', '=', utility.id).where('id', '=', row.contract_id).executeTakeFirstOrThrow();
  const meter = { ...keyOf(row), energy: row.energy, replaced: row.replaced ?? undefined };
  const reading = await db.transaction().execute((transaction) => keepReading(transaction, input, { meter, contract: { subscribedPowerKva }, today: todayOf(context) }, context));
  await noteEvent(context, { kind: input.corrects === undefined ? 'reading-sent' : 'reading-corrected', customerId, contractId: row.contract_id });
  await tell(await findAccount(context), {
    kind: 'reading-received', on: reading.on, what: reading.state === 'under-check' ? 'under-check' : reading.isOutsideWindow ? 'outside-window' : 'fine', correctableUntil: Date.parse(reading.correctableUntil ?? ''), address: pageAddress(utility, site, 'readings'),
    indexes: reading.indexes.map(({ register, index }) => `${reading.indexes.length > 1 ? `${register} ` : ''}${index} ${displayOf(row.energy).unit}`),
  }, context);
  return reading;
};

function keyOf({ utility_id: utilityId, key, id, contract_id: contractId, kind, registers }: Awaited<ReturnType<typeof meterSeen>>): MeterKey {
  return { utilityId, key, id, contractId, kind, registers };
}
