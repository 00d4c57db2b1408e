import { PortalError } from '@oya/contract';
import type { OperationHandler } from './context.ts';

/** The same for all utilities of the installation: what a household could choose, whoever supplies it. */
export const describeTariffs: OperationHandler<'describeTariffs'> = async (_input, { tariffs }) => {
  if (!tariffs) throw new PortalError('unsupported', { detail: 'this installation has no tariffs to compare under (OYA_TARIFFS)' });
  return tariffs;
};

/** Only what is final: a colour that may still change is not known. */
export const listTempoDays: OperationHandler<'listTempoDays'> = async ({ from, to }, { db }) => {
  const items = await db.selectFrom('tempo_day').select(['day', 'colour']).where('day', '>=', from).where('day', '<', to).where('is_provisional', '=', false).orderBy('day').execute();
  return { items };
};
