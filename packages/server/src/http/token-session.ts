import { PortalError, type Session } from '@oya/contract';
import type { AccessTokens } from '../identity/access-tokens.ts';
import { findReferenced } from '../identity/references.ts';
import type { SessionLimits, SessionUse, Visit } from '../identity/sessions.ts';
import type { BrowserSession, SignedIn } from '../operations/context.ts';
import { describeSession, limitsOf, SIGNED_OUT, type SessionPlace } from './browser-session.ts';

/**
 * Whoever the page's own sign-in has sent here: a token with each request, and no cookie. It lasts as long as the token.
 * Nothing is looked at before somebody asks: what is public needs no provider.
 */
export class TokenSession implements BrowserSession {
  readonly limits: SessionLimits;
  readonly #place: SessionPlace;
  readonly #token: string;
  readonly #tokens: AccessTokens | undefined;

  /** @param tokens what reads tokens of this utility, if anything does */
  constructor(place: SessionPlace, token: string, tokens: AccessTokens | undefined) {
    this.#place = place;
    this.limits = limitsOf(place);
    this.#token = token;
    this.#tokens = tokens;
  }

  /** @throws PortalError `unauthenticated`, `forbidden` (`unknown-customer`), `unavailable`, or `unsupported` where no tokens are taken */
  async find(_use?: SessionUse): Promise<Visit> {
    const { db, utility, now, reply } = this.#place;
    if (!this.#tokens) throw new PortalError('unsupported', { code: 'tokens-not-taken', detail: `the portal of ${utility.id} takes no tokens: name its provider in OYA_OIDC, or send none` });
    try {
      const { reference, signedInAt, expiresAt } = await this.#tokens.read(this.#token, now);
      const customer = await findReferenced(db, utility.id, reference);
      if (!customer) throw new PortalError('forbidden', { code: 'unknown-customer', detail: 'the provider vouches for somebody whom this portal does not know: link the reference to a contract (npm run link)' });
      return { ...customer, way: 'host', startedAt: signedInAt, expiresAt };
    } catch (error) {
      if (error instanceof PortalError && error.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer error="invalid_token"');
      throw error;
    }
  }

  async current(): Promise<Session> {
    return describeSession(await this.find(), this.#place.now);
  }

  /** Only the provider gives a longer one. */
  extend(): Promise<Session> {
    return this.current();
  }

  /** The token counts, and no cookie stands beside it that would say otherwise. */
  open(): Promise<SignedIn> {
    return Promise.reject(new PortalError('conflict', { code: 'token-counts', detail: 'this page brings the token of a sign-in of its own: it signs in and out there' }));
  }

  /** The page has its next token from its own sign-in. */
  renew(): Promise<void> {
    return Promise.resolve();
  }

  /** The page forgets; what the provider holds is between the page and the provider. */
  close(): Promise<Session> {
    return Promise.resolve(SIGNED_OUT);
  }
}

/**
 * The token that a request brings. Another scheme is none of ours: a trial site may stand behind a password.
 */
export function readBearer(header: string | undefined): string | undefined {
  const [, token] = /^Bearer +(.*)$/i.exec(header ?? '') ?? [];
  return token;
}
