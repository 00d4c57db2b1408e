import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { isRead, operationNames, operations, pathParameters, type Operation, type OperationName, type ProblemDocument } from '@oya/contract';
import { findPersona, personaGrants, personas, profileOf } from '@oya/personas';
import { Validator } from '@seriousme/openapi-schema-validator';
import { sql } from 'kysely';
import { Visitor } from '../../test/visitor.ts';
import { readConfig } from '../config.ts';
import { startTestServer, testEngines, type TestServer } from '../testing.ts';
import { createServer } from './server.ts';

const HOST_SITE = 'https://www.eneo.example';
const PATIENCE_MS = 30_000;

for (const engine of testEngines()) {
  describe(`the server, on ${engine.name}`, () => {
    let server: TestServer;
    let log = '';

    before(async () => {
      const logStream = new Writable({
        write(chunk, _encoding, done) {
          log += chunk;
          done();
        },
      });
      server = await startTestServer({ engine, logStream, config: { origins: { eneo: [HOST_SITE] }, passkeyDomains: { eneo: 'eneo.example' }, requestsPerMinute: 2000 } });
    });
    after(() => server.stop());

    const visitor = (origin?: string) => new Visitor(server.baseUrl('eneo'), origin);

    it('answers every error with a problem document that names its request', async () => {
      const cases: [name: string, kind: string, status: number, answer: Promise<{ status: number; headers: Headers; body: unknown }>][] = [
        ['no such path', 'not-found', 404, visitor().get('/nowhere')],
        ['no such utility', 'not-found', 404, new Visitor(server.baseUrl('nobody')).get('/utility')],
        ['no session', 'unauthenticated', 401, visitor().get('/contracts')],
        ['no such method', 'not-found', 404, visitor().send('PATCH', '/session', { body: {} })],
        ['no JSON', 'invalid', 400, visitor().send('POST', '/session', { body: '{"login":' })],
        ['no body', 'invalid', 400, visitor().send('POST', '/session', { headers: { 'content-type': 'application/json' } })],
        ['a list as body', 'invalid', 422, visitor().send('POST', '/session', { body: '[]' })],
        ['a hostile key', 'invalid', 400, visitor().send('POST', '/session', { body: '{"__proto__":{"login":"x"}}' })],
        ['another media type', 'invalid', 415, visitor().send('POST', '/session', { body: 'login=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
        ['a large body', 'invalid', 413, visitor().send('POST', '/session', { body: { login: 'x', password: 'x'.repeat(70_000) } })],
        ['a broken address', 'invalid', 400, visitor().get('/contracts/%E0%A4%A/meters')],
      ];
      for (const [name, kind, status, pending] of cases) {
        const answer = await pending;
        const problem = answer.body as ProblemDocument;
        assert.equal(answer.status, status, name);
        assert.equal(problem.status, status, name);
        assert.equal(problem.kind, kind, name);
        assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, name);
        assert.match(problem.requestId ?? '', /^[0-9a-f-]{36}$/, name);
        assert.equal(answer.headers.get('x-request-id'), problem.requestId, name);
      }
    });

    it('does not tell what went wrong inside, and logs it under the request id', async () => {
      const broken = await startTestServer({ engine });
      try {
        await sql`drop table contract_access cascade`.execute(broken.db);
        const someone = new Visitor(broken.baseUrl('eneo'));
        await someone.signInAs('camille');
        const { status, body, text } = await someone.get<ProblemDocument>('/contracts');
        assert.equal(status, 500);
        assert.equal(body.kind, 'unavailable');
        assert.ok(body.requestId);
        assert.doesNotMatch(text, /contract_access|relation|at .*\.ts/);
      } finally {
        await broken.stop();
      }
    });

    it('tells a request id of its own, whatever the caller sends', async () => {
      const { headers } = await visitor().get('/utility', { 'x-request-id': 'forged\nid'.replace('\n', '-') });
      assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    });

    it('shows no customer another one\'s things, whatever the operation', async () => {
      const camille = visitor();
      await camille.signInAs('camille');
      const someoneElse = findPersona('nadia');
      const elsewhere = findPersona('marc');
      const events = await server.db.selectFrom('consent_event').innerJoin('meter', 'meter.key', 'consent_event.meter_key').select(['consent_event.id', 'meter.id as meterId']).execute();
      const idsOf: Record<string, (id: typeof someoneElse) => string | undefined> = {
        contractId: ({ contracts }) => contracts[0]?.id,
        meterId: ({ meters }) => meters[0]?.meter.id,
        eventId: ({ meters }) => events.find(({ meterId }) => meterId === meters[0]?.meter.id)?.id,
        grantId: () => 'helene-to-lea',
        invitationId: () => 'helene-to-lea',
        deviceId: ({ id }) => profileOf(id, '2026-11-24T08:00:00Z').devices[0]?.id,
        requestId: () => 'lucien-address',
        paymentId: ({ id }) => `${id}-payment`,
        passkeyId: ({ id }) => `${id}-passkey`,
        planId: ({ id }) => `${id}-plan`,
        invoiceId: (persona) => persona.invoice.number,
        attachmentId: ({ id }) => `${id}-attachment`,
        serviceRequestId: ({ id }) => (id === someoneElse.id ? '33333333-3333-4333-8333-333333333333' : '44444444-4444-4444-8444-444444444444'),
        threadId: ({ id }) => (id === someoneElse.id ? '11111111-1111-4111-8111-111111111111' : '22222222-2222-4222-8222-222222222222'),
      };
      const pushDevices: Readonly<Record<string, string>> = { [someoneElse.id]: '55555555-5555-4555-8555-555555555555', [elsewhere.id]: '66666666-6666-4666-8666-666666666666' };
      const bodies: Partial<Record<OperationName, object>> = {
        inviteAccess: { email: 'somebody@example.org', until: null, language: 'fr' },
        giveConsents: { choices: [{ purpose: 'curve-recording', textVersion: '1' }] },
        withdrawConsent: { purpose: 'curve-recording', erase: true },
        undoWithdrawal: { purpose: 'curve-recording' },
        startPayment: { invoiceIds: ['EN2611000001'], open: 100, amount: 100, returnUrl: 'https://www.eneo.example/' },
        archiveInvoices: { invoiceIds: [someoneElse.invoice.number] },
        contestInvoice: { words: 'x' },
        createClaimFile: { format: 'zip', words: '', attachmentIds: [] },
        signMandate: { accountHolder: 'x', iban: 'FR1420041010050500013M02606', currentPassword: findPersona('camille').password },
        changeInstalments: { amount: 8000 },
        giveMedicalNeed: { phone: '+33639980199', textVersion: '2026-11', language: 'fr' },
        writeMessage: { words: 'x' },
        setThreadState: { state: 'closed' },
        answerServiceRequest: { words: 'x' },
        sendReading: { on: '2026-11-01', indexes: [{ register: 'BASE', index: 1 }] },
        requestPaymentPlan: { invoiceIds: [someoneElse.invoice.number], parts: 2, words: '' },
      };
      const rest = 'resolution=day&from=2026-01-01&to=2026-02-01&format=json';
      const questions: Partial<Record<OperationName, string>> = { getInvoiceFile: 'format=pdf' };
      for (const { id, utility, customer, contracts } of [someoneElse, elsewhere]) {
        await server.db
          .insertInto('payment')
          .values({ id: `${id}-payment`, utility_id: utility, contract_id: contracts[0]?.id ?? '', customer_id: customer.id, provider: 'payzen', amount_cents: 100, is_live: false, started_at: new Date() })
          .execute();
        await server.db.insertInto('thread').values({ id: String(idsOf['threadId']?.({ id, utility, customer, contracts } as typeof someoneElse)), utility_id: utility, customer_id: customer.id, topic: 'other', opened_at: new Date(), last_at: new Date(), last_from: 'customer' }).execute();
        await server.db
          .insertInto('service_request')
          .values({ id: String(idsOf['serviceRequestId']?.({ id, utility, customer, contracts } as typeof someoneElse)), utility_id: utility, customer_id: customer.id, number: id, kind: 'claim', details: '{}', phone: '+33639980199', state: 'waiting', sent_at: new Date(), changed_at: new Date() })
          .execute();
        await server.db
          .insertInto('passkey')
          .values({ id: `${id}-passkey`, utility_id: utility, customer_id: customer.id, credential_id: id, public_key: '', counter: 0, transports: [], synced: false, label: 'x', created_at: new Date(), last_used_at: null })
          .execute();
        await server.db
          .insertInto('attachment')
          .values({ id: `${id}-attachment`, utility_id: utility, customer_id: customer.id, name: 'x.jpg', media_type: 'image/jpeg', size: 1, sealed: Buffer.from('x'), added_at: new Date() })
          .execute();
        const [contract] = contracts;
        assert.ok(contract);
        await server.db
          .insertInto('payment_plan')
          .values({ id: `${id}-plan`, utility_id: utility, contract_id: contract.id, customer_id: customer.id, state: 'asked', asked_at: new Date(), invoices: '[]', amount_cents: 1, parts: '[]', words: '' })
          .execute();
      }
      for (const { id, utility, customer } of [someoneElse, elsewhere]) {
        await server.db.insertInto('push_device').values({ id: pushDevices[id] ?? '', utility_id: utility, customer_id: customer.id, endpoint: `https://fcm.googleapis.com/${id}`, p256dh: '', auth: '', label: '', added_at: new Date() }).execute();
      }
      let walked = 0;
      for (const name of operationNames) {
        const operation: Operation = operations[name];
        if (operation.auth !== 'customer') continue;
        const fields = pathParameters(operation.path);
        if (fields.length === 0) continue;
        for (const owner of [someoneElse, elsewhere]) {
          const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => {
            const id = name === 'removePushDevice' ? pushDevices[owner.id] : idsOf[field]?.(owner);
            assert.ok(id, `say here how to find somebody else's ${field}, so that ${name} is tried with it`);
            return id;
          });
          const answer = await camille.send<ProblemDocument>(operation.method, `${path}?${questions[name] ?? rest}`, isRead(operation) || operation.method === 'DELETE' ? {} : { body: bodies[name] ?? {} });
          assert.deepEqual([answer.status, answer.body.kind], [404, 'not-found'], `${name} with the ${fields} of ${owner.id}`);
          walked++;
        }
      }
      assert.ok(walked >= 4);
    });

    it('lists each customer\'s own contracts and meters, as the households have them', async () => {
      for (const persona of personas) {
        const someone = new Visitor(server.baseUrl(persona.utility));
        await someone.signInAs(persona.id);
        const contracts = await someone.get<{ items: { id: string }[] }>('/contracts');
        const shared = personaGrants.filter(({ readerId, state }) => readerId === persona.id && state === 'active').map(({ contractId }) => contractId);
        const own = contracts.body.items.filter(({ id }) => !shared.includes(id));
        assert.deepEqual(own, [...persona.contracts].sort((left, right) => (left.id < right.id ? -1 : 1)));
        assert.equal(contracts.body.items.length - own.length, shared.length);
        const meters = await Promise.all(persona.contracts.map(({ id }) => someone.get<{ items: object[] }>(`/contracts/${id}/meters`)));
        assert.deepEqual(meters.flatMap(({ body }) => body.items), persona.meters.map(({ meter }) => meter));
      }
    });

    it('keeps what belongs to a customer out of every cache', async () => {
      const someone = visitor();
      await someone.signInAs('camille');
      for (const path of ['/session', '/contracts']) {
        const { headers } = await someone.get(path);
        assert.equal(headers.get('cache-control'), 'private, no-store');
        assert.equal(headers.get('etag'), null);
      }
    });

    it('lets only the listed sites call with the customer\'s session', async () => {
      const allowed = await visitor(HOST_SITE).get('/utility');
      assert.equal(allowed.headers.get('access-control-allow-origin'), HOST_SITE);
      assert.equal(allowed.headers.get('access-control-allow-credentials'), 'true');
      assert.match(allowed.headers.get('vary') ?? '', /origin/i);
      assert.match(allowed.headers.get('access-control-expose-headers') ?? '', /x-request-id/);
      for (const origin of ['https://evil.example', `${HOST_SITE}.evil.example`, 'null', 'http://www.eneo.example']) {
        const refused = await visitor(origin).get('/utility');
        assert.equal(refused.headers.get('access-control-allow-origin'), null, origin);
      }
      const elsewhere = await new Visitor(server.baseUrl('sicae'), HOST_SITE).get('/utility');
      assert.equal(elsewhere.headers.get('access-control-allow-origin'), null, 'a site of ENEO is not one of SICAE');
    });

    it('answers the browser\'s question before a write', async () => {
      const ask = (origin: string) =>
        visitor(origin).send('OPTIONS', '/session', { headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,idempotency-key' } });
      const { status, headers } = await ask(HOST_SITE);
      assert.equal(status, 204);
      assert.equal(headers.get('access-control-allow-origin'), HOST_SITE);
      assert.match(headers.get('access-control-allow-methods') ?? '', /POST.*DELETE/);
      assert.match(headers.get('access-control-allow-headers') ?? '', /idempotency-key/);
      assert.equal((await ask('https://evil.example')).headers.get('access-control-allow-origin'), null);
    });

    it('refuses a write from any other site, whatever its cookies', async () => {
      const signIn = { body: { login: 'camille.durand', password: 'Cascade-81400' } };
      assert.equal((await visitor(HOST_SITE).send('POST', '/session', signIn)).status, 200);
      assert.equal((await visitor(server.url).send('POST', '/session', signIn)).status, 200, 'a page of the same host');
      for (const origin of ['https://evil.example', 'null']) {
        const refused = await visitor(origin).send<ProblemDocument>('POST', '/session', signIn);
        assert.deepEqual([refused.status, refused.body.kind, refused.body.code], [403, 'forbidden', 'origin-not-allowed'], origin);
        assert.deepEqual(refused.headers.getSetCookie(), []);
      }
      const silent = await visitor().send('POST', '/session', { ...signIn, headers: { 'sec-fetch-site': 'cross-site' } });
      assert.equal(silent.status, 403, 'a browser that hides the origin');
    });

    it('compresses what is worth it', async () => {
      const response = await fetch(`${server.baseUrl('eneo')}/utility`, { headers: { 'accept-encoding': 'br' } });
      assert.equal(response.headers.get('content-encoding'), 'br');
    });

    it('describes itself in a valid OpenAPI document', async () => {
      const { status, body } = await visitor().get<Record<string, never>>('/openapi.json');
      assert.equal(status, 200);
      const { valid, errors } = await new Validator().validate(body);
      assert.ok(valid, JSON.stringify(errors));
    });

    it('says that it lives and that it is ready', async () => {
      const health = await fetch(`${server.url}/health`);
      assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);
      const ready = await fetch(`${server.url}/ready`);
      assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ready' }]);
    });

    it('stops at once, whoever has a connection open and asked for nothing', async () => {
      const own = await startTestServer({ engine });
      const silent = connect(Number(new URL(own.url).port), '127.0.0.1');
      await once(silent, 'connect');
      await new Visitor(own.baseUrl('eneo')).get('/utility');
      const stopped = own.stop().then(() => 'stopped');
      const outcome = await Promise.race([stopped, wait(PATIENCE_MS, 'open', { ref: false })]);
      silent.destroy();
      await stopped;
      assert.equal(outcome, 'stopped');
    });

    it('is alive but not ready while its database is not migrated, or gone', async () => {
      const { db, drop } = await engine.empty();
      await sql`create table utility (id text primary key, description jsonb not null)`.execute(db);
      const app = createServer({ db, config: { ...readConfig(), logLevel: 'silent' } });
      const ready = async () => {
        const { statusCode, body } = await app.inject('/ready');
        return [statusCode, (JSON.parse(body) as ProblemDocument).kind, (JSON.parse(body) as ProblemDocument).detail];
      };
      assert.deepEqual(await ready(), [503, 'unavailable', 'the database is not migrated']);
      await drop();
      assert.deepEqual(await ready(), [503, 'unavailable', 'the database does not answer']);
      assert.equal((await app.inject('/health')).statusCode, 200);
      await app.close();
    });

    it('does not start with a utility that does not fit the contract, and says what is wrong', async () => {
      const { db, drop } = await engine.seeded();
      try {
        await sql`update utility set description = description - 'timeZone' where id = 'eneo'`.execute(db);
        const app = createServer({ db, config: { ...readConfig(), logLevel: 'silent' } });
        await assert.rejects(async () => app.ready(), /utility “eneo” does not fit the contract:\n {2}timeZone: .*\nCorrect its row/s);
      } finally {
        await drop();
      }
    });

    it('limits the requests of one address', async () => {
      const busy = await startTestServer({ engine, config: { requestsPerMinute: 3 } });
      try {
        const someone = new Visitor(busy.baseUrl('eneo'));
        for (let request = 0; request < 3; request++) assert.equal((await someone.get('/utility')).status, 200);
        const { status, body, headers } = await someone.get<ProblemDocument>('/utility');
        assert.deepEqual([status, body.kind], [429, 'rate-limited']);
        assert.ok(Number(headers.get('retry-after')) >= 1);
        assert.ok((body.retryAfterSeconds ?? 0) >= 1);
      } finally {
        await busy.stop();
      }
    });

    it('logs each request by its route and id, and nothing personal', async () => {
      const someone = visitor(HOST_SITE);
      const camille = await someone.signInAs('camille');
      await someone.signIn(camille.email, 'A-wrong-Password-1');
      await someone.send('POST', '/session', { body: `{"login":"${camille.login}","password":"A-broken-Body-1"` });
      const { headers } = await someone.get(`/meters/camille-linky/consumption?resolution=day&from=2026-01-01&to=2026-02-01&note=${camille.email}`);
      await someone.get(`/contracts/${camille.contracts[0]?.deliveryPoint}/meters`);
      const { headers: broken } = await someone.get('/contracts?login=camille.durand');

      const lines = log.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
      const line = lines.find(({ reqId }) => reqId === headers.get('x-request-id'));
      assert.deepEqual([line?.['method'], line?.['route'], line?.['status']], ['GET', '/:utility/v1/meters/:meterId/consumption', 200]);
      assert.ok(lines.some(({ reqId }) => reqId === broken.get('x-request-id')));

      const [cookie = ''] = someone.cookies.values();
      const personal = [camille.login, camille.email, camille.password, camille.customer.displayName, camille.contracts[0]?.deliveryPoint as string, 'camille', cookie, 'A-wrong', 'A-broken', '127.0.0.1"'];
      for (const word of personal) assert.ok(!log.includes(word), `the log holds “${word}”`);
    });
  });
}
