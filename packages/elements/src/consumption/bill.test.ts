import { exactCost } from '@oya/contract';
import { expect } from 'chai';
import { billOf } from './bill.ts';
import { costGaps } from './counts.ts';
import { days, NOVEMBER } from './testing/answers.ts';

/** One kWh a day at 0.20 €/kWh, and 0.50 € a day for the contract. */
const costs = (unknown: string[] = []) => ({
  more: (starts: readonly string[]) => ({
    cost: { energy: starts.map((day) => (unknown.includes(day) ? null : 20_000_000)), standingCharge: starts.map(() => 50_000_000), registers: [] },
  }),
});

describe('the bill of a picture', () => {
  it('adds up exactly, with what is due whatever is consumed apart', () => {
    const bill = billOf(days(NOVEMBER, () => [1000], costs()));
    expect(bill).to.deep.equal({
      energy: exactCost(600_000_000),
      standingCharge: exactCost(1_500_000_000),
      total: exactCost(2_100_000_000),
      share: 15 / 21,
      perKilowattHour: 70_000,
      energyPerKilowattHour: 20_000,
    });
  });

  it('spreads only what is known to cost something over the energy that it was for', () => {
    const bill = billOf(days(NOVEMBER, () => [1000], costs(['2026-11-03'])));
    expect([bill?.energy, bill?.energyPerKilowattHour]).to.deep.equal([580_000_000, 20_000]);
  });

  it('has no price per kWh where nothing was consumed, and none at all where nothing has a cost', () => {
    expect(billOf(days(NOVEMBER, () => [0], costs()))?.perKilowattHour).to.equal(undefined);
    expect(billOf(days(NOVEMBER, () => [1000]))).to.equal(undefined);
  });

  it('tells why a day has no cost: no price that day, or registers that are not told', () => {
    expect(costGaps(days(NOVEMBER, () => [1000], costs(['2026-11-03', '2026-11-04']))).get('price')).to.equal(2);
    const split = days(NOVEMBER, () => [1000], {
      ...costs(['2026-11-03', '2026-11-04']),
      series: (starts) => ({ registers: [{ code: 'HC', values: starts.map((day) => (day === '2026-11-03' ? null : 400)) }, { code: 'HP', values: starts.map((day) => (day === '2026-11-03' ? null : 600)) }] }),
    });
    expect(Object.fromEntries(costGaps(split))).to.deep.equal({ registers: 1, price: 1 });
    expect(costGaps(days(NOVEMBER, (day) => [day === '2026-11-03' ? null : 1000], costs(['2026-11-03']))).size, 'nothing measured, nothing to pay').to.equal(0);
  });
});
