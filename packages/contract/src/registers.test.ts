import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ClockRange, OffPeak } from './contracts.ts';
import { energyByRegister, registersOfDay, type RegisterPlan, type RegisterStretch } from './registers.ts';
import { energyOf, type CurveSegment } from './series.ts';
import type { TempoColour } from './tempo.ts';
import { dayMinutes, dayStart, instant, type LocalDay } from './time.ts';

const PARIS = 'Europe/Paris';
const NIGHT: ClockRange[] = [{ from: '22:30', to: '06:30' }];
const ODD: ClockRange[] = [{ from: '01:34', to: '07:34' }, { from: '12:04', to: '14:04' }];
/** 23, 24 and 25 hours. */
const DAYS = ['2026-03-29', '2026-11-23', '2026-10-25'] as const;
const TEMPO = ['HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR'];

function always(ranges: readonly ClockRange[]): OffPeak[] {
  return [{ ranges: [...ranges], from: '2020-01-01', to: null }];
}

function peakOffPeak(offPeak: readonly OffPeak[]): RegisterPlan {
  return { registers: ['HP', 'HC'], offPeak };
}

function tempo(colours: Readonly<Record<LocalDay, TempoColour>>): RegisterPlan {
  return { registers: TEMPO, offPeak: [], tempoColour: (day) => colours[day] };
}

/** `HC 0-390` for each stretch. */
function told(day: LocalDay, plan: RegisterPlan): string[] | undefined {
  return registersOfDay(day, plan, PARIS)?.map(({ code, from, to }) => `${code} ${from}-${to}`);
}

function segment(day: LocalDay, values: (number | null)[], stepMinutes = 30, fromMinute = 0): CurveSegment {
  return { start: instant(dayStart(day, PARIS) + fromMinute * 60_000), stepMinutes, values, quality: values.map((value) => (value === null ? 'm' : 'r')).join('') };
}

function counted(day: LocalDay, plan: RegisterPlan, segments: readonly CurveSegment[]) {
  return energyByRegister(day, segments, registersOfDay(day, plan, PARIS) ?? assert.fail('the registers are known'), PARIS);
}

