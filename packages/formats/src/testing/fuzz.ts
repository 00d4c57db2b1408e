/**
 * Readers on files that went wrong. Whatever the file, a reader gives a result that keeps the contract or a `FormatError`
 * that says what to do; no other exception, no hang, no value that does not stand in the file.
 */
import { EnergySeries, LoadCurve } from '@oya/contract';
import fc from 'fast-check';
import { Worker } from 'node:worker_threads';
import { FormatError } from '../errors.ts';
import { read, type Document, type FormatName } from '../formats.ts';
import type { Content } from '../reader.ts';
import { decode } from '../text.ts';
import { timeZone } from './arbitraries.ts';
import { FUZZED, type Fuzzed } from './fuzz-formats.ts';
import { mutations } from './mutations.ts';

export interface FuzzOptions {
  runs: number;
  /** Each run has its own seed, from this one up: the one that failed, alone, fails again. */
  seed: number;
  /** How long one file may take. */
  limitMs: number;
}

export interface FuzzReport {
  /** Files that gave a result in spite of all. */
  accepted: number;
  refused: number;
  failure?: { seed: number; what: string };
}

/** Runs in a thread of its own, so that a reader that hangs is found and ended. */
export async function fuzz(format: FormatName, { runs, seed, limitMs }: FuzzOptions): Promise<FuzzReport> {
  const current = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), { workerData: { format, runs, seed, current } });
  let watch: NodeJS.Timeout | undefined;
  try {
    return await new Promise<FuzzReport>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      let [last, since] = [-1, performance.now()];
      watch = setInterval(() => {
        const at = Atomics.load(current, 0);
        if (at !== last) [last, since] = [at, performance.now()];
        else if (performance.now() - since > limitMs) resolve({ accepted: 0, refused: 0, failure: { seed: seed + at, what: `no answer after ${limitMs} ms` } });
      }, 100);
    });
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

/** The file of one seed, and what of it is text. */
export function fuzzedFile(format: FormatName, seed: number): { bytes: Uint8Array; inside: Uint8Array } {
  const { files, wrap } = FUZZED[format];
  const [[file, mutate]] = fc.sample(fc.tuple(files, mutations), { seed, numRuns: 1 }) as [[Uint8Array, (bytes: Uint8Array) => Uint8Array]];
  const inside = mutate(file);
  return { bytes: wrap ? wrap(inside) : inside, inside };
}

/** What is wrong with how one file is read; whether it was accepted when nothing is. */
export async function judge(format: FormatName, seed: number): Promise<string | boolean> {
  const { bytes, inside } = fuzzedFile(format, seed);
  let document: Document;
  try {
    document = await read(bytes, { timeZone });
  } catch (error) {
    if (!(error instanceof FormatError)) return error instanceof Error ? (error.stack ?? String(error)) : String(error);
    return error.reason.length > 10 && error.advice.length > 10 ? false : `“${error.message}” does not say what to do`;
  }
  return wrongIn(document, numbersOf(decode(inside), FUZZED[format])) ?? true;
}

function wrongIn({ contents, rows }: Document, numbers: ReadonlySet<number>): string | undefined {
  if (contents.length === 0) return 'no content, and no refusal';
  for (const content of contents) {
    const broken = brokenRule(content);
    if (broken !== undefined) return `${content.kind}: ${broken}`;
    for (const value of valuesOf(content)) if (!numbers.has(value)) return `${content.kind}: the value ${value} is not in the file`;
  }
  const isPlain = contents.every((content) => content.kind === 'maximum-power' || (content.kind === 'series' && !('volumes' in content.series)));
  const count = contents.reduce((sum, content) => sum + [...valuesOf(content)].length, 0);
  if (isPlain && count !== rows.read) return `${count} values of ${rows.read} rows that were read`;
  if (rows.skipped.length !== Math.min(100, rows.skippedCount)) return `${rows.skipped.length} rows kept of ${rows.skippedCount} skipped`;
  const bad = rows.skipped.find(({ line, reason }) => !Number.isInteger(line) || line < 1 || reason === '');
  return bad && `a skipped row without line or reason: ${JSON.stringify(bad)}`;
}

function brokenRule(content: Content): string | undefined {
  switch (content.kind) {
    case 'series': {
      const { success, error } = content.series.kind === 'curve' ? LoadCurve.safeParse(content.series) : EnergySeries.safeParse(content.series);
      if (!success) return error.message;
      let end = -Infinity;
      for (const { start, stepMinutes, values } of content.series.kind === 'curve' ? content.series.segments : []) {
        if (Date.parse(start) < end) return 'segments overlap';
        end = Date.parse(start) + values.length * stepMinutes * 60_000;
      }
      return undefined;
    }
    case 'maximum-power':
      return ascending(content.days.map(({ day }) => Date.parse(day))) ? undefined : 'days are not in order';
    case 'indexes':
      return ascending(content.readings.map(({ at }) => Date.parse(at))) ? undefined : 'readings are not in order';
    case 'ecowatt':
    case 'tempo':
      return ascending(content.days.map(({ day }) => Date.parse(day))) ? undefined : 'days are not in order';
    case 'periods':
      return content.periods.every(({ from, to }) => from < to) ? undefined : 'a period ends before it begins';
    default:
      return undefined;
  }
}

function ascending(times: readonly number[]): boolean {
  return times.every((time, index) => index === 0 || time > (times[index - 1] as number));
}

/** All measured values of a content, in its units. */
function* valuesOf(content: Content): Generator<number, void, undefined> {
  switch (content.kind) {
    case 'series': {
      const columns = content.series.kind === 'curve' ? content.series.segments : [content.series];
      for (const { values } of columns) yield* values.filter((value) => value !== null);
      if (content.series.kind === 'energy') yield* (content.series.volumes ?? []).filter((value) => value !== null);
      return;
    }
    case 'maximum-power':
      for (const { power } of content.days) if (power !== null) yield power;
      return;
    case 'indexes':
      for (const { value } of content.readings) if (value !== null) yield value;
      return;
    case 'periods':
      for (const { energy, volume, indexStart, indexEnd } of content.periods) yield* [energy, volume, indexStart, indexEnd].filter((value) => value !== null);
      return;
    case 'contract':
      if (content.subscribedPowerKva !== null) yield content.subscribedPowerKva;
      return;
    default:
  }
}

/** Every number that stands in a text, by itself and times each factor; a space may stand between thousands. */
function numbersOf(text: string, { factors = [1, 1000], isRounded = false }: Pick<Fuzzed, 'factors' | 'isRounded'>): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const given of [text, text.replace(/(?<=\d)[ \u00a0\u202f](?=\d{3})/g, '')]) {
    for (const [token] of given.matchAll(/\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?/g)) {
      for (const part of [token, ...token.split(/[.,]/)]) {
        const number = Number(part.replace(',', '.'));
        for (const factor of factors) {
          const value = number * factor;
          // Rounded to a millionth: 0.29 × 1000 is 290 in the file's decimals.
          numbers.add(Number.isInteger(value) ? value : Math.round(value * 1e6) / 1e6);
          if (isRounded) numbers.add(Math.round(value));
        }
      }
    }
  }
  return numbers;
}
