import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { changedInstalments } from './changed-instalments.ts';
import { PortalError } from './errors.ts';
import { fittingInstalment, instalmentRange, settlementWith } from './instalments.ts';
import type { InstalmentPlan } from './invoices.ts';
import { addDays, addSteps, type LocalDay } from './time.ts';
import { cents, sum } from './units.ts';

const TODAY: LocalDay = '2026-06-20';
/** The fifth of a month. */
const due = (at: number): LocalDay => addDays(addSteps('2026-02-01', 'month', at), 4);
const TERMS = { instalments: { lowest: 70, highest: 150, noticeDays: 14 } };

function plan(amount = 8330, paid = 5, more: Partial<InstalmentPlan> = {}): InstalmentPlan {
  const instalments = Array.from({ length: 10 }, (_, at) => ({ dueOn: due(at), amount: cents(amount), paidOn: at < paid ? due(at) : null }));
  return { period: { from: '2026-01-01', to: '2027-01-01' }, settlementOn: '2027-01-12', instalments, ...more };
}
const refusal = (code: string) => (error: unknown) => error instanceof PortalError && error.kind === code;

describe('instalments that a customer may change', () => {
  it('are those far enough away, to whole euros within what the utility allows', () => {
    assert.deepEqual(instalmentRange(plan(), TERMS, TODAY), { current: 8330, least: 5900, most: 12_400, count: 5, firstOn: '2026-07-05', toCome: 5 * 8330 });
    assert.equal(instalmentRange(plan(), TERMS, '2026-06-22')?.firstOn, '2026-08-05', 'the bank has been told of what is due sooner');
  });

  it('are none where the utility changes them by itself, or none is left', () => {
    assert.equal(instalmentRange(plan(), {}, TODAY), undefined);
    assert.equal(instalmentRange(plan(8330, 10), TERMS, TODAY), undefined);
    assert.equal(instalmentRange(plan(80), { instalments: { lowest: 100, highest: 100, noticeDays: 0 } }, TODAY), undefined, 'no whole euro lies between');
  });

  it('stay within what was agreed at first, however often they are changed', () => {
    const { plan: once } = changedInstalments(plan(), cents(12_000), TERMS, TODAY);
    assert.deepEqual(once.instalments.map(({ amount }) => amount), [8330, 8330, 8330, 8330, 8330, 12_000, 12_000, 12_000, 12_000, 12_000]);
    assert.equal(once.agreed, 8330);
    assert.deepEqual([instalmentRange(once, TERMS, TODAY)?.current, instalmentRange(once, TERMS, TODAY)?.most], [12_000, 12_400]);
    assert.deepEqual(changedInstalments(once, cents(8300), TERMS, TODAY).plan.agreed, 8330);
  });

  it('are refused for what is not offered, and where nothing can be changed', () => {
    for (const amount of [5800, 12_500, 8350]) assert.throws(() => changedInstalments(plan(), cents(amount), TERMS, TODAY), refusal('invalid'), String(amount));
    assert.throws(() => changedInstalments(null, cents(8000), TERMS, TODAY), refusal('conflict'));
    assert.throws(() => changedInstalments(plan(), cents(8000), {}, TODAY), refusal('conflict'));
    assert.throws(() => changedInstalments(plan(8330, 10), cents(8000), TERMS, TODAY), refusal('conflict'));
  });

  it('leave of the settlement what was told, whatever is chosen', () => {
    const settlements = fc.integer({ min: -200_000, max: 200_000 }).map(cents);
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 60_000 }), fc.nat({ max: 9 }), settlements, fc.nat({ max: 200 }), (amount, paid, settlement, later) => {
        const before = plan(amount, paid);
        const today = addDays('2026-01-20', later);
        const range = instalmentRange(before, TERMS, today);
        if (!range) return;
        const fitting = fittingInstalment(settlement, range);
        const { plan: after } = changedInstalments(before, fitting, TERMS, today);
        const total = (one: InstalmentPlan) => sum(one.instalments.map((instalment) => instalment.amount));
        const left = settlementWith(settlement, range, fitting);
        assert.equal(settlement - (total(after) - total(before)), left);
        // Within the range nothing is left to pay, and less than a euro a month too much is paid.
        if (range.least < fitting && fitting < range.most) assert.ok(left <= 0 && left > -100 * range.count, String(left));
        for (const { amount: each, paidOn } of after.instalments) assert.ok(paidOn !== null || each === amount || (each >= range.least && each <= range.most));
      }),
    );
  });
});
