import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { AWAY_MS, cents, NOTICE_MS, RETURN_PARAMETER, type Activity, type DataExport, type InvoiceDetails, type InvoiceList, type Output, type Page, type Payment, type PaymentOffer, type ProblemDocument } from '@oya/contract';
import { startSimulator, type NoticeWay, type PaymentChoice, type RunningSimulator } from '@oya/simulator';
import fc from 'fast-check';
import { sql } from 'kysely';
import { webhooksTold } from '../../test/told.ts';
import { Visitor } from '../../test/visitor.ts';
import { textRunnerOf } from '../database/open.ts';
import { PayZen, signFields } from '../payments/payzen.ts';
import type { PaymentSettings } from '../payments/payment-settings.ts';
import { StripeCheckout } from '../payments/stripe-checkout.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestEngine, type TestServer } from '../testing.ts';

const SITE = 'https://eneo.example';
const CONTRACT = '/contracts/lucien-electricity';
const SHOP = { siteId: '12345678', key: 'key-of-the-tests', mode: 'TEST' } as const;
const LATE_MS = 50;

type Departure = Output<'startPayment'>['departure'];

/** A portal with a customer who has two invoices to pay, and a provider's page that it sends them to. */
class Scene {
  readonly server: TestServer;
  readonly lucien: Visitor;
  readonly clock: { now: number };
  readonly #simulator: RunningSimulator;

  private constructor(server: TestServer, simulator: RunningSimulator, clock: { now: number }) {
    this.server = server;
    this.#simulator = simulator;
    this.clock = clock;
    this.lucien = new Visitor(server.baseUrl('eneo'), SITE);
  }

  static async open(engine: TestEngine, settings: Partial<PaymentSettings> = {}): Promise<Scene> {
    const clock = { now: SEEDED_AT };
    const simulator = await startSimulator({ lateNoticeMs: LATE_MS });
    const payments = { eneo: { name: 'payzen', provider: new PayZen({ ...SHOP, url: `${simulator.baseUrl}/vads-payment/` }), isLive: false, partial: { least: cents(1000) }, ...settings } } as const;
    const server = await startTestServer({ engine, now: () => clock.now, payments, config: { origins: { eneo: [SITE] } } });
    simulator.openShop({ ...SHOP, noticeUrl: `${server.baseUrl('eneo')}/payment-notices` });
    const scene = new Scene(server, simulator, clock);
    await scene.lucien.signInAs('lucien');
    return scene;
  }

  /** Long enough for the session to end. */
  async wait(milliseconds: number): Promise<void> {
    this.clock.now += milliseconds;
    await this.lucien.signInAs('lucien');
  }

  async close(): Promise<void> {
    await this.#simulator.stop();
    await this.server.stop();
  }

  async offer(): Promise<PaymentOffer> {
    return (await this.lucien.get<PaymentOffer>(`${CONTRACT}/payable`)).body;
  }

  async list(): Promise<InvoiceList> {
    return (await this.lucien.get<InvoiceList>(`${CONTRACT}/invoices`)).body;
  }

  async payments(): Promise<Payment[]> {
    return (await this.lucien.get<Page<Payment>>(`${CONTRACT}/payments`)).body.items;
  }

  async payment(id: string): Promise<Payment> {
    return (await this.lucien.get<Payment>(`${CONTRACT}/payments/${id}`)).body;
  }

  /** What the customer reads of card payments, the oldest first. */
  async traces(): Promise<Activity[]> {
    return (await this.lucien.get<Page<Activity>>('/profile/activity?group=payments')).body.items.filter(({ kind }) => kind.startsWith('card-payment')).reverse();
  }

  /** Asks to pay these invoices, by default all that is open. */
  async ask<T = Output<'startPayment'>>(more: { invoiceIds?: readonly string[]; open?: number; amount?: number; returnUrl?: string } = {}, headers: Record<string, string> = {}) {
    const { invoices } = await this.offer();
    const chosen = invoices.filter(({ invoiceId }) => more.invoiceIds?.includes(invoiceId) ?? true);
    const open = chosen.reduce((total, invoice) => total + invoice.open, 0);
    return this.lucien.send<T>('POST', `${CONTRACT}/payments`, { body: { invoiceIds: chosen.map(({ invoiceId }) => invoiceId), open, amount: open, returnUrl: `${SITE}/espace?vue=factures#liste`, ...more }, headers });
  }

