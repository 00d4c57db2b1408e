import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dialled } from './portal.ts';

describe('a phone number as it is written', () => {
  it('is dialled by its digits', () => {
    assert.deepEqual(['05 36 49 10 30', '05.36.49.10.30', '+33 5 36 49 10 30', '+33 (0)5 36 49 10 30', '112'].map(dialled), ['tel:0536491030', 'tel:0536491030', 'tel:+33536491030', 'tel:+33536491030', 'tel:112']);
  });
});
