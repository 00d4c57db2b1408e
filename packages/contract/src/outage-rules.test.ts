import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { comparableStreet, concernOf, concernsOf, placeOf, reachesMore, streetAddress } from './outage-places.ts';
import { byPhase, canStillBeOut, formerEnds, isOverdue, isStillSaid, outageNews, outagePhase } from './outage-rules.ts';
import * as z from 'zod/mini';
import { OUTAGE_STATES, OutageMap, OutageStreet, type Outage, type OutageUpdate } from './outages.ts';

const now = Date.parse('2026-11-24T18:00:00Z');
const storm: Outage = {
  id: 'storm', kind: 'outage', energy: 'electricity', state: 'repairing', cause: 'storm', households: 420,
  areas: [{ commune: '81292', name: 'Tanus', streets: [] }],
  startsAt: '2026-11-24T16:10:00Z', estimatedEnd: '2026-11-24T19:30:00Z', endedAt: null,
  history: [{ at: '2026-11-24T16:15:00Z', state: 'reported', startsAt: '2026-11-24T16:10:00Z', estimatedEnd: null, note: null }],
};
const works = { ...storm, kind: 'works', state: 'planned', startsAt: '2026-12-01T07:30:00Z', estimatedEnd: '2026-12-01T11:00:00Z' } as const;
const update = (more: Partial<OutageUpdate> = {}): OutageUpdate => ({ at: '2026-11-24T16:15:00Z', state: 'repairing', startsAt: storm.startsAt, estimatedEnd: storm.estimatedEnd, note: null, ...more });

describe('where an outage stands', () => {
  it('is current until it is restored, however late', () => {
    assert.equal(outagePhase(storm, now), 'current');
    assert.equal(outagePhase(storm, now + 72 * 3_600_000), 'current');
    assert.equal(outagePhase({ ...storm, state: 'restored' }, now), 'past');
  });

  it('says when its expected end has passed without a word', () => {
    assert.equal(isOverdue(storm, now), false);
    assert.equal(isOverdue(storm, Date.parse('2026-11-24T19:31:00Z')), true);
    assert.equal(isOverdue({ ...storm, estimatedEnd: null }, now + 1e9), false);
  });

  it('is planned until its works begin, then current, and over a day after works of which nobody said the end', () => {
    assert.equal(outagePhase(works, now), 'planned');
    assert.equal(outagePhase(works, Date.parse('2026-12-01T08:00:00Z')), 'current');
    assert.equal(outagePhase(works, Date.parse('2026-12-01T20:00:00Z')), 'current');
    assert.equal(outagePhase(works, Date.parse('2026-12-02T11:01:00Z')), 'past');
  });

  it('loses none and lists none twice', () => {
    const outage = fc.record({
      kind: fc.constantFrom('outage' as const, 'works' as const), state: fc.constantFrom(...OUTAGE_STATES),
      startsAt: fc.integer({ min: -1000, max: 1000 }).map((hours) => new Date(now + hours * 3_600_000).toISOString()),
      estimatedEnd: fc.option(fc.integer({ min: -1000, max: 1000 }).map((hours) => new Date(now + hours * 3_600_000).toISOString())),
      endedAt: fc.constant(null),
    });
    fc.assert(fc.property(fc.array(outage), (outages) => {
      const { current, planned, past } = byPhase(outages, now);
      assert.deepEqual(new Set([...current, ...planned, ...past]), new Set(outages));
      assert.equal(current.length + planned.length + past.length, outages.length);
    }));
  });

  it('takes “still out” for two days after it was restored, and not before', () => {
    assert.equal(canStillBeOut({ state: 'restored', endedAt: '2026-11-24T17:00:00Z' }, now), true);
    assert.equal(canStillBeOut({ state: 'restored', endedAt: '2026-11-22T17:00:00Z' }, now), false);
    assert.equal(canStillBeOut({ state: 'repairing', endedAt: null }, now), false);
  });
});

describe('what somebody without supply says', () => {
  it('holds until it is restored, and then only where it is said again', () => {
    assert.equal(isStillSaid({ endedAt: null }, '2026-11-24T17:00:00Z'), true);
    assert.equal(isStillSaid({ endedAt: '2026-11-24T17:00:00Z' }, '2026-11-24T16:59:59Z'), false);
    assert.equal(isStillSaid({ endedAt: '2026-11-24T17:00:00Z' }, '2026-11-24T17:00:00Z'), true);
  });
});

describe('how the expected end changed', () => {
  it('names each former end once, with when it was said', () => {
    const history = [update({ at: 'a', estimatedEnd: null }), update({ at: 'b', estimatedEnd: '1' }), update({ at: 'c', estimatedEnd: '1' }), update({ at: 'd', estimatedEnd: '2' })];
    assert.deepEqual(formerEnds({ history, estimatedEnd: '2' }), [{ at: 'b', estimatedEnd: '1' }]);
    assert.deepEqual(formerEnds({ history, estimatedEnd: null }).map(({ estimatedEnd }) => estimatedEnd), ['1', '2']);
  });
});

