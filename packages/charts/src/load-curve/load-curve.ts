import type { LoadCurve } from '@oya/contract';
import { IntentEvent } from '@oya/core';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import {
  countOf,
  curveColumns,
  extentOf,
  indexAt,
  MISSING,
  pointAt,
  stepOf,
  type CurveColumns,
  type CurvePoint,
  type TimeWindow,
} from '../geometry/columns.ts';
import { indexRange } from '../geometry/decimate.ts';
import { Pyramid } from '../geometry/pyramid.ts';
import { QualityRuns } from '../geometry/quality-runs.ts';
import { rememberOffsets, timeTicks, type OffsetMinutes, type TickUnit } from '../geometry/time-axis.ts';
import { valueToY } from '../geometry/value-axis.ts';
import { pan, timeToX, within, xToTime, zoom } from '../geometry/window.ts';
import { formEntries, keyLine, type FormWords } from '../key/key.ts';
import { keyStyles } from '../key/key.styles.ts';
import { emptyNote, readingLine } from '../reading/reading.ts';
import { readingStyles } from '../reading/reading.styles.ts';
import { toneStyles } from '../tones/tones.styles.ts';
import { CurvePainter, GUTTER, HEAD, type AxisLabels, type CurveBand, type CurveLimit, type Extras, type Scene, type Size } from './curve-painter.ts';
import { CurveGestures } from './gestures.ts';
import { whenIdle } from './idle.ts';
import { loadCurveStyles } from './load-curve.styles.ts';
import { readExtraColors, readSurroundings, type ExtraColors, type Surroundings } from './surroundings.ts';

/** The words of a load curve, and the clock of the installation: it has none of its own. */
export interface CurveFormat {
  /** Power with its unit: `1,24 kW`. */
  value(watts: number): string;
  /** Power on the axis, `1,5`; the topmost with its unit, `2,0 kW`. */
  axis(watts: number, withUnit: boolean): string;
  /** An instant on the axis, in the largest unit that begins there: `2026`, `nov.`, `24 nov.`, `18 h`. */
  tick(instant: number, unit: TickUnit): string;
  /** All there is to say of an interval: `mardi 24 novembre, de 18 h à 18 h 30 : 1,24 kW, estimé`. */
  spoken(point: CurvePoint): string;
  /** Local time minus UTC, in minutes, at an instant. */
  offsetMinutes(instant: number): number;
}

/** The customer zoomed or moved the curve. */
export class OyaWindowChangeEvent extends IntentEvent {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;

  constructor({ from, to }: TimeWindow) {
    super('oya-window-change');
    this.from = from;
    this.to = to;
  }
}

/** From here on, reading every value in each frame costs more than a tenth of the frame. */
const PYRAMID_FROM = 50_000;
/** Up to here, reading all quality letters takes less than a millisecond. */
const QUALITIES_AT_ONCE = 200_000;
/** Nothing more is to be seen closer than this many intervals. */
const FEWEST_INTERVALS = 8;
/** Room that a label of the time axis wants, in pixels. */
const TICK_ROOM = 88;
const DAY = 86_400_000;
const ZOOM_STEP = 0.5;
const PAN_STEP = 0.25;
/** What the picture follows from, besides the window. */
const DRAWN = ['curve', 'format', 'bands', 'limit'] as const;
/** Labels kept before they are made anew. */
const MOST_LABELS = 2000;
/** Letters of the contract that have a form of their own. */
const FORM_LETTERS: Readonly<Record<string, string>> = { estimated: 'e', provisional: 'p', incomplete: 'i', missing: 'm' };
/** Device pixels per CSS pixel on paper: some 400 per inch. */
const PAPER_RATIO = 4;

/**
 * Whether words cost little. The first ones of a page can take longer than the picture (`Intl` loads its data), so the first
 * curve of a page is painted before its words are asked for; from then on both come in one frame.
 */
let wordsAreWarm = false;

/** What a format has told of the axes. */
interface Told {
  readonly labels: Map<string, string>;
  readonly offsetMinutes: OffsetMinutes;
}

