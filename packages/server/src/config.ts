/** What whoever runs the server can set, by environment variables, read and checked once. */
import * as z from 'zod/mini';
import type { ClamdPlace } from './attachments/scanner.ts';

export interface CookieConfig {
  /** Off only for trying the portal over plain http on another machine. */
  secure: boolean;
  /** `none` where the host page and the API are different sites. */
  sameSite: 'lax' | 'strict' | 'none';
  /** Keeps the cookie of a cross-site API apart for each site that embeds it (CHIPS). */
  partitioned: boolean;
}

export interface Config {
  host: string;
  port: number;
  databaseUrl: string | undefined;
  dataDir: string;
  /** Sites whose pages may call with the customer's session: for every utility (`*`) or for one. */
  origins: Readonly<Record<string, readonly string[]>>;
  /** The domain that passkeys are made for (the relying party's id): for every utility (`*`) or for one. Without it there are none. */
  passkeyDomains: Readonly<Record<string, string>>;
  cookie: CookieConfig;
  session: { idleMinutes: number; hours: number; rememberDays: number };
  /** Where mail is handed over; without it, mail waits in the queue and none is sent. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** What the installation's keys are made from; without it, one that the database keeps. */
  secret: string | undefined;
  /** For so long a consent's withdrawal can be taken back, and nothing is erased yet. */
  consentUndoMinutes: number;
  /** Who brings consents about at delivery points; without a URL, people ask it and say what became of it. `days` without an answer are none. */
  networkOperator: { url: string | undefined; token: string | undefined; days: number };
  /** Where text messages are handed over; without a URL none are sent, and customers are not offered them. */
  sms: { url: string | undefined; token: string | undefined };
  /** Origins of push services beside those of the browsers that there are. */
  pushServices: readonly string[];
  /** File with the shapes of the communes; without it there is no map, but the demo's own. */
  mapFile: string | undefined;
  /** Where ClamAV looks for viruses in what customers attach; without it nobody does. */
  attachmentScan: ClamdPlace | undefined;
  /** Proxies in front, whose word about the client's address counts. */
  trustedProxies: number;
  /** For each address and instance; the guard of passwords is another, in the database. */
  requestsPerMinute: number;
  /** File that says which utility is whose; without it nobody is told, but by the demo's own. */
  territoryFile: string | undefined;
  /** File with the tariffs that households can be compared under; without it there are none, but the demo's own. */
  tariffsFile: string | undefined;
  /** File that says which OpenID Connect provider signs in whose customers; without it no tokens are taken. */
  providersFile: string | undefined;
  /** File that says who tells what the meters of which utility measure; without it nothing is collected. */
  connectorsFile: string | undefined;
  /** File that says who takes the card payments of which utility; without it none are taken. */
  paymentsFile: string | undefined;
  /** Fills the database with the demo's households. */
  demo: boolean;
  /** Checks every answer against the contract before it is sent. */
  checkAnswers: boolean;
  logLevel: (typeof LOG_LEVELS)[number];
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every setting: what it is for, and how its text is read. An empty variable counts as absent. */
const settings = {
  HOST: setting('address to listen on', '127.0.0.1', z.string()),
  PORT: setting('port to listen on, 0 for any that is free', '4400', whole(0, 65_535)),
  DATABASE_URL: setting('PostgreSQL 15 or newer; without it PGlite is used, in OYA_DATA_DIR', '', z.string().check(z.regex(/^$|^postgres(ql)?:\/\//, 'write it as postgres://user:password@host:5432/name'))),
  OYA_DATA_DIR: setting('folder for PGlite', 'data/demo', z.string()),
  OYA_ORIGINS: setting('sites that embed the portal, separated by commas: https://www.eneo.example, or eneo=https://www.eneo.example for one utility', '', z.string().check(z.refine(areOrigins, { error: 'write each as https://www.eneo.example, without a path, or as eneo=https://www.eneo.example' }))),
  OYA_PASSKEY_DOMAINS: setting('domain of the passkeys, which all sites of a utility lie under: eneo.example, or eneo=eneo.example for one utility; once passkeys are made for it, it must stay; without it there are none', '', z.string().check(z.refine(areDomains, { error: 'write a domain alone, each utility once: eneo.example, or eneo=eneo.example,sicae=sicae.example' }))),
  OYA_COOKIE_SECURE: setting('session cookie over https (and localhost) only', 'true', flag()),
  OYA_COOKIE_SAME_SITE: setting('lax, strict, or none for a cross-site API', 'lax', z.enum(['lax', 'strict', 'none'])),
  OYA_COOKIE_PARTITIONED: setting('a cookie for each embedding site', 'false', flag()),
  OYA_SESSION_IDLE_MINUTES: setting('a session ends when it is not used for so long', '30', whole(1, 1440)),
  OYA_SESSION_HOURS: setting('a session ends at the latest after so long', '12', whole(1, 720)),
  OYA_REMEMBER_DAYS: setting('a session that the customer wants remembered ends after so long', '30', whole(1, 365)),
  SMTP_URL: setting('mail server: smtp://user:password@host:587 or smtps://…; without it no mail is sent', '', z.string().check(z.regex(/^$|^smtps?:\/\/\S+$/, 'write it as smtp://user:password@host:587 or smtps://user:password@host:465'))),
  OYA_MAIL_FROM: setting('address that mail is sent from; its name is the utility\'s', 'no-reply@example.org', z.string().check(z.regex(/^[^\s@<>]+@[^\s@<>]+$/, 'write an address alone: no-reply@eneo.example'))),
  OYA_SECRET: setting('at least 32 random characters, the same for all instances: guards codes, mails that wait and the key that signs receipts; without it the database keeps one', '', z.string().check(z.regex(/^$|^.{32,}$/, 'write at least 32 characters'))),
  OYA_CONSENT_UNDO_MINUTES: setting('a withdrawal of a consent can be taken back for so long; then what was collected is erased, where that is wished', '60', whole(0, 10_080)),
  OYA_NETWORK_OPERATOR: setting('network operator that activates consents, asked over HTTP: https://operator.example/v1; without it its answers are told by npm run consents', '', z.string().check(z.refine((text) => text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? ''), { error: 'write it as https://operator.example/v1' }))),
  OYA_NETWORK_OPERATOR_TOKEN: setting('what it knows the portal by', '', z.string()),
  OYA_NETWORK_OPERATOR_DAYS: setting('a consent has failed when it does not answer for so long', '10', whole(1, 365)),
  OYA_SMS_URL: setting('gateway that sends text messages, asked over HTTP: POST {"to": "+33612345678", "text": "…", "sender": "ENEO"}; without it none are sent', '', z.string().check(z.refine((text) => text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? ''), { error: 'write it as https://sms.example/messages' }))),
  OYA_SMS_TOKEN: setting('what the gateway knows the portal by', '', z.string()),
  OYA_PUSH_SERVICES: setting('push services beside those of Chrome, Firefox, Safari and Edge, separated by commas: https://push.eneo.example', '', z.string().check(z.refine((text) => text === '' || text.split(',').every((origin) => URL.parse(origin.trim())?.origin === origin.trim().toLowerCase()), { error: 'write each as https://push.eneo.example, without a path' }))),
  OYA_MAP: setting('JSON file with the shapes of the communes of each utility, as GeoJSON: {"eneo": {"type": "FeatureCollection", "features": […]}}; with OYA_DEMO the demo’s own are the default', '', z.string()),
  OYA_ATTACHMENT_SCAN: setting('ClamAV that looks for viruses in what customers attach: clamd://host:3310; without it nobody does', '', z.string().check(z.refine((text) => text === '' || clamdPlace(text) !== undefined, { error: 'write it as clamd://host:3310' }))),
  OYA_TRUSTED_PROXIES: setting('number of proxies in front', '0', whole(0, 10)),
  OYA_REQUESTS_PER_MINUTE: setting('for each address and instance', '600', whole(1, 1_000_000)),
  OYA_TERRITORY: setting('JSON file that says which utility supplies which commune; with OYA_DEMO the demo’s own is the default', '', z.string()),
  OYA_TARIFFS: setting('JSON file with the tariffs that households can be compared under; with OYA_DEMO the demo’s own are the default', '', z.string()),
  OYA_OIDC: setting('JSON file that names the OpenID Connect provider of a utility whose site signs its customers in itself: {"eneo": {"issuer": "https://login.eneo.example", "audience": "https://api.eneo.example", "customerClaim": "sub"}}', '', z.string()),
  OYA_CONNECTORS: setting('JSON file that says from which network operator the measurements of a utility are collected each night, and whether signals are from RTE: {"utilities": {"eneo": {"electricity": {"kind": "enedis-2026"}}}, "rte": {}}', '', z.string()),
  OYA_PAYMENTS: setting('JSON file that says who takes the card payments of a utility: {"eneo": {"provider": "payzen", "siteId": "12345678", "mode": "test"}}, its notices come to /eneo/v1/payment-notices', '', z.string()),
  OYA_DEMO: setting('fill the database with the demo households', 'false', flag()),
  OYA_CHECK_ANSWERS: setting('check every answer against the contract', 'false', flag()),
  LOG_LEVEL: setting(LOG_LEVELS.join(', '), 'info', z.enum(LOG_LEVELS)),
} as const;

/** Every mistake in the environment at once, each with what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = {}): Config {
  const mistakes: string[] = [];
  const read = <K extends keyof typeof settings>(name: K): z.output<(typeof settings)[K]['schema']> => {
    const { schema, fallback, about } = settings[name];
    const result = (schema as z.ZodMiniType).safeParse(environment[name]?.trim() || fallback);
    if (result.success) return result.data as z.output<(typeof settings)[K]['schema']>;
    mistakes.push(`${name} (${about}): ${result.error.issues.map(({ message }) => message).join('; ')}`);
    return undefined as never;
  };
  const config: Config = {
    host: read('HOST'),
    port: read('PORT'),
    databaseUrl: read('DATABASE_URL') || undefined,
    dataDir: read('OYA_DATA_DIR'),
    origins: originsByUtility(read('OYA_ORIGINS') ?? ''),
    passkeyDomains: Object.fromEntries(entriesOf(read('OYA_PASSKEY_DOMAINS') ?? '').map(({ utility, value }) => [utility, value.toLowerCase()])),
    cookie: { secure: read('OYA_COOKIE_SECURE'), sameSite: read('OYA_COOKIE_SAME_SITE'), partitioned: read('OYA_COOKIE_PARTITIONED') },
    session: { idleMinutes: read('OYA_SESSION_IDLE_MINUTES'), hours: read('OYA_SESSION_HOURS'), rememberDays: read('OYA_REMEMBER_DAYS') },
    smtpUrl: read('SMTP_URL') || undefined,
    mailFrom: read('OYA_MAIL_FROM'),
    secret: read('OYA_SECRET') || undefined,
    consentUndoMinutes: read('OYA_CONSENT_UNDO_MINUTES'),
    networkOperator: { url: read('OYA_NETWORK_OPERATOR') || undefined, token: read('OYA_NETWORK_OPERATOR_TOKEN') || undefined, days: read('OYA_NETWORK_OPERATOR_DAYS') },
    sms: { url: read('OYA_SMS_URL') || undefined, token: read('OYA_SMS_TOKEN') || undefined },
    pushServices: (read('OYA_PUSH_SERVICES') ?? '').split(',').map((origin) => origin.trim().toLowerCase()).filter(Boolean),
    mapFile: read('OYA_MAP') || undefined,
    attachmentScan: clamdPlace(read('OYA_ATTACHMENT_SCAN') ?? ''),
    trustedProxies: read('OYA_TRUSTED_PROXIES'),
    requestsPerMinute: read('OYA_REQUESTS_PER_MINUTE'),
    territoryFile: read('OYA_TERRITORY') || undefined,
    tariffsFile: read('OYA_TARIFFS') || undefined,
    providersFile: read('OYA_OIDC') || undefined,
    connectorsFile: read('OYA_CONNECTORS') || undefined,
    paymentsFile: read('OYA_PAYMENTS') || undefined,
    demo: read('OYA_DEMO'),
    checkAnswers: read('OYA_CHECK_ANSWERS'),
    logLevel: read('LOG_LEVEL'),
  };
  if (!config.cookie.secure && (config.cookie.sameSite === 'none' || config.cookie.partitioned)) {
    mistakes.push('OYA_COOKIE_SECURE: browsers refuse a cross-site or partitioned cookie that is not secure; set it to true');
  }
  if (mistakes.length === 0) mistakes.push(...passkeyMistakes(config));
  if (mistakes.length > 0) throw new ConfigError(`The settings of the server are not right:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
  return config;
}

/** One line per setting, for `--help`. */
export function describeSettings(): string {
  return Object.entries(settings)
    .map(([name, { about, fallback }]) => `  ${name.padEnd(26)}${about}${fallback ? ` (${fallback})` : ''}`)
    .join('\n');
}

function setting<S extends z.ZodMiniType>(about: string, fallback: string, schema: S) {
  return { about, fallback, schema };
}

function whole(least: number, most: number) {
  const inRange = (text: string) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
  return z.pipe(z.string().check(z.refine(inRange, { error: `write a whole number from ${least} to ${most}` })), z.transform(Number));
}

function clamdPlace(text: string): ClamdPlace | undefined {
  const { protocol, hostname, port, pathname } = URL.parse(text) ?? {};
  return protocol === 'clamd:' && hostname && port && !pathname ? { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) } : undefined;
}

function flag() {
  return z.pipe(z.enum(['true', 'false'], { error: 'write true or false' }), z.transform((text) => text === 'true'));
}

function entriesOf(text: string): { utility: string; value: string }[] {
  const parts = text.split(',').map((part) => part.trim()).filter(Boolean);
  return parts.map((part) => {
    const [, utility = '*', value = ''] = /^(?:([\w-]+)=)?(.*)$/.exec(part) ?? [];
    return { utility, value };
  });
}

function areOrigins(text: string): boolean {
  return entriesOf(text).every(({ value }) => URL.canParse(value) && new URL(value).origin === value.toLowerCase());
}

function originsByUtility(text: string): Record<string, string[]> {
  const origins: Record<string, string[]> = {};
  for (const { utility, value } of entriesOf(text)) (origins[utility] ??= []).push(value.toLowerCase());
  return origins;
}

/** Names, not addresses of machines: browsers make passkeys for no other. */
function areDomains(text: string): boolean {
  const entries = entriesOf(text);
  const isDomain = (value: string) => /^(localhost|([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]([a-z\d-]*[a-z\d])?)$/i.test(value);
  return entries.every(({ value }) => isDomain(value)) && new Set(entries.map(({ utility }) => utility)).size === entries.length;
}

/** A site elsewhere than under the domain could neither make nor use a passkey: better told now than by its customers. */
function passkeyMistakes({ origins, passkeyDomains }: Config): string[] {
  const mistakes: string[] = [];
  for (const utility of new Set([...Object.keys(passkeyDomains), ...Object.keys(origins)])) {
    const domain = passkeyDomains[utility] ?? passkeyDomains['*'];
    if (domain === undefined) continue;
    const sites = new Set([...(origins[utility] ?? []), ...(origins['*'] ?? [])]);
    const whose = utility === '*' ? 'all utilities' : `the utility ${utility}`;
    const needsSites = utility === '*' ? Object.keys(origins).length === 0 : sites.size === 0;
    if (needsSites) mistakes.push(`OYA_PASSKEY_DOMAINS: passkeys of ${whose} need to know its sites; list those under ${domain} in OYA_ORIGINS`);
    for (const site of sites) {
      const { hostname, protocol } = new URL(site);
      if (hostname !== domain && !hostname.endsWith(`.${domain}`)) mistakes.push(`OYA_PASSKEY_DOMAINS: ${site} of ${whose} does not lie under ${domain}, so that browsers refuse its passkeys there; name the domain that all its sites share`);
      else if (protocol !== 'https:' && !/(^|\.)localhost$/.test(hostname)) mistakes.push(`OYA_PASSKEY_DOMAINS: browsers have passkeys over https only; write https in OYA_ORIGINS for ${site}`);
    }
  }
  return mistakes;
}
