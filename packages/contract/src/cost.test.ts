import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answerConsumption, type DayEnergy, type MeterState } from './consumption.ts';
import type { OffPeak } from './contracts.ts';
import { energyCost, energyCosts, standingChargeOf, type Tariff } from './cost.ts';
import type { CostColumns } from './portal.ts';
import { energyByRegister, registersOfDay, type RegisterPlan } from './registers.ts';
import type { TempoColour } from './tempo.ts';
import { price, tax, TARIFF_WITHOUT_TAX } from './testing.ts';
import { addDays, dayMinutes, dayStart, daysBetween, instant, periodOf, type LocalDay } from './time.ts';
import { exactCost, sum, toCents } from './units.ts';

const PARIS = 'Europe/Paris';

/** 1 € is 10⁸. */
function euros(amount: number): number {
  return Math.round(amount * 1e8);
}

/** What an answer says that days cost. */
function costOf(days: readonly DayEnergy[], tariff: Tariff, resolution: 'day' | 'month' | 'year', period: { from: LocalDay; to: LocalDay }, codes = ['HP', 'HC']): CostColumns {
  const state: MeterState = {
    meter: { id: 'm', resolutions: ['day', 'month', 'year'], loadCurve: 'unavailable', registers: codes.map((code) => ({ code, digits: 6 })) },
    today: '2030-01-01', available: { from: '2020-01-01', to: '2030-01-01' }, freshness: { measuredUntil: null, collectedAt: null, nextExpectedAt: null }, tariff,
  };
  return answerConsumption({ resolution, ...period }, state, { days }).cost ?? assert.fail('there is a cost');
}

function daysOf({ from, to }: { from: LocalDay; to: LocalDay }, registers: Record<string, number>): DayEnergy[] {
  return Array.from({ length: daysBetween(from, to) }, (_, index) => ({
    day: addDays(from, index), energy: Object.values(registers).reduce((total, part) => total + part, 0), quality: 'real', registers,
  }));
}

function total(values: readonly (number | null)[]): number {
  return sum(values.map((value) => exactCost(value ?? assert.fail('a value is known'))));
}

/** A curve of one constant power over a local day, by register. */
function countedFlat(day: LocalDay, watts: number, plan: RegisterPlan): Record<string, number> {
  const values = Array<number>(dayMinutes(day, PARIS) / 30).fill(watts);
  const stretches = registersOfDay(day, plan, PARIS) ?? assert.fail('the registers are known');
  return energyByRegister(day, [{ start: instant(dayStart(day, PARIS)), stepMinutes: 30, values }], stretches, PARIS);
}

