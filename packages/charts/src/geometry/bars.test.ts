import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { barAt, labelledPlaces, layoutBars } from './bars.ts';

const value = fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.constant(null));
const plot = fc.record({
  values: fc.array(value, { maxLength: 40 }),
  previous: fc.array(value, { maxLength: 40 }),
  slots: fc.integer({ min: 0, max: 40 }),
  width: fc.integer({ min: 60, max: 2000 }),
  height: fc.integer({ min: 20, max: 600 }),
});

describe('bars', () => {
  it('never leave the plot, and never meet', () => {
    fc.assert(
      fc.property(plot, (given) => {
        const { bars, previous, band } = layoutBars(given);
        for (const bar of [...bars, ...previous]) {
          if (!bar) continue;
          assert.ok(bar.x >= 0 && bar.x + bar.width <= given.width + 1e-6);
          assert.ok(bar.y >= -1e-6 && bar.y + bar.height <= given.height + 1e-6);
          assert.ok(bar.width > 0 && bar.width < band);
        }
      }),
    );
  });

  it('are as high as their values, one to another', () => {
    const { bars } = layoutBars({ values: [1000, 2000, 4000], slots: 3, width: 300, height: 100 });
    const [one, two, four] = bars.map((bar) => bar?.height ?? 0) as [number, number, number];
    assert.ok(Math.abs(two - 2 * one) < 1e-9 && Math.abs(four - 4 * one) < 1e-9);
  });

  it('share their axis with the previous period, so that both can be compared', () => {
    const { axis, bars } = layoutBars({ values: [1000], previous: [9000], slots: 1, width: 100, height: 100 });
    assert.ok(axis.max >= 9000);
    assert.ok((bars[0]?.height ?? 0) <= 100 / 9);
  });

  it('leave a gap for a missing value, and a hairline for a measured zero', () => {
    const { bars } = layoutBars({ values: [null, 0, 500], slots: 3, width: 90, height: 100 });
    assert.equal(bars[0], null);
    assert.equal(bars[1]?.height, 1);
  });

  it('keep the room of the days that are still to come', () => {
    const { band, bars } = layoutBars({ values: [1, 2], slots: 30, width: 300, height: 50 });
    assert.equal(band, 10);
    assert.equal(bars.length, 2);
  });

  it('hang below zero when energy was given back', () => {
    const { bars, zero } = layoutBars({ values: [1000, -500], slots: 2, width: 100, height: 90 });
    assert.equal(bars[1]?.y, zero);
    assert.ok((bars[0]?.y ?? Infinity) < zero);
  });

  it('are found under a finger anywhere in their column, and nowhere else', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 400, noNaN: true }), (x) => {
        const index = barAt(x, 10, 30);
        assert.ok(index >= 0 && index < 30);
        if (x >= 0 && x < 300) assert.ok(index * 10 <= x && x < (index + 1) * 10);
      }),
    );
  });

  it('are labelled as often as labels fit, and by weeks when they are many', () => {
    const second = (band: number) => labelledPlaces(31, band, 30, 'day')[1];
    assert.deepEqual([40, 20, 9, 3].map(second), [1, 2, 7, 14]);
  });
});
