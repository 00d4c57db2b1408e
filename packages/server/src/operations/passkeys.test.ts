import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { AccessRules, Page, Passkey, PasskeyChallenge, ProblemDocument, Session, WebAuthnJson } from '@oya/contract';
import { findPersona } from '@oya/personas';
import { Applicant } from '../../test/applicant.ts';
import { attestsByCertificate, Authenticator, type Lies } from '../../test/authenticator.ts';
import { Visitor, type Answer } from '../../test/visitor.ts';
import { WorkRecorder } from '../../test/work.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const SITE = 'https://www.eneo.example';
const MINUTE = 60_000;
const DOMAINS = { eneo: 'eneo.example', sicae: 'sicae.example' };
const ORIGINS = { eneo: [SITE, 'https://espace.eneo.example'], sicae: ['https://www.sicae.example'] };

for (const engine of testEngines()) {
  describe(`passkeys, on ${engine.name}`, () => {
    const work = new WorkRecorder();
    let server: TestServer;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now, config: { origins: ORIGINS, passkeyDomains: DOMAINS }, prepare: work.watch });
    });
    after(async () => {
      await server.stop();
      work.stop();
    });
    beforeEach(async () => {
      now = SEEDED_AT;
      for (const table of ['slowdown', 'passkey', 'passkey_challenge', 'audit_event'] as const) await server.db.deleteFrom(table).execute();
    });

    const holder = (utility = 'eneo', site = SITE) => new Holder(server.baseUrl(utility), site);

    /** A customer who has a passkey on a device of theirs, and a browser that is signed out. */
    async function withPasskey(id = 'camille', device = new Authenticator(SITE)): Promise<{ someone: Holder; device: Authenticator; passkey: Passkey }> {
      const someone = holder();
      await someone.signInAs(id);
      const passkey = await someone.add(device);
      await someone.send('DELETE', '/session');
      return { someone, device, passkey };
    }

    it('open a session once they were added, and tell when they were used', async () => {
      const { someone, device, passkey } = await withPasskey();
      assert.deepEqual({ ...passkey, id: '' }, { id: '', label: 'Mon téléphone', createdAt: '2026-11-24T08:00:00Z', lastUsedAt: null, synced: false });
      now += 3 * MINUTE;
      const { status, body } = await someone.enter(device);
      assert.equal(status, 200);
      assert.equal(body.state === 'signed-in' && body.customer.displayName, 'Camille Durand');
      const { body: list } = await someone.get<Page<Passkey>>('/profile/passkeys');
      assert.deepEqual(list.items, [{ ...passkey, lastUsedAt: '2026-11-24T08:03:00Z' }]);
    });

    it('are asked for without a name, of any device, with the person verified', async () => {
      const { body } = await holder().ask();
      const { challenge, ...options } = body.options;
      assert.match(String(challenge), /^[\w-]{43}$/);
      assert.deepEqual(options, { rpId: 'eneo.example', timeout: 300_000, userVerification: 'required' });
    });

    it('are made discoverable, with the person verified, and for a name that says nothing of its owner', async () => {
      const { someone, device } = await withPasskey();
      await someone.signInAs('camille');
      const { body } = await someone.start('Cascade-81400');
      const options = body.options as { user: { id: string; name: string; displayName: string }; rp: object; authenticatorSelection: object; attestation: string; excludeCredentials: { id: string; transports: string[] }[] };
      assert.deepEqual(options.rp, { id: 'eneo.example', name: 'ENEO' });
      assert.deepEqual([options.user.name, options.user.displayName], ['camille.durand', 'Camille Durand']);
      assert.match(Buffer.from(options.user.id, 'base64url').toString(), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      assert.deepEqual(options.authenticatorSelection, { residentKey: 'required', requireResidentKey: true, userVerification: 'required' });
      assert.equal(options.attestation, 'none');
      // A device that has one already makes no second; ways to it that nobody knows are left out.
      assert.deepEqual(options.excludeCredentials, [{ id: device.lastId, type: 'public-key', transports: ['hybrid', 'internal'] }]);
    });

    it('of devices that synchronize say so, and need not count', async () => {
      const { someone, device, passkey } = await withPasskey('camille', new Authenticator(SITE, { counts: false, synced: true }));
      assert.equal(passkey.synced, true);
      for (let use = 0; use < 2; use++) assert.equal((await someone.enter(device)).status, 200);
    });

    it('work on every site of the utility', async () => {
      const { someone, device } = await withPasskey();
      assert.equal((await someone.enter(device, { origin: 'https://espace.eneo.example' })).status, 200);
    });

    it('may stay signed in on a device of one\'s own', async () => {
      const { someone, device } = await withPasskey();
      const { body: asked } = await someone.ask();
      const { headers } = await someone.send('POST', '/session/passkey', { body: { challengeId: asked.id, credential: device.get(asked.options), remember: true } });
      assert.match(headers.getSetCookie().join(), /Max-Age=2592000/);
    });

    describe('are refused, all with the same answer,', () => {
      const lies: [what: string, lies: Lies][] = [
        ['from another site', { origin: 'https://eneo.example.attacker.example' }],
        ['from a site that is the utility\'s but not listed', { origin: 'https://old.eneo.example' }],
        ['for another domain', { domain: 'sicae.example' }],
        ['within the frame of another site', { topOrigin: 'https://attacker.example' }],
        ['with another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
        ['when they answer another question', { type: 'webauthn.create' }],
        ['without the person', { absent: true }],
        ['without the person verified', { unverified: true }],
        ['with a counter that stood still', { counter: 1 }],
        ['for another account', { userHandle: Buffer.from('somebody else').toString('base64url') }],
        ['for no account', { userHandle: '' }],
      ];
      for (const [what, lie] of lies) {
        it(what, async () => {
          const { someone, device } = await withPasskey();
          await refuses(someone.enter(device, lie));
          assert.equal((await someone.get<Session>('/session')).body.state, 'signed-out');
          assert.equal((await someone.enter(device)).status, 200, 'the honest answer is taken');
        });
      }

      it('with a signature, or data, that somebody changed', async () => {
        const { someone, device } = await withPasskey();
        for (const field of ['signature', 'authenticatorData', 'clientDataJSON']) {
          const { body: asked } = await someone.ask();
          const answer = device.get(asked.options) as { response: Record<string, string> };
          const bytes = Buffer.from(answer.response[field] as string, 'base64url');
          bytes[bytes.length - 2] = (bytes.at(-2) as number) ^ 1;
          answer.response[field] = bytes.toString('base64url');
          await refuses(someone.answer(asked, answer));
        }
      });

      it('a second time', async () => {
        const { someone, device } = await withPasskey();
        const { body: asked } = await someone.ask();
        const answer = device.get(asked.options);
        assert.equal((await someone.answer(asked, answer)).status, 200);
        await refuses(someone.answer(asked, answer));
      });

      it('after a wrong answer to the same challenge', async () => {
        const { someone, device } = await withPasskey();
        const { body: asked } = await someone.ask();
        await refuses(someone.answer(asked, device.get(asked.options, { unverified: true })));
        await refuses(someone.answer(asked, device.get(asked.options)));
      });

      it('after five minutes', async () => {
        const { someone, device } = await withPasskey();
        const { body: asked } = await someone.ask();
        now += 5 * MINUTE;
        await refuses(someone.answer(asked, device.get(asked.options)));
      });

      it('to a challenge of another utility, of nobody, or for making one', async () => {
        const { someone, device } = await withPasskey();
        const { body: elsewhere } = await holder('sicae', 'https://www.sicae.example').ask();
        await refuses(someone.answer(elsewhere, device.get(elsewhere.options, { domain: 'eneo.example' })));
        const { body: asked } = await someone.ask();
        await refuses(someone.answer({ ...asked, id: 'nobody-asked-for-this' }, device.get(asked.options)));
        await someone.signInAs('camille');
        const { body: making } = await someone.start('Cascade-81400');
        await refuses(someone.answer(making, device.get({ ...making.options, rpId: 'eneo.example' })));
      });

      it('when nobody added them', async () => {
        const { someone } = await withPasskey();
        const { body: asked } = await someone.ask();
        const stranger = new Authenticator(SITE);
        stranger.create({ challenge: 'x', rp: { id: 'eneo.example' }, user: { id: 'x' } });
        await refuses(someone.answer(asked, stranger.get(asked.options)));
      });

      it('when another utility\'s customer has them', async () => {
        const { device } = await withPasskey();
        const elsewhere = holder('sicae', 'https://www.sicae.example');
        await refuses(elsewhere.enter(device, { origin: 'https://www.sicae.example' }));
      });

      it('once they were removed', async () => {
        const { someone, device, passkey } = await withPasskey();
        await someone.signInAs('camille');
        const { status, body } = await someone.send<Page<Passkey>>('DELETE', `/profile/passkeys/${passkey.id}`);
        assert.deepEqual([status, body], [200, { items: [] }]);
        await someone.send('DELETE', '/session');
        await refuses(someone.enter(device));
      });

      it('when they are no answer at all', async () => {
        const { someone } = await withPasskey();
        for (const credential of [{}, { id: 7 }, { id: 'a\0b', rawId: 'a\0b', type: 'public-key', response: {} }, { id: 'x'.repeat(20_000) }, { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: '!!', authenticatorData: [], signature: null } }]) {
          const { body: asked } = await someone.ask();
          await refuses(someone.answer(asked, credential));
        }
      });
    });

    it('refuse one of two answers at once that tell the same count: one is a copy\'s', async () => {
      const { someone, device } = await withPasskey();
      const asked = await Promise.all([someone.ask(), someone.ask()]);
      const answers = asked.map(({ body }) => ({ body, credential: device.get(body.options, { counter: 40 }) }));
      const statuses = await Promise.all(answers.map(({ body, credential }) => holder().answer(body, credential).then(({ status }) => status)));
      assert.deepEqual(statuses.toSorted(), [200, 401]);
    });

    it('take the same work when nobody has them as when their signature is wrong', async () => {
      const { someone, device } = await withPasskey();
      const stranger = new Authenticator(SITE);
      stranger.create({ challenge: 'x', rp: { id: 'eneo.example' }, user: { id: 'x' } });
      const workFor = async (answer: (asked: PasskeyChallenge) => WebAuthnJson) => {
        await server.db.deleteFrom('slowdown').execute();
        const { body: asked } = await someone.ask();
        return work.during(() => someone.answer(asked, answer(asked)));
      };
      const unknown = await workFor(({ options }) => stranger.get(options));
      const wrong = await workFor(({ options }) => device.get(options, { userHandle: 'eA' }));
      assert.ok(unknown.length > 0);
      assert.deepEqual(unknown, wrong);
    });

    it('are slowed down like passwords, and counted with them', async () => {
      const { someone, device } = await withPasskey();
      let last: Answer<ProblemDocument> | undefined;
      for (let tries = 0; tries < 7; tries++) last = (await someone.enter(device, { unverified: true })) as Answer<ProblemDocument>;
      assert.deepEqual([last?.status, last?.body.code], [429, 'too-many-attempts']);
      assert.ok((last?.body.retryAfterSeconds ?? 0) > 0);
      now += 10 * MINUTE;
      assert.equal((await someone.enter(device)).status, 200);
    });

    it('are not asked for without end from one address', async () => {
      const someone = holder();
      for (let turn = 0; turn < 300; turn++) assert.equal((await someone.ask()).status, 200);
      assert.equal((await someone.ask()).status, 429);
      now += 5 * MINUTE;
      assert.equal((await someone.ask()).status, 200);
      assert.equal((await server.db.selectFrom('passkey_challenge').selectAll().execute()).length, 1, 'what is over is forgotten');
    });

    it('leave nothing in the database with which somebody could sign in', async () => {
      const { someone, device } = await withPasskey();
      const { body: asked } = await someone.ask();
      const rows = JSON.stringify(await server.db.selectFrom('passkey_challenge').selectAll().execute());
      for (const secret of [asked.id, asked.options['challenge'] as string]) assert.ok(secret && !rows.includes(secret));
      const [kept] = await server.db.selectFrom('passkey').selectAll().execute();
      assert.equal(kept?.credential_id, device.lastId);
    });

    describe('are made', () => {
      it('only by whoever knows the password, or has just signed in with one', async () => {
        const { someone, device } = await withPasskey();
        await someone.signInAs('camille');
        const without = await someone.start();
        assert.deepEqual([without.status, (without.body as unknown as ProblemDocument).code], [403, 'confirmation-needed']);
        const wrong = (await someone.start('not-the-password')) as unknown as Answer<ProblemDocument>;
        assert.deepEqual([wrong.status, wrong.body.fields], [422, [{ path: 'currentPassword', code: 'wrong' }]]);
        await someone.enter(device);
        assert.equal((await someone.start()).status, 200);
        now += 11 * MINUTE;
        assert.equal((await someone.start()).status, 403);
      });

      it('from an honest answer alone, used once', async () => {
        const someone = holder();
        await someone.signInAs('camille');
        const lies: (Lies & { id?: string })[] = [{ origin: 'https://attacker.example' }, { domain: 'attacker.example' }, { challenge: 'eA' }, { type: 'webauthn.get' }, { unverified: true }, { absent: true }, { id: Buffer.alloc(1024, 7).toString('base64url') }];
        for (const lie of lies) {
          const { body: asked } = await someone.start('Cascade-81400');
          const device = new Authenticator(SITE);
          await refusesToAdd(someone.finish(asked, device.create(asked.options, lie)));
          await refusesToAdd(someone.finish(asked, device.create(asked.options)));
        }
        const { body: late } = await someone.start('Cascade-81400');
        now += 5 * MINUTE;
        await refusesToAdd(someone.finish(late, new Authenticator(SITE).create(late.options)));
        await refusesToAdd(someone.finish(late, {}));
        assert.deepEqual((await someone.get<Page<Passkey>>('/profile/passkeys')).body.items, []);
      });

      it('for whoever asked, and nobody else', async () => {
        const camille = holder();
        await camille.signInAs('camille');
        const { body: asked } = await camille.start('Cascade-81400');
        const nadia = holder();
        await nadia.signInAs('nadia');
        await refusesToAdd(nadia.finish(asked, new Authenticator(SITE).create(asked.options)));
        const { body: signIn } = await camille.ask();
        await refusesToAdd(camille.finish(signIn, new Authenticator(SITE).create({ ...asked.options, challenge: signIn.options['challenge'] })));
      });

      it('once: what one account has, no other takes', async () => {
        const { device } = await withPasskey();
        const nadia = holder();
        await nadia.signInAs('nadia');
        const { body: asked } = await nadia.start(findPersona('nadia').password);
        await refusesToAdd(nadia.finish(asked, new Authenticator(SITE).create(asked.options, { id: device.lastId })));
      });

      it('without certificates, though they be right: they name addresses that the server would go to', async () => {
        const someone = holder();
        await someone.signInAs('camille');
        const { body: asked } = await someone.start('Cascade-81400');
        await refusesToAdd(someone.finish(asked, new Authenticator(SITE).create(asked.options, { attests: attestsByCertificate })));
      });

      it('ten times at the most, also at once', async () => {
        const someone = holder();
        await someone.signInAs('camille');
        for (let turn = 0; turn < 8; turn++) await someone.add(new Authenticator(SITE));
        const asked = [];
        for (let turn = 0; turn < 4; turn++) asked.push((await someone.start('Cascade-81400')).body);
        const statuses = await Promise.all(asked.map((each) => someone.finish(each, new Authenticator(SITE).create(each.options)).then(({ status }) => status)));
        assert.deepEqual(statuses.toSorted(), [200, 200, 409, 409]);
        const { status, body } = (await someone.start('Cascade-81400')) as unknown as Answer<ProblemDocument>;
        assert.deepEqual([status, body.code], [409, 'too-many-passkeys']);
      });

      it('with a label that is one', async () => {
        const someone = holder();
        await someone.signInAs('camille');
        const { body: asked } = await someone.start('Cascade-81400');
        const credential = new Authenticator(SITE).create(asked.options);
        for (const label of ['', '   ', 'x'.repeat(61), 'Mon\u202Etéléphone', 'a\nb']) {
          assert.equal((await someone.send('POST', '/profile/passkeys', { body: { challengeId: asked.id, credential, label } })).status, 422, JSON.stringify(label));
        }
        assert.equal((await someone.finish(asked, credential)).status, 200, 'a wrong label used nothing up');
      });
    });

    it('are each customer\'s own', async () => {
      const { someone, passkey } = await withPasskey();
      const nadia = holder();
      await nadia.signInAs('nadia');
      assert.deepEqual((await nadia.get<Page<Passkey>>('/profile/passkeys')).body.items, []);
      assert.equal((await nadia.send('DELETE', `/profile/passkeys/${passkey.id}`)).status, 404);
      await someone.signInAs('camille');
      assert.equal((await someone.get<Page<Passkey>>('/profile/passkeys')).body.items.length, 1);
    });

    it('that were refused are written down for the owner, if there is one', async () => {
      const { someone, device } = await withPasskey();
      await refuses(someone.enter(device, { unverified: true }));
      const [event] = await server.db.selectFrom('audit_event').select(['kind', 'customer_id', 'actor', 'details']).where('kind', '=', 'sign-in-refused').execute();
      assert.deepEqual(event, { kind: 'sign-in-refused', customer_id: 'camille-customer', actor: 'unknown', details: { way: 'passkey' } });
    });

    it('are told to their owner by mail when they come and go, and written down', async () => {
      const { someone, device, passkey } = await withPasskey();
      await someone.enter(device);
      await someone.send('DELETE', `/profile/passkeys/${passkey.id}`);
      const mails = (await server.mails()).slice(-2);
      assert.deepEqual(mails.map(({ to, subject }) => [to, subject]), [
        ['camille.durand@example.org', 'Une clé d’accès ouvre maintenant votre espace ENEO'],
        ['camille.durand@example.org', 'Une clé d’accès n’ouvre plus votre espace ENEO'],
      ]);
      for (const { text } of mails) assert.match(text, /« Mon téléphone »[^]*mardi 24 novembre 2026/);
      const events = await server.db.selectFrom('audit_event').select(['kind', 'customer_id']).where('kind', 'like', 'passkey%').orderBy('key').execute();
      assert.deepEqual(events, [{ kind: 'passkey-added', customer_id: 'camille-customer' }, { kind: 'passkey-removed', customer_id: 'camille-customer' }]);
      const ways = await server.db.selectFrom('audit_event').select('details').where('kind', '=', 'signed-in').orderBy('key').execute();
      assert.deepEqual(ways.map(({ details }) => details), [{ way: 'password' }, { way: 'passkey' }]);
    });

    it('stay when the password is forgotten, and the mail of the new one says so', async () => {
      const { someone, device } = await withPasskey('odette');
      const applicant = new Applicant(server.baseUrl('eneo'), SITE);
      const { body } = await applicant.forgot('odette.galtier@example.org');
      const code = /\b\d{7}\b/.exec((await server.mails()).at(-1)?.subject ?? '')?.[0] ?? '';
      assert.equal((await applicant.reset(body.resetId, code)).status, 200);
      assert.match((await server.mails()).at(-1)?.text ?? '', /clés d’accès n’ont pas changé/);
      assert.equal((await someone.enter(device)).status, 200);
    });

    it('go with the account', async () => {
      const { someone, device } = await withPasskey('lucien');
      const { numDeletedRows } = await server.db.deleteFrom('credential').where('customer_id', '=', 'lucien-customer').executeTakeFirst();
      assert.equal(numDeletedRows, 1n);
      assert.deepEqual(await server.db.selectFrom('passkey').selectAll().execute(), []);
      await refuses(someone.enter(device));
    });
  });

  describe(`without passkeys, on ${engine.name},`, () => {
    let server: TestServer;
    before(async () => {
      server = await startTestServer({ engine, config: { origins: ORIGINS, passkeyDomains: { eneo: 'eneo.example' } } });
    });
    after(() => server.stop());

    it('a portal says so, and says to its operator what to set', async () => {
      const someone = new Visitor(server.baseUrl('sicae'));
      assert.equal((await someone.get<AccessRules>('/access')).body.passkeys, false);
      assert.equal((await new Visitor(server.baseUrl('eneo')).get<AccessRules>('/access')).body.passkeys, true);
      const asked = await someone.send<ProblemDocument>('POST', '/session/passkey-challenges', { body: {} });
      assert.deepEqual([asked.status, asked.body.kind], [501, 'unsupported']);
      assert.match(asked.body.detail ?? '', /OYA_PASSKEY_DOMAINS/);
      await someone.signInAs('marc');
      for (const [method, path, body] of [['GET', '/profile/passkeys'], ['POST', '/profile/passkey-challenges', {}], ['POST', '/profile/passkeys', { challengeId: 'x', credential: {}, label: 'x' }], ['DELETE', '/profile/passkeys/x']] as const) {
        assert.equal((await someone.send(method, path, body ? { body } : {})).status, 501, `${method} ${path}`);
      }
    });
  });
}

