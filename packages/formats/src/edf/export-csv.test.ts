import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayEnergy, dayStart, instant, type LoadCurve } from '@oya/contract';
import fc from 'fast-check';
import { detect, splitByDay, type MeasuredSeries } from '../index.ts';
import { curves, daySeries, indexes, timeZone } from '../testing/arbitraries.ts';
import { edfDaysCsv, edfIndexesCsv, edfPowersCsv } from '../testing/edf.ts';
import { latin1 } from '../testing/latin1.ts';
import { lines, measured, read, readAll, refusal } from '../testing/reading.ts';

const options = { timeZone };
const of = (series: MeasuredSeries['series']): MeasuredSeries => ({ kind: 'series', deliveryPoint: null, energy: 'electricity', direction: 'consumption', series });
const POWERS = ['', 'Récapitulatif de mes puissances atteintes en W', '', 'Date et heure de relève par le distributeur;Puissance atteinte (W);Nature de la donnée', ''];

describe('the exports of EDF', () => {
  it('give what was written, from Latin-1 and newest first', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 're', steps: [30] }), daySeries('re'), async (curve, days) => {
        assert.deepEqual(await readAll(edfPowersCsv(curve, options)), [of(curve)]);
        assert.deepEqual(await readAll(edfDaysCsv(days, options)), [of(days)]);
      }),
      { numRuns: 40 },
    );
  });

  it('give the indexes of the contract’s registers, at the beginning of the day', async () => {
    await fc.assert(
      fc.asyncProperty(indexes({ plans: [['BASE'], ['HP', 'HC']], supplierOnly: true, unit: 1000, holes: false, letters: 're' }), async (given) => {
        assert.deepEqual(await readAll(edfIndexesCsv(given, options)), given.map((index) => ({ ...index, deliveryPoint: null })));
      }),
      { numRuns: 40 },
    );
  });

  for (const [day, count] of [['2026-03-29', 46], ['2026-11-23', 48], ['2026-10-25', 50]] as const) {
    it(`have ${count} half-hours on ${day}, of which midnight is the last though it stands first`, async () => {
      const values = Array.from({ length: count }, (_, index) => 2 * index);
      const curve: LoadCurve = { kind: 'curve', unit: 'W', segments: [{ start: instant(dayStart(day, timeZone)), stepMinutes: 30, values, quality: 'r'.repeat(count) }] };
      const file = edfPowersCsv(curve, options);
      const [, first] = new TextDecoder('latin1').decode(file).split('Nature de la donnée\n\n');
      assert.ok(first?.startsWith(`${day.split('-').reverse().join('/')};;\n00:00:00;${2 * (count - 1)};Réelle\n23:30:00;`), first?.slice(0, 60));
      const days = [...splitByDay(measured(await read(file)).series as LoadCurve, timeZone)];
      assert.deepEqual(days.map(({ day, segments }) => dayEnergy(day, segments, timeZone)), [{ day, energy: values.reduce((sum, watts) => sum + watts / 2, 0), quality: 'real' }]);
    });
  }

  it('are recognised in either encoding', async () => {
    const text = lines(...POWERS, '23/11/2026;;', '23:30:00;7;Réelle');
    assert.equal(await detect(latin1(text)), 'edf-export-csv');
    assert.equal(await detect(new TextEncoder().encode(text)), 'edf-export-csv');
  });

  it('do not shift a half-hour for a row between two of them, nor count one twice', async () => {
    const { contents, rows } = await read(lines(...POWERS, '23/11/2026;;', '12:00:00;3;Réelle', '11:45:00;9;Réelle', '11:30:00;2;Réelle', '11:30:00;2;Réelle', '11:00:00;;'));
    assert.deepEqual(contents, [of({ kind: 'curve', unit: 'W', segments: [{ start: '2026-11-23T09:30:00Z', stepMinutes: 30, values: [null, 2, 3], quality: 'mrr' }] })]);
    assert.deepEqual(rows.skipped.map(({ line, reason }) => [line, reason]), [
      [8, 'its interval overlaps the one before'],
      [10, 'the same as line 9'],
    ]);
  });

  it('do not take a half-hour of no day', async () => {
    const { rows } = await read(lines(...POWERS, '23:30:00;5;Réelle', '31/02/2026;;', '00:00:00;5;Réelle', '23/11/2026;;', '12:00:00;3;Réelle'));
    assert.deepEqual(rows.skipped.map(({ line, reason }) => [line, reason]), [
      [6, 'no line before it says the day'],
      [8, '2026-02-31 is not in the calendar'],
    ]);
  });

  it('that are none by half-hour, day or index are refused with what to choose', async () => {
    const error = await refusal(lines('', 'Récapitulatif de ma consommation', '', 'Période de consommation;Consommation (kWh);Nature de la donnée', '', 'Année 2026;1 016;', '01/2026;1016;Réelle'));
    assert.equal(error.line, 4);
    assert.match(error.message, /by half-hour, by day or of the indexes/);
    assert.match((await refusal(lines('', 'Récapitulatif de ma consommation'))).message, /no measurement/);
  });
});
