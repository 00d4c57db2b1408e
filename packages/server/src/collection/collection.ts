/** The nightly collection: each minute, whoever is due is collected; most are due at midnight, on their utility's clock. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Energy } from '@oya/contract';
import type { Connectors } from '../connectors.ts';
import type { Database } from '../database/open.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { collectSubject, type TurnOptions } from './collect-subject.ts';
import { meterToCollect, signalsToCollect } from './collectables.ts';
import { midnightAfter } from './next-try.ts';
import { blockedConnectors } from './quota.ts';
import { addTurns, claimTurns, releaseTurn, type Source, type Subject } from './turns.ts';

const QUEUE = 'collection';
const EACH_MINUTE = '* * * * *';
/** A round gives way to the next, which may be another instance's. */
const ROUND_MS = 50_000;
const AT_ONCE = 5;
const AFTER_A_FAULT_MS = 15 * 60_000;

export interface CollectionParts {
  readonly db: Database;
  readonly connectors: Connectors;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What goes wrong and is not the other side's: told without anything personal. */
  readonly onError: (error: unknown, subject: Subject) => void;
  /** Default: the timer. */
  readonly sleep?: TurnOptions['sleep'] | undefined;
}

export class Collection {
  readonly #parts: CollectionParts;
  readonly #stopping = new AbortController();
  #jobs: Jobs | undefined;

  constructor(parts: CollectionParts) {
    this.#parts = parts;
  }

  /** Does nothing where there is nobody to ask. */
  async start(jobs: Jobs): Promise<void> {
    const { connectors, onError } = this.#parts;
    if (Object.keys(connectors.utilities).length === 0 && !connectors.signals) return;
    // However many minutes it takes, one round waits at most.
    await jobs.createQueue(QUEUE, { policy: 'short', retryLimit: 0, expireInSeconds: 600, retentionSeconds: 300, deleteAfterSeconds: 60 });
    await jobs.work(QUEUE, () => this.round().then(() => {}, (error: unknown) => onError(error, null)));
    await jobs.schedule(QUEUE, EACH_MINUTE, 'UTC');
    this.#jobs = jobs;
    await this.begin();
  }

  /** A round begins now, and not with the next minute: somebody has just become due. */
  async begin(): Promise<void> {
    await this.#jobs?.send(QUEUE, {});
  }

  /** Calls under way are broken off; what they would have told is asked for again. */
  stop(): void {
    this.#stopping.abort();
  }

  /**
   * Collects whoever is due, until nobody is or another round should go on.
   * @returns whether somebody may still be due
   */
  async round({ only }: { only?: Subject | undefined } = {}): Promise<boolean> {
    const { db, connectors, now } = this.#parts;
    const end = now() + ROUND_MS;
    const sources = sourcesOf(connectors);
    await addTurns(db, sources, connectors.signals !== undefined, now());
    while (!this.#stopping.signal.aborted && now() < end) {
      const blocked = await blockedConnectors(db, now());
      const claim = randomUUID();
      const subjects = await claimTurns(db, {
        claim,
        sources: sources.filter(({ utilityId, energy }) => !blocked.has(connectors.utilities[utilityId]?.[energy]?.name ?? '')),
        withSignals: connectors.signals !== undefined && !blocked.has(connectors.signals.name),
        limit: AT_ONCE,
        now: now(),
        only,
      });
      if (subjects.length === 0) return false;
      await Promise.all(subjects.map((subject) => this.#collect(subject, claim)));
    }
    return !this.#stopping.signal.aborted;
  }

  async #collect(subject: Subject, claim: string): Promise<void> {
    const { db, connectors, now, onError, sleep = (ms, signal) => wait(ms, undefined, { signal }) } = this.#parts;
    const options: TurnOptions = { db, claim, now, sleep, signal: this.#stopping.signal };
    let dueAt: number | undefined = now() + AFTER_A_FAULT_MS;
    try {
      if (subject === null) {
        const signals = signalsToCollect(db, connectors, now);
        if (signals) dueAt = await collectSubject(signals, options);
      } else {
        const meter = await meterToCollect(db, subject, connectors, now);
        // It may have a contract again, or a connector.
        dueAt = meter ? await collectSubject(meter, options) : midnightAfter(now(), 'UTC');
      }
    } catch (error) {
      if (this.#stopping.signal.aborted) dueAt = now();
      else onError(error, subject);
    }
    if (dueAt !== undefined) await releaseTurn(db, subject, claim, dueAt);
  }
}

function sourcesOf({ utilities }: Connectors): Source[] {
  return Object.entries(utilities).flatMap(([utilityId, energies]) => (Object.keys(energies) as Energy[]).map((energy) => ({ utilityId, energy })));
}
