/**
 * The public face of `<oya-alerts>`: the same board, from the same views and rules, without the client and the libraries that
 * a page with a customer's data stands on. It is what a page for everybody shows on a weak network, in a file of its own; the
 * whole element takes its place once somebody is signed in, or wants more than to read.
 */
import { getOutageBoard, getOutageMap, parseOutput, whoAmI, type Operation, type OutageBoard, type OutageMap, type OutputOf } from '@oya/contract';
import { baseStyles, Format, headingOf, type Translate } from '@oya/core';
import { plainTranslator } from '@oya/core/i18n/plain-words';
import { alertsMessages } from '@oya/elements/alerts/alerts.messages';
import { alertsStyles } from '@oya/elements/alerts/alerts.styles';
import { Board, type AlertsView, type BoardHost } from '@oya/elements/alerts/board';
import { installTokens } from '@oya/tokens';
import { html, render, type TemplateResult } from 'lit';
import { KEPT_AT } from '../app/keeper.ts';
import { faceMessages, type fr } from './alerts.messages.ts';

/** What a page's configuration says. */
export interface FaceSettings {
  readonly baseUrl: string;
  readonly lang: string | undefined;
  readonly timeZone: string | undefined;
  readonly theme: string | undefined;
}

const REFRESH_MS = 60_000;
const OLD_MS = 10 * REFRESH_MS;
const TIMEOUT_MS = 10_000;
const TRIES = 3;
const LARGEST_HEADING = 6;

/** Where Lit keeps what it has rendered: the element that takes over brings a copy of its own. */
const RENDERED = '_$litPart$';

/** @param bring fetches the whole element; rejects where it cannot be had */
export async function showFace(element: HTMLElement, settings: FaceSettings, bring: () => Promise<void>): Promise<void> {
  // Told twice of one that is moved on the page.
  if (element.shadowRoot) return;
  installTokens(element.ownerDocument);
  if (settings.theme) document.documentElement.dataset['oyaTheme'] ??= settings.theme;
  await new AlertsFace(element, settings, bring).start();
}

class AlertsFace implements BoardHost {
  readonly #element: HTMLElement;
  readonly #settings: FaceSettings;
  readonly #bring: () => Promise<void>;
  readonly #root: ShadowRoot & { [RENDERED]?: unknown };
  readonly #view: Board;
  #board: OutageBoard | undefined;
  #answeredAt = 0;
  #hasFailed = false;
  #isMapWanted = false;
  #shapes: OutageMap | 'failed' | undefined;
  /** The whole element takes its place. */
  #isGone = false;
  #say!: Translate<typeof fr>;
  t!: BoardHost['t'];
  format!: Format;

  constructor(element: HTMLElement, settings: FaceSettings, bring: () => Promise<void>) {
    this.#element = element;
    this.#settings = settings;
    this.#bring = bring;
    this.#root = element.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = [baseStyles, alertsStyles].flatMap(({ styleSheet }) => styleSheet ?? []);
    this.#view = new Board(this, element.getAttribute('commune'));
  }

