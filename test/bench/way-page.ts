/** Runs in the browser: the way of a load curve from the API to the picture, driven by `way.ts`. */
import { restAdapter } from '@oya/adapters/rest';
import { getConsumption, parseOutput, type CurveSegment, type Period } from '@oya/contract';
import { curveFormat } from './curve-contenders/oya.ts';

/** Until a picture with its words is painted. */
const FRAMES = 4;

export interface WayQuestion {
  /** Below which the operations' paths lie. */
  base: string;
  meterId: string;
  /** One request each: an API answers three years at most at once. */
  periods: Period[];
}

let held: unknown;

const page = {
  /** Fetches the answers and parses them, and shows as many frames: what no page can do without. */
  async bare({ base, meterId, periods }: WayQuestion): Promise<number> {
    const start = performance.now();
    for (const { from, to } of periods) await (await fetch(`${base}/meters/${meterId}/consumption?resolution=half-hour&from=${from}&to=${to}`)).json();
    await frames();
    return performance.now() - start;
  },

  /** Asks the adapter, gives the answers to the element, and waits for its picture. */
  async whole({ base, meterId, periods }: WayQuestion): Promise<number> {
    const start = performance.now();
    const adapter = restAdapter({ baseUrl: location.origin + base });
    const segments: CurveSegment[] = [];
    for (const period of periods) {
      const { series } = await adapter.perform(getConsumption, { meterId, resolution: 'half-hour', ...period });
      if (series.kind === 'curve') segments.push(...series.segments);
    }
    const chart = document.createElement('oya-load-curve');
    chart.label = 'Puissance';
    chart.format = curveFormat;
    chart.curve = { kind: 'curve', unit: 'W', segments };
    document.querySelector('main')?.append(chart);
    await frames();
    return performance.now() - start;
  },

  /** Reads a short answer first, as any page has before it asks for a year: only the columns are new to the engine then. */
  hold(text: string, earlier: string): void {
    parseOutput(getConsumption, JSON.parse(earlier));
    held = text;
  },
  parse(): void {
    held = JSON.parse(held as string);
  },
  readByContract(): void {
    parseOutput(getConsumption, held);
  },
  /** What being asked costs by itself. */
  rest(): void {},
};

async function frames(): Promise<void> {
  for (let frame = 0; frame < FRAMES; frame++) await new Promise(requestAnimationFrame);
}

Object.assign(globalThis, { wayPage: page });
export type WayPage = typeof page;
