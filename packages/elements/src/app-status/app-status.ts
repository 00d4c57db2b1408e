import { OyaElement, type PortalClient } from '@oya/core';
import { appUpdate } from '@oya/core/app-update';
import { keptData, type Kept } from '@oya/core/kept-data';
import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { appStatusMessages } from './app-status.messages.ts';
import { appStatusStyles } from './app-status.styles.ts';

const NO_NETWORK = svg`<path d="m2 2 20 20"></path><path d="M5.782 5.782A7 7 0 0 0 9 19h8.5a4.5 4.5 0 0 0 1.307-.193"></path>
  <path d="M21.532 16.5A4.5 4.5 0 0 0 17.5 10h-1.79A7.008 7.008 0 0 0 10 5.07"></path>`;
const NEWER = svg`<path d="M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8"></path><path d="M21 3v5h-5"></path>`;

/**
 * Says once for a whole page what an app has to say of itself: that what is shown was kept on the device, and since when; and
 * that a newer version is ready. It takes no room while there is nothing to say.
 *
 * The page of an app has one at its top by itself; put it somewhere to have it there.
 *
 * @summary How old the data is that an app shows without a network, and its new version.
 */
export class OyaAppStatus extends OyaElement {
  static override readonly messages = appStatusMessages;
  static override styles = [OyaElement.styles, appStatusStyles];

  #followed: PortalClient | undefined;
  #ends: (() => void)[] = [];
  #endUpdate: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endUpdate = appUpdate.subscribe(() => this.requestUpdate());
    for (const name of ['online', 'offline']) window.addEventListener(name, this.#onNetwork);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endUpdate?.();
    for (const name of ['online', 'offline']) window.removeEventListener(name, this.#onNetwork);
    this.#follow(undefined);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#follow(this.client);
  }

  /** There is nothing to keep room for. */
  protected override renderLoading(): unknown {
    return nothing;
  }

  protected override renderReady(): unknown {
    const kept = this.client && keptData(this.client).value;
    // The region is there before its words, or they are not spoken.
    return html`<div role="status">${kept ? this.#age(kept) : nothing}</div>
      ${appUpdate.value ? this.#update(appUpdate.value) : nothing}`;
  }

  #age({ since }: Kept): TemplateResult {
    const t = this.words(appStatusMessages);
    const why = navigator.onLine ? 'unreachable' : 'offline';
    return html`<div class="line">
      <p>${icon(NO_NETWORK)}<span>${since === undefined ? t(why) : t(`kept.${why}`, { when: this.format.dateTime(since) })}</span></p>
    </div>`;
  }

  #update(takeOver: () => void): TemplateResult {
    const t = this.words(appStatusMessages);
    return html`<div class="line update">
      <p role="status">${icon(NEWER)}<span>${t('update')}</span></p>
      <button type="button" class="button" @click=${takeOver}>${t('update.now')}</button>
    </div>`;
  }

  readonly #onNetwork = (): void => this.requestUpdate();

  #follow(client: PortalClient | undefined): void {
    if (client === this.#followed) return;
    for (const end of this.#ends) end();
    this.#followed = client;
    this.#ends = client ? [keptData(client).subscribe(() => this.requestUpdate())] : [];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-app-status': OyaAppStatus;
  }
}
