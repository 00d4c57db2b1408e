import {
  addDays, changeInstalments, costOfNight, figuresOfDays, forecastSettlement, getConsumption, getPaymentMeans, listContracts, listInvoices, listMeters, localDay, meterJump, nightLoads, PortalError, settlementOutlook, settlementWith, unusualNight,
  type Cents, type Contract, type DayFigures, type Input, type InstalmentPlan, type InstalmentRange, type InvoiceList, type LocalDay, type Meter, type MeterJump, type NightLoad, type PaymentTerms, type SettlementOutlook, type UnusualNight,
} from '@oya/contract';
import { Intent, OyaElement, Resource, type Translate } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { fragmentForStretch } from '../curve-address.ts';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { spaceStyles } from '../space.styles.ts';
import { billWatchMessages, type fr } from './bill-watch.messages.ts';
import { billWatchStyles } from './bill-watch.styles.ts';
import { pair } from './pair.ts';

/** A year and its days of the same weekday before, to hold a year against. */
const DAYS_BEFORE = 371;
/** Older nights are of another season. */
const NIGHTS = 120;
const DAYS_OF_YEAR = 364;
/** Around the first of the nights that are shown: enough to see that it began. */
const DAYS_AROUND = 3;
const EURO = 100;
/** A month's energy is told to ten kWh, as it is of a load that nobody has seen. */
const MANY_WATT_HOURS = 10_000;
const DAY_MS = 86_400_000;
const NO_TERMS: PaymentTerms = {};
const NOTHING_TO_WARN_OF = html`<slot></slot>`;

/** What all the answers together tell. */
interface Findings {
  readonly figures: readonly DayFigures[];
  readonly outlook: SettlementOutlook | undefined;
  readonly night: UnusualNight | undefined;
  readonly jump: MeterJump | undefined;
}

/**
 * What a bill to come would surprise with, each with what it rests on and what can be done about it: the settlement of a year
 * that is paid by instalments, which can be changed here where the utility allows it; a load that began in the night; a jump
 * since another meter took its place. What was looked at and is as usual is said too.
 *
 * @summary What a bill to come would surprise with: the settlement, an unusual night, a jump after a meter change.
 * @placeholder 12rem
 * @attr {boolean} warnings-only - shows warnings alone, and nothing where there are none; for a place among other things
 * @slot - With `warnings-only`: what stands there once it is known that there are none.
 * @csspart notice - A message in place of the warnings: an error, signed out, nothing to look at.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart card - One thing to keep an eye on.
 * @csspart picture - The two amounts that it is about.
 */
export class OyaBillWatch extends OyaLightForm {
  static override readonly messages = billWatchMessages;
  static override styles = [OyaElement.styles, spaceStyles, billWatchStyles];

  @property({ attribute: 'warnings-only', type: Boolean }) warningsOnly = false;

  /** The instalment that the customer has moved to. */
  @state() private chosen: Cents | undefined;
  /** What has just been done, told where the focus goes. */
  @state() private outcome: string | undefined;

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #meters = new Resource(this, listMeters, () => this.#contractQuestion());
  /** Its holder's alone: who reads a contract is told of its nights, not of its bills. */
  readonly #invoices = new Resource(this, listInvoices, () => this.#contractQuestion(), { blocking: false });
  readonly #means = new Resource(this, getPaymentMeans, () => (this.#plan ? this.#contractQuestion() : undefined), { blocking: false });
  readonly #days = new Resource(this, getConsumption, () => this.#daysQuestion(), { blocking: false });
  readonly #nights = new Resource(this, getConsumption, () => this.#nightsQuestion(0), { blocking: false });
  /** What the season brings, once there is a rise to explain. */
  readonly #nightsBefore = new Resource(this, getConsumption, () => (this.#isRisen ? this.#nightsQuestion(DAYS_OF_YEAR) : undefined), { blocking: false });
  readonly #intent = new Intent();
  #shown: Contract['id'] | undefined;
  /** Nights and days are many: each answer is read once, and not again at each step of the slider. */
  readonly #loads = new WeakMap<object, readonly NightLoad[]>();
  readonly #risen = new WeakMap<object, boolean>();
  #found: { readonly by: readonly unknown[]; readonly findings: Findings } | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const shown = this.#contract?.id;
    if (!this.isAnotherCustomer() && shown === this.#shown) return;
    this.#shown = shown;
    this.chosen = undefined;
    this.outcome = undefined;
    this.forget();
  }

