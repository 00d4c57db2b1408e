import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Activity, CodeSent, DataExport, Device, Page, ProblemDocument, Profile, Session } from '@oya/contract';
import { findPersona, personas } from '@oya/personas';
import { sql } from 'kysely';
import { Applicant, contractProof, PASSWORD } from '../../test/applicant.ts';
import { Visitor, type Answer } from '../../test/visitor.ts';
import { readConfig } from '../config.ts';
import { createServer } from '../http/server.ts';
import { decideRequest } from '../identity/decisions.ts';
import { Keys } from '../identity/keys.ts';
import { Jobs } from '../jobs/jobs.ts';
import type { Mail } from '../mail/transport.ts';
import { Outbox } from '../mail/outbox.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import { UtilityDirectory } from '../utilities.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const NEW_HOME = { lines: ['22 avenue de Rodez', 'Bâtiment B'], postcode: '81400', city: 'Carmaux', country: 'FR' };
const camille = findPersona('camille');
const currentPassword = camille.password;

type Refusable<T> = Promise<Answer<T & ProblemDocument>>;

/** A customer in the account, from one browser. */
class Customer extends Visitor {
  static async of(server: TestServer, id: string, userAgent = FIREFOX): Promise<Customer> {
    const persona = findPersona(id);
    const customer = new Customer(server.baseUrl(persona.utility));
    const { status, text } = await customer.enter(persona.login, persona.password, userAgent);
    assert.equal(status, 200, text);
    return customer;
  }

  enter(login: string, password: string, userAgent = FIREFOX, more: object = {}): Refusable<Session> {
    return this.send('POST', '/session', { body: { login, password, ...more }, headers: { 'user-agent': userAgent } });
  }

  async profile(): Promise<Profile> {
    return (await this.get<Profile>('/profile')).body;
  }

  update(body: object): Refusable<Profile> {
    return this.send('PATCH', '/profile', { body });
  }

  startEmail(email: string, confirmation: object = { currentPassword }): Refusable<CodeSent> {
    return this.send('POST', '/profile/email', { body: { email, ...confirmation } });
  }

  confirmEmail(code: string): Refusable<Profile> {
    return this.send('POST', '/profile/email/confirmation', { body: { code } });
  }

  moveTo(address: object): Refusable<Profile> {
    return this.send('PUT', '/profile/address', { body: { address } });
  }

  async devices(): Promise<Device[]> {
    return (await this.get<Page<Device>>('/profile/devices')).body.items;
  }

  async activity(query = ''): Promise<Page<Activity>> {
    return (await this.get<Page<Activity>>(`/profile/activity${query}`)).body;
  }
}


