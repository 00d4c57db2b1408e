/** A value that elements follow. The smallest store that a slice needs. */
export class Slice<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What an installation or a page decides about all elements; everything is optional. */
export interface Settings {
  /** Id of the utility, as the adapter knows it. */
  utility?: string | undefined;
  /** BCP 47; when absent, the language of the page. */
  lang?: string | undefined;
  /** Name of a token theme; when absent, the utility's own. */
  theme?: string | undefined;
  /** Until the utility's description tells it. */
  timeZone?: string | undefined;
  /** View → address on the host site; these win over the utility's own routes. */
  routes?: Readonly<Record<string, string>> | undefined;
}
