import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canFollow, isOpen, RequestState } from './request-list.ts';
import { FURTHEST_DAYS, LATEST_DAYS, MOST_OVERLAP_DAYS, powersOffered, requestFaults, requestNumber, type RequestPlace } from './request-rules.ts';
import { formFor, knownProcedures, Procedure } from './procedures.ts';
import { RequestDetails, type ConnectionDetails, type MovingDetails, type PowerOrTariffDetails } from './requests.ts';
import { addDays } from './time.ts';

const TODAY = '2026-11-24';
const place: RequestPlace = {
  today: TODAY,
  contracts: [
    { id: 'home', energy: 'electricity', from: '2024-03-01', to: null, subscribedPowerKva: 6 },
    { id: 'gas', energy: 'gas', from: '2024-03-01', to: null, subscribedPowerKva: null },
    { id: 'old', energy: 'electricity', from: '2019-03-01', to: '2024-03-01', subscribedPowerKva: 6 },
  ],
  meters: [
    { id: 'linky', contractId: 'home', registers: [{ code: 'HP', digits: 6 }, { code: 'HC', digits: 6 }] },
    { id: 'gas-meter', contractId: 'gas', registers: [{ code: 'BASE', digits: 5 }] },
  ],
  form: {},
  files: 0,
};
const address = { lines: ['12 rue des Mines'], postcode: '81400', city: 'Carmaux', country: 'FR' };
const leaving = { contractIds: ['home', 'gas'], on: '2026-12-15' };
const entering = { on: '2026-12-14', energies: ['electricity' as const] };

const faults = (details: RequestDetails, other: Partial<RequestPlace> = {}) => requestFaults(details, { ...place, ...other }).map(({ path, code }) => `${path} ${code}`);
const moving = (change: Partial<MovingDetails> = {}) => faults({ kind: 'moving', leaving, entering, address, ...change });
const power = (change: Partial<PowerOrTariffDetails> = {}, other?: Partial<RequestPlace>) => faults({ kind: 'power-or-tariff', contractId: 'home', powerKva: 9, ...change }, other);
const connection = (change: Partial<ConnectionDetails> = {}) => faults({ kind: 'connection', energy: 'electricity', work: 'new-connection', address, on: '2027-02-01', powerKva: 12, ...change });

describe('a move', () => {
  it('is out of a place, into another, or both', () => {
    assert.deepEqual(moving(), []);
    assert.deepEqual(moving({ leaving: undefined }), []);
    assert.deepEqual(moving({ entering: undefined }), []);
    assert.deepEqual(moving({ leaving: undefined, entering: undefined }), ['moves missing']);
  });
  it('ends contracts that are the customer’s own and run', () => {
    assert.deepEqual(moving({ leaving: { ...leaving, contractIds: ['home', 'other'] } }), ['leaving.contractIds unknown']);
    assert.deepEqual(moving({ leaving: { ...leaving, contractIds: ['old'] } }), ['leaving.contractIds unknown']);
    assert.deepEqual(moving({ leaving: { ...leaving, contractIds: [] } }), ['leaving.contractIds missing']);
  });
  it('has days, as they are typed: none yet, one that never was, one before the contract', () => {
    assert.deepEqual(moving({ leaving: { ...leaving, on: '' } }), ['leaving.on missing']);
    assert.deepEqual(moving({ entering: { ...entering, on: '2026-02-30' } }), ['entering.on missing']);
    const contracts = [{ id: 'home', energy: 'electricity' as const, from: '2026-11-20', to: null, subscribedPowerKva: 6 }];
    assert.deepEqual(faults({ kind: 'moving', leaving: { contractIds: ['home'], on: '2026-11-10' }, address }, { contracts }), ['leaving.on before-contract']);
  });
  it('has days within reach, and the two not further apart than anybody pays two places for', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800, max: 800 }), fc.integer({ min: -800, max: 800 }), (out, into) => {
        const contracts = place.contracts.map((contract) => ({ ...contract, from: '2000-01-01' }));
        const found = faults({ kind: 'moving', leaving: { ...leaving, on: addDays(TODAY, out) }, entering: { ...entering, on: addDays(TODAY, into) }, address }, { contracts });
        const within = (days: number) => days >= -LATEST_DAYS && days <= FURTHEST_DAYS;
        assert.equal(found.some((fault) => /^leaving.on too-/.test(fault)), !within(out));
        assert.equal(found.some((fault) => /^entering.on too-/.test(fault)), !within(into));
        assert.equal(found.includes('entering.on apart'), into < out - MOST_OVERLAP_DAYS || into > out + FURTHEST_DAYS);
      }),
    );
  });
  it('takes readings of the meters that are left, of a day that has been', () => {
    const read = (on: string, meterId: string, register: string, index: number) => moving({ leaving: { ...leaving, readings: [{ meterId, on, indexes: [{ register, index }] }] } });
    assert.deepEqual(read(TODAY, 'linky', 'HP', 26_460), []);
    assert.deepEqual(read('2026-11-25', 'linky', 'HP', 26_460), ['readings.linky.on not-yet']);
    assert.deepEqual(read(TODAY, 'linky', 'HP', 1_000_000), ['readings.linky.HP digits']);
    assert.deepEqual(read(TODAY, 'linky', 'BASE', 1), ['readings.linky.BASE unknown']);
    assert.deepEqual(read(TODAY, 'somebody-elses', 'HP', 1), ['readings.somebody-elses unknown']);
  });
  it('leads to an address', () => assert.deepEqual(moving({ address: { lines: [''], postcode: ' ', city: '', country: 'FR' } }), ['address.street missing', 'address.postcode missing', 'address.city missing']));
});

