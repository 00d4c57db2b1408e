/** A page that follows: one event after the other, as they come. */
import type { Changes } from '@oya/contract';

export class EventReader {
  readonly headers: Headers;
  /** Settles when the server has ended the stream. */
  readonly ended: Promise<'ended'>;
  readonly #gone: AbortController;
  readonly #events: Changes[] = [];
  #waiting: ((event: Changes) => void) | undefined;

  private constructor(response: Response, gone: AbortController) {
    this.headers = response.headers;
    this.#gone = gone;
    this.ended = this.#read(response.body as ReadableStream<Uint8Array>);
  }

  static async open(url: string, headers: Record<string, string>): Promise<EventReader> {
    const gone = new AbortController();
    const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: gone.signal });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return new EventReader(response, gone);
  }

  next(): Promise<Changes> {
    const event = this.#events.shift();
    return event ? Promise.resolve(event) : new Promise((resolve) => (this.#waiting = resolve));
  }

  async close(): Promise<void> {
    this.#gone.abort();
    await this.ended;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<'ended'> {
    let text = '';
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
        text += chunk;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.#take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
    } catch (error) {
      if (!this.#gone.signal.aborted) throw error;
    }
    return 'ended';
  }

  #take(event: string): void {
    const data = /^data: (.*)$/m.exec(event)?.[1];
    if (data === undefined) return;
    const changes = JSON.parse(data) as Changes;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(changes);
    else this.#events.push(changes);
  }
}
