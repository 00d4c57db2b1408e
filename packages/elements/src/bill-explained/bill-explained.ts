import {
  checkEstimates, compareBills, countedByIndexes, createClaimFile, estimatedRegisters, explainBill, getConsumption, getInvoice, heatingOf, linesOfMeter, listContracts, listInvoices, listMeters, localDay, type PortalError, sum,
  type BillCompared, type BillExplained, type BillStep, type BillWeather, type Consumption, type Contract, type Input, type Invoice, type InvoiceDetails, type LocalDay, type Meter, type Period,
} from '@oya/contract';
import { define, OyaElement, Resource, type Part } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { BILL_WATCH, isWatchable } from '../bill-watch-part.ts';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { icon } from '../icons.ts';
import { spaceStyles } from '../space.styles.ts';
import { switchStyles } from '../switch.styles.ts';
import { invoiceIn, type InvoiceName } from '../invoice-address.ts';
import { billExplainedMessages } from './bill-explained.messages.ts';
import { billExplainedStyles } from './bill-explained.styles.ts';
import { waterfall, type DrawnStep } from './drawing.ts';
import { linesOf } from './lines.ts';
import { Telling } from './telling.ts';

type Against = 'previous' | 'year';

/** What draws and tells days comes once there are days. */
const DAYS: Part = () => import('./days.ts').then(({ OyaBillExplainedDays }) => define('oya-bill-explained-days', OyaBillExplainedDays));

/** A claim is made by few: what makes it comes when it is asked for. */
const CLAIM: Part = () => import('../claim/claim.define.ts').then(() => undefined);


/**
 * One invoice explained: reckoned again from its indexes, dated prices and taxes, as a picture and line by line, with what
 * technical words mean where they stand. Where the calculation is not what was charged, it says by how much. Why the amount
 * is not that of the invoice before, or of last year, in causes that add up; the days that were measured, and their half-hours
 * where those are collected; what an estimate and the instalments of a year will come to.
 *
 * @summary One invoice explained to the cent, compared with the one before and with last year.
 * @placeholder 46rem
 * @attr {string} invoice - id of the invoice to explain; default: the one that the page's address names (`#oya-invoice=<contract>/<invoice>`), else the latest
 * @csspart notice - A message in place of the explanation: an error, signed out, no invoice yet.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart picture - A picture of amounts that grow to a total.
 * @csspart table - A table of the invoice's lines.
 * @cssprop [--oya-bill-explained-chart-height=11rem] - Height of the days' bars.
 * @cssprop [--oya-load-curve-height=15rem] - Height of the half-hours' curve.
 */
export class OyaBillExplained extends OyaElement {
  static override readonly messages = billExplainedMessages;
  static override styles = [OyaElement.styles, spaceStyles, switchStyles, billExplainedStyles];

  @property() invoice: string | undefined;

  /** What the address names, and what the customer chose since. */
  @state() private asked: InvoiceName | undefined;
  @state() private chosen: InvoiceName | undefined;
  @state() private against: Against = 'previous';
  /** The invoice that a claim is made about. */
  @state() private claimed: string | undefined;
  /** What the customer's meter shows, as typed, by register. */
  @state() private seen: Readonly<Record<string, string>> = {};

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #list = new Resource(this, listInvoices, () => this.#contractQuestion());
  readonly #details = new Resource(this, getInvoice, () => this.#invoiceQuestion(this.#invoiceId), { keepPrevious: true });
  readonly #previous = new Resource(this, getInvoice, () => this.#invoiceQuestion(this.#shown?.previousId), { blocking: false });
  readonly #yearBefore = new Resource(this, getInvoice, () => this.#invoiceQuestion(this.#shown?.yearBeforeId), { blocking: false });
  readonly #meters = new Resource(this, listMeters, () => this.#contractQuestion(), { blocking: false });
  readonly #days = new Resource(this, getConsumption, () => this.#daysQuestion(this.#shown?.period), { blocking: false });
  readonly #daysBefore = new Resource(this, getConsumption, () => this.#daysQuestion(this.#other?.period), { blocking: false });

  #telling: Telling | undefined;
  #contractWanted = false;
  #explained: { readonly of: InvoiceDetails; readonly explained: BillExplained } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readAddress();
    addEventListener('hashchange', this.#readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readAddress);
  }

