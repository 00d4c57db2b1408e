import { whoAmI } from '@oya/contract';
import type { PortalError, Session } from '@oya/contract';
import { newIdempotencyKey, OyaSignedInEvent, OyaSignedOutEvent, Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { OyaLightForm, type Refusal } from '../light-form/light-form.ts';
import { loginMessages } from './login.messages.ts';
import { loginStyles } from './login.styles.ts';

const FIELDS = ['login', 'password'] as const;

/**
 * Signs the customer in with an identifier or an e-mail address, and out again. It stands in the light DOM, where password
 * managers and browsers find its fields; its styles hold against those of the host page.
 *
 * What is typed stays in the fields whatever happens, and is read from the form when it is sent, once.
 *
 * @summary Sign-in form; once signed in, the customer's name and the way out.
 * @placeholder 23.5rem
 * @event {OyaSignedInEvent} oya-signed-in - The customer has signed in.
 * @event {OyaSignedOutEvent} oya-signed-out - The customer has signed out.
 */
export class OyaLogin extends OyaLightForm {
  static override readonly messages = loginMessages;
  static override readonly lightStyles = loginStyles;

  @state() private signOutFailure: PortalError | undefined;

  readonly #session = new Resource(this, whoAmI, () => ({}));
  /** Names the intent to sign in with what is typed: the same for each try, until an answer comes or the words change. */
  #intent = newIdempotencyKey();
  #shownView: Session['state'] | undefined;

  protected override renderReady(): unknown {
    const session = this.#session.data;
    return session?.state === 'signed-in' ? this.#signedIn(session.customer.displayName) : this.#signedOut();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const view = this.#session.data?.state;
    if (view === this.#shownView) return;
    const hadFocus = this.matches(':focus-within');
    const first = this.#shownView === undefined;
    this.#shownView = view;
    this.#begin();
    if (first || !view) return;
    // The form or the button that had the focus goes away: the focus goes to what comes in its place.
    if (hadFocus) this.focusOn('.title');
    if (view === 'signed-out' && !this.client?.sessionExpired.value) this.announcement = this.words(loginMessages)('signed-out.text');
  }

  #signedOut(): TemplateResult {
    const t = this.words(loginMessages);
    const expired = this.client?.sessionExpired.value ?? false;
    const forgotten = this.link('forgotten-password', t('forgotten'));
    const signup = this.link('signup', t('signup'));
    return html`<div class="view">
      ${this.heading(t('title'))} ${expired ? this.#expiredNotice() : nothing} ${this.summary()}
      <form method="post" novalidate @submit=${this.#submit} @input=${this.#onInput}>
        ${this.field({ name: 'login', label: t('login.label'), autocomplete: 'username', maxlength: 254 })}
        ${this.passwordField({ name: 'password', label: t('password.label'), autocomplete: 'current-password' })}
        ${this.submitButton(t('submit'), t('sending'))}
      </form>
      ${forgotten === nothing && signup === nothing ? nothing : html`<p class="ways">${forgotten} ${signup}</p>`} ${this.status()}
    </div>`;
  }

  #expiredNotice(): TemplateResult {
    return html`<div class="notice">
      <p class="notice-title">${this.core('expired.title')}</p>
      <p>${this.core('expired.text')}</p>
    </div>`;
  }

  #signedIn(name: string): TemplateResult {
    const t = this.words(loginMessages);
    return html`<div class="view">
      ${this.heading(t('hello', { name }))}
      <p class="soft">${t('signed-in.text')}</p>
      ${this.signOutFailure ? this.#signOutNotice(this.signOutFailure) : nothing}
      <div class="actions">
        ${this.link('space', t('space'), 'button primary')}
        <button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${this.#signOut}>
          ${this.sending ? t('signing-out') : t('sign-out')}
        </button>
      </div>
      ${this.status()}
    </div>`;
  }

  #signOutNotice(error: PortalError): TemplateResult {
    const t = this.words(loginMessages);
    return html`<div class="notice error" role="alert">
      ${this.heading(t('sign-out.failed'), 'notice-title', 1)}
      <p>${this.core(`error.${error.kind}.title`)}. ${this.core(`error.${error.kind}.text`)}</p>
      ${error.requestId ? html`<p class="reference">${this.core('reference', { reference: error.requestId })}</p>` : nothing}
    </div>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client, form } = this;
    if (this.sending || !client || !form) return;
    const data = new FormData(form);
    const input = { login: String(data.get('login') ?? ''), password: String(data.get('password') ?? '') };
    const empty = FIELDS.filter((name) => (name === 'login' ? input.login.trim() : input.password) === '');
    if (empty.length > 0) {
      const t = this.words(loginMessages);
      this.refuse({ title: t('fields.title'), fields: new Map(empty.map((name) => [name, t(`${name}.empty`)])) });
      return;
    }
    this.sending = true;
    this.refusal = undefined;
    this.hidePasswords();
    this.announcement = this.words(loginMessages)('sending');
    try {
      await client.signIn(input, this.#intent);
      this.dispatchEvent(new OyaSignedInEvent());
    } catch (thrown) {
      const error = thrown as PortalError;
      // A portal that could not be reached may have got the request all the same: the next try is the same intent.
      if (!error.retryable || error.kind === 'rate-limited') this.#intent = newIdempotencyKey();
      this.refuse(this.#refusalOf(error));
    } finally {
      this.sending = false;
    }
  };

  readonly #signOut = async (): Promise<void> => {
    const { client } = this;
    if (this.sending || !client) return;
    this.sending = true;
    this.signOutFailure = undefined;
    this.announcement = this.words(loginMessages)('signing-out');
    try {
      await client.signOut();
      this.dispatchEvent(new OyaSignedOutEvent());
    } catch (thrown) {
      this.signOutFailure = thrown as PortalError;
      this.announcement = '';
    } finally {
      this.sending = false;
    }
  };

  readonly #onInput = (): void => {
    this.#intent = newIdempotencyKey();
  };

  #refusalOf(error: PortalError): Refusal {
    const t = this.words(loginMessages);
    if (error.kind === 'unauthenticated') {
      return { title: t('wrong.title'), text: t('wrong.text'), action: this.link('forgotten-password', t('wrong.forgotten')), error };
    }
    const fields = error.kind === 'invalid' ? FIELDS.filter((name) => error.fields.some(({ path }) => path === name)) : [];
    return { ...this.failureWords(error), fields: new Map(fields.map((name) => [name, t(`${name}.invalid`)])), error };
  }

  /** A view begins with nothing of the one before. */
  #begin(): void {
    this.forget();
    this.signOutFailure = undefined;
    this.#intent = newIdempotencyKey();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-login': OyaLogin;
  }
}
