import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayEnergy, dayStart, instant, type Direction, type EnergySeries, type LoadCurve } from '@oya/contract';
import fc from 'fast-check';
import { detect, FormatError, splitByDay, type Content, type IndexReadings, type MaximumPowers, type MeasuredSeries, type NetworkContract } from '../index.ts';
import { contracts, curves, daySeries, deliveryPoint, indexes, maximumPowers, timeZone } from '../testing/arbitraries.ts';
import { lines, measured, read, readAll, refusal } from '../testing/reading.ts';
import {
  customerBlocksCsv,
  enedis2026,
  enedis2026Contracts,
  enedis2026Daily,
  enedis2026LoadCurve,
  enedisError,
  enedisR63Csv,
  enedisV5Contracts,
  enedisV5Daily,
  enedisV5LoadCurve,
  enedisV5MaximumPower,
  type FileOptions,
} from '../testing.ts';

const file: FileOptions = { timeZone, deliveryPoint };
const about = { deliveryPoint, energy: 'electricity' } as const;
const directions = fc.constantFrom<Direction>('consumption', 'production');
const holes = fc.constantFrom<'empty' | 'absent'>('empty', 'absent');

const series = (given: LoadCurve | EnergySeries, direction: Direction = 'consumption'): MeasuredSeries => ({ kind: 'series', ...about, direction, series: given });
const powers = (given: Pick<MaximumPowers, 'unit' | 'days'>): MaximumPowers => ({ kind: 'maximum-power', ...about, direction: 'consumption', ...given });
const block = (business: string, physical: string, unit: string, ...points: object[]): object => ({ grandeurMetier: business, grandeurPhysique: physical, unite: unit, points });
const api2026 = (...blocks: object[]): string => JSON.stringify({ idPrm: deliveryPoint, etapeMetier: 'BRUT', grandeur: blocks });
const v5 = (type: object, ...readings: object[]): string => JSON.stringify({ meter_reading: { usage_point_id: deliveryPoint, reading_type: type, interval_reading: readings } });

describe('both generations of the API', () => {
  it('give the same load curve and the same days', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 're' }), daySeries(), async (curve, days) => {
        assert.deepEqual(await readAll(enedisV5LoadCurve(curve, file)), await readAll(enedis2026LoadCurve(curve, file)));
        assert.deepEqual(await readAll(enedisV5Daily(days, file)), await readAll(enedis2026Daily(days, file)));
      }),
      { numRuns: 30 },
    );
  });

  it('give a curve whose days are the days of the daily file', async () => {
    for (const [day, count] of [['2026-03-29', 46], ['2026-10-25', 50]] as const) {
      const values = Array.from({ length: count }, (_, index) => 2 * index);
      const curve: LoadCurve = { kind: 'curve', unit: 'W', segments: [{ start: instant(dayStart(day, timeZone)), stepMinutes: 30, values, quality: 'r'.repeat(count) }] };
      for (const write of [enedisV5LoadCurve, enedis2026LoadCurve]) {
        const days = [...splitByDay(measured(await read(write(curve, file))).series as LoadCurve, timeZone)];
        assert.deepEqual(days.map(({ day, segments }) => dayEnergy(day, segments, timeZone)), [{ day, energy: values.reduce((sum, watts) => sum + watts / 2, 0), quality: 'real' }]);
      }
    }
  });

  it('change the step within a day', async () => {
    const reading = (date: string, length: string): object => ({ value: '60', date: `2026-11-23 ${date}:00`, interval_length: length, measure_type: 'B' });
    const [content] = await readAll(v5({ unit: 'W' }, reading('00:30', 'PT30M'), reading('01:00', 'PT30M'), reading('01:10', 'PT10M'), reading('01:20', 'PT10M'), reading('01:30', 'PT10M'), reading('01:45', 'PT15M'), reading('02:00', 'PT15M'), reading('03:00', 'PT60M')));
    assert.ok(content?.kind === 'series' && content.series.kind === 'curve');
    assert.deepEqual(content.series.segments.map(({ stepMinutes, values }) => [stepMinutes, values.length]), [[30, 2], [10, 3], [15, 2], [60, 1]]);
  });

  it('give the greatest power of each day, and the second in which it was reached', async () => {
    await fc.assert(
      fc.asyncProperty(maximumPowers(), async (given) => {
        assert.deepEqual(await readAll(enedisV5MaximumPower(given, file)), [powers(given)]);
        assert.deepEqual(await readAll(enedis2026([powers(given)], file)), [powers(given)]);
      }),
      { numRuns: 50 },
    );
  });

  it('give a greatest power without its moment when only the day is told, and in W when the file is', async () => {
    const [content] = await readAll(v5({ unit: 'W', aggregate: 'maximum' }, { value: '4680', date: '2026-09-29' }));
    assert.deepEqual(content, powers({ unit: 'W', days: [{ day: '2026-09-29', power: 4680, at: null, quality: 'real' }] }));
  });

  it('do not make a day’s greatest power of two: the first counts, the other is reported', async () => {
    const reading = (value: string, time: string): object => ({ value, date: `2026-09-29 ${time}` });
    const { contents, rows } = await read(v5({ unit: 'VA', aggregate: 'maximum' }, reading('4680', '13:03:35'), reading('5000', '18:00:00')));
    assert.equal(contents[0]?.kind === 'maximum-power' && contents[0].days[0]?.power, 4680);
    assert.match(rows.skipped[0]?.reason ?? '', /5000 contradicts line 1, which says 4680/);
  });

  it('refuse readings of neither power nor energy', async () => {
    assert.match((await refusal(v5({ unit: 'V' }, { value: '230', date: '2026-09-29 00:30:00' }))).message, /“V”, which is neither power nor energy/);
    assert.match((await refusal(api2026(block('CONS', 'ER', 'VArh', { v: '1', d: '2026-11-23' })))).message, /CONS, ER, VArh/);
    assert.match((await refusal(api2026())).message, /no “grandeur”/);
  });
});

