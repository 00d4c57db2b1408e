/** Which of the customer's own contracts outages reach. What somebody else lets them read is that one's to be told of. */
import { concernsOf, instant, isStillSaid, localDay, type Concern, type Contract, type Outage, type Site } from '@oya/contract';
import type { CustomerContext } from '../operations/context.ts';

export type OwnPlace = Pick<Contract, 'id' | 'energy' | 'to'> & { readonly site: Site };

/** Contracts that the customer holds and has not left, with where they are. */
export async function ownPlaces({ db, utility, customerId, now }: Pick<CustomerContext, 'db' | 'utility' | 'customerId' | 'now'>): Promise<OwnPlace[]> {
  const today = localDay(now, utility.timeZone);
  const rows = await db
    .selectFrom('contract_access as access')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'access.utility_id').onRef('contract.id', '=', 'access.contract_id'))
    .innerJoin('site', (join) => join.onRef('site.utility_id', '=', 'contract.utility_id').onRef('site.id', '=', 'contract.site_id'))
    .select(['contract.id', 'contract.energy', 'contract.valid_to', 'site.id as site_id', 'site.label', 'site.address', 'site.postcode', 'site.commune'])
    .where('access.utility_id', '=', utility.id)
    .where('access.customer_id', '=', customerId)
    .where((is) => is.or([is('contract.valid_to', 'is', null), is('contract.valid_to', '>', today)]))
    .orderBy('contract.id')
    .execute();
  return rows.map(({ id, energy, valid_to, site_id, label, address, postcode, commune }) => ({ id, energy, to: valid_to, site: { id: site_id, label, address, postcode, commune } }));
}

/** With when they last said that they are still without supply. */
export async function concernsOfCustomer(outages: readonly Outage[], context: Pick<CustomerContext, 'db' | 'utility' | 'customerId' | 'now'>): Promise<Concern[]> {
  const { db, utility, customerId, now } = context;
  const concerns = concernsOf(outages, await ownPlaces(context), utility.territory, localDay(now, utility.timeZone));
  if (concerns.length === 0) return [];
  const reports = await db
    .selectFrom('outage_report')
    .select(['outage_id', 'contract_id', (select) => select.fn.max('reported_at').as('at')])
    .where('utility_id', '=', utility.id)
    .where('customer_id', '=', customerId)
    .where('outage_id', 'in', [...new Set(concerns.map(({ outageId }) => outageId))])
    .groupBy(['outage_id', 'contract_id'])
    .execute();
  return concerns.map((concern) => {
    const said = reports.find(({ outage_id, contract_id }) => outage_id === concern.outageId && contract_id === concern.contractId);
    const outage = outages.find(({ id }) => id === concern.outageId);
    const reportedAt = said && instant(new Date(said.at as unknown as Date).getTime());
    return { ...concern, stillOutAt: reportedAt && outage && isStillSaid(outage, reportedAt) ? reportedAt : null };
  });
}
