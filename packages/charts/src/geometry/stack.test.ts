import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { labelledPlaces } from './bars.ts';
import { secondLine } from './second-line.ts';
import { stackOf } from './stack.ts';

const part = (...values: (number | null)[]) => ({ values });

describe('the parts of a bar', () => {
  it('lie upon each other without a gap, and fill the bar', () => {
    const columns = fc.array(fc.option(fc.integer({ min: 0, max: 50_000 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), columns, (total, values) => {
        const stack = stackOf(total, values.map((value) => part(value)), 0);
        if (!values.some(Boolean)) assert.deepEqual(stack, []);
        else assert.equal(stack.at(-1)?.to, 1);
        stack.forEach(({ from, to }, place) => {
          assert.equal(from, stack[place - 1]?.to ?? 0);
          assert.ok(to > from);
        });
      }),
    );
  });

  it('have the share that they have of the value, in the order given, and the rest is undivided', () => {
    assert.deepEqual(stackOf(1000, [part(250), part(null), part(500)], 0), [
      { part: 0, from: 0, to: 0.25 },
      { part: 2, from: 0.25, to: 0.75 },
      { part: -1, from: 0.75, to: 1 },
    ]);
  });

  it('leave nothing undivided that is only rounding', () => {
    assert.deepEqual(stackOf(10_001, [part(4000), part(6000)], 0).map(({ part: place, to }) => [place, to > 0.99]), [[0, false], [1, true]]);
  });

  it('never reach beyond the bar, whatever the registers add up to', () => {
    assert.deepEqual(stackOf(100, [part(80), part(50), part(10)], 0).map(({ to }) => to), [0.8, 1]);
  });

  it('are none where there is nothing to divide', () => {
    for (const total of [null, undefined, 0]) assert.deepEqual(stackOf(total, [part(10)], 0), []);
  });
});

describe('a second line over the bars', () => {
  const values = fc.array(fc.option(fc.double({ min: -20, max: 40, noNaN: true })), { maxLength: 60 });

  it('has a point for each value, inside the plot, and is broken where one is missing', () => {
    fc.assert(
      fc.property(values, (temperatures) => {
        const pieces = secondLine(temperatures, 10, 200);
        const points = pieces.flat();
        assert.deepEqual(points.map(({ index }) => index), temperatures.flatMap((value, index) => (value === null ? [] : [index])));
        for (const { x, y, index } of points) assert.ok(y >= 0 && y <= 200 && x === (index + 0.5) * 10);
        for (const piece of pieces) piece.forEach(({ index }, place) => assert.equal(index, (piece[0]?.index ?? 0) + place));
      }),
    );
  });

  it('rises with its values, below zero as well', () => {
    const [line = []] = secondLine([-4, -1, 6], 10, 100);
    assert.ok((line[0]?.y ?? 0) > (line[1]?.y ?? 0) && (line[1]?.y ?? 0) > (line[2]?.y ?? 0));
  });
});

describe('labels of the hours of a day', () => {
  const clock = (places: number, step: 'hour' | 'half-hour', band: number) => {
    const perHour = step === 'hour' ? 1 : 2;
    const change = places - 24 * perHour;
    return labelledPlaces(places, band, 38, step).map((index) => (index < (2 * perHour) + Math.max(0, change) ? index : index - change) / perHour);
  };

  it('stand at round hours, on days of 23, 24 and 25 hours alike', () => {
    for (const places of [23, 24, 25]) assert.deepEqual(clock(places, 'hour', 26), places === 23 ? [0, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22] : [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22], String(places));
    for (const places of [46, 48, 50]) assert.deepEqual(clock(places, 'half-hour', 6), [0, 6, 12, 18], String(places));
  });

  it('never touch', () => {
    fc.assert(
      fc.property(fc.constantFrom(23, 24, 25, 46, 48, 50), fc.double({ min: 3, max: 60, noNaN: true }), (places, band) => {
        const labelled = labelledPlaces(places, band, 38, places > 30 ? 'half-hour' : 'hour');
        assert.ok(labelled.length > 0);
        labelled.slice(1).forEach((index, place) => assert.ok((index - (labelled[place] ?? 0)) * band >= 38));
      }),
    );
  });
});
