import { checkIdentifier, describeAccess, getChallenge } from './access.ts';
import { listActivity } from './activity.ts';
import { addPushDevice, describeAlerts, followAlerts, getAlertSettings, giveMedicalNeed, removePushDevice, unfollowAlerts, updateAlertSettings, withdrawMedicalNeed } from './alerts.ts';
import { addAttachment, getAttachment, listAttachments, removeAttachment } from './attachments.ts';
import { listChanges } from './changes.ts';
import { createClaimFile } from './claims.ts';
import { closeAccount } from './closure.ts';
import { getConsentReceipt } from './consent-receipts.ts';
import { getConsumption } from './consumption.ts';
import type { Handlers } from './context.ts';
import { acceptAccess, inviteAccess, listAccess, revokeAccess } from './contract-access.ts';
import { giveConsents, listConsentEvents, listConsents, undoWithdrawal, withdrawConsent } from './consents.ts';
import { addContract, getContract, listContracts, listMeters } from './contracts.ts';
import { exportData } from './data-export.ts';
import { endDevice, endOtherDevices, listDevices } from './devices.ts';
import { cancelEmailChange, confirmEmailChange, startEmailChange } from './email-change.ts';
import { getThread, listThreads, markThreadRead, setThreadState, startThread, writeMessage } from './messages.ts';
import {
  addPasskey,
  listPasskeys,
  removePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from './passkeys.ts';
import { changeInstalments, getPaymentMeans, requestPaymentPlan, revokeMandate, signMandate, withdrawPaymentPlan } from './payment-means.ts';
import { archiveInvoices, contestInvoice, createInvoiceLink, getInvoice, getInvoiceFile, listInvoices } from './invoices.ts';
import { cancelPayment, describePayment, getPayment, listPayments, returnFromPayment, startPayment } from './payments.ts';
import { getOutageBoard, getOutageMap, listConcerns, reportOutage } from './outages.ts';
import { changeAddress, withdrawRequest } from './postal-address.ts';
import { changeIdentifier, changePassword, getProfile, updateProfile } from './profile.ts';
import { listReadings, sendReading } from './readings.ts';
import { answerServiceRequest, getServiceRequest, listServiceRequests, sendServiceRequest, withdrawServiceRequest } from './requests.ts';
import { requestIdentifier, requestPasswordReset, resetPassword } from './recovery.ts';
import { extendSession, signIn, signOut, whoAmI } from './session.ts';
import { confirmSignUp, getSignUp, resendSignUpCode, startSignUp, submitSignUp } from './sign-up.ts';
import { getEcowatt, listTempoDays } from './energy-weather.ts';
import { describeTariffs } from './tariffs.ts';
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
  listReadings,
  sendReading,
  listConsents,
  giveConsents,
  withdrawConsent,
  undoWithdrawal,
  listConsentEvents,
  getConsentReceipt,
  listChanges,
  listInvoices,
  getInvoice,
  getInvoiceFile,
  createInvoiceLink,
  archiveInvoices,
  contestInvoice,
  createClaimFile,
  listAttachments,
  addAttachment,
  removeAttachment,
  getAttachment,
  listThreads,
  getThread,
  startThread,
  writeMessage,
  markThreadRead,
  setThreadState,
  listServiceRequests,
  getServiceRequest,
  sendServiceRequest,
  answerServiceRequest,
  withdrawServiceRequest,
  describePayment,
  startPayment,
  listPayments,
  getPayment,
  returnFromPayment,
  cancelPayment,
  getPaymentMeans,
  signMandate,
  revokeMandate,
  requestPaymentPlan,
  withdrawPaymentPlan,
  changeInstalments,
  describeTariffs,
  listTempoDays,
  getEcowatt,
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
  getOutageBoard,
  getOutageMap,
  listConcerns,
  reportOutage,
  describeAlerts,
  getAlertSettings,
  updateAlertSettings,
  addPushDevice,
  removePushDevice,
  followAlerts,
  unfollowAlerts,
  giveMedicalNeed,
  withdrawMedicalNeed,
};
