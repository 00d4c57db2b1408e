import { describeUtility } from '@oya/contract';
import { localized, OyaElement, Resource, warnOnce } from '@oya/core';
import { followInstallOffer, installOffer, justInstalled } from '@oya/core/install-offer';
import { isInstalled } from '@oya/core/push-device';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { installMessages } from './install.messages.ts';
import { installStyles } from './install.styles.ts';
import { picture } from './pictures.ts';
import { PLATFORMS, platformOf, SHORTCUTS, STEPS, type Platform } from './platforms.ts';

/**
 * How the portal comes onto the home screen of a phone, or among the programs of a computer: with one button where the browser
 * offers one, else step by step in words and drawings for the device that somebody has in front of them, with all others to
 * choose from. In the installed app it says nothing, unless `always` wants it to.
 *
 * @summary Installs the app, or says step by step how to, on each kind of phone and computer.
 * @placeholder 30rem
 * @attr {"iphone"|"ipad"|"android"|"samsung"|"android-firefox"|"computer"|"mac"|"computer-firefox"} platform - whose steps are shown first; default: those of this device
 * @attr {boolean} always - in the installed app too
 */
export class OyaInstall extends OyaElement {
  static override readonly messages = installMessages;
  static override styles = [OyaElement.styles, installStyles];

  @property() platform: Platform | undefined;
  @property({ type: Boolean }) always = false;

  @state() private chosen: Platform | undefined;
  @state() private isAsking = false;
  @state() private hasDeclined = false;

  readonly #utility = new Resource(this, describeUtility, () => ({}), { blocking: false });
  #ends: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    followInstallOffer();
    this.#ends = [installOffer, justInstalled].map((slice) => slice.subscribe(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends) end();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.platform === undefined || PLATFORMS.includes(this.platform)) return;
    warnOnce(`<${this.localName}>: platform must be one of ${PLATFORMS.join(', ')}, not "${String(this.platform)}"; this device's own is used.`);
    this.platform = undefined;
  }

  protected override renderLoading(): unknown {
    return this.#isSilent ? nothing : super.renderLoading();
  }

  protected override renderReady(): unknown {
    if (this.#isSilent) return nothing;
    const t = this.words(installMessages);
    const name = this.#utility.data?.name;
    const platform = this.chosen ?? this.platform ?? platformOf(navigator);
    return html`<div class="guide">
      <div class="intro">
        ${this.heading(name === undefined ? t('title.unnamed') : t('title', { name }))}
        <p class="soft">${t('lead')}</p>
      </div>
      <div role="status">${justInstalled.value ? this.#installed() : this.hasDeclined ? html`<p>${t('declined')}</p>` : nothing}</div>
      ${this.#button()} ${this.#choice(platform)} ${this.#steps(platform)} ${this.#shortcut(platform)}
    </div>`;
  }

  get #isSilent(): boolean {
    return !this.always && isInstalled();
  }

  #installed(): TemplateResult {
    const t = this.words(installMessages);
    return html`<p><strong>${t('installed.title')}.</strong> ${t('installed.text')}</p>`;
  }

  #button(): unknown {
    if (!installOffer.value && !this.isAsking) return nothing;
    const t = this.words(installMessages);
    return html`<button type="button" class="button primary" aria-disabled=${this.isAsking ? 'true' : nothing} @click=${this.#install}>${t(this.isAsking ? 'installing' : 'install')}</button>`;
  }

  #choice(platform: Platform): TemplateResult {
    const t = this.words(installMessages);
    return html`<div class="choice">
      <label for="platform">${t('platform')}</label>
      <select id="platform" @change=${this.#choose}>
        ${PLATFORMS.map((each) => html`<option value=${each} ?selected=${each === platform}>${t(`platform.${each}`)}</option>`)}
      </select>
    </div>`;
  }

  #steps(platform: Platform): TemplateResult {
    const t = this.words(installMessages);
    return html`<ol class="steps" aria-label=${t('steps.title')}>
      ${STEPS[platform].map(({ id, picture: kind }) => html`<li>${picture(kind)}<p>${t(`step.${id}`)}</p></li>`)}
    </ol>`;
  }

  #shortcut(platform: Platform): TemplateResult {
    const t = this.words(installMessages);
    const { measure, cost } = this.#utility.data?.texts ?? {};
    const names = { measure: measure ? localized(measure, this.locale) : t('measure'), cost: cost ? localized(cost, this.locale) : t('cost') };
    return html`<div class="part">
      ${this.heading(t('shortcut.title'), 'part-title', 1)}
      <p>${t(`shortcut.${SHORTCUTS[platform]}`, names)}</p>
      ${platform === 'iphone' || platform === 'ipad' ? html`<p>${t('notices.iphone')}</p>` : nothing}
    </div>`;
  }

  readonly #choose = (event: Event): void => {
    this.chosen = (event.target as HTMLSelectElement).value as Platform;
  };

  readonly #install = async (): Promise<void> => {
    const offer = installOffer.value;
    if (!offer || this.isAsking) return;
    this.isAsking = true;
    this.hasDeclined = false;
    try {
      this.hasDeclined = (await offer()) === 'declined';
    } catch {
      // The browser took its offer back: the steps lead there too.
      this.hasDeclined = true;
    } finally {
      this.isAsking = false;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-install': OyaInstall;
  }
}