describe('the registers of a day', () => {
  it('are one where there is one, as long as the day', () => {
    assert.deepEqual(DAYS.map((day) => told(day, { registers: ['BASE'], offPeak: [] })), [['BASE 0-1380'], ['BASE 0-1440'], ['BASE 0-1500']]);
  });

  it('follow ranges over midnight, off the half-hour and several a day', () => {
    assert.deepEqual(told('2026-11-23', peakOffPeak(always(NIGHT))), ['HC 0-390', 'HP 390-1350', 'HC 1350-1440']);
    assert.deepEqual(told('2026-11-23', peakOffPeak(always(ODD))), ['HP 0-94', 'HC 94-454', 'HP 454-724', 'HC 724-844', 'HP 844-1440']);
  });

  it('keep to the clock of a day of 23 hours and of one of 25, which runs through an hour twice', () => {
    // From 02:00 the clock is at 03:00: 06:30 comes after 5 h 30.
    assert.deepEqual(told('2026-03-29', peakOffPeak(always(NIGHT))), ['HC 0-330', 'HP 330-1290', 'HC 1290-1380']);
    // 02:00 to 03:00 comes twice: 06:30 comes after 7 h 30.
    assert.deepEqual(told('2026-10-25', peakOffPeak(always(NIGHT))), ['HC 0-450', 'HP 450-1410', 'HC 1410-1500']);
    // 02:30 comes twice, and so does what begins then.
    assert.deepEqual(told('2026-10-25', peakOffPeak(always([{ from: '02:30', to: '04:00' }]))), ['HP 0-150', 'HC 150-180', 'HP 180-210', 'HC 210-300', 'HP 300-1500']);
    // 02:30 never comes, and 03:00 follows 02:00.
    assert.deepEqual(told('2026-03-29', peakOffPeak(always([{ from: '02:30', to: '04:00' }]))), ['HP 0-120', 'HC 120-180', 'HP 180-1380']);
  });

  it('end on a day of change what the eve began, and begin what the day has', () => {
    const changed = (before: ClockRange[], after: ClockRange[]): RegisterPlan =>
      peakOffPeak([{ ranges: before, from: '2020-01-01', to: '2026-10-15' }, { ranges: after, from: '2026-10-15', to: null }]);
    assert.deepEqual(told('2026-10-14', changed(NIGHT, ODD)), ['HC 0-390', 'HP 390-1350', 'HC 1350-1440']);
    assert.deepEqual(told('2026-10-15', changed(NIGHT, ODD)), ['HC 0-454', 'HP 454-724', 'HC 724-844', 'HP 844-1440']);
    assert.deepEqual(told('2026-10-16', changed(NIGHT, ODD)), ['HP 0-94', 'HC 94-454', 'HP 454-724', 'HC 724-844', 'HP 844-1440']);
    assert.deepEqual(told('2026-10-15', changed(ODD, NIGHT)), ['HP 0-1350', 'HC 1350-1440']);
    // What ends at midnight, however that is written, leaves nothing to the day after.
    for (const to of ['00:00', '24:00']) assert.deepEqual(told('2026-10-15', changed([{ from: '16:00', to }], ODD)), ['HP 0-94', 'HC 94-454', 'HP 454-724', 'HC 724-844', 'HP 844-1440'], to);
  });

  it('are not told without hours, without colours, or where a meter counts in a way that is not known', () => {
    assert.equal(told('2026-11-23', peakOffPeak([])), undefined);
    assert.equal(told('2019-12-31', peakOffPeak(always(NIGHT))), undefined);
    assert.equal(told('2026-11-23', { registers: TEMPO, offPeak: [] }), undefined);
    assert.equal(told('2026-11-23', { registers: ['HPE', 'HCE', 'HPH', 'HCH'], offPeak: always(NIGHT) }), undefined);
    assert.equal(told('2026-11-23', { registers: [], offPeak: always(NIGHT) }), undefined);
  });

  it('have on the first day of a contract the hours of that day', () => {
    assert.deepEqual(told('2020-01-01', peakOffPeak(always(NIGHT))), ['HC 0-390', 'HP 390-1350', 'HC 1350-1440']);
  });
});

describe('a Tempo day', () => {
  it('runs from six to six: until then the colour is that of the eve', () => {
    assert.deepEqual(told('2026-11-24', tempo({ '2026-11-23': 'blue', '2026-11-24': 'red' })), ['HCJB 0-360', 'HPJR 360-1320', 'HCJR 1320-1440']);
    assert.deepEqual(told('2026-11-25', tempo({ '2026-11-24': 'red', '2026-11-25': 'white' })), ['HCJR 0-360', 'HPJW 360-1320', 'HCJW 1320-1440']);
    assert.deepEqual(told('2026-10-25', tempo({ '2026-10-24': 'white', '2026-10-25': 'blue' })), ['HCJW 0-420', 'HPJB 420-1380', 'HCJB 1380-1500']);
  });

  it('is not told while one of its two colours is unknown', () => {
    assert.equal(told('2026-11-24', tempo({ '2026-11-23': 'blue' })), undefined);
    assert.equal(told('2026-11-24', tempo({ '2026-11-24': 'blue' })), undefined);
  });
});

