import { describeAccess, signInWithPasskey, startPasskeySignIn, type PortalError, type WebAuthnJson } from '@oya/contract';
import { newIdempotencyKey, OyaSignedInEvent, Resource } from '@oya/core';
import { html, nothing, type PropertyValues } from 'lit';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { faultOf, hasPasskeys, isFresh, usePasskey, waitForPasskey, type Asked } from '../light-form/passkey-browser.ts';
import { passkeyIcon } from '../light-form/passkey-icon.ts';
import { loginPasskeysMessages } from './passkeys.messages.ts';
import { loginPasskeysStyles } from './passkeys.styles.ts';

/**
 * Signing in with a passkey: by a button, or by what the browser suggests in the field of the identifier. Part of `oya-login`,
 * which fetches it where portal and browser have passkeys.
 */
export class OyaLoginPasskeys extends OyaLightForm {
  static override readonly messages = loginPasskeysMessages;
  static override readonly lightStyles = loginPasskeysStyles;

  readonly #access = new Resource(this, describeAccess, () => ({}), { blocking: false });
  #asked: Asked | undefined;
  /** The browser waits in the field, for as long as nothing else is under way. */
  #waiting: AbortController | undefined;
  #form: HTMLFormElement | null | undefined;

  /** There is nothing to keep room for. */
  protected override renderLoading(): unknown {
    return nothing;
  }

  protected override renderReady(): unknown {
    if (!this.#isOffered) return nothing;
    const t = this.words(loginPasskeysMessages);
    return html`<div class="view">
      <p class="or"><span class="line"></span>${t('or')}<span class="line"></span></p>
      ${this.summary()}
      <button type="button" class="button" aria-describedby=${this.idOf('hint')} aria-disabled=${this.sending ? 'true' : nothing} @click=${this.#useButton}>
        ${icon(passkeyIcon)}<span>${t(this.sending ? 'device.sending' : 'submit')}</span>
      </button>
      <p class="soft" id=${this.idOf('hint')}>${t('hint')}</p>
      ${this.status()}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#form !== undefined || !this.#isOffered) return;
    this.#form = this.closest('oya-login')?.querySelector('form') ?? null;
    this.#form?.addEventListener('focusin', this.#waitInField);
    this.#form?.addEventListener('submit', this.#stopWaiting);
    this.#form?.querySelector('[name=login]')?.setAttribute('autocomplete', 'username webauthn');
    void this.#waitInField();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopWaiting();
    this.#form?.removeEventListener('focusin', this.#waitInField);
    this.#form?.removeEventListener('submit', this.#stopWaiting);
    this.#form = undefined;
  }

  get #isOffered(): boolean {
    return hasPasskeys() && this.#access.data?.passkeys === true;
  }

  /** Browsers that can suggest passkeys in the field of the identifier, beside the passwords they keep. Again with each visit to the form, once a challenge is old. */
  readonly #waitInField = async (): Promise<void> => {
    if (this.sending || (this.#waiting && isFresh(this.#asked)) || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    this.#stopWaiting();
    const waiting = (this.#waiting = new AbortController());
    try {
      const asked = await this.#ask();
      if (waiting.signal.aborted || !this.isConnected) return;
      const credential = await waitForPasskey(asked, waiting);
      await this.#signIn(asked, credential);
    } catch {
      // Nobody asked for it: there is the button, and the password. It waits again at the next visit.
      if (this.#waiting === waiting) this.#waiting = undefined;
    }
  };

  readonly #stopWaiting = (): void => {
    this.#waiting?.abort();
    this.#waiting = undefined;
  };

  readonly #useButton = async (): Promise<void> => {
    if (this.sending) return;
    this.#stopWaiting();
    this.#begin('device.sending');
    try {
      const asked = isFresh(this.#asked) ? this.#asked : await this.#ask();
      let credential: WebAuthnJson;
      try {
        credential = await usePasskey(asked);
      } catch (thrown) {
        return this.#refuse(faultOf(thrown) === 'cancelled' ? 'cancelled' : 'blocked');
      }
      await this.#signIn(asked, credential);
    } catch (thrown) {
      const error = thrown as PortalError;
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  };

  async #ask(): Promise<Asked> {
    if (!this.client) throw new TypeError('no client');
    return (this.#asked = { ...(await this.client.write(startPasskeySignIn, {}, newIdempotencyKey())), at: Date.now() });
  }

  async #signIn({ id: challengeId }: Asked, credential: WebAuthnJson): Promise<void> {
    const { client } = this;
    if (!client) return;
    this.#asked = undefined;
    this.#begin('sending');
    const remember = (this.#form && new FormData(this.#form).has('remember')) ?? false;
    try {
      const session = await client.write(signInWithPasskey, { challengeId, credential, ...(remember && { remember }) }, newIdempotencyKey());
      client.takeSession(session);
      this.closest('oya-login')?.dispatchEvent(new OyaSignedInEvent());
    } catch (thrown) {
      const error = thrown as PortalError;
      if (error.kind === 'unauthenticated') this.#refuse('refused');
      else this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
      this.#waiting = undefined;
    }
  }

  #begin(what: 'sending' | 'device.sending'): void {
    this.sending = true;
    this.refusal = undefined;
    this.announcement = this.words(loginPasskeysMessages)(what);
  }

  #refuse(why: 'cancelled' | 'blocked' | 'refused'): void {
    const t = this.words(loginPasskeysMessages);
    this.refuse({ title: t(`${why}.title`), text: t(`${why}.text`) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-login-passkeys': OyaLoginPasskeys;
  }
}
