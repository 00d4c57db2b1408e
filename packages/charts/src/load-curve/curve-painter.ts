import { bandsInWindow } from '../geometry/bands.ts';
import { MISSING, stepOf, type CurveColumns, type TimeWindow } from '../geometry/columns.ts';
import { countInWindow, decimate, indexRange, pixelColumns, rangeOf } from '../geometry/decimate.ts';
import { columnPeaks, intervalPeaks, peaksOver } from '../geometry/peaks.ts';
import type { Extremes, Pyramid } from '../geometry/pyramid.ts';
import type { QualityRuns } from '../geometry/quality-runs.ts';
import type { TimeTick } from '../geometry/time-axis.ts';
import { isNear, valueAxis, valueToY, type ValueAxis } from '../geometry/value-axis.ts';
import { timeToX } from '../geometry/window.ts';
import type { Tone } from '../tones/tones.ts';
import type { ExtraColors, Surroundings } from './surroundings.ts';

/** A stretch of time with a background: off-peak hours, a day of Tempo. Bands are in ascending order. */
export interface CurveBand extends TimeWindow {
  readonly tone: Tone;
  /** Written into the band where it fits: `Heures creuses`. */
  readonly label: string;
}

/** What the curve ought to stay below: the subscribed power. */
export interface CurveLimit {
  readonly watts: number;
  /** `Puissance souscrite : 6 kVA` */
  readonly label: string;
}

/** Room in the picture around the plot, in CSS pixels: labels above the top line, below the axis, and before the curve. */
export const HEAD = 24;
export const FOOT = 26;
export const GUTTER = 34;

/** What a picture shows. */
export interface Scene {
  readonly curve: readonly CurveColumns[];
  readonly window: TimeWindow;
  readonly pyramids: ReadonlyMap<CurveColumns, Pyramid>;
  /** `null` until it is read: marks of quality come after the curve. */
  readonly qualities: QualityRuns | null;
  readonly surroundings: Surroundings;
  readonly extras: Extras | undefined;
}

/** What only some curves have beside their values. */
export interface Extras {
  readonly limit: CurveLimit | undefined;
  readonly bands: readonly CurveBand[];
  readonly colors: ExtraColors;
}

/** Size of the canvas: CSS pixels, and device pixels per CSS pixel. */
export interface Size {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** The words of the axes. */
export interface AxisLabels {
  readonly ticks: readonly TimeTick[];
  tick(tick: TimeTick): string;
  /** A value on the axis; with its unit where `top`. */
  value(value: number, top: boolean): string;
}

const LINE = 1.5;
/** From this many pixels per interval, each shows as a step of its own over an area. */
const NARROWEST_STEP = 4;
const LABEL_GAP = 10;
/** Of a band behind the curve. */
const BAND_STRENGTH = 0.16;
/** Of its word, below the top of the plot, where a curve seldom is. */
const BAND_WORD = 15;
/** Least distance of two marks over the limit, in pixels. */
const MARK_ROOM = 12;
/** Widths of labels kept before they are measured anew. */
const MOST_WIDTHS = 2000;

/** Draws a load curve on a canvas. Holds no data: the same scene gives the same picture. */
export class CurvePainter {
  readonly #context: CanvasRenderingContext2D;
  #size: Size = { width: 0, height: 0, ratio: 1 };
  #columns: Extremes = pixelColumns(0);
  #hatch: { readonly color: string; readonly ratio: number; readonly pattern: CanvasPattern | null } | undefined;
  /** Setting it is slow, and a canvas keeps it until its size changes. */
  #font = '';
  readonly #widths = new Map<string, number>();
  /** Of the last picture, where it is near the curve. */
  #limit: CurveLimit | undefined;
  #isExceeded = false;
  #isSparse = false;
  /** Of the last picture. */
  axis: ValueAxis = valueAxis(0, 0);

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser gives no 2D canvas, so the load curve cannot be drawn. Show its table instead.');
    this.#context = context;
  }

  /** Before, there is nothing to paint on. */
  get isSized(): boolean {
    return this.#size.width > 0 && this.#size.height > 0;
  }

  get size(): Size {
    return this.#size;
  }

