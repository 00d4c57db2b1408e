import { listPasskeys, localDay, removePasskey, startPasskey, type Passkey, type PortalError } from '@oya/contract';
import { define, Intent, Resource, type Part } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { hasPasskeys } from '../light-form/passkey-browser.ts';
import { passkeyIcon } from '../light-form/passkey-icon.ts';
import { passkeysMessages } from './passkeys.messages.ts';
import { passkeysStyles } from './passkeys.styles.ts';

const ADD: Part = () => import('../light-form/passkey-add.ts').then(({ OyaPasskeyAdd }) => define('oya-passkey-add', OyaPasskeyAdd));

/**
 * The passkeys of the account: what they are, which there are and when they were used, adding one and removing one. It stands
 * in the light DOM, as adding one may ask for the password.
 *
 * @summary Passkeys (signing in with the fingerprint, face or code of a device): added, listed and removed.
 * @placeholder 12rem
 */
export class OyaPasskeys extends OyaLightForm {
  static override readonly messages = passkeysMessages;
  static override readonly lightStyles = passkeysStyles;

  @state() private adding = false;
  /** Id of the passkey that is about to be removed. */
  @state() private removing: string | undefined;
  /** What has just been done, told where the focus goes. */
  @state() private outcome: string | undefined;

  readonly #passkeys = new Resource(this, listPasskeys, () => ({}));
  readonly #intent = new Intent();

  protected override isEmpty(): boolean {
    return this.#passkeys.data?.items.length === 0;
  }

  /** Empty is where it begins: what they are, and the way to the first. */
  protected override renderEmpty(): unknown {
    return this.renderReady();
  }

  protected override renderReady(): unknown {
    const t = this.words(passkeysMessages);
    const items = this.#passkeys.data?.items ?? [];
    return html`<div class="view">
      ${this.heading(t('title'))}
      ${this.outcome === undefined ? nothing : html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.outcome}</span></p>`}
      ${items.length === 0 ? html`<p>${t('what')} ${t('why')}</p>` : html`<ul class="keys">${items.map((passkey) => this.#item(passkey))}</ul>`}
      ${this.#addition()} ${this.status()}
    </div>`;
  }

  #item(passkey: Passkey): TemplateResult {
    const t = this.words(passkeysMessages);
    const { id, label, createdAt, lastUsedAt, synced } = passkey;
    return html`<li>
      ${icon(passkeyIcon)}
      <div class="about">
        <p class="label"><bdi>${label}</bdi></p>
        <p class="soft">${t(synced ? 'synced' : 'single')}</p>
        <p class="soft">
          ${t('created', { day: this.#day(createdAt) })}.
          ${lastUsedAt === null ? t('used.never') : t('used', { day: this.#day(lastUsedAt), time: this.format.time(Date.parse(lastUsedAt)) })}.
        </p>
      </div>
      ${this.removing === id
        ? this.#removal(passkey)
        : html`<button type="button" class="button" @click=${() => this.#askToRemove(id)}>
            <span>${t('remove')} <span class="visually-hidden">${t('remove.what', { label })}</span></span>
          </button>`}
    </li>`;
  }

  /** In its place, so that it is certain which. */
  #removal(passkey: Passkey): TemplateResult {
    const t = this.words(passkeysMessages);
    return html`<div class="notice sure">
      ${this.heading(t('remove.title', { label: passkey.label }), 'notice-title', 1)}
      <p>${t('remove.text')}</p>
      ${this.summary()}
      <div class="actions">
        <button type="button" class="button danger" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#remove(passkey)}>
          ${t(this.sending ? 'remove.sending' : 'remove.confirm')}
        </button>
        <button type="button" class="button" @click=${this.#keep}>${t('remove.keep')}</button>
      </div>
    </div>`;
  }

  #addition(): unknown {
    const t = this.words(passkeysMessages);
    if (!this.client?.supports(startPasskey)) return nothing;
    if (!hasPasskeys()) return html`<p class="soft">${t('no-browser')}</p>`;
    if (!this.adding) return html`<button type="button" class="button add ${this.isEmpty() ? 'primary' : ''}" @click=${this.#startAdding}>${t('add')}</button>`;
    return this.whenHere(
      ADD,
      () => html`<oya-passkey-add .lang=${this.lang} .headingLevel=${this.headingLevel} .onAdded=${this.#onAdded} .onLeave=${this.#leaveAdding}></oya-passkey-add>`,
    );
  }

  readonly #startAdding = (): void => {
    this.adding = true;
    this.removing = undefined;
    this.outcome = undefined;
  };

  readonly #leaveAdding = (): void => {
    this.adding = false;
    this.focusOn('.add');
  };

  readonly #onAdded = ({ label }: Passkey): void => {
    this.adding = false;
    this.#tell(this.words(passkeysMessages)('added', { label }));
  };

  #askToRemove(id: string): void {
    this.forget();
    this.adding = false;
    this.removing = id;
    this.outcome = undefined;
    this.#intent.end();
    this.focusOn('.sure .notice-title');
  }

  readonly #keep = (): void => {
    this.removing = undefined;
    this.focusOn('.keys .button');
  };

  async #remove({ id, label }: Passkey): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    this.sending = true;
    this.refusal = undefined;
    try {
      const left = await this.#intent.send(id, (key) => client.write(removePasskey, { passkeyId: id }, key));
      client.queries.setQueryData(client.keyOf(listPasskeys, {}), left);
    } catch (thrown) {
      const error = thrown as PortalError;
      // Somebody removed it meanwhile, on another device: what was wanted is so.
      if (error.kind !== 'not-found') return this.refuse({ ...this.failureWords(error), error });
      await this.#passkeys.refresh();
    } finally {
      this.sending = false;
    }
    this.removing = undefined;
    this.#tell(this.words(passkeysMessages)('removed', { label }));
  }

  #tell(outcome: string): void {
    this.outcome = outcome;
    this.focusOn('.outcome');
  }

  #day(instant: string): string {
    return this.format.day(localDay(Date.parse(instant), this.format.timeZone), 'long');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-passkeys': OyaPasskeys;
  }
}
