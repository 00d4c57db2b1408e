/**
 * The public board of outages as a view: what the element shows, and what a page shows before the kit has come. It stands on
 * templates and rules alone, so that a weak network brings it in one small file.
 */
import { byPhase, canStillBeOut, dialled, formerEnds, outagePhase, type Concern, type Outage, type OutageBoard, type OutageMap } from '@oya/contract';
import { localized, type Format } from '@oya/core';
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { drop, keep, kept } from '../light-form/kept.ts';
import { OutageWords, type AlertsTranslate } from './outage-words.ts';

/** What else than the board one may want. */
export type AlertsView = 'report' | 'settings';

/** What the board needs of whatever shows it. */
export interface BoardHost {
  readonly t: AlertsTranslate;
  readonly format: Format;
  /** Epoch milliseconds, of the portal's clock. */
  readonly now: number;
  heading(content: unknown, className?: string, offset?: number): TemplateResult;
  requestUpdate(): void;
  refresh(): void;
  /** @param about the outage that somebody is still concerned by */
  open(view: AlertsView, about?: Outage): void;
  /** The communes, once the map is on view; `undefined` while they are on their way. */
  shapes(): OutageMap | 'failed' | undefined;
}

export interface BoardModel {
  readonly board: OutageBoard;
  readonly concerns: readonly Concern[];
  /** It could not be brought up to date. */
  readonly isOld: boolean;
}

/** What of a board is on show. */
export interface BoardOf {
  readonly board: OutageBoard;
  readonly chosen: string;
  choose(code: string): void;
}

/** For so long everybody sees what was restored among the rest; who is reached by it, for as long as they may still be without. */
const FRESH_MS = 6 * 3_600_000;

/** Under which a tab keeps the commune that was chosen last. */
const KEPT_COMMUNE = 'oya-alerts-commune';

const STEPS = ['reported', 'acknowledged', 'repairing', 'restored'] as const;

const ICONS = {
  electricity: svg`<path d="M4 14a1 1 0 0 1-.78-1.63l9.9-10.2a.5.5 0 0 1 .86.46l-1.92 6.02A1 1 0 0 0 13 10h7a1 1 0 0 1 .78 1.63l-9.9 10.2a.5.5 0 0 1-.86-.46l1.92-6.02A1 1 0 0 0 11 14z"></path>`,
  gas: svg`<path d="M12 3q1 4 4 6.5t3 5.5a1 1 0 0 1-14 0 5 5 0 0 1 1-3 1 1 0 0 0 5 0c0-2-1.5-3-1.5-5q0-2 2.5-4"></path>`,
  check: svg`<path d="M20 6 9 17l-5-5"></path>`,
  home: svg`<path d="M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8"></path><path d="M3 10a2 2 0 0 1 .71-1.53l7-6a2 2 0 0 1 2.58 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"></path>`,
} satisfies Record<string, SVGTemplateResult>;

