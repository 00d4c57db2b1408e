import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessHolds, ClockTime, dayToShow, offPeakOn, pricesOn, stretchesOf, unitPrice, type ContractPrice, type OffPeak } from './index.ts';

describe('the day that a contract is shown with', () => {
  it('is today while the contract runs', () => {
    assert.equal(dayToShow({ from: '2020-01-01', to: null }, '2026-11-24'), '2026-11-24');
    assert.equal(dayToShow({ from: '2020-01-01', to: '2026-11-25' }, '2026-11-24'), '2026-11-24');
  });

  it('is its last once it has ended, and its first before it begins', () => {
    assert.equal(dayToShow({ from: '2020-01-01', to: '2026-09-01' }, '2026-11-24'), '2026-08-31');
    assert.equal(dayToShow({ from: '2020-01-01', to: '2026-11-24' }, '2026-11-24'), '2026-11-23');
    assert.equal(dayToShow({ from: '2026-12-01', to: null }, '2026-11-24'), '2026-12-01');
  });
});

describe('a reader\'s access', () => {
  it('holds through its last day, and without one until it is taken back', () => {
    assert.equal(accessHolds('2026-11-24', '2026-11-24'), true);
    assert.equal(accessHolds('2026-11-23', '2026-11-24'), false);
    assert.equal(accessHolds(null, '2099-01-01'), true);
  });
});

describe('prices and off-peak hours', () => {
  const price = (from: string, to: string | null, value: number): ContractPrice => ({ what: 'BASE', unit: 'kWh', price: unitPrice(value), from, to });
  const prices = [price('2025-08-01', '2026-02-01', 19_520), price('2026-02-01', null, 19_400)];
  const before: OffPeak = { ranges: [{ from: '22:30', to: '06:30' }], from: '2020-01-01', to: '2026-10-15' };
  const after: OffPeak = { ranges: [{ from: '01:34', to: '07:34' }, { from: '12:04', to: '14:04' }], from: '2026-10-15', to: null };

  it('change on a day: the last day of the old is the day before', () => {
    assert.deepEqual(pricesOn(prices, '2026-01-31').map((each) => each.price), [19_520]);
    assert.deepEqual(pricesOn(prices, '2026-02-01').map((each) => each.price), [19_400]);
    assert.equal(offPeakOn([before, after], '2026-10-14'), before);
    assert.equal(offPeakOn([before, after], '2026-10-15'), after);
    assert.equal(offPeakOn([before, after], '2019-12-31'), undefined);
  });

  it('cover a day from midnight to midnight: a range over midnight is two stretches of it', () => {
    assert.deepEqual(stretchesOf(before.ranges), [{ from: 0, to: 390 }, { from: 1350, to: 1440 }]);
    assert.deepEqual(stretchesOf(after.ranges), [{ from: 94, to: 454 }, { from: 724, to: 844 }]);
    assert.deepEqual(stretchesOf([{ from: '22:00', to: '00:00' }]), [{ from: 1320, to: 1440 }]);
    assert.deepEqual(stretchesOf([{ from: '16:00', to: '24:00' }]), [{ from: 960, to: 1440 }]);
  });

  it('are told by the minute, and never past midnight', () => {
    for (const time of ['00:00', '01:34', '23:59', '24:00']) assert.ok(ClockTime.safeParse(time).success, time);
    for (const time of ['24:01', '1:34', '12:60', '12h04']) assert.equal(ClockTime.safeParse(time).success, false, time);
  });
});
