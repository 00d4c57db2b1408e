import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskEmail, maskPhone } from './masked.ts';

describe('what is told only to who should know it', () => {
  it('is an address of which most is hidden', () => {
    assert.equal(maskEmail('camille@example.org'), 'c•••••@example.org');
    assert.equal(maskEmail('@example.org'), '•••••');
  });

  it('is a number of which most is hidden', () => {
    assert.deepEqual(['+33612345678', '0612345678', '+336', ''].map(maskPhone), ['+33•••••78', '06•••••78', '•••••', '•••••']);
  });
});
