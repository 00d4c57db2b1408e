/** Which pages may speak to a utility's portal with the customer's session. */
import { PortalError } from '@oya/contract';
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { PasskeySite } from '../identity/passkeys.ts';

type Origins = Config['origins'];

export async function allowOrigins(app: FastifyInstance, origins: Origins): Promise<void> {
  await app.register(cors, {
    delegator: (request: FastifyRequest, answer: (error: Error | null, options: object) => void) => {
      answer(null, {
        origin: request.headers.origin !== undefined && isAllowed(request.headers.origin, utilityOf(request.url), origins),
        credentials: true,
        methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
        allowedHeaders: ['authorization', 'content-type', 'idempotency-key'],
        exposedHeaders: ['x-request-id', 'retry-after'],
        maxAge: 600,
        strictPreflight: false,
      });
    },
  });
}

/**
 * A browser says where a write comes from: from elsewhere than the allowed sites it is refused, whatever its cookies.
 * @throws PortalError `forbidden`
 */
export function requireOrigin(request: FastifyRequest, utilityId: string, origins: Origins): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const allowed = origin === undefined ? site !== 'cross-site' && site !== 'same-site' : isAllowed(origin, utilityId, origins) || isSameOrigin(origin, request);
  if (!allowed) throw new PortalError('forbidden', { code: 'origin-not-allowed', detail: `the site ${origin ?? 'of this page'} may not write here; allow it in OYA_ORIGINS` });
}

/** The site that a mail's links lead to: that of the page which asked, when it is allowed, or the utility's first. */
export function siteOf(request: FastifyRequest, utilityId: string, origins: Origins): string | undefined {
  const { origin } = request.headers;
  if (origin !== undefined && isAllowed(origin, utilityId, origins)) return origin;
  return sitesOf(utilityId, origins)[0];
}

/** Whether an address is a page of one of the utility's sites, or of the portal's own host. */
export function isPageOf(address: string, request: FastifyRequest, utilityId: string, origins: Origins): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, origin, username, password } = new URL(address);
  return /^https?:$/.test(protocol) && username === '' && password === '' && (isAllowed(origin, utilityId, origins) || isSameOrigin(origin, request));
}

/** Where this utility's passkeys are made and used; `undefined` where it has none. */
export function passkeySiteOf(utilityId: string, { origins, passkeyDomains }: Pick<Config, 'origins' | 'passkeyDomains'>): PasskeySite | undefined {
  const domain = (Object.hasOwn(passkeyDomains, utilityId) && passkeyDomains[utilityId]) || passkeyDomains['*'];
  return domain === undefined ? undefined : { domain, origins: sitesOf(utilityId, origins) };
}

function isAllowed(origin: string, utilityId: string, origins: Origins): boolean {
  return sitesOf(utilityId, origins).includes(origin.toLowerCase());
}

/** Those of the utility alone first. */
export function sitesOf(utilityId: string, origins: Origins): readonly string[] {
  return [...(Object.hasOwn(origins, utilityId) ? (origins[utilityId] ?? []) : []), ...(origins['*'] ?? [])];
}

/** A page that the portal's own host serves. */
function isSameOrigin(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.host;
}

function utilityOf(url: string): string {
  return url.split(/[/?]/, 2)[1] ?? '';
}
