import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayNumber, isRestDay } from './calendar.ts';

describe('the French calendar', () => {
  it('rests on Saturdays, Sundays and public holidays', () => {
    const week = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14', '2026-11-15'];
    assert.deepEqual(week.map((day) => isRestDay(dayNumber(day))), [false, false, true, false, false, true, true]);
  });
});