describe('production', () => {
  it('of v5 has the shape of consumption: it is what the caller asked for, and consumption when it does not say', async () => {
    const file2 = enedisV5Daily({ kind: 'energy', unit: 'Wh', step: 'day', from: '2026-09-29', values: [8263, 941], quality: 'rr' }, file);
    assert.equal(measured(await read(file2)).direction, 'consumption');
    assert.equal(measured(await read(file2, { direction: 'production' })).direction, 'production');
  });

  it('of 2026 tells it, whatever the caller says', async () => {
    const days: EnergySeries = { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-09-29', values: [8263, 941], quality: 'rr' };
    assert.equal(measured(await read(enedis2026Daily(days, { ...file, direction: 'production' }))).direction, 'production');
    assert.equal(measured(await read(enedis2026Daily(days, file), { direction: 'production' })).direction, 'consumption');
  });

  it('beside consumption in one file is a content of its own', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 'rep' }), curves({ letters: 'rep' }), daySeries(), maximumPowers({ holes: true }), async (drawn, fedIn, days, given) => {
        const contents = [series(drawn), series(fedIn, 'production'), series(days), powers(given)];
        assert.deepEqual(await readAll(enedis2026(contents, { ...file, holes: 'empty' })), contents);
      }),
      { numRuns: 30 },
    );
  });

  it('in two parts is one content, and what is no measurement is reported with its line', async () => {
    const text = JSON.stringify(JSON.parse(api2026(block('PROD', 'EA', 'Wh', { v: '1', d: '2026-11-23' }), block('CONS', 'U', 'V', { v: '230', d: '2026-11-23' }), block('PROD', 'EA', 'kWh', { v: '2', d: '2026-11-24' }))), null, 2);
    const { contents, rows } = await read(text);
    assert.deepEqual(contents, [series({ kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-23', values: [1, 2000], quality: 'rr' }, 'production')]);
    assert.equal(rows.skippedCount, 1);
    assert.match(rows.skipped[0]?.reason ?? '', /left out a quantity \(CONS, U, V\)/);
    assert.equal(text.split('\n')[(rows.skipped[0]?.line ?? 0) + 1]?.trim(), '"grandeurPhysique": "U",');
  });
});

describe('an error of the API', () => {
  for (const [code, meaning, advice] of [
    ['ADAM-DC-0008', /no consent/, /Ask the customer for consent/],
    ['ADAM-DC-0009', /begins before the customer’s consent/, /begins with the consent/],
    ['ADAM-DC-0015', /longer than 7 days/, /7 days at a time/],
    ['ADAM-DC-0016', /before the history/, /36 months/],
    ['ADAM-ERR0125', /before the history/, /36 months/],
    ['ADAM-ERR0123', /last put into service/, /customer’s contract/],
    ['ADAM-ERR0075', /hourly collection of the load curve is off/, /switched on/],
    ['ERR0123', /last put into service/, /customer’s contract/],
    ['no_data_found', /no measurement in the period/, /another period/],
  ] as const) {
    it(`${code} says in plain words what it means and what to do`, async () => {
      const error = await refusal(enedisError(code, 'The requested period…'));
      assert.ok(error.reason.includes(`(${code})`));
      assert.match(error.reason, meaning);
      assert.match(error.advice, advice);
    });
  }

  it('that is not known is told as Enedis says it', async () => {
    assert.match((await refusal(enedisError('ADAM-ERR0999', 'Le mois est trop long.'))).message, /\(ADAM-ERR0999\): Enedis says: “Le mois est trop long\.”/);
    assert.match((await refusal('{"error":"ADAM-ERR0999"}')).message, /does not say what it means/);
  });

  it('is understood inside the answer of a gateway, and in the words of 2026', async () => {
    assert.match((await refusal('{"error":"result_400","enedis_return":{"error":"ADAM-ERR0075","error_description":"x"}}')).message, /hourly collection/);
    assert.match((await refusal('{"status":400,"message":"The API returned an error","error":{"error":"ADAM-DC-0008","error_description":"x"}}')).message, /no consent/);
    assert.match((await refusal('{"code":"SGT404","message":"Pas de mesure trouvée pour ce point"}')).message, /no measurement in the period/);
    assert.match((await refusal('{"code":"900908","message":"Resource forbidden "}')).message, /not subscribed to this API/);
  });

  it('does not hide measurements that come with a field of that name', async () => {
    const text = JSON.stringify({ error: null, meter_reading: { usage_point_id: deliveryPoint, reading_type: { unit: 'Wh' }, interval_reading: [{ value: '5', date: '2026-11-23' }] } });
    assert.deepEqual((measured(await read(text)).series as EnergySeries).values, [5]);
  });
});

describe('a contract', () => {
  const withoutDetails = (given: Content[]): NetworkContract[] => given.map((content) => ({ ...(content as NetworkContract), details: {} }));

  it('is read from both generations', async () => {
    await fc.assert(
      fc.asyncProperty(contracts(), async (given) => {
        assert.deepEqual(withoutDetails(await readAll(enedisV5Contracts(given))), given);
        // situation_contrat does not tell off-peak hours.
        assert.deepEqual(withoutDetails(await readAll(enedis2026Contracts(given))), given.map((contract) => ({ ...contract, offPeakHours: null })));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps by its name all that is not understood, also inside', async () => {
    const [content] = await readAll('[{"usage_point_id":"<masque>","subscribed_power":"36 kW","segment":["C5"],"customer":{"adress":{"line6":"60000 BEAUVAIS"}},"contact_data":{"email":null}}]');
    assert.deepEqual(content, {
      kind: 'contract',
      ...about,
      deliveryPoint: null,
      subscribedPowerKva: null,
      tariff: null,
      offPeakHours: null,
      from: null,
      details: { usage_point_id: '<masque>', subscribed_power: '36 kW', 'segment.0': 'C5', 'customer.adress.line6': '60000 BEAUVAIS' },
    });
  });

  it('of a producer beside that of a consumer, or alone in an object, is read too', async () => {
    const [drawn, fedIn] = await readAll(JSON.stringify({ contracts: [{ subscribed_power: { unit: 'kVA', value: '12' }, segment: 'C5' }, { contract_type: 'Contrat GRD-A', segment: 'P4' }] }));
    assert.equal(drawn?.kind === 'contract' && drawn.subscribedPowerKva, 12);
    assert.equal(fedIn?.kind === 'contract' && fedIn.details['segment'], 'P4');
    const [alone] = await readAll('{"usage_point_id":"12345678901234","subscribed_power":"6","segment":["C5"]}');
    assert.equal(alone?.kind === 'contract' && alone.subscribedPowerKva, 6);
  });

  it('that is not there is said to be missing', async () => {
    assert.match((await refusal('{"customer":{"customer_id":"1","usage_points":[]}}')).message, /holds no contract/);
    assert.match((await refusal('{"customer":{"customer_id":"1","usage_points":[{}]}}')).message, /says nothing of a contract/);
  });
});

describe('the customer’s CSV', () => {
  const NAMES = 'Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes';
  const preamble = (data: string, business: string, unit: string, point = deliveryPoint): string[] => [NAMES, `${point};${data};01/11/2026;25/11/2026;Energie active;${business};Comptage Brut;${unit};`];

  it('gives what was written: curves, days, greatest powers and indexes in one file', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 'r' }), directions, daySeries(), fc.oneof(maximumPowers({ holes: true }), maximumPowers({ unit: 'W' })), indexes(), holes, async (curve, direction, days, given, registers, holes) => {
        const measured = [series(curve, direction), series(days, direction), powers(given)];
        const text = customerBlocksCsv([...measured, registers], { ...file, holes });
        assert.deepEqual(await readAll(text), [...measured, ...registers]);
        assert.equal(await detect(text), 'enedis-customer-csv');
      }),
      { numRuns: 50 },
    );
  });

  it('gives daily energy by its line of names, in Wh or kWh, ISO or French days, without a preamble too', async () => {
    const days: EnergySeries = { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-06-01', values: [12_571, null, 9_800], quality: 'rmr' };
    assert.deepEqual(await readAll(lines(...preamble('Injection quotidienne', '', ''), '', 'Date;Valeur (en Wh)', '2026-06-01;12571', '2026-06-03;9800')), [series(days, 'production')]);
    assert.deepEqual(await readAll(lines(...preamble('Consommation quotidienne', 'Consommation', 'kWh'), 'Horodate;Valeur', '2026-06-01T00:00:00+02:00;12.571', '2026-06-02T00:00:00+02:00;', '2026-06-03T00:00:00+02:00;9.8')), [series(days)]);
    assert.deepEqual(await readAll(lines('Date;Consommation (en kWh)', '03/06/2026;9,8', '01/06/2026;12,571')), [{ ...series(days), deliveryPoint: null }]);
  });

  it('whose greatest powers have no unit and no values says so, and invents none', async () => {
    const { contents, rows } = await read(lines(...preamble('Puissance maximale quotidienne', 'Consommation', ''), 'Horodate;Valeur', '2020-03-30T00:00:00+02:00;', '2020-03-31T00:00:00+02:00;'));
    assert.deepEqual(contents, [powers({ unit: 'VA', days: ['2020-03-30', '2020-03-31'].map((day) => ({ day, power: null, at: null, quality: 'missing' })) })]);
    assert.deepEqual([rows.read, rows.empty], [0, 2]);
  });

  it('tells names and what they stand for in turns on one line', async () => {
    const [content] = await readAll(lines(`Identifiant PRM;${deliveryPoint};Type de donnees;Courbe de charge;`, 'horodate ISO fin de pas;puissance moyenne (W)', '2026-01-05T00:30:00+01:00;1200', '2026-01-05T01:00:00+01:00;800'));
    assert.deepEqual(content, series({ kind: 'curve', unit: 'W', segments: [{ start: '2026-01-04T23:00:00Z', stepMinutes: 30, values: [1200, 800], quality: 'rr' }] }));
  });

  it('keeps two delivery points apart, and two blocks of one together', async () => {
    const other = '99999999999999';
    const rows = (hour: number): string[] => ['Horodate;Valeur', `2026-11-23T0${hour}:30:00+01:00;1`, `2026-11-23T0${hour + 1}:00:00+01:00;2`];
    const contents = await readAll(lines(...preamble('Courbe de charge', 'Consommation', 'W'), ...rows(0), ...preamble('Courbe de charge', 'Consommation', 'W', other), ...rows(0), ...preamble('Courbe de charge', 'Consommation', 'W'), ...rows(1)));
    const shape = contents.map((content) => content.kind === 'series' && content.series.kind === 'curve' && [content.deliveryPoint, content.series.segments.flatMap(({ values }) => values)]);
    assert.deepEqual(shape, [[deliveryPoint, [1, 2, 1, 2]], [other, [1, 2]]]);
  });

  it('leaves out a block that is no measurement, once, and reads the others', async () => {
    const rows = ['Horodate;Valeur', '2026-11-23T00:30:00+01:00;230', '2026-11-23T01:00:00+01:00;231'];
    const { contents, rows: counts } = await read(lines(...preamble('Courbe de tension', 'Consommation', 'V'), ...rows, ...preamble('Courbe de charge', 'Consommation', 'W'), ...rows));
    assert.equal(contents.length, 1);
    assert.deepEqual(counts, { read: 2, empty: 0, skippedCount: 1, skipped: [{ line: 2, reason: 'left out “Courbe de tension” in “V”, which the portal does not know' }] });
    const error = await refusal(lines(...preamble('Courbe de charge', 'Consommation', 'Wh'), ...rows));
    assert.match(error.message, /line 2: .*left out “Courbe de charge” in “Wh”/);
  });

  it('leaves out values whose unit is not that of the data, and does not take them for W', async () => {
    for (const [file, unit] of [
      [lines('Date;Valeur (en m3)', '2026-11-23;12', '2026-11-24;13'), 'm3'],
      [lines(...preamble('Courbe de charge', 'Consommation', ''), 'Date;Valeur (en Wh)', '2026-11-23T00:30:00+01:00;12'), 'Wh'],
      [lines(...preamble('Consommation quotidienne', '', ''), 'Date;Valeur (en kW)', '2026-11-23;12'), 'kW'],
    ] as const) {
      assert.match((await refusal(file)).message, new RegExp(`none of the 1 rows can be read; the first because: left out values in “${unit}”`));
    }
  });

  it('may tell its names again, as files put together do', async () => {
    const [content] = await readAll(lines('Horodate;Valeur', '2026-11-23T00:30:00+01:00;1', 'Horodate;Valeur', '2026-11-23T01:00:00+01:00;2'));
    assert.deepEqual(content?.kind === 'series' && content.series.kind === 'curve' && content.series.segments[0]?.values, [1, 2]);
  });

  it('of the flow R63 gives points, directions, steps and qualities by row', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 'rep' }), curves({ letters: 'rep' }), holes, fc.boolean(), async (drawn, fedIn, holes, newestFirst) => {
        const given = [series(drawn), { ...series(fedIn, 'production'), deliveryPoint: '99999999999999' }];
        const text = enedisR63Csv(given, { ...file, holes, newestFirst });
        assert.deepEqual(await readAll(text), given);
        assert.equal(await detect(text), 'enedis-r63-csv');
      }),
      { numRuns: 30 },
    );
  });
});

