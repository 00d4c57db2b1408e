import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forecastSettlement, type KnownCost } from './bill-watch.ts';
import { costOfNight, settlementOutlook } from './bill-warnings.ts';
import type { InstalmentPlan } from './invoices.ts';
import { addDays, addSteps, type LocalDay } from './time.ts';
import { cents, exactCost, wattHours } from './units.ts';

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

describe('what a load of the night costs', () => {
  const day = (energy: number, euros: number) => ({ energy: wattHours(energy), cost: exactCost(euros * 100_000_000) });

  it('is that of thirty days, at what a kWh has cost', () => {
    assert.deepEqual(costOfNight({ rise: 150 }, [day(10_000, 2), day(30_000, 6)]), { energy: 108_000, amount: 2160 });
  });

  it('is energy alone where nothing is known of its price', () => {
    assert.deepEqual(costOfNight({ rise: 150 }, []), { energy: 108_000 });
  });
});
