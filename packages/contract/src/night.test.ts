import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baseLoadOf, energyOfAYear, nightLoads } from './night.ts';
import type { LoadCurve } from './series.ts';
import { addDays, dayMinutes, dayStart, instant } from './time.ts';

const PARIS = 'Europe/Paris';

/** Days of half-hours; `watts` says what ran at an hour of the night of a day. */
function nights(count: number, watts: (night: number, hour: number, half: number) => number | null, { from = '2026-11-01', stepMinutes = 30 } = {}): LoadCurve {
  const segments = Array.from({ length: count }, (_, night) => {
    const day = addDays(from, night);
    const values = Array.from({ length: dayMinutes(day, PARIS) / stepMinutes }, (_, index) => watts(night, Math.floor((index * stepMinutes) / 60), index));
    return { start: instant(dayStart(day, PARIS)), stepMinutes, values, quality: values.map((value) => (value === null ? 'm' : 'r')).join('') };
  });
  return { kind: 'curve', unit: 'W', segments };
}

describe('the base load', () => {
  it('is the quietest hour of the night, whatever heats in the others and runs by day', () => {
    assert.deepEqual(baseLoadOf(nights(10, (_, hour) => (hour === 4 ? 180 : hour < 6 ? 2200 : 90)), PARIS), { watts: 180, nights: 10 });
  });

  it('is that of most nights, not of a party or an absence', () => {
    assert.equal(baseLoadOf(nights(9, (night) => (night === 2 ? 3000 : night === 5 ? 10 : 200)), PARIS)?.watts, 200);
    assert.equal(baseLoadOf(nights(8, (night) => (night < 4 ? 200 : 300)), PARIS)?.watts, 250);
  });

  it('leaves out an hour of which a part was not measured', () => {
    const holed = nights(8, (_, hour, half) => (half === 6 ? null : hour === 3 ? 50 : 200));
    assert.equal(baseLoadOf(holed, PARIS)?.watts, 200);
  });

  it('is not told from a week that is not whole', () => {
    assert.equal(baseLoadOf(nights(6, () => 200), PARIS), undefined);
    assert.equal(baseLoadOf(nights(20, (night) => (night < 6 ? 200 : null)), PARIS), undefined);
  });

  it('reads steps of ten minutes and of an hour alike, through a night on which clocks are set', () => {
    for (const stepMinutes of [10, 30, 60]) {
      assert.deepEqual(baseLoadOf(nights(10, () => 150, { from: '2026-10-20', stepMinutes }), PARIS), { watts: 150, nights: 10 }, `${stepMinutes} minutes`);
      assert.deepEqual(baseLoadOf(nights(10, () => 150, { from: '2026-03-24', stepMinutes }), PARIS), { watts: 150, nights: 10 }, `${stepMinutes} minutes, in spring`);
    }
  });

  it('comes to its power all year round', () => assert.equal(energyOfAYear(200), 1_752_000));
});

describe('the load of a night', () => {
  it('is told night by night, and whether it was measured', () => {
    const curve = nights(3, (night, hour) => (hour === 3 ? 100 + night : 400));
    const estimated = { ...curve, segments: curve.segments.map((segment, night) => (night === 1 ? { ...segment, quality: 'e'.repeat(segment.values.length) } : segment)) };
    assert.deepEqual(nightLoads(estimated, PARIS), [
      { night: '2026-11-01', watts: 100, isMeasured: true },
      { night: '2026-11-02', watts: 101, isMeasured: false },
      { night: '2026-11-03', watts: 102, isMeasured: true },
    ]);
  });
});
