/** Real files of the field, which belong to others: read where they lie beside the repository, and not copied into it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { addDays, dayEnergy, energyOf, totalEnergy, type DayEnergy, type EnergySeries, type LoadCurve } from '@oya/contract';
import { read as readBytes, splitByDay, type Content, type Document, type MeasuredSeries, type RowCounts } from './index.ts';

const timeZone = 'Europe/Paris';
const samples = new URL('../../../../shared/data/samples/', import.meta.url);
const skip = existsSync(samples) ? false : 'the samples are not here: expected ../shared/data/samples beside the repository';
const allRead = (read: number): RowCounts => ({ read, empty: 0, skippedCount: 0, skipped: [] });

function document(name: string): Promise<Document> {
  return readBytes(readFileSync(new URL(name, samples)), { timeZone });
}

/** The one content that a sample holds, and what became of its rows. */
async function read(name: string): Promise<Content & { rows: RowCounts }> {
  const { contents, rows } = await document(name);
  const [only, ...others] = contents;
  assert.ok(only && others.length === 0, JSON.stringify(contents));
  return { ...only, rows };
}

async function readSeries(name: string): Promise<MeasuredSeries & { rows: RowCounts }> {
  const content = await read(name);
  assert.ok(content.kind === 'series', content.kind);
  return content;
}

function days({ series }: MeasuredSeries): Map<string, DayEnergy> {
  return new Map([...splitByDay(series as LoadCurve, timeZone)].map(({ day, segments }) => [day, dayEnergy(day, segments, timeZone)]));
}

