/** Real files of the field, which belong to others: dropped as a customer would, where they lie beside the repository. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compareTariffs, daysBetween, toCents, type ReferenceTariff, type TwinComparison } from '@oya/contract';
import { detect, read } from '@oya/formats';
import { measuredMeters } from '@oya/formats/measured-days';
import { referenceTariffs } from '@oya/personas';
import { readFiles, type FilesRead } from './files.ts';
import { codesOf, kindOf, subjectOf } from './subject.ts';

const timeZone = 'Europe/Paris';
const samples = fileURLToPath(new URL('../../../../../shared/data/samples/', import.meta.url));
const skip = existsSync(samples) ? false : 'the samples are not here: expected ../shared/data/samples beside the repository';
const readers = { read, detect, measuredMeters };

function file(name: string): File {
  return new File([new Uint8Array(readFileSync(path.join(samples, name)))], path.basename(name));
}

function drop(...names: string[]): Promise<FilesRead> {
  return readFiles(names.map(file), undefined, readers, timeZone);
}

/** The demo's tariffs, whose prices begin early enough for any file. */
const tariffs: ReferenceTariff[] = referenceTariffs.tariffs.map((tariff) => ({
  ...tariff,
  powers: tariff.powers.map(({ kva, prices }) => ({ kva, prices: prices.map((price) => (price.from === prices[0]?.from ? { ...price, from: '2000-01-01' } : price)) })),
}));

function compare({ meters, colours }: FilesRead, own = tariffs): TwinComparison {
  const [meter, ...others] = meters;
  assert.ok(meter && others.length === 0, `${meters.length} meters`);
  const subject = subjectOf(meter.days, kindOf(codesOf(meter.days)));
  assert.ok(subject);
  return compareTariffs(own, subject.days, { subscribedPowerKva: 9, offPeak: [{ ranges: [{ from: '22:30', to: '06:30' }], from: '2000-01-01', to: null }], tempoColour: (day) => colours.get(day), timeZone }, subject.period);
}

const told = ({ results }: TwinComparison) => results.map(({ cost, missing, refusal }) => refusal ?? (cost ? 'a cost' : missing[0]?.reason));

/** What becomes of each sample: how many days are reckoned under each tariff, or the words that the customer reads. */
const EXPECTED: Readonly<Record<string, string>> = {
  'csv/enedis_R63_like_excerpt.csv': '1 day: a cost, a cost, no-colour',
  'csv/enedis_halfhour_2023-03_to_05.csv': '92 days: a cost, a cost, no-colour',
  'csv/enedis_mes_mesures_cdc_excerpt.csv': '1 day: a cost, a cost, no-colour',
  'ecowatt/ecowatt_two_days.json': 'signal',
  'enedis/2026_mesure_consommation_quotidienne.json': '2 days: a cost, no-half-hours, no-half-hours',
  'enedis/2026_mesure_courbe_de_charge_consommation.json': '2 days: a cost, a cost, no-colour',
  'enedis/2026_mesure_puissance_conso_max_quotidienne.json': 'power',
  'enedis/2026_situation_contrat_consommateur.json': 'contract',
  'enedis/2026_synth_contrat_consommateur.json': 'contract',
  'enedis/eddie_address.json': 'contract',
  'enedis/eddie_contract-consumption.json': 'contract',
  'enedis/eddie_daily_consumption_2024-02-01_2024-02-08.json': '7 days: a cost, no-half-hours, no-half-hours',
  'enedis/v5_consumption_load_curve.json': '2 days: a cost, a cost, no-colour',
  'gas/adict_donnees_consos_publiees.ndjson': 'gas',
  'gas/adict_droits_acces.ndjson': 'gas',
  'gas/grdf_donnees_publiees.json': 'gas',
  'gas/grdf_export_DAILY.xlsx': 'gas',
  'greenbutton/TestGBDataHourlyNineDaysBinnedDaily.xml': '10 days: a cost, a cost, no-colour',
  'greenbutton/eddie_UsagePoint.xml': 'broken',
  'greenbutton/electric_containerized.xml': '2 days: a cost, a cost, no-colour',
  'greenbutton/openespi_test_usage_data_1.xml': '6 days: a cost, a cost, no-colour',
  'tempo/tempo_2023-01_to_08.csv': 'colours of 243 days',
};

describe('the samples, dropped on the tariff twin', { skip }, () => {
  it('are all known here', () => {
    const found = globSync('*/*', { cwd: samples }).toSorted();
    assert.deepEqual(found, Object.keys(EXPECTED).toSorted());
  });

  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`${name}: ${expected}`, async () => {
      const dropped = await drop(name);
      assert.equal(summaryOf(dropped), expected);
    });
  }

  it('give three months under three tariffs together with the colours of their days, wherever a price was', async () => {
    const dropped = await drop('csv/enedis_halfhour_2023-03_to_05.csv', 'tempo/tempo_2023-01_to_08.csv');
    const { results, days, period } = compare(dropped);
    assert.deepEqual(period, { from: '2023-03-01', to: '2023-06-01' });
    assert.equal(days.length, 92);
    // Independently known: the kWh of each month.
    assert.deepEqual(results.map(({ registers }) => Object.values(registers).reduce((all, part) => all + part, 0)), [4_330_716, 4_330_716, 4_330_716]);
    for (const { cost, months } of results) assert.equal(toCents(cost!.total), toCents(months.reduce((all, { total }) => all + total, 0) as never));
    // The prices of the demo's Tempo begin in February 2024: nothing is guessed for the year before.
    assert.deepEqual(told(compare(dropped, referenceTariffs.tariffs)), ['a cost', 'a cost', 'no-price']);
  });

  it('keep what a contract said for the measures that come after it', async () => {
    const contract = await drop('enedis/eddie_contract-consumption.json');
    const both = await readFiles([file('csv/enedis_halfhour_2023-03_to_05.csv')], contract, readers, timeZone);
    assert.deepEqual(both.meters.map(({ known }) => known), [{ subscribedPowerKva: 6, offPeak: [{ ranges: [{ from: '22:50', to: '06:50' }], from: '1900-01-01', to: null }] }]);
  });
});

function summaryOf(dropped: FilesRead): string {
  const [problem] = dropped.problems;
  if (problem) return problem.trouble;
  if (dropped.meters.length === 0) return `colours of ${dropped.colours.size} days`;
  const comparison = compare(dropped);
  const days = daysBetween(comparison.period.from, comparison.period.to);
  return `${days} ${days === 1 ? 'day' : 'days'}: ${told(comparison).join(', ')}`;
}
