/**
 * Stripe Checkout: the portal makes a session and sends the customer to its address; events come as signed JSON.
 * https://docs.stripe.com/webhooks/signature
 */
import { cents } from '@oya/contract';
import * as z from 'zod/mini';
import { hmac, isSame } from './signatures.ts';
import { NoticeRefused, PaymentProviderBusy, type Departure, type NoticeRequest, type PaymentNotice, type PaymentOutcome, type PaymentProvider, type PaymentTry } from './payment-provider.ts';

export interface StripeCheckoutOptions {
  readonly secretKey: string;
  /** Of the endpoint that notices are sent to. */
  readonly signingSecret: string;
  readonly isLive: boolean;
  /** Default: Stripe's. */
  readonly url?: string | undefined;
}

const API = 'https://api.stripe.com';
const PATIENCE_MS = 10_000;
/** An event that was recorded and is sent again later is not taken. */
const TOLERATED_SECONDS = 300;

const Session = z.object({ url: z.url() });
const CheckoutEvent = z.object({
  id: z.string().check(z.minLength(1)),
  type: z.string(),
  livemode: z.boolean(),
  data: z.object({ object: z.looseObject({}) }),
});
const CheckoutSession = z.object({
  id: z.string(),
  client_reference_id: z.string().check(z.minLength(1)),
  amount_total: z.int(),
  currency: z.string(),
  payment_status: z.string(),
});

export class StripeCheckout implements PaymentProvider {
  readonly #options: StripeCheckoutOptions;

  constructor(options: StripeCheckoutOptions) {
    this.#options = options;
  }

  async depart(payment: PaymentTry): Promise<Departure> {
    const { secretKey, url = API } = this.#options;
    const form = new URLSearchParams({
      mode: 'payment',
      client_reference_id: payment.id,
      locale: payment.language.slice(0, 2).toLowerCase(),
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': String(payment.amount),
      'line_items[0][price_data][product_data][name]': payment.subject,
      success_url: payment.returnUrl,
      cancel_url: payment.returnUrl,
      ...(payment.customer.email !== undefined && { customer_email: payment.customer.email }),
    });
    let response: Response;
    try {
      response = await fetch(`${url}/v1/checkout/sessions`, {
        method: 'POST',
        redirect: 'error',
        // The same try begins the same session, also where its answer was lost.
        headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': payment.id },
        body: form.toString(),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      throw new PaymentProviderBusy('the payment provider does not answer', { cause });
    }
    const session = Session.safeParse(await response.json().catch(() => undefined));
    if (!response.ok || !session.success) throw new PaymentProviderBusy(`the payment provider began nothing: ${response.status}`);
    return { method: 'GET', url: session.data.url };
  }

  readNotice({ body, headers, now }: NoticeRequest): PaymentNotice | undefined {
    this.#checkSignature(body, headers['stripe-signature'], now);
    const event = parsed(CheckoutEvent, body);
    if (!event.type.startsWith('checkout.session.')) return undefined;
    if (event.livemode !== this.#options.isLive) throw new NoticeRefused(`its mode is ${event.livemode ? 'live' : 'test'}, where the other is used`);
    const session = CheckoutSession.safeParse(event.data.object);
    if (!session.success) throw new NoticeRefused('its session is not understood');
    const { id, client_reference_id, amount_total, currency, payment_status } = session.data;
    return {
      eventId: event.id,
      tryId: client_reference_id,
      outcome: outcomeOf(event.type, payment_status),
      amount: cents(amount_total),
      currency: currency.toUpperCase(),
      isLive: event.livemode,
      providerReference: id,
      detail: `${event.type} ${payment_status}`,
    };
  }

  /** `t=<seconds>,v1=<hex>`: of the time, a dot and the body as it came. There are several while a secret is replaced. */
  #checkSignature(body: Uint8Array, header: string | string[] | undefined, now: number): void {
    if (typeof header !== 'string') throw new NoticeRefused('it has no signature');
    const parts = header.split(',').map((part) => part.trim().split('='));
    const valuesOf = (scheme: string) => parts.filter(([name]) => name === scheme).map(([, value]) => value ?? '');
    const [time] = valuesOf('t');
    if (time === undefined || !/^\d{1,12}$/.test(time)) throw new NoticeRefused('its signature has no time');
    const expected = hmac(this.#options.signingSecret, Buffer.concat([Buffer.from(`${time}.`), body]));
    // All are compared: how many there are is no secret.
    const matches = valuesOf('v1').map((value) => isSame(expected, Buffer.from(value, 'hex')));
    if (!matches.includes(true)) throw new NoticeRefused('its signature is not that of the provider');
    if (Math.abs(now / 1000 - Number(time)) > TOLERATED_SECONDS) throw new NoticeRefused(`it was signed more than ${TOLERATED_SECONDS / 60} minutes ago, or will be: check the clock of this machine`);
  }
}

function outcomeOf(type: string, paymentStatus: string): PaymentOutcome {
  switch (type) {
    case 'checkout.session.completed':
      return paymentStatus === 'unpaid' ? 'pending' : 'paid';
    case 'checkout.session.async_payment_succeeded':
      return 'paid';
    case 'checkout.session.async_payment_failed':
      return 'refused';
    case 'checkout.session.expired':
      return 'abandoned';
    default:
      throw new NoticeRefused(`its kind ${type} is not known`);
  }
}

function parsed<T extends z.ZodMiniType>(schema: T, body: Uint8Array): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (cause) {
    throw new NoticeRefused('it is no JSON', { cause });
  }
  const result = z.safeParse(schema, value);
  if (!result.success) throw new NoticeRefused('it is not understood');
  return result.data;
}
