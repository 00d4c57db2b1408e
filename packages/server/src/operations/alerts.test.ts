import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Activity, AlertService, AlertSettings, DataExport, Following, Page, ProblemDocument } from '@oya/contract';
import { Visitor } from '../../test/visitor.ts';
import { readConfig } from '../config.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const PHONE = '+33612345678';

/** A browser as it hands itself in. */
function browser(endpoint = `https://fcm.googleapis.com/fcm/send/${randomBytes(16).toString('hex')}`) {
  const pair = createECDH('prime256v1');
  return { endpoint, keys: { p256dh: pair.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') } };
}

for (const engine of testEngines()) {
  describe(`alerts, on ${engine.name}`, () => {
    let server: TestServer;
    let anybody: Visitor;
    let camille: Visitor;
    let lucien: Visitor;

    before(async () => {
      server = await startTestServer({ engine, now: () => SEEDED_AT, config: { sms: { url: 'http://localhost:1/sms', token: undefined } } });
      [anybody, camille, lucien] = [new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo'))];
      await camille.signInAs('camille');
      await lucien.signInAs('lucien');
    });
    after(() => server.stop());

    const settings = async (who: Visitor) => (await who.get<AlertSettings>('/alerts/settings')).body;
    const change = (who: Visitor, body: object) => who.send<AlertSettings & ProblemDocument>('PATCH', '/alerts/settings', { body });
    const faults = ({ body }: { body: ProblemDocument }) => body.fields?.map(({ path, code }) => [path, code]);
    const activity = async (who: Visitor) => (await who.get<Page<Activity>>('/profile/activity')).body.items.map(({ kind }) => kind);

    it('are described: topics, ways, the key for browsers, and feeds', async () => {
      const { body } = await anybody.get<AlertService>('/alerts');
      assert.deepEqual([body.topics, body.channels, body.medical?.version], [['outages', 'works', 'ecowatt', 'tempo'], ['push', 'email', 'sms'], '2026-11']);
      const key = Buffer.from(body.pushKey ?? '', 'base64url');
      assert.deepEqual([key.length, key[0]], [65, 4], 'an uncompressed point');
      assert.equal((await new Visitor(server.baseUrl('sicae')).get<AlertService>('/alerts')).body.pushKey, body.pushKey, 'the same whoever asks, whenever');
      assert.equal(body.feeds?.cap, `${server.baseUrl('eneo')}/outages.cap`);
    });

    it('are mailed unasked where they concern the supply, at the customer’s own addresses', async () => {
      const { choices, addresses, communes, quietHours, devices, email } = await settings(camille);
      assert.deepEqual(choices.map(({ topic, channels }) => [topic, channels]), [['outages', ['email']], ['works', ['email']], ['ecowatt', []], ['tempo', []]]);
      assert.ok(addresses.some(({ contractId, isMuted }) => contractId === 'camille-electricity' && !isMuted));
      assert.deepEqual([communes, quietHours, devices], [[], null, []]);
      assert.match(email ?? '', /^c•••••@/);
    });

    it('are chosen by topic, place and hour; what is not named stays', async () => {
      await change(camille, { choices: [{ topic: 'outages', channels: ['push', 'sms'] }], communes: ['81170', '81170'], quietHours: { from: '22:00', to: '07:00' } });
      const { body } = await change(camille, { choices: [{ topic: 'tempo', channels: ['email'] }], mutedContracts: ['camille-electricity', 'lucien-electricity'] });
      assert.deepEqual(body.choices.map(({ channels }) => channels), [['push', 'sms'], ['email'], [], ['email']]);
      assert.deepEqual([body.communes, body.quietHours], [['81170'], { from: '22:00', to: '07:00' }]);
      assert.deepEqual(body.addresses.filter(({ isMuted }) => isMuted).map(({ contractId }) => contractId), ['camille-electricity']);
      const { muted } = await server.db.selectFrom('alert_setting').select('muted').where('customer_id', '=', 'camille-customer').executeTakeFirstOrThrow();
      assert.deepEqual(muted, ['camille-electricity'], 'what others hold is not kept');
      assert.deepEqual((await change(camille, { quietHours: null, mutedContracts: [] })).body.quietHours, null);
      assert.deepEqual((await settings(lucien)).communes, [], 'nobody else’s');
      assert.ok((await activity(camille)).includes('alerts-changed'));
    });

    it('are refused by ways and in places that there are not', async () => {
      await server.db.updateTable('customer').set({ phone: null }).where('id', '=', 'lucien-customer').execute();
      assert.deepEqual(faults(await change(lucien, { choices: [{ topic: 'works', channels: ['sms'] }] })), [['choices', 'phone-needed']]);
      assert.deepEqual(faults(await change(lucien, { communes: ['75056'] })), [['communes', 'unknown']]);
      const { body } = await new Visitor(server.baseUrl('eneo')).send<ProblemDocument>('PATCH', '/alerts/settings', { body: {} });
      assert.equal(body.status, 401);
    });

    it('come to browsers, each once, and to whoever is signed in there last', async () => {
      const [phone, computer] = [browser(), browser()];
      const add = (who: Visitor, subscription: object) => who.send<AlertSettings & ProblemDocument>('POST', '/alerts/devices', { body: { subscription }, headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36' } });
      await add(camille, phone);
      await add(camille, computer);
      const { body } = await add(camille, phone);
      assert.deepEqual(body.devices.map(({ label, endpointEnd }) => `${label} ${endpointEnd}`).sort(), [phone, computer].map(({ endpoint }) => `Chrome, Android ${endpoint.slice(-16)}`).sort());
      assert.equal((await add(lucien, computer)).body.devices.length, 1);
      const left = (await settings(camille)).devices;
      assert.deepEqual(left.map(({ endpointEnd }) => endpointEnd), [phone.endpoint.slice(-16)]);
      const [mine] = left;
      assert.equal((await lucien.send('DELETE', `/alerts/devices/${mine?.id}`)).status, 404, 'of somebody else');
      assert.deepEqual((await camille.send<AlertSettings>('DELETE', `/alerts/devices/${mine?.id}`)).body.devices, []);
      assert.deepEqual((await activity(camille)).slice(0, 2), ['alert-device-removed', 'alert-device-added']);
    });

    it('never make the server call an address that is none of a push service', async () => {
      for (const endpoint of ['https://localhost/a', 'https://10.0.0.1/a', 'https://fcm.googleapis.com.evil.example/a', 'http://fcm.googleapis.com/a', 'https://fcm.googleapis.com:8443/a', 'https://user@fcm.googleapis.com/a', 'https://evil.example/fcm.googleapis.com']) {
        assert.deepEqual(faults(await camille.send('POST', '/alerts/devices', { body: { subscription: browser(endpoint) } })), [['subscription', 'unknown-service']], endpoint);
      }
      const { endpoint, keys } = browser();
      const offCurve = Buffer.alloc(65, 7).fill(4, 0, 1).toString('base64url');
      assert.deepEqual(faults(await camille.send('POST', '/alerts/devices', { body: { subscription: { endpoint, keys: { ...keys, p256dh: offCurve } } } })), [['subscription', 'unknown-service']], 'nothing could be encrypted for it');
    });

    it('come to who has no account, until they do not want them any more', async () => {
      const subscription = browser();
      const following = { communes: ['81060'], topics: ['outages'], quietHours: null, language: 'fr' };
      const { body } = await anybody.send<Following & ProblemDocument>('POST', '/alerts/followers', { body: { ...following, subscription } });
      assert.deepEqual(body, following);
      await anybody.send('POST', '/alerts/followers', { body: { ...following, communes: ['81170', '81060'], subscription } });
      const all = () => server.db.selectFrom('alert_follower').select(['communes', 'endpoint']).where('endpoint', '=', subscription.endpoint).execute();
      assert.deepEqual((await all()).map(({ communes }) => communes), [['81170', '81060']]);
      assert.deepEqual(faults(await anybody.send('POST', '/alerts/followers', { body: { ...following, communes: ['75056'], subscription } })), [['communes', 'unknown']]);
      assert.equal((await anybody.send('POST', '/alerts/followers/end', { body: { endpoint: subscription.endpoint } })).status, 200);
      assert.deepEqual(await all(), []);
      let last = 0;
      for (let turn = 0; turn < 20; turn++) last = (await anybody.send('POST', '/alerts/followers', { body: { ...following, subscription: browser() } })).status;
      assert.equal(last, 429);
    });

    it('keep a medical need by consent alone: the proof stays, the number goes', async () => {
      const give = (who: Visitor, contractId: string, body: object = {}) => who.send<AlertSettings & ProblemDocument>('POST', `/contracts/${contractId}/medical-need`, { body: { phone: PHONE, textVersion: '2026-11', language: 'fr', ...body } });
      assert.equal((await give(lucien, 'camille-electricity')).status, 404);
      assert.equal((await give(camille, 'camille-electricity', { textVersion: '2020-01' })).status, 409);
      assert.deepEqual(faults(await give(camille, 'camille-electricity', { phone: '+331111111111' })), [['phone', 'invalid']]);
      const { body } = await give(camille, 'camille-electricity');
      assert.deepEqual(body.medicalNeeds, [{ contractId: 'camille-electricity', phone: PHONE, since: new Date(SEEDED_AT).toISOString().replace('.000', ''), textVersion: '2026-11' }]);
      assert.equal((await lucien.send('DELETE', '/contracts/camille-electricity/medical-need')).status, 404);
      assert.deepEqual((await camille.send<AlertSettings>('DELETE', '/contracts/camille-electricity/medical-need')).body.medicalNeeds, []);
      const proofs = await server.db.selectFrom('medical_need_event').selectAll().where('contract_id', '=', 'camille-electricity').orderBy('key').execute();
      assert.deepEqual(proofs.map(({ kind, customer_id, text_version, language }) => [kind, customer_id, text_version, language]), [['given', 'camille-customer', '2026-11', 'fr'], ['withdrawn', 'camille-customer', '2026-11', null]]);
      assert.match(proofs[0]?.words ?? '', /^J’accepte que le gestionnaire du réseau/);
      assert.ok(!JSON.stringify(proofs).includes(PHONE.slice(3)));
      assert.equal(await server.db.selectFrom('medical_need').selectAll().where('contract_id', '=', 'camille-electricity').executeTakeFirst(), undefined);
      await assert.rejects(server.db.updateTable('medical_need_event').set({ text_version: 'another' }).execute(), /never changed/);
      await assert.rejects(server.db.deleteFrom('medical_need_event').execute(), /never changed/);
    });

    it('go with the data that one takes along, and with the account: of a consent the proof stays, and names nobody', async () => {
      const someone = new Visitor(server.baseUrl('eneo'));
      const persona = await someone.signInAs('odette');
      const contractId = persona.contracts[0]?.id ?? '';
      await change(someone, { communes: ['81170'] });
      await someone.send('POST', '/alerts/devices', { body: { subscription: browser() } });
      await someone.send('POST', `/contracts/${contractId}/medical-need`, { body: { phone: PHONE, textVersion: '2026-11', language: 'en' } });
      await someone.send('POST', '/outages/reports', { body: { energy: 'electricity', commune: '81060', address: '1 rue de la Mine', extent: 'home', since: new Date(SEEDED_AT).toISOString(), phone: PHONE } });
      const { body: file } = await someone.send<DataExport>('POST', '/profile/exports', { body: {} });
      assert.deepEqual([file.alerts?.communes, file.alerts?.devices.length, file.medicalConsents?.map(({ what, text }) => [what, text?.slice(0, 22)]), file.outageReports?.map(({ phone }) => phone)], [['81170'], 1, [['given', 'I agree that the netwo']], [PHONE]]);
      const { status, text } = await someone.send('POST', '/profile/closure', { body: { currentPassword: persona.password } });
      assert.equal(status, 200, text);
      const left = async (table: 'alert_setting' | 'push_device' | 'medical_need') => (await server.db.selectFrom(table).select('utility_id').where('customer_id', '=', persona.customer.id).execute()).length;
      assert.deepEqual([await left('alert_setting'), await left('push_device'), await left('medical_need')], [0, 0, 0]);
      const proofs = await server.db.selectFrom('medical_need_event').select(['kind', 'customer_id']).where('contract_id', '=', contractId).orderBy('key').execute();
      assert.deepEqual(proofs, [{ kind: 'given', customer_id: null }, { kind: 'account-closed', customer_id: null }]);
      assert.deepEqual(await server.db.selectFrom('outage_report').select(['phone', 'address', 'customer_id']).where('address', '=', '').execute(), [{ phone: null, address: '', customer_id: null }]);
    });
  });
}

describe('the ways of an installation', () => {
  it('are without text messages where nobody sends them, and with the push services that it names', async () => {
    const server = await startTestServer({ config: { pushServices: ['http://localhost:9'] } });
    const camille = new Visitor(server.baseUrl('eneo'));
    await camille.signInAs('camille');
    assert.deepEqual((await camille.get<AlertService>('/alerts')).body.channels, ['push', 'email']);
    const { body } = await camille.send<ProblemDocument>('PATCH', '/alerts/settings', { body: { choices: [{ topic: 'works', channels: ['sms'] }] } });
    assert.deepEqual(body.fields, [{ path: 'choices', code: 'unknown-channel' }]);
    assert.equal((await camille.send('POST', '/alerts/devices', { body: { subscription: browser('http://localhost:9/here') } })).status, 200);
    await server.stop();
  });

  it('are told wrong settings by what to write', () => {
    assert.throws(() => readConfig({ OYA_PUSH_SERVICES: 'https://push.eneo.example/path' }), /write each as https:\/\/push\.eneo\.example, without a path/);
    assert.throws(() => readConfig({ OYA_SMS_URL: 'sms.example' }), /write it as https:\/\/sms\.example\/messages/);
  });
});