describe('an address in one line', () => {
  it('is read with its number and repetition', () => {
    assert.deepEqual(streetAddress('12 bis, rue de la Mine'), { number: 12, street: 'rue de la mine' });
    assert.deepEqual(streetAddress('4 Av. Jean-Jaurès'), { number: 4, street: 'avenue jean jaures' });
    assert.deepEqual(streetAddress('Lieu-dit La Croix'), { street: 'lieu dit la croix' });
    assert.deepEqual(streetAddress('3 d rue Basse'), { number: 3, street: 'rue basse' });
    assert.deepEqual(streetAddress('3 Domaine du Viaur'), { number: 3, street: 'domaine du viaur' });
  });

  it('compares streets as people shorten them', () => {
    assert.equal(comparableStreet('Bd. Gal. Leclerc'), comparableStreet('boulevard Général-Leclerc'));
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string(), (line) => typeof streetAddress(line).street === 'string'));
  });
});

describe('whom an outage reaches', () => {
  const areas = (...streets: OutageStreet[]) => ({ areas: [{ commune: '81060', name: 'Carmaux', streets }] });
  const at = (address?: string) => ({ commune: '81060', address });

  it('is nobody elsewhere', () => {
    assert.equal(concernOf(areas(), { commune: '81292', address: '1 rue Basse' }), undefined);
  });

  it('is the commune where no street is named, or the place has no street', () => {
    assert.equal(concernOf(areas(), at('12 rue de la Mine')), 'commune');
    assert.equal(concernOf(areas({ name: 'Rue de la Mine' }), at()), 'commune');
    assert.equal(concernOf(areas({ name: 'Rue de la Mine' }), at('')), 'commune');
    for (const hamlet of ['12', 'La Croix', 'Lieu-dit La Croix', 'Ferme du Bruc']) assert.equal(concernOf(areas({ name: 'Rue de la Mine' }), at(hamlet)), 'commune', hamlet);
    assert.equal(concernOf(areas({ name: 'La Croix' }), at('la croix')), 'address');
    for (const street of ['rue Basse', 'Grande Rue', 'Bd. Gambetta', '4 La Croix']) assert.equal(concernOf(areas({ name: 'Rue de la Mine' }), at(street)), undefined, street);
  });

  it('is the address where its street is named, with its numbers and side', () => {
    const part = areas({ name: 'rue de la Mine', from: 10, to: 30, side: 'even' });
    assert.equal(concernOf(areas({ name: 'R. de la Mine' }), at('12 rue de la Mine')), 'address');
    assert.equal(concernOf(part, at('12 bis rue de la Mine')), 'address');
    assert.equal(concernOf(part, at('13 rue de la Mine')), undefined);
    assert.equal(concernOf(part, at('32 rue de la Mine')), undefined);
    assert.equal(concernOf(part, at('rue de la Mine')), 'commune');
    assert.equal(concernOf(part, at('12 rue Basse')), undefined);
  });

  it('is exactly the numbers between the ends and on the side', () => {
    const number = fc.integer({ min: 1, max: 200 });
    fc.assert(fc.property(number, number, number, fc.constantFrom('odd' as const, 'even' as const, undefined), (house, one, other, side) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const isIn = house >= from && house <= to && (side === undefined || (side === 'odd') === (house % 2 === 1));
      assert.equal(concernOf(areas({ name: 'rue Basse', from, to, ...(side && { side }) }), at(`${house} rue Basse`)), isIn ? 'address' : undefined);
    }));
  });
});

describe('the numbers of a street', () => {
  it('run from the lower to the higher', () => {
    assert.equal(OutageStreet.safeParse({ name: 'rue Basse', from: 45, to: 1 }).success, false);
    for (const numbers of [{ from: 1, to: 45 }, { from: 7, to: 7 }, { from: 45 }, { to: 1 }, {}]) assert.ok(OutageStreet.safeParse({ name: 'rue Basse', ...numbers }).success);
  });
});

