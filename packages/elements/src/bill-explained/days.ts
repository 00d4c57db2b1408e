/** The days that an invoice is about, as they were measured; and their half-hours where those are collected. */
import type { BarFormat, OyaBarSelectEvent } from '@oya/charts';
import '@oya/charts/bar-chart.define';
import { addDays, daysBetween, energyCharged, greatestAt, qualityAt, type Consumption, type InvoiceDetails, type LocalDay, type Meter } from '@oya/contract';
import { capitalized, define, OyaElement, type Part } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { axisFigure } from '../curve-format.ts';
import { dataTable, type Row } from '../data-table.ts';
import { daysMessages } from './days.messages.ts';
import { qualityWord } from './quality-words.ts';
import type { Telling } from './telling.ts';

/** What draws half-hours comes when they are asked for. */
const CURVE: Part = () => import('./half-hours.ts').then(({ OyaBillExplainedHalfHours }) => define('oya-bill-explained-half-hours', OyaBillExplainedHalfHours));

/** What stands beside an invoice of what was measured. Part of `oya-bill-explained`, in whose shadow root it stands. */
export class OyaBillExplainedDays extends OyaElement {
  static override readonly messages = daysMessages;
  static override readonly lightStyles = `oya-bill-explained-days {
  display: block;
}
oya-bill-explained-days .button {
  justify-self: start;
}
oya-bill-explained-days .offer {
  display: grid;
  gap: var(--oya-space-2);
}`;

  @property({ attribute: false }) details: InvoiceDetails | undefined;
  /** The days of its period. */
  @property({ attribute: false }) answer: Consumption | undefined;
  @property({ attribute: false }) meter: Meter | undefined;
  @property({ attribute: false }) tell: Telling | undefined;

  /** `undefined` while half-hours are closed, `null` for those of the whole period. */
  @state() private day: LocalDay | null | undefined;

  #bars: { readonly of: readonly unknown[]; readonly format: BarFormat } | undefined;
  #returnsFocus = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before = changed.get('details');
    if (before !== undefined && before.id !== this.details?.id) this.day = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!this.#returnsFocus) return;
    this.#returnsFocus = false;
    this.moveFocus('.show-curve');
  }

  protected override renderLoading(): unknown {
    return nothing;
  }

  protected override renderReady(): unknown {
    const { details, answer, tell } = this;
    if (!details || answer?.series.kind !== 'energy' || answer.total === null || !tell) return nothing;
    const t = this.words(daysMessages);
    const { period } = details;
    const { values, quality } = answer.series;
    return html`<section class="part measured">
      ${this.heading(t('measured'), 'part-title')}
      ${this.#sentence(details, answer.total, values, quality, tell)}
      <oya-bar-chart
        .label=${t('measured.label', { period: tell.period(period) })}
        .values=${values}
        .quality=${quality}
        .selected=${this.day ? daysBetween(period.from, this.day) : null}
        .format=${this.#barFormat(period.from, values, quality)}
        @oya-bar-select=${this.#onSelect}
      >
        <span slot="summary">${t(this.#hasCurve ? 'measured.hint.curve' : 'measured.hint')}</span>
      </oya-bar-chart>
      ${this.#table(period.from, values, quality)} ${this.#halfHours(details)}
      <p>${this.link('consumption', t('measured.open'))}</p>
    </section>`;
  }

  get #hasCurve(): boolean {
    return this.meter?.resolutions.includes('half-hour') ?? false;
  }

  #sentence({ bill, period }: InvoiceDetails, total: number, values: readonly (number | null)[], quality: string, tell: Telling): TemplateResult {
    const t = this.words(daysMessages);
    const { format } = this;
    const at = greatestAt(values);
    const charged = energyCharged(bill, period);
    // A credit note of the standing charge counts none of them.
    const countsAll = charged > 0 && bill.givenBack.length === 0 && bill.lines.every((line) => line.from >= period.from);
    return html`<p class="measure">
      ${t('measured.sentence', {
        total: format.energy(total), from: format.day(period.from, 'medium'), to: format.day(addDays(period.to, -1), 'medium'), day: format.day(addDays(period.from, at), 'medium'), most: format.energy(values[at] ?? 0),
      })}
      ${countsAll ? t(/[im]/.test(quality) ? 'measured.gaps' : 'measured.charged', { charged: tell.counted(charged) }) : nothing}
    </p>`;
  }

  #table(from: LocalDay, values: readonly (number | null)[], quality: string): TemplateResult {
    const t = this.words(daysMessages);
    const { format } = this;
    const rows = values.map((value, index): Row => ({ head: format.day(addDays(from, index)), cells: [value === null ? '–' : format.energy(value), qualityWord(qualityAt(quality, index), t)] }));
    return html`<details class="term">
      <summary>${t('measured.table')}</summary>
      ${dataTable(t('measured.table'), [t('column.day'), t('column.energy'), t('column.state')], rows, 'compact')}
    </details>`;
  }

  /** Half-hours in place; where they are not collected, why, and what the customer can do. */
  #halfHours({ period }: InvoiceDetails): unknown {
    const t = this.words(daysMessages);
    const { meter } = this;
    if (!meter) return nothing;
    if (!this.#hasCurve) {
      if (meter.loadCurve === 'requested') return html`<div class="offer"><p class="measure">${t('consent.requested')}</p>${this.link('consents', t('consent.see'), 'button')}</div>`;
      return meter.loadCurve === 'consent-needed' ? html`<div class="offer"><p class="measure">${t('consent.needed')}</p>${this.link('consents', t('consent.give'), 'button')}</div>` : nothing;
    }
    if (this.day === undefined) return html`<button type="button" class="button show-curve" @click=${() => (this.day = null)}>${t('curve.show')}</button>`;
    return this.whenHere(
      CURVE,
      () => html`<oya-bill-explained-half-hours .period=${period} .meter=${meter} .day=${this.day ?? null} .onDay=${this.#onDay} .onClose=${this.#onClose} lang=${this.locale} heading-level=${this.levelOf(1)}></oya-bill-explained-half-hours>`,
      () => html`<div class="placeholder" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`,
    );
  }

  readonly #onSelect = (event: OyaBarSelectEvent): void => {
    event.stopPropagation();
    if (this.#hasCurve && this.details) this.day = addDays(this.details.period.from, event.index);
  };

  readonly #onDay = (day: LocalDay | null): void => void (this.day = day);

  readonly #onClose = (): void => {
    this.day = undefined;
    this.#returnsFocus = true;
  };

  /** The same words for the same days: a chart draws anew when it gets others. */
  #barFormat(from: LocalDay, values: readonly (number | null)[], quality: string): BarFormat {
    const { format } = this;
    const of = [from, values, quality, format];
    if (this.#bars?.of.every((each, index) => each === of[index])) return this.#bars.format;
    const t = this.words(daysMessages);
    const spoken = (index: number) => {
      const value = values[index] ?? null;
      const state = qualityAt(quality, index);
      const told = value === null ? qualityWord('missing', t) : state === 'real' ? format.energy(value) : `${format.energy(value)}, ${qualityWord(state, t)}`;
      return capitalized(t('measured.spoken', { day: format.day(addDays(from, index)), value: told }), format.locale);
    };
    this.#bars = {
      of,
      format: {
        value: (value) => format.energy(value),
        axis: (value, withUnit) => axisFigure(format, value / 1000, withUnit ? 'kWh' : ''),
        position: (index) => format.day(addDays(from, index), 'day-of-month'),
        spoken,
      },
    };
    return this.#bars.format;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-bill-explained-days': OyaBillExplainedDays;
  }
}
