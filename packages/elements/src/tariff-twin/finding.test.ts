import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { daysBetween, exactCost, unitPrice, type ContractPrice, type ReferenceTariff, type TwinMissing, type TwinResult } from '@oya/contract';
import { findingOf, gapsOf, priceDates } from './finding.ts';
import { tariffOf } from './subject.ts';

const EURO = 100_000_000;

function result(kind: ReferenceTariff['kind'], euros: number | undefined, missing: TwinMissing[] = []): TwinResult {
  const cost = euros === undefined ? undefined : { energy: exactCost(euros * EURO), standingCharge: exactCost(0), total: exactCost(euros * EURO) };
  return { tariff: { id: kind, name: { fr: kind }, kind, powers: [] }, cost, months: [], registers: {}, moved: 0, refusal: undefined, missing };
}

describe('what a comparison comes to', () => {
  const told = (results: TwinResult[], own?: TwinResult) => {
    const finding = findingOf(results, own?.tariff);
    return finding.kind === 'nothing' ? 'nothing' : [finding.kind, finding.cheapest.tariff.id, 'saving' in finding ? finding.saving : null];
  };

  it('is how much less the cheapest costs than the customer’s own, or than the next', () => {
    const [base, peak, tempo] = [result('base', 1000), result('peak-off-peak', 900), result('tempo', 950)];
    assert.deepEqual(told([base, peak, tempo], base), ['another-is-cheaper', 'peak-off-peak', 10_000]);
    assert.deepEqual(told([base, peak, tempo], peak), ['own-is-cheapest', 'peak-off-peak', 5000]);
    assert.deepEqual(told([base, peak, tempo]), ['cheapest', 'peak-off-peak', 10_000]);
  });

  it('is the customer’s own where another costs the same', () => {
    const [base, peak] = [result('base', 900), result('peak-off-peak', 900)];
    assert.deepEqual(told([base, peak], peak), ['own-is-cheapest', 'peak-off-peak', 0]);
  });

  it('is no comparison with one tariff or none, nor with an own tariff that cannot be reckoned', () => {
    const [base, tempo] = [result('base', 900), result('tempo', undefined)];
    assert.deepEqual(told([base, tempo]), ['one-alone', 'base', null]);
    assert.deepEqual(told([tempo]), 'nothing');
    assert.deepEqual(told([base, result('peak-off-peak', 800), tempo], tempo), ['cheapest', 'peak-off-peak', 10_000]);
  });
});

describe('what is missing', () => {
  it('is told once where it is missing under every tariff, and else under which', () => {
    const day: TwinMissing = { reason: 'not-measured', from: '2026-01-01', to: '2026-01-03' };
    const hours: TwinMissing = { reason: 'no-half-hours', from: '2026-01-05', to: '2026-01-06' };
    const gaps = gapsOf([result('base', 1, [day]), result('peak-off-peak', 1, [day, hours]), result('tempo', 1, [day, hours])], ({ from, to }) => daysBetween(from, to));
    assert.deepEqual(gaps.map(({ reason, days, tariffs }) => [reason, days, tariffs.map(({ id }) => id)]), [['not-measured', 2, []], ['no-half-hours', 1, ['peak-off-peak', 'tempo']]]);
  });
});

describe('prices', () => {
  const price = (what: string, amount: number, from: string, to: string | null = null): ContractPrice => ({ what, unit: what === 'standing-charge' ? 'month' : 'kWh', price: unitPrice(amount), from, to });

  it('count from the days on which they began, the first of them before the period', () => {
    const prices = [price('BASE', 1, '2024-01-01', '2025-01-01'), price('BASE', 2, '2025-01-01', '2026-01-01'), price('BASE', 3, '2026-01-01')];
    assert.deepEqual(priceDates(prices, { from: '2025-06-01', to: '2026-06-01' }), ['2025-01-01', '2026-01-01']);
  });

  it('make a tariff the customer’s own, not the registers alone', () => {
    const prices = [price('standing-charge', 10, '2026-01-01'), price('BASE', 3, '2026-01-01')];
    const tariff: ReferenceTariff = { id: 'base', name: { fr: 'Base' }, kind: 'base', powers: [{ kva: 6, prices }] };
    const contract = { subscribedPowerKva: 6 } as Parameters<typeof tariffOf>[0]['contract'];
    assert.equal(tariffOf({ contract, prices }, [tariff], '2026-02-01'), tariff);
    assert.equal(tariffOf({ contract, prices: [...prices.slice(1), price('standing-charge', 11, '2026-01-01')] }, [tariff], '2026-02-01'), undefined);
    assert.equal(tariffOf({ contract: { ...contract, subscribedPowerKva: 9 }, prices }, [tariff], '2026-02-01'), undefined);
    assert.equal(tariffOf({ contract, prices: [] }, [tariff], '2026-02-01'), undefined);
  });
});
