import { whoAmI } from '@oya/contract';
import type { PortalError, Session } from '@oya/contract';
import { IntentEvent, newIdempotencyKey, OyaElement, Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { loginMessages } from './login.messages.ts';
import { loginStyles } from './login.styles.ts';

/** The customer has signed in; elements of the same client already show their data. */
export class OyaSignedInEvent extends IntentEvent {
  constructor() {
    super('oya-signed-in');
  }
}

/** The customer has signed out by their own wish. */
export class OyaSignedOutEvent extends IntentEvent {
  constructor() {
    super('oya-signed-out');
  }
}

type FieldName = 'login' | 'password';
const FIELDS: readonly FieldName[] = ['login', 'password'];

/** Why the form came back: fields to look at again, or what the portal answered. */
interface Refusal {
  readonly fields: ReadonlyMap<FieldName, 'empty' | 'invalid'>;
  readonly error?: PortalError;
}

const LONGEST_DELAY_IN_SECONDS = 60;

let instances = 0;

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
export class OyaLogin extends OyaElement {
  static override readonly messages = loginMessages;
  static override readonly lightStyles = loginStyles;

  @state() private refusal: Refusal | undefined;
  @state() private sending = false;
  @state() private passwordShown = false;
  @state() private capsLock = false;
  @state() private announcement = '';
  @state() private signOutFailure: PortalError | undefined;
  @query('form') private readonly form!: HTMLFormElement | null;

  readonly #session = new Resource(this, whoAmI, () => ({}));
  readonly #id = `oya-login-${++instances}`;
  /** Names the intent to sign in with what is typed: the same for each try, until an answer comes or the words change. */
  #intent = newIdempotencyKey();
  #shownView: Session['state'] | undefined;
  #focusAfterUpdate: string | undefined;

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
    this.#forget();
    if (first || !view) return;
    // The form or the button that had the focus goes away: the focus goes to what comes in its place.
    if (hadFocus) this.#focusAfterUpdate = '.title';
    if (view === 'signed-out' && !this.client?.sessionExpired.value) this.announcement = this.words(loginMessages)('signed-out.text');
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.#focusAfterUpdate) return;
    const target = this.querySelector<HTMLElement>(this.#focusAfterUpdate);
    this.#focusAfterUpdate = undefined;
    if (!target) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus();
  }

  #signedOut(): TemplateResult {
    const t = this.words(loginMessages);
    const expired = this.client?.sessionExpired.value ?? false;
    const forgotten = this.link('forgotten-password', t('forgotten'));
    const signup = this.link('signup', t('signup'));
    return html`<div class="view">
      ${this.heading(t('title'))} ${expired ? this.#expiredNotice() : nothing} ${this.refusal ? this.#refusalSummary(this.refusal) : nothing}
      <form method="post" novalidate @submit=${this.#submit} @input=${this.#onInput}>
        ${this.#loginField()} ${this.#passwordField()}
        <button type="submit" class="button primary" aria-disabled=${this.sending ? 'true' : nothing}>
          ${this.sending ? t('sending') : t('submit')}
        </button>
      </form>
      ${forgotten === nothing && signup === nothing ? nothing : html`<p class="ways">${forgotten} ${signup}</p>`} ${this.#status()}
    </div>`;
  }

  #loginField(): TemplateResult {
    const t = this.words(loginMessages);
    const fault = this.refusal?.fields.get('login');
    return html`<div class="field">
      <label for=${this.#idOf('login')}>${t('login.label')}</label>
      ${fault ? this.#fieldError('login', t(`login.${fault}`)) : nothing}
      <input
        id=${this.#idOf('login')}
        name="login"
        type="text"
        autocomplete="username"
        autocapitalize="none"
        autocorrect="off"
        spellcheck="false"
        maxlength="254"
        required
        aria-invalid=${fault ? 'true' : nothing}
        aria-describedby=${fault ? this.#idOf('login-error') : nothing}
      />
    </div>`;
  }

  #passwordField(): TemplateResult {
    const t = this.words(loginMessages);
    const fault = this.refusal?.fields.get('password');
    const described = [fault ? this.#idOf('password-error') : '', this.capsLock ? this.#idOf('caps-lock') : ''].filter(Boolean).join(' ');
    return html`<div class="field">
      <label for=${this.#idOf('password')}>${t('password.label')}</label>
      ${fault ? this.#fieldError('password', t(`password.${fault}`)) : nothing}
      <div class="with-toggle">
        <input
          id=${this.#idOf('password')}
          name="password"
          type=${this.passwordShown ? 'text' : 'password'}
          autocomplete="current-password"
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          maxlength="1024"
          required
          aria-invalid=${fault ? 'true' : nothing}
          aria-describedby=${described || nothing}
          @keydown=${this.#readCapsLock}
          @keyup=${this.#readCapsLock}
          @blur=${() => (this.capsLock = false)}
        />
        <button type="button" class="button toggle" aria-pressed=${this.passwordShown ? 'true' : 'false'} @click=${this.#togglePassword}>
          ${icon(this.passwordShown ? 'eye-off' : 'eye')}
          <span>${t('password.show')} <span class="visually-hidden">${t('password.show.what')}</span></span>
        </button>
      </div>
      ${this.capsLock ? html`<p class="hint" id=${this.#idOf('caps-lock')}>${icon('alert')}<span>${t('caps-lock')}</span></p>` : nothing}
    </div>`;
  }

  #fieldError(name: FieldName, words: string): TemplateResult {
    return html`<p class="field-error" id=${this.#idOf(`${name}-error`)}>${icon('alert')}<span>${words}</span></p>`;
  }

  #expiredNotice(): TemplateResult {
    return html`<div class="notice">
      <p class="notice-title">${this.core('expired.title')}</p>
      <p>${this.core('expired.text')}</p>
    </div>`;
  }

  /** What went wrong, in front of the form and focused, with a link to each field to look at. */
  #refusalSummary({ fields, error }: Refusal): TemplateResult {
    const t = this.words(loginMessages);
    const [title, text] = error ? this.#wordsFor(error) : [t('fields.title'), nothing];
    return html`<div class="notice error summary" role="alert" tabindex="-1">
      ${this.heading(title, 'notice-title', 1)} ${text === nothing ? nothing : html`<p>${text}</p>`}
      ${fields.size === 0
        ? nothing
        : html`<ul>
            ${[...fields].map(
              ([name, fault]) =>
                html`<li>
                  <a href=${`#${this.#idOf(name)}`} @click=${(event: Event) => this.#goToField(event, name)}>${t(`${name}.${fault}`)}</a>
                </li>`,
            )}
          </ul>`}
      ${error?.kind === 'unauthenticated' ? this.link('forgotten-password', t('wrong.forgotten')) : nothing}
      ${error?.requestId ? html`<p class="reference">${this.core('reference', { reference: error.requestId })}</p>` : nothing}
    </div>`;
  }

  #wordsFor(error: PortalError): [title: string, text: string] {
    const t = this.words(loginMessages);
    switch (error.kind) {
      case 'unauthenticated':
        return [t('wrong.title'), t('wrong.text')];
      case 'rate-limited':
        return [t('limited.title'), this.#delay(error.retryAfterSeconds)];
      case 'offline':
        return [t('offline.title'), t('offline.text')];
      case 'timeout':
        return [t('timeout.title'), t('timeout.text')];
      case 'unavailable':
      case 'malformed':
        return [t('unavailable.title'), t('unavailable.text')];
      default:
        return [this.core(`error.${error.kind}.title`), this.core(`error.${error.kind}.text`)];
    }
  }

  #delay(seconds: number | undefined): string {
    const t = this.words(loginMessages);
    if (seconds === undefined || seconds <= 0) return t('limited.text');
    if (seconds <= LONGEST_DELAY_IN_SECONDS) return t('limited.seconds', { count: Math.ceil(seconds) });
    return t('limited.minutes', { count: Math.ceil(seconds / 60) });
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
      ${this.#status()}
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

  #status(): TemplateResult {
    return html`<p class="visually-hidden" role="status">${this.announcement}</p>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client, form } = this;
    if (this.sending || !client || !form) return;
    const data = new FormData(form);
    const input = { login: String(data.get('login') ?? ''), password: String(data.get('password') ?? '') };
    const empty = FIELDS.filter((name) => (name === 'login' ? input.login.trim() : input.password) === '');
    if (empty.length > 0) {
      this.#refuse({ fields: new Map(empty.map((name) => [name, 'empty'])) });
      return;
    }
    this.sending = true;
    this.refusal = undefined;
    // Browsers offer to keep only what stands in a password field.
    this.passwordShown = false;
    this.announcement = this.words(loginMessages)('sending');
    try {
      await client.signIn(input, this.#intent);
      this.dispatchEvent(new OyaSignedInEvent());
    } catch (thrown) {
      const error = thrown as PortalError;
      // A portal that could not be reached may have got the request all the same: the next try is the same intent.
      if (!error.retryable || error.kind === 'rate-limited') this.#intent = newIdempotencyKey();
      const fields = error.kind === 'invalid' ? FIELDS.filter((name) => error.fields.some(({ path }) => path === name)) : [];
      this.#refuse({ error, fields: new Map(fields.map((name) => [name, 'invalid'])) });
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

  readonly #readCapsLock = (event: KeyboardEvent): void => {
    // Autofill sends key events of its own, which know no keys.
    this.capsLock = event.getModifierState?.('CapsLock') ?? false;
  };

  readonly #togglePassword = (): void => {
    this.passwordShown = !this.passwordShown;
    this.announcement = this.words(loginMessages)(this.passwordShown ? 'password.shown' : 'password.hidden');
  };

  #refuse(refusal: Refusal): void {
    this.refusal = refusal;
    this.announcement = '';
    this.#focusAfterUpdate = '.summary';
  }

  /** A view begins with nothing of the one before. */
  #forget(): void {
    this.refusal = undefined;
    this.signOutFailure = undefined;
    this.passwordShown = false;
    this.capsLock = false;
    this.announcement = '';
    this.#intent = newIdempotencyKey();
  }

  /** A host page that routes by `#…` must not take the link to a field for one of its own. */
  #goToField(event: Event, name: FieldName): void {
    event.preventDefault();
    this.querySelector<HTMLElement>(`#${this.#idOf(name)}`)?.focus();
  }

  #idOf(part: string): string {
    return `${this.#id}-${part}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-login': OyaLogin;
  }
  interface HTMLElementEventMap {
    'oya-signed-in': OyaSignedInEvent;
    'oya-signed-out': OyaSignedOutEvent;
  }
}
