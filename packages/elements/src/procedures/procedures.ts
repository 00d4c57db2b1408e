import {
  describeUtility, dialled, isOpen, isRequestKind, knownProcedures, listServiceRequests,
  type ContactPoint, type Procedure, type ServiceRequest, type ServiceRequestDetails, type Utility,
} from '@oya/contract';
import { define, isSafeAddress, localized, OyaElement, Resource, type Part, type Translate } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { procedureIn, withProcedure, type ProcedureName } from '../procedure-address.ts';
import { spaceStyles } from '../space.styles.ts';
import { haveStyles } from './have.styles.ts';
import { KIND_ICONS } from './kinds.ts';
import { proceduresMessages, type fr } from './procedures.messages.ts';
import { proceduresStyles } from './procedures.styles.ts';

const FORM: Part = async () => define('oya-procedures-form', (await import('./form.ts')).OyaProceduresForm);
const REQUEST: Part = async () => define('oya-procedures-request', (await import('./request.ts')).OyaProceduresRequest);

/** So many that have ended are shown at first. */
const FIRST_ENDED = 3;

/**
 * What one can have done by the utility: a list of what one may want, each with what to have at hand, then what was asked for
 * and how it stands. Which there are, and whether each is a form here or a link, is data of the utility (`procedures` of its
 * description). Without an account the list and what to have at hand are there too.
 *
 * @summary Moving, power and tariff, works, claims, documents: ask for it, and follow it.
 * @placeholder 34rem
 * @event {OyaRequestSentEvent} oya-request-sent - The customer has asked for something. What it is stays with the portal.
 * @csspart notice - A message in place of the list: an error, nothing that can be done online.
 * @csspart placeholder - What stands in the element's place while it loads.
 */
export class OyaProcedures extends OyaElement {
  static override readonly messages = proceduresMessages;
  static override styles = [OyaElement.styles, spaceStyles, haveStyles, proceduresStyles];

  @state() private shown: ProcedureName | undefined;
  /** What has just been sent: its page says so, and what follows. */
  @state() private sentId: ServiceRequest['id'] | undefined;
  @state() private showsAll = false;