/** Kept as long as the format, for every curve that it words: `Intl` behind it is slow. */
const told = new WeakMap<CurveFormat, Told>();

function toldBy(format: CurveFormat): Told {
  let kept = told.get(format);
  if (!kept) told.set(format, (kept = { labels: new Map(), offsetMinutes: rememberOffsets((instant) => format.offsetMinutes(instant)) }));
  return kept;
}

/**
 * Power over time, from a day to decades. Drawn on a canvas from typed arrays; what is not measured is dashed or hatched, and
 * a gap breaks the line and is marked on the axis. Zoom and move by finger, mouse, wheel or keys: `+` and `−` zoom, Shift and an
 * arrow move, `0` shows everything. Arrows read the curve interval by interval, Page Up and Page Down by a day, Home and End
 * the borders of what is shown.
 *
 * @summary A load curve that can be zoomed, and read by eye, finger, keyboard and screen reader.
 * @event {OyaWindowChangeEvent} oya-window-change - The customer zoomed or moved; `from` and `to` tell what is shown, in epoch milliseconds.
 * @slot summary - What the reading line shows while nothing is read.
 * @slot empty - What stands in the picture while there are no values.
 * @csspart reading - The line above the picture with the value that is read.
 * @csspart key - The words of the forms of quality, above the picture.
 * @csspart plot - The picture with its axes.
 * @cssprop [--oya-load-curve-height=15rem] - Height of the picture.
 * @cssprop --oya-series-1 - Colour of the curve.
 * @cssprop --oya-color-accent - Colour of the value that is read.
 */
export class OyaLoadCurve extends LitElement {
  static override styles = [readingStyles, toneStyles, keyStyles, loadCurveStyles];

  /** What the picture shows, for screen readers: `Puissance, mardi 24 novembre`. */
  @property() label = '';
  /** The curve, as the contract gives it or in typed arrays; stretches in ascending order. */
  @property({ attribute: false }) curve: LoadCurve | readonly CurveColumns[] = [];
  /** What forms of quality are called, to have those that occur in a key. */
  @property({ attribute: false }) forms: FormWords | undefined;
  /** The words, from the element that owns the chart. */
  @property({ attribute: false }) format: CurveFormat | undefined;

  /** What the curve ought to stay below, as a line with its label; shown where the curve comes near it. What exceeds it is marked. */
  @property({ attribute: false }) limit: CurveLimit | undefined;
  /** Stretches of time with a background of their own, in ascending order; shown as long as they can be told apart. */
  @property({ attribute: false }) bands: readonly CurveBand[] = [];

  @state() private reading: CurvePoint | null = null;
  @state() private columns: readonly CurveColumns[] = [];
  @query('canvas', true) private readonly canvas!: HTMLCanvasElement;
  @query('.reader', true) private readonly reader!: HTMLElement;
  @query('.cursor', true) private readonly cursor!: HTMLElement;
  @query('.dot', true) private readonly dot!: HTMLElement;
  @query('.samples') private readonly samples!: HTMLElement | null;

  #window: TimeWindow | null = null;
  #extent: TimeWindow | null = null;
  #count = 0;
  #shortest = 0;
  readonly #pyramids = new Map<CurveColumns, Pyramid>();
  #qualities: QualityRuns | null = null;
  #painter: CurvePainter | undefined;
  #surroundings: Surroundings | undefined;
  #extraColors: ExtraColors | undefined;
  #marksZoom = false;
  /** While the page is being printed. */
  #screenSize: Size | undefined;
  #frame = 0;
  #stopIdle: (() => void) | undefined;
  #gestures: CurveGestures | undefined;
  readonly #resize = new ResizeObserver(([entry]) => entry && this.#resized(entry));

  /** What is shown, in epoch milliseconds; `null` shows everything. What lies beyond the data is moved inside. */
  get window(): TimeWindow | null {
    return this.#window;
  }

