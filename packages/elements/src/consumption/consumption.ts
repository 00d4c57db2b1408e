import type { OyaBarChart, OyaBarSelectEvent } from '@oya/charts';
import { addDays, getConsumption, listContracts, listMeters, localDay, periodOf, type Consumption, type Contract, type Freshness, type Input, type LocalDay, type Meter, type Period, type PortalError } from '@oya/contract';
import { OyaElement, Resource, warnOnce, type Format } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { icon } from '../icons.ts';
import { spaceStyles } from '../space.styles.ts';
import { consumptionMessages } from './consumption.messages.ts';
import { consumptionStyles } from './consumption.styles.ts';
import { extremesOf, intervalsOf, type Interval, type MeasuredInterval } from './day.ts';
import { swatch } from './swatch.ts';
import { firstPeriod, neighbour, neighbourDay, stepOf, switchView, VIEWS, viewsOf, withYearBefore, type View } from './period.ts';
import { barOf, countStates, pictureOf, startOfBar, type BarState, type Picture } from './summary.ts';
import { barTable, curveTable } from './tables.ts';
import { Telling } from './telling.ts';

/** The states of a bar that need a sentence, in the order in which they are told. */
const TOLD_STATES = ['estimated', 'provisional', 'incomplete', 'missing'] as const satisfies readonly BarState[];

/** Something chosen, which holds only for the meter it was chosen on. */
interface Chosen<T> {
  readonly meterId: Meter['id'];
  readonly value: T;
}

/**
 * What a customer consumed: a month by its days or a year by its months, held against a year earlier; a day by its
 * half-hours where those are collected. Every value says how far it can be trusted, in the picture, in words and in the table.
 *
 * @summary Electricity or gas consumed per day and month, and the load curve of a day.
 * @placeholder 31rem
 * @attr {"month"|"year"} view - what is shown first; default `month`, or `year` for a meter that does not measure days
 * @csspart notice - A message in place of the picture: an error, nothing measured yet, signed out.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart table - The table with the values of the picture.
 * @cssprop [--oya-bar-chart-height=15rem] - Height of the bars.
 * @cssprop [--oya-load-curve-height=15rem] - Height of a day's curve.
 */
export class OyaConsumption extends OyaElement {
  static override readonly messages = consumptionMessages;
  static override styles = [OyaElement.styles, spaceStyles, consumptionStyles];

  @property() view: View = 'month';

  @state() private chosenPeriod: Chosen<Period> | undefined;
  /** First day of the bar that is chosen: with a load curve, of the day that is open. */
  @state() private chosenBar: Chosen<LocalDay> | undefined;
  @state() private asTable = false;
  @state() private curveChart: 'unknown' | 'ready' | 'failed' = 'unknown';
  @query('.announcement') private readonly announcement!: HTMLElement | null;
  @query('oya-bar-chart') private readonly barChart!: OyaBarChart | null;

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #meters = new Resource(this, listMeters, () => this.#metersQuestion(), { keepPrevious: true });
  readonly #bars = new Resource(this, getConsumption, () => this.#barsQuestion(), { keepPrevious: true });
  readonly #curve = new Resource(this, getConsumption, () => this.#curveQuestion(), { blocking: false, keepPrevious: true });

  #telling: { readonly format: Format; readonly tell: Telling } | undefined;
  #pictured: { readonly data: Consumption; readonly picture: Picture | undefined } | undefined;
  /** What exists of the meter, known from its first answer on. */
  #known: Chosen<Period | null> | undefined;
  #announcesPicture = false;
  #announcesDay = false;
  #focusAfterUpdate: (() => HTMLElement | null) | undefined;

