import { whoAmI, type PortalError, type Session } from '@oya/contract';
import { OyaElement, OyaSignedOutEvent, Resource, warnOnce, type OyaNavigateEvent } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../icons.ts';
import { spaceIcons } from '../space-icons.ts';
import { PageTitle } from './page-title.ts';
import { portalMessages } from './portal.messages.ts';
import { portalStyles } from './portal.styles.ts';
import { addressOf, fragmentWith, ROUTINGS, sectionAt, type Place, type Routing } from './routing.ts';
import { availableSections, SECTIONS, type KnownSection } from './sections.ts';

const TITLE_TEMPLATE = '{section} – {title}';
/** Attributes that the sections share with the portal. */
const PASSED_ON = ['lang', 'contract'] as const;

let instances = 0;

/**
 * The whole customer space in one tag: a navigation with the sections that the portal behind the adapter supports, deep
 * links and Back, sign-in where nobody is signed in, and then on to what was asked for.
 *
 * It stands in the light DOM, because the sign-in inside it does. A section is made when it is first visited and then kept:
 * what was typed in it is still there on return. Any section may also stand elsewhere on the page; `without` then takes
 * it out of the navigation, and links lead to the site's own `routes`.
 *
 * Links to a section (`oya-navigate`) are followed inside the portal, unless the host cancels the event before it gets here.
 *
 * @summary The whole customer space: navigation, sections, sign-in.
 * @placeholder 36rem
 * @attr {"hash"|"path"|"none"} routing - where the address says which section is on view: `#/consumption` (default), `<base>/consumption`, or nowhere
 * @attr {string} base - path of the page that holds the portal, with `routing="path"`; the site must answer every path below it with that page
 * @attr {string} title-template - the page's title, `{section}` and `{title}` (the host's own) filled in; default `{section} – {title}`; `none` leaves it alone
 * @attr {string} without - ids of sections to leave out, separated by spaces: `without="consumption"`
 * @event {OyaSignedOutEvent} oya-signed-out - The customer has signed out.
 * @csspart notice - A message in place of the portal: it cannot be reached, nothing is offered.
 */
export class OyaPortal extends OyaElement {
  static override readonly messages = portalMessages;
  static override readonly lightStyles = portalStyles;

  @property() routing: Routing = 'hash';
  @property() base: string | undefined;
  @property({ attribute: 'title-template' }) titleTemplate = TITLE_TEMPLATE;
  @property() without = '';

  /** The section that was asked for last, whether or not it can be shown now. */
  @state() private asked: string | null = null;
  @state() private menuOpen = false;
  @state() private signingOut = false;
  @state() private signOutFailure: PortalError | undefined;
  @state() private announcement = '';

