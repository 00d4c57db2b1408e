/**
 * Lyra's form protocol (PayZen and the banks that use it): a form of `vads_*` fields that the browser posts to the payment
 * page, and the same kind of form as notice, each signed over its values in the order of their names.
 * https://payzen.io/fr-FR/form-payment/
 */
import { cents } from '@oya/contract';
import { hmac, isSame } from './signatures.ts';
import { NoticeRefused, type Departure, type NoticeRequest, type PaymentNotice, type PaymentOutcome, type PaymentProvider, type PaymentTry } from './payment-provider.ts';

export interface PayZenOptions {
  readonly siteId: string;
  /** The key of the mode that is used: test and production have one each. */
  readonly key: string;
  readonly mode: 'TEST' | 'PRODUCTION';
  /** Default: PayZen's; the banks of the same protocol have their own. */
  readonly url?: string | undefined;
}

const PAYMENT_PAGE = 'https://secure.payzen.eu/vads-payment/';
const EURO = '978';
/** The languages of the payment page; it falls back on its own. */
const LANGUAGES: ReadonlySet<string> = new Set(['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt']);

const OUTCOMES: Readonly<Record<string, PaymentOutcome>> = {
  ACCEPTED: 'paid',
  AUTHORISED: 'paid',
  CAPTURED: 'paid',
  AUTHORISED_TO_VALIDATE: 'pending',
  INITIAL: 'pending',
  UNDER_VERIFICATION: 'pending',
  WAITING_AUTHORISATION: 'pending',
  WAITING_AUTHORISATION_TO_VALIDATE: 'pending',
  PRE_AUTHORISED: 'pending',
  ABANDONED: 'abandoned',
  NOT_CREATED: 'refused',
  // What the bank had agreed to never moved.
  CANCELLED: 'undone',
  CAPTURE_FAILED: 'undone',
  EXPIRED: 'undone',
  REFUSED: 'refused',
  SUSPENDED: 'refused',
};

export class PayZen implements PaymentProvider {
  readonly #options: PayZenOptions;

  constructor(options: PayZenOptions) {
    this.#options = options;
  }

  depart(payment: PaymentTry): Promise<Departure> {
    const { siteId, key, mode, url = PAYMENT_PAGE } = this.#options;
    const language = payment.language.slice(0, 2).toLowerCase();
    const fields: Record<string, string> = {
      vads_action_mode: 'INTERACTIVE',
      vads_amount: String(payment.amount),
      vads_ctx_mode: mode,
      vads_currency: EURO,
      vads_cust_id: payment.customer.id,
      ...(payment.customer.email !== undefined && { vads_cust_email: payment.customer.email }),
      ...(LANGUAGES.has(language) && { vads_language: language }),
      vads_order_id: payment.id,
      vads_order_info: payment.subject,
      vads_page_action: 'PAYMENT',
      vads_payment_config: 'SINGLE',
      vads_return_mode: 'NONE',
      vads_site_id: siteId,
      vads_trans_date: transactionDate(payment.startedAt),
      vads_trans_id: transactionId(payment.id),
      vads_url_return: payment.returnUrl,
      vads_version: 'V2',
    };
    return Promise.resolve({ method: 'POST', url, fields: { ...fields, signature: signFields(fields, key) } });
  }

  readNotice({ body }: NoticeRequest): PaymentNotice | undefined {
    const { siteId, key, mode } = this.#options;
    const fields = readForm(body);
    const { signature, ...rest } = fields;
    if (signature === undefined) throw new NoticeRefused('it has no signature');
    if (!isSame(Buffer.from(signFields(rest, key), 'base64'), Buffer.from(signature, 'base64'))) throw new NoticeRefused('its signature is not that of the provider');
    const field = (name: string): string => {
      const value = fields[name];
      if (value === undefined || value === '') throw new NoticeRefused(`it has no ${name}`);
      return value;
    };
    if (field('vads_site_id') !== siteId) throw new NoticeRefused(`it is for the shop ${field('vads_site_id')}`);
    if (field('vads_ctx_mode') !== mode) throw new NoticeRefused(`its mode is ${field('vads_ctx_mode')}, where ${mode} is used`);
    const status = field('vads_trans_status');
    const outcome = OUTCOMES[status];
    if (!outcome) throw new NoticeRefused(`its state ${status} is not known`);
    const amount = field('vads_amount');
    if (!/^\d{1,12}$/.test(amount)) throw new NoticeRefused(`its amount ${amount} is none`);
    // Values are signed and names are not: what decides must be there, so that no other name for it makes it mean something else.
    const operation = outcome === 'abandoned' ? 'DEBIT' : field('vads_operation_type');
    if (operation !== 'DEBIT' && operation !== 'CREDIT') throw new NoticeRefused(`its operation ${operation} is not known`);
    const isCredit = operation === 'CREDIT';
    const transaction = `${field('vads_trans_date')}-${field('vads_trans_id')}`;
    return {
      eventId: `${transaction}:${operation}:${status}`,
      tryId: field('vads_order_id'),
      outcome: isCredit && outcome === 'paid' ? 'credited' : outcome,
      amount: cents(Number(amount)),
      currency: field('vads_currency') === EURO ? 'EUR' : field('vads_currency'),
      isLive: mode === 'PRODUCTION',
      // An abandoned payment has no transaction at the bank, and so no name of its own there.
      providerReference: fields['vads_trans_uuid'] || transaction,
      detail: [status, fields['vads_auth_result'], fields['vads_threeds_status']].filter(Boolean).join(' '),
    };
  }
}

/** The signature of a form: the values of its `vads_*` fields in the order of their names, and the key, with `+` between. */
export function signFields(fields: Readonly<Record<string, string | undefined>>, key: string): string {
  const values = Object.keys(fields)
    .filter((name) => name.startsWith('vads_'))
    .sort()
    .map((name) => fields[name] ?? '');
  return hmac(key, [...values, key].join('+')).toString('base64');
}

/** In UTC: `20170129130025`. */
function transactionDate(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString().replaceAll(/\D/g, '').slice(0, 14);
}

/** Six signs that no other transaction of the shop has on that day: of two billion, so that two of a day seldom meet, and are refused by the provider where they do. */
function transactionId(id: string): string {
  return (hmac('vads_trans_id', id).readUInt32BE() % 36 ** 6).toString(36).padStart(6, '0');
}

/** A field that comes twice is one too many to know which of them was signed. */
function readForm(body: Uint8Array): Record<string, string | undefined> {
  const fields: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>;
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    if (name in fields) throw new NoticeRefused(`its field ${name} comes twice`);
    fields[name] = value;
  }
  return fields;
}
