import { PortalError } from '@oya/contract';
import { noteEvent } from '../identity/audit.ts';
import { boardOf } from '../outages/read-outages.ts';
import { concernsOfCustomer } from '../outages/reach.ts';
import { keepReport } from '../outages/reports.ts';
import type { OperationHandler, PublicContext } from './context.ts';

export const getOutageBoard: OperationHandler<'getOutageBoard'> = (_input, { db, utility, now }) => boardOf(db, utility, now);

export const getOutageMap: OperationHandler<'getOutageMap'> = async (_input, { map }) => {
  if (!map) throw new PortalError('unsupported', { detail: 'this installation has no shapes of communes (OYA_MAP)' });
  return map;
};

export const listConcerns: OperationHandler<'listConcerns'> = async (_input, context) => {
  const { db, utility, now } = context;
  const { items } = await boardOf(db, utility, now);
  return { items: await concernsOfCustomer(items, context) };
};

export const reportOutage: OperationHandler<'reportOutage'> = async (input, context) => {
  const customerId = await customerOf(context);
  const report = await keepReport(input, customerId, context);
  if (customerId !== undefined) await noteEvent(context, { kind: 'outage-reported', customerId });
  return report;
};

/** Whoever is signed in reports as such; anybody else may. */
async function customerOf({ session }: PublicContext): Promise<string | undefined> {
  const current = await session.current();
  return current.state === 'signed-in' ? current.customer.id : undefined;
}
