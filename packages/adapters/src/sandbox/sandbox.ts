import {
  defineAdapter, instant,
  type AdapterHandlers, type CallContext, type Changes, type ConsentFailure, type Input, type Instant, type OperationName, type OutageUpdate, type PaymentOutcome, type PortalAdapter, type RequestState,
} from '@oya/contract';
import { findPersona, findUtility, referenceTariffs, territory, type OutageScenario } from '@oya/personas';
import { Alerts } from './alerts.ts';
import { Faults, type Fault } from './faults.ts';
import { Mailbox, type SandboxMail } from './mailbox.ts';
import { Passkeys } from './passkeys.ts';
import { SandboxPortal } from './portal.ts';
import { pause } from './pause.ts';
import { Profiles } from './profiles.ts';
import { Recovery } from './recovery.ts';
import { ecowattOf, tempoDaysOf, type Signals } from './signals.ts';
import { SignUps } from './sign-up.ts';
import { traced } from './traces.ts';

export type { Fault } from './faults.ts';
export type { SandboxMail } from './mailbox.ts';
export type { Signals } from './signals.ts';

export interface SandboxOptions {
  /** Id of a utility of `@oya/personas`; by default that of the persona, or else `eneo`. */
  utility?: string;
  /** Id of the persona who is signed in from the start; `null`, the default, is nobody. */
  persona?: string | null;
  /** Stops the clock at an instant, so that the same is shown each time; the default is the real clock. */
  now?: Instant;
  /** How long each answer takes, in milliseconds; 0 by default. */
  latencyMs?: number;
  /** What goes wrong, by operation; `*` is for all that have no fault of their own. */
  faults?: Partial<Record<OperationName | '*', Fault>>;
  /** What is cut and planned: `ordinary`, the default, `outage`, `storm` or `calm`. */
  outages?: OutageScenario;
  /** What RTE tells, where that is to be other than the demo's weather has it. */
  signals?: Signals;
  /** Hears of each mail that a portal would have sent. */
  onMail?: (mail: SandboxMail) => void;
}

/** Changes the sandbox while it runs. */
export interface SandboxControls {
  /** Signs in as a persona of the same utility without a password, or signs out. */
  setPersona(persona: string | null): void;
  /** The session ends on the portal's side, as it does after a long while; who holds it is not told. */
  expireSession(): void;
  /** Lets an operation go wrong from its next call on; `null` mends it. */
  setFault(operation: OperationName | '*', fault: Fault | null): void;
  clearFaults(): void;
  setLatency(milliseconds: number): void;
  /** Stops the clock at an instant; `null` lets the real one run. */
  setNow(now: Instant | null): void;
  /** The network operator brings into effect what was agreed to about a meter: its half-hours appear. */
  activateConsents(meterId: string): void;
  /** The network operator could not bring it about. */
  failConsents(meterId: string, reason: ConsentFailure): void;
  /**
   * What comes of a payment once its customer is back, `paid` from the start; `null`: no notice comes. No page of a provider
   * stands between: the departure leads back at once.
   */
  setPaymentOutcome(outcome: PaymentOutcome | null): void;
  /** The provider tells about a payment, whenever and however often. */
  notifyPayment(paymentId: string, outcome: PaymentOutcome): void;
  /** The utility answers a payment plan that was asked for. */
  answerPaymentPlan(planId: string, state: 'accepted' | 'refused', words?: string): void;
  /** The utility answers whoever is signed in, about an invoice that they contest. */
  answerDispute(contractId: string, invoiceId: string, words: string): void;
  /** The utility has looked at a reading that is under check, and takes it or not. @throws RangeError when there is none */
  checkReading(readingId: string, isAccepted: boolean, answer?: string): void;
  /** The utility answers in a thread. @throws RangeError when there is none */
  answerMessage(threadId: string, words: string): void;
  /** What the network's people say of an outage. @throws RangeError when there is none */
  tellOutage(outageId: string, update: Partial<Pick<OutageUpdate, 'state' | 'startsAt' | 'estimatedEnd' | 'note'>>): void;
  /** Another night: what is cut and planned begins anew. */
  setOutages(scenario: OutageScenario): void;
  /** The utility takes a request further. @throws RangeError when there is none */
  changeRequest(requestId: string, state: RequestState, words?: string): void;
  /** What would have been mailed, the oldest first: codes and links are read here. */
  mails(): readonly SandboxMail[];
}

