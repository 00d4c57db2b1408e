import type { CurveBand, CurveFormat, CurveLimit, OyaWindowChangeEvent, TimeWindow } from '@oya/charts';
import '@oya/charts/load-curve.define';
import { addDays, dayStart, extremesOf, getConsumption, getContract, intervalsOf, localDay, qualityAt, type ContractDetails, type Input, type Interval, type LoadCurve, type LocalDay, type MeasuredInterval, type Meter, type Period } from '@oya/contract';
import { OyaElement, Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { bandsOf } from '../curve-bands.ts';
import { curveFormat, shortTime } from '../curve-format.ts';
import { dataTable, type Row } from '../data-table.ts';
import { icon } from '../icons.ts';
import { daysMessages } from './days.messages.ts';
import { qualityWord } from './quality-words.ts';

/** What is drawn of an answer: the same for the same, so that the chart draws only what is new. */
interface Drawn {
  readonly curve: LoadCurve;
  readonly details: ContractDetails | undefined;
  readonly locale: string;
  readonly intervals: readonly Interval[];
  readonly byDay: ReadonlyMap<LocalDay, readonly Interval[]>;
  readonly bands: readonly CurveBand[];
  readonly limit: CurveLimit | undefined;
  /** Over days, words need their day. */
  readonly format: CurveFormat;
  readonly ofDay: CurveFormat;
}

/** The half-hours of an invoice's period, whole or by the day, before the off-peak hours of the contract. Part of `oya-bill-explained`. */
export class OyaBillExplainedHalfHours extends OyaElement {
  static override readonly messages = daysMessages;
  static override readonly lightStyles = `oya-bill-explained-half-hours {
  display: block;
  max-inline-size: 52rem;
}
.half-hours {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-3);
  padding-block-start: var(--oya-space-4);
  border-block-start: 1px solid var(--oya-color-line);
}
.half-hours .curve-title:focus {
  outline: none;
}
.half-hours .curve-title::first-letter {
  text-transform: uppercase;
}
.half-hours .curve-head {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: var(--oya-space-2);
}
.half-hours .step-day {
  min-inline-size: 44px;
  padding: 0;
}
.half-hours .step-day:dir(rtl) .icon {
  transform: scaleX(-1);
}
.half-hours .curve-ways {
  display: flex;
  flex-wrap: wrap;
  gap: var(--oya-space-2);
}
.half-hours .curve-size {
  min-block-size: 17rem;
}`;

  @property({ attribute: false }) period: Period | undefined;
  @property({ attribute: false }) meter: Meter | undefined;
  /** The day on view; `null` for the whole period. */
  @property({ attribute: false }) day: LocalDay | null = null;
  @property({ attribute: false }) onDay: ((day: LocalDay | null) => void) | undefined;
  @property({ attribute: false }) onClose: (() => void) | undefined;

  /** What the customer zoomed to. */
  @state() private zoomed: TimeWindow | undefined;

  readonly #curve = new Resource(this, getConsumption, () => this.#question(), { blocking: false });
  readonly #details = new Resource(this, getContract, () => this.meter && { contractId: this.meter.contractId }, { blocking: false });
  #drawn: Drawn | undefined;
  #dayWindow: { readonly day: LocalDay; readonly timeZone: string; readonly window: TimeWindow } | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('day') || changed.has('period')) this.zoomed = undefined;
  }

  protected override firstUpdated(): void {
    // Opened by the button of the whole period, which has gone; a bar keeps the focus that it has.
    if (this.day === null) void this.updateComplete.then(() => this.moveFocus('.curve-title'));
  }

  protected override renderReady(): unknown {
    const { meter, period, day } = this;
    if (!meter || !period) return nothing;
    const t = this.words(daysMessages);
    return html`<div class="half-hours">
      <div class="curve-head">${this.heading(day === null ? t('curve.title') : this.format.day(day), 'group-title curve-title')} ${day === null ? nothing : this.#steps(period, day)}</div>
      ${this.#content(period, day)}
      <div class="curve-ways">
        ${day === null ? nothing : html`<button type="button" class="button" @click=${() => this.#showAll()}>${t('curve.all')}</button>`}
        <button type="button" class="button" @click=${() => this.onClose?.()}>${t('curve.hide')}</button>
      </div>
    </div>`;
  }

  #question(): Input<'getConsumption'> | undefined {
    const { meter, period } = this;
    return meter && period && { meterId: meter.id, resolution: 'half-hour', ...period };
  }

  #steps({ from, to }: Period, day: LocalDay): TemplateResult {
    const t = this.words(daysMessages);
    const step = (direction: 'previous' | 'next', target: LocalDay) => {
      const isPossible = target >= from && target < to;
      return html`<button type="button" class="button step-day" aria-label=${t(`curve.${direction}`)} aria-disabled=${isPossible ? 'false' : 'true'} @click=${() => isPossible && this.onDay?.(target)}>${icon(direction)}</button>`;
    };
    return html`<div class="curve-ways">${step('previous', addDays(day, -1))} ${step('next', addDays(day, 1))}</div>`;
  }

  /** The button goes away with the day that it leads out of. */
  #showAll(): void {
    this.onDay?.(null);
    this.moveFocus('.curve-title');
  }

  #content(period: Period, day: LocalDay | null): unknown {
    const { data, error, status } = this.#curve;
    if (status === 'error' && error) return this.errorNotice(error, () => void this.#curve.refresh());
    if (data?.series.kind !== 'curve' || this.#details.status === 'loading') {
      return html`<div class="placeholder curve-size" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`;
    }
    const t = this.words(daysMessages);
    const drawn = this.#drawnOf(period, data.series, this.#details.data);
    if (!extremesOf(drawn.intervals)) return html`<p class="measure">${t('curve.none')}</p>`;
    const shown = day === null ? drawn.intervals : (drawn.byDay.get(day) ?? []);
    const extremes = extremesOf(shown);
    const missing = shown.filter(({ watts }) => watts === null).length;
    return html`<p class="measure" role="status">
        ${extremes ? this.#extremes(extremes, day) : t('curve.none.day')} ${extremes && missing > 0 ? t('curve.missing', { count: missing }) : nothing}
      </p>
      <oya-load-curve
        .label=${t('curve.label', { period: day === null ? `${this.format.day(period.from, 'medium')} – ${this.format.day(addDays(period.to, -1), 'medium')}` : this.format.day(day) })}
        .curve=${drawn.curve}
        .format=${day === null ? drawn.format : drawn.ofDay}
        .bands=${drawn.bands}
        .limit=${drawn.limit}
        .window=${this.zoomed ?? (day === null ? null : this.#windowOf(day))}
        @oya-window-change=${this.#onWindow}
      >
        <span slot="summary">${drawn.bands.length > 0 ? t('curve.bands') : nothing}</span>
      </oya-load-curve>
      ${day === null ? this.#daysTable(drawn) : this.#dayTable(shown)}`;
  }

  #extremes({ highest, lowest }: { highest: MeasuredInterval; lowest: MeasuredInterval }, day: LocalDay | null): string {
    const t = this.words(daysMessages);
    const told = (interval: MeasuredInterval) => ({ power: this.format.power(interval.watts), interval: this.#interval(interval) });
    if (day === null) return t('curve.highest', { ...told(highest), day: this.format.day(localDay(highest.from, this.format.timeZone), 'long') });
    return `${t('curve.highest.day', told(highest))} ${t('curve.lowest.day', told(lowest))}`;
  }

  #daysTable({ byDay }: Drawn): TemplateResult {
    const t = this.words(daysMessages);
    const rows = [...byDay].map(([day, intervals]): Row => {
      const highest = extremesOf(intervals)?.highest;
      return { head: this.format.day(day), cells: highest ? [this.format.power(highest.watts), this.#interval(highest)] : ['–', qualityWord('missing', t)] };
    });
    return this.#table(t('curve.table'), [t('column.day'), t('column.highest'), t('column.interval')], rows);
  }

  #dayTable(intervals: readonly Interval[]): TemplateResult {
    const t = this.words(daysMessages);
    const rows = intervals.map((interval): Row => ({ head: this.#interval(interval), cells: interval.watts === null ? ['–', qualityWord('missing', t)] : [this.format.power(interval.watts), qualityWord(interval.quality, t)] }));
    return this.#table(t('curve.table.day'), [t('column.interval'), t('column.power'), t('column.state')], rows);
  }

  #table(title: string, columns: readonly string[], rows: readonly Row[]): TemplateResult {
    return html`<details class="term">
      <summary>${title}</summary>
      ${dataTable(title, columns, rows, 'compact')}
    </details>`;
  }

  #interval({ from, to }: Pick<Interval, 'from' | 'to'>): string {
    return this.words(daysMessages)('curve.interval', { from: shortTime(this.format, from), to: shortTime(this.format, to) });
  }

  readonly #onWindow = ({ from, to }: OyaWindowChangeEvent): void => void (this.zoomed = { from, to });

  #windowOf(day: LocalDay): TimeWindow {
    const { timeZone } = this.format;
    if (this.#dayWindow?.day !== day || this.#dayWindow.timeZone !== timeZone) {
      this.#dayWindow = { day, timeZone, window: { from: dayStart(day, timeZone), to: dayStart(addDays(day, 1), timeZone) } };
    }
    return this.#dayWindow.window;
  }

  #drawnOf(period: Period, curve: LoadCurve, details: ContractDetails | undefined): Drawn {
    const { locale, format } = this;
    const known = this.#drawn;
    if (known?.curve === curve && known.details === details && known.locale === locale) return known;
    const t = this.words(daysMessages);
    const { timeZone } = format;
    const intervals = intervalsOf(curve);
    const dayOf = (instant: number) => localDay(instant, timeZone);
    const own = curveFormat(format, ({ from, to, watts, quality }) => {
      const named = qualityAt(quality, 0);
      const power = watts === null ? qualityWord('missing', t) : format.power(watts);
      return t('curve.spoken', { day: format.day(dayOf(from), 'long'), interval: this.#interval({ from, to }), power: watts === null || named === 'real' ? power : `${power}, ${qualityWord(named, t)}` });
    });
    const label = t('curve.off-peak');
    // The colours of Tempo are told with the consumption: here only whether an hour is cheap.
    const plan = details && { registers: (this.meter?.registers ?? []).map(({ code }) => code), offPeak: details.offPeak, tempoColour: () => 'blue' as const };
    const kva = details?.contract.subscribedPowerKva ?? null;
    return (this.#drawn = {
      curve,
      details,
      locale,
      intervals,
      byDay: Map.groupBy(intervals, ({ from }) => dayOf(from)),
      bands: plan ? bandsOf(period, plan, timeZone, (code) => (code.startsWith('HC') ? { tone: 'off-peak', label } : undefined)) : [],
      limit: kva === null ? undefined : { watts: kva * 1000, label: t('curve.limit', { power: `${format.number(kva)}\u202fkVA` }) },
      ofDay: own,
      format: { ...own, tick: (instant, unit) => (unit === 'time' ? own.tick(instant, unit) : format.day(dayOf(instant), 'medium')) },
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-bill-explained-half-hours': OyaBillExplainedHalfHours;
  }
}
