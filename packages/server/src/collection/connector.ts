/** What can be asked of whoever publishes measurements and signals, and what comes of it. Adding one is a file beside this one, and its line in `../connectors.ts`. */
import type { Direction, Period, TimeZone } from '@oya/contract';

/** What is collected of a meter, in the order in which it is asked for. */
export const DATASETS = ['days', 'load-curve', 'maximum-power', 'production-days', 'production-curve'] as const;
export type Dataset = (typeof DATASETS)[number];

/** What concerns every meter. */
export const SIGNALS = ['tempo', 'ecowatt'] as const;
export type Signal = (typeof SIGNALS)[number];

/** What may be asked of a dataset. */
export interface Limits {
  readonly daysPerCall: number;
  /** How many days back are kept. */
  readonly historyDays: number;
}

/** So many calls a minute, of which so many may come at once; shared by all instances. */
export interface Pace {
  readonly callsPerMinute: number;
  readonly burst: number;
}

export interface Question<D extends string = Dataset> {
  readonly dataset: D;
  /** PRM or PCE; `''` for signals. */
  readonly deliveryPoint: string;
  readonly period: Period;
  readonly timeZone: TimeZone;
}

/**
 * Why there is no data. `no-data`: none yet, or none in that period. `no-consent`: none at the network operator, whatever the
 * portal knows. `before-history`: the period begins too early. `not-measured`: the meter does not tell that. `refused`: the
 * portal itself, by its credentials. `broken`: an answer that nobody understands.
 */
export type Refusal = 'no-data' | 'no-consent' | 'before-history' | 'not-measured' | 'unknown-point' | 'refused' | 'broken';

export type Outcome =
  /** `direction` where the bytes do not tell it. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array; readonly direction?: Direction }
  | { readonly kind: Refusal; readonly detail: string }
  /** Too many calls; the other side is down or slow. */
  | { readonly kind: 'quota' | 'busy'; readonly detail: string; readonly retryAfterSeconds?: number | undefined };

export interface Connector<D extends string = Dataset> {
  /** Names it and whose credentials it uses: connectors of one name share a quota. */
  readonly name: string;
  readonly datasets: Readonly<Partial<Record<D, Limits>>>;
  readonly pace: Pace;
  /** How many calls a meter gets in one day, at most: a long history comes over several nights. */
  readonly callsPerMeter: number;
  /** The time of day, in minutes since midnight, from which yesterday is there at the latest. */
  readonly freshFrom: number;
  /** @throws what the signal says, once it is aborted; nothing else */
  fetch(question: Question<D>, signal: AbortSignal): Promise<Outcome>;
}

export function isProduction(dataset: Dataset): boolean {
  return dataset === 'production-days' || dataset === 'production-curve';
}

export function isCurve(dataset: Dataset): boolean {
  return dataset === 'load-curve' || dataset === 'production-curve';
}

/** In words, for operators. */
export function describePeriod({ from, to }: Period): string {
  return `${from} to ${to} (excluded)`;
}

