import { describeAccess, listPasskeys } from '@oya/contract';
import { define, Resource, type Part } from '@oya/core';
import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { lightFormStyles } from '../light-form/light-form.styles.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { hasPasskeys } from '../light-form/passkey-browser.ts';
import { passkeyOfferMessages } from './passkey-offer.messages.ts';

const TAG = 'oya-login-passkey-offer';
/** In this browser, for whoever uses it: it says nothing of anybody. */
const DECLINED = 'oya-passkey-offer';

const ADD: Part = () => import('../light-form/passkey-add.ts').then(({ OyaPasskeyAdd }) => define('oya-passkey-add', OyaPasskeyAdd));

/**
 * Offers a passkey to whoever has none and holds a device that could have one, until they decline. Part of the card of
 * `oya-login`, which fetches it.
 */
export class OyaLoginPasskeyOffer extends OyaLightForm {
  static override readonly messages = passkeyOfferMessages;
  static override readonly lightStyles = `${lightFormStyles(TAG)}
${TAG} .done {
  display: flex;
  gap: var(--oya-space-3);
}

${TAG} .done:focus {
  outline: none;
}

${TAG} .done svg {
  margin-block-start: 0.125em;
  color: var(--oya-color-success);
}`;

  @state() private step: 'none' | 'offered' | 'adding' | 'added' = 'none';

  readonly #access = new Resource(this, describeAccess, () => ({}), { blocking: false });
  readonly #passkeys = new Resource(this, listPasskeys, () => (this.#access.data?.passkeys ? {} : undefined), { blocking: false });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#lookAtDevice();
  }

  /** There is nothing to keep room for. */
  protected override renderLoading(): unknown {
    return nothing;
  }

  protected override renderReady(): unknown {
    const t = this.words(passkeyOfferMessages);
    switch (this.step) {
      case 'none':
        return nothing;
      case 'offered':
        return this.#passkeys.data?.items.length === 0 ? this.#offer() : nothing;
      case 'adding':
        return html`<div class="notice">
          ${this.whenHere(ADD, () => html`<oya-passkey-add .lang=${this.lang} .headingLevel=${this.headingLevel} .onAdded=${this.#onAdded} .onLeave=${this.#dismiss}></oya-passkey-add>`)}
        </div>`;
      case 'added':
        return html`<p class="notice done" tabindex="-1">${icon('check')}<span>${t('added')}</span></p>`;
      default:
        return this.step satisfies never;
    }
  }

  #offer(): unknown {
    const t = this.words(passkeyOfferMessages);
    return html`<div class="notice">
      ${this.heading(t('title'), 'notice-title', 1)}
      <p>${t('text')}</p>
      <div class="actions">
        <button type="button" class="button" @click=${() => (this.step = 'adding')}>${t('add')}</button>
        <button type="button" class="button" @click=${this.#dismiss}>${t('dismiss')}</button>
      </div>
    </div>`;
  }

  async #lookAtDevice(): Promise<void> {
    if (!hasPasskeys() || hasDeclined()) return;
    if (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()) this.step = 'offered';
  }

  readonly #onAdded = (): void => {
    this.step = 'added';
    this.focusOn('.done');
  };

  readonly #dismiss = (): void => {
    this.step = 'none';
    decline();
    // What had the focus is gone: it goes to the head of the card.
    const title = this.closest('oya-login-card')?.querySelector<HTMLElement>('.title');
    if (!title) return;
    title.tabIndex = -1;
    title.focus();
  };
}

// eslint-disable-next-line no-restricted-globals -- no more than that somebody here said no
const storage = (): Storage => localStorage;

/** Storage may be forbidden: then it is offered again. */
function hasDeclined(): boolean {
  try {
    return storage().getItem(DECLINED) !== null;
  } catch {
    return false;
  }
}

function decline(): void {
  try {
    storage().setItem(DECLINED, 'declined');
  } catch {
    // It is offered again.
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-login-passkey-offer': OyaLoginPasskeyOffer;
  }
}
