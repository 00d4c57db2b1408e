import {
  describeAccess,
  EmailAddress,
  requestIdentifier,
  requestPasswordReset,
  resetPassword,
  type InputOf,
  type Output,
  type OutputOf,
  type PasswordFault,
  type PortalError,
  type Session,
} from '@oya/contract';
import { Intent, OyaSignedInEvent, Resource, type Messages, type Write } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { OyaLightForm, type Refusal } from '../light-form/light-form.ts';
import { passwordRulesMessages } from '../light-form/password-rules.messages.ts';
import { faultsOf, passwordRulesList, passwordRulesSentence, ruleWords } from '../light-form/password-rules.ts';
import { recoveryMessages } from './recovery.messages.ts';
import { recoveryStyles } from './recovery.styles.ts';
import type { ResetLink } from './reset-link.ts';

/** Where the way back into an account begins. */
export type RecoveryStart = 'password' | 'identifier' | ResetLink;

type View = 'password' | 'reset' | 'identifier' | 'identifier-sent';
type Words = ReadonlyMap<string, string>;

/** A reset under way: from what was typed here, or from the link of a mail. */
interface Reset {
  readonly id: string;
  readonly login?: string;
  readonly linkedCode?: string;
  readonly expiresAt?: number;
  /** From then on another code can be asked for, on the portal's clock. */
  readonly resendAt?: number;
}

/** One hears of the rules when the typing rests, not at each letter. */
const REST_MS = 1200;
/** A portal may ask to wait for longer than a timer can run. */
const LONGEST_TIMER_MS = 3_600_000;

/**
 * The ways back into an account: a new password by mailed code or link, and the forgotten identifier. Part of `oya-login`,
 * which fetches it when it is first asked for.
 *
 * What it answers is the same whether or not there is such an account.
 */
export class OyaLoginRecovery extends OyaLightForm {
  static override readonly messages = recoveryMessages;
  static override readonly sharedMessages: readonly Messages[] = [...OyaLightForm.sharedMessages, passwordRulesMessages];
  static override readonly lightStyles = recoveryStyles;

  @property({ attribute: false }) start: RecoveryStart = 'password';
  /** Back to the sign-in form. */
  @property({ attribute: false }) onLeave: (() => void) | undefined;
  /** The new password is set; the session that it opened comes next. */
  @property({ attribute: false }) onReset: (() => void) | undefined;

  @state() private view: View = 'password';
  @state() private reset: Reset | undefined;
  @state() private sentTo = '';
  @state() private mayResend = false;
  @state() private newPassword = '';

  readonly #rules = new Resource(this, describeAccess, () => (this.view === 'reset' && this.client?.supports(describeAccess) ? {} : undefined), { blocking: false });
  readonly #intent = new Intent();
  #resendTimer: ReturnType<typeof setTimeout> | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  protected override renderReady(): unknown {
    switch (this.view) {
      case 'password':
        return this.#password();
      case 'reset':
        return this.#reset();
      case 'identifier':
        return this.#identifier();
      case 'identifier-sent':
        return this.#identifierSent();
      default:
        return this.view satisfies never;
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!changed.has('start')) return;
    const { start } = this;
    if (typeof start === 'string') {
      this.#show(start);
    } else {
      this.#show('reset');
      this.reset = { id: start.resetId, linkedCode: start.code };
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#resendTimer);
    clearTimeout(this.#restTimer);
  }

  #password(): TemplateResult {
    const t = this.words(recoveryMessages);
    return html`<div class="view">
      ${this.#head(t('password.title'), t('password.text'))} ${this.summary()}
      <form method="post" novalidate @submit=${this.#askForCode} @input=${this.#onInput}>
        ${this.field({ name: 'login', label: t('login.label'), autocomplete: 'username', maxlength: 254, value: this.reset?.login ?? '' })}
        ${this.submitButton(t('password.submit'), t('sending'))}
      </form>
      ${this.client?.supports(requestIdentifier) ? this.#way(t('forgotten-identifier'), () => this.#show('identifier')) : nothing} ${this.status()}
    </div>`;
  }

