import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { valueAxis, valueToY } from './value-axis.ts';

describe('the value axis', () => {
  it('holds zero and every value, with at most four lines beside zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (highest) => {
        const axis = valueAxis(0, highest);
        assert.equal(axis.min, 0);
        assert.ok(axis.max >= highest);
        assert.ok(axis.ticks.length >= 2 && axis.ticks.length <= 5, `${highest}: ${axis.ticks.join()}`);
        assert.equal(axis.ticks[0], 0);
      }),
    );
  });

  it('reaches below zero for energy given back', () => {
    const axis = valueAxis(-700, 1200);
    assert.ok(axis.min <= -700 && axis.max >= 1200);
    assert.ok(axis.ticks.includes(0));
  });

  it('draws no line when there is nothing to measure against', () => {
    assert.deepEqual(valueAxis(0, 0).ticks, []);
    assert.deepEqual(valueAxis(0, Number.NaN).ticks, []);
  });

  it('puts its top at 0 and its bottom at the height', () => {
    assert.equal(valueToY(15, { min: 0, max: 15 }, 200), 0);
    assert.equal(valueToY(0, { min: 0, max: 15 }, 200), 200);
  });
});
