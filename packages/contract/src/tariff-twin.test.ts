import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answerConsumption, type DayEnergy } from './consumption.ts';
import type { ContractPrice, OffPeak } from './contracts.ts';
import type { ReferenceTariff } from './reference-tariffs.ts';
import { energyByRegister, registersOfDay } from './registers.ts';
import { energyOf } from './series.ts';
import { compareTariffs, lastTwelveMonths, type TwinDay, type TwinHousehold } from './tariff-twin.ts';
import type { TempoColour } from './tempo.ts';
import { addDays, dayMinutes, dayStart, daysBetween, instant, type LocalDay, type Period } from './time.ts';
import { sum, unitPrice } from './units.ts';

const timeZone = 'Europe/Paris';
const NIGHT: OffPeak[] = [{ ranges: [{ from: '22:30', to: '06:30' }], from: '2000-01-01', to: null }];

function tariff(kind: ReferenceTariff['kind'], energy: Record<string, number>, from: LocalDay = '2020-01-01'): ReferenceTariff {
  const prices: ContractPrice[] = [
    { what: 'standing-charge', unit: 'month', price: unitPrice(1_582_000), from, to: null },
    ...Object.entries(energy).map(([what, price]): ContractPrice => ({ what, unit: 'kWh', price: unitPrice(price), from, to: null })),
  ];
  return { id: kind, name: { fr: kind }, kind, powers: [{ kva: 6, prices }] };
}

const BASE = tariff('base', { BASE: 19_670 });
const PEAK = tariff('peak-off-peak', { HP: 20_940, HC: 16_030 });
const TEMPO = tariff('tempo', { HPJB: 16_540, HCJB: 13_560, HPJW: 19_210, HCJW: 15_360, HPJR: 72_950, HCJR: 16_150 });
const ALL = [BASE, PEAK, TEMPO];

function household(changes: Partial<TwinHousehold> = {}): TwinHousehold {
  return { subscribedPowerKva: 6, offPeak: NIGHT, tempoColour: () => 'blue', timeZone, ...changes };
}

/** A day of half-hours; the power of each half-hour by its place since midnight. */
function dayOf(day: LocalDay, watts: (place: number) => number): TwinDay {
  const values = Array.from({ length: dayMinutes(day, timeZone) / 30 }, (_, place) => watts(place));
  const curve = [{ start: instant(dayStart(day, timeZone)), stepMinutes: 30, values }];
  return { day, energy: energyOf(curve), curve };
}

function daysOf({ from, to }: Period, watts: (place: number, day: number) => number): TwinDay[] {
  return Array.from({ length: daysBetween(from, to) }, (_, index) => dayOf(addDays(from, index), (place) => watts(place, index)));
}

/** Both days on which clocks are set. */
const YEAR: Period = { from: '2026-03-01', to: '2026-11-01' };
const uneven = (place: number, day: number): number => ((place * 37 + day * 101) % 29) * 83;
const coloured = (day: LocalDay): TempoColour => (['blue', 'white', 'red'] as const)[Number(day.slice(8)) % 3] as TempoColour;

