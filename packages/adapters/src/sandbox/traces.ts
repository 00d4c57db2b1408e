import { PortalError, type ActivityKind, type Contract, type OperationName } from '@oya/contract';
import type { Persona } from '@oya/personas';
import type { SandboxPortal } from './portal.ts';
import type { Profiles } from './profiles.ts';

/** Traces, in a customer's account, what the utility's people or machines did with a contract of theirs. */
export type TraceBeside = (customer: Persona | undefined, kind: ActivityKind, by: 'utility' | 'system', contractId: Contract['id'] | null) => void;

/** What leaves a trace in the account of whoever did it, where that is not the account's own doing. */
const TRACED: Partial<Record<OperationName, ActivityKind>> = {
  signIn: 'signed-in',
  signInWithPasskey: 'signed-in',
  confirmSignUp: 'account-created',
  resetPassword: 'password-reset',
  addPasskey: 'passkey-added',
  removePasskey: 'passkey-removed',
  addContract: 'contract-added',
  inviteAccess: 'access-given',
  acceptAccess: 'access-accepted',
  revokeAccess: 'access-taken-back',
  contestInvoice: 'invoice-contested',
  signMandate: 'mandate-signed',
  revokeMandate: 'mandate-revoked',
  changeInstalments: 'instalments-changed',
  sendReading: 'reading-sent',
  startThread: 'message-sent',
  writeMessage: 'message-sent',
  sendServiceRequest: 'request-sent',
  answerServiceRequest: 'request-completed',
  withdrawServiceRequest: 'request-withdrawn',
  requestPaymentPlan: 'payment-plan-asked',
  withdrawPaymentPlan: 'payment-plan-withdrawn',
  giveConsents: 'consent-given',
  withdrawConsent: 'consent-withdrawn',
  undoWithdrawal: 'consent-restored',
};

/** Performs an operation, and notes what was done, or tried in vain. */
export async function traced<I>(operation: OperationName, input: I, answer: (input: I) => unknown, portal: SandboxPortal, profiles: Profiles): Promise<unknown> {
  const kind = TRACED[operation];
  const leaving = operation === 'signOut' && portal.whoAmI().state === 'signed-in' ? portal.customer() : undefined;
  const { login = '', contractId, meterId } = (input ?? {}) as { login?: string; contractId?: string; meterId?: string };
  try {
    const answered = await answer(input);
    if (leaving) profiles.note(leaving, 'signed-out');
    if (kind && portal.whoAmI().state === 'signed-in') {
      const customer = portal.customer();
      const behind = portal.contracts.metersOf(customer).find(({ meter }) => meter.id === meterId)?.meter.contractId;
      const about = { contractId: contractId ?? behind ?? (operation === 'addContract' || operation === 'acceptAccess' ? (answered as { id: string }).id : null) };
      profiles.note(customer, kind, about);
      // The holder sees in their own account who reads their contract.
      const holder = operation === 'acceptAccess' && about.contractId !== null ? portal.contracts.holderOf(about.contractId) : undefined;
      if (holder) profiles.note(holder, kind, { ...about, by: { role: 'reader', name: customer.customer.displayName } });
    }
    return answered;
  } catch (thrown) {
    const error = PortalError.from(thrown);
    const known = operation === 'signIn' && error.kind === 'unauthenticated' ? portal.accounts.find(login)?.persona : undefined;
    if (known) profiles.note(known, 'sign-in-refused', { by: { role: 'unknown', name: null } });
    if (operation === 'addContract' && error.code === 'proof-refused') profiles.note(portal.customer(), 'proof-refused');
    throw thrown;
  }
}