describe('the outages of a customer', () => {
  const served = [{ name: 'Tanus', postcode: '81190', energies: ['electricity' as const], code: '81292' }, { name: 'Moularès', postcode: '81190', energies: ['electricity' as const] }];
  const site = { id: 's', label: 'Maison', address: '5 route du Viaur', postcode: '81190', commune: 'TANUS' };
  const contract = { id: 'c', energy: 'electricity' as const, site, to: null };

  it('are found by the name of the commune, however it is written, and the street', () => {
    assert.deepEqual(placeOf(site, served), { commune: '81292', address: '5 route du Viaur' });
    assert.equal(placeOf({ ...site, commune: 'Moulares' }, served), undefined);
    assert.equal(placeOf({ ...site, commune: 'Albi' }, served), undefined);
    assert.deepEqual(concernsOf([storm], [contract], served, '2026-11-24'), [{ outageId: 'storm', contractId: 'c', site: 'Maison', by: 'commune' }]);
  });

  it('are none of another energy, and none of a contract that has ended', () => {
    assert.deepEqual(concernsOf([{ ...storm, energy: 'gas' }], [contract], served, '2026-11-24'), []);
    assert.deepEqual(concernsOf([storm], [{ ...contract, to: '2026-11-24' }], served, '2026-11-24'), []);
    assert.equal(concernsOf([storm], [{ ...contract, to: '2026-11-25' }], served, '2026-11-24').length, 1);
  });
});

describe('what is news', () => {
  it('is told once for each thing that people act on', () => {
    assert.equal(outageNews(undefined, update({ state: 'reported' })), 'announced');
    assert.equal(outageNews(update({ state: 'reported' }), update({ state: 'acknowledged' })), undefined);
    assert.equal(outageNews(update(), update({ estimatedEnd: '2026-11-24T21:00:00Z' })), 'end-moved');
    assert.equal(outageNews(update(), update({ state: 'restored' })), 'restored');
    assert.equal(outageNews(update({ state: 'planned' }), update({ state: 'planned', startsAt: '2026-12-02T07:30:00Z' })), 'changed');
    assert.equal(outageNews(update({ state: 'planned' }), update({ state: 'repairing' })), 'started');
    assert.equal(outageNews(update({ state: 'planned' }), update({ state: 'cancelled' })), 'cancelled');
    assert.equal(outageNews(update({ state: 'restored' }), update({ state: 'reported' })), 'announced');
    assert.equal(outageNews(update({ state: 'repairing' }), update({ state: 'planned', startsAt: '2026-12-02T07:30:00Z' })), 'changed', 'begun, and put off');
    assert.equal(outageNews(update({ state: 'restored' }), update({ state: 'restored', estimatedEnd: '2026-11-24T21:00:00Z' })), undefined);
  });

  it('is told to those whom it did not reach before, where nothing else is', () => {
    assert.equal(outageNews(update(), update(), true), 'extended');
    assert.equal(outageNews(update({ state: 'planned' }), update({ state: 'planned' }), true), 'extended');
    assert.equal(outageNews(update(), update({ estimatedEnd: '2026-11-24T21:00:00Z' }), true), 'end-moved');
    assert.equal(outageNews(update({ state: 'restored' }), update({ state: 'restored' }), true), undefined);
    const areas = (commune: string, ...streets: OutageStreet[]) => [{ commune, name: 'Tanus', streets }];
    const mine = { name: 'rue de la Mine', from: 1, to: 9 };
    assert.equal(reachesMore(areas('81292', mine), areas('81292')), true);
    assert.equal(reachesMore(areas('81292', mine), areas('81292', mine, { name: 'rue du Puits' })), true);
    assert.equal(reachesMore(areas('81292', mine), areas('81060', mine)), true);
    assert.equal(reachesMore(areas('81292'), areas('81292', mine)), false);
    assert.equal(reachesMore(areas('81292', mine, { name: 'rue du Puits' }), areas('81292', { ...mine, name: 'R. de la Mine' })), false);
  });

  it('is nothing when nothing changed, and nothing that was over before anybody heard of it', () => {
    fc.assert(fc.property(fc.constantFrom(...OUTAGE_STATES), (state) => assert.equal(outageNews(update({ state }), update({ state, at: 'later' })), undefined)));
    assert.equal(outageNews(undefined, update({ state: 'restored' })), undefined);
  });
});

describe('a map', () => {
  const square = [[2, 44], [2.1, 44], [2.1, 44.1], [2, 44]];
  const feature = (geometry: unknown, properties: unknown = { commune: '81060', name: 'Carmaux' }) => ({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] });
  it('is polygons with the code of their commune', () => {
    assert.equal(z.safeParse(OutageMap, feature({ type: 'Polygon', coordinates: [square] })).success, true);
    assert.equal(z.safeParse(OutageMap, feature({ type: 'MultiPolygon', coordinates: [[square]] })).success, true);
  });
  it('is refused with other shapes, without a code, or off the globe', () => {
    for (const wrong of [feature({ type: 'Point', coordinates: [2, 44] }), feature({ type: 'Polygon', coordinates: [square] }, { name: 'Carmaux' }), feature({ type: 'Polygon', coordinates: [[[200, 44], ...square]] }), feature(null), null, { type: 'FeatureCollection' }, feature({ type: 'MultiPolygon', coordinates: [] })]) {
      assert.equal(z.safeParse(OutageMap, wrong).success, false);
    }
  });
});
