/** Secrets that only their holder knows, and what the database keeps of them. */
import { createHash, randomBytes } from 'node:crypto';

/** 128 random bits: an id that nobody guesses. */
export function newSecret(): string {
  return randomBytes(16).toString('base64url');
}

/** What is random, or only to be found again, needs no salt and no slow hash. */
export function digestOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
