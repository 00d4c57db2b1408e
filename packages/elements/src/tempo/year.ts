import { addDays, addSteps, daysBetween, stepStart, TempoColour, tempoSeason, type LocalDay, type TempoDay } from '@oya/contract';
import { capitalized, define, OyaElement } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { dataTable } from '../data-table.ts';
import { spaceStyles } from '../space.styles.ts';
import { colourStyles, shapeOf } from './colours.ts';
import { yearMessages } from './year.messages.ts';
import { yearStyles } from './year.styles.ts';

const COLOURS = TempoColour.options;
const WEEK = 7;
/** The least that keeps the weekday and leads into another month. */
const FOUR_WEEKS = 28;
/** More would be a wall on a phone. */
const MONTHS_SHOWN = 3;

export function defineYear(): void {
  define('oya-tempo-year', OyaTempoYear);
}

/** The months of the season that have begun, day by day: a shape for each colour, arrow keys, a table. Part of `oya-tempo`. */
export class OyaTempoYear extends OyaElement {
  static override readonly messages = yearMessages;
  static override styles = [OyaElement.styles, spaceStyles, colourStyles, yearStyles];

  /** Ascending. */
  @property({ attribute: false }) days: readonly TempoDay[] = [];
  /** The Tempo day that it is. */
  @property({ attribute: false }) today: LocalDay = '1970-01-01';

  @state() private read: LocalDay | null = null;
  /** The one day that Tab reaches. */
  @state() private stop: LocalDay | null = null;
  @state() private isWhole = false;

  #byDay: ReadonlyMap<LocalDay, TempoDay> = new Map();

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('days')) this.#byDay = new Map(this.days.map((day) => [day.day, day]));
  }

  protected override renderReady(): TemplateResult {
    const t = this.words(yearMessages);
    const months = this.#months;
    const shown = this.isWhole ? months : months.slice(-MONTHS_SHOWN);
    const present = new Set(this.days.map(({ colour }) => colour));
    return html`<div class="frame">
      ${this.heading(t('title'), 'part-title')}
      <p class="reading" aria-hidden="true">${this.#spoken(this.read ?? this.today)}</p>
      ${shown.length < months.length ? html`<button type="button" class="button earlier" @click=${this.#showAll}>${t('earlier')}</button>` : nothing}
      <div class="months" role="group" aria-label=${t('label')} @keydown=${this.#onKey} @pointerover=${this.#onPointer} @pointerdown=${this.#onPointer} @pointerleave=${() => (this.read = null)} @focusout=${() => (this.read = null)}>
        ${shown.map((month) => this.#month(month))}
      </div>
      <ul class="key">
        ${COLOURS.filter((colour) => present.has(colour)).map((colour) => html`<li>${shapeOf(colour)}${t(colour)}</li>`)}
        ${this.days.some(({ isProvisional }) => isProvisional) ? html`<li>${shapeOf(this.days.find(({ isProvisional }) => isProvisional)?.colour, true)}${t('maybe')}</li>` : nothing}
      </ul>
      ${this.#table(months)}
    </div>`;
  }

  /** The first days of the months that have begun, and of that of tomorrow. */
  get #months(): LocalDay[] {
    const months: LocalDay[] = [];
    const last = addDays(this.today, 1);
    for (let month = tempoSeason(this.today).from; month <= last; month = addSteps(month, 'month', 1)) months.push(month);
    return months;
  }

  #month(month: LocalDay): TemplateResult {
    const count = daysBetween(month, addSteps(month, 'month', 1));
    return html`<div class="month">
      <p class="month-name">${this.format.day(month, 'month')}</p>
      <div class="grid">
        ${Array.from({ length: WEEK }, (_, index) => html`<span class="weekday" aria-hidden="true">${capitalized(this.format.day(addDays('2026-11-23', index), 'weekday-letter'), this.locale)}</span>`)}
        ${Array.from({ length: count }, (_, index) => this.#day(addDays(month, index)))}
      </div>
    </div>`;
  }

  #day(day: LocalDay): TemplateResult {
    const known = this.#byDay.get(day);
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + WEEK - 1) % WEEK;
    const classes = [
      'day',
      known?.colour ?? 'unknown',
      known?.isProvisional ? 'maybe' : '',
      day === this.today ? 'today' : '',
      day === this.read ? 'read' : '',
      day.endsWith('-01') ? `starts-${weekday + 1}` : '',
    ];
    const number = Number(day.slice(8));
    // What is to come says nothing yet.
    if (!known && day > this.today) return html`<span class=${classes.filter(Boolean).join(' ')} aria-hidden="true">${number}</span>`;
    return html`<span
      class=${classes.filter(Boolean).join(' ')}
      role="img"
      data-day=${day}
      tabindex=${day === (this.stop ?? this.today) ? 0 : -1}
      aria-label=${this.#spoken(day)}
      @focus=${() => this.#readAt(day)}
      >${number}</span
    >`;
  }

  #spoken(day: LocalDay): string {
    const t = this.words(yearMessages);
    const known = this.#byDay.get(day);
    const values = { day: this.format.day(day, 'full'), colour: t(known?.colour ?? 'unknown') };
    if (known?.changed) return t('spoken.changed', { ...values, former: t(known.changed.from) });
    return t(known?.isProvisional ? 'spoken.maybe' : 'spoken', values);
  }

  /** Blue days are many: only the others are named. */
  #table(months: readonly LocalDay[]): TemplateResult {
    const t = this.words(yearMessages);
    const list = new Intl.ListFormat(this.locale, { type: 'conjunction' });
    const rows = months.map((month) => ({
      head: this.format.day(month, 'month'),
      cells: COLOURS.map((colour) => {
        const days = this.days.filter((day) => stepStart(day.day, 'month') === month && day.colour === colour && !day.isProvisional);
        const count = this.format.number(days.length);
        return colour === 'blue' || days.length === 0 ? count : t('dated', { count, days: list.format(days.map(({ day }) => String(Number(day.slice(8))))) });
      }),
    }));
    return html`<details>
      <summary>${t('table')}</summary>
      ${dataTable(t('caption'), [t('month'), ...COLOURS.map((colour) => t(`column.${colour}`))], rows)}
    </details>`;
  }

  readonly #showAll = (): void => {
    this.isWhole = true;
    this.stop = tempoSeason(this.today).from;
    // The button goes: the focus is on the first of what came in its place.
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[data-day]')?.focus());
  };

  #readAt(day: LocalDay): void {
    this.stop = day;
    this.read = day;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const forward = this.matches(':dir(rtl)') ? -1 : 1;
    const days = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-day]')];
    const at = days.findIndex(({ dataset }) => dataset['day'] === (this.stop ?? this.today));
    const target = { ArrowRight: at + forward, ArrowLeft: at - forward, ArrowDown: at + WEEK, ArrowUp: at - WEEK, PageDown: at + FOUR_WEEKS, PageUp: at - FOUR_WEEKS, Home: 0, End: days.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    days[Math.max(0, Math.min(days.length - 1, target))]?.focus();
  };

  readonly #onPointer = (event: PointerEvent): void => {
    const day = (event.target as HTMLElement).dataset['day'];
    if (day !== undefined && day !== this.read) this.read = day;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-tempo-year': OyaTempoYear;
  }
}
