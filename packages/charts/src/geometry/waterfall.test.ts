import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { layoutWaterfall } from './waterfall.ts';

describe('a waterfall', () => {
  it('goes on from where the part before ended, and comes down for what is given back', () => {
    const { bars, zero } = layoutWaterfall([{ amount: 60 }, { amount: 40 }, { amount: -20 }, { amount: 80, isTotal: true }]);
    assert.equal(zero, 0);
    assert.deepEqual(bars, [{ from: 0, to: 0.6, end: 0.6 }, { from: 0.6, to: 1, end: 1 }, { from: 0.8, to: 1, end: 0.8 }, { from: 0, to: 0.8, end: 0.8 }]);
  });

  it('holds zero and every level, whatever the amounts', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ amount: fc.integer({ min: -100_000, max: 100_000 }), isTotal: fc.boolean() }), { maxLength: 12 }), (steps) => {
        const { bars, zero } = layoutWaterfall(steps);
        for (const share of [zero, ...bars.flatMap(({ from, to, end }) => [from, to, end])]) assert.ok(share >= 0 && share <= 1);
        bars.forEach(({ from, to, end }, index) => {
          assert.ok(from <= to && (end === from || end === to));
          const start = steps[index]?.isTotal ? zero : (bars[index - 1]?.end ?? zero);
          assert.ok(Math.abs(start - from) < 1e-9 || Math.abs(start - to) < 1e-9);
        });
      }),
    );
  });

  it('has no width where nothing is to be shown', () => {
    assert.deepEqual(layoutWaterfall([{ amount: 0 }]), { zero: 0, bars: [{ from: 0, to: 0, end: 0 }] });
  });
});
