import type { BarFormat } from '@oya/charts';
import { addDays, addSteps, compareTariffs, countsByTempo, daysBetween, pricesOn, toCents, USUAL_WATER_HEATER_WH, type ExactCost, type LocalDay, type OffPeak, type Period, type ReferenceTariff, type ReferenceTariffs, type TempoColour, type TwinComparison, type TwinHousehold, type TwinResult } from '@oya/contract';
import { capitalized, define, localized, OyaElement } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { dataTable, type Row } from '../data-table.ts';
import { icon } from '../icons.ts';
import { between, findingOf, gapsOf, priceDates, reckonedOf, type Finding, type Gap, type Reckoned } from './finding.ts';
import { resultMessages } from './result.messages.ts';
import { resultStyles } from './result.styles.ts';
import type { Subject } from './subject.ts';

/** More days than that stand in no list. */
const MOST_PERIODS = 4;
const MOST_HEATER_KWH = 30;
/** Registers in the order of their prices, with their words. */
const REGISTERS = ['BASE', 'HP', 'HC', 'HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR'] as const;

export async function defineResult(): Promise<void> {
  define('oya-tariff-twin-result', OyaTariffTwinResult);
  await import('@oya/charts/bar-chart.define');
}

/** What a comparison comes to: the tariffs beside each other, the months, the water heater, what is missing. Part of `oya-tariff-twin`. */
export class OyaTariffTwinResult extends OyaElement {
  static override readonly messages = resultMessages;
  static override readonly lightStyles = resultStyles;

  @property({ attribute: false }) subject: Subject | undefined;
  @property({ attribute: false }) tariffs: ReferenceTariffs | undefined;
  /** The customer's own, where it is one of them. */
  @property({ attribute: false }) own: ReferenceTariff | undefined;
  @property({ attribute: false }) power: number | null = null;
  @property({ attribute: false }) offPeak: readonly OffPeak[] = [];
  @property({ attribute: false }) colours: ReadonlyMap<LocalDay, TempoColour> = new Map();
  /** The way to half-hours, where a consent is missing for them. */
  @property({ attribute: false }) consent: unknown = nothing;

  /** The tariff whose months are on view, and the month that is chosen. */
  @state() private shown: string | undefined;
  @state() private month: number | null = null;
  @state() private heater = USUAL_WATER_HEATER_WH;

