import {
  extendSession,
  PortalError,
  signIn,
  signOut,
  whoAmI,
  type Contract,
  type Customer,
  type Input,
  type InputOf,
  type Operation,
  type Output,
  type OutputOf,
  type PortalAdapter,
  type Session,
  type SignInAnswer,
} from '@oya/contract';
import { QueryCache, QueryClient, type Query, type QueryKey } from '@tanstack/query-core';
import type { SessionEnding, SessionWatch } from './session-watch.ts';
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
const SESSION_KEY: QueryKey = ['whoAmI', {}];

/** A write that waits until the customer has signed in again. */
interface Waiting {
  resume(): void;
  giveUp(): void;
}

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
  /**
   * The customer whose session ended in the middle of something, while somebody offers to sign in again over it: what is
   * shown and typed stays as it is, and writes wait.
   */
  readonly interrupted = new Slice<Customer['id'] | undefined>(undefined);
  /** Set shortly before the session ends: when it does, on the portal's clock. */
  readonly sessionEnding = new Slice<SessionEnding | undefined>(undefined);
  /** An element has stood here that shows what belongs to a customer. */
  readonly customerNeeded = new Slice(false);
  /** Told of each answer that came to a resource; what follows their age sets it. */
  onAnswer: ((query: Query) => void) | undefined;

  /** Whose data is held: who is signed in, as far as is known. */
  #customer: Customer['id'] | undefined;
  /** Fetched with the first session that there is to follow. */
  #watch: Promise<SessionWatch | undefined> | undefined;
  /** Whose changes are followed, and what ends that. */
  #followed: Customer['id'] | undefined;
  #unfollow: AbortController | undefined;
  /** Each offers to sign in over what is open, and tells whether the customer is in the middle of something. */
  readonly #offers = new Set<() => boolean>();
  #waiting: Waiting[] = [];
  #users = 0;
  #otherTabs: BroadcastChannel | undefined;
  #changedElsewhere = false;

  constructor({ adapter, ...settings }: ClientOptions) {
    this.adapter = adapter;
    this.settings = new Slice<Settings>(settings);
    this.queries = new QueryClient({
      queryCache: new QueryCache({
        onError: (error) => this.#onFailure(error),
        onSuccess: (answer, query) => {
          if (query.queryKey[0] === whoAmI.name) this.#learn(answer as Session, this.#changedElsewhere ? 'left' : 'over');
          this.onAnswer?.(query as Query);
        },
      }),
      defaultOptions: {
        queries: {
          // Offline is an answer with words of its own (`PortalError` offline), not an endless wait.
          networkMode: 'always',
          refetchOnReconnect: true,
          // Whoever comes back may have signed in or out meanwhile, on a page of the utility's other hosts.
          refetchOnWindowFocus: ({ queryKey }) => queryKey[0] !== whoAmI.name || 'always',
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
   * Sends a write once. Where the session has ended and the customer can sign in again over what is open, it waits for
   * that and is then sent with the same key.
   * @param idempotencyKey made when the form opened (`newIdempotencyKey`), the same for each try of the same intent
   * @param signal cancels what somebody no longer wants to send; the portal may have got it all the same
   * @throws PortalError, `unauthenticated` when the customer does not sign in again, or another one does
   */
  async write<O extends Write>(operation: O, input: InputOf<O>, idempotencyKey: string, signal?: AbortSignal): Promise<OutputOf<O>> {
    const send = () => {
      signal?.throwIfAborted();
      return this.adapter.perform(operation, input, { idempotencyKey, ...(signal && { signal }) });
    };
    if (operation.auth !== 'customer') return send();
    try {
      await this.#uninterrupted();
      return await send();
    } catch (thrown) {
      this.#onFailure(thrown);
      if (!isUnauthenticated(thrown) || this.interrupted.value === undefined) throw thrown;
      await this.#uninterrupted();
      return await send();
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

  /** A write opened, prolonged or closed a session: a sign-in or sign-out, a confirmed sign-up, a new password. Whatever belonged to another customer is forgotten. */
  takeSession(session: Session): void {
    this.queries.setQueryData(SESSION_KEY, session);
    this.#learn(session, 'left');
    this.#otherTabs?.postMessage('session-changed');
  }

  /**
   * The customer is still there: the session lasts anew, in every tab.
   * @throws PortalError
   */
  async extendSession(): Promise<void> {
    const session = await this.write(extendSession, {}, newIdempotencyKey());
    if (session.state === 'signed-in') return this.takeSession(session);
    this.queries.setQueryData(SESSION_KEY, session);
    this.#learn(session, 'over');
  }

  /**
   * Says that the customer can sign in again over what is open, should the session end.
   * @param isBusy whether something would be lost that was typed
   * @returns a function that takes the offer back
   */
  offerSignIn(isBusy: () => boolean): () => void {
    this.#offers.add(isBusy);
    return () => {
      this.#offers.delete(isBusy);
      if (this.#offers.size === 0) this.declineSignIn();
    };
  }

  /** The customer does not sign in again: what was kept for them is forgotten, and writes that waited are refused. */
  declineSignIn(): void {
    if (this.interrupted.value !== undefined) this.#forgetCustomer();
  }

  /** @throws PortalError */
  async signOut(): Promise<void> {
    this.takeSession(await this.write(signOut, {}, newIdempotencyKey()));
  }

  get session(): Session | undefined {
    return this.queries.getQueryData(SESSION_KEY);
  }

  /** Whose data is shown; empty while nobody is signed in. */
  get customerId(): string {
    const session = this.session;
    return session?.state === 'signed-in' ? session.customer.id : (this.interrupted.value ?? '');
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
    this.#otherTabs.onmessage = () => {
      this.#changedElsewhere = true;
      void this.queries.invalidateQueries({ queryKey: SESSION_KEY });
    };
    if (this.session) this.#follow(this.session);
  }

  #stop(): void {
    this.queries.unmount();
    void this.#watch?.then((watch) => watch?.stop());
    this.#watch = undefined;
    this.#followChanges(undefined);
    this.#otherTabs?.close();
    this.#otherTabs = undefined;
  }

  /** A session that is asked for is refused too, where the page's token is and there is no other. */
  #onFailure(error: unknown): void {
    if (!isUnauthenticated(error) || this.session?.state === 'signed-out') return;
    this.queries.setQueryData(SESSION_KEY, SIGNED_OUT);
    this.#learn(SIGNED_OUT, 'refused');
  }

  /**
   * Somebody told where the session stands.
   * @param ending how it ended, if it did: by the customer's wish, by itself, or seen by a request that was refused
   */
  #learn(session: Session, ending: 'left' | 'over' | 'refused'): void {
    this.#changedElsewhere = false;
    if (session.state === 'signed-in') this.#opened(session.customer.id);
    else this.#closed(ending);
    this.#follow(session);
  }

  /** Nobody waits for the end of a session that nobody uses. */
  #follow(session: Session): void {
    if (this.#users === 0) return;
    if (session.state === 'signed-in') this.#watch ??= this.#newWatch();
    void this.#watch?.then((watch) => watch?.follow(session));
    this.#followChanges(session.state === 'signed-in' ? session.customer.id : undefined);
  }

  /** What changes elsewhere shows here. Without what follows it, as ever, with the next time that it is asked for. */
  #followChanges(customer: Customer['id'] | undefined): void {
    if (customer === this.#followed) return;
    this.#followed = customer;
    this.#unfollow?.abort();
    if (customer === undefined || !this.supports({ name: 'listChanges' })) return;
    const { signal } = (this.#unfollow = new AbortController());
    void import('./live.ts').then(({ followChanges }) => followChanges(this, signal)).catch(() => {});
  }

  async #newWatch(): Promise<SessionWatch | undefined> {
    const ask = () => this.queries.fetchQuery({ queryKey: SESSION_KEY, queryFn: ({ signal }) => this.read(whoAmI, {}, signal), staleTime: 0 });
    try {
      const { SessionWatch } = await import('./session-watch.ts');
      return new SessionWatch(this.sessionEnding, ask);
    } catch {
      // Without it the end comes untold, with the first request that is refused.
      return undefined;
    }
  }

  #opened(customer: Customer['id']): void {
    const held = this.#customer ?? this.interrupted.value;
    this.#customer = customer;
    this.sessionExpired.set(false);
    if (held !== undefined && held !== customer) return this.#forgetCustomer();
    if (this.interrupted.value === undefined) return;
    this.interrupted.set(undefined);
    void this.queries.invalidateQueries({ predicate: isOfCustomer });
    for (const { resume } of this.#takeWaiting()) resume();
  }

  #closed(ending: 'left' | 'over' | 'refused'): void {
    const customer = this.#customer;
    this.#customer = undefined;
    if (ending === 'left') {
      this.sessionExpired.set(false);
      return this.#forgetCustomer();
    }
    if (customer === undefined) return;
    this.sessionExpired.set(true);
    // Whoever was refused is there. Where the time has run out, perhaps nobody is: only what was typed is kept on the screen.
    const offered = [...this.#offers].some((isBusy) => ending === 'refused' || isBusy());
    if (offered) this.interrupted.set(customer);
    else this.#forgetCustomer();
  }

  #forgetCustomer(): void {
    this.interrupted.set(undefined);
    this.selectedContract.set(undefined);
    this.queries.removeQueries({ predicate: isOfCustomer });
    for (const { giveUp } of this.#takeWaiting()) giveUp();
  }

  /** Ends at once, or when the customer has signed in again. */
  #uninterrupted(): Promise<void> {
    if (this.interrupted.value === undefined) return Promise.resolve();
    return new Promise((resume, reject) => {
      const giveUp = () => reject(new PortalError('unauthenticated', { detail: 'the session ended, and its customer did not sign in again' }));
      this.#waiting.push({ resume, giveUp });
    });
  }

  #takeWaiting(): Waiting[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}

function isOfCustomer({ queryKey }: { queryKey: QueryKey }): boolean {
  return queryKey.length > PUBLIC_KEY_LENGTH;
}

function isUnauthenticated(thrown: unknown): boolean {
  return thrown instanceof PortalError && thrown.kind === 'unauthenticated';
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
