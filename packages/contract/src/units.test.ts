import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cents, cost, divideRounded, sum, unitPrice, wattHours } from './units.ts';

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('energy and money', () => {
  it('refuses what is not a whole number', () => {
    for (const value of [0.1, NaN, Infinity, 2 ** 53]) {
      assert.throws(() => wattHours(value), RangeError);
      assert.throws(() => cents(value), RangeError);
      assert.throws(() => unitPrice(value), RangeError);
    }
  });

  it('sums without drift, in any order', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 500 }), (values) => {
        const exact = Number(values.reduce((total, value) => total + BigInt(value), 0n));
        assert.equal(sum(values.map(cents)), exact);
        assert.equal(sum(values.toReversed().map(cents)), exact);
      }),
    );
  });

  it('has no negative zero to print', () => {
    assert.ok(Object.is(cents(-0), 0));
    assert.ok(Object.is(cost(wattHours(0), unitPrice(-5)), 0));
  });

  it('rounds a cost to the cent, half away from zero', () => {
    // 1 kWh at 0.00500 € is half a cent.
    assert.equal(cost(wattHours(1000), unitPrice(500)), 1);
    assert.equal(cost(wattHours(1000), unitPrice(-500)), -1);
    assert.equal(cost(wattHours(1000), unitPrice(499)), 0);
    // 123.456 kWh at 0.20160 € is 24.8887… €.
    assert.equal(cost(wattHours(123_456), unitPrice(20160)), 2489);
  });

  it('is exact where floating point is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (energy, price) => {
        const millionths = BigInt(energy) * BigInt(price);
        const off = BigInt(cost(wattHours(energy), unitPrice(price))) * 1_000_000n - millionths;
        assert.ok(off <= 500_000n && off > -500_000n);
      }),
    );
  });

  it('divides symmetrically around zero', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.bigInt({ min: 1n, max: 10n ** 6n }), (dividend, divisor) => {
        assert.equal(divideRounded(-dividend, divisor), -divideRounded(dividend, divisor));
        assert.equal(divideRounded(dividend, -divisor), divideRounded(-dividend, divisor));
      }),
    );
  });
});
