import type { WorkboxPlugin } from 'workbox-core/types.js';
import { ExpirationPlugin } from 'workbox-expiration';
import { NetworkFirst } from 'workbox-strategies';
import { KEPT_AT, type Keeper, type Presence } from './keeper.ts';

/** Shorter than an answer may take: who waits on a weak network sees what is there, and the new one next time. */
const PATIENCE_SECONDS = 4;
export const LONGEST_DAYS = 30;
const DAY_MS = 86_400_000;
/** A year of consumption is looked at in some dozens of steps. */
const MOST_ANSWERS = 400;
/** What a portal says of what it does not show any more. */
const GONE: readonly number[] = [403, 404, 410];

/** What a path of the contract looks like in an address: `{contractId}` is one step of it. */
export function pathPattern(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/** The portal's answers, from the network as long as there is one, else as they were. */
export class Answers {
  readonly #keeper: Keeper;
  readonly #now: () => number;
  readonly #caches: CacheStorage;
  readonly #expirations = new Map<string, ExpirationPlugin>();

  constructor(keeper: Keeper, now: () => number, caches: CacheStorage) {
    this.#keeper = keeper;
    this.#now = now;
    this.#caches = caches;
  }

  /** What is the same for everybody. */
  forAll(request: Request, event: ExtendableEventLike): Promise<Response> {
    return this.#answer(this.#keeper.cacheForAll, request, event, () => Promise.resolve(true));
  }

  /** What belongs to who is here. */
  async forCustomer(request: Request, event: ExtendableEventLike): Promise<Response> {
    const who = await this.#keeper.presence();
    // Whose it is, is not known: it may be told of a customer whom the worker has not heard of yet.
    if (!who) return fetch(request);
    // An answer that was asked for by one and comes when another is here is nobody's.
    const isStillThere = async () => sameCustomer(who, await this.#keeper.presence());
    const cacheName = this.#keeper.cacheOf(who);
    const response = await this.#answer(cacheName, request, event, isStillThere);
    // Somebody may see it no longer, or it is gone: then it is here, too.
    if (GONE.includes(response.status)) await this.#caches.open(cacheName).then((cache) => cache.delete(request, { ignoreVary: true }));
    // The portal no longer knows the session. Where the page has a token for it, it gets another one and asks again.
    if (response.status === 401 && !request.headers.has('authorization')) await this.#keeper.forget();
    return response;
  }

  /** What else is known of a cache that goes. */
  async forget(cacheName: string): Promise<void> {
    await this.#expirationOf(cacheName).deleteCacheAndMetadata();
  }

  #answer(cacheName: string, request: Request, event: ExtendableEventLike, mayKeep: () => Promise<boolean>): Promise<Response> {
    const strategy = new NetworkFirst({
      cacheName,
      networkTimeoutSeconds: PATIENCE_SECONDS,
      // A cross-site answer varies by its origin, which is always this one.
      matchOptions: { ignoreVary: true },
      plugins: [
        {
          cacheWillUpdate: async ({ response }) => (response.status === 200 && (await mayKeep()) ? this.#stamped(response) : null),
          cachedResponseWillBeUsed: async ({ cachedResponse }) => (cachedResponse && this.#isYoung(cachedResponse) && (await mayKeep()) ? cachedResponse : null),
        },
        this.#expirationOf(cacheName) as WorkboxPlugin,
      ],
    });
    return strategy.handle({ request, event: event as never });
  }

  /** With when it came: whoever shows it later says so. */
  async #stamped(response: Response): Promise<Response> {
    const headers = new Headers({ 'content-type': response.headers.get('content-type') ?? 'application/json', [KEPT_AT]: new Date(this.#now()).toISOString() });
    return new Response(await response.blob(), { status: response.status, headers });
  }

  #isYoung(response: Response): boolean {
    const age = this.#now() - Date.parse(response.headers.get(KEPT_AT) ?? '');
    return age < LONGEST_DAYS * DAY_MS;
  }

  #expirationOf(cacheName: string): ExpirationPlugin {
    let expiration = this.#expirations.get(cacheName);
    if (!expiration) {
      expiration = new ExpirationPlugin({ maxEntries: MOST_ANSWERS, maxAgeSeconds: (LONGEST_DAYS * DAY_MS) / 1000, matchOptions: { ignoreVary: true }, purgeOnQuotaError: true });
      this.#expirations.set(cacheName, expiration);
    }
    return expiration;
  }
}

/** An event that can be prolonged: the compiler's library of the page knows none. */
export interface ExtendableEventLike extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

function sameCustomer(left: Presence, right: Presence | undefined): boolean {
  return left.session.customer.id === right?.session.customer.id;
}
