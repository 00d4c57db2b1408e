/** Who else signs a utility's customers in: its OpenID Connect provider, read from a file once, and checked. */
import * as z from 'zod/mini';
import { ConfigError, type Config } from './config.ts';
import { mistakesIn, readSettingFile } from './setting-files.ts';

const words = z.string('a text is needed').check(z.minLength(1, 'a text is needed'));

const Provider = z.strictObject({
  /** To the letter as the provider writes it: that is how its tokens name it. */
  issuer: words.check(z.refine(isTrustworthy, { error: 'write it as the provider does, with https: https://login.eneo.example' })),
  /** What the provider's access tokens for this portal say that they are for. */
  audience: words,
  /** The claim of an access token that says who the customer is. */
  customerClaim: z._default(words, 'sub'),
}, 'write {"issuer": "https://…", "audience": "…"}');

/** A provider whose access tokens a utility's portal takes. */
export type Provider = z.output<typeof Provider>;

/** By the utility's id. */
export type Providers = Readonly<Record<string, Provider>>;

const Providers = z.record(z.string(), Provider, 'write {"<utility>": {"issuer": "https://…", "audience": "…"}}');

/**
 * @returns what the file says; nothing when there is none
 * @throws ConfigError that tells each mistake in the file, with where it stands
 */
export async function loadProviders({ providersFile }: Pick<Config, 'providersFile'>): Promise<Providers> {
  if (providersFile === undefined) return {};
  const file = { path: providersFile, setting: 'OYA_OIDC', subject: 'The providers', verb: 'are' } as const;
  const result = Providers.safeParse(await readSettingFile(file));
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => {
    const what = issue.code === 'unrecognized_keys' ? `there is no setting ${issue.keys.join(', ')}; there are ${Object.keys(Provider.def.shape).join(', ')}` : issue.message;
    return `  ${[...issue.path, what].join(': ')}`;
  });
  throw mistakesIn(file, mistakes.join('\n'), 'packages/server/oidc.example.json');
}

/** @throws ConfigError for a provider of a utility that is not there: its customers would be refused, and nobody would know why */
export function requireUtilities(providers: Readonly<Record<string, unknown>>, known: readonly string[], setting = 'OYA_OIDC'): void {
  const unknown = Object.keys(providers).filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new ConfigError(`${setting} names ${unknown.join(', ')}, but there ${known.length === 1 ? 'is only' : 'are only'} ${known.join(', ')}. Correct the names of the utilities there.`);
}

/** Whoever can change what is read on the way to the provider could make tokens of their own. */
export function isTrustworthy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
}
