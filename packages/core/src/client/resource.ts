import { PortalError, type InputOf, type OutputOf } from '@oya/contract';
import { keepPreviousData, QueryObserver, type QueryObserverResult } from '@tanstack/query-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PortalClient, Read } from './client.ts';

/** What an element must be for a resource to serve it. */
export interface ResourceHost extends ReactiveControllerHost {
  readonly client: PortalClient | undefined;
  readonly isConnected: boolean;
  addResource(resource: Resource<Read>): void;
}

export type ResourceStatus = 'unsupported' | 'signed-out' | 'waiting' | 'loading' | 'error' | 'ready';

export interface ResourceOptions {
  /** The element as a whole waits for this resource and fails with it. Default true. */
  blocking?: boolean;
  /** While the next input loads, the data of the last one stays (`isPrevious` tells). */
  keepPrevious?: boolean;
}

/**
 * Connects an element to one operation of the portal: asks when the element is connected and the input is
 * known, asks again when the input changes, and re-renders the element only when the answer changes.
 */
export class Resource<O extends Read> implements ReactiveController {
  readonly operation: O;
  readonly blocking: boolean;
  readonly #host: ResourceHost;
  readonly #input: () => InputOf<O> | undefined;
  readonly #keepPrevious: boolean;
  #observer: QueryObserver<OutputOf<O>, PortalError> | undefined;
  #client: PortalClient | undefined;
  #customerId = '';
  #unsubscribe: (() => void) | undefined;
  #result: QueryObserverResult<OutputOf<O>, PortalError> | undefined;

  /** @param input what to ask for; `undefined` while it is not known yet */
  constructor(host: ResourceHost, operation: O, input: () => InputOf<O> | undefined, options: ResourceOptions = {}) {
    this.operation = operation;
    this.#host = host;
    this.#input = input;
    this.blocking = options.blocking ?? true;
    this.#keepPrevious = options.keepPrevious ?? false;
    host.addController(this);
    host.addResource(this as unknown as Resource<Read>);
  }

  get data(): OutputOf<O> | undefined {
    // Not by way of `status`, which asks for the input: an input may depend on what was answered before.
    return this.#isSignedOut ? undefined : this.#result?.data;
  }

  get error(): PortalError | undefined {
    return this.#result?.error ? PortalError.from(this.#result.error) : undefined;
  }

  /** When the data came, in epoch milliseconds; 0 before. It stays when asking anew fails. */
  get answeredAt(): number {
    return this.#result?.dataUpdatedAt ?? 0;
  }

  /** The data shown belongs to the input asked before. */
  get isPrevious(): boolean {
    return this.#result?.isPlaceholderData ?? false;
  }

  get isFetching(): boolean {
    return this.#result?.isFetching ?? false;
  }

  get status(): ResourceStatus {
    const client = this.#host.client;
    if (!client) return 'loading';
    if (!client.supports(this.operation)) return 'unsupported';
    if (this.#isSignedOut) return 'signed-out';
    if (this.#result?.data !== undefined) return 'ready';
    // An adapter that offers it may speak to a server that does not.
    if (this.#result?.isError) return this.error?.kind === 'unsupported' ? 'unsupported' : 'error';
    return this.#input() === undefined && !(this.#needsCustomer && client.session === undefined) ? 'waiting' : 'loading';
  }

  async refresh(): Promise<void> {
    await this.#observer?.refetch();
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#follow();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#observer = undefined;
    this.#client = undefined;
  }

  get #isSignedOut(): boolean {
    if (!this.#needsCustomer || this.#host.client?.session?.state !== 'signed-out') return false;
    // What is shown stays while the same customer may sign in again over it.
    return this.#host.client.interrupted.value === undefined || this.#result?.data === undefined;
  }

  get #needsCustomer(): boolean {
    return this.operation.auth === 'customer';
  }

  #follow(): void {
    const client = this.#host.client;
    if (!client) return;
    const options = this.#optionsFor(client);
    // A new customer gets a new observer: nothing of the last one may linger as "previous data".
    if (this.#observer && this.#client === client && this.#customerId === client.customerId) {
      this.#observer.setOptions(options);
      this.#result = this.#observer.getCurrentResult();
      return;
    }
    this.#unsubscribe?.();
    this.#client = client;
    this.#customerId = client.customerId;
    const observer = new QueryObserver<OutputOf<O>, PortalError>(client.queries, options);
    this.#observer = observer;
    this.#result = observer.getCurrentResult();
    this.#unsubscribe = observer.subscribe((result) => {
      this.#result = result;
      this.#host.requestUpdate();
    });
  }

  #optionsFor(client: PortalClient) {
    const input = this.#input();
    const allowed = client.supports(this.operation) && (!this.#needsCustomer || client.session?.state === 'signed-in');
    return {
      queryKey: input === undefined ? [this.operation.name, 'waiting'] : client.keyOf(this.operation, input),
      queryFn: ({ signal }: { signal: AbortSignal }) => client.read(this.operation, input as InputOf<O>, signal),
      enabled: allowed && input !== undefined,
      notifyOnChangeProps: ['data', 'error', 'status', 'isPlaceholderData', 'isFetching'] as (keyof QueryObserverResult)[],
      ...(this.#keepPrevious && { placeholderData: keepPreviousData<OutputOf<O>> as never }),
    };
  }
}