for (const engine of testEngines()) {
  describe(`the account, on ${engine.name}:`, () => {
    let server: TestServer;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now, config: { origins: { eneo: ['https://www.eneo.example'], sicae: ['https://www.sicae.example'] } } });
    });
    after(() => server.stop());
    beforeEach(async () => {
      now += DAY;
      await sql`truncate slowdown, sending, one_time_code, email_change`.execute(server.db);
      await sql`update credential set password_hash = (select password_hash from credential where customer_id = 'odette-customer')`.execute(server.db);
    });

    const as = (id: string, userAgent?: string) => Customer.of(server, id, userAgent);
    const sinceNow = async () => {
      const known = (await server.mails()).length;
      return async (): Promise<readonly Mail[]> => (await server.mails()).slice(known);
    };
    const codeIn = (mail: Mail | undefined): string => /^\d{7,}/.exec(mail?.subject ?? '')?.[0] ?? '';
    const wrong = (code: string) => code.replace(/./, (digit) => String((Number(digit) + 1) % 10));
    const faults = ({ body }: Answer<ProblemDocument>) => (body.fields ?? []).map(({ path, code }) => [path, code]);

    describe('the password asked for again', () => {
      it('is guessed no faster than at the sign-in, and a right one clears the slate', async () => {
        const someone = await as('camille');
        for (let guess = 0; guess < 5; guess++) {
          assert.deepEqual(faults(await someone.startEmail('x@example.net', { currentPassword: 'no' })), [['currentPassword', 'wrong']]);
        }
        const { status, body } = await someone.startEmail('x@example.net', { currentPassword });
        assert.deepEqual([status, body.kind, body.code], [429, 'rate-limited', 'too-many-attempts']);
        now += 5 * MINUTE;
        assert.equal((await someone.startEmail('x@example.net')).status, 200);
        assert.deepEqual(faults(await someone.startEmail('y@example.net', { currentPassword: 'no' })), [['currentPassword', 'wrong']]);
      });

      it('may be left out for ten minutes after a sign-in by passkey or by the host site', async () => {
        const someone = await as('camille');
        await sql`update session set way = 'host' where started_at = ${new Date(now)}`.execute(server.db);
        now += 9 * MINUTE;
        assert.equal((await someone.startEmail('x@example.net', {})).status, 200);
        now += MINUTE;
        const { status, body } = await someone.startEmail('y@example.net', {});
        assert.deepEqual([status, body.code], [403, 'confirmation-needed']);
      });

      it('is not lengthened by another password, which an account opened by the host may get', async () => {
        const someone = await as('odette');
        await sql`update session set way = 'host' where started_at = ${new Date(now)}`.execute(server.db);
        await sql`update credential set password_hash = null where customer_id = 'odette-customer'`.execute(server.db);
        assert.equal((await someone.profile()).password, null);
        now += 9 * MINUTE;
        const { status, body } = await someone.send<Profile>('PUT', '/profile/password', { body: { password: PASSWORD } });
        assert.deepEqual([status, body.password?.changedAt], [200, new Date(now).toISOString().replace('.000', '')]);
        now += 2 * MINUTE;
        assert.equal((await someone.startEmail('x@example.net', {})).status, 403);
        assert.equal((await someone.enter(findPersona('odette').login, PASSWORD)).status, 200);
        await sql`update credential set password_hash = (select password_hash from credential where customer_id = 'marc-customer') where customer_id = 'odette-customer'`.execute(server.db);
      });
    });

    describe('another e-mail address', () => {
      it('holds once its code is typed; both mailboxes are told, and what lay in the old one opens nothing', async () => {
        const someone = await as('nadia');
        const { email: old } = await someone.profile();
        const recovery = new Applicant(server.baseUrl('eneo'));
        const mailsOfReset = await sinceNow();
        const { body: reset } = await recovery.forgot(old);
        const resetCode = codeIn((await mailsOfReset()).at(-1));
        const mails = await sinceNow();
        const { body: sent } = await someone.startEmail(' Nadia.B@Example.NET ');
        assert.equal(sent.to, 'n•••••@example.net');
        const [first, second] = await mails();
        assert.deepEqual([first?.to, second?.to], ['nadia.b@example.net', old]);
        assert.match(second?.text ?? '', /n•••••@example\.net/);
        assert.match(second?.subject ?? '', /about to change/, 'Nadia reads English');
        assert.deepEqual((await someone.profile()).emailChange?.to, sent.to);

        const { status, body } = await someone.confirmEmail(codeIn(first));
        assert.deepEqual([status, body.email, body.emailChange], [200, 'nadia.b@example.net', null]);
        assert.deepEqual((await mails()).at(-1)?.to, old);
        assert.equal((await recovery.reset(reset.resetId, resetCode)).body.fields?.[0]?.code, 'ended');
        const anyone = new Customer(server.baseUrl('eneo'));
        assert.equal((await anyone.enter('nadia.b@example.net', currentPassword)).status, 200);
        assert.equal((await anyone.enter(old, currentPassword)).status, 401);
        await sql`update credential set email = ${old} where customer_id = 'nadia-customer'`.execute(server.db);
      });

      it('that somebody has gets the same answer, its owner a mail, and no code is right', async () => {
        const someone = await as('camille');
        const free = await someone.startEmail('free@example.net');
        now += 2 * HOUR;
        await sql`truncate sending`.execute(server.db);
        await someone.enter(camille.login, camille.password);
        const mails = await sinceNow();
        const taken = await someone.startEmail(findPersona('lucien').email);
        const shape = ({ status, body }: Answer<CodeSent>) => [status, Object.keys(body), Date.parse(body.expiresAt) - Date.parse(body.answeredAt ?? ''), Date.parse(body.resendAt) - Date.parse(body.answeredAt ?? '')];
        assert.deepEqual(shape(taken), shape(free));
        const sent = await mails();
        assert.deepEqual(sent.map(({ to }) => to).toSorted(), [camille.email, findPersona('lucien').email]);
        assert.doesNotMatch(sent.map(({ subject, text }) => subject + text).join(), /\d{7}/);
        assert.equal(sent.find(({ to }) => to === findPersona('lucien').email)?.subject, 'Quelqu’un a voulu utiliser votre adresse e-mail');
        const { rows } = await sql<{ has: boolean }>`select code_hash is not null as has from one_time_code`.execute(server.db);
        assert.ok(rows.every(({ has }) => !has), 'there is no code that could be guessed');
        for (let guess = 0; guess < 5; guess++) assert.deepEqual(faults(await someone.confirmEmail('0000000')), [['code', 'wrong']]);
        assert.deepEqual(faults(await someone.confirmEmail('0000000')), [['code', 'ended']]);
      });

      it('has a code that is good once, for ten minutes and five tries, and ends with the next or when it is cancelled', async () => {
        const someone = await as('camille');
        const mails = await sinceNow();
        const latest = async () => codeIn((await mails()).findLast(({ to }) => to === 'new@example.net'));
        await someone.startEmail('new@example.net');
        const first = await latest();
        assert.deepEqual(faults(await someone.confirmEmail(wrong(first))), [['code', 'wrong']]);
        assert.equal((await someone.startEmail('new@example.net')).status, 429, 'a minute passes between two');
        now += MINUTE;
        await someone.startEmail('new@example.net');
        assert.deepEqual(faults(await someone.confirmEmail(first)), [['code', 'wrong']], 'the first has ended');
        const second = await latest();
        now += 10 * MINUTE;
        assert.deepEqual(faults(await someone.confirmEmail(second)), [['code', 'ended']]);
        assert.equal((await someone.profile()).emailChange, null);
        await someone.startEmail('new@example.net');
        const third = await latest();
        await someone.send('DELETE', '/profile/email');
        assert.deepEqual(faults(await someone.confirmEmail(third)), [['code', 'ended']]);
        assert.equal((await someone.profile()).email, camille.email);
      });

      it('asked for twice at once is one change, and is confirmed once', async () => {
        const [here, there] = [await as('camille'), await as('camille', IPHONE)];
        const mails = await sinceNow();
        const answers = await Promise.all([here.startEmail('one@example.net'), there.startEmail('two@example.net')]);
        assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 429]);
        const code = (await mails()).map(codeIn).find((found) => found !== '') ?? '';
        const confirmed = await Promise.all([here.confirmEmail(code), there.confirmEmail(code)]);
        assert.deepEqual(confirmed.map(({ status }) => status).toSorted(), [200, 422]);
        await sql`update credential set email = ${camille.email} where customer_id = 'camille-customer'`.execute(server.db);
      });

      it('goes to one of two accounts that ask for the same', async () => {
        const [one, other] = [await as('camille'), await as('lucien')];
        const mails = await sinceNow();
        const asks = async (who: typeof one) => {
          const before = (await mails()).length;
          await who.startEmail('shared@example.net');
          return codeIn((await mails()).slice(before).find(({ to }) => to === 'shared@example.net'));
        };
        const codes = [await asks(one)];
        now += MINUTE;
        codes.push(await asks(other));
        const answers = await Promise.all([one.confirmEmail(codes[0] ?? ''), other.confirmEmail(codes[1] ?? '')]);
        assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 422]);
        assert.deepEqual(answers.filter(({ status }) => status === 422).flatMap(faults), [['code', 'ended']]);
        for (const { customer, email } of [camille, findPersona('lucien')]) await sql`update credential set email = ${email} where customer_id = ${customer.id}`.execute(server.db);
      });
    });

    describe('what opens it', () => {
      it('is another identifier, told by mail', async () => {
        const someone = await as('helene');
        const mails = await sinceNow();
        const { status, body } = await someone.send<Profile>('PUT', '/profile/identifier', { body: { identifier: 'Hélène.81', currentPassword } });
        assert.deepEqual([status, body.identifier], [200, 'hélène.81']);
        assert.match((await mails())[0]?.text ?? '', /hélène\.81/);
        assert.equal((await someone.enter('HÉLÈNE.81', currentPassword)).status, 200);
        await sql`update credential set login = ${findPersona('helene').login} where customer_id = 'helene-customer'`.execute(server.db);
      });

      it('is one of two when both are asked for at once', async () => {
        const [one, other] = [await as('camille'), await as('lucien')];
        const answers = await Promise.all([one, other].map((someone) => someone.send<ProblemDocument>('PUT', '/profile/identifier', { body: { identifier: 'the-same', currentPassword } })));
        assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 422]);
        assert.deepEqual(answers.filter(({ status }) => status === 422).flatMap(faults), [['identifier', 'taken']]);
        for (const { customer, login } of [camille, findPersona('lucien')]) await sql`update credential set login = ${login} where customer_id = ${customer.id}`.execute(server.db);
      });

      it('is another password: other sessions end, this one goes on under a new token, resets under way end', async () => {
        const [here, there] = [await as('camille'), await as('camille', IPHONE)];
        const stolen = new Customer(server.baseUrl('eneo'));
        for (const [name, value] of here.cookies) stolen.cookies.set(name, value);
        const recovery = new Applicant(server.baseUrl('eneo'));
        const mails = await sinceNow();
        const { body: reset } = await recovery.forgot(camille.login);
        const resetCode = codeIn((await mails()).at(-1));
        const { status } = await here.send('PUT', '/profile/password', { body: { password: PASSWORD, currentPassword } });
        assert.equal(status, 200);
        assert.equal((await here.get('/profile')).status, 200);
        assert.equal((await stolen.get('/profile')).status, 401, 'the token before is of no use');
        assert.equal((await there.get('/profile')).status, 401);
        assert.equal((await recovery.reset(reset.resetId, resetCode)).body.fields?.[0]?.code, 'ended');
        assert.match((await mails()).at(-1)?.subject ?? '', /Votre mot de passe/);
        assert.equal((await there.enter(camille.login, PASSWORD)).status, 200);
        assert.equal((await there.enter(camille.login, currentPassword)).status, 401);
      });
    });

    describe('how its customer is reached', () => {
      it('is a phone number that can exist, which SMS need', async () => {
        const someone = await as('camille');
        const mails = await sinceNow();
        for (const phone of ['+33100000', '+999123456789']) assert.deepEqual(faults(await someone.update({ phone })), [['phone', 'invalid']], phone);
        assert.deepEqual(faults(await someone.update({ phone: null })), [['notifications', 'phone-needed']], 'she is told of readings by SMS');
        const without = await someone.update({ phone: null, notifications: [{ topic: 'readings', channels: ['email'] }] });
        assert.deepEqual([without.status, without.body.phone], [200, null]);
        assert.deepEqual(faults(await someone.update({ notifications: [{ topic: 'news', channels: ['sms'] }] })), [['notifications', 'phone-needed']]);
        assert.equal((await someone.update({ phone: '+33639980101', notifications: [{ topic: 'readings', channels: ['sms', 'sms', 'email'] }] })).status, 200);
        assert.deepEqual((await mails()).map(({ to, subject }) => [to, subject]), Array(2).fill([camille.email, 'Votre numéro de téléphone ENEO a changé']));
        const marc = await as('marc');
        assert.deepEqual(faults(await marc.update({ notifications: [{ topic: 'news', channels: ['sms'] }] })), [['notifications', 'unknown-channel']], 'SICAE sends no SMS');
      });

      it('is in the language that they chose, from then on, whatever a form says', async () => {
        const someone = await as('camille');
        assert.deepEqual(faults(await someone.update({ language: 'de' })), [['language', 'unknown']]);
        assert.equal((await someone.update({ language: 'en' })).body.language, 'en');
        const mails = await sinceNow();
        await new Applicant(server.baseUrl('eneo')).forgot(camille.login, { language: 'fr' });
        assert.match((await mails())[0]?.subject ?? '', /your code for a new ENEO password/);
        await someone.update({ language: 'fr' });
      });

      it('loses no choice when two are made at once', async () => {
        const [here, there] = [await as('odette'), await as('odette')];
        const choose = (topic: string) => ({ notifications: [{ topic, channels: ['letter', 'email'] }] });
        await Promise.all([here.update(choose('news')), there.update(choose('consumption'))]);
        const { notifications } = await here.profile();
        for (const topic of ['news', 'consumption']) assert.deepEqual(notifications.find((choice) => choice.topic === topic)?.channels, ['email', 'letter'], topic);
      });
    });

    describe('another postal address', () => {
      const decide = async (id: string, decision: Parameters<typeof decideRequest>[2]) => {
        const { db } = server;
        const utilities = new UtilityDirectory(db);
        const jobs = new Jobs({ db, onError: (error) => assert.fail(error) });
        const outbox = new Outbox({ jobs, keys: new Keys(db, undefined), utilities, transport: undefined, from: 'x@example.org' });
        await jobs.start();
        try {
          return await decideRequest({ db, utilities, outbox, siteOf: () => 'https://www.eneo.example', now }, id, decision);
        } finally {
          await jobs.stop();
        }
      };

      it('holds at once where the utility says so, and is told by mail', async () => {
        const someone = await as('marc');
        const mails = await sinceNow();
        const { body } = await someone.moveTo(NEW_HOME);
        assert.deepEqual([body.addressNeedsApproval, body.address, body.requests], [false, NEW_HOME, []]);
        assert.deepEqual((await mails()).map(({ to, subject }) => [to, subject]), [[findPersona('marc').email, 'Votre adresse postale a changé']]);
        await someone.moveTo(NEW_HOME);
        assert.equal((await mails()).length, 1, 'the same again is no change');
      });

      it('waits elsewhere until the utility approves it, which it does once', async () => {
        const someone = await as('camille');
        const mails = await sinceNow();
        const { body: asked } = await someone.moveTo(NEW_HOME);
        const [request] = asked.requests;
        assert.deepEqual([request?.state, asked.address?.lines], ['pending', ['12 rue des Acacias']]);
        assert.equal((await someone.moveTo({ ...NEW_HOME, city: 'Albi' })).status, 409);
        const id = request?.id ?? '';
        const outcomes = await Promise.all([decide(id, { state: 'approved' }), decide(id, { state: 'approved' })]);
        assert.deepEqual(outcomes.filter(Boolean), [{ displayName: 'Camille Durand' }]);
        const after = await someone.profile();
        assert.deepEqual([after.address, after.requests[0]?.state], [NEW_HOME, 'approved']);
        assert.deepEqual((await mails()).map(({ subject }) => subject).toSorted(), ['Votre nouvelle adresse postale est validée', 'Votre nouvelle adresse postale est à l’étude']);
        assert.equal((await someone.send('DELETE', `/profile/requests/${id}`)).status, 409);
        const [event] = (await someone.activity()).items;
        assert.deepEqual([event?.kind, event?.by, event?.channel], ['address-changed', { role: 'utility', name: 'ENEO' }, 'system']);
      });

      it('that is refused stays what it was, and its customer reads why, as text', async () => {
        const someone = await as('odette');
        const { body } = await someone.moveTo({ lines: ['<img src=x onerror=alert(1)>'], postcode: '81400', city: 'Carmaux', country: 'FR' });
        const mails = await sinceNow();
        await decide(body.requests[0]?.id ?? '', { state: 'refused', reason: 'Cette rue <b>n’existe pas</b>.' });
        const after = await someone.profile();
        assert.deepEqual([after.requests[0]?.state, after.requests[0]?.reason, after.address?.lines], ['refused', 'Cette rue <b>n’existe pas</b>.', ['8 chemin de la Verrerie']]);
        const [mail] = await mails();
        assert.match(mail?.html ?? '', /Cette rue &lt;b&gt;n’existe pas/);
        assert.equal(await decide(body.requests[0]?.id ?? '', { state: 'approved' }), undefined);
        assert.equal(await decide('no-such-thing', { state: 'approved' }), undefined);
      });

      it('is withdrawn once, even twice', async () => {
        const someone = await as('nadia');
        const { body } = await someone.moveTo(NEW_HOME);
        const id = body.requests[0]?.id;
        for (let time = 0; time < 2; time++) assert.equal((await someone.send<Profile>('DELETE', `/profile/requests/${id}`)).body.requests[0]?.state, 'withdrawn');
        assert.equal((await someone.activity()).items.filter(({ kind }) => kind === 'address-change-withdrawn').length, 1);
        assert.equal((await someone.send('DELETE', '/profile/requests/lucien-address')).status, 404);
      });

      it('is text that can be printed on a letter', async () => {
        const someone = await as('nadia');
        for (const wrongOne of [{ lines: ['a\u0000b'] }, { lines: ['\u202Ertl'] }, { lines: ['x'.repeat(10_000)] }, { lines: [] }, { country: '__proto__' }, { postcode: '' }]) {
          assert.equal((await someone.moveTo({ ...NEW_HOME, ...wrongOne })).status, 422, JSON.stringify(wrongOne).slice(0, 60));
        }
        const { body } = await someone.moveTo({ ...NEW_HOME, evil: '<script>' });
        assert.doesNotMatch(JSON.stringify(body), /evil/);
      });
    });

    describe('its devices', () => {
      it('are told by what browsers say of themselves, and nothing else of it is kept', async () => {
        const phone = await as('emma', IPHONE);
        const hostile = await as('emma', '<script>alert(1)</script>/1 (evil)');
        const none = await as('emma', '');
        const laptop = await as('emma', FIREFOX);
        const devices = await laptop.devices();
        assert.deepEqual(devices[0] && [devices[0].current, devices[0].kind, devices[0].browser, devices[0].system, devices[0].way], [true, 'computer', 'Firefox', 'Windows', 'password']);
        const names = devices.map(({ kind, browser, system }) => [kind, browser, system].join());
        assert.ok(names.includes('phone,Safari,iOS') && names.filter((name) => name === 'unknown,,').length >= 2, names.join(' '));
        const rows = JSON.stringify(await server.db.selectFrom('session').selectAll().execute());
        assert.doesNotMatch(rows, /Mozilla|script|145\.0|18_1/);
        for (const { id } of devices) assert.match(id, /^[0-9a-f-]{36}$/, 'not what the cookie leads to');
        for (const someone of [phone, hostile, none]) assert.equal((await someone.get('/profile')).status, 200);
      });

      it('end one by one, or all others at once, and at once', async () => {
        const [here, there, elsewhere] = [await as('emma'), await as('emma', IPHONE), await as('emma')];
        const phone = (await here.devices()).find(({ kind }) => kind === 'phone');
        assert.equal((await here.send('DELETE', `/profile/devices/${phone?.id}`)).status, 200);
        assert.equal((await there.get('/profile')).status, 401);
        assert.equal((await here.send('DELETE', `/profile/devices/${phone?.id}`)).status, 404);
        const { body } = await here.send<Page<Device>>('DELETE', '/profile/devices');
        assert.deepEqual(body.items.map(({ current }) => current), [true]);
        assert.equal((await elsewhere.get('/profile')).status, 401);
        assert.equal((await here.send('DELETE', `/profile/devices/${body.items[0]?.id}`)).status, 409);
        assert.deepEqual((await here.activity('?group=access')).items.slice(0, 2).map(({ kind }) => kind), ['devices-ended', 'device-ended']);
      });

      it('are no more listed once they are over', async () => {
        const remembered = new Customer(server.baseUrl('eneo'));
        await remembered.enter(findPersona('emma').login, currentPassword, IPHONE, { remember: true });
        await as('emma');
        now += 31 * MINUTE;
        const here = await as('emma');
        assert.deepEqual((await here.devices()).map((device) => [device.current, device.remembered]), [[true, false], [false, true]]);
        now += 31 * DAY;
        assert.equal((await (await as('emma')).devices()).length, 1);
      });

      it('are nobody else\'s to see or end', async () => {
        const someone = await as('camille');
        const other = await as('lucien');
        const ids = (await someone.devices()).map(({ id }) => id);
        for (const id of [...ids, 'lucien-tablet\u0000']) assert.equal((await other.send('DELETE', `/profile/devices/${encodeURIComponent(id)}`)).status, 404);
        await other.send('DELETE', '/profile/devices');
        assert.deepEqual((await someone.devices()).map(({ id }) => id), ids);
      });
    });

    describe('what was done', () => {
      it('tells a refused sign-in, of an account that is there and of one that is not with the same work', async () => {
        const stranger = new Customer(server.baseUrl('eneo'));
        await stranger.enter(camille.login, 'not this one', IPHONE);
        await stranger.enter('nobody-of-this-name', 'not this one', IPHONE);
        const someone = await as('camille');
        const refused = (await someone.activity('?group=access')).items.find(({ kind }) => kind === 'sign-in-refused');
        assert.deepEqual([refused?.by, refused?.device, refused?.at], [{ role: 'unknown', name: null }, 'Safari, iOS', new Date(now).toISOString().replace('.000', '')]);
        const { rows } = await sql`select from audit_event where kind = 'sign-in-refused' and at = ${new Date(now)}`.execute(server.db);
        assert.equal(rows.length, 2);
      });

      it('is paged without losing or repeating anything while more is done', async () => {
        const someone = await as('camille');
        const first = await someone.activity();
        assert.equal(first.items.length, 25);
        await someone.send('DELETE', '/session');
        await someone.enter(camille.login, camille.password);
        const second = await someone.activity(`?cursor=${first.next}`);
        const all = [...first.items, ...second.items];
        assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
        const { rows } = await sql<{ id: string }>`select id from audit_event where customer_id = 'camille-customer' order by at desc, key desc offset 2`.execute(server.db);
        assert.deepEqual(all.map(({ id }) => id), rows.slice(0, all.length).map(({ id }) => id));
        const other = await as('lucien');
        assert.equal((await other.get(`/profile/activity?cursor=${first.next}`)).status, 422, 'a page of somebody else');
        assert.equal((await other.get('/profile/activity?group=nonsense')).status, 422);
        assert.equal((await other.get(`/profile/activity?cursor=${encodeURIComponent('a\u0000')}`)).status, 422);
      });

      it('shows a holder who accepted to read their contract, and a reader only what is their own', async () => {
        const [holder, reader] = [await as('helene'), await as('marc')];
        const mails = await sinceNow();
        await holder.send('POST', '/contracts/helene-second-electricity/access', { body: { email: 'reader@example.net', until: null, language: 'fr' } });
        const invitation = /oya-access=([\w-]+)/.exec((await mails())[0]?.text ?? '')?.[1];
        assert.equal((await reader.send('POST', `/access-invitations/${invitation}`, { body: {} })).status, 200);
        const told = (await holder.activity('?group=contracts')).items;
        assert.deepEqual(told[0] && [told[0].kind, told[0].by, told[0].contractId], ['access-accepted', { role: 'reader', name: 'Marc Assié' }, 'helene-second-electricity']);
        assert.deepEqual((await reader.activity('?group=contracts')).items.map(({ kind, by }) => [kind, by.role]), [['access-accepted', 'self']]);
      });

      it('is forgotten after the time that the utility keeps it', async () => {
        const someone = await as('lucien');
        const before = (await someone.activity()).items.length;
        assert.ok(before > 3);
        now += 2 * 366 * DAY;
        assert.ok((await (await as('lucien')).activity()).items.length > before - 1, 'two years are within three');
        now += 2 * 366 * DAY;
        assert.deepEqual((await (await as('lucien')).activity()).items.map(({ kind }) => kind), ['signed-in', 'signed-in']);
        const { rows } = await sql<{ oldest: Date }>`select min(at) as oldest from audit_event where utility_id = 'eneo'`.execute(server.db);
        assert.ok((rows[0]?.oldest.getTime() ?? 0) >= now - 3 * 366 * DAY, 'nor is it kept');
        now -= 4 * 366 * DAY;
        await sql`delete from audit_event where at > ${new Date(now)}`.execute(server.db);
        await sql`delete from session where started_at > ${new Date(now)}`.execute(server.db);
      });

      it('holds nothing personal in its details', async () => {
        const { rows } = await sql<{ details: Record<string, string> }>`select details from audit_event`.execute(server.db);
        const text = JSON.stringify(rows);
        for (const { login, email, customer } of personas) for (const word of [login, email, customer.displayName]) assert.ok(!text.includes(word), word);
        assert.doesNotMatch(text, /@/);
      });
    });

    describe('its data, to take away', () => {
      it('is what its customer holds, nothing that others let them read, five times an hour', async () => {
        const lea = await as('lea');
        const { status, body } = await lea.send<DataExport>('POST', '/profile/exports', { body: {} });
        assert.equal(status, 200);
        assert.deepEqual(body.contracts.map(({ contract }) => contract.id), ['lea-electricity']);
        assert.doesNotMatch(JSON.stringify([body.contracts, body.meters, body.consumption]), /helene/);
        assert.equal(body.profile.email, findPersona('lea').email);
        for (let time = 1; time < 5; time++) assert.equal((await lea.send('POST', '/profile/exports', { body: {} })).status, 200);
        const refused = await lea.send<ProblemDocument>('POST', '/profile/exports', { body: {} });
        assert.equal(refused.status, 429);
        assert.ok((refused.body.retryAfterSeconds ?? 0) > 3000);
      });

      it('has every meter in the finest that may be shown', async () => {
        const resolutionsOf = async (id: string) => {
          const { body } = await (await as(id)).send<DataExport>('POST', '/profile/exports', { body: {} });
          return body.consumption.map(({ meterId, resolution, total }) => [meterId, resolution, (total ?? 0) > 0]);
        };
        assert.deepEqual(await resolutionsOf('nadia'), [['nadia-linky', 'half-hour', true], ['nadia-linky', 'day', true], ['nadia-gazpar', 'day', true]]);
        assert.deepEqual(await resolutionsOf('lucien'), [['lucien-linky', 'day', true]], 'no curve without consent');
        assert.deepEqual(await resolutionsOf('odette'), [['odette-meter', 'month', true]]);
      });
    });

    describe('its end', () => {
      it('erases what was its own, tells who read its contracts, and leaves the contract to be signed up for again', async () => {
        const helene = findPersona('helene');
        const [someone, phone] = [await as('helene'), await as('helene', IPHONE)];
        await someone.moveTo(NEW_HOME);
        await someone.startEmail('gone@example.net');
        const mails = await sinceNow();
        assert.equal((await someone.send('POST', '/profile/closure', { body: { currentPassword: 'no' } })).status, 422);
        const { status, body } = await someone.send<Session>('POST', '/profile/closure', { body: { currentPassword } });
        assert.deepEqual([status, body], [200, { state: 'signed-out' }]);
        assert.equal(someone.cookies.size, 0, 'the cookie is gone');
        assert.equal((await phone.get('/profile')).status, 401);
        assert.equal((await someone.enter(helene.login, currentPassword)).status, 401);
        const told = (await mails()).map(({ to, subject }) => `${to}: ${subject}`);
        assert.equal(told.at(-1), `${helene.email}: Votre espace client SICAE est fermé`);
        assert.ok(told.includes('lea.cazals@example.org: Hélène Cazals ne partage plus son contrat avec vous'), told.join('\n'));
        assert.ok(!told.some((line) => line.startsWith('famille.moreau')), 'who never answered has nothing to be told');

        const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(server.db);
        for (const { name } of tables) {
          const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(name)} t where t::text like '%helene-customer%' or t::text like ${`%${helene.email}%`} or t::text like '%gone@example.net%'`.execute(server.db);
          assert.deepEqual(rows, [], `${name} still knows of her`);
        }
        const { rows: closed } = await sql<Record<string, unknown>>`select customer_id, actor, actor_id, device, contract_id from audit_event where kind = 'account-closed'`.execute(server.db);
        assert.deepEqual(closed, [{ customer_id: null, actor: 'customer', actor_id: null, device: null, contract_id: null }]);
        const lea = await as('lea');
        assert.deepEqual((await lea.get<Page<{ id: string }>>('/contracts')).body.items.map(({ id }) => id), ['lea-electricity']);

        const again = new Applicant(server.baseUrl('sicae'));
        const { status: proved } = await again.start(contractProof(helene));
        assert.equal(proved, 200);
      });

      it('happens once, when it is asked for twice at once', async () => {
        const [here, there] = [await as('emma'), await as('emma', IPHONE)];
        const mails = await sinceNow();
        const answers = await Promise.all([here, there].map((someone) => someone.send('POST', '/profile/closure', { body: { currentPassword } })));
        assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 401]);
        assert.equal((await mails()).filter(({ subject }) => /fermé/.test(subject)).length, 1);
      });
    });

    it('is no utility\'s without rules that fit, and the server says which do not', async () => {
      const { db, drop } = await engine.seeded();
      try {
        await sql`update utility set account_rules = jsonb_set(account_rules, '{keptYears,activity}', '0') where id = 'eneo'`.execute(db);
        const app = createServer({ db, config: { ...readConfig(), logLevel: 'silent' } });
        await assert.rejects(async () => app.ready(), /account_rules of the utility “eneo” does not fit the contract:\n {2}keptYears\.activity: .*\nCorrect its row/s);
      } finally {
        await drop();
      }
    });
  });
}