  async start(more: Parameters<Scene['ask']>[0] = {}): Promise<Output<'startPayment'>> {
    const { status, body, text } = await this.ask(more);
    assert.equal(status, 200, text);
    return body;
  }

  /** What the browser does at the provider's. */
  async visit(departure: Departure, choice: PaymentChoice, notice: NoticeWay = 'at-once', code?: string): Promise<Response> {
    assert.equal(departure.method, 'POST');
    const shown = await fetch(departure.url, { method: 'POST', body: new URLSearchParams(departure.fields) });
    assert.equal(shown.status, 200, await shown.text());
    const decided = (more: Record<string, string>) => fetch(new URL('/vads-payment/choice', departure.url), { method: 'POST', redirect: 'manual', body: new URLSearchParams({ ...departure.fields, choice, notice, ...more }) });
    const first = await decided({});
    return code === undefined ? first : decided({ code });
  }

  async comeBack(id: string): Promise<Payment> {
    return (await this.lucien.send<Payment>('POST', `${CONTRACT}/payments/${id}/return`, { body: {} })).body;
  }

  async cancel(id: string) {
    return this.lucien.send<Payment & ProblemDocument>('POST', `${CONTRACT}/payments/${id}/cancellation`, { body: {} });
  }

  /** The provider tells by itself. */
  async tell(departure: Departure, status: string, more: Record<string, string> = {}, key: string = SHOP.key): Promise<number> {
    assert.equal(departure.method, 'POST');
    const { signature: _, ...fields } = departure.fields;
    const form = { ...fields, vads_trans_status: status, vads_operation_type: 'DEBIT', vads_trans_uuid: `${fields['vads_order_id']}-1`, ...more };
    const response = await fetch(`${this.server.baseUrl('eneo')}/payment-notices`, { method: 'POST', body: new URLSearchParams({ ...form, signature: signFields(form, key) }) });
    return response.status;
  }
}

