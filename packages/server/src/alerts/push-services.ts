/** Where messages for browsers may be sent: an address that anybody can hand in is one that the server calls. */
import type { PushSubscription } from '@oya/contract';
import { createECDH } from 'node:crypto';

/** Those of the browsers that there are: Chrome and its kin, Firefox, Safari, Edge. */
const KNOWN: readonly RegExp[] = [/^fcm\.googleapis\.com$/, /^([a-z\d-]+\.)*push\.services\.mozilla\.com$/, /^([a-z\d-]+\.)*push\.apple\.com$/, /^([a-z\d-]+\.)*notify\.windows\.com$/];

/** A point of P-256, uncompressed; and the secret beside it (RFC 8291). */
const P256DH_BYTES = 65;
const AUTH_BYTES = 16;

/** @param named origins that the installation takes besides, also within its own network: `https://push.eneo.example` */
export function mayPushTo(endpoint: string, named: readonly string[]): boolean {
  const url = /^[!-~]+$/.test(endpoint) ? URL.parse(endpoint) : null;
  if (!url || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  if (named.includes(url.origin)) return true;
  return url.protocol === 'https:' && url.port === '' && KNOWN.some((host) => host.test(url.hostname));
}

/** Whether an endpoint lies where the installation itself has said that it may, and not where anybody on the internet runs one. */
export function isNamed(endpoint: string, named: readonly string[]): boolean {
  const url = URL.parse(endpoint);
  return url !== null && named.includes(url.origin);
}

/** Whether something can be encrypted for it: a point that is not on the curve would fail at each message. */
export function hasUsableKeys({ keys: { p256dh, auth } }: PushSubscription): boolean {
  const [point, secret] = [Buffer.from(p256dh, 'base64url'), Buffer.from(auth, 'base64url')];
  if (point.length !== P256DH_BYTES || secret.length !== AUTH_BYTES) return false;
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  try {
    pair.computeSecret(point);
    return true;
  } catch {
    return false;
  }
}
