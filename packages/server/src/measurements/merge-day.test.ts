import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rankOf } from './columns.ts';
import { mergeDay, noCounts, type CurveRun } from './merge-day.ts';

/** Half-hours from a minute of the day on. */
function run(startMinute: number, watts: (number | null)[], quality: string, stepMinutes = 30): CurveRun {
  return { startMinute, stepMinutes, watts, quality };
}

function merge(known: CurveRun[], told: CurveRun[]) {
  const counts = noCounts();
  return { runs: mergeDay(known, told, counts), counts };
}

const anyRun = fc
  .record({ slot: fc.nat(40), step: fc.constantFrom(10, 15, 30, 60), values: fc.array(fc.tuple(fc.nat(9000), fc.constantFrom('r', 'p', 'e', 'm')), { minLength: 1, maxLength: 6 }) })
  .map(({ slot, step, values }) => run(slot * 30, values.map(([watts, letter]) => (letter === 'm' ? null : watts)), values.map(([, letter]) => letter).join(''), step));
const anyDay = fc.array(anyRun, { maxLength: 4 }).map((runs) => mergeDay([], runs, noCounts()));

describe('a day that is told again', () => {
  it('takes a real value for an estimated or a provisional one', () => {
    const { runs, counts } = merge([run(0, [100, 200, 300], 'epr')], [run(0, [110, 210, 300], 'rrr')]);
    assert.deepEqual(runs, [run(0, [110, 210, 300], 'rrr')]);
    assert.deepEqual(counts, { added: 0, replaced: 2, unchanged: 1, kept: 0 });
  });

  it('never takes an estimated, provisional or missing value for a real one', () => {
    const known = [run(0, [100, 200, 300], 'rrr')];
    const { runs, counts } = merge(known, [run(0, [1, 2, null], 'epm')]);
    assert.deepEqual(runs, known);
    assert.deepEqual(counts, { added: 0, replaced: 0, unchanged: 0, kept: 2 });
  });

  it('takes a correction that is as good as what it corrects', () => {
    assert.deepEqual(merge([run(0, [100], 'r')], [run(0, [101], 'r')]).runs, [run(0, [101], 'r')]);
  });

  it('fills what was missing, and notes what is missing where nothing was known', () => {
    const { runs, counts } = merge([run(0, [100, null], 'rm')], [run(30, [200, null], 'rm')]);
    assert.deepEqual(runs, [run(0, [100, 200, null], 'rrm')]);
    assert.equal(counts.added, 1);
  });

  it('keeps apart what has another step, and what does not follow', () => {
    const told = [run(0, [100, 100], 'rr'), run(60, [300, 300], 'rr', 10), run(600, [500], 'r')];
    assert.deepEqual(merge([], told).runs, told);
  });

  it('displaces all that a better value of another step overlaps', () => {
    const { runs } = merge([run(0, [100, 200, 300], 'eee')], [run(0, [50, 60, 70], 'rrr', 10)]);
    assert.deepEqual(runs, [run(0, [50, 60, 70], 'rrr', 10), run(30, [200, 300], 'ee')]);
  });

  it('changes nothing when it is told the same', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { runs, counts } = merge(day, day);
        assert.deepEqual(runs, day);
        assert.equal(counts.added + counts.replaced + counts.kept, 0);
      }),
    );
  });

  it('is never known worse than before, minute by minute', () => {
    const rankAt = (day: CurveRun[], minute: number): number => {
      for (const { startMinute, stepMinutes, watts, quality } of day) {
        const index = Math.floor((minute - startMinute) / stepMinutes);
        if (index >= 0 && index < watts.length && watts[index] !== null) return rankOf(quality[index] as string);
      }
      return rankOf('m');
    };
    const halfHours = anyDay.filter((day) => day.every(({ stepMinutes }) => stepMinutes === 30));
    fc.assert(
      fc.property(halfHours, halfHours, (known, told) => {
        const { runs } = merge(known, told);
        for (let minute = 0; minute < 1500; minute += 5) assert.ok(rankAt(runs, minute) <= Math.min(rankAt(known, minute), rankAt(told, minute)));
      }),
    );
  });
});
