import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { billFor, billSeries, type BilledReading } from './billing.ts';
import type { Tariff } from './cost.ts';
import { isEstimated, reversed, totalsOf } from './invoice-lines.ts';
import { Bill, type InvoiceLine } from './invoices.ts';
import { price, tax, TARIFF_WITHOUT_TAX } from './testing.ts';
import { addDays, addSteps, daysBetween, type LocalDay } from './time.ts';
import { sum } from './units.ts';

const read = (day: LocalDay, indexes: Record<string, number>, quality: BilledReading['quality'] = 'real', more: Partial<BilledReading> = {}): BilledReading => ({ day, indexes, quality, ...more });

const PEAK_AND_OFF_PEAK = [{ code: 'HP', digits: 6 }, { code: 'HC', digits: 6 }];
const BASE = [{ code: 'BASE', digits: 6 }];

/** What stands on a line, without its days and rate. */
function figures(line: InvoiceLine): readonly unknown[] {
  switch (line.what) {
    case 'energy':
      return [line.register, line.index.start, line.index.end, line.wattHours, line.price, line.net];
    case 'excise':
      return [line.what, line.wattHours, line.rate, line.net];
    case 'cta':
      return [line.what, line.base, line.rate, line.net];
    case 'standing-charge':
      return [line.what, line.price, line.net];
  }
}

