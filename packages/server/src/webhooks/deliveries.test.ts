import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { InvoiceList } from '@oya/contract';
import { findPersona } from '@oya/personas';
import { Visitor } from '../../test/visitor.ts';
import { readConfig } from '../config.ts';
import type { Database } from '../database/open.ts';
import { createServer } from '../http/server.ts';
import { Keys } from '../identity/keys.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestDatabase, type TestServer } from '../testing.ts';
import { announce } from './announce.ts';
import { DELAYS_MS, WebhookDeliveries } from './deliveries.ts';
import { addEndpoint, findEndpoint, listDeliveries, pauseEndpoint, queueTest, removeEndpoint, resend, resumeEndpoint, rotateSecret, WebhookRefused } from './endpoints.ts';
import type { WebhookEvent } from './events.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PATIENCE_MS = 150;
/** Within this a running server tells whoever listens. */
const SOON_MS = 10_000;

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** A system of a utility: it keeps what it hears, and answers as the test says. */
class Receiver {
  readonly heard: Heard[] = [];
  /** Of the next requests; afterwards 204. `silent` never answers. */
  answers: (number | 'silent' | { status: number; headers: Record<string, string> })[] = [];
  always: number | undefined;
  url = '';
  readonly #server: Server;

  constructor() {
    this.#server = createHttpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        this.heard.push({ headers: request.headers, body, ...(JSON.parse(body) as Pick<Heard, 'type' | 'data'>) });
        const answer = this.answers.shift() ?? this.always ?? 204;
        if (answer === 'silent') return;
        if (typeof answer === 'number') response.writeHead(answer).end();
        else response.writeHead(answer.status, answer.headers).end();
      });
    });
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhooks`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get types(): string[] {
    return this.heard.map(({ type }) => type);
  }

  async hears(count: number): Promise<readonly Heard[]> {
    for (const end = Date.now() + SOON_MS; this.heard.length < count && Date.now() < end; ) await wait(20);
    assert.ok(this.heard.length >= count, `heard ${this.types.join(', ') || 'nothing'}`);
    return this.heard;
  }
}

/** As a receiver does it. @returns which of the signatures fit */
function fits({ headers, body }: Heard, secret: string): boolean[] {
  const signed = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).update(`${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`).digest('base64');
  return String(headers['webhook-signature']).split(' ').map((signature) => signature === `v1,${signed}`);
}

const plan = (planId: string, contractId = 'lucien-electricity'): WebhookEvent => ({ type: 'payment_plan.withdrawn', data: { contractId, planId } });

for (const engine of testEngines()) {
  describe(`webhooks, on ${engine.name}`, () => {
    let database: TestDatabase;
    let db: Database;
    let receiver: Receiver;
    let now: number;
    let keys: Keys;
    let errors: unknown[];

    // No server runs beside: the tests say when what is done.
    const instance = () => new WebhookDeliveries({ db, keys, now: () => now, onError: (error) => errors.push(error), patienceMs: PATIENCE_MS });
    const place = () => ({ db, keys, now });
    const add = (events: string[] = ['*'], utilityId = 'eneo') => addEndpoint(place(), { utilityId, url: receiver.url, events, allowsPrivate: true });
    const tell = (event: WebhookEvent) => db.transaction().execute((transaction) => announce(transaction, 'eneo', event, now));
    const stateOf = async (id: string) => findEndpoint(db, id);

    before(async () => {
      database = await engine.seeded();
      ({ db } = database);
      keys = new Keys(db, undefined);
    });
    after(() => database.drop());
    beforeEach(async () => {
      now = SEEDED_AT;
      errors = [];
      receiver = new Receiver();
      await receiver.start();
    });
    afterEach(async () => {
      receiver.stop();
      await db.deleteFrom('webhook_endpoint').execute();
      assert.deepEqual(errors, []);
    });

    /** Rounds as they come by the clock, in this many minutes. */
    const pass = async (minutes: number, deliveries = instance()) => {
      for (const end = now + minutes * MINUTE_MS; now < end; now += MINUTE_MS) for (const id of await deliveries.due()) await deliveries.attend(id);
    };

    it('are told of what was read and written as soon as somebody announces it', async () => {
      await add(['reading.*', 'message.written']);
      const reading = { contractId: 'helene-gas', meterId: 'helene-gas-meter', readingId: 'r-1', on: '2026-11-24', state: 'transmitted' } as const;
      await tell({ type: 'reading.submitted', data: reading });
      await tell({ type: 'reading.corrected', data: { ...reading, readingId: 'r-2', corrects: 'r-1' } });
      await tell({ type: 'message.written', data: { threadId: 't-1', messageId: 'm-1', topic: 'invoice' } });
      await tell(plan('unasked'));
      await pass(1);
      assert.deepEqual(receiver.types, ['reading.submitted', 'reading.corrected', 'message.written']);
    });

    it('are not told of what was taken back, nor to whoever does not ask for it or is another utility’s', async () => {
      const { id } = await add(['consent.*', 'payment_plan.requested']);
      await assert.rejects(
        db.transaction().execute(async (transaction) => {
          await announce(transaction, 'eneo', { type: 'payment_plan.requested', data: { contractId: 'a', planId: 'b' } }, now);
          throw new Error('it did not happen');
        }),
      );
      await tell(plan('unasked'));
      await db.transaction().execute((transaction) => announce(transaction, 'sicae', { type: 'payment_plan.requested', data: { contractId: 'a', planId: 'b' } }, now));
      await instance().attend(id);
      assert.deepEqual(receiver.heard, []);
      assert.deepEqual((await listDeliveries(db, { failed: false, limit: 10 })).filter(({ endpointId }) => endpointId === id), []);
    });

    it('come again where the receiver fails, later each time, with the same id and another time', async () => {
      receiver.answers = [500, 'silent'];
      const { id, secret } = await add();
      await tell(plan('p-1'));
      await pass(10);
      assert.equal(receiver.heard.length, 3);
      assert.equal(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size, 1);
      assert.equal(new Set(receiver.heard.map(({ body }) => body)).size, 1);
      const times = receiver.heard.map(({ headers }) => Number(headers['webhook-timestamp']) - SEEDED_AT / 1000);
      assert.deepEqual(times, [0, 60, 360]);
      assert.ok(receiver.heard.every((each) => fits(each, secret)[0]));
      const [delivery] = await listDeliveries(db, { failed: false, limit: 1 });
      assert.deepEqual([delivery?.state, delivery?.attempts, delivery?.answer], ['delivered', 3, 'answers 204']);
      assert.equal((await stateOf(id)).failing_since, null);
    });

    it('wait for as long as the receiver asks', async () => {
      receiver.answers = [{ status: 503, headers: { 'retry-after': '1200' } }];
      await add();
      await tell(plan('p-1'));
      await pass(19);
      assert.equal(receiver.heard.length, 1);
      await pass(3);
      assert.equal(receiver.heard.length, 2);
    });

    it('come once from two instances, in the order of a contract', async () => {
      const { id } = await add();
      for (let n = 0; n < 12; n++) await tell(plan(`p-${n}`, n % 3 === 0 ? 'odd' : 'lucien-electricity'));
      await Promise.all([instance().attend(id), instance().attend(id)]);
      await pass(1);
      assert.equal(receiver.heard.length, 12);
      assert.equal(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size, 12);
      for (const contract of ['odd', 'lucien-electricity']) {
        const plans = receiver.heard.filter(({ data }) => data['contractId'] === contract).map(({ data }) => Number(String(data['planId']).slice(2)));
        assert.deepEqual(plans, plans.toSorted((a, b) => a - b), contract);
      }
    });

    it('keep the order of a contract over failures, until one was refused too often', async () => {
      await add();
      await tell(plan('p-1'));
    await tell(plan('p-2'));
    await tell(plan('p-3', 'odd'));
      receiver.answers = [400, 204, 400, 400, 400];
      await pass(2);
      assert.deepEqual(receiver.heard.map(({ data }) => data['planId']), ['p-1', 'p-3', 'p-1'], 'the other contract goes on');
      await pass(200);
      assert.deepEqual(receiver.heard.map(({ data }) => data['planId']).slice(3), ['p-1', 'p-1', 'p-2', 'p-1']);
    });

    it('suspend whoever takes nothing for three days, say why, and go on where that is resumed', async () => {
      receiver.always = 500;
      const { id } = await add();
      await tell(plan('p-1'));
      for (const delay of [0, ...DELAYS_MS]) {
        now += delay;
        await tell(plan(`p-${now}`));
        await instance().attend(id);
      }
      const { state, reason } = await stateOf(id);
      assert.equal(state, 'suspended');
      assert.match(reason ?? '', /^takes nothing since 2026-11-24 at 08:00 UTC; the last time it answers 500$/);
      const before = receiver.heard.length;
      await tell(plan('later'));
      await pass(5);
      assert.equal(receiver.heard.length, before, 'nothing is sent');
      receiver.always = undefined;
      await resumeEndpoint(db, id, now);
      await pass(1);
      assert.deepEqual([(await stateOf(id)).state, (await stateOf(id)).reason, receiver.heard.at(-1)?.data['planId']], ['active', null, 'later']);
      assert.equal((await listDeliveries(db, { failed: true, limit: 10 })).filter(({ endpointId, state: each }) => endpointId === id && each === 'waiting').length, 0);
    });

    it('give one up after its last try, and send it once more where that is asked for', async () => {
      const { id } = await add();
      await tell(plan('poison'));
      for (const delay of [0, ...DELAYS_MS]) {
        now += delay;
        receiver.answers = [400];
        await instance().attend(id);
        // Others are taken meanwhile: the endpoint is not dead.
        receiver.answers = [];
        await tell(plan('fine', 'odd'));
        await instance().attend(id);
      }
      assert.equal((await stateOf(id)).state, 'active');
      const poison = (await listDeliveries(db, { failed: true, limit: 10 })).find(({ endpointId }) => endpointId === id);
      assert.ok(poison);
      assert.deepEqual([poison.state, poison.attempts, poison.answer], ['failed', DELAYS_MS.length + 1, 'answers 400']);
      await resend(db, poison.key, now);
      await instance().attend(id);
      assert.deepEqual([receiver.heard.at(-1)?.data['planId'], receiver.heard.at(-1)?.headers['webhook-id']], ['poison', poison.id]);
      await assert.rejects(resend(db, 999_999, now), WebhookRefused);
    });

    it('end where the receiver wants no more', async () => {
      receiver.answers = [410];
      const { id } = await add();
      await tell(plan('p-1'));
    await tell(plan('p-2'));
      await pass(3);
      const { state, reason } = await stateOf(id);
      assert.deepEqual([state, reason, receiver.heard.length], ['ended', 'answers 410: it wants no more', 1]);
      await tell(plan('p-3'));
      assert.equal((await listDeliveries(db, { failed: false, limit: 10 })).filter(({ endpointId }) => endpointId === id).length, 2, 'nothing is kept for it');
    });

    it('follow nobody elsewhere', async () => {
      const other = new Receiver();
      await other.start();
      receiver.answers = [{ status: 307, headers: { location: other.url } }];
      const { id } = await add();
      await tell(plan('p-1'));
      await instance().attend(id);
      assert.deepEqual([receiver.heard.length, other.heard.length], [1, 0]);
      assert.match((await listDeliveries(db, { failed: true, limit: 1 }))[0]?.answer ?? '', /leads elsewhere/);
      other.stop();
    });

    it('do not wait long for a slow receiver', async () => {
      receiver.answers = ['silent'];
      const { id } = await add();
      await tell(plan('p-1'));
      const begun = Date.now();
      await instance().attend(id);
      assert.ok(Date.now() - begun < PATIENCE_MS * 10);
      assert.equal((await listDeliveries(db, { failed: true, limit: 1 }))[0]?.answer, 'gives no answer within 0.15 seconds');
    });

    it('are broken off where the server stops, which is no failure of the receiver', async () => {
      receiver.answers = ['silent'];
      const { id } = await add();
      await tell(plan('p-1'));
      const stopping = new WebhookDeliveries({ db, keys, now: () => now, onError: (error) => errors.push(error) });
      const under = stopping.attend(id);
      await receiver.hears(1);
      await stopping.stop();
      assert.equal(await under, false);
      const [delivery] = await listDeliveries(db, { failed: false, limit: 1 });
      assert.deepEqual([delivery?.state, delivery?.attempts, (await stateOf(id)).failing_since], ['waiting', 0, null]);
      await instance().attend(id);
      assert.equal(receiver.heard.length, 2);
    });

    it('are signed with both secrets for a day after another took its place, and kept sealed', async () => {
      const { id, secret } = await add();
      const { secret: other } = await rotateSecret(place(), await stateOf(id));
      await tell(plan('p-1'));
      await instance().attend(id);
      now += 25 * HOUR_MS;
      await tell(plan('p-2'));
      await instance().attend(id);
      const [during, later] = receiver.heard;
      assert.ok(during && later);
      assert.deepEqual([fits(during, other), fits(during, secret)], [[true, false], [false, true]]);
      assert.deepEqual([fits(later, other), fits(later, secret)], [[true], [false]]);
      const kept = JSON.stringify(await stateOf(id));
      assert.ok(![secret, other].some((each) => kept.includes(each) || kept.includes(each.slice('whsec_'.length))));
    });

    it('wait while they are paused, and stay away for good when they are removed', async () => {
      const { id } = await add();
      await pauseEndpoint(db, await stateOf(id));
      await tell(plan('p-1'));
      await pass(3);
      assert.equal(receiver.heard.length, 0);
      await resumeEndpoint(db, id, now);
      await pass(1);
      assert.equal(receiver.heard.length, 1);
      await removeEndpoint(db, id);
      await tell(plan('p-2'));
      await pass(1);
      assert.equal(receiver.heard.length, 1);
    });

    it('are refused where nobody may be told, or of what there is not', async () => {
      const ask = (wanted: Partial<Parameters<typeof addEndpoint>[1]>) => addEndpoint(place(), { utilityId: 'eneo', url: 'https://crm.eneo.example/', events: ['*'], allowsPrivate: false, ...wanted });
      for (const wanted of [{ url: receiver.url }, { url: 'https://10.0.0.1/' }, { url: 'http://crm.eneo.example/' }, { events: ['payment.succeded'] }, { events: [] }, { utilityId: 'nobody' }]) await assert.rejects(ask(wanted), WebhookRefused, JSON.stringify(wanted));
      const { id } = await ask({});
      await assert.rejects(ask({}), /hears already/);
      assert.equal((await findEndpoint(db, id.slice(0, 8))).id, id);
      await assert.rejects(findEndpoint(db, '%'), WebhookRefused);
    });
  });
}

for (const engine of testEngines()) {
  describe(`webhooks of servers that run, on ${engine.name}`, () => {
    let server: TestServer;
    let receiver: Receiver;

    before(async () => {
      server = await startTestServer({ engine });
      receiver = new Receiver();
      await receiver.start();
    });
    after(async () => {
      await server.stop();
      receiver.stop();
    });

    it('are told by the running server when somebody does something, signed, with ids and states alone', async () => {
      const { id, secret } = await addEndpoint({ db: server.db, keys: new Keys(server.db, undefined), now: SEEDED_AT }, { utilityId: 'eneo', url: receiver.url, events: ['*'], allowsPrivate: true });
      const lucien = new Visitor(server.baseUrl('eneo'));
      await lucien.signInAs('lucien');
      const { items } = (await lucien.get<InvoiceList>('/contracts/lucien-electricity/invoices')).body;
      const [invoice] = items.filter(({ state }) => state === 'overdue');
      assert.ok(invoice);
      await lucien.send('POST', '/contracts/lucien-electricity/payment-plans', { body: { invoiceIds: [invoice.id], parts: 2, words: 'Je cherche du travail.' } });
      const [heard] = await receiver.hears(1);
      assert.ok(heard);
      assert.deepEqual(fits(heard, secret), [true]);
      assert.deepEqual(fits({ ...heard, body: heard.body.replace('2026', '2027') }, secret), [false]);
      assert.equal(heard.type, 'payment_plan.requested');
      assert.deepEqual(Object.keys(heard.data), ['contractId', 'planId']);
      assert.equal(heard.headers['webhook-timestamp'], String(SEEDED_AT / 1000));
      assert.equal(heard.headers['content-type'], 'application/json');
      const { email } = findPersona('lucien');
      assert.ok(!['Lucien', email, 'travail'].some((word) => heard.body.includes(word)));

      await queueTest(server.db, await findEndpoint(server.db, id), SEEDED_AT);
      const [, test] = await receiver.hears(2);
      assert.deepEqual([test?.type, test?.data], ['webhook.test', { endpointId: id }]);
      await wait(100);
      assert.equal(receiver.heard.length, 2, 'each is told once');
    });

    it('come once from two that share a database, in order, while another receiver gives no answer', async () => {
      await server.db.deleteFrom('webhook_endpoint').execute();
      const slow = new Receiver();
      await slow.start();
      slow.answers = ['silent'];
      const second = createServer({ db: server.db, config: { ...readConfig(), logLevel: 'silent' }, now: () => SEEDED_AT });
      await second.ready();
      try {
        receiver.heard.length = 0;
        for (const { url } of [slow, receiver]) await addEndpoint({ db: server.db, keys: new Keys(server.db, undefined), now: SEEDED_AT }, { utilityId: 'eneo', url, events: ['*'], allowsPrivate: true });
        const plans = Array.from({ length: 20 }, (_, n) => `p-${n}`);
        for (const id of plans) await server.db.transaction().execute((transaction) => announce(transaction, 'eneo', plan(id), SEEDED_AT));
        await receiver.hears(plans.length);
        await wait(1500);
        assert.deepEqual(receiver.heard.map(({ data }) => data['planId']), plans);
        assert.deepEqual(slow.heard.map(({ data }) => data['planId']), ['p-0']);
      } finally {
        await second.close();
        slow.stop();
      }
    });
  });
}
