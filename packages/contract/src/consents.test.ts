import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { consentFaults, expiryOf, loadCurveState, type Consent, type ConsentPurpose } from './consents.ts';

type State = Consent['state'];

function consents(recording: State, collection: State): Consent[] {
  const consent = (purpose: ConsentPurpose, state: State): Consent => ({
    purpose, state, since: state === 'off' ? null : '2026-11-20T09:00:00Z', text: { version: `${purpose} 2`, title: { fr: 'T' }, text: { fr: 'J’accepte.' } },
  });
  return [consent('curve-recording', recording), consent('curve-collection', collection)];
}

const recording = { purpose: 'curve-recording' as const, textVersion: 'curve-recording 2' };
const collection = { purpose: 'curve-collection' as const, textVersion: 'curve-collection 2' };

describe('giving consents', () => {
  it('may be done one by one: the recording first, or both at once in any order', () => {
    assert.deepEqual(consentFaults([recording], consents('off', 'off')), []);
    assert.deepEqual(consentFaults([recording, collection], consents('off', 'off')), []);
    assert.deepEqual(consentFaults([collection, recording], consents('off', 'off')), []);
    for (const state of ['requested', 'active'] as const) assert.deepEqual(consentFaults([collection], consents(state, 'off')), []);
  });

  it('asks for the recording before what is recorded can be collected', () => {
    for (const state of ['off', 'failed'] as const) assert.deepEqual(consentFaults([collection], consents(state, 'off')), [{ path: 'choices.0.purpose', code: 'needs-recording' }]);
    assert.deepEqual(consentFaults([collection], []), [{ path: 'choices.0.purpose', code: 'unknown' }]);
  });

  it('agrees to the words in force only, and names the choice that does not', () => {
    assert.deepEqual(consentFaults([recording, { ...collection, textVersion: 'curve-collection 1' }], consents('off', 'off')), [{ path: 'choices.1.textVersion', code: 'outdated-text' }]);
    // The words of one consent are not those of the other.
    assert.deepEqual(consentFaults([{ ...recording, textVersion: collection.textVersion }], consents('off', 'off')), [{ path: 'choices.0.textVersion', code: 'outdated-text' }]);
  });

  it('does not let words that are refused stand for the recording', () => {
    const faults = consentFaults([{ ...recording, textVersion: 'curve-recording 1' }, collection], consents('off', 'off'));
    assert.deepEqual(faults, [{ path: 'choices.0.textVersion', code: 'outdated-text' }]);
  });
});

describe('a consent for some months', () => {
  it('ends on the day of the same number, or on the last of a month that has no such day', () => {
    const cases: [string, number, string][] = [['2026-11-24', 12, '2027-11-24'], ['2026-11-30', 3, '2027-02-28'], ['2027-11-30', 3, '2028-02-29'], ['2026-01-31', 1, '2026-02-28'], ['2028-02-29', 12, '2029-02-28']];
    for (const [day, months, end] of cases) assert.equal(expiryOf(day, months), end);
  });
});

describe('the load curve', () => {
  it('is collected when both consents are in effect, requested when both are given, and else waits for consent', () => {
    const states = ['off', 'requested', 'active', 'failed'] as const;
    for (const one of states) {
      for (const other of states) {
        const given = [one, other].every((state) => state === 'requested' || state === 'active');
        const expected = one === 'active' && other === 'active' ? 'collected' : given ? 'requested' : 'consent-needed';
        assert.equal(loadCurveState(consents(one, other)), expected, `${one}, ${other}`);
      }
    }
    assert.equal(loadCurveState([]), 'consent-needed');
  });
});
