import { expect } from 'chai';
import { back, choose, firstQuestion, nearestDay, neighbour, neighbourDay, readAsked, switchView, toDay, toMonth, viewsOf, withBaseline, type Question, type View } from './question.ts';

const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };
const AVAILABLE = { from: '2024-10-15', to: '2026-11-24' };
const ALL: readonly View[] = ['month', 'year', 'years'];

function on(view: View, from: string, to: string, more: Partial<Question> = {}): Question {
  return { view, period: { from, to }, unit: 'measure', direction: 'consumption', baseline: 'year', ...more };
}
function first(view: View, available: typeof AVAILABLE | undefined, today: string) {
  return firstQuestion({ view, unit: 'measure', baseline: 'year' }, available, today).period;
}

describe('the period on view', () => {
  it('begins where the last day was measured, or today while that is not known', () => {
    expect(first('month', AVAILABLE, '2027-03-02')).to.deep.equal(NOVEMBER);
    expect(first('year', AVAILABLE, '2027-03-02')).to.deep.equal({ from: '2026-01-01', to: '2027-01-01' });
    expect(first('month', undefined, '2027-03-02')).to.deep.equal({ from: '2027-03-01', to: '2027-04-01' });
    expect(first('month', { from: '2026-10-01', to: '2026-11-01' }, '2026-11-24').from).to.equal('2026-10-01');
  });

  it('holds all years side by side, from the first measured to the last', () => {
    expect(first('years', AVAILABLE, '2026-11-24')).to.deep.equal({ from: '2024-01-01', to: '2027-01-01' });
    expect(neighbour(on('years', '2024-01-01', '2027-01-01'), -1, AVAILABLE)).to.equal(undefined);
  });

  it('moves by a month or a year, across the turn of the year', () => {
    expect(neighbour(on('month', '2026-01-01', '2026-02-01'), -1, AVAILABLE)?.period).to.deep.equal({ from: '2025-12-01', to: '2026-01-01' });
    expect(neighbour(on('month', '2025-12-01', '2026-01-01'), 1, AVAILABLE)?.period).to.deep.equal({ from: '2026-01-01', to: '2026-02-01' });
    expect(neighbour(on('year', '2025-01-01', '2026-01-01'), 1, AVAILABLE)?.period).to.deep.equal({ from: '2026-01-01', to: '2027-01-01' });
  });

  it('does not leave what was measured', () => {
    expect(neighbour(on('month', NOVEMBER.from, NOVEMBER.to), 1, AVAILABLE)).to.equal(undefined);
    expect(neighbour(on('month', '2024-11-01', '2024-12-01'), -1, AVAILABLE)?.period.from).to.equal('2024-10-01');
    expect(neighbour(on('month', '2024-10-01', '2024-11-01'), -1, AVAILABLE)).to.equal(undefined);
    expect(neighbourDay('2026-11-23', 1, AVAILABLE)).to.equal(undefined);
    expect(neighbourDay('2026-11-01', -1, AVAILABLE)).to.equal('2026-10-31');
    expect(neighbourDay('2024-10-15', -1, AVAILABLE)).to.equal(undefined);
    expect([nearestDay('2020-01-01', AVAILABLE), nearestDay('2026-05-05', AVAILABLE), nearestDay('2030-01-01', AVAILABLE)]).to.deep.equal(['2024-10-15', '2026-05-05', '2026-11-23']);
  });

  it('comes back into what was measured from beyond it', () => {
    expect(neighbour(on('month', '2026-12-01', '2027-01-01'), -1, AVAILABLE)?.period).to.deep.equal(NOVEMBER);
  });

  it('stays around the same days when a month becomes a year and back', () => {
    expect(switchView(on('month', '2025-03-01', '2025-04-01'), 'year', AVAILABLE).period).to.deep.equal({ from: '2025-01-01', to: '2026-01-01' });
    expect(switchView(on('year', '2025-01-01', '2026-01-01'), 'month', AVAILABLE).period).to.deep.equal({ from: '2025-12-01', to: '2026-01-01' });
    expect(switchView(on('year', '2026-01-01', '2027-01-01'), 'month', AVAILABLE).period).to.deep.equal(NOVEMBER);
    expect(switchView(on('year', '2025-01-01', '2026-01-01'), 'years', AVAILABLE).period).to.deep.equal({ from: '2024-01-01', to: '2027-01-01' });
  });

  it('can only be one that the meter fills', () => {
    expect(viewsOf(['half-hour', 'hour', 'day', 'month', 'year'])).to.deep.equal(['month', 'year']);
    expect(viewsOf(['half-hour', 'hour', 'day', 'month', 'year'], AVAILABLE)).to.deep.equal(['month', 'year', 'years']);
    expect(viewsOf(['day', 'month', 'year'], { from: '2026-03-01', to: '2026-11-24' }), 'one year alone').to.deep.equal(['month', 'year']);
    expect(viewsOf(['month', 'year'])).to.deep.equal(['year']);
    expect(viewsOf(['year'])).to.deep.equal([]);
  });
});

