import { confirmSignUp, describeAccess, getSignUp, PortalError, resendSignUpCode, startSignUp, submitSignUp, whoAmI } from '@oya/contract';
import type { AccessRules, Proof, Session, SignUp } from '@oya/contract';
import { IntentEvent, isSafeAddress, languageOf, newIdempotencyKey, Resource, type MessageKey, type PortalClient, type Write } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { lightFormMessages } from '../light-form/light-form.messages.ts';
import { OyaLightForm, type Refusal } from '../light-form/light-form.ts';
import { passwordRulesList, passwordRulesSentence } from '../light-form/password-rules.ts';
import { personalWords, readAccount, readCode, readNewEmail, readProof, readStart, type Faults } from './checks.ts';
import { CodeClock, type Moment } from './code-clock.ts';
import { dropDraft, findDraft, keepDraft } from './draft.ts';
import { fillForm, readForm, type Values } from './form-values.ts';
import { IdentifierCheck } from './identifier-check.ts';
import { invoiceDrawing } from './invoice-drawing.ts';
import { RobotCheck } from './robot-check.ts';
import { signupMessages, type fr } from './signup.messages.ts';
import { signupStyles } from './signup.styles.ts';
import { StepHistory } from './step-history.ts';
import { stepper } from './stepper.ts';

/** A customer has made an account and is signed in. */
export class OyaSignedUpEvent extends IntentEvent {
  constructor() {
    super('oya-signed-up');
  }
}

const STEPS = ['mode', 'proof', 'account', 'code', 'address'] as const;
type Step = (typeof STEPS)[number];

/** The steps that one counts; what follows checks the address. */
const COUNTED = 3;
/** Where a mail leads back into a sign-up. */
const ADDRESS = /^#oya-signup=([\w-]+)$/;
/** One hears of the rules when the typing rests, not at each letter. */
const QUIET_MS = 1200;
const MINUTE_S = 60;

/**
 * Makes an account: how one proves to be the customer, the proof, the account, and the code that checks the address. It
 * stands in the light DOM, where password managers and browsers find its fields.
 *
 * What is typed stays, whatever happens: going back or ahead, in the form or with the browser, and a reload keep it; only
 * passwords and codes are forgotten with the page.
 *
 * @summary Account creation in three steps, with a validation code.
 * @placeholder 34rem
 * @event {OyaSignedUpEvent} oya-signed-up - An account has been made, and its customer is signed in.
 */
export class OyaSignup extends OyaLightForm {
  static override readonly messages = signupMessages;
  static override readonly lightStyles = signupStyles;

  @state() private step: Step = 'mode';
  @state() private values: Values = {};
  @state() private signUp: SignUp | undefined;
  /** A sign-up begun before is being looked for, or could not be. */
  @state() private resumption: { readonly id: string; readonly step: string; readonly error?: PortalError } | undefined;
  @state() private welcome: { readonly name: string; readonly identifier: string } | undefined;
  @state() private signOutFailure: PortalError | undefined;
  @state() private resending = false;

  readonly #session = new Resource(this, whoAmI, () => ({}));
  readonly #access = new Resource(this, describeAccess, () => ({}));
  readonly #history = new StepHistory(this, (step) => this.#onHistory(step));
  readonly #robot = new RobotCheck(this);
  readonly #identifier = new IdentifierCheck(this, () => this.#tellOfIdentifier());
  readonly #clock = new CodeClock(this, (moment) => this.#tellOfCode(moment));