describe('the tariff twin', () => {
  it('adds up: months to the year, registers to what was measured, the same days under every tariff', () => {
    const days = daysOf(YEAR, uneven);
    const { results, days: compared } = compareTariffs(ALL, days, household({ tempoColour: coloured }), YEAR);
    assert.equal(compared.length, daysBetween(YEAR.from, YEAR.to));
    for (const { cost, months, registers, missing } of results) {
      assert.ok(cost);
      assert.equal(sum(months.map(({ total }) => total)), cost.total);
      assert.equal(cost.energy + cost.standingCharge, cost.total);
      assert.equal(Object.values(registers).reduce((all, part) => all + part, 0), days.reduce((all, { energy }) => all + (energy ?? 0), 0));
      assert.deepEqual(missing, []);
    }
  });

  it('costs the same however the period is split', () => {
    const days = daysOf(YEAR, uneven);
    const whole = compareTariffs(ALL, days, household({ tempoColour: coloured }), YEAR);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: daysBetween(YEAR.from, YEAR.to) - 1 }), (place) => {
        const middle = addDays(YEAR.from, place);
        const parts = [{ from: YEAR.from, to: middle }, { from: middle, to: YEAR.to }].map((period) => compareTariffs(ALL, days, household({ tempoColour: coloured }), period));
        whole.results.forEach(({ cost }, index) => assert.equal(sum(parts.map(({ results }) => results[index]!.cost!.total)), cost?.total));
      }),
      { numRuns: 15 },
    );
  });

  it('costs under the customer’s own tariff what their consumption costs', () => {
    const days = daysOf(YEAR, uneven);
    const plan = { registers: ['HP', 'HC'], offPeak: NIGHT };
    const counted: DayEnergy[] = days.map(({ day, energy, curve }) => ({ day, energy, quality: 'real', registers: energyByRegister(day, curve ?? [], registersOfDay(day, plan, timeZone) ?? [], timeZone) }));
    const answer = answerConsumption(
      { resolution: 'month', ...YEAR },
      {
        meter: { id: 'm', resolutions: ['month'], loadCurve: 'unavailable', registers: [{ code: 'HP', digits: 6 }, { code: 'HC', digits: 6 }] },
        today: '2027-01-01', available: YEAR, freshness: { measuredUntil: null, collectedAt: null, nextExpectedAt: null }, tariff: { prices: PEAK.powers[0]!.prices },
      },
      { days: counted },
    );
    for (const known of [days, counted]) {
      const [own] = compareTariffs([PEAK], known, household(), YEAR).results;
      assert.deepEqual(own?.months.map(({ energy }) => energy), answer.cost?.energy);
      assert.deepEqual(own?.months.map(({ standingCharge }) => standingCharge), answer.cost?.standingCharge);
    }
  });

  it('counts a Tempo day from six to six, by the colour of the day on which it began', () => {
    const day = dayOf('2026-01-13', (place) => (place === 11 || place === 12 ? 2000 : 0));
    const tempoColour = (of: LocalDay): TempoColour => (of === '2026-01-12' ? 'red' : 'blue');
    const [result] = compareTariffs([TEMPO], [day], household({ tempoColour }), { from: '2026-01-13', to: '2026-01-14' }).results;
    assert.deepEqual(Object.fromEntries(Object.entries(result?.registers ?? {}).filter(([, energy]) => energy > 0)), { HCJR: 1000, HPJB: 1000 });
  });

  it('says what is missing, and compares only the days that all tariffs know', () => {
    const period: Period = { from: '2026-01-01', to: '2026-01-11' };
    const [, , ...later] = daysOf(period, uneven);
    const days = later.map((day) => (day.day === '2026-01-05' ? { day: day.day, energy: day.energy } : day));
    const tempoColour = (day: LocalDay): TempoColour | undefined => (day >= '2026-01-08' ? undefined : 'white');
    const { results, days: compared } = compareTariffs([BASE, PEAK, TEMPO], days, household({ tempoColour }), period);
    assert.deepEqual(compared, ['2026-01-03', '2026-01-04', '2026-01-06', '2026-01-07']);
    assert.deepEqual(results.map(({ missing }) => missing.map(({ reason, from, to }) => `${reason} ${from.slice(8)}–${to.slice(8)}`)), [
      ['not-measured 01–03'],
      ['not-measured 01–03', 'no-half-hours 05–06'],
      ['not-measured 01–03', 'no-half-hours 05–06', 'no-colour 08–11'],
    ]);
    assert.deepEqual(results.map(({ months }) => months.map((month) => month.days)), [[4], [4], [4]]);
  });

  it('leaves out a tariff that it can say nothing of, and says why', () => {
    const period: Period = { from: '2026-01-01', to: '2026-01-03' };
    const days = daysOf(period, uneven);
    const told = (changes: Partial<TwinHousehold>, known: readonly TwinDay[] = days) =>
      compareTariffs([BASE, PEAK], known, household(changes), period).results.map(({ cost, refusal, missing }) => refusal ?? missing[0]?.reason ?? (cost ? 'a cost' : 'nothing'));
    assert.deepEqual(told({ subscribedPowerKva: null }), ['power-unknown', 'power-unknown']);
    assert.deepEqual(told({ subscribedPowerKva: 9 }), ['power-without-price', 'power-without-price']);
    assert.deepEqual(told({ offPeak: [] }), ['a cost', 'no-off-peak-hours']);
    assert.deepEqual(told({}, days.map(({ day, energy }) => ({ day, energy }))), ['a cost', 'no-half-hours']);
    assert.equal(compareTariffs([tariff('base', { BASE: 1 }, '2027-01-01')], days, household(), period).results[0]?.missing[0]?.reason, 'no-price');
    // What another tariff's meter counted does not tell these hours.
    assert.deepEqual(told({}, days.map(({ day, energy }) => ({ day, energy, registers: { HPJB: energy ?? 0 } }))), ['a cost', 'no-half-hours']);
  });

  it('moves no more than was drawn in peak hours above what is drawn all day, and changes no energy', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6000 }), { minLength: 46, maxLength: 50 }), fc.integer({ min: 0, max: 60_000 }), fc.constantFrom('2026-03-29', '2026-10-25', '2026-01-13'), (watts, movedWattHours, day) => {
        const period = { from: day, to: addDays(day, 1) };
        const known = [dayOf(day, (place) => watts[place % watts.length] ?? 0)];
        const before = compareTariffs(ALL, known, household(), period).results;
        const after = compareTariffs(ALL, known, household({ movedWattHours }), period).results;
        after.forEach(({ registers, moved, cost }, index) => {
          const total = (of: Readonly<Record<string, number>>) => Object.values(of).reduce((all, part) => all + part, 0);
          assert.equal(total(registers), total(before[index]!.registers));
          assert.ok(moved <= movedWattHours && Object.values(registers).every((energy) => energy >= 0));
          assert.ok(cost!.total <= before[index]!.cost!.total);
          if (index === 0 || movedWattHours === 0) assert.deepEqual([registers, cost], [before[index]!.registers, before[index]!.cost]);
        });
      }),
    );
    const even = compareTariffs([PEAK], [dayOf('2026-01-13', () => 500)], household({ movedWattHours: 4000 }), { from: '2026-01-13', to: '2026-01-14' });
    assert.equal(even.results[0]?.moved, 0);
  });

  it('moves what days by register tell likewise', () => {
    const days: TwinDay[] = [{ day: '2026-01-13', energy: 9000, registers: { HP: 3000, HC: 6000 } }];
    const [result] = compareTariffs([PEAK], days, household({ movedWattHours: 4000 }), { from: '2026-01-13', to: '2026-01-14' }).results;
    assert.deepEqual([result?.registers, result?.moved], [{ HP: 0, HC: 9000 }, 3000]);
  });
});

describe('the last twelve months', () => {
  it('are whole ones, or what there is of them', () => {
    assert.deepEqual(lastTwelveMonths({ from: '2024-10-01', to: '2026-11-24' }), { from: '2025-11-01', to: '2026-11-01' });
    assert.deepEqual(lastTwelveMonths({ from: '2026-03-07', to: '2026-06-01' }), { from: '2026-03-07', to: '2026-06-01' });
    assert.deepEqual(lastTwelveMonths({ from: '2026-09-29', to: '2026-10-01' }), { from: '2026-09-29', to: '2026-10-01' });
    assert.deepEqual(lastTwelveMonths({ from: '2026-10-03', to: '2026-10-20' }), { from: '2026-10-03', to: '2026-10-20' });
  });
});
