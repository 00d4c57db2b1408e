import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { jwtVerify, importJWK } from 'jose';
import { sql } from 'kysely';
import { PushService } from '../../test/push-service.ts';
import { Visitor } from '../../test/visitor.ts';
import { addAgent } from '../agents/agents.ts';
import type { Kept } from '../outages/keep-outage.ts';
import type { OutageImport } from '../outages/import-outages.ts';
import type { MedicalCall, OperatorOutage, OperatorReport } from '../outages/operators.ts';
import { Keys } from '../identity/keys.ts';
import { Jobs } from '../jobs/jobs.ts';
import { Outbox } from '../mail/outbox.ts';
import { loadUtility, UtilityDirectory } from '../utilities.ts';
import { medicalConsentsOf } from './medical-needs.ts';
import { AlertNotices } from './notices.ts';
import { PushSender } from './push-sender.ts';
import { smsGateway } from './sms.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Sms {
  readonly key: string;
  readonly to: string;
  readonly text: string;
  readonly sender: string;
}

for (const engine of testEngines()) {
  describe(`what is told of outages, on ${engine.name}`, () => {
    let now = SEEDED_AT;
    let server: TestServer;
    let service: PushService;
    let gateway: Server;
    let token: string;
    let camille: Visitor;
    let jobs: Jobs;
    let notices: AlertNotices;
    const texts: Sms[] = [];
    const gatewayAnswers: number[] = [];

    before(async () => {
      service = await PushService.start();
      gateway = createServer((request, response) => {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          const status = gatewayAnswers.shift() ?? 202;
          if (status === 202) texts.push({ ...(JSON.parse(body) as Omit<Sms, 'key'>), key: String(request.headers['idempotency-key']) });
          response.writeHead(status).end();
        });
      });
      await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
      server = await startTestServer({
        engine,
        now: () => now,
        config: { pushServices: [service.origin], sms: { url: `http://localhost:${(gateway.address() as AddressInfo).port}/`, token: 'secret' }, origins: { '*': ['https://www.eneo.example'] } },
      });
      const [{ db }, utilities] = [server, new UtilityDirectory(server.db)];
      const keys = new Keys(db, undefined);
      jobs = new Jobs({ db, onError: (error) => assert.fail(error) });
      await jobs.start();
      const outbox = new Outbox({ jobs, keys, utilities, transport: undefined, from: 'no-reply@example.org' });
      notices = new AlertNotices({ db, jobs, utilities, outbox, push: new PushSender({ keys, contact: 'mailto:no-reply@example.org', pushServices: [service.origin] }), sms: smsGateway({ url: `http://localhost:${(gateway.address() as AddressInfo).port}/`, token: undefined }), channels: ['push', 'email', 'sms'], siteOf: () => 'https://www.eneo.example', now: () => now, onError: () => {} });
      token = await addAgent(server.db, 'eneo', 'Conduite du réseau', now, ['network']);
      camille = new Visitor(server.baseUrl('eneo'), 'https://www.eneo.example');
      await server.db.updateTable('customer').set({ phone: '+33612345678' }).where('id', '=', 'camille-customer').execute();
    });
    // Sessions end while days go by.
    beforeEach(async () => void (await camille.signInAs('camille')));
    afterEach(async () => {
      await server.db.deleteFrom('alert_setting').execute();
      await server.db.deleteFrom('push_device').execute();
      await server.db.deleteFrom('alert_follower').execute();
    });
    after(async () => {
      await jobs.stop();
      await server.stop();
      await service.stop();
      await new Promise((resolve) => gateway.close(resolve));
    });

    const at = (minutes: number) => new Date(now + minutes * MINUTE).toISOString();
    async function operator<T = Kept>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> {
      const response = await fetch(`${server.baseUrl('eneo')}/operators${path}`, { method, headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
      return { status: response.status, body: (await response.json()) as T };
    }
    const announce = async (told: object = {}) => {
      const { status, body } = await operator('POST', '/outages', { kind: 'outage', energy: 'electricity', cause: 'tree', areas: [{ commune: '81060' }], startsAt: at(-10), ...told });
      assert.equal(status, 201, JSON.stringify(body));
      return body.outage.id;
    };
    const works = (told: object = {}) => announce({ kind: 'works', cause: 'maintenance', startsAt: at(15 * 1440), estimatedEnd: at(15 * 1440 + 180), ...told });
    const say = async (id: string, change: object) => (await operator('PATCH', `/outages/${id}`, change)).body;
    const choose = (body: object) => camille.send('PATCH', '/alerts/settings', { body });
    const addBrowser = async () => {
      const browser = service.browser();
      assert.equal((await camille.send('POST', '/alerts/devices', { body: { subscription: browser.subscription } })).status, 200);
      return browser;
    };
    /** Until no job works or waits for now, and nothing is due. */
    async function settled(): Promise<void> {
      for (let tries = 0; tries < 400; tries++) {
        const { rows: [row] } = await sql<{ jobs: number; due: number }>`
          select (select count(*)::integer from jobs.job where name in ('alerts-spread', 'alerts-tell', 'mail') and state < 'completed') as jobs,
            (select count(*)::integer from alert_notice where state = 'waiting' and due_at <= ${new Date(now)}) as due`.execute(server.db);
        if (row?.jobs === 0 && row.due === 0) return;
        await wait(25);
      }
      const { rows } = await sql`select name, state, output, data from jobs.job where name in ('alerts-spread', 'alerts-tell', 'mail') and state < 'completed'`.execute(server.db);
      assert.fail(`what is due is not told: ${JSON.stringify(rows)}`);
    }
    /** What another instance does each minute. */
    const sweep = async () => {
      await notices.sweep();
      await notices.tell();
      await settled();
    };
    const mailsTo = async (who: string) => (await server.mails()).filter(({ to }) => to === who);
    const camillesMails = () => mailsTo('camille.durand@example.org');

    it('comes by mail unasked, in the customer’s language, with what to do', async () => {
      const id = await announce({ areas: [{ commune: '81060', streets: [] }], note: { fr: 'Une équipe est en route.' } });
      await settled();
      const [mail] = (await camillesMails()).slice(-1);
      assert.match(mail?.subject ?? '', /^Coupure d’électricité à Carmaux$/);
      assert.match(mail?.text ?? '', /Cela concerne votre adresse, /);
      assert.match(mail?.text ?? '', /Depuis aujourd’hui, 8 h 50\. Nous ne savons pas encore quand l’électricité reviendra\./);
      assert.match(mail?.text ?? '', /Une équipe est en route\./);
      assert.match(mail?.text ?? '', /https:\/\/www\.eneo\.example\/mon-espace#\/alerts/);
      assert.match(mail?.text ?? '', /N’approchez pas, et appelez le dépannage au 05 36 49 10 20/);
      await say(id, { state: 'restored' });
      await settled();
    });

    it('comes once for each change, and not for what is none', async () => {
      const before = (await camillesMails()).length;
      const id = await announce();
      await settled();
      await say(id, { state: 'acknowledged', note: { fr: 'Nous cherchons.' } });
      await settled();
      assert.equal((await camillesMails()).length - before, 1);
      assert.equal((await say(id, { estimatedEnd: at(120) })).news, 'end-moved');
      assert.equal((await say(id, { estimatedEnd: at(120) })).is, 'unchanged');
      await settled();
      await say(id, { state: 'restored' });
      await settled();
      assert.deepEqual((await camillesMails()).slice(before).map(({ subject }) => subject), ['Coupure d’électricité à Carmaux', 'Coupure d’électricité à Carmaux : nouvelle heure de retour', 'L’électricité est rétablie à Carmaux']);
    });

    it('comes to whom an outage reaches only since it grew, as announced, and not again to the others', async () => {
      const before = (await camillesMails()).length;
      const subjects = async () => (await camillesMails()).slice(before).map(({ subject }) => subject);
      const id = await announce({ areas: [{ commune: '81060', streets: [{ name: 'rue de nulle part' }] }] });
      await settled();
      assert.deepEqual(await subjects(), []);
      assert.equal((await say(id, { areas: [{ commune: '81060', streets: [{ name: 'rue de nulle part' }, { name: 'rue des Acacias' }] }] })).news, 'extended');
      await settled();
      assert.deepEqual(await subjects(), ['Coupure d’électricité à Carmaux']);
      assert.equal((await say(id, { areas: [{ commune: '81060' }] })).news, 'extended');
      await settled();
      assert.equal((await subjects()).length, 1, 'who knows is not told that others are reached');
      const other = await announce({ areas: [{ commune: '81060', streets: [{ name: 'rue de nulle part' }] }] });
      await say(other, { areas: [{ commune: '81060' }], estimatedEnd: at(120) });
      await settled();
      assert.deepEqual((await subjects()).slice(1), ['Coupure d’électricité à Carmaux'], 'and not of an hour that is new to the others alone');
    });

    it('is told nobody twice, however often its job is tried', async () => {
      const browser = await addBrowser();
      await choose({ choices: [{ topic: 'outages', channels: ['push', 'email'] }] });
      const before = (await camillesMails()).length;
      const id = await announce();
      await settled();
      const { key } = await server.db.selectFrom('outage_update').select('key').where('outage_id', '=', id).executeTakeFirstOrThrow();
      for (let turn = 0; turn < 3; turn++) await notices.spread({ utilityId: 'eneo', news: { outageId: id, updateKey: Number(key) }, phase: 'addresses', after: '' });
      await settled();
      assert.deepEqual([browser.received.length, (await camillesMails()).length - before], [1, 1]);
    });

    it('comes to a browser, which alone can read it, signed by the portal', async () => {
      const browser = await addBrowser();
      await choose({ choices: [{ topic: 'outages', channels: ['push'] }] });
      const before = (await camillesMails()).length;
      const id = await announce({ estimatedEnd: at(90) });
      await settled();
      const [{ payload, headers } = assert.fail('nothing came')] = browser.received;
      assert.deepEqual(payload, { title: 'Coupure d’électricité à Carmaux', body: 'Depuis aujourd’hui, 8 h 50. Retour estimé : aujourd’hui, vers 10 h 30.', url: 'https://www.eneo.example/mon-espace#/alerts', tag: `outage:${id}`, lang: 'fr', urgent: true });
      assert.deepEqual([headers['content-encoding'], headers['urgency'], headers['ttl']], ['aes128gcm', 'high', '21600']);
      const [, jwt = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(String(headers.authorization)) ?? [];
      assert.equal(key, ((await camille.get<{ pushKey: string }>('/alerts')).body).pushKey);
      const point = Buffer.from(key, 'base64url');
      const { payload: claims } = await jwtVerify(jwt, await importJWK({ kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }, 'ES256'));
      assert.deepEqual([claims.aud, claims.sub], [service.origin, 'mailto:no-reply@example.org']);
      assert.equal((await camillesMails()).length, before, 'not by ways that were not chosen');
    });

    it('waits for the end of quiet hours, and is then only the last word', async () => {
      const browser = await addBrowser();
      await choose({ choices: [{ topic: 'outages', channels: ['push'] }], quietHours: { from: '22:00', to: '07:00' } });
      now = Date.parse('2026-11-24T22:30:00Z');
      const id = await announce();
      await settled();
      await say(id, { estimatedEnd: at(60) });
      await settled();
      await say(id, { state: 'restored' });
      await settled();
      assert.equal(browser.received.length, 0);
      now = Date.parse('2026-11-25T05:59:00Z');
      await sweep();
      assert.equal(browser.received.length, 0);
      now = Date.parse('2026-11-25T06:00:00Z');
      await sweep();
      assert.deepEqual(browser.received.map(({ payload: { title } }) => title), ['L’électricité est rétablie à Carmaux']);
      const states = await server.db.selectFrom('alert_notice').select('state').where('subject', '=', `outage:${id}`).where('channel', '=', 'push').orderBy('key').execute();
      assert.deepEqual(states.map(({ state }) => state), ['stale', 'stale', 'sent']);
    });

    it('takes away a browser that wants no more, and tries again where the push service asks for time', async () => {
      const browser = await addBrowser();
      await choose({ choices: [{ topic: 'outages', channels: ['push'] }] });
      service.answers.push({ status: 429, headers: { 'retry-after': '600' } });
      await announce();
      await settled();
      assert.equal(browser.received.length, 0);
      now += 9 * MINUTE;
      await sweep();
      assert.equal(browser.received.length, 0, 'not before it said');
      now += 2 * MINUTE;
      await sweep();
      assert.equal(browser.received.length, 1);
      service.answers.push({ status: 410 });
      await announce();
      await settled();
      assert.equal(await server.db.selectFrom('push_device').select('id').executeTakeFirst(), undefined);
    });

    it('comes as one text message, in letters that it has', async () => {
      await choose({ choices: [{ topic: 'works', channels: ['sms'] }] });
      gatewayAnswers.push(503);
      await works({ startsAt: '2026-12-10T08:00:00Z', estimatedEnd: '2026-12-10T11:00:00Z' });
      await settled();
      assert.equal(texts.length, 0);
      now += 2 * MINUTE;
      await sweep();
      assert.deepEqual(texts.map(({ to, text, sender }) => [to, text, sender]), [['+33612345678', 'ENEO : Travaux prévus à Carmaux. L\'électricité sera coupée le jeudi 10 décembre, de 9 h à 12 h. https://www.eneo.example/mon-espace#/alerts', 'ENEO']]);
      assert.match(texts[0]?.key ?? '', /^notice-\d+$/);
    });

    it('of works comes again ten days and one day before, once, and anew when they are moved', async () => {
      await choose({ choices: [{ topic: 'works', channels: ['sms'] }] });
      texts.length = 0;
      now = Date.parse('2026-11-26T10:00:00Z');
      const id = await works({ startsAt: '2026-12-15T08:00:00Z', estimatedEnd: '2026-12-15T11:00:00Z' });
      await settled();
      now = Date.parse('2026-12-05T07:59:00Z');
      await sweep();
      assert.equal(texts.length, 1, 'the announcement');
      now = Date.parse('2026-12-05T08:01:00Z');
      await sweep();
      await sweep();
      assert.match(texts[1]?.text ?? '', /^ENEO : Rappel : travaux à Carmaux\. L'électricité sera coupée le mardi 15 décembre, de 9 h à 12 h\./);
      await say(id, { startsAt: '2026-12-16T08:00:00Z', estimatedEnd: '2026-12-16T11:00:00Z' });
      await settled();
      now = Date.parse('2026-12-15T08:05:00Z');
      await sweep();
      assert.deepEqual(texts.slice(2).map(({ text }) => text.slice(0, 60)), ['ENEO : Travaux à Carmaux : nouvel horaire. L\'électricité ser', 'ENEO : Rappel : travaux à Carmaux. L\'électricité sera coupée']);
      assert.match(texts[3]?.text ?? '', /coupée demain, de 9 h à 12 h/);
      await say(id, { state: 'cancelled' });
      await settled();
      assert.match(texts[4]?.text ?? '', /Travaux annulés à Carmaux/);
    });

    it('reaches neither who has left or muted an address, nor who only reads a contract, but who follows a commune', async () => {
      const before = (await server.mails()).length;
      const to = async () => (await server.mails()).slice(before).map((mail) => mail.to);
      await choose({ mutedContracts: ['camille-electricity', 'camille-gas'] });
      const reader = { utility_id: 'eneo', customer_id: 'reader', email: 'reader@example.org' };
      await server.db.insertInto('customer').values({ utility_id: 'eneo', id: 'reader', display_name: 'Reader' }).execute();
      await server.db.insertInto('credential').values({ ...reader, login: 'whoreads', password_hash: null, password_changed_at: null }).execute();
      await server.db
        .insertInto('access_grant')
        .values({ id: 'of-carmaux', utility_id: 'eneo', contract_id: 'camille-electricity', email: reader.email, language: 'fr', state: 'active', invited_at: new Date(now), until: null, invitation_hash: null, customer_id: reader.customer_id })
        .execute();
      await announce();
      await settled();
      assert.ok((await to()).length > 0, 'others are reached');
      assert.ok(!(await to()).includes('camille.durand@example.org'));
      assert.ok(!(await to()).includes(reader.email), 'reads a contract');
      await choose({ communes: ['81060'] });
      await announce();
      await settled();
      const mails = (await server.mails()).filter((mail) => mail.to === 'camille.durand@example.org');
      assert.ok(!mails.at(-1)?.text.includes('Cela concerne votre adresse'), 'a commune that one follows is none’s own address');
    });

    it('comes to who has no account, of the communes and things that they follow', async () => {
      const [browser, other] = [service.browser(), service.browser()];
      const follow = (who: typeof browser, communes: string[]) => camille.send('POST', '/alerts/followers', { body: { communes, topics: ['outages'], quietHours: null, language: 'en', subscription: who.subscription } });
      await follow(browser, ['81060']);
      await follow(other, ['81170']);
      await announce();
      await works();
      await settled();
      assert.deepEqual([browser.received.map(({ payload: { title, lang } }) => [title, lang]), other.received.length], [[['Electricity outage in Carmaux', 'en']], 0]);
    });

    it('is spread in pages, whoever they are', async () => {
      const people = Array.from({ length: 1201 }, (_, index) => `crowd-${String(index).padStart(4, '0')}`);
      await sql`insert into customer (utility_id, id, display_name) select 'eneo', id, id from unnest(${people}::text[]) as id`.execute(server.db);
      await sql`insert into alert_setting (utility_id, customer_id, communes, choices) select 'eneo', id, '{81230}', '[{"topic":"outages","channels":["push"]}]' from unnest(${people}::text[]) as id`.execute(server.db);
      await sql`insert into push_device (id, utility_id, customer_id, endpoint, p256dh, auth, label, added_at) select gen_random_uuid(), 'eneo', id, ${service.origin} || '/' || id, ${service.browser().subscription.keys.p256dh}, ${service.browser().subscription.keys.auth}, '', now() from unnest(${people}::text[]) as id`.execute(server.db);
      const asked = service.asked;
      await announce({ energy: 'gas', areas: [{ commune: '81230' }] });
      await settled();
      assert.equal(service.asked - asked, 1201);
      await sql`delete from customer where id like 'crowd-%'`.execute(server.db);
    });

    it('that waits is not told where it was taken back: the way, the address, the commune, or the browser', async () => {
      const lucien = new Visitor(server.baseUrl('eneo'), 'https://www.eneo.example');
      await lucien.signInAs('lucien');
      const quietHours = { from: '22:00', to: '07:00' };
      const settings = (body: object) => choose({ choices: [{ topic: 'outages', channels: ['sms'] }], mutedContracts: [], communes: [], quietHours, ...body });
      const toldInTheMorning = async (told: object, evening: object, change: () => Promise<unknown>) => {
        texts.length = 0;
        now = Date.parse(new Date(now + DAY).toISOString().slice(0, 10) + 'T22:30:00Z');
        await camille.signInAs('camille');
        await settings(evening);
        await announce(told);
        await settled();
        await change();
        now += 8 * HOUR;
        await sweep();
        return texts.length;
      };
      assert.equal(await toldInTheMorning({}, {}, () => Promise.resolve()), 1);
      assert.equal(await toldInTheMorning({}, {}, () => choose({ choices: [{ topic: 'outages', channels: [] }] })), 0);
      assert.equal(await toldInTheMorning({}, {}, () => choose({ mutedContracts: ['camille-electricity'] })), 0);
      assert.equal(await toldInTheMorning({}, {}, () => choose({ mutedContracts: ['camille-electricity'], communes: ['81060'] })), 1, 'of the commune');
      const elsewhere = { energy: 'gas', areas: [{ commune: '81230' }] };
      assert.equal(await toldInTheMorning(elsewhere, { communes: ['81230'] }, () => Promise.resolve()), 1);
      assert.equal(await toldInTheMorning(elsewhere, { communes: ['81230'] }, () => choose({ communes: [] })), 0);
      const browser = service.browser();
      const add = (who: Visitor) => who.send('POST', '/alerts/devices', { body: { subscription: browser.subscription } });
      await camille.signInAs('camille');
      await add(camille);
      await toldInTheMorning(elsewhere, { communes: ['81230'], choices: [{ topic: 'outages', channels: ['push'] }] }, async () => {
        await lucien.signInAs('lucien');
        await lucien.send('PATCH', '/alerts/settings', { body: { communes: ['81230'], choices: [{ topic: 'outages', channels: ['push'] }] } });
        await add(lucien);
      });
      assert.equal(browser.received.length, 0, 'what waited for the first who had it');
    });

    it('of works is not told as if they came when they are over by the end of quiet hours', async () => {
      await choose({ choices: [{ topic: 'works', channels: ['sms'] }], quietHours: { from: '22:00', to: '07:00' } });
      now = Date.parse('2027-01-05T21:15:00Z');
      texts.length = 0;
      await works({ startsAt: '2027-01-05T22:30:00Z', estimatedEnd: '2027-01-06T03:00:00Z' });
      await works({ startsAt: '2027-01-06T10:00:00Z', estimatedEnd: '2027-01-06T12:00:00Z' });
      await settled();
      now = Date.parse('2027-01-06T06:00:00Z');
      await sweep();
      assert.deepEqual(texts.map(({ text }) => /coupée (.+?)\. h/.exec(text)?.[1] ?? text), ['aujourd\'hui, de 11 h à 13 h']);
    });

    it('of EcoWatt and Tempo comes to who asked for it, once for each day and level or colour, and not when it is called back first', async () => {
      const browser = await addBrowser();
      texts.length = 0;
      await choose({ choices: [{ topic: 'ecowatt', channels: ['push', 'sms'] }, { topic: 'tempo', channels: ['push'] }], quietHours: { from: '22:00', to: '07:00' } });
      now = Date.parse('2027-01-11T11:00:00Z');
      const ecowatt = async (day: string, level: number) => {
        const hours = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 12 ? level : 1));
        const signal = { level, message: '', generated_at: new Date(now), hours };
        await server.db.insertInto('ecowatt_day').values({ day, ...signal }).onConflict((conflict) => conflict.column('day').doUpdateSet(signal)).execute();
      };
      const tempo = async (colour: 'red' | 'blue', is_provisional: boolean, day = '2027-01-12') => {
        await server.db.insertInto('tempo_day').values({ day, colour, is_provisional }).onConflict((conflict) => conflict.column('day').doUpdateSet({ colour, is_provisional })).execute();
      };
      const titles = () => browser.received.map(({ payload: { title } }) => title);
      await ecowatt('2027-01-13', 2);
      await tempo('red', true);
      await sweep();
      await sweep();
      assert.deepEqual(browser.received.map(({ payload: { title, body, tag } }) => [title, body, tag]), [['EcoWatt orange mercredi 13 janvier', 'Le réseau sera tendu de 8 h à 12 h. Reportez ce qui peut attendre : lave-linge, eau chaude, recharge.', 'ecowatt:2027-01-13']]);
      await tempo('red', false);
      await server.db.updateTable('customer').set({ language: 'en' }).where('id', '=', 'camille-customer').execute();
      await ecowatt('2027-01-13', 3);
      await sweep();
      await server.db.updateTable('customer').set({ language: 'fr' }).where('id', '=', 'camille-customer').execute();
      assert.deepEqual(texts.map(({ text }) => text), [
        'ENEO : EcoWatt orange mercredi 13 janvier. Le réseau sera tendu de 8 h à 12 h. https://www.eneo.example/mon-espace#/alerts',
        'ENEO: EcoWatt: red after all on Wednesday 13 January. The grid will be very tense from 8:00 to 12:00. https://www.eneo.example/mon-espace#/alerts',
      ]);
      assert.deepEqual(titles().slice(1).sort(), ['EcoWatt: red after all on Wednesday 13 January', 'Tempo: Tuesday 12 January is red']);
      now = Date.parse('2027-01-11T22:00:00Z');
      await ecowatt('2027-01-14', 2);
      await sweep();
      await ecowatt('2027-01-14', 1);
      await sweep();
      now = Date.parse('2027-01-12T06:00:00Z');
      await sweep();
      assert.deepEqual(titles().slice(3), ['EcoWatt : journée normale finalement, jeudi 14 janvier'], 'the last word alone');
      await ecowatt('2027-01-14', 2);
      await sweep();
      for (const colour of ['red', 'blue', 'red'] as const) {
        await tempo(colour, false, '2027-01-13');
        await sweep();
      }
      assert.deepEqual(titles().slice(4), ['EcoWatt : finalement orange jeudi 14 janvier', 'Tempo : jour rouge mercredi 13 janvier', 'Tempo : finalement jour bleu mercredi 13 janvier', 'Tempo : finalement jour rouge mercredi 13 janvier'], 'one that comes back');
    });

    describe('the network’s people', () => {
      it('are told what is wrong with what they say', async () => {
        const fields = async (body: object) => (await operator<{ fields?: { path: string; detail: string }[] }>('POST', '/outages', { kind: 'works', energy: 'electricity', areas: [{ commune: '81060' }], startsAt: at(60), ...body })).body.fields?.map(({ path }) => path);
        assert.deepEqual(await fields({}), ['estimatedEnd']);
        assert.deepEqual(await fields({ estimatedEnd: at(30) }), ['estimatedEnd']);
        assert.deepEqual(await fields({ estimatedEnd: at(90), state: 'reported' }), ['state']);
        assert.deepEqual(await fields({ estimatedEnd: at(90), areas: [{ commune: '75056' }] }), ['areas.0.commune']);
        assert.deepEqual(await fields({ estimatedEnd: at(90), areas: [{ commune: '81170' }] }), ['areas.0.commune'], 'it serves gas there');
        assert.deepEqual(await fields({ estimatedEnd: at(90), estimated_end: at(90) }), ['estimated_end']);
        assert.deepEqual(await fields({ startsAt: 'tomorrow' }), ['startsAt']);
        assert.deepEqual(await fields({ kind: 'outage' }), ['startsAt'], 'it would be told as begun');
        assert.deepEqual(await fields({ kind: 'outage', startsAt: at(4), areas: [{ commune: '75056' }] }), ['areas.0.commune'], 'clocks differ');
      });

      it('announce under a reference of their own, once', async () => {
        const told = { kind: 'outage', energy: 'electricity', reference: 'SCADA-17', areas: [{ commune: '81060' }], startsAt: at(-5) };
        const [first, again, changed] = [await operator('POST', '/outages', told), await operator('POST', '/outages', told), await operator('POST', '/outages', { ...told, estimatedEnd: at(60) })];
        assert.deepEqual([first.status, again.body.is, changed.body.is, changed.body.outage.id === first.body.outage.id], [201, 'unchanged', 'changed', true]);
        assert.equal((await operator('POST', '/outages', { ...told, energy: 'gas' })).status, 409);
      });

      it('import lists, line by line, and the same list again without telling anybody twice', async () => {
        const list = ['référence;nature;énergie;commune;rue;début;fin', 'T-1;travaux;électricité;Carmaux;rue du Puits;20/01/2027 09:00;20/01/2027 12:00', 'T-1;travaux;électricité;Carmaux;rue de la Mine;20/01/2027 09:00;20/01/2027 12:00', ';coupure;gaz;81230;;11/01/2027 09:00;', 'T-2;travaux;gaz;81060;;21/01/2027 09:00;', 'T-3;coupure;gaz;Paris;;11/01/2027 09:00;'].join('\n');
        const send = async () => {
          const response = await fetch(`${server.baseUrl('eneo')}/operators/outages/import`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' }, body: list });
          return (await response.json()) as OutageImport;
        };
        const first = await send();
        assert.deepEqual([first.counts, first.refused.map(({ line, reason }) => [line, reason.slice(0, 60)])], [{ new: 2, changed: 0, unchanged: 0 }, [[5, 'estimatedEnd: works are told of with the time at which they '], [6, '“Paris” is no commune that is known here: write its INSEE co']]]);
        assert.deepEqual((await send()).counts, { new: 0, changed: 0, unchanged: 2 });
      });

      it('see their outages with what is reported, and nothing of another utility’s', async () => {
        const id = await announce();
        await camille.send('POST', '/outages/reports', { body: { energy: 'electricity', commune: '81060', address: 'x', contractId: 'camille-electricity', outageId: id, extent: 'home', since: at(-5), phone: '+33612345678' } });
        now += MINUTE;
        await say(id, { state: 'restored' });
        now += MINUTE;
        await camille.send('POST', '/outages/reports', { body: { energy: 'electricity', commune: '81060', address: 'x', contractId: 'camille-electricity', outageId: id, extent: 'home', since: at(-5) } });
        const { body: { items } } = await operator<{ items: OperatorOutage[] }>('GET', '/outages');
        const seen = items.find((outage) => outage.id === id);
        assert.deepEqual([seen?.reports, seen?.stillOut], [2, 1]);
        const { body: reports } = await operator<{ items: OperatorReport[] }>('GET', '/reports');
        assert.deepEqual(reports.items.slice(0, 2).map(({ outageId, customer, phone }) => [outageId, customer !== null, phone]), [[id, true, null], [id, true, '+33612345678']]);
        assert.equal((await operator('PATCH', '/outages/sicae-works-pruning', { state: 'cancelled' })).status, 404);
      });

      it('learn whom to call before works, and leave a trace of it', async () => {
        await camille.send('POST', '/contracts/camille-electricity/medical-need', { body: { phone: '+33612345678', textVersion: '2026-11', language: 'fr' } });
        const id = await works();
        const { body } = await operator<{ items: MedicalCall[] }>('GET', `/outages/${id}/medical`);
        assert.deepEqual(body.items.map(({ contractId, phone, by }) => [contractId, phone, by]), [['camille-electricity', '+33612345678', 'commune']]);
        const traces = await server.db.selectFrom('medical_need_reading').selectAll().execute();
        assert.deepEqual(traces.map(({ agent_name, outage_id, contracts }) => [agent_name, outage_id, contracts]), [['Conduite du réseau', id, ['camille-electricity']]]);
        assert.equal((await operator('GET', `/outages/${await announce()}/medical`)).status, 409, 'nobody has agreed to that');
        await camille.send('DELETE', '/contracts/camille-electricity/medical-need');
        assert.deepEqual((await operator<{ items: MedicalCall[] }>('GET', `/outages/${id}/medical`)).body.items, []);
      });

      it('are nobody else: those who answer messages say nothing of the network, and the other way round', async () => {
        const answering = await addAgent(server.db, 'eneo', 'Sonia', now);
        const ask = async (path: string, as: string) => (await fetch(server.baseUrl('eneo') + path, { headers: { authorization: `Bearer ${as}` } })).status;
        assert.deepEqual([await ask('/operators/outages', answering), await ask('/agents/threads', token), await ask('/operators/outages', 'guessed'), await ask('/operators/me', token)], [403, 403, 401, 200]);
      });
    });

    it('forgets whom to call with the contract, and keeps the proof', async () => {
      await camille.send('POST', '/contracts/camille-electricity/medical-need', { body: { phone: '+33612345678', textVersion: '2026-11', language: 'fr' } });
      const contract = server.db.updateTable('contract').where('id', '=', 'camille-electricity');
      const needs = () => server.db.selectFrom('medical_need').select('phone').where('contract_id', '=', 'camille-electricity').execute();
      const today = new Date(now).toISOString().slice(0, 10);
      try {
        await contract.set({ valid_to: new Date(now + DAY).toISOString().slice(0, 10) }).execute();
        await sweep();
        assert.equal((await needs()).length, 1, 'as long as it runs');
        await contract.set({ valid_to: today }).execute();
        await sweep();
        assert.deepEqual(await needs(), []);
        const last = await server.db.selectFrom('medical_need_event').select(['kind', 'customer_id', 'words']).where('contract_id', '=', 'camille-electricity').orderBy('key', 'desc').executeTakeFirst();
        assert.deepEqual(last, { kind: 'contract-ended', customer_id: 'camille-customer', words: null });
        const consents = await medicalConsentsOf({ db: server.db, utility: await loadUtility(server.db, 'eneo'), customerId: 'camille-customer' });
        assert.deepEqual(consents.slice(0, 2).map(({ what }) => what), ['contract-ended', 'given']);
      } finally {
        await contract.set({ valid_to: null }).execute();
      }
    });

    it('forgets what was told long ago', async () => {
      await settled();
      now += 91 * DAY;
      // A thousand each minute: the night of a storm is forgotten little by little.
      for (let turn = 0; turn < 2; turn++) await notices.sweep();
      assert.equal(await server.db.selectFrom('alert_notice').select('key').where('state', '<>', 'waiting').executeTakeFirst(), undefined);
    });
  });
}
