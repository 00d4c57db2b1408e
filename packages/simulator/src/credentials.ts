/** OAuth 2 client credentials (RFC 6749, 4.4): each company gives tokens of its own, for a while. */
import type { Answer, Request } from './answer.ts';
import type { Service } from './weather.ts';

type TokenService = Exclude<Service, 'operator'>;

/** Where the companies have them, below their own hosts; here below one. */
export const TOKEN_PATHS: Readonly<Record<TokenService, string>> = {
  enedis: '/oauth2/v3/token',
  grdf: '/oauth2/aus5y2ta2uEHjCWIR417/v1/token',
  rte: '/token/oauth/',
};

/** RTE takes the credentials in the header only, the others in the body only. */
const IN_HEADER: readonly TokenService[] = ['rte'];
const GRDF_SCOPE = '/adict/v2';

export interface CredentialsOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenLifeSeconds: number;
  readonly now: () => number;
}

export class Credentials {
  readonly #options: CredentialsOptions;
  /** Token → until when, in epoch milliseconds. */
  readonly #tokens = new Map<string, number>();
  #given = 0;

  constructor(options: CredentialsOptions) {
    this.#options = options;
  }

  giveToken(service: TokenService, { method, headers, body }: Request): Answer {
    if (method !== 'POST') return { status: 405, body: { error: 'invalid_request', error_description: 'POST asks for a token' } };
    const form = new URLSearchParams(body);
    if (form.get('grant_type') !== 'client_credentials' && !(service === 'rte' && body === '')) return { status: 400, body: { error: 'unsupported_grant_type', error_description: 'grant_type must be client_credentials' } };
    const { clientId, clientSecret, tokenLifeSeconds, now } = this.#options;
    const [id, secret] = IN_HEADER.includes(service) ? basic(headers['authorization']) : [form.get('client_id'), form.get('client_secret')];
    if (id !== clientId || secret !== clientSecret) return { status: 401, body: { error: 'invalid_client', error_description: 'unknown client, or not its secret' } };
    if (service === 'grdf' && form.get('scope') !== GRDF_SCOPE) return { status: 400, body: { error: 'invalid_scope', error_description: `the scope is ${GRDF_SCOPE}` } };
    const token = `${service}-${++this.#given}`;
    this.#tokens.set(token, now() + tokenLifeSeconds * 1000);
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: { access_token: token, token_type: 'Bearer', expires_in: tokenLifeSeconds } };
  }

  /** Whether a request comes with a token of that company that has not ended. */
  admits(service: TokenService, { headers }: Request): boolean {
    const token = bearerOf(headers['authorization']);
    return token.startsWith(`${service}-`) && (this.#tokens.get(token) ?? 0) > this.#options.now();
  }

  /** Every token that was given ends now. */
  endAll(): void {
    this.#tokens.clear();
  }
}

export function bearerOf(authorization = ''): string {
  return /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
}

/** Both parts are encoded as a form is, before they are joined. */
function basic(authorization = ''): [string?, string?] {
  const encoded = /^Basic (\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return [];
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':').map((part) => new URLSearchParams(`text=${part}`).get('text') ?? '');
  return [id, secret];
}
