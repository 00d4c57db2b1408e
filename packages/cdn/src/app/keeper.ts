import type { Session } from '@oya/contract';

/** The header of an answer that comes from the device: when the portal gave it, as an instant in UTC. */
export const KEPT_AT = 'x-oya-kept-at';

/** The device's clock was set back: what was kept cannot be told to be young enough. */
const CLOCK_TOLERANCE_MS = 300_000;

type SignedIn = Extract<Session, { state: 'signed-in' }>;

/** Who is here, as the portal said it last. Instants are the device's own, in epoch milliseconds. */
export interface Presence {
  readonly session: SignedIn;
  readonly keptAt: number;
  readonly until: number;
}

export interface KeeperOptions {
  /** Address below which the worker works: apps of two portals on one origin keep apart. */
  readonly scope: string;
  readonly caches: CacheStorage;
  readonly now: () => number;
  /** Told when a cache goes, with what else is known of it. */
  readonly forgotten?: (cache: string) => Promise<void>;
}

/**
 * Knows whose data lies on the device, and sees to it that nobody else gets it: it goes with the sign-out, with another
 * customer's sign-in, and when the session ends. A session that the customer asked to stay signed in with ends weeks later by
 * the portal's own word (`expiresAt`), so that one rule serves both: nothing is shown that the portal would not show now.
 *
 * A worker is stopped and started at any time: who is here stands in a cache, never in memory alone.
 */
export class Keeper {
  readonly #options: KeeperOptions;
  /** One thing after the other: a sign-out must not be overtaken by what came before it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Every cache of this app begins so. */
  get prefix(): string {
    return `oya-app ${this.#options.scope} `;
  }

  /** Where the answers to who is here lie. */
  cacheOf(presence: Presence): string {
    return `${this.#answers}${presence.session.customer.id}`;
  }

  /** Where lies what is the same for everybody. */
  get cacheForAll(): string {
    return `${this.prefix}all`;
  }

  /** Who is here; `undefined` for a visitor, and once the session has ended: what was kept is forgotten then. */
  presence(): Promise<Presence | undefined> {
    return this.#next(async () => {
      const presence = await this.#read();
      if (!presence || this.#holds(presence)) return presence;
      await this.#forget();
      return undefined;
    });
  }

  /** The portal said who is here. */
  learn(session: Session): Promise<void> {
    return this.#next(async () => {
      const before = await this.#read();
      if (session.state !== 'signed-in') return before ? this.#forget() : undefined;
      // Also where nobody was known: what a worker left that was stopped in the middle.
      if (before?.session.customer.id !== session.customer.id) await this.#forget();
      const now = this.#options.now();
      // By the portal's own clock where it tells it: that of a device may be wrong.
      const left = Date.parse(session.expiresAt) - (session.answeredAt === undefined ? now : Date.parse(session.answeredAt));
      await this.#write({ session, keptAt: now, until: now + left });
    });
  }

  /** The customer wants to leave, or the portal no longer knows them. */
  forget(): Promise<void> {
    return this.#next(() => this.#forget());
  }

  /**
   * The session as the portal would tell it now. What is left of it is told by the difference to `answeredAt`, which goes on
   * while the device is offline.
   */
  answerFor({ session, keptAt }: Presence): Response {
    const { answeredAt } = session;
    const now = answeredAt === undefined ? {} : { answeredAt: new Date(Date.parse(answeredAt) + this.#options.now() - keptAt).toISOString() };
    return answerOf({ ...session, ...now }, keptAt);
  }

  get #answers(): string {
    return `${this.prefix}of `;
  }

  get #sessionCache(): string {
    return `${this.prefix}session`;
  }

  get #sessionKey(): string {
    return new URL('oya-session', this.#options.scope).href;
  }

  #holds({ keptAt, until }: Presence): boolean {
    const now = this.#options.now();
    return now < until && now > keptAt - CLOCK_TOLERANCE_MS;
  }

  async #read(): Promise<Presence | undefined> {
    const kept = await this.#options.caches.match(this.#sessionKey, { cacheName: this.#sessionCache });
    return kept && ((await kept.json()) as Presence);
  }

  async #write(presence: Presence): Promise<void> {
    const cache = await this.#options.caches.open(this.#sessionCache);
    await cache.put(this.#sessionKey, Response.json(presence));
  }

  async #forget(): Promise<void> {
    const { caches, forgotten } = this.#options;
    await caches.delete(this.#sessionCache);
    for (const name of await caches.keys()) {
      if (!name.startsWith(this.#answers)) continue;
      await forgotten?.(name);
      await caches.delete(name);
    }
  }

  #next<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task, task);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

function answerOf(body: unknown, keptAt: number): Response {
  return Response.json(body, { headers: { [KEPT_AT]: new Date(keptAt).toISOString() } });
}
