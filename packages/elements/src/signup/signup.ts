import { isSafeAddress, languageOf } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { checkbox, choices, type ChoiceField } from '../light-form/choices.ts';
import { formShapes } from '../light-form/form-shapes.ts';
import { passwordRulesMessages } from '../light-form/password-rules.messages.ts';
import { passwordRulesList } from '../light-form/password-rules.ts';
import { personalWords } from './checks.ts';
import { invoiceDrawing } from './invoice-drawing.ts';
import { SignUpFlow, STEPS, type OyaSignedUpEvent, type Welcome } from './sign-up-flow.ts';
import { signupMessages } from './signup.messages.ts';
import { signupStyles } from './signup.styles.ts';
import { stepper } from './stepper.ts';

export { OyaSignedUpEvent } from './sign-up-flow.ts';

/** The steps that one counts; what follows checks the address. */
const COUNTED = 3;

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
export class OyaSignup extends SignUpFlow {
  static override readonly messages = signupMessages;
  static override readonly lightStyles = signupStyles;

  protected override renderReady(): unknown {
    const session = this.session.data;
    if (this.welcome) return this.#welcomed(this.welcome);
    if (session?.state === 'signed-in') return this.#signedIn(session.customer.displayName);
    if (this.resumption?.error) return this.errorNotice(this.resumption.error, () => void this.resume());
    if (this.resumption) return html`<div class="placeholder" role="status"><span class="visually-hidden">${this.words(signupMessages)('resuming')}</span></div>`;
    switch (this.step) {
      case 'mode':
        return this.#mode();
      case 'proof':
        return this.kind === 'invoice' ? this.#invoice() : this.#contract();
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
    const { proofs, terms } = this.rules;
    const [only] = proofs;
    return html`<div class="view">
      ${this.#head(t('mode.title'), proofs.length > 1 || !only ? t('mode.text') : t(`only.${only}`))}
      <form method="post" novalidate @submit=${this.submit} @input=${this.onInput}>
        ${proofs.length > 1
          ? choices(
              this.#choice('proof'),
              t('proof.label'),
              proofs.map((proof) => ({ value: proof, label: t(`proof.${proof}`), hint: t(`proof.${proof}.hint`), shape: proof === 'invoice' ? formShapes.receipt : formShapes.file })),
            )
          : nothing}
        ${checkbox(this.#choice('terms'), terms.version, html`${t('terms.accept')} ${this.#termsLink()}`)}
        <div class="actions">${this.submitButton(t('next'), t('next'))}</div>
      </form>
      ${this.#loginQuestion()} ${this.status()}
    </div>`;
  }

  #choice(name: string): ChoiceField {
    return { id: this.idOf(name), name, invalid: this.isRefused(name), describedBy: this.describedBy(name), error: this.fieldError(name) };
  }

  #termsLink(): unknown {
    const t = this.words(signupMessages);
    const { address, title } = this.rules.terms;
    const words = title[languageOf(this.locale) as keyof typeof title] ?? title.fr;
    // In a tab of its own: what is typed here stays.
    return isSafeAddress(address) ? html`<a href=${address} target="_blank" rel="noopener">${words}</a> ${t('terms.new-tab')}` : words;
  }

  #invoice(): TemplateResult {
    const t = this.words(signupMessages);
    return html`<div class="view">
      ${this.#head(t('invoice.title'), t('invoice.text'))}
      <div class="beside">
        ${invoiceDrawing({ alt: t('drawing.alt'), number: t('drawing.number'), total: t('drawing.total'), caption: t('drawing.caption') })}
        <form method="post" novalidate @submit=${this.submit} @input=${this.onInput}>
          ${this.field({ name: 'number', label: html`${mark(1)}${t('number.label')}`, hint: t('number.hint'), autocomplete: 'off', maxlength: 40 })}
          ${this.field({ name: 'total', label: html`${mark(2)}${t('total.label')}`, hint: t('total.hint'), autocomplete: 'off', inputmode: 'decimal', maxlength: 24 })} ${this.#proofActions()}
        </form>
      </div>
      ${this.status()}
    </div>`;
  }

  #contract(): TemplateResult {
    const t = this.words(signupMessages);
    return html`<div class="view">
      ${this.#head(t('contract.title'), t('contract.text'))}
      <form method="post" novalidate @submit=${this.submit} @input=${this.onInput}>
        ${this.field({ name: 'contractNumber', label: t('contractNumber.label'), hint: t('contractNumber.hint'), autocomplete: 'off', maxlength: 32 })}
        ${this.field({ name: 'deliveryPoint', label: t('deliveryPoint.label'), hint: t('deliveryPoint.hint'), autocomplete: 'off', maxlength: 40 })}
        ${this.field({ name: 'lastName', label: t('lastName.label'), hint: t('lastName.hint'), autocomplete: 'family-name', maxlength: 120 })} ${this.#proofActions()}
      </form>
      ${this.status()}
    </div>`;
  }

  #proofActions(): TemplateResult {
    const t = this.words(signupMessages);
    const other = this.otherKind;
    return html`<div class="actions">
        ${this.submitButton(t('next'), t('proof.sending'))} ${this.#backButton()}
      </div>
      ${other ? html`<p><button type="button" class="as-link" @click=${() => this.use(other)}>${t(`use.${other}`)}</button></p>` : nothing}`;
  }

  #account(): TemplateResult {
    const t = this.words(signupMessages);
    const { password = '' } = this.values;
    return html`<div class="view">
      ${this.#head(t('account.title'))}
      <form method="post" novalidate @submit=${this.submit} @input=${this.onInput} @change=${this.onChange}>
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
          below: html`<p class=${`live ${this.identifier.status}`} id=${this.idOf('identifier-live')}>${this.#identifierWords()}</p>`,
        })}
        ${this.passwordField({
          name: 'password',
          label: t('password.label'),
          autocomplete: 'new-password',
          describedBy: ['rules'],
          below: passwordRulesList(this.idOf('password-rules'), password, this.rules.password, personalWords(this.values), this.words(passwordRulesMessages)),
        })}
        ${this.passwordField({ name: 'passwordAgain', label: t('passwordAgain.label'), autocomplete: 'new-password' })} ${this.#robotFace()}
        <div class="actions">${this.submitButton(t('account.submit'), t('account.sending'))} ${this.#backButton()}</div>
      </form>
      ${this.status()}
    </div>`;
  }

  #identifierWords(): unknown {
    const t = this.words(signupMessages);
    switch (this.identifier.status) {
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
    const { status } = this.robot;
    const shown = status === 'idle' ? 'working' : status;
    return html`<div class=${`robot ${shown}`}>
      <p role="status">${shown === 'failed' ? icon('alert') : icon(formShapes.shield)}<span>${t(`robot.${shown}`)}</span></p>
      ${shown === 'failed' ? html`<button type="button" class="button" @click=${() => this.robot.start()}>${t('robot.retry')}</button>` : nothing}
    </div>`;
  }

  #code(): TemplateResult {
    const t = this.words(signupMessages);
    const { codeDigits } = this.rules;
    const left = this.timeLeft();
    return html`<div class="view">
      ${this.#head(t('code.title'), t('code.sent', { to: this.sentTo }))}
      <form class="one-code" method="post" novalidate @submit=${this.submit} @input=${this.onInput}>
        ${this.field({
          name: 'code',
          label: t('code.label', { count: codeDigits }),
          autocomplete: 'one-time-code',
          inputmode: 'numeric',
          // Whatever comes between the digits when they are pasted.
          maxlength: codeDigits * 2,
          describedBy: ['left'],
          below: html`<p class=${this.clock.ended ? 'field-error' : 'soft'} id=${this.idOf('code-left')}>${this.clock.ended ? icon('alert') : nothing}<span>${left}</span></p>`,
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
            aria-disabled=${this.sending || this.clock.secondsToResend > 0 ? 'true' : nothing}
            aria-describedby=${this.idOf('resend-wait')}
            @click=${this.resend}
          >
            ${this.resending ? t('resend.sending') : t('resend')}
          </button>
          <button type="button" class="button" @click=${() => this.go('address')}>${t('address.change')}</button>
        </div>
        <p class="soft" id=${this.idOf('resend-wait')}>${this.clock.secondsToResend > 0 ? this.resendDelay() : nothing}</p>
      </div>
      ${this.#loginQuestion()} ${this.status()}
    </div>`;
  }

  #address(): TemplateResult {
    const t = this.words(signupMessages);
    return html`<div class="view">
      ${this.#head(t('address.title'), t('address.text', { to: this.sentTo }))}
      <form method="post" novalidate @submit=${this.submit} @input=${this.onInput}>
        ${this.field({ name: 'newEmail', label: t('newEmail.label'), type: 'email', autocomplete: 'email', maxlength: 254 })}
        <div class="actions">${this.submitButton(t('address.submit'), t('resend.sending'))} ${this.#backButton()}</div>
      </form>
      ${this.status()}
    </div>`;
  }

  #welcomed({ name, identifier }: Welcome): TemplateResult {
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
        <button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${this.signOut}>${this.sending ? t('signing-out') : t('sign-out')}</button>
      </div>
      ${this.status()}
    </div>`;
  }

  /** Where one is, the title of the step, and what is wrong with it. */
  #head(title: string, text?: string): TemplateResult {
    const t = this.words(signupMessages);
    const names = [t('step.mode'), t(`step.${this.kind}`), t('step.account')];
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
    return html`<button type="button" class="button" @click=${this.back}>${this.words(signupMessages)('back')}</button>`;
  }

  #loginQuestion(): unknown {
    const t = this.words(signupMessages);
    const link = this.link('login', t('login.link'));
    return link === nothing ? nothing : html`<p class="ways"><span>${t('login.question')}</span> ${link}</p>`;
  }

  protected override renderProofWays(): TemplateResult {
    const t = this.words(signupMessages);
    const other = this.otherKind;
    return html`<div class="actions">
      ${other ? html`<button type="button" class="button" @click=${() => this.use(other)}>${t(`use.${other}`)}</button>` : nothing} ${this.link('login', t('login.link'), 'button')}
    </div>`;
  }
}

/** The figure that a field carries in the drawing. */
function mark(figure: number): TemplateResult {
  return html`<span class="mark" aria-hidden="true">${figure}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-signup': OyaSignup;
  }
  interface HTMLElementEventMap {
    'oya-signed-up': OyaSignedUpEvent;
  }
}