  readonly #utility = new Resource(this, describeUtility, () => ({}));
  readonly #requests = new Resource(this, listServiceRequests, () => ({}), { blocking: false });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readAddress();
    addEventListener('hashchange', this.#readAddress);
    addEventListener('popstate', this.#readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readAddress);
    removeEventListener('popstate', this.#readAddress);
  }

  protected override isEmpty(): boolean {
    return this.#procedures.length === 0 && this.shown?.what !== 'request';
  }

  protected override renderEmpty(): unknown {
    return this.notice(this.#t('none.title'), this.#t('none.text'), this.#contact());
  }

  protected override renderReady(): unknown {
    const { shown } = this;
    if (shown?.what === 'request' && this.#isSignedIn) return html`<div class="frame">${this.#request(shown.id)}</div>`;
    if (shown?.what === 'new') return html`<div class="frame">${this.#begun(shown.id)}</div>`;
    return this.#overview(this.#procedures);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // Of another customer nothing stays open.
    if (this.shown?.what === 'request' && this.client?.session?.state === 'signed-out') this.sentId = undefined;
  }

  get #t(): Translate<typeof fr> {
    return this.words(proceduresMessages);
  }

  get #isSignedIn(): boolean {
    return this.client?.session?.state === 'signed-in';
  }

  get #procedures(): readonly Procedure[] {
    return knownProcedures(this.#utility.data?.procedures);
  }

  // What one may want

  #overview(procedures: readonly Procedure[]): TemplateResult {
    const t = this.#t;
    const forms = procedures.filter(({ kind }) => isRequestKind(kind));
    const links = procedures.filter(({ kind }) => !isRequestKind(kind));
    return html`<div class="frame">
      <div class="top">${this.heading(t('title'))}<p class="soft">${t('lead')}</p></div>
      ${this.#waiting()}
      <ul class="actions">
        ${forms.map((procedure) => html`<li>${this.#action(procedure)}</li>`)}
      </ul>
      ${links.length === 0
        ? nothing
        : html`<ul class="links" aria-label=${t('online')}>
            ${links.map((procedure) => html`<li>${this.#action(procedure)}</li>`)}
          </ul>`}
      ${this.#list()}
    </div>`;
  }

  #action(procedure: Procedure): unknown {
    const { id, way, kind } = procedure;
    const content = html`${icon(KIND_ICONS[kind])}<span class="words"><span class="strong">${this.#titleOf(procedure)}</span> <span class="soft small">${this.#summaryOf(procedure)}</span></span>${icon('next')}`;
    if (way.by === 'form') return html`<a class="action" href=${withProcedure(location.hash, { what: 'new', id })} data-id=${id} @click=${(event: MouseEvent) => this.#follow(event, { what: 'new', id })}>${content}</a>`;
    // A name of a view leads by the routes; what is no name is an address itself.
    if (/^[\w-]+$/.test(way.to)) return this.link(way.to, content, 'action');
    return isSafeAddress(way.to) ? html`<a class="action" href=${way.to}>${content}</a>` : nothing;
  }

  #titleOf({ title, kind }: Pick<Procedure, 'title' | 'kind'>): string {
    if (title) return localized(title, this.locale);
    const { texts } = this.#utility.data ?? {};
    const own = kind === 'measure' ? texts?.measure : kind === 'cost' ? texts?.cost : undefined;
    return own ? localized(own, this.locale) : this.#t(`${kind}.title`);
  }

  #summaryOf({ summary, kind }: Procedure): string {
    return summary ? localized(summary, this.locale) : this.#t(`${kind}.text`);
  }

  // One of them

  #begun(id: Procedure['id']): unknown {
    const t = this.#t;
    const utility = this.#utility.data;
    const procedure = this.#procedures.find((each) => each.id === id);
    if (!utility || procedure?.way.by !== 'form') return html`${this.#back()} ${this.notice(t('unknown.title'), t('unknown.text'))}`;
    const head = html`${this.#back()}
      <div class="head" tabindex="-1">${this.heading(this.#titleOf(procedure))}</div>`;
    if (this.client?.supports({ name: 'sendServiceRequest' }) === false) return html`${head} ${this.#haveAtHand(procedure)} <p>${t('elsewhere.text')}</p>${this.#contact()}`;
    if (!this.#isSignedIn) return html`${head} ${this.#haveAtHand(procedure)} ${this.#signInFirst(procedure)}`;
    return html`${head}
    ${this.whenHere(
      FORM,
      () => html`<oya-procedures-form
        .lang=${this.locale}
        .headingLevel=${this.levelOf(1)}
        .procedure=${procedure}
        .utility=${utility}
        .haveAtHand=${this.#haveAtHand(procedure)}
        .done=${(request: ServiceRequestDetails) => this.#sent(request)}
      ></oya-procedures-form>`,
    )}`;
  }

  #haveAtHand({ haveAtHand }: Procedure): unknown {
    if (haveAtHand.length === 0) return nothing;
    return html`<section class="have">
      ${this.heading(this.#t('have.title'), 'part-title', 1)}
      <ul>
        ${haveAtHand.map((thing) => html`<li>${localized(thing, this.locale)}</li>`)}
      </ul>
    </section>`;
  }

  #signInFirst({ id, kind }: Procedure): TemplateResult {
    const t = this.#t;
    return html`<p>${t('sign-in.why')}</p>
      <p>${this.#signIn(id)}</p>
      ${kind === 'moving' || kind === 'connection' ? html`<section class="aside">${this.heading(t('no-account'), 'part-title', 1)}<p>${t('no-account.text')}</p>${this.#contact()}</section>` : nothing}`;
  }

  /** Where the site has its procedures for customers, signing in leads on to this one. */
  #signIn(id: Procedure['id']): unknown {
    const route = this.client?.route('procedures');
    const leadsOn = route !== undefined && URL.canParse(route, location.href) && new URL(route, location.href).pathname !== location.pathname;
    if (!leadsOn) return this.link('login', this.#t('sign-in'), 'button primary');
    return this.link('procedures', this.#t('sign-in'), 'button primary', { fragment: withProcedure(/#.*$/.exec(route)?.[0] ?? '', { what: 'new', id }).slice(1) });
  }

  #contact(): unknown {
    const point = this.#utility.data?.contacts.find(({ purpose }: ContactPoint) => purpose === 'customer-service');
    if (!point) return nothing;
    const { label, phone, email, hours } = point;
    return html`<p class="contact">
      <span class="strong">${localized(label, this.locale)}</span><br />
      ${phone ? html`<a class="phone" dir="ltr" href=${dialled(phone)}>${phone}</a><br />` : nothing} ${email ? html`<a href=${`mailto:${email}`}>${email}</a><br />` : nothing}
      ${hours ? html`<span class="soft small">${localized(hours, this.locale)}</span>` : nothing}
    </p>`;
  }

  // What was asked for

  /** What waits for the customer comes before all that they may want. */
  #waiting(): unknown {
    const waiting = this.#requests.data?.items.filter((request) => request.state === 'waiting') ?? [];
    if (waiting.length === 0) return nothing;
    return html`<ul class="requests waiting">
      ${waiting.map((request) => html`<li>${this.#row(request)}</li>`)}
    </ul>`;
  }

  #list(): unknown {
    const t = this.#t;
    const head = this.heading(t('requests'), 'part-title', 1);
    const { status, data, error } = this.#requests;
    if (status === 'unsupported') return nothing;
    if (status === 'signed-out') return html`<section class="list">${head}<p class="soft">${t('requests.signed-out')}</p><p>${this.link('login', this.core('signed-out.action'), 'button')}</p></section>`;
    if (!data) return html`<section class="list">${head} ${error ? html`<p>${t('requests.failed')}</p><button type="button" class="button" @click=${() => void this.#requests.refresh()}>${this.core('retry')}</button>` : html`<div class="placeholder" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`}</section>`;
    const open = data.items.filter((request) => isOpen(request) && request.state !== 'waiting');
    const ended = data.items.filter((request) => !isOpen(request));
    // All that there is stands above.
    if (data.items.length > 0 && open.length + ended.length === 0) return nothing;
    const some = this.showsAll ? ended : ended.slice(0, FIRST_ENDED);
    return html`<section class="list">
      ${head} ${data.items.length === 0 ? html`<p class="soft">${t('requests.none')}</p>` : nothing}
      ${open.length === 0 ? nothing : html`<ul class="requests">${open.map((request) => html`<li>${this.#row(request)}</li>`)}</ul>`}
      ${some.length === 0 ? nothing : html`<p class="soft small">${t('older')}</p><ul class="requests ended">${some.map((request) => html`<li>${this.#row(request)}</li>`)}</ul>`}
      ${some.length < ended.length ? html`<button type="button" class="button" @click=${() => (this.showsAll = true)}>${t('older')} (${ended.length - some.length})</button>` : nothing}
    </section>`;
  }

  #row({ id, number, kind, state: stands, sentAt }: ServiceRequest): TemplateResult {
    const t = this.#t;
    return html`<a class="request ${stands}" href=${withProcedure(location.hash, { what: 'request', id })} data-id=${id} @click=${(event: MouseEvent) => this.#follow(event, { what: 'request', id })}>
      ${icon(KIND_ICONS[kind])}
      <span class="words"><span class="strong">${t(`kind.${kind}`)}</span> <span class="soft small">${number}. ${t('request.sent', { when: this.format.dateTime(Date.parse(sentAt)) })}</span></span>
      <span class="stand">${t(`state.${stands}`)}</span>${icon('next')}
    </a>`;
  }

  #request(id: ServiceRequest['id']): TemplateResult {
    // The focus waits around it until it has come.
    return html`${this.#back()}
    <div class="head" tabindex="-1">${this.whenHere(
      REQUEST,
      () => html`<oya-procedures-request .lang=${this.locale} .headingLevel=${this.levelOf(0)} .requestId=${id} .isNew=${this.sentId === id} .utility=${this.#utility.data as Utility}></oya-procedures-request>`,
    )}</div>`;
  }

  #back(): TemplateResult {
    return html`<a class="button back" href=${withProcedure(location.hash, undefined)} @click=${(event: MouseEvent) => this.#follow(event, undefined)}>${icon('back')}<span>${this.#t('back')}</span></a>`;
  }

  // Where one is

  readonly #readAddress = (): void => {
    const named = procedureIn(location.hash);
    if (JSON.stringify(named) === JSON.stringify(this.shown)) return;
    this.shown = named;
    this.sentId = undefined;
  };

  /** In place, and one step back; with a key held, as any link. */
  #follow(event: MouseEvent, name: ProcedureName | undefined): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#show(name, 'pushState');
  }

  #show(name: ProcedureName | undefined, how: 'pushState' | 'replaceState'): void {
    const from = this.shown?.id;
    this.shown = name;
    this.sentId = undefined;
    history[how](history.state, '', withProcedure(location.hash, name) || location.pathname + location.search);
    void this.updateComplete.then(() => this.moveFocus(name ? '.head' : from === undefined ? '.title' : `[data-id='${CSS.escape(from)}'], .title`));
  }

  /** Its own page tells that it was sent; Back leads to where it was begun from. */
  #sent({ id }: ServiceRequestDetails): void {
    this.#show({ what: 'request', id }, 'replaceState');
    this.sentId = id;
    void this.#requests.refresh();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-procedures': OyaProcedures;
  }
}
