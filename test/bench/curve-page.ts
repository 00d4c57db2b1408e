/** Runs in the browser: one contender, one number of points, driven by `curve.ts`. */
import { BareCanvas } from './curve-contenders/bare-canvas.ts';
import { BareSvg } from './curve-contenders/bare-svg.ts';
import { ChartJs } from './curve-contenders/chartjs.ts';
import type { Contender, Source, Span } from './curve-contenders/contender.ts';
import { D3Svg } from './curve-contenders/d3-svg.ts';
import { ECharts } from './curve-contenders/echarts.ts';
import { Oya } from './curve-contenders/oya.ts';
import { UPlot } from './curve-contenders/uplot.ts';

const CONTENDERS: Readonly<Record<string, new () => Contender>> = { oya: Oya, uplot: UPlot, chartjs: ChartJs, echarts: ECharts, d3: D3Svg, canvas: BareCanvas, svg: BareSvg };

/** How far the zoom goes, and where it aims. */
const CLOSEST = 0.02;
const AIM = 0.37;
/** Until a picture with its words is painted. */
const CREATION_FRAMES = 4;

let contender: Contender;
let extent: Span;

const page = {
  prepare(name: string, points: number, stepMinutes: number): void {
    const make = CONTENDERS[name];
    if (!make) throw new Error(`There is no contender “${name}”.`);
    // What any page with figures has done before: the first formatter of a page costs some 55 ms, whoever asks for it.
    new Intl.DateTimeFormat('fr', { timeZone: 'Europe/Paris', month: 'short' }).format(0);
    new Intl.NumberFormat('fr').format(0.5);
    const source = household(points, stepMinutes);
    extent = { from: source.from, to: source.to };
    contender = new make();
    contender.prepare(source);
  },

  /** Draws the picture a number of times, each time anew; the last one stays. Some draw their words a frame later, hence the frames. */
  async create(times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      if (time > 0) contender.destroy();
      contender.create(document.querySelector('main') as HTMLElement);
      for (let frame = 0; frame < CREATION_FRAMES; frame++) await nextFrame();
    }
  },

  destroy(): void {
    contender.destroy();
  },

  /** As many frames as `create` takes, with nothing to draw: what they cost by themselves. */
  async rest(creations: number): Promise<void> {
    await page.frames(creations * CREATION_FRAMES);
  },

  async frames(count: number): Promise<void> {
    for (let frame = 0; frame < count; frame++) await nextFrame();
  },

  /**
   * Zooms in over half of the frames, and moves over the other half.
   * @returns how many frames were shown within the time that was given
   */
  async zoom(frames: number, milliseconds: number): Promise<number> {
    const end = performance.now() + milliseconds;
    for (let frame = 0; frame < frames; frame++) {
      contender.show(spanAt(frame, frames));
      await nextFrame();
      if (performance.now() > end) return frame + 1;
    }
    return frames;
  },

  /** Until idle work (a pyramid) is done. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await new Promise((resolve) => requestIdleCallback(resolve));
  },
};

function spanAt(frame: number, frames: number): Span {
  const half = frames / 2;
  const length = extent.to - extent.from;
  const share = frame < half ? CLOSEST ** (frame / half) : CLOSEST ** 0.5;
  const moved = frame < half ? 0 : ((frame - half) / half) * 0.3;
  const from = extent.from + Math.min(1 - share, AIM * (1 - share) + moved) * length;
  return { from, to: from + share * length };
}

/** A household: two peaks a day, more in winter, with noise that repeats itself in every run. */
function household(points: number, stepMinutes: number): Source {
  const from = Date.UTC(2015, 11, 31, 23);
  const watts = new Int32Array(points);
  let seed = 42;
  for (let index = 0; index < points; index++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const hour = ((index * stepMinutes) / 60) % 24;
    const day = (index * stepMinutes) / 1440;
    const awake = Math.exp(-((hour - 7.5) ** 2) / 2) * 1500 + Math.exp(-((hour - 19.5) ** 2) / 4) * 2500;
    const season = 1 + 0.5 * Math.cos((day / 365.25) * 2 * Math.PI);
    watts[index] = Math.round((250 + awake) * season * (0.5 + seed / 2 ** 32));
  }
  return { from, to: from + points * stepMinutes * 60_000, stepMinutes, watts };
}

function nextFrame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}

export type BenchPage = typeof page;
Object.assign(globalThis, { benchPage: page });
