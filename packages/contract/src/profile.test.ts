import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACTIVITY, activityGroup, mergeChoices, NOTIFICATION_TOPICS, notificationsOf, PostalAddress, profileFaults, type ProfileChange } from './profile.ts';

describe('what a customer is told of', () => {
  it('is what concerns their contracts, by mail, as long as they have chosen nothing', () => {
    assert.deepEqual(notificationsOf([], ['email', 'sms']), [
      { topic: 'invoices', channels: ['email'] },
      { topic: 'readings', channels: ['email'] },
      { topic: 'consumption', channels: [] },
      { topic: 'news', channels: [] },
    ]);
  });

  it('is what they chose, and by nothing is a choice too', () => {
    const told = notificationsOf([{ topic: 'invoices', channels: [] }, { topic: 'news', channels: ['letter', 'email'] }], ['email', 'letter']);
    assert.deepEqual(told.map(({ topic }) => topic), NOTIFICATION_TOPICS);
    assert.deepEqual(told.find(({ topic }) => topic === 'invoices')?.channels, []);
    assert.deepEqual(told.find(({ topic }) => topic === 'news')?.channels, ['email', 'letter']);
  });

  it('comes by no way that the utility has given up', () => {
    assert.deepEqual(notificationsOf([{ topic: 'readings', channels: ['sms'] }], ['email']).find(({ topic }) => topic === 'readings')?.channels, []);
  });
});

describe('a change of the account that holds at once', () => {
  const utility = { languages: ['fr', 'en'], channels: ['email', 'sms'], mayExist: (phone: string) => phone.startsWith('+33') } as const;
  const faults = (change: ProfileChange, account: Parameters<typeof profileFaults>[1] = { phone: '+33639980101', notifications: [] }) =>
    profileFaults(change, account, utility).map(({ path, code }) => `${path} ${code}`);

  it('is refused field by field', () => {
    assert.deepEqual(faults({ phone: '+99912345678', language: 'oc', notifications: [{ topic: 'news', channels: ['letter'] }] }), ['phone invalid', 'language unknown', 'notifications unknown-channel']);
    assert.deepEqual(faults({ language: 'en', phone: null, notifications: [{ topic: 'news', channels: ['email'] }] }), []);
  });

  it('leaves no SMS without a phone, whichever of the two it changes', () => {
    const bySms = [{ topic: 'readings', channels: ['sms'] }] as const satisfies ProfileChange['notifications'];
    assert.deepEqual(faults({ notifications: bySms }, { phone: null, notifications: [] }), ['notifications phone-needed']);
    assert.deepEqual(faults({ phone: null }, { phone: '+33639980101', notifications: bySms }), ['notifications phone-needed']);
    assert.deepEqual(faults({ notifications: [{ topic: 'news', channels: ['email'] }] }, { phone: null, notifications: bySms }), ['notifications phone-needed']);
    assert.deepEqual(faults({ phone: '+33639980202', notifications: bySms }, { phone: null, notifications: [] }), []);
  });

  it('does not ask again about a phone that is there', () => {
    assert.deepEqual(faults({ phone: '+99912345678' }, { phone: '+99912345678', notifications: [] }), []);
  });

  it('is the last word on each topic', () => {
    assert.deepEqual(mergeChoices([{ topic: 'news', channels: ['email'] }, { topic: 'readings', channels: ['sms'] }], [{ topic: 'news', channels: [] }]), [
      { topic: 'readings', channels: ['sms'] },
      { topic: 'news', channels: [] },
    ]);
  });
});

describe('what was done', () => {
  it('has one group for each kind, and that of the account for a kind that came later', () => {
    const kinds = Object.values(ACTIVITY).flat();
    assert.equal(new Set(kinds).size, kinds.length);
    assert.equal(activityGroup('signed-in'), 'access');
    assert.equal(activityGroup('access-given'), 'contracts');
    assert.equal(activityGroup('something-new'), 'account');
  });
});

describe('a postal address', () => {
  const address = { lines: ['12 rue des Acacias'], postcode: '81400', city: 'Carmaux', country: 'FR' };

  it('is one to three lines without control characters, and a country in two letters', () => {
    assert.ok(PostalAddress.safeParse(address).success);
    for (const wrong of [{ lines: [] }, { lines: ['1', '2', '3', '4'] }, { lines: ['a\nb'] }, { lines: ['\u202Egnp.exe'] }, { city: ' ' }, { country: 'France' }, { postcode: '8'.repeat(17) }]) {
      assert.ok(!PostalAddress.safeParse({ ...address, ...wrong }).success, JSON.stringify(wrong));
    }
  });
});
