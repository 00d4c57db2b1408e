import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answerConsumption, checkQuestion, dayEnergy, daysToRead, energySeries, hourlyCurve, LONGEST_PERIOD_DAYS, type DayEnergy, type MeterState } from './consumption.ts';
import { PortalError } from './errors.ts';
import type { Meter } from './portal.ts';
import { energyOf, joinSegments, QUALITIES, qualityAt, totalEnergy, worstQuality, type CurveSegment, type Quality } from './series.ts';
import { addDays, dayMinutes, daysBetween, dayStart, instant } from './time.ts';

const PARIS = 'Europe/Paris';
const quality = fc.constantFrom<Quality>('real', 'provisional', 'estimated');
const days = fc
  .tuple(fc.integer({ min: 0, max: 700 }), fc.array(fc.record({ energy: fc.option(fc.integer({ min: 0, max: 90_000 })), quality }), { minLength: 1, maxLength: 120 }))
  .map(([offset, values]) =>
    values.map(({ energy, quality: known }, index): DayEnergy => ({ day: addDays('2024-01-01', offset + index), energy, quality: energy === null ? 'missing' : known })),
  );

function segment(values: (number | null)[], stepMinutes = 30, start = instant(dayStart('2026-11-23', PARIS))): CurveSegment {
  return { start, stepMinutes, values, quality: values.map((value) => (value === null ? 'm' : 'r')).join('') };
}

describe('a day of a load curve', () => {
  it('is the sum of power over time, rounded once', () => {
    // Three odd half-hours: 0.5 Wh each would drift if rounded one by one.
    assert.equal(energyOf([segment([1, 1, 1])]), 2);
    assert.equal(energyOf([segment([600, 600], 10), segment([600], 60)]), 800);
    assert.equal(energyOf([segment([null, null])]), null);
  });

  it('is whole with 46, 48 or 50 half-hours, as the day wants, and incomplete with one less', () => {
    for (const day of ['2026-03-29', '2026-11-23', '2026-10-25']) {
      const count = dayMinutes(day, PARIS) / 30;
      assert.equal(dayEnergy(day, [segment(Array(count).fill(400))], PARIS).quality, 'real');
      assert.equal(dayEnergy(day, [segment(Array(count - 1).fill(400))], PARIS).quality, 'incomplete');
      assert.equal(dayEnergy(day, [segment([null, ...Array<number>(count - 1).fill(400)])], PARIS).quality, 'incomplete');
    }
  });

  it('is missing, not zero, without a value', () => {
    assert.deepEqual(dayEnergy('2026-11-23', [], PARIS), { day: '2026-11-23', energy: null, quality: 'missing' });
  });

  it('is estimated when a part of it is', () => {
    const estimated = { ...segment(Array(48).fill(100)), quality: 'e' + 'r'.repeat(47) };
    assert.equal(dayEnergy('2026-11-23', [estimated], PARIS).quality, 'estimated');
  });
});

describe('an energy series', () => {
  it('adds up to the same whole by day, month and year', () => {
    fc.assert(
      fc.property(days, (some) => {
        const first = some[0] as DayEnergy;
        const period = { from: `${first.day.slice(0, 4)}-01-01`, to: '2027-01-01' };
        const total = totalEnergy(some.map(({ energy }) => energy));
        for (const step of ['day', 'month', 'year'] as const) {
          assert.equal(totalEnergy(energySeries(some, step, period, '2027-06-01').values), total);
        }
      }),
    );
  });

  it('has one value and one quality per step of the period', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 400 }), (some, length) => {
        const { day } = some[0] as DayEnergy;
        const series = energySeries(some, 'day', { from: day, to: addDays(day, length) }, '2030-01-01');
        assert.equal(series.values.length, length);
        assert.equal(series.quality.length, length);
        series.values.forEach((value, index) => assert.equal(value === null, qualityAt(series.quality, index) === 'missing'));
      }),
    );
  });

  it('ends with yesterday: today is not over, and so not missing', () => {
    const series = energySeries([], 'day', { from: '2026-11-01', to: '2026-12-01' }, '2026-11-24');
    assert.equal(series.values.length, daysBetween('2026-11-01', '2026-11-24'));
  });

  it('calls a month incomplete that is not over or lacks a day, and whole one that has all', () => {
    const november = Array.from({ length: 30 }, (_, index): DayEnergy => ({ day: addDays('2026-11-01', index), energy: 10, quality: 'real' }));
    const period = { from: '2026-11-01', to: '2026-12-01' };
    assert.equal(energySeries(november, 'month', period, '2026-12-01').quality, QUALITIES.real);
    assert.equal(energySeries(november, 'month', period, '2026-11-24').quality, QUALITIES.incomplete);
    assert.equal(energySeries(november.slice(1), 'month', period, '2026-12-05').quality, QUALITIES.incomplete);
    assert.equal(energySeries([], 'month', period, '2026-12-05').quality, QUALITIES.missing);
  });

  it('does not count today’s part in the month that runs', () => {
    const today: DayEnergy = { day: '2026-11-24', energy: 999, quality: 'provisional' };
    assert.deepEqual(energySeries([today], 'month', { from: '2026-11-01', to: '2026-12-01' }, '2026-11-24').values, [null]);
  });
});

