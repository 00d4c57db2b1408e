import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, daysBetween } from '@oya/contract';
import { dayNumber, easterSunday, isPublicHoliday, isRestDay } from './calendar.ts';

describe('the French calendar', () => {
  it('knows Easter', () => {
    for (const day of ['2000-04-23', '2008-03-23', '2011-04-24', '2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25']) {
      assert.equal(easterSunday(Number(day.slice(0, 4))), dayNumber(day), day);
    }
  });

  it('has eleven public holidays in 2026', () => {
    const days = Array.from({ length: daysBetween('2026-01-01', '2027-01-01') }, (_, index) => addDays('2026-01-01', index));
    assert.deepEqual(days.filter((day) => isPublicHoliday(dayNumber(day))), [
      '2026-01-01', '2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25', '2026-07-14', '2026-08-15', '2026-11-01', '2026-11-11', '2026-12-25',
    ]);
  });

  it('rests on Saturdays, Sundays and public holidays', () => {
    const week = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14', '2026-11-15'];
    assert.deepEqual(week.map((day) => isRestDay(dayNumber(day))), [false, false, true, false, false, true, true]);
  });
});
