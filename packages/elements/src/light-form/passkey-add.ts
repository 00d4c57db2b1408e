import { addPasskey, listPasskeys, startPasskey, type Passkey, type PortalError, type WebAuthnJson } from '@oya/contract';
import { Intent, newIdempotencyKey } from '@oya/core';
import { html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { lightFormStyles } from './light-form.styles.ts';
import { OyaLightForm, type Refusal } from './light-form.ts';
import { passkeyAddMessages } from './passkey-add.messages.ts';
import { faultOf, isFresh, makePasskey, type Asked, type PasskeyFault } from './passkey-browser.ts';

const TAG = 'oya-passkey-add';

/**
 * Makes a passkey. The portal is asked as it opens, so that it is known whether it wants the password, and so that the device
 * is asked at once when the form is sent: some browsers allow it only then. Part of elements that offer it.
 */
export class OyaPasskeyAdd extends OyaLightForm {
  static override readonly messages = passkeyAddMessages;
  static override readonly lightStyles = `${lightFormStyles(TAG)}
${TAG} .notice-title:focus {
  outline: none;
}`;

  @property({ attribute: false }) onAdded: ((passkey: Passkey) => void) | undefined;
  @property({ attribute: false }) onLeave: (() => void) | undefined;

  @state() private needsPassword = false;

  #hasAsked = false;
  #asked: Asked | undefined;
  /** Made, and not kept by the portal yet: a failure on the way does not make the device do it again. */
  #made: { readonly challengeId: string; readonly credential: WebAuthnJson } | undefined;
  readonly #intent = new Intent();

  protected override renderReady(): unknown {
    const t = this.words(passkeyAddMessages);
    return html`<div class="view">
      ${this.heading(t('title'), 'notice-title', 1)}
      <p>${t('text')}</p>
      ${this.summary()}
      <form method="post" novalidate @submit=${this.#submit}>
        ${this.field({ name: 'label', label: t('label.label'), hint: t('label.hint'), autocomplete: 'off', maxlength: 60, value: this.#ownDevice() })}
        ${this.needsPassword ? this.passwordField({ name: 'password', label: t('password.label'), hint: t('password.hint'), autocomplete: 'current-password' }) : nothing}
        <div class="actions">
          ${this.submitButton(t('submit'), t('sending'))}
          <button type="button" class="button" @click=${() => this.onLeave?.()}>${t('cancel')}</button>
        </div>
      </form>
      ${this.status()}
    </div>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#hasAsked || this.state !== 'ready') return;
    this.#hasAsked = true;
    this.focusOn('.notice-title');
    void this.#ask().catch((thrown: unknown) => this.refuse(this.#refusalOf(thrown as PortalError)));
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client, form } = this;
    if (this.sending || !client || !form) return;
    const t = this.words(passkeyAddMessages);
    const data = new FormData(form);
    const [label, password] = ['label', 'password'].map((name) => String(data.get(name) ?? '')) as [string, string];
    const asksForPassword = this.needsPassword && !isFresh(this.#asked);
    const empty = [...(label.trim() === '' ? ['label' as const] : []), ...(asksForPassword && password === '' ? ['password' as const] : [])];
    if (empty.length > 0) return this.refuse({ title: t('fields.title'), fields: new Map(empty.map((name) => [name, t(`${name}.empty`)])) });
    this.sending = true;
    this.refusal = undefined;
    this.hidePasswords();
    this.announcement = t('sending');
    try {
      if (!this.#made) {
        const asked = isFresh(this.#asked) ? this.#asked : await this.#ask(this.needsPassword ? password : undefined);
        if (!asked) return this.focusOn('[name=password]');
        this.#made = { challengeId: asked.id, credential: await deviceOf(makePasskey(asked)) };
      }
      const input = { ...this.#made, label };
      const passkey = await this.#intent.send(input, (key) => client.write(addPasskey, input, key));
      this.#asked = undefined;
      this.#made = undefined;
      await client.queries.invalidateQueries({ queryKey: [listPasskeys.name] });
      this.onAdded?.(passkey);
    } catch (thrown) {
      this.refuse(this.#refusalOf(thrown as PortalError | DeviceFault));
    } finally {
      this.sending = false;
    }
  };

  /**
   * Asks the portal for a challenge.
   * @returns `undefined` where it wants the password first, which is then asked for
   */
  async #ask(currentPassword?: string): Promise<Asked | undefined> {
    try {
      const challenge = await this.client?.write(startPasskey, { ...(currentPassword !== undefined && { currentPassword }) }, newIdempotencyKey());
      this.#asked = challenge && { ...challenge, at: Date.now() };
      return this.#asked;
    } catch (thrown) {
      if ((thrown as PortalError).code !== 'confirmation-needed') throw thrown;
      this.needsPassword = true;
      return undefined;
    }
  }

  #refusalOf(thrown: PortalError | DeviceFault): Refusal {
    const t = this.words(passkeyAddMessages);
    const words = (what: PasskeyFault | 'refused' | 'full') => ({ title: t(`${what}.title`), text: t(`${what}.text`) });
    if (thrown instanceof DeviceFault) return words(thrown.fault);
    const isAtFault = (path: string) => thrown.fields.some((field) => field.path === path);
    if (isAtFault('currentPassword')) return { title: t('fields.title'), fields: new Map([['password', t('password.wrong')]]) };
    if (isAtFault('label')) return { title: t('fields.title'), fields: new Map([['label', t('label.invalid')]]) };
    if (thrown.retryable) return { ...this.failureWords(thrown), error: thrown };
    // The challenge is used up, and so is what was made for it.
    this.#asked = undefined;
    this.#made = undefined;
    if (thrown.kind === 'conflict') return words('full');
    return isAtFault('credential') ? words('refused') : { ...this.failureWords(thrown), error: thrown };
  }

  /** What most people would call the device they hold. */
  #ownDevice(): string {
    const t = this.words(passkeyAddMessages);
    const { userAgent, maxTouchPoints } = navigator;
    // An iPad says that it is a Mac, but has no Mac's screen.
    const name = /iPhone|iPad|Macintosh|CrOS/.exec(userAgent)?.[0];
    if (name === 'Macintosh') return t('own.named', { name: maxTouchPoints > 1 ? 'iPad' : 'Mac' });
    if (name !== undefined) return t('own.named', { name: name === 'CrOS' ? 'Chromebook' : name });
    return t(userAgent.includes('Android') ? 'own.android' : userAgent.includes('Windows') ? 'own.windows' : 'own.other');
  }
}

/** The device, or the person, did not answer. */
class DeviceFault extends Error {
  readonly fault: PasskeyFault;

  constructor(fault: PasskeyFault) {
    super(fault);
    this.fault = fault;
  }
}

async function deviceOf<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    throw new DeviceFault(faultOf(thrown));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-passkey-add': OyaPasskeyAdd;
  }
}
