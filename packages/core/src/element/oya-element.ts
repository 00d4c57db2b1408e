import { describeUtility, PortalError, whoAmI } from '@oya/contract';
import { ContextConsumer } from '@lit/context';
import { installTokens } from '@oya/tokens';
import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { awaitProviders } from '../client/configuration.ts';
import { clientContext } from '../client/context.ts';
import type { PortalClient, Read } from '../client/client.ts';
import { Resource, type ResourceHost } from '../client/resource.ts';
import { coreMessages } from '../i18n/core.messages.ts';
import { Format } from '../i18n/format.ts';
import { isLoaded, loadMessages, translator } from '../i18n/messages.ts';
import { pageLanguage } from '../i18n/page-language.ts';
import type { Messages, Texts, Translate } from '../i18n/words.ts';
import { baseStyles } from '../styles/base.styles.ts';
import { OyaErrorEvent, OyaNavigateEvent, OyaReadyEvent } from './events.ts';
import { headingOf } from './heading.ts';
import { hasElement } from './kit.ts';
import { adoptLightStyles } from './light.ts';

export type ElementState = 'signed-out' | 'loading' | 'empty' | 'error' | 'unsupported' | 'ready';

/** What comes when it is first shown, and defines its element then. A constant of its module: it is known by itself. */
export type Part = () => Promise<void>;

const STATES: readonly ElementState[] = ['signed-out', 'loading', 'empty', 'error', 'unsupported', 'ready'];
const SMALLEST_HEADING = 1;
const LARGEST_HEADING = 6;

/**
 * What all portal elements share: the client from its context, words and formats in the right language, and one
 * exhaustive switch over the states an element can be in. An element declares its resources and writes
 * `renderReady`; it may override how the other states look.
 *
 * @attr {string} lang - language of this element; default: the configuration's, else the page's
 * @attr {string} contract - id of the contract to show; default: the one selected on the page, else the first
 * @attr {number} heading-level - level of the element's title, 1 to 6; default 2
 * @fires oya-ready - the element shows its subject for the first time
 * @fires oya-error - the element shows an error
 * @fires oya-navigate - the customer follows a link to another view; cancelable
 * @cssstate signed-out @cssstate loading @cssstate empty @cssstate error @cssstate unsupported @cssstate ready
 */
export abstract class OyaElement extends LitElement implements ResourceHost {
  static override styles: CSSResultGroup = baseStyles;

  /** The words of the element. */
  static readonly messages: Messages;

  /** Words that it shares with others, beside those that all share. */
  static readonly sharedMessages: readonly Messages[] = [];

  /** Elements with passwords, identifiers or codes stand in the light DOM, where password managers see them. */
  static readonly lightStyles: string | undefined = undefined;

  @property() override lang = '';
  @property() contract: string | undefined;
  @property({ attribute: 'heading-level', type: Number }) headingLevel = 2;

  #client: PortalClient | undefined;
  readonly #internals = this.attachInternals();
  #resources: Resource<Read>[] = [];
  #subscriptions: (() => void)[] = [];
  #clientSubscriptions: (() => void)[] = [];
  #format: Format | undefined;
  #announced: ElementState | undefined;
  #wasReady = false;
  readonly #parts = new Map<Part, 'coming' | 'here' | 'failed'>();
  /** Tags of elements that are not there yet. */
  readonly #awaited = new Set<string>();
  /** The language on the screen. It stays until the words of another have come, and with it all that is typed. */
  #spoken: string | undefined;
  #session: Resource<typeof whoAmI> | undefined;