describe('the energy of a curve by register', () => {
  it('shares a half-hour out over a change by its minutes: 01:34 and 07:34', () => {
    const halfHours = Array<number>(48).fill(0);
    // 01:30 to 02:00: 4 minutes of peak (200 Wh) and 26 of off-peak (1300 Wh).
    halfHours[3] = 3000;
    // 07:30 to 08:00: 4 minutes of off-peak (40 Wh) and 26 of peak (260 Wh).
    halfHours[15] = 600;
    assert.deepEqual(counted('2026-11-23', peakOffPeak(always(ODD)), [segment('2026-11-23', halfHours)]), { HC: 1340, HP: 460 });
  });

  it('shares ten minutes out as well, also after a step of thirty', () => {
    // 01:00 to 01:30 by thirty minutes, 01:30 to 02:00 by ten: 4 of the first ten are peak (400 Wh of 1000), the rest is off-peak.
    const curve = [segment('2026-11-23', [1000], 30, 60), segment('2026-11-23', [6000, 0, 3000], 10, 90)];
    assert.deepEqual(counted('2026-11-23', peakOffPeak(always(ODD)), curve), { HC: 600 + 500, HP: 500 + 400 });
  });

  it('counts 23 and 25 hours: an hour less, or more, of what the night costs', () => {
    const kilowatt = (day: LocalDay) => [segment(day, Array<number>(dayMinutes(day, PARIS) / 30).fill(1000))];
    assert.deepEqual(DAYS.map((day) => counted(day, peakOffPeak(always(NIGHT)), kilowatt(day))), [{ HC: 7000, HP: 16_000 }, { HC: 8000, HP: 16_000 }, { HC: 9000, HP: 16_000 }]);
  });

  it('leaves out what is missing', () => {
    const halfHours: (number | null)[] = Array<null>(48).fill(null);
    assert.deepEqual(counted('2026-11-23', peakOffPeak(always(NIGHT)), [segment('2026-11-23', halfHours)]), {});
    halfHours[20] = 100;
    assert.deepEqual(counted('2026-11-23', peakOffPeak(always(NIGHT)), [segment('2026-11-23', halfHours)]), { HP: 50 });
  });

  const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
  const ranges = fc.array(fc.record({ from: clock, to: clock }), { minLength: 1, maxLength: 4 });
  const colour = fc.constantFrom<TempoColour>('blue', 'white', 'red');
  const plan = fc.oneof(
    fc.tuple(ranges, ranges).map(([before, after]): RegisterPlan => peakOffPeak([{ ranges: before, from: '2020-01-01', to: '2026-03-29' }, { ranges: after, from: '2026-03-29', to: null }])),
    fc.tuple(colour, colour).map(([eve, own]): RegisterPlan => ({ registers: TEMPO, offPeak: [], tempoColour: (day) => ((DAYS as readonly string[]).includes(day) ? own : eve) })),
  );

  it('is in stretches that fill the day, in order, each another than the one before', () => {
    fc.assert(
      fc.property(plan, fc.constantFrom(...DAYS), (some, day) => {
        const stretches = registersOfDay(day, some, PARIS) as RegisterStretch[];
        assert.equal(stretches[0]?.from, 0);
        assert.equal(stretches.at(-1)?.to, dayMinutes(day, PARIS));
        stretches.forEach(({ from, to, code }, index) => {
          assert.ok(from < to && some.registers.includes(code));
          const next = stretches[index + 1];
          if (next) assert.ok(next.from === to && next.code !== code);
        });
      }),
    );
  });

  it('adds up to the energy of the curve, whatever the steps, the gaps and the hours', () => {
    const watts = fc.option(fc.integer({ min: 0, max: 12_000 }), { freq: 10 });
    const day = fc.constantFrom(...DAYS).chain((chosen) =>
      fc.array(fc.tuple(fc.constantFrom(10, 15, 30, 60), fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 40 }).chain((steps) => {
        let from = 0;
        const pieces: fc.Arbitrary<CurveSegment>[] = [];
        for (const [step, count] of steps) {
          const start = from;
          const fits = Math.min(count, Math.floor((dayMinutes(chosen, PARIS) - start) / step));
          if (fits <= 0) continue;
          pieces.push(fc.array(watts, { minLength: fits, maxLength: fits }).map((values) => segment(chosen, values, step, start)));
          from = start + fits * step;
        }
        return fc.record({ day: fc.constant(chosen), segments: fc.tuple(...pieces) });
      }),
    );
    fc.assert(
      fc.property(plan, day, (some, { day: chosen, segments }) => {
        const parts = Object.values(counted(chosen, some, segments as CurveSegment[]));
        assert.ok(parts.every((part) => Number.isSafeInteger(part) && part >= 0));
        assert.equal(parts.length === 0 ? null : parts.reduce((total, part) => total + part, 0), energyOf(segments as CurveSegment[]));
      }),
    );
  });
});
