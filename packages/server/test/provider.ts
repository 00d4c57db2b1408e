/** A utility's own sign-in: an OpenID Connect provider on this machine, whose keys the test has in hand. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { Provider } from 'oidc-provider';

export const AUDIENCE = 'https://api.utility.example';

export interface LocalProviderOptions {
  /** Where the page is led back to after the sign-in. */
  redirectUris?: readonly string[];
  /** How long an access token holds. */
  tokenSeconds?: number;
  /** Default: any that is free. */
  port?: number;
}

export interface LocalProvider {
  readonly issuer: string;
  readonly port: number;
  /** How often it was asked for its keys. */
  readonly asked: () => number;
  /** An access token as it signs them, changed by `claims` (`undefined` leaves one out), signed with its key of now. */
  sign(claims?: JWTPayload, header?: { typ?: string | undefined; kid?: string }): Promise<string>;
  publicKey(): Promise<JWK>;
  stop(): Promise<void>;
  /** The same again, with other keys. */
  restart(): Promise<void>;
}

/** Speaks for one client, `web`: a page with PKCE and no secret; and `robot`, which speaks for itself. */
export async function startProvider({ redirectUris = ['https://www.utility.example/'], tokenSeconds = 300, port = 0 }: LocalProviderOptions = {}): Promise<LocalProvider> {
  let server: Server;
  let key: JWK;
  let asked = 0;
  let address = port;

  const start = async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    key = { ...(await exportJWK(privateKey)), kid: randomBytes(4).toString('hex'), alg: 'RS256', use: 'sig' };
    server = createServer().listen(address, '127.0.0.1');
    await once(server, 'listening');
    // The issuer names the port, so that the provider is made once that is known.
    address = (server.address() as AddressInfo).port;
    const answer = makeProvider(`http://localhost:${address}`, key, redirectUris, tokenSeconds).callback();
    server.on('request', (request, response) => {
      if (request.url?.endsWith('/jwks')) asked++;
      void answer(request, response);
    });
  };
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  await start();
  const issuer = `http://localhost:${address}`;
  return {
    issuer,
    port: address,
    asked: () => asked,
    async sign(claims = {}, { typ = 'at+jwt', kid = key.kid ?? '' } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload = { iss: issuer, aud: AUDIENCE, sub: 'somebody', iat: now, exp: now + tokenSeconds, ...claims };
      return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ, kid }).sign(await importJWK(key, 'RS256'));
    },
    async publicKey() {
      const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...rest } = key;
      return rest;
    },
    stop,
    async restart() {
      await stop().catch(() => {});
      await start();
    },
  };
}

function makeProvider(issuer: string, key: JWK, redirectUris: readonly string[], tokenSeconds: number): Provider {
  return new Provider(issuer, {
    clients: [
      { client_id: 'web', redirect_uris: [...redirectUris], post_logout_redirect_uris: [...redirectUris], token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], application_type: 'native' },
      { client_id: 'robot', client_secret: 'a-secret-of-the-test', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
    ],
    jwks: { keys: [key as never] },
    cookies: { keys: ['a-key-of-the-test'] },
    // Whoever signs in is called as they typed it.
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // What Auth0, Keycloak or Entra put in by a rule.
    extraTokenClaims: (_context, token) => ({ customer_number: 'accountId' in token ? `K-${token.accountId}` : 'K-robot' }),
    clientBasedCORS: () => true,
    issueRefreshToken: () => Promise.resolve(true),
    rotateRefreshToken: true,
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({ scope: 'openid portal', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: tokenSeconds, jwt: { sign: { alg: 'RS256' } } }),
      },
    },
    ttl: { AccessToken: tokenSeconds, ClientCredentials: tokenSeconds, Grant: 3600, IdToken: 3600, Interaction: 3600, Session: 3600, RefreshToken: 3600 },
  });
}

/** What a person does in the pages of the provider, and what the page does after that: authorization code with PKCE. */
export async function signInAtProvider(issuer: string, login: string, redirectUri = 'https://www.utility.example/'): Promise<{ accessToken: string; idToken: string; refreshToken: string }> {
  const verifier = randomBytes(32).toString('base64url');
  const jar = new Map<string, string>();
  const browse = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  };
  const query = new URLSearchParams({
    client_id: 'web',
    response_type: 'code',
    scope: 'openid portal',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  let response = await browse(`${issuer}/auth?${query}`);
  for (let step = 0; step < 12; step++) {
    const next = response.headers.get('location');
    if (next?.startsWith(redirectUri)) {
      const code = new URL(next).searchParams.get('code') ?? '';
      const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: 'web', code, code_verifier: verifier, redirect_uri: redirectUri });
      const tokens = (await (await fetch(`${issuer}/token`, { method: 'POST', body })).json()) as Record<string, string>;
      return { accessToken: tokens['access_token'] ?? '', idToken: tokens['id_token'] ?? '', refreshToken: tokens['refresh_token'] ?? '' };
    }
    if (next) {
      response = await browse(new URL(next, issuer).href);
      continue;
    }
    const page = await response.text();
    const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
    response = await browse(new URL(action, issuer).href, page.includes('name="login"') ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' });
  }
  throw new Error('the provider does not lead back');
}

/** What a program gets that speaks for itself. */
export async function tokenOfRobot(issuer: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'portal', resource: AUDIENCE });
  const response = await fetch(`${issuer}/token`, { method: 'POST', body, headers: { authorization: `Basic ${btoa('robot:a-secret-of-the-test')}` } });
  const { access_token } = (await response.json()) as { access_token: string };
  return access_token;
}
