import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, CurveSegment, dayEnergy, dayMinutes, dayStart, instant, periodOf, stepStart, type LocalDay } from '@oya/contract';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { availability, freshness, measureDay, measuredDays, personas, powerUnitOf, tempoColour, type PersonaMeter } from '../index.ts';

const NOW = '2026-11-24T09:00:00Z';
const EVER = { from: '2000-01-01', to: '2100-01-01' };
const PARIS = 'Europe/Paris';
const meters = personas.flatMap((persona) => persona.meters);
const withCurve = meters.filter(({ meter }) => meter.loadCurve === 'collected');
const aMeter = fc.constantFrom(...meters);
const aDay = fc.integer({ min: 0, max: 780 }).map((offset) => addDays('2024-10-01', offset));

function meterOf(id: string): PersonaMeter {
  const found = meters.find(({ meter }) => meter.id === id);
  assert.ok(found, id);
  return found;
}

/** Mean energy of the measured days of a month, in kWh a day. */
function mean(meter: PersonaMeter, month: LocalDay, keep: (day: LocalDay) => boolean = () => true): number {
  const energies = [...measuredDays(meter, periodOf(month, 'month'), NOW)].filter(({ day }) => keep(day)).flatMap(({ energy }) => energy.energy ?? []);
  return energies.reduce((left, right) => left + right, 0) / energies.length / 1000;
}

function countOf(meter: PersonaMeter, day: LocalDay): number {
  return measureDay(meter, day).curve.reduce((count, { values }) => count + values.length, 0);
}