  set window(window: TimeWindow | null) {
    this.#window = window;
    this.#schedule();
  }

  /**
   * Shows less time, as a customer does who zooms: `zoomBy(2)` half of it, `zoomBy(0.5)` twice as much. What is read stays
   * where it is, or else the middle.
   */
  zoomBy(factor: number): void {
    const window = this.#shown();
    if (!window) return;
    const { reading } = this;
    const middle = reading && reading.to > window.from && reading.from < window.to ? (reading.from + reading.to) / 2 : (window.from + window.to) / 2;
    this.#zoom(1 / factor, middle);
  }

  /** Moves on by a share of what is shown, as a customer does who drags: `panBy(0.5)` by half of it, `panBy(-1)` all of it back. */
  panBy(fraction: number): void {
    const window = this.#shown();
    if (window && this.#extent) this.#show(pan(window, (window.to - window.from) * fraction, this.#extent));
  }

  /** Shows everything. */
  showAll(): void {
    if (this.#extent) this.#show(this.#extent);
  }

  /** Shows an interval in the reading line, as whoever plays the curve as sound does; `null` none. */
  read(index: number | null): void {
    this.#read(index === null ? null : pointAt(this.columns, index));
  }

  /** Draws what is shown on another canvas, complete at once: for a picture to keep. */
  paintOn(canvas: HTMLCanvasElement, size: Size): void {
    const painter = new CurvePainter(canvas);
    painter.resize(size);
    this.#paintWhole(painter);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    removeEventListener('beforeprint', this.#beforePrint);
    removeEventListener('afterprint', this.#afterPrint);
    this.#gestures?.forget();
    this.#stopIdle?.();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('curve')) this.#accept('kind' in this.curve ? curveColumns(this.curve) : this.curve);
  }

  protected override render(): TemplateResult {
    const { format, reading } = this;
    const spoken = format && reading ? format.spoken(reading) : null;
    const value = format && reading && reading.watts !== null ? format.value(reading.watts) : null;
    return html`
      ${readingLine(spoken, value)}
      ${keyLine(formEntries(this.forms, (form) => this.columns.some(({ quality }) => quality.includes(FORM_LETTERS[form] ?? ' ')), 'gap'))}
      <div class="plot" part="plot">
        ${this.#count === 0 ? emptyNote() : nothing}
        <canvas role="img" aria-label=${this.label || nothing} @transitionend=${this.#repaint}></canvas>
        <div
          class="reader"
          role="slider"
          tabindex=${this.#count > 0 ? 0 : nothing}
          aria-disabled=${this.#count > 0 ? nothing : 'true'}
          aria-label=${this.label || nothing}
          aria-orientation="horizontal"
          aria-valuemin="0"
          aria-valuemax=${Math.max(0, this.#count - 1)}
          aria-valuenow=${reading?.index ?? 0}
          aria-valuetext=${spoken ?? nothing}
          @keydown=${this.#onKey}
          @focus=${this.#onFocus}
          @blur=${() => this.#read(null)}
        >
          ${this.limit || this.bands.length > 0 ? this.#colorSamples() : nothing}
          <div class="cursor" hidden></div>
          <div class="dot" hidden></div>
        </div>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.#painter = new CurvePainter(this.canvas);
    this.#gestures = new CurveGestures(this.reader, {
      isZoomed: () => this.#isZoomed(),
      read: (x) => this.#readAt(x),
      drag: (by) => this.#drag(by),
      zoom: (factor, x) => this.#zoom(factor, this.#timeAt(x)),
    });
    this.#gestures.listen();
    this.#start();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('bands') || changed.has('limit')) this.#extraColors = undefined;
    if (DRAWN.some((name) => changed.has(name))) this.#schedule();
    this.#placeCursor();
  }

  /** The colours that only bands and a limit need, where the painter can read them. */
  #colorSamples(): TemplateResult {
    const tones = new Set(this.bands.map(({ tone }) => tone));
    return html`<div class="samples" hidden>${[...tones].map((tone) => html`<i class=${tone}></i>`)}</div>`;
  }

  /** Nothing where there is neither limit nor band, so that they cost nothing. */
  #extras(): Extras | undefined {
    const { limit, bands, samples } = this;
    return samples ? { limit, bands, colors: (this.#extraColors ??= readExtraColors(samples)) } : undefined;
  }

  #start(): void {
    // The page around may be another one than before.
    this.#forgetColors();
    // Device pixels tell a change of the screen's density as well; WebKit knows only CSS pixels.
    try {
      this.#resize.observe(this.canvas, { box: 'device-pixel-content-box' });
    } catch {
      this.#resize.observe(this.canvas);
    }
    addEventListener('beforeprint', this.#beforePrint);
    addEventListener('afterprint', this.#afterPrint);
    this.#prepare();
  }

  #accept(columns: readonly CurveColumns[]): void {
    this.columns = columns;
    this.#extent = extentOf(columns);
    this.#count = countOf(columns);
    this.#shortest = FEWEST_INTERVALS * columns.reduce((least, { stepMinutes }) => Math.min(least, stepMinutes), Infinity) * 60_000;
    this.#pyramids.clear();
    this.#qualities = null;
    this.reading = null;
    if (this.hasUpdated) this.#prepare();
  }

  /** What a long curve needs beside its values is made when the page has nothing better to do. */
  #prepare(): void {
    this.#stopIdle?.();
    const qualities = this.#qualities ?? new QualityRuns(this.columns);
    const waiting = this.#count >= PYRAMID_FROM ? this.columns.filter((columns) => !this.#pyramids.has(columns)) : [];
    if (this.#count < QUALITIES_AT_ONCE) {
      qualities.build();
      this.#qualities = qualities;
      if (waiting.length === 0) return;
    }
    const pyramids = waiting.map((columns): [CurveColumns, Pyramid] => [columns, new Pyramid(columns.values)]);
    this.#stopIdle = whenIdle(
      (hasTime) => qualities.build(hasTime) && pyramids.every(([, pyramid]) => pyramid.build(hasTime)),
      () => {
        this.#stopIdle = undefined;
        for (const [columns, pyramid] of pyramids) this.#pyramids.set(columns, pyramid);
        if (this.#qualities === qualities) return;
        this.#qualities = qualities;
        if (qualities.runs.length > 0) this.#schedule();
      },
    );
  }

  #resized({ contentRect, devicePixelContentBoxSize }: ResizeObserverEntry): void {
    const { width, height } = contentRect;
    const device = devicePixelContentBoxSize?.[0]?.inlineSize;
    this.#painter?.resize({ width, height, ratio: device && width > 0 ? device / width : devicePixelRatio });
    // At once, in the same frame: a canvas that changes its size is empty.
    this.#paint();
    this.#placeCursor();
  }

  /** Paper has more pixels than the screen, and is white. */
  readonly #beforePrint = (): void => {
    const painter = this.#painter;
    const plot = this.canvas.parentElement;
    if (!painter?.isSized || !plot) return;
    plot.classList.add('paper');
    plot.style.setProperty('--_width', `${painter.size.width}px`);
    this.#screenSize = painter.size;
    this.#forgetColors();
    painter.resize({ ...painter.size, ratio: PAPER_RATIO });
    this.#paintWhole(painter);
  };

  readonly #afterPrint = (): void => {
    if (!this.#screenSize) return;
    this.canvas.parentElement?.classList.remove('paper');
    this.#painter?.resize(this.#screenSize);
    this.#screenSize = undefined;
    this.#repaint();
  };

  readonly #repaint = (): void => {
    this.#forgetColors();
    this.#schedule();
  };

  #forgetColors(): void {
    this.#surroundings = undefined;
    this.#extraColors = undefined;
  }

  #schedule(): void {
    if (this.#frame !== 0 || !this.#painter?.isSized || !this.isConnected) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
      this.#placeCursor();
    });
  }

  #paint(): void {
    const painter = this.#painter;
    const window = this.#shown();
    if (!painter) return;
    const scene = this.#scene(window);
    painter.paint(scene);
    const isZoomed = this.#isZoomed();
    if (isZoomed !== this.#marksZoom) this.reader.classList.toggle('zoomed', (this.#marksZoom = isZoomed));
    if (!window || !this.format) return;
    if (wordsAreWarm) {
      painter.paintLabels(this.#axisLabels(this.format, window, painter), scene);
    } else {
      // The next frame, once this one is on the screen.
      requestAnimationFrame(() => (wordsAreWarm = true));
      this.#schedule();
    }
  }

  #scene(window: TimeWindow | null): Scene {
    return {
      curve: this.columns,
      window: window ?? { from: 0, to: 1 },
      pyramids: this.#pyramids,
      qualities: this.#qualities,
      surroundings: (this.#surroundings ??= readSurroundings(this.canvas)),
      extras: this.#extras(),
    };
  }

  /** With marks of quality and words, and without waiting for a better moment. */
  #paintWhole(painter: CurvePainter): void {
    if (!this.#qualities) {
      const qualities = new QualityRuns(this.columns);
      qualities.build();
      this.#qualities = qualities;
    }
    const window = this.#shown();
    const scene = this.#scene(window);
    painter.paint(scene);
    if (window && this.format) painter.paintLabels(this.#axisLabels(this.format, window, painter), scene);
  }

  #axisLabels(format: CurveFormat, window: TimeWindow, { plotWidth }: CurvePainter): AxisLabels {
    const { labels, offsetMinutes } = toldBy(format);
    if (labels.size > MOST_LABELS) labels.clear();
    const kept = (key: string, make: () => string): string => {
      let label = labels.get(key);
      if (label === undefined) labels.set(key, (label = make()));
      return label;
    };
    return {
      ticks: timeTicks(window, plotWidth / TICK_ROOM, offsetMinutes),
      tick: ({ instant, unit }) => kept(`${unit} ${instant}`, () => format.tick(instant, unit)),
      value: (value, top) => kept(`${top} ${value}`, () => format.axis(value, top)),
    };
  }

  #placeCursor(): void {
    const window = this.#shown();
    const { reading, cursor, dot } = this;
    const painter = this.#painter;
    if (!painter || (cursor.hidden && !reading)) return;
    const middle = reading ? (reading.from + reading.to) / 2 : Number.NaN;
    const visible = window !== null && reading !== null && middle >= window.from && middle <= window.to;
    cursor.hidden = !visible;
    dot.hidden = !visible || reading.watts === null;
    if (!visible) return;
    const along = GUTTER + timeToX(middle, window, painter.plotWidth);
    const x = this.#isRtl() ? painter.plotWidth + GUTTER - along : along;
    cursor.style.transform = `translateX(${x}px)`;
    if (reading.watts !== null) dot.style.transform = `translate(${x}px, ${HEAD + valueToY(reading.watts, painter.axis, painter.plotHeight)}px)`;
  }

  #shown(): TimeWindow | null {
    return this.#extent && within(this.#window ?? this.#extent, this.#extent);
  }

  #isZoomed(): boolean {
    const shown = this.#shown();
    return shown !== null && this.#extent !== null && shown.to - shown.from < this.#extent.to - this.#extent.from;
  }

  #isRtl(): boolean {
    return this.matches(':dir(rtl)');
  }

  /** The instant under a position in pixels from the left of the picture. */
  #timeAt(x: number): number {
    const window = this.#shown() ?? { from: 0, to: 1 };
    const width = this.#painter?.plotWidth ?? 1;
    const along = this.#isRtl() ? width - x : x - GUTTER;
    return xToTime(Math.max(0, Math.min(width, along)), window, width);
  }

  #readAt(x: number | null): void {
    const window = this.#shown();
    if (x === null || !window) {
      this.#read(this.reader.matches(':focus-visible') ? this.reading : null);
      return;
    }
    const pixel = (window.to - window.from) / (this.#painter?.plotWidth ?? 1);
    const instant = this.#timeAt(x);
    this.#read(this.#peak({ from: instant - pixel / 2, to: instant + pixel / 2 }) ?? pointAt(this.columns, indexAt(this.columns, instant)));
  }

  /** Where a pixel holds several intervals, the one whose peak is seen there. */
  #peak(window: TimeWindow): CurvePoint | null {
    let before = 0;
    let best = -1;
    let highest = MISSING;
    for (const columns of this.columns) {
      const [from, to] = indexRange(columns, window);
      if ((to - from) * stepOf(columns) > 2 * (window.to - window.from)) return null;
      for (let index = from; index < to; index++) {
        const value = columns.values[index] as number;
        if (value <= highest) continue;
        highest = value;
        best = before + index;
      }
      before += columns.values.length;
    }
    return pointAt(this.columns, best);
  }

  #read(point: CurvePoint | null): void {
    if (point?.index === this.reading?.index) return;
    this.reading = point;
  }

  #drag(by: number): void {
    const window = this.#shown();
    if (!window || !this.#extent) return;
    const duration = (by / (this.#painter?.plotWidth ?? 1)) * (window.to - window.from);
    this.#show(pan(window, this.#isRtl() ? duration : -duration, this.#extent));
  }

  #zoom(factor: number, about: number): void {
    const window = this.#shown();
    if (window && this.#extent) this.#show(zoom(window, factor, about, this.#extent, this.#shortest));
  }

  #show(window: TimeWindow): void {
    const before = this.#shown();
    if (before && before.from === window.from && before.to === window.to) return;
    this.window = window;
    this.dispatchEvent(new OyaWindowChangeEvent(window));
  }

  readonly #onFocus = (): void => {
    const window = this.#shown();
    if (!window || this.reading || !this.reader.matches(':focus-visible')) return;
    this.#read(pointAt(this.columns, indexAt(this.columns, window.to - 1)));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const window = this.#shown();
    if (!window || !this.#extent || event.altKey || event.ctrlKey || event.metaKey) return;
    const now = this.reading ?? pointAt(this.columns, indexAt(this.columns, window.to - 1));
    if (!now) return;
    const forward = this.#isRtl() ? -1 : 1;
    const quarter = (window.to - window.from) * PAN_STEP;
    const by = (intervals: number) => () => this.#readAndShow(Math.max(0, Math.min(this.#count - 1, now.index + intervals)));
    const at = (instant: number) => () => this.#readAndShow(indexAt(this.columns, instant));
    const move = (duration: number) => () => this.#show(pan(window, duration, this.#extent as TimeWindow));
    const center = (now.from + now.to) / 2;
    const act = {
      ArrowRight: event.shiftKey ? move(quarter * forward) : by(forward),
      ArrowLeft: event.shiftKey ? move(-quarter * forward) : by(-forward),
      ArrowUp: by(1),
      ArrowDown: by(-1),
      PageUp: at(now.from + DAY),
      PageDown: at(now.from - DAY),
      Home: at(window.from),
      End: at(window.to - 1),
      '+': () => this.#zoom(ZOOM_STEP, center),
      '=': () => this.#zoom(ZOOM_STEP, center),
      '-': () => this.#zoom(1 / ZOOM_STEP, center),
      '0': () => this.#show(this.#extent as TimeWindow),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  /** Reads an interval, and moves what is shown if it lies outside. */
  #readAndShow(index: number): void {
    const point = pointAt(this.columns, index);
    const window = this.#shown();
    if (!point || !window || !this.#extent) return;
    this.#read(point);
    const before = point.from - window.from;
    const after = point.to - window.to;
    if (before < 0) this.#show(pan(window, before, this.#extent));
    else if (after > 0) this.#show(pan(window, after, this.#extent));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-load-curve': OyaLoadCurve;
  }
  interface GlobalEventHandlersEventMap {
    'oya-window-change': OyaWindowChangeEvent;
  }
}
