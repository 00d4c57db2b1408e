import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { countOf, curveColumns, endOf, extentOf, indexAt, MISSING, pointAt, type CurveColumns } from './columns.ts';
import { countInWindow, decimate, indexRange, pixelColumns, rangeOf } from './decimate.ts';
import { FACTOR, Pyramid } from './pyramid.ts';
import { QualityRuns } from './quality-runs.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

const wattsOrMissing = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -3000, max: 12_000 }) }, { weight: 1, arbitrary: fc.constant(MISSING) });
const valueColumn = (maxLength: number) => fc.array(wattsOrMissing, { minLength: 1, maxLength }).map((values) => Int32Array.from(values));

/** Stretches that follow each other with gaps and changes of step. */
const curve = fc
  .array(fc.tuple(valueColumn(400), fc.constantFrom(10, 30, 60), fc.integer({ min: 0, max: 50 })), { minLength: 1, maxLength: 4 })
  .map((stretches) => {
    let start = START;
    return stretches.map(([values, stepMinutes, gap]): CurveColumns => {
      const quality = Array.from(values, (value) => (value === MISSING ? 'm' : 'r')).join('');
      const columns = { start, stepMinutes, values, quality };
      start = endOf(columns) + gap * stepMinutes * MINUTE;
      return columns;
    });
  });

describe('the curve reduced to pixels', () => {
  it('keeps every extreme, however many values share a pixel', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 60 }), (given, pixels) => {
        const window = extentOf(given);
        assert.ok(window);
        const into = pixelColumns(pixels);
        decimate(given, window, into);
        const measured = given.flatMap(({ values }) => [...values]).filter((value) => value !== MISSING);
        const drawn = [...into.max].filter((value) => value !== MISSING);
        assert.equal(drawn.length > 0, measured.length > 0);
        const range = measured.length === 0 ? { min: MISSING, max: MISSING } : { min: Math.min(...measured), max: Math.max(...measured) };
        assert.deepEqual(rangeOf(into), range);
      }),
    );
  });

  it('is the same with a pyramid as without, in any window', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }), (given, pixels, at, share) => {
        const extent = extentOf(given);
        assert.ok(extent);
        const length = (extent.to - extent.from) * share;
        const from = extent.from + at * (extent.to - extent.from - length);
        const pyramids = new Map(given.map((columns) => [columns, new Pyramid(columns.values)]));
        for (const pyramid of pyramids.values()) pyramid.build();
        const direct = pixelColumns(pixels);
        const climbed = pixelColumns(pixels);
        decimate(given, { from, to: from + length }, direct);
        decimate(given, { from, to: from + length }, climbed, pyramids);
        assert.deepEqual(climbed, direct);
      }),
    );
  });

  it('puts a peak into the pixel of its time', () => {
    const values = new Int32Array(1000).fill(100);
    values[730] = 9000;
    const into = pixelColumns(100);
    decimate([{ start: START, stepMinutes: 30, values, quality: 'r'.repeat(1000) }], { from: START, to: START + 1000 * 30 * MINUTE }, into);
    assert.equal(into.max.indexOf(9000), 73);
  });

  it('is unbroken where intervals are wider than pixels', () => {
    const values = Int32Array.of(100, 200, 300, 400);
    const into = pixelColumns(12);
    decimate([{ start: START, stepMinutes: 30, values, quality: 'rrrr' }], { from: START, to: START + 4 * 30 * MINUTE }, into);
    assert.deepEqual([...into.max], [100, 100, 100, 200, 200, 200, 300, 300, 300, 400, 400, 400]);
  });

  it('breaks where nothing was measured for longer than a pixel', () => {
    const values = new Int32Array(100).fill(500).fill(MISSING, 40, 60);
    const into = pixelColumns(10);
    decimate([{ start: START, stepMinutes: 30, values, quality: 'r'.repeat(100) }], { from: START, to: START + 100 * 30 * MINUTE }, into);
    assert.deepEqual([...into.max].map((value) => value === MISSING), [false, false, false, false, true, true, false, false, false, false]);
  });
});

