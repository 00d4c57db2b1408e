import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readingDayFault, windowOn } from './reading-window.ts';

describe('the days on which an index counts for the next invoice', () => {
  const WINDOW = { opensDaysBefore: 15, closesDaysBefore: 3 };
  const on = (today: string) => windowOn(today, '2026-12-18', WINDOW);

  it('open and close so many days before it', () => {
    assert.deepEqual(on('2026-12-02'), { state: 'early', opensOn: '2026-12-03', until: '2026-12-15' });
    assert.deepEqual(on('2026-12-03'), { state: 'open', until: '2026-12-15' });
    assert.deepEqual(on('2026-12-15'), { state: 'open', until: '2026-12-15' });
    assert.deepEqual(on('2026-12-16'), { state: 'late' });
  });

  it('are all days where the utility has no window, or foresees no invoice', () => {
    assert.deepEqual(windowOn('2026-12-01', '2026-12-18', undefined), { state: 'always' });
    assert.deepEqual(windowOn('2026-12-01', null, WINDOW), { state: 'always' });
  });
});

describe('the day of an index', () => {
  const fault = (day: string) => readingDayFault(day, '2026-11-24', ['2026-07-01', '2026-10-01']);

  it('is neither to come, nor before the last real one, nor one that is known', () => {
    assert.deepEqual(['2026-11-25', '2026-09-30', '2026-07-01', '2026-10-01', '2026-10-02', '2026-11-24'].map(fault), ['future', 'before-last', 'already-read', 'already-read', undefined, undefined]);
    assert.equal(readingDayFault('2020-01-01', '2026-11-24', []), undefined);
  });
});
