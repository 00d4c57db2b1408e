import { stepsBetween } from '@oya/contract';
import { expect } from 'chai';
import { countStates } from './counts.ts';
import { barOf, startOfBar } from './picture.ts';
import { days, months, NOVEMBER, years } from './testing/answers.ts';

const isNow = (day: string) => day >= '2026-01-01';

describe('the picture of a period', () => {
  it('holds its own bars, and the same places a year earlier', () => {
    const november = days(NOVEMBER, (day) => [Number(day.slice(8)) * (isNow(day) ? 1000 : 10)]);
    expect(november.values).to.have.length(30);
    expect(november.values.slice(0, 3)).to.deep.equal([1000, 2000, 3000]);
    expect(november.before?.values.slice(0, 3)).to.deep.equal([10, 20, 30]);
    expect(november.total).to.equal(465_000);
    expect(november.before?.period).to.deep.equal({ from: '2025-11-01', to: '2025-12-01' });
  });

  it('ends with what is measured: days to come are not missing days', () => {
    const { values, until, slots, states } = days(NOVEMBER, () => [1000], { available: { from: '2020-01-01', to: '2026-11-24' } });
    expect([values.length, until, slots]).to.deep.equal([23, '2026-11-24', 30]);
    expect(states).not.to.include('missing');
  });

  it('tells a month that is not over from one with missing days', () => {
    const { states } = months(2026, (month) => [1000, month === '2026-11-01' || month === '2026-06-01' ? 'i' : 'r'], { available: { from: '2020-01-01', to: '2026-11-24' } });
    expect([states[5], states[10], states.length]).to.deep.equal(['incomplete', 'unfinished', 11]);
  });

  it('does not call missing what lies before the first measurement', () => {
    const november = days(NOVEMBER, (day) => [day < '2026-11-11' ? null : 1000], { available: { from: '2026-11-10', to: '2026-12-01' } });
    expect(Object.fromEntries(countStates(november.states))).to.deep.equal({ before: 9, missing: 1, real: 20 });
  });

  it('finds the bar of a day, and the day of a bar', () => {
    const november = days(NOVEMBER, () => [1000]);
    expect(barOf(november, '2026-11-20')).to.equal(19);
    expect(startOfBar(november, 19)).to.equal('2026-11-20');
    expect([barOf(november, '2026-10-31'), barOf(november, '2026-12-01')]).to.deep.equal([-1, -1]);
    expect(barOf(months(2026, () => [1]), '2026-03-01')).to.equal(2);
    expect(stepsBetween('2026-01-01', '2026-04-01', 'month')).to.equal(3);
  });

  it('holds all years side by side, and tells the first, in which measuring began, from one with days missing', () => {
    const { states, before, slots, values } = years(2023, 4, (year) => [1000, year === '2024-01-01' ? 'r' : 'i'], { available: { from: '2023-05-01', to: '2026-11-24' } });
    expect([states, slots, values.length, before]).to.deep.equal([['begun', 'real', 'incomplete', 'unfinished'], 4, 4, undefined]);
  });

  it('cuts what stands beside the energy at the same places', () => {
    const november = days(NOVEMBER, () => [1000], {
      series: (starts) => ({ registers: [{ code: 'HP', values: starts.map((day) => Number(day.slice(8))) }], volumes: starts.map(() => 7), maximumPower: { unit: 'VA', values: starts.map((day) => Number(day.slice(0, 4))) } }),
      more: (starts) => ({
        cost: { energy: starts.map(() => 5), standingCharge: starts.map(() => null), registers: [{ code: 'HP', values: starts.map(() => 5) }] },
        weather: { temperature: starts.map((day) => -Number(day.slice(8))), degreeDays: starts.map(() => 90) },
      }),
    });
    expect(november.registers?.[0]?.values.slice(0, 2)).to.deep.equal([1, 2]);
    expect(november.maximumPower?.values[29]).to.equal(2026);
    expect(november.before?.maximumPower?.values).to.have.length(30).and.to.satisfy((values: number[]) => values.every((value) => value === 2025));
    expect(november.weather?.temperature.at(-1)).to.equal(-30);
    expect([november.volumes?.length, november.cost?.energy.length, november.cost?.registers[0]?.values.length]).to.deep.equal([30, 30, 30]);
  });
});
