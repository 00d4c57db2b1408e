import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canBePlanned, partCounts, planParts } from './payment-means.ts';
import { cents, sum } from './units.ts';

describe('a payment plan', () => {
  const plans = { mostParts: 6, leastPart: cents(2000) };

  it('may be asked for in as many parts as are worth it', () => {
    assert.deepEqual(partCounts(cents(9_999), { plans }), [2, 3, 4]);
    assert.deepEqual(partCounts(cents(10_000), { plans }), [2, 3, 4, 5]);
    assert.deepEqual(partCounts(cents(3_999), { plans }), []);
    assert.deepEqual(partCounts(cents(90_000), {}), [], 'not where the utility has none');
  });

  it('is due month by month, on the last day of shorter months', () => {
    assert.deepEqual(planParts(cents(10_001), 3, '2026-12-16'), [
      { dueOn: '2026-12-31', amount: 3334 },
      { dueOn: '2027-01-31', amount: 3334 },
      { dueOn: '2027-02-28', amount: 3333 },
    ]);
  });

  it('adds up to what is owed, in parts that differ by a cent at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 2, max: 36 }), fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (amount, count, date) => {
        const parts = planParts(cents(amount), count, date.toISOString().slice(0, 10));
        const amounts = parts.map((part) => part.amount);
        assert.equal(sum(amounts), amount);
        assert.ok(Math.max(...amounts) - Math.min(...amounts) <= 1);
        assert.deepEqual(parts.map(({ dueOn }) => dueOn), [...new Set(parts.map(({ dueOn }) => dueOn))].sort());
      }),
    );
  });

  it('is for what is overdue, and for nothing else', () => {
    assert.equal(canBePlanned({ state: 'overdue', balance: cents(1) }), true);
    for (const state of ['open', 'disputed', 'confirming', 'paid', 'debit-planned'] as const) assert.equal(canBePlanned({ state, balance: cents(1) }), false, state);
  });
});