  protected override isEmpty(): boolean {
    if (this.#contracts.data?.items.length === 0) return true;
    if (this.#meters.data && !this.#meters.isPrevious && this.#views.length === 0) return true;
    return this.#available === null;
  }

  protected override renderReady(): unknown {
    const { data } = this.#bars;
    const picture = this.#picture;
    if (!data || !picture) return nothing;
    const stale = this.#bars.isPrevious || this.#meters.isPrevious;
    return this.#frame(
      html`<div class=${stale ? 'stale' : ''} aria-busy=${stale ? 'true' : 'false'}>
          ${this.asTable ? this.#barTable(picture) : this.#barPicture(picture)} ${this.#notes(picture)} ${this.#freshness(data.freshness)}
        </div>
        ${this.#consent(picture)} ${this.#dayPanel(picture)}`,
      html`<div class=${stale ? 'head stale' : 'head'}>${this.#head(picture)}</div>`,
    );
  }

  protected override renderLoading(): unknown {
    const placeholders = html`<div class="placeholders" role="status">
      <span class="visually-hidden">${this.core('loading')}</span>
      <div class="placeholder title-size"></div>
      <div class="placeholder number-size"></div>
      <div class="placeholder picture-size" part="placeholder"></div>
    </div>`;
    return this.#contracts.data ? this.#frame(placeholders) : placeholders;
  }

  protected override renderEmpty(): unknown {
    const t = this.words(consumptionMessages);
    const contact = this.link('contact', t('empty.contact'), 'button');
    if (!this.#meter) return this.#frame(this.notice(t('empty.contract'), t('empty.contract.text'), contact));
    return this.#frame(this.notice(t('empty.title'), t(this.#meter.kind === 'hand-read' ? 'empty.hand-read' : 'empty.text'), contact));
  }

  protected override renderError(error: PortalError): unknown {
    return this.#frame(super.renderError(error));
  }

  override retry(): void {
    super.retry();
    // The button goes away with the message it stands in.
    this.#focusAfterUpdate = () => (this.state === 'ready' ? this.#title('.title') : null);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!VIEWS.includes(this.view)) {
      warnOnce(`<${this.localName}>: view must be one of ${VIEWS.join(', ')}, not "${this.view}"; ${VIEWS[0]} is used.`);
      this.view = 'month';
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#announce();
    const target = this.#focusAfterUpdate?.();
    if (!target) return;
    this.#focusAfterUpdate = undefined;
    target.focus();
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #meter(): Meter | undefined {
    return this.#meters.data?.items[0];
  }

  /** The views that the meter can fill. */
  get #views(): View[] {
    return this.#meter ? viewsOf(this.#meter.resolutions) : [];
  }

  get #view(): View {
    const views = this.#views;
    return views.includes(this.view) ? this.view : (views[0] ?? this.view);
  }

  /** `null` when nothing was measured yet; `undefined` while that is not known. */
  get #available(): Period | null | undefined {
    const { data } = this.#bars;
    const meterId = this.#meter?.id;
    if (data && data.meterId === meterId) this.#known = { meterId, value: data.available };
    return ofMeter(this.#known, meterId);
  }

  get #period(): Period {
    const view = this.#view;
    const today = localDay(Date.now(), this.format.timeZone);
    return ofMeter(this.chosenPeriod, this.#meter?.id) ?? firstPeriod(view, this.#available ?? undefined, today);
  }