describe('a measured day', () => {
  it('is the same whenever and in whatever order it is asked for', () => {
    fc.assert(fc.property(aMeter, aDay, aDay, (meter, day, other) => {
      const first = measureDay(meter, day);
      measureDay(meter, other);
      assert.deepEqual(measureDay(meter, day), first);
    }));
  });

  it('differs from meter to meter and from day to day', () => {
    const [one, two] = withCurve as [PersonaMeter, PersonaMeter];
    assert.notDeepEqual(measureDay(one, '2026-01-14').curve[0]?.values, measureDay(two, '2026-01-14').curve[0]?.values);
    assert.notDeepEqual(measureDay(one, '2026-01-14').curve[0]?.values, measureDay(one, '2026-01-15').curve[0]?.values);
  });

  it('has whole numbers, none negative, none above the subscribed power', () => {
    fc.assert(fc.property(aMeter, aDay, (meter, day) => {
      const { energy, curve } = measureDay(meter, day);
      assert.ok(energy.energy === null || (Number.isSafeInteger(energy.energy) && energy.energy >= 0));
      for (const segment of curve) {
        z.parse(CurveSegment, segment);
        for (const value of segment.values) assert.ok(value === null || (value >= 0 && value <= meter.household.limitWatts));
      }
    }));
  });

  it('fills its local day: 46, 48 or 50 half-hours from midnight', () => {
    const anyLength = fc.oneof(aDay, fc.constantFrom('2025-03-30', '2025-10-26', '2026-03-29', '2026-10-25'));
    fc.assert(fc.property(fc.constantFrom(...withCurve), anyLength, (meter, day) => {
      const { curve } = measureDay(meter, day);
      assert.equal(curve[0]?.start, instant(dayStart(day, PARIS)));
      assert.equal(curve.reduce((minutes, { stepMinutes, values }) => minutes + stepMinutes * values.length, 0), dayMinutes(day, PARIS));
    }));
    const meter = meterOf('nadia-linky');
    assert.deepEqual(['2026-03-29', '2026-11-23', '2026-10-25'].map((day) => countOf(meter, day)), [46, 48, 50]);
  });

  it('keeps to the clock through a clock change: the tank starts at half past ten in the evening', () => {
    const meter = meterOf('marc-linky');
    for (const day of ['2026-03-29', '2026-10-25']) {
      const evening = (measureDay(meter, day).curve[0]?.values ?? []).slice(-4) as number[];
      assert.ok(Math.min(...evening.slice(1)) - (evening[0] as number) > 1000, `${day}: ${evening.join(' ')}`);
    }
  });

  it('heats its water when off-peak prices begin, where the tank follows the meter', () => {
    const following = (id: string): PersonaMeter => {
      const { household: { tankMinute: _, ...household }, ...meter } = meterOf(id);
      return { ...meter, household };
    };
    const valuesOf = (meter: PersonaMeter, day: LocalDay) => measureDay(meter, day).curve[0]?.values as number[];
    const [halfPastTen, afterHalfPastOne] = [45, 4];
    const [before, after] = ['2026-10-13', '2026-10-17'].map((day) => valuesOf(following('camille-linky'), day)) as [number[], number[]];
    assert.ok(Math.min(before[halfPastTen] as number, after[afterHalfPastOne] as number) > 2200);
    assert.ok(Math.max(before[afterHalfPastOne] as number, after[halfPastTen] as number) < 2200);
    // Camille's has a clock that nobody has set anew.
    assert.ok((valuesOf(meterOf('camille-linky'), '2026-10-17')[halfPastTen] as number) > 2200);
    assert.ok((valuesOf(meterOf('julien-linky'), '2026-10-17')[44] as number) > 2200);
  });

  it('goes over to ten minutes within one day', () => {
    const { curve } = measureDay(meterOf('camille-linky'), '2026-03-11');
    assert.deepEqual(curve.map(({ stepMinutes, values }) => [stepMinutes, values.length]), [[30, 24], [10, 72]]);
    assert.equal(countOf(meterOf('camille-linky'), '2026-03-12'), 48);
  });

  it('has the energy of its curve, where there is one', () => {
    for (const meter of withCurve) {
      for (const { day, energy: measured, curve } of measuredDays(meter, EVER, NOW)) {
        const { energy, quality } = measured;
        assert.deepEqual({ day, energy, quality }, dayEnergy(day, curve, PARIS));
      }
    }
  });

  it('shows no curve without consent in effect', () => {
    for (const id of ['lucien-linky', 'sofiane-linky']) for (const { curve } of measuredDays(meterOf(id), EVER, NOW)) assert.deepEqual(curve, []);
  });

  it('is told by register where the meter has several, and they add up to it', () => {
    for (const meter of meters) {
      const several = meter.meter.registers.length > 1;
      for (const { day, energy } of measuredDays(meter, EVER, NOW)) {
        assert.equal(energy.registers !== undefined, several, `${meter.meter.id}, ${day}`);
        if (energy.registers) assert.equal(Object.values(energy.registers).reduce((total, part) => total + part, 0), energy.energy ?? 0, day);
      }
    }
    const codes = new Set([...measuredDays(meterOf('julien-linky'), EVER, NOW)].flatMap(({ energy }) => Object.keys(energy.registers ?? {})));
    assert.deepEqual(codes, new Set(['HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR']));
  });

  it('counts by register without consent as with it: a Linky does anyway', () => {
    const marc = meterOf('marc-linky');
    const silent: PersonaMeter = { ...marc, meter: { ...marc.meter, loadCurve: 'consent-needed' } };
    const { curve, energy } = measureDay(silent, '2026-01-14');
    assert.deepEqual(curve, []);
    assert.deepEqual(energy.registers, measureDay(marc, '2026-01-14').energy.registers);
  });

  it('has a volume of gas beside its energy, each rounded by itself', () => {
    const days = [...measuredDays(meterOf('nadia-gazpar'), periodOf('2026-01-01', 'month'), NOW)].map(({ energy }) => energy);
    const coefficients = days.map(({ energy, volume }) => (energy as number) / (volume as number));
    assert.ok(coefficients.every((each) => each > 10.9 && each < 11.5), coefficients.join(' '));
    assert.ok(new Set(coefficients.map((each) => each.toFixed(2))).size > 10);
    const lost = measureDay(meterOf('nadia-gazpar'), '2025-11-08').energy;
    assert.deepEqual([lost.energy, lost.volume], [null, null]);
  });

  it('has a peak in VA above each of its averages, for a moment above the subscribed power', () => {
    let over = 0;
    for (const meter of withCurve) {
      assert.equal(powerUnitOf(meter.meter), 'VA');
      for (const { energy, curve } of measuredDays(meter, EVER, NOW)) {
        const { maximumPower } = energy;
        if (energy.energy === null || /e/.test(curve[0]?.quality ?? '')) assert.equal(maximumPower, null);
        else assert.ok(maximumPower && curve.every(({ values }) => values.every((value) => (value ?? 0) <= maximumPower)));
        if ((maximumPower ?? 0) > meter.household.limitWatts) over++;
      }
    }
    assert.ok(over > 10, String(over));
    assert.equal(measureDay(meterOf('nadia-gazpar'), '2026-01-14').energy.maximumPower, undefined);
  });
});

