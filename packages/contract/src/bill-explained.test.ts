import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareBills, heatingOf } from './bill-compared.ts';
import { explainBill } from './bill-explained.ts';
import { checkEstimates } from './estimates.ts';
import { billFor, billSeries, type BilledReading } from './billing.ts';
import type { Tariff } from './cost.ts';
import { reversed, totalsOf } from './invoice-lines.ts';
import type { Bill, InvoiceLine } from './invoices.ts';
import { price, tax, TARIFF_WITHOUT_TAX } from './testing.ts';
import { countedByIndexes } from './line-quantities.ts';
import { addSteps, type LocalDay, type Period } from './time.ts';
import { cents, sum, wattHours } from './units.ts';

const read = (day: LocalDay, indexes: Record<string, number>, quality: BilledReading['quality'] = 'real'): BilledReading => ({ day, indexes, quality });
const REGISTERS = [{ code: 'HP', digits: 6 }, { code: 'HC', digits: 6 }];
const BASE = [{ code: 'BASE', digits: 6 }];

function bill(from: LocalDay, to: LocalDay, used: Record<string, number>, tariff: Tariff = TARIFF_WITHOUT_TAX): Bill {
  const indexes = Object.fromEntries(Object.keys(used).map((code) => [code, 999_900]));
  const end = Object.fromEntries(Object.entries(used).map(([code, counted]) => [code, (999_900 + counted) % 1_000_000]));
  return billFor({ period: { from, to }, readings: [read(from, indexes), read(to, end)], registers: Object.keys(used).length > 1 ? REGISTERS : BASE, tariff });
}

const charged = (lines: Bill['lines'], from: Bill): Bill => ({ ...from, lines, totals: totalsOf(lines) });
const amounts = ({ causes }: ReturnType<typeof compareBills>) => Object.fromEntries(causes.map(({ what, amount }) => [what, amount]));

/** Bills of a meter some of whose readings are estimates. */
const series = fc
  .array(fc.record({ counted: fc.integer({ min: 0, max: 3000 }), isReal: fc.boolean() }), { minLength: 2, maxLength: 9 })
  .map((months) => {
    let index = 995_000;
    let real = 995_000;
    const readings = [read('2025-05-01', { BASE: index })];
    for (const [at, { counted, isReal }] of months.entries()) {
      real += Math.round(counted / 2);
      index = isReal ? Math.max(real, readings.findLast(({ quality }) => quality === 'real')?.indexes['BASE'] ?? 0) : index + counted;
      if (isReal) real = index;
      readings.push(read(addSteps('2025-05-01', 'month', at + 1), { BASE: index }, isReal ? 'real' : 'estimated'));
    }
    const shown = readings.map((reading) => ({ ...reading, indexes: { BASE: (reading.indexes['BASE'] ?? 0) % 1_000_000 } }));
    return billSeries({ from: '2025-05-01', ends: shown.slice(1).map(({ day }) => day), readings: shown, registers: BASE, tariff: TARIFF_WITHOUT_TAX, idOf: (end) => `until-${end}` });
  });

