import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { meterJump, type CountedDay } from './meter-jump.ts';
import { addDays, daysBetween, type LocalDay } from './time.ts';

const CHANGE = { on: '2026-09-15', serialNumber: 'M1', indexes: [{ register: 'BASE', closing: 84_310, opening: 0 }] };

/** Days from the first to the last; `energy` in Wh by the day and its cold. */
function days(from: LocalDay, to: LocalDay, energy: (day: LocalDay, cold: number) => number | null, cold: (day: LocalDay) => number | null = () => 50): CountedDay[] {
  return Array.from({ length: daysBetween(from, to) }, (_, at) => {
    const day = addDays(from, at);
    return { day, degreeDays: cold(day), energy: energy(day, cold(day) ?? 0) };
  });
}
const since = (day: LocalDay) => day >= CHANGE.on;

describe('a jump after a meter change', () => {
  it('is told against the same days of the year before, where they are known', () => {
    const found = meterJump(CHANGE, days('2025-07-01', '2026-10-31', (day) => (since(day) ? 13_000 : 9000)));
    assert.deepEqual(found, {
      kind: 'meter-jump', change: CHANGE, restsOn: 'year-before',
      since: { from: '2026-09-16', to: '2026-10-31', perDay: 13_000 },
      before: { from: '2025-09-17', to: '2025-11-01', perDay: 9000, isInWeather: true },
    });
  });

  it('is told against the weeks before the change otherwise, in the weather of those since', () => {
    const colder = (day: LocalDay) => (since(day) ? 120 : Number(day.slice(8)) % 2 === 0 ? 20 : 60);
    const heated = (more: number) => days('2026-06-01', '2026-10-20', (day, cold) => (since(day) ? more : 1) * (5000 + 50 * cold), colder);
    assert.equal(meterJump(CHANGE, heated(1)), undefined, 'the cold alone');
    const found = meterJump(CHANGE, heated(1.4));
    assert.deepEqual([found?.restsOn, found?.since.perDay, found?.before.perDay, found?.before.isInWeather], ['days-before', 15_400, 11_000, true]);
  });

  it('is none by the season alone, where neither a year before nor the weather is known', () => {
    assert.equal(meterJump(CHANGE, days('2026-06-01', '2026-10-20', (day) => (since(day) ? 20_000 : 9000), () => null)), undefined);
  });

  it('is none where too little, too few days, or a change of long ago tells of it', () => {
    const jumped = (to: LocalDay, now = 13_000) => meterJump(CHANGE, days('2025-07-01', to, (day) => (since(day) ? now : 9000)));
    assert.equal(jumped('2026-10-31', 10_500), undefined, 'a sixth more');
    assert.equal(jumped('2026-09-28'), undefined, 'twelve days');
    assert.equal(jumped('2027-04-01'), undefined, 'half a year later');
    assert.equal(meterJump(CHANGE, []), undefined);
    assert.equal(meterJump(CHANGE, days('2025-07-01', '2026-10-31', (day) => (since(day) ? 1300 : 900))), undefined, 'under one kWh a day');
  });

  it('does not count what is not known, and finds nothing where nothing changed', () => {
    const known = fc.array(fc.boolean(), { minLength: 487, maxLength: 487 });
    fc.assert(
      fc.property(known, fc.integer({ min: 2000, max: 30_000 }), (isKnown, energy) => {
        let at = 0;
        assert.equal(meterJump(CHANGE, days('2025-07-01', '2026-10-31', () => (isKnown[at++] ? energy : null))), undefined);
      }),
    );
  });
});
