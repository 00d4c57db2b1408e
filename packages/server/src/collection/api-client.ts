/** Asks an API that lets programs in by OAuth 2 client credentials (RFC 6749, 4.4). */
import type { Outcome } from './connector.ts';

const TIMEOUT_MS = 30_000;
/** A token is renewed before it ends, or it would end on the way. */
const RENEWED_BEFORE_MS = 60_000;
/** Of a token whose answer does not tell. */
const USUAL_LIFE_SECONDS = 300;

export interface ApiClientOptions {
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string | undefined;
  /** Where the token's address wants the credentials: both are of the standard, and each company takes one. */
  readonly credentialsIn: 'header' | 'body';
  /** Epoch milliseconds; default: the clock. */
  readonly now?: (() => number) | undefined;
  readonly timeoutMs?: number | undefined;
}

export interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

interface Token {
  readonly value: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

type Failure = Exclude<Outcome, { kind: 'data' }>;

export class ApiClient {
  readonly #options: ApiClientOptions;
  #token: Token | undefined;
  #asking: Promise<Token | Failure> | undefined;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /**
   * What is the same everywhere is judged here: an API that does not answer, credentials, quota; the rest by `judge`.
   * @param path below the base URL
   * @throws what the signal says, once it is aborted
   */
  async ask(path: string, query: Readonly<Record<string, string>>, judge: (answer: Answer) => Outcome, signal: AbortSignal): Promise<Outcome> {
    const url = new URL(`${this.#options.baseUrl.replace(/\/+$/, '')}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    let answer = await this.#askWithToken(url, signal);
    if (answer instanceof Response && answer.status === 401) {
      await answer.body?.cancel();
      // It may have been withdrawn before its time; a second refusal is meant.
      this.#token = undefined;
      answer = await this.#askWithToken(url, signal);
    }
    if (!(answer instanceof Response)) return answer;
    const failure = failureOf(answer);
    if (failure) {
      await answer.body?.cancel();
      return failure;
    }
    try {
      return judge({ status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) });
    } catch (error) {
      return this.#gaveNoAnswer(error, signal);
    }
  }

  async #askWithToken(url: URL, signal: AbortSignal): Promise<Response | Failure> {
    const token = await this.#validToken(signal);
    if ('kind' in token) return token;
    return this.#fetch(url, { headers: { authorization: `Bearer ${token.value}`, accept: 'application/json, application/x-ndjson' } }, signal);
  }

  /** However many calls need one at once, it is asked for once. */
  async #validToken(signal: AbortSignal): Promise<Token | Failure> {
    if (this.#token && this.#token.until > this.#now()) return this.#token;
    this.#asking ??= this.#askForToken(signal).finally(() => (this.#asking = undefined));
    const told = await this.#asking;
    if ('value' in told) this.#token = told;
    return told;
  }

  async #askForToken(signal: AbortSignal): Promise<Token | Failure> {
    const { tokenUrl, clientId, clientSecret, scope, credentialsIn } = this.#options;
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) });
    const headers: Record<string, string> = { accept: 'application/json' };
    if (credentialsIn === 'header') {
      // The standard wants both encoded as a form is, before they are joined.
      const [id = '', secret = ''] = [clientId, clientSecret].map((text) => new URLSearchParams({ text }).toString().slice('text='.length));
      headers['authorization'] = `Basic ${btoa(`${id}:${secret}`)}`;
    } else {
      body.set('client_id', clientId);
      body.set('client_secret', clientSecret);
    }
    const answer = await this.#fetch(new URL(tokenUrl), { method: 'POST', body, headers }, signal);
    if (!(answer instanceof Response)) return answer;
    const text = await answer.text().catch(() => '');
    const told = objectIn(text);
    const value = told['access_token'];
    if (answer.ok && typeof value === 'string' && value !== '') {
      const life = Number(told['expires_in'] ?? USUAL_LIFE_SECONDS);
      return { value, until: this.#now() + (Number.isFinite(life) ? life : USUAL_LIFE_SECONDS) * 1000 - RENEWED_BEFORE_MS };
    }
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
      const said = [told['error'], told['error_description']].filter((part) => typeof part === 'string').join(': ');
      return { kind: 'refused', detail: `${host(tokenUrl)} gives no token (${answer.status}${said && `, ${said.slice(0, 200)}`}): check client id and secret` };
    }
    return failureOf(answer) ?? { kind: 'broken', detail: `${host(tokenUrl)} answers ${answer.status} without a token` };
  }

  async #fetch(url: URL, request: RequestInit, signal: AbortSignal): Promise<Response | Failure> {
    try {
      // An address that leads elsewhere is not followed: credentials would go along.
      return await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs ?? TIMEOUT_MS)]) });
    } catch (error) {
      return this.#gaveNoAnswer(error, signal, url.host);
    }
  }

  #gaveNoAnswer(error: unknown, signal: AbortSignal, place = host(this.#options.baseUrl)): Failure {
    signal.throwIfAborted();
    const { name, message, cause } = error as Error;
    const why = name === 'TimeoutError' ? 'no answer in time' : cause instanceof Error ? cause.message || ((cause as NodeJS.ErrnoException).code ?? message) : message;
    return { kind: 'busy', detail: `${place}: ${why}` };
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

function failureOf({ status, headers, url }: Response): Failure | undefined {
  const retryAfterSeconds = secondsOf(headers.get('retry-after'));
  if (status === 429) return { kind: 'quota', detail: `${host(url)}: too many calls`, retryAfterSeconds };
  if (status === 401) return { kind: 'refused', detail: `${host(url)} refuses the token that it has just given: check what the credentials are good for` };
  // 500 may be about what was asked.
  if (status === 408 || (status > 500 && status < 600)) return { kind: 'busy', detail: `${host(url)} answers ${status}`, retryAfterSeconds };
  return undefined;
}

/** Seconds, or a date. */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

function host(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** What a text says as JSON; nothing where it is no object. */
export function objectIn(text: string): Record<string, unknown> {
  return objectOf(jsonIn(text));
}

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
