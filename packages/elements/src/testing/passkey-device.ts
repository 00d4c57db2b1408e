/** A browser's passkeys, for tests and stories: it stands in for what asks the person, and does as it is told. */

type Static = 'isUserVerifyingPlatformAuthenticatorAvailable' | 'isConditionalMediationAvailable';

export interface DeviceOptions {
  /** The device itself can have passkeys. */
  readonly platform?: boolean;
  /** The browser suggests them in fields. */
  readonly suggests?: boolean;
  /** What comes of being asked, instead of an answer: the name of a `DOMException`, or never anything. */
  readonly fails?: string | 'silent';
}

export class PasskeyDevice {
  /** How often it was asked to make one, or to use one by a button or in a field. */
  readonly asked = { create: 0, get: 0, field: 0 };
  /** How often waiting in a field was ended. */
  aborted = 0;
  fails: string | undefined;
  readonly #ids: string[] = [];
  readonly #statics = new Map<Static, unknown>();
  #suggested: (() => void) | undefined;

  constructor({ platform = true, suggests = true, fails }: DeviceOptions = {}) {
    this.fails = fails;
    this.#replace('isUserVerifyingPlatformAuthenticatorAvailable', platform);
    this.#replace('isConditionalMediationAvailable', suggests);
    const own = {
      create: (options: CredentialCreationOptions) => this.#create(options),
      get: (options: CredentialRequestOptions) => this.#get(options),
    };
    for (const [name, value] of Object.entries(own)) Object.defineProperty(navigator.credentials, name, { value, configurable: true });
  }

  get isWaitingInField(): boolean {
    return this.#suggested !== undefined;
  }

  /** The person picks the passkey that the browser suggests in the field. */
  pickInField(): void {
    this.#suggested?.();
  }

  /** The browser has its own back. */
  remove(): void {
    for (const [name, value] of this.#statics) Object.defineProperty(PublicKeyCredential, name, { value, configurable: true, writable: true });
    for (const name of ['create', 'get']) Reflect.deleteProperty(navigator.credentials, name);
  }

  async #create({ publicKey }: CredentialCreationOptions): Promise<unknown> {
    this.asked.create++;
    await this.#fail();
    const id = encode(crypto.getRandomValues(new Uint8Array(16)));
    this.#ids.push(id);
    return credential(id, 'webauthn.create', publicKey?.challenge);
  }

  async #get({ publicKey, mediation, signal }: CredentialRequestOptions): Promise<unknown> {
    if (mediation === 'conditional') await this.#picked(signal);
    else {
      this.asked.get++;
      if (this.isWaitingInField) throw new DOMException('A request is already pending.', 'OperationError');
      await this.#fail();
    }
    return credential(this.#ids.at(-1) ?? 'unknown', 'webauthn.get', publicKey?.challenge);
  }

  #picked(signal: AbortSignal | null | undefined): Promise<void> {
    this.asked.field++;
    return new Promise((resolve, reject) => {
      const picked = () => {
        this.#suggested = undefined;
        resolve();
      };
      this.#suggested = picked;
      signal?.addEventListener('abort', () => {
        this.aborted++;
        if (this.#suggested === picked) this.#suggested = undefined;
        reject(signal.reason as Error);
      });
    });
  }

  async #fail(): Promise<void> {
    if (this.fails === 'silent') await new Promise(() => {});
    if (this.fails !== undefined) throw new DOMException('as the test wants it', this.fails);
  }

  #replace(name: Static, answer: boolean): void {
    this.#statics.set(name, PublicKeyCredential[name]);
    Object.defineProperty(PublicKeyCredential, name, { value: () => Promise.resolve(answer), configurable: true, writable: true });
  }
}

function credential(id: string, type: string, challenge: BufferSource | undefined) {
  const clientDataJSON = encode(new TextEncoder().encode(JSON.stringify({ type, challenge: encode(new Uint8Array(challenge as ArrayBuffer)), origin: location.origin })));
  return { toJSON: () => ({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON } }) };
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
