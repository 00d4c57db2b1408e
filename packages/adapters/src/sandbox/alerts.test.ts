import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addPushDevice, getAlertSettings, getOutageBoard, getOutageMap, giveMedicalNeed, listChanges, listActivity, listConcerns, removePushDevice, reportOutage, updateAlertSettings, withdrawMedicalNeed, type PortalError } from '@oya/contract';
import { sandboxAdapter } from './sandbox.ts';

const now = '2026-11-24T17:43:00Z';
const camille = (more = {}) => sandboxAdapter({ persona: 'camille', now, outages: 'outage', ...more });
const refusal = (kind: string, code?: string) => (thrown: PortalError) => thrown.kind === kind && (code === undefined || thrown.fields?.[0]?.code === code);

describe('outages in the sandbox', () => {
  it('say whom they reach: by street and number, or not', async () => {
    const concerned = (await camille().perform(listConcerns, {})).items;
    assert.deepEqual(concerned.map(({ outageId, by }) => [outageId, by]), [['eneo-acacias', 'address'], ['eneo-works-acacias', 'address']]);
    assert.deepEqual((await sandboxAdapter({ persona: 'nadia', now, outages: 'outage' }).perform(listConcerns, {})).items.map(({ outageId }) => outageId), ['eneo-works-called-off']);
  });

  it('stay the same outage while the clock goes on, and tell what the network says of it', async () => {
    const adapter = camille();
    const end = (await adapter.perform(getOutageBoard, {})).items.find(({ id }) => id === 'eneo-acacias')?.estimatedEnd;
    adapter.controls.setNow('2026-11-24T18:20:00Z');
    const { cursor } = await adapter.perform(listChanges, {});
    adapter.controls.tellOutage('eneo-acacias', { state: 'restored' });
    const outage = (await adapter.perform(getOutageBoard, {})).items.find(({ id }) => id === 'eneo-acacias');
    assert.equal(outage?.estimatedEnd, end);
    assert.equal(outage?.endedAt, '2026-11-24T18:20:00Z');
    assert.ok((await adapter.perform(listChanges, { after: cursor })).changes.some(({ operation }) => operation === 'getOutageBoard'));
    assert.throws(() => adapter.controls.tellOutage('none', {}), RangeError);
  });

  it('take a report by anybody, and “still out” of an outage that was restored', async () => {
    const adapter = camille();
    const { items: [outage] } = await adapter.perform(getOutageBoard, {});
    const report = { energy: 'electricity', commune: '81060', address: '12 rue des Acacias', extent: 'street', since: '2026-11-24T17:00:00Z' } as const;
    assert.match((await sandboxAdapter({ now }).perform(reportOutage, report)).reference, /^S-/);
    await adapter.perform(reportOutage, { ...report, contractId: 'camille-electricity', outageId: outage?.id });
    const stillOutAt = async () => (await adapter.perform(listConcerns, {})).items.find(({ outageId }) => outageId === outage?.id)?.stillOutAt;
    assert.equal(await stillOutAt(), now);
    adapter.controls.setNow('2026-11-24T18:20:00Z');
    adapter.controls.tellOutage(outage?.id ?? '', { state: 'restored' });
    assert.equal(await stillOutAt(), null, 'said before it was restored');
    await adapter.perform(reportOutage, { ...report, contractId: 'camille-electricity', outageId: outage?.id });
    assert.equal(await stillOutAt(), '2026-11-24T18:20:00Z');
    adapter.controls.setNow(now);
    await assert.rejects(adapter.perform(reportOutage, { ...report, commune: '75056' }), refusal('invalid', 'unknown'));
    await assert.rejects(adapter.perform(reportOutage, { ...report, since: '2026-11-24T18:00:00Z' }), refusal('invalid', 'future'));
    await assert.rejects(adapter.perform(reportOutage, { ...report, outageId: 'eneo-works-called-off' }), refusal('not-found'));
    await assert.rejects(adapter.perform(reportOutage, { ...report, contractId: 'lucien-electricity' }), refusal('not-found'));
  });

  it('are reported by the rules of the portal, and found where they are known', async () => {
    const adapter = camille();
    const report = { energy: 'electricity', commune: '81060', address: '12 rue des Acacias', extent: 'street', since: '2026-11-24T17:47:00Z' } as const;
    assert.equal((await adapter.perform(reportOutage, report)).outageId, 'eneo-acacias', 'a phone’s clock may be ahead');
    assert.equal((await adapter.perform(reportOutage, { ...report, address: '1 rue Basse' })).outageId, null);
    assert.equal((await adapter.perform(reportOutage, { ...report, contractId: 'camille-electricity', commune: '81170', address: 'Ailleurs' })).outageId, 'eneo-acacias', 'the contract says where it is');
    await assert.rejects(adapter.perform(reportOutage, { ...report, since: '2026-10-20T08:00:00Z' }), refusal('invalid', 'too-old'));
    await assert.rejects(adapter.perform(reportOutage, { ...report, phone: '+33012345678' }), refusal('invalid', 'invalid'));
    await assert.rejects(adapter.perform(reportOutage, { ...report, outageId: 'eneo-works-acacias' }), refusal('not-found'), 'what is to come is not out');
  });

  it('concern one’s own contracts that run, and none that somebody else lets them read', async () => {
    const lea = sandboxAdapter({ utility: 'sicae', persona: 'lea', now, outages: 'storm' });
    assert.deepEqual((await lea.perform(listConcerns, {})).items, []);
    assert.deepEqual((await lea.perform(getAlertSettings, {})).addresses, []);
  });

  it('have a map, and none on a calm day', async () => {
    const adapter = camille({ outages: 'calm' });
    assert.deepEqual((await adapter.perform(getOutageBoard, {})).items, []);
    assert.equal((await adapter.perform(getOutageMap, {})).features.length, 3);
  });
});

