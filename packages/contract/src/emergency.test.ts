import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emergencyContacts, energyOfContact, textRelayAddress } from './emergency.ts';
import type { ContactPoint } from './portal.ts';

const label = { fr: 'Dépannage' };
const contact = (purpose: ContactPoint['purpose'], phone: string, place?: string[]): ContactPoint => ({ purpose, label, phone, ...(place && { place }) });

const north = contact('electricity-breakdown', '05 36 49 20 21', ['Tanus', 'Pampelonne']);
const south = contact('electricity-breakdown', '05 36 49 20 22', ['Valderiès']);
const anywhere = contact('electricity-breakdown', '05 36 49 20 20');
const gas = contact('gas-emergency', '05 36 49 10 30');
const service = contact('customer-service', '05 36 49 10 10');

describe('whom to call', () => {
  it('is told with gas first, and never the customer service', () => assert.deepEqual(emergencyContacts([service, anywhere, gas]), [gas, anywhere]));
  it('is of one energy where that is known', () => assert.deepEqual(emergencyContacts([service, anywhere, gas], { energy: 'electricity' }), [anywhere]));
  it('is who is near, however the commune is written', () => assert.deepEqual(emergencyContacts([north, south, anywhere], { commune: ' VALDERIES ' }), [south]));
  it('is who answers anywhere, for a commune that has nobody of its own', () => assert.deepEqual(emergencyContacts([north, south, anywhere], { commune: 'Moularès' }), [anywhere]));
  it('is everybody, for a commune that nobody knows', () => assert.deepEqual(emergencyContacts([north, south], { commune: 'Moularès' }), [north, south]));
  it('is nobody who cannot be reached', () => assert.deepEqual(emergencyContacts([{ purpose: 'gas-emergency', label, email: 'gaz@example.org' }]), []));

  it('leaves nobody without a number that there is, wherever they are', () => {
    const places = fc.option(fc.subarray(['Tanus', 'Valderiès', 'Rosières'], { minLength: 1 }), { nil: undefined });
    const contacts = fc.array(fc.record({ purpose: fc.constantFrom('electricity-breakdown' as const, 'gas-emergency' as const, 'customer-service' as const), place: places }));
    fc.assert(
      fc.property(contacts, fc.constantFrom('electricity' as const, 'gas' as const), fc.option(fc.constantFrom('Tanus', 'tanus', 'Lescure'), { nil: undefined }), (drawn, energy, commune) => {
        const all = drawn.map(({ purpose, place }, at) => contact(purpose, `05 36 49 00 0${at}`, place));
        const found = emergencyContacts(all, { energy, commune });
        assert.equal(found.length > 0, all.some((each) => energyOfContact(each) === energy));
        assert.ok(found.every((each) => energyOfContact(each) === energy));
      }),
    );
  });
});

describe('a number', () => {
  it('takes texts, or is the address of a relay, and nothing else', () => {
    assert.equal(textRelayAddress('06 39 98 10 30'), 'sms:0639981030');
    assert.equal(textRelayAddress('https://relais.example/'), 'https://relais.example/');
    for (const hostile of ['javascript:alert(1)', 'http://relais.example/', 'appelez-nous', '']) assert.equal(textRelayAddress(hostile), undefined, hostile);
  });
});
