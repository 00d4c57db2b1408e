import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { darkOnLight, greyOf, localContrast, pgmOf, thicken, type Grey } from './grey.ts';

const picture: fc.Arbitrary<Grey> = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) => fc.uint8Array({ minLength: width * height, maxLength: width * height }).map((values) => ({ width, height, values: new Uint8Array(values) })));

/** A stroke on its ground, ten by ten. */
function stroke(ink: number, ground: number): Grey {
  return { width: 10, height: 10, values: Uint8Array.from({ length: 100 }, (_, index) => (index % 10 === 4 ? ink : ground)) };
}

describe('a picture in grey', () => {
  it('is as light as its colours are to an eye', () => {
    assert.deepEqual([...greyOf({ width: 4, height: 1, data: [255, 255, 255, 255, 0, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255] }).values], [255, 0, 149, 28]);
  });

  it('shows what is dark on light and light on dark alike', () => {
    const print = stroke(20, 200);
    assert.deepEqual(darkOnLight(print), print);
    assert.deepEqual(darkOnLight(stroke(235, 55)).values, print.values);
  });

  it('has its strokes at any light: what is added to all points changes nothing', () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 60 }), (grey, radius, light) => {
        const dim = { ...grey, values: grey.values.map((value) => value % 190) };
        const lit = { ...dim, values: dim.values.map((value) => value + light) };
        const [one, other] = [localContrast(dim, radius).values, localContrast(lit, radius).values];
        // A mean may be rounded one way or the other.
        assert.ok(one.every((value, index) => Math.abs(value - (other[index] as number)) <= 1));
      }),
    );
  });

  it('loses nothing dark when it is thickened, and closes a gap', () => {
    fc.assert(fc.property(picture, fc.integer({ min: 0, max: 3 }), (grey, radius) => assert.ok(thicken(grey, radius).values.every((value, index) => value <= (grey.values[index] as number)))));
    const gap: Grey = { width: 5, height: 1, values: Uint8Array.of(0, 0, 255, 0, 0) };
    assert.deepEqual([...thicken(gap, 1).values], [0, 0, 0, 0, 0]);
  });

  it('is a file with its size and every point', () => {
    fc.assert(
      fc.property(picture, (grey) => {
        const file = Buffer.from(pgmOf(grey));
        assert.ok(file.toString('latin1').startsWith(`P5 ${grey.width} ${grey.height} 255\n`));
        assert.deepEqual([...file.subarray(file.length - grey.values.length)], [...grey.values]);
      }),
    );
  });
});
