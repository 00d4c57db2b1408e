import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import type { Contract, Page, ProblemDocument, Session } from '@oya/contract';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { Applicant, invoiceProof, prospect } from '../../test/applicant.ts';
import { AUDIENCE, signInAtProvider, startProvider, tokenOfRobot, type LocalProvider } from '../../test/provider.ts';
import { Visitor } from '../../test/visitor.ts';
import { readConfig } from '../config.ts';
import { linkReference } from '../identity/references.ts';
import { startTestServer, testEngines, type TestServer } from '../testing.ts';
import { createServer } from './server.ts';

const SITE = 'https://www.eneo.example';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

for (const engine of testEngines()) {
  describe(`a token of the utility's own sign-in, on ${engine.name},`, () => {
    let server: TestServer;
    /** Two utilities, each with its provider and its claim. */
    let eneo: LocalProvider;
    let sicae: LocalProvider;

    before(async () => {
      [eneo, sicae] = await Promise.all([startProvider({ redirectUris: [`${SITE}/`] }), startProvider()]);
      const providers = {
        eneo: { issuer: eneo.issuer, audience: AUDIENCE, customerClaim: 'sub' },
        sicae: { issuer: sicae.issuer, audience: AUDIENCE, customerClaim: 'customer_number' },
      };
      server = await startTestServer({ engine, now: () => Date.now(), providers, config: { origins: { eneo: [SITE] } } });
      await server.db.updateTable('customer').set({ external_reference: 'camille' }).where('id', '=', 'camille-customer').execute();
      await server.db.updateTable('customer').set({ external_reference: 'K-marc' }).where('id', '=', 'marc-customer').execute();
    });
    after(async () => {
      await server.stop();
      await Promise.all([eneo.stop(), sicae.stop()]);
    });
    afterEach(() => mock.timers.reset());

    const visitor = (utility = 'eneo', origin?: string) => new Visitor(server.baseUrl(utility), origin);
    const bearing = (token: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...more });
    const ask = (token: string, path = '/session', utility = 'eneo') => visitor(utility).get<Session & Page<Contract> & ProblemDocument>(path, bearing(token));
    /** Moves the clocks of all: of server, provider and key set. */
    const later = (milliseconds: number) => mock.timers.tick(milliseconds);
    const stopClocks = () => mock.timers.enable({ apis: ['Date'], now: Date.now() });

    describe('signs a customer in', () => {
      it('who signed in there, for as long as the token lasts', async () => {
        const { accessToken } = await signInAtProvider(eneo.issuer, 'camille', `${SITE}/`);
        const { exp } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
        const { status, body, headers } = await ask(accessToken);
        assert.equal(status, 200);
        assert.deepEqual(body.state === 'signed-in' && [body.customer, Date.parse(body.expiresAt)], [{ id: 'camille-customer', displayName: 'Camille Durand' }, exp * 1000]);
        assert.deepEqual(headers.getSetCookie(), []);
        const contracts = await ask(accessToken, '/contracts');
        assert.deepEqual(contracts.body.items.map(({ id }) => id), ['camille-electricity']);
        assert.equal((await server.db.selectFrom('session').selectAll().execute()).length, 0, 'nothing is kept of it');
      });

      it('at each utility by its own provider and the claim that holds its reference', async () => {
        const { accessToken } = await signInAtProvider(sicae.issuer, 'marc');
        const { body } = await ask(accessToken, '/session', 'sicae');
        assert.equal(body.state === 'signed-in' && body.customer.id, 'marc-customer');
        const elsewhere = await ask(accessToken, '/session', 'eneo');
        assert.deepEqual([elsewhere.status, elsewhere.body.code], [401, 'token-refused']);
      });

      it('and writes for them, once for each intent, from pages of the allowed sites', async () => {
        const token = await eneo.sign({ sub: 'camille' });
        const write = { body: { email: `${randomUUID()}@example.org`, until: null, language: 'fr' }, headers: bearing(token, { 'idempotency-key': randomUUID() }) };
        const [first, second] = [await visitor('eneo', SITE).send('POST', '/contracts/camille-electricity/access', write), await visitor('eneo', SITE).send('POST', '/contracts/camille-electricity/access', write)];
        assert.equal(first.status, 200, first.text);
        assert.equal(second.text, first.text);
        assert.equal(first.headers.get('access-control-allow-origin'), SITE);
      });

      it('without showing them what is another customer’s', async () => {
        assert.equal((await ask(await eneo.sign({ sub: 'camille' }), '/contracts/nadia-electricity/meters')).status, 404);
      });
    });

    it('may be sent by pages of the allowed sites, and by no others', async () => {
      const preflight = async (origin: string) => {
        const { headers } = await visitor('eneo', origin).send('OPTIONS', '/contracts', { headers: { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' } });
        return [headers.get('access-control-allow-origin'), /\bauthorization\b/.test(headers.get('access-control-allow-headers') ?? '')];
      };
      assert.deepEqual(await preflight(SITE), [SITE, true]);
      assert.equal((await preflight('https://evil.example'))[0], null);
    });

    it('counts more than a cookie that comes with it, and leaves that alone', async () => {
      const nadia = visitor();
      await nadia.signInAs('nadia');
      const token = await eneo.sign({ sub: 'camille' });
      const { body } = await nadia.get<Session>('/session', bearing(token));
      assert.equal(body.state === 'signed-in' && body.customer.id, 'camille-customer');
      const out = await nadia.send<Session>('DELETE', '/session', { headers: bearing(token) });
      assert.deepEqual([out.body, out.headers.getSetCookie()], [{ state: 'signed-out' }, []]);
      assert.equal((await nadia.get<Session>('/session')).body.state, 'signed-in');
      const refused = await nadia.get<ProblemDocument>('/session', bearing('broken'));
      assert.equal(refused.status, 401, 'a token that is refused does not fall back on the cookie');
    });

    it('is neither prolonged, nor ended, nor replaced by a sign-in here', async () => {
      const token = await eneo.sign({ sub: 'camille' });
      const before = await ask(token);
      const { answeredAt: _, ...session } = before.body as Extract<Session, { state: 'signed-in' }>;
      const { body: extended } = await visitor().send<Session>('POST', '/session/extension', { body: {}, headers: bearing(token) });
      assert.partialDeepStrictEqual(extended, session);
      assert.deepEqual((await visitor().send('DELETE', '/session', { headers: bearing(token) })).body, { state: 'signed-out' });
      assert.equal((await ask(token)).body.state, 'signed-in');
      const signIn = await visitor().send<ProblemDocument>('POST', '/session', { body: { login: 'nadia.benali', password: 'Cascade-81400' }, headers: bearing(token) });
      assert.deepEqual([signIn.status, signIn.body.code, signIn.headers.getSetCookie()], [409, 'token-counts', []]);
    });

    it('of somebody whom the portal does not know, or of a program that speaks for itself, is refused by a name of its own', async () => {
      for (const token of [await eneo.sign({ sub: 'nobody' }), await tokenOfRobot(eneo.issuer)]) {
        for (const path of ['/session', '/contracts']) {
          const { status, body } = await ask(token, path);
          assert.deepEqual([status, body.kind, body.code], [403, 'forbidden', 'unknown-customer']);
        }
      }
    });

    describe('is refused', () => {
      const now = () => Math.floor(Date.now() / 1000);
      const cases: Record<string, () => Promise<string>> = {
        'of another issuer': () => eneo.sign({ iss: sicae.issuer }),
        'of another audience': () => eneo.sign({ aud: 'https://api.other.example' }),
        'without an audience': () => eneo.sign({ aud: undefined as never }),
        'that has expired': () => eneo.sign({ exp: now() - 31 }),
        'that never expires': () => eneo.sign({ exp: undefined as never }),
        'that is not valid yet': () => eneo.sign({ nbf: now() + 31 }),
        'that names nobody': () => eneo.sign({ sub: undefined as never }),
        'whose reference is no text': () => eneo.sign({ sub: { $ne: '' } as never }),
        'whose reference is empty': () => eneo.sign({ sub: '' }),
        'that is a notice of sign-out': () => eneo.sign({ sub: 'camille' }, { typ: 'logout+jwt' }),
        'that is bound to a key': () => eneo.sign({ sub: 'camille', cnf: { jkt: 'x' } }),
        'signed with a key that the provider does not have': async () => {
          const { privateKey } = await generateKeyPair('RS256');
          return sign(privateKey, (await eneo.publicKey()).kid as string);
        },
        'that names an unknown key': () => eneo.sign({ sub: 'camille' }, { kid: 'unknown' }),
        'that brings its own key along': async () => {
          const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
          return new SignJWT({ sub: 'camille' }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', jwk: await exportJWK(publicKey) }).setIssuer(eneo.issuer).setAudience(AUDIENCE).setExpirationTime('5m').sign(privateKey);
        },
        'that is not signed': () => Promise.resolve(new UnsecuredJWT({ sub: 'camille' }).setIssuer(eneo.issuer).setAudience(AUDIENCE).setExpirationTime('5m').encode()),
        'signed with the public key as if it were a secret': async () => {
          const pem = await exportSPKI((await importJWK({ ...(await eneo.publicKey()), ext: true }, 'RS256', { extractable: true })) as never);
          const [, payload = ''] = (await eneo.sign({ sub: 'camille' })).split('.');
          const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid: (await eneo.publicKey()).kid })).toString('base64url');
          return `${header}.${payload}.${createHmac('sha256', pem).update(`${header}.${payload}`).digest('base64url')}`;
        },
        'that was changed': async () => {
          const [header, , signature] = (await eneo.sign({ sub: 'somebody' })).split('.');
          const [, payload] = (await eneo.sign({ sub: 'camille' })).split('.');
          return `${header}.${payload}.${signature}`;
        },
        'that says who somebody is, not what they may': async () => (await signInAtProvider(eneo.issuer, 'camille', `${SITE}/`)).idToken,
        'that is no token': () => Promise.resolve('a.b.c'),
        'that is empty': () => Promise.resolve('" "'),
      };
      const sign = (key: CryptoKey, kid: string) =>
        new SignJWT({ sub: 'camille' }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid }).setIssuer(eneo.issuer).setAudience(AUDIENCE).setExpirationTime('5m').sign(key);

      for (const [name, token] of Object.entries(cases)) {
        it(name, async () => {
          const { status, body, headers } = await ask(await token(), '/contracts');
          assert.deepEqual([status, body.kind, body.code], [401, 'unauthenticated', 'token-refused'], body.detail);
          assert.match(headers.get('www-authenticate') ?? '', /^Bearer error="invalid_token"$/);
          assert.match(body.detail ?? '', /^the token is refused: ./);
        });
      }

      it('but not for half a minute by which clocks differ', async () => {
        assert.equal((await ask(await eneo.sign({ sub: 'camille', exp: now() - 20, nbf: now() + 20 }))).status, 200);
      });

      it('and what is public is answered all the same', async () => {
        assert.equal((await ask('broken', '/utility')).status, 200);
        assert.equal((await visitor().send('DELETE', '/session', { headers: bearing('broken') })).status, 200);
      });
    });

    it('is none of another scheme: a trial site may stand behind a password', async () => {
      const camille = visitor();
      await camille.signInAs('camille');
      const { body } = await camille.get<Session>('/session', { authorization: `Basic ${btoa('trial:site')}` });
      assert.equal(body.state, 'signed-in');
    });

    it('is not taken where no provider is named, which is said', async () => {
      const without = await startTestServer({ engine });
      try {
        const { status, body } = await new Visitor(without.baseUrl('eneo')).get<ProblemDocument>('/session', bearing('any'));
        assert.deepEqual([status, body.kind, body.code], [501, 'unsupported', 'tokens-not-taken']);
        assert.match(body.detail ?? '', /OYA_OIDC/);
      } finally {
        await without.stop();
      }
    });

    it('needs a utility that is there: the server does not start with another, and says so', async () => {
      const providers = { enoe: { issuer: eneo.issuer, audience: AUDIENCE, customerClaim: 'sub' } };
      const app = createServer({ db: server.db, providers, config: { ...readConfig(), logLevel: 'silent' } });
      await assert.rejects(async () => app.ready(), /OYA_OIDC names enoe, but there are only eneo, sicae/);
      await app.close();
    });

    describe('and its provider', () => {
      let provider: LocalProvider;
      let portal: TestServer;
      const look = async (token: string) => {
        const { status, body, headers } = await new Visitor(portal.baseUrl('eneo')).get<ProblemDocument>('/session', bearing(token));
        return { status, code: body.code, retryAfter: headers.get('retry-after') };
      };

      beforeEach(async () => {
        provider = await startProvider();
        portal = await startTestServer({ engine, now: () => Date.now(), providers: { eneo: { issuer: provider.issuer, audience: AUDIENCE, customerClaim: 'sub' } } });
        await portal.db.updateTable('customer').set({ external_reference: 'camille' }).where('id', '=', 'camille-customer').execute();
        stopClocks();
      });
      afterEach(async () => {
        mock.timers.reset();
        await portal.stop();
        await provider.stop().catch(() => {});
      });

      it('may change its keys: the new ones are fetched when a token names one', async () => {
        const old = await provider.sign({ sub: 'camille' });
        assert.equal((await look(old)).status, 200);
        later(11_000);
        await provider.restart();
        assert.equal((await look(await provider.sign({ sub: 'camille' }))).status, 200);
        assert.equal((await look(old)).status, 401, 'a key that was withdrawn opens nothing any more');
      });

      it('is soon heard when it withdraws a key', async () => {
        const old = await provider.sign({ sub: 'camille', exp: Math.floor(Date.now() / 1000) + 3600 });
        assert.equal((await look(old)).status, 200);
        await provider.restart();
        assert.equal((await look(old)).status, 200);
        later(10 * MINUTE);
        await look(old);
        for (let wait = 0; provider.asked() < 2 && wait < 100; wait++) await new Promise((resolve) => setTimeout(resolve, 20));
        await new Promise((resolve) => setTimeout(resolve, 50));
        assert.equal((await look(old)).status, 401);
      });

      it('is asked once for many, and not again for tokens with keys that nobody has', async () => {
        const token = await provider.sign({ sub: 'camille' });
        const answers = await Promise.all(Array.from({ length: 20 }, () => look(token)));
        assert.ok(answers.every(({ status }) => status === 200));
        for (let guess = 0; guess < 20; guess++) assert.equal((await look(await provider.sign({}, { kid: `guess-${guess}` }))).status, 401);
        assert.equal(provider.asked(), 1);
      });

      it('may be down at the start: customers are told to come back, and come in when it is there', async () => {
        const token = await provider.sign({ sub: 'camille', exp: Math.floor(Date.now() / 1000) + 3600 });
        await provider.stop();
        assert.deepEqual(await look(token), { status: 503, code: 'provider-unavailable', retryAfter: '5' });
        assert.equal((await new Visitor(portal.baseUrl('eneo')).get('/utility', bearing(token))).status, 200, 'what is public does not wait for it');
        await provider.restart();
        assert.equal((await look(token)).status, 503, 'it is left alone for a moment');
        later(5_000);
        assert.equal((await look(await provider.sign({ sub: 'camille' }))).status, 200);
      });

      it('may be down later: its keys are known, for a day', async () => {
        const token = await provider.sign({ sub: 'camille', exp: Math.floor(Date.now() / 1000) + 48 * 3600 });
        assert.equal((await look(token)).status, 200);
        await provider.stop();
        for (const wait of [1 * MINUTE, 15 * MINUTE, 20 * HOUR]) {
          later(wait);
          assert.equal((await look(token)).status, 200);
        }
        later(4 * HOUR);
        assert.deepEqual(await look(token), { status: 503, code: 'provider-unavailable', retryAfter: '5' });
      });
    });

    describe('is linked to a customer by the number of a contract:', () => {
      const paul = prospect('paul');
      const number = paul.contracts[0]?.number ?? '';

      it('a customer who has an account keeps it, and comes in both ways', async () => {
        assert.equal(await linkReference(server.db, 'eneo', 'nadia', (await numberOf('nadia-electricity')) ?? ''), 'account');
        assert.equal(await linkReference(server.db, 'eneo', 'nadia', (await numberOf('nadia-electricity')) ?? ''), 'nothing new');
        const { body } = await ask(await eneo.sign({ sub: 'nadia' }));
        assert.equal(body.state === 'signed-in' && body.customer.id, 'nadia-customer');
        await visitor().signInAs('nadia');
      });

      it('one who has none is made by it, holds the contract, and nobody makes a second account for it', async () => {
        assert.equal(await linkReference(server.db, 'eneo', 'auth0|paul', number), 'customer');
        const token = await eneo.sign({ sub: 'auth0|paul' });
        const { body } = await ask(token, '/contracts');
        assert.deepEqual(body.items.map((contract) => contract.number), [number]);
        const { body: session } = await ask(token);
        assert.equal(session.state === 'signed-in' && session.customer.displayName, paul.contracts[0]?.holder);
        const refused = await new Applicant(server.baseUrl('eneo')).start(invoiceProof(paul));
        assert.deepEqual([refused.status, refused.body.code], [422, 'proof-refused']);
      });

      it('and never makes one customer of two', async () => {
        await assert.rejects(linkReference(server.db, 'eneo', 'camille', (await numberOf('nadia-electricity')) ?? ''), /another reference/);
        await assert.rejects(linkReference(server.db, 'eneo', 'camille', (await numberOf('odette-electricity')) ?? ''), /another customer, with other contracts/);
        await assert.rejects(linkReference(server.db, 'eneo', 'somebody', 'ENEO-0'), /no contract with that number/);
        await assert.rejects(linkReference(server.db, 'sicae', 'somebody', number), /no contract with that number/);
      });

      const numberOf = async (id: string) => (await server.db.selectFrom('contract').select('number').where('utility_id', '=', 'eneo').where('id', '=', id).executeTakeFirst())?.number;
    });
  });
}
