import type { Contract, Freshness, Meter } from '@oya/contract';
import { expect } from 'chai';
import { tasksOf, type Situation } from './tasks.ts';

const contract: Contract = {
  id: 'c', energy: 'electricity', site: { id: 's', label: 'Maison', address: '1 rue', postcode: '81400', commune: 'Carmaux' },
  deliveryPoint: '00000000000000', number: 'EN-000000', holder: 'Camille Durand', offer: 'Base', subscribedPowerKva: 6, from: '2020-01-01', to: null,
};
const linky: Meter = { id: 'm', contractId: 'c', energy: 'electricity', kind: 'linky', serialNumber: '1', registers: [], resolutions: ['half-hour', 'day', 'month'], loadCurve: 'collected' };
const lastNight: Freshness = { measuredUntil: '2026-11-23T23:00:00Z', collectedAt: '2026-11-24T05:00:00Z', nextExpectedAt: '2026-11-25T05:00:00Z' };

function kinds(situation: Partial<Situation>): string[] {
  return tasksOf({ today: '2026-11-24', timeZone: 'Europe/Paris', contract, meter: linky, freshness: lastNight, ...situation }).map(({ kind }) => kind);
}

describe('what is there to do', () => {
  it('is nothing with a contract that runs and a meter that answers', () => expect(kinds({})).to.deep.equal([]));

  it('is nothing yet of what is not known yet', () => expect(kinds({ meter: undefined, freshness: undefined })).to.deep.equal([]));

  it('is to prepare the end of a contract from two months before', () => {
    expect(kinds({ contract: { ...contract, to: '2027-01-24' } })).to.deep.equal([]);
    expect(kinds({ contract: { ...contract, to: '2027-01-23' } })).to.deep.equal(['contract-ending']);
    expect(kinds({ contract: { ...contract, to: '2026-11-24' } })).to.deep.equal(['contract-ended']);
  });

  it('names the last day of a contract, which is the one before its end', () => {
    const [task] = tasksOf({ today: '2026-11-24', timeZone: 'Europe/Paris', contract: { ...contract, to: '2026-12-01' } });
    expect(task?.day).to.equal('2026-11-30');
  });

  it('is to know that a meter has been silent for days, since when', () => {
    const freshness = { ...lastNight, measuredUntil: '2026-11-18T23:00:00Z' };
    const [task] = tasksOf({ today: '2026-11-24', timeZone: 'Europe/Paris', contract, meter: linky, freshness });
    expect([task?.kind, task?.day]).to.deep.equal(['data-late', '2026-11-18']);
    expect(kinds({ freshness, meter: { ...linky, resolutions: ['month'] } }), 'read by hand').to.deep.equal([]);
    expect(kinds({ freshness, contract: { ...contract, to: '2026-11-19' } }), 'after the contract').to.deep.equal(['contract-ended']);
  });

  it('may be to consent to the half-hour, once there are days', () => {
    const meter: Meter = { ...linky, loadCurve: 'consent-needed' };
    expect(kinds({ meter })).to.deep.equal(['consent-possible']);
    expect(kinds({ meter, freshness: { ...lastNight, measuredUntil: null } })).to.deep.equal([]);
  });

  it('comes in the order of what cannot wait, what is good to know, what one may choose', () => {
    const situation = { meter: { ...linky, loadCurve: 'consent-needed' as const }, freshness: { ...lastNight, measuredUntil: '2026-11-18T23:00:00Z' }, contract: { ...contract, to: '2026-12-01' } };
    expect(kinds(situation)).to.deep.equal(['contract-ending', 'data-late', 'consent-possible']);
  });
});
