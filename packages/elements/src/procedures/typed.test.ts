import { expect } from 'chai';
import { detailsOf, isOnStep, nameOf, stepsOf, type TypedPlace } from './typed.ts';

const place: TypedPlace = {
  today: '2026-11-24',
  contractIds: ['home', 'gas'],
  meters: [{ id: 'm.1', contractId: 'home', registers: [{ code: 'HP', digits: 6 }, { code: 'HC', digits: 6 }] }, { id: 'g', contractId: 'gas', registers: [{ code: 'BASE', digits: 5 }] }],
};
const address = { 'address-street': ' 4 rue de l’Exemple ', 'address-extra': '', 'address-postcode': '81400', 'address-city': 'Carmaux' };
const lines = { lines: ['4 rue de l’Exemple'], postcode: '81400', city: 'Carmaux', country: 'FR' };

describe('what is typed', () => {
  it('of a move is out, in or both, with the readings of what is left alone', () => {
    const typed = { moves: 'both', 'leaving-contractIds-home': 'yes', 'leaving-on': '2026-12-15', 'readings-m-1-HP': '26 460', 'readings-m-1-HC': '', 'readings-g-BASE': '7', 'leaving-successor': 'Mme Petit', 'entering-on': '2026-12-14', 'entering-energies-electricity': 'yes', 'entering-indexes-electricity': '12', 'entering-indexes-gas': '3', ...address };
    expect(detailsOf('moving', typed, place)).to.deep.equal({
      kind: 'moving',
      leaving: { contractIds: ['home'], on: '2026-12-15', readings: [{ meterId: 'm.1', on: '2026-11-24', indexes: [{ register: 'HP', index: 26_460 }] }], successor: 'Mme Petit' },
      entering: { on: '2026-12-14', energies: ['electricity'], indexes: [{ energy: 'electricity', index: 12 }] },
      address: lines,
    });
    expect(detailsOf('moving', { ...typed, moves: 'in' }, place)).to.not.have.property('leaving');
    expect(detailsOf('moving', { ...typed, moves: 'out' }, place)).to.not.have.property('entering');
  });
  it('means the only contract without a tick, and the day of leaving once it has been', () => {
    const details = detailsOf('moving', { moves: 'out', 'leaving-on': '2026-11-20', 'readings-g-BASE': '123' }, { ...place, contractIds: ['gas'] });
    expect(details).to.deep.include({ leaving: { contractIds: ['gas'], on: '2026-11-20', readings: [{ meterId: 'g', on: '2026-11-20', indexes: [{ register: 'BASE', index: 123 }] }] } });
  });
  it('leaves out what was left empty', () => {
    expect(detailsOf('power-or-tariff', { contractId: 'home', powerKva: '9', tariff: '', on: '', words: '  ' }, place)).to.deep.equal({ kind: 'power-or-tariff', contractId: 'home', powerKva: 9 });
    expect(detailsOf('claim', { topic: 'outage', words: 'Trois coupures.' }, place)).to.deep.equal({ kind: 'claim', topic: 'outage', words: 'Trois coupures.' });
  });
  it('has a place on one step', () => {
    expect(stepsOf('moving', { moves: 'in' })).to.deep.equal(['moves', 'entering', 'check']);
    expect(stepsOf('moving', {})).to.deep.equal(['moves', 'leaving', 'entering', 'check']);
    expect(isOnStep('address.street', 'entering')).to.equal(true);
    expect(isOnStep('on', 'power')).to.equal(true);
    expect(isOnStep('once', 'power')).to.equal(false);
    expect(nameOf('readings.m.1.HP')).to.equal('readings-m-1-HP');
  });
});
