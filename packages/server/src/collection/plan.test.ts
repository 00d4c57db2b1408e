import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, daysBetween, type LocalDay } from '@oya/contract';
import fc from 'fast-check';
import { GIVEN_UP_AFTER, gapOf, noteAsked, type Gap } from './gaps.ts';
import { midnightAfter, nextTry } from './next-try.ts';
import { askable, consentedDatasets, inTurns, isWanted, planCalls, type ActiveConsent, type KnownDay } from './plan.ts';

const TODAY = '2026-11-25';
const PARIS = 'Europe/Paris';
const ago = (days: number): LocalDay => addDays(TODAY, -days);

const past = fc.integer({ min: 1, max: 900 }).map(ago);
const knowledge = fc.record({
  known: fc.array(fc.tuple(past, fc.constantFrom<KnownDay>('settled', 'unsettled'))).map((days) => new Map(days)),
  gaps: fc.array(fc.record({ from: past, length: fc.integer({ min: 1, max: 40 }), askedOn: fc.integer({ min: 0, max: 60 }).map(ago), times: fc.integer({ min: 1, max: 6 }) })).map((gaps) =>
    gaps.map(({ from, length, ...gap }): Gap => ({ from, to: addDays(from, length), ...gap })),
  ),
  isAsked: fc.boolean(),
});

describe('the plan of a night', () => {
  it('holds every wanted day once, the newest first, in calls that are allowed', () => {
    fc.assert(
      fc.property(knowledge, past, fc.integer({ min: 1, max: 400 }), (known, from, daysPerCall) => {
        const period = { from, to: TODAY };
        const calls = planCalls(period, TODAY, known, { daysPerCall });
        for (const [index, call] of calls.entries()) {
          assert.ok(period.from <= call.from && call.from < call.to && call.to <= period.to);
          assert.ok(daysBetween(call.from, call.to) <= daysPerCall);
          assert.ok(isWanted(call.from, TODAY, known) && isWanted(addDays(call.to, -1), TODAY, known), 'a call begins and ends with a wanted day');
          if (index > 0) assert.ok(call.to <= (calls[index - 1]?.from ?? ''), 'newest first, and none twice');
        }
        for (let day = from; day < TODAY; day = addDays(day, 1)) {
          if (isWanted(day, TODAY, known)) assert.equal(calls.filter((call) => call.from <= day && day < call.to).length, 1, day);
        }
      }),
    );
  });

  it('asks for a load curve of two years by weeks, and for nothing once all is known', () => {
    const nothing = { known: new Map<LocalDay, KnownDay>(), gaps: [], isAsked: false };
    const calls = planCalls({ from: ago(745), to: TODAY }, TODAY, nothing, { daysPerCall: 7 });
    assert.deepEqual([calls.length, calls[0], calls.at(-1)?.from], [107, { from: '2026-11-18', to: TODAY }, ago(745)]);
    const all = { ...nothing, known: new Map(Array.from({ length: 745 }, (_, index) => [ago(index + 1), 'settled' as const])) };
    assert.deepEqual(planCalls({ from: ago(745), to: TODAY }, TODAY, all, { daysPerCall: 7 }), []);
  });

  it('asks again for what may still change, for two weeks', () => {
    const known = new Map<LocalDay, KnownDay>([[ago(14), 'unsettled'], [ago(15), 'unsettled'], [ago(1), 'settled']]);
    const wanted = [1, 14, 15].map((days) => isWanted(ago(days), TODAY, { known, gaps: [], isAsked: false }));
    assert.deepEqual(wanted, [false, true, false]);
  });

  it('asks for yesterday as often as it is late, for what is older once a day', () => {
    const gaps: Gap[] = [{ from: ago(3), to: TODAY, askedOn: TODAY, times: 1 }];
    assert.deepEqual([1, 2, 3].map((days) => isWanted(ago(days), TODAY, { known: new Map(), gaps, isAsked: true })), [true, false, false]);
  });
});

