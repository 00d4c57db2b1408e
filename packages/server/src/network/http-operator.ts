/** A network operator that is asked over HTTP. */
import { ConsentFailure } from '@oya/contract';
import * as z from 'zod/mini';
import { OperatorBusy, OperatorForgot, OperatorRefusal, type ConsentRequest, type NetworkOperator, type OperatorAnswer } from './network-operator.ts';

const PATIENCE_MS = 10_000;
/** What is wrong with the request itself: the same again would be answered the same. */
const NEVER: ReadonlySet<number> = new Set([404, 409, 422]);
const GONE = 410;

const Asked = z.object({ id: z.string().check(z.minLength(1)) });
/** A reason that came later than this version is one all the same. */
const Told = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['pending', 'active']) }),
  z.object({ state: z.literal('failed'), reason: z._default(z.catch(ConsentFailure, 'refused'), 'refused') }),
]);
const Refusal = z.object({ reason: z.catch(ConsentFailure, 'refused') });

export interface HttpOperatorOptions {
  /** Below it lie `/consents` and the requests. */
  url: string;
  token: string | undefined;
}

/**
 * `POST {url}/consents` `{deliveryPoint, purpose}` → 202 `{id, state}`; `GET {url}/consents/{id}` → `{state, reason?}`;
 * `POST {url}/consents/{id}/end` → 204. With 410 it knows no such request any more, and is asked anew; with 429 or 5xx, and `Retry-After`, it is asked again later.
 */
export class HttpOperator implements NetworkOperator {
  readonly answers = true;
  readonly #options: HttpOperatorOptions;

  constructor(options: HttpOperatorOptions) {
    this.#options = options;
  }

  async activate({ deliveryPoint, purpose, key }: ConsentRequest): Promise<string> {
    const response = await this.#ask('consents', { method: 'POST', body: JSON.stringify({ deliveryPoint, purpose }), headers: { 'content-type': 'application/json', 'idempotency-key': key } });
    if (NEVER.has(response.status)) {
      const told = Refusal.safeParse(await response.json().catch(() => undefined));
      throw new OperatorRefusal(`the network operator refuses it: ${response.status}`, told.success ? told.data.reason : 'refused');
    }
    return Asked.parse(await bodyOf(response)).id;
  }

  async answerTo(requestId: string): Promise<OperatorAnswer> {
    const response = await this.#ask(`consents/${encodeURIComponent(requestId)}`);
    // Not with 404, which a wrong address answers too.
    if (response.status === GONE) throw new OperatorForgot(`the network operator knows no request ${requestId}`);
    return Told.parse(await bodyOf(response));
  }

  async end(requestId: string): Promise<void> {
    const response = await this.#ask(`consents/${encodeURIComponent(requestId)}/end`, { method: 'POST' });
    await response.body?.cancel();
    if (!response.ok && response.status !== GONE && !NEVER.has(response.status)) throw unexpected(response);
  }

  async #ask(path: string, { headers, ...init }: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const { url, token } = this.#options;
    let response: Response;
    try {
      response = await fetch(`${url.replace(/\/+$/, '')}/${path}`, {
        ...init,
        redirect: 'error',
        headers: { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      throw new OperatorBusy(`the network operator does not answer: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
    if (response.status !== 429 && response.status < 500) return response;
    await response.body?.cancel();
    throw new OperatorBusy(`the network operator asks for patience: ${response.status}`, retryAfterOf(response));
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (!response.ok) throw unexpected(response);
  return response.json();
}

/** A wrong address or token: not the customer's consent is at fault, so it waits until somebody has set it right. */
function unexpected({ status }: Response): Error {
  return new Error(`the network operator answers ${status}: check OYA_NETWORK_OPERATOR and OYA_NETWORK_OPERATOR_TOKEN`);
}

/** In seconds, or as a date. */
function retryAfterOf({ headers }: Response): number | undefined {
  const text = headers.get('retry-after');
  if (!text) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
