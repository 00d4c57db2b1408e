import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { IndexQuality, InvoiceLine } from './invoices.ts';
import { billedIndexes, isReal, mergedReadings, registerHistories, silentSince } from './reading-history.ts';
import type { MeterReading } from './readings.ts';
import { addDays, type LocalDay } from './time.ts';
import { cents, unitPrice, wattHours } from './units.ts';

function line(from: LocalDay, to: LocalDay, start: number, end: number, qualities: readonly [IndexQuality, IndexQuality] = ['real', 'real'], register = 'BASE'): InvoiceLine {
  const [startQuality, endQuality] = qualities;
  return { what: 'energy', register, index: { start, end, startQuality, endQuality }, wattHours: wattHours((end - start) * 1000), price: unitPrice(15_000), from, to, net: cents(100), vatRate: 2000 };
}
function bill(id: string, ...lines: InvoiceLine[]) {
  return { id, bill: { lines } };
}
const base = (index: number) => [{ register: 'BASE', index }];
const sent = (on: LocalDay, index: number, more: Partial<MeterReading> = {}): MeterReading => ({ id: `sent-${on}`, on, source: 'customer', state: 'transmitted', indexes: base(index), sentAt: `${on}T10:00:00Z`, correctableUntil: `${on}T20:00:00Z`, ...more });

describe('indexes that invoices were reckoned by', () => {
  it('stand at their ends, real or estimated, and never in between', () => {
    const bills = [
      bill('A', line('2026-01-01', '2026-02-01', 100, 150, ['real', 'calculated']), line('2026-02-01', '2026-03-01', 150, 200, ['calculated', 'estimated'])),
      bill('B', line('2026-01-01', '2026-05-01', 100, 310)),
    ];
    assert.deepEqual(billedIndexes(bills), [
      { invoiceId: 'A', on: '2026-03-01', isReal: false, indexes: base(200) },
      { invoiceId: 'A', on: '2026-01-01', isReal: true, indexes: base(100) },
      { invoiceId: 'B', on: '2026-05-01', isReal: true, indexes: base(310) },
    ]);
  });

  it('are those of the meter that was taken away, on the day of a change', () => {
    const bills = [bill('A', line('2026-01-01', '2026-02-10', 900, 950), line('2026-02-10', '2026-03-01', 7, 40))];
    assert.deepEqual(billedIndexes(bills).map(({ on, indexes }) => [on, indexes[0]?.index]), [['2026-02-10', 950], ['2026-03-01', 40], ['2026-01-01', 900]]);
  });
});

describe('one history', () => {
  const bills = billedIndexes([bill('A', line('2026-01-01', '2026-03-01', 100, 200)), bill('B', line('2026-03-01', '2026-05-01', 200, 250, ['real', 'estimated']))]);

  it('shows what was sent as used by the invoice that was reckoned by it, and no longer to be corrected', () => {
    const [estimated, mine, first] = mergedReadings([sent('2026-02-28', 200)], bills);
    assert.deepEqual([estimated?.state, estimated?.invoiceId, estimated?.source], ['estimated', 'B', 'invoice']);
    assert.deepEqual([mine?.id, mine?.state, mine?.invoiceId, mine?.correctableUntil], ['sent-2026-02-28', 'used', 'A', undefined]);
    assert.deepEqual([first?.on, first?.state], ['2026-01-01', 'used']);
  });

  it('keeps apart what an invoice did not take', () => {
    const merged = mergedReadings([sent('2026-03-01', 230)], bills);
    assert.deepEqual(merged.map(({ source, state }) => [source, state]), [['invoice', 'estimated'], ['customer', 'transmitted'], ['invoice', 'used'], ['invoice', 'used']]);
  });

  it('loses nothing that was sent, and is in order', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ day: fc.nat(200), index: fc.nat(300) })), (all) => {
        const own = all.map(({ day, index }, at) => ({ ...sent(addDays('2026-01-01', day), index), id: String(at) }));
        const merged = mergedReadings(own, bills);
        assert.ok(own.every(({ id }) => merged.some((each) => each.id === id)));
        assert.ok(merged.every(({ on }, at) => at === 0 || on <= (merged[at - 1]?.on ?? '')));
        assert.equal(new Set(merged.map(({ id }) => id)).size, merged.length);
      }),
    );
  });
});

describe('what is known of a register', () => {
  const meter = { energy: 'electricity', registers: [{ code: 'BASE', digits: 5 }] } as const;
  const contract = { subscribedPowerKva: 6 };
  const merged = mergedReadings([sent('2026-05-20', 280, { state: 'under-check' }), sent('2026-05-10', 270)], billedIndexes([bill('A', line('2026-01-01', '2026-03-01', 100, 200, ['real', 'estimated']))]));

  it('is what somebody has read and nobody doubts, in order, beside what was estimated', () => {
    const [history] = registerHistories({ ...meter, registers: [...meter.registers] }, merged, contract);
    assert.deepEqual(history, { register: { code: 'BASE', digits: 5 }, real: [{ day: '2026-01-01', index: 100 }, { day: '2026-05-10', index: 270 }], estimated: { day: '2026-03-01', index: 200 }, mostADay: 144 });
  });

  it('leaves out what is to be corrected', () => {
    const [history] = registerHistories({ ...meter, registers: [...meter.registers] }, merged, contract, 'sent-2026-05-10');
    assert.deepEqual(history?.real, [{ day: '2026-01-01', index: 100 }]);
  });

  it('begins anew with another meter', () => {
    const replaced = { on: '2026-02-10', serialNumber: 'OLD', indexes: [{ register: 'BASE', closing: 150, opening: 3 }] };
    const [history] = registerHistories({ ...meter, registers: [...meter.registers], replaced }, [sent('2026-05-10', 90), ...merged.slice(-1)], contract);
    assert.deepEqual([history?.real, history?.ofMeterBefore], [[{ day: '2026-02-10', index: 3 }, { day: '2026-05-10', index: 90 }], [{ day: '2026-01-01', index: 100 }, { day: '2026-02-10', index: 150 }]]);
  });

  it('has no bound of a day for gas', () => {
    const [history] = registerHistories({ energy: 'gas', registers: [{ code: 'BASE', digits: 5 }] }, [], { subscribedPowerKva: null });
    assert.deepEqual(history, { register: { code: 'BASE', digits: 5 }, real: [] });
  });

  it('counts as real by its state alone', () => {
    assert.deepEqual((['transmitted', 'under-check', 'accepted', 'used', 'estimated', 'corrected'] as const).filter((state) => isReal({ state })), ['transmitted', 'accepted', 'used']);
  });
});

describe('a meter that reports by itself', () => {
  it('is silent once it has not for more than three days', () => {
    assert.equal(silentSince('2026-03-01', '2026-03-04'), undefined);
    assert.equal(silentSince('2026-03-01', '2026-03-05'), '2026-03-01');
  });
});
