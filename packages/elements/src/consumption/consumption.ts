import type { OyaBarChart } from '@oya/charts';
import { describeUtility, getConsumption, listContracts, listMeters, localDay, type Consumption, type Contract, type Freshness, type Input, type LocalDay, type Meter, type Period, type PortalError } from '@oya/contract';
import { define, localized, OyaElement, Resource, warnOnce, type Format, type Part } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { chosenContract } from '../chosen-contract.ts';
import { OyaConsentChangedEvent } from '../consent-changed.ts';
import { contractChooser } from '../contract-chooser.ts';
import { icon } from '../icons.ts';
import { spaceStyles } from '../space.styles.ts';
import { switchStyles } from '../switch.styles.ts';
import { bars } from './bars.ts';
import { billOf } from './bill.ts';
import { consumptionMessages } from './consumption.messages.ts';
import { consumptionStyles } from './consumption.styles.ts';
import { controls } from './controls.ts';
import { barOf, pictureOf, startOfBar, type Picture } from './picture.ts';
import { back, choose, firstQuestion, stepOf, VIEWS, viewsOf, withBaseline, type Question, type Unit, type View } from './question.ts';
import type { Shown } from './shown.ts';
import { Telling, type Told } from './telling.ts';

/** What is told of what was consumed: energy, money, or the one and the other to choose from. */
type Show = Unit | 'both';
const SHOWS: readonly Show[] = ['both', 'measure', 'cost'];

/** Where the stretch of the load curve on view is remembered. */
type Remember = 'none' | 'hash';
const REMEMBERS: readonly Remember[] = ['none', 'hash'];

/** What stands around and below the picture comes after it; a day and a consent when there is one to show. */
const PARTS: Part = () => import('./parts.ts').then(({ defineParts }) => defineParts());
const DAY: Part = () => import('./day-panel.ts').then(({ OyaConsumptionDay }) => define('oya-consumption-day', OyaConsumptionDay));
const CONSENT: Part = () => import('./consent.ts').then(({ OyaConsumptionConsent }) => define('oya-consumption-consent', OyaConsumptionConsent));

/** A question that was chosen, which holds only for the meter it was chosen on. */
interface Chosen {
  readonly meterId: Meter['id'] | undefined;
  readonly question: Question;
}

/**
 * What a customer consumed, in energy and in money: a month by its days, a year by its months, the years side by side, held
 * against a year or a month earlier; a day by its half-hours where those are collected, with the consent to it in place where
 * they are not; the load curve of years. Every value says how far it can be trusted, in picture, words, table and files.
 *
 * @summary Electricity or gas consumed per day, month and year, in kWh and euros, and the load curve.
 * @placeholder 31rem
 * @attr {"month"|"year"|"years"} view - what is shown first; default `month`, or `year` for a meter that does not measure days
 * @attr {"both"|"measure"|"cost"} show - energy, money, or a choice of the two (default)
 * @attr {"none"|"hash"} remember - with `hash`, the stretch of the load curve on view is kept in the fragment of the page's address, so that it can be shared; default `none`. One that stands there already is shown in either case
 * @event {OyaConsentChangedEvent} oya-consent-changed - The customer has given consents about their meter.
 * @csspart notice - A message in place of the picture: an error, nothing measured yet, signed out.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart table - The table with the values of the picture.
 * @cssprop [--oya-bar-chart-height=15rem] - Height of the bars.
 * @cssprop [--oya-load-curve-height=15rem] - Height of a load curve.
 */
export class OyaConsumption extends OyaElement {
  static override readonly messages = consumptionMessages;
  static override styles = [OyaElement.styles, spaceStyles, switchStyles, consumptionStyles];

  @property() view: View = 'month';
  @property() show: Show = 'both';
  @property() remember: Remember = 'none';

  @state() private chosen: Chosen | undefined;
  @state() private asTable = false;
  @state() private showsWeather = false;
  @query('.announcement') private readonly spoken!: HTMLElement | null;
  @query('oya-bar-chart') private readonly barChart!: OyaBarChart | null;

  readonly #utility = new Resource(this, describeUtility, () => ({}), { blocking: false });
  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #meters = new Resource(this, listMeters, () => this.#metersQuestion(), { keepPrevious: true });
  readonly #bars = new Resource(this, getConsumption, () => this.#barsQuestion(), { keepPrevious: true });

