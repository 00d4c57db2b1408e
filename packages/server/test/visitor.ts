/** Somebody with a browser: keeps cookies, and speaks to one utility's portal. */
import type { ProblemDocument } from '@oya/contract';
import { findPersona, type Persona } from '@oya/personas';

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #baseUrl: string;
  readonly #origin: string | undefined;

  constructor(baseUrl: string, origin?: string) {
    this.#baseUrl = baseUrl;
    this.#origin = origin;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async send<T = unknown>(method: string, path: string, options: { body?: string | object; headers?: Record<string, string> } = {}): Promise<Answer<T>> {
    const { body, headers } = options;
    const response = await fetch(this.#baseUrl + path, {
      method,
      headers: {
        ...(this.cookies.size > 0 && { cookie: this.cookieHeader }),
        ...(this.#origin && { origin: this.#origin }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) as unknown as [string, string, string];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) as T };
  }

  get<T = unknown>(path: string, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.send<T>('GET', path, headers ? { headers } : {});
  }

  signIn(login: string, password: string): Promise<Answer<ProblemDocument & { state?: string }>> {
    return this.send('POST', '/session', { body: { login, password } });
  }

  async signInAs(id: string): Promise<Persona> {
    const persona = findPersona(id);
    const { status, text } = await this.signIn(persona.login, persona.password);
    if (status !== 200) throw new Error(`${id} could not sign in: ${text}`);
    return persona;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
