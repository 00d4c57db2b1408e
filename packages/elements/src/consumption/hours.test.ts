import { dayMinutes, dayStart, energyByRegister, energyCosts, instant, registersOfDay, sum, unitPrice, type CurveSegment, type RegisterPlan, type Tariff } from '@oya/contract';
import { expect } from 'chai';
import { pricedHours } from './hours.ts';
import { tempoColours } from './registers.ts';

const PARIS = 'Europe/Paris';
const HOURS: RegisterPlan = { registers: ['HP', 'HC'], offPeak: [{ ranges: [{ from: '01:34', to: '07:34' }, { from: '12:34', to: '14:34' }], from: '2020-01-01', to: null }] };
const TARIFF: Tariff = {
  prices: [
    { what: 'HP', unit: 'kWh', price: unitPrice(20_653), from: '2020-01-01', to: null },
    { what: 'HC', unit: 'kWh', price: unitPrice(15_791), from: '2020-01-01', to: null },
  ],
  taxes: [{ what: 'excise', rate: 3085, from: '2020-01-01', to: null }, { what: 'vat-energy', rate: 2000, from: '2020-01-01', to: null }],
};

function curveOf(day: string, stepMinutes = 30): CurveSegment[] {
  const values = Array.from({ length: dayMinutes(day, PARIS) / stepMinutes }, (_, index) => 137 + ((index * 911) % 2203));
  return [{ start: instant(dayStart(day, PARIS)), stepMinutes, values, quality: 'r'.repeat(values.length) }];
}

function costOfDay(day: string, segments: CurveSegment[]) {
  const registers = energyByRegister(day, segments, registersOfDay(day, HOURS, PARIS) ?? [], PARIS);
  return { energy: sum(Object.values(registers) as never[]), cost: sum(Object.values(energyCosts(day, registers, TARIFF) ?? {})) };
}

describe('the hours of a day', () => {
  for (const [day, count] of [['2026-11-20', 24], ['2026-10-25', 25], ['2026-03-29', 23]] as const) {
    for (const step of [10, 30, 60]) {
      it(`add up to the ${day}, of ${count} hours, in energy and to the last fraction of a cent, by steps of ${step} minutes`, () => {
        const segments = curveOf(day, step);
        const hours = pricedHours(day, segments, HOURS, TARIFF, PARIS);
        if (typeof hours === 'string') return expect.fail(hours);
        expect(hours).to.have.length(count);
        expect({ energy: sum(hours.map((hour) => hour.energy as never)), cost: sum(hours.map((hour) => hour.cost as never)) }).to.deep.equal(costOfDay(day, segments));
      });
    }
  }

  it('cost less per kWh where off-peak hours are, to the minute', () => {
    const segments = curveOf('2026-11-20').map((segment) => ({ ...segment, values: segment.values.map(() => 1000) }));
    const hours = pricedHours('2026-11-20', segments, HOURS, TARIFF, PARIS);
    if (typeof hours === 'string') return expect.fail(hours);
    const [peak, mixed, low] = [hours[0], hours[1], hours[2]].map((hour) => hour?.cost ?? 0) as [number, number, number];
    expect(low).to.be.lessThan(mixed);
    expect(mixed).to.be.lessThan(peak);
    expect((mixed - low) / (peak - low)).to.be.closeTo(34 / 60, 0.01);
  });

  it('have no cost where nothing was measured', () => {
    const segments = curveOf('2026-11-20').map((segment) => ({ ...segment, values: segment.values.map((watts, index) => (index === 6 || index === 7 ? null : watts)) }));
    const hours = pricedHours('2026-11-20', segments, HOURS, TARIFF, PARIS);
    expect(hours[3]).to.deep.include({ energy: null, cost: null });
  });

  it('say why they have none: no hours known for the registers, or no price', () => {
    expect(pricedHours('2026-11-20', curveOf('2026-11-20'), { registers: ['HP', 'HC'], offPeak: [] }, TARIFF, PARIS)).to.equal('registers');
    expect(pricedHours('2026-11-20', curveOf('2026-11-20'), HOURS, { prices: [] }, PARIS)).to.equal('price');
  });

  it('take the colours of a Tempo day and of its eve from the registers that counted', () => {
    expect(tempoColours(['HCJB', 'HPJB'])).to.deep.equal({ own: 'blue', eve: 'blue' });
    expect(tempoColours(['HCJW', 'HCJR', 'HPJR'])).to.deep.equal({ own: 'red', eve: 'white' });
    expect(tempoColours(['HP', 'HC'])).to.equal(undefined);
  });
});