describe('the samples of Enedis', { skip }, () => {
  it('give three months of half-hours to the Wh', async () => {
    const measured = await readSeries('csv/enedis_halfhour_2023-03_to_05.csv');
    assert.deepEqual(measured.rows, allRead(4414));
    const byDay = [...splitByDay(measured.series as LoadCurve, timeZone)];
    const short = byDay.find(({ day }) => day === '2023-03-26');
    assert.equal(short?.segments.flatMap(({ values }) => values).length, 46);
    assert.deepEqual(days(measured).get('2023-03-26'), { day: '2023-03-26', energy: 75_412, quality: 'real' });
    for (const [month, energy] of [['2023-03', 1_729_508], ['2023-04', 1_596_266], ['2023-05', 1_004_942]] as const) {
      assert.equal(energyOf(byDay.filter(({ day }) => day.startsWith(month)).flatMap(({ segments }) => segments)), energy);
      assert.equal(totalEnergy([...days(measured).values()].filter(({ day }) => day.startsWith(month)).map((day) => day.energy)), energy);
    }
  });

  it('give the same two days in both generations, curve and daily', async () => {
    const daily = await readSeries('enedis/2026_mesure_consommation_quotidienne.json');
    assert.deepEqual(daily.series, { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-09-29', values: [33_495, 38_022], quality: 'rr' });
    for (const name of ['enedis/v5_consumption_load_curve.json', 'enedis/2026_mesure_courbe_de_charge_consommation.json']) {
      const curve = await readSeries(name);
      assert.equal(curve.deliveryPoint, daily.deliveryPoint);
      assert.deepEqual([...days(curve).values()].map(({ energy, quality }) => [energy, quality]), [[33_495, 'real'], [38_022, 'real']]);
      assert.deepEqual(curve.rows, allRead(96));
    }
  });

  it('give empty values and a step change in “Mes mesures”', async () => {
    const { series, rows, deliveryPoint } = await readSeries('csv/enedis_mes_mesures_cdc_excerpt.csv');
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

  it('give the flow R63, whose rows tell all by themselves', async () => {
    const { series, rows, deliveryPoint } = await readSeries('csv/enedis_R63_like_excerpt.csv');
    assert.equal(deliveryPoint, '00000000000000');
    assert.deepEqual(series, { kind: 'curve', unit: 'W', segments: [{ start: '2023-03-12T23:00:00Z', stepMinutes: 30, values: [692, 1284], quality: 'rr' }] });
    assert.deepEqual(rows, allRead(2));
  });

  it('give a week of zeros, which are values, at a masked delivery point', async () => {
    const { series, deliveryPoint, rows } = await readSeries('enedis/eddie_daily_consumption_2024-02-01_2024-02-08.json');
    assert.equal(deliveryPoint, null);
    assert.equal((series as EnergySeries).from, '2024-02-01');
    assert.deepEqual((series as EnergySeries).values, [0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(rows, allRead(7));
  });

  it('give the greatest power of two days, and when it was reached', async () => {
    assert.deepEqual(await read('enedis/2026_mesure_puissance_conso_max_quotidienne.json'), {
      kind: 'maximum-power',
      deliveryPoint: '99999999999991',
      energy: 'electricity',
      direction: 'consumption',
      unit: 'VA',
      days: [
        { day: '2026-09-29', power: 4680, at: '2026-09-29T11:03:35Z', quality: 'real' },
        { day: '2026-09-30', power: 6510, at: '2026-09-30T10:50:25Z', quality: 'real' },
      ],
      rows: allRead(2),
    });
  });

  it('give contracts and an address, as far as each file tells', async () => {
    const told = async (name: string): Promise<unknown[]> => {
      const content = await read(name);
      assert.ok(content.kind === 'contract', content.kind);
      return [content.deliveryPoint, content.subscribedPowerKva, content.tariff, content.offPeakHours, content.from, content.details['segment'] ?? content.details['segments.0.segment']];
    };
    assert.deepEqual(await told('enedis/eddie_contract-consumption.json'), [null, 6, 'BTINFMU4', 'HC (22H50-6H50)', '2017-07-15', 'C5']);
    const tariff = 'Tarif BT<=36kVA Moyenne Utilisation heures pleines heures creuses associées à deux saisons';
    assert.deepEqual(await told('enedis/2026_situation_contrat_consommateur.json'), [null, 12, tariff, null, '2026-02-11', 'C5']);
    assert.deepEqual(await told('enedis/2026_synth_contrat_consommateur.json'), [null, null, null, null, '2018-08-31', 'C5']);
    const address = await read('enedis/eddie_address.json');
    assert.equal(address.kind === 'contract' && address.details['usage_point_addresses.city'], 'BEAUVAIS');
  });
});

describe('the samples of gas', { skip }, () => {
  it('give 87 published readings of the customer space, with the hole between two of them', async () => {
    const content = await read('gas/grdf_donnees_publiees.json');
    assert.ok(content.kind === 'periods');
    assert.equal(content.periods.length, 87);
    assert.equal(totalEnergy(content.periods.map(({ energy }) => energy)), 117_744_000);
    const gaps = content.periods.flatMap(({ to }, index) => (content.periods[index + 1] && content.periods[index + 1]?.from !== to ? [[to, content.periods[index + 1]?.from]] : []));
    assert.deepEqual(gaps, [['2019-10-03', '2019-11-03']]);
    assert.deepEqual(content.rows, allRead(87));
  });

  it('give a year of days from the workbook, of which three have no data though zeros stand there', async () => {
    const { contents, rows } = await readBytes(readFileSync(new URL('gas/grdf_export_DAILY.xlsx', samples)), { timeZone });
    const [series, indexes, ...others] = contents;
    assert.ok(series?.kind === 'series' && series.series.kind === 'energy' && indexes?.kind === 'indexes' && others.length === 0);
    assert.deepEqual([series.series.from, series.series.values.length], ['2020-11-24', 363]);
    assert.deepEqual([totalEnergy(series.series.values), totalEnergy(series.series.volumes ?? [])], [23_181_000, 2_100_000]);
    const missing = series.series.values.flatMap((value, index) => (value === null ? [addDays('2020-11-24', index)] : []));
    assert.deepEqual(missing, ['2021-08-10', '2021-11-11', '2021-11-16']);
    assert.deepEqual(indexes.readings.at(-1), { at: '2021-11-22T05:00:00Z', value: 14_266_000, quality: 'real' });
    assert.deepEqual(rows, { read: 360, empty: 3, skippedCount: 0, skipped: [] });
  });

  it('give a published consumption of ADICT, not recomputed from its volume', async () => {
    const content = await read('gas/adict_donnees_consos_publiees.ndjson');
    assert.ok(content.kind === 'periods');
    assert.deepEqual(content.periods, [{ from: '2021-01-01', to: '2021-01-23', energy: 2_032_000, volume: 180_000, indexStart: 771_000, indexEnd: 951_000, quality: 'real' }]);
  });

  it('give an access right of ADICT, whose last record is none', async () => {
    const content = await read('gas/adict_droits_acces.ndjson');
    assert.ok(content.kind === 'access-rights');
    const [right] = content.rights;
    assert.deepEqual([content.rights.length, right?.deliveryPoint, right?.state, right?.from, right?.to, right?.details['perim_donnees_publiees']], [1, 'GI000000', 'Active', '2021-07-02', '2023-07-02', true]);
  });
});

describe('the samples of Green Button', { skip }, () => {
  it('give energy and cost to the last unit', async () => {
    for (const [name, count, energy, cost] of [['TestGBDataHourlyNineDaysBinnedDaily.xml', 216, 199_563, 2_205_567], ['openespi_test_usage_data_1.xml', 480, 511_688, 5_240_025]] as const) {
      const { series, cost: told, rows } = await readSeries(`greenbutton/${name}`);
      assert.equal(energyOf((series as LoadCurve).segments), energy);
      assert.deepEqual(told, { currency: 'USD', total: cost });
      assert.deepEqual(rows, allRead(count));
    }
  });

  it('give eight readings of two blocks, and nothing between them', async () => {
    const { series, rows } = await readSeries('greenbutton/electric_containerized.xml');
    assert.deepEqual((series as LoadCurve).segments.map(({ start, values }) => [start, values.filter((value) => value !== null).length, values.length]), [['2011-01-01T08:00:00Z', 8, 16]]);
    assert.deepEqual(rows, allRead(8));
  });

  it('that only tell what there is are refused with advice', async () => {
    await assert.rejects(read('greenbutton/eddie_UsagePoint.xml'), /no interval readings.*interval blocks/);
  });
});

describe('the samples of RTE', { skip }, () => {
  it('give two days of EcoWatt by the hour', async () => {
    const content = await read('ecowatt/ecowatt_two_days.json');
    assert.ok(content.kind === 'ecowatt');
    assert.deepEqual(content.days.map(({ day, level, hours }) => [day, level, hours.filter((hour) => hour === 2).length, hours.length]), [['2022-06-05', 2, 7, 24], ['2022-06-06', 1, 0, 24]]);
  });

  it('give the colours of eight months', async () => {
    const content = await read('tempo/tempo_2023-01_to_08.csv');
    assert.ok(content.kind === 'tempo');
    const count = (colour: string): number => content.days.filter((day) => day.colour === colour).length;
    assert.deepEqual([count('blue'), count('white'), count('red'), content.days.length], [194, 31, 18, 243]);
    assert.deepEqual([content.days[0]?.day, content.days.at(-1)?.day], ['2023-01-01', '2023-08-31']);
  });
});
