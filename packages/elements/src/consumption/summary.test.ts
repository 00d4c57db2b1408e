import { addDays, addSteps, daysBetween, stepsBetween, type Consumption, type LocalDay, type Period } from '@oya/contract';
import { expect } from 'chai';
import { barOf, countStates, findingOf, pictureOf, startOfBar, type Picture } from './summary.ts';

const FRESHNESS = { measuredUntil: null, collectedAt: null, nextExpectedAt: null };
const EVERYTHING = { from: '2020-01-01', to: '2030-01-01' };

/** Days of a month and of all before it since a year earlier; `energy` says what was measured. */
function days(month: Period, energy: (day: LocalDay) => [number | null, string?], available = EVERYTHING): Picture {
  const asked = { from: addSteps(month.from, 'month', -12), to: month.to };
  const answers = Array.from({ length: daysBetween(asked.from, asked.to) }, (_, index) => energy(addDays(asked.from, index)));
  return picture('day', asked, answers, available);
}

function months(year: number, energy: (month: LocalDay) => [number | null, string?], available = EVERYTHING): Picture {
  const asked = { from: `${year - 1}-01-01`, to: `${year + 1}-01-01` };
  const answers = Array.from({ length: 24 }, (_, index) => energy(addSteps(asked.from, 'month', index)));
  return picture('month', asked, answers, available);
}

function picture(step: 'day' | 'month', asked: Period, answers: [number | null, string?][], available: Period): Picture {
  const values = answers.map(([value]) => value);
  const quality = answers.map(([value, letter]) => letter ?? (value === null ? 'm' : 'r')).join('');
  const series = { kind: 'energy', unit: 'Wh', step, from: asked.from, values, quality } as const;
  const made = pictureOf({ meterId: 'm', resolution: step, period: asked, series, total: null, available, freshness: FRESHNESS } as Consumption);
  expect(made, 'a picture').not.to.equal(undefined);
  return made as Picture;
}

const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };
const isNow = (day: LocalDay) => day >= '2026-01-01';

describe('the picture of a period', () => {
  it('holds its own bars, and the same places a year earlier', () => {
    const november = days(NOVEMBER, (day) => [Number(day.slice(8)) * (isNow(day) ? 1000 : 10)]);
    expect(november.values).to.have.length(30);
    expect(november.values.slice(0, 3)).to.deep.equal([1000, 2000, 3000]);
    expect(november.yearBefore.slice(0, 3)).to.deep.equal([10, 20, 30]);
    expect(november.total).to.equal(465_000);
    expect(november.yearBeforePeriod).to.deep.equal({ from: '2025-11-01', to: '2025-12-01' });
  });

  it('ends with what is measured: days to come are not missing days', () => {
    const { values, until, slots, states } = days(NOVEMBER, () => [1000], { from: '2020-01-01', to: '2026-11-24' });
    expect([values.length, until, slots]).to.deep.equal([23, '2026-11-24', 30]);
    expect(states).not.to.include('missing');
  });

  it('tells a month that is not over from one with missing days', () => {
    const { states } = months(2026, (month) => [1000, month === '2026-11-01' || month === '2026-06-01' ? 'i' : 'r'], { from: '2020-01-01', to: '2026-11-24' });
    expect([states[5], states[10], states.length]).to.deep.equal(['incomplete', 'unfinished', 11]);
  });

  it('does not call missing what lies before the first measurement', () => {
    const november = days(NOVEMBER, (day) => [day < '2026-11-11' ? null : 1000], { from: '2026-11-10', to: '2026-12-01' });
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
});

describe('the finding', () => {
  it('holds whole periods against each other', () => {
    expect(findingOf(days(NOVEMBER, (day) => [isNow(day) ? 880 : 1000]))).to.deep.include({ kind: 'change', whole: true });
    expect(change(days(NOVEMBER, (day) => [isNow(day) ? 880 : 1000]))).to.be.closeTo(-0.12, 1e-9);
    expect(change(months(2026, (month) => [isNow(month) ? 1100 : 1000]))).to.be.closeTo(0.1, 1e-9);
  });

  it('holds a period that is not over against the same days only', () => {
    // A year earlier the last week was enormous: it must not count.
    const november = days(NOVEMBER, (day) => [isNow(day) ? 1000 : day > '2025-11-23' ? 90_000 : 1000], { from: '2020-01-01', to: '2026-11-24' });
    expect(findingOf(november)).to.deep.equal({ kind: 'change', ratio: 0, whole: false });
  });

  it('leaves a day out on both sides when one of them misses it', () => {
    const november = days(NOVEMBER, (day) => (day === '2026-11-05' ? [null] : day === '2025-11-06' ? [5, 'i'] : day === '2026-11-06' ? [70_000] : [1000]));
    expect(findingOf(november)).to.deep.equal({ kind: 'change', ratio: 0, whole: false });
  });

  it('holds months against the same months, without the one that is not over', () => {
    const year = months(2026, (month) => (month === '2026-11-01' ? [1, 'i'] : [isNow(month) ? 2000 : 1000]), { from: '2020-01-01', to: '2026-11-24' });
    expect(findingOf(year)).to.deep.equal({ kind: 'change', ratio: 1, whole: false });
  });

  it('is not "whole" when one February is longer', () => {
    const february = (year: number) => ({ from: `${year}-02-01`, to: `${year}-03-01` });
    expect(findingOf(days(february(2028), () => [1000]))).to.deep.equal({ kind: 'change', ratio: 0, whole: false });
    expect(findingOf(days(february(2029), () => [1000]))).to.deep.equal({ kind: 'change', ratio: 0, whole: false });
    expect(findingOf(days(february(2027), () => [1000]))).to.deep.equal({ kind: 'change', ratio: 0, whole: true });
  });

  it('is an average of the complete days where too little can be compared', () => {
    const average = { kind: 'average', perStep: 1000 };
    expect(findingOf(days(NOVEMBER, () => [1000], { from: '2026-01-01', to: '2026-12-01' })), 'no year before').to.deep.equal(average);
    expect(findingOf(days(NOVEMBER, () => [1000], { from: '2020-01-01', to: '2026-11-07' })), 'six days').to.deep.equal(average);
    expect(findingOf(days(NOVEMBER, (day) => (day > '2025-11-20' && day < '2026-01-01' ? [null] : [1000]))), 'a third missing').to.deep.equal(average);
    expect(findingOf(days(NOVEMBER, (day) => (day > '2026-11-20' ? [10, 'i'] : [isNow(day) ? 1000 : null])))).to.deep.equal(average);
  });

  it('is nothing where nothing is complete', () => {
    expect(findingOf(days(NOVEMBER, () => [null]))).to.equal(undefined);
  });

  it('does not divide by a year without consumption', () => {
    expect(findingOf(days(NOVEMBER, (day) => [isNow(day) ? 1000 : 0]))).to.deep.equal({ kind: 'average', perStep: 1000 });
  });
});

function change(made: Picture): number | undefined {
  const finding = findingOf(made);
  return finding?.kind === 'change' ? finding.ratio : undefined;
}