for (const engine of testEngines()) {
  describe(`card payments, on ${engine.name}`, () => {
    const scenes: Scene[] = [];
    const open = async (settings?: Partial<PaymentSettings>) => {
      const scene = await Scene.open(engine, settings);
      scenes.push(scene);
      return scene;
    };
    // Each holds a database and its queue: one after the other keeps the machine free.
    afterEach(() => Promise.all(scenes.splice(0).map((scene) => scene.close())));

    it('are paid once the provider says so, with 3-D Secure, a receipt and a list that shows it', async () => {
      const scene = await open();
      const offer = await scene.offer();
      const toPay = (await scene.list()).toPay;
      assert.deepEqual([offer.invoices.length, offer.provider, offer.isTrial, offer.underWay.length], [2, 'payzen', true, 0]);
      assert.equal(offer.invoices.reduce((total, { open }) => total + open, 0), toPay);
      const { payment, departure } = await scene.start();
      assert.deepEqual([payment.state, payment.amount, payment.receipt], ['started', toPay, null]);
      const { body: waiting } = await scene.lucien.get<InvoiceDetails>(`${CONTRACT}/invoices/${offer.invoices[0]?.invoiceId}`);
      assert.equal(waiting.state, 'confirming');

      const back = await scene.visit(departure, 'secure', 'at-once', '123456');
      assert.equal(back.status, 303);
      const address = new URL(back.headers.get('location') ?? '');
      assert.deepEqual([address.origin, address.searchParams.get('vue'), address.hash, address.searchParams.get(RETURN_PARAMETER)], [SITE, 'factures', '#liste', payment.id]);

      const paid = await scene.comeBack(payment.id);
      assert.equal(paid.state, 'paid', 'the notice came before the customer');
      assert.deepEqual(paid.invoices.map(({ asked, paid: has }) => asked - has), [0, 0]);
      assert.deepEqual([paid.owed, paid.holdsUntil, paid.receipt?.sentTo === null], [0, null, false]);
      const list = await scene.list();
      assert.deepEqual([list.toPay, list.credit, list.items.slice(0, 2).map(({ state }) => state)], [0, 0, ['paid', 'paid']]);
      const { body: details } = await scene.lucien.get<InvoiceDetails>(`${CONTRACT}/invoices/${offer.invoices[0]?.invoiceId}`);
      assert.deepEqual(details.payments, [{ paidOn: '2026-11-24', amount: offer.invoices[0]?.open, means: 'card' }]);
      const mail = (await scene.server.mails()).find(({ subject }) => subject.startsWith('Reçu de votre paiement'));
      assert.ok(mail?.text.includes(paid.receipt?.reference ?? 'no receipt'));
      assert.ok(offer.invoices.every(({ number }) => mail?.text.includes(number)));
      assert.match(mail?.text ?? '', /aucun argent/);
    });

    it('wait for a notice that is late, whatever the browser says, and never for ever', async () => {
      const scene = await open();
      const { payment, departure } = await scene.start();
      await scene.visit(departure, 'pay', 'late');
      assert.equal((await scene.comeBack(payment.id)).state, 'confirming');
      for (let tries = 0; (await scene.payment(payment.id)).state !== 'paid'; tries += 1) {
        assert.ok(tries < 100, 'the late notice never came');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }

      const silent = await open();
      const other = await silent.start();
      await silent.visit(other.departure, 'pay', 'none');
      assert.equal((await silent.comeBack(other.payment.id)).state, 'confirming');
      assert.equal((await silent.cancel(other.payment.id)).status, 409, 'it may be paid');
      await silent.wait(NOTICE_MS);
      assert.equal((await silent.payment(other.payment.id)).state, 'lapsed');
      assert.equal((await silent.list()).items[0]?.state, 'open');
      assert.equal(await silent.tell(other.departure, 'AUTHORISED'), 200);
      assert.equal((await silent.payment(other.payment.id)).state, 'paid', 'what came is never lost');
    });

    it('leave everything open where they are refused or abandoned', async () => {
      const scene = await open();
      const { toPay } = await scene.list();
      for (const [choice, code, state] of [['refuse', undefined, 'refused'], ['secure', '000000', 'refused'], ['abandon', undefined, 'abandoned']] as const) {
        const { payment, departure } = await scene.start();
        await scene.visit(departure, choice, 'at-once', code);
        const back = await scene.comeBack(payment.id);
        assert.deepEqual([back.state, back.holdsUntil, back.receipt], [state, null, null]);
        assert.equal((await scene.list()).toPay, toPay);
      }
      assert.ok(!(await scene.server.mails()).some(({ subject }) => subject.startsWith('Reçu')));
      assert.deepEqual((await scene.traces()).map(({ kind }) => kind), ['card-payment-refused', 'card-payment-refused']);
    });

    it('are told to the utility’s systems: what came, what was refused and what went back, each once', async () => {
      const scene = await open();
      const told = await webhooksTold(scene.server.db);
      const refused = await scene.start();
      await scene.visit(refused.departure, 'refuse');
      await scene.comeBack(refused.payment.id);
      const paid = await scene.start();
      await scene.visit(paid.departure, 'pay');
      const ids = paid.payment.invoices.map(({ invoiceId }) => invoiceId);
      const about = { contractId: 'lucien-electricity', invoiceIds: ids, amount: paid.payment.amount, isTrial: true };
      assert.deepEqual(await told(), [
        { type: 'payment.failed', data: { ...about, paymentId: refused.payment.id } },
        { type: 'payment.succeeded', data: { ...about, paymentId: paid.payment.id } },
      ]);
      for (const _ of ['once', 'again']) assert.equal(await scene.tell(paid.departure, 'AUTHORISED', { vads_operation_type: 'CREDIT', vads_trans_uuid: 'credit', vads_trans_id: 'cccccc' }), 200);
      assert.deepEqual(await told(), [{ type: 'payment.refunded', data: { ...about, paymentId: paid.payment.id } }]);
    });

    it('count what is said twice or in another order once', async () => {
      for (const way of ['twice', 'out-of-order'] as const) {
        const scene = await open();
        const { payment, departure } = await scene.start();
        await scene.visit(departure, 'pay', way);
        const { state, owed, invoices } = await scene.comeBack(payment.id);
        assert.deepEqual([state, owed, invoices.reduce((total, { paid }) => total + paid, 0)], ['paid', 0, payment.amount], way);
        assert.equal((await scene.server.mails()).filter(({ subject }) => subject.startsWith('Reçu')).length, 1);
        const [trace, ...more] = await scene.traces();
        assert.deepEqual([trace?.kind, trace?.by, trace?.channel, trace?.contractId, more], ['card-payment-paid', { role: 'system', name: null }, 'system', 'lucien-electricity', []], way);
        const { body: taken } = await scene.lucien.send<DataExport>('POST', '/profile/exports', { body: {} });
        assert.deepEqual(taken.payments, await scene.payments());
      }
    });

    it('are booked with their receipt or not at all: a notice that breaks off between them is taken the next time it comes', async () => {
      const breaks = {
        'the receipt cannot be queued': ['alter table jobs.job add constraint no_mail check (name <> \'mail\') not valid', 'alter table jobs.job drop constraint no_mail'],
        'the booking is lost when all is done': [
          'create function no_commit() returns trigger language plpgsql as $$ begin raise exception \'the power is gone\'; end $$; create constraint trigger no_commit after insert on payment_notice deferrable initially deferred for each row execute function no_commit()',
          'drop trigger no_commit on payment_notice',
        ],
      };
      for (const [name, [broken, mended]] of Object.entries(breaks) as [string, [string, string]][]) {
        const scene = await open();
        const receipts = async () => (await scene.server.mails()).filter(({ subject }) => subject.startsWith('Reçu')).length;
        const run = (text: string) => textRunnerOf(scene.server.db)(text);
        const { toPay } = await scene.list();
        const { payment, departure } = await scene.start();
        await run(broken);
        assert.equal(await scene.tell(departure, 'AUTHORISED'), 500, name);
        assert.deepEqual([(await scene.payment(payment.id)).state, (await scene.list()).toPay, await receipts(), await scene.traces()], ['started', toPay, 0, []], name);
        await run(mended);
        for (let times = 0; times < 2; times += 1) assert.equal(await scene.tell(departure, 'AUTHORISED'), 200, name);
        assert.deepEqual([(await scene.payment(payment.id)).state, await receipts(), (await scene.traces()).length], ['paid', 1, 1], name);
      }
    });

    it('believe nobody but the provider, and nothing that does not fit', async () => {
      const scene = await open();
      const { payment, departure } = await scene.start();
      await scene.visit(departure, 'pay', 'forged');
      assert.equal((await scene.payment(payment.id)).state, 'started');
      assert.equal(await scene.tell(departure, 'AUTHORISED', {}, 'another key'), 400);
      assert.equal(await scene.tell(departure, 'AUTHORISED', { vads_ctx_mode: 'PRODUCTION' }), 400);
      assert.equal(await scene.tell(departure, 'AUTHORISED', { vads_order_id: 'nobody-knows-it' }), 400);
      // The provider's own, and not what was asked for: kept for whoever searches, and worth nothing.
      assert.equal(await scene.tell(departure, 'AUTHORISED', { vads_amount: '100', vads_trans_id: 'aaaaaa' }), 200);
      assert.equal(await scene.tell(departure, 'AUTHORISED', { vads_currency: '840', vads_trans_id: 'bbbbbb' }), 200);
      assert.equal((await scene.payment(payment.id)).state, 'started');
      const { rows } = await sql<{ counts: boolean }>`select counts from payment_notice`.execute(scene.server.db);
      assert.deepEqual(rows, [{ counts: false }, { counts: false }]);
      assert.equal((await scene.lucien.send('POST', '/payment-notices', { body: { vads_order_id: payment.id } })).status, 400);
    });

    it('begin once for an intent, and one at a time', async () => {
      const scene = await open();
      const key = { 'idempotency-key': '0f2c9f1e-7d0e-4a55-9c55-2d8f3ab6a9c1' };
      const [one, other] = [await scene.ask({}, key), await scene.ask({ ...(await scene.offer().then(({ invoices }) => ({ open: invoices.reduce((total, { open }) => total + open, 0) }))) }, key)];
      assert.deepEqual(one.body, other.body);
      const tab = await scene.ask<ProblemDocument>();
      assert.deepEqual([tab.status, tab.body.code], [409, 'under-way']);
      const both = await Promise.all((await open().then((next) => [next.ask(), next.ask()])));
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409], 'two tabs at once');
      assert.equal((await scene.offer()).underWay[0]?.id, one.body.payment.id);
      assert.equal((await scene.cancel(one.body.payment.id)).body.state, 'abandoned');
      assert.equal((await scene.ask()).status, 200);
      await scene.wait(AWAY_MS);
      assert.equal((await scene.ask()).status, 200, 'whoever never came back is waited for a while');
    });

    it('are of what the customer saw, whole or in part as the utility allows it, and come back to its own pages', async () => {
      const scene = await open();
      const [first, second] = (await scene.offer()).invoices;
      assert.ok(first && second);
      const refused = async (more: Parameters<Scene['ask']>[0]) => {
        const { status, body } = await scene.ask<ProblemDocument>(more);
        return [status, body.code ?? body.fields?.[0]?.code];
      };
      assert.deepEqual(await refused({ open: first.open + second.open - 1 }), [409, 'amount-changed']);
      assert.deepEqual(await refused({ amount: 999 }), [422, 'too-little']);
      assert.deepEqual(await refused({ amount: first.open + second.open + 1 }), [422, 'too-much']);
      for (const returnUrl of ['https://evil.example/', 'javascript:alert(1)', 'https://eneo.example@evil.example/', 'https://eneo.example.evil.example/', 'nothing']) assert.deepEqual(await refused({ returnUrl }), [422, 'not-allowed'], returnUrl);
      const { payment, departure } = await scene.start({ invoiceIds: [first.invoiceId], amount: 1000 });
      await scene.visit(departure, 'pay');
      assert.equal((await scene.comeBack(payment.id)).state, 'paid');
      const [left] = (await scene.offer()).invoices;
      assert.deepEqual([left?.invoiceId, left?.open, left?.canBePaid], [first.invoiceId, first.open - 1000, true]);
      const whole = await open({ partial: null });
      assert.equal((await whole.ask({ amount: 1000 })).status, 422);
    });

    it('owe the customer what came twice, and take it back from there first', async () => {
      const scene = await open();
      const first = await scene.start();
      await scene.cancel(first.payment.id);
      const second = await scene.start();
      await scene.visit(second.departure, 'pay');
      // The tab that was given up was still open.
      assert.equal(await scene.tell(first.departure, 'AUTHORISED'), 200);
      const twice = await scene.payment(first.payment.id);
      assert.deepEqual([twice.state, twice.owed, twice.invoices.map(({ paid }) => paid)], ['paid', first.payment.amount, [0, 0]]);
      const list = await scene.list();
      assert.deepEqual([list.credit, list.toPay, list.items[0]?.state], [first.payment.amount, 0, 'paid']);
      assert.ok((await scene.server.mails()).some(({ text }) => text.includes('vous sont dus')));
      assert.equal(await scene.tell(first.departure, 'AUTHORISED', { vads_operation_type: 'CREDIT', vads_trans_uuid: 'credit', vads_trans_id: 'cccccc' }), 200);
      assert.deepEqual([(await scene.payment(first.payment.id)).state, (await scene.list()).credit, (await scene.list()).toPay], ['given-back', 0, 0]);
      assert.deepEqual((await scene.traces()).map(({ kind }) => kind), ['card-payment-paid', 'card-payment-paid', 'card-payment-refunded']);
      assert.equal(await scene.tell(second.departure, 'CAPTURE_FAILED', { vads_trans_uuid: '' }), 200);
    });

    it('are begun by no provider that does not answer, and nothing waits for them', async () => {
      const scene = await open({ name: 'stripe', provider: new StripeCheckout({ secretKey: 'x', signingSecret: 'y', isLive: false, url: 'http://127.0.0.1:9' }) });
      const { status, body } = await scene.ask<ProblemDocument>();
      assert.deepEqual([status, body.code], [503, 'provider-busy']);
      const [tried, ...others] = await scene.payments();
      assert.deepEqual([tried?.state, tried?.holdsUntil, others.length], ['abandoned', null, 0]);
      assert.ok((await scene.offer()).invoices.every(({ canBePaid }) => canBePaid));
    });

    it('are the holder’s alone, and there are none where nobody takes them', async () => {
      const scene = await open();
      const { payment } = await scene.start();
      const lea = new Visitor(scene.server.baseUrl('sicae'));
      await lea.signInAs('lea');
      assert.equal((await lea.get<ProblemDocument>('/contracts/helene-second-electricity/payable')).body.kind, 'forbidden');
      assert.equal((await lea.get<ProblemDocument>('/contracts/lea-electricity/payable')).body.kind, 'unsupported');
      const camille = new Visitor(scene.server.baseUrl('eneo'), SITE);
      await camille.signInAs('camille');
      for (const path of [`/contracts/camille-electricity/payments/${payment.id}`, `${CONTRACT}/payments/${payment.id}`]) assert.equal((await camille.get(path)).status, 404);
    });

    describe('whatever happens in whatever order', () => {
      it('charge nobody twice, lose nothing, and show nothing else than that', async () => {
        const scene = await open();
        const step = fc.oneof(
          { weight: 3, arbitrary: fc.record({ what: fc.constant('start' as const), both: fc.boolean() }) },
          { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('return' as const, 'cancel' as const), which: fc.nat(5) }) },
          { weight: 6, arbitrary: fc.record({ what: fc.constant('notice' as const), which: fc.nat(5), status: fc.constantFrom('AUTHORISED', 'AUTHORISED', 'CAPTURED', 'REFUSED', 'ABANDONED', 'UNDER_VERIFICATION', 'CANCELLED'), transaction: fc.constantFrom('1', '2') }) },
          { weight: 1, arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.constantFrom(1, 20, 100) }) },
        );
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
            const { db } = scene.server;
            await sql`delete from payment`.execute(db);
            await sql`delete from invoice_payment where reference like 'card:%'`.execute(db);
            const payable = new Map((await scene.offer()).invoices.map(({ invoiceId, open: left }) => [invoiceId, left]));
            const started: Output<'startPayment'>[] = [];
            const came = new Map<string, Set<string>>();
            for (const each of steps) {
              if (each.what === 'wait') await scene.wait(each.minutes * 60_000);
              else if (each.what === 'start') {
                const { status, body } = await scene.ask(each.both ? {} : { invoiceIds: [...payable.keys()].slice(0, 1) });
                if (status === 200) started.push(body);
              } else {
                const one = started[each.which % started.length];
                if (!one) continue;
                const { payment: { id }, departure } = one;
                if (each.what === 'return') await scene.comeBack(id);
                else if (each.what === 'cancel') await scene.cancel(id);
                else if (each.what === 'notice') {
                  const uuid = each.status === 'ABANDONED' ? '' : `${id}-${each.transaction}`;
                  const fields = departure.method === 'POST' ? departure.fields : {};
                  assert.equal(await scene.tell(departure, each.status, { vads_trans_uuid: uuid, vads_trans_id: each.transaction + fields['vads_trans_id']?.slice(1) }), 200);
                  const said = came.get(uuid) ?? new Set();
                  came.set(uuid, said.add(each.status));
                }
              }
              const bank = [...came].filter(([, said]) => (said.has('AUTHORISED') || said.has('CAPTURED')) && !said.has('CANCELLED')).map(([uuid]) => uuid);
              const payments = await scene.payments();
              for (const { id, amount, state, owed, invoices } of payments) {
                const received = bank.filter((uuid) => uuid.startsWith(id)).length * amount;
                assert.equal(owed + invoices.reduce((total, { paid }) => total + paid, 0), received, 'money is lost, or made');
                assert.equal(state === 'paid', received > 0);
              }
              const list = await scene.list();
              const paid = (number: string) => payments.flatMap(({ invoices }) => invoices).filter((invoice) => invoice.number === number).reduce((total, invoice) => total + invoice.paid, 0);
              for (const [number, total] of payable) {
                assert.ok(paid(number) <= total, `${number} is paid twice`);
                assert.equal(list.items.find(({ id }) => id === number)?.balance, total - paid(number));
              }
              assert.equal(list.credit, payments.reduce((total, { owed }) => total + owed, 0));
            }
          }),
          { numRuns: 12, endOnFailure: true },
        );
      });
    });
  });
}
