import { describeUtility } from '@oya/contract';
import { OyaElement, Resource } from '@oya/core';
import { clearBadge } from '@oya/core/push-device';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../icons.ts';
import { appMessages } from './app.messages.ts';
import { appStyles } from './app.styles.ts';
import { SHOWN_IN_TABS, tabAt, TABS, type Tab, type TabId } from './tabs.ts';

let instances = 0;

/**
 * The app of a utility, as the only thing on its page: alerts, energy forecast, services, emergency numbers and the customer
 * space, one tab each, under the thumb on a phone. A tab is there when the kit on the page has its elements; what is made when
 * it is first visited is kept, with all that was typed in it.
 *
 * The address says which tab is on view (`#alerts`), and below `#/` which section of the customer space, so that shortcuts,
 * messages to a closed app and Back lead where they should. It stands in the light DOM, because the sign-in inside it does.
 *
 * @summary The app of a utility: its tabs, with the customer space as one of them.
 * @placeholder 100vh
 * @csspart notice - A message in place of the app: it cannot be reached, nothing is offered.
 */
export class OyaApp extends OyaElement {
  static override readonly messages = appMessages;
  static override readonly lightStyles = appStyles;

  @state() private asked: TabId | undefined;

  readonly #utility = new Resource(this, describeUtility, () => ({}), { blocking: false });
  readonly #id = `oya-app-${++instances}`;
  /** The elements of visited tabs. */
  readonly #kept = new Map<Tab, readonly HTMLElement[]>();
  #movesFocus = false;
  #hostTitle = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#hostTitle = document.title;
    this.asked = tabAt(location.hash);
    window.addEventListener('popstate', this.#onAddress);
    window.addEventListener('hashchange', this.#onAddress);
    // The portal inside changes the address by itself.
    this.addEventListener('oya-navigate', this.#onNavigate);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#onAddress);
    window.removeEventListener('hashchange', this.#onAddress);
    this.removeEventListener('oya-navigate', this.#onNavigate);
    document.title = this.#hostTitle;
  }

  protected override renderReady(): unknown {
    const current = this.#current;
    const t = this.words(appMessages);
    if (!current) return this.notice(t('none.title'), t('none.text'));
    if (!this.#kept.has(current)) this.#kept.set(current, this.#elementsOf(current));
    return html`<div class="oya-app-part shell">
      <header class="oya-app-part top">
        <a class="oya-app-part skip" href=${`#${this.#id}`} @click=${this.#skip}>${t('skip')}</a>
        <div class="oya-app-part bar">
          <div class="oya-app-part title">${this.heading(t(`title.${current.id}`), 'oya-app-part')}</div>
          <p class="oya-app-part whose">${this.#utility.data?.name ?? nothing}</p>
        </div>
      </header>
      ${this.#navigation(current)}
      ${this.has('oya-app-status') ? html`<div class="oya-app-part status"><oya-app-status .lang=${this.lang}></oya-app-status></div>` : nothing}
      <main class="oya-app-part content" id=${this.#id}>
        ${repeat(
          this.#kept,
          ([{ id }]) => id,
          ([tab, elements]) => html`<div class="oya-app-part tab-content" ?hidden=${tab !== current}>${elements}</div>`,
        )}
      </main>
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const current = this.state === 'ready' ? this.#current : undefined;
    if (!current) return;
    this.#pass();
    document.title = [this.words(appMessages)(`title.${current.id}`), this.#hostTitle].filter(Boolean).join(' – ');
    // What the icon counted is on view.
    if (current.id === 'alerts') void clearBadge();
    if (!this.#movesFocus) return;
    this.#movesFocus = false;
    window.scrollTo({ top: 0 });
    this.moveFocus('.title > *');
  }

  get #open(): readonly Tab[] {
    return TABS.filter(({ tags }) => tags.some((tag) => this.has(tag)));
  }

  get #current(): Tab | undefined {
    const open = this.#open;
    return open.find(({ id }) => id === this.asked) ?? open[0];
  }

  #navigation(current: Tab): TemplateResult {
    const t = this.words(appMessages);
    return html`<nav class="oya-app-part tabs" aria-label=${t('region')}>
      <ul class="oya-app-part items">
        ${this.#open.map(
          (tab) =>
            html`<li class="oya-app-part">
              <a class="oya-app-part tab" href=${`#${tab.id}`} aria-current=${tab === current ? 'page' : nothing} @click=${this.#onTab}>${icon(tab.icon)}<span class="oya-app-part">${t(`tab.${tab.id}`)}</span></a>
            </li>`,
        )}
      </ul>
    </nav>`;
  }

  #elementsOf({ tags }: Tab): HTMLElement[] {
    return tags.filter((tag) => this.has(tag)).map((tag) => document.createElement(tag));
  }

  /** What the elements in the tabs share with the app. */
  #pass(): void {
    for (const elements of this.#kept.values()) {
      for (const element of elements) {
        element.setAttribute('heading-level', String(this.levelOf(1)));
        if (this.hasAttribute('lang')) element.setAttribute('lang', this.lang);
        if (element.localName !== 'oya-portal') continue;
        element.setAttribute('without', SHOWN_IN_TABS);
        // The title of the page is that of the tab.
        element.setAttribute('title-template', 'none');
      }
    }
  }

  /** A tab that is touched again leads back to its top. */
  readonly #onTab = (): void => {
    this.#movesFocus = true;
    this.requestUpdate();
  };

  readonly #onNavigate = (): void => void setTimeout(() => this.#onAddress());

  readonly #onAddress = (): void => {
    const asked = tabAt(location.hash);
    if (asked === undefined || asked === this.asked) return;
    this.asked = asked;
    this.#movesFocus = true;
  };

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.moveFocus('.title > *');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-app': OyaApp;
  }
}