  #telling: { readonly format: Format; readonly tell: Telling } | undefined;
  #pictured: { readonly data: Consumption; readonly picture: Picture | undefined } | undefined;
  /** What exists of the meter, known from its first answer on. */
  #exists: { readonly meterId: Meter['id']; readonly available: Period | null } | undefined;
  #announces: 'picture' | 'day' | undefined;
  #focusAfterUpdate: (() => HTMLElement | null) | undefined;

  protected override isEmpty(): boolean {
    if (this.#contracts.data?.items.length === 0) return true;
    if (this.#meters.data && !this.#meters.isPrevious && this.#views.length === 0) return true;
    return this.#available === null;
  }

  protected override renderReady(): unknown {
    const shown = this.#shown;
    if (!shown) return nothing;
    const { picture, question, answer } = shown;
    const isStale = this.#bars.isPrevious || this.#meters.isPrevious;
    const stale = isStale ? ' stale' : '';
    return this.#frame(
      html`<div class="picture${stale}" aria-busy=${isStale ? 'true' : 'false'}>
          ${this.asTable ? this.#part(PARTS, () => html`<oya-consumption-table .shown=${shown} lang=${this.locale}></oya-consumption-table>`) : this.#barPicture(shown)}
          ${this.onceHere(PARTS, () => html`<oya-consumption-notes .shown=${shown} .onWeather=${this.#showWeather} lang=${this.locale}></oya-consumption-notes>`)}
        </div>
        ${this.#day(shown)}
        <div class="picture${stale}">
          ${this.onceHere(PARTS, () => html`<oya-consumption-facts .shown=${shown} lang=${this.locale}></oya-consumption-facts>`)} ${this.#freshness(answer.freshness)}
        </div>
        ${this.onceHere(PARTS, () => html`<oya-consumption-tools .shown=${shown} .remember=${this.remember} lang=${this.locale} heading-level=${this.levelOf(1)}></oya-consumption-tools>`)}
        ${picture.step === 'day' && question.direction === 'consumption' ? this.#consent(shown) : nothing}`,
      html`<div class="head${stale}">${this.#head(shown)}</div>`,
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.view = this.#valid('view', this.view, VIEWS);
    this.show = this.#valid('show', this.show, SHOWS);
    this.remember = this.#valid('remember', this.remember, REMEMBERS);
    // What the page asks for anew holds against what was chosen before.
    if (changed.get('view') !== undefined) this.chosen = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#announce();
    this.#takeFocus();
    // A chart knows its bars, and which of them has the focus, once it has drawn them.
    void this.barChart?.updateComplete.then(this.#takeFocus);
  }

  /** Puts the focus where it is wanted, as soon as that is there. */
  readonly #takeFocus = (): void => {
    const target = this.#focusAfterUpdate?.();
    if (!target) return;
    this.#focusAfterUpdate = undefined;
    target.focus();
  };

  /** One of a set; another value warns the page's author, and the first stands for it. */
  #valid<T extends string>(name: string, value: T, values: readonly T[]): T {
    if (values.includes(value)) return value;
    warnOnce(`<${this.localName}>: ${name} must be one of ${values.join(', ')}, not "${value}"; ${values[0]} is used.`);
    return values[0] as T;
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #meter(): Meter | undefined {
    return this.#meters.data?.items[0];
  }

  /** The views that the meter can fill. */
  get #views(): View[] {
    return this.#meter ? viewsOf(this.#meter.resolutions, this.#available) : [];
  }

  /** What can be told of what the customer consumed: money only where the portal knows it. */
  get #units(): Unit[] {
    const hasCost = this.#bars.data?.cost !== undefined && this.chosen?.question.direction !== 'production';
    if (this.show === 'measure' || (this.#bars.data && !hasCost)) return ['measure'];
    return this.show === 'cost' ? ['cost'] : ['measure', 'cost'];
  }

  /** `null` when nothing was measured yet; `undefined` while that is not known. */
  get #available(): Period | null | undefined {
    const { data } = this.#bars;
    const meterId = this.#meter?.id;
    if (data && data.meterId === meterId) this.#exists = { meterId, available: data.available };
    return this.#exists?.meterId === meterId ? this.#exists?.available : undefined;
  }

  /** What the customer chose, or the last of what there is. */
  get #question(): Question {
    const own = this.chosen?.meterId === this.#meter?.id ? this.chosen?.question : undefined;
    const units = this.#units;
    const { unit = 'measure', baseline = 'year' } = this.chosen?.question ?? {};
    const views = this.#views;
    const view = views.includes(this.view) ? this.view : (views[0] ?? this.view);
    const question = own ?? firstQuestion({ view, unit, baseline }, this.#available ?? undefined, this.#today);
    return units.includes(question.unit) ? question : { ...question, unit: units[0] ?? 'measure' };
  }

  get #today(): LocalDay {
    return localDay(Date.now(), this.format.timeZone);
  }

  get #opensDays(): boolean {
    const { direction } = this.#question;
    return direction === 'consumption' && (this.#meter?.resolutions.includes('half-hour') ?? false);
  }

  #metersQuestion(): Input<'listMeters'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  #barsQuestion(): Input<'getConsumption'> | undefined {
    const meter = this.#meter;
    if (!meter || this.#views.length === 0) return undefined;
    const question = this.#question;
    return { meterId: meter.id, resolution: stepOf(question.view), ...withBaseline(question), ...(question.direction === 'production' && { direction: 'production' }) };
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

  get #shown(): Shown | undefined {
    const { data: answer } = this.#bars;
    const picture = this.#picture;
    const contract = this.#contract;
    const meter = this.#meter;
    if (!answer || !picture || !contract || !meter) return undefined;
    const question = this.#question;
    const told: Told = { unit: question.unit, weather: this.showsWeather, subscribedKva: question.direction === 'production' ? null : contract.subscribedPowerKva };
    const opens = picture.step === 'day' ? this.#opensDays : this.#views.includes(picture.step === 'month' ? 'month' : 'year');
    return {
      question,
      answer,
      picture,
      told,
      meter,
      contract,
      utility: this.#utility.data?.name ?? '',
      tell: this.#tell,
      asTable: this.asTable,
      wantsCost: this.show === 'cost',
      hasCurve: meter.resolutions.includes('half-hour'),
      go: this.#go,
      open: opens ? (index) => this.#choose(picture, index) : undefined,
    };
  }

  /** What stays in its place whatever is shown: a way to another contract, period or form. */
  #frame(content: unknown, head: unknown = nothing): TemplateResult {
    const t = this.words(consumptionMessages);
    const chooser = contractChooser(this, this.#contracts.data?.items ?? [], this.#contract, t('contract'), (energy) => t(`energy.${energy}`));
    return html`<section class="frame" aria-label=${t('region')} @keydown=${this.#onKey}>
      ${chooser} ${head} ${this.#available ? this.#controls(this.#available) : nothing} ${content}
      <p class="visually-hidden announcement" role="status"></p>
    </section>`;
  }

  #controls(available: Period): TemplateResult {
    const meter = this.#meter;
    const texts = this.#utility.data?.texts;
    const t = this.words(consumptionMessages);
    return controls({
      question: this.#question,
      available,
      views: this.#views,
      units: this.#units.map((unit) => ({ unit, words: texts?.[unit] ? localized(texts[unit], this.locale) : t(`unit.${unit}`) })),
      directions: meter?.production ? ['consumption', 'production'] : [],
      hasDays: meter?.resolutions.includes('day') ?? false,
      asTable: this.asTable,
      t,
      tell: this.#tell,
      go: this.#go,
      goBack: this.#goBack,
      show: (asTable) => (this.asTable = asTable),
    });
  }

  /** One thing first: a finding, then the number that it is about, then what that number is. */
  #head({ picture, question, meter, tell }: Shown): TemplateResult {
    const { format } = this;
    const { unit } = question;
    const bill = unit === 'cost' ? billOf(picture) : undefined;
    const amount = unit === 'cost' ? (bill?.total ?? null) : picture.total;
    const parts = amount === null ? undefined : unit === 'cost' ? { figure: tell.money(amount), unit: '' } : format.energyParts(amount);
    return html`${this.heading(tell.finding(picture, unit))}
      ${parts ? html`<p class="number" aria-hidden="true"><span>${parts.figure}</span> <small>${parts.unit}</small></p>` : nothing}
      <p class="soft">
        <span class="visually-hidden">${amount === null ? nothing : tell.amount(amount, unit)}</span>
        ${tell.label(picture, meter.energy, question)}
      </p>`;
  }

  #barPicture({ picture, question, told, tell, open }: Shown): TemplateResult {
    const t = this.words(consumptionMessages);
    return bars(picture, question, told, t(open ? `hint.${picture.step}` : 'hint.read'), t, tell, (index) => this.#choose(picture, index));
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
    return html`<p class="soft small">${t('fresh', { day: this.format.day(lastDay) })} ${next}</p>
      ${this.#age()}`;
  }

  /** What is shown stays when it cannot be asked for anew, and says how old it is. */
  #age(): unknown {
    const { error, isPrevious, answeredAt } = this.#bars;
    if (!error || isPrevious) return nothing;
    const t = this.words(consumptionMessages);
    return html`<p class="quality age" role="status">
      ${icon('alert')}<span>${t('old', { what: this.core(`error.${error.kind}.title`), when: this.format.dateTime(answeredAt) })}</span>
      <button type="button" class="button" @click=${() => void this.#bars.refresh()}>${this.core('retry')}</button>
    </p>`;
  }