describe('indexes in the customer’s CSV', () => {
  const HEAD = 'Horodate;Type de releve;EAS F1;EAS F2;EAS F3;EAS D1;EAS D2;EAS T';
  const CALENDARS = 'Periode;Identifiant calendrier fournisseur;Libelle calendrier fournisseur;Identifiant classe temporelle 1;Libelle classe temporelle 1;Cadran classe temporelle 1;Identifiant classe temporelle 2;Libelle classe temporelle 2;Cadran classe temporelle 2;Identifiant calendrier distributeur;Libelle calendrier distributeur;Identifiant classe temporelle distributeur 1;Libelle classe temporelle distributeur 1;Cadran classe temporelle distributeur 1';
  const index = (...rows: string[]): string => lines('Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite', `${deliveryPoint};Index;01/01/2022;01/03/2022;Energie active;Consommation;Comptage Brut;Wh`, ...rows);
  const calendar = (from: string, to: string, first: string, second: string, distributor = 'BASE'): string => `Du ${from} au ${to};FC000001;x;${first};;EAS F1;${second};;EAS F2;DI000001;x;${distributor};;EAS D1`;
  const shown = (contents: readonly Content[]): unknown[] => contents.map((content) => content.kind === 'indexes' && [content.register, content.grid, ...content.readings.map(({ value }) => value)]);

  it('carry the classes that the calendars give to the registers of supplier and distributor', async () => {
    const contents = await readAll(index(HEAD, '2022-01-01T23:00:00+01:00;Arrêté quotidien;100;200;;300;;300', '2022-01-02T23:00:00+01:00;Arrêté quotidien;101;202;;303;;303', '', CALENDARS, calendar('2022-01-01T23:00:00+01:00', '', 'BUHC', 'Heures pleines')));
    assert.deepEqual(shown(contents), [['HCJB', 'supplier', 100, 101], ['HP', 'supplier', 200, 202], ['BASE', 'distributor', 300, 303], ['EAS T', 'distributor', 300, 303]]);
    assert.deepEqual((contents[0] as IndexReadings).readings[0], { at: '2022-01-01T22:00:00Z', value: 100, quality: 'real' });
  });

  it('go on over a time without a calendar, when all calendars agree', async () => {
    const contents = await readAll(index(HEAD, '2022-01-01T23:00:00+01:00;x;1;2;;3;;3', '2022-01-02T23:00:00+01:00;x;2;3;;5;;5', '2022-01-03T23:00:00+01:00;x;3;4;;7;;7', CALENDARS, calendar('2022-01-01T23:00:00+01:00', '2022-01-02T23:00:00+01:00', 'HC', 'HP'), calendar('2022-01-02T23:00:00+01:00', '2022-01-03T23:00:00+01:00', '', '', ''), calendar('2022-01-03T23:00:00+01:00', '', 'HC', 'HP')));
    assert.deepEqual(shown(contents)[0], ['HC', 'supplier', 1, 2, 3]);
  });

  it('change their name with the contract', async () => {
    const contents = await readAll(index(HEAD, '2022-01-01T23:00:00+01:00;x;1;;;1;;1', '2022-01-02T23:00:00+01:00;x;2;;;2;;2', '2022-01-03T23:00:00+01:00;x;3;1;;4;;4', CALENDARS, calendar('2022-01-01T23:00:00+01:00', '2022-01-03T23:00:00+01:00', 'BASE', ''), calendar('2022-01-03T23:00:00+01:00', '', 'HC', 'HP')));
    assert.deepEqual(shown(contents), [['BASE', 'supplier', 1, 2], ['HC', 'supplier', 3], ['HP', 'supplier', null, null, 1], ['BASE', 'distributor', 1, 2, 4], ['EAS T', 'distributor', 1, 2, 4]]);
  });

  it('keep the names of the file where no calendar tells a class', async () => {
    assert.deepEqual(shown(await readAll(index(HEAD, '2022-01-01T23:00:00+01:00;x;1;;;;;1'))), [['EAS F1', 'supplier', 1], ['EAS T', 'distributor', 1]]);
  });

  it('that all are missing are missing, not zero', async () => {
    const { contents, rows } = await read(index(HEAD, '2023-01-23T23:00:00+01:00;Arrêté quotidien;;;;;;', '2023-01-24T23:00:00+01:00;Arrêté quotidien;;;;;;'));
    assert.deepEqual(shown(contents), [['EAS T', 'distributor', null, null]]);
    assert.deepEqual([rows.read, rows.empty], [0, 2]);
  });

  it('that are not numbers, or contradict an earlier line, are reported, and the others of the line are read', async () => {
    const { contents, rows } = await read(index(HEAD, '2022-01-01T23:00:00+01:00;x;1;many;;3;;3', '2022-01-01T23:00:00+01:00;x;1;2;;4;;4', '2022-01-01T23:00:00+01:00;x;1;;;3;;3'));
    assert.deepEqual(shown(contents), [['EAS F1', 'supplier', 1], ['EAS D1', 'distributor', 3], ['EAS T', 'distributor', 3]]);
    assert.deepEqual(rows.skipped.map(({ line, reason }) => [line, reason]), [
      [4, 'EAS F2: “many” is not a number'],
      [5, 'contradicts line 4 for the same time: the first counts'],
      [6, 'the same as line 4'],
    ]);
  });

  it('of what is fed in are production, and estimates are estimates', async () => {
    const [content] = await readAll(index('Horodate;Type de releve;EAI T', '2022-01-01T23:00:00+01:00;Index estimé;7'));
    assert.deepEqual(content, { kind: 'indexes', ...about, direction: 'production', register: 'EAI T', grid: 'distributor', unit: 'Wh', readings: [{ at: '2022-01-01T22:00:00Z', value: 7, quality: 'estimated' }] });
  });
});

it('an error is a FormatError, with its parts apart', async () => {
  const error = await refusal('{"error":"no_data_found","error_description":"x"}');
  assert.ok(error instanceof FormatError);
  assert.equal(error.message, `${error.reason}. ${error.advice}`);
});
