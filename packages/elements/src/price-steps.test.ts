import { unitPrice, type ContractPrice } from '@oya/contract';
import { expect } from 'chai';
import { commonStart, pricedThings, priceSteps } from './price-steps.ts';

const price = (what: string, value: number, from: string, to: string | null): ContractPrice => ({ what, unit: what === 'standing-charge' ? 'month' : 'kWh', price: unitPrice(value), from, to });

describe('prices with their dates', () => {
  const prices = [
    price('standing-charge', 1_500_000, '2025-02-01', '2026-02-01'),
    price('BASE', 20_160, '2025-02-01', '2025-08-01'),
    price('BASE', 19_520, '2025-08-01', null),
    price('standing-charge', 1_600_000, '2026-02-01', null),
  ];

  it('follow each other in steps, the newest first, one for each day on which any changed', () => {
    const steps = priceSteps(prices).map(({ from, to, prices: held }) => [from, to, held.get('standing-charge')?.price, held.get('BASE')?.price]);
    expect(steps).to.deep.equal([
      ['2026-02-01', null, 1_600_000, 19_520],
      ['2025-08-01', '2026-02-01', 1_500_000, 19_520],
      ['2025-02-01', '2025-08-01', 1_500_000, 20_160],
    ]);
  });

  it('have no step after the last day of a contract that has ended', () => {
    expect(priceSteps([price('BASE', 20_160, '2025-02-01', '2025-08-01')]).map(({ from, to }) => [from, to])).to.deep.equal([['2025-02-01', '2025-08-01']]);
  });

  it('name what is priced once, in the order given', () => {
    expect(pricedThings(prices)).to.deep.equal(['standing-charge', 'BASE']);
  });

  it('share a first day only where it is the same for all', () => {
    expect(commonStart([price('BASE', 1, '2025-02-01', null), price('HC', 1, '2025-02-01', null)])).to.equal('2025-02-01');
    expect(commonStart([price('BASE', 1, '2025-02-01', null), price('HC', 1, '2025-03-01', null)])).to.equal(undefined);
  });
});
