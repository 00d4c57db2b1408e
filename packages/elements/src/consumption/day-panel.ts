import type { BarFormat, CurveBand, OyaBarSelectEvent } from '@oya/charts';
import { exactCost, extremesOf, getConsumption, getContract, intervalsOf, isOfCurve, listConsents, localDay, periodOf, sum, type Consumption, type ContractDetails, type Input, type Interval, type LoadCurve, type LocalDay, type MeasuredInterval, type RegisterPlan } from '@oya/contract';
import { Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { bandsOf } from '../curve-bands.ts';
import { dataTable, type Row } from '../data-table.ts';
import { icon } from '../icons.ts';
import { consumptionMessages } from './consumption.messages.ts';
import { stepButton } from './controls.ts';
import { pricedHours, type PricedHour } from './hours.ts';
import { ConsumptionPart } from './part.ts';
import { partsMessages } from './parts.messages.ts';
import { barOf } from './picture.ts';
import { neighbourDay, toDay } from './question.ts';
import { countedIn, registerName, tempoColours, toneOf } from './registers.ts';
import type { Shown } from './shown.ts';
import { swatch } from './swatch.ts';
import type { Telling } from './telling.ts';

/** What of a day depends on how the contract counts. */
interface Counted {
  readonly curve: LoadCurve;
  readonly details: ContractDetails | undefined;
  readonly day: LocalDay;
  readonly bands: readonly CurveBand[];
  readonly hours: PricedHour[] | 'registers' | 'price' | undefined;
}

interface DrawnHours {
  readonly hours: readonly PricedHour[];
  readonly tell: Telling;
  readonly values: readonly (number | null)[];
  readonly format: BarFormat;
}

/** One day by its half-hours, in power or by the cost of its hours. Part of `oya-consumption`. */
export class OyaConsumptionDay extends ConsumptionPart {
  static override readonly lightStyles = `oya-consumption-day {
  display: block;
}
.day {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-4);
  padding-block: var(--oya-space-4) var(--oya-space-5);
  border-block: 1px solid var(--oya-color-line);
}
.day-bar {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: var(--oya-space-2);
}
.day .number {
  font-size: var(--oya-size-6);
}
.part-title:focus {
  outline: none;
}
.day-steps {
  display: flex;
  gap: var(--oya-space-1);
}
.day-title::first-letter {
  text-transform: uppercase;
}
.curve {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-3);
}`;

  @property({ attribute: false }) onBack: (() => void) | undefined;
  /** Its title is there, and may take the focus. */
  @property({ attribute: false }) onShown: (() => void) | undefined;

  @state() private chart: 'unknown' | 'ready' | 'failed' = 'unknown';
  /** The hour that was chosen. */
  @state() private hour: number | null = null;

  readonly #curve = new Resource(this, getConsumption, () => this.#curveQuestion(), { blocking: false, keepPrevious: true });
  readonly #details = new Resource(this, getContract, () => this.#detailsQuestion(), { blocking: false });
  readonly #consents = new Resource(this, listConsents, () => this.#consentsQuestion(), { blocking: false });
  #counted: Counted | undefined;
  #drawn: DrawnHours | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#loadChart();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('shown') && changed.get('shown')?.question.chosen !== this.#day) this.hour = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.onShown?.();
  }

  protected override renderReady(): unknown {
    const { shown } = this;
    const day = this.#day;
    if (!shown || day === undefined) return nothing;
    const t = this.words(partsMessages);
    const { picture, question, tell, go, answer } = shown;
    const index = barOf(picture, day);
    const state = picture.states[index] ?? 'missing';
    const energy = picture.values[index] ?? null;
    const cost = question.unit === 'cost' ? (picture.cost?.energy[index] ?? null) : null;
    const quantity = cost !== null ? { figure: tell.money(cost), unit: '' } : energy === null ? undefined : this.format.energyParts(energy);
    const available = answer.available ?? picture.period;
    const step = (direction: 'previous' | 'next', by: -1 | 1) => {
      const target = neighbourDay(day, by, available);
      return stepButton(direction, target !== undefined ? t(`day.${direction}`, { day: this.format.day(target) }) : t(`no-${direction}`), target === undefined ? undefined : () => go(toDay(question, target)));
    };
    return html`<section class="day" aria-label=${this.format.day(day)}>
      <div class="day-bar">
        <button type="button" class="button back" @click=${() => this.onBack?.()}>${icon('back')}<span>${t('day.close')}</span></button>
        <div class="day-steps">${step('previous', -1)} ${step('next', 1)}</div>
      </div>
      <div class="head">
        ${this.heading(this.format.day(day), 'part-title day-title')}
        ${quantity ? html`<p class="number"><span>${quantity.figure}</span> <small>${quantity.unit}</small></p>` : nothing}
        ${cost !== null && energy !== null ? html`<p class="soft">${this.format.energy(energy)}</p>` : nothing}
        ${state === 'real' ? nothing : html`<p class="quality">${swatch(state)}<span>${tell.capitalized(tell.state(state))}. ${state === 'incomplete' ? t('day.partial') : nothing}</span></p>`}
      </div>
      ${this.#content(shown, day)}
    </section>`;
  }

  get #day(): LocalDay | undefined {
    return this.shown?.question.chosen;
  }

  #curveQuestion(): Input<'getConsumption'> | undefined {
    const day = this.#day;
    return this.shown && day !== undefined ? { meterId: this.shown.meter.id, resolution: 'half-hour', ...periodOf(day, 'day') } : undefined;
  }

  #detailsQuestion(): Input<'getContract'> | undefined {
    return this.shown && { contractId: this.shown.contract.id };
  }

  /** Asked where half-hours are absent: the reason may be that they were not agreed to yet. */
  #consentsQuestion(): Input<'listConsents'> | undefined {
    const series = this.#curve.data?.series;
    return this.shown && series?.kind === 'curve' && series.segments.every(({ values }) => values.every((value) => value === null)) ? { meterId: this.shown.meter.id } : undefined;
  }

  #content(shown: Shown, day: LocalDay): unknown {
    const { data, error, status, isPrevious } = this.#curve;
    if (status === 'error' && error) return this.errorNotice(error, () => void this.#curve.refresh());
    const waits = this.chart === 'unknown' || (shown.question.unit === 'cost' && this.#details.status === 'loading');
    if (data?.series.kind !== 'curve' || waits) return html`<div class="placeholder curve-size" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`;
    const t = this.words(partsMessages);
    const intervals = intervalsOf(data.series);
    const extremes = extremesOf(intervals);
    if (!extremes) return isPrevious ? nothing : html`<p><strong>${t('day.none')}</strong> ${this.#whyNone(day)} ${t('day.none.text')}</p>`;
    const shownDay = localDay(intervals[0]?.from ?? 0, this.format.timeZone);
    const counted = this.#countedOf(shown, shownDay, data.series);
    const isStale = isPrevious || shownDay !== day;
    return html`<div class=${isStale ? 'stale curve' : 'curve'} aria-busy=${isStale ? 'true' : 'false'}>
      ${shown.question.unit === 'cost' && Array.isArray(counted.hours) ? this.#hours(shown, shownDay, counted.hours) : this.#power(shown, shownDay, data, intervals, extremes, counted)} ${this.#missing(intervals)}
    </div>`;
  }

  #whyNone(day: LocalDay): unknown {
    const days = (this.#consents.data?.items ?? []).flatMap(({ purpose, state, since }) => (isOfCurve(purpose) && state === 'active' && since !== null ? localDay(Date.parse(since), this.format.timeZone) : []));
    const begin = days.sort().at(-1);
    // The first whole day is the one after.
    return begin !== undefined && day <= begin ? this.words(partsMessages)('day.none.before', { day: this.format.day(begin) }) : nothing;
  }

  #power({ asTable, contract, tell, question }: Shown, day: LocalDay, { series }: Consumption, intervals: readonly Interval[], { highest, lowest }: { highest: MeasuredInterval; lowest: MeasuredInterval }, { bands, hours }: Counted): TemplateResult {
    const t = this.words(partsMessages);
    const extreme = (which: 'highest' | 'lowest', interval: MeasuredInterval) => t(`day.${which}`, { power: this.format.power(interval.watts), interval: this.curveWords(tell).interval(interval) });
    const why = question.unit === 'cost' ? html`<p class="quality">${icon('alert')}<span>${t(`day.hours.${typeof hours === 'string' ? hours : 'unsupported'}`)}</span></p>` : nothing;
    if (asTable || this.chart === 'failed') {
      return html`${why}
        <p class="strong">${extreme('highest', highest)}</p>
        <p class="soft">${extreme('lowest', lowest)}</p>
        ${dataTable(
          t('table.curve', { day: this.format.day(day) }),
          [t('column.interval'), t('column.power'), t('column.state')],
          intervals.map((interval): Row => ({ head: this.curveWords(tell).interval(interval), cells: [interval.watts === null ? t('none') : this.format.power(interval.watts), tell.state(interval.quality)] })),
          'compact',
        )}`;
    }
    return html`${why}
      <p class="strong">${extreme('highest', highest)}</p>
      <oya-load-curve
        .label=${t('day.curve', { day: this.format.day(day) })}
        .curve=${series.kind === 'curve' ? series : []}
        .format=${this.curveWords(tell).curve}
        .bands=${bands}
        .limit=${this.curveWords(tell).limit(contract.subscribedPowerKva)}
      >
        <span slot="summary">${extreme('lowest', lowest)}</span>
      </oya-load-curve>`;
  }

  #hours({ asTable, tell, picture }: Shown, day: LocalDay, hours: readonly PricedHour[]): TemplateResult {
    const t = this.words(partsMessages);
    const total = sum(hours.flatMap(({ cost }) => (cost === null ? [] : [exactCost(cost)])));
    const ofDay = picture.cost?.energy[barOf(picture, day)] ?? null;
    const words = ofDay === null || ofDay === total ? t('day.hours.sum', { total: tell.money(total) }) : t('day.hours.differ', { total: tell.money(total), day: tell.money(ofDay) });
    if (asTable) {
      return html`<p class="soft">${words}</p>
        ${dataTable(
          t('table.hours', { day: this.format.day(day) }),
          [t('column.interval'), t('column.energy'), t('column.cost')],
          hours.map((hour): Row => ({ head: this.curveWords(tell).interval(hour), cells: [tell.amount(hour.energy, 'measure'), tell.amount(hour.cost, 'cost')] })),
          'compact',
        )}`;
    }
    const { values, format } = this.#drawnOf(hours, tell);
    return html`<oya-bar-chart
      .label=${t('day.hours', { day: this.format.day(day) })}
      .values=${values}
      .slots=${hours.length}
      .step=${'hour' as const}
      .page=${6}
      .selected=${this.hour}
      .format=${format}
      @oya-bar-select=${(event: OyaBarSelectEvent) => {
        event.stopPropagation();
        this.hour = event.index;
      }}
    >
      <span slot="summary">${words}</span>
    </oya-bar-chart>`;
  }

  #missing(intervals: readonly Interval[]): unknown {
    const count = intervals.filter(({ watts }) => watts === null).length;
    if (count === 0) return nothing;
    return html`<p class="quality">${swatch('missing')}<span>${this.words(partsMessages)('day.missing', { count })}</span></p>`;
  }

  /** The same day counted the same way is the same, so that charts draw only what is new. */
  #countedOf(shown: Shown, day: LocalDay, curve: LoadCurve): Counted {
    const details = this.#details.data;
    const known = this.#counted;
    if (known?.curve === curve && known.details === details && known.day === day) return known;
    const plan = details && this.#planOf(shown, day, details);
    const { timeZone } = this.format;
    const hours = plan && pricedHours(day, curve.segments, plan, details, timeZone);
    return (this.#counted = { curve, details, day, bands: plan ? this.#bandsOf(day, plan) : [], hours });
  }

  #planOf({ meter, picture }: Shown, day: LocalDay, { offPeak }: ContractDetails): RegisterPlan {
    const colours = tempoColours(countedIn(picture.registers, barOf(picture, day)));
    return {
      registers: meter.registers.map(({ code }) => code),
      offPeak,
      ...(colours && { tempoColour: (which: LocalDay) => (which === day ? colours.own : colours.eve) }),
    };
  }

  #bandsOf(day: LocalDay, plan: RegisterPlan): CurveBand[] {
    const names = this.words(consumptionMessages);
    // What stands out is the exception: off-peak hours, and every colour.
    return bandsOf(periodOf(day, 'day'), plan, this.format.timeZone, (code) => (code === 'HP' ? undefined : { tone: toneOf(code), label: registerName(code, names) }));
  }

  #drawnOf(hours: readonly PricedHour[], tell: Telling): DrawnHours {
    const known = this.#drawn;
    if (known?.hours === hours && known.tell === tell) return known;
    return (this.#drawn = { hours, tell, values: hours.map(({ cost }) => cost), format: this.curveWords(tell).hours(hours) });
  }

  /** The chart of a day comes when the first day is opened; without it the day shows as a table. */
  async #loadChart(): Promise<void> {
    try {
      await import('@oya/charts/load-curve.define');
      this.chart = 'ready';
    } catch (cause) {
      console.warn('oya: the load curve could not be loaded; a table is shown.', cause);
      this.chart = 'failed';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption-day': OyaConsumptionDay;
  }
}