  #begunWith: PortalClient | undefined;
  #filled: HTMLFormElement | null = null;
  #provedBy: string | undefined;
  /** The account as last sent: going back and ahead again sends no second code. */
  #sentAs: string | undefined;
  /** Operation → names the intent to do it with what is typed: the same for each try, until an answer comes or the words change. */
  #keys: Record<string, string> = {};
  #quiet: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#quiet);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.client && this.#begunWith !== this.client && this.state === 'ready') {
      this.#begunWith = this.client;
      this.#begin();
    }
    if (this.step === 'account' && this.#robot.status === 'idle' && this.form) this.#robot.start();
    this.#clock.follow(this.signUp?.state === 'code-sent' ? this.signUp.code : undefined);
  }

  protected override updated(changed: PropertyValues): void {
    const { form } = this;
    if (form && form !== this.#filled) {
      fillForm(form, this.values);
      if (this.step === 'account') this.#robot.start();
    }
    this.#filled = form;
    super.updated(changed);
  }

  protected override renderReady(): unknown {
    const session = this.#session.data;
    if (this.welcome) return this.#welcomed(this.welcome);
    if (session?.state === 'signed-in') return this.#signedIn(session.customer.displayName);
    if (this.resumption?.error) return this.errorNotice(this.resumption.error, () => void this.#resume());
    if (this.resumption) return html`<div class="placeholder" role="status"><span class="visually-hidden">${this.words(signupMessages)('resuming')}</span></div>`;
    switch (this.step) {
      case 'mode':
        return this.#mode();
      case 'proof':
        return this.#kind === 'invoice' ? this.#invoice() : this.#contract();
      case 'account':
        return this.#account();
      case 'code':
        return this.#code();
      case 'address':
        return this.#address();
      default:
        return this.step satisfies never;
    }
  }

  // What each step shows

  #mode(): TemplateResult {
    const t = this.words(signupMessages);
    const { proofs, terms } = this.#rules;
    const [only] = proofs;
    return html`<div class="view">
      ${this.#head(t('mode.title'), proofs.length > 1 || !only ? t('mode.text') : t(`only.${only}`))}
      <form method="post" novalidate @submit=${this.#submit} @input=${this.#onInput}>
        ${proofs.length > 1
          ? this.choices(
              'proof',
              t('proof.label'),
              proofs.map((proof) => ({ value: proof, label: t(`proof.${proof}`), hint: t(`proof.${proof}.hint`), icon: proof === 'invoice' ? 'receipt' : 'file' })),
            )
          : nothing}
        ${this.checkbox('terms', terms.version, html`${t('terms.accept')} ${this.#termsLink()}`)}
        <div class="actions">${this.submitButton(t('next'), t('next'))}</div>
      </form>
      ${this.#loginQuestion()} ${this.status()}
    </div>`;
  }

  #termsLink(): unknown {
    const t = this.words(signupMessages);
    const { address, title } = this.#rules.terms;
    const words = title[languageOf(this.locale) as keyof typeof title] ?? title.fr;
    // In a tab of its own: what is typed here stays.
    return isSafeAddress(address) ? html`<a href=${address} target="_blank" rel="noopener">${words}</a> ${t('terms.new-tab')}` : words;
  }

  #invoice(): TemplateResult {
    const t = this.words(signupMessages);
    return html`<div class="view">
      ${this.#head(t('invoice.title'), t('invoice.text'))}
      <div class="beside">
        <form method="post" novalidate @submit=${this.#submit} @input=${this.#onInput}>
          ${this.field({ name: 'number', label: html`${mark(1)}${t('number.label')}`, hint: t('number.hint'), autocomplete: 'off', maxlength: 40 })}
          ${this.field({ name: 'total', label: html`${mark(2)}${t('total.label')}`, hint: t('total.hint'), autocomplete: 'off', inputmode: 'decimal', maxlength: 24 })} ${this.#proofActions()}
        </form>
        ${invoiceDrawing({ alt: t('drawing.alt'), number: t('drawing.number'), total: t('drawing.total'), caption: t('drawing.caption') })}
      </div>
      ${this.status()}
    </div>`;
  }

  #contract(): TemplateResult {
    const t = this.words(signupMessages);
    return html`<div class="view">
      ${this.#head(t('contract.title'), t('contract.text'))}
      <form method="post" novalidate @submit=${this.#submit} @input=${this.#onInput}>
        ${this.field({ name: 'contractNumber', label: t('contractNumber.label'), hint: t('contractNumber.hint'), autocomplete: 'off', maxlength: 32 })}
        ${this.field({ name: 'deliveryPoint', label: t('deliveryPoint.label'), hint: t('deliveryPoint.hint'), autocomplete: 'off', maxlength: 40 })}
        ${this.field({ name: 'lastName', label: t('lastName.label'), hint: t('lastName.hint'), autocomplete: 'family-name', maxlength: 120 })} ${this.#proofActions()}
      </form>
      ${this.status()}
    </div>`;
  }

  #proofActions(): TemplateResult {
    const t = this.words(signupMessages);
    const other = this.#otherKind;
    return html`<div class="actions">
        ${this.submitButton(t('next'), t('proof.sending'))} ${this.#backButton()}
      </div>
      ${other ? html`<p><button type="button" class="as-link" @click=${() => this.#use(other)}>${t(`use.${other}`)}</button></p>` : nothing}`;
  }

  #account(): TemplateResult {
    const t = this.words(signupMessages);
    const { password = '' } = this.values;
    return html`<div class="view">
      ${this.#head(t('account.title'))}
      <form method="post" novalidate @submit=${this.#submit} @input=${this.#onInput} @change=${this.#onChange}>
        ${this.field({ name: 'email', label: t('email.label'), hint: t('email.hint'), type: 'email', autocomplete: 'email', maxlength: 254 })}
        ${this.field({ name: 'emailAgain', label: t('emailAgain.label'), type: 'email', autocomplete: 'email', maxlength: 254 })}
        ${this.field({
          name: 'phone',
          label: html`${t('phone.label')} <span class="optional">(${t('optional')})</span>`,
          hint: t('phone.hint'),
          type: 'tel',
          autocomplete: 'tel',
          maxlength: 40,
          required: false,
        })}
        ${this.field({
          name: 'identifier',
          label: t('identifier.label'),
          hint: t('identifier.hint'),
          autocomplete: 'username',
          maxlength: 64,
          describedBy: ['live'],
          below: html`<p class=${`live ${this.#identifier.status}`} id=${this.idOf('identifier-live')}>${this.#identifierWords()}</p>`,
        })}
        ${this.passwordField({
          name: 'password',
          label: t('password.label'),
          autocomplete: 'new-password',
          describedBy: ['rules'],
          below: passwordRulesList(this.idOf('password-rules'), password, this.#rules.password, personalWords(this.values), this.words(lightFormMessages)),
        })}
        ${this.passwordField({ name: 'passwordAgain', label: t('passwordAgain.label'), autocomplete: 'new-password' })} ${this.#robotFace()}
        <div class="actions">${this.submitButton(t('account.submit'), t('account.sending'))} ${this.#backButton()}</div>
      </form>
      ${this.status()}
    </div>`;
  }

  #identifierWords(): unknown {
    const t = this.words(signupMessages);
    switch (this.#identifier.status) {
      case 'checking':
        return t('identifier.checking');
      case 'free':
        return html`${icon('check')}<span>${t('identifier.is-free')}</span>`;
      case 'taken':
        return html`${icon('alert')}<span>${t('identifier.is-taken')}</span>`;
      default:
        return nothing;
    }
  }

  #robotFace(): TemplateResult {
    const t = this.words(signupMessages);
    const { status } = this.#robot;
    const shown = status === 'idle' ? 'working' : status;
    return html`<div class=${`robot ${shown}`}>
      <p role="status">${icon(shown === 'failed' ? 'alert' : 'shield')}<span>${t(`robot.${shown}`)}</span></p>
      ${shown === 'failed' ? html`<button type="button" class="button" @click=${() => this.#robot.start()}>${t('robot.retry')}</button>` : nothing}
    </div>`;
  }

  #code(): TemplateResult {
    const t = this.words(signupMessages);
    const { codeDigits } = this.#rules;
    const left = this.#timeLeft();
    return html`<div class="view">
      ${this.#head(t('code.title'), t('code.sent', { to: this.#sentTo }))}
      <form class="one-code" method="post" novalidate @submit=${this.#submit} @input=${this.#onInput}>
        ${this.field({
          name: 'code',
          label: t('code.label', { count: codeDigits }),
          autocomplete: 'one-time-code',
          inputmode: 'numeric',
          // Whatever comes between the digits when they are pasted.
          maxlength: codeDigits * 2,
          describedBy: ['left'],
          below: html`<p class=${this.#clock.ended ? 'field-error' : 'soft'} id=${this.idOf('code-left')}>${this.#clock.ended ? icon('alert') : nothing}<span>${left}</span></p>`,
        })}
        <div class="actions">${this.submitButton(t('code.submit'), this.resending ? t('code.submit') : t('code.sending'))}</div>
      </form>
      <div class="help">
        ${this.heading(t('help.title'), 'help-title', 1)}
        <p>${t('help.spam')}</p>
        <div class="actions">
          <button
            type="button"
            class="button resend"
            aria-disabled=${this.sending || this.#clock.secondsToResend > 0 ? 'true' : nothing}
            aria-describedby=${this.idOf('resend-wait')}
            @click=${this.#resend}
          >
            ${this.resending ? t('resend.sending') : t('resend')}
          </button>
          <button type="button" class="button" @click=${() => this.#go('address')}>${t('address.change')}</button>
        </div>
        <p class="soft" id=${this.idOf('resend-wait')}>${this.#clock.secondsToResend > 0 ? this.#resendDelay() : nothing}</p>
      </div>
      ${this.#loginQuestion()} ${this.status()}
    </div>`;
  }

  #address(): TemplateResult {
    const t = this.words(signupMessages);
    return html`<div class="view">
      ${this.#head(t('address.title'), t('address.text', { to: this.#sentTo }))}
      <form method="post" novalidate @submit=${this.#submit} @input=${this.#onInput}>
        ${this.field({ name: 'newEmail', label: t('newEmail.label'), type: 'email', autocomplete: 'email', maxlength: 254 })}
        <div class="actions">${this.submitButton(t('address.submit'), t('resend.sending'))} ${this.#backButton()}</div>
      </form>
      ${this.status()}
    </div>`;
  }

  #welcomed({ name, identifier }: NonNullable<OyaSignup['welcome']>): TemplateResult {
    const t = this.words(signupMessages);
    return html`<div class="view welcome">
      <div class="welcome-mark">${icon('check')}</div>
      <div class="head">
        ${this.heading(t('welcome.title', { name }))}
        <p>${t('welcome.text')}</p>
        ${identifier ? html`<p class="soft">${t('welcome.identifier', { identifier })}</p>` : nothing}
      </div>
      <div class="actions">${this.link('space', t('welcome.space'), 'button primary')}</div>
      ${this.status()}
    </div>`;
  }

  #signedIn(name: string): TemplateResult {
    const t = this.words(signupMessages);
    const failure = this.signOutFailure;
    return html`<div class="view">
      <div class="head">
        ${this.heading(t('signed-in.title', { name }))}
        <p class="soft">${t('signed-in.text')}</p>
      </div>
      ${failure
        ? html`<div class="notice error" role="alert">
            ${this.heading(t('sign-out.failed'), 'notice-title', 1)}
            <p>${this.core(`error.${failure.kind}.title`)}. ${this.core(`error.${failure.kind}.text`)}</p>
          </div>`
        : nothing}
      <div class="actions">
        ${this.link('space', t('signed-in.space'), 'button primary')}
        <button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${this.#signOut}>${this.sending ? t('signing-out') : t('sign-out')}</button>
      </div>
      ${this.status()}
    </div>`;
  }

  /** Where one is, the title of the step, and what is wrong with it. */
  #head(title: string, text?: string): TemplateResult {
    const t = this.words(signupMessages);
    const names = [t('step.mode'), t(`step.${this.#kind}`), t('step.account')];
    const index = Math.min(STEPS.indexOf(this.step), COUNTED);
    const name = names[index];
    const line = name === undefined ? t('step.code') : t('step.line', { number: index + 1, count: COUNTED, name });
    return html`${stepper(t('step.list'), t('step.done'), names, index)}
      <div class="head">
        ${this.heading(html`<span class=${name === undefined ? 'step-line always' : 'step-line'}>${line}</span> <span>${title}</span>`)}
        ${text === undefined ? nothing : html`<p class="lead">${text}</p>`}
      </div>
      ${this.summary()}`;
  }

  #backButton(): TemplateResult {
    return html`<button type="button" class="button" @click=${this.#back}>${this.words(signupMessages)('back')}</button>`;
  }

  #loginQuestion(): unknown {
    const t = this.words(signupMessages);
    const link = this.link('login', t('login.link'));
    return link === nothing ? nothing : html`<p class="ways"><span>${t('login.question')}</span> ${link}</p>`;
  }

  // What is done in each step

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.sending || !this.client) return;
    this.#keep();
    switch (this.step) {
      case 'mode':
        return this.#submitMode();
      case 'proof':
        return this.#submitProof();
      case 'account':
        return this.#submitAccount();
      case 'code':
        return this.#submitCode();
      case 'address':
        return this.#submitAddress();
      default:
        return this.step satisfies never;
    }
  };

  #submitMode(): void {
    const reading = readStart(this.values, this.#rules);
    if ('faults' in reading) this.#refuseFields(reading.faults);
    else this.#go('proof');
  }

  async #submitProof(): Promise<void> {
    const reading = readProof(this.#kind, this.values);
    if ('faults' in reading) return this.#refuseFields(reading.faults);
    const proof = reading.value;
    const termsVersion = this.#rules.terms.version;
    const provedBy = JSON.stringify([proof, termsVersion]);
    if (this.signUp && provedBy === this.#provedBy) return this.#go('account');
    await this.#send(startSignUp, 'proof.sending', async (client, key) => {
      this.signUp = await client.write(startSignUp, { proof, termsVersion, language: this.locale }, key);
      this.#provedBy = provedBy;
      this.#go('account');
    });
  }

  async #submitAccount(): Promise<void> {
    await this.#send(submitSignUp, 'account.sending', async (client, key) => {
      const phone = await this.#readPhone();
      const reading = readAccount(this.values, this.#rules, { phone: phone === undefined ? 'none' : phone ? 'read' : 'invalid', taken: this.#identifier.status === 'taken' });
      if ('faults' in reading) return this.#refuseFields(reading.faults);
      const account = { ...reading.value, ...(phone && { phone }) };
      const sentAs = JSON.stringify(account);
      if (this.signUp?.state === 'code-sent' && sentAs === this.#sentAs && !this.#clock.ended) return this.#go('code');
      const write = async (challenge: string, intent: string) => client.write(submitSignUp, { signUpId: this.#signUpId, ...account, challenge }, intent);
      try {
        this.signUp = await write(await this.#robot.solution(), key);
      } catch (thrown) {
        if (!isOnlyUnsolved(thrown)) throw thrown;
        // The solution was too old, after a long while in this step: nobody need hear of it.
        this.#robot.forget();
        this.signUp = await write(await this.#robot.solution(), this.#renewKey(submitSignUp));
      }
      this.#sentAs = sentAs;
      this.#robot.forget();
      this.#go('code');
    });
  }

  async #submitCode(): Promise<void> {
    const reading = readCode(this.values, this.#rules.codeDigits);
    if ('faults' in reading) return this.#refuseFields(reading.faults);
    await this.#send(confirmSignUp, 'code.sending', async (client, key) => {
      this.#welcomeIn(client, await client.write(confirmSignUp, { signUpId: this.#signUpId, code: reading.value }, key));
    });
  }

  async #submitAddress(): Promise<void> {
    const reading = readNewEmail(this.values);
    if ('faults' in reading) return this.#refuseFields(reading.faults);
    const email = reading.value;
    await this.#send(resendSignUpCode, 'resend.sending', async (client, key) => {
      this.signUp = await client.write(resendSignUpCode, { signUpId: this.#signUpId, email }, key);
      this.values = { ...this.values, email, emailAgain: email, newEmail: '', code: '' };
      this.#sentAs = undefined;
      this.#leave();
      this.announcement = this.words(signupMessages)('resend.sent', { to: this.#sentTo });
    });
  }

  readonly #resend = async (): Promise<void> => {
    if (this.sending) return;
    if (this.#clock.secondsToResend > 0) {
      this.announcement = this.#resendDelay();
      return;
    }
    this.#keep();
    this.resending = true;
    await this.#send(resendSignUpCode, 'resend.sending', async (client, key) => {
      this.signUp = await client.write(resendSignUpCode, { signUpId: this.#signUpId }, key);
      this.values = { ...this.values, code: '' };
      if (this.form) fillForm(this.form, this.values);
      this.#keepDraft();
      this.announcement = this.words(signupMessages)('resend.sent', { to: this.#sentTo });
    });
    this.resending = false;
  };

  #welcomeIn(client: PortalClient, session: Session): void {
    const { identifier = '' } = this.values;
    if (session.state === 'signed-in') this.welcome = { name: session.customer.displayName, identifier };
    this.#startAnew({});
    dropDraft(this.#utility);
    client.takeSession(session);
    this.focusOn('.title');
    this.dispatchEvent(new OyaSignedUpEvent());
  }

  readonly #signOut = async (): Promise<void> => {
    if (this.sending || !this.client) return;
    this.sending = true;
    this.signOutFailure = undefined;
    this.announcement = this.words(signupMessages)('signing-out');
    try {
      await this.client.signOut();
      this.forget();
      this.focusOn('.title');
    } catch (thrown) {
      this.signOutFailure = PortalError.from(thrown);
      this.announcement = '';
    } finally {
      this.sending = false;
    }
  };

  /** Sends once, under the key of its intent, and says what comes back. */
  async #send(operation: Write, announcement: MessageKey<typeof fr>, work: (client: PortalClient, key: string) => Promise<void>): Promise<void> {
    const { client } = this;
    if (!client) return;
    const key = (this.#keys[operation.name] ??= newIdempotencyKey());
    this.#keepDraft();
    this.sending = true;
    this.refusal = undefined;
    this.hidePasswords();
    this.announcement = this.words(signupMessages)(announcement);
    try {
      await work(client, key);
      delete this.#keys[operation.name];
    } catch (thrown) {
      const error = PortalError.from(thrown);
      // A portal that could not be reached may have got the request all the same: the next try is the same intent.
      if (!error.retryable || error.kind === 'rate-limited') {
        delete this.#keys[operation.name];
        if (operation.name === submitSignUp.name) this.#robot.forget();
      }
      await this.#refuseAll(operation, error);
    } finally {
      this.sending = false;
      this.#keepDraft();
    }
  }

  #renewKey({ name }: Write): string {
    return (this.#keys[name] = newIdempotencyKey());
  }

  // What is said when it does not go on

  #refuseFields(faults: Faults): void {
    const t = this.words(signupMessages);
    const words = [...faults].map(([name, fault]): [string, string] => [
      name,
      name === 'password' && fault === 'faults'
        ? `${t('password.faults')}. ${this.#rulesSentence()}`
        : t(`${name}.${fault}` as MessageKey<typeof fr>, { count: this.#rules.codeDigits }),
    ]);
    this.refuse({ title: t(words.length > 1 ? 'fields.title.several' : 'fields.title'), fields: new Map(words) });
  }

  async #refuseAll(operation: Write, error: PortalError): Promise<void> {
    if (error.kind === 'not-found') return this.#endSignUp();
    if (error.code === 'terms-changed') {
      await this.#access.refresh();
      const t = this.words(signupMessages);
      this.#go('mode');
      return this.refuse({ title: t('terms.changed.title'), text: t('terms.changed.text'), fields: new Map([['terms', t('terms.empty')]]) });
    }
    if (error.code === 'proof-refused') return this.refuse(this.#proofRefusal(error));
    if (error.kind === 'invalid' && error.fields.length > 0) return this.#refuseAnswered(error);
    const words = this.failureWords(error);
    const limited = operation.name === resendSignUpCode.name && error.kind === 'rate-limited';
    this.refuse({ ...words, ...(limited && this.#resendLimit(error)), error });
  }

  #proofRefusal(error: PortalError): Refusal {
    const t = this.words(signupMessages);
    const kind = this.#kind;
    const other = this.#otherKind;
    const fields = kind === 'invoice' ? (['number', 'total'] as const) : (['contractNumber', 'deliveryPoint', 'lastName'] as const);
    return {
      title: t(`refused.${kind}.title`),
      text: other ? t(`refused.${kind}.text`) : t('refused.only'),
      fields: new Map(fields.map((name) => [name, t(`${name}.check`)])),
      action: html`<div class="actions">
        ${other ? html`<button type="button" class="button" @click=${() => this.#use(other)}>${t(`use.${other}`)}</button>` : nothing} ${this.link('login', t('login.link'), 'button')}
      </div>`,
      error,
    };
  }

  /** The portal has looked at the fields and refused some. */
  #refuseAnswered(error: PortalError): void {
    const t = this.words(signupMessages);
    const codes = (path: string) => error.fields.filter((field) => field.path === path).map(({ code }) => code);
    if (codes('code').length > 0) {
      const ended = codes('code').includes('ended');
      return this.refuse({ title: t(ended ? 'code.ended.title' : 'code.wrong.title'), text: t(ended ? 'code.ended.text' : 'code.wrong.text'), fields: new Map([['code', t('code.wrong')]]), error });
    }
    if (isOnlyUnsolved(error)) return this.refuse({ title: t('robot.unsolved.title'), text: t('robot.unsolved.text'), error });
    const words = new Map<string, string>();
    if (codes('email').length > 0) words.set(this.step === 'address' ? 'newEmail' : 'email', t('email.invalid'));
    if (codes('phone').length > 0) words.set('phone', t('phone.invalid'));
    if (codes('identifier').length > 0) words.set('identifier', t(codes('identifier').includes('taken') ? 'identifier.taken' : 'identifier.invalid'));
    if (codes('password').length > 0) {
      const known = codes('password').filter((code) => `rules.${code}` in lightFormMessages.fr) as ('length' | 'common' | 'personal')[];
      const shared = this.words(lightFormMessages);
      const list = known.map((code) => shared(`rules.${code}`, { count: this.#rules.password.minLength })).join(', ');
      words.set('password', list ? `${t('password.faults')}. ${shared('rules.left', { list })}` : t('password.faults'));
    }
    for (const name of this.#proofFields) if (codes(`proof.${name}`).length > 0) words.set(name, t(`${name}.check`));
    if (words.size === 0) return this.refuse({ ...this.failureWords(error), error });
    this.refuse({ title: t(words.size > 1 ? 'fields.title.several' : 'fields.title'), fields: words, error });
  }

  #resendLimit(error: PortalError): Pick<Refusal, 'title' | 'text'> {
    const t = this.words(signupMessages);
    const { retryAfterSeconds: seconds = 0 } = error;
    return { title: t('resend.limited.title'), ...(seconds > 0 && { text: seconds > MINUTE_S ? t('resend.minutes', { count: Math.ceil(seconds / MINUTE_S) }) : t('resend.wait', { count: Math.ceil(seconds) }) }) };
  }

  /** The portal knows nothing of this sign-up any more: what is typed stays for another. */
  #endSignUp(): void {
    const t = this.words(signupMessages);
    this.#startAnew(this.values);
    this.#history.replace('mode');
    this.#keepDraft();
    this.refuse({ title: t('ended.title'), text: t('ended.text'), action: this.link('login', t('login.link'), 'button') });
  }

  // Where one is, and what is kept

  #begin(): void {
    const draft = findDraft(this.#utility);
    if (draft) {
      this.values = draft.values;
      this.#provedBy = draft.provedBy;
      this.#keys = { ...draft.keys };
    }
    const id = takeFromAddress();
    const signUpId = id ?? draft?.signUpId;
    if (signUpId === undefined) this.step = this.#reachable(draft?.step ?? 'mode');
    else {
      // A link leads to another sign-up than the one that was begun here: to where that one stands.
      this.resumption = { id: signUpId, step: draft && signUpId === draft.signUpId && id === undefined ? draft.step : 'code' };
      void this.#resume();
    }
  }

  async #resume(): Promise<void> {
    const { client, resumption } = this;
    if (!client || !resumption) return;
    const { id, step } = resumption;
    this.resumption = { id, step };
    try {
      const input = { signUpId: id };
      const queryKey = client.keyOf(getSignUp, input);
      // Asked anew, and not kept: its id is a secret.
      const signUp = await client.queries.fetchQuery({ queryKey, queryFn: ({ signal }) => client.read(getSignUp, input, signal), staleTime: 0, gcTime: 0 });
      this.signUp = signUp;
      this.values = { ...this.values, proof: signUp.proof };
      this.resumption = undefined;
      this.step = this.#reachable(step);
      this.#keepDraft();
    } catch (thrown) {
      const error = PortalError.from(thrown);
      this.resumption = error.kind === 'not-found' ? undefined : { id, step, error };
      if (error.kind === 'not-found') this.#endSignUp();
    }
  }

  #startAnew(values: Values): void {
    this.forget();
    this.step = 'mode';
    this.values = values;
    this.signUp = undefined;
    this.#provedBy = undefined;
    this.#sentAs = undefined;
    this.#keys = {};
  }

  /** The step, or the furthest one that can be had instead. */
  #reachable(step: string): Step {
    const started = 'value' in readStart(this.values, this.#rules);
    const furthest = this.signUp ? (this.signUp.state === 'code-sent' ? 'address' : 'account') : started ? 'proof' : 'mode';
    const wanted = STEPS.find((each) => each === step) ?? 'mode';
    const found = STEPS[Math.min(STEPS.indexOf(wanted), STEPS.indexOf(furthest))] ?? 'mode';
    return found === 'proof' && !started ? 'mode' : found;
  }

  #go(step: Step): void {
    this.#history.push(this.step, step);
    this.#show(step);
  }

  readonly #back = (): void => {
    this.#keep();
    this.#leave();
  };

  /** To the step before: by the browser's history where that leads there. */
  #leave(): void {
    if (this.#history.leadsBack) return this.#history.back();
    const before = STEPS[STEPS.indexOf(this.step) - 1] ?? 'mode';
    this.#history.replace(before);
    this.#show(this.#reachable(before));
  }

  #onHistory(step: string): void {
    if (!this.#begunWith || this.welcome || this.resumption || this.#session.data?.state === 'signed-in') return;
    this.#keep();
    this.#show(this.#reachable(step));
  }

  #show(step: Step): void {
    if (step === this.step) return;
    const { announcement } = this;
    this.forget();
    // What was said of the step before is still to be heard, unless it was at work.
    if (!this.sending) this.announcement = announcement;
    this.step = step;
    this.focusOn('.title');
    this.#keepDraft();
  }

  #use(kind: Proof['kind']): void {
    this.#keep();
    this.forget();
    this.values = { ...this.values, proof: kind };
    this.#keepDraft();
    this.focusOn('.title');
  }

  /** Takes what stands in the fields. */
  #keep(): void {
    if (this.form) this.values = { ...this.values, ...readForm(this.form) };
  }

  #keepDraft(): void {
    if (this.welcome) return;
    keepDraft(this.#utility, { step: this.step, values: this.values, signUpId: this.signUp?.id, provedBy: this.#provedBy, keys: this.#keys });
  }

  readonly #onInput = (event: Event): void => {
    this.#keep();
    this.#keys = {};
    this.#keepDraft();
    const { name } = event.target as HTMLInputElement;
    if (name === 'identifier') this.#identifier.look(this.values['identifier'] ?? '');
    if (name !== 'password') return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (this.step === 'account' && this.values['password']) this.announcement = this.#rulesSentence();
    }, QUIET_MS);
  };

  /** A phone number is shown as people write it, once it is whole. */
  readonly #onChange = async (event: Event): Promise<void> => {
    const field = event.target as HTMLInputElement;
    if (field.name !== 'phone' || field.value.trim() === '') return;
    const typed = field.value;
    const number = await import('./phone-number.ts').then(({ readPhoneNumber }) => readPhoneNumber(typed)).catch(() => undefined);
    if (!number || field.value !== typed) return;
    field.value = number.shown;
    this.#keep();
    this.#keepDraft();
  };

  /** `undefined` when there is none, empty when it is not one. */
  async #readPhone(): Promise<string | undefined> {
    const { phone = '' } = this.values;
    if (phone.trim() === '') return undefined;
    const { readPhoneNumber } = await import('./phone-number.ts');
    return readPhoneNumber(phone)?.e164 ?? '';
  }

  #tellOfIdentifier(): void {
    const { status } = this.#identifier;
    if (this.step === 'account' && (status === 'free' || status === 'taken')) this.announcement = this.words(signupMessages)(`identifier.is-${status}`);
  }

  #tellOfCode(moment: Moment): void {
    if (this.step !== 'code') return;
    this.announcement = moment === 'resend' ? this.words(signupMessages)('resend.ready') : this.#timeLeft();
  }

  #timeLeft(): string {
    const t = this.words(signupMessages);
    const { minutesLeft, ended } = this.#clock;
    if (ended) return t('left.ended');
    return minutesLeft === 1 ? t('left.last') : t('left.minutes', { count: minutesLeft });
  }

  #resendDelay(): string {
    const t = this.words(signupMessages);
    const seconds = this.#clock.secondsToResend;
    return seconds > MINUTE_S ? t('resend.minutes', { count: Math.ceil(seconds / MINUTE_S) }) : t('resend.wait', { count: seconds });
  }

  #rulesSentence(): string {
    return passwordRulesSentence(this.values['password'] ?? '', this.#rules.password, personalWords(this.values), this.words(lightFormMessages));
  }

  get #rules(): AccessRules {
    return this.#access.data as AccessRules;
  }

  get #kind(): Proof['kind'] {
    const { proofs } = this.#rules;
    return proofs.find((proof) => proof === this.values['proof']) ?? (proofs[0] as Proof['kind']);
  }

  get #otherKind(): Proof['kind'] | undefined {
    return this.#rules.proofs.find((proof) => proof !== this.#kind);
  }

  get #proofFields() {
    return this.#kind === 'invoice' ? (['number', 'total'] as const) : (['contractNumber', 'deliveryPoint', 'lastName'] as const);
  }

  get #signUpId(): string {
    return this.signUp?.id ?? '';
  }

  /** In full to whoever typed it, else as the portal shows it. */
  get #sentTo(): string {
    return this.values['email'] || (this.signUp?.state === 'code-sent' ? this.signUp.code.to : '');
  }

  get #utility(): string {
    return this.client?.settings.value.utility ?? '';
  }
}

/** The figure that a field carries in the drawing. */
function mark(figure: number): TemplateResult {
  return html`<span class="mark" aria-hidden="true">${figure}</span>`;
}

function isOnlyUnsolved(thrown: unknown): boolean {
  return thrown instanceof PortalError && thrown.fields.length > 0 && thrown.fields.every(({ path }) => path === 'challenge');
}

/** The id of a sign-up in the page's address; taken out of it, as it is a secret. */
function takeFromAddress(): string | undefined {
  const [, id] = ADDRESS.exec(location.hash) ?? [];
  if (id !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  return id;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-signup': OyaSignup;
  }
  interface HTMLElementEventMap {
    'oya-signed-up': OyaSignedUpEvent;
  }
}
