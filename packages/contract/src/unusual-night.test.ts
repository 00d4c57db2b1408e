import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { NightLoad } from './night.ts';
import { addDays } from './time.ts';
import { exactCost, wattHours } from './units.ts';
import { costOfNight, unusualNight } from './unusual-night.ts';

const FROM = '2026-08-01';

/** Nights in a row; `watts` says what ran in the quietest hour of each. */
function nights(count: number, watts: (night: number) => number, { from = FROM, isMeasured = (night: number): boolean => night >= 0 } = {}): NightLoad[] {
  return Array.from({ length: count }, (_, night) => ({ night: addDays(from, night), watts: watts(night), isMeasured: isMeasured(night) }));
}
/** Some nights are a little more, some a little less. */
const about = (watts: number) => (night: number) => watts + ((night * 7) % 11) - 5;

describe('an unusual night', () => {
  it('tells since when how much more runs, and by how many nights', () => {
    const found = unusualNight(nights(60, (night) => about(night < 45 ? 120 : 420)(night)));
    assert.deepEqual({ ...found, before: Math.abs((found?.before ?? 0) - 120) <= 2, now: Math.abs((found?.now ?? 0) - 420) <= 2, rise: Math.abs((found?.rise ?? 0) - 300) <= 3 }, {
      kind: 'unusual-night', since: addDays(FROM, 45), before: true, now: true, rise: true, nights: { before: 45, since: 15 }, restsOn: 'nights-before',
    });
  });

  it('is none where the load grows little by little, has ended, or fell', () => {
    assert.equal(unusualNight(nights(90, (night) => 100 + 4 * night)), undefined, 'grows');
    assert.equal(unusualNight(nights(90, (night) => about(night >= 40 && night < 60 ? 420 : 120)(night))), undefined, 'ended');
    assert.equal(unusualNight(nights(60, (night) => about(night < 45 ? 420 : 120)(night))), undefined, 'fell');
  });

  it('is none that the season brought the year before as well', () => {
    const heated = (night: number) => about(night < 45 ? 120 : 420)(night);
    assert.equal(unusualNight([...nights(60, heated, { from: addDays(FROM, -364) }), ...nights(60, heated)]), undefined);
    const found = unusualNight([...nights(60, about(120), { from: addDays(FROM, -364) }), ...nights(60, heated)]);
    assert.deepEqual([found?.since, found?.restsOn], [addDays(FROM, 45), 'year-before']);
  });

  it('is not told by estimates, nor by too few nights', () => {
    const began = (night: number) => about(night < 45 ? 120 : 420)(night);
    assert.equal(unusualNight(nights(60, began, { isMeasured: (night) => night < 46 })), undefined, 'estimated since');
    assert.equal(unusualNight(nights(51, began)), undefined, 'six nights since');
    assert.equal(unusualNight(nights(34, (night) => about(night < 27 ? 120 : 420)(night), {})), undefined, 'less than four weeks before');
    assert.equal(unusualNight([]), undefined);
  });

  it('finds any rise well beyond what nights vary by, on its day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 28, max: 90 }), fc.integer({ min: 7, max: 28 }), fc.integer({ min: 20, max: 800 }), fc.integer({ min: 60, max: 2000 }), (before, since, base, more) => {
        const rise = Math.max(more, Math.ceil(base / 2));
        const found = unusualNight(nights(before + since, (night) => about(night < before ? base : base + rise)(night)));
        assert.equal(found?.since, addDays(FROM, before));
        assert.ok(Math.abs((found?.rise ?? 0) - rise) <= 11);
      }),
    );
  });

  it('is never told of nights that vary as they always do', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 10, max: 1000 }), (count, base) => assert.equal(unusualNight(nights(count, about(base))), undefined)));
  });
});

describe('what a load of the night costs', () => {
  const day = (energy: number, euros: number) => ({ energy: wattHours(energy), cost: exactCost(euros * 100_000_000) });

  it('is that of thirty days, at what a kWh has cost', () => {
    assert.deepEqual(costOfNight({ rise: 150 }, [day(10_000, 2), day(30_000, 6)]), { energy: 108_000, amount: 2160 });
  });

  it('is energy alone where nothing is known of its price', () => {
    assert.deepEqual(costOfNight({ rise: 150 }, []), { energy: 108_000 });
  });
});
