import { whoAmI, type OperationName, type PortalError, type Session } from '@oya/contract';
import { define, Intent, OyaSignedInEvent, OyaSignedOutEvent, Resource, warnOnce, type Part } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { OyaLightForm, type Refusal } from '../light-form/light-form.ts';
import { loginMessages } from './login.messages.ts';
import { loginStyles } from './login.styles.ts';
import type { SignedIn } from './card.ts';
import type { RecoveryStart } from './recovery.ts';
import { takeResetLink } from './reset-link.ts';

const FIELDS = ['login', 'password'] as const;
const VIEWS = ['sign-in', 'forgotten-password', 'forgotten-identifier'] as const;

/** By name alone: their schemas come with the views that use them. */
const NEW_PASSWORD: readonly OperationName[] = ['requestPasswordReset', 'resetPassword'];
const IDENTIFIER: readonly OperationName[] = ['requestIdentifier'];
const PASSKEY: readonly OperationName[] = ['describeAccess', 'startPasskeySignIn', 'signInWithPasskey'];

const CARD: Part = () => import('./card.ts').then(({ OyaLoginCard }) => define('oya-login-card', OyaLoginCard));
const PASSKEYS: Part = () => import('./passkeys.ts').then(({ OyaLoginPasskeys }) => define('oya-login-passkeys', OyaLoginPasskeys));
const RECOVERY: Part = () => import('./recovery.ts').then(({ OyaLoginRecovery }) => define('oya-login-recovery', OyaLoginRecovery));

/**
 * Signs the customer in with an identifier or an e-mail address, and out again. It stands in the light DOM, where password
 * managers and browsers find its fields; its styles hold against those of the host page.
 *
 * What is typed stays in the fields whatever happens, and is read from the form when it is sent, once.
 *
 * A forgotten password or identifier is found in place, unless the site has a page of its own for it (the route
 * `forgotten-password`). An address that ends in `#oya-reset=…`, as in the mail of a new password, opens that step.
 *
 * @summary Sign-in form with the ways back into an account; once signed in, the customer's name and the way out.
 * @placeholder 27.5rem
 * @event {OyaSignedInEvent} oya-signed-in - The customer has signed in.
 * @event {OyaSignedOutEvent} oya-signed-out - The customer has signed out.
 */
export class OyaLogin extends OyaLightForm {
  static override readonly messages = loginMessages;
  static override readonly lightStyles = loginStyles;

  /** What is shown first to whoever is not signed in; for pages of their own. */
  @property() view: (typeof VIEWS)[number] = 'sign-in';

  /** The customer has just chosen a new password. */
  @state() private passwordChanged = false;
  /** Where the way back into the account begins, while it is shown. */
  @state() private recovery: RecoveryStart | undefined;

  readonly #session = new Resource(this, whoAmI, () => ({}));
  readonly #intent = new Intent();
  #shownView: Session['state'] | undefined;

  protected override renderReady(): unknown {
    const session = this.#session.data;
    if (this.recovery !== undefined) return this.whenHere(RECOVERY, () => this.#recovery(this.recovery as RecoveryStart));
    return session?.state === 'signed-in' ? this.whenHere(CARD, () => this.#card(session)) : this.#signedOut();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#readAddress);
    this.#readAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#readAddress);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('view')) this.#openView();
    if (this.#session.data?.state === 'signed-in') this.bring(CARD);
    const view = this.#session.data?.state;
    if (view === this.#shownView) return;
    const before = this.#shownView;
    this.#shownView = view;
    this.#begin();
    if (before && view === 'signed-out' && !this.client?.sessionExpired.value) this.announcement = this.words(loginMessages)('signed-out.text');
  }

  #signedOut(): TemplateResult {
    const t = this.words(loginMessages);
    const expired = this.client?.sessionExpired.value ?? false;
    const forgotten = this.#forgottenPassword(t('forgotten'));
    const identifier = this.#offers(IDENTIFIER) ? this.#way(t('forgotten-identifier'), 'identifier') : nothing;
    const signup = this.link('signup', t('signup'));
    return html`<div class="view">
      ${this.heading(t('title'))} ${expired ? this.#expiredNotice() : nothing} ${this.summary()}
      <form method="post" novalidate @submit=${this.#submit}>
        ${this.field({ name: 'login', label: t('login.label'), autocomplete: 'username', maxlength: 254 })}
        ${this.passwordField({ name: 'password', label: t('password.label'), autocomplete: 'current-password' })} ${this.#remember()}
        ${this.submitButton(t('submit'), t('sending'))}
      </form>
      ${[forgotten, identifier, signup].every((way) => way === nothing) ? nothing : html`<p class="ways">${forgotten} ${identifier} ${signup}</p>`} ${this.#passkeys()} ${this.status()}
    </div>`;
  }

  #remember(): TemplateResult {
    const t = this.words(loginMessages);
    const [id, hint] = [this.idOf('remember'), this.idOf('remember-hint')];
    return html`<div class="checkbox">
      <input type="checkbox" id=${id} name="remember" value="yes" aria-describedby=${hint} />
      <div>
        <label for=${id}>${t('remember.label')}</label>
        <p class="soft" id=${hint}>${t('remember.hint')}</p>
      </div>
    </div>`;
  }

  /** A link where the site has a page of its own, or else a button that opens the view in place. */
  #forgottenPassword(words: string): unknown {
    const link = this.link('forgotten-password', words);
    return link === nothing && this.#offers(NEW_PASSWORD) ? this.#way(words, 'password') : link;
  }

  #way(words: string, start: 'password' | 'identifier'): TemplateResult {
    return html`<button type="button" class="as-link ${start}" @click=${() => this.#recover(start)}>${words}</button>`;
  }