describe('what an invoice charges', () => {
  /**
   * 15 July to 14 August 2025: HP 310 kWh and HC 155 kWh, with their indexes of 1 August known.
   *
   *                            until 31 July (17 of 31 days)      since 1 August (14 of 31 days)
   * standing charge      12.00 × 17/31          =  6.58      12.30 × 14/31           =  5.55
   * CTA                  8.00 × 17/31 = 4.39 × 21.93 % = 0.96    8.20 × 14/31 = 3.70 × 21.93 % = 0.81
   * HP                   170 × 0.15000          = 25.50      140 × 0.15200           = 21.28
   * HC                    85 × 0.11000          =  9.35       70 × 0.11100           =  7.77
   * excise               255 × 0.03370          =  8.59      210 × 0.02998           =  6.30
   *
   * Without VAT 7.54 at 5.5 % and 85.15 at 20 %; VAT 0.41 and 17.03; together 110.13 €. Of it the network: 4.39 + 3.70 by
   * month, 255 × 0.05000 + 210 × 0.04800 = 8.50 + 4.25 + 6.72 + 3.36 by line.
   */
  it('over a month through 1 August 2025 is as computed by hand, with excise, CTA, and VAT of 5.5 and 20 %', () => {
    const bill = billFor({
      period: { from: '2025-07-15', to: '2025-08-15' },
      readings: [read('2025-07-15', { HP: 1000, HC: 500 }), read('2025-08-01', { HP: 1170, HC: 585 }), read('2025-08-15', { HP: 1310, HC: 655 })],
      registers: PEAK_AND_OFF_PEAK,
      tariff: TARIFF_WITHOUT_TAX,
    });
    assert.deepEqual(bill.lines.map(figures), [
      ['standing-charge', 1_200_000, 658], ['standing-charge', 1_230_000, 555],
      ['cta', 439, 2193, 96], ['cta', 370, 2193, 81],
      ['HP', 1000, 1170, 170_000, 15_000, 2550], ['HP', 1170, 1310, 140_000, 15_200, 2128],
      ['HC', 500, 585, 85_000, 11_000, 935], ['HC', 585, 655, 70_000, 11_100, 777],
      ['excise', 255_000, 3370, 859], ['excise', 210_000, 2998, 630],
    ]);
    assert.deepEqual(bill.totals, { net: 9269, vat: [{ rate: 550, net: 754, vat: 41 }, { rate: 2000, net: 8515, vat: 1703 }], total: 11_013 });
    assert.equal(bill.network, 439 + 370 + 850 + 425 + 672 + 336);
    assert.deepEqual(z.parse(Bill, bill), bill);
  });

  it('reckons the index of a day on which prices change by the days before and after, and says so', () => {
    const { lines } = billFor({
      period: { from: '2026-01-01', to: '2026-03-01' },
      readings: [read('2026-01-01', { BASE: 5000 }), read('2026-03-01', { BASE: 5600 }, 'estimated')],
      registers: BASE,
      tariff: TARIFF_WITHOUT_TAX,
    });
    const energy = lines.filter((line) => line.what === 'energy');
    assert.deepEqual(energy.map(({ from, to, index: { start, end, startQuality, endQuality } }) => [from, to, start, end, startQuality, endQuality]), [
      ['2026-01-01', '2026-02-01', 5000, 5315, 'real', 'calculated'],
      ['2026-02-01', '2026-03-01', 5315, 5600, 'calculated', 'estimated'],
    ]);
    assert.deepEqual(energy.map(isEstimated), [false, true]);
  });

  it('begins another line where another meter took its place, each with its own indexes', () => {
    const tariff: Tariff = { prices: [price('standing-charge', 1_000_000, '2025-01-01'), price('BASE', 20_000, '2025-01-01')], taxes: [tax('excise', 1000, '2025-01-01')] };
    const change = read('2025-05-12', { BASE: 84_310 }, 'real', { opening: { BASE: 3 } });
    const ask = (readings: BilledReading[], period = { from: '2025-05-01', to: '2025-07-01' }) => billFor({ period, readings, registers: BASE, tariff }).lines.map(figures);
    assert.deepEqual(ask([read('2025-05-01', { BASE: 84_200 }), change, read('2025-07-01', { BASE: 203 })]), [
      ['standing-charge', 1_000_000, 2000],
      ['BASE', 84_200, 84_310, 110_000, 20_000, 2200], ['BASE', 3, 203, 200_000, 20_000, 4000],
      ['excise', 310_000, 1000, 310],
    ]);
    assert.deepEqual(ask([change, read('2025-07-01', { BASE: 203 })], { from: '2025-05-12', to: '2025-07-01' })[1], ['BASE', 3, 203, 200_000, 20_000, 4000], 'an invoice that begins on that day');
    assert.deepEqual(ask([read('2025-05-01', { BASE: 84_200 }), change], { from: '2025-05-01', to: '2025-05-12' })[1], ['BASE', 84_200, 84_310, 110_000, 20_000, 2200], 'and one that ends on it');
    assert.throws(() => ask([read('2025-05-01', { BASE: 84_200 }), read('2025-05-12', { BASE: 84_310 }, 'real', { opening: { HP: 3 } }), read('2025-07-01', { BASE: 203 })]), /2025-05-12 has no index of BASE/);
  });

  it('begins no other line where a price list is new and the price is not', () => {
    const tariff: Tariff = { prices: [price('standing-charge', 1_000_000, '2025-01-01', '2025-06-01'), price('standing-charge', 1_000_000, '2025-06-01'), price('BASE', 20_000, '2025-01-01', '2025-06-01'), price('BASE', 20_000, '2025-06-01')] };
    const { lines } = billFor({ period: { from: '2025-05-01', to: '2025-07-01' }, readings: [read('2025-05-01', { BASE: 0 }), read('2025-05-20', { BASE: 50 }), read('2025-07-01', { BASE: 100 })], registers: BASE, tariff });
    assert.deepEqual(lines.map(figures), [['standing-charge', 1_000_000, 2000], ['BASE', 0, 100, 100_000, 20_000, 2000]]);
  });

  it('turns m³ into kWh as published for the days of each reading', () => {
    const tariff: Tariff = { prices: [price('standing-charge', 2_000_000, '2025-01-01'), price('BASE', 8_000, '2025-01-01')], taxes: [tax('excise', 1543, '2025-08-01')] };
    const { lines } = billFor({
      period: { from: '2025-11-01', to: '2026-01-01' },
      readings: [read('2025-11-01', { BASE: 99_950 }), read('2025-12-01', { BASE: 30 }, 'real', { wattHoursPerCubicMetre: 11_200 }), read('2026-01-01', { BASE: 130 }, 'real', { wattHoursPerCubicMetre: 11_260 })],
      registers: [{ code: 'BASE', digits: 5 }],
      tariff,
    });
    assert.deepEqual(lines.map(figures), [
      ['standing-charge', 2_000_000, 4000],
      ['BASE', 99_950, 30, 896_000, 8_000, 7168], ['BASE', 30, 130, 1_126_000, 8_000, 9008],
      ['excise', 896_000, 1543, 1383], ['excise', 1_126_000, 1543, 1737],
    ]);
  });

  it('is refused in words where a price, an order or an index is wrong', () => {
    const ask = (readings: BilledReading[], period = { from: '2025-05-01', to: '2025-06-01' }) => () => billFor({ period, readings, registers: BASE, tariff: TARIFF_WITHOUT_TAX });
    assert.throws(ask([], { from: '2025-01-01', to: '2025-03-01' }), /no standing charge on 2025-01-01: give/);
    assert.throws(ask([read('2025-01-01', { BASE: 1 }), read('2025-06-01', { BASE: 2 })]), /no price for BASE on 2025-01-01/);
    assert.throws(ask([read('2025-05-01', { BASE: 10 }), read('2025-06-01', { BASE: 9 })]), /lower than on 2025-05-01.*check both/);
    assert.throws(ask([read('2025-05-01', { HP: 10 }), read('2025-06-01', { BASE: 9 })]), /2025-05-01 has no index of BASE/);
    assert.throws(ask([read('2025-06-01', { BASE: 10 }), read('2025-05-01', { BASE: 19 })]), RangeError);
  });
});