describe('what a period is held against', () => {
  it('is the same period a year earlier, asked for with it', () => {
    expect(withBaseline(on('month', NOVEMBER.from, NOVEMBER.to))).to.deep.equal({ from: '2025-11-01', to: '2026-12-01' });
    expect(readAsked({ from: '2025-11-01', to: '2026-12-01' }, 'month')).to.deep.equal({ period: NOVEMBER, baseline: { from: '2025-11-01', to: '2025-12-01' } });
  });

  it('or the month before', () => {
    expect(withBaseline(on('month', '2026-01-01', '2026-02-01', { baseline: 'previous' }))).to.deep.equal({ from: '2025-12-01', to: '2026-02-01' });
    expect(readAsked({ from: '2025-12-01', to: '2026-02-01' }, 'month')).to.deep.equal({ period: { from: '2026-01-01', to: '2026-02-01' }, baseline: { from: '2025-12-01', to: '2026-01-01' } });
  });

  it('is for a year the year before, whichever was chosen; years stand side by side as they are', () => {
    for (const baseline of ['year', 'previous'] as const) expect(withBaseline(on('year', '2026-01-01', '2027-01-01', { baseline }))).to.deep.equal({ from: '2025-01-01', to: '2027-01-01' });
    expect(readAsked({ from: '2024-01-01', to: '2027-01-01' }, 'years')).to.deep.equal({ period: { from: '2024-01-01', to: '2027-01-01' }, baseline: undefined });
  });

  it('survives the 29th of February', () => {
    const february = on('month', '2028-02-01', '2028-03-01');
    expect(readAsked(withBaseline(february), 'month').period).to.deep.equal(february.period);
  });
});

describe('going down and back up', () => {
  it('leads from the years to a year, a month and a day, and back the same way to the same places', () => {
    const years = on('years', '2024-01-01', '2027-01-01', { unit: 'cost' });
    const year = choose(years, '2025-01-01', ALL);
    const month = choose(year, '2025-08-01', ALL);
    const day = choose(month, '2025-08-14', ALL);
    expect([year.period.from, month.period.to, day.chosen]).to.deep.equal(['2025-01-01', '2025-09-01', '2025-08-14']);
    const out = [day];
    for (let next = back(day, AVAILABLE); next && out.length < 9; next = back(next, AVAILABLE)) out.push(next);
    expect(out.map(({ view, chosen }) => [view, chosen])).to.deep.equal([['month', '2025-08-14'], ['month', undefined], ['year', '2025-08-01'], ['years', '2025-01-01'], ['years', undefined]]);
    expect(out.every(({ unit }) => unit === 'cost')).to.equal(true);
  });

  it('goes back to where one has walked meanwhile', () => {
    const month = choose(on('year', '2026-01-01', '2027-01-01'), '2026-01-01', ALL);
    const before = neighbour(month, -1, AVAILABLE) as Question;
    expect(back(before, AVAILABLE)).to.deep.include({ view: 'year', chosen: '2025-12-01', period: { from: '2025-01-01', to: '2026-01-01' } });
  });

  it('ends where the meter tells no more: a month without days is only chosen', () => {
    expect(choose(on('year', '2026-01-01', '2027-01-01'), '2026-04-01', ['year'])).to.deep.include({ view: 'year', chosen: '2026-04-01' });
    expect(toMonth(on('year', '2026-01-01', '2027-01-01'), '2025-04-17')).to.deep.include({ view: 'year', chosen: '2025-04-01', period: { from: '2025-01-01', to: '2026-01-01' } });
  });

  it('walks from the first of a month into the month before', () => {
    expect(toDay(on('month', '2026-11-01', '2026-12-01'), '2026-10-31')).to.deep.include({ chosen: '2026-10-31', period: { from: '2026-10-01', to: '2026-11-01' } });
  });

  it('has nowhere to go back to where one did not come down', () => {
    expect(back(on('month', '2026-11-01', '2026-12-01'), AVAILABLE)).to.equal(undefined);
  });
});
