import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { candidatesOf, MOST_CANDIDATES, placesOf, type FoundLine } from './candidates.ts';

const look = fc.record({ text: fc.stringMatching(/^[0-9 ]{0,8}\n?$/), confidence: fc.integer({ min: 0, max: 100 }) });

describe('what may stand on a display', () => {
  it('has as many digits as the register, each once, and no more are suggested than one reads', () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 20 }), fc.integer({ min: 4, max: 6 }), (looks, digits) => {
        const candidates = candidatesOf(looks, digits);
        assert.ok(candidates.every((each) => /^\d+$/.test(each) && each.length === digits));
        assert.equal(new Set(candidates).size, candidates.length);
        assert.ok(candidates.length <= MOST_CANDIDATES);
        const read = looks.some(({ text }) => text.replaceAll(/\D/g, '').length === digits);
        assert.equal(candidates.length > 0, read);
      }),
    );
  });

  it('is what most looks saw, or fewer that are surer', () => {
    assert.deepEqual(candidatesOf([{ text: '12345\n', confidence: 20 }, { text: '12845\n', confidence: 25 }, { text: '12345\n', confidence: 15 }], 5), ['12345', '12845']);
    assert.deepEqual(candidatesOf([{ text: '12345', confidence: 0 }, { text: '12845', confidence: 90 }, { text: '12345', confidence: 0 }], 5), ['12845', '12345']);
  });

  it('is nothing of a look that took the frame for a digit', () => {
    assert.deepEqual(candidatesOf([{ text: '112345', confidence: 96 }, { text: '12345', confidence: 3 }], 5), ['12345']);
  });
});

describe('where a display may be in a photo', () => {
  const line = (text: string, height: number, left = 0): FoundLine => ({ text, confidence: 0, left, top: 0, width: 400, height });

  it('is where about as many digits are, the tallest first, and not on the type plate', () => {
    assert.deepEqual(placesOf([line('456050', 20), line('12345', 73), line('112345', 80, 100), line('7', 200), line('772743273', 90)], 5).map(({ text }) => text), ['112345', '12345']);
  });

  it('is looked at once, however often it was found', () => {
    assert.equal(placesOf([line('12345', 73), line('12345', 73, 3), line('12346', 70, 60)], 5).length, 2);
  });
});
