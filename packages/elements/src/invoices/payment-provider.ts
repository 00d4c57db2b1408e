import type { PaymentOffer } from '@oya/contract';

/** As the customer finds them named on their page. */
export const PROVIDERS: Readonly<Record<PaymentOffer['provider'], string>> = { payzen: 'PayZen', stripe: 'Stripe' };