  get #opensDays(): boolean {
    return this.#meter?.resolutions.includes('half-hour') ?? false;
  }

  /** The day whose curve is open. */
  get #openDay(): LocalDay | undefined {
    return this.#view === 'month' && this.#opensDays ? ofMeter(this.chosenBar, this.#meter?.id) : undefined;
  }

  #metersQuestion(): Input<'listMeters'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  #barsQuestion(): Input<'getConsumption'> | undefined {
    const meter = this.#meter;
    if (!meter || this.#views.length === 0) return undefined;
    return { meterId: meter.id, resolution: stepOf(this.#view), ...withYearBefore(this.#period) };
  }

  #curveQuestion(): Input<'getConsumption'> | undefined {
    const meter = this.#meter;
    const day = this.#openDay;
    return meter && day ? { meterId: meter.id, resolution: 'half-hour', ...periodOf(day, 'day') } : undefined;
  }

  get #tell(): Telling {
    const { format } = this;
    if (this.#telling?.format !== format) this.#telling = { format, tell: new Telling(this.words(consumptionMessages), format) };
    return this.#telling.tell;
  }

  /** The same answer gives the same picture, so that charts draw only what is new. */
  get #picture(): Picture | undefined {
    const { data } = this.#bars;
    if (!data) return undefined;
    if (this.#pictured?.data !== data) this.#pictured = { data, picture: pictureOf(data) };
    return this.#pictured.picture;
  }

  /** What stays in its place whatever is shown: a way to another contract, period or form. */
  #frame(content: unknown, head: unknown = nothing): TemplateResult {
    const t = this.words(consumptionMessages);
    return html`<section class="frame" aria-label=${t('region')}>
      ${this.#contractChooser()} ${head} ${this.#available ? this.#controls(this.#available) : nothing} ${content}
      <p class="visually-hidden announcement" role="status"></p>
    </section>`;
  }

  #contractChooser(): unknown {
    const t = this.words(consumptionMessages);
    return contractChooser(this, this.#contracts.data?.items ?? [], this.#contract, t('contract'), (energy) => t(`energy.${energy}`));
  }

  /** One thing first: a finding, then the number that it is about, then what that number is. */
  #head(picture: Picture): TemplateResult {
    const { format } = this;
    const tell = this.#tell;
    const total = picture.total === null ? undefined : format.energyParts(picture.total);
    return html`${this.heading(tell.finding(picture))}
    ${total ? html`<p class="number" aria-hidden="true"><span>${total.figure}</span> <small>${total.unit}</small></p>` : nothing}
    <p class="soft">
      <span class="visually-hidden">${picture.total === null ? nothing : format.energy(picture.total)}</span>
      ${tell.label(picture, this.#meter?.energy ?? 'electricity', addDays(picture.until, -1))}
    </p>`;
  }

  #controls(available: Period): TemplateResult {
    const t = this.words(consumptionMessages);
    const view = this.#view;
    const period = this.#period;
    return html`<div class="controls">
      <div class="periods" role="group" aria-label=${t('period')}>
        ${this.#step('previous', neighbour(period, view, -1, available))}
        <p class="period">${this.#tell.periodTitle(period, view)}</p>
        ${this.#step('next', neighbour(period, view, 1, available))}
      </div>
      ${this.#views.length < 2
        ? nothing
        : this.#choice(
            t('view'),
            VIEWS.map((each) => ({ words: t(each), chosen: each === view, choose: () => this.#switchTo(each, available) })),
          )}
      ${this.#choice(t('display'), [
        { words: t('chart'), icon: 'chart', chosen: !this.asTable, choose: () => (this.asTable = false) },
        { words: t('table'), icon: 'table', chosen: this.asTable, choose: () => (this.asTable = true) },
      ])}
    </div>`;
  }

  /** At a bound the button stays, so that the focus does, and says why it leads nowhere. */
  #step(direction: 'previous' | 'next', target: Period | undefined): TemplateResult {
    const t = this.words(consumptionMessages);
    const words = target ? t(direction, { period: this.#tell.period(target, this.#view) }) : t(`no-${direction}`);
    return html`<button
      type="button"
      class="button round"
      aria-label=${words}
      title=${words}
      aria-disabled=${target ? nothing : 'true'}
      @click=${() => target && this.#show(target)}
    >
      ${icon(direction)}
    </button>`;
  }

  #choice(label: string, options: { words: string; icon?: 'chart' | 'table'; chosen: boolean; choose: () => void }[]): TemplateResult {
    return html`<div class=${options.some((option) => option.icon) ? 'choice icons' : 'choice'} role="group" aria-label=${label}>
      ${options.map(
        (option) =>
          html`<button type="button" aria-pressed=${option.chosen ? 'true' : 'false'} @click=${option.choose}>
            ${option.icon ? icon(option.icon) : nothing}<span>${option.words}</span>
          </button>`,
      )}
    </div>`;
  }

  #barPicture(picture: Picture): TemplateResult {
    const t = this.words(consumptionMessages);
    const chosen = ofMeter(this.chosenBar, this.#meter?.id);
    const selected = chosen === undefined ? -1 : barOf(picture, chosen);
    const hint = picture.step === 'month' && this.#views.includes('month') ? 'hint.month' : picture.step === 'day' && this.#opensDays ? 'hint.day' : 'hint.read';
    return html`<oya-bar-chart
      .label=${this.#caption(picture)}
      .values=${picture.values}
      .quality=${picture.quality}
      .previous=${picture.yearBefore}
      .slots=${picture.slots}
      .selected=${selected < 0 ? null : selected}
      .page=${picture.step === 'day' ? 7 : 3}
      .format=${this.#tell.barFormat(picture)}
      @oya-bar-select=${(event: OyaBarSelectEvent) => this.#choose(picture, event.index)}
    >
      <span slot="summary">${t(hint)}</span>
    </oya-bar-chart>`;
  }

  #barTable(picture: Picture): TemplateResult {
    const opens = picture.step === 'month' ? this.#views.includes('month') : this.#opensDays;
    const open = opens ? (index: number) => this.#choose(picture, index) : undefined;
    return barTable(picture, this.#tell, this.words(consumptionMessages), this.#caption(picture), open);
  }

  #caption(picture: Picture): string {
    return this.words(consumptionMessages)(`bars.${picture.step}`, { period: this.#tell.period(picture.period, picture.view) });
  }

  /** Each state that is on view, in words, beside its form. */
  #notes(picture: Picture): unknown {
    const t = this.words(consumptionMessages);
    const counts = countStates(picture.states);
    const handRead = this.#meter?.kind === 'hand-read';
    const notes = TOLD_STATES.flatMap((each) => {
      const count = counts.get(each);
      if (!count) return [];
      const words = each === 'estimated' && handRead ? t('note.estimated.hand-read', { count }) : t(`note.${each}.${picture.step}`, { count });
      return [html`<li>${swatch(each)}<span>${words}</span></li>`];
    });
    const unfinished = picture.states.indexOf('unfinished');
    if (unfinished >= 0) {
      const words = t(handRead ? 'note.unfinished.hand-read' : 'note.unfinished', { when: this.#tell.bar(picture, unfinished) });
      notes.push(html`<li>${swatch('unfinished')}<span>${words}</span></li>`);
    }
    if (!this.asTable && picture.yearBefore.some((value) => value !== null)) {
      const period = this.#tell.period(picture.yearBeforePeriod, picture.view);
      notes.push(html`<li>${swatch('year-before')}<span>${t('note.year-before', { period })}</span></li>`);
    }
    return notes.length === 0 ? nothing : html`<ul class="notes">${notes}</ul>`;
  }

  #freshness({ measuredUntil, nextExpectedAt }: Freshness): unknown {
    if (!measuredUntil) return nothing;
    const t = this.words(consumptionMessages);
    const { timeZone } = this.format;
    // The end of the last interval: at midnight it is the day before that is measured.
    const lastDay = localDay(Date.parse(measuredUntil) - 1, timeZone);
    const nightly = this.#views.includes('month');
    const next = nightly
      ? t('fresh.nightly')
      : nextExpectedAt
        ? t('fresh.next', { day: this.format.day(localDay(Date.parse(nextExpectedAt), timeZone)) })
        : '';
    return html`<p class="soft small">${t('fresh', { day: this.format.day(lastDay) })} ${next}</p>`;
  }

  /** Consent in place: where the half-hours would be, the choice to have them. */
  #consent(picture: Picture): unknown {
    if (picture.step !== 'day' || this.#meter?.loadCurve !== 'consent-needed') return nothing;
    const t = this.words(consumptionMessages);
    return html`<div class="offer">
      <p>${t('consent.text')}</p>
      ${this.link('consents', t('consent.action'), 'button')}
    </div>`;
  }

  #dayPanel(picture: Picture): unknown {
    const day = this.#openDay;
    const index = day === undefined ? -1 : barOf(picture, day);
    if (day === undefined || index < 0) return nothing;
    const t = this.words(consumptionMessages);
    const { format } = this;
    const available = this.#available ?? picture.period;
    const state = picture.states[index] ?? 'missing';
    const energy = picture.values[index] ?? null;
    const quantity = energy === null ? undefined : format.energyParts(energy);
    return html`<section class="day" aria-label=${format.day(day)} @keydown=${this.#onDayKey}>
      <div class="day-bar">
        <button type="button" class="button back" @click=${this.#closeDay}>${icon('back')}<span>${t('day.close')}</span></button>
        <div class="day-steps">
          ${this.#dayStep('previous', neighbourDay(day, -1, available))} ${this.#dayStep('next', neighbourDay(day, 1, available))}
        </div>
      </div>
      <div class="head">
        ${this.heading(format.day(day), 'part-title day-title', 1)}
        ${quantity ? html`<p class="number smaller"><span>${quantity.figure}</span> <small>${quantity.unit}</small></p>` : nothing}
        ${state === 'real' ? nothing : html`<p class="quality">${swatch(state)}<span>${this.#tell.state(state)}</span></p>`}
      </div>
      ${this.#curveContent(day)}
    </section>`;
  }

  #dayStep(direction: 'previous' | 'next', target: LocalDay | undefined): TemplateResult {
    const t = this.words(consumptionMessages);
    const words = target ? t(`day.${direction}`, { day: this.format.day(target) }) : t(`no-${direction}`);
    return html`<button
      type="button"
      class="button round"
      aria-label=${words}
      title=${words}
      aria-disabled=${target ? nothing : 'true'}
      @click=${() => target && this.#openDayOf(target)}
    >
      ${icon(direction)}
    </button>`;
  }

  #curveContent(day: LocalDay): unknown {
    const { data, error, status, isPrevious } = this.#curve;
    if (status === 'error' && error) return this.errorNotice(error, () => void this.#curve.refresh());
    if (data?.series.kind !== 'curve' || this.curveChart === 'unknown') return html`<div class="placeholder curve-size" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`;
    const t = this.words(consumptionMessages);
    const intervals = intervalsOf(data.series);
    const extremes = extremesOf(intervals);
    if (!extremes) return isPrevious ? nothing : html`<p><strong>${t('day.none')}</strong> ${t('day.none.text')}</p>`;
    const shown = localDay(intervals[0]?.from ?? 0, this.format.timeZone);
    return html`<div class=${isPrevious || shown !== day ? 'stale curve' : 'curve'}>
      <p class="strong">${this.#extreme('highest', extremes.highest)}</p>
      ${this.asTable || this.curveChart === 'failed'
        ? html`<p class="soft">${this.#extreme('lowest', extremes.lowest)}</p>
            ${curveTable(intervals, this.#tell, t, this.format, t('table.curve', { day: this.format.day(shown) }))}`
        : html`<oya-load-curve .label=${t('day.curve', { day: this.format.day(shown) })} .curve=${data.series} .format=${this.#tell.curveFormat()}>
            <span slot="summary">${this.#extreme('lowest', extremes.lowest)}</span>
          </oya-load-curve>`}
      ${this.#missingIntervals(intervals)}
    </div>`;
  }

  #extreme(which: 'highest' | 'lowest', interval: MeasuredInterval): string {
    return this.words(consumptionMessages)(`day.${which}`, { power: this.format.power(interval.watts), interval: this.#tell.interval(interval) });
  }

  #missingIntervals(intervals: readonly Interval[]): unknown {
    const count = intervals.filter(({ watts }) => watts === null).length;
    if (count === 0) return nothing;
    return html`<p class="quality">${swatch('missing')}<span>${this.words(consumptionMessages)('day.missing', { count })}</span></p>`;
  }

  #show(period: Period): void {
    this.chosenPeriod = this.#chosen(period);
    this.chosenBar = undefined;
    this.#announcesPicture = true;
  }

  #switchTo(view: View, available: Period): void {
    if (view === this.#view) return;
    const period = switchView(this.#period, view, available);
    this.view = view;
    this.#show(period);
  }

  #choose(picture: Picture, index: number): void {
    const start = startOfBar(picture, index);
    if (picture.step === 'month' && this.#views.includes('month')) {
      this.view = 'month';
      this.#show(periodOf(start, 'month'));
      this.#focusAfterUpdate = () => this.#title('.title');
    } else if (this.#opensDays && picture.step === 'day') {
      this.#openDayOf(start);
      this.#focusAfterUpdate = () => this.#title('.day-title');
    } else {
      this.chosenBar = this.#chosen(start);
    }
  }

  #openDayOf(day: LocalDay): void {
    this.chosenBar = this.#chosen(day);
    const month = periodOf(day, 'month');
    if (month.from !== this.#period.from) this.chosenPeriod = this.#chosen(month);
    this.#announcesDay = true;
    void this.#loadCurveChart();
  }

  readonly #closeDay = (): void => {
    this.#focusAfterUpdate = () => (this.asTable ? this.#title('.title') : this.barChart);
    this.chosenBar = undefined;
  };

  readonly #onDayKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    this.#closeDay();
  };

  /** The chart of a day comes when the first day is opened; without it the day shows as a table. */
  async #loadCurveChart(): Promise<void> {
    if (this.curveChart === 'ready') return;
    try {
      await import('@oya/charts/load-curve.define');
      this.curveChart = 'ready';
    } catch (cause) {
      console.warn('oya: the load curve could not be loaded; a table is shown.', cause);
      this.curveChart = 'failed';
    }
  }

  #chosen<T>(value: T): Chosen<T> | undefined {
    const meterId = this.#meter?.id;
    return meterId === undefined ? undefined : { meterId, value };
  }

  /** A title takes the focus when what it names has just come into view. */
  #title(selector: string): HTMLElement | null {
    const title = this.renderRoot.querySelector<HTMLElement>(selector);
    if (title) title.tabIndex = -1;
    return title;
  }

  /** Says what has come into view, once it is there. */
  #announce(): void {
    const { announcement } = this;
    const picture = this.#picture;
    if (!picture || !announcement || this.#bars.isPrevious || this.state !== 'ready') return;
    const t = this.words(consumptionMessages);
    const day = this.#openDay;
    if (this.#announcesDay && day !== undefined) {
      const energy = this.#tell.energy(picture.values[barOf(picture, day)]);
      announcement.textContent = t('day.announced', { day: this.format.day(day), energy });
    } else if (this.#announcesPicture) {
      const period = this.#tell.periodTitle(picture.period, picture.view);
      announcement.textContent = t('announced', { period, total: this.#tell.energy(picture.total), finding: this.#tell.finding(picture) });
    }
    this.#announcesDay = false;
    this.#announcesPicture = false;
  }
}

function ofMeter<T>(chosen: Chosen<T> | undefined, meterId: Meter['id'] | undefined): T | undefined {
  return chosen && chosen.meterId === meterId ? chosen.value : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption': OyaConsumption;
  }
}
