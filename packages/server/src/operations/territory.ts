import { PortalError } from '@oya/contract';
import type { OperationHandler } from './context.ts';

/** The same for all utilities of the installation: whoever asks does not know yet which is theirs. */
export const describeTerritory: OperationHandler<'describeTerritory'> = async (_input, { territory }) => {
  if (!territory) throw new PortalError('unsupported', { detail: 'this installation says nothing of its territory (OYA_TERRITORY)' });
  return territory;
};