describe('invoice after invoice', () => {
  const idOf = (end: LocalDay) => `before-${end}`;

  it('gives back what estimates charged once the real index is known, also where it is lower', () => {
    const bills = billSeries({
      from: '2025-03-01',
      ends: ['2025-05-01', '2025-07-01', '2025-09-01'],
      readings: [read('2025-03-01', { BASE: 100 }), read('2025-05-01', { BASE: 500 }, 'estimated'), read('2025-07-01', { BASE: 900 }, 'estimated'), read('2025-09-01', { BASE: 700 })],
      registers: BASE,
      tariff: TARIFF_WITHOUT_TAX,
      idOf,
    });
    assert.deepEqual(bills.map(({ givenBack }) => givenBack.map(({ invoiceId, line }) => [invoiceId, line.what])), [
      [],
      [],
      [['before-2025-05-01', 'energy'], ['before-2025-05-01', 'excise'], ['before-2025-07-01', 'energy'], ['before-2025-07-01', 'excise']],
    ]);
    const [, , last] = bills;
    assert.ok((last?.totals.total ?? 0) < 0, 'too much was charged: it is in the customer’s favour');
    assert.equal(last?.lines.find(({ what }) => what === 'energy')?.from, '2025-03-01', 'those days are reckoned anew, at the prices of then');
    assert.equal(last.lines.find(({ what }) => what === 'standing-charge')?.from, '2025-07-01', 'but not their standing charge');
  });

  it('says which day has no reading', () => {
    assert.throws(() => billSeries({ from: '2025-03-01', ends: ['2025-05-01'], readings: [read('2025-03-01', { BASE: 1 })], registers: BASE, tariff: TARIFF_WITHOUT_TAX, idOf }), /no reading of 2025-05-01/);
  });

  /** Months of a meter: what it counts in each, and what was supposed where nobody read it. */
  const months = fc.array(fc.record({ counted: fc.integer({ min: 0, max: 2000 }), supposed: fc.option(fc.integer({ min: 0, max: 2000 })) }), { minLength: 1, maxLength: 14 });
  const START = '2025-04-01';

  it('charges in the end what real indexes alone would have charged, whatever was estimated meanwhile', () => {
    fc.assert(
      fc.property(months, (given) => {
        let [real, estimated] = [1000, 1000];
        const readings = [read(START, { BASE: 1000 })];
        const truth = [read(START, { BASE: 1000 })];
        for (const [index, { counted, supposed }] of given.entries()) {
          const day = addSteps(START, 'month', index + 1);
          real += counted;
          const isReal = supposed === null || index === given.length - 1;
          estimated = isReal ? real : Math.max(estimated, readings.at(-1)?.indexes['BASE'] ?? 0) + supposed;
          readings.push(read(day, { BASE: estimated }, isReal ? 'real' : 'estimated'));
          if (isReal) truth.push(read(day, { BASE: real }));
        }
        const ends = given.map((_, index) => addSteps(START, 'month', index + 1));
        const bills = billSeries({ from: START, ends, readings, registers: BASE, tariff: TARIFF_WITHOUT_TAX, idOf });
        const ofEnergy = (lines: readonly InvoiceLine[]) => lines.filter(({ what }) => what === 'energy' || what === 'excise');
        const charged = bills.flatMap(({ lines, givenBack }) => ofEnergy([...lines, ...givenBack.map(({ line }) => reversed(line))]));
        const known = billSeries({ from: START, ends: truth.slice(1).map(({ day }) => day), readings: truth, registers: BASE, tariff: TARIFF_WITHOUT_TAX, idOf }).flatMap(({ lines }) => ofEnergy(lines));
        assert.equal(sum(charged.map(({ net }) => net)), sum(known.map(({ net }) => net)));
        const energyOf = (lines: readonly InvoiceLine[]) => lines.reduce((total, line) => total + (line.what === 'energy' ? line.wattHours : 0), 0);
        assert.equal(energyOf(charged), (real - 1000) * 1000);
      }),
    );
  });

  it('adds up: lines to the net, each rate’s VAT to the total, days without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 20_000 }), (days, offset, counted) => {
        const from = addDays('2025-02-01', offset);
        const to = addDays(from, days);
        const bill = billFor({ period: { from, to }, readings: [read(from, { BASE: 990_000 }), read(to, { BASE: (990_000 + counted) % 1_000_000 })], registers: BASE, tariff: TARIFF_WITHOUT_TAX });
        assert.equal(bill.totals.net, sum(bill.lines.map(({ net }) => net)));
        assert.equal(bill.totals.total, bill.totals.net + bill.totals.vat.reduce((total, { vat }) => total + vat, 0));
        for (const what of ['standing-charge', 'energy', 'excise', 'cta'] as const) {
          const lines = bill.lines.filter((line) => line.what === what);
          assert.equal(lines.reduce((total, line) => total + daysBetween(line.from, line.to), 0), days);
          for (const [index, { to: end }] of lines.entries()) assert.equal(end, lines[index + 1]?.from ?? to);
        }
        assert.deepEqual(totalsOf([...bill.lines, ...bill.lines.map(reversed)]).total, 0);
      }),
    );
  });

  it('charges months what their days together cost, but for the rounding of lines', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }), (lengths) => {
        let day: LocalDay = '2025-03-07';
        const ends = lengths.map((length) => (day = addDays(day, length)));
        const readings = ['2025-03-07', ...ends].map((at) => read(at, { BASE: 0 }));
        const parts = billSeries({ from: '2025-03-07', ends, readings, registers: BASE, tariff: TARIFF_WITHOUT_TAX, idOf });
        const whole = billFor({ period: { from: '2025-03-07', to: day }, readings: [], registers: BASE, tariff: TARIFF_WITHOUT_TAX });
        const lines = parts.flatMap((bill) => bill.lines).filter(({ what }) => what === 'standing-charge');
        const net = (of: readonly InvoiceLine[]) => sum(of.filter(({ what }) => what === 'standing-charge').map((line) => line.net));
        assert.ok(Math.abs(net(lines) - net(whole.lines)) <= (lines.length + whole.lines.length) / 2);
      }),
    );
  });
});
