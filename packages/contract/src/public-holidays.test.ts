import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { easterSunday, isPublicHoliday } from './public-holidays.ts';
import { addDays, daysBetween } from './time.ts';

describe('the French days off', () => {
  it('turn on Easter', () => {
    for (const day of ['2000-04-23', '2008-03-23', '2011-04-24', '2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25']) {
      assert.equal(easterSunday(Number(day.slice(0, 4))), day);
    }
  });

  it('are eleven public holidays in 2026', () => {
    const days = Array.from({ length: daysBetween('2026-01-01', '2027-01-01') }, (_, index) => addDays('2026-01-01', index));
    assert.deepEqual(days.filter(isPublicHoliday), [
      '2026-01-01', '2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25', '2026-07-14', '2026-08-15', '2026-11-01', '2026-11-11', '2026-12-25',
    ]);
  });
});
