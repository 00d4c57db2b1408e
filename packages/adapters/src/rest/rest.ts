import {
  defineAdapter,
  fromProblem,
  isRead,
  pathParameters,
  PortalError,
  type CallContext,
  type Operation,
  type OperationName,
  type PortalAdapter,
} from '@oya/contract';
import ky, { isHTTPError } from 'ky';

export interface RestOptions {
  /** The address below which the operations' paths lie: `https://api.eneo.example/v1`. */
  baseUrl: string;
  /** Names of the operations that the API offers; default: all of the contract. */
  operations?: readonly OperationName[];
  /**
   * For APIs without a cookie session: asks the host page for the token to send, at each request. It stays in memory.
   * @param refused the token that the API has just refused: the page gets a new one, and the request is sent once more
   */
  getToken?: (refused?: string) => string | undefined | Promise<string | undefined>;
  /** How long an answer may take, beside the time that a large file needs on a weak network; default: ten seconds. */
  timeoutMs?: number;
  fetch?: typeof fetch;
  /** Told of each answer before it is handed on: a worker may have had it on the device. */
  onAnswer?: (operation: Operation, input: unknown, response: Response) => void;
}

const TIMEOUT_MS = 10_000;
/** What a phone sends on a weak network, 128 kbit/s: a photo takes longer than an answer may. */
const SLOWEST_BYTES_PER_MS = 16;

/**
 * Speaks to any API that follows the contract's OpenAPI document. One generic function serves every operation.
 * It does not retry: that is the client's task, which knows reads from writes.
 */
export function restAdapter({ baseUrl, operations: offered, getToken, timeoutMs = TIMEOUT_MS, fetch: fetchWith, onAnswer }: RestOptions): PortalAdapter {
  const http = ky.create({
    retry: 0,
    // Ky's own timeout ends with the headers; a body may stall as well (see `deadline`).
    timeout: false,
    credentials: 'include',
    headers: { accept: 'application/json' },
    ...(fetchWith && { fetch: fetchWith }),
  });
  const base = baseUrl.replace(/\/+$/, '');
  const ask = async (refused?: string) => getToken?.(refused);
  let renewal: ReturnType<typeof ask> | undefined;

  /** @param send must do nothing where it is refused */
  async function withToken<T>(send: (token: string | undefined) => Promise<T>): Promise<T> {
    const token = await ask();
    try {
      return await send(token);
    } catch (thrown) {
      if (!(thrown instanceof PortalError && thrown.kind === 'unauthenticated')) throw thrown;
      // A request that was refused has done nothing: with a new token it may go again, a write too.
      // Of many refused at once one asks: a provider takes back all that it gave when a refresh token comes twice.
      const renewed = await (renewal ??= ask(token).finally(() => (renewal = undefined)));
      if (renewed === undefined || renewed === token) throw thrown;
      return send(renewed);
    }
  }

  async function send(operation: Operation, input: unknown, context: CallContext, token: string | undefined): Promise<unknown> {
    const { path, query, body } = split(operation, input as Record<string, unknown>);
    const text = body && JSON.stringify(body);
    const deadline = new AbortController();
    const withinMs = timeoutMs + (text?.length ?? 0) / SLOWEST_BYTES_PER_MS;
    const timer = setTimeout(() => deadline.abort(), withinMs);
    try {
      const response = await http(base + path, {
        method: operation.method,
        searchParams: query,
        ...(text !== undefined && { body: text }),
        signal: context.signal ? AbortSignal.any([context.signal, deadline.signal]) : deadline.signal,
        headers: {
          ...(text !== undefined && { 'content-type': 'application/json' }),
          ...(context.idempotencyKey && { 'idempotency-key': context.idempotencyKey }),
          ...(token && { authorization: `Bearer ${token}` }),
        },
      });
      onAnswer?.(operation, input, response);
      return await readJson(response);
    } catch (thrown) {
      if (context.signal?.aborted) throw thrown;
      if (deadline.signal.aborted) throw new PortalError('timeout', { detail: `${path}: no answer within ${Math.round(withinMs)} ms`, cause: thrown });
      throw toPortalError(thrown);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Not by `EventSource`, which sends no token. What reads events comes when somebody follows. */
  async function* follow(operation: Operation, input: unknown, { signal }: CallContext): AsyncGenerator<unknown> {
    const { followEvents } = await import('./events.ts');
    const { path, query } = split(operation, input as Record<string, unknown>);
    const open = (ended: AbortSignal) =>
      withToken(async (token) => {
        const headers = { accept: 'text/event-stream', ...(token && { authorization: `Bearer ${token}` }) };
        try {
          return await http(base + path, { searchParams: query, signal: ended, headers });
        } catch (thrown) {
          throw ended.aborted ? thrown : toPortalError(thrown);
        }
      });
    yield* followEvents(open, { path, timeoutMs, ...(signal && { signal }) });
  }

  const perform = (operation: Operation, input: unknown, context: CallContext) => withToken((token) => send(operation, input, context, token));
  return defineAdapter({ offers: ({ name }) => offered?.includes(name as OperationName) ?? true, perform, follow });
}

/** Where each field of an input travels: in the path, in the query of a read, in the body of a write. */
function split({ path, method }: Operation, input: Record<string, unknown>) {
  const inPath = new Set(pathParameters(path));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(String(input[field])));
  const rest = Object.entries(input).filter(([field, value]) => !inPath.has(field) && value !== undefined);
  const asQuery = isRead({ method }) || method === 'DELETE';
  return {
    path: filled,
    query: asQuery ? Object.fromEntries(rest.map(([field, value]) => [field, String(value)])) : {},
    body: asQuery ? undefined : Object.fromEntries(rest),
  };
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = text.slice(0, 60).replaceAll(/\s+/g, ' ');
    throw new PortalError('malformed', { detail: `${response.url}: expected JSON, got "${start}"`, cause, ...requestIdOf(response) });
  }
}

function toPortalError(thrown: unknown): PortalError {
  if (thrown instanceof PortalError) return thrown;
  if (isHTTPError(thrown)) {
    const { response, data } = thrown;
    return fromProblem(response.status, data, { ...requestIdOf(response), ...retryAfterOf(response) });
  }
  // fetch says no more than "TypeError" for a cut wire, a refused connection and a forbidden origin alike.
  const offline = typeof navigator !== 'undefined' && navigator.onLine === false;
  return new PortalError(offline ? 'offline' : 'unavailable', { detail: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown });
}

/** `Retry-After` in seconds or as an HTTP date (RFC 9110). */
function retryAfterOf(response: Response): { retryAfterSeconds?: number } {
  const header = response.headers.get('retry-after')?.trim();
  if (!header) return {};
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? { retryAfterSeconds: Math.max(0, seconds) } : {};
}

function requestIdOf(response: Response): { requestId?: string } {
  const requestId = response.headers.get('x-request-id');
  return requestId === null ? {} : { requestId };
}