  readonly #readAddress = (): void => {
    this.asked = invoiceIn(location.hash);
    this.#contractWanted = this.asked !== undefined;
    if (this.asked) this.chosen = undefined;
    this.#chooseContract();
  };

  /** An address names an invoice together with its contract, once: another may be chosen after that. */
  #chooseContract(): void {
    if (!this.#contractWanted || !this.client || !this.asked) return;
    this.#contractWanted = false;
    const { contractId } = this.asked;
    if (this.contract === undefined && this.client.selectedContract.value !== contractId) this.client.selectedContract.set(contractId);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#chooseContract();
    if (changed.get('invoice') !== undefined) this.chosen = undefined;
  }

  protected override isEmpty(): boolean {
    return this.#contracts.data?.items.length === 0 || this.#list.data?.items.length === 0;
  }

  protected override renderEmpty(): unknown {
    const { t } = this.#tell;
    return this.#frame(this.notice(t('empty.title'), t('empty.text'), this.link('contact', t('contact'), 'button')));
  }

  protected override renderError(error: PortalError): unknown {
    return this.#frame(super.renderError(error));
  }

  protected override renderLoading(): unknown {
    return html`<div class="placeholders" role="status">
      <span class="visually-hidden">${this.core('loading')}</span>
      <div class="placeholder" part="placeholder"></div>
    </div>`;
  }

  protected override renderReady(): unknown {
    const details = this.#shown;
    if (!details) return this.#frame(this.renderLoading());
    const explained = this.#explain(details);
    const weather = this.#weather;
    const stale = this.#details.isPrevious;
    return this.#frame(html`<div class=${stale ? 'bill stale' : 'bill'} aria-busy=${stale ? 'true' : 'false'}>
      ${this.#head(details, explained, weather)} ${this.#picture(details, explained)} ${this.#comparison(details, weather)} ${this.#estimate(details)} ${this.#lines(details, explained)} ${this.#measured(details)}
      ${this.#watch(details)} ${this.#claim(details)}
    </div>`);
  }

  // What is asked for

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #meter(): Meter | undefined {
    return this.#meters.data?.items[0];
  }

  get #invoiceId(): Invoice['id'] | undefined {
    const contractId = this.#contract?.id;
    const named = [this.chosen, this.invoice === undefined ? this.asked : undefined].find((each) => each?.contractId === contractId);
    return named?.invoiceId ?? this.invoice ?? this.#list.data?.items[0]?.id;
  }

  get #shown(): InvoiceDetails | undefined {
    return this.#details.data;
  }

  /** The invoice that this one is held against. */
  get #other(): InvoiceDetails | undefined {
    const [first, second] = this.against === 'previous' ? [this.#previous, this.#yearBefore] : [this.#yearBefore, this.#previous];
    return first.data ?? second.data;
  }

  get #today(): LocalDay {
    return localDay(Date.now(), this.format.timeZone);
  }

  #contractQuestion(): Input<'listInvoices'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  #invoiceQuestion(invoiceId: string | null | undefined): Input<'getInvoice'> | undefined {
    const contract = this.#contract;
    return contract && typeof invoiceId === 'string' ? { contractId: contract.id, invoiceId } : undefined;
  }

  #daysQuestion(period: Period | undefined): Input<'getConsumption'> | undefined {
    const meter = this.#meter;
    return meter?.resolutions.includes('day') && period && meter.contractId === this.#shown?.contractId ? { meterId: meter.id, resolution: 'day', ...period } : undefined;
  }

  // What is told

  get #tell(): Telling {
    const { format } = this;
    if (this.#telling?.format !== format) this.#telling = new Telling(this.words(billExplainedMessages), format);
    return this.#telling;
  }

  #explain(details: InvoiceDetails): BillExplained {
    if (this.#explained?.of !== details) this.#explained = { of: details, explained: explainBill(details.bill) };
    return this.#explained.explained;
  }

  /** Only of both periods' own days: a gap would pass for mild weather. */
  get #weather(): BillWeather | undefined {
    const [now, before] = [weatherOf(this.#days.data), weatherOf(this.#daysBefore.data)];
    if (!now || !before || this.#days.isPrevious || this.#daysBefore.isPrevious) return undefined;
    return { wattHoursPerDegree: heatingOf([...now.days, ...before.days]), now: now.degreeDays, before: before.degreeDays };
  }

  #frame(content: unknown): TemplateResult {
    const { t } = this.#tell;
    const contracts = this.#contracts.data?.items ?? [];
    return html`<section class="frame" aria-label=${t('region')}>
      <div class="choosers">${contractChooser(this, contracts, this.#contract, t('contract'), (energy) => t(`energy.${energy}`))} ${this.#invoiceChooser()}</div>
      ${content}
    </section>`;
  }

  #invoiceChooser(): unknown {
    const items = this.#list.data?.items ?? [];
    if (items.length < 2) return nothing;
    const tell = this.#tell;
    const current = this.#invoiceId;
    return html`<label class="which">
      <span>${tell.t('invoice')}</span>
      <select class="invoice" @change=${(event: Event) => this.#open((event.target as HTMLSelectElement).value)}>
        ${items.map(({ id, period, total }) => html`<option value=${id} .selected=${id === current}>${tell.t('invoice.option', { period: tell.dates(period), total: tell.money(total) })}</option>`)}
      </select>
    </label>`;
  }

  #watch({ contractId }: InvoiceDetails): unknown {
    if (!isWatchable(this.#meter, this.#list.data)) return nothing;
    return this.onceHere(BILL_WATCH, () => html`<oya-bill-watch exportparts="notice, placeholder" contract=${contractId} lang=${this.locale} heading-level=${this.levelOf(1)}></oya-bill-watch>`);
  }

  #claim({ contractId, id }: InvoiceDetails): unknown {
    if (!this.client?.supports(createClaimFile)) return nothing;
    if (this.claimed !== id) return html`<p><button type="button" class="button" @click=${() => (this.claimed = id)}>${this.#tell.t('claim')}</button></p>`;
    return this.whenHere(CLAIM, () => html`<oya-claim exportparts="notice, placeholder" contract=${contractId} invoice=${id} lang=${this.locale} heading-level=${this.headingLevel + 1}></oya-claim>`);
  }

  #open(invoiceId: string): void {
    const contract = this.#contract;
    if (!contract) return;
    this.chosen = { contractId: contract.id, invoiceId };
    this.seen = {};
  }

  /** One thing first: why this is more or less than one is used to, then the amount, then whether it is right. */
  #head(details: InvoiceDetails, { isExact, difference, reckoned, charged }: BillExplained, weather: BillWeather | undefined): TemplateResult {
    const tell = this.#tell;
    const { t } = tell;
    return html`<header class="head">
      ${this.heading(this.#finding(details, weather))}
      <p class="number"><span>${tell.money(details.total)}</span></p>
      <p class="soft">${t('label', { kind: t(`kind.${details.kind}`, { number: details.number }), period: tell.period(details.period) })} ${details.total < 0 ? t('in-favour') : nothing}</p>
      ${isExact
        ? html`<p class="verdict right">${icon('check')}<span>${t('exact.yes')}</span></p>`
        : html`<div class="verdict wrong-total" role="alert">${icon('alert')}<span>${difference === 0 ? t('exact.lines') : t('exact.no', { difference: tell.money(difference), reckoned: tell.money(reckoned), charged: tell.money(charged) })} ${this.link('contact', t('contact'))}</span></div>`}
    </header>`;
  }

  #finding({ bill, kind, total, previousId }: InvoiceDetails, weather: BillWeather | undefined): string {
    const tell = this.#tell;
    const { t } = tell;
    if (kind === 'credit-note') return t('finding.credit', { amount: tell.money(-total) });
    const before = this.#previous.data;
    if (!before || previousId !== before.id) return t('finding.alone');
    const { difference, causes } = compareBills(bill, before.bill, this.against === 'previous' ? weather : undefined);
    if (difference === 0) return t('finding.same');
    const way = difference > 0 ? 'more' : 'less';
    const main = causes.filter(({ amount }) => amount > 0 === difference > 0).toSorted((one, other) => Math.abs(other.amount) - Math.abs(one.amount))[0];
    const amount = tell.money(Math.abs(difference));
    return main && main.what !== 'rounding' ? t(`finding.${way}.cause`, { amount, cause: t(`why.${main.what}`) }) : t(`finding.${way}`, { amount });
  }

  #picture({ kind, total, payable, instalments }: InvoiceDetails, { steps }: BillExplained): TemplateResult {
    const tell = this.#tell;
    const { t } = tell;
    const isCredit = kind === 'credit-note';
    const sign = isCredit ? -1 : 1;
    const of = (...kinds: BillStep['what'][]) => tell.money(sign * sum(steps.flatMap(({ what, amount }) => (kinds.includes(what) ? [amount] : []))));
    const hasGiven = steps.some(({ what }) => what === 'given-back');
    const paid = sum(instalments.map(({ amount }) => amount));
    const drawn: DrawnStep[] = [
      ...steps.map((step): DrawnStep => ({ label: this.#stepName(step), amount: step.amount })),
      { label: t('step.total'), amount: total, isTotal: true },
      ...(paid === 0 ? [] : [{ label: t('step.instalments'), amount: (payable - total) as typeof total }, { label: t(payable < 0 ? 'step.payable.credit' : 'step.payable'), amount: payable, isTotal: true }]),
    ];
    const words = { total: tell.money(sign * total), energy: of('energy'), fixed: of('standing-charge'), taxes: of('excise', 'cta', 'vat') };
    const sentence = hasGiven ? t('picture.sentence.given', { ...words, given: of('given-back') }) : t(isCredit ? 'picture.sentence.credit' : 'picture.sentence', words);
    return html`<section class="part">${this.heading(t(isCredit ? 'picture.credit' : 'picture'), 'part-title', 1)} ${waterfall(sentence, drawn, (amount) => tell.money(amount))}</section>`;
  }

  #stepName(step: BillStep): string {
    const tell = this.#tell;
    switch (step.what) {
      case 'energy':
        return tell.t('step.energy', { register: tell.register(step.register) });
      case 'vat':
        return tell.t('step.vat', { rate: tell.rate(step.rate) });
      default:
        return tell.t(`step.${step.what}`);
    }
  }

  #comparison(details: InvoiceDetails, weather: BillWeather | undefined): unknown {
    const tell = this.#tell;
    const { t } = tell;
    if (details.kind === 'credit-note') return nothing;
    const { previousId, yearBeforeId } = details;
    if (previousId === null && yearBeforeId === null) return html`<section class="part">${this.heading(t('compared'), 'part-title', 1)}<p class="soft">${t('compared.none')}</p></section>`;
    const other = this.#other;
    if (!other || other.id === details.id) return nothing;
    const isYear = other.id === yearBeforeId && other.id !== previousId;
    const choice = (against: Against, isShown: boolean) =>
      html`<button type="button" aria-pressed=${isShown ? 'true' : 'false'} @click=${() => (this.against = against)}>${t(`compared.${against}`)}</button>`;
    const compared = compareBills(details.bill, other.bill, weather);
    const { difference } = compared;
    const before = t('compared.before', { period: tell.period(other.period) });
    const sentence = difference === 0 ? t('compared.same', { before }) : t(difference > 0 ? 'compared.more' : 'compared.less', { amount: tell.money(Math.abs(difference)), before });
    const drawn: DrawnStep[] = [
      { label: t('compared.theirs', { period: tell.period(other.period) }), amount: compared.before, isTotal: true },
      ...compared.causes.map(({ what, amount }): DrawnStep => ({ label: t(`cause.${what}`), note: this.#why(what, compared, weather), amount })),
      { label: t('compared.ours'), amount: compared.now, isTotal: true },
    ];
    return html`<section class="part compared">
      ${this.heading(t('compared'), 'part-title', 1)}
      ${previousId !== null && yearBeforeId !== null && previousId !== yearBeforeId ? html`<div class="choice" role="group" aria-label=${t('compared.with')}>${choice('previous', !isYear)}${choice('year', isYear)}</div>` : nothing}
      ${waterfall(sentence, drawn, (amount, isTotal) => (isTotal ? tell.money(amount) : tell.change(amount)))}
      <p class="soft small measure">${t('compared.order')}</p>
    </section>`;
  }

  #why(what: BillCompared['causes'][number]['what'], { days, energy }: BillCompared, weather: BillWeather | undefined): unknown {
    const { t, format } = this.#tell;
    switch (what) {
      case 'days':
        return t('note.days', { now: t('days.count', { count: days.now }), before: format.number(days.before) });
      case 'consumption':
        return t('note.energy', { now: format.energy(energy.now / days.now), before: format.energy(energy.before / days.before) });
      case 'weather':
        return weather ? t(weather.now / days.now > weather.before / days.before ? 'note.weather.colder' : 'note.weather.milder') : nothing;
      default:
        return undefined;
    }
  }

  #lines(details: InvoiceDetails, explained: BillExplained): TemplateResult {
    const { t } = this.#tell;
    return html`<section class="part lines">
      ${this.heading(t('lines'), 'part-title', 1)}
      <p class="soft measure">${t('lines.text')}</p>
      ${linesOf(details, explained, this.#tell, (content, className, offset) => this.heading(content, className, offset))}
    </section>`;
  }

  // The days

  #measured(details: InvoiceDetails): unknown {
    const { data, isPrevious } = this.#days;
    if (!data || isPrevious || data.period.from !== details.period.from) return nothing;
    return this.onceHere(DAYS, () => html`<oya-bill-explained-days .details=${details} .answer=${data} .meter=${this.#meter} .tell=${this.#tell} lang=${this.locale} heading-level=${this.levelOf(1)}></oya-bill-explained-days>`);
  }

  // What is to come

  #estimate({ bill, period, isEstimated }: InvoiceDetails): unknown {
    if (!isEstimated) return nothing;
    const tell = this.#tell;
    const { t, format } = tell;
    const later = (this.#list.data?.items ?? []).filter((invoice) => invoice.kind !== 'credit-note' && invoice.period.from >= period.to && !invoice.isEstimated).at(-1);
    const registers = estimatedRegisters(bill);
    return html`<section class="part estimate">
      ${this.heading(t('estimate'), 'part-title', 1)}
      ${registers.map((register) => {
        const line = bill.lines.findLast((each) => each.what === 'energy' && each.register === register);
        return line?.what === 'energy' ? html`<p class="measure">${t('estimate.text', { index: format.number(line.index.end), register: tell.register(register), day: format.day(line.to, 'long') })}</p>` : nothing;
      })}
      ${later
        ? html`<p class="measure">${t('estimate.corrected', { number: later.number })}</p><button type="button" class="button" @click=${() => this.#open(later.id)}>${t('estimate.open')}</button>`
        : registers.map((register) => this.#check(bill, register))}
    </section>`;
  }

  /** The customer's own look at the meter: reckoned here, sent nowhere. */
  #check(bill: InvoiceDetails['bill'], register: string): TemplateResult {
    const tell = this.#tell;
    const { t, format } = tell;
    const typed = (this.seen[register] ?? '').replaceAll(/\s/g, '');
    const index = /^\d{1,9}$/.test(typed) ? Number(typed) : undefined;
    const start = linesOfMeter(bill, register)[0]?.index.start ?? 0;
    const isLow = index !== undefined && index < start && countedByIndexes({ start, end: index }) > 10 ** String(start).length / 2;
    const [check] = index === undefined || isLow ? [] : checkEstimates(bill, [{ register, day: this.#today, index }]);
    const id = `seen-${register}`;
    const told = isLow
      ? t('estimate.low', { index: format.number(start) })
      : check && (check.energy === 0 ? t('estimate.same') : t(check.energy > 0 ? 'estimate.more' : 'estimate.less', { energy: tell.counted(Math.abs(check.energy)), amount: tell.money(Math.abs(check.correction)) }));
    return html`<div class="check">
      <label for=${id}>${t('estimate.field', { register: tell.register(register) })}</label>
      <input id=${id} inputmode="numeric" autocomplete="off" aria-describedby="${id}-hint" .value=${this.seen[register] ?? ''} @input=${(event: Event) => (this.seen = { ...this.seen, [register]: (event.target as HTMLInputElement).value })} />
      <p class="soft small" id="${id}-hint">${t('estimate.hint', { unit: tell.unit(bill) })}</p>
      <p class="told" role="status">${told ?? nothing}</p>
    </div>`;
  }
}

/** Degree days and energy by day; `undefined` where those of a day are not known. */
function weatherOf(answer: Consumption | undefined) {
  const { series, weather } = answer ?? {};
  if (series?.kind !== 'energy' || !weather || weather.degreeDays.length === 0 || weather.degreeDays.includes(null)) return undefined;
  const days = weather.degreeDays.map((degreeDays, index) => ({ degreeDays, energy: series.values[index] ?? null }));
  return { days, degreeDays: days.reduce((all, { degreeDays }) => all + (degreeDays ?? 0), 0) };
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-bill-explained': OyaBillExplained;
  }
}