describe('the days that may be asked for', () => {
  const bounds = { today: TODAY, contract: { from: '2020-01-01', to: null }, consentedSince: null, historyDays: 1110, floor: null };

  it('begin with the latest of contract, consent and history, and end with yesterday', () => {
    assert.deepEqual(askable(bounds), { from: ago(1110), to: TODAY });
    assert.equal(askable({ ...bounds, contract: { from: ago(20), to: null } }).from, ago(20));
    assert.equal(askable({ ...bounds, consentedSince: ago(3) }).from, ago(3));
    assert.equal(askable({ ...bounds, floor: ago(2) }).from, ago(2));
    assert.equal(askable({ ...bounds, contract: { from: '2020-01-01', to: ago(30) } }).to, ago(30));
  });

  it('are those of before neither consent to the curve, and none without both', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('curve-recording', 'curve-collection', 'daily-collection', 'maximum-power'), past), fc.boolean(), fc.boolean(), (given, production, hasLoadCurve) => {
        const consents = Object.entries(given).map(([purpose, since]) => ({ purpose, since }) as ActiveConsent);
        const datasets = new Map(consentedDatasets(consents, { production, hasLoadCurve }).map(({ dataset, since }) => [dataset, since]));
        const both = 'curve-recording' in given && 'curve-collection' in given && hasLoadCurve;
        assert.equal(datasets.has('load-curve'), both);
        assert.equal(datasets.has('production-curve'), both && production);
        if (both) for (const purpose of ['curve-recording', 'curve-collection']) assert.ok((datasets.get('load-curve') ?? '') >= (given[purpose] ?? ''));
        assert.equal(datasets.has('days'), 'daily-collection' in given);
        assert.equal(datasets.has('production-days'), 'daily-collection' in given && production);
        assert.equal(datasets.has('maximum-power'), 'maximum-power' in given);
      }),
    );
  });

  it('come in turns: the newest of each dataset before the second newest of any', () => {
    assert.deepEqual(inTurns([['a1', 'a2', 'a3'], ['b1'], [], ['c1', 'c2']]), ['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  });
});

describe('days that were asked for in vain', () => {
  it('are counted each, once a day, and forgotten once they are there', () => {
    const asked = noteAsked([], { from: '2026-01-01', to: '2026-01-05' }, new Set(['2026-01-02', '2026-01-03']), TODAY);
    assert.deepEqual(asked, [{ from: '2026-01-02', to: '2026-01-04', askedOn: TODAY, times: 1 }]);
    assert.deepEqual(noteAsked(asked, { from: '2026-01-02', to: '2026-01-04' }, new Set(['2026-01-02', '2026-01-03']), TODAY), asked);
    const later = noteAsked(asked, { from: '2026-01-03', to: '2026-01-04' }, new Set(['2026-01-03']), addDays(TODAY, 2));
    assert.deepEqual(later, [{ from: '2026-01-02', to: '2026-01-03', askedOn: TODAY, times: 1 }, { from: '2026-01-03', to: '2026-01-04', askedOn: addDays(TODAY, 2), times: 2 }]);
    assert.deepEqual(noteAsked(later, { from: '2026-01-01', to: '2026-01-05' }, new Set(), TODAY), []);
  });

  it('never overlap, and say of days outside what they said', () => {
    const period = fc.tuple(past, fc.integer({ min: 1, max: 60 })).map(([from, length]) => ({ from, to: addDays(from, length) }));
    fc.assert(
      fc.property(fc.array(fc.tuple(period, fc.uniqueArray(past), fc.integer({ min: 0, max: 40 })), { maxLength: 6 }), (rounds) => {
        let gaps: Gap[] = [];
        for (const [asked, absent, days] of rounds) {
          const before = gaps;
          gaps = noteAsked(gaps, asked, new Set(absent), ago(days));
          for (const [index, gap] of gaps.entries()) assert.ok(gap.from < gap.to && (gaps[index - 1]?.to ?? '') <= gap.from);
          for (const day of absent) {
            const isAsked = asked.from <= day && day < asked.to;
            if (isAsked) assert.equal(gapOf(gaps, day)?.askedOn, ago(days));
            else assert.equal(gapOf(gaps, day)?.times, gapOf(before, day)?.times);
          }
        }
      }),
    );
  });

  it('are asked for five times within a month, and then no more', () => {
    const old = ago(200);
    let [gaps, asked]: [Gap[], number[]] = [[], []];
    for (let day = 0; day < 400; day++) {
      const today = addDays(TODAY, day);
      if (!isWanted(old, today, { known: new Map(), gaps, isAsked: false })) continue;
      asked.push(day);
      gaps = noteAsked(gaps, { from: old, to: addDays(old, 1) }, new Set([old]), today);
    }
    assert.deepEqual(asked, [0, 2, 6, 14, 30]);
    assert.equal(asked.length, GIVEN_UP_AFTER);
  });
});

describe('the next try', () => {
  const now = Date.parse('2026-11-24T23:00:00Z');
  const usual = { outcome: 'data', attempts: 0, isFresh: true, freshFrom: 480, now, timeZone: PARIS } as const;
  const at = (more: Partial<Parameters<typeof nextTry>[0]>) => new Date(nextTry({ ...usual, ...more })).toISOString().slice(0, 16);

  it('is at the next midnight on the utility’s clock once yesterday is there', () => {
    assert.equal(at({}), '2026-11-25T23:00');
    assert.equal(new Date(midnightAfter(Date.parse('2026-10-24T22:00:00Z'), PARIS)).toISOString(), '2026-10-25T23:00:00.000Z', 'a day of 25 hours');
    assert.equal(at({ timeZone: 'Indian/Reunion' }), '2026-11-25T20:00');
  });

  it('is when yesterday is usually there, then every two hours of the day', () => {
    assert.equal(at({ isFresh: false, outcome: 'no-data' }), '2026-11-25T07:00');
    assert.equal(at({ isFresh: false, now: now + 9 * 3_600_000 }), '2026-11-25T10:00');
    assert.equal(at({ isFresh: false, now: now + 23 * 3_600_000 }), '2026-11-25T23:00');
  });

  it('obeys whoever says when, and grows where nobody does', () => {
    assert.equal(at({ outcome: 'quota', attempts: 1, retryAfterSeconds: 1800 }), '2026-11-24T23:30');
    assert.deepEqual([1, 2, 3, 30].map((attempts) => at({ outcome: 'busy', attempts })), ['2026-11-24T23:01', '2026-11-24T23:02', '2026-11-24T23:04', '2026-11-25T00:00']);
    assert.deepEqual([1, 2, 30].map((attempts) => at({ outcome: 'broken', attempts })), ['2026-11-24T23:15', '2026-11-24T23:30', '2026-11-25T11:00']);
    assert.deepEqual([1, 7, 8].map((attempts) => at({ outcome: 'no-consent', attempts })), ['2026-11-25T23:00', '2026-11-25T23:00', '2026-12-01T23:00']);
  });

  it('is always later than now', () => {
    fc.assert(
      fc.property(fc.constantFrom('data', 'no-data', 'no-consent', 'before-history', 'not-measured', 'unknown-point', 'refused', 'broken', 'quota', 'busy'), fc.nat(40), fc.boolean(), fc.integer({ min: 0, max: 1439 }), fc.nat(400 * 24 * 60), (outcome, attempts, isFresh, freshFrom, minutes) => {
        const moment = now + minutes * 60_000;
        const next = nextTry({ outcome, attempts, isFresh, freshFrom, now: moment, timeZone: PARIS });
        assert.ok(next > moment && next <= moment + 8 * 24 * 3_600_000);
      }),
    );
  });
});
