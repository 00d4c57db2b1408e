/** One request to a receiver, be it of webhooks or of messages for browsers: never into the utility's own network unless that is allowed, never somewhere else than to where it was sent. */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const PATIENCE_MS = 15_000;

/** What is no address of the public internet. */
const PRIVATE = new BlockList();
for (const [net, prefix] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3]] as const) PRIVATE.addSubnet(net, prefix, 'ipv4');
// Those in which an IPv4 address is hidden (NAT64, 6to4, Teredo) may lead inside, too.
for (const [net, prefix] of [['::', 96], ['64:ff9b::', 32], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20], ['5f00::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8]] as const) PRIVATE.addSubnet(net, prefix, 'ipv6');

export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** @returns what is wrong with an address that is told to add, in words; `undefined` where nothing is */
export function urlFault(text: string, allowsPrivate: boolean): string | undefined {
  const url = URL.parse(text);
  if (!url) return 'It is no address: write it as https://crm.eneo.example/webhooks.';
  if (url.username !== '' || url.password !== '') return 'It holds a password, which would stand in logs: the signature says who sends.';
  if (url.hash !== '') return 'What follows # is never sent: leave it out.';
  const host = hostOf(url);
  const isLoopback = host === 'localhost' || host === '::1' || /^127\./.test(host);
  if (url.protocol === 'http:' ? !(isLoopback && allowsPrivate) : url.protocol !== 'https:') return 'Only https is sent to; http to this machine alone, with --allow-private.';
  if (allowsPrivate) return undefined;
  if (host === 'localhost' || (isIP(host) !== 0 && isPrivateAddress(host))) return 'It leads into a private network: --allow-private says that this is meant.';
  return undefined;
}

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly allowsPrivate: boolean;
  /** Default: fifteen seconds for all of it. */
  readonly patienceMs?: number | undefined;
  /** Breaks it off. */
  readonly signal?: AbortSignal | undefined;
  /** Default: that of the system. */
  readonly lookup?: LookupFunction | undefined;
}

/** `status` is `undefined` where nobody answered; `text` says what came of it. */
export interface WebhookAnswer {
  readonly status: number | undefined;
  readonly text: string;
  readonly retryAfterSeconds?: number | undefined;
}

export async function postWebhook({ url: address, headers, body, allowsPrivate, patienceMs = PATIENCE_MS, signal: stop, lookup = systemLookup as LookupFunction }: WebhookPost): Promise<WebhookAnswer> {
  const fault = urlFault(address, allowsPrivate);
  if (fault !== undefined) return { status: undefined, text: fault };
  const url = new URL(address);
  const request = url.protocol === 'http:' ? requestPlain : requestSecure;
  const late = AbortSignal.timeout(patienceMs);
  const signal = stop ? AbortSignal.any([late, stop]) : late;
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        method: 'POST',
        // A connection that the receiver has closed meanwhile would count as a failure of its own.
        agent: false,
        headers: { 'content-type': 'application/json', 'user-agent': 'OYA-Elements-Webhooks/1', 'content-length': Buffer.byteLength(body), ...headers },
        // Looked at when the connection is made: a name that leads elsewhere by then deceives nobody.
        lookup: allowsPrivate ? lookup : publicOnly(lookup),
        signal,
      },
      (response) => {
        const { statusCode: status = 0, headers: told } = response;
        // What is said in words is of no use, however long it is.
        response.destroy();
        const isElsewhere = status >= 300 && status < 400;
        resolve({ status, text: isElsewhere ? `answers ${status}: leads elsewhere, which is not followed` : `answers ${status}`, retryAfterSeconds: secondsOf(told['retry-after']) });
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => resolve({ status: undefined, text: late.aborted ? `gives no answer within ${patienceMs / 1000} seconds` : `cannot be reached: ${error.message || (error.code ?? 'unknown')}` }));
    sent.end(body);
  });
}

/** A name that leads to a private address leads nowhere. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (name, options, callback) => {
    lookup(name, options, (error, found, family) => {
      if (error) return callback(error, found, family);
      const addresses = typeof found === 'string' ? [found] : (found as LookupAddress[]).map(({ address }) => address);
      if (addresses.some(isPrivateAddress)) return callback(new Error(`${name} leads into a private network`), '', 4);
      return callback(null, found, family);
    });
  };
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** Seconds, or a date. */
function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d+$/.test(retryAfter.trim()) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
