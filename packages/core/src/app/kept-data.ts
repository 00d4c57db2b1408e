import { describeUtility, whoAmI, type Operation } from '@oya/contract';
import { hashKey, type Query } from '@tanstack/query-core';
import type { PortalClient } from '../client/client.ts';
import { Slice } from '../client/settings.ts';

/** The header with which a service worker says that an answer lay on the device, and since when. */
export const KEPT_AT = 'x-oya-kept-at';

/** While something old is on view, the portal is asked for it so often: a browser cannot be relied on to tell that the network is back. */
const ASK_AGAIN_MS = 20_000;
/** A network that has come back carries by then. */
const SETTLED_MS = 2000;
/** What says nothing that a customer would call data: how old it is does not matter. */
const NO_DATA: readonly string[] = [describeUtility.name, whoAmI.name];
const PUBLIC_KEY_LENGTH = 2;

const ages = new Map<string, number>();

/** For the adapter: what came, and whether it came from the device. Call it before the answer is handed on. */
export function noteAnswer({ name }: Pick<Operation, 'name'>, input: unknown, response: Response): void {
  const keptAt = Date.parse(response.headers.get(KEPT_AT) ?? '');
  const key = hashKey([name, input]);
  if (Number.isNaN(keptAt)) ages.delete(key);
  else ages.set(key, keptAt);
}

/** Something on view lay on the device. */
export interface Kept {
  /** When the oldest of it came, in epoch milliseconds; `undefined` where it is nothing but who is here. */
  readonly since: number | undefined;
}

/**
 * Knows whether what a page shows was kept on the device, and how old it is. Each resource's own `answeredAt` is then that of the
 * portal's answer, and it is asked for anew as soon as that may help.
 */
class KeptData {
  /** `undefined` while all that is on view came from the portal. */
  readonly state = new Slice<Kept | undefined>(undefined);
  readonly #client: PortalClient;
  readonly #kept = new Map<Query, number>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(client: PortalClient) {
    this.#client = client;
    client.onAnswer = (query) => {
      this.#note(query, ages.get(hashKey(query.queryKey.slice(0, PUBLIC_KEY_LENGTH))));
      this.#tell();
    };
    window.addEventListener('online', () => {
      this.#askAgain();
      // The page is told before the worker has its network: what came from the device all the same is asked for once more.
      setTimeout(() => this.#askAgain(), SETTLED_MS);
    });
  }

  #note(query: Query, keptAt: number | undefined): void {
    if (keptAt === undefined) return void this.#kept.delete(query);
    this.#kept.set(query, keptAt);
    query.setState({ ...query.state, dataUpdatedAt: keptAt });
  }

  #tell(): void {
    // What has been replaced since by other means, as a session by a sign-in, is older than it says.
    const onView = [...this.#kept].filter(([query, keptAt]) => query.isActive() && query.state.dataUpdatedAt === keptAt);
    const ofData = onView.filter(([{ queryKey }]) => !NO_DATA.includes(String(queryKey[0]))).map(([, keptAt]) => keptAt);
    const state = onView.length === 0 ? undefined : { since: ofData.length === 0 ? undefined : Math.min(...ofData) };
    const before = this.state.value;
    if (before !== state && (before === undefined || state === undefined || before.since !== state.since)) this.state.set(state);
    if (state === undefined) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else {
      this.#timer ??= setInterval(() => this.#askAgain(), ASK_AGAIN_MS);
    }
  }

  #askAgain(): void {
    if (navigator.onLine && document.visibilityState === 'visible') void this.#client.queries.refetchQueries({ predicate: (query) => this.#kept.has(query) && query.isActive() });
  }
}

const known = new WeakMap<PortalClient, KeptData>();

export function keptData(client: PortalClient): Slice<Kept | undefined> {
  let data = known.get(client);
  if (!data) known.set(client, (data = new KeptData(client)));
  return data.state;
}