describe('a load curve', () => {
  const pieces = fc.array(fc.tuple(fc.constantFrom(10, 15, 30, 60), fc.array(fc.option(fc.integer({ min: 0, max: 9000 })), { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 8 });

  it('joins what continues with one step, and loses nothing', () => {
    fc.assert(
      fc.property(pieces, (some) => {
        let at = Date.parse('2026-01-01T00:00:00Z');
        const segments = some.map(([stepMinutes, values, gap]) => {
          at += gap * 3_600_000;
          const made = segment(values, stepMinutes, instant(at));
          at += values.length * stepMinutes * 60_000;
          return made;
        });
        const joined = joinSegments(segments);
        assert.equal(energyOf(joined), energyOf(segments));
        assert.deepEqual(joined.flatMap(({ values }) => values), segments.flatMap(({ values }) => values));
        for (const { values, quality: column } of joined) assert.equal(values.length, column.length);
        assert.deepEqual(joinSegments(joined), joined);
      }),
    );
  });

  it('averages each hour over what is there, and says when a part is missing', () => {
    assert.deepEqual(hourlyCurve([segment([100, 201, null, 50, null, null, 7])]), [
      { start: instant(dayStart('2026-11-23', PARIS)), stepMinutes: 60, values: [151, 50, null, 7], quality: 'rimi' },
    ]);
  });
});

describe('quality', () => {
  it('of a whole is that of its least trustworthy part', () => {
    assert.equal(worstQuality(['real', 'estimated', 'provisional']), 'estimated');
    assert.equal(worstQuality(['real', 'missing']), 'missing');
    assert.equal(worstQuality([]), 'real');
  });
});

describe('a question about consumption', () => {
  const available = { from: '2024-10-10', to: '2026-11-24' };

  it('is refused for want of consent, and else with the field at fault', () => {
    const refusal = (loadCurve: Meter['loadCurve'], resolution: 'half-hour' | 'day', days = 1) => {
      try {
        checkQuestion({ resolutions: loadCurve === 'collected' ? ['half-hour', 'day'] : ['day'], loadCurve }, { resolution, from: '2026-01-01', to: addDays('2026-01-01', days) });
      } catch (error) {
        assert.ok(error instanceof PortalError);
        return [error.kind, error.code ?? error.fields[0]?.path];
      }
      return undefined;
    };
    assert.equal(refusal('collected', 'half-hour'), undefined);
    assert.deepEqual(refusal('consent-needed', 'half-hour'), ['forbidden', 'consent-required']);
    assert.deepEqual(refusal('requested', 'half-hour'), ['forbidden', 'consent-required']);
    assert.deepEqual(refusal('unavailable', 'half-hour'), ['invalid', 'resolution']);
    assert.equal(refusal('collected', 'day', LONGEST_PERIOD_DAYS.day), undefined);
    assert.deepEqual(refusal('collected', 'day', LONGEST_PERIOD_DAYS.day + 1), ['invalid', 'to']);
  });

  it('is refused for production where the meter measures none', () => {
    const question = { resolution: 'day', from: '2026-01-01', to: '2026-01-02', direction: 'production' } as const;
    const meter = { resolutions: ['day' as const], loadCurve: 'collected' as const };
    checkQuestion({ ...meter, production: true }, question);
    for (const production of [false, undefined]) assert.throws(() => checkQuestion({ ...meter, ...(production !== undefined && { production }) }, question), (error) => error instanceof PortalError && error.kind === 'invalid' && error.fields[0]?.path === 'direction');
  });

  it('reads the days it needs, whole months for months, and none that are not there', () => {
    assert.deepEqual(daysToRead({ resolution: 'half-hour', from: '2026-03-05', to: '2026-03-07' }, available), { from: '2026-03-05', to: '2026-03-07' });
    assert.deepEqual(daysToRead({ resolution: 'month', from: '2026-03-05', to: '2026-04-02' }, available), { from: '2026-03-01', to: '2026-05-01' });
    assert.deepEqual(daysToRead({ resolution: 'month', from: '2026-03-05', to: '2026-04-01' }, available), { from: '2026-03-01', to: '2026-04-01' });
    assert.deepEqual(daysToRead({ resolution: 'year', from: '2024-01-01', to: '2027-01-01' }, available), available);
    assert.equal(daysToRead({ resolution: 'day', from: '2026-11-24', to: '2026-12-01' }, available), null);
    assert.equal(daysToRead({ resolution: 'day', from: '2026-03-05', to: '2026-03-07' }, null), null);
  });

  it('is answered in the form that the resolution asks for, with the total of its values', () => {
    const freshness = { measuredUntil: null, collectedAt: null, nextExpectedAt: null };
    const state: MeterState = { meter: { id: 'm', resolutions: ['half-hour', 'hour', 'day'], loadCurve: 'collected', registers: [{ code: 'BASE', digits: 6 }] }, today: '2026-11-24', available, freshness };
    const period = { from: '2026-11-22', to: '2026-11-30' };
    const days: DayEnergy[] = [{ day: '2026-11-23', energy: 9000, quality: 'real' }];
    assert.deepEqual(answerConsumption({ resolution: 'day', ...period }, state, { days }), {
      meterId: 'm', resolution: 'day', period, available, freshness, total: 9000,
      series: { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-22', values: [null, 9000], quality: 'mr' },
    });
    const hours = answerConsumption({ resolution: 'hour', ...period }, state, { curve: [segment([100, 300, 500, null])] });
    assert.deepEqual([hours.series.kind === 'curve' && hours.series.segments[0]?.values, hours.total], [[200, 500], 450]);
    assert.throws(() => answerConsumption({ resolution: 'hour', ...period }, state, { days }), TypeError);
  });
});

describe('beside the energy of a series', () => {
  const freshness = { measuredUntil: null, collectedAt: null, nextExpectedAt: null };
  const registers = ['HP', 'HC'].map((code) => ({ code, digits: 6 }));
  const meter: MeterState['meter'] = { id: 'm', resolutions: ['day', 'month'], loadCurve: 'collected', registers };
  const state: MeterState = { meter, today: '2026-11-24', available: { from: '2024-10-10', to: '2026-11-24' }, freshness };
  const some: DayEnergy[] = [
    { day: '2026-11-20', energy: 9000, quality: 'real', registers: { HC: 4000, HP: 5000 }, volume: 800, maximumPower: 4100 },
    { day: '2026-11-21', energy: 7000, quality: 'real' },
    { day: '2026-11-22', energy: null, quality: 'missing', volume: null, maximumPower: null },
    { day: '2026-11-23', energy: 1000, quality: 'real', registers: { HC: 1000, HP: 0 }, volume: 90, maximumPower: 6200 },
  ];
  const ask = (resolution: 'day' | 'month', period: { from: string; to: string }, more: Partial<MeterState> = {}, days = some) => answerConsumption({ resolution, ...period }, { ...state, ...more }, { days });
  const seriesOf = (...asked: Parameters<typeof ask>) => {
    const { series } = ask(...asked);
    assert.ok(series.kind === 'energy');
    return series;
  };
  const four = { from: '2026-11-20', to: '2026-11-24' };
  const november = { from: '2026-11-01', to: '2026-12-01' };

  it('stand the registers in the order of the meter, with nothing where they are not known', () => {
    assert.deepEqual(seriesOf('day', four).registers, [{ code: 'HP', values: [5000, null, null, 0] }, { code: 'HC', values: [4000, null, null, 1000] }]);
    assert.deepEqual(seriesOf('month', november).registers, [{ code: 'HP', values: [5000] }, { code: 'HC', values: [5000] }]);
    assert.equal(seriesOf('day', four, { meter: { ...meter, registers: [{ code: 'BASE', digits: 6 }] } }, some.slice(1, 3)).registers, undefined, 'one register is the value again');
  });

  it('stand volumes summed and the greatest power, in the unit that was measured', () => {
    const days = seriesOf('day', four, { powerUnit: 'VA' });
    assert.deepEqual([days.volumes, days.maximumPower], [[800, null, null, 90], { unit: 'VA', values: [4100, null, null, 6200] }]);
    const month = seriesOf('month', november);
    assert.deepEqual([month.volumes, month.maximumPower], [[890], { unit: 'W', values: [6200] }]);
    assert.deepEqual([seriesOf('day', four, {}, some.slice(1, 2)).volumes, seriesOf('day', four, {}, some.slice(1, 2)).maximumPower], [undefined, undefined]);
  });

  it('stands the weather: the mean of the days and the sum of their cold, without a negative zero', () => {
    const weather = (day: string) => (day === '2026-11-21' ? undefined : { temperature: day === '2026-11-20' ? -1 : 0, degreeDays: 180 });
    assert.deepEqual(ask('day', four, { weather }).weather, { temperature: [-1, null, 0, 0], degreeDays: [180, null, 180, 180] });
    // -1 tenth over 22 days rounds to 0.
    assert.deepEqual(ask('month', november, { weather }).weather, { temperature: [0], degreeDays: [22 * 180] });
    assert.equal(ask('day', four).weather, undefined);
  });

  it('stands no cost of what flows into the network', () => {
    const tariff = { prices: [] };
    assert.ok(ask('day', four, { tariff }).cost);
    assert.equal(answerConsumption({ resolution: 'day', ...four, direction: 'production' }, { ...state, tariff }, { days: some }).cost, undefined);
  });
});