export type SandboxAdapter = PortalAdapter & { readonly controls: SandboxControls };

/**
 * A whole portal in the browser, without a server: the households of `@oya/personas`, every operation, and the same
 * refusals as a server. It keeps nothing: a reload begins anew.
 * @throws RangeError for a utility or persona that does not exist, or a persona of another utility
 */
export function sandboxAdapter(options: SandboxOptions = {}): SandboxAdapter {
  let stoppedAt = options.now ?? null;
  let latencyMs = options.latencyMs ?? 0;
  const faults = new Faults(options.faults);
  const utility = findUtility(options.utility ?? (options.persona ? findPersona(options.persona).utility : 'eneo'));
  const clock = () => stoppedAt ?? instant(Date.now());
  const mailbox = new Mailbox(options.onMail);
  const portal = new SandboxPortal(utility, clock, mailbox, (...done) => profiles.noteBeside(...done));
  const { contracts } = portal;
  const signUps = new SignUps(portal.accounts, contracts.invoices, mailbox, clock);
  const profiles = new Profiles(utility, portal, mailbox, clock);
  const passkeys = new Passkeys(portal.accounts, mailbox, clock, utility.name);
  const alerts = new Alerts(utility, contracts, portal.changes, clock, options.outages ?? 'ordinary', (customer) => profiles.getProfile(customer).phone, (customer, kind, contractId) => profiles.note(customer, kind, { contractId: contractId ?? null }));
  const recovery = new Recovery(portal.accounts, mailbox, clock);
  if (options.persona) portal.openSession(options.persona);

  const handlers: Required<AdapterHandlers> = {
    describeUtility: answering('describeUtility', () => portal.describeUtility()),
    signIn: answering('signIn', (input) => signUps.unconfirmed(input) ?? portal.signIn(input)),
    signOut: answering('signOut', () => portal.signOut()),
    whoAmI: answering('whoAmI', () => portal.whoAmI()),
    listContracts: answering('listContracts', () => portal.listContracts()),
    listMeters: answering('listMeters', (input) => portal.listMeters(input)),
    getConsumption: answering('getConsumption', (input) => portal.getConsumption(input)),
    listReadings: answering('listReadings', (input) => contracts.readings.listReadings(portal.customer(), input)),
    sendReading: answering('sendReading', (input) => contracts.readings.sendReading(portal.customer(), input)),
    listConsents: answering('listConsents', (input) => portal.listConsents(input)),
    giveConsents: answering('giveConsents', (input) => portal.giveConsents(input)),
    withdrawConsent: answering('withdrawConsent', (input) => portal.withdrawConsent(input)),
    undoWithdrawal: answering('undoWithdrawal', (input) => portal.undoWithdrawal(input)),
    listConsentEvents: answering('listConsentEvents', (input) => portal.listConsentEvents(input)),
    getConsentReceipt: answering('getConsentReceipt', (input) => portal.getConsentReceipt(input)),
    listChanges: answering('listChanges', (input) => portal.listChanges(input)),
    listInvoices: answering('listInvoices', (input) => contracts.invoices.listInvoices(portal.customer(), input)),
    getInvoice: answering('getInvoice', (input) => contracts.invoices.getInvoice(portal.customer(), input)),
    getInvoiceFile: answering('getInvoiceFile', (input) => contracts.invoices.getInvoiceFile(portal.customer(), input)),
    createInvoiceLink: answering('createInvoiceLink', (input) => contracts.invoices.createInvoiceLink(portal.customer(), input)),
    archiveInvoices: answering('archiveInvoices', (input) => contracts.invoices.archiveInvoices(portal.customer(), input)),
    contestInvoice: answering('contestInvoice', (input) => contracts.invoices.contestInvoice(portal.customer(), input)),
    createClaimFile: answering('createClaimFile', (input) => contracts.invoices.createClaimFile(portal.customer(), input)),
    listAttachments: answering('listAttachments', () => contracts.invoices.attachments.listAttachments(portal.customer())),
    addAttachment: answering('addAttachment', (input) => contracts.invoices.addAttachment(portal.customer(), input)),
    getAttachment: answering('getAttachment', (input) => contracts.threads.getAttachment(portal.customer(), input)),
    listThreads: answering('listThreads', (input) => contracts.threads.listThreads(portal.customer(), input)),
    getThread: answering('getThread', (input) => contracts.threads.getThread(portal.customer(), input)),
    startThread: answering('startThread', (input) => contracts.threads.startThread(portal.customer(), input)),
    writeMessage: answering('writeMessage', (input) => contracts.threads.writeMessage(portal.customer(), input)),
    markThreadRead: answering('markThreadRead', (input) => contracts.threads.markThreadRead(portal.customer(), input)),
    setThreadState: answering('setThreadState', (input) => contracts.threads.setThreadState(portal.customer(), input)),
    listServiceRequests: answering('listServiceRequests', () => contracts.requests.listServiceRequests(portal.customer())),
    getServiceRequest: answering('getServiceRequest', (input) => contracts.requests.getServiceRequest(portal.customer(), input)),
    sendServiceRequest: answering('sendServiceRequest', (input) => contracts.requests.sendServiceRequest(portal.customer(), input)),
    answerServiceRequest: answering('answerServiceRequest', (input) => contracts.requests.answerServiceRequest(portal.customer(), input)),
    withdrawServiceRequest: answering('withdrawServiceRequest', (input) => contracts.requests.withdrawServiceRequest(portal.customer(), input)),
    removeAttachment: answering('removeAttachment', (input) => contracts.invoices.attachments.removeAttachment(portal.customer(), input)),
    describePayment: answering('describePayment', (input) => contracts.payments.describePayment(portal.customer(), input)),
    startPayment: answering('startPayment', (input) => contracts.payments.startPayment(portal.customer(), input)),
    listPayments: answering('listPayments', (input) => contracts.payments.listPayments(portal.customer(), input)),
    getPayment: answering('getPayment', (input) => contracts.payments.getPayment(portal.customer(), input)),
    returnFromPayment: answering('returnFromPayment', (input) => contracts.payments.returnFromPayment(portal.customer(), input)),
    cancelPayment: answering('cancelPayment', (input) => contracts.payments.cancelPayment(portal.customer(), input)),
    getPaymentMeans: answering('getPaymentMeans', (input) => contracts.paymentMeans.getPaymentMeans(portal.customer(), input)),
    signMandate: answering('signMandate', (input) => contracts.paymentMeans.signMandate(portal.customer(), input, () => portal.confirmedCustomer(input.currentPassword))),
    revokeMandate: answering('revokeMandate', (input) => contracts.paymentMeans.revokeMandate(portal.customer(), input)),
    changeInstalments: answering('changeInstalments', (input) => contracts.paymentMeans.changeInstalments(portal.customer(), input)),
    requestPaymentPlan: answering('requestPaymentPlan', (input) => contracts.paymentMeans.requestPaymentPlan(portal.customer(), input)),
    withdrawPaymentPlan: answering('withdrawPaymentPlan', (input) => contracts.paymentMeans.withdrawPaymentPlan(portal.customer(), input)),
    describeTariffs: answering('describeTariffs', () => referenceTariffs),
    listTempoDays: answering('listTempoDays', (input) => tempoDaysOf(options.signals ?? {}, input, clock(), utility.timeZone)),
    getEcowatt: answering('getEcowatt', () => ecowattOf(options.signals ?? {}, clock(), utility.timeZone)),
    describeTerritory: answering('describeTerritory', () => territory),
    describeAccess: answering('describeAccess', () => ({ ...signUps.describeAccess(), passkeys: true })),
    getChallenge: answering('getChallenge', () => signUps.getChallenge()),
    checkIdentifier: answering('checkIdentifier', (input) => signUps.checkIdentifier(input)),
    startSignUp: answering('startSignUp', (input) => signUps.startSignUp(input)),
    getSignUp: answering('getSignUp', (input) => signUps.getSignUp(input)),
    submitSignUp: answering('submitSignUp', (input) => signUps.submitSignUp(input)),
    resendSignUpCode: answering('resendSignUpCode', (input) => signUps.resendSignUpCode(input)),
    confirmSignUp: answering('confirmSignUp', (input) => portal.openSessionOf(signUps.confirmSignUp(input))),
    requestPasswordReset: answering('requestPasswordReset', (input) => recovery.requestPasswordReset(input)),
    resetPassword: answering('resetPassword', (input) => portal.openSessionOf(recovery.resetPassword(input))),
    requestIdentifier: answering('requestIdentifier', (input) => recovery.requestIdentifier(input)),
    extendSession: answering('extendSession', () => portal.extendSession()),
    getContract: answering('getContract', (input) => contracts.getContract(portal.customer(), input)),
    addContract: answering('addContract', (input) => contracts.addContract(portal.customer(), input)),
    listAccess: answering('listAccess', (input) => contracts.listAccess(portal.customer(), input)),
    inviteAccess: answering('inviteAccess', (input) => contracts.inviteAccess(portal.customer(), input)),
    revokeAccess: answering('revokeAccess', (input) => contracts.revokeAccess(portal.customer(), input)),
    acceptAccess: answering('acceptAccess', (input) => contracts.acceptAccess(portal.customer(), input)),
    getProfile: answering('getProfile', () => profiles.getProfile(portal.customer())),
    updateProfile: answering('updateProfile', (input) => profiles.updateProfile(portal.customer(), input)),
    changeIdentifier: answering('changeIdentifier', (input) => profiles.changeIdentifier(portal.customer(), input)),
    changePassword: answering('changePassword', (input) => profiles.changePassword(portal.customer(), input)),
    startEmailChange: answering('startEmailChange', (input) => profiles.startEmailChange(portal.customer(), input)),
    confirmEmailChange: answering('confirmEmailChange', (input) => profiles.confirmEmailChange(portal.customer(), input)),
    cancelEmailChange: answering('cancelEmailChange', () => profiles.cancelEmailChange(portal.customer())),
    changeAddress: answering('changeAddress', (input) => profiles.changeAddress(portal.customer(), input)),
    withdrawRequest: answering('withdrawRequest', (input) => profiles.withdrawRequest(portal.customer(), input)),
    listDevices: answering('listDevices', () => profiles.listDevices(portal.customer())),
    endDevice: answering('endDevice', (input) => profiles.endDevice(portal.customer(), input)),
    endOtherDevices: answering('endOtherDevices', () => profiles.endOtherDevices(portal.customer())),
    listActivity: answering('listActivity', (input) => profiles.listActivity(portal.customer(), input)),
    exportData: answering('exportData', () => profiles.exportData(portal.customer())),
    closeAccount: answering('closeAccount', (input) => profiles.closeAccount(portal.customer(), input)),
    startPasskeySignIn: answering('startPasskeySignIn', () => passkeys.startPasskeySignIn()),
    signInWithPasskey: answering('signInWithPasskey', (input) => portal.openByPasskey(passkeys.signInWithPasskey(input), input.remember)),
    listPasskeys: answering('listPasskeys', () => passkeys.listPasskeys(portal.customer())),
    startPasskey: answering('startPasskey', (input) => passkeys.startPasskey(portal.confirmedCustomer(input.currentPassword))),
    addPasskey: answering('addPasskey', (input) => passkeys.addPasskey(portal.customer(), input)),
    removePasskey: answering('removePasskey', (input) => passkeys.removePasskey(portal.customer(), input)),
    getOutageBoard: answering('getOutageBoard', () => alerts.getOutageBoard()),
    getOutageMap: answering('getOutageMap', () => alerts.getOutageMap()),
    listConcerns: answering('listConcerns', () => alerts.listConcerns(portal.customer())),
    reportOutage: answering('reportOutage', (input) => alerts.reportOutage(portal.whoAmI().state === 'signed-in' ? portal.customer() : undefined, input)),
    describeAlerts: answering('describeAlerts', () => alerts.describeAlerts()),
    getAlertSettings: answering('getAlertSettings', () => alerts.getAlertSettings(portal.customer())),
    updateAlertSettings: answering('updateAlertSettings', (input) => alerts.updateAlertSettings(portal.customer(), input)),
    addPushDevice: answering('addPushDevice', (input) => alerts.addPushDevice(portal.customer(), input)),
    removePushDevice: answering('removePushDevice', (input) => alerts.removePushDevice(portal.customer(), input)),
    followAlerts: answering('followAlerts', (input) => alerts.followAlerts(input)),
    unfollowAlerts: answering('unfollowAlerts', () => ({})),
    giveMedicalNeed: answering('giveMedicalNeed', (input) => alerts.giveMedicalNeed(portal.customer(), input)),
    withdrawMedicalNeed: answering('withdrawMedicalNeed', (input) => alerts.withdrawMedicalNeed(portal.customer(), input)),
  };

  /** What is between an element and any portal: the time it takes, and what can go wrong on the way. */
  function answering<I>(operation: OperationName, answer: (input: I) => unknown): (input: I, context: { signal?: AbortSignal }) => Promise<unknown> {
    return async (input, { signal }) => {
      await pause(latencyMs, signal);
      return faults.pass(operation, () => traced(operation, input, answer, portal, profiles), signal);
    };
  }

  const controls: SandboxControls = {
    setPersona: (persona) => (persona === null ? portal.closeSession() : portal.openSession(persona)),
    expireSession: () => portal.closeSession(),
    setFault: (operation, fault) => faults.set(operation, fault),
    clearFaults: () => faults.clear(),
    setLatency: (milliseconds) => void (latencyMs = milliseconds),
    setNow: (now) => void (stoppedAt = now),
    activateConsents: (meterId) => contracts.decideConsents(meterId, 'active'),
    failConsents: (meterId, reason) => contracts.decideConsents(meterId, reason),
    setPaymentOutcome: (outcome) => contracts.payments.setOutcome(outcome),
    notifyPayment: (paymentId, outcome) => contracts.payments.notify(paymentId, outcome),
    answerPaymentPlan: (planId, state, words) => contracts.paymentMeans.answer(planId, state, words ?? null),
    checkReading: (...decided) => contracts.readings.check(...decided),
    changeRequest: (...changed) => contracts.requests.change(...changed),
    answerMessage: (...answered) => contracts.threads.answer(...answered),
    answerDispute: (contractId, invoiceId, words) => contracts.invoices.answerDispute(portal.customer(), contractId, invoiceId, words),
    tellOutage: (...told) => alerts.tell(...told),
    setOutages: (scenario) => alerts.set(scenario),
    mails: () => mailbox.mails,
  };
  /** As the server does: first where now is, then each change as it happens. */
  async function* followChanges(input: Input<'listChanges'>, { signal }: CallContext): AsyncGenerator<Changes> {
    let after = input.after;
    for (let begins = true; ; begins = false) {
      const noted = portal.changes.noted(signal);
      const changes = (await handlers.listChanges({ after }, signal ? { signal } : {})) as Changes;
      after = changes.cursor;
      if (begins || changes.isReset || changes.changes.length > 0) yield changes;
      await noted;
    }
  }
  return Object.assign(defineAdapter(handlers, { listChanges: followChanges }), { controls });
}

