import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { daysBetween, type InvoiceLine } from '@oya/contract';
import { findPersona, invoicesOf } from '@oya/personas';
import { consumedPeriods } from './consumed-periods.ts';

const NOW = '2026-11-24T08:00:00Z';

function billsOf(who: string) {
  const persona = findPersona(who);
  return invoicesOf(persona, persona.contracts[0] ?? assert.fail(), NOW).filter(({ kind }) => kind !== 'credit-note');
}

function energyOf(lines: readonly InvoiceLine[]) {
  return lines.filter((line) => line.what === 'energy');
}

describe('what periods consumed', () => {
  it('is in the end what the meter counted, however often it was estimated', () => {
    const bills = billsOf('odette');
    assert.ok(bills.some(({ bill }) => bill.givenBack.length > 0), 'some of it was estimated');
    const [first, last] = [energyOf(bills[0]?.bill.lines ?? []).at(0), energyOf(bills.at(-1)?.bill.lines ?? []).at(-1)];
    assert.ok(first?.index.startQuality === 'real' && last?.index.endQuality === 'real');
    const periods = consumedPeriods(bills);
    const consumed = periods.reduce((sum, { wattHours }) => sum + wattHours, 0);
    // Days of one line are shared out between periods, each rounded to the Wh.
    assert.ok(Math.abs(consumed - (last.index.end - first.index.start) * 1000) <= periods.length);
  });

  it('stays as it was told while nobody has read the meter', () => {
    const bills = billsOf('odette');
    const upTo = bills.findIndex(({ bill }) => energyOf(bill.lines).at(-1)?.index.endQuality === 'estimated');
    const bill = bills[upTo]?.bill ?? assert.fail();
    assert.equal(consumedPeriods(bills.slice(0, upTo + 1)).at(-1)?.wattHours, energyOf(bill.lines).reduce((sum, line) => sum + line.wattHours, 0));
  });

  it('is compared with the same days a year before, where all of them were charged', () => {
    const bills = billsOf('camille');
    const periods = consumedPeriods(bills);
    assert.deepEqual(periods.map(({ yearBefore }) => yearBefore), periods.map((_, index) => (index < 12 ? null : periods[index - 12]?.wattHours)));
    assert.equal(daysBetween(bills[0]?.bill.period.from ?? '', bills[12]?.bill.period.from ?? ''), 365);
  });
});