describe('an invoice explained', () => {
  it('is reckoned again to the cent: indexes, energy, prices, taxes', () => {
    fc.assert(
      fc.property(series, (bills) => {
        for (const each of bills) {
          const { difference, isExact, reckoned, steps } = explainBill(each);
          assert.deepEqual([difference, isExact, reckoned], [0, true, each.totals.total]);
          assert.equal(sum(steps.map(({ amount }) => amount)), each.totals.total);
        }
      }),
    );
  });

  it('is as exact where it takes a whole invoice back, or its standing charge alone', () => {
    fc.assert(
      fc.property(series, fc.boolean(), (bills, isWhole) => {
        const [{ lines, ...first }] = bills as [Bill];
        const back = lines.filter(({ what }) => isWhole || what === 'standing-charge').map(reversed);
        const { difference, isExact, steps } = explainBill(charged(back, { ...first, lines, givenBack: [] }));
        assert.deepEqual([difference, isExact], [0, true]);
        assert.equal(sum(steps.map(({ amount }) => amount)), totalsOf(back).total);
      }),
    );
  });

  it('says by how much a credit note gives back less than it should', () => {
    const back = bill('2025-09-01', '2025-11-01', { HP: 300, HC: 200 });
    const lines = back.lines.map(reversed).map((line, at) => (at === 0 ? { ...line, net: cents(line.net + 100) } : line));
    const { isExact, lines: told } = explainBill(charged(lines, back));
    assert.deepEqual([isExact, told[0]?.difference, told[1]?.difference], [false, 100, 0]);
  });

  it('says by how much a line, and so the whole, is not what its indexes and price come to', () => {
    const right = bill('2025-09-01', '2025-11-01', { HP: 300, HC: 200 });
    const lines = right.lines.map((line): InvoiceLine => (line.what === 'energy' && line.register === 'HP' ? { ...line, net: cents(line.net + 1234) } : line));
    const explained = explainBill(charged(lines, right));
    assert.equal(explained.lines.find(({ line }) => line.what === 'energy' && line.register === 'HP')?.difference, 1234);
    assert.equal(explained.difference, 1234 + 247, 'with the 20 % of VAT on it');
    assert.deepEqual(explained.steps.at(-1), { what: 'unexplained', amount: explained.difference });
  });

  it('does not let two mistakes that cancel out pass for a right invoice', () => {
    const right = bill('2025-09-01', '2025-11-01', { HP: 300, HC: 200 });
    const lines = right.lines.map((line): InvoiceLine => (line.what === 'energy' ? { ...line, net: cents(line.net + (line.register === 'HP' ? 50 : -50)) } : line));
    const { difference, isExact } = explainBill(charged(lines, right));
    assert.deepEqual([difference, isExact], [0, false]);
  });

  it('finds energy that was charged without having been counted, and its excise', () => {
    const right = bill('2025-09-01', '2025-11-01', { BASE: 500 });
    const lines = right.lines.map((line): InvoiceLine => (line.what === 'energy' || line.what === 'excise' ? { ...line, wattHours: wattHours(600_000), net: cents(Math.round(line.net * 1.2)) } : line));
    const { lines: explained } = explainBill(charged(lines, right));
    assert.deepEqual(explained.filter(({ counted }) => counted !== null).map(({ counted, difference }) => [counted, difference > 0]), [[500_000, true], [500_000, true]]);
  });

  it('finds VAT of another amount than its rate comes to', () => {
    const right = bill('2025-09-01', '2025-11-01', { BASE: 500 });
    const vat = right.totals.vat.map((share) => ({ ...share, vat: cents(share.vat + 3) }));
    const { difference, vat: explained } = explainBill({ ...right, totals: { ...right.totals, vat, total: cents(right.totals.total + 3) } });
    assert.equal(difference, 3);
    assert.deepEqual(explained.map(({ charged: asked, reckoned }) => asked - reckoned), [3]);
  });

  it('counts on through a meter that rolls over', () => {
    assert.equal(countedByIndexes({ start: 99_950, end: 30 }), 80);
    assert.equal(countedByIndexes({ start: 30, end: 99_950 }), 99_920);
  });
});

