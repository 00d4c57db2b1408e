import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { countedFrom, judgeIndex, outlookOn, type KnownIndex, type ReadingOutlook, type RegisterHistory } from './reading-plausibility.ts';
import { addDays, addSteps, type LocalDay } from './time.ts';

/** Of a register of which something real is known. */
function outlook(of: RegisterHistory, day: LocalDay): ReadingOutlook {
  const told = outlookOn(of, day);
  assert.ok(told);
  return told;
}

const FIVE = { code: 'BASE', digits: 5 };
const SIX = { code: 'BASE', digits: 6 };

/** Readings on the first of months in a row, each with what the month before it counted. */
function monthly(from: LocalDay, start: number, counts: readonly number[], register = SIX): KnownIndex[] {
  let index = start;
  return [{ day: from, index: start }, ...counts.map((count, at) => ({ day: addSteps(from, 'month', at + 1), index: (index = (index + count) % 10 ** register.digits) }))];
}
/** A home that is heated: 600 in a winter month, 150 in summer. */
const HEATED = [600, 600, 500, 300, 150, 150, 150, 150, 200, 400, 600, 600];
const history = (more: Partial<RegisterHistory> = {}): RegisterHistory => ({ register: SIX, real: monthly('2025-01-01', 20_000, HEATED), ...more });

describe('what a register is likely to show', () => {
  it('is told by the same days of the year before, with what is taken without a question', () => {
    // January and February of 2025 counted 1 200; the last real index is 24 400.
    const { last, expected, allowed } = outlook(history(), '2026-03-01');
    assert.deepEqual(last, { day: '2026-01-01', index: 24_400 });
    assert.deepEqual(expected, { counted: { least: 600, most: 1800 }, index: { least: 25_000, most: 26_200 } });
    assert.deepEqual(allowed, { counted: { least: 0, most: 2400 }, index: { least: 24_400, most: 26_800 } });
    // April to June: 300 + 150 + 150.
    const summer = outlook(history({ real: monthly('2025-01-01', 20_000, [...HEATED, 600, 600, 500]) }), '2026-07-01');
    assert.deepEqual(summer.expected?.counted, { least: 300, most: 900 });
  });

  it('is told by the pace on the whole where no year before is known', () => {
    const { expected } = outlook(history({ real: [{ day: '2026-01-01', index: 100 }, { day: '2026-01-31', index: 400 }] }), '2026-02-10');
    assert.deepEqual(expected?.counted, { least: 50, most: 150 });
  });

  it('leaves room for a little more, however little is usual', () => {
    const { allowed } = outlook(history({ real: monthly('2025-01-01', 500, Array.from({ length: 12 }, () => 0)) }), '2026-01-03');
    assert.deepEqual(allowed.counted, { least: 0, most: 30 });
  });

  it('goes on from the last real index, whatever was estimated since, and over a turn of the register', () => {
    const { last, allowed } = outlook({ register: FIVE, real: [{ day: '2025-12-01', index: 99_500 }, { day: '2026-01-01', index: 99_900 }], estimated: { day: '2026-03-01', index: 900 } }, '2026-02-01');
    assert.deepEqual([last.index, allowed.index], [99_900, { least: 99_900, most: 700 }]);
  });

  it('is at most what the subscribed power lets through, and a tenth of a turn where nothing tells', () => {
    const one = [{ day: '2026-01-01', index: 0 }];
    assert.equal(outlook({ register: FIVE, real: one, mostADay: 72 }, '2026-01-11').allowed.counted.most, 720);
    assert.equal(outlook({ register: FIVE, real: one }, '2026-01-11').allowed.counted.most, 10_000);
    assert.equal(outlook({ register: FIVE, real: one }, '2026-01-11').expected, undefined);
    assert.equal(outlookOn({ register: FIVE, real: [] }, '2026-01-11'), undefined);
  });

  it('rests on what the meter before counted, and goes on from what this one began with', () => {
    const { last, expected } = outlook(history({ real: [{ day: '2026-01-01', index: 12 }], ofMeterBefore: monthly('2025-01-01', 20_000, HEATED) }), '2026-03-01');
    assert.deepEqual([last.index, expected?.counted, expected?.index], [12, { least: 600, most: 1800 }, { least: 612, most: 1812 }]);
  });
});

