import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { cents } from '@oya/contract';
import fc from 'fast-check';
import { fits, NoticeRefused, PaymentProviderBusy, type PaymentTry } from './payment-provider.ts';
import { PayZen, signFields } from './payzen.ts';
import { hmac } from './signatures.ts';
import { StripeCheckout } from './stripe-checkout.ts';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const PAYMENT: PaymentTry = {
  id: 'try-7Kx',
  amount: cents(12_345),
  startedAt: Date.parse('2017-01-29T13:00:25Z'),
  subject: 'Facture EN2611000101',
  customer: { id: 'camille-customer', email: 'camille.durand@example.org' },
  language: 'fr-FR',
  returnUrl: 'https://www.eneo.example/mon-espace?payment=try-7Kx',
};

const refused = (reason: RegExp) => (error: unknown) => error instanceof NoticeRefused && reason.test(error.message);

describe('the form protocol of Lyra', () => {
  const KEY = '1122334455667788';
  const payzen = new PayZen({ siteId: '12345678', key: KEY, mode: 'TEST' });

  /** A notice as the provider posts it. */
  const notice = (more: Record<string, string> = {}, key = KEY) => {
    const fields: Record<string, string> = {
      vads_amount: '12345', vads_ctx_mode: 'TEST', vads_currency: '978', vads_operation_type: 'DEBIT', vads_order_id: 'try-7Kx', vads_site_id: '12345678',
      vads_trans_date: '20170129130025', vads_trans_id: '123456', vads_trans_status: 'AUTHORISED', vads_trans_uuid: '4a5b', vads_threeds_status: 'Y', ...more,
    };
    return new URLSearchParams({ ...fields, signature: signFields(fields, key) });
  };
  const read = (form: URLSearchParams | string) => payzen.readNotice({ body: Buffer.from(form.toString()), headers: {}, now: NOW });

  it('signs as the published example does', () => {
    const fields = {
      vads_action_mode: 'INTERACTIVE', vads_amount: '5124', vads_ctx_mode: 'TEST', vads_currency: '978', vads_page_action: 'PAYMENT', vads_payment_config: 'SINGLE',
      vads_site_id: '12345678', vads_trans_date: '20170129130025', vads_trans_id: '123456', vads_version: 'V2',
    };
    assert.equal(signFields(fields, KEY), 'ycA5Do5tNvsnKdc/eP1bj2xa19z9q3iWPy9/rpesfS0=');
    assert.equal(signFields({ ...fields, signature: 'x', submit: 'Payer' }, KEY), signFields(fields, KEY), 'only what begins with vads_ is signed');
  });

  it('sends the customer away with a signed form, in their language, and tells no other page where they come from', async () => {
    const departure = await payzen.depart(PAYMENT);
    assert.ok(departure.method === 'POST');
    const { signature, ...fields } = departure.fields;
    assert.equal(signature, signFields(fields, KEY));
    assert.deepEqual(
      [fields['vads_amount'], fields['vads_currency'], fields['vads_order_id'], fields['vads_language'], fields['vads_trans_date'], fields['vads_url_return']],
      ['12345', '978', 'try-7Kx', 'fr', '20170129130025', PAYMENT.returnUrl],
    );
    assert.match(fields['vads_trans_id'] ?? '', /^[0-9a-z]{6}$/);
    assert.deepEqual(await payzen.depart(PAYMENT), departure, 'the same try is the same transaction');
    const other = await payzen.depart({ ...PAYMENT, id: 'try-8', language: 'oc', customer: { id: 'x', email: undefined } });
    assert.ok(other.method === 'POST' && other.fields['vads_trans_id'] !== fields['vads_trans_id'] && !('vads_language' in other.fields) && !('vads_cust_email' in other.fields));
  });

  it('tells what came of a payment, and the same event by the same name', () => {
    const paid = read(notice());
    assert.deepEqual(paid, { eventId: '20170129130025-123456:DEBIT:AUTHORISED', tryId: 'try-7Kx', outcome: 'paid', amount: 12_345, currency: 'EUR', isLive: false, providerReference: '4a5b', detail: 'AUTHORISED Y' });
    assert.deepEqual(read(notice({ vads_url_check_src: 'RETRY' })), paid);
    const outcomes = { CAPTURED: 'paid', WAITING_AUTHORISATION: 'pending', UNDER_VERIFICATION: 'pending', REFUSED: 'refused', EXPIRED: 'undone', ABANDONED: 'abandoned' };
    for (const [status, outcome] of Object.entries(outcomes)) assert.equal(read(notice({ vads_trans_status: status }))?.outcome, outcome, status);
    assert.equal(read(notice({ vads_operation_type: 'CREDIT' }))?.outcome, 'credited');
    assert.equal(read(notice({ vads_operation_type: 'CREDIT', vads_trans_status: 'REFUSED' }))?.outcome, 'refused', 'a refund that the bank refuses is none');
    assert.equal(read(notice({ vads_trans_status: 'ABANDONED', vads_operation_type: '', vads_trans_uuid: '' }))?.providerReference, '20170129130025-123456');
  });

  it('is not the payment that was asked for with another amount, currency or mode', () => {
    const paid = read(notice()) ?? assert.fail();
    assert.ok(fits(paid, PAYMENT, { isLive: false }));
    assert.ok(!fits(paid, PAYMENT, { isLive: true }));
    assert.ok(!fits(paid, { amount: cents(12_346) }, { isLive: false }));
    assert.ok(!fits(read(notice({ vads_currency: '840' })) ?? assert.fail(), PAYMENT, { isLive: false }));
  });

  it('counts for nothing, and says why, where it is forged, for another shop, in the other mode or not understood', () => {
    const unsigned = notice();
    unsigned.delete('signature');
    assert.throws(() => read(unsigned), refused(/no signature/));
    assert.throws(() => read(notice({}, 'another key')), refused(/not that of the provider/));
    assert.throws(() => read(notice({ vads_site_id: '87654321' })), refused(/shop 87654321/));
    assert.throws(() => read(notice({ vads_ctx_mode: 'PRODUCTION' })), refused(/mode is PRODUCTION/));
    assert.throws(() => read(notice({ vads_trans_status: 'MAYBE' })), refused(/MAYBE is not known/));
    assert.throws(() => read(notice({ vads_amount: '-1' })), refused(/amount -1/));
    assert.throws(() => read(`${notice().toString()}&vads_amount=1`), refused(/comes twice/));
    assert.throws(() => read(`${notice().toString()}&vads_extra=1`), refused(/not that of the provider/), 'what is added is not signed');
    assert.throws(() => read(''), refused(/no signature/));
  });

  it('is refused after any change to any of its signs, unless it means the same', () => {
    const text = notice().toString();
    const meaning = (form: string) => {
      const { providerReference: _, detail: __, ...decisive } = read(form) ?? assert.fail();
      return decisive;
    };
    const before = meaning(text);
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom('0', '9', 'C', 'z', '&', '%', '+', ''), (at, sign) => {
        try {
          assert.deepEqual(meaning(text.slice(0, at) + sign + text.slice(at + 1)), before);
        } catch (error) {
          if (!(error instanceof NoticeRefused)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused where a field that decides was given another name, which is not signed', () => {
    for (const name of ['vads_operation_type', 'vads_trans_status', 'vads_order_id', 'vads_amount', 'vads_currency', 'vads_trans_id']) {
      const renamed = notice({ vads_operation_type: 'CREDIT' }).toString().replace(`${name}=`, `${name}_=`);
      assert.throws(() => read(renamed), NoticeRefused, name);
    }
  });
});

describe('the signature scheme of Stripe Checkout', () => {
  const SECRET = 'whsec_test';
  const stripe = (url?: string) => new StripeCheckout({ secretKey: 'sk_test', signingSecret: SECRET, isLive: false, url });
  const event = (type = 'checkout.session.completed', session: object = {}, more: object = {}) =>
    JSON.stringify({ id: 'evt_1', type, livemode: false, data: { object: { id: 'cs_1', client_reference_id: 'try-7Kx', amount_total: 12_345, currency: 'eur', payment_status: 'paid', ...session } }, ...more });
  const sign = (body: string, { at = NOW, secret = SECRET } = {}) => `t=${Math.floor(at / 1000)},v1=${hmac(secret, `${Math.floor(at / 1000)}.${body}`).toString('hex')}`;
  const read = (body: string, signature: string | undefined = sign(body), now = NOW) => stripe().readNotice({ body: Buffer.from(body), headers: { 'stripe-signature': signature }, now });

  it('tells what came of a payment', () => {
    assert.deepEqual(read(event()), { eventId: 'evt_1', tryId: 'try-7Kx', outcome: 'paid', amount: 12_345, currency: 'EUR', isLive: false, providerReference: 'cs_1', detail: 'checkout.session.completed paid' });
    assert.equal(read(event('checkout.session.completed', { payment_status: 'unpaid' }))?.outcome, 'pending');
    assert.equal(read(event('checkout.session.async_payment_succeeded'))?.outcome, 'paid');
    assert.equal(read(event('checkout.session.async_payment_failed', { payment_status: 'unpaid' }))?.outcome, 'refused');
    assert.equal(read(event('checkout.session.expired', { payment_status: 'unpaid' }))?.outcome, 'abandoned');
    assert.equal(read(event('customer.created', {}, { data: { object: {} } })), undefined, 'other events are none of ours');
  });

  it('takes one of several signatures, while a secret is replaced', () => {
    const body = event();
    assert.ok(read(body, `${sign(body)},v1=${'0'.repeat(64)}`));
    assert.ok(read(body, `${sign(body, { secret: 'old' })},${sign(body).split(',')[1]}`));
  });

  it('counts for nothing where it is forged, old, in the other mode or not understood', () => {
    const body = event();
    assert.throws(() => stripe().readNotice({ body: Buffer.from(body), headers: {}, now: NOW }), refused(/no signature/));
    assert.throws(() => read(body, 'v1=00'), refused(/no time/));
    assert.throws(() => read(body, sign(body, { secret: 'another' })), refused(/not that of the provider/));
    assert.throws(() => read(body.replace('12345', '1'), sign(body)), refused(/not that of the provider/));
    assert.throws(() => read(body, sign(body), NOW + 301_000), refused(/minutes ago/));
    assert.throws(() => read(event(undefined, {}, { livemode: true })), refused(/mode is live/));
    assert.throws(() => read(event('checkout.session.completed', { client_reference_id: null })), refused(/session is not understood/));
    assert.throws(() => read(event('checkout.session.imagined')), refused(/imagined is not known/));
    for (const text of ['', '{', '[]', 'null']) assert.throws(() => read(text), NoticeRefused);
  });

  it('begins a session at the provider, and says when it could not', async () => {
    const asked: { headers: object; form: URLSearchParams }[] = [];
    let answer: [status: number, body: string] = [200, JSON.stringify({ url: 'https://checkout.stripe.com/c/pay/cs_1' })];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        asked.push({ headers: request.headers, form: new URLSearchParams(text) });
        response.writeHead(answer[0], { 'content-type': 'application/json' }).end(answer[1]);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    try {
      assert.deepEqual(await stripe(url).depart(PAYMENT), { method: 'GET', url: 'https://checkout.stripe.com/c/pay/cs_1' });
      const [{ headers, form } = assert.fail()] = asked;
      assert.deepEqual([form.get('client_reference_id'), form.get('line_items[0][price_data][unit_amount]'), form.get('success_url')], ['try-7Kx', '12345', PAYMENT.returnUrl]);
      assert.deepEqual([(headers as Record<string, string>)['authorization'], (headers as Record<string, string>)['idempotency-key']], ['Bearer sk_test', 'try-7Kx']);
      for (const wrong of [[500, '{}'], [200, '{}'], [200, '<html>'], [402, JSON.stringify({ error: {} })]] as [number, string][]) {
        answer = wrong;
        await assert.rejects(stripe(url).depart(PAYMENT), PaymentProviderBusy);
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
    await assert.rejects(stripe(url).depart(PAYMENT), PaymentProviderBusy, 'nobody is there');
  });
});
