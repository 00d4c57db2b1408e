/**
 * What the app keeps on the device, so that it has something to show without a network. Each operation that reads stands in
 * one of these lists: a new one is decided on here, and a test asks for it. No schema comes with the names: the worker gets
 * the addresses from the build (`oya:kept-addresses`).
 */

/** The same for everybody: kept beside the customers'. */
export const KEPT_FOR_ALL = ['describeAlerts', 'describeUtility', 'describeTariffs', 'describeTerritory', 'getEcowatt', 'getOutageBoard', 'getOutageMap', 'listTempoDays'];

/** What belongs to the customer who is here, under their own name. */
export const KEPT_FOR_CUSTOMER = [
  'listContracts',
  'getContract',
  'listMeters',
  'getConsumption',
  'listReadings',
  'listInvoices',
  'getInvoice',
  'listConsents',
  'listConsentEvents',
  'listThreads',
  'getThread',
  'getAlertSettings',
  'listConcerns',
  'listServiceRequests',
  'getServiceRequest',
];

/** Whoever finds the device must not find them: what opens an account or pays, files, and what is about other people or devices. */
export const NEVER_KEPT = [
  'checkIdentifier',
  'describeAccess',
  'describePayment',
  'getAttachment',
  'getChallenge',
  'getConsentReceipt',
  'getInvoiceFile',
  'getPayment',
  'getPaymentMeans',
  'getProfile',
  'getSignUp',
  'listAccess',
  'listActivity',
  'listAttachments',
  'listChanges',
  'listDevices',
  'listPasskeys',
  'listPayments',
];

/** Kept by `Keeper`, with when it ends. */
export const SESSION = 'whoAmI';

/** Writes whose answer says who is here from now on. */
export const SESSION_WRITES = ['signIn', 'signOut', 'extendSession', 'confirmSignUp', 'resetPassword', 'signInWithPasskey', 'closeAccount'];
