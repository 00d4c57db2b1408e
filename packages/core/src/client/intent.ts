import { newIdempotencyKey } from './client.ts';

/**
 * What somebody means to send: each try with the same words goes under the same key, so that it counts once. Other words are
 * another intent, even where a password manager put them into the fields without an event.
 */
export class Intent {
  #words: string | undefined;
  #key = '';

  keyOf(input: unknown): string {
    const words = JSON.stringify(input);
    if (words !== this.#words) this.#key = newIdempotencyKey();
    this.#words = words;
    return this.#key;
  }

  /** It was answered: the same words once more are meant anew. */
  end(): void {
    this.#words = undefined;
  }
}
