/**
 * The load curve beside uPlot, Chart.js, ECharts, a plain d3 SVG line, and two floors (a bare canvas and a bare SVG
 * path, which read no data and have no words), in one Chromium, in interleaved rounds.
 *
 * - CPU is the time that the page's main thread ran (`ThreadTime` of the DevTools protocol), which a busy machine does
 *   not stretch as it does the clock, less what as many frames of the same page cost with nothing to draw, in the same way
 *   asked. Each measurement has a page of its own, so nothing is warm from the contender before.
 * - Creation runs from data in memory to the picture with its words painted; `Intl` is warm for everyone. The first one in
 *   a page, in which the engine meets the code for the first time, is told beside the mean of those after it.
 * - Zoom and pan are 60 frames, after 16 that warm up.
 * - Memory is what the page holds more after garbage collection: data, library, backing stores of typed arrays.
 * - The longest task is that of the main thread in a trace over creation, idle work and zoom, in thread time where the trace has it.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { launchOptions } from '../../packages/tools/src/browser.ts';
import type { BenchPage } from './curve-page.ts';
import { median, table, type MeasuredPromise } from './promise.ts';

declare const benchPage: BenchPage;

const CONTENDERS = { oya: 'OYA', uplot: 'uPlot', chartjs: 'Chart.js', echarts: 'ECharts', d3: 'd3 SVG', canvas: 'bare canvas', svg: 'bare SVG' } as const;
type Name = keyof typeof CONTENDERS;
const NAMES = Object.keys(CONTENDERS) as Name[];

const YEAR = { points: 17_520, stepMinutes: 30, of: 'one year of half-hours' };
const TEN_YEARS = { points: 175_200, stepMinutes: 30, of: 'ten years of half-hours' };
const TEN_FINE_YEARS = { points: 1_752_000, stepMinutes: 3, of: 'ten years of three minutes' };
const SIZES = [YEAR, TEN_YEARS, TEN_FINE_YEARS] as const;
type Size = (typeof SIZES)[number];

const ROUNDS = 5;
const WARM_UP_FRAMES = 16;
const FRAMES = 60;
const CREATIONS = 8;
/** In ms of CPU. */
const SLOW_CREATION = 500;
/** A contender that takes longer for one measurement is left out of the following rounds. */
const PATIENCE = 60_000;
/** Longest that frames are counted for. */
const ZOOM_TIME = 8000;

/** CPU in ms, memory in MB. */
interface Measurement {
  readonly first: number;
  readonly creation: number;
  readonly frame: number;
  readonly memory: number;
}

const OUT = new URL('../../dist/bench/', import.meta.url);

export async function bench(): Promise<readonly MeasuredPromise[]> {
  const site = await servePage();
  const browser = await chromium.launch(launchOptions());
  try {
    const { medians, notes } = await measureRounds(browser, site.url);
    const longest = new Map<Size, number>();
    for (const size of [TEN_YEARS, TEN_FINE_YEARS]) longest.set(size, await longestTask(browser, site.url, 'oya', size));
    const promises = promisesOf(medians, longest);
    await report(medians, longest, notes, browser.version());
    return promises;
  } finally {
    await browser.close();
    await site.close();
  }
}

type Medians = ReadonlyMap<Size, ReadonlyMap<Name, Measurement>>;

async function measureRounds(browser: Browser, url: string): Promise<{ medians: Medians; notes: string[] }> {
  const measured = new Map(SIZES.map((size) => [size, new Map<Name, Measurement[]>(NAMES.map((name) => [name, []]))]));
  const notes: string[] = [];
  const leftOut = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const size of SIZES) {
      for (const name of NAMES) {
        const key = `${CONTENDERS[name]} at ${grouped(size.points)} points`;
        if (leftOut.has(key)) continue;
        const start = performance.now();
        measured.get(size)?.get(name)?.push(await measure(browser, url, name, size));
        const took = performance.now() - start;
        if (took > PATIENCE) {
          leftOut.add(key);
          notes.push(`${key} took ${Math.round(took / 1000)} s, so it was measured once.`);
        }
      }
    }
    process.stderr.write(`load curve: round ${round + 1} of ${ROUNDS}\n`);
  }
  const medians = new Map(
    SIZES.map((size) => [
      size,
      new Map(
        NAMES.map((name): [Name, Measurement] => {
          const runs = measured.get(size)?.get(name) ?? [];
          const of = (key: keyof Measurement) => median(runs.map((run) => run[key]));
          return [name, { first: of('first'), creation: of('creation'), frame: of('frame'), memory: of('memory') }];
        }),
      ),
    ]),
  );
  return { medians, notes };
}

