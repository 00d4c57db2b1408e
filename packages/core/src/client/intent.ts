import { PortalError } from '@oya/contract';
import { newIdempotencyKey } from './client.ts';

/**
 * What somebody means to send: each try with the same words goes under the same key, so that it counts once. Other words are
 * another intent, even where a password manager put them into the fields without an event; and once it was answered, the
 * same words are meant anew.
 */
export class Intent {
  #words: string | undefined;
  #key = '';

  /** @throws what `write` throws */
  async send<T>(input: unknown, write: (key: string) => Promise<T>): Promise<T> {
    const key = this.#keyOf(input);
    try {
      const answer = await write(key);
      this.end();
      return answer;
    } catch (thrown) {
      if (!mayHaveArrived(PortalError.from(thrown))) this.end();
      throw thrown;
    }
  }

  /** Whatever comes next is meant anew. */
  end(): void {
    this.#words = undefined;
  }

  #keyOf(input: unknown): string {
    const words = JSON.stringify(input);
    if (words !== this.#words) this.#key = newIdempotencyKey();
    this.#words = words;
    return this.#key;
  }
}

/** A portal that could not be reached may have got the request all the same: the next try is the same intent. */
export function mayHaveArrived({ retryable, kind }: PortalError): boolean {
  return retryable && kind !== 'rate-limited';
}
