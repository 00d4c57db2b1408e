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

  /** Milliseconds to parse the text of an answer, and to read it by the contract. */
  read(text: string): { parse: number; contract: number } {
    const start = performance.now();
    const answer: unknown = JSON.parse(text);
    const parsed = performance.now();
    parseOutput(getConsumption, answer);
    return { parse: parsed - start, contract: performance.now() - parsed };
  },
};

async function frames(): Promise<void> {
  for (let frame = 0; frame < FRAMES; frame++) await new Promise(requestAnimationFrame);
}

Object.assign(globalThis, { wayPage: page });
export type WayPage = typeof page;
