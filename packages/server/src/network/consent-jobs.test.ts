import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import type { Activity, Consent, ConsentFailure, ConsentPurpose, Page } from '@oya/contract';
import { Visitor } from '../../test/visitor.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Message } from '../mail/messages.ts';
import { UtilityDirectory } from '../utilities.ts';
import { ConsentJobs } from './consent-jobs.ts';
import { HttpOperator } from './http-operator.ts';

const DAY_MS = 86_400_000;
const PATH = '/meters/lucien-linky/consents';

/** The other side of the protocol: it keeps what it is asked for, and answers as the test says. */
class Operator {
  readonly asked: { id: string; deliveryPoint: string; purpose: string; key: string | undefined; ended: boolean }[] = [];
  answer: { state: string; reason?: ConsentFailure | 'something newer' } = { state: 'pending' };
  /** Answers everything with that, while it is set. */
  fails: { status: number; headers?: Record<string, string> } | undefined;
  requests = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createHttpServer((request, response) => {
      this.requests++;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [, , id, what] = (request.url ?? '').split('/').slice(1);
        const reply = (status: number, body?: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
        if (this.fails) return void response.writeHead(this.fails.status, this.fails.headers).end();
        if (request.headers.authorization !== 'Bearer the-token') return void reply(401);
        if (id === undefined) {
          const body = JSON.parse(Buffer.concat(chunks).toString()) as { deliveryPoint: string; purpose: string };
          const key = request.headers['idempotency-key'] as string;
          const known = this.asked.find((each) => each.key === key);
          const made = known ?? { id: `request-${this.asked.length + 1}`, ...body, key, ended: false };
          if (!known) this.asked.push(made);
          return void reply(202, { id: made.id, state: 'pending' });
        }
        const asked = this.asked.find((each) => each.id === id);
        if (!asked) return void reply(410);
        if (what !== 'end') return void reply(200, this.answer);
        asked.ended = true;
        reply(204);
      });
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

for (const engine of testEngines()) {
  describe(`consents at a network operator that answers by itself, on ${engine.name}`, () => {
    let operator: Operator;
    let server: TestServer;
    let now: number;
    let lucien: Visitor;
    let told: Message['kind'][];
    let jobs: ConsentJobs;
    let errors: string[];
    let url: string;

    beforeEach(async () => {
      await server?.stop();
      operator = new Operator();
      url = await operator.start();
      now = SEEDED_AT;
      told = [];
      errors = [];
      // Its own queue is at rest: the tests say when what is done.
      server = await startTestServer({ engine, now: () => now });
      jobs = await instance();
      lucien = new Visitor(server.baseUrl('eneo'));
      await lucien.signInAs('lucien');
    });
    afterEach(() => operator.stop());
    after(() => server.stop());

    async function instance(token = 'the-token'): Promise<ConsentJobs> {
      const utilities = new UtilityDirectory(server.db);
      await utilities.load();
      const outbox: Pick<Outbox, 'post'> = { post: ({ message }) => Promise.resolve(void told.push(message.kind)) };
      const nothing = () => Promise.resolve();
      return new ConsentJobs({ db: server.db, utilities, outbox, siteOf: () => undefined, operator: new HttpOperator({ url, token }), patienceDays: 10, onActive: nothing, now: () => now, onError: ({ message }) => errors.push(message), jobs: { createQueue: nothing, work: nothing, schedule: nothing, send: nothing } });
    }
    const post = (what: string, body: object) => lucien.send<Page<Consent>>('POST', PATH + what, { body });
    const give = (...purposes: ConsentPurpose[]) => post('', { choices: purposes.map((purpose) => ({ purpose, textVersion: '2026-11' })) });
    const consents = async () => (await lucien.get<Page<Consent>>(PATH)).body.items;
    const eventsOf = async (kind: 'requested' | 'withdrawn') => (await server.db.selectFrom('consent_event').innerJoin('meter', 'meter.key', 'meter_key').select('consent_event.id').where('meter.id', '=', 'lucien-linky').where('consent_event.kind', '=', kind).where('purpose', 'in', ['curve-recording', 'curve-collection']).where('consent_event.at', '>=', new Date(SEEDED_AT)).orderBy('consent_event.key').execute()).map(({ id }) => id);
    const attend = async (which: ConsentJobs = jobs) => {
      const again: (number | undefined)[] = [];
      for (const kind of ['requested', 'withdrawn'] as const) for (const id of await eventsOf(kind)) again.push(await which.attend(id));
      return again;
    };

    it('are asked for once, waited for, and in effect when it says so: the customer is told once of both', async () => {
      await give('curve-recording', 'curve-collection');
      assert.deepEqual(await attend(), [2, 2]);
      now += 4 * 3_600_000;
      assert.deepEqual(await attend(), [3600, 3600], 'it is asked ever less often, and each hour at the least');
      assert.deepEqual(operator.asked.map(({ deliveryPoint, purpose, ended }) => [deliveryPoint, purpose, ended]), [['00810000000202', 'curve-recording', false], ['00810000000202', 'curve-collection', false]]);
      operator.answer = { state: 'active' };
      const other = await instance();
      await Promise.all([attend(), attend(other)]);
      await lucien.signInAs('lucien');
      assert.deepEqual((await consents()).slice(0, 2).map(({ state }) => state), ['active', 'active']);
      assert.deepEqual(told, ['consent-active']);
      const events = await server.db.selectFrom('consent_event').innerJoin('meter', 'meter.key', 'meter_key').select(['consent_event.kind', 'actor']).where('meter.id', '=', 'lucien-linky').where('consent_event.at', '>', new Date(SEEDED_AT)).execute();
      assert.deepEqual(events, Array.from({ length: 2 }, () => ({ kind: 'active', actor: 'network-operator' })), 'two instances decide once');
      const { body } = await lucien.get<Page<Activity>>('/profile/activity?group=consents');
      assert.deepEqual(body.items.slice(0, 2).map(({ kind, by }) => [kind, by.role]), Array.from({ length: 2 }, () => ['consent-activated', 'system']));
    });

    it('fail for the reason that it gives, and are asked for anew when they are given again', async () => {
      for (const [reason, expected] of [['other-holder', 'other-holder'], ['something newer', 'refused']] as const) {
        await give('curve-recording');
        operator.answer = { state: 'failed', reason };
        await attend();
        const [recording] = await consents();
        assert.deepEqual([recording?.state, recording?.failure], ['failed', expected]);
      }
      assert.deepEqual(told, ['consent-failed', 'consent-failed']);
      assert.equal(operator.asked.length, 2);
      await give('curve-recording');
      operator.answer = { state: 'active' };
      await attend();
      assert.equal((await consents())[0]?.state, 'active');
    });

    it('wait while it is not to be reached, as long as it says, and fail for want of an answer after days', async () => {
      await give('curve-recording');
      operator.fails = { status: 503, headers: { 'retry-after': '120' } };
      assert.deepEqual(await attend(), [120]);
      operator.fails = { status: 429, headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() } };
      const [wait] = await attend();
      assert.ok(wait !== undefined && wait > 50 && wait <= 60);
      assert.equal((await consents())[0]?.state, 'requested');
      operator.fails = undefined;
      assert.deepEqual(await attend(), [2]);
      now += 10 * DAY_MS + 1;
      assert.deepEqual(await attend(), [undefined]);
      await lucien.signInAs('lucien');
      assert.deepEqual([(await consents())[0]?.state, (await consents())[0]?.failure], ['failed', 'no-answer']);
      assert.deepEqual(operator.asked.map(({ ended }) => ended), [true], 'nobody waits for it any more');
      assert.deepEqual(errors, []);
    });

    it('are asked for anew where it knows nothing of them any more', async () => {
      await give('curve-recording');
      await attend();
      operator.asked.length = 0;
      assert.deepEqual(await attend(), [2]);
      operator.answer = { state: 'active' };
      assert.deepEqual(await attend(), [undefined]);
      assert.deepEqual([operator.asked.length, (await consents())[0]?.state, errors], [1, 'active', []]);
    });

    it('do not fail by a mistake in the settings, which whoever runs the server is told of', async () => {
      await give('curve-recording');
      const [wait] = await attend(await instance('a wrong one'));
      assert.ok(wait !== undefined && wait >= 2);
      assert.match(errors.join(), /answers 401: check OYA_NETWORK_OPERATOR/);
      assert.equal((await consents())[0]?.state, 'requested');
    });

    it('are ended there once a withdrawal is for good, and not when it was taken back', async () => {
      await give('curve-recording');
      operator.answer = { state: 'active' };
      await attend();
      await post('/withdrawals', { purpose: 'curve-recording', erase: false });
      const [, left] = await attend();
      assert.equal(left, 3600, 'its time to be taken back');
      await post('/restorations', { purpose: 'curve-recording' });
      now += 3_600_000;
      await attend();
      assert.deepEqual(operator.asked.map(({ ended }) => ended), [false]);
      await lucien.signInAs('lucien');
      await post('/withdrawals', { purpose: 'curve-recording', erase: false });
      now += 3_600_000;
      operator.fails = { status: 502 };
      assert.ok((await attend()).at(-1), 'it comes again');
      operator.fails = undefined;
      await jobs.sweep();
      await attend();
      assert.deepEqual(operator.asked.map(({ ended }) => ended), [true]);
      const { requests } = operator;
      await attend();
      assert.equal(operator.requests, requests, 'it is told once');
    });

    it('given again within that time end there first, and then begin anew', async () => {
      await give('curve-recording');
      operator.answer = { state: 'active' };
      await attend();
      await post('/withdrawals', { purpose: 'curve-recording', erase: true });
      await give('curve-recording');
      await attend();
      assert.deepEqual(operator.asked.map(({ ended }) => ended), [true, false]);
      now += DAY_MS;
      await attend();
      assert.deepEqual(operator.asked.map(({ ended }) => ended), [true, false]);
      await lucien.signInAs('lucien');
      assert.equal((await consents())[0]?.state, 'active');
    });

    it('go through the queue by themselves, and after a stop are found again', { timeout: 30_000 }, async () => {
      await give('curve-recording');
      // An instance with no operator leaves it; the next has one, and two look at once.
      const config = { networkOperator: { url, token: 'the-token', days: 10 } };
      operator.answer = { state: 'active' };
      await server.app.close();
      const { createServer } = await import('../http/server.ts');
      const { readConfig } = await import('../config.ts');
      const apps = [1, 2].map(() => createServer({ db: server.db, config: { ...readConfig(), logLevel: 'silent', ...config }, now: () => now, transport: { send: () => Promise.resolve(), close: () => {} } }));
      for (const app of apps) await app.listen({ host: '127.0.0.1', port: 0 });
      try {
        const state = () => server.db.selectFrom('consent_state').innerJoin('meter', 'meter.key', 'meter_key').select('state').where('meter.id', '=', 'lucien-linky').where('purpose', '=', 'curve-recording').executeTakeFirstOrThrow();
        while ((await state()).state !== 'active') await new Promise((resolve) => setTimeout(resolve, 50));
        assert.equal(operator.asked.filter(({ deliveryPoint }) => deliveryPoint === '00810000000202').length, 1);
      } finally {
        for (const app of apps) await app.close();
      }
    });
  });
}