  /** Where neither the browser nor the portal has them, nothing is fetched; they are a way more, so that nobody waits for them. */
  #passkeys(): unknown {
    return 'PublicKeyCredential' in window && this.#offers(PASSKEY)
      ? this.onceHere(PASSKEYS, () => html`<oya-login-passkeys .lang=${this.lang} .headingLevel=${this.headingLevel}></oya-login-passkeys>`)
      : nothing;
  }

  #recovery(start: RecoveryStart): TemplateResult {
    return html`<oya-login-recovery .start=${start} .lang=${this.lang} .headingLevel=${this.headingLevel} .onLeave=${this.#leaveRecovery} .onReset=${this.#onReset}></oya-login-recovery>`;
  }

  #card(session: SignedIn): TemplateResult {
    return html`<oya-login-card
      .session=${session}
      .passwordChanged=${this.passwordChanged}
      .onSignedOut=${this.#onSignedOut}
      .lang=${this.lang}
      .headingLevel=${this.headingLevel}
    ></oya-login-card>`;
  }

  #expiredNotice(): TemplateResult {
    return html`<div class="notice">
      <p class="notice-title">${this.core('expired.title')}</p>
      <p>${this.client?.interrupted.value === undefined ? this.core('expired.text') : this.words(loginMessages)('expired.kept')}</p>
    </div>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client, form } = this;
    if (this.sending || !client || !form) return;
    const data = new FormData(form);
    const input = { login: String(data.get('login') ?? ''), password: String(data.get('password') ?? ''), ...(data.has('remember') && { remember: true }) };
    const empty = FIELDS.filter((name) => (name === 'login' ? input.login.trim() : input.password) === '');
    if (empty.length > 0) {
      const t = this.words(loginMessages);
      this.refuse({ title: t('fields.title'), fields: new Map(empty.map((name) => [name, t(`${name}.empty`)])) });
      return;
    }
    this.sending = true;
    this.refusal = undefined;
    // It will be wanted, or has come already.
    this.bring(CARD);
    this.hidePasswords();
    this.announcement = this.words(loginMessages)('sending');
    try {
      const answer = await this.#intent.send(input, (key) => client.signIn(input, key));
      if (answer.state === 'unconfirmed') this.#leadToCode(answer.signUpId);
      else this.dispatchEvent(new OyaSignedInEvent());
    } catch (thrown) {
      const error = thrown as PortalError;
      this.refuse(this.#refusalOf(error));
    } finally {
      this.sending = false;
    }
  };

  #refusalOf(error: PortalError): Refusal {
    const t = this.words(loginMessages);
    if (error.kind === 'unauthenticated') {
      return { title: t('wrong.title'), text: t('wrong.text'), action: this.#forgottenPassword(t('wrong.forgotten')), error };
    }
    const fields = error.kind === 'invalid' ? FIELDS.filter((name) => error.fields.some(({ path }) => path === name)) : [];
    return { ...this.failureWords(error), fields: new Map(fields.map((name) => [name, t(`${name}.invalid`)])), error };
  }

  /** The right password of an account whose address was never confirmed: its sign-up waits for the code. */
  #leadToCode(signUpId: string): void {
    const t = this.words(loginMessages);
    const action = this.link('signup', t('unconfirmed.action'), 'button primary', { fragment: `oya-signup=${encodeURIComponent(signUpId)}` });
    this.refuse({ title: t('unconfirmed.title'), text: t(action === nothing ? 'unconfirmed.contact' : 'unconfirmed.text'), action });
  }

  readonly #readAddress = (): void => {
    const link = takeResetLink();
    if (link) this.#recover(link);
  };

  #openView(): void {
    if (!VIEWS.includes(this.view)) warnOnce(`<oya-login>: view must be ${VIEWS.join(', ')}, not "${this.view}"; sign-in is shown.`);
    if (this.view === 'forgotten-password') this.#recover('password');
    else if (this.view === 'forgotten-identifier') this.#recover('identifier');
  }

  #recover(start: RecoveryStart): void {
    this.recovery = start;
    this.bring(RECOVERY);
  }

  readonly #onSignedOut = (): void => void this.dispatchEvent(new OyaSignedOutEvent());

  readonly #leaveRecovery = (): void => {
    const from = this.recovery;
    this.recovery = undefined;
    this.#begin();
    // Back to where the way began, or to the title where that was not here.
    const way = from === 'identifier' ? '.as-link.identifier' : '.as-link.password';
    this.focusOn(`${way}, .view:not(:has(${way})) > .title`);
  };

  readonly #onReset = (): void => {
    this.recovery = undefined;
    this.passwordChanged = true;
  };

  #offers(names: readonly OperationName[]): boolean {
    return names.every((name) => this.client?.supports({ name }));
  }

  /** A view begins with nothing of the one before. */
  #begin(): void {
    this.forget();
    this.#intent.end();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-login': OyaLogin;
  }
}
