import { PortalError } from '@oya/contract';
import type { OperationHandler } from './context.ts';

/** The same for all utilities of the installation: what a household could choose, whoever supplies it. */
export const describeTariffs: OperationHandler<'describeTariffs'> = async (_input, { tariffs }) => {
  if (!tariffs) throw new PortalError('unsupported', { detail: 'this installation has no tariffs to compare under (OYA_TARIFFS)' });
  return tariffs;
};