async function measure(browser: Browser, url: string, name: Name, size: Size): Promise<Measurement> {
  return onPage(browser, url, async (page, devtools) => {
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const before = await memoryHeld(devtools);
    await page.evaluate(([contender, points, step]) => benchPage.prepare(contender, points, step), [name, size.points, size.stepMinutes] as const);
    const [restOfOne] = await cpu(devtools, () => page.evaluate(() => benchPage.rest(1)));
    const [first] = await cpu(devtools, () => page.evaluate(() => benchPage.create(1)));
    await page.evaluate(() => benchPage.settle());
    const memory = ((await memoryHeld(devtools)) - before) / 1e6;

    await page.evaluate(([frames, time]) => benchPage.zoom(frames, time), [WARM_UP_FRAMES, ZOOM_TIME / 2] as const);
    const [zooming, frames] = await cpu(devtools, () => page.evaluate(([count, time]) => benchPage.zoom(count, time), [FRAMES, ZOOM_TIME] as const));
    const [restOfZoom] = await cpu(devtools, () => page.evaluate((count) => benchPage.frames(count), frames));

    // A contender that is slow to create is measured once more, not eight times.
    const times = first > SLOW_CREATION ? 1 : CREATIONS;
    await page.evaluate(() => benchPage.destroy());
    await page.evaluate((count) => benchPage.create(count), Math.min(2, times));
    await page.evaluate(() => benchPage.destroy());
    const [creating] = await cpu(devtools, () => page.evaluate((count) => benchPage.create(count), times));
    const [restOfCreation] = await cpu(devtools, () => page.evaluate((count) => benchPage.rest(count), times));
    return { first: first - restOfOne, creation: (creating - restOfCreation) / times, frame: (zooming - restOfZoom) / frames, memory };
  });
}

/** Main-thread CPU, in ms, that something takes. */
async function cpu<T>(devtools: CDPSession, run: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
  const before = await threadTime(devtools);
  const result = await run();
  return [(await threadTime(devtools)) - before, result];
}

async function threadTime(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const time = metrics.find(({ name }) => name === 'ThreadTime')?.value;
  if (time === undefined) throw new Error('This Chromium does not tell ThreadTime. Use version 120 or later.');
  return time * 1000;
}

