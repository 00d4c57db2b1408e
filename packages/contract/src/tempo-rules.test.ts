import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { registersOfDay } from './registers.ts';
import { TEMPO_REGISTERS, TempoColour } from './tempo.ts';
import type { TempoDay } from './tempo-days.ts';
import { tempoDayAt, tempoHoursAt, tempoMayBe, tempoNotice, tempoQuota, tempoSeason, tempoUse } from './tempo-rules.ts';
import { addDays, dayMinutes, dayStart, daysBetween, instant, type LocalDay } from './time.ts';

const PARIS = 'Europe/Paris';
const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
/** Any day, and often one on which clocks are set, or the one after. */
const anyDay = fc.oneof(day, fc.constantFrom<LocalDay>('2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'));
const colour = fc.constantFrom(...TempoColour.options);

describe('a Tempo day', () => {
  it('begins at six in the morning: before, it is still the day before', () => {
    assert.equal(tempoDayAt(at('2026-11-24T04:59:59Z'), PARIS), '2026-11-23');
    assert.equal(tempoDayAt(at('2026-11-24T05:00:00Z'), PARIS), '2026-11-24');
    assert.equal(tempoDayAt(at('2026-11-24T22:59:59Z'), PARIS), '2026-11-24');
    assert.equal(tempoDayAt(at('2026-11-24T23:30:00Z'), PARIS), '2026-11-24');
    // In summer two hours before.
    assert.equal(tempoDayAt(at('2026-07-14T03:59:59Z'), PARIS), '2026-07-13');
    assert.equal(tempoDayAt(at('2026-07-14T04:00:00Z'), PARIS), '2026-07-14');
  });

  it('has peak hours from six to ten in the evening, and a night until six', () => {
    const told = (text: string) => {
      const { day: of, rate, from, to } = tempoHoursAt(at(text), PARIS);
      return [of, rate, instant(from), instant(to)];
    };
    assert.deepEqual(told('2026-11-24T12:00:00Z'), ['2026-11-24', 'peak', '2026-11-24T05:00:00Z', '2026-11-24T21:00:00Z']);
    assert.deepEqual(told('2026-11-24T21:00:00Z'), ['2026-11-24', 'offPeak', '2026-11-24T21:00:00Z', '2026-11-25T05:00:00Z']);
    assert.deepEqual(told('2026-11-25T04:59:00Z'), ['2026-11-24', 'offPeak', '2026-11-24T21:00:00Z', '2026-11-25T05:00:00Z']);
  });

  it('has a night of 7 hours in March and of 9 in October', () => {
    for (const [text, hours] of [['2026-03-29T00:30:00Z', 7], ['2026-10-24T23:00:00Z', 9], ['2026-11-24T23:00:00Z', 8]] as const) {
      const { rate, from, to } = tempoHoursAt(at(text), PARIS);
      assert.deepEqual([rate, (to - from) / HOUR], ['offPeak', hours], text);
    }
  });

  it('holds every instant in exactly one stretch of hours, and the next begins where it ends', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(86_399_999), (of, later) => {
        const now = dayStart(of, PARIS) + later;
        const hours = tempoHoursAt(now, PARIS);
        assert.ok(hours.from <= now && now < hours.to);
        assert.equal(hours.day, tempoDayAt(now, PARIS));
        const next = tempoHoursAt(hours.to, PARIS);
        assert.equal(next.from, hours.to);
        assert.deepEqual([next.rate, next.day], hours.rate === 'peak' ? ['offPeak', hours.day] : ['peak', addDays(hours.day, 1)]);
      }),
    );
  });

  it('counts on the register that the meter counts on, every minute of any day', () => {
    const codes = TempoColour.options.flatMap((each) => Object.values(TEMPO_REGISTERS[each]));
    fc.assert(
      fc.property(anyDay, colour, colour, fc.nat(1499), (of, eve, own, minute) => {
        const colours: Record<LocalDay, TempoColour> = { [addDays(of, -1)]: eve, [of]: own };
        const elapsed = Math.min(minute, dayMinutes(of, PARIS) - 1);
        const code = registersOfDay(of, { registers: codes, offPeak: [], tempoColour: (each) => colours[each] }, PARIS)?.find(({ from, to }) => from <= elapsed && elapsed < to)?.code;
        const hours = tempoHoursAt(dayStart(of, PARIS) + elapsed * 60_000, PARIS);
        assert.equal(TEMPO_REGISTERS[colours[hours.day] as TempoColour][hours.rate], code);
      }),
    );
  });
});

