/**
 * The public face of `<oya-alerts>`: the same board, from the same views and rules, without the client and the libraries that
 * a page with a customer's data stands on. It is what a page for everybody shows on a weak network, in a file of its own; the
 * whole element takes its place once somebody is signed in, or wants more than to read.
 */
import { getOutageBoard, getOutageMap, parseOutput, whoAmI, type Operation, type OutageBoard, type OutageMap, type OutputOf } from '@oya/contract';
import { baseStyles, Format } from '@oya/core';
import { plainTranslator } from '@oya/core/i18n/plain-words';
import { alertsMessages } from '@oya/elements/alerts/alerts.messages';
import { alertsStyles } from '@oya/elements/alerts/alerts.styles';
import { Board, type BoardHost, type BoardOf } from '@oya/elements/alerts/board';
import { KEPT_COMMUNE } from '@oya/elements/alerts/kept-commune';
import { drop, keep, kept } from '@oya/elements/kept';
import { installTokens } from '@oya/tokens';
import { html, nothing, render, type TemplateResult } from 'lit';
import { faceMessages } from './alerts.messages.ts';

/** What a page's configuration says. */
export interface FaceSettings {
  readonly baseUrl: string;
  readonly lang: string | undefined;
  readonly timeZone: string | undefined;
}

const REFRESH_MS = 60_000;
const OLD_MS = 10 * REFRESH_MS;
const TIMEOUT_MS = 10_000;
const TRIES = 3;
const LARGEST_HEADING = 6;

/** Where Lit keeps what it has rendered: the element that takes over brings a copy of its own. */
const RENDERED = '_$litPart$';

/** @param bring fetches the whole element; settles once it is there, or cannot be had */
export async function showFace(element: HTMLElement, settings: FaceSettings, bring: () => Promise<void>): Promise<void> {
  installTokens(element.ownerDocument);
  const lang = element.lang || settings.lang || document.documentElement.lang || 'fr';
  const [t, say] = await Promise.all([plainTranslator(alertsMessages, lang), plainTranslator(faceMessages, lang)]);
  const root = (element.shadowRoot ?? element.attachShadow({ mode: 'open' })) as ShadowRoot & { [RENDERED]?: unknown };
  root.adoptedStyleSheets = [baseStyles, alertsStyles].flatMap(({ styleSheet }) => styleSheet ?? []);

  let board: OutageBoard | undefined;
  let answeredAt = 0;
  let hasFailed = false;
  let map: { readonly module: typeof import('@oya/elements/alerts/map'); readonly shapes: OutageMap } | 'coming' | 'failed' | undefined;
  let isGone = false;

  const ask = async <O extends Operation>(operation: O): Promise<OutputOf<O>> => {
    const response = await fetch(settings.baseUrl.replace(/\/+$/, '') + operation.path, { credentials: 'include', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(String(response.status));
    return parseOutput(operation, await response.json());
  };
  const load = async (): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      try {
        board = await ask(getOutageBoard);
        answeredAt = Date.now();
        hasFailed = false;
        break;
      } catch {
        hasFailed = attempt >= TRIES;
        if (hasFailed) break;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 500 * 2 ** attempt));
      }
    }
    draw();
  };

  const host: BoardHost = {
    t,
    format: new Format(lang, settings.timeZone ?? 'Europe/Paris'),
    get now() {
      return board ? Date.parse(board.asOf) + Date.now() - answeredAt : Date.now();
    },
    heading: (content, className = 'title', offset = 0) => headingOf(Math.min(LARGEST_HEADING, (Number(element.getAttribute('heading-level')) || 2) + offset), content, className),
    requestUpdate: () => draw(),
    refresh: () => void load(),
    open: (view) => {
      element.setAttribute('view', view);
      void hand();
    },
    saveCalendar: (outage) => void save(outage.id),
    map: (shown) => mapOf(shown),
    keepCommune: (code) => (code === '' ? drop(KEPT_COMMUNE) : keep(KEPT_COMMUNE, code)),
  };
  const last = kept(KEPT_COMMUNE);
  const view = new Board(host, element.getAttribute('commune') ?? (typeof last === 'string' ? last : ''));

  const save = async (id: string): Promise<void> => {
    const outage = board?.items.find((each) => each.id === id);
    if (!outage) return;
    const { saveWorks } = await import('@oya/elements/alerts/works-calendar');
    await saveWorks(outage, view.words, t);
  };
  const mapOf = (shown: BoardOf): unknown => {
    if (map === undefined) {
      map = 'coming';
      Promise.all([import('@oya/elements/alerts/map'), ask(getOutageMap)]).then(([module, shapes]) => (map = { module, shapes }), () => (map = 'failed')).finally(draw);
    }
    if (map === 'failed') return html`<p class="notice">${t('map.none')}</p>`;
    return map === 'coming' ? placeholder(t('map.loading')) : map.module.mapView(map.shapes, shown, host);
  };

  const draw = (): void => {
    if (isGone) return;
    const content = board
      ? view.view({ board, concerns: [], isOld: Date.now() - answeredAt > OLD_MS })
      : hasFailed
        ? html`<div class="notice error" role="alert">${host.heading(say('failed.title'), 'notice-title')}<p>${say('failed.text')}</p><button type="button" class="button" @click=${() => void load()}>${say('retry')}</button></div>`
        : placeholder(say('loading'));
    render(content, root);
  };

  /** Leaves its place to the whole element; where that cannot be had, it goes on. */
  const hand = async (): Promise<void> => {
    const rendered = root[RENDERED];
    const nodes = [...root.childNodes];
    isGone = true;
    delete root[RENDERED];
    void customElements.whenDefined(element.localName).then(() => {
      for (const node of nodes) node.remove();
    });
    await bring().catch(() => {});
    if (customElements.get(element.localName)) return end();
    root[RENDERED] = rendered;
    isGone = false;
    draw();
  };
  const refresh = (): void => {
    if (!element.isConnected) return end();
    if (document.visibilityState === 'visible' && Date.now() - answeredAt >= REFRESH_MS - 1000) void load();
  };
  const timer = setInterval(refresh, REFRESH_MS);
  document.addEventListener('visibilitychange', refresh);
  const end = (): void => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', refresh);
  };

  draw();
  await load();
  // Who is signed in sees what reaches their own address. Asked once the board is there: it must not wait for that.
  const session = await ask(whoAmI).catch(() => undefined);
  if (session?.state === 'signed-in') await hand();
}

function placeholder(words: string): TemplateResult {
  return html`<div class="placeholder" role="status"><span class="visually-hidden">${words}</span></div>`;
}

function headingOf(level: number, content: unknown, className: string): TemplateResult {
  switch (level) {
    case 1:
      return html`<h1 class=${className}>${content}</h1>`;
    case 2:
      return html`<h2 class=${className}>${content}</h2>`;
    case 3:
      return html`<h3 class=${className}>${content}</h3>`;
    case 4:
      return html`<h4 class=${className}>${content}</h4>`;
    default:
      return html`<h5 class=${className}>${content ?? nothing}</h5>`;
  }
}
