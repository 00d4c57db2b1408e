import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { maskIban, readIban } from './iban.ts';

/** The example of the French banks. */
const FRENCH = 'FR1420041010050500013M02606';

describe('an IBAN', () => {
  it('is read as people type it', () => {
    for (const typed of [FRENCH, 'fr14 2004 1010 0505 0001 3m02 606', ' FR14-2004-1010-0505-0001-3M02-606 ', 'FR14\u00a02004\u00a01010\u00a00505\u00a00001\u00a03M02\u00a0606']) assert.deepEqual(readIban(typed), { iban: FRENCH }, typed);
    assert.deepEqual(readIban('DE89 3704 0044 0532 0130 00'), { iban: 'DE89370400440532013000' });
  });

  it('that is none says why', () => {
    assert.deepEqual(readIban('  '), { fault: 'missing' });
    assert.deepEqual(readIban('ZZ14 2004'), { fault: 'country' });
    assert.deepEqual(readIban(FRENCH.slice(0, -1)), { fault: 'length' });
    assert.deepEqual(readIban(FRENCH.replace('2004', '2A04')), { fault: 'form' });
    assert.deepEqual(readIban(FRENCH.replace('0505', '0506')), { fault: 'digits' });
    assert.deepEqual(readIban('BR15 0000 0000 0000 1093 2840 814P 2'), { fault: 'outside-sepa' });
  });

  it('with one digit changed, or two neighbours swapped, is never taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: FRENCH.length - 2 }), fc.constantFrom(...'0123456789'), (at, digit) => {
        const swapped = FRENCH.slice(0, at) + FRENCH.charAt(at + 1) + FRENCH.charAt(at) + FRENCH.slice(at + 2);
        const changed = FRENCH.slice(0, at) + digit + FRENCH.slice(at + 1);
        for (const wrong of [swapped, changed]) assert.ok(wrong === FRENCH || 'fault' in readIban(wrong), wrong);
      }),
    );
  });

  it('tells no more of itself than its country and its end', () => {
    assert.equal(maskIban(FRENCH), 'FR14 •••• •••• •••• •••• •••2 606');
    assert.equal(maskIban(FRENCH).replaceAll(/[ •]/g, ''), 'FR142606');
  });
});