describe('what energy costs', () => {
  /**
   * 15 July to 14 August 2025, with HP 10 kWh and HC 5 kWh each day, at prices without tax.
   *
   *                         until 31 July (17 days)                    since 1 August (14 days)
   * HP a day         10 × (0.15000 + 0.03370) × 1.2 = 2.20440     10 × (0.15200 + 0.02998) × 1.2 = 2.18376
   * HC a day          5 × (0.11000 + 0.03370) × 1.2 = 0.86220      5 × (0.11100 + 0.02998) × 1.2 = 0.84588
   * energy           17 × 3.06660                   = 52.13220    14 × 3.02964                   = 42.41496
   * CTA a month      8.00 × 21.93 %                 = 1.7544      8.20 × 21.93 %                 = 1.79826
   * charge a month   (12.00 + 1.7544) × 1.055       = 14.510892   (12.30 + 1.79826) × 1.2        = 16.917912
   * of 31 days       14.510892 × 17 / 31            = 7.95758594  16.917912 × 14 / 31            = 7.64034735
   *
   * Energy 94.54716, standing charge 15.59793329, together 110.14509329: 110.15 €.
   */
  it('over a month through 1 August 2025 is as computed by hand, with excise, CTA, and VAT of 5.5 and 20 %', () => {
    const tariff = TARIFF_WITHOUT_TAX;
    assert.equal(energyCost('2025-07-31', 'HP', 10_000, tariff), euros(2.2044));
    assert.equal(energyCost('2025-08-01', 'HP', 10_000, tariff), euros(2.18376));

    const period = { from: '2025-07-15', to: '2025-08-15' };
    const cost = costOf(daysOf(period, { HP: 10_000, HC: 5000 }), tariff, 'day', period);
    const july = (values: readonly (number | null)[]) => total(values.slice(0, 17));
    const august = (values: readonly (number | null)[]) => total(values.slice(17));
    assert.deepEqual([july(cost.energy), august(cost.energy)], [euros(52.1322), euros(42.41496)]);
    assert.deepEqual(cost.registers.map(({ code, values }) => [code, july(values), august(values)]), [['HP', euros(37.4748), euros(30.57264)], ['HC', euros(14.6574), euros(11.84232)]]);
    assert.deepEqual([july(cost.standingCharge), august(cost.standingCharge)], [795_758_594, 764_034_735]);
    assert.equal(toCents(exactCost(total(cost.energy) + total(cost.standingCharge))), 11_015);
  });

  /**
   * 1 kW all day, on a red day after a blue one, at the prices since 1 August 2026:
   * 00:00 to 06:00 is still blue, off-peak: 6 × 0.1356 = 0.8136; 06:00 to 22:00 red, peak: 16 × 0.7295 = 11.672;
   * 22:00 to 24:00 red, off-peak: 2 × 0.1615 = 0.323. Together 12.8086 €: 12.81 €.
   */
  it('on a red Tempo day is as computed by hand', () => {
    const colours: Record<LocalDay, TempoColour> = { '2026-11-23': 'blue', '2026-11-24': 'red' };
    const plan: RegisterPlan = { registers: ['HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR'], offPeak: [], tempoColour: (day) => colours[day] };
    const prices = Object.entries({ HPJB: 16_540, HCJB: 13_560, HPJW: 19_210, HCJW: 15_360, HPJR: 72_950, HCJR: 16_150 }).map(([what, value]) => price(what, value, '2026-08-01'));
    const costs = energyCosts('2026-11-24', countedFlat('2026-11-24', 1000, plan), { prices });
    assert.deepEqual(costs, { HCJB: euros(0.8136), HCJR: euros(0.323), HPJR: euros(11.672) });
    assert.equal(toCents(exactCost(total(Object.values(costs ?? {})))), 1281);
  });

  it('of a Tempo day whose colour is not known is not told, nor that of its month', () => {
    const plan: RegisterPlan = { registers: ['HPJB', 'HCJB'], offPeak: [], tempoColour: () => undefined };
    assert.equal(registersOfDay('2026-11-24', plan, PARIS), undefined);
    const days: DayEnergy[] = [{ day: '2026-11-23', energy: 9000, quality: 'real', registers: { HPJB: 6000, HCJB: 3000 } }, { day: '2026-11-24', energy: 9000, quality: 'real' }];
    const tariff = { prices: [price('HPJB', 16_540, '2026-08-01'), price('HCJB', 13_560, '2026-08-01'), price('standing-charge', 3_000_000, '2026-08-01')] };
    // 6 × 0.1654 + 3 × 0.1356 = 1.3992
    assert.deepEqual(costOf(days, tariff, 'day', { from: '2026-11-23', to: '2026-11-25' }, ['HPJB', 'HCJB']).energy, [euros(1.3992), null]);
    const month = costOf(days, tariff, 'month', periodOf('2026-11-01', 'month'), ['HPJB', 'HCJB']);
    assert.deepEqual([month.energy, month.registers.map(({ values }) => values), month.standingCharge], [[null], [[null], [null]], [euros(30)]]);
  });

  /**
   * Off-peak from 01:34 to 07:34, with 3000 W from 01:30 to 02:00 and 600 W from 07:30 to 08:00.
   * Peak: 3000 W × 4 min + 600 W × 26 min = 200 + 260 = 460 Wh at 0.20940 = 0.096324;
   * off-peak: 3000 W × 26 min + 600 W × 4 min = 1300 + 40 = 1340 Wh at 0.16030 = 0.214802. Together 0.311126 €.
   */
  it('through hours off the half-hour is as computed by hand', () => {
    const offPeak: OffPeak[] = [{ ranges: [{ from: '01:34', to: '07:34' }], from: '2026-10-15', to: null }];
    const values = Array<number>(48).fill(0);
    [values[3], values[15]] = [3000, 600];
    const stretches = registersOfDay('2026-11-23', { registers: ['HP', 'HC'], offPeak }, PARIS) ?? [];
    const registers = energyByRegister('2026-11-23', [{ start: instant(dayStart('2026-11-23', PARIS)), stepMinutes: 30, values }], stretches, PARIS);
    const prices = [price('HP', 20_940, '2026-08-01'), price('HC', 16_030, '2026-08-01')];
    assert.deepEqual(energyCosts('2026-11-23', registers, { prices }), { HP: euros(0.096324), HC: euros(0.214802) });
  });

  /**
   * 1 kW all day, off-peak from 22:30 to 06:30, HP 0.20 and HC 0.15: 16 × 0.20 = 3.20 of peak on each day, and off-peak
   * 5.5 + 1.5 = 7 h (1.05) on the day of 23 hours, 8 h (1.20), 7.5 + 1.5 = 9 h (1.35) on the day of 25.
   */
  it('on the days on which clocks are set is that of the hours that there were', () => {
    const plan: RegisterPlan = { registers: ['HP', 'HC'], offPeak: [{ ranges: [{ from: '22:30', to: '06:30' }], from: '2020-01-01', to: null }] };
    const prices = [price('HP', 20_000, '2026-02-01'), price('HC', 15_000, '2026-02-01')];
    const costs = ['2026-03-29', '2026-11-23', '2026-10-25'].map((day) => energyCosts(day, countedFlat(day, 1000, plan), { prices }));
    assert.deepEqual(costs, [1.05, 1.2, 1.35].map((offPeak) => ({ HC: euros(offPeak), HP: euros(3.2) })));
  });

  it('is not told without a price for the register on that day, and nothing costs nothing', () => {
    const tariff = { prices: [price('HP', 20_000, '2026-02-01', '2026-08-01'), price('HC', 15_000, '2026-02-01')] };
    assert.equal(energyCost('2026-08-01', 'HP', 1000, tariff), undefined);
    assert.equal(energyCost('2026-01-31', 'HC', 1000, tariff), undefined);
    assert.equal(energyCosts('2026-08-01', { HC: 1000, HP: 1 }, tariff), undefined);
    assert.equal(energyCost('2026-07-31', 'HP', 0, tariff), 0);
    assert.equal(standingChargeOf('2026-03-01', tariff), undefined);
  });

  it('is not told of a step of which a measured day has none, or has registers that do not make the day', () => {
    const prices = [price('HP', 20_000, '2026-11-02'), price('HC', 15_000, '2026-11-01')];
    const days = daysOf({ from: '2026-11-01', to: '2026-11-04' }, { HP: 1000, HC: 1000 });
    const three = { from: '2026-11-01', to: '2026-11-04' };
    assert.deepEqual(costOf(days, { prices }, 'day', three).energy, [null, euros(0.35), euros(0.35)]);
    assert.deepEqual(costOf(days, { prices }, 'month', periodOf('2026-11-01', 'month')).energy, [null]);
    const short = days.map((day) => ({ ...day, energy: 2001 }));
    assert.deepEqual(costOf(short, { prices }, 'day', three).energy, [null, null, null]);
    const missing: DayEnergy[] = [{ day: '2026-11-01', energy: null, quality: 'missing' }, ...days.slice(1)];
    assert.deepEqual(costOf(missing, { prices }, 'month', periodOf('2026-11-01', 'month')).energy, [euros(0.7)], 'a day that was not measured is known to be missing');
  });

  it('of a correction is negative, rounded as its opposite', () => {
    const tariff = { prices: [price('BASE', 19_999, '2026-01-01')], taxes: [tax('vat-energy', 2000, '2014-01-01')] };
    for (const energy of [1, 3, 333, 1001]) assert.equal(energyCost('2026-02-01', 'BASE', -energy, tariff), -(energyCost('2026-02-01', 'BASE', energy, tariff) ?? NaN));
  });
});

