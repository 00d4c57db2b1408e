import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clockHour, EcowattDay, ecowattNotices, ecowattStretches, isEcowattSilent, tenseStretches } from './ecowatt.ts';
import { addDays } from './time.ts';

const hour = fc.option(fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const));
const day: fc.Arbitrary<EcowattDay> = fc
  .record({ later: fc.nat(3), level: fc.constantFrom(1 as const, 2 as const, 3 as const), hours: fc.array(hour, { minLength: 24, maxLength: 24 }), message: fc.string() })
  .map(({ later, ...rest }) => ({ day: addDays('2026-11-24', later), generatedAt: '2026-11-24T06:36:25Z', ...rest }));
const days = fc.uniqueArray(day, { selector: (each) => each.day, maxLength: 4 });
const levelled = (on: string, level: 1 | 2 | 3, more: Partial<EcowattDay> = {}): EcowattDay => ({ day: on, level, hours: Array<null>(24).fill(null), message: '', generatedAt: '2026-11-24T06:36:25Z', ...more });

describe('the hours of an EcoWatt day', () => {
  it('are told in a row, without those that are not known', () => {
    const hours = [...Array<null>(7).fill(null), 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 3, 3, 1, 1, 1, 0] as EcowattDay['hours'];
    assert.deepEqual(ecowattStretches({ hours }).map(({ from, to, level }) => `${from}-${to} ${level}`), ['7-8 1', '8-11 2', '11-18 1', '18-20 3', '20-23 1', '23-24 0']);
    assert.deepEqual(tenseStretches({ hours }), [{ from: 8, to: 11, level: 2 }, { from: 18, to: 20, level: 3 }]);
  });

  it('are all there, whatever they are', () => {
    fc.assert(
      fc.property(day, (given) => {
        const again: EcowattDay['hours'] = Array<null>(24).fill(null);
        for (const { from, to, level } of ecowattStretches(given)) again.fill(level, from, to);
        assert.deepEqual(again, given.hours);
      }),
    );
  });

  it('are those that clocks show, the one that comes twice too', () => {
    assert.equal(clockHour(Date.parse('2026-11-24T17:30:00Z'), 'Europe/Paris'), 18);
    assert.deepEqual(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((text) => clockHour(Date.parse(text), 'Europe/Paris')), [2, 2]);
  });

  it('are 24, of four levels', () => {
    assert.ok(EcowattDay.safeParse(levelled('2026-11-24', 2)).success);
    assert.ok(!EcowattDay.safeParse(levelled('2026-11-24', 2, { hours: [1] })).success);
    assert.ok(!EcowattDay.safeParse({ ...levelled('2026-11-24', 2), level: 0 }).success);
  });
});

describe('what is told of EcoWatt', () => {
  it('is orange and red, what became of them, and nothing else', () => {
    const told = (now: 1 | 2 | 3, before?: 1 | 2 | 3) => ecowattNotices([levelled('2026-11-25', now)], before === undefined ? [] : [levelled('2026-11-25', before)]).map(({ level }) => level);
    assert.deepEqual([told(1), told(2), told(3)], [[], [2], [3]]);
    assert.deepEqual([told(2, 1), told(3, 2), told(2, 3), told(1, 3), told(2, 2)], [[2], [3], [2], [1], []]);
  });

  it('is told once, and only where something is asked of people or was', () => {
    fc.assert(
      fc.property(days, days, (now, before) => {
        for (const { day: on, level } of ecowattNotices(now, before)) assert.ok(level > 1 || (before.find((each) => each.day === on)?.level ?? 1) > 1);
        assert.deepEqual(ecowattNotices(now, now), []);
      }),
    );
  });
});

describe('RTE', () => {
  it('is silent when nobody has heard of it for more than a day', () => {
    const now = Date.parse('2026-11-24T12:00:00Z');
    assert.equal(isEcowattSilent({ readAt: '2026-11-23T12:00:00Z' }, now), false);
    assert.equal(isEcowattSilent({ readAt: '2026-11-22T12:00:00Z' }, now), true);
    assert.equal(isEcowattSilent({ readAt: null }, now), true);
  });
});