describe('an index that somebody has read', () => {
  const DAY = '2026-03-01';
  const judge = (index: number, more: Partial<RegisterHistory> = {}) => judgeIndex(history(more), { day: DAY, index });

  it('is fine within what is usual', () => {
    assert.deepEqual(judge(25_600), { register: 'BASE', counted: 1200, meant: [], isBelowEstimate: false });
    assert.deepEqual(judge(24_400).counted, 0, 'nobody was there');
  });

  it('is asked about where it is far above, with what was perhaps meant', () => {
    assert.deepEqual(judge(52_600), { register: 'BASE', counted: 28_200, doubt: 'far-above', meant: [{ index: 25_600, why: 'swapped-digits' }], isBelowEstimate: false });
    assert.deepEqual(judge(256_003).meant, [{ index: 25_600, why: 'decimals' }]);
    assert.deepEqual(judge(70_000).meant, []);
  });

  it('is asked about where it is lower, with what was perhaps meant', () => {
    assert.deepEqual(judge(22_560), { register: 'BASE', counted: null, doubt: 'lower', meant: [{ index: 25_260, why: 'swapped-digits' }], isBelowEstimate: false });
  });

  it('has rolled over where that is as much as usual, and is lower where it is not', () => {
    const real = monthly('2025-01-01', 95_500, HEATED, FIVE);
    const at = (index: number) => judgeIndex({ register: FIVE, real }, { day: DAY, index });
    assert.deepEqual(at(1200), { register: 'BASE', counted: 1300, doubt: 'rolled-over', meant: [], isBelowEstimate: false });
    assert.equal(at(60_000).doubt, 'lower');
  });

  it('is accepted below what an invoice had supposed, and says so', () => {
    const estimated = { day: '2026-02-01', index: 25_900 };
    assert.deepEqual([judge(25_600, { estimated }).doubt, judge(25_600, { estimated }).isBelowEstimate], [undefined, true]);
    assert.equal(judge(26_000, { estimated }).isBelowEstimate, false);
  });

  it('is none that the register cannot show', () => {
    for (const index of [-1, 1.5, 1_000_000]) assert.throws(() => judge(index), RangeError);
  });
});

describe('any register', () => {
  const registers = fc.integer({ min: 4, max: 7 }).map((digits) => ({ code: 'BASE', digits }));
  const homes = registers.chain((register) =>
    fc.record({ register: fc.constant(register), start: fc.nat({ max: 10 ** register.digits - 1 }), counts: fc.array(fc.nat({ max: 10 ** register.digits / 40 }), { minLength: 1, maxLength: 30 }), days: fc.integer({ min: 1, max: 120 }) }),
  );

  it('takes without a question whatever counts no more than twice the usual, turn or not, and asks about more', () => {
    fc.assert(
      fc.property(homes, fc.double({ min: 0, max: 3, noNaN: true }), ({ register, start, counts, days }, share) => {
        const real = monthly('2024-02-01', start, counts, register);
        const last = real.at(-1) as KnownIndex;
        const day = addDays(last.day, days);
        const { allowed } = outlook({ register, real }, day);
        const counted = Math.min(10 ** register.digits - 1, Math.round(allowed.counted.most * share));
        const index = (last.index + counted) % 10 ** register.digits;
        const judged = judgeIndex({ register, real }, { day, index });
        if (counted <= allowed.counted.most) {
          assert.equal(judged.counted, counted);
          assert.ok(judged.doubt === undefined || (judged.doubt === 'rolled-over' && index < last.index), judged.doubt);
        } else {
          assert.ok(judged.doubt === 'far-above' || judged.doubt === 'lower');
        }
        for (const { index: other } of judged.meant) {
          assert.notEqual(other, index);
          assert.ok(['rolled-over', undefined].includes(judgeIndex({ register, real }, { day, index: other }).doubt), 'what was meant is taken');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('expects within what it allows, and counts turns as they are', () => {
    fc.assert(
      fc.property(homes, ({ register, start, counts, days }) => {
        const real = monthly('2024-02-01', start, counts, register);
        const { expected, allowed, last } = outlook({ register, real }, addDays((real.at(-1) as KnownIndex).day, days));
        assert.ok(expected && expected.counted.least >= 0 && expected.counted.most <= allowed.counted.most);
        for (const { counted, index } of [expected, allowed]) {
          assert.equal(countedFrom(last.index, index.most, register), counted.most);
          assert.equal(countedFrom(last.index, index.least, register), counted.least);
        }
      }),
      { numRuns: 500 },
    );
  });
});
