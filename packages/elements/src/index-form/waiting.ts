/**
 * Readings that could not be sent, as the cellar has no network: kept on the device, each with the key under which it counts
 * once, and sent when there is one again. They hold no more than an index and its day, and are one customer's.
 */
import { parseInput, sendReading, type Input } from '@oya/contract';
import type { PortalClient } from '@oya/core';

export interface WaitingReading {
  /** Idempotency key. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly keptAt: number;
  readonly input: Input<'sendReading'>;
}

/** What one customer has waiting on this device. */
export class WaitingReadings {
  readonly #name: string;

  constructor(utility: string, customerId: string) {
    this.#name = `oya-readings:${utility}:${customerId}`;
  }

  all(): readonly WaitingReading[] {
    const kept = quietly(() => JSON.parse(storage().getItem(this.#name) ?? '[]') as unknown);
    // Other scripts of the page can write it: only what could be sent is.
    return Array.isArray(kept) ? kept.flatMap((each) => quietly(() => readingOf(each as WaitingReading)) ?? []) : [];
  }

  /** Of one meter and day the last one counts. @returns whether the device keeps it */
  add(reading: WaitingReading): boolean {
    const others = this.all().filter(({ input }) => input.meterId !== reading.input.meterId || input.on !== reading.input.on);
    return this.#write([...others, reading]);
  }

  remove(key: WaitingReading['key']): void {
    this.#write(this.all().filter((each) => each.key !== key));
  }

  #write(all: readonly WaitingReading[]): boolean {
    return quietly(() => (all.length === 0 ? storage().removeItem(this.#name) : storage().setItem(this.#name, JSON.stringify(all)), true)) ?? false;
  }

  /** One tab at a time sends: the others find nothing left. Where a browser has no locks, the key alone makes it count once. */
  async alone(work: () => Promise<void>): Promise<void> {
    if (!('locks' in navigator)) return work();
    await navigator.locks.request(this.#name, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
    });
  }
}

/** @throws for what is none */
function readingOf({ key, keptAt, input }: WaitingReading): WaitingReading {
  return { key: String(key), keptAt: Number(keptAt), input: parseInput(sendReading, input) };
}

export function waitingOf(client: PortalClient | undefined): WaitingReadings | undefined {
  return client?.customerId ? new WaitingReadings(client.settings.value.utility ?? '', client.customerId) : undefined;
}

// eslint-disable-next-line no-restricted-globals -- a reading outlives its tab: the way out of a cellar is longer
const storage = (): Storage => localStorage;

/** Storage may be full or forbidden: then what was typed stays in the form, and that is said. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
