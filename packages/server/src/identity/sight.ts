/** Who may see a contract: its holder, and those whom the holder lets read it. */
import { localDay, PortalError, type ContractRole, type LocalDay } from '@oya/contract';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { CustomerContext } from '../operations/context.ts';
import { consentStates, keepsCurve } from './consents.ts';

type Sight = { sight: Schema['contract_sight'] };

/** What a customer may see today, as a condition on `contract_sight as sight`: for what a reader reads too, and for nothing else. */
export function visibleTo({ utility, customerId, now }: Pick<CustomerContext, 'utility' | 'customerId' | 'now'>): (where: ExpressionBuilder<Sight, 'sight'>) => Expression<SqlBool> {
  const today = localDay(now, utility.timeZone);
  return (where) =>
    where.and([
      where('sight.utility_id', '=', utility.id),
      where('sight.customer_id', '=', customerId),
      where.or([where('sight.until', 'is', null), where('sight.until', '>=', today)]),
    ]);
}

/** @throws PortalError `not-found` where the customer sees no such contract */
export async function roleIn(contractId: string, context: CustomerContext): Promise<ContractRole> {
  const row = await context.db
    .selectFrom('contract_sight as sight')
    .select(['sight.role', 'sight.until'])
    .where(visibleTo(context))
    .where('sight.contract_id', '=', contractId)
    // A holder who was once invited is the holder.
    .orderBy('sight.role')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new PortalError('not-found', { detail: 'no such contract' });
  return row.role === 'holder' ? { role: 'holder' } : { role: 'reader', until: row.until };
}

/** The meters of contracts that a customer may see, with how their consents stand. */
export function metersSeen(context: CustomerContext) {
  const { db, utility } = context;
  return db
    .selectFrom('meter')
    .selectAll('meter')
    .select([consentStates.as('consents'), keepsCurve.as('keeps_curve')])
    .where('meter.utility_id', '=', utility.id)
    .where('meter.contract_id', 'in', db.selectFrom('contract_sight as sight').select('sight.contract_id').where(visibleTo(context)));
}

/** @throws PortalError `not-found` for a meter of a contract that the customer does not see */
export async function meterSeen(meterId: string, context: CustomerContext) {
  const row = await metersSeen(context).where('meter.id', '=', meterId).executeTakeFirst();
  if (!row) throw new PortalError('not-found', { detail: 'no such meter' });
  return row;
}

/** @throws PortalError `not-found` as above, `forbidden` for somebody who only reads it */
export async function requireHolder(contractId: string, context: CustomerContext): Promise<void> {
  const { role } = await roleIn(contractId, context);
  if (role !== 'holder') throw new PortalError('forbidden', { detail: 'only the holder of a contract decides on that' });
}

export function todayOf({ utility, now }: CustomerContext): LocalDay {
  return localDay(now, utility.timeZone);
}
