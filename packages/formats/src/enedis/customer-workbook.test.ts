import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instant, dayStart, type EnergySeries, type LoadCurve } from '@oya/contract';
import { FormatError, read as readBytes, type Document, type MeasuredSeries } from '../index.ts';
import { curves, daySeries, deliveryPoint, timeZone } from '../testing/arbitraries.ts';
import { enedisWorkbook } from '../testing/enedis-workbook.ts';
import { workbookOf } from '../testing/workbook.ts';

const read = (bytes: Uint8Array): Promise<Document> => readBytes(bytes, { timeZone });
const of = (series: LoadCurve | EnergySeries, direction: MeasuredSeries['direction'] = 'consumption'): MeasuredSeries => ({ kind: 'series', deliveryPoint, energy: 'electricity', direction, series });
const curveOf = ({ contents }: Document): LoadCurve => (contents[0] as MeasuredSeries).series as LoadCurve;

describe('the workbook of the Enedis customer space', () => {
  it('gives days and load curves back exactly, consumption and production, from texts and from date cells', async () => {
    await fc.assert(
      fc.asyncProperty(daySeries(), daySeries(), curves({ letters: 'r' }), fc.boolean(), async (consumed, produced, curve, asDates) => {
        const contents = [of(consumed), of(produced, 'production'), of(curve)];
        const document = await read(enedisWorkbook(contents, timeZone, asDates));
        assert.equal(document.format, 'enedis-customer-xlsx');
        assert.deepEqual(document.contents, contents);
        assert.equal(document.rows.skippedCount, 0);
      }),
      { numRuns: 60 },
    );
  });

  it('gives both nights of a clock change their half-hours', async () => {
    for (const [day, count] of [['2026-03-29', 46], ['2026-10-25', 50]] as const) {
      const curve: LoadCurve = { kind: 'curve', unit: 'W', segments: [{ start: instant(dayStart(day, timeZone)), stepMinutes: 30, values: Array.from({ length: count }, (_, index) => index * 10), quality: 'r'.repeat(count) }] };
      assert.deepEqual(curveOf(await read(enedisWorkbook([of(curve)], timeZone))), curve);
    }
  });

  it('takes NA for missing, also for the half-hours that clocks skip', async () => {
    const document = await read(workbookOf({
      'Consommation Horaire': [
        ['Début', 'Fin', 'Valeur (en kW)'],
        ['29/03/2026 01:30:00', '29/03/2026 03:00:00', 0.5],
        ['29/03/2026 02:00:00', '29/03/2026 02:30:00', 'NA'],
        ['29/03/2026 02:30:00', '29/03/2026 03:00:00', 'NA'],
        ['29/03/2026 03:00:00', '29/03/2026 03:30:00', 'NA'],
        ['29/03/2026 03:30:00', '29/03/2026 04:00:00', '0,29'],
      ],
    }));
    assert.deepEqual(curveOf(document).segments, [{ start: '2026-03-29T00:30:00Z', stepMinutes: 30, values: [500, null, 290], quality: 'rmr' }]);
    assert.deepEqual(document.rows, { read: 2, empty: 3, skippedCount: 0, skipped: [] });
  });

  it('tells the rows that cannot be read, and keeps the others', async () => {
    const document = await read(workbookOf({ Feuille: [['Date', 'Valeur (en kWh)'], ['01/01/2026', 6.329], ['02/01/2026', 'beaucoup'], ['32/01/2026', 1], ['04/01/2026', 0.0001]] }));
    assert.deepEqual(document.rows.skipped.map(({ line }) => line), [3, 4, 5]);
    assert.deepEqual(((document.contents[0] as MeasuredSeries).series as EnergySeries).values, [6329, null, null, null]);
  });

  it('leaves out a sheet in another unit, and is refused when there is no other', async () => {
    const days = [['Date', 'Valeur (en kWh)'], ['01/01/2026', 1]];
    const powers = [['Date', 'Valeur (en kVA)'], ['01/01/2026', 6]];
    const { contents, rows } = await read(workbookOf({ A: days, B: powers }));
    assert.equal(contents.length, 1);
    assert.match(rows.skipped[0]?.reason ?? '', /the sheet “B” is left out: days in kVA/);
    await assert.rejects(read(workbookOf({ B: powers })), (error) => error instanceof FormatError && /no sheet of the workbook holds energy or power/.test(error.message));
  });
});
