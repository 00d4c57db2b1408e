import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayEnergy, dayStart, instant, type LoadCurve } from '@oya/contract';
import fc from 'fast-check';
import { detect, splitByDay } from '../index.ts';
import { curves, timeZone } from '../testing/arbitraries.ts';
import { lines, measured, read, readAll, refusal, seriesOf } from '../testing/reading.ts';
import { serLoadCurveCsv } from '../testing/ser.ts';

const HEAD = ['Courbe de charge', '', 'Date;Heure;Calendrier;Poste;Puissance (W)'];

describe('the load curve of Strasbourg Électricité Réseaux', () => {
  it('is what was written, with thousands set apart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(10, 30, 60).chain((step) => curves({ letters: 'r', steps: [step] })), async (curve) => {
        const file = serLoadCurveCsv(curve, { timeZone });
        assert.deepEqual(await readAll(file), [{ kind: 'series', deliveryPoint: null, energy: 'electricity', direction: 'consumption', series: curve }]);
        assert.equal(await detect(file), 'ser-load-curve-csv');
      }),
      { numRuns: 40 },
    );
  });

  for (const [day, count] of [['2026-03-29', 46], ['2026-11-23', 48], ['2026-10-25', 50]] as const) {
    it(`has ${count} half-hours on ${day}, of which midnight is the first`, async () => {
      const values = Array.from({ length: count }, (_, index) => 2 * index);
      const curve: LoadCurve = { kind: 'curve', unit: 'W', segments: [{ start: instant(dayStart(day, timeZone)), stepMinutes: 30, values, quality: 'r'.repeat(count) }] };
      const file = serLoadCurveCsv(curve, { timeZone });
      assert.match(new TextDecoder('latin1').decode(file), new RegExp(`\\(W\\)\r\n${day.split('-').reverse().join('/')};00:00:00;`));
      const days = [...splitByDay(measured(await read(file)).series as LoadCurve, timeZone)];
      assert.deepEqual(days.map(({ day, segments }) => dayEnergy(day, segments, timeZone)), [{ day, energy: values.reduce((sum, watts) => sum + watts / 2, 0), quality: 'real' }]);
    });
  }

  it('reads quoted fields, hours without seconds and empty values', async () => {
    const series = await seriesOf(lines(...HEAD, '"23/11/2026";"00:00";"FR Base";"toutes heures";"302"', '"23/11/2026";"00:30";"FR Base";"toutes heures";""'));
    assert.deepEqual(series, { kind: 'curve', unit: 'W', segments: [{ start: '2026-11-22T23:00:00Z', stepMinutes: 30, values: [302, null], quality: 'rm' }] });
  });

  it('says which rows it cannot read', async () => {
    const { rows } = await read(lines(...HEAD, '23/11/2026;00:00;a;b;1', '23/11/2026;00:30;a;b;NC', '23/11/2026;25:00;a;b;1', '23/11/2026;01:00'));
    assert.deepEqual(rows.skipped.map(({ line, reason }) => [line, reason]), [
      [5, '“NC” is not a number'],
      [6, '2026-11-23 25:00 is not a time of day'],
    ]);
    assert.equal(rows.empty, 1);
    assert.match((await refusal(lines(...HEAD, '23/11/2026;00:00;a;b;1'))).message, /how long its interval is/);
    assert.match((await refusal(lines('Courbe', '', 'Date;Heure;Calendrier;Poste;Puissance (VA)', '23/11/2026;00:00;a;b;1'))).message, /line 3: the fifth column is in “VA”/);
  });
});
