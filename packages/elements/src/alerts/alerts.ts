import { getOutageBoard, getOutageMap, listConcerns, type Outage, type OutageMap } from '@oya/contract';
import { OyaElement, Resource, warnOnce, type Part } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { alertsMessages } from './alerts.messages.ts';
import { alertsStyles } from './alerts.styles.ts';
import { Board, type AlertsView, type BoardHost } from './board.ts';

/** So often a page that is on view asks anew where nothing tells it what changed: nobody is signed in. */
const REFRESH_MS = 60_000;
/** Data that could not be brought up to date for so long says so. */
const OLD_MS = 10 * 60_000;

const VIEWS = ['board', 'report', 'settings'] as const;

const report: Part = async () => void (await import('../outage-report/outage-report.define.ts'));
const settings: Part = async () => void (await import('../alert-settings/alert-settings.define.ts'));

/**
 * Outages and works on the networks: what is cut now, until when, how that changed, and what is planned; for everybody by
 * commune, and for customers who are signed in with what reaches their own addresses. From here one reports an outage, says
 * that one is still without supply, and has oneself told.
 *
 * @summary Outages and works: now, planned and past, as list and map.
 * @placeholder 34rem
 * @attr {string} commune - INSEE code of the commune that is chosen at first; default: the one chosen last in this tab, else all of them
 * @attr {"board"|"report"|"settings"} view - what is shown first; default: the board
 * @csspart notice - A message in place of the board: an error, a service that is not offered.
 * @csspart placeholder - What stands in the element's place while it loads.
 */
export class OyaAlerts extends OyaElement {
  static override readonly messages = alertsMessages;
  static override styles = [OyaElement.styles, alertsStyles];

  @property({ reflect: true }) commune: string | null | undefined;
  @property() view: (typeof VIEWS)[number] = 'board';

  readonly #outages = new Resource(this, getOutageBoard, () => ({}));
  readonly #concerns = new Resource(this, listConcerns, () => ({}), { blocking: false });
  readonly #shapes = new Resource(this, getOutageMap, () => (this.#isMapWanted ? {} : undefined), { blocking: false });
  #isMapWanted = false;
  #about: Outage | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #board = new Board(this.#hostOf());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#refreshUntold(), REFRESH_MS);
    document.addEventListener('visibilitychange', this.#refreshUntold);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#refreshUntold);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!VIEWS.includes(this.view)) {
      warnOnce(`<${this.localName}>: view must be one of ${VIEWS.join(', ')}, not "${String(this.view)}"; the board is shown.`);
      this.view = 'board';
    }
    if (changed.has('commune') && (this.commune ?? '') !== this.#board.commune) this.#board.choose(this.commune ?? '');
  }

  protected override renderReady(): unknown {
    const board = this.#outages.data;
    if (!board) return nothing;
    switch (this.view) {
      case 'report':
        return this.#within(report, () => html`<oya-outage-report lang=${this.locale} heading-level=${this.levelOf(0)} .outage=${this.#about} commune=${this.#board.commune || nothing}></oya-outage-report>`);
      case 'settings':
        return this.#within(settings, () => html`<oya-alert-settings lang=${this.locale} heading-level=${this.levelOf(0)} commune=${this.#board.commune || nothing}></oya-alert-settings>`);
      case 'board':
        return this.#board.view({ board, concerns: this.#concerns.data?.items ?? [], isOld: this.#outages.answeredAt > 0 && Date.now() - this.#outages.answeredAt > OLD_MS });
    }
  }

  #within(part: Part, content: () => unknown): TemplateResult {
    const t = this.words(alertsMessages);
    const leave = () => {
      this.#about = undefined;
      this.view = 'board';
      void this.updateComplete.then(() => this.moveFocus('.title'));
    };
    return html`<div class="frame"><p><button type="button" class="inline back" @click=${leave}>${t('back')}</button></p>${this.whenHere(part, content)}</div>`;
  }

  /** Those who are signed in are told by the portal; others ask now and then, while they look. */
  readonly #refreshUntold = (): void => {
    if (document.visibilityState !== 'visible' || this.client?.session?.state === 'signed-in') return;
    if (this.#outages.answeredAt > 0 && Date.now() - this.#outages.answeredAt >= REFRESH_MS - 1000) void this.#outages.refresh();
  };

  /** By the portal's clock, as of its last answer: that of a device may be wrong. */
  get #now(): number {
    const { data, answeredAt } = this.#outages;
    return data ? Date.parse(data.asOf) + Date.now() - answeredAt : Date.now();
  }

  #hostOf(): BoardHost {
    const element = this;
    return {
      get t() {
        return element.words(alertsMessages);
      },
      get format() {
        return element.format;
      },
      get now() {
        return element.#now;
      },
      heading: (content, className, offset) => this.heading(content, className, offset),
      requestUpdate: () => this.requestUpdate(),
      refresh: () => void this.#outages.refresh(),
      open: (view: AlertsView, about) => {
        this.#about = about;
        this.view = view;
        void this.updateComplete.then(() => this.moveFocus('.back'));
      },
      shapes: () => this.#communes(),
    };
  }

  #communes(): OutageMap | 'failed' | undefined {
    if (!this.#isMapWanted) {
      this.#isMapWanted = true;
      // It is asked for by the next update: this one is under way.
      queueMicrotask(() => this.requestUpdate());
    }
    const { status, data } = this.#shapes;
    return status === 'error' || status === 'unsupported' ? 'failed' : data;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-alerts': OyaAlerts;
  }
}
