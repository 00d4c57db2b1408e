/**
 * The operation table: everything a portal can do. Adding an operation is declaring it in the file of its subject, naming it
 * here, and implementing it.
 */
import {
  checkIdentifier,
  confirmSignUp,
  describeAccess,
  getChallenge,
  getSignUp,
  requestIdentifier,
  requestPasswordReset,
  resendSignUpCode,
  resetPassword,
  startSignUp,
  submitSignUp,
} from './access.ts';
import { addPushDevice, describeAlerts, followAlerts, getAlertSettings, giveMedicalNeed, removePushDevice, unfollowAlerts, updateAlertSettings, withdrawMedicalNeed } from './alerts.ts';
import { addAttachment, getAttachment, listAttachments, removeAttachment } from './attachments.ts';
import { listChanges } from './changes.ts';
import { getConsentReceipt, giveConsents, listConsentEvents, listConsents, undoWithdrawal, withdrawConsent } from './consents.ts';
import { getConsumption } from './consumption.ts';
import { acceptAccess, addContract, getContract, inviteAccess, listAccess, revokeAccess } from './contracts.ts';
import { getEcowatt } from './ecowatt.ts';
import { archiveInvoices, contestInvoice, createClaimFile, createInvoiceLink, getInvoice, getInvoiceFile, listInvoices } from './invoices.ts';
import { getThread, listThreads, markThreadRead, setThreadState, startThread, writeMessage } from './messages.ts';
import type { AnswerOf, InputOf, OutputOf } from './operation.ts';
import { getOutageBoard, getOutageMap, listConcerns, reportOutage } from './outages.ts';
import { addPasskey, listPasskeys, removePasskey, signInWithPasskey, startPasskey, startPasskeySignIn } from './passkeys.ts';
import { cancelPayment, describePayment, getPayment, listPayments, returnFromPayment, startPayment } from './payments.ts';
import { changeInstalments, getPaymentMeans, requestPaymentPlan, revokeMandate, signMandate, withdrawPaymentPlan } from './payment-means.ts';
import { describeUtility, extendSession, listContracts, listMeters, signIn, signOut, whoAmI } from './portal.ts';
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
import { listReadings, sendReading } from './readings.ts';
import { listServiceRequests } from './request-list.ts';
import { answerServiceRequest, getServiceRequest, sendServiceRequest, withdrawServiceRequest } from './requests.ts';
import { describeTariffs, listTempoDays } from './tariffs.ts';
import { describeTerritory } from './territory.ts';

export const operations = {
  describeUtility,
  signIn,
  signOut,
  whoAmI,
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
  changeInstalments,
  requestPaymentPlan,
  withdrawPaymentPlan,
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
  extendSession,
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
} as const;

export type Operations = typeof operations;
export type OperationName = keyof Operations;
export const operationNames = Object.keys(operations) as OperationName[];

/** What a caller of the operation of that name passes. */
export type Input<K extends OperationName> = InputOf<Operations[K]>;
/** What a portal may answer to the operation of that name. */
export type Answer<K extends OperationName> = AnswerOf<Operations[K]>;
/** What a caller of the operation of that name gets. */
export type Output<K extends OperationName> = OutputOf<Operations[K]>;
