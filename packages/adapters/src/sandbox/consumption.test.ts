import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exportData, getConsumption, getContract, toCents, type EnergySeries, type ExactCost, type Resolution } from '@oya/contract';
import { sandboxAdapter, type SandboxAdapter } from './sandbox.ts';

const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };

function sandbox(persona: string): SandboxAdapter {
  return sandboxAdapter({ now: '2026-11-24T09:00:00Z', persona });
}

function ask(persona: string, meterId: string, resolution: Resolution, period = OCTOBER, direction?: 'production') {
  return sandbox(persona).perform(getConsumption, { meterId, resolution, ...period, ...(direction && { direction }) });
}

async function energyOf(...asked: Parameters<typeof ask>): Promise<EnergySeries> {
  const { series } = await ask(...asked);
  return series.kind === 'energy' ? series : assert.fail('days are energy');
}

/** In cents. */
function known(amounts: readonly (number | null)[] | undefined): number {
  return toCents((amounts ?? []).reduce<number>((total, amount) => total + (amount ?? 0), 0) as ExactCost);
}

describe('beside the energy, the sandbox', () => {
  it('tells peak and off-peak hours, and what they cost', async () => {
    const { series, cost } = await ask('marc', 'marc-linky', 'month');
    assert.ok(series.kind === 'energy' && cost);
    const [peak, offPeak] = (series.registers ?? []).map(({ values }) => values[0] as number) as [number, number];
    assert.deepEqual(series.registers?.map(({ code }) => code), ['HP', 'HC']);
    assert.equal(peak + offPeak, series.values[0]);
    // 10⁻⁵ € a kWh times Wh is 10⁻⁸ €: the prices since August 2026, tax included.
    assert.deepEqual(cost.registers, [{ code: 'HP', values: [peak * 20_940] }, { code: 'HC', values: [offPeak * 16_030] }]);
    assert.deepEqual(cost.energy, [peak * 20_940 + offPeak * 16_030]);
    assert.equal(known(cost.standingCharge), 2055);
  });

  it('tells the six registers of Tempo, red hours at their price', async () => {
    const { series, cost } = await ask('julien', 'julien-linky', 'day', { from: '2026-11-23', to: '2026-11-24' });
    assert.ok(series.kind === 'energy');
    // 23 November 2026 is red in the demo, and the Sunday before it blue.
    assert.deepEqual(series.registers?.map(({ code }) => code), ['HCJB', 'HPJR', 'HCJR']);
    const red = series.registers?.[1]?.values[0] ?? assert.fail('there is a red hour');
    assert.deepEqual(cost?.registers[1]?.values, [red * 72_950]);
    const year = await energyOf('julien', 'julien-linky', 'year', { from: '2025-01-01', to: '2026-01-01' });
    assert.deepEqual(year.registers?.map(({ code }) => code), ['HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR']);
  });

  it('adds taxes where prices are without: getContract lists them', async () => {
    const details = await sandbox('ines').perform(getContract, { contractId: 'ines-electricity' });
    assert.deepEqual(new Set(details.taxes?.map(({ what }) => what)), new Set(['excise', 'cta', 'vat-energy', 'vat-standing-charge']));
    assert.equal((await sandbox('camille').perform(getContract, { contractId: 'camille-electricity' })).taxes, undefined);
    const { series, cost } = await ask('ines', 'ines-linky', 'month');
    assert.ok(series.kind === 'energy');
    // (0.13310 + 0.03085) × 1.2 = 0.19674 a kWh; (11.83 + 7.72 × 15 %) × 1.2 = 15.5856 a month.
    assert.deepEqual([cost?.energy, cost?.standingCharge], [[(series.values[0] as number) * 19_674], [1_558_560_000]]);
  });

  it('tells the volume of gas, the weather, and the greatest power in VA', async () => {
    const gas = await energyOf('nadia', 'nadia-gazpar', 'day');
    assert.equal(gas.volumes?.length, 31);
    assert.ok(gas.volumes?.every((volume) => volume === null || volume > 0) && gas.registers === undefined && gas.maximumPower === undefined);
    const { series, weather } = await ask('nadia', 'nadia-linky', 'day');
    assert.ok(series.kind === 'energy');
    assert.deepEqual([series.maximumPower?.unit, series.maximumPower?.values.length, series.volumes], ['VA', 31, undefined]);
    assert.deepEqual([weather?.temperature.length, weather?.degreeDays.length], [31, 31]);
    assert.ok(weather?.temperature.every((each, index) => each !== null && weather.degreeDays[index] === Math.max(0, 180 - each)));
  });

  it('tells months of a meter that is read by hand with their costs', async () => {
    const { cost, series } = await ask('odette', 'odette-meter', 'month');
    assert.ok(series.kind === 'energy');
    assert.deepEqual(cost?.energy, [(series.values[0] as number) * 19_670]);
  });

  it('tells what a solar roof feeds in, as energy and as a curve, without a cost', async () => {
    const [days, curve] = [await ask('ines', 'ines-linky', 'day', OCTOBER, 'production'), await ask('ines', 'ines-linky', 'half-hour', OCTOBER, 'production')];
    assert.ok((days.total ?? 0) > 50_000 && curve.series.kind === 'curve');
    assert.deepEqual([days.direction, days.cost], ['production', undefined]);
    assert.ok(Math.abs((curve.total ?? 0) - (days.total ?? 0)) <= 31);
    assert.notEqual(days.total, (await ask('ines', 'ines-linky', 'day')).total);
    const { consumption } = await sandbox('ines').perform(exportData, {});
    assert.deepEqual(consumption.map(({ direction, resolution }) => [direction, resolution]), [['consumption', 'day'], ['consumption', 'half-hour'], ['production', 'day'], ['production', 'half-hour']]);
  });
});