describe('a Tempo season', () => {
  it('runs from September to August', () => {
    assert.deepEqual(tempoSeason('2026-08-31'), { from: '2025-09-01', to: '2026-09-01' });
    assert.deepEqual(tempoSeason('2026-09-01'), { from: '2026-09-01', to: '2027-09-01' });
  });

  it('holds its day, and as many days as its quotas: 300 blue ones, 301 with a 29th of February', () => {
    fc.assert(
      fc.property(anyDay, (of) => {
        const season = tempoSeason(of);
        const { blue, white, red } = tempoQuota(season);
        assert.ok(season.from <= of && of < season.to);
        assert.equal(blue + white + red, daysBetween(season.from, season.to));
        assert.deepEqual([white, red], [43, 22]);
      }),
    );
    assert.equal(tempoQuota(tempoSeason('2026-11-24')).blue, 300);
    assert.equal(tempoQuota(tempoSeason('2028-02-29')).blue, 301);
  });

  it('tells the days used and left: today counts, tomorrow and what may still change do not', () => {
    const days: TempoDay[] = [{ day: '2026-08-31', colour: 'red' }, { day: '2026-09-01', colour: 'blue' }, { day: '2026-09-02', colour: 'white' }, { day: '2026-09-03', colour: 'white', isProvisional: true }, { day: '2026-09-04', colour: 'red' }];
    const { colours, unknown } = tempoUse(days, '2026-09-03');
    assert.deepEqual(colours, { blue: { quota: 300, used: 1, left: 299 }, white: { quota: 43, used: 1, left: 42 }, red: { quota: 22, used: 0, left: 22 } });
    assert.equal(unknown, 1);
  });

  it('never leaves less than nothing, and every day that has begun is used or unknown', () => {
    fc.assert(
      fc.property(anyDay, fc.infiniteStream(fc.record({ colour, isProvisional: fc.boolean(), isKnown: fc.boolean() })), (today, told) => {
        const { from } = tempoSeason(today);
        const days: TempoDay[] = [];
        for (let each = from; each <= addDays(today, 1); each = addDays(each, 1)) {
          const { isKnown, ...rest } = told.next().value as { colour: TempoColour; isProvisional: boolean; isKnown: boolean };
          if (isKnown) days.push({ day: each, ...rest });
        }
        const { colours, unknown } = tempoUse(days, today);
        for (const { quota, used, left } of Object.values(colours)) assert.ok(left >= 0 && left >= quota - used);
        assert.equal(colours.blue.used + colours.white.used + colours.red.used + unknown, daysBetween(from, today) + 1);
      }),
      { numRuns: 30 },
    );
  });

  it('has red days from November to March alone, and none on a weekend or holiday; a Sunday is blue', () => {
    assert.deepEqual(tempoMayBe('2026-11-24'), ['blue', 'white', 'red']);
    assert.deepEqual(tempoMayBe('2026-11-28'), ['blue', 'white']);
    assert.deepEqual(tempoMayBe('2026-11-29'), ['blue']);
    assert.deepEqual(tempoMayBe('2026-12-25'), ['blue', 'white']);
    assert.deepEqual(tempoMayBe('2027-03-29'), ['blue', 'white'], 'Easter Monday');
    assert.deepEqual(tempoMayBe('2026-10-30'), ['blue', 'white']);
    assert.deepEqual(tempoMayBe('2027-03-31'), ['blue', 'white', 'red']);
    assert.deepEqual(tempoMayBe('2027-04-01'), ['blue', 'white']);
  });
});

describe('what is told on the eve', () => {
  it('is white and red, once it is sure', () => {
    assert.deepEqual(tempoNotice({ day: '2026-11-25', colour: 'red' }), { day: '2026-11-25', colour: 'red' });
    assert.equal(tempoNotice({ day: '2026-11-25', colour: 'blue' }), undefined);
    assert.equal(tempoNotice({ day: '2026-11-25', colour: 'red', isProvisional: true }), undefined);
    assert.equal(tempoNotice(undefined), undefined);
  });

  it('is another colour than the one that was told, blue too', () => {
    assert.deepEqual(tempoNotice({ day: '2026-11-25', colour: 'blue' }, 'red'), { day: '2026-11-25', colour: 'blue' });
  });

  it('is told once', () => {
    fc.assert(fc.property(anyDay, colour, fc.option(colour, { nil: undefined }), (of, own, told) => {
      const notice = tempoNotice({ day: of, colour: own }, told);
      assert.equal(tempoNotice({ day: of, colour: own }, notice?.colour ?? told), undefined);
    }));
  });
});