  /** Consent in place: where the half-hours would be, the choice to have them. */
  #consent(shown: Shown): unknown {
    const { loadCurve } = shown.meter;
    if (loadCurve !== 'consent-needed' && loadCurve !== 'requested') return nothing;
    return this.onceHere(
      CONSENT,
      () => html`<oya-consumption-consent .shown=${shown} .onGiven=${this.#consentGiven} lang=${this.locale} heading-level=${this.levelOf(1)}></oya-consumption-consent>`,
    );
  }

  readonly #showWeather = (shown: boolean): void => void (this.showsWeather = shown);

  readonly #consentGiven = (): void => {
    this.dispatchEvent(new OyaConsentChangedEvent());
  };

  #day(shown: Shown): unknown {
    const { question, picture } = shown;
    if (!this.#opensDays || question.view !== 'month' || question.chosen === undefined || barOf(picture, question.chosen) < 0) return nothing;
    return this.#part(
      DAY,
      () =>
        html`<oya-consumption-day .shown=${shown} 
          .onBack=${this.#goBack}
          .onShown=${this.#takeFocus}
          lang=${this.locale} heading-level=${this.levelOf(1)}></oya-consumption-day>`,
    );
  }

  #part(part: Part, content: () => unknown): unknown {
    return this.whenHere(part, content, () => html`<div class="placeholder curve-size" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`);
  }

  readonly #go = (question: Question): void => {
    const before = this.#question;
    const isSame = (['view', 'unit', 'direction', 'baseline'] as const).every((each) => question[each] === before[each]) && question.period.from === before.period.from;
    this.chosen = { meterId: this.#meter?.id, question };
    if (this.#opensDays && question.view === 'month' && question.chosen !== undefined) this.#announces = 'day';
    else if (!isSame) this.#announces = 'picture';
  };

  #choose(picture: Picture, index: number): void {
    const before = this.#question;
    const next = choose(before, startOfBar(picture, index), this.#views);
    this.#go(next);
    if (next.view !== before.view) this.#focusAfterUpdate = () => this.#title('.title');
    else if (this.#opensDays && next.view === 'month') this.#focusAfterUpdate = () => this.#title('.day-title');
  }

  readonly #goBack = (): void => {
    const up = this.#available && back(this.#question, this.#available);
    if (!up) return;
    this.#go(up);
    this.#focusAfterUpdate = () => {
      if (this.#bars.isPrevious) return null;
      return this.asTable ? this.#title('.title') : this.barChart?.isUpdatePending ? null : this.barChart;
    };
  };

  /** Escape leads back to where one came from; a field has its own use for it. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const origin = event.composedPath()[0];
    if (event.key !== 'Escape' || event.defaultPrevented || origin instanceof HTMLInputElement || origin instanceof HTMLSelectElement) return;
    if (!this.#available || !back(this.#question, this.#available)) return;
    event.preventDefault();
    this.#goBack();
  };

  /** A title takes the focus when what it names has just come into view. */
  #title(selector: string): HTMLElement | null {
    const title = this.renderRoot.querySelector<HTMLElement>(selector);
    if (title) title.tabIndex = -1;
    return title;
  }

  /** Says what has come into view, once it is there. */
  #announce(): void {
    const shown = this.#shown;
    const { spoken } = this;
    if (!this.#announces || !shown || !spoken || this.#bars.isPrevious || this.state !== 'ready') return;
    const t = this.words(consumptionMessages);
    const { picture, question, tell } = shown;
    const { unit, chosen } = question;
    if (this.#announces === 'day' && chosen !== undefined) {
      const { values, cost } = picture;
      const amount = (unit === 'cost' ? cost?.energy : values)?.[barOf(picture, chosen)];
      spoken.textContent = t('day.announced', { day: this.format.day(chosen), energy: tell.amount(amount, unit) });
    } else {
      const total = unit === 'cost' ? billOf(picture)?.total : picture.total;
      spoken.textContent = t('announced', { period: tell.periodTitle(picture.period, picture.view), total: tell.amount(total, unit), finding: tell.finding(picture, unit) });
    }
    this.#announces = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption': OyaConsumption;
  }
}
