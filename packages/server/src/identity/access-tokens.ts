/** Access tokens of a utility's own sign-in: who they are for, as its OpenID Connect provider has signed it. */
import { PortalError } from '@oya/contract';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import * as z from 'zod/mini';
import { isTrustworthy, type Provider } from '../providers.ts';

/** Whom a token names. */
export interface TokenBearer {
  /** The customer's name at the provider. */
  readonly reference: string;
  /** When the customer signed in, if the provider says so (`auth_time`); 0 where it does not. Epoch milliseconds, as `expiresAt`. */
  readonly signedInAt: number;
  readonly expiresAt: number;
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** Those with a public and a secret key: with any other, whoever may check a token could make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** RFC 9068, and what providers wrote before it. Whatever else is signed, such as a notice of sign-out, opens nothing. */
const TYPES: ReadonlySet<string> = new Set(['at+jwt', 'application/at+jwt', 'jwt']);
const CLOCK_TOLERANCE_SECONDS = 30;
/** So that a key which the provider has withdrawn is soon refused. */
const KEYS_RENEWED_AFTER_MS = 10 * 60_000;
/** A provider that is down keeps nobody out whose token it has signed already. */
const KEYS_HOLD_MS = 24 * 3_600_000;
/** A token with an unknown key asks the provider for new ones, so often at the most. */
const ASKED_AGAIN_AFTER_MS = 10_000;
const PATIENCE_MS = 5_000;
const LONGEST_REFERENCE = 255;

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.string() });

export class AccessTokens {
  readonly #provider: Provider;
  readonly #onError: (error: unknown) => void;
  #keys: { set: KeySet; at: number } | undefined;
  #fetching: Promise<KeySet> | undefined;
  #failed: { error: unknown; at: number } | undefined;

  /** @param onError a provider that cannot be asked: its customers are told to come back, whoever runs the server why */
  constructor(provider: Provider, onError: (error: unknown) => void) {
    this.#provider = provider;
    this.#onError = onError;
  }

  /** @throws PortalError `unauthenticated` (`token-refused`), with the reason; `unavailable` (`provider-unavailable`) while nobody can tell */
  async read(token: string, now: number): Promise<TokenBearer> {
    const { issuer, audience, customerClaim } = this.#provider;
    const keys = await this.#currentKeys(now);
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(now),
        requiredClaims: ['exp', customerClaim],
      });
      if (!TYPES.has((protectedHeader.typ ?? 'jwt').toLowerCase())) throw refuse(`it is a ${protectedHeader.typ}, not an access token`);
      // Bound to a key of the page's, which a bearer does not prove to have.
      if (payload['cnf'] !== undefined) throw refuse('it is bound to a key (DPoP or mTLS); ask the provider for bearer tokens');
      return { reference: referenceIn(payload, customerClaim), signedInAt: signInTimeIn(payload), expiresAt: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      if (error instanceof PortalError) throw error;
      if (isVerdict(error)) throw refuse(error.message);
      this.#onError(error);
      throw this.#unavailable(error);
    }
  }

  async #currentKeys(now: number): Promise<KeySet> {
    const age = this.#keys ? now - this.#keys.at : Infinity;
    if (this.#keys && age < KEYS_HOLD_MS) {
      // Nobody waits for the renewal: those at hand are good until it is there.
      if (age >= KEYS_RENEWED_AFTER_MS) this.#renew(now).catch(() => {});
      return this.#keys.set;
    }
    try {
      return await this.#renew(now);
    } catch (error) {
      throw this.#unavailable(error);
    }
  }

  /** One asks for all, and a provider that just failed is left alone for a while. */
  #renew(now: number): Promise<KeySet> {
    if (this.#failed && now - this.#failed.at < PATIENCE_MS && now >= this.#failed.at) return Promise.reject(this.#failed.error as Error);
    this.#fetching ??= fetchKeys(this.#provider.issuer)
      .then((set) => {
        this.#keys = { set, at: now };
        this.#failed = undefined;
        return set;
      })
      .catch((error: unknown) => {
        this.#failed = { error, at: now };
        this.#onError(error);
        throw error;
      })
      .finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  #unavailable(cause: unknown): PortalError {
    return new PortalError('unavailable', { code: 'provider-unavailable', detail: `${this.#provider.issuer} cannot be asked for its keys`, retryAfterSeconds: PATIENCE_MS / 1000, cause });
  }
}

/** What a token that opens nothing is answered with; whoever sent it asks the page for another. */
function refuse(reason: string): PortalError {
  return new PortalError('unauthenticated', { code: 'token-refused', detail: `the token is refused: ${reason}` });
}

async function fetchKeys(issuer: string): Promise<KeySet> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: 'error', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  const metadata = Metadata.safeParse(await response.json());
  if (!metadata.success) throw new Error(`${address} does not say issuer and jwks_uri`);
  const { issuer: named, jwks_uri } = metadata.data;
  if (named !== issuer) throw new Error(`${address} speaks for ${named}: write the issuer so in OYA_OIDC, if it is the right one`);
  if (!isTrustworthy(jwks_uri)) throw new Error(`${address} has its keys at ${jwks_uri}, which is not https`);
  const keys = createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: ASKED_AGAIN_AFTER_MS, cacheMaxAge: Infinity, timeoutDuration: PATIENCE_MS });
  await keys.reload();
  return keys;
}

function signInTimeIn({ auth_time: seconds }: JWTPayload): number {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : 0;
}

function referenceIn(payload: JWTPayload, claim: string): string {
  const value = payload[claim];
  const reference = typeof value === 'number' ? String(value) : value;
  if (typeof reference !== 'string' || reference === '' || reference.length > LONGEST_REFERENCE) throw refuse(`its claim ${claim} names nobody`);
  return reference;
}

/** Whether it was the token, and not the way to the keys. */
function isVerdict(error: unknown): error is errors.JOSEError {
  if (!(error instanceof errors.JOSEError)) return false;
  return !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === errors.JOSEError.code);
}