  #reset(): TemplateResult {
    const t = this.words(recoveryMessages);
    const { login, linkedCode, expiresAt } = this.reset ?? {};
    const rules = this.#rules.data;
    const text = linkedCode === undefined ? t('reset.text', { time: this.format.time(expiresAt ?? 0) }) : t('reset.linked');
    return html`<div class="view">
      ${this.#head(t(linkedCode === undefined ? 'sent.title' : 'password.title'), text)} ${this.summary()}
      <form method="post" novalidate @submit=${this.#setPassword} @input=${this.#onInput}>
        ${login === undefined ? nothing : html`<input type="text" name="username" autocomplete="username" .value=${login} readonly hidden />`}
        <div class="one-code">
          ${this.field({
            name: 'code',
            label: t('code.label'),
            ...(rules && { hint: t('code.hint', { count: rules.codeDigits }) }),
            autocomplete: 'one-time-code',
            inputmode: 'numeric',
            maxlength: 20,
            value: linkedCode ?? '',
          })}
        </div>
        ${this.passwordField({
          name: 'password',
          label: t('new.label'),
          autocomplete: 'new-password',
          ...(rules && {
            describedBy: ['rules'],
            below: passwordRulesList(this.idOf('password-rules'), this.newPassword, rules.password, this.#personal, this.words(passwordRulesMessages)),
          }),
        })}
        ${this.passwordField({ name: 'repeat', label: t('repeat.label'), autocomplete: 'new-password' })}
        <p class="soft">${t('reset.others')}</p>
        ${this.submitButton(t('reset.submit'), t('reset.sending'))}
      </form>
      ${this.#missingMail()} ${this.status()}
    </div>`;
  }

  #missingMail(): TemplateResult {
    const t = this.words(recoveryMessages);
    const { login, resendAt = 0 } = this.reset ?? {};
    if (login === undefined) return html`<div class="help">${this.#way(t('resend'), () => this.#show('password'))}</div>`;
    return html`<div class="help">
      <p class="help-title">${t('missing.title')}</p>
      <p>${t('missing.text')} ${this.mayResend ? nothing : t('resend.at', { time: this.format.time(resendAt) })}</p>
      <div class="ways">${this.mayResend ? this.#way(t('resend'), this.#resend) : nothing} ${this.#way(t('change.login'), () => this.#show('password'))}</div>
    </div>`;
  }

  #identifier(): TemplateResult {
    const t = this.words(recoveryMessages);
    return html`<div class="view">
      ${this.#head(t('identifier.title'), t('identifier.text'))} ${this.summary()}
      <form method="post" novalidate @submit=${this.#askForIdentifier} @input=${this.#onInput}>
        ${this.field({ name: 'email', label: t('email.label'), type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254 })}
        ${this.submitButton(t('identifier.submit'), t('sending'))}
      </form>
      ${this.status()}
    </div>`;
  }

  #identifierSent(): TemplateResult {
    const t = this.words(recoveryMessages);
    return html`<div class="view">
      ${this.#head(t('sent.title'), t('identifier-sent.text', { email: this.sentTo }))}
      <p>${t('missing.title')} ${t('missing.text')}</p>
      ${this.client?.supports(requestPasswordReset) ? this.#way(t('identifier-sent.password'), () => this.#show('password')) : nothing} ${this.status()}
    </div>`;
  }

  #head(title: string, text: string): TemplateResult {
    const t = this.words(recoveryMessages);
    return html`<div class="head">
      <button type="button" class="as-link" @click=${this.#leave}>${icon('back')}<span>${t('back')}</span></button>
      ${this.heading(title)}
      <p>${text}</p>
    </div>`;
  }

  #way(words: string, go: () => void): TemplateResult {
    return html`<button type="button" class="as-link" @click=${go}>${words}</button>`;
  }

  readonly #leave = (): void => this.onLeave?.();

  readonly #askForCode = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { login = '' } = this.#typed();
    if (login.trim() === '') return this.#refuseFields('login', 'login.empty');
    const answer = await this.#send(requestPasswordReset, { login, language: this.locale }, 'sending');
    if (!answer) return;
    this.#show('reset');
    this.#follow(login, answer);
  };

  readonly #resend = async (): Promise<void> => {
    const { login } = this.reset ?? {};
    if (login === undefined) return this.#show('password');
    const answer = await this.#send(requestPasswordReset, { login, language: this.locale }, 'sending');
    if (!answer) return;
    const code = this.querySelector<HTMLInputElement>('input[name=code]');
    if (code) code.value = '';
    this.#follow(login, answer);
    this.announcement = this.words(recoveryMessages)('resend.sent');
    this.focusOn('input[name=code]');
  };

  readonly #setPassword = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { code: typedCode = '', password = '', repeat = '' } = this.#typed();
    const { id = '' } = this.reset ?? {};
    const code = typedCode.normalize('NFKC').replaceAll(/[\s.-]/g, '');
    // A password manager sets values without any event.
    this.newPassword = password;
    const fields = this.#faults(code, password, repeat);
    if (fields.size > 0) return this.refuse({ title: this.words(recoveryMessages)('fields.title'), fields });
    const session = await this.#send(resetPassword, { resetId: id, code, password }, 'reset.sending');
    if (session) this.#signIn(session);
  };

  readonly #askForIdentifier = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { email = '' } = this.#typed();
    if (email.trim() === '') return this.#refuseFields('email', 'email.empty');
    if (!EmailAddress.safeParse(email).success) return this.#refuseFields('email', 'email.invalid');
    const answer = await this.#send(requestIdentifier, { email, language: this.locale }, 'sending');
    if (!answer) return;
    this.sentTo = answer.to;
    this.#show('identifier-sent');
  };

  readonly #onInput = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (field.name !== 'password') return;
    this.newPassword = field.value;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      const rules = this.#rules.data?.password;
      if (rules && this.newPassword) this.announcement = passwordRulesSentence(this.newPassword, rules, this.#personal, this.words(passwordRulesMessages));
    }, REST_MS);
  };

  /** What a password must not be made of, as far as it is known here; the portal knows the rest. */
  get #personal(): readonly string[] {
    return this.reset?.login === undefined ? [] : [this.reset.login];
  }

  #typed(): Readonly<Record<string, string>> {
    return this.form ? Object.fromEntries([...new FormData(this.form)].map(([name, value]) => [name, String(value)])) : {};
  }

  #faults(code: string, password: string, repeat: string): Words {
    const t = this.words(recoveryMessages);
    const rules = this.#rules.data;
    const fields = new Map<string, string>();
    if (code === '') fields.set('code', t('code.empty'));
    else if (rules && !new RegExp(`^\\d{${rules.codeDigits}}$`).test(code)) fields.set('code', t('code.form', { count: rules.codeDigits }));
    else if (!/^\d{4,10}$/.test(code)) fields.set('code', t('code.wrong'));
    const faults = rules && password !== '' ? faultsOf(password, rules.password, this.#personal) : [];
    if (password === '') fields.set('password', t('new.empty'));
    else if (faults.length > 0) fields.set('password', t('new.rules'));
    if (repeat === '') fields.set('repeat', t('repeat.empty'));
    else if (repeat !== password) fields.set('repeat', t('repeat.different'));
    return fields;
  }

  /** Which rules the portal found broken, in words: it knows more common passwords than the list on the screen. */
  #lacking(faults: readonly string[]): string {
    const t = this.words(recoveryMessages);
    const shared = this.words(passwordRulesMessages);
    const policy = this.#rules.data?.password;
    const known = faults.filter((fault): fault is PasswordFault => fault in passwordRulesMessages.fr);
    if (!policy || known.length === 0) return t('new.refused');
    return `${t('new.refused')}. ${shared('left', { list: known.map((fault) => ruleWords(fault, policy, shared)).join(', ') })}`;
  }

  #follow(login: string, { resetId, expiresAt, resendAt, answeredAt }: Output<'requestPasswordReset'>): void {
    this.reset = { id: resetId, login, expiresAt: Date.parse(expiresAt), resendAt: Date.parse(resendAt) };
    // By the portal's clock, where it tells it: that of the device may be wrong.
    this.#waitToResend(Date.parse(resendAt) - (answeredAt === undefined ? Date.now() : Date.parse(answeredAt)));
  }

  #waitToResend(milliseconds: number): void {
    clearTimeout(this.#resendTimer);
    this.mayResend = milliseconds <= 0;
    if (milliseconds > 0) this.#resendTimer = setTimeout(() => (this.mayResend = true), Math.min(milliseconds, LONGEST_TIMER_MS));
  }

  #signIn(session: Session): void {
    this.onReset?.();
    this.client?.takeSession(session);
    this.dispatchEvent(new OyaSignedInEvent());
  }

  /** Sends what a form asks for, once; `undefined` when it did not go through, which is said then. */
  async #send<O extends Write>(operation: O, input: InputOf<O>, saying: 'sending' | 'reset.sending'): Promise<OutputOf<O> | undefined> {
    const { client } = this;
    if (this.sending || !client) return undefined;
    this.sending = true;
    this.refusal = undefined;
    this.hidePasswords();
    clearTimeout(this.#restTimer);
    this.announcement = this.words(recoveryMessages)(saying);
    try {
      const answer = await this.#intent.send(input, (key) => client.write(operation, input, key));
      this.announcement = '';
      return answer;
    } catch (thrown) {
      const error = thrown as PortalError;
      this.refuse(this.#refusalOf(error));
      return undefined;
    } finally {
      this.sending = false;
    }
  }

  #refusalOf(error: PortalError): Refusal {
    const t = this.words(recoveryMessages);
    if (error.kind !== 'invalid') return { ...this.failureWords(error), error };
    const codes = (path: string) => error.fields.filter((field) => field.path === path).map(({ code }) => code);
    if (codes('code').includes('ended')) {
      return { title: t('code.ended'), text: t('code.ended.text'), action: this.#way(t('resend'), this.#resend), error };
    }
    const fields = new Map<string, string>();
    for (const name of ['login', 'email'] as const) if (codes(name).length > 0) fields.set(name, t(`${name}.invalid`));
    if (codes('code').length > 0) fields.set('code', t('code.wrong'));
    if (codes('password').length > 0) fields.set('password', this.#lacking(codes('password')));
    return fields.size > 0 ? { title: t(fields.has('code') ? 'code.title' : 'fields.title'), fields, error } : { ...this.failureWords(error), error };
  }

  #refuseFields(name: string, words: 'login.empty' | 'email.empty' | 'email.invalid'): void {
    const t = this.words(recoveryMessages);
    this.refuse({ title: t('fields.title'), fields: new Map([[name, t(words)]]) });
  }

  /** A view begins with nothing of the one before, and with the focus on its title. */
  #show(view: View): void {
    this.forget();
    this.newPassword = '';
    this.#intent.end();
    this.view = view;
    this.focusOn('.title');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-login-recovery': OyaLoginRecovery;
  }
}
