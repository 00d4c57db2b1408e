import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extremesOf, intervalsOf } from './intervals.ts';

const curve = {
  kind: 'curve' as const,
  unit: 'W' as const,
  segments: [
    { start: '2026-03-11T10:00:00Z', stepMinutes: 30, values: [400, 900], quality: 're' },
    { start: '2026-03-11T11:00:00Z', stepMinutes: 10, values: [null, 900, 300], quality: 'mrr' },
  ],
};

describe('a day’s curve', () => {
  it('is a row of intervals, each with its own length', () => {
    const intervals = intervalsOf(curve);
    assert.deepEqual(intervals.map(({ from, to }) => (to - from) / 60_000), [30, 30, 10, 10, 10]);
    assert.deepEqual(intervals.map(({ quality }) => quality), ['real', 'estimated', 'missing', 'real', 'real']);
    assert.equal(new Date(intervals[3]?.from ?? 0).toISOString(), '2026-03-11T11:10:00.000Z');
  });

  it('has a highest and a lowest interval, the first of equals', () => {
    const extremes = extremesOf(intervalsOf(curve));
    assert.deepEqual([extremes?.highest.watts, extremes?.lowest.watts], [900, 300]);
    assert.equal(extremes?.highest.from, Date.parse('2026-03-11T10:30:00Z'));
  });

  it('has none when nothing was measured', () => {
    assert.equal(extremesOf(intervalsOf({ ...curve, segments: [{ start: '2026-03-11T10:00:00Z', stepMinutes: 30, values: [null], quality: 'm' }] })), undefined);
  });
});
