import { addPasskey, parseInput, PortalError, removePasskey, signInWithPasskey, type Input, type Instant, type Page, type Passkey, type PasskeyChallenge, type WebAuthnJson } from '@oya/contract';
import { findPersona, personaPasskeys, type Persona } from '@oya/personas';
import type { Accounts } from './accounts.ts';
import type { Mailbox } from './mailbox.ts';

const LASTS_MS = 5 * 60_000;
const MOST = 10;

interface Asked {
  readonly challenge: string;
  readonly until: number;
  /** Who makes one; nobody signs in yet. */
  readonly persona: Persona | undefined;
}

interface Kept {
  readonly personaId: string;
  /** What the browser calls it; those that were there from the start are in no browser. */
  readonly credentialId: string | undefined;
  passkey: Passkey;
}

/**
 * The passkeys of one utility's sandbox portal: the browser makes real ones, for the address of the page. That they answer
 * the challenge is checked; their signature is not, as it is the sandbox's own visitor who would forge it.
 */
export class Passkeys {
  readonly #accounts: Accounts;
  readonly #mailbox: Mailbox;
  readonly #clock: () => Instant;
  readonly #utilityName: string;
  readonly #asked = new Map<string, Asked>();
  #kept: Kept[];

  constructor(accounts: Accounts, mailbox: Mailbox, clock: () => Instant, utilityName: string) {
    this.#accounts = accounts;
    this.#mailbox = mailbox;
    this.#clock = clock;
    this.#utilityName = utilityName;
    this.#kept = personaPasskeys.map(({ personaId, ...passkey }) => ({ personaId, credentialId: undefined, passkey }));
  }

  startPasskeySignIn(): PasskeyChallenge {
    return this.#ask(undefined, { userVerification: 'required' });
  }

  /** @returns whose session is to be opened */
  signInWithPasskey(input: Input<'signInWithPasskey'>): Persona {
    const { challengeId, credential } = parseInput(signInWithPasskey, input);
    const answers = this.#answers(challengeId, undefined, credential, 'webauthn.get');
    const kept = this.#kept.find(({ credentialId }) => credentialId !== undefined && credentialId === credential['id']);
    if (!answers || !kept) throw new PortalError('unauthenticated', { code: 'passkey-refused', detail: 'the passkey is unknown, or its answer is wrong or late' });
    kept.passkey = { ...kept.passkey, lastUsedAt: this.#clock() };
    return findPersona(kept.personaId);
  }

  listPasskeys(persona: Persona): Page<Passkey> {
    return { items: this.#of(persona).map(({ passkey }) => passkey) };
  }

  startPasskey(persona: Persona): PasskeyChallenge {
    const own = this.#of(persona);
    if (own.length >= MOST) throw tooMany();
    return this.#ask(persona, {
      rp: { name: this.#utilityName },
      user: { id: encode(new TextEncoder().encode(persona.id)), name: this.#accounts.ofPersona(persona)?.login, displayName: persona.customer.displayName },
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: own.flatMap(({ credentialId }) => (credentialId === undefined ? [] : [{ type: 'public-key', id: credentialId }])),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    });
  }

  addPasskey(persona: Persona, input: Input<'addPasskey'>): Passkey {
    const { challengeId, credential, label } = parseInput(addPasskey, input);
    const answers = this.#answers(challengeId, persona, credential, 'webauthn.create');
    const credentialId = credential['id'];
    if (!answers || typeof credentialId !== 'string' || this.#kept.some((kept) => kept.credentialId === credentialId)) {
      throw new PortalError('invalid', { code: 'passkey-refused', detail: 'the answer is wrong or late', fields: [{ path: 'credential', code: 'refused' }] });
    }
    if (this.#of(persona).length >= MOST) throw tooMany();
    const passkey = { id: crypto.randomUUID(), label, createdAt: this.#clock(), lastUsedAt: null, synced: false };
    this.#kept.unshift({ personaId: persona.id, credentialId, passkey });
    this.#tell(persona, 'Une clé d’accès ouvre maintenant votre espace');
    return passkey;
  }

  removePasskey(persona: Persona, input: Input<'removePasskey'>): Page<Passkey> {
    const { passkeyId } = parseInput(removePasskey, input);
    if (!this.#of(persona).some(({ passkey }) => passkey.id === passkeyId)) throw new PortalError('not-found', { detail: `there is no passkey "${passkeyId}" for this customer` });
    this.#kept = this.#kept.filter(({ passkey }) => passkey.id !== passkeyId);
    this.#tell(persona, 'Une clé d’accès n’ouvre plus votre espace');
    return this.listPasskeys(persona);
  }

  #of({ id }: Persona): readonly Kept[] {
    return this.#kept.filter(({ personaId }) => personaId === id);
  }

  /** The domain is the browser's to say: that of the page. */
  #ask(persona: Persona | undefined, options: WebAuthnJson): PasskeyChallenge {
    const id = crypto.randomUUID();
    const challenge = encode(crypto.getRandomValues(new Uint8Array(32)));
    this.#asked.set(id, { challenge, persona, until: Date.parse(this.#clock()) + LASTS_MS });
    return { id, options: { ...options, challenge, timeout: LASTS_MS } };
  }

  /** Whether it answers what was asked, which is thereby over. */
  #answers(challengeId: string, persona: Persona | undefined, credential: WebAuthnJson, type: string): boolean {
    const asked = this.#asked.get(challengeId);
    this.#asked.delete(challengeId);
    try {
      const { clientDataJSON } = credential['response'] as { clientDataJSON: string };
      const said = JSON.parse(atob(clientDataJSON.replaceAll('-', '+').replaceAll('_', '/'))) as { type: string; challenge: string };
      return asked !== undefined && asked.persona?.id === persona?.id && asked.until > Date.parse(this.#clock()) && said.type === type && said.challenge === asked.challenge;
    } catch {
      return false;
    }
  }

  #tell(persona: Persona, subject: string): void {
    const account = this.#accounts.ofPersona(persona);
    if (account) this.#mailbox.send({ to: account.email, subject });
  }
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function tooMany(): PortalError {
  return new PortalError('conflict', { code: 'too-many-passkeys', detail: `an account has ${MOST} passkeys at the most` });
}
