import { PortalError } from '@oya/contract';
import type { OperationHandler } from './context.ts';

const missing = () => Promise.reject(new PortalError('unsupported'));

export const startPasskeySignIn: OperationHandler<'startPasskeySignIn'> = missing;
export const signInWithPasskey: OperationHandler<'signInWithPasskey'> = missing;
export const listPasskeys: OperationHandler<'listPasskeys'> = missing;
export const startPasskey: OperationHandler<'startPasskey'> = missing;
export const addPasskey: OperationHandler<'addPasskey'> = missing;
export const removePasskey: OperationHandler<'removePasskey'> = missing;
