import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bandsInWindow } from './bands.ts';
import { MISSING } from './columns.ts';
import { columnPeaks, intervalPeaks, peaksOver } from './peaks.ts';
import { isNear } from './value-axis.ts';

const HOUR = 3_600_000;

describe('bands behind the curve', () => {
  const nights = Array.from({ length: 3650 }, (_, day) => ({ from: day * 24 * HOUR, to: (day * 24 + 8) * HOUR }));

  it('are those that the window touches', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 90_000, noNaN: true }), fc.double({ min: 1, max: 500, noNaN: true }), (start, hours) => {
        const window = { from: start * HOUR, to: (start + hours) * HOUR };
        assert.deepEqual(bandsInWindow(nights, window, 1000), nights.filter(({ from, to }) => to > window.from && from < window.to));
      }),
    );
  });

  it('are none where they would be a barcode', () => {
    assert.deepEqual(bandsInWindow(nights, { from: 0, to: 365 * 24 * HOUR }, 900), []);
    assert.equal(bandsInWindow(nights, { from: 0, to: 14 * 24 * HOUR }, 900).length, 14);
  });
});

describe('what exceeds a limit', () => {
  it('is marked at its highest, once in a room', () => {
    const watts = [100, 900, 950, 920, 100, 100, 100, 800, MISSING];
    const peaks = watts.map((each, index) => ({ x: index * 4, watts: each }));
    assert.deepEqual(peaksOver(700, peaks, 12).map(({ x }) => x), [8, 28]);
  });

  it('is never forgotten: each peak has a mark near it that is at least as high', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 200 }), (watts) => {
        const peaks = watts.map((each, index) => ({ x: index * 3, watts: each }));
        const marks = peaksOver(600, peaks, 12);
        for (const { x, watts: high } of peaks) if (high > 600) assert.ok(marks.some((mark) => Math.abs(mark.x - x) <= 24 && mark.watts >= high));
        for (const mark of marks) assert.ok(mark.watts > 600);
      }),
    );
  });

  it('is found interval by interval and column by column', () => {
    const values = Int32Array.of(100, 900, MISSING, 300);
    const curve = [{ start: 0, stepMinutes: 60, values, quality: 'rrmr' }];
    assert.deepEqual(peaksOver(500, intervalPeaks(curve, { from: 0, to: 4 * HOUR }, 400), 12), [{ x: 150, watts: 900 }]);
    assert.deepEqual(peaksOver(500, columnPeaks({ min: values, max: values }, 400), 12), [{ x: 150, watts: 900 }]);
  });

  it('has a line as soon as the curve comes near the limit', () => {
    assert.ok(isNear(6000, 5000) && isNear(6000, 8000));
    assert.ok(!isNear(9000, 2000) && !isNear(9000, MISSING));
  });
});
