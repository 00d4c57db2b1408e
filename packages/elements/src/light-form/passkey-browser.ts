/** What the browser does with passkeys; the portal's questions and its answers pass through unread. */
import type { PasskeyChallenge, WebAuthnJson } from '@oya/contract';

/** What kept a device from answering: the person, a passkey that it has already, a lack of its own, or the browser. */
export type PasskeyFault = 'cancelled' | 'known' | 'unable' | 'blocked';

/** A challenge is good for five minutes: whoever looks for their glasses gets another. */
const FRESH_MS = 4 * 60_000;

const FAULTS: Readonly<Record<string, PasskeyFault>> = { NotAllowedError: 'cancelled', InvalidStateError: 'known', NotSupportedError: 'unable', ConstraintError: 'unable' };

/** The browser suggests passkeys in one field at a time, and not while it asks for something else. */
let waiting: AbortController | undefined;

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
  waiting?.abort();
  return jsonOf(await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never) }));
}

/** @throws DOMException; `faultOf` tells what it means */
export function usePasskey(asked: PasskeyChallenge): Promise<WebAuthnJson> {
  return get(asked);
}

/**
 * Waits until somebody picks what the browser suggests in a field with the token `webauthn`.
 * @param own ends the waiting; anything else that the page asks of the browser ends it too
 * @throws DOMException
 */
export function waitForPasskey(asked: PasskeyChallenge, own: AbortController): Promise<WebAuthnJson> {
  const answer = get(asked, { mediation: 'conditional', signal: own.signal });
  waiting = own;
  return answer;
}

export function faultOf(thrown: unknown): PasskeyFault {
  return FAULTS[(thrown as DOMException).name] ?? 'blocked';
}

async function get({ options }: PasskeyChallenge, more: CredentialRequestOptions = {}): Promise<WebAuthnJson> {
  waiting?.abort();
  return jsonOf(await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never), ...more }));
}

/** Managers of passwords that stand in for the browser may give nothing, or what is not theirs to give. */
function jsonOf(credential: Credential | null): WebAuthnJson {
  if (credential === null) throw new DOMException('no passkey', 'NotAllowedError');
  return (credential as PublicKeyCredential).toJSON() as unknown as WebAuthnJson;
}