  get plotWidth(): number {
    return Math.max(1, this.#size.width - GUTTER);
  }

  get plotHeight(): number {
    return Math.max(1, this.#size.height - HEAD - FOOT);
  }

  resize(size: Size): void {
    const { canvas } = this.#context;
    this.#size = size;
    this.#font = '';
    canvas.width = Math.round(size.width * size.ratio);
    canvas.height = Math.round(size.height * size.ratio);
    // Two columns per CSS pixel are as fine as an eye sees; a third would only cost.
    this.#columns = pixelColumns(Math.round(this.plotWidth * Math.min(2, Math.max(1, size.ratio))));
  }

  /** Everything but words, because the first word costs more than the whole curve. */
  paint(scene: Scene): void {
    const context = this.#context;
    const { width, height, ratio } = this.#size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!this.isSized) return;

    const isSparse = (this.#isSparse = countInWindow(scene.curve, scene.window) * NARROWEST_STEP <= this.plotWidth);
    decimate(scene.curve, scene.window, this.#columns, scene.pyramids);
    const range = rangeOf(this.#columns);
    const limit = scene.extras?.limit;
    this.#limit = limit && isNear(limit.watts, range.max) ? limit : undefined;
    this.axis = range.max === MISSING ? valueAxis(0, 0) : valueAxis(range.min, Math.max(range.max, this.#limit?.watts ?? 0));

    if (scene.extras) this.#bands(scene, scene.extras);
    this.#grid(scene.surroundings);
    // From here on x begins at the plot and runs in reading direction, y at its top.
    if (scene.surroundings.rtl) context.setTransform(-ratio, 0, 0, ratio, (width - GUTTER) * ratio, HEAD * ratio);
    else context.setTransform(ratio, 0, 0, ratio, GUTTER * ratio, HEAD * ratio);
    if (scene.qualities) this.#markQualities(scene, scene.qualities);
    if (isSparse) this.#paintSteps(scene);
    else this.#paintColumns(scene);
    if (scene.extras && this.#limit) this.#paintLimit(scene, scene.extras.colors, this.#limit.watts);
  }

  /** The words of the picture that `paint` drew last. */
  paintLabels(labels: AxisLabels, { window, surroundings, extras }: Pick<Scene, 'window' | 'surroundings' | 'extras'>): void {
    const context = this.#context;
    const { width, height, ratio } = this.#size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { rtl } = surroundings;
    if (this.#font !== surroundings.font) {
      context.font = this.#font = surroundings.font;
      this.#widths.clear();
    }
    context.direction = rtl ? 'rtl' : 'ltr';
    context.fillStyle = surroundings.label;
    context.strokeStyle = surroundings.axis;
    context.lineWidth = 1;
    context.textAlign = rtl ? 'right' : 'left';
    const top = this.axis.ticks.at(-1);
    for (const value of this.axis.ticks) {
      if (value !== 0) context.fillText(labels.value(value, value === top), rtl ? width : 0, this.#lineY(value) - 5);
    }
    const foot = HEAD + this.plotHeight;
    let free = -Infinity;
    context.textAlign = 'center';
    context.beginPath();
    for (const tick of labels.ticks) {
      const text = labels.tick(tick);
      const half = this.#widthOf(text) / 2;
      const along = GUTTER + timeToX(tick.instant, window, this.plotWidth);
      const place = Math.min(along, width - half);
      if (place - half < free) continue;
      free = place + half + LABEL_GAP;
      const mark = Math.min(width - 0.5, Math.round(rtl ? width - along : along) + 0.5);
      context.moveTo(mark, foot);
      context.lineTo(mark, foot + 5);
      context.fillText(text, rtl ? width - place : place, height - 6);
    }
    context.stroke();
    if (extras) this.#extraLabels(extras, window, surroundings);
  }

  /** The word of each band that is wide enough for it, and that of the limit, on a ground of their own. */
  #extraLabels({ bands, colors }: Extras, window: TimeWindow, { rtl, label }: Surroundings): void {
    const context = this.#context;
    const { width } = this.#size;
    const write = (text: string, along: number, y: number): void => {
      const x = rtl ? width - along : along;
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    };
    context.strokeStyle = colors.ground;
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.fillStyle = label;
    for (const band of bandsInWindow(bands, window, this.plotWidth)) {
      const [from, to] = this.#span(band, window);
      if (this.#widthOf(band.label) + LABEL_GAP <= to - from) write(band.label, GUTTER + (from + to) / 2, HEAD + BAND_WORD);
    }
    if (!this.#limit) return;
    const room = this.#widthOf(this.#limit.label) + 4;
    // Above the line, unless that is where what exceeds it is to be seen.
    const y = this.#lineY(this.#limit.watts) + (this.#isExceeded ? 19 : 0);
    if (!this.#isSparse) {
      context.fillStyle = colors.ground;
      context.globalAlpha = 0.85;
      context.fillRect(rtl ? 0 : width - room, y - 18, room, 18);
      context.globalAlpha = 1;
    }
    context.fillStyle = colors.limit;
    context.textAlign = rtl ? 'left' : 'right';
    write(this.#limit.label, width - 2, y - 5);
  }

  /** Where a stretch of time begins and ends in the plot, in reading direction. */
  #span({ from, to }: TimeWindow, window: TimeWindow): [from: number, to: number] {
    return [Math.max(0, timeToX(from, window, this.plotWidth)), Math.min(this.plotWidth, timeToX(to, window, this.plotWidth))];
  }

  #widthOf(text: string): number {
    let width = this.#widths.get(text);
    if (width === undefined) {
      if (this.#widths.size > MOST_WIDTHS) this.#widths.clear();
      this.#widths.set(text, (width = this.#context.measureText(text).width));
    }
    return width;
  }

  #grid({ axis, grid }: Surroundings): void {
    const context = this.#context;
    const { width } = this.#size;
    const lines = this.axis.ticks.length > 0 ? this.axis.ticks : [0];
    for (const value of lines) {
      context.fillStyle = value === 0 ? axis : grid;
      context.fillRect(0, this.#lineY(value), width, 1);
    }
  }

  /** A quiet background, and a line of full strength under the axis where the eye looks for the time. */
  #bands({ window, surroundings }: Scene, { bands, colors }: Extras): void {
    const context = this.#context;
    const foot = HEAD + this.plotHeight;
    for (const band of bandsInWindow(bands, window, this.plotWidth)) {
      const color = colors.tones.get(band.tone);
      if (!color) continue;
      const [from, to] = this.#span(band, window);
      const x = surroundings.rtl ? this.#size.width - GUTTER - to : GUTTER + from;
      context.fillStyle = color.fill;
      context.globalAlpha = BAND_STRENGTH;
      context.fillRect(x, HEAD, to - from, this.plotHeight);
      context.globalAlpha = 1;
      context.fillRect(x, foot + 1, to - from, 4);
      context.fillStyle = color.edge;
      context.fillRect(x, foot + 4, to - from, 1);
    }
  }

  /** The limit as a dashed line, and a triangle over each place where the curve exceeds it. */
  #paintLimit({ curve, window }: Scene, { limit: color, ground }: ExtraColors, watts: number): void {
    const context = this.#context;
    const { plotWidth, plotHeight, axis } = this;
    const y = Math.round(valueToY(watts, axis, plotHeight)) + 0.5;
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.setLineDash([6, 4]);
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(plotWidth, y);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    const peaks = peaksOver(watts, this.#isSparse ? intervalPeaks(curve, window, plotWidth) : columnPeaks(this.#columns, plotWidth), MARK_ROOM);
    this.#isExceeded = peaks.length > 0;
    for (const { x, watts: peak } of peaks) {
      const top = valueToY(peak, axis, plotHeight) - 4;
      context.moveTo(x, top - 8);
      context.lineTo(x + 4.5, top);
      context.lineTo(x - 4.5, top);
      context.closePath();
    }
    context.strokeStyle = ground;
    context.lineWidth = 2;
    context.stroke();
    context.fillStyle = color;
    context.fill();
  }

  #lineY(value: number): number {
    return HEAD + Math.round(valueToY(value, this.axis, this.plotHeight));
  }

  /** One vertical stroke per pixel column, long enough to touch its neighbour; one path, one stroke. */
  #paintColumns({ surroundings }: Scene): void {
    const context = this.#context;
    const { min, max } = this.#columns;
    const { plotWidth, plotHeight, axis } = this;
    const columnWidth = plotWidth / min.length;
    const scale = plotHeight / (axis.max - axis.min);
    let lowBefore = Number.NaN;
    let highBefore = Number.NaN;
    context.beginPath();
    for (let pixel = 0; pixel < min.length; pixel++) {
      const highest = max[pixel] as number;
      if (highest === MISSING) {
        lowBefore = highBefore = Number.NaN;
        continue;
      }
      const high = (axis.max - highest) * scale;
      const low = (axis.max - (min[pixel] as number)) * scale;
      // Comparisons with NaN are false: after a gap nothing is joined.
      const from = high > lowBefore ? lowBefore : high;
      const to = low < highBefore ? highBefore : low;
      const x = (pixel + 0.5) * columnWidth;
      // Ends on whole pixels, which need no smoothing, are a fifth cheaper to fill.
      context.moveTo(x, Math.floor(from) - 1);
      context.lineTo(x, Math.floor(to) + 1);
      lowBefore = low;
      highBefore = high;
    }
    context.strokeStyle = surroundings.line;
    context.lineWidth = columnWidth;
    context.stroke();
  }

  /** Each interval as a level of its own length, over a soft area; what is not measured is dashed. */
  #paintSteps({ curve, window, surroundings }: Scene): void {
    const context = this.#context;
    const { plotWidth, plotHeight, axis } = this;
    const zero = valueToY(0, axis, plotHeight);
    const area = new Path2D();
    const measured = new Path2D();
    const uncertain = new Path2D();
    for (const columns of curve) {
      const [first, end] = indexRange(columns, window);
      const step = stepOf(columns);
      let pathBefore: Path2D | undefined;
      let yBefore = 0;
      for (let index = first; index < end; index++) {
        const value = columns.values[index] as number;
        if (value === MISSING) {
          pathBefore = undefined;
          continue;
        }
        const start = columns.start + index * step;
        const from = Math.max(0, timeToX(start, window, plotWidth));
        const to = Math.min(plotWidth, timeToX(start + step, window, plotWidth));
        const y = valueToY(value, axis, plotHeight);
        const letter = columns.quality[index];
        const path = letter === 'e' || letter === 'p' ? uncertain : measured;
        if (path !== pathBefore) path.moveTo(from, pathBefore ? yBefore : y);
        path.lineTo(from, y);
        path.lineTo(to, y);
        area.rect(from, Math.min(y, zero), to - from, Math.abs(zero - y));
        pathBefore = path;
        yBefore = y;
      }
    }
    context.fillStyle = surroundings.area;
    context.fill(area);
    context.strokeStyle = surroundings.line;
    context.lineWidth = LINE + 0.25;
    context.lineJoin = 'round';
    context.stroke(measured);
    context.setLineDash([4, 3]);
    context.stroke(uncertain);
    context.setLineDash([]);
  }

  #markQualities({ window, surroundings }: Scene, qualities: QualityRuns): void {
    const context = this.#context;
    const { plotWidth, plotHeight } = this;
    const zero = valueToY(0, this.axis, plotHeight);
    for (const run of qualities.inWindow(window, (window.to - window.from) / plotWidth)) {
      const from = Math.max(0, timeToX(run.from, window, plotWidth));
      const to = Math.min(plotWidth, timeToX(run.to, window, plotWidth));
      if (run.quality === 'm') {
        context.fillStyle = surroundings.gap;
        // Wide enough to be seen, even if the gap is narrower than a pixel.
        const width = Math.max(3, to - from);
        context.fillRect(Math.min(from, plotWidth - width), zero - 3, width, 3);
      } else {
        context.fillStyle = this.#hatchPattern(surroundings.hatch) ?? surroundings.hatch;
        context.fillRect(from, 0, Math.max(1, to - from), zero);
      }
    }
  }

  #hatchPattern(color: string): CanvasPattern | null {
    const { ratio } = this.#size;
    if (this.#hatch?.color === color && this.#hatch.ratio === ratio) return this.#hatch.pattern;
    const side = Math.max(4, Math.round(6 * ratio));
    const tile = new OffscreenCanvas(side, side);
    const context = tile.getContext('2d');
    if (!context) return null;
    context.strokeStyle = color;
    context.lineWidth = ratio;
    context.beginPath();
    // Thrice the same diagonal, so that it meets itself at the borders of the tile.
    for (const shift of [-side, 0, side]) {
      context.moveTo(shift - 1, side + 1);
      context.lineTo(shift + side + 1, -1);
    }
    context.stroke();
    const pattern = this.#context.createPattern(tile, 'repeat');
    pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
    this.#hatch = { color, ratio, pattern };
    return pattern;
  }
}
