import { checkIdentifier, describeAccess, getChallenge } from './access.ts';
import { acceptAccess, inviteAccess, listAccess, revokeAccess } from './contract-access.ts';
import { getConsumption } from './consumption.ts';
import type { Handlers } from './context.ts';
import { addContract, getContract, listContracts, listMeters } from './contracts.ts';
import {
  addPasskey,
  listPasskeys,
  removePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from './passkeys.ts';
import {
  cancelEmailChange,
  changeAddress,
  changeIdentifier,
  changePassword,
  closeAccount,
  confirmEmailChange,
  endDevice,
  endOtherDevices,
  exportData,
  getProfile,
  listActivity,
  listDevices,
  startEmailChange,
  updateProfile,
  withdrawRequest,
} from './profile.ts';
import { requestIdentifier, requestPasswordReset, resetPassword } from './recovery.ts';
import { extendSession, signIn, signOut, whoAmI } from './session.ts';
import { confirmSignUp, getSignUp, resendSignUpCode, startSignUp, submitSignUp } from './sign-up.ts';
import { describeTerritory } from './territory.ts';

/** What the server does for each operation of the contract. Adding one is adding its line here. */
export const handlers: Handlers = {
  describeUtility: (_input, { utility }) => Promise.resolve(utility),
  signIn,
  signOut,
  whoAmI,
  extendSession,
  listContracts,
  listMeters,
  getConsumption,
  describeTerritory,
  describeAccess,
  getChallenge,
  checkIdentifier,
  startSignUp,
  getSignUp,
  submitSignUp,
  resendSignUpCode,
  confirmSignUp,
  requestPasswordReset,
  resetPassword,
  requestIdentifier,
  getContract,
  addContract,
  listAccess,
  inviteAccess,
  revokeAccess,
  acceptAccess,
  getProfile,
  updateProfile,
  changeIdentifier,
  changePassword,
  startEmailChange,
  confirmEmailChange,
  cancelEmailChange,
  changeAddress,
  withdrawRequest,
  listDevices,
  endDevice,
  endOtherDevices,
  listActivity,
  exportData,
  closeAccount,
  startPasskeySignIn,
  signInWithPasskey,
  listPasskeys,
  startPasskey,
  addPasskey,
  removePasskey,
};
