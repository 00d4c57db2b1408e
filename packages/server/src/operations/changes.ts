import { readChanges } from '../changes/read-changes.ts';
import type { OperationHandler } from './context.ts';

export const listChanges: OperationHandler<'listChanges'> = ({ after }, context) => readChanges(context, after);
