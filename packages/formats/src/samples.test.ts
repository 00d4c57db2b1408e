/** Real files of the field, which belong to others: read where they lie beside the repository, and not copied into it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { dayEnergy, energyOf, totalEnergy, type DayEnergy, type EnergySeries, type LoadCurve } from '@oya/contract';
import { read as readBytes, splitByDay, type MeasuredSeries, type RowCounts } from './index.ts';

const timeZone = 'Europe/Paris';
const samples = new URL('../../../../shared/data/samples/', import.meta.url);
const skip = existsSync(samples) ? false : 'the samples are not here: expected ../shared/data/samples beside the repository';

/** The one series that a sample holds, and what became of its rows. */
async function read(name: string): Promise<MeasuredSeries & { rows: RowCounts }> {
  const { contents, rows } = await readBytes(readFileSync(new URL(name, samples)), { timeZone });
  const [only, ...others] = contents;
  assert.ok(only?.kind === 'series' && others.length === 0, JSON.stringify(contents));
  return { ...only, rows };
}

function days({ series }: MeasuredSeries): Map<string, DayEnergy> {
  return new Map([...splitByDay(series as LoadCurve, timeZone)].map(({ day, segments }) => [day, dayEnergy(day, segments, timeZone)]));
}

describe('the samples', { skip }, () => {
  it('give three months of half-hours to the Wh', async () => {
    const measurements = await read('csv/enedis_halfhour_2023-03_to_05.csv');
    assert.deepEqual(measurements.rows, { read: 4414, empty: 0, skippedCount: 0, skipped: [] });
    const byDay = [...splitByDay(measurements.series as LoadCurve, timeZone)];
    const short = byDay.find(({ day }) => day === '2023-03-26');
    assert.equal(short?.segments.flatMap(({ values }) => values).length, 46);
    assert.deepEqual(days(measurements).get('2023-03-26'), { day: '2023-03-26', energy: 75_412, quality: 'real' });
    for (const [month, energy] of [['2023-03', 1_729_508], ['2023-04', 1_596_266], ['2023-05', 1_004_942]] as const) {
      assert.equal(energyOf(byDay.filter(({ day }) => day.startsWith(month)).flatMap(({ segments }) => segments)), energy);
      assert.equal(totalEnergy([...days(measurements).values()].filter(({ day }) => day.startsWith(month)).map((day) => day.energy)), energy);
    }
  });

  it('give the same two days in both generations of Enedis, curve and daily', async () => {
    const daily = await read('enedis/2026_mesure_consommation_quotidienne.json');
    assert.deepEqual(daily.series, { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-09-29', values: [33_495, 38_022], quality: 'rr' });
    for (const name of ['enedis/v5_consumption_load_curve.json', 'enedis/2026_mesure_courbe_de_charge_consommation.json']) {
      const curve = await read(name);
      assert.equal(curve.deliveryPoint, daily.deliveryPoint);
      assert.deepEqual([...days(curve).values()].map(({ energy, quality }) => [energy, quality]), [[33_495, 'real'], [38_022, 'real']]);
      assert.equal(curve.rows.read, 96);
    }
  });

  it('give empty values and a step change in “Mes mesures”', async () => {
    const { series, rows, deliveryPoint } = await read('csv/enedis_mes_mesures_cdc_excerpt.csv');
    assert.equal(deliveryPoint, '00000000000000');
    assert.deepEqual(series, {
      kind: 'curve',
      unit: 'W',
      segments: [
        { start: '2018-12-06T22:00:00Z', stepMinutes: 60, values: [null, null], quality: 'mm' },
        { start: '2020-08-20T21:30:00Z', stepMinutes: 10, values: [270, 264], quality: 'rr' },
      ],
    });
    assert.deepEqual(rows, { read: 2, empty: 2, skippedCount: 0, skipped: [] });
  });

  it('give a week of zeros, which are values, at a masked delivery point', async () => {
    const { series, deliveryPoint } = await read('enedis/eddie_daily_consumption_2024-02-01_2024-02-08.json');
    assert.equal(deliveryPoint, null);
    assert.equal((series as EnergySeries).from, '2024-02-01');
    assert.deepEqual((series as EnergySeries).values, [0, 0, 0, 0, 0, 0, 0]);
  });

  it('that are no consumption are refused', async () => {
    await assert.rejects(read('enedis/2026_mesure_puissance_conso_max_quotidienne.json'), /not a consumption/);
    for (const name of ['enedis/eddie_address.json', 'enedis/2026_situation_contrat_consommateur.json', 'gas/grdf_donnees_publiees.json', 'gas/grdf_export_DAILY.xlsx', 'csv/enedis_R63_like_excerpt.csv']) {
      await assert.rejects(read(name), /format of the file is not known/);
    }
  });
});