  #comparison: TwinComparison | undefined;
  #moved: TwinComparison | undefined;
  #barFormat: { readonly of: readonly unknown[]; readonly format: BarFormat } | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const isOther = (['subject', 'tariffs', 'power', 'offPeak', 'colours'] as const).some((each) => changed.has(each));
    if (isOther) this.#comparison = this.#compare(0);
    if (isOther || (changed as Map<PropertyKey, unknown>).has('heater')) this.#moved = this.heater > 0 ? this.#compare(this.heater) : undefined;
    if (changed.has('subject')) this.month = null;
  }

  #compare(movedWattHours: number): TwinComparison | undefined {
    const { subject, tariffs, power, offPeak, colours } = this;
    if (!subject || !tariffs) return undefined;
    const household: TwinHousehold = { subscribedPowerKva: power, offPeak, tempoColour: (day) => colours.get(day), timeZone: this.format.timeZone, movedWattHours };
    return compareTariffs(tariffs.tariffs, subject.days, household, subject.period);
  }

  protected override renderReady(): unknown {
    const comparison = this.#comparison;
    if (!comparison || !this.subject) return nothing;
    const finding = findingOf(comparison.results, this.own);
    const reckoned = reckonedOf(comparison.results);
    // Three times the same would be said by three empty cards.
    if (this.power === null) return this.#head(finding, comparison);
    return html`${this.#head(finding, comparison)}
      <ul class="tariffs">
        ${comparison.results.map((result) => html`<li>${this.#card(result, finding, comparison)}</li>`)}
      </ul>
      ${reckoned.length > 0 ? html`${this.#months(reckoned, finding)} ${this.#waterHeater(comparison)}` : nothing} ${this.#missing(comparison)} ${this.#prices(comparison)}`;
  }

  #name({ tariff }: TwinResult): string {
    return localized(tariff.name, this.locale);
  }

  /** One thing first: what it comes to, then the number that it is about, then over which days. */
  #head(finding: Finding, { days, period }: TwinComparison): TemplateResult {
    const t = this.words(resultMessages);
    const title = this.#finding(finding);
    const isLess = finding.kind === 'another-is-cheaper';
    const amount = finding.kind === 'nothing' ? undefined : isLess ? finding.saving : toCents(finding.cheapest.cost.total);
    const all = daysBetween(period.from, period.to);
    return html`<div class="finding" role="status">
      ${this.heading(title, 'finding-title')}
      ${amount === undefined ? nothing : html`<p class="number" data-amount=${finding.kind}><span>${this.format.money(amount)}</span> <small>${isLess || finding.kind === 'nothing' ? t('number.less') : t('number.total', { name: this.#name(finding.cheapest) })}</small></p>`}
      <p class="soft">
        ${t(days.length === 0 ? 'measured' : 'period', this.#dates(period))}
        ${days.length === 0 ? nothing : days.length === all ? t('days.all', { count: all }) : t('days.some', { count: days.length, all })}
      </p>
    </div>`;
  }

  #finding(finding: Finding): string {
    const t = this.words(resultMessages);
    if (finding.kind === 'nothing') return t(this.power === null ? 'finding.power' : 'finding.nothing');
    const name = this.#name(finding.cheapest);
    const words = { name, saving: 'saving' in finding ? this.format.money(finding.saving) : '', other: finding.kind === 'own-is-cheapest' ? this.#name(finding.next) : '' };
    return t(`finding.${finding.kind}`, words);
  }

  #dates({ from, to }: Period): { from: string; to: string } {
    return { from: this.format.day(from, 'long'), to: this.format.day(addDays(to, -1), 'long') };
  }

  #card(result: TwinResult, finding: Finding, { results }: TwinComparison): TemplateResult {
    const t = this.words(resultMessages);
    const { cost, tariff } = result;
    const isOwn = tariff === this.own;
    const isCounted = !isOwn && tariff.kind === this.subject?.counted;
    const isCheapest = finding.kind !== 'nothing' && finding.kind !== 'one-alone' && finding.cheapest.tariff === tariff;
    const own = reckonedOf(results).find((each) => each.tariff === this.own);
    const against = own ?? (finding.kind === 'nothing' ? undefined : finding.cheapest);
    return html`<div class=${isCheapest ? 'card cheapest' : 'card'} part="card" data-tariff=${tariff.id}>
      <p class="card-head">
        <span class="card-name">${this.#name(result)}</span>
        ${isOwn || isCounted ? html`<span class="badge">${t(isOwn ? 'own' : 'counted')}</span>` : nothing} ${isCheapest ? html`<span class="badge good">${icon('check')}${t('cheapest')}</span>` : nothing}
      </p>
      ${cost
        ? html`<p class="total">${this.#money(cost.total)}</p>
            <dl>
              <div><dt>${t('energy')}</dt><dd>${this.#money(cost.energy)}</dd></div>
              <div><dt>${t('standing-charge')}</dt><dd>${this.#money(cost.standingCharge)}</dd></div>
            </dl>
            ${against && against.tariff !== tariff ? html`<p class="soft small">${this.#against(result as Reckoned, against, own !== undefined)}</p>` : nothing}`
        : html`<p class="total none">—</p>
            <p class="small">${this.#why(result)}</p>`}
    </div>`;
  }

  #against(result: Reckoned, other: Reckoned, isOwn: boolean): string {
    const t = this.words(resultMessages);
    const difference = between(other, result);
    const than = isOwn ? 'own' : 'cheapest';
    if (difference === 0) return t(`same.${than}`);
    return t(`${difference > 0 ? 'more' : 'less'}.${than}`, { amount: this.format.money(Math.abs(difference)) });
  }

  /** Why a tariff has no cost: what keeps most of its days from one. */
  #why({ refusal, missing }: TwinResult): unknown {
    const t = this.words(resultMessages);
    if (refusal === 'power-unknown') return t('refusal.power-unknown');
    if (refusal) return t('refusal.power-without-price', { power: `${this.format.number(this.power ?? 0)}\u202fkVA` });
    const [longest] = [...missing].sort((left, right) => daysBetween(right.from, right.to) - daysBetween(left.from, left.to));
    const reason = longest?.reason ?? 'not-measured';
    return html`${t(`why.${reason}`)} ${reason === 'no-half-hours' ? this.consent : nothing}`;
  }

  #months(reckoned: readonly Reckoned[], finding: Finding): TemplateResult {
    const t = this.words(resultMessages);
    const shown = reckoned.find(({ tariff }) => tariff.id === this.shown) ?? (finding.kind === 'nothing' ? reckoned[0] : finding.cheapest) ?? (reckoned[0] as Reckoned);
    // Held against the customer's own tariff; where that is on view or not known, against the cheapest of the others.
    const others = reckoned.filter((each) => each !== shown);
    const behind = others.find(({ tariff }) => tariff === this.own) ?? [...others].sort((left, right) => left.cost.total - right.cost.total)[0];
    return html`<section class="months" aria-labelledby="months-title">
      <div id="months-title">${this.heading(t('months'), 'part-title', 1)}</div>
      ${reckoned.length > 1
        ? html`<div class="choice" role="group" aria-label=${t('months.of')}>
            ${reckoned.map((each) => html`<button type="button" aria-pressed=${each === shown ? 'true' : 'false'} @click=${() => (this.shown = each.tariff.id)}><span>${this.#name(each)}</span></button>`)}
          </div>`
        : nothing}
      <oya-bar-chart
        .label=${t('months.label', { name: this.#name(shown) })}
        .values=${shown.months.map(({ total }) => total)}
        .previous=${behind?.months.map(({ total }) => total)}
        .forms=${behind ? { previous: this.#name(behind) } : undefined}
        .selected=${this.month}
        .step=${'month'}
        .page=${3}
        .format=${this.#barFormatOf(shown, behind)}
        @oya-bar-select=${({ index }: { index: number }) => (this.month = this.month === index ? null : index)}
      >
        <span slot="summary">${t('months.hint')}</span>
      </oya-bar-chart>
      <details>
        <summary>${t('table')}</summary>
        ${this.#table(reckoned)}
      </details>
    </section>`;
  }

  /** The same results give the same words, so that the chart draws only what is new. */
  #barFormatOf(shown: Reckoned, behind: Reckoned | undefined): BarFormat {
    const t = this.words(resultMessages);
    const { format } = this;
    const of = [shown, behind, format];
    if (this.#barFormat?.of.every((each, index) => each === of[index])) return this.#barFormat.format;
    const euros = (exact: number) => exact / 1e8;
    const made: BarFormat = {
      value: (value) => this.#money(value as ExactCost),
      axis: (value, withUnit) => `${format.number(euros(value), Number.isInteger(euros(value)) ? 0 : 2)}${withUnit ? '\u202f€' : ''}`,
      position: (index) => format.day(shown.months[index]?.month ?? '2000-01-01', 'month-name'),
      spoken: (index) => {
        const month = shown.months[index];
        const other = behind?.months[index];
        if (!month) return '';
        const said = t('months.said', { month: this.#monthName(month.month), amount: this.#money(month.total) });
        return behind && other ? `${said}, ${t('months.other', { name: this.#name(behind), amount: this.#money(other.total) })}` : said;
      },
    };
    this.#barFormat = { of, format: made };
    return made;
  }

  #monthName(month: LocalDay): string {
    return capitalized(this.format.day(month, 'month'), this.locale);
  }

  #table(reckoned: readonly Reckoned[]): TemplateResult {
    const t = this.words(resultMessages);
    const [first] = reckoned;
    const rows = (first?.months ?? []).map(({ month, days }, index): Row => ({
      head: html`${this.#monthName(month)}${days < daysOfMonth(month) ? html` <span class="soft small">${t('month.days', { count: days })}</span>` : nothing}`,
      cells: reckoned.map(({ months }) => (months[index] ? this.#money(months[index].total) : '')),
    }));
    const totals: Row = { head: html`<strong>${t('total')}</strong>`, cells: reckoned.map(({ cost }) => html`<strong>${this.#money(cost.total)}</strong>`) };
    return dataTable(t('table.caption'), [t('month'), ...reckoned.map((each) => this.#name(each))], [...rows, totals]);
  }

  #waterHeater(comparison: TwinComparison): TemplateResult {
    const t = this.words(resultMessages);
    const before = reckonedOf(comparison.results).filter(({ tariff }) => tariff.kind !== 'base');
    const after = new Map(reckonedOf(this.#moved?.results ?? []).map((result) => [result.tariff, result]));
    return html`<section class="heater" aria-labelledby="heater-title">
      <div id="heater-title">${this.heading(t('heater'), 'part-title', 1)}</div>
      <p class="measure">${t('heater.text')}</p>
      <div class="field">
        <label for="heater">${t('heater.field')}</label>
        <span class="with-unit"><input id="heater" type="number" inputmode="decimal" min="0" max=${MOST_HEATER_KWH} step="0.5" .value=${String(this.heater / 1000)} aria-describedby="heater-hint" @change=${this.#onHeater} /><span>kWh</span></span>
        <p class="hint" id="heater-hint">${t('heater.hint', { usual: this.format.number(USUAL_WATER_HEATER_WH / 1000) })}</p>
      </div>
      <div role="status">
        ${before.length === 0 ? html`<p>${t('heater.unknown')}</p>` : this.heater === 0 ? nothing : html`<ul class="moves">${before.map((result) => html`<li data-moved=${result.tariff.id}>${this.#move(result, after.get(result.tariff))}</li>`)}</ul>`}
      </div>
    </section>`;
  }

  #move(before: Reckoned, after: Reckoned | undefined): string {
    const t = this.words(resultMessages);
    const name = this.#name(before);
    if (!after || after.moved === 0) return t('heater.none', { name });
    const saving = between(after, before);
    return t(saving > 0 ? 'heater.saves' : 'heater.costs', { name, saving: this.format.money(Math.abs(saving)), total: this.#money(after.cost.total), energy: this.format.energy(after.moved) });
  }

  readonly #onHeater = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const kilowattHours = Math.min(MOST_HEATER_KWH, Math.max(0, input.valueAsNumber || 0));
    this.heater = Math.round(kilowattHours * 1000);
    input.value = String(kilowattHours);
  };

  #missing(comparison: TwinComparison): unknown {
    const t = this.words(resultMessages);
    const gaps = gapsOf(comparison.results, ({ from, to }) => daysBetween(from, to));
    const isIn = new Set(comparison.days);
    const parts = this.subject?.days.filter(({ day, quality }) => quality === 'incomplete' && isIn.has(day)) ?? [];
    const estimated = this.subject?.days.filter(({ day, quality }) => quality === 'estimated' && isIn.has(day)) ?? [];
    if (gaps.length + parts.length + estimated.length === 0) return nothing;
    return html`<section class="missing" aria-labelledby="missing-title">
      <div id="missing-title">${this.heading(t('missing'), 'part-title', 1)}</div>
      <ul>
        ${gaps.map((gap) => html`<li data-gap=${gap.reason}>${this.#gap(gap)}</li>`)}
        ${parts.length > 0 ? html`<li data-gap="incomplete">${t('incomplete', { count: parts.length, days: this.#list(parts.map(({ day }) => this.format.day(day, 'long'))) })}</li>` : nothing}
        ${estimated.length > 0 ? html`<li data-gap="estimated">${t('estimated', { count: estimated.length })}</li>` : nothing}
      </ul>
      ${gaps.some(({ tariffs }) => tariffs.length > 0) && comparison.days.length > 0 ? html`<p class="soft small measure">${t('missing.same')}</p>` : nothing}
    </section>`;
  }

  #gap({ reason, periods, days, tariffs }: Gap): unknown {
    const t = this.words(resultMessages);
    const which = this.#list(
      periods.map((period) => {
        const { from, to } = this.#dates(period);
        return daysBetween(period.from, period.to) === 1 ? t('on', { day: from }) : t('from-to', { from, to });
      }),
    );
    const names = tariffs.length === 0 ? '' : ` ${t('under', { names: new Intl.ListFormat(this.locale).format(tariffs.map((tariff) => localized(tariff.name, this.locale))) })}`;
    return html`${t('gap', { count: days })}${names} ${which}${t('gap.because', { reason: t(`gap.${reason}`) })} ${reason === 'no-half-hours' ? this.consent : nothing}`;
  }

  #list(all: readonly string[]): string {
    const t = this.words(resultMessages);
    const shown = all.slice(0, MOST_PERIODS);
    return new Intl.ListFormat(this.locale).format(all.length > shown.length ? [...shown, t('others', { count: all.length - shown.length })] : shown);
  }

  #prices({ results, period }: TwinComparison): unknown {
    const t = this.words(resultMessages);
    const { tariffs, power } = this;
    if (!tariffs || power === null) return nothing;
    const note = tariffs.pricesNote && localized(tariffs.pricesNote, this.locale);
    const tables = results.flatMap((result) => {
      const { tariff } = result;
      const prices = tariff.powers.find(({ kva }) => kva === power)?.prices;
      const dates = prices && priceDates(prices, period);
      if (!prices || !dates?.length) return [];
      const codes = REGISTERS.filter((code) => prices.some(({ what }) => what === code));
      const tax = tariff.taxes ? t('prices.without-tax') : t('prices.with-tax');
      const rows = dates.map((day): Row => {
        const held = new Map(pricesOn(prices, day).map(({ what, price }) => [what, price]));
        return { head: this.format.day(day, 'long'), cells: ['standing-charge', ...codes].map((what) => (held.has(what) ? (what === 'standing-charge' ? this.format.money(Math.round((held.get(what) ?? 0) / 1000)) : this.format.unitPrice(held.get(what) ?? 0)) : '—')) };
      });
      return [html`<div class="price-list">${dataTable(`${this.#name(result)}, ${tax}`, [t('prices.since'), t('prices.standing-charge'), ...codes.map((code) => t(countsByTempo(codes) || codes.length > 1 ? `register.${code}` : 'prices.energy'))], rows)}</div>`];
    });
    return html`<div class="prices">
      ${note ? html`<p class="soft small">${note}</p>` : nothing}
      <details>
        <summary>${t('prices')}</summary>
        <p class="measure">${t('prices.text', { power: `${this.format.number(power)}\u202fkVA` })}</p>
        ${tables}
      </details>
    </div>`;
  }

  #money(amount: ExactCost): string {
    return this.format.money(toCents(amount));
  }
}

function daysOfMonth(month: LocalDay): number {
  return daysBetween(month, addSteps(month, 'month', 1));
}
