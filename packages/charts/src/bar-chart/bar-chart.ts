import { IntentEvent } from '@oya/core';
import { html, LitElement, nothing, svg, type PropertyValues, type SVGTemplateResult, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { barAt, labelledPlaces, layoutBars, type Bar, type BarLayout, type BarStep } from '../geometry/bars.ts';
import { secondLine, type LinePoint } from '../geometry/second-line.ts';
import { stackOf } from '../geometry/stack.ts';
import { valueToY } from '../geometry/value-axis.ts';
import { formEntries, keyLine, square, type FormWords, type KeyEntry } from '../key/key.ts';
import { keyStyles } from '../key/key.styles.ts';
import { emptyNote, readingLine } from '../reading/reading.ts';
import { readingStyles } from '../reading/reading.styles.ts';
import { toneStyles } from '../tones/tones.styles.ts';
import { barChartStyles } from './bar-chart.styles.ts';
import { stackedBar, stackPatterns, type BarPart } from './stacked-bar.ts';

/** The words of a bar chart: it has none of its own. */
export interface BarFormat {
  /** A value with its unit: `12,4 kWh`. */
  value(value: number): string;
  /** A value on the axis, `10`; the topmost with its unit, `15 kWh`. */
  axis(value: number, withUnit: boolean): string;
  /** A place on the axis, short: `24`. */
  position(index: number): string;
  /** All there is to say of a bar: `mardi 24 novembre : 12,4 kWh, estimé`. */
  spoken(index: number): string;
}

/** A second measure over the bars, on a scale of its own: the temperature outside. */
export interface BarLine {
  /** One per period; `null` breaks the line. */
  readonly values: readonly (number | null)[];
  /** `Température` */
  readonly label: string;
  /** `8,5 °C` */
  format(value: number): string;
}

/** The customer chose a bar, by finger, pointer or keyboard. */
export class OyaBarSelectEvent extends IntentEvent {
  readonly index: number;

  constructor(index: number) {
    super('oya-bar-select');
    this.index = index;
  }
}

/** The customer reads a bar, or none any more (`null`). Does not leave the element that owns the chart. */
export class OyaBarReadEvent extends Event {
  readonly index: number | null;

  constructor(index: number | null) {
    super('oya-bar-read');
    this.index = index;
  }
}

/** Classes of the letters of the contract's quality columns. */
const QUALITY_CLASS: Readonly<Record<string, string>> = { r: 'real', p: 'provisional', e: 'estimated', i: 'incomplete' };

/** Room for labels above and below the bars, in pixels. */
const HEAD = 24;
const FOOT = 26;
/** Height of the dashed continuation of a bar that lacks a part. */
const CAP = 7;
/** Average width of a character of the labels, and the least space between two of them, in pixels. */
const CHARACTER = 7.6;
const LABEL_GAP = 8;

let instances = 0;

/**
 * Energy per period as bars on an axis that starts at zero. How far each value can be trusted shows by its form: measured
 * is solid, estimated hatched, provisional outlined, incomplete open at the top, missing a gap with a mark on the axis. A bar may
 * be divided into parts, which a key above the picture names.
 * Every bar is a button as high as the picture, reached by one Tab stop: arrows go to the neighbour, Page Up and Page Down by
 * `page`, Home and End to the borders; Enter selects.
 *
 * @summary Energy per day, month or year as bars, readable by eye, finger, keyboard and screen reader.
 * @event {OyaBarSelectEvent} oya-bar-select - The customer chose a bar; `index` tells which.
 * @event {OyaBarReadEvent} oya-bar-read - The customer reads a bar; `index` is null when they stop.
 * @slot summary - What the reading line shows while no bar is read or selected.
 * @slot empty - What stands in the picture while there are no values.
 * @csspart reading - The line above the picture with the value that is read.
 * @csspart key - The words of the parts of the bars, above the picture.
 * @csspart plot - The picture with its axes.
 * @cssprop [--oya-bar-chart-height=15rem] - Height of the picture.
 * @cssprop --oya-series-1 - Colour of the bars.
 * @cssprop --oya-color-accent - Colour of the selected bar.
 */
export class OyaBarChart extends LitElement {
  static override styles = [readingStyles, toneStyles, keyStyles, barChartStyles];

  /** What the picture shows, for screen readers: `Consommation par jour, novembre 2026`. */
  @property() label = '';
  /** One value per period; `null` where there is none. */
  @property({ attribute: false }) values: readonly (number | null)[] = [];
  /** One letter of the contract per value: r, p, e, i, m. A value without a letter counts as real. */
  @property({ attribute: false }) quality = '';
  /** What the values consist of, stacked from zero up in this order. What no part accounts for is drawn undivided, at the end. */
  @property({ attribute: false }) parts: readonly BarPart[] = [];
  /** A small mark above each bar that has a text here: something happened, which `format.spoken` says. */
  @property({ attribute: false }) marks: readonly (string | null)[] = [];
  /** A second measure, as a thin line over the bars on a scale of its own. */
  @property({ attribute: false }) line: BarLine | undefined;
  /** The same places a period earlier, drawn as a thin outline behind. */
  @property({ attribute: false }) previous: readonly (number | null)[] | undefined;
  /** Places on the axis, where not all of them have happened yet: 30 for a month of which 23 days are there. */
  @property({ type: Number }) slots = 0;
  /** The chosen bar. */
  @property({ type: Number }) selected: number | null = null;
  /** How long a bar lasts, so that its labels thin out to round days or hours. */
  @property() step: BarStep = 'day';
  /** How many bars Page Up and Page Down move by: a week of days. */
  @property({ type: Number }) page = 7;
  /** What forms of quality, the previous period and marks are called, to have those that occur in the key. */
  @property({ attribute: false }) forms: FormWords | undefined;
  /** The words, from the element that owns the chart. */
  @property({ attribute: false }) format: BarFormat | undefined;

  @state() private reading: number | null = null;
  @state() private width = 0;
  @state() private height = 0;
  @query('.plot') private readonly plot!: HTMLElement;

  /** The one bar that Tab reaches. */
  @state() private tabStop = 0;
  readonly #pattern = `oya-hatch-${++instances}`;
  readonly #resize = new ResizeObserver(([entry]) => {
    if (!entry) return;
    this.width = entry.contentRect.width;
    this.height = entry.contentRect.height;
  });
  #spoken: readonly string[] = [];

  /** Shows a bar in the reading line, as whoever plays the chart as sound does; `null` none. */
  read(index: number | null): void {
    this.#read(index);
  }

  /** Puts the focus on the bar that Tab reaches: the chosen one, or the one last read. */
  override focus(options?: FocusOptions): void {
    this.#buttons()[this.tabStop]?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resize.observe(this.plot);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resize.observe(this.plot);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('values') || changed.has('format') || changed.has('quality')) {
      const { format } = this;
      this.#spoken = format ? this.values.map((_, index) => format.spoken(index)) : [];
    }
    if (changed.has('values')) this.reading = null;
    if (changed.has('values') || changed.has('selected')) this.tabStop = this.selected ?? this.tabStop;
    this.tabStop = Math.max(0, Math.min(this.values.length - 1, this.tabStop));
  }

  protected override render(): TemplateResult {
    const shown = this.reading ?? this.selected;
    const value = shown === null ? null : (this.values[shown] ?? null);
    return html`
      ${readingLine(shown === null ? null : (this.#spoken[shown] ?? null), value === null || !this.format ? null : this.format.value(value))}
      ${keyLine(this.#key())}
      <div class="plot" part="plot">
        ${this.width > 0 ? this.#picture() : nothing} ${this.values.length === 0 ? emptyNote() : nothing}
        <div
          class="columns"
          role="group"
          aria-label=${this.label || nothing}
          @keydown=${this.#onKey}
          @pointermove=${this.#onPointer}
          @pointerdown=${this.#onPointer}
          @pointerleave=${() => this.#read(this.#focused())}
          @focusout=${() => this.#read(null)}
        >
          ${this.values.map((_, index) => this.#column(index))}
          ${Array.from({ length: Math.max(0, this.slots - this.values.length) }, () => html`<span></span>`)}
        </div>
      </div>
    `;
  }

  protected override updated(): void {
    this.plot.style.setProperty('--_gutter', `${this.#gutter()}px`);
    this.plot.style.setProperty('--_width', `${this.width}px`);
  }

  #column(index: number): TemplateResult {
    return html`<button
      type="button"
      tabindex=${index === this.tabStop ? 0 : -1}
      aria-label=${this.#spoken[index] ?? nothing}
      aria-current=${index === this.selected ? 'true' : nothing}
      @click=${() => this.#select(index)}
      @focus=${() => this.#onFocus(index)}
    ></button>`;
  }

  #picture(): SVGTemplateResult | TemplateResult {
    const { width, height, format } = this;
    const gutter = this.#gutter();
    const plotHeight = Math.max(1, height - HEAD - FOOT);
    const layout = this.#layout(width - gutter, plotHeight);
    const rtl = this.matches(':dir(rtl)');
    // Time runs in reading direction; x in the picture runs from the left.
    const left = (x: number, boxWidth = 0) => (rtl ? width - x - boxWidth : x);
    const { axis, zero, band } = layout;
    const top = axis.ticks.at(-1);

    return html`<svg aria-hidden="true" viewBox="0 0 ${width} ${height}">
      <defs>
        ${this.#hatch('', '')}${this.#hatch('-selected', 'selected')}
        ${this.parts.length > 0 ? stackPatterns(this.#pattern, new Set(this.parts.map(({ tone }) => tone))) : nothing}
      </defs>
      ${axis.ticks.map((tick) => {
        const y = HEAD + Math.round(valueToY(tick, axis, plotHeight));
        return svg`<line class=${tick === 0 ? 'zero' : 'grid'} x1="0" x2=${width} y1=${y} y2=${y}></line>
          ${format && tick !== 0 ? svg`<text x=${left(0)} y=${y - 5}>${format.axis(tick, tick === top)}</text>` : nothing}`;
      })}
      ${axis.ticks.length === 0 ? svg`<line class="zero" x1="0" x2=${width} y1=${HEAD + plotHeight} y2=${HEAD + plotHeight}></line>` : nothing}
      ${layout.previous.map((bar) => {
        if (!bar) return nothing;
        const x = left(gutter + bar.x, bar.width);
        // Behind and a little wider, so that it shows beside a bar of the same height; without a foot, which the axis is.
        return svg`<path class="previous" d="M${x - 1.5},${HEAD + bar.y + bar.height}V${HEAD + bar.y}h${bar.width + 3}V${HEAD + bar.y + bar.height}"></path>`;
      })}
      ${layout.bars.map((bar, index) => (bar ? this.#bar(bar, left(gutter + bar.x, bar.width)) : this.#gap(index, left(gutter + (index + 0.5) * band), HEAD + zero)))}
      ${layout.bars.map((_, index) => (this.marks[index] ? this.#mark(left(gutter + (index + 0.5) * band), HEAD + highest(layout, index) - (this.quality[index] === 'i' ? CAP : 0)) : nothing))}
      ${this.line ? this.#secondLine(this.line, band, plotHeight, (x) => left(gutter + x)) : nothing}
      ${format ? this.#positions(layout, (index) => left(gutter + (index + 0.5) * band), height - 7) : nothing}
    </svg>`;
  }

  #bar(bar: Bar, x: number): SVGTemplateResult {
    const { index, width, height } = bar;
    const y = HEAD + bar.y;
    const quality = QUALITY_CLASS[this.quality[index] ?? 'r'] ?? 'real';
    const selected = index === this.selected;
    const marks = this.#states(index);
    const cap = quality === 'incomplete' ? svg`<path class="cap${marks}" d="M${x + 0.75},${y - 1}v${-CAP}h${width - 1.5}v${CAP}"></path>` : nothing;
    const stack = stackOf(this.values[index], this.parts, index);
    if (stack.length > 0) return svg`${stackedBar(bar, stack, this.parts, { x, top: HEAD, quality, marks, id: this.#pattern })}${cap}`;
    const inset = quality === 'estimated' || quality === 'provisional' ? 0.75 : 0;
    const hatch = quality === 'estimated' ? `url(#${this.#pattern}${selected ? '-selected' : ''})` : nothing;
    // The end away from zero is rounded.
    const radius = Math.max(0, Math.min(3, width / 3, height));
    return svg`<rect
        class="bar ${quality}${marks}"
        fill=${hatch}
        x=${x + inset} y=${y + inset} rx=${radius}
        width=${Math.max(0.5, width - 2 * inset)} height=${Math.max(0.5, height - inset)}></rect>
      ${cap}`;
  }

  /** Classes of a place that is chosen or read. */
  #states(index: number): string {
    return `${index === this.selected ? ' selected' : ''}${index === this.reading ? ' reading' : ''}`;
  }

  #mark(x: number, y: number): SVGTemplateResult {
    return svg`<path class="mark" d="M${x},${y - 11}l4.5,8h-9z"></path>`;
  }

  /** Its label stands at its end, and its value where it is read; where both would touch, the value stays. */
  #secondLine({ values, label, format }: BarLine, band: number, height: number, place: (x: number) => number): SVGTemplateResult | typeof nothing {
    const pieces = secondLine(values, band, height);
    const points = pieces.flat();
    const last = points.at(-1);
    if (!last) return nothing;
    const shown = this.reading ?? this.selected;
    const read = points.find(({ index }) => index === shown);
    const value = ({ index }: LinePoint) => format(values[index] ?? 0);
    const note = (point: LinePoint, words: string) => {
      const half = labelWidth(words.length) / 2;
      const x = Math.max(half, Math.min(this.width - half, place(point.x)));
      return svg`<circle class="second-dot" cx=${place(point.x)} cy=${HEAD + point.y} r="3"></circle>
        <text class="second-label" text-anchor="middle" x=${x} y=${HEAD + point.y - 8}>${words}</text>`;
    };
    const ending = `${label}\u00a0${value(last)}`;
    const touch = read && Math.abs(last.x - read.x) < labelWidth(ending.length);
    const d = pieces.map((piece) => `M${piece.map(({ x, y }) => `${place(x)},${HEAD + y}`).join('L')}${piece.length === 1 ? 'h0' : ''}`).join('');
    return svg`<path class="second halo" d=${d}></path><path class="second" d=${d}></path>
      ${touch ? nothing : note(last, ending)} ${read ? note(read, touch ? `${label}\u00a0${value(read)}` : value(read)) : nothing}`;
  }

  #key(): KeyEntry[] {
    const shown = this.parts.filter(({ values }) => values.some(Boolean));
    const parts = shown.map(({ tone, label }) => ({ shape: square(`part ${tone}`, `url(#${this.#pattern}-${tone})`), label }));
    const isThere = (value: unknown) => value != null;
    const forms = formEntries(this.forms, (form) => {
      if (form === 'previous') return this.previous?.some(isThere) ?? false;
      if (form === 'mark') return this.marks.some(isThere);
      if (form === 'missing') return !this.values.every(isThere);
      return [...this.quality].some((letter) => QUALITY_CLASS[letter] === form);
    });
    return [...parts, ...forms];
  }

  #gap(index: number, x: number, y: number): SVGTemplateResult | typeof nothing {
    const marks = this.#states(index);
    const [above, below] = [y - 10, y - 4];
    return svg`<path class="missing${marks}" d="M${x - 3},${above}L${x + 3},${below}M${x + 3},${above}L${x - 3},${below}"></path>`;
  }

  #positions({ band }: BarLayout, x: (index: number) => number, y: number): (SVGTemplateResult | typeof nothing)[] {
    const places = Math.max(this.slots, this.values.length);
    const labels = Array.from({ length: places }, (_, index) => this.format?.position(index) ?? '');
    const widest = labelWidth(labels.reduce((longest, label) => Math.max(longest, label.length), 0));
    const labelled = new Set(labelledPlaces(places, band, widest + LABEL_GAP, this.step));
    const marked = this.reading ?? this.selected;
    return labels.map((label, index) => {
      const isMarked = index === marked;
      // The marked place always has its label; the regular ones that it would touch give way.
      const gives = marked !== null && !isMarked && Math.abs(index - marked) * band < widest + LABEL_GAP / 2;
      if (!isMarked && (!labelled.has(index) || gives)) return nothing;
      const mark = isMarked ? (this.reading === null ? 'at-selected' : 'at-reading') : '';
      return svg`<text class=${mark} text-anchor="middle" x=${x(index)} y=${y}>${label}</text>`;
    });
  }

  #hatch(suffix: string, mark: string): SVGTemplateResult {
    return svg`<pattern id=${this.#pattern + suffix} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-ground" width="6" height="6"></rect>
      <line class="hatch ${mark}" x1="1.5" x2="1.5" y1="0" y2="6"></line>
    </pattern>`;
  }

  #layout(width: number, height: number): BarLayout {
    return layoutBars({ values: this.values, previous: this.previous, slots: this.slots, width: Math.max(1, width), height });
  }

  /** Width that the labels of the axis take beside the bars; the topmost, with its unit, may reach over them. */
  #gutter(): number {
    const { format } = this;
    if (!format || this.width === 0) return 0;
    const { ticks } = this.#layout(this.width, 1).axis;
    const longest = ticks.slice(0, -1).reduce((length, tick) => Math.max(length, format.axis(tick, false).length), 1);
    return Math.ceil(labelWidth(longest) + LABEL_GAP);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const forward = this.matches(':dir(rtl)') ? -1 : 1;
    const last = this.values.length - 1;
    const target = {
      ArrowRight: this.tabStop + forward,
      ArrowLeft: this.tabStop - forward,
      PageDown: this.tabStop + this.page,
      PageUp: this.tabStop - this.page,
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(last, target));
    this.tabStop = index;
    this.#buttons()[index]?.focus();
  };

  readonly #onPointer = (event: PointerEvent): void => {
    const columns = event.currentTarget as HTMLElement;
    const { left, right, width } = columns.getBoundingClientRect();
    const x = this.matches(':dir(rtl)') ? right - event.clientX : event.clientX - left;
    const places = Math.max(1, this.slots, this.values.length);
    const index = barAt(x, width / places, places);
    this.#read(index < this.values.length ? index : null);
  };

  #onFocus(index: number): void {
    this.tabStop = index;
    this.#read(index);
  }

  #select(index: number): void {
    this.dispatchEvent(new OyaBarSelectEvent(index));
  }

  #read(index: number | null): void {
    if (this.reading === index) return;
    this.reading = index;
    this.dispatchEvent(new OyaBarReadEvent(index));
  }

  /** The bar that the keyboard is on, which stays read when the pointer leaves. */
  #focused(): number | null {
    const index = [...this.#buttons()].findIndex((button) => button.matches(':focus-visible'));
    return index < 0 ? null : index;
  }

  #buttons(): NodeListOf<HTMLButtonElement> {
    return this.renderRoot.querySelectorAll('button');
  }
}

/** Where the highest of a place ends, the previous period included. */
function highest({ bars, previous, zero }: BarLayout, index: number): number {
  return Math.min(zero, bars[index]?.y ?? Infinity, previous[index]?.y ?? Infinity);
}

function labelWidth(characters: number): number {
  return characters * CHARACTER;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-bar-chart': OyaBarChart;
  }
  interface GlobalEventHandlersEventMap {
    'oya-bar-select': OyaBarSelectEvent;
  }
  interface HTMLElementEventMap {
    'oya-bar-read': OyaBarReadEvent;
  }
}