describe('another power or tariff', () => {
  it('is another than today’s, and one that the utility has', () => {
    assert.deepEqual(power(), []);
    assert.deepEqual(power({ powerKva: 6 }), ['powerKva same']);
    assert.deepEqual(power({ powerKva: 7 }), ['powerKva not-offered']);
    assert.deepEqual(power({}, { form: { powersKva: [6, 3] } }), ['powerKva not-offered']);
    assert.deepEqual(power({ powerKva: undefined }), ['change missing']);
    assert.deepEqual(power({ powerKva: undefined, tariff: 'tempo' }), []);
    assert.deepEqual(power({ powerKva: undefined, tariff: 'tempo' }, { form: { tariffs: ['base'] } }), ['tariff not-offered']);
    assert.deepEqual(powersOffered({ powersKva: [6, 3] }), [3, 6]);
  });
  it('is of an electricity contract that runs', () => {
    for (const contractId of ['gas', 'old', 'nobodys']) assert.deepEqual(power({ contractId }), ['contractId unknown']);
    assert.deepEqual(power({ contractId: '' }), ['contractId missing']);
  });
  it('begins today at the earliest', () => assert.deepEqual(power({ on: '2026-11-23' }), ['on too-early']));
});

describe('works', () => {
  it('are planned, for a power where there is to be one', () => {
    assert.deepEqual(connection(), []);
    assert.deepEqual(connection({ powerKva: undefined }), ['powerKva missing']);
    assert.deepEqual(connection({ powerKva: undefined, work: 'meter-move' }), []);
    assert.deepEqual(connection({ energy: 'gas' }), ['powerKva not-offered']);
    assert.deepEqual(connection({ on: '2028-01-01' }), ['on too-far']);
  });
});

describe('a claim, and documents', () => {
  it('say what they are about', () => {
    assert.deepEqual(faults({ kind: 'claim', topic: 'outage', words: 'Trois coupures en une semaine.', on: '2026-11-20' }), []);
    assert.deepEqual(faults({ kind: 'claim', topic: 'outage', words: '  ', on: '2026-11-25', contractId: 'other' }), ['contractId unknown', 'on not-yet', 'words missing']);
    assert.deepEqual(faults({ kind: 'documents', document: 'lease' }), ['attachmentIds missing']);
    assert.deepEqual(faults({ kind: 'documents', document: 'lease' }, { files: 1 }), []);
  });
});

describe('what becomes of a request', () => {
  const states = RequestState.options;

  it('ends once: what has ended is followed by nothing', () => {
    for (const from of ['done', 'refused', 'withdrawn'] as const) for (const to of states) for (const by of ['customer', 'utility'] as const) assert.equal(canFollow(from, to, by), false);
    assert.deepEqual(states.filter((state) => isOpen({ state })), ['received', 'in-progress', 'waiting']);
  });
  it('is never withdrawn by the utility, nor decided by the customer', () => {
    for (const from of states) {
      assert.equal(canFollow(from, 'withdrawn', 'utility'), false);
      for (const to of ['received', 'waiting', 'done', 'refused'] as const) assert.equal(canFollow(from, to, 'customer'), false);
    }
  });
  it('goes on by an answer only where something was asked', () => assert.deepEqual(states.filter((state) => canFollow(state, 'in-progress', 'customer')), ['waiting']));

  it('is named by signs that nobody confuses', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => assert.match(requestNumber(bytes), /^D-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)));
  });
});

describe('procedures', () => {
  const link = { id: 'mesure', kind: 'measure' as const, way: { by: 'link' as const, to: 'consumption' }, haveAtHand: [] };

  it('are links or forms, and forms only where there is one', () => {
    assert.equal(Procedure.safeParse(link).success, true);
    assert.equal(Procedure.safeParse({ ...link, way: { by: 'form' } }).success, false);
    assert.equal(Procedure.safeParse({ ...link, id: 'a/b' }).success, false);
  });
  it('that nobody understands are left out, and the others stay', () => assert.deepEqual(knownProcedures([{ ...link, kind: 'of-tomorrow' }, link, null]), [link]));
  it('have the form of a kind, or none', () => {
    const form = { ...link, id: 'puissance', kind: 'power-or-tariff' as const, way: { by: 'form' as const, powersKva: [6] } };
    assert.deepEqual(formFor('power-or-tariff', [link, form]), form.way);
    assert.equal(formFor('moving', [link, form]), undefined);
    assert.equal(formFor('moving'), undefined);
  });
});

it('what the rule lets through, the contract’s schema takes', () => {
  const details: MovingDetails = { kind: 'moving', leaving: { ...leaving, successor: 'Mme Petit' }, entering: { ...entering, indexes: [{ energy: 'electricity', index: 12 }] }, address };
  assert.deepEqual(moving(details), []);
  assert.equal(RequestDetails.safeParse(details).success, true);
});
