import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { operations, type AccessGrant, type ProblemDocument, type Session } from '@oya/contract';
import type { FastifyInstance } from 'fastify';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Applicant, invoiceProof, prospect } from '../../test/applicant.ts';
import { Visitor } from '../../test/visitor.ts';
import { readConfig } from '../config.ts';
import { Keys } from '../identity/keys.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import { KeptAnswers } from './kept-answers.ts';
import { createServer } from './server.ts';

const HOUR = 3_600_000;
const COOKIE = '__Host-oya-eneo';
const CREDENTIALS = { login: 'camille.durand', password: 'Cascade-81400' };

for (const engine of testEngines()) {
  describe(`a write that comes twice, on ${engine.name},`, () => {
    let server: TestServer;
    let elsewhere: FastifyInstance;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now });
      // A second instance over the same database, as a load balancer has several.
      elsewhere = createServer({ db: server.db, config: { ...readConfig(), logLevel: 'silent', requestsPerMinute: 1_000_000 }, now: () => now });
      await elsewhere.listen({ host: '127.0.0.1', port: 0 });
    });
    after(async () => {
      await elsewhere.close();
      await server.stop();
    });
    beforeEach(async () => {
      now = SEEDED_AT;
      await sql`truncate slowdown, sending, one_time_code, sign_up, kept_answer cascade`.execute(server.db);
      await sql`delete from session`.execute(server.db);
      await sql`delete from access_grant where state = 'invited'`.execute(server.db);
    });

    const visitor = () => new Visitor(server.baseUrl('eneo'));
    const visitorElsewhere = () => new Visitor(`http://127.0.0.1:${(elsewhere.server.address() as { port: number }).port}/eneo/v1`);
    const under = (key: string, body?: object) => ({ ...(body && { body }), headers: { 'idempotency-key': key } });
    const count = async (table: 'session' | 'sign_up' | 'kept_answer' | 'access_grant') =>
      (await sql<{ rows: number }>`select count(*)::integer as rows from ${sql.table(table)}`.execute(server.db)).rows[0]?.rows;

    it('is done once and answered alike, byte for byte', async () => {
      const camille = visitor();
      await camille.signInAs('camille');
      const mails = (await server.mails()).length;
      const key = randomUUID();
      const invite = () => camille.send<AccessGrant>('POST', '/contracts/camille-electricity/access', under(key, { email: 'lea@example.org', until: null, language: 'fr' }));
      const [first, second] = [await invite(), await invite()];
      assert.equal(first.status, 200, first.text);
      assert.equal(second.text, first.text);
      assert.equal(first.headers.get('idempotency-replayed'), null);
      assert.equal(second.headers.get('idempotency-replayed'), 'true');
      assert.equal(second.headers.get('cache-control'), 'private, no-store');
      assert.equal((await server.mails()).length, mails + 1, 'one mail went out');
    });

    it('and ten times at once, to two instances, is done once', async () => {
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? visitor() : visitorElsewhere()).send('POST', '/session', under(key, CREDENTIALS))));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
      assert.equal(new Set(answers.map(({ headers }) => headers.getSetCookie().join())).size, 1);
      assert.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1);
      assert.equal(await count('session'), 1);
    });

    it('signs in whoever lost the answer to the sign-in', async () => {
      const key = randomUUID();
      await visitor().send('POST', '/session', under(key, { ...CREDENTIALS, remember: true }));
      const again = visitor();
      const { headers } = await again.send('POST', '/session', under(key, { ...CREDENTIALS, remember: true }));
      assert.match(headers.getSetCookie()[0] ?? '', /^__Host-oya-eneo=[\w-]{43}; .*Max-Age=2592000/);
      assert.equal((await again.get('/contracts')).status, 200);
      assert.equal(await count('session'), 1);
    });

    it('signs in whoever lost the answer to the last step of a sign-up', async () => {
      const paul = new Applicant(server.baseUrl('eneo'));
      const { body: started } = await paul.start(invoiceProof(prospect('paul')));
      await paul.submit(started.id);
      const code = /^\d+/.exec((await server.mails()).at(-1)?.subject ?? '')?.[0];
      const confirm = (someone: Visitor) => someone.send<Session>('POST', `/sign-ups/${started.id}/confirmation`, under('a-key-of-the-form', { code }));
      const first = await confirm(visitor());
      assert.equal(first.status, 200, first.text);
      const again = visitor();
      assert.equal((await confirm(again)).text, first.text);
      assert.equal((await again.get<Session>('/session')).body.state, 'signed-in');
    });

    it('takes the cookie away again, when it was a sign-out', async () => {
      const camille = visitor();
      await camille.signInAs('camille');
      const cookie = camille.cookieHeader;
      const key = randomUUID();
      await camille.send('DELETE', '/session', under(key));
      const { headers } = await visitor().send('DELETE', '/session', { headers: { 'idempotency-key': key, cookie } });
      assert.match(headers.getSetCookie()[0] ?? '', /^__Host-oya-eneo=; Max-Age=0/);
    });

    it('is not counted twice as a try', async () => {
      const key = randomUUID();
      const mistaken = () => visitor().send('POST', '/session', { body: { ...CREDENTIALS, password: 'wrong' } });
      const tries = async () => (await server.db.selectFrom('slowdown').select(sql<number>`sum(failures)`.as('failures')).executeTakeFirstOrThrow()).failures;
      await visitor().send('POST', '/session', under(key, CREDENTIALS));
      await mistaken();
      const before = await tries();
      for (let time = 0; time < 50; time++) assert.equal((await visitor().send('POST', '/session', under(key, CREDENTIALS))).status, 200);
      assert.equal(await tries(), before);
    });

    it('with another input is refused, and says why', async () => {
      const key = randomUUID();
      await visitor().send('POST', '/session', under(key, CREDENTIALS));
      const other = await visitor().send<ProblemDocument>('POST', '/session', under(key, { ...CREDENTIALS, login: 'nadia.benali' }));
      assert.deepEqual([other.status, other.body.kind, other.body.code], [409, 'conflict', 'key-reused']);
      assert.match(other.body.detail ?? '', /make a new key/);
      assert.deepEqual(other.headers.getSetCookie(), []);
    });

    it('is another write with another operation, another utility or another customer', async () => {
      const key = randomUUID();
      const signIn = under(key, CREDENTIALS);
      await visitor().send('POST', '/session', signIn);
      assert.equal((await new Visitor(server.baseUrl('sicae')).send('POST', '/session', signIn)).status, 401, 'who is unknown there');
      assert.equal((await visitor().send('POST', '/session/extension', under(key, {}))).headers.get('idempotency-replayed'), null);
      for (const id of ['camille', 'nadia']) {
        const someone = visitor();
        await someone.signInAs(id);
        const answer = await someone.send('POST', '/contracts/camille-electricity/access', under(key, { email: 'lea@example.org', until: null, language: 'fr' }));
        assert.equal(answer.status, id === 'camille' ? 200 : 404, 'what one customer was answered is not for another');
      }
    });

    it('is the same write after the customer had to sign in again', async () => {
      const key = randomUUID();
      const texts: string[] = [];
      for (let session = 0; session < 2; session++) {
        const camille = visitor();
        await camille.signInAs('camille');
        texts.push((await camille.send('POST', '/contracts/camille-electricity/access', under(key, { email: 'lea@example.org', until: null, language: 'fr' }))).text);
      }
      assert.equal(texts[0], texts[1]);
      assert.equal((await visitor().send('POST', '/contracts/camille-electricity/access', under(key, { email: 'lea@example.org', until: null, language: 'fr' }))).status, 401, 'and nobody’s without a session');
    });

    it('is judged anew where it was refused: corrected, or after the wait, it goes through under its key', async () => {
      const key = randomUUID();
      const signIn = (more: object) => visitor().send<ProblemDocument>('POST', '/session', under(key, { ...CREDENTIALS, ...more }));
      assert.equal((await signIn({ password: '' })).status, 422);
      let wait = 0;
      for (let attempt = 0; attempt < 10 && wait === 0; attempt++) {
        const refused = await signIn({ password: `guess-${attempt}` });
        wait = refused.body.retryAfterSeconds ?? 0;
      }
      assert.equal((await signIn({})).status, 429);
      now += wait * 1000;
      assert.equal((await signIn({})).status, 200);
      assert.equal(await count('kept_answer'), 1);
    });

    it('is done anew where the server failed', async () => {
      const key = randomUUID();
      await sql`alter table session rename to session_away`.execute(server.db);
      const failed = await visitor().send<ProblemDocument>('POST', '/session', under(key, CREDENTIALS));
      await sql`alter table session_away rename to session`.execute(server.db);
      assert.equal(failed.status, 500);
      assert.equal((await visitor().send('POST', '/session', under(key, CREDENTIALS))).status, 200);
    });

    it('gets no answer of yesterday, and leaves nothing behind', async () => {
      const key = randomUUID();
      await visitor().send('POST', '/session', under(key, CREDENTIALS));
      now += 24 * HOUR - 1;
      assert.equal((await visitor().send('POST', '/session', under(key, CREDENTIALS))).headers.get('idempotency-replayed'), 'true');
      now += 1;
      assert.equal((await visitor().send('POST', '/session', under(key, CREDENTIALS))).headers.get('idempotency-replayed'), null);
      now += 24 * HOUR;
      await visitor().send('POST', '/session', under(randomUUID(), CREDENTIALS));
      assert.equal(await count('kept_answer'), 1);
    });

    it('needs a key that nobody guesses, and says what one is', async () => {
      for (const key of ['1', 'short', 'x'.repeat(256), `${randomUUID()} ${randomUUID()}`, 'é'.repeat(20)]) {
        const { status, body } = await visitor().send<ProblemDocument>('POST', '/session', under(key, CREDENTIALS));
        assert.deepEqual([status, body.kind, body.code], [422, 'invalid', 'malformed-key'], key);
        assert.match(body.detail ?? '', /UUID/);
      }
      assert.equal((await visitor().get('/utility', { 'idempotency-key': '1' })).status, 200, 'a read has none');
      assert.equal(await count('session'), 0);
    });

    it('is opened by nobody who has the database alone', async () => {
      const key = randomUUID();
      const someone = visitor();
      await someone.send('POST', '/session', under(key, CREDENTIALS));
      const rows = await server.db.selectFrom('kept_answer').selectAll().execute();
      const { value } = await server.db.selectFrom('installation_secret').select('value').executeTakeFirstOrThrow();
      const kept = JSON.stringify(rows) + rows.map(({ answer }) => Buffer.from(answer ?? '', 'base64').toString('latin1')).join();
      for (const word of [key, someone.cookies.get(COOKIE) as string, 'camille', 'Camille', CREDENTIALS.password, 'signed-in', value]) assert.ok(!kept.includes(word), word);
    });

    it('follows one rule, whatever comes in whichever order', async () => {
      const inputs = [CREDENTIALS, { ...CREDENTIALS, remember: true }, { login: 'nadia.benali', password: 'Cascade-81400' }, { ...CREDENTIALS, password: 'wrong' }];
      const sending = fc.record({ key: fc.nat(1), input: fc.nat(inputs.length - 1), later: fc.constantFrom(0, 1, 13 * HOUR) });
      await fc.assert(
        fc.asyncProperty(fc.array(sending, { minLength: 2, maxLength: 10 }), async (sendings) => {
          const keys = [randomUUID(), randomUUID()];
          const done = new Map<number, { input: number; text: string; at: number }>();
          for (const { key, input, later } of sendings) {
            now += later;
            await server.db.deleteFrom('slowdown').execute();
            const answer = await visitor().send<ProblemDocument>('POST', '/session', under(keys[key] as string, inputs[input] as object));
            const first = done.get(key);
            if (first && now - first.at < 24 * HOUR) {
              if (first.input === input) assert.equal(answer.text, first.text);
              else assert.equal(answer.body.code, 'key-reused');
            } else {
              assert.equal(answer.status, input === 3 ? 401 : 200);
              assert.equal(answer.headers.get('idempotency-replayed'), null);
              done.delete(key);
              if (input !== 3) done.set(key, { input, text: answer.text, at: now });
            }
          }
        }),
        { numRuns: 12 },
      );
    });

    describe('while the first is at work', () => {
      const write = { utilityId: 'eneo', operation: operations.signIn.name, customerId: '', idempotencyKey: 'a-key-of-the-form', input: {} } as const;
      const answers = () => new KeptAnswers({ db: server.db, keys: new Keys(server.db, undefined), now: () => now, onError: (error) => assert.fail(String(error)) });
      const answer = { body: 'done', cookies: [] };
      const begin = () => {
        let finish: (outcome: 'done' | Error) => void = () => {};
        const outcome = new Promise<'done' | Error>((resolve) => (finish = resolve));
        let begun: () => void = () => {};
        const hasBegun = new Promise<void>((resolve) => (begun = resolve));
        const first = answers().once(write, async () => {
          begun();
          const how = await outcome;
          if (how !== 'done') throw how;
          return answer;
        });
        return { first, hasBegun, finish };
      };

      it('waits for its answer', async () => {
        const { first, hasBegun, finish } = begin();
        await hasBegun;
        const second = answers().once(write, assert.fail);
        finish('done');
        assert.deepEqual(await first, { answer, again: false });
        assert.deepEqual(await second, { answer, again: true });
      });

      it('is told to come again, where that takes long', async () => {
        const { first, hasBegun, finish } = begin();
        await hasBegun;
        await assert.rejects(answers().once(write, assert.fail), { kind: 'unavailable', code: 'in-progress', retryAfterSeconds: 2, retryable: true });
        finish('done');
        await first;
      });

      it('takes its place, where it fails', async () => {
        const { first, hasBegun, finish } = begin();
        await hasBegun;
        const second = answers().once(write, () => Promise.resolve(answer));
        finish(new Error('the first failed'));
        await assert.rejects(first, /the first failed/);
        assert.deepEqual(await second, { answer, again: false });
      });

      it('takes its place after a minute, where its process died, and what it still does is not kept', async () => {
        const { first, hasBegun, finish } = begin();
        await hasBegun;
        now += 60_000;
        assert.deepEqual(await answers().once(write, () => Promise.resolve({ body: 'the second', cookies: [] })), { answer: { body: 'the second', cookies: [] }, again: false });
        finish('done');
        await first;
        assert.deepEqual(await answers().once(write, assert.fail), { answer: { body: 'the second', cookies: [] }, again: true });
      });
    });
  });
}
