import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, EcowattDay, instant, localDay, tempoMayBe } from '@oya/contract';
import { ecowattAt } from './ecowatt.ts';
import { tempoCalendar, tempoDaysAt } from './tempo.ts';

const PARIS = 'Europe/Paris';
const now = fc.integer({ min: Date.parse('2023-01-01T00:00:00Z') / 60_000, max: Date.parse('2028-01-01T00:00:00Z') / 60_000 }).map((minutes) => minutes * 60_000);

describe('the signals of the demo', () => {
  it('are of today and three days, made before now, each day as tense as its worst hour', () => {
    fc.assert(
      fc.property(now, (at) => {
        const { days, readAt } = ecowattAt(at, PARIS);
        assert.deepEqual(days.map(({ day }) => day), [0, 1, 2, 3].map((later) => addDays(localDay(at, PARIS), later)));
        assert.ok(readAt !== null && readAt <= instant(at));
        for (const day of days) {
          assert.ok(EcowattDay.safeParse(day).success);
          assert.equal(day.level, Math.max(1, ...day.hours.map(Number)));
        }
      }),
    );
  });

  it('begin today with the hour in which they were made', () => {
    assert.deepEqual(ecowattAt(Date.parse('2026-11-24T09:00:00Z'), PARIS).days[0]?.hours.slice(5, 9).map((level) => level === null), [true, true, false, false]);
    assert.notEqual(ecowattAt(Date.parse('2026-11-24T05:00:00Z'), PARIS).days[0]?.hours[0], null);
  });
});

describe('the colours of the demo, as they are known', () => {
  it('end with tomorrow, which is provisional until it is sure and never red before', () => {
    fc.assert(
      fc.property(now, (at) => {
        const today = localDay(at, PARIS);
        const tomorrow = addDays(today, 1);
        const days = tempoDaysAt({ from: addDays(today, -3), to: addDays(today, 9) }, at, PARIS);
        assert.deepEqual(days.map(({ day }) => day), [-3, -2, -1, 0, 1].map((later) => addDays(today, later)));
        assert.ok(days.every(({ day, isProvisional, colour }) => !isProvisional || (day === tomorrow && colour !== 'red')));
        assert.deepEqual(tempoDaysAt({ from: addDays(today, -9), to: addDays(today, -3) }, at, PARIS), tempoCalendar(addDays(today, -9), addDays(today, -3)));
      }),
    );
    const known = (at: string) => tempoDaysAt({ from: '2026-11-25', to: '2026-11-26' }, Date.parse(at), PARIS).map(({ isProvisional }) => isProvisional ?? false);
    assert.deepEqual([known('2026-11-24T09:39:00Z'), known('2026-11-24T09:40:00Z')], [[true], [false]]);
  });

  it('are those that a day may have', () => {
    for (const { day, colour } of tempoCalendar('2023-09-01', '2028-09-01')) assert.ok(tempoMayBe(day).includes(colour), day);
  });
});
