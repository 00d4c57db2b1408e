import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clockTime, withOffset } from './local-clock.ts';
import { addDays, addSteps, dayMinutes, daysBetween, dayStart, instant, isTimeZone, localDay, periodOf, stepsBetween, stepStart, type CalendarStep, type LocalDay } from './time.ts';

const PARIS = 'Europe/Paris';
const MINUTE = 60_000;

const day = fc.integer({ min: -20_000, max: 40_000 }).map((count) => addDays('2000-01-01', count));
const recentDay = fc.integer({ min: 0, max: 15_000 }).map((count) => addDays('2000-01-01', count));
const zone = fc.constantFrom(PARIS, 'UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Auckland', 'America/Martinique');
const step = fc.constantFrom<CalendarStep>('day', 'month', 'year');

describe('local days', () => {
  it('last 23, 24 or 25 hours in France', () => {
    assert.equal(dayMinutes('2026-03-29', PARIS), 23 * 60);
    assert.equal(dayMinutes('2026-10-25', PARIS), 25 * 60);
    assert.equal(dayMinutes('2026-11-24', PARIS), 24 * 60);
    fc.assert(fc.property(recentDay, (some) => [1380, 1440, 1500].includes(dayMinutes(some, PARIS))));
  });

  it('begin at local midnight', () => {
    assert.equal(instant(dayStart('2026-03-29', PARIS)), '2026-03-28T23:00:00Z');
    assert.equal(instant(dayStart('2026-03-30', PARIS)), '2026-03-29T22:00:00Z');
    assert.equal(instant(dayStart('2026-10-26', PARIS)), '2026-10-25T23:00:00Z');
  });

  it('show each minute of their clock, before it is set and after', () => {
    const shown = (day: LocalDay, minute: number) => withOffset(clockTime(day, minute, 'Europe/Paris'), 'Europe/Paris');
    assert.equal(shown('2026-03-29', 60), '2026-03-29T01:00:00+01:00');
    assert.equal(shown('2026-03-29', 6 * 60), '2026-03-29T06:00:00+02:00');
    assert.equal(shown('2026-10-25', 6 * 60 + 30), '2026-10-25T06:30:00+01:00');
    assert.equal(withOffset(Date.parse('2026-11-24T03:30:00Z'), 'America/St_Johns'), '2026-11-24T00:00:00-03:30');
  });

  it('join without gap or overlap, in any time zone', () => {
    fc.assert(
      fc.property(recentDay, zone, (some, timeZone) => {
        const start = dayStart(some, timeZone);
        assert.equal(localDay(start, timeZone), some);
        assert.equal(localDay(start - 1, timeZone), addDays(some, -1));
        assert.equal(dayStart(addDays(some, 1), timeZone), start + dayMinutes(some, timeZone) * MINUTE);
      }),
    );
  });

  it('count up and down consistently', () => {
    fc.assert(fc.property(day, fc.integer({ min: -5000, max: 5000 }), (some, count) => daysBetween(some, addDays(some, count)) === count));
  });
});

describe('months and years', () => {
  it('keep to their first day', () => {
    assert.equal(stepStart('2026-11-24', 'month'), '2026-11-01');
    assert.equal(addSteps('2026-01-31', 'month', 1), '2026-02-01');
    assert.equal(addSteps('2026-01-01', 'month', -1), '2025-12-01');
    assert.deepEqual(periodOf('2024-02-29', 'year'), { from: '2024-01-01', to: '2025-01-01' });
  });

  it('count as many steps as one walks', () => {
    fc.assert(
      fc.property(recentDay, fc.integer({ min: 1, max: 900 }), step, (from, length, unit) => {
        const to = addDays(from, length);
        let walked = 0;
        for (let start = stepStart(from, unit); start < to; start = addSteps(start, unit, 1)) walked++;
        assert.equal(stepsBetween(from, to, unit), walked);
      }),
    );
  });
});

describe('a time zone', () => {
  it('is an IANA name', () => {
    assert.ok(isTimeZone(PARIS));
    assert.ok(!isTimeZone('Europe/Carmaux'));
  });
});