describe('a solar roof', () => {
  const ines = meterOf('ines-linky');
  const june = [...measuredDays(ines, periodOf('2026-06-01', 'month'), NOW)];
  const total = (month: LocalDay) => [...measuredDays(ines, periodOf(month, 'month'), NOW)].reduce((sum, { production }) => sum + (production?.energy.energy ?? 0), 0);

  it('is behind one meter, whose curve goes both ways and never both at once', () => {
    assert.deepEqual(meters.filter(({ meter }) => meter.production).map(({ meter }) => meter.id), ['ines-linky']);
    for (const { day, curve, production } of june) {
      assert.deepEqual({ ...production?.energy }, dayEnergy(day, production?.curve ?? [], PARIS));
      curve.forEach(({ values }, index) => values.forEach((drawn, at) => assert.ok(!drawn || !production?.curve[index]?.values[at])));
    }
    assert.equal(measureDay(meterOf('nadia-linky'), '2026-06-01').production, undefined);
  });

  it('gives at noon and nothing at night, more in summer, more under a clear sky', () => {
    const noon = june.reduce((sum, { production }) => sum + (production?.curve[0]?.values[27] ?? 0), 0);
    assert.ok(noon / june.length > 600, String(noon));
    for (const { production } of june) for (const at of [0, 4, 8, 45]) assert.equal(production?.curve[0]?.values[at] ?? 0, 0);
    assert.ok(total('2026-06-01') > 2 * total('2025-12-01'));
    const energies = june.flatMap(({ production }) => production?.energy.energy ?? []);
    assert.ok(Math.max(...energies) > 3 * Math.min(...energies));
  });

  it('is lost with the rest of the day, and lacks the same intervals', () => {
    assert.equal(measureDay(ines, '2026-05-20').production?.energy.quality, 'missing');
    const qualityOf = (flow: { curve: readonly { quality: string }[] } | undefined) => flow?.curve.map(({ quality }) => quality);
    for (const day of measuredDays(ines, EVER, NOW)) assert.deepEqual(qualityOf(day.production), qualityOf(day));
  });
});

describe('the households', () => {
  const camille = meterOf('camille-linky');

  it('heat in winter', () => {
    assert.ok(mean(camille, '2026-01-01') > 2 * mean(camille, '2026-07-01'));
    assert.ok(mean(meterOf('nadia-gazpar'), '2026-01-01') > 5 * mean(meterOf('nadia-gazpar'), '2026-07-01'));
  });

  it('sleep at night and cook in the evening', () => {
    const [night, evening] = [[4, 6], [19, 21]].map(([from, to]) => {
      let total = 0;
      for (const { curve } of measuredDays(meterOf('nadia-linky'), periodOf('2026-05-01', 'month'), NOW)) {
        for (const value of curve[0]?.values.slice(2 * (from as number), 2 * (to as number)) ?? []) total += value ?? 0;
      }
      return total;
    }) as [number, number];
    assert.ok(evening > 5 * night, `${evening}, ${night}`);
  });

  it('are at home on public holidays as on Sundays', () => {
    const lunch = (day: LocalDay) => Math.max(...(measureDay(meterOf('helene-linky'), day).curve[0]?.values.slice(23, 27) as number[]));
    // Ascension, a Thursday.
    assert.ok(lunch('2026-05-14') > 900, String(lunch('2026-05-14')));
  });

  it('go away for a fortnight in August', () => {
    const energies = [...measuredDays(camille, periodOf('2026-08-01', 'month'), NOW)].flatMap(({ energy }) => energy.energy ?? []);
    assert.equal(energies.filter((energy) => energy < 5500).length, 14);
  });

  it('live in a second home at times', () => {
    const warmHalf = { from: '2026-04-15', to: '2026-10-01' };
    const energies = [...measuredDays(meterOf('helene-second-linky'), warmHalf, NOW)].flatMap(({ energy }) => energy.energy ?? []);
    const empty = energies.filter((energy) => energy < 2500).length / energies.length;
    assert.ok(empty > 0.5 && empty < 0.95, String(empty));
  });

  it('burn wood on red days, where they pay by their colour', () => {
    const winter = { from: '2025-11-01', to: '2026-04-01' };
    const byDay = [...measuredDays(meterOf('julien-linky'), winter, NOW)].filter(({ energy }) => energy.quality === 'real');
    const dear = (red: boolean) => byDay.filter(({ day }) => (tempoColour(day) === 'red') === red).map(({ curve }) => (curve[0]?.values.slice(14, 40) as number[]).reduce((sum, watts) => sum + watts, 0));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(mean(dear(true)) < 0.7 * mean(dear(false)), `${mean(dear(true))}, ${mean(dear(false))}`);
  });

  it('share one weather: cold days are cold for all', () => {
    const winter = { from: '2025-11-15', to: '2026-03-01' };
    const series = (id: string) => [...measuredDays(meterOf(id), winter, NOW)].map(({ energy }) => energy.energy ?? 0);
    const [one, two] = [series('nadia-gazpar'), series('lucien-linky')];
    const coldest = one.map((energy, index) => ({ energy, index })).sort((left, right) => right.energy - left.energy).slice(0, 20);
    const average = (values: number[]) => values.reduce((left, right) => left + right, 0) / values.length;
    assert.ok(average(coldest.map(({ index }) => two[index] as number)) > 1.1 * average(two));
  });
});

