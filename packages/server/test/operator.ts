/** A network operator's API in this process: it gives tokens for client credentials, and answers as a test tells it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT_ID = 'portal of eneo';
export const CLIENT_SECRET = 's3cret:&+%';

export interface Reply {
  status?: number;
  body?: Uint8Array | object | string;
  headers?: Record<string, string>;
}

export interface Asked {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

export class Operator {
  readonly #server: Server;
  readonly #tokens = new Set<string>();
  /** What was asked with a token that is good. */
  readonly asked: Asked[] = [];
  readonly tokenRequests: Readonly<Record<string, string>>[] = [];
  /** Seconds. */
  tokenLife = 3600;
  answer: (asked: Asked) => Reply | Promise<Reply> = () => ({ status: 404 });
  /** In place of a token. */
  tokenReply: Reply | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Operator> {
    const operator: Operator = new Operator(
      createServer((request, response) => {
        void operator.#reply(request).then(({ status = 200, body = '', headers = {} }) => {
          response.writeHead(status, headers);
          response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
        });
      }),
    );
    operator.#server.listen(0, '127.0.0.1');
    await once(operator.#server, 'listening');
    return operator;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What it gave is good no more. */
  withdrawTokens(): void {
    this.#tokens.clear();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #reply(request: IncomingMessage): Promise<Reply> {
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname === '/token' && request.method === 'POST') return this.#giveToken(request);
    if (!this.#tokens.has(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')) return { status: 401 };
    const asked = { path: url.pathname, query: Object.fromEntries(url.searchParams) };
    this.asked.push(asked);
    return this.answer(asked);
  }

  async #giveToken(request: IncomingMessage): Promise<Reply> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const form = Object.fromEntries(new URLSearchParams(text));
    const [, basic] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const [id, secret] = basic === undefined ? [form['client_id'], form['client_secret']] : atob(basic).split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    this.tokenRequests.push({ ...form, credentialsIn: basic === undefined ? 'body' : 'header' });
    if (this.tokenReply) return this.tokenReply;
    if (form['grant_type'] !== 'client_credentials' || id !== CLIENT_ID || secret !== CLIENT_SECRET) return { status: 401, body: { error: 'invalid_client' } };
    const token = `token ${this.tokenRequests.length}`.replaceAll(' ', '-');
    this.#tokens.add(token);
    return { body: { access_token: token, token_type: 'Bearer', expires_in: this.tokenLife } };
  }
}