  async start(): Promise<void> {
    await this.#speak();
    const language = new MutationObserver(() => void this.#speak());
    language.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
    const refresh = (): void => {
      if (customElements.get(this.#element.localName) || !this.#element.isConnected) {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', refresh);
        language.disconnect();
      } else if (!this.#isGone && document.visibilityState === 'visible' && Date.now() - this.#answeredAt >= REFRESH_MS - 1000) void this.#load();
    };
    const timer = setInterval(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    await this.#load();
    // Who is signed in sees what reaches their own address. Asked once the board is there: it must not wait for that.
    const session = await this.#ask(whoAmI).catch(() => undefined);
    if (session?.output.state === 'signed-in') await this.#hand();
  }

  get now(): number {
    return this.#board ? Date.parse(this.#board.asOf) + Date.now() - this.#answeredAt : Date.now();
  }

  heading(content: unknown, className = 'title', offset = 0): TemplateResult {
    return headingOf(Math.min(LARGEST_HEADING, (Number(this.#element.getAttribute('heading-level')) || 2) + offset), content, className);
  }

  requestUpdate(): void {
    if (this.#isGone) return;
    const t = this.#say;
    const content = this.#board
      ? this.#view.view({ board: this.#board, concerns: [], isOld: Date.now() - this.#answeredAt > OLD_MS })
      : this.#hasFailed
        ? html`<div class="notice error" role="alert">${this.heading(t('failed.title'), 'notice-title')}<p>${t('failed.text')}</p><button type="button" class="button" @click=${() => this.refresh()}>${t('retry')}</button></div>`
        : placeholder(t('loading'));
    render(content, this.#root);
  }

  refresh(): void {
    void this.#load();
  }

  open(view: AlertsView): void {
    this.#element.setAttribute('view', view);
    void this.#hand();
  }

  shapes(): OutageMap | 'failed' | undefined {
    if (!this.#isMapWanted) {
      this.#isMapWanted = true;
      void this.#ask(getOutageMap).then(({ output }) => (this.#shapes = output), () => (this.#shapes = 'failed')).finally(() => this.requestUpdate());
    }
    return this.#shapes;
  }

  /** In the language of the element, of the configuration or of the page, which may change. */
  async #speak(): Promise<void> {
    const lang = this.#element.lang || this.#settings.lang || document.documentElement.lang || 'fr';
    [this.t, this.#say] = await Promise.all([plainTranslator(alertsMessages, lang), plainTranslator(faceMessages, lang)]);
    this.format = new Format(lang, this.#settings.timeZone ?? 'Europe/Paris');
    this.requestUpdate();
  }

  /** @returns what was answered, and when: the worker of an app on the same site may have kept it */
  async #ask<O extends Operation>(operation: O): Promise<{ output: OutputOf<O>; at: number }> {
    const response = await fetch(this.#settings.baseUrl.replace(/\/+$/, '') + operation.path, { credentials: 'include', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`${operation.name}: ${response.status}`);
    const output = parseOutput(operation, await response.json());
    return { output, at: Date.parse(response.headers.get(KEPT_AT) ?? '') || Date.now() };
  }

  async #load(): Promise<void> {
    this.#hasFailed = false;
    for (let attempt = 1; attempt <= TRIES && !this.#isGone; attempt++) {
      try {
        ({ output: this.#board, at: this.#answeredAt } = await this.#ask(getOutageBoard));
        return this.requestUpdate();
      } catch {
        if (attempt < TRIES) await new Promise((resolve) => setTimeout(resolve, Math.random() * 500 * 2 ** attempt));
      }
    }
    this.#hasFailed = true;
    this.requestUpdate();
  }

  /** Leaves its place to the whole element; where that cannot be had, it goes on. */
  async #hand(): Promise<void> {
    const root = this.#root;
    const [rendered, nodes] = [root[RENDERED], [...root.childNodes]];
    this.#isGone = true;
    delete root[RENDERED];
    // Lit renders before what it finds first: that stays when the rest goes.
    const anchor = document.createComment('');
    root.prepend(anchor);
    const element = this.#element;
    const hadFocus = root.activeElement !== null;
    void customElements.whenDefined(element.localName).then(() => {
      // What had the focus goes: meanwhile the element has it.
      if (hadFocus) {
        element.tabIndex = -1;
        element.focus();
      }
      for (const node of nodes) node.remove();
    });
    await this.#bring().catch(() => {});
    if (customElements.get(element.localName)) return hadFocus ? this.#handFocus() : undefined;
    anchor.remove();
    root[RENDERED] = rendered;
    this.#isGone = false;
    this.requestUpdate();
  }

  /** To the way back from what was opened, once it is there; whoever went elsewhere is left there. */
  async #handFocus(): Promise<void> {
    const element = this.#element;
    for (let wait = 0; wait < TIMEOUT_MS && document.activeElement === element; wait += 50) {
      this.#root.querySelector<HTMLElement>('.back')?.focus();
      if (this.#root.activeElement) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // Not before the focus has left: a host that loses its index takes the focus away from what is inside it.
    element.addEventListener('focusout', () => element.removeAttribute('tabindex'), { once: true });
  }
}

function placeholder(words: string): TemplateResult {
  return html`<div class="placeholder" role="status"><span class="visually-hidden">${words}</span></div>`;
}
