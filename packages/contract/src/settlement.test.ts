import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forecastSettlement, settlementOutlook, type KnownCost } from './settlement.ts';
import type { InstalmentPlan } from './invoices.ts';
import { addDays, addSteps, type LocalDay, type Period } from './time.ts';
import { cents, exactCost } from './units.ts';

const TODAY: LocalDay = '2026-06-20';
/** The fifth of a month. */
const due = (at: number): LocalDay => addDays(addSteps('2026-02-01', 'month', at), 4);
const TERMS = { instalments: { lowest: 70, highest: 150, noticeDays: 14 } };
const PLAN: InstalmentPlan = {
  period: { from: '2026-01-01', to: '2027-01-01' },
  settlementOn: '2027-01-12',
  instalments: Array.from({ length: 10 }, (_, at) => ({ dueOn: due(at), amount: cents(8000), paidOn: at < 5 ? due(at) : null })),
};
const costing = (euros: number, from: LocalDay, count: number): KnownCost[] => Array.from({ length: count }, (_, at) => ({ day: addDays(from, at), amount: exactCost(euros * 100_000_000) }));
const outlook = (euros: number, { days = 170, terms = TERMS }: { days?: number; terms?: Parameters<typeof settlementOutlook>[2] } = {}) => {
  const forecast = forecastSettlement(PLAN, costing(euros, '2026-01-01', days));
  return forecast && settlementOutlook(PLAN, forecast, terms, TODAY);
};

describe('what a settlement looks like', () => {
  it('warns of one that would hurt, with the instalment that leaves nothing of it', () => {
    // 365 × 3 € less 800 €.
    const told = outlook(3);
    assert.deepEqual([told?.forecast.settlement, told?.isWarning], [29_500, true]);
    // Five of 80 € are left: 295 € more are five of 139 €, but 120 € is the most.
    assert.deepEqual(told?.better, { amount: 12_000, settlement: 9500 });
  });

  it('warns of none that is small, or in the customer’s favour, but tells what would fit', () => {
    const even = outlook(2.25);
    assert.deepEqual([even?.forecast.settlement, even?.isWarning, even?.better], [2125, false, undefined]);
    const some = outlook(2.4);
    assert.deepEqual([some?.forecast.settlement, some?.isWarning, some?.better], [7600, false, { amount: 9600, settlement: -400 }]);
    const back = outlook(1);
    assert.deepEqual([back?.isWarning, back?.better?.amount], [false, 5600]);
  });

  it('says nothing by the days of one season alone', () => {
    assert.equal(outlook(6, { days: 60 }), undefined);
  });

  it('offers no instalment where the utility changes them by itself', () => {
    const told = outlook(3, { terms: {} });
    assert.deepEqual([told?.isWarning, told?.range, told?.better], [true, undefined, undefined]);
  });
});

describe('the settlement to come', () => {
  const period: Period = { from: '2026-01-01', to: '2027-01-01' };
  const plan = { period, instalments: Array.from({ length: 10 }, (_, index) => ({ dueOn: addSteps('2026-02-01', 'month', index), amount: cents(10_000), paidOn: null })) };
  const days = (from: LocalDay, count: number, euros: number) => Array.from({ length: count }, (_, index) => ({ day: addDays(from, index), amount: exactCost(euros * 100_000_000) }));

  it('is what the days cost so far and those to come are likely to, less the instalments', () => {
    assert.deepEqual(forecastSettlement(plan, days('2026-01-01', 100, 3)), { period, days: { known: 100, toCome: 265 }, known: 30_000, toCome: 79_500, restsOn: 'days-so-far', instalments: 100_000, settlement: 9500 });
  });

  it('rests on the year before where it is known, raised by how this year compares', () => {
    const forecast = forecastSettlement(plan, [...days('2025-01-02', 364, 2), ...days('2026-01-01', 100, 3)]);
    assert.deepEqual([forecast?.restsOn, forecast?.toCome], ['year-before', 265 * 300]);
  });

  it('is not told before the first day is known', () => {
    assert.equal(forecastSettlement(plan, days('2025-01-02', 30, 2)), undefined);
  });
});
