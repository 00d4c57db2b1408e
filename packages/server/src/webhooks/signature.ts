/**
 * Standard Webhooks (https://www.standardwebhooks.com), version 1 of its signatures: HMAC-SHA-256 of `id.timestamp.body`. Its
 * own library would be one more package for a call of the platform; the tests hold this to the vector that its libraries share.
 */
import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
}

export interface SignedMessage {
  readonly id: string;
  /** When it is sent, in whole seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** @param secrets each signs: while one takes the place of another, a receiver may know either */
export function webhookHeaders({ id, timestamp, body }: SignedMessage, secrets: readonly string[]): Record<string, string> {
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': secrets.map((secret) => `v1,${signature(`${id}.${timestamp}.${body}`, secret)}`).join(' ') };
}

function signature(signed: string, secret: string): string {
  return createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(signed).digest('base64');
}
