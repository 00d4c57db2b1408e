/** Signing in with what a device or a password manager keeps (WebAuthn), instead of a password. */
import * as z from 'zod/mini';
import { Id } from './portal.ts';
import { Instant } from './time.ts';

/** What a browser and a portal tell each other in JSON, as WebAuthn level 3 defines it: passed on, never read by elements. */
export const WebAuthnJson = z.custom<Readonly<Record<string, unknown>>>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
  error: 'expected an object of WebAuthn',
});
export type WebAuthnJson = z.infer<typeof WebAuthnJson>;

/** A question to the browser, good once and for some minutes. */
export const PasskeyChallenge = z.object({
  id: Id,
  /** For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
  options: WebAuthnJson,
});
export type PasskeyChallenge = z.infer<typeof PasskeyChallenge>;

export const PasskeyLabel = z.string().check(z.trim(), z.minLength(1), z.maxLength(60), z.regex(/^\P{C}+$/u));

export const Passkey = z.object({
  id: Id,
  /** Where it is, in the customer's words: `Mon téléphone`. */
  label: PasskeyLabel,
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
  /** It is on more than this one device: a lost device does not lose it. */
  synced: z.boolean(),
});
export type Passkey = z.infer<typeof Passkey>;