  constructor() {
    super();
    new ContextConsumer(this, { context: clientContext, subscribe: true, callback: (client) => this.#useClient(client) });
    // Time zone and routes are read from the client by every element, once the utility's description is there.
    new Resource(this, describeUtility, () => ({}), { blocking: false });
  }

  /** The client of the nearest `<oya-provider>` or of the page; `undefined` until there is one. */
  get client(): PortalClient | undefined {
    return this.#client;
  }

  /** Called by resources as they are declared. */
  addResource(resource: Resource<Read>): void {
    this.#resources.push(resource);
    if (resource.operation.auth === 'customer' && !this.#session) {
      this.#session = new Resource(this, whoAmI, () => ({}), { blocking: false });
    }
  }

  /** What the element shows now, derived from its resources. */
  get state(): ElementState {
    if (!this.#client || !this.#wordsLoaded()) return 'loading';
    const blocking = this.#resources.filter((resource) => resource.blocking);
    const statuses = new Set(blocking.map((resource) => resource.status));
    if (statuses.has('unsupported')) return 'unsupported';
    if (statuses.has('signed-out')) return 'signed-out';
    if (this.failure) return 'error';
    if (statuses.has('loading')) return 'loading';
    if (this.isEmpty()) return 'empty';
    return statuses.has('waiting') ? 'loading' : 'ready';
  }

  /** The error that keeps the element from showing its subject. */
  protected get failure(): PortalError | undefined {
    const failed = this.#resources.find((resource) => resource.blocking && resource.status === 'error');
    return failed?.error ?? (this.#session?.status === 'error' ? this.#session.error : undefined);
  }

  /** Whether all answers are there but hold nothing to show. */
  protected isEmpty(): boolean {
    return false;
  }

  protected abstract renderReady(): unknown;

  /** A placeholder of the size of what comes. */
  protected renderLoading(): unknown {
    return html`<div class="placeholder" part="placeholder" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`;
  }

  protected renderSignedOut(): unknown {
    const expired = this.#client?.sessionExpired.value ?? false;
    return this.notice(
      this.core(expired ? 'expired.title' : 'signed-out.title'),
      this.core(expired ? 'expired.text' : 'signed-out.text'),
      this.link('login', this.core('signed-out.action'), 'button primary'),
    );
  }

  protected renderEmpty(): unknown {
    return this.notice(this.core('empty.title'));
  }

  protected renderUnsupported(): unknown {
    return this.notice(this.core('unsupported.title'), this.core('unsupported.text'));
  }

  protected renderError(error: PortalError): unknown {
    return this.errorNotice(error, () => this.retry());
  }

  override render(): unknown {
    const state = this.state;
    switch (state) {
      case 'signed-out':
        return this.renderSignedOut();
      case 'loading':
        return this.renderLoading();
      case 'empty':
        return this.renderEmpty();
      case 'unsupported':
        return this.renderUnsupported();
      case 'error':
        return this.failure ? this.renderError(this.failure) : nothing;
      case 'ready':
        return this.renderReady();
      default:
        return state satisfies never;
    }
  }

  /** Asks again for what failed. */
  retry(): void {
    for (const resource of [...this.#resources, this.#session]) if (resource?.status === 'error') void resource.refresh();
  }

  /** The locale that words and formats follow. */
  protected get locale(): string {
    return this.#spoken ?? this.#wanted;
  }

  get #wanted(): string {
    return this.lang || this.#client?.settings.value.lang || pageLanguage().value;
  }

  protected get format(): Format {
    const { locale } = this;
    const timeZone = this.#client?.timeZone ?? 'Europe/Paris';
    if (this.#format?.locale !== locale || this.#format.timeZone !== timeZone) this.#format = new Format(locale, timeZone);
    return this.#format;
  }

  /** Words that all elements share. */
  protected get core(): Translate<(typeof coreMessages)['fr']> {
    return translator(coreMessages, this.locale);
  }

  /** The element's own words: `const t = this.words(consumptionMessages)`. */
  protected words<T extends Texts>(messages: Messages<T>): Translate<T> {
    return translator(messages, this.locale);
  }

  /** A title at the level that the host page's outline asks for. */
  protected heading(content: unknown, className = 'title', offset = 0): TemplateResult {
    return headingOf(this.levelOf(offset), content, className);
  }

  /**
   * A real link to another view; nothing when neither a portal on the page nor the host site has it.
   * @param address where it leads when the site has no route to that view
   * @param fragment what the view is to begin with, in place of the address's own fragment
   * @param current whether that view is the one on show
   */
  protected link(view: string, content: unknown, className = '', { address, fragment, current = false }: { address?: string; fragment?: string; current?: boolean } = {}): unknown {
    const route = this.#client?.route(view) ?? address;
    if (!route || !isSafeAddress(route)) return nothing;
    const href = fragment === undefined ? route : route.replace(/#.*$|$/, `#${fragment}`);
    return html`<a
      class=${className}
      href=${href}
      aria-current=${current ? 'page' : nothing}
      @click=${(event: MouseEvent) => this.#navigate(event, view, href)}
      >${content}</a
    >`;
  }

  /** A short message in place of the subject. */
  protected notice(title: unknown, text: unknown = nothing, action: unknown = nothing): TemplateResult {
    return html`<div class="notice" part="notice">
      ${this.heading(title, 'notice-title')} ${text === nothing ? nothing : html`<p>${text}</p>`} ${action}
    </div>`;
  }

  /** What happened, what to do, and the reference that support asks for. */
  protected errorNotice(error: PortalError, retry: () => void): TemplateResult {
    return html`<div class="notice error" part="notice" role="alert">
      ${this.heading(this.core(`error.${error.kind}.title`), 'notice-title')}
      <p>${this.core(`error.${error.kind}.text`)}</p>
      <button type="button" class="button" @click=${retry}>${this.core('retry')}</button>
      ${error.requestId ? html`<p class="reference">${this.core('reference', { reference: error.requestId })}</p>` : nothing}
    </div>`;
  }

  /** What stands in a part: a placeholder while it is on its way, and the way to try again if it did not come. */
  protected whenHere(part: Part, content: () => unknown, coming: () => unknown = () => this.renderLoading()): unknown {
    if (!this.#parts.has(part)) this.bring(part);
    switch (this.#parts.get(part)) {
      case 'here':
        return content();
      case 'failed':
        return this.errorNotice(new PortalError('unavailable'), () => {
          this.bring(part);
          this.requestUpdate();
        });
      default:
        return coming();
    }
  }

  /** The same for what one can do without: nothing stands there before it has come. */
  protected onceHere(part: Part, content: () => unknown): unknown {
    // Asked for once: what did not come is not worth a second try.
    if (!this.#parts.has(part)) this.bring(part);
    return this.#parts.get(part) === 'here' ? content() : nothing;
  }

  /** Fetches a part ahead of its first showing. */
  protected bring(part: Part): void {
    const arrival = this.#parts.get(part);
    if (arrival === 'here' || arrival === 'coming') return;
    const note = (arrived: 'here' | 'failed') => {
      this.#parts.set(part, arrived);
      this.requestUpdate();
    };
    this.#parts.set(part, 'coming');
    part().then(
      () => note('here'),
      () => note('failed'),
    );
  }

  override connectedCallback(): void {
    awaitProviders();
    installTokens(this.ownerDocument);
    super.connectedCallback();
    this.#subscriptions.push(pageLanguage().subscribe(() => this.requestUpdate()));
    const { lightStyles } = this.constructor as typeof OyaElement;
    const root = this.getRootNode();
    if (lightStyles && (root instanceof Document || root instanceof ShadowRoot)) adoptLightStyles(root, this.localName, lightStyles);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of [...this.#subscriptions, ...this.#clientSubscriptions]) end();
    this.#subscriptions = [];
    this.#clientSubscriptions = [];
    // The consumer asks again on the next connection: the element may stand under another provider then.
    this.#client = undefined;
  }

  /** What goes away with the focus leaves it to what comes in its place, or the keyboard would start anew at the top of the page. */
  protected override update(changed: PropertyValues): void {
    const { activeElement: focused } = this.renderRoot.getRootNode() as Document | ShadowRoot;
    super.update(changed);
    // The element itself, or one inside it, may know a better place.
    if (focused?.isConnected === false) queueMicrotask(() => document.activeElement === document.body && this.moveFocus('h1, h2, h3, h4, h5, h6, .placeholder'));
  }

  /** Gives the focus to the first element of that kind, also one that is only read. */
  protected moveFocus(selector: string): void {
    const target = this.renderRoot.querySelector<HTMLElement>(selector);
    if (!target) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return (this.constructor as typeof OyaElement).lightStyles ? this : super.createRenderRoot();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const state = this.state;
    if (state === this.#announced) return;
    this.#announced = state;
    for (const each of STATES) {
      if (each === state) this.#internals.states.add(each);
      else this.#internals.states.delete(each);
    }
    if (state === 'error' && this.failure) this.dispatchEvent(new OyaErrorEvent(this.failure.kind, this.failure.requestId));
    if (state === 'ready' && !this.#wasReady) {
      this.#wasReady = true;
      this.dispatchEvent(new OyaReadyEvent());
    }
  }

  #useClient(client: PortalClient | undefined): void {
    if (client === this.#client) return;
    for (const end of this.#clientSubscriptions) end();
    this.#clientSubscriptions = [];
    this.#client = client;
    if (client && this.isConnected) {
      const update = () => this.requestUpdate();
      this.#clientSubscriptions.push(
        client.use(),
        client.settings.subscribe(update),
        client.selectedContract.subscribe(update),
        client.sessionExpired.subscribe(update),
        client.interrupted.subscribe(update),
        client.sections.subscribe(update),
      );
      if (this.#session) client.customerNeeded.set(true);
    }
    this.requestUpdate();
  }

  /** What could not be had of a language is shown in French, rather than asked for again and again. */
  #wordsLoaded(): boolean {
    const locale = this.#wanted;
    if (locale !== this.#spoken) {
      const { messages: own, sharedMessages } = this.constructor as typeof OyaElement;
      const all = [coreMessages as Messages, ...sharedMessages, own];
      const speak = () => (this.#spoken = locale);
      if (all.every((messages) => isLoaded(messages, locale))) speak();
      else void Promise.all(all.map((messages) => loadMessages(messages, locale))).then(speak).then(() => this.requestUpdate());
    }
    return this.#spoken !== undefined;
  }

  /** The level of a heading so far below the element's title. */
  protected levelOf(offset: number): number {
    return Math.min(LARGEST_HEADING, this.#validHeadingLevel() + offset);
  }

  /** Whether an element may stand in this one. One that the page defines later, by code of its own, is shown then. */
  protected has(tag: string): boolean {
    const has = hasElement(tag);
    if (!has && !this.#awaited.has(tag)) {
      this.#awaited.add(tag);
      void customElements.whenDefined(tag).then(() => this.requestUpdate());
    }
    return has;
  }

  #validHeadingLevel(): number {
    const level = this.headingLevel;
    if (Number.isInteger(level) && level >= SMALLEST_HEADING && level <= LARGEST_HEADING) return level;
    warnOnce(`<${this.localName}>: heading-level must be 1 to 6, not "${this.getAttribute('heading-level')}"; 2 is used.`);
    return 2;
  }

  #navigate(event: MouseEvent, view: string, href: string): void {
    const plainClick = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (plainClick && !this.dispatchEvent(new OyaNavigateEvent(view, href))) event.preventDefault();
  }
}

const warned = new Set<string>();

/** Tells a web team about a mistake in its page, once. */
export function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`oya: ${message}`);
}

/** Routes are data of an installation: only addresses that a page may link to. */
export function isSafeAddress(href: string): boolean {
  return /^(https?:|mailto:|tel:|\/|\.|#|\?)/i.test(href);
}
