import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, dayMinutes, dayStart, instant, totalEnergy, type CurveSegment, type LocalDay } from '@oya/contract';
import { measuredDays, measuredMeters } from './measured-days.ts';
import type { Content, IndexReadings, MeasuredSeries } from './reader.ts';

const timeZone = 'Europe/Paris';

/** A day of half-hours of some power, from midnight to midnight. */
function segment(day: LocalDay, watts: number, quality = 'r'): CurveSegment {
  const length = dayMinutes(day, timeZone) / 30;
  return { start: instant(dayStart(day, timeZone)), stepMinutes: 30, values: Array.from({ length }, () => watts), quality: quality.repeat(length) };
}

function curve(segments: CurveSegment[], deliveryPoint: string | null = null): MeasuredSeries {
  return { kind: 'series', deliveryPoint, energy: 'electricity', direction: 'consumption', series: { kind: 'curve', unit: 'W', segments } };
}

function daily(from: LocalDay, values: (number | null)[], deliveryPoint: string | null = null): MeasuredSeries {
  return { kind: 'series', deliveryPoint, energy: 'electricity', direction: 'consumption', series: { kind: 'energy', unit: 'Wh', step: 'day', from, values, quality: values.map((value) => (value === null ? 'm' : 'r')).join('') } };
}

function indexes(register: string, from: LocalDay, values: number[], minutes = 0): IndexReadings {
  return {
    kind: 'indexes', deliveryPoint: null, energy: 'electricity', direction: 'consumption', register, grid: 'supplier', unit: 'Wh',
    readings: values.map((value, index) => ({ at: instant(dayStart(addDays(from, index), timeZone) + minutes * 60_000), value, quality: 'real' })),
  };
}

const daysOf = (...contents: Content[]) => measuredMeters(contents, timeZone).flatMap(({ days }) => days);

describe('the days that files tell of', () => {
  it('last 23, 24 and 25 hours', () => {
    const days = daysOf(curve([segment('2026-03-29', 1000), segment('2026-03-30', 1000), segment('2026-10-25', 1000)]));
    assert.deepEqual(days.map(({ day, energy, quality }) => [day, energy, quality]), [['2026-03-29', 23_000, 'real'], ['2026-03-30', 24_000, 'real'], ['2026-10-25', 25_000, 'real']]);
  });

  it('are those of the curve where it tells all of them, else as they were published', () => {
    const half = segment('2026-01-02', 1000);
    const part = { ...half, values: half.values.slice(0, 24), quality: half.quality.slice(0, 24) };
    const days = daysOf(curve([segment('2026-01-01', 1000), part]), daily('2026-01-01', [24_001, 30_000, 5000, null]));
    assert.deepEqual(days.map(({ day, energy, curve: known }) => [day, energy, known !== undefined]), [['2026-01-01', 24_000, true], ['2026-01-02', 30_000, false], ['2026-01-03', 5000, false]]);
  });

  it('are told incomplete where a curve is all that is known and it has holes', () => {
    const half = segment('2026-01-02', 1000);
    const [day] = daysOf(curve([{ ...half, values: half.values.map((watts, index) => (index < 4 ? null : watts)), quality: half.quality.replace(/^.{4}/, 'mmmm') }]));
    assert.deepEqual([day?.energy, day?.quality], [22_000, 'incomplete']);
  });

  it('are told by the indexes of two midnights, by register', () => {
    const days = daysOf(indexes('HP', '2026-01-01', [1000, 4000, 9000]), indexes('HC', '2026-01-01', [500, 2500, 2500]));
    assert.deepEqual(days.map(({ day, energy, registers }) => [day, energy, registers]), [['2026-01-01', 5000, { HP: 3000, HC: 2000 }], ['2026-01-02', 5000, { HP: 5000 }]]);
  });

  it('are not told by indexes that go back, that lack an end, or that are not of midnight', () => {
    assert.deepEqual(daysOf(indexes('BASE', '2026-01-01', [5000, 10])), []);
    assert.deepEqual(daysOf(indexes('HP', '2026-01-01', [0, 10]), indexes('HC', '2026-01-01', [0])), []);
    assert.deepEqual(daysOf(indexes('BASE', '2026-01-01', [0, 10], 90)), []);
  });

  it('keep what registers counted where it is the same energy', () => {
    const registers = [{ code: 'HP', values: [14_000, 14_000] }, { code: 'HC', values: [10_000, 9000] }];
    const days = measuredDays({ curves: [{ kind: 'curve', unit: 'W', segments: [segment('2026-01-01', 1000), segment('2026-01-02', 1000)] }], days: [{ kind: 'energy', unit: 'Wh', step: 'day', from: '2026-01-01', values: [24_000, 23_000], quality: 'rr', registers }] }, timeZone);
    assert.deepEqual(days.map((day) => day.registers), [{ HP: 14_000, HC: 10_000 }, undefined]);
  });
});

describe('the meters that files tell of', () => {
  it('are apart, and what names none belongs to the only one that is named', () => {
    const contract: Content = { kind: 'contract', deliveryPoint: null, energy: 'electricity', subscribedPowerKva: 9, tariff: null, offPeakHours: 'HC (1H34-7H34;12H04-14H04)', from: null, details: {} };
    const [only, ...others] = measuredMeters([curve([segment('2026-01-01', 1000)], '1'), contract], timeZone);
    assert.deepEqual([only?.deliveryPoint, only?.days.length, only?.subscribedPowerKva, others], ['1', 1, 9, []]);
    assert.deepEqual(only?.offPeak, [{ from: '01:34', to: '07:34' }, { from: '12:04', to: '14:04' }]);
    const two = measuredMeters([daily('2026-01-01', [1], '1'), daily('2026-01-01', [2], '2'), contract], timeZone);
    assert.deepEqual(two.map(({ deliveryPoint, days, subscribedPowerKva }) => [deliveryPoint, totalEnergy(days.map(({ energy }) => energy)), subscribedPowerKva]), [['1', 1, null], ['2', 2, null], [null, null, 9]]);
  });

  it('count neither gas nor what is fed in', () => {
    assert.deepEqual(measuredMeters([{ ...daily('2026-01-01', [1]), energy: 'gas' }, { ...daily('2026-01-01', [1]), direction: 'production' }], timeZone), []);
  });
});