async function memoryHeld(devtools: CDPSession): Promise<number> {
  // Twice: the first collection lets go of what the second can take.
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The longest task of the main thread, in ms, from creation over idle work to zoom. */
async function longestTask(browser: Browser, url: string, name: Name, size: Size): Promise<number> {
  return onPage(browser, url, async (page) => {
    await page.evaluate(([contender, points, step]) => benchPage.prepare(contender, points, step), [name, size.points, size.stepMinutes] as const);
    await browser.startTracing(page, { categories: ['-*', 'toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
    await page.evaluate(() => benchPage.create(1));
    await page.evaluate(() => benchPage.settle());
    await page.evaluate((frames) => benchPage.zoom(frames, 60_000), FRAMES);
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const mainThreads = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`));
    const tasks = traceEvents.filter(({ name, ph, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && mainThreads.has(`${pid}/${tid}`));
    if (tasks.length === 0) throw new Error('The trace holds no task of the main thread: its events have other names in this Chromium.');
    return tasks.reduce((longest, { dur = 0, tdur = dur }) => Math.max(longest, tdur), 0) / 1000;
  });
}

async function onPage<T>(browser: Browser, url: string, use: (page: Page, devtools: CDPSession) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 600 }, deviceScaleFactor: 1 });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    await page.goto(url);
    return await use(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

async function servePage(): Promise<{ url: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'oya-bench-'));
  await build({
    entryPoints: [new URL('curve-page.ts', import.meta.url).pathname],
    outfile: join(folder, 'page.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfig: new URL('../../tsconfig.json', import.meta.url).pathname,
    logLevel: 'error',
  });
  const script = await readFile(join(folder, 'page.js'));
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? script : '<!doctype html><html lang="fr"><title>bench</title><body><main></main><script src="page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}

function promisesOf(medians: Medians, longest: ReadonlyMap<Size, number>): MeasuredPromise[] {
  const value = (size: Size, name: Name, key: keyof Measurement) => medians.get(size)?.get(name)?.[key] ?? Number.NaN;
  const ratio = (size: Size, key: keyof Measurement) => value(size, 'oya', key) / value(size, 'uplot', key);
  const against = (what: string, size: Size, key: keyof Measurement, limit: number): MeasuredPromise => ({
    what: `load curve, ${what} ÷ uPlot, ${grouped(size.points)} points`,
    measured: ratio(size, key),
    limit,
    unit: '×',
  });
  const flat = (size: Size): MeasuredPromise => ({
    what: `load curve, a zoom frame of ${size.of} ÷ one year`,
    measured: value(size, 'oya', 'frame') / value(YEAR, 'oya', 'frame'),
    limit: 1.15,
    unit: '×',
  });
  return [
    against('creation', YEAR, 'creation', 0.6),
    against('creation', TEN_YEARS, 'creation', 0.5),
    against('creation', TEN_FINE_YEARS, 'creation', 0.9),
    against('zoom frame', YEAR, 'frame', 0.6),
    against('zoom frame', TEN_YEARS, 'frame', 0.4),
    against('zoom frame', TEN_FINE_YEARS, 'frame', 0.2),
    flat(TEN_YEARS),
    flat(TEN_FINE_YEARS),
    against('memory', TEN_YEARS, 'memory', 0.6),
    against('memory', TEN_FINE_YEARS, 'memory', 0.6),
    ...[...longest].map(([size, measured]) => ({ what: `load curve, longest task, ${size.of}`, measured, limit: 50, unit: 'ms' })),
  ];
}

async function report(medians: Medians, longest: ReadonlyMap<Size, number>, notes: readonly string[], chromiumVersion: string): Promise<void> {
  const kinds: [keyof Measurement, string][] = [
    ['first', 'first creation in a page, ms of CPU (÷ uPlot)'],
    ['creation', 'creation, ms of CPU (÷ uPlot)'],
    ['frame', 'zoom or pan, ms of CPU per frame (÷ uPlot)'],
    ['memory', 'memory, MB with data (÷ uPlot)'],
  ];
  const tables = kinds.map(([key, title]) => {
    const rows = NAMES.map((name) => [
      CONTENDERS[name],
      ...SIZES.map((size) => {
        const own = medians.get(size)?.get(name)?.[key] ?? Number.NaN;
        return `${own.toFixed(2)} (${(own / (medians.get(size)?.get('uplot')?.[key] ?? Number.NaN)).toFixed(2)})`;
      }),
    ]);
    return table([[title, ...SIZES.map(({ points }) => grouped(points))], ...rows]);
  });
  const tasks = table([['longest task of OYA, ms', 'measured'], ...[...longest].map(([{ of }, milliseconds]) => [of, milliseconds.toFixed(1)])]);
  const text = [`Load curve, medians of ${ROUNDS} rounds, Chromium ${chromiumVersion}`, ...tables, tasks, ...notes].join('\n\n');
  console.log(`\n${text}`);
  await mkdir(OUT, { recursive: true });
  await writeFile(new URL('curve.md', OUT), `${text}\n`);
  const data = {
    chromium: chromiumVersion,
    rounds: ROUNDS,
    sizes: SIZES.map((size) => ({
      ...size,
      longestTask: longest.get(size),
      contenders: Object.fromEntries(medians.get(size) ?? []),
    })),
    notes,
  };
  await writeFile(new URL('curve.json', OUT), `${JSON.stringify(data, null, 2)}\n`);
}

/** `1752000` → `1 752 000`. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}
