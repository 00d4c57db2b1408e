import { localDay, type OperationName, type PortalError, type Session } from '@oya/contract';
import { define, type Part } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { cardMessages } from './card.messages.ts';
import { cardStyles } from './card.styles.ts';

export type SignedIn = Extract<Session, { state: 'signed-in' }>;

/** By name alone: their schemas come with the offer. */
const PASSKEYS: readonly OperationName[] = ['describeAccess', 'listPasskeys', 'startPasskey', 'addPasskey'];
const OFFER: Part = () => import('./passkey-offer.ts').then(({ OyaLoginPasskeyOffer }) => define('oya-login-passkey-offer', OyaLoginPasskeyOffer));

const DAY_MS = 86_400_000;

/** Who is signed in, for how long, and the way out. Part of `oya-login`, which fetches it when somebody signs in. */
export class OyaLoginCard extends OyaLightForm {
  static override readonly messages = cardMessages;
  static override readonly lightStyles = cardStyles;

  @property({ attribute: false }) session: SignedIn | undefined;
  /** The customer has just chosen a new password. */
  @property({ attribute: false }) passwordChanged = false;

  /** The session is closed; this card goes with it, so that its place tells the page. */
  @property({ attribute: false }) onSignedOut: (() => void) | undefined;

  @state() private signOutFailure: PortalError | undefined;

  protected override renderReady(): unknown {
    if (!this.session) return nothing;
    const { customer, expiresAt, answeredAt } = this.session;
    const t = this.words(cardMessages);
    return html`<div class="view card">
      ${this.passwordChanged ? this.#passwordChangedNotice() : nothing}
      <div class="who">
        <span class="initials" aria-hidden="true">${initialsOf(customer.displayName)}</span>
        <div>
          ${this.heading(t('hello', { name: customer.displayName }))}
          <p class="soft">${this.#lasting(Date.parse(expiresAt), answeredAt === undefined ? Date.now() : Date.parse(answeredAt))}</p>
        </div>
      </div>
      ${this.signOutFailure ? this.#signOutNotice(this.signOutFailure) : nothing}
      <div class="actions">
        ${this.link('space', t('space'), 'button primary')}
        <button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${this.#signOut}>
          ${this.sending ? t('signing-out') : t('sign-out')}
        </button>
      </div>
      ${this.#passkeyOffer()} ${this.status()}
    </div>`;
  }

  /** When the session ends, or that it stays. */
  #lasting(expiresAt: number, now: number): string {
    const t = this.words(cardMessages);
    if (expiresAt - now < DAY_MS) return t('signed-in.until', { time: this.format.time(expiresAt) });
    return t('signed-in.stays', { day: this.format.day(localDay(expiresAt, this.client?.timeZone ?? 'Europe/Paris'), 'medium') });
  }

  #passwordChangedNotice(): TemplateResult {
    const t = this.words(cardMessages);
    return html`<div class="notice done" role="status">
      ${icon('check')}
      <div>
        <p class="notice-title">${t('password-changed.title')}</p>
        <p>${t('password-changed.text')}</p>
      </div>
    </div>`;
  }

  #signOutNotice(error: PortalError): TemplateResult {
    const t = this.words(cardMessages);
    return html`<div class="notice error" role="alert">
      ${this.heading(t('sign-out.failed'), 'notice-title', 1)}
      <p>${this.core(`error.${error.kind}.title`)}. ${this.core(`error.${error.kind}.text`)}</p>
      ${error.requestId ? html`<p class="reference">${this.core('reference', { reference: error.requestId })}</p>` : nothing}
    </div>`;
  }

  #passkeyOffer(): unknown {
    return 'PublicKeyCredential' in window && PASSKEYS.every((name) => this.client?.supports({ name }))
      ? this.onceHere(OFFER, () => html`<oya-login-passkey-offer .lang=${this.lang} .headingLevel=${this.headingLevel}></oya-login-passkey-offer>`)
      : nothing;
  }

  readonly #signOut = async (): Promise<void> => {
    const { client } = this;
    if (this.sending || !client) return;
    this.sending = true;
    this.signOutFailure = undefined;
    this.announcement = this.words(cardMessages)('signing-out');
    try {
      await client.signOut();
      this.onSignedOut?.();
    } catch (thrown) {
      this.signOutFailure = thrown as PortalError;
      this.announcement = '';
    } finally {
      this.sending = false;
    }
  };
}

/** `Camille Durand` → `CD`. */
function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase();
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-login-card': OyaLoginCard;
  }
}