describe('what one is told of, in the sandbox', () => {
  it('is kept as it was chosen; what is absent stays', async () => {
    const adapter = camille();
    await adapter.perform(updateAlertSettings, { choices: [{ topic: 'works', channels: ['push'] }], communes: ['81170'] });
    const settings = await adapter.perform(updateAlertSettings, { quietHours: { from: '22:00', to: '07:00' }, mutedContracts: ['camille-electricity'] });
    assert.deepEqual(settings.choices.map(({ channels }) => channels.join()), ['email', 'push', '', '']);
    assert.deepEqual([settings.communes, settings.quietHours, settings.addresses[0]?.isMuted], [['81170'], { from: '22:00', to: '07:00' }, true]);
    await assert.rejects(adapter.perform(updateAlertSettings, { communes: ['75056'] }), refusal('invalid', 'unknown'));
  });

  it('goes to a number that is shown in part', async () => {
    assert.equal((await camille().perform(getAlertSettings, {})).phone, '+33•••••01');
  });

  it('leaves a trace in the account where something changed', async () => {
    const adapter = camille();
    const subscription = { endpoint: 'https://push.example/abcdefghijklmnopqrstuvwxyz', keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } };
    for (let twice = 0; twice < 2; twice++) await adapter.perform(updateAlertSettings, { communes: ['81170'] });
    for (let twice = 0; twice < 2; twice++) await adapter.perform(addPushDevice, { subscription });
    await adapter.perform(removePushDevice, { deviceId: (await adapter.perform(getAlertSettings, {})).devices[0]?.id ?? '' });
    await adapter.perform(giveMedicalNeed, { contractId: 'camille-electricity', phone: '+33639980101', textVersion: '2026-11', language: 'fr' });
    for (let twice = 0; twice < 2; twice++) await adapter.perform(withdrawMedicalNeed, { contractId: 'camille-electricity' });
    await adapter.perform(reportOutage, { energy: 'electricity', commune: '81060', address: '12 rue des Acacias', extent: 'street', since: now, contractId: 'camille-electricity' });
    const { items } = await adapter.perform(listActivity, {});
    assert.deepEqual(items.slice(0, 6).map(({ kind, contractId }) => [kind, contractId]).toReversed(), [['alerts-changed', null], ['alert-device-added', null], ['alert-device-removed', null], ['medical-need-given', 'camille-electricity'], ['medical-need-withdrawn', 'camille-electricity'], ['outage-reported', null]]);
  });

  it('adds a browser once, and takes it away', async () => {
    const adapter = camille();
    const subscription = { endpoint: 'https://push.example/abcdefghijklmnopqrstuvwxyz', keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } };
    await adapter.perform(addPushDevice, { subscription });
    const { devices } = await adapter.perform(addPushDevice, { subscription });
    assert.equal(devices.length, 1);
    assert.deepEqual((await adapter.perform(removePushDevice, { deviceId: devices[0]?.id ?? '' })).devices, []);
  });

  it('keeps a medical need only with the text that was shown, and only of one’s own contract', async () => {
    const adapter = camille();
    const need = { contractId: 'camille-electricity', phone: '+33639980101', textVersion: '2026-11', language: 'fr' };
    assert.equal((await adapter.perform(giveMedicalNeed, need)).medicalNeeds.length, 1);
    await assert.rejects(adapter.perform(giveMedicalNeed, { ...need, textVersion: '2019' }), refusal('conflict'));
    await assert.rejects(adapter.perform(giveMedicalNeed, { ...need, contractId: 'lucien-electricity' }), refusal('not-found'));
    assert.deepEqual((await adapter.perform(withdrawMedicalNeed, { contractId: 'camille-electricity' })).medicalNeeds, []);
    assert.deepEqual((await adapter.perform(getAlertSettings, {})).medicalNeeds, []);
  });
});
