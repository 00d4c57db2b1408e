import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canBeCorrected, costSince, judgeReading, READING_REASONS, type ReadingPlace } from './reading-judgement.ts';
import { READING_CASES, readingCasesPage, sentOf, USUAL_PLACE } from './reading-cases.ts';
import { TARIFF_WITHOUT_TAX } from './testing.ts';
import { addDays } from './time.ts';

const PAGE = new URL('../READINGS.md', import.meta.url);

describe('what becomes of a reading', () => {
  for (const each of READING_CASES) {
    it(each.says, () => {
      const verdict = judgeReading(sentOf(each), { ...USUAL_PLACE, ...each.place });
      const codes = verdict.faults.map(({ code }) => code);
      if (typeof each.becomes === 'string') assert.deepEqual([codes, verdict.state], [[], each.becomes]);
      else assert.deepEqual(codes, each.becomes);
      assert.equal(verdict.isOutsideWindow, each.isOutsideWindow ?? false);
      if (each.meant) assert.deepEqual(verdict.judgements.flatMap(({ meant }) => meant.map(({ index }) => index)), each.meant);
    });
  }

  it('is written down for utilities, as it is tested here', async () => {
    if (process.env['OYA_WRITE_PAGES']) await writeFile(PAGE, readingCasesPage());
    assert.equal(await readFile(PAGE, 'utf8'), readingCasesPage(), 'packages/contract/READINGS.md is not what the cases say: OYA_WRITE_PAGES=1 npm test -- unit');
  });

  it('keeps what was odd, and why', () => {
    const { indexes } = judgeReading({ on: '2026-03-01', indexes: [{ register: 'BASE', index: 29_000, reason: 'confirmed' }] }, USUAL_PLACE);
    assert.deepEqual(indexes, [{ register: 'BASE', index: 29_000, doubt: 'far-above', reason: 'confirmed' }]);
  });

  it('takes no reason that explains nothing', () => {
    const { faults } = judgeReading({ on: '2026-03-01', indexes: [{ register: 'BASE', index: 29_000, reason: 'rolled-over' }] }, USUAL_PLACE);
    assert.deepEqual(faults, [{ path: 'indexes.BASE', code: 'far-above' }]);
  });

  it('names an index of no register', () => {
    const { faults } = judgeReading({ on: '2026-03-01', indexes: [{ register: 'BASE', index: 25_600 }, { register: 'HP', index: 1 }] }, USUAL_PLACE);
    assert.deepEqual(faults, [{ path: 'indexes.HP', code: 'unknown' }]);
  });

  it('refuses nobody who says why: any index that the register can show is taken on a day that can be', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.integer({ min: 1, max: 59 }), (index, days) => {
        const place: ReadingPlace = USUAL_PLACE;
        const on = addDays('2026-01-01', days);
        const asked = judgeReading({ on, indexes: [{ register: 'BASE', index }] }, place);
        if (asked.faults.length === 0) return asked.state === 'transmitted';
        const doubt = asked.judgements[0]?.doubt;
        assert.ok(doubt, 'an index of a good day is only ever asked about');
        return READING_REASONS[doubt].every((reason) => judgeReading({ on, indexes: [{ register: 'BASE', index, reason }] }, place).faults.length === 0);
      }),
    );
  });
});

describe('a reading that was sent', () => {
  const sent = { state: 'transmitted', correctableUntil: '2026-03-03T10:00:00Z' } as const;

  it('can be corrected until its time is over, or an invoice has used it', () => {
    assert.equal(canBeCorrected(sent, Date.parse('2026-03-03T09:59:59Z')), true);
    assert.equal(canBeCorrected(sent, Date.parse('2026-03-03T10:00:00Z')), false);
    assert.equal(canBeCorrected({ ...sent, state: 'used' }, Date.parse('2026-03-01T10:00:00Z')), false);
    assert.equal(canBeCorrected({ state: 'transmitted' }, 0), false);
  });
});

describe('what was counted since', () => {
  it('costs what its days cost, tax included', () => {
    // 100 kWh on 31 January 2026 at (0.1327 + 0.02998) × 1.2, and 100 on 1 February at (0.1308 + 0.03085) × 1.2.
    assert.equal(costSince('BASE', 200_000, '2026-01-31', '2026-02-02', TARIFF_WITHOUT_TAX), 1_952_160_000 + 1_939_800_000);
  });

  it('is not told where a price is missing', () => {
    assert.equal(costSince('BASE', 1000, '2020-01-01', '2020-01-02', TARIFF_WITHOUT_TAX), undefined);
  });

  it('is at least a day’s', () => {
    assert.equal(costSince('BASE', 1000, '2026-02-03', '2026-02-03', TARIFF_WITHOUT_TAX), costSince('BASE', 1000, '2026-02-03', '2026-02-04', TARIFF_WITHOUT_TAX));
  });
});