describe('what is due each month', () => {
  /** 10.01 € over 31 days: 0.32290322… each, of which 31 equal parts would be 10.00999982 or 10.01000013. */
  it('falls on the days so that they make the month', () => {
    const tariff = { prices: [price('standing-charge', 1_001_000, '2026-01-01')] };
    const shares = Array.from({ length: 31 }, (_, index) => standingChargeOf(addDays('2026-03-01', index), tariff));
    assert.deepEqual(new Set(shares), new Set([32_290_322, 32_290_323]));
    assert.equal(total(shares.map((share) => share ?? null)), euros(10.01));
  });

  it('is that of the days that have it, where a contract begins within a month', () => {
    const tariff = { prices: [price('standing-charge', 3_000_000, '2026-11-16')] };
    const cost = costOf([], tariff, 'month', { from: '2026-11-01', to: '2026-12-01' });
    assert.deepEqual([cost.standingCharge, cost.energy], [[euros(15)], [null]]);
  });

  it('bears no CTA where prices include it', () => {
    const prices = [price('standing-charge', 3_100_000, '2026-01-01'), price('network-fixed', 800_000, '2026-01-01')];
    assert.equal(standingChargeOf('2026-01-31', { prices }), euros(1));
  });
});

describe('costs', () => {
  const rate = fc.integer({ min: 0, max: 3000 });
  const value = fc.integer({ min: 1, max: 90_000 });
  const monthly = fc.integer({ min: 100_000, max: 5_000_000 });
  const change = fc.integer({ min: 1, max: 700 }).map((offset) => addDays('2024-01-01', offset));
  const tariff: fc.Arbitrary<Tariff> = fc
    .record({ change, taxed: fc.boolean(), values: fc.array(value, { minLength: 4, maxLength: 4 }), months: fc.array(monthly, { minLength: 2, maxLength: 2 }), rates: fc.array(rate, { minLength: 5, maxLength: 5 }) })
    .map(({ change: at, taxed, values, months, rates }) => ({
      prices: [
        price('HP', values[0] as number, '2020-01-01', at), price('HP', values[1] as number, at),
        price('HC', values[2] as number, '2020-01-01', at), price('HC', values[3] as number, at),
        price('standing-charge', months[0] as number, '2020-01-01', at), price('standing-charge', months[1] as number, at),
        price('network-fixed', Math.floor((months[0] as number) / 2), '2020-01-01'),
      ],
      ...(taxed && {
        taxes: [
          tax('excise', rates[0] as number, '2020-01-01'), tax('cta', rates[1] as number, '2020-01-01'), tax('vat-energy', rates[2] as number, '2020-01-01'),
          tax('vat-standing-charge', rates[3] as number, '2020-01-01', at), tax('vat-standing-charge', rates[4] as number, at),
        ],
      }),
    }));
  const days = fc.array(fc.option(fc.record({ HP: fc.integer({ min: 0, max: 60_000 }), HC: fc.integer({ min: 0, max: 60_000 }) }), { freq: 12 }), { minLength: 1, maxLength: 90 }).chain((registers) =>
    fc.integer({ min: 0, max: 640 }).map((offset) =>
      registers.map((each, index): DayEnergy => {
        const day = addDays('2024-01-01', offset + index);
        return each ? { day, energy: each.HP + each.HC, quality: 'real', registers: each } : { day, energy: null, quality: 'missing' };
      }),
    ),
  );
  const known = (values: readonly (number | null)[]) => values.reduce<number>((left, right) => left + (right ?? 0), 0);
  const WHOLE = { from: '2024-01-01', to: '2026-01-01' };

  it('are whole numbers, never a fraction of one', () => {
    fc.assert(fc.property(days, tariff, (some, charged) => {
      for (const step of ['day', 'month', 'year'] as const) {
        const { energy, standingCharge, registers } = costOf(some, charged, step, WHOLE);
        for (const column of [energy, standingCharge, ...registers.map(({ values }) => values)]) assert.ok(column.every((each) => each === null || Number.isSafeInteger(each)));
      }
    }), { numRuns: 30 });
  });

  it('of days add up to those of the month, of months to those of the year', () => {
    fc.assert(fc.property(days, tariff, (some, charged) => {
      const [byDay, byMonth, byYear] = (['day', 'month', 'year'] as const).map((step) => costOf(some, charged, step, WHOLE)) as [CostColumns, CostColumns, CostColumns];
      for (const column of ['energy', 'standingCharge'] as const) assert.deepEqual([known(byMonth[column]), known(byYear[column])], [known(byDay[column]), known(byDay[column])], column);
      let from = 0;
      byMonth.energy.forEach((month, index) => {
        const length = daysBetween(...(Object.values(periodOf(addDays(WHOLE.from, from), 'month')) as [LocalDay, LocalDay]));
        const parts = byDay.energy.slice(from, from + length);
        assert.equal(month, parts.every((part) => part === null) ? null : known(parts), String(index));
        from += length;
      });
    }), { numRuns: 60 });
  });

  it('of registers add up to that of the energy', () => {
    fc.assert(fc.property(days, tariff, (some, charged) => {
      for (const step of ['day', 'month'] as const) {
        const { energy, registers } = costOf(some, charged, step, WHOLE);
        energy.forEach((each, index) => assert.equal(known(registers.map(({ values }) => values[index] ?? null)), each ?? 0));
      }
    }), { numRuns: 60 });
  });

  it('are the same in whatever periods they are asked for', () => {
    fc.assert(fc.property(days, tariff, fc.integer({ min: 1, max: 730 }), (some, charged, offset) => {
      const cut = addDays(WHOLE.from, offset);
      const [whole, before, after] = [WHOLE, { from: WHOLE.from, to: cut }, { from: cut, to: WHOLE.to }].map((period) => costOf(some, charged, 'day', period)) as [CostColumns, CostColumns, CostColumns];
      assert.deepEqual([...before.energy, ...after.energy], whole.energy);
      assert.deepEqual([...before.standingCharge, ...after.standingCharge], whole.standingCharge);
    }), { numRuns: 60 });
  });

  it('of what is due each month make it to the last digit, in months of 28 to 31 days', () => {
    fc.assert(fc.property(monthly, monthly, rate, rate, (charge, network, cta, vat) => {
      const charged: Tariff = { prices: [price('standing-charge', charge, '2020-01-01'), price('network-fixed', network, '2020-01-01')], taxes: [tax('cta', cta, '2020-01-01'), tax('vat-standing-charge', vat, '2020-01-01')] };
      const exact = (BigInt(charge) * 1000n + half(BigInt(network) * 1000n * BigInt(cta), 10_000n)) * BigInt(10_000 + vat);
      for (const month of ['2025-02-01', '2024-02-01', '2025-04-01', '2025-03-01']) {
        assert.equal(BigInt(known(costOf([], charged, 'month', periodOf(month, 'month')).standingCharge)), half(exact, 10_000n), month);
      }
    }));
  });

  /** Rounded half up, which is what half away from zero is for amounts that are not negative. */
  function half(dividend: bigint, divisor: bigint): bigint {
    return (2n * dividend + divisor) / (2n * divisor);
  }
});