describe('an invoice against another', () => {
  it('has causes that add up to the difference exactly, with corrections and without', () => {
    fc.assert(
      fc.property(series, fc.option(fc.record({ wattHoursPerDegree: fc.integer({ min: 0, max: 200 }), before: fc.integer({ min: 0, max: 6000 }), now: fc.integer({ min: 0, max: 6000 }) })), (bills, weather) => {
        for (const [index, each] of bills.entries()) {
          const other = bills[index - 1] ?? each;
          const { causes, difference } = compareBills(each, other, weather ?? undefined);
          assert.equal(sum(causes.map(({ amount }) => amount)), each.totals.total - other.totals.total);
          assert.equal(difference, each.totals.total - other.totals.total);
          const rounding = causes.find(({ what }) => what === 'rounding')?.amount ?? 0;
          assert.ok(Math.abs(rounding) <= 4, `rounding of ${rounding}`);
        }
      }),
    );
  });

  it('has no cause where nothing changed', () => {
    const one = bill('2025-09-01', '2025-11-01', { HP: 300, HC: 200 });
    assert.deepEqual(compareBills(one, one).causes, []);
  });

  it('names the one thing that changed', () => {
    const tariff = (charge: number, energy: number, excise: number): Tariff => ({
      prices: [price('standing-charge', charge, '2025-01-01'), price('network-fixed', 500_000, '2025-01-01'), price('BASE', energy, '2025-01-01')],
      taxes: [tax('excise', excise, '2025-01-01'), tax('cta', 2000, '2025-01-01'), tax('vat-energy', 2000, '2025-01-01'), tax('vat-standing-charge', 2000, '2025-01-01')],
    });
    const usual = tariff(1_000_000, 15_000, 3000);
    const june = bill('2025-06-01', '2025-07-01', { BASE: 300 }, usual);
    const only = (other: Bill) => amounts(compareBills(other, june));
    const { rounding: _, ...more } = only(bill('2025-09-01', '2025-10-01', { BASE: 400 }, usual));
    assert.deepEqual(more, { consumption: 100 * 18 * 1.2 });
    assert.deepEqual(Object.keys(only(bill('2025-09-01', '2025-10-01', { BASE: 300 }, tariff(1_100_000, 16_000, 3000)))), ['price']);
    assert.deepEqual(Object.keys(only(bill('2025-09-01', '2025-10-01', { BASE: 300 }, tariff(1_000_000, 15_000, 3500)))), ['tax']);
    const longer = only(bill('2025-06-01', '2025-08-01', { BASE: 610 }, usual));
    assert.ok((longer['days'] ?? 0) > 5000 && Object.entries(longer).every(([what, amount]) => what === 'days' || Math.abs(amount) <= 2), 'twice the days, as much a day');
  });

  it('sets apart what the cold explains, at the slope of the home’s own days', () => {
    const days = Array.from({ length: 40 }, (_, index) => ({ energy: 8000 + 100 * index, degreeDays: index }));
    assert.equal(Math.round(heatingOf(days)), 100);
    assert.equal(heatingOf(days.slice(0, 10)), 0, 'too few days say nothing');
    const [mild, cold] = [bill('2025-09-01', '2025-10-01', { BASE: 240 }), bill('2025-11-01', '2025-12-01', { BASE: 360 })];
    const causes = amounts(compareBills(cold, mild, { wattHoursPerDegree: 100, before: 0, now: 1000 }));
    assert.ok((causes['weather'] ?? 0) > 0 && (causes['consumption'] ?? 0) > 0);
    assert.ok(Math.abs((causes['weather'] ?? 0) / ((causes['weather'] ?? 0) + (causes['consumption'] ?? 0)) - 100 / 120) < 0.01, '100 of the 120 kWh');
  });

  it('tells the correction of an estimate apart from what the days themselves used', () => {
    const bills = billSeries({
      from: '2025-08-01', ends: ['2025-10-01', '2025-12-01'], registers: BASE, tariff: TARIFF_WITHOUT_TAX, idOf: String,
      readings: [read('2025-08-01', { BASE: 100 }), read('2025-10-01', { BASE: 900 }, 'estimated'), read('2025-12-01', { BASE: 700 })],
    });
    const [estimated, real] = bills as [Bill, Bill];
    assert.ok((amounts(compareBills(real, estimated))['estimate-corrected'] ?? 0) < -5000);
  });
});

