import { expect } from 'chai';
import { peakPowerOf, weatherOf } from './facts.ts';
import { days, NOVEMBER, type Beside } from './testing/answers.ts';

const isNow = (day: string) => day >= '2026-01-01';
const powers = (unit: 'VA' | 'W', power: (day: string) => number | null): Beside => ({ series: (starts) => ({ maximumPower: { unit, values: starts.map(power) } }) });

describe('the greatest power of a picture', () => {
  it('has its day, and the days over what is subscribed', () => {
    const november = days(NOVEMBER, () => [1000], powers('VA', (day) => (day === '2026-11-17' ? 6400 : day === '2026-11-20' ? 6100 : day === '2026-11-02' ? null : 4000)));
    expect(peakPowerOf(november, 6)).to.deep.equal({ unit: 'VA', highest: 6400, at: 16, over: [16, 19] });
    expect(peakPowerOf(november, null)?.over, 'nothing subscribed is known').to.deep.equal([]);
  });

  it('is not over what is subscribed when it reaches it exactly', () => {
    expect(peakPowerOf(days(NOVEMBER, () => [1000], powers('VA', () => 6000)), 6)?.over).to.deep.equal([]);
  });

  it('does not count that of the year before', () => {
    expect(peakPowerOf(days(NOVEMBER, () => [1000], powers('W', (day) => (isNow(day) ? 3000 : 9000))), 6)).to.deep.include({ highest: 3000, over: [] });
  });

  it('is none where the portal tells none', () => {
    expect(peakPowerOf(days(NOVEMBER, () => [1000]), 6)).to.equal(undefined);
    expect(peakPowerOf(days(NOVEMBER, () => [1000], powers('W', () => null)), 6)).to.equal(undefined);
  });
});

describe('the weather of a picture', () => {
  const weather = (temperature: (day: string) => number | null, degreeDays: (day: string) => number | null): Beside => ({
    more: (starts) => ({ weather: { temperature: starts.map(temperature), degreeDays: starts.map(degreeDays) } }),
  });

  it('is held against that of the same days, in degrees and in what there was to heat', () => {
    expect(weatherOf(days(NOVEMBER, () => [1000], weather((day) => (isNow(day) ? 60 : 80), (day) => (isNow(day) ? 120 : 100))))).to.deep.equal({ temperature: 60, warmer: -20, degreeDays: 3600, heating: 0.19999999999999996 });
  });

  it('holds a month that is not over against the same days only', () => {
    const begun = { available: { from: '2020-01-01', to: '2026-11-24' }, ...weather((day) => (isNow(day) ? 60 : day > '2025-11-23' ? -200 : 60), () => 100) };
    expect(weatherOf(days(NOVEMBER, () => [1000], begun))).to.deep.include({ temperature: 60, warmer: 0, heating: 0 });
  });

  it('compares nothing where most of the other days are not known, and no heating where there is next to none', () => {
    expect(weatherOf(days(NOVEMBER, () => [1000], weather((day) => (isNow(day) ? 60 : null), () => 100)))?.warmer).to.equal(undefined);
    expect(weatherOf(days(NOVEMBER, () => [1000], weather(() => 200, () => 1)))).to.deep.include({ warmer: 0, heating: undefined });
    expect(weatherOf(days(NOVEMBER, () => [1000]))).to.equal(undefined);
  });
});