function shape(name: keyof typeof ICONS): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${ICONS[name]}</svg>`;
}

export class Board {
  readonly #host: BoardHost;
  /** INSEE code; empty: all of them. */
  #commune: string;
  #isMap = false;
  /** What draws it, fetched when somebody first asks for it. */
  #map: typeof import('./map.ts') | 'coming' | 'failed' | undefined;
  /** Works whose file could not be made. */
  #unsaved: Outage['id'] | undefined;
  #before: OutageBoard | undefined;
  #heard = '';

  /** @param commune that the page asks for; default: the one that was chosen last in this tab */
  constructor(host: BoardHost, commune?: string | null) {
    this.#host = host;
    const last = kept(KEPT_COMMUNE);
    this.#commune = commune ?? (typeof last === 'string' ? last : '');
  }

  readonly #heading: BoardHost['heading'] = (...parts) => this.#host.heading(...parts);

  get commune(): string {
    return this.#commune;
  }

  choose(code: string): void {
    this.#commune = code;
    if (code === '') drop(KEPT_COMMUNE);
    else keep(KEPT_COMMUNE, code);
    this.#host.requestUpdate();
  }

  view({ board, concerns, isOld }: BoardModel): TemplateResult {
    const { t, now } = this.#host;
    const heading = this.#heading;
    // One that is not served, of a page long written or of another portal, would hide all there is.
    if (!board.communes.some(({ code }) => code === this.#commune)) this.#commune = '';
    this.#listen(board);
    const words = this.#words;
    const shown = board.items.filter(({ areas }) => this.#commune === '' || areas.some(({ commune }) => commune === this.#commune));
    const { current, planned, past } = byPhase(shown, now);
    const isFresh = (outage: Outage) => canStillBeOut(outage, now) && outage.kind === 'outage' && (concerns.some(({ outageId }) => outageId === outage.id) || now - Date.parse(outage.endedAt ?? '') < FRESH_MS);
    const fresh = past.filter(isFresh);
    const over = past.filter((outage) => !isFresh(outage));
    const yours = byPhase(board.items.filter(({ id }) => concerns.some(({ outageId }) => outageId === id)), now);
    const isYours = yours.current.some(({ id }) => concerns.some(({ outageId, by }) => outageId === id && by === 'address'));
    const card = (outage: Outage) => this.#card(outage, words, concerns.filter(({ outageId }) => outageId === outage.id));
    return html`<div class="frame">
      <div class="head">
        ${heading(isYours ? t('title.yours') : this.#title(current.length, board))}
        <p class="soft">${t('lead')}<br /><span class=${isOld ? 'old' : ''}>${t(isOld ? 'as-of.old' : 'as-of', { when: words.moment(board.asOf) })}</span>
          ${isOld ? html`<button type="button" class="inline" @click=${() => this.#host.refresh()}>${t('refresh')}</button>` : nothing}</p>
      </div>
      ${this.#tools(board)}
      ${board.unreadable ? html`<p class="notice" part="notice">${t('unreadable', { count: board.unreadable })}</p>` : nothing}
      ${this.#isMap ? this.#mapOf(board) : nothing}
      <section class="part">
        ${heading(t('current'), 'part-title', 1)}
        ${current.length > 0 ? html`<ul class="cards">${yoursFirst(current, concerns).map(card)}</ul>` : html`<div class="calm">${shape('check')}<p>${t('current.none')}<br /><span class="soft">${t('current.none-hint')}</span></p></div>`}
      </section>
      ${fresh.length > 0 ? html`<section class="part">${heading(t('fresh'), 'part-title', 1)}<ul class="cards">${yoursFirst(fresh, concerns).map(card)}</ul></section>` : nothing}
      <section class="part">
        ${heading(t('planned'), 'part-title', 1)}
        ${planned.length > 0 ? html`<ul class="cards">${yoursFirst(planned, concerns).map(card)}</ul>` : html`<p class="soft">${t('planned.none')}</p>`}
      </section>
      ${over.length > 0 ? html`<details class="part"><summary>${t('past', { count: over.length })}</summary><ul class="cards">${over.map(card)}</ul></details>` : nothing}
      <div class="actions">
        <button type="button" class="button primary" @click=${() => this.#host.open('report')}>${t('report')}</button>
        <button type="button" class="button" @click=${() => this.#host.open('settings')}>${t('subscribe')}</button>
        ${this.#phone(board)}
      </div>
      <p class="visually-hidden" role="status">${this.#heard}</p>
    </div>`;
  }

  get #words(): OutageWords {
    return new OutageWords(this.#host.t, this.#host.format, this.#host.now);
  }

  #title(count: number, { communes }: OutageBoard): string {
    const { t } = this.#host;
    const place = communes.find(({ code }) => code === this.#commune)?.name;
    if (count === 0) return place === undefined ? t('title.none') : t('title.none-at', { place });
    return place === undefined ? t('title.some', { count }) : t('title.some-at', { count, place });
  }

  #tools({ communes }: OutageBoard): TemplateResult {
    const { t } = this.#host;
    const press = (isMap: boolean) => () => {
      this.#isMap = isMap;
      // It may come this time.
      if (this.#map === 'failed') this.#map = undefined;
      this.#host.requestUpdate();
    };
    return html`<div class="tools">
      <label class="which"><span>${t('commune')}</span>
        <select @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
          <option value="" .selected=${this.#commune === ''}>${t('commune.all')}</option>
          ${communes.map(({ code, name }) => html`<option value=${code} .selected=${code === this.#commune}>${name}</option>`)}
        </select>
      </label>
      <div class="choice" role="group" aria-label=${t('view')}>
        <button type="button" aria-pressed=${this.#isMap ? 'false' : 'true'} @click=${press(false)}>${t('view.list')}</button>
        <button type="button" aria-pressed=${this.#isMap ? 'true' : 'false'} @click=${press(true)}>${t('view.map')}</button>
      </div>
    </div>`;
  }

  #card(outage: Outage, words: OutageWords, concerns: readonly Concern[]): TemplateResult {
    const { t, now } = this.#host;
    const heading = this.#heading;
    const phase = outagePhase(outage, now);
    const { main, hint } = words.statement(outage);
    const before = formerEnds(outage).at(-1);
    return html`<li class="card ${phase} ${outage.kind}" data-outage=${outage.id}>
      <div class="what">${shape(outage.energy)}${heading(words.title(outage), 'card-title', 2)}<span class="state">${words.state(outage)}</span></div>
      ${concerns.map(({ by, site, stillOutAt }) => html`<div class="yours">${shape('home')}<p><strong>${t(`yours.${by}`, { site })}</strong>
        ${by === 'commune' ? html`<br /><span class="soft small">${t('yours.commune-hint')}</span>` : nothing}
        ${stillOutAt === null ? nothing : html`<br />${t(outage.energy === 'gas' ? 'still-out.said-gas' : 'still-out.said', { when: words.moment(stillOutAt) })}`}</p></div>`)}
      <p class="until">${main}</p>
      ${hint ? html`<p class="soft">${hint}</p>` : nothing}
      ${before && phase !== 'past' ? html`<p class="moved">${t(outage.kind === 'works' ? 'end.moved-works' : 'end.moved', { before: words.moment(before.estimatedEnd) })}</p>` : nothing}
      ${phase === 'current' && outage.kind === 'outage' ? this.#steps(outage) : nothing}
      <div class="where">${outage.areas.map((area) => html`<p><strong>${area.name}</strong> <span>${words.streets(area)}</span></p>`)}</div>
      <p class="soft facts">${[...(phase === 'planned' ? [] : [t('since', { when: words.moment(outage.startsAt) })]), words.households(outage), words.cause(outage)].join(' · ')}</p>
      ${outage.history.length > 1 || outage.history[0]?.note ? this.#history(outage, words) : nothing} ${this.#doing(outage, phase)}
    </li>`;
  }

  /** How far it is, as steps that are said as well as seen. */
  #steps({ state }: Outage): TemplateResult {
    const { t } = this.#host;
    const reached = STEPS.indexOf(state as (typeof STEPS)[number]);
    return html`<ol class="steps" aria-label=${t('steps')}>
      ${STEPS.map((step, index) => html`<li class=${index < reached ? 'done' : index === reached ? 'here' : ''} aria-current=${index === reached ? 'step' : nothing}>
        <span>${t(`state.${step}`)}</span>${index < reached ? html`<span class="visually-hidden"> (${t('step.done')})</span>` : nothing}
      </li>`)}
    </ol>`;
  }

  #history({ history, kind }: Outage, words: OutageWords): TemplateResult {
    const { t } = this.#host;
    return html`<details class="history"><summary>${t('history')}</summary>
      <ol>
        ${history.toReversed().map((update, index, all) => {
          const earlier = all[index + 1];
          const isNewEnd = update.estimatedEnd !== null && update.estimatedEnd !== earlier?.estimatedEnd && update.state !== 'restored' && update.state !== 'cancelled';
          const end = isNewEnd ? (update.state === 'planned' ? t('history.works', { when: words.worksWhen(update) }) : t('history.end', { when: words.moment(update.estimatedEnd ?? '') })) : undefined;
          const said = [kind === 'outage' || update.state !== earlier?.state ? t(`state.${kind === 'works' && update.state === 'restored' ? 'over' : kind === 'works' && update.state === 'repairing' ? 'under-way' : update.state}`) : undefined, end].filter((part) => part !== undefined);
          return html`<li><span class="soft">${words.moment(update.at)}</span><span>${said.join(', ')}${update.note ? html`<br />${localized(update.note, this.#host.format.locale)}` : nothing}</span></li>`;
        })}
      </ol>
    </details>`;
  }

  #doing(outage: Outage, phase: 'current' | 'planned' | 'past'): unknown {
    const { t, now } = this.#host;
    const stillOut = canStillBeOut(outage, now) && outage.kind === 'outage';
    if (phase !== 'planned' && !stillOut) return nothing;
    return html`<div class="doing">
      ${phase === 'planned' ? html`<button type="button" class="button" @click=${() => this.#save(outage)}>${t('calendar')}</button>` : nothing}
      ${this.#unsaved === outage.id ? html`<p role="alert">${t('calendar.failed')}</p>` : nothing}
      ${stillOut ? html`<button type="button" class="button" @click=${() => this.#host.open('report', outage)}>${t(`still-out.${outage.energy}`)}</button>` : nothing}
    </div>`;
  }

  #mapOf(board: OutageBoard): unknown {
    const { t } = this.#host;
    if (this.#map === undefined) {
      this.#map = 'coming';
      void import('./map.ts').then((map) => (this.#map = map), () => (this.#map = 'failed')).finally(() => this.#host.requestUpdate());
    }
    const shapes = this.#host.shapes();
    if (this.#map === 'failed' || shapes === 'failed') return html`<p class="notice">${t('map.none')}</p>`;
    if (this.#map === 'coming' || !shapes) return html`<div class="placeholder" role="status"><span class="visually-hidden">${t('map.loading')}</span></div>`;
    return this.#map.mapView(shapes, { board, chosen: this.#commune, choose: (code) => this.choose(code) }, this.#host);
  }

  #save(outage: Outage): void {
    const { t } = this.#host;
    this.#unsaved = undefined;
    void import('./works-calendar.ts').then(({ saveWorks }) => saveWorks(outage, this.#words, t)).catch(() => (this.#unsaved = outage.id)).finally(() => this.#host.requestUpdate());
  }

  #phone({ contacts }: OutageBoard): unknown {
    const phone = contacts.find(({ purpose }) => purpose === 'electricity-breakdown')?.phone;
    return phone === undefined ? nothing : html`<a class="button" href=${dialled(phone)}>${this.#host.t('call', { phone })}</a>`;
  }

  /** What changed since the last answer is said to who does not see it. */
  #listen(board: OutageBoard): void {
    const before = this.#before;
    if (before === board) return;
    this.#before = board;
    if (!before) return;
    const { t, now } = this.#host;
    const words = this.#words;
    const known = new Map(before.items.map((outage) => [outage.id, outage]));
    const said = board.items.flatMap((outage) => {
      const earlier = known.get(outage.id);
      if (!earlier || outagePhase(earlier, now) === 'past') return [];
      const named = { outage: words.title(outage), place: words.places(outage) };
      if (outagePhase(outage, now) === 'past') return [t('heard.ended', { ...named, state: words.state(outage).toLowerCase() })];
      return outage.estimatedEnd !== null && outage.estimatedEnd !== earlier.estimatedEnd ? [t('heard.moved', { ...named, when: words.moment(outage.estimatedEnd) })] : [];
    });
    const fresh = board.items.filter((outage) => !known.has(outage.id) && outagePhase(outage, now) === 'current').length;
    const all = [...said, ...(fresh > 0 ? [t('heard.new', { count: fresh })] : [])];
    if (all.length > 0) this.#heard = all.join(' ');
  }
}

/** Those that reach the customer come before the others, sure ones first. */
function yoursFirst(outages: readonly Outage[], concerns: readonly Concern[]): Outage[] {
  const rank = ({ id }: Outage) => {
    const reaching = concerns.filter(({ outageId }) => outageId === id);
    return reaching.some(({ by }) => by === 'address') ? 0 : reaching.length > 0 ? 1 : 2;
  };
  return outages.toSorted((one, other) => rank(one) - rank(other));
}