describe('an estimate against the meter', () => {
  it('tells what the next invoice corrects, with excise and VAT', () => {
    const estimated = billFor({ period: { from: '2025-09-01', to: '2025-11-01' }, readings: [read('2025-09-01', { BASE: 1000 }), read('2025-11-01', { BASE: 1610 }, 'estimated')], registers: BASE, tariff: TARIFF_WITHOUT_TAX });
    const [check] = checkEstimates(estimated, [{ register: 'BASE', day: '2025-12-01', index: 1455 }]);
    // 455 kWh in 91 days are 305 in 61: half of the 610 that were charged. Each line is rounded, as the bill rounds it: 8095 and 1829 before, 4047 and 914 now.
    assert.deepEqual([check?.likely, check?.energy, check?.correction], [1305, -305_000, -Math.round((8095 - 4047 + 1829 - 914) * 1.2)]);
    assert.deepEqual(checkEstimates(estimated, [{ register: 'BASE', day: '2025-09-01', index: 1000 }]), []);
  });

  it('is to the cent what the bill of the real index charges or gives back, whatever the prices and rates', () => {
    const tariffs = fc.record({ vat: fc.constantFrom(550, 2000), later: fc.constantFrom(550, 2000), unit: fc.integer({ min: 1, max: 40_000 }), next: fc.integer({ min: 1, max: 40_000 }) }).map(({ vat, later, unit, next }): Tariff => ({
      ...TARIFF_WITHOUT_TAX,
      prices: [price('standing-charge', 1_200_000, '2025-01-01'), ...['HP', 'HC'].flatMap((code) => [price(code, unit, '2025-01-01', '2025-08-20'), price(code, next, '2025-08-20')])],
      taxes: [tax('excise', 3370, '2025-01-01', '2025-08-01'), tax('excise', 2998, '2025-08-01'), tax('vat-energy', vat, '2025-01-01', '2025-08-01'), tax('vat-energy', later, '2025-08-01'), tax('vat-standing-charge', 550, '2025-01-01')],
    }));
    const counted = fc.record({ HP: fc.nat({ max: 900 }), HC: fc.nat({ max: 900 }) });
    fc.assert(
      fc.property(tariffs, counted, counted, (tariff, estimated, real) => {
        const { from, to }: Period = { from: '2025-07-01', to: '2025-09-01' };
        const start = { HP: 999_700, HC: 100_100 };
        const shown = (used: typeof real) => ({ HP: (start.HP + used.HP) % 1_000_000, HC: start.HC + used.HC });
        const [first, last] = [read(from, start), read(to, shown(real))];
        const wrong = billFor({ period: { from, to }, readings: [first, read(to, shown(estimated), 'estimated')], registers: REGISTERS, tariff });
        const givenBack = wrong.lines.filter(({ what }) => what === 'energy' || what === 'excise').map((line) => ({ invoiceId: 'estimated', line }));
        const next = billFor({ period: { from: to, to }, readings: [first, last], registers: REGISTERS, tariff, givenBack });
        const checks = checkEstimates(wrong, Object.entries(shown(real)).map(([register, index]) => ({ register, day: to, index })));
        assert.equal(sum(checks.map(({ correction }) => correction)), next.totals.total);
        assert.deepEqual(checks.map(({ energy }) => energy), [real.HP - estimated.HP, real.HC - estimated.HC].map((kilowattHours) => kilowattHours * 1000 + 0));
      }),
    );
  });

  it('checks what the meter shows by its own indexes, where it took the place of another', () => {
    const tariff: Tariff = { prices: [price('standing-charge', 1_000_000, '2025-01-01'), price('BASE', 20_000, '2025-01-01')] };
    const changed = billFor({
      period: { from: '2025-09-01', to: '2025-11-10' },
      readings: [{ day: '2025-09-01', indexes: { BASE: 84_000 }, quality: 'real' }, { day: '2025-10-01', indexes: { BASE: 84_300 }, opening: { BASE: 0 }, quality: 'real' }, { day: '2025-11-10', indexes: { BASE: 400 }, quality: 'estimated' }],
      registers: [{ code: 'BASE', digits: 5 }],
      tariff,
    });
    const [check] = checkEstimates(changed, [{ register: 'BASE', day: '2025-12-20', index: 600 }]);
    assert.deepEqual([check?.real, check?.likely, check?.energy, check?.correction], [{ day: '2025-10-01', index: 0 }, 300, -100_000, -2000]);
  });

  it('has nothing to say of indexes that were read', () => {
    assert.deepEqual(checkEstimates(bill('2025-09-01', '2025-11-01', { BASE: 500 }), [{ register: 'BASE', day: '2025-12-01', index: 1455 }]), []);
  });
});