  override render(): unknown {
    const { state } = this;
    return this.warningsOnly && state !== 'ready' ? (state === 'loading' ? nothing : NOTHING_TO_WARN_OF) : super.render();
  }

  protected override isEmpty(): boolean {
    const isKnown = this.#meters.data !== undefined && this.#invoices.status !== 'loading';
    return this.#contracts.data?.items.length === 0 || (isKnown && this.#daysQuestion() === undefined);
  }

  protected override renderEmpty(): unknown {
    const { t } = this;
    return this.#frame(this.notice(t('none.title'), t('none.text'), this.link('consents', t('none.action'), 'button')));
  }

  protected override renderReady(): unknown {
    const asked = [this.#invoices, this.#means, this.#days, this.#nights, this.#nightsBefore];
    // All at once: what comes one after the other would push away what somebody has begun to read.
    if (asked.some(({ status }) => status === 'loading')) return this.warningsOnly ? nothing : this.#frame(this.renderLoading());
    const failed = [this.#days, this.#nights].find(({ status }) => status === 'error');
    if (failed?.error && !this.warningsOnly) return this.#frame(this.errorNotice(failed.error, () => this.retry()));
    const { outlook, night, jump } = this.#findings;
    const showsOutlook = outlook && (outlook.isWarning || !this.warningsOnly || this.outcome !== undefined);
    const warnings = [outlook?.isWarning ? this.#settlement(outlook) : nothing, night ? this.#nightCard(night) : nothing, jump ? this.#jumpCard(jump) : nothing];
    const cards = [...warnings, showsOutlook && !outlook.isWarning ? this.#settlement(outlook) : nothing].filter((card) => card !== nothing);
    const fine = this.warningsOnly ? [] : this.#fine(this.#findings);
    if (cards.length === 0 && fine.length === 0) return this.warningsOnly ? NOTHING_TO_WARN_OF : this.renderEmpty();
    return this.#frame(html`<section class="watch" aria-labelledby="watch">
      <div id="watch">${this.heading(this.t('title'), 'part-title')}</div>
      ${cards.length === 0 ? nothing : html`<ul class="cards">${cards}</ul>`}
      ${fine.length === 0 ? nothing : html`<ul class="fine">${fine.map((words) => html`<li>${icon('check')}<span>${words}</span></li>`)}</ul>`}
    </section>`);
  }

  // What is asked for

  protected get t(): Translate<typeof fr> {
    return this.words(billWatchMessages);
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #meter(): Meter | undefined {
    return this.#meters.data?.items[0];
  }

  get #plan(): InstalmentPlan | null {
    return this.#invoices.data?.plan ?? null;
  }

  get #terms(): PaymentTerms {
    return this.#means.data?.terms ?? NO_TERMS;
  }

  /** On the portal's clock: it decides which instalments can still be changed. */
  get #today(): LocalDay {
    const session = this.client?.session;
    return localDay(session?.state === 'signed-in' && session.answeredAt !== undefined ? Date.parse(session.answeredAt) : Date.now(), this.format.timeZone);
  }

  #contractQuestion(): Input<'listMeters'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  /** One question for all that days tell: from the first that any of it needs. */
  #daysQuestion(): Input<'getConsumption'> | undefined {
    const meter = this.#meter;
    if (!meter?.resolutions.includes('day')) return undefined;
    const needed = [this.#plan?.period.from, meter.replaced?.on].flatMap((day) => (day === undefined ? [] : [addDays(day, -DAYS_BEFORE)]));
    // What a kWh costs, where only nights are looked at.
    if (needed.length === 0 && !meter.resolutions.includes('half-hour')) return undefined;
    const today = this.#today;
    return { meterId: meter.id, resolution: 'day', from: needed.sort()[0] ?? addDays(today, -NIGHTS), to: today };
  }

  #nightsQuestion(daysAgo: number): Input<'getConsumption'> | undefined {
    const meter = this.#meter;
    const to = addDays(this.#today, -daysAgo);
    return meter?.resolutions.includes('half-hour') ? { meterId: meter.id, resolution: 'half-hour', from: addDays(to, -NIGHTS), to } : undefined;
  }

  // What it tells

  get #findings(): Findings {
    const by = [this.#days.data, this.#nights.data, this.#nightsBefore.data, this.#plan, this.#terms, this.#meter, this.#today];
    if (!this.#found || by.some((each, at) => each !== this.#found?.by[at])) this.#found = { by, findings: this.#look() };
    return this.#found.findings;
  }

  #look(): Findings {
    const { data } = this.#days;
    const meter = this.#meter;
    const figures = data && data.meterId === meter?.id ? figuresOfDays(data) : [];
    return {
      figures,
      outlook: this.#outlookBy(figures),
      night: unusualNight([...this.#loadsOf(this.#nightsBefore), ...this.#loadsOf(this.#nights)]),
      jump: meter?.replaced && meterJump(meter.replaced, figures),
    };
  }

  #outlookBy(figures: readonly DayFigures[]): SettlementOutlook | undefined {
    const plan = this.#plan;
    if (!plan) return undefined;
    const forecast = forecastSettlement(plan, figures.flatMap(({ day, cost }) => (cost === null ? [] : [{ day, amount: cost }])));
    return forecast && settlementOutlook(plan, forecast, this.#terms, this.#today);
  }

  /** Whether the nights alone tell of a load that began: then the year before is asked, too. */
  get #isRisen(): boolean {
    const { data } = this.#nights;
    if (!data || data.meterId !== this.#meter?.id) return false;
    let risen = this.#risen.get(data);
    if (risen === undefined) this.#risen.set(data, (risen = unusualNight(this.#loadsOf(this.#nights)) !== undefined));
    return risen;
  }

  #loadsOf({ data }: Resource<typeof getConsumption>): readonly NightLoad[] {
    if (!data || data.series.kind !== 'curve' || data.meterId !== this.#meter?.id) return [];
    let loads = this.#loads.get(data);
    if (!loads) this.#loads.set(data, (loads = nightLoads(data.series, this.format.timeZone)));
    return loads;
  }

  /** What was looked at and is as usual. */
  #fine({ night, jump, figures }: Findings): string[] {
    const nights = this.#loadsOf(this.#nights).filter(({ isMeasured }) => isMeasured).length;
    const change = this.#meter?.replaced;
    return [
      ...(night || nights === 0 ? [] : [this.t('fine.night', { count: nights })]),
      ...(jump || !change || figures.length === 0 ? [] : [this.t('fine.jump', { day: this.format.day(change.on, 'long') })]),
    ];
  }

  // How it is shown

  #frame(content: unknown): TemplateResult {
    if (this.warningsOnly) return html`${content}`;
    const chooser = contractChooser(this, this.#contracts.data?.items ?? [], this.#contract, this.t('contract'), (energy) => this.t(`energy.${energy}`));
    return html`<div class="frame">${chooser} ${content}</div>`;
  }

  #card(kind: string, isWarning: boolean, title: string, content: unknown): TemplateResult {
    return html`<li class="card ${kind} ${isWarning ? 'warning' : ''}" part="card">
      <div class="head">${icon(isWarning ? 'alert' : 'check')} ${this.heading(title, 'card-title', 1)}</div>
      ${content}
    </li>`;
  }

  /** What can be done, and what it rests on: on request, in a place among other things. */
  #more(content: unknown): unknown {
    if (!this.warningsOnly) return content;
    return html`<details class="more">
      <summary>${this.t('do')}</summary>
      <div class="inner">${content}</div>
    </details>`;
  }

  /** A forecast is no more exact than to the euro. */
  #about(amount: number): string {
    return this.format.money(amount, 0);
  }

  #exact(amount: Cents): string {
    return amount % EURO === 0 ? this.#about(amount) : this.format.money(amount);
  }

  #rests(content: unknown): TemplateResult {
    return html`<details>
      <summary>${this.t('rests')}</summary>
      ${content}
    </details>`;
  }

  #settlement({ forecast, isWarning, range, better }: SettlementOutlook): TemplateResult {
    const { t } = this;
    const { settlement, known, toCome, days, instalments, restsOn } = forecast;
    const year = known + toCome;
    const plan = this.#plan;
    const [cost, paid] = [this.#about(year), this.#about(instalments)];
    const isEven = Math.abs(settlement) < EURO / 2;
    const figures = { known: this.format.number(days.known), spent: this.#about(known), left: this.format.number(days.toCome), coming: this.#about(toCome) };
    return this.#card(
      settlement > 0 ? 'settlement first' : 'settlement last',
      isWarning,
      isEven ? t('settlement.even') : t(settlement > 0 ? 'settlement.pay' : 'settlement.back', { amount: this.#about(Math.abs(settlement)) }),
      html`<p>${plan ? t('settlement.text', { day: this.format.day(plan.settlementOn, 'long') }) : nothing}</p>
        ${pair(t('settlement.caption', { cost, paid }), [{ label: t('settlement.cost'), value: year, figure: cost }, { label: t('settlement.paid'), value: instalments, figure: paid }])}
        ${this.outcome === undefined ? nothing : html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.outcome}</span></p>`}
        ${this.#more(html`${range && this.client?.supports(changeInstalments)
          ? this.#form(settlement, range, better?.amount)
          : isWarning
            ? html`<p>${t('settlement.ask')}</p>
                <div class="buttons">${this.link('contact', t('contact'), 'button')}</div>`
            : nothing}
        ${this.#rests(html`<p>${t('settlement.known', figures)} ${t(`settlement.${restsOn}`)}</p>`)}`)}`,
    );
  }

  /** The amount, and what it would leave, under the customer's finger. */
  #form(settlement: Cents, range: InstalmentRange, better: Cents | undefined): TemplateResult {
    const { t } = this;
    const chosen = this.chosen ?? better ?? range.current;
    const left = settlementWith(settlement, range, chosen);
    const then = this.#then(left);
    const [amount, least, most] = [this.#exact(chosen), this.#exact(range.least), this.#exact(range.most)];
    return html`<form class="form" novalidate @submit=${(event: SubmitEvent) => void this.#change(event, range, chosen)}>
      ${this.heading(t('instalment'), 'form-title', 2)} ${this.summary()}
      <p id="now">${t('instalment.now', { amount: this.#exact(range.current), least, most, day: this.format.day(range.firstOn, 'medium') })}</p>
      <div class="choice">
        <label for="amount">${t('instalment.label')}</label>
        <output for="amount">${amount}</output>
        <input
          id="amount"
          type="range"
          min=${range.least / EURO}
          max=${range.most / EURO}
          step="1"
          aria-describedby="now"
          aria-valuetext=${t('instalment.spoken', { amount, then })}
          .value=${String(Math.round(chosen / EURO))}
          @input=${(event: Event) => (this.chosen = (Number((event.target as HTMLInputElement).value) * EURO) as Cents)}
        />
        <span class="ends" aria-hidden="true"><span>${least}</span><span>${most}</span></span>
      </div>
      <p class="then">${then}</p>
      ${chosen === range.most && left > 0 && this.#terms.plans ? html`<p>${t('settlement.later', { left: this.#about(left) })} ${this.link('payment', t('settlement.plan'))}</p>` : nothing}
      <button type="submit" class="button primary" aria-disabled=${this.sending || chosen === range.current ? 'true' : nothing}>${this.sending ? t('instalment.sending') : t('instalment.send', { amount })}</button>
      ${this.status()}
    </form>`;
  }

  #then(left: Cents): string {
    if (Math.abs(left) < EURO / 2) return this.t('instalment.even');
    return this.t(left > 0 ? 'instalment.pay' : 'instalment.back', { left: this.#about(Math.abs(left)) });
  }

  #nightCard(night: UnusualNight): TemplateResult {
    const { t, format } = this;
    const { since, nights, restsOn } = night;
    const known = this.#findings.figures.flatMap(({ energy, energyCost }) => (energy === null || energyCost === null ? [] : [{ energy, cost: energyCost }]));
    const cost = costOfNight(night, known);
    const [day, before, now] = [format.day(since, 'medium'), format.power(night.before), format.power(night.now)];
    const energy = format.energy(Math.round(cost.energy / MANY_WATT_HOURS) * MANY_WATT_HOURS);
    const route = this.client?.route('consumption');
    const at = Date.parse(`${since}T00:00:00Z`);
    return this.#card(
      'night last',
      true,
      t('night.title', { watts: format.power(Math.round(night.rise / 10) * 10), day }),
      html`<p>${t('night.text', { now, before })} ${cost.amount === undefined ? t('night.energy', { energy }) : t('night.cost', { energy, amount: this.#about(cost.amount) })}</p>
        ${pair(t('night.caption', { before, day, now }), [{ label: t('night.before'), value: night.before, figure: before }, { label: t('night.since', { day }), value: night.now, figure: now }])}
        ${this.#more(html`<ul class="advice">
            <li>${t('night.search')}</li>
            <li>${t('night.test')}</li>
          </ul>
          <div class="buttons">
            ${route === undefined ? nothing : this.link('consumption', t('night.see'), 'button', { fragment: fragmentForStretch(route, { from: at - DAYS_AROUND * DAY_MS, to: at + DAYS_AROUND * DAY_MS }) })}
          </div>
          ${this.#rests(html`<p>${t('night.nights', { day, since: format.number(nights.since), before: format.number(nights.before) })} ${t(`night.${restsOn}`)}</p>`)}`)}`,
    );
  }

  #jumpCard({ change, restsOn, since, before }: MeterJump): TemplateResult {
    const { t, format } = this;
    const [now, was] = [format.energy(since.perDay), format.energy(before.perDay)];
    const held = restsOn === 'year-before' && before.isInWeather ? 'jump.year-before.weather' : (`jump.${restsOn}` as const);
    const dayOf = (day: LocalDay) => format.day(day, 'long');
    return this.#card(
      'jump last',
      true,
      t('jump.title', { percent: format.percent(since.perDay / Math.max(1, before.perDay) - 1) }),
      html`<p>${t('jump.since', { day: dayOf(change.on), now })} ${t(held, { before: was })}</p>
        ${pair(t('jump.caption', { before: was, now }), [{ label: t(`jump.before.${restsOn}`), value: before.perDay, figure: was }, { label: t('jump.after'), value: since.perDay, figure: now }])}
        ${this.#more(html`${this.#indexes(change)}
          <ul class="advice">
            <li>${t('jump.check')}</li>
            <li>${t('jump.either')}</li>
          </ul>
          <div class="buttons">${this.link('invoices', t('jump.see'), 'button')} ${this.link('contact', t('contact'))}</div>
          ${this.#rests(html`<p>${t('jump.days', { from: dayOf(since.from), to: dayOf(addDays(since.to, -1)), earlierFrom: dayOf(before.from), earlierTo: dayOf(addDays(before.to, -1)) })}</p>`)}`)}`,
    );
  }

  #indexes({ on, serialNumber, indexes }: MeterJump['change']): TemplateResult {
    const { t, format } = this;
    const meter = this.#meter;
    const unit = meter?.energy === 'gas' ? 'm³' : 'kWh';
    const row = (words: string, of: 'closing' | 'opening') => html`<tr>
      <th scope="row">${words}</th>
      ${indexes.map((index) => html`<td>${indexes.length > 1 ? `${index.register} ` : ''}${format.number(index[of])}\u202f${unit}</td>`)}
    </tr>`;
    return html`<table class="compact indexes">
      <caption>${t('jump.indexes', { day: format.day(on, 'long') })}</caption>
      <tbody>
        ${row(t('jump.old', { serial: serialNumber }), 'closing')} ${row(t('jump.new', { serial: meter?.serialNumber ?? '' }), 'opening')}
      </tbody>
    </table>`;
  }

  // What is done

  async #change(event: SubmitEvent, { current, firstOn }: InstalmentRange, amount: Cents): Promise<void> {
    event.preventDefault();
    const { client, t } = this;
    const contractId = this.#contract?.id;
    if (this.sending || !client || contractId === undefined || amount === current) return;
    const input = { contractId, amount };
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('instalment.sending');
    try {
      const changed = await this.#intent.send(input, (key) => client.write(changeInstalments, input, key));
      const key = client.keyOf(listInvoices, { contractId });
      client.queries.setQueryData(key, (list: InvoiceList | undefined) => list && { ...list, plan: changed });
      void client.queries.invalidateQueries({ queryKey: [listInvoices.name] });
      this.chosen = undefined;
      this.outcome = t('instalment.done', { amount: this.#exact(amount), day: this.format.day(firstOn, 'medium') });
      this.focusOn('.outcome');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      const isStale = error.kind === 'conflict' || error.kind === 'invalid';
      // What has changed meanwhile is shown as it is.
      if (isStale) for (const { name } of [listInvoices, getPaymentMeans]) void client.queries.invalidateQueries({ queryKey: [name] });
      if (error.kind !== 'unauthenticated') this.refuse(isStale ? { title: t('instalment.conflict'), text: t('instalment.conflict.text'), error } : { ...this.failureWords(error), error });
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-bill-watch': OyaBillWatch;
  }
}