describe('a pyramid', () => {
  it('holds of each block what reading its values says', () => {
    fc.assert(
      fc.property(valueColumn(5000), fc.integer({ min: 1, max: 5000 }), (values, most) => {
        const pyramid = new Pyramid(values);
        pyramid.build();
        const [{ min, max }, size] = pyramid.blocksUpTo(most);
        assert.ok(size <= most && (size * FACTOR > most || size * FACTOR >= values.length), 'as large as they may be and are of use');
        assert.equal(min.length, Math.ceil(values.length / size));
        for (const [block, highest] of max.entries()) {
          const measured = values.subarray(block * size, (block + 1) * size).filter((value) => value !== MISSING);
          assert.deepEqual([min[block], highest], measured.length === 0 ? [MISSING, MISSING] : [Math.min(...measured), Math.max(...measured)]);
        }
      }),
    );
  });

  it('is built in slices, and says when it is done', () => {
    const values = Int32Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 10_007);
    const pyramid = new Pyramid(values);
    let turns = 1;
    while (!pyramid.build(() => false)) turns++;
    assert.ok(turns > 1);
    assert.deepEqual(rangeOf(pyramid.blocksUpTo(FACTOR)[0]), { min: 0, max: 10_006 });
  });
});

describe('curve columns', () => {
  it('hold what the contract holds', () => {
    const [columns] = curveColumns({
      kind: 'curve',
      unit: 'W',
      segments: [{ start: '2026-11-23T23:00:00Z', stepMinutes: 30, values: [300, null, 0], quality: 'rme' }],
    });
    assert.ok(columns);
    assert.deepEqual([...columns.values], [300, MISSING, 0]);
    assert.equal(columns.start, Date.UTC(2026, 10, 23, 23));
    assert.deepEqual(pointAt([columns], 1), { index: 1, from: columns.start + 30 * MINUTE, to: columns.start + 60 * MINUTE, watts: null, quality: 'm' });
  });

  it('find each interval by its number and by any instant in it', () => {
    fc.assert(
      fc.property(curve, fc.nat(), fc.double({ min: 0, max: 0.999, noNaN: true }), (given, any, share) => {
        const index = any % countOf(given);
        const point = pointAt(given, index);
        assert.ok(point);
        assert.equal(indexAt(given, Math.floor(point.from + share * (point.to - point.from))), index);
      }),
    );
  });

  it('have no interval and no extent when they are empty', () => {
    assert.equal(extentOf([]), null);
    assert.equal(indexAt([], START), -1);
    assert.equal(pointAt([], 0), null);
  });

  it('count the intervals that a window touches', () => {
    const columns = { start: START, stepMinutes: 30, values: new Int32Array(48), quality: 'r'.repeat(48) };
    const hours = (from: number, to: number) => ({ from: START + from * 60 * MINUTE, to: START + to * 60 * MINUTE });
    assert.equal(countInWindow([columns], hours(0, 24)), 48);
    assert.equal(countInWindow([columns], hours(-5, 0.75)), 2);
    assert.deepEqual(indexRange(columns, hours(30, 40)), [0, 0]);
  });
});

describe('quality runs', () => {
  it('tell every stretch that is not real, once', () => {
    const columns = { start: START, stepMinutes: 30, values: new Int32Array(8), quality: 'rreemrrp' };
    const qualities = new QualityRuns([columns]);
    assert.ok(qualities.build());
    assert.deepEqual(
      qualities.runs.map(({ from, to, quality }) => [(from - START) / (30 * MINUTE), (to - START) / (30 * MINUTE), quality]),
      [[2, 4, 'e'], [4, 5, 'm'], [7, 8, 'p']],
    );
  });

  it('count what lies between two stretches as missing', () => {
    const stretch = (start: number) => ({ start, stepMinutes: 30, values: new Int32Array(2), quality: 'rr' });
    const qualities = new QualityRuns([stretch(START), stretch(START + 5 * 30 * MINUTE)]);
    qualities.build();
    assert.deepEqual(qualities.runs, [{ from: START + 2 * 30 * MINUTE, to: START + 5 * 30 * MINUTE, quality: 'm' }]);
  });

  it('stay whole when they are found slice by slice', () => {
    const quality = 'r'.repeat(60_000) + 'e'.repeat(20_000) + 'r'.repeat(60_000);
    const columns = { start: START, stepMinutes: 10, values: new Int32Array(quality.length), quality };
    const qualities = new QualityRuns([columns]);
    let turns = 1;
    while (!qualities.build(() => false)) turns++;
    assert.ok(turns > 1);
    assert.equal(qualities.runs.length, 1);
  });

  it('are not more than can be seen', () => {
    const columns = { start: START, stepMinutes: 10, values: new Int32Array(20_000), quality: 're'.repeat(10_000) };
    const qualities = new QualityRuns([columns]);
    qualities.build();
    const window = { from: START, to: endOf(columns) };
    const seen = [...qualities.inWindow(window, (window.to - window.from) / 100)];
    assert.ok(seen.length <= 101 && seen.length > 90, String(seen.length));
  });
});