  readonly #session = new Resource(this, whoAmI, () => ({}));
  /** Whether a contract of the customer is of Tempo; asked for once a customer is here. */
  #isTempo: (() => boolean) | undefined;
  readonly #title = new PageTitle();
  readonly #id = `oya-portal-${++instances}`;
  /** The elements of visited sections, which keep what was typed in them. */
  readonly #kept = new Map<KnownSection, HTMLElement>();
  /** The customer's section to go on to after signing in. */
  #wanted: string | null = null;
  /** Whom the last update was for: a customer's id, empty for a visitor. */
  #shownTo: string | undefined;
  /** The section in which the account was closed: its goodbye stays until the visitor goes on. */
  #farewell: KnownSection | undefined;
  /** Whose the kept sections are. */
  #lastCustomer: string | undefined;
  #movesFocus: FocusOptions | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.asked = sectionAt(location, this.#place) ?? null;
    window.addEventListener('popstate', this.#onAddress);
    window.addEventListener('hashchange', this.#onAddress);
    this.addEventListener('oya-navigate', this.#onNavigate);
    this.addEventListener('oya-account-closed', this.#onAccountClosed);
    // Elements that stand outside the portal link to its sections too.
    document.addEventListener('oya-navigate', this.#onNavigate);
  }

  override disconnectedCallback(): void {
    this.client?.sections.set({});
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#onAddress);
    window.removeEventListener('hashchange', this.#onAddress);
    this.removeEventListener('oya-navigate', this.#onNavigate);
    this.removeEventListener('oya-account-closed', this.#onAccountClosed);
    document.removeEventListener('oya-navigate', this.#onNavigate);
    this.#title.restore();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!ROUTINGS.includes(this.routing)) {
      warnOnce(`<${this.localName}>: routing must be one of ${ROUTINGS.join(', ')}, not "${this.routing}"; hash is used.`);
      this.routing = 'hash';
    }
    if (this.routing === 'path' && !this.base?.startsWith('/')) {
      warnOnce(`<${this.localName}>: routing="path" needs base, the path of the page that holds it, such as base="/mon-espace"; hash is used.`);
      this.routing = 'hash';
    }
    if (changed.has('routing') || changed.has('base')) this.asked = sectionAt(location, this.#place) ?? this.asked;
    if (changed.has('without')) this.#warnOfUnknown();
    this.#followSession();
    if (this.#shownTo && !this.#isTempo) this.#followContracts();
    this.#announceSections();
    if (!isForVisitors(this.asked)) this.#wanted = this.asked;
    this.#correctAddress();
  }

  protected override renderReady(): unknown {
    const current = this.#current;
    const t = this.words(portalMessages);
    if (!current) return this.#shell(nothing, this.notice(t('none.title'), t('none.text')));
    if (!this.#kept.has(current)) this.#kept.set(current, document.createElement(current.tag));
    const session = this.#session.data;
    return this.#shell(
      session?.state === 'signed-in' ? this.#navigation(session.customer.displayName, current) : nothing,
      repeat(
        this.#kept,
        ([{ id }]) => id,
        ([section, element]) => this.#section(section, element, section === current),
      ),
    );
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const current = this.state === 'ready' ? this.#current : undefined;
    if (!current) return;
    if (this.titleTemplate === 'none') this.#title.restore();
    else this.#title.show(this.words(portalMessages)(`section.${current.id}`), this.titleTemplate);
    if (!this.#movesFocus) return;
    const heading = this.querySelector<HTMLElement>(`#${this.#headingId(current.id)} > *`);
    if (heading) heading.tabIndex = -1;
    heading?.focus(this.#movesFocus);
    this.#movesFocus = undefined;
  }

  get #place(): Place {
    return { routing: this.routing, base: this.base ?? '' };
  }

  /** Those that can be shown here, to anybody. */
  get #available(): KnownSection[] {
    const { client } = this;
    if (!client) return [];
    const without = new Set(this.without.split(/\s+/));
    return availableSections({ offers: (operation) => client.supports(operation), has: (tag) => this.has(tag), without, isTempo: this.#isTempo?.() ?? false });
  }

  /** Those that can be shown to who is here now. */
  get #open(): KnownSection[] {
    const audience = this.#session.data?.state === 'signed-in' ? 'customer' : 'visitor';
    return this.#available.filter((section) => section.audience === audience);
  }

  get #current(): KnownSection | undefined {
    if (this.#farewell) return this.#farewell;
    const open = this.#open;
    return open.find(({ id }) => id === this.asked) ?? open.find(({ id }) => isForVisitors(this.asked) && id === this.#wanted) ?? open[0];
  }

  #shell(navigation: unknown, content: unknown): TemplateResult {
    const t = this.words(portalMessages);
    return html`<div class="oya-part shell">
      ${navigation === nothing ? nothing : html`<a class="oya-part skip" href=${`#${this.#id}`} @click=${this.#skip}>${t('skip')}</a>`} ${navigation}
      <div class="oya-part content" id=${this.#id}>${content}</div>
      <p class="oya-part unseen" role="status">${this.announcement}</p>
    </div>`;
  }

  #navigation(name: string, current: KnownSection): TemplateResult {
    const t = this.words(portalMessages);
    const menuId = `${this.#id}-menu`;
    return html`<nav class="oya-part nav" aria-label=${t('region')} @keydown=${this.#onMenuKey}>
      <button type="button" class="oya-part menu-button" aria-expanded=${this.menuOpen ? 'true' : 'false'} aria-controls=${menuId} @click=${() => (this.menuOpen = !this.menuOpen)}>
        ${icon(spaceIcons.menu)}<span class="oya-part menu-words">${t('menu')}</span>
        <span class="oya-part menu-current">${t(`section.${current.id}`)}</span>
      </button>
      <div class=${this.menuOpen ? 'oya-part menu open' : 'oya-part menu'} id=${menuId}>
        <ul class="oya-part items">
          ${this.#open.map(
            (section) =>
              html`<li class="oya-part">
                ${this.link(section.id, html`${section.icon ? icon(section.icon) : nothing}<span class="oya-part">${t(`section.${section.id}`)}</span>`, 'oya-part item', { current: section === current })}
              </li>`,
          )}
        </ul>
        <div class="oya-part who">
          <p class="oya-part name"><span class="oya-part unseen">${t('signed-in', { name: '' })}</span>${name}</p>
          ${this.client?.supports({ name: 'signOut' })
            ? html`<button type="button" class="oya-part item leave" aria-disabled=${this.signingOut ? 'true' : nothing} @click=${this.#signOut}>
                ${icon(spaceIcons.leave)}<span class="oya-part">${t(this.signingOut ? 'signing-out' : 'sign-out')}</span>
              </button>`
            : nothing}
          ${this.signOutFailure ? this.#signOutNotice(this.signOutFailure) : nothing}
        </div>
      </div>
    </nav>`;
  }

  #signOutNotice(error: PortalError): TemplateResult {
    return html`<div class="oya-part failure" role="alert">
      <p class="oya-part strong">${this.words(portalMessages)('sign-out.failed')}</p>
      <p class="oya-part">${this.core(`error.${error.kind}.title`)}. ${this.core(`error.${error.kind}.text`)}</p>
    </div>`;
  }

  /** A section under its name. The name is for the outline and the focus; what is seen is the section's own title. */
  #section({ id, audience }: KnownSection, element: HTMLElement, shown: boolean): TemplateResult {
    element.setAttribute('heading-level', String(this.levelOf(1)));
    for (const name of PASSED_ON) {
      const value = this.getAttribute(name);
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
    return html`<div class=${audience === 'visitor' ? 'oya-part section alone' : 'oya-part section'} ?hidden=${!shown}>
      <div class="oya-part unseen" id=${this.#headingId(id)}>${this.heading(this.words(portalMessages)(`section.${id}`), 'oya-part')}</div>
      ${element}
    </div>`;
  }

  #headingId(id: string): string {
    return `${this.#id}-${id}`;
  }

  /**
   * Shows a section, and says so in the address.
   * @param href of the link that leads there: what it says beside the section, such as which invoice, is taken along
   */
  #goTo(id: string, href = ''): void {
    this.menuOpen = false;
    this.#movesFocus = {};
    const before = this.#current?.id;
    this.#endFarewell();
    this.asked = id;
    const moves = this.routing !== 'none' && id !== before;
    if (moves) history.pushState(history.state, '', addressOf(id, this.#place));
    const fragment = fragmentWith(href, id, this.#place);
    // By the browser, which tells whoever reads it there; in one step back with the section.
    if (fragment !== undefined) location[moves ? 'replace' : 'assign'](fragment);
    // Also where nothing changes, the focus goes to what was asked for.
    this.requestUpdate();
  }

  readonly #onNavigate = (event: OyaNavigateEvent): void => {
    if (event.defaultPrevented) return;
    const id = event.view === 'space' ? this.#firstForCustomers : event.view;
    if (id === undefined || !this.#open.some((section) => section.id === id)) return;
    event.preventDefault();
    this.#goTo(id, event.href);
  };

  /** Back, forward, an address typed in, or a plain link of the host page. */
  readonly #onAddress = (): void => {
    const asked = sectionAt(location, this.#place);
    if (asked === undefined || asked === this.asked) return;
    this.menuOpen = false;
    const before = this.#current;
    this.#endFarewell();
    this.asked = asked;
    // The browser itself brings the page back to where it was.
    if (this.#current !== before) this.#movesFocus = { preventScroll: true };
  };

  readonly #onAccountClosed = (): void => void (this.#farewell = this.#current);

  #endFarewell(): void {
    if (!this.#farewell) return;
    this.#kept.delete(this.#farewell);
    this.#farewell = undefined;
    this.#wanted = null;
  }

  /** A customer is not sent back to the sign-in by an address that asks for it. */
  #correctAddress(): void {
    const current = this.#current;
    if (current?.audience !== 'customer' || !isForVisitors(this.asked)) return;
    this.asked = current.id;
    if (this.routing !== 'none') history.replaceState(history.state, '', addressOf(current.id, this.#place));
  }

  get #firstForCustomers(): string | undefined {
    return this.#available.find(({ audience }) => audience === 'customer')?.id;
  }

  /** Where it does not come, those sections are not there. */
  #followContracts(): void {
    this.#isTempo = () => false;
    import('./customer-contracts.ts')
      .then(({ followContracts }) => {
        this.#isTempo = followContracts(this);
        // What another element has asked for already is there at once.
        this.requestUpdate();
      })
      .catch(console.error);
  }

  /** Lets every element on the page link to the sections. */
  #announceSections(): void {
    const { client } = this;
    if (!client) return;
    const addresses = Object.fromEntries(this.#available.map(({ id }) => [id, addressOf(id, this.#place)]));
    const space = this.#firstForCustomers;
    if (space !== undefined) addresses['space'] = addressOf(space, this.#place);
    if (JSON.stringify(addresses) !== JSON.stringify(client.sections.value)) client.sections.set(addresses);
  }

  /** Somebody came or left: what belongs to another customer is not kept, what an expired session left open is. */
  #followSession(): void {
    const session = this.#session.data;
    const shownTo = session && whoOf(session);
    if (shownTo === undefined || shownTo === this.#shownTo) return;
    const before = this.#shownTo;
    this.#shownTo = shownTo;
    this.signOutFailure = undefined;
    if (shownTo !== '') {
      this.#endFarewell();
      if (this.#lastCustomer !== undefined && this.#lastCustomer !== shownTo) this.#forget('customer');
      this.#lastCustomer = shownTo;
      // What the sign-in has to tell its host still bubbles: it goes once it has told it.
      setTimeout(() => {
        if (this.#shownTo !== '') this.#forget('visitor');
        this.requestUpdate();
      });
    } else if (!this.client?.sessionExpired.value) {
      this.#forget('customer');
      this.#lastCustomer = undefined;
      if (before !== undefined && !this.#farewell) this.announcement = this.words(portalMessages)('signed-out');
    }
    if (shownTo !== '') this.announcement = '';
    if (before !== undefined && !this.#farewell && this.matches(':focus-within')) this.#movesFocus = {};
  }

  #forget(audience: KnownSection['audience']): void {
    for (const section of SECTIONS) if (section.audience === audience && section !== this.#farewell) this.#kept.delete(section);
  }

  readonly #signOut = async (): Promise<void> => {
    const { client } = this;
    if (this.signingOut || !client) return;
    this.signingOut = true;
    this.signOutFailure = undefined;
    this.announcement = this.words(portalMessages)('signing-out');
    try {
      await client.signOut();
      this.menuOpen = false;
      this.dispatchEvent(new OyaSignedOutEvent());
    } catch (thrown) {
      this.signOutFailure = thrown as PortalError;
      this.announcement = '';
    } finally {
      this.signingOut = false;
    }
  };

  /** The address is the section's: the link leads to the content without changing it. */
  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.#movesFocus = {};
    this.requestUpdate();
  };

  readonly #onMenuKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.menuOpen) return;
    event.preventDefault();
    this.menuOpen = false;
    this.querySelector<HTMLElement>('.oya-part.menu-button')?.focus();
  };

  #warnOfUnknown(): void {
    const known: readonly string[] = SECTIONS.map(({ id }) => id);
    for (const id of this.without.split(/\s+/).filter(Boolean)) {
      if (!known.includes(id)) warnOnce(`<${this.localName}>: without names "${id}", which is no section. Known: ${known.join(', ')}.`);
    }
  }
}

function isForVisitors(section: string | null): boolean {
  return SECTIONS.some(({ id, audience }) => id === section && audience === 'visitor');
}

/** The customer's id; empty for a visitor. */
function whoOf(session: Session): string {
  return session.state === 'signed-in' ? session.customer.id : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-portal': OyaPortal;
  }
}
