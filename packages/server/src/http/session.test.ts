import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Session } from '@oya/contract';
import fc from 'fast-check';
import { Visitor } from '../../test/visitor.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const COOKIE = '__Host-oya-eneo';

for (const engine of testEngines()) {
  describe(`a session, on ${engine.name}`, () => {
    let server: TestServer;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now });
    });
    after(() => server.stop());
    beforeEach(async () => {
      now = SEEDED_AT;
      await server.db.deleteFrom('slowdown').execute();
    });

    const visitor = () => new Visitor(server.baseUrl('eneo'));

    it('opens with the identifier or the e-mail address, whatever the capitals', async () => {
      for (const login of ['camille.durand', ' Camille.Durand ', 'camille.durand@example.org', 'CAMILLE.DURAND@EXAMPLE.ORG']) {
        const { status, body } = await visitor().signIn(login, 'Cascade-81400');
        assert.equal(status, 200, login);
        assert.equal(body.state, 'signed-in');
      }
    });

    it('says the same of a wrong password and of an unknown account', async () => {
      const told = async (login: string, password: string) => {
        const { status, body } = await visitor().signIn(login, password);
        const { requestId, ...rest } = body;
        assert.ok(requestId);
        return { status, rest };
      };
      const wrong = await told('camille.durand', 'Cascade-81401');
      assert.equal(wrong.status, 401);
      assert.equal(wrong.rest.code, 'wrong-credentials');
      assert.deepEqual(await told('nobody.at.all', 'Cascade-81400'), wrong);
      assert.deepEqual(await told('nobody@example.org', 'Cascade-81400'), wrong);
      assert.deepEqual(await told('marc.assie', 'Cascade-81400'), wrong, 'a customer of another utility is unknown here');
    });

    it('lives in a cookie that scripts cannot read and other sites do not send', async () => {
      const { headers } = await visitor().signIn('camille.durand', 'Cascade-81400');
      const [cookie = ''] = headers.getSetCookie();
      assert.match(cookie, /^__Host-oya-eneo=[\w-]{43}; /);
      assert.deepEqual(cookie.split('; ').slice(1).toSorted(), ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
    });

    it('leaves nothing in the database with which somebody could sign in', async () => {
      const someone = visitor();
      await someone.signInAs('camille');
      const token = someone.cookies.get(COOKIE) as string;
      const rows = JSON.stringify(await server.db.selectFrom('session').selectAll().execute());
      assert.ok(rows.includes('camille-customer'));
      assert.ok(!rows.includes(token));
      const hashes = await server.db.selectFrom('credential').select('password_hash').execute();
      for (const { password_hash } of hashes) assert.match(password_hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it('gets a new token at each sign-in, and the one before ends', async () => {
      const someone = visitor();
      await someone.signInAs('camille');
      const first = someone.cookies.get(COOKIE) as string;
      await someone.signInAs('camille');
      assert.notEqual(someone.cookies.get(COOKIE), first);
      const { body } = await visitor().get<Session>('/session', { cookie: `${COOKIE}=${first}` });
      assert.equal(body.state, 'signed-out');
    });

    it('ends at sign-out, for whoever kept the cookie too', async () => {
      const someone = visitor();
      await someone.signInAs('camille');
      const kept = someone.cookieHeader;
      const { status, body } = await someone.send<Session>('DELETE', '/session');
      assert.deepEqual([status, body], [200, { state: 'signed-out' }]);
      assert.equal(someone.cookies.size, 0);
      assert.equal((await visitor().get('/contracts', { cookie: kept })).status, 401);
    });

    it('is not needed to sign out', async () => {
      assert.equal((await visitor().send('DELETE', '/session')).status, 200);
    });

    it('ends after half an hour without use, and not while it is used', async () => {
      const someone = visitor();
      await someone.signInAs('camille');
      for (let use = 0; use < 3; use++) {
        now += 29 * MINUTE;
        assert.equal((await someone.get('/contracts')).status, 200);
      }
      now += 31 * MINUTE;
      assert.equal((await someone.get<Session>('/session')).body.state, 'signed-out');
      assert.equal((await someone.get('/contracts')).status, 401);
    });

    it('ends after twelve hours, however much it is used', async () => {
      const someone = visitor();
      await someone.signInAs('camille');
      for (; now < SEEDED_AT + 12 * HOUR - 20 * MINUTE; now += 20 * MINUTE) assert.equal((await someone.get('/contracts')).status, 200);
      await someone.get('/contracts');
      const { body } = await someone.get<Session>('/session');
      assert.equal(body.state === 'signed-in' && body.expiresAt, '2026-11-24T20:00:00Z');
      now = SEEDED_AT + 12 * HOUR;
      assert.equal((await someone.get('/contracts')).status, 401);
    });

    it('tells when it ends without being prolonged by the question, and lasts anew when asked to', async () => {
      const someone = visitor();
      await someone.signInAs('camille');
      const expiry = async (method: 'GET' | 'POST', path: string) => {
        const { body } = await someone.send<Session>(method, path, method === 'POST' ? { body: {} } : {});
        return body.state === 'signed-in' ? body.expiresAt : body.state;
      };
      now += 20 * MINUTE;
      assert.equal(await expiry('GET', '/session'), '2026-11-24T08:30:00Z');
      assert.equal(await expiry('GET', '/session'), '2026-11-24T08:30:00Z', 'asked twice, still the same');
      assert.equal(await expiry('POST', '/session/extension'), '2026-11-24T08:50:00Z');
      now += 29 * MINUTE;
      assert.equal(await expiry('GET', '/session'), '2026-11-24T08:50:00Z');
      now += 1 * MINUTE;
      assert.equal(await expiry('GET', '/session'), 'signed-out');
      assert.equal(await expiry('POST', '/session/extension'), 'signed-out', 'what has ended is not extended');
    });

    it('outlives the browser where the customer wants it remembered, for a month', async () => {
      const DAY = 24 * HOUR;
      const someone = visitor();
      const { headers } = await someone.send('POST', '/session', { body: { login: 'camille.durand', password: 'Cascade-81400', remember: true } });
      assert.match(headers.getSetCookie()[0] ?? '', /Max-Age=2592000/);
      const short = visitor();
      const { headers: without } = await short.signIn('lucien.fabre', 'Cascade-81400');
      assert.doesNotMatch(without.getSetCookie()[0] ?? '', /Max-Age|Expires/);
      now += 29 * DAY;
      const { body } = await someone.get<Session>('/session');
      assert.equal(body.state === 'signed-in' && body.expiresAt, '2026-12-24T08:00:00Z');
      await visitor().signInAs('nadia');
      assert.equal((await someone.get('/contracts')).status, 200, 'the sessions that are swept away are others');
      assert.equal((await short.get('/contracts')).status, 401);
      now = SEEDED_AT + 30 * DAY;
      assert.equal((await someone.get('/contracts')).status, 401);
    });

    it('holds with the utility that opened it only', async () => {
      const someone = visitor();
      await someone.signInAs('camille');
      const token = someone.cookies.get(COOKIE) as string;
      const { body } = await new Visitor(server.baseUrl('sicae')).get<Session>('/session', { cookie: `__Host-oya-sicae=${token}` });
      assert.equal(body.state, 'signed-out');
    });

    it('is not opened by guessing on: each further try waits longer, and nobody is locked out', async () => {
      const waits: number[] = [];
      for (let attempt = 0; attempt < 12; attempt++) {
        const { status, body, headers } = await visitor().signIn('camille.durand', `guess-${attempt}`);
        if (status !== 429) continue;
        assert.equal(body.kind, 'rate-limited');
        assert.equal(headers.get('retry-after'), String(body.retryAfterSeconds));
        waits.push(body.retryAfterSeconds as number);
        now += (body.retryAfterSeconds as number) * 1000;
      }
      assert.ok(waits.length >= 3, 'the first tries are free, the later wait');
      assert.ok(waits.every((wait, index) => index === 0 || wait >= 2 * (waits[index - 1] as number)), `each wait is at least twice the one before: ${waits}`);

      assert.equal((await new Visitor(server.baseUrl('eneo')).signIn('nadia.benali', 'Cascade-81400')).status, 200, 'others are not touched');
      now += 300_000;
      assert.equal((await visitor().signIn('camille.durand', 'Cascade-81400')).status, 200, 'after the wait the right password opens');
      assert.equal((await visitor().signIn('camille.durand', 'wrong')).status, 401, 'and the slate is clean');
    });

    it('is not opened by many guesses at once', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => visitor().signIn('camille.durand', `guess-${index}`)));
      const checked = answers.filter(({ status }) => status === 401).length;
      assert.ok(checked <= 6, `${checked} of 20 guesses were checked`);
    });

    it('slows down one address that tries many accounts', async () => {
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 40; attempt++) statuses.push((await visitor().signIn(`somebody-${attempt}`, 'Cascade-81400')).status);
      assert.equal(statuses[0], 401);
      assert.equal(statuses.at(-1), 429);
    });

    it('answers hostile credentials as it answers wrong ones', async () => {
      const hostile = fc.oneof(
        fc.string({ minLength: 1, maxLength: 254, unit: 'binary' }),
        fc.constantFrom('\0', 'a\0b', "' or 1=1 --", '%', '__proto__', 'camille.durand\0', '\u202Eliame@x', '<script>', '\ud800', 'ﬁ@'),
      );
      await fc.assert(
        fc.asyncProperty(hostile, hostile, async (login, password) => {
          await server.db.deleteFrom('slowdown').execute();
          const { status, body } = await visitor().signIn(login, password);
          assert.ok([401, 422].includes(status), `${status} for ${JSON.stringify(login)}`);
          assert.ok(body.kind);
        }),
        { numRuns: 30 },
      );
    });

    it('refuses credentials of another shape, naming the field', async () => {
      for (const [body, path] of [
        [{ login: 'camille.durand' }, 'password'],
        [{ login: { $ne: '' }, password: 'x' }, 'login'],
        [{ login: ['a'], password: 'x' }, 'login'],
        [{ login: 'x', password: 'x'.repeat(1025) }, 'password'],
      ] as const) {
        const answer = await visitor().send<{ fields: { path: string }[] }>('POST', '/session', { body });
        assert.equal(answer.status, 422);
        assert.deepEqual(answer.body.fields.map((field) => field.path), [path]);
      }
    });
  });
}
