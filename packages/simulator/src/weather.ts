/** How well the services work just now: quotas, delays and failures, by clock and seed. */
import { addDays, dayStart, localDay, type TimeZone } from '@oya/contract';
import { randomStream } from '@oya/personas';

export const SERVICES = ['enedis', 'grdf', 'rte', 'operator'] as const;
export type Service = (typeof SERVICES)[number];

/** Answers that are none; `timeout`: nothing comes; `truncated`: the answer breaks off half-way. */
export const FAILURES = ['500', '503', 'timeout', 'truncated'] as const;
export type FailureKind = (typeof FAILURES)[number];

/** What is wrong with one service. */
export interface ServiceWeather {
  readonly latencyMs: number;
  /** `null`: as many as one likes. */
  readonly callsPerMinute: number | null;
  readonly callsPerDay: number | null;
  /** The next so many requests fail, or all until it is told otherwise (`null`). */
  readonly failing: { readonly as: FailureKind; readonly next: number | null } | null;
  /** Of requests, how many fail with 503 by chance, between 0 and 1. */
  readonly failShare: number;
  /** Gives tokens, and takes none. */
  readonly refusesTokens: boolean;
}

export const FAIR: ServiceWeather = { latencyMs: 0, callsPerMinute: null, callsPerDay: null, failing: null, failShare: 0, refusesTokens: false };

const MINUTE = 60_000;
/** A retry that comes a little early would be refused again. */
const MARGIN_SECONDS = 1;

/** What becomes of one request: it is answered, refused for its number, or fails. */
export type Fate = { readonly kind: 'answered' } | { readonly kind: 'quota'; readonly retryAfterSeconds: number } | { readonly kind: 'failed'; readonly as: FailureKind };

export class Weather {
  readonly #now: () => number;
  readonly #timeZone: TimeZone;
  readonly #chance: () => number;
  readonly #services = new Map<Service, ServiceWeather>(SERVICES.map((service) => [service, FAIR]));
  readonly #counts = new Map<string, { window: string; count: number }>();

  constructor(now: () => number, timeZone: TimeZone, seed: number) {
    this.#now = now;
    this.#timeZone = timeZone;
    this.#chance = randomStream(seed);
  }

  of(service: Service): ServiceWeather {
    return this.#services.get(service) ?? FAIR;
  }

  change(service: Service, change: Partial<ServiceWeather>): void {
    this.#services.set(service, { ...this.of(service), ...change });
  }

  /** Counts the request. */
  fateOf(service: Service): Fate {
    const { failing, failShare, callsPerMinute, callsPerDay } = this.of(service);
    if (failing) {
      if (failing.next !== null) this.change(service, { failing: failing.next > 1 ? { ...failing, next: failing.next - 1 } : null });
      return { kind: 'failed', as: failing.as };
    }
    if (failShare > 0 && this.#chance() < failShare) return { kind: 'failed', as: '503' };
    const now = this.#now();
    const minute = Math.floor(now / MINUTE);
    const day = localDay(now, this.#timeZone);
    if (callsPerDay !== null && this.#count(`${service} day`, day) > callsPerDay) return tooMany(dayStart(addDays(day, 1), this.#timeZone) - now);
    if (callsPerMinute !== null && this.#count(`${service} minute`, String(minute)) > callsPerMinute) return tooMany((minute + 1) * MINUTE - now);
    return { kind: 'answered' };
  }

  #count(what: string, window: string): number {
    const known = this.#counts.get(what);
    const count = known?.window === window ? known.count + 1 : 1;
    this.#counts.set(what, { window, count });
    return count;
  }
}

function tooMany(milliseconds: number): Fate {
  return { kind: 'quota', retryAfterSeconds: Math.ceil(milliseconds / 1000) + MARGIN_SECONDS };
}