/** A customer whose browser has passkeys. */
class Holder extends Visitor {
  ask(): Promise<Answer<PasskeyChallenge>> {
    return this.send('POST', '/session/passkey-challenges', { body: {} });
  }

  answer(asked: PasskeyChallenge, credential: WebAuthnJson): Promise<Answer<Session & Partial<ProblemDocument>>> {
    return this.send('POST', '/session/passkey', { body: { challengeId: asked.id, credential } });
  }

  async enter(device: Authenticator, lies: Lies = {}): Promise<Answer<Session & Partial<ProblemDocument>>> {
    const { body } = await this.ask();
    return this.answer(body, device.get(body.options, lies));
  }

  start(currentPassword?: string): Promise<Answer<PasskeyChallenge>> {
    return this.send('POST', '/profile/passkey-challenges', { body: { currentPassword } });
  }

  finish(asked: PasskeyChallenge, credential: WebAuthnJson): Promise<Answer<Passkey & ProblemDocument>> {
    return this.send('POST', '/profile/passkeys', { body: { challengeId: asked.id, credential, label: ' Mon téléphone ' } });
  }

  readonly #password: { current?: string } = {};

  override async signInAs(id: string) {
    const persona = await super.signInAs(id);
    this.#password.current = persona.password;
    return persona;
  }

  async add(device: Authenticator): Promise<Passkey> {
    const { body: asked } = await this.start(this.#password.current);
    const { status, body, text } = await this.finish(asked, device.create(asked.options));
    assert.equal(status, 200, text);
    return body;
  }
}

async function refuses(pending: Promise<Answer<Session & Partial<ProblemDocument>>>): Promise<void> {
  const { status, body, headers } = await pending;
  const { requestId, ...told } = body as ProblemDocument;
  assert.ok(requestId);
  assert.deepEqual({ status, told, cookies: headers.getSetCookie() }, {
    status: 401,
    told: { type: 'urn:oya:problem:unauthenticated', title: 'unauthenticated', status: 401, detail: 'the passkey opens no account here, or its answer is wrong or late', kind: 'unauthenticated', code: 'passkey-refused' },
    cookies: [],
  });
}

async function refusesToAdd(pending: Promise<Answer<ProblemDocument>>): Promise<void> {
  const { status, body } = await pending;
  assert.deepEqual([status, body.code, body.fields], [422, 'passkey-refused', [{ path: 'credential', code: 'refused' }]]);
}