describe('what is known', () => {
  it('has gaps, estimated days and an outage of two days, each marked', () => {
    const qualities = new Map<string, number>();
    for (const { energy } of measuredDays(meterOf('camille-linky'), EVER, NOW)) qualities.set(energy.quality, (qualities.get(energy.quality) ?? 0) + 1);
    assert.equal(qualities.get('missing'), 2);
    for (const quality of ['estimated', 'incomplete']) assert.ok((qualities.get(quality) ?? 0) > 0, quality);
    assert.ok((qualities.get('real') ?? 0) > 730);
  });

  it('reaches from the first day to yesterday, from a minute past midnight on', () => {
    const camille = meterOf('camille-linky');
    const midnight = dayStart('2026-11-24', PARIS);
    assert.deepEqual(availability(camille, instant(midnight + 60_000)), { from: '2024-10-01', to: '2026-11-24' });
    assert.deepEqual(availability(camille, instant(midnight + 59_000)), { from: '2024-10-01', to: '2026-11-23' });
    assert.equal(availability(camille, '2024-10-01T12:00:00Z'), null);
  });

  it('is provisional for two days, then final', () => {
    const camille = meterOf('camille-linky');
    const week = { from: '2026-11-18', to: '2026-11-30' };
    const days = [...measuredDays(camille, week, NOW)];
    assert.deepEqual(days.map(({ day }) => day), ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23']);
    for (const { energy, curve } of days.slice(-2)) {
      assert.notEqual(energy.quality, 'real');
      assert.doesNotMatch(curve[0]?.quality ?? '', /r/);
    }
    const later = [...measuredDays(camille, week, '2026-12-02T09:00:00Z')];
    for (const { day, energy } of days) assert.deepEqual(later.find((known) => known.day === day)?.energy.energy, energy.energy);
    assert.deepEqual(later.find(({ day }) => day === '2026-11-23'), measureDay(camille, '2026-11-23'));
  });

  it('is real by hand only between two readings, once the second is there', () => {
    const odette = meterOf('odette-meter');
    const qualityOf = (day: LocalDay, now: string) => [...measuredDays(odette, { from: day, to: addDays(day, 1) }, now)].map(({ energy }) => energy.quality);
    assert.deepEqual(qualityOf('2026-02-10', NOW), ['real']);
    assert.deepEqual(qualityOf('2026-05-10', NOW), ['estimated']);
    assert.deepEqual(qualityOf('2026-11-10', NOW), ['estimated']);
    assert.deepEqual(qualityOf('2026-11-10', '2026-12-01T09:00:00Z'), ['real']);
    for (const { day, energy } of measuredDays(odette, EVER, NOW)) assert.notEqual(energy.energy, null, stepStart(day, 'month'));
  });

  it('tells how fresh it is, and when more comes', () => {
    assert.deepEqual(freshness(meterOf('camille-linky'), NOW), {
      measuredUntil: '2026-11-23T23:00:00Z', collectedAt: '2026-11-23T23:01:00Z', nextExpectedAt: '2026-11-24T23:01:00Z',
    });
    assert.deepEqual(freshness(meterOf('odette-meter'), NOW), {
      measuredUntil: '2026-10-31T23:00:00Z', collectedAt: '2026-10-31T23:01:00Z', nextExpectedAt: '2026-11-30T23:01:00Z',
    });
    assert.equal(freshness(meterOf('camille-linky'), '2025-06-19T09:00:00Z').measuredUntil, '2025-06-16T22:00:00Z');
    assert.deepEqual(freshness(meterOf('emma-linky'), NOW), { measuredUntil: null, collectedAt: null, nextExpectedAt: '2026-11-24T23:01:00Z' });
    assert.deepEqual([...measuredDays(meterOf('emma-linky'), EVER, NOW)], []);
  });

  it('of two years of all meters is made in under two seconds', () => {
    // Of the processor, so that other programs do not count.
    const start = process.cpuUsage();
    let values = 0;
    for (const meter of meters) for (const { curve } of measuredDays(meter, EVER, NOW)) for (const segment of curve) values += segment.values.length;
    assert.ok(values > 180_000, String(values));
    assert.ok(process.cpuUsage(start).user < 2_000_000);
  });
});
