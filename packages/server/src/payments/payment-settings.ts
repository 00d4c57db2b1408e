/** By whom the card payments of a utility are taken: read from a file once, and checked. Its secrets stand in the environment. */
import { cents, type PartialPolicy, type PaymentOffer } from '@oya/contract';
import * as z from 'zod/mini';
import { ConfigError, type Config } from '../config.ts';
import { isTrustworthy } from '../providers.ts';
import { mistakesIn, readSettingFile } from '../setting-files.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { PayZen } from './payzen.ts';
import { StripeCheckout } from './stripe-checkout.ts';

/** How a utility is paid by card. */
export interface PaymentSettings {
  readonly name: PaymentOffer['provider'];
  readonly provider: PaymentProvider;
  /** Money moves; otherwise it is a trial. */
  readonly isLive: boolean;
  /** `null`: invoices are paid whole. */
  readonly partial: PartialPolicy | null;
}

/** By the utility's id. */
export type PaymentsOfUtilities = Readonly<Record<string, PaymentSettings>>;

const variable = z.string().check(z.regex(/^[A-Z_][A-Z0-9_]*$/, 'write the name of an environment variable, such as OYA_PAYZEN_KEY; the secret itself never stands here'));
const shared = {
  /** Where the provider is, where it is not the usual one. */
  url: z.optional(z.string().check(z.refine(isTrustworthy, { error: 'write an address with https: https://secure.payzen.eu/vads-payment/' }))),
  mode: z.enum(['test', 'production'], { error: 'write test or production' }),
  /** Whether less than all may be paid, and the least in cents. */
  partial: z.optional(z.strictObject({ least: z.int('write a whole number of cents').check(z.minimum(1, 'write 1 or more')) })),
};
const Settings = z.discriminatedUnion(
  'provider',
  [
    z.strictObject({ provider: z.literal('payzen'), siteId: z.string('write the number of the shop').check(z.regex(/^\d{1,8}$/, 'write the number of the shop, at most 8 digits')), keyVariable: z._default(variable, 'OYA_PAYZEN_KEY'), ...shared }),
    z.strictObject({ provider: z.literal('stripe'), secretKeyVariable: z._default(variable, 'OYA_STRIPE_SECRET_KEY'), signingSecretVariable: z._default(variable, 'OYA_STRIPE_SIGNING_SECRET'), ...shared }),
  ],
  { error: 'write {"provider": "payzen", …} or {"provider": "stripe", …}' },
);
const File = z.record(z.string(), Settings, 'write {"<utility>": {"provider": "payzen", …}}');

/**
 * @returns what the file says; nothing when there is none
 * @throws ConfigError that tells each mistake in the file, with where it stands, and each secret that is not set
 */
export async function loadPayments({ paymentsFile }: Pick<Config, 'paymentsFile'>, environment: Readonly<Record<string, string | undefined>>): Promise<PaymentsOfUtilities> {
  if (paymentsFile === undefined) return {};
  const file = { path: paymentsFile, setting: 'OYA_PAYMENTS', subject: 'The payments', verb: 'are' } as const;
  const result = File.safeParse(await readSettingFile(file));
  if (!result.success) {
    const mistakes = result.error.issues.map((issue) => `  ${[...issue.path, issue.code === 'unrecognized_keys' ? `there is no setting ${issue.keys.join(', ')}` : issue.message].join(': ')}`);
    throw mistakesIn(file, mistakes.join('\n'), 'packages/server/payments.example.json');
  }
  const missing = new Set<string>();
  const secret = (name: string): string => {
    const value = environment[name]?.trim() ?? '';
    if (value === '') missing.add(name);
    return value;
  };
  const payments = Object.fromEntries(Object.entries(result.data).map(([utility, given]) => [utility, settingsOf(given, secret)]));
  if (missing.size > 0) throw new ConfigError(`${paymentsFile} (OYA_PAYMENTS) needs ${[...missing].join(', ')}, which ${missing.size === 1 ? 'is' : 'are'} not set. Set ${missing.size === 1 ? 'it' : 'them'} in the environment to what the payment provider has given you.`);
  return payments;
}

function settingsOf(given: z.output<typeof Settings>, secret: (name: string) => string): PaymentSettings {
  const { mode, url, partial } = given;
  const isLive = mode === 'production';
  const common = { isLive, partial: partial ? { least: cents(partial.least) } : null };
  if (given.provider === 'payzen') return { name: 'payzen', ...common, provider: new PayZen({ siteId: given.siteId, key: secret(given.keyVariable), mode: isLive ? 'PRODUCTION' : 'TEST', url }) };
  return { name: 'stripe', ...common, provider: new StripeCheckout({ secretKey: secret(given.secretKeyVariable), signingSecret: secret(given.signingSecretVariable), isLive, url }) };
}
