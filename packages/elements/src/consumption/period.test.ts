import { expect } from 'chai';
import { firstPeriod, neighbour, neighbourDay, switchView, viewsOf, withoutYearBefore, withYearBefore } from './period.ts';

const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };
const AVAILABLE = { from: '2024-10-15', to: '2026-11-24' };

describe('the period on view', () => {
  it('begins where the last day was measured, or today while that is not known', () => {
    expect(firstPeriod('month', AVAILABLE, '2027-03-02')).to.deep.equal(NOVEMBER);
    expect(firstPeriod('year', AVAILABLE, '2027-03-02')).to.deep.equal({ from: '2026-01-01', to: '2027-01-01' });
    expect(firstPeriod('month', undefined, '2027-03-02')).to.deep.equal({ from: '2027-03-01', to: '2027-04-01' });
    expect(firstPeriod('month', { from: '2026-10-01', to: '2026-11-01' }, '2026-11-24').from).to.equal('2026-10-01');
  });

  it('moves by a month or a year, across the turn of the year', () => {
    expect(neighbour({ from: '2026-01-01', to: '2026-02-01' }, 'month', -1, AVAILABLE)).to.deep.equal({ from: '2025-12-01', to: '2026-01-01' });
    expect(neighbour({ from: '2025-12-01', to: '2026-01-01' }, 'month', 1, AVAILABLE)).to.deep.equal({ from: '2026-01-01', to: '2026-02-01' });
    expect(neighbour({ from: '2025-01-01', to: '2026-01-01' }, 'year', 1, AVAILABLE)).to.deep.equal({ from: '2026-01-01', to: '2027-01-01' });
  });

  it('does not leave what was measured', () => {
    expect(neighbour(NOVEMBER, 'month', 1, AVAILABLE)).to.equal(undefined);
    expect(neighbour({ from: '2024-11-01', to: '2024-12-01' }, 'month', -1, AVAILABLE)?.from).to.equal('2024-10-01');
    expect(neighbour({ from: '2024-10-01', to: '2024-11-01' }, 'month', -1, AVAILABLE)).to.equal(undefined);
    expect(neighbourDay('2026-11-23', 1, AVAILABLE)).to.equal(undefined);
    expect(neighbourDay('2026-11-01', -1, AVAILABLE)).to.equal('2026-10-31');
    expect(neighbourDay('2024-10-15', -1, AVAILABLE)).to.equal(undefined);
  });

  it('comes back into what was measured from beyond it', () => {
    expect(neighbour({ from: '2026-12-01', to: '2027-01-01' }, 'month', -1, AVAILABLE)).to.deep.equal(NOVEMBER);
  });

  it('is asked for together with the same period a year earlier', () => {
    expect(withYearBefore(NOVEMBER)).to.deep.equal({ from: '2025-11-01', to: '2026-12-01' });
    for (const period of [NOVEMBER, { from: '2028-02-01', to: '2028-03-01' }, { from: '2026-01-01', to: '2027-01-01' }]) {
      expect(withoutYearBefore(withYearBefore(period))).to.deep.equal(period);
    }
  });

  it('stays around the same days when a month becomes a year and back', () => {
    expect(switchView({ from: '2025-03-01', to: '2025-04-01' }, 'year', AVAILABLE)).to.deep.equal({ from: '2025-01-01', to: '2026-01-01' });
    expect(switchView({ from: '2025-01-01', to: '2026-01-01' }, 'month', AVAILABLE)).to.deep.equal({ from: '2025-12-01', to: '2026-01-01' });
    expect(switchView({ from: '2026-01-01', to: '2027-01-01' }, 'month', AVAILABLE)).to.deep.equal(NOVEMBER);
  });

  it('can only be one that the meter fills', () => {
    expect(viewsOf(['half-hour', 'hour', 'day', 'month', 'year'])).to.deep.equal(['month', 'year']);
    expect(viewsOf(['month', 'year'])).to.deep.equal(['year']);
    expect(viewsOf(['year'])).to.deep.equal([]);
  });
});
