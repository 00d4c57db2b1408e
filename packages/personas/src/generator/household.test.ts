import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayNumber } from './calendar.ts';
import { planDay, profileWatts } from './household.ts';
import { personas } from '../personas.ts';

const YEAR_START = dayNumber('2025-01-01');

describe('an estimate', () => {
  it('is about what the household really draws over a year', () => {
    const meters = personas.flatMap((persona) => persona.meters);
    const households = meters.filter(({ meter, household }) => meter.energy === 'electricity' && household.presence !== 'second-home');
    for (const { meter, household, seed } of households) {
      let drawn = 0;
      let estimated = 0;
      for (let day = YEAR_START; day < YEAR_START + 365; day++) {
        const plan = planDay(household, seed, day, () => 22 * 60);
        for (let minute = 15; minute < 1440; minute += 30) drawn += plan(minute, 30) / 2;
        estimated += profileWatts(household, day) * 24;
      }
      const ratio = estimated / drawn;
      assert.ok(ratio > 0.9 && ratio < 1.1, `${meter.id}: ${ratio}`);
    }
  });
});
