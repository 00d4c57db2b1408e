/** What is new of an outage waits in the job queue for whoever spreads it: with the transaction that says so, or not at all. */
import type { LocalDay } from '@oya/contract';
import type { Jobs } from '../jobs/jobs.ts';
import type { NewsSink } from '../outages/keep-outage.ts';

export const SPREAD_QUEUE = 'alerts-spread';

/** A server that was down for so long tells what is still true, and no more. */
const WAITS_SECONDS = 24 * 3600;

export async function createNewsQueue(jobs: Jobs): Promise<void> {
  await jobs.createQueue(SPREAD_QUEUE, { retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600, expireInSeconds: 300, retentionSeconds: WAITS_SECONDS, deleteAfterSeconds: 1 });
}

/** How far something has been spread: to customers by their addresses, to those who follow a commune, to those without an account. */
export const SPREAD_PHASES = ['addresses', 'communes', 'followers'] as const;
export type SpreadPhase = (typeof SPREAD_PHASES)[number];

/** One page of those who are told. */
export interface Spread {
  readonly utilityId: string;
  readonly news: News | SignalNews;
  readonly phase: SpreadPhase;
  /** The last who was told on the page before; empty: none. */
  readonly after: string;
}

/** A day's EcoWatt level or Tempo colour. */
export interface SignalNews {
  readonly topic: 'ecowatt' | 'tempo';
  readonly day: LocalDay;
  readonly value: string;
  /** How many were told of that day by then: one that comes back is told again. */
  readonly turn: number;
}

/** An update of an outage by its key; works that come, so many days before. */
export type News = { readonly outageId: string } & ({ readonly updateKey: number } | { readonly days: number; readonly startsAt: string });

export function newsQueue(jobs: Jobs): NewsSink {
  return {
    tell: ({ utilityId, outageId, updateKey }, within) => jobs.send(SPREAD_QUEUE, { utilityId, news: { outageId, updateKey }, phase: 'addresses', after: '' } satisfies Spread, {}, within),
  };
}
