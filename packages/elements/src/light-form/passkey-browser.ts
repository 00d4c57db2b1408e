/** What the browser does with passkeys; the portal's questions and its answers pass through unread. */
import type { PasskeyChallenge, WebAuthnJson } from '@oya/contract';

/** What kept a device from answering: the person, a passkey that it has already, a lack of its own, or the browser. */
export type PasskeyFault = 'cancelled' | 'known' | 'unable' | 'blocked';

/** A challenge is good for five minutes: whoever looks for their glasses gets another. */
const FRESH_MS = 4 * 60_000;

const FAULTS: Readonly<Record<string, PasskeyFault>> = { NotAllowedError: 'cancelled', InvalidStateError: 'known', NotSupportedError: 'unable', ConstraintError: 'unable' };

export interface Asked extends PasskeyChallenge {
  readonly at: number;
}

/** Old browsers, and pages that are not secure, have no passkeys. */
export function hasPasskeys(): boolean {
  return isSecureContext && 'parseCreationOptionsFromJSON' in (window.PublicKeyCredential ?? {});
}

export function isFresh(asked: Asked | undefined): asked is Asked {
  return asked !== undefined && Date.now() - asked.at < FRESH_MS;
}

/** @throws DOMException; `faultOf` tells what it means */
export async function makePasskey({ options }: PasskeyChallenge): Promise<WebAuthnJson> {
  return jsonOf(await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never) }));
}

/** @throws DOMException; `faultOf` tells what it means */
export async function usePasskey({ options }: PasskeyChallenge, more: Pick<CredentialRequestOptions, 'mediation' | 'signal'> = {}): Promise<WebAuthnJson> {
  return jsonOf(await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never), ...more }));
}

export function faultOf(thrown: unknown): PasskeyFault {
  return FAULTS[(thrown as DOMException).name] ?? 'blocked';
}

/** Managers of passwords that stand in for the browser may give nothing, or what is not theirs to give. */
function jsonOf(credential: Credential | null): WebAuthnJson {
  if (credential === null) throw new DOMException('no passkey', 'NotAllowedError');
  return (credential as PublicKeyCredential).toJSON() as unknown as WebAuthnJson;
}
