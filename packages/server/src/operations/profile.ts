import { PortalError } from '@oya/contract';
import type { OperationHandler } from './context.ts';

const missing = () => Promise.reject(new PortalError('unsupported'));

export const getProfile: OperationHandler<'getProfile'> = missing;
export const updateProfile: OperationHandler<'updateProfile'> = missing;
export const changeIdentifier: OperationHandler<'changeIdentifier'> = missing;
export const changePassword: OperationHandler<'changePassword'> = missing;
export const startEmailChange: OperationHandler<'startEmailChange'> = missing;
export const confirmEmailChange: OperationHandler<'confirmEmailChange'> = missing;
export const cancelEmailChange: OperationHandler<'cancelEmailChange'> = missing;
export const changeAddress: OperationHandler<'changeAddress'> = missing;
export const withdrawRequest: OperationHandler<'withdrawRequest'> = missing;
export const listDevices: OperationHandler<'listDevices'> = missing;
export const endDevice: OperationHandler<'endDevice'> = missing;
export const endOtherDevices: OperationHandler<'endOtherDevices'> = missing;
export const listActivity: OperationHandler<'listActivity'> = missing;
export const exportData: OperationHandler<'exportData'> = missing;
export const closeAccount: OperationHandler<'closeAccount'> = missing;
