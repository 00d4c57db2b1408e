import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, Bill, compareBills, explainBill, InvoiceNumber, isEstimated, pricesOn, rateOn, reversed, sum, totalsOf, type DatedTax, type LocalDay } from '@oya/contract';
import * as z from 'zod/mini';
import { billsOf } from './bills.ts';
import { measuredDays } from './generator/measure.ts';
import { findPersona, personas, prospects } from './personas.ts';
import { billingTariffOf, pricesOf } from './tariffs.ts';

const NOW = '2026-11-24T08:00:00Z';

const everyBill = [...personas, ...prospects].flatMap((persona) => persona.contracts.map((contract) => ({ persona, contract, bills: billsOf(persona, contract, NOW) })));

describe('the invoices of the demo', () => {
  it('fit the contract, follow each other without gap, and have numbers as printed', () => {
    assert.ok(everyBill.filter(({ bills }) => bills.length > 0).length > 8);
    const numbers = new Set<string>();
    for (const { contract, bills } of everyBill) {
      for (const [index, { bill, number, issuedOn, dueOn }] of bills.entries()) {
        assert.deepEqual(z.parse(Bill, bill), bill, contract.id);
        assert.equal(z.parse(InvoiceNumber, number), number);
        assert.ok(!numbers.has(number), number);
        numbers.add(number);
        assert.equal(bill.period.from, bills[index - 1]?.bill.period.to ?? bill.period.from);
        assert.ok(bill.period.to < issuedOn && issuedOn < dueOn && issuedOn <= '2026-11-24');
      }
    }
  });

  it('add up to the cent: lines, what is given back, VAT by rate', () => {
    for (const { bills } of everyBill) {
      for (const { bill } of bills) {
        assert.deepEqual(bill.totals, totalsOf([...bill.lines, ...bill.givenBack.map(({ line }) => reversed(line))]));
        assert.equal(bill.totals.total, sum(bill.totals.vat.flatMap(({ net, vat }) => [net, vat])));
        // Where more is given back than charged, so is the network’s part of it.
        assert.ok(Math.abs(bill.network ?? 0) < Math.abs(bill.totals.net));
      }
    }
  });

  it('are explained to the cent, and so is why each is more or less than the one before', () => {
    for (const { contract, bills } of everyBill) {
      for (const [index, { bill, number }] of bills.entries()) {
        const { difference, isExact, steps } = explainBill(bill);
        assert.deepEqual([difference, isExact], [0, true], `${contract.id} ${number}`);
        assert.equal(sum(steps.map(({ amount }) => amount)), bill.totals.total);
        const before = bills[index - 1];
        if (!before) continue;
        const { causes } = compareBills(bill, before.bill);
        assert.equal(sum(causes.map(({ amount }) => amount)), bill.totals.total - before.bill.totals.total);
        assert.ok(Math.abs(causes.find(({ what }) => what === 'rounding')?.amount ?? 0) <= 5, `${contract.id} ${number}`);
      }
    }
  });

  it('part their lines on 1 August 2025 and 1 February 2026, when taxes changed', () => {
    const [first] = findPersona('camille').contracts;
    const bills = billsOf(findPersona('camille'), first ?? assert.fail(), NOW);
    const ratesOf = (day: LocalDay, what: 'excise' | 'standing-charge') => bills.flatMap(({ bill }) => bill.lines).filter((line) => line.what === what && line.from === day).map((line) => (line.what === 'excise' ? line.rate : line.vatRate));
    assert.deepEqual([ratesOf('2025-07-01', 'excise'), ratesOf('2025-08-01', 'excise'), ratesOf('2026-02-01', 'excise')], [[3370], [2998], [3085]]);
    assert.deepEqual([ratesOf('2025-07-01', 'standing-charge'), ratesOf('2025-08-01', 'standing-charge')], [[550], [2000]]);
  });

  it('give back an estimate once the meter was read, at the hand-read meter', () => {
    const odette = findPersona('odette');
    const [contract] = odette.contracts;
    const bills = billsOf(odette, contract ?? assert.fail(), NOW);
    const estimates = bills.filter(({ bill }) => bill.lines.some(isEstimated));
    assert.ok(estimates.length > 1 && estimates.length < bills.length);
    for (const { number } of estimates) {
      assert.ok(bills.some(({ bill }) => bill.givenBack.some(({ invoiceId }) => invoiceId === number)) || number === bills.at(-1)?.number);
    }
  });

  it('charge the energy that the portal shows of those days, but for what never arrived there and what the display does not count', () => {
    for (const { persona, contract, bills } of everyBill) {
      const source = persona.meters.find(({ meter }) => meter.contractId === contract.id);
      if (!source || source.readingMonths || contract.energy !== 'electricity') continue;
      for (const { bill } of bills.slice(-3)) {
        const days = [...measuredDays(source, bill.period, NOW)].map(({ energy }) => energy);
        if (days.some(({ energy, quality }) => energy === null || quality === 'incomplete')) continue;
        const shown = days.reduce((total, { energy }) => total + (energy ?? 0), 0);
        const charged = bill.lines.reduce((total, line) => total + (line.what === 'energy' ? line.wattHours : 0), 0);
        assert.ok(Math.abs(charged - shown) < 1000 * source.meter.registers.length, `${contract.id} ${bill.period.from}: ${charged} of ${shown}`);
      }
    }
  });

  it('are reckoned by prices that with tax are those that are published, as near as 10⁻⁵ € is', () => {
    for (const { contract } of everyBill) {
      const { prices, taxes = [] } = billingTariffOf(contract);
      const rate = (what: DatedTax['what'], day: LocalDay) => rateOn(taxes, what, day);
      if (contract.offer === 'Soleil') continue;
      for (const published of pricesOf(contract)) {
        const day = addDays(published.from, 3);
        const priceOf = (what: string) => pricesOn(prices, day).find((price) => price.what === what)?.price ?? assert.fail(`${contract.id} ${what} ${day}`);
        const withTax =
          published.unit === 'kWh'
            ? ((priceOf(published.what) + rate('excise', day)) * (10_000 + rate('vat-energy', day))) / 10_000
            : ((priceOf('standing-charge') + (priceOf('network-fixed') * rate('cta', day)) / 10_000) * (10_000 + rate('vat-standing-charge', day))) / 10_000;
        assert.ok(Math.abs(withTax - published.price) <= 1.2, `${contract.id} ${published.what} ${published.from}: ${withTax} for ${published.price}`);
      }
    }
  });
});
