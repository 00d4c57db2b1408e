import { PortalError } from '@oya/contract';
import { createParser } from 'eventsource-parser';

export interface EventOptions {
  /** For errors. */
  path: string;
  /** Within which the first word must come: whatever gathers a stream on its way is found out. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** A portal gives a sign of life about every 25 seconds: two may be lost. */
const SILENCE_MS = 60_000;
/** In characters. Nobody tells that much at once. */
const LARGEST_EVENT = 1_000_000;

/**
 * The data of server-sent events, as JSON, until the portal ends them.
 * @param open asks for them
 * @throws PortalError `unsupported` where something else is answered, `timeout` when nothing comes any more, `malformed`
 */
export async function* followEvents(open: (ended: AbortSignal) => Promise<Response>, { path, timeoutMs, signal }: EventOptions): AsyncGenerator<unknown> {
  const lost = new AbortController();
  const ended = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;
  let isSilent = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectWithin = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isSilent = true;
      lost.abort();
    }, milliseconds);
  };
  try {
    expectWithin(timeoutMs);
    const response = await unlessAborted(open(ended), ended);
    if (!/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '') || !response.body) {
      throw new PortalError('unsupported', { detail: `${path}: the portal sends no events` });
    }
    const heard: string[] = [];
    const parser = createParser({
      maxBufferSize: LARGEST_EVENT,
      onEvent: ({ data }) => heard.push(data),
      onError(error) {
        // A field that nobody knows is passed over, as browsers do.
        if (error.type === 'max-buffer-size-exceeded') throw new PortalError('malformed', { detail: `${path}: an event without an end`, cause: error });
      },
    });
    const reader = response.body.getReader();
    // A body that is waited for does not always hear of the signal that its request was made with, and a signal that has
    // been given tells nobody who listens later.
    ended.throwIfAborted();
    ended.addEventListener('abort', () => void reader.cancel(ended.reason).catch(() => {}), { once: true });
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      ended.throwIfAborted();
      if (done) return;
      expectWithin(SILENCE_MS);
      parser.feed(decoder.decode(value, { stream: true }));
      for (const data of heard.splice(0)) yield parseData(data, path);
    }
  } catch (thrown) {
    throw isSilent ? new PortalError('timeout', { detail: `${path}: the portal has fallen silent`, cause: thrown }) : thrown;
  } finally {
    clearTimeout(timer);
    // Whoever no longer follows gives the connection back.
    lost.abort();
  }
}

/** Of one that hears nothing of the signal nobody waits for the answer. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  return Promise.race([promise, aborted]);
}

function parseData(data: string, path: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new PortalError('malformed', { detail: `${path}: expected JSON in an event, got "${data.slice(0, 60)}"`, cause });
  }
}
