import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { elementLines } from './json.ts';

describe('the lines of the elements of a JSON array', () => {
  it('are those of the file, whatever the elements hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue(), { minLength: 1 }), (before, elements) => {
        const text = JSON.stringify({ before, list: [{ before }, { points: elements }] }, null, 2);
        const lines = text.split('\n');
        const found = elementLines(text, ['list', 1, 'points']);
        assert.equal(found.length, elements.length);
        elements.forEach((element, index) => {
          const [first = ''] = JSON.stringify(element, null, 2).split('\n');
          assert.equal(lines[(found[index] ?? 0) - 1]?.trim().replace(/,$/, ''), first.replace(/,$/, ''));
        });
        assert.deepEqual(found, found.toSorted((left, right) => left - right));
      }),
    );
  });

  it('are none where the path leads nowhere', () => {
    assert.deepEqual(elementLines('{"a":[1,2]}', ['b']), []);
    assert.deepEqual(elementLines('[[1],\n[2]]', [1]), [2]);
  });
});
