import {
  PortalError,
  signIn,
  signOut,
  type Contract,
  type Input,
  type InputOf,
  type Operation,
  type Output,
  type OutputOf,
  type PortalAdapter,
  type Session,
  type SignInAnswer,
} from '@oya/contract';
import { QueryCache, QueryClient, type QueryKey } from '@tanstack/query-core';
import { Slice, type Settings } from './settings.ts';

/** An operation that reads: its answers are kept and shared. */
export type Read = Operation & { readonly method: 'GET' };
export type Write = Operation & { readonly method: Exclude<Operation['method'], 'GET'> };

export interface ClientOptions extends Settings {
  adapter: PortalAdapter;
}

const TRIES = 3;
const SHORTEST_WAIT = 300;
const LONGEST_WAIT = 10_000;
/** What belongs to a customer is kept under a third part of its name: the customer. */
const PUBLIC_KEY_LENGTH = 2;
const SIGNED_OUT: Session = { state: 'signed-out' };

/**
 * The only holder of state. Elements ask it for resources; it asks the adapter, once per resource whatever
 * the number of elements, and keeps what came back. It stays the same object for the life of a page.
 */
export class PortalClient {
  readonly adapter: PortalAdapter;
  readonly queries: QueryClient;
  readonly settings: Slice<Settings>;
  /** Id of the contract that the customer looks at; `undefined` means the first. */
  readonly selectedContract = new Slice<Contract['id'] | undefined>(undefined);
  /** Views that a portal on the page shows itself, with their addresses; empty where there is no portal. */
  readonly sections = new Slice<Readonly<Record<string, string>>>({});
  /** True after a session ended by itself, until the next sign-in: the words differ from a wish to leave. */
  readonly sessionExpired = new Slice(false);

  #users = 0;
  #otherTabs: BroadcastChannel | undefined;

  constructor({ adapter, ...settings }: ClientOptions) {
    this.adapter = adapter;
    this.settings = new Slice<Settings>(settings);
    this.queries = new QueryClient({
      queryCache: new QueryCache({ onError: (error, query) => this.#onFailure(error, query.queryKey) }),
      defaultOptions: {
        queries: {
          // Offline is an answer with words of its own (`PortalError` offline), not an endless wait.
          networkMode: 'always',
          refetchOnReconnect: true,
          staleTime: 60_000,
          retry: (failures, error) => failures < TRIES - 1 && error instanceof PortalError && error.retryable,
          retryDelay: waitBeforeRetry,
        },
      },
    });
  }

  supports(operation: Pick<Operation, 'name'>): boolean {
    return this.adapter.offers(operation);
  }

  /**
   * Names a resource in the cache. What belongs to a customer is kept under that customer, so that the next
   * one to sign in on this device starts from nothing.
   */
  keyOf<O extends Read>({ name, auth }: O, input: InputOf<O>): QueryKey {
    return auth === 'customer' ? [name, input, this.customerId] : [name, input];
  }

  /** Asks the adapter, without the cache. */
  read<O extends Read>(operation: O, input: InputOf<O>, signal?: AbortSignal): Promise<OutputOf<O>> {
    return this.adapter.perform(operation, input, signal ? { signal } : {});
  }

  /**
   * Sends a write once.
   * @param idempotencyKey made when the form opened (`newIdempotencyKey`), the same for each try of the same intent
   * @throws PortalError
   */
  async write<O extends Write>(operation: O, input: InputOf<O>, idempotencyKey: string): Promise<OutputOf<O>> {
    try {
      return await this.adapter.perform(operation, input, { idempotencyKey });
    } catch (thrown) {
      if (operation.auth === 'customer') this.#onFailure(thrown, [operation.name]);
      throw thrown;
    }
  }

  /**
   * @returns where the sign-in leads: to a session, or back to a sign-up that waits for its code
   * @throws PortalError
   */
  async signIn(input: Input<'signIn'>, idempotencyKey: string): Promise<SignInAnswer> {
    const answer = await this.write(signIn, input, idempotencyKey);
    if (answer.state === 'signed-in') this.takeSession(answer);
    return answer;
  }

  /** A write opened or closed a session: a sign-in or sign-out, a confirmed sign-up, a new password. Whatever belonged to another customer is forgotten. */
  takeSession(session: Session): void {
    this.#endSession();
    this.sessionExpired.set(false);
    this.#setSession(session);
    this.#otherTabs?.postMessage('session-changed');
  }

  /** @throws PortalError */
  async signOut(): Promise<void> {
    this.takeSession(await this.write(signOut, {}, newIdempotencyKey()));
  }

  get session(): Session | undefined {
    return this.queries.getQueryData(['whoAmI', {}]);
  }

  /** Empty while nobody is signed in. */
  get customerId(): string {
    const session = this.session;
    return session?.state === 'signed-in' ? session.customer.id : '';
  }

  get timeZone(): string {
    const utility = this.queries.getQueryData<Output<'describeUtility'>>(['describeUtility', {}]);
    return utility?.timeZone ?? this.settings.value.timeZone ?? 'Europe/Paris';
  }

  /** The address of a view: in the portal on this page, or on the host site if it has one. */
  route(view: string): string | undefined {
    const utility = this.queries.getQueryData<Output<'describeUtility'>>(['describeUtility', {}]);
    return this.sections.value[view] ?? this.settings.value.routes?.[view] ?? utility?.routes[view];
  }

  /**
   * Follows focus, network and other tabs while somebody listens.
   * @returns a function that ends the use
   */
  use(): () => void {
    if (this.#users++ === 0) this.#start();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      if (--this.#users === 0) this.#stop();
    };
  }

  #start(): void {
    this.queries.mount();
    this.#otherTabs = new BroadcastChannel(`oya-session/${this.settings.value.utility ?? ''}`);
    this.#otherTabs.onmessage = () => void this.queries.invalidateQueries({ queryKey: ['whoAmI'] });
  }

  #stop(): void {
    this.queries.unmount();
    this.#otherTabs?.close();
    this.#otherTabs = undefined;
  }

  #onFailure(error: unknown, key: QueryKey): void {
    if (!(error instanceof PortalError) || error.kind !== 'unauthenticated' || key[0] === 'whoAmI') return;
    if (this.session?.state !== 'signed-in') return;
    this.sessionExpired.set(true);
    this.#endSession();
    this.#setSession(SIGNED_OUT);
  }

  #setSession(session: Session): void {
    this.queries.setQueryData(['whoAmI', {}], session);
  }

  /** Forgets all that belonged to the customer. */
  #endSession(): void {
    this.selectedContract.set(undefined);
    this.queries.removeQueries({ predicate: ({ queryKey }) => queryKey.length > PUBLIC_KEY_LENGTH });
  }
}

/** Names one intent to write. Make it when the form opens, keep it until the write has been answered. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** Full jitter: many pages that failed together must not come back together. */
function waitBeforeRetry(failures: number, error: unknown): number {
  if (error instanceof PortalError && error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000;
  return Math.random() * Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** (failures + 1));
}
