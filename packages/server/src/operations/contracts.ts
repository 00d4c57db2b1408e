import { PortalError } from '@oya/contract';
import type { OperationHandler } from './context.ts';

export const listContracts: OperationHandler<'listContracts'> = async (_input, { db, utility, customerId }) => {
  const rows = await db
    .selectFrom('contract_access as access')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'access.utility_id').onRef('contract.id', '=', 'access.contract_id'))
    .innerJoin('site', (join) => join.onRef('site.utility_id', '=', 'contract.utility_id').onRef('site.id', '=', 'contract.site_id'))
    .selectAll('contract')
    .select(['site.label', 'site.address', 'site.postcode', 'site.commune'])
    .where('access.utility_id', '=', utility.id)
    .where('access.customer_id', '=', customerId)
    .orderBy('contract.valid_to', (order) => order.desc().nullsFirst())
    .orderBy('contract.id')
    .execute();
  return {
    items: rows.map((row) => ({
      id: row.id,
      energy: row.energy,
      site: { id: row.site_id, label: row.label, address: row.address, postcode: row.postcode, commune: row.commune },
      deliveryPoint: row.delivery_point,
      number: row.number,
      holder: row.holder,
      offer: row.offer,
      subscribedPowerKva: row.subscribed_power_kva,
      from: row.valid_from,
      to: row.valid_to,
    })),
  };
};

export const listMeters: OperationHandler<'listMeters'> = async ({ contractId }, { db, utility, customerId }) => {
  const rows = await db
    .selectFrom('contract_access as access')
    .leftJoin('meter', (join) => join.onRef('meter.utility_id', '=', 'access.utility_id').onRef('meter.contract_id', '=', 'access.contract_id'))
    .select(['meter.id', 'meter.energy', 'meter.kind', 'meter.serial_number', 'meter.registers', 'meter.resolutions', 'meter.load_curve'])
    .where('access.utility_id', '=', utility.id)
    .where('access.customer_id', '=', customerId)
    .where('access.contract_id', '=', contractId)
    .orderBy('meter.removed_on', (order) => order.desc().nullsFirst())
    .orderBy('meter.id')
    .$narrowType<{ id: string; energy: 'electricity' | 'gas' }>()
    .execute();
  // No row: no such contract, or not this customer's. A row without a meter: a contract whose meter is not known yet.
  if (rows.length === 0) throw new PortalError('not-found', { detail: 'no such contract' });
  return {
    items: rows
      .filter(({ id }) => id !== null)
      .map((row) => ({
        id: row.id,
        contractId,
        energy: row.energy,
        kind: row.kind!,
        serialNumber: row.serial_number!,
        registers: row.registers!,
        resolutions: row.resolutions!,
        loadCurve: row.load_curve!,
      })),
  };
};
