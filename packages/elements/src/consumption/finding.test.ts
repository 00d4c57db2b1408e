import { expect } from 'chai';
import { findingOf } from './finding.ts';
import type { Picture } from './picture.ts';
import { days, months, NOVEMBER, years } from './testing/answers.ts';

const isNow = (day: string) => day >= '2026-01-01';

describe('the finding', () => {
  it('holds whole periods against each other', () => {
    expect(findingOf(days(NOVEMBER, (day) => [isNow(day) ? 880 : 1000]))).to.deep.include({ kind: 'change', whole: true });
    expect(change(days(NOVEMBER, (day) => [isNow(day) ? 880 : 1000]))).to.be.closeTo(-0.12, 1e-9);
    expect(change(months(2026, (month) => [isNow(month) ? 1100 : 1000]))).to.be.closeTo(0.1, 1e-9);
  });

  it('holds a period that is not over against the same days only', () => {
    // A year earlier the last week was enormous: it must not count.
    const november = days(NOVEMBER, (day) => [isNow(day) ? 1000 : day > '2025-11-23' ? 90_000 : 1000], { available: { from: '2020-01-01', to: '2026-11-24' } });
    expect(findingOf(november)).to.deep.equal({ kind: 'change', ratio: 0, whole: false });
  });

  it('leaves a day out on both sides when one of them misses it', () => {
    const november = days(NOVEMBER, (day) => (day === '2026-11-05' ? [null] : day === '2025-11-06' ? [5, 'i'] : day === '2026-11-06' ? [70_000] : [1000]));
    expect(findingOf(november)).to.deep.equal({ kind: 'change', ratio: 0, whole: false });
  });

  it('holds months against the same months, without the one that is not over', () => {
    const year = months(2026, (month) => (month === '2026-11-01' ? [1, 'i'] : [isNow(month) ? 2000 : 1000]), { available: { from: '2020-01-01', to: '2026-11-24' } });
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
    expect(findingOf(days(NOVEMBER, () => [1000], { available: { from: '2026-01-01', to: '2026-12-01' } })), 'no year before').to.deep.equal(average);
    expect(findingOf(days(NOVEMBER, () => [1000], { available: { from: '2020-01-01', to: '2026-11-07' } })), 'six days').to.deep.equal(average);
    expect(findingOf(days(NOVEMBER, (day) => (day > '2025-11-20' && day < '2026-01-01' ? [null] : [1000]))), 'a third missing').to.deep.equal(average);
    expect(findingOf(days(NOVEMBER, (day) => (day > '2026-11-20' ? [10, 'i'] : [isNow(day) ? 1000 : null])))).to.deep.equal(average);
  });

  it('is nothing where nothing is complete', () => {
    expect(findingOf(days(NOVEMBER, () => [null]))).to.equal(undefined);
  });

  it('does not divide by a year without consumption', () => {
    expect(findingOf(days(NOVEMBER, (day) => [isNow(day) ? 1000 : 0]))).to.deep.equal({ kind: 'average', perStep: 1000 });
  });

  it('is told in money from what is known to cost something, on the same days', () => {
    const costs = (starts: readonly string[]) => ({
      cost: { energy: starts.map((day) => (day === '2026-11-07' ? null : isNow(day) ? 300 : 200)), standingCharge: starts.map(() => 1), registers: [] },
    });
    const november = days(NOVEMBER, () => [1000], { more: costs });
    expect(findingOf(november, 'cost')).to.deep.equal({ kind: 'change', ratio: 0.5, whole: false });
    expect(findingOf(november, 'measure')).to.deep.equal({ kind: 'change', ratio: 0, whole: true });
    expect(findingOf(days(NOVEMBER, () => [1000]), 'cost'), 'no cost at all').to.equal(undefined);
  });

  it('is an average over the whole years where years stand side by side', () => {
    expect(findingOf(years(2023, 4, (year) => [year < '2024' ? 1 : year < '2026' ? 4000 : 3, year < '2024' || year > '2026' ? 'i' : 'r']))).to.deep.equal({ kind: 'average', perStep: 4000 });
  });
});

function change(made: Picture): number | undefined {
  const finding = findingOf(made);
  return finding?.kind === 'change' ? finding.ratio : undefined;
}
