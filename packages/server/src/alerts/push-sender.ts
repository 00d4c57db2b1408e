/** A message for one browser (Web Push, RFC 8030), which only that browser can read (RFC 8291). */
import { createHash } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import type { Keys } from '../identity/keys.ts';
import { postWebhook } from '../webhooks/post.ts';
import { isNamed, mayPushTo } from './push-services.ts';
import { vapidKeys } from './vapid.ts';

/** What the page's service worker shows. */
export interface PushPayload {
  readonly title: string;
  readonly body: string;
  /** Where a tap leads. */
  readonly url: string | undefined;
  /** One with the same takes the place of the one before. */
  readonly tag: string;
  readonly lang: string;
  /** Shown until it is looked at. */
  readonly urgent?: boolean;
}

export interface PushMessage {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly payload: PushPayload;
  /** For so long a phone that is off may still get it. */
  readonly ttlSeconds: number;
}

/** `gone`: the browser wants no more; `refused`: the same again would be refused again; `later`: after some time, where it says so. */
export type PushOutcome = { readonly is: 'sent' } | { readonly is: 'gone' } | { readonly is: 'refused' | 'later'; readonly text: string; readonly retryAfterSeconds?: number | undefined };

export interface PushSenderParts {
  readonly keys: Keys;
  /** Whom push services write to when something is wrong: `mailto:…`. */
  readonly contact: string;
  readonly pushServices: readonly string[];
  readonly lookup?: LookupFunction | undefined;
}

const GONE: readonly number[] = [404, 410];
const PATIENCE_MS = 10_000;
/** In base64url, as a push service takes it at most. */
const TOPIC_LENGTH = 32;

export class PushSender {
  readonly #parts: PushSenderParts;

  constructor(parts: PushSenderParts) {
    this.#parts = parts;
  }

  async send({ endpoint, p256dh, auth, payload, ttlSeconds }: PushMessage): Promise<PushOutcome> {
    const { keys, contact, pushServices, lookup } = this.#parts;
    // What was allowed when it was added may not be any more.
    if (!mayPushTo(endpoint, pushServices)) return { is: 'gone' };
    const { default: webPush } = await import('web-push');
    const vapidDetails = { subject: contact, ...(await vapidKeys(keys)) };
    const topic = createHash('sha256').update(payload.tag).digest('base64url').slice(0, TOPIC_LENGTH);
    const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(payload), { vapidDetails, TTL: ttlSeconds, urgency: payload.urgent ? 'high' : 'normal', topic, contentEncoding: 'aes128gcm' });
    const headers = Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
    const { status, text, retryAfterSeconds } = await postWebhook({ url: endpoint, headers: { ...headers, 'user-agent': 'OYA-Elements-Push/1' }, body: details.body as Buffer, allowsPrivate: isNamed(endpoint, pushServices), patienceMs: PATIENCE_MS, lookup });
    if (status !== undefined && status >= 200 && status < 300) return { is: 'sent' };
    if (status !== undefined && GONE.includes(status)) return { is: 'gone' };
    const isLater = status === undefined || status === 408 || status === 429 || status >= 500;
    return { is: isLater ? 'later' : 'refused', text: `the push service ${text}`, retryAfterSeconds };
  }
}
