import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, totalEnergy, type EnergySeries } from '@oya/contract';
import type { Content, Document, MeterPeriod } from '../index.ts';
import { deliveryPoint, timeZone } from '../testing/arbitraries.ts';
import { gasDays, gasPeriods } from '../testing/gas-arbitraries.ts';
import { daysOf, frenchDay, grdfAccessRights, grdfAdict, grdfCustomerJson, grdfWorkbook } from '../testing/grdf.ts';
import { read, refusal } from '../testing/reading.ts';
import { workbookOf } from '../testing/workbook.ts';

function only<Kind extends Content['kind']>({ contents }: Document, kind: Kind): Extract<Content, { kind: Kind }> {
  const found = contents.filter((content): content is Extract<Content, { kind: Kind }> => content.kind === kind);
  assert.equal(found.length, 1, JSON.stringify(contents).slice(0, 300));
  return found[0] as Extract<Content, { kind: Kind }>;
}

const releve = (more: object): object => ({ journeeGaziere: '2026-11-24', energieConsomme: 75, volumeBrutConsomme: 7, indexDebut: 10_373, indexFin: 10_380, coeffConversion: 11.12, qualificationReleve: 'Mesuré', ...more });
const customerSpace = (...releves: object[]): object => ({ [deliveryPoint]: { idPce: deliveryPoint, releves } });

describe('what GRDF publishes is read back exactly', () => {
  it('as days with their volumes, from the customer space, ADICT and the workbook', async () => {
    await fc.assert(
      fc.asyncProperty(gasDays, async (days) => {
        const rows = daysOf(days);
        const files = { 'grdf-customer-json': grdfCustomerJson(rows, deliveryPoint), 'grdf-adict': grdfAdict(rows, deliveryPoint, timeZone), 'grdf-customer-xlsx': grdfWorkbook(rows, { deliveryPoint, name: ({ from }) => frenchDay(from) }) };
        for (const [format, file] of Object.entries(files)) {
          const document = await read(file);
          assert.equal(document.format, format);
          assert.deepEqual(only(document, 'series'), { kind: 'series', deliveryPoint, energy: 'gas', direction: 'consumption', series: days });
          assert.equal(document.rows.skippedCount, 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('as periods of any length, from the customer space and ADICT', async () => {
    await fc.assert(
      fc.asyncProperty(gasPeriods, async (periods) => {
        for (const file of [grdfCustomerJson(periods, deliveryPoint), grdfAdict(periods, deliveryPoint, timeZone)]) {
          const document = await read(file);
          assert.deepEqual(document.contents, [{ kind: 'periods', deliveryPoint, energy: 'gas', periods }]);
          assert.equal(document.rows.read + document.rows.empty, periods.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('as access rights', async () => {
    const right = fc.record({ deliveryPoint: fc.constantFrom(deliveryPoint, 'GI123456'), state: fc.constantFrom('Active', 'A valider', 'Révoquée'), to: fc.constant('2027-07-02'), isPublished: fc.boolean() }, { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fc.array(right, { minLength: 1, maxLength: 5 }), async (rights) => {
        const { contents, rows } = await read(grdfAccessRights(rights));
        const [content] = contents;
        assert.ok(content?.kind === 'access-rights');
        assert.deepEqual(content.rights.map(({ deliveryPoint, state, to, details }) => ({ deliveryPoint, state, to, isPublished: details['perim_donnees_publiees'] })), rights);
        assert.deepEqual(content.rights.map(({ from }) => from), rights.map(() => '2021-07-02'));
        assert.deepEqual([rows.read, rows.skippedCount], [rights.length, 0]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a gas reading', () => {
  it('keeps the published energy, whatever volume and coefficient would give', async () => {
    const { series } = only(await read(customerSpace(releve({ energieConsomme: 75, volumeBrutConsomme: 7 }))), 'series');
    assert.deepEqual(series, { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-24', values: [75_000], quality: 'r', volumes: [7000] });
  });

  it('keeps a published volume that is not the difference of the indexes, and the indexes beside it', async () => {
    const document = await read(customerSpace(releve({ volumeBrutConsomme: 10, indexDebut: 15_931, indexFin: 15_940 })));
    assert.deepEqual((only(document, 'series').series as EnergySeries).volumes, [10_000]);
    assert.deepEqual(only(document, 'indexes').readings, [
      { at: '2026-11-24T05:00:00Z', value: 15_931_000, quality: 'real' },
      { at: '2026-11-25T05:00:00Z', value: 15_940_000, quality: 'real' },
    ]);
  });

  it('of a day without data is missing, also where zeros stand for it', async () => {
    const nothing = { energieConsomme: null, volumeBrutConsomme: null, indexDebut: null, indexFin: null };
    const days = [releve({}), releve({ journeeGaziere: '2026-11-25', ...nothing, qualificationReleve: 'Absence de Données' }), releve({ journeeGaziere: '2026-11-26', energieConsomme: 0, volumeBrutConsomme: 0, qualificationReleve: 'Absence de Donnees' })];
    const document = await read(customerSpace(...days));
    const series = only(document, 'series').series as EnergySeries;
    assert.deepEqual([series.values, series.volumes, series.quality], [[75_000, null, null], [7000, null, null], 'rmm']);
    assert.deepEqual([document.rows.read, document.rows.empty], [1, 2]);
  });

  it('of zero is a value', async () => {
    const { series } = only(await read(customerSpace(releve({ energieConsomme: 0, volumeBrutConsomme: 0 }))), 'series');
    assert.deepEqual((series as EnergySeries).values, [0]);
  });

  it('stands on the day on which its gas day begins, also in the nights when clocks change', async () => {
    for (const [day, start, end] of [['2026-03-28', '2026-03-28T05:00:00Z', '2026-03-29T04:00:00Z'], ['2026-10-24', '2026-10-24T04:00:00Z', '2026-10-25T05:00:00Z']] as const) {
      const document = await read(grdfAdict([{ from: day, to: addDays(day, 1), energy: 1000, volume: 1000, indexStart: 5000, indexEnd: 6000, quality: 'real' }], deliveryPoint, timeZone));
      assert.equal((only(document, 'series').series as EnergySeries).from, day);
      assert.deepEqual(only(document, 'indexes').readings.map(({ at }) => at), [start, end]);
    }
  });

  it('that begins at 06:00 in UTC by right is of the same day; one at another hour is left out', async () => {
    const right = await read(customerSpace(releve({ journeeGaziere: null, dateDebutReleve: '2026-11-24T05:00:00Z', dateFinReleve: '2026-11-25T05:00:00Z' })));
    assert.equal((only(right, 'series').series as EnergySeries).from, '2026-11-24');
    assert.match((await refusal(customerSpace(releve({ journeeGaziere: null, dateDebutReleve: '2026-11-24T09:00:00Z', dateFinReleve: '2026-11-25T09:00:00Z' })))).message, /06:00, at which gas days begin/);
  });

  it('that is estimated, or not definitive, says so', async () => {
    const document = await read(customerSpace(releve({ qualificationReleve: 'Estimé' }), releve({ journeeGaziere: '2026-11-25', status: 'Provisoire' }), releve({ journeeGaziere: '2026-11-26' })));
    assert.equal((only(document, 'series').series as EnergySeries).quality, 'epr');
  });

  it('in fractions of m³ is exact; one finer than dm³ is left out beside its energy, and told', async () => {
    const document = await read(customerSpace(releve({ volumeBrutConsomme: 7.29, energieConsomme: 44.5 }), releve({ journeeGaziere: '2026-11-25', volumeBrutConsomme: 7.2912 })));
    const series = only(document, 'series').series as EnergySeries;
    assert.deepEqual([series.values, series.volumes], [[44_500, 75_000], [7290, null]]);
    assert.match(document.rows.skipped[0]?.reason ?? '', /7.2912 m³ is not a whole number of dm³/);
  });

  it('of one day twice counts once, and a contradiction is told', async () => {
    const document = await read(customerSpace(releve({}), releve({ energieConsomme: 80 })));
    assert.deepEqual((only(document, 'series').series as EnergySeries).values, [75_000]);
    assert.match(document.rows.skipped[0]?.reason ?? '', /contradicts/);
  });

  it('whose meter was changed has one index at that hour: that of the meter which goes on', async () => {
    const document = await read(customerSpace(releve({}), releve({ journeeGaziere: '2026-11-25', indexDebut: 0, indexFin: 7 })));
    assert.deepEqual(only(document, 'indexes').readings.map(({ value }) => value), [10_373_000, 0, 7000]);
    assert.match(document.rows.skipped[0]?.reason ?? '', /one meter may have followed another/);
  });

  it('tells the line of what cannot be read', async () => {
    const text = JSON.stringify(customerSpace(releve({}), releve({ journeeGaziere: '2026-13-25' })), null, 1);
    const { rows } = await read(text);
    assert.equal(rows.skipped[0]?.line, text.slice(0, text.lastIndexOf('{')).split('\n').length);
    assert.match(rows.skipped[0]?.reason ?? '', /2026-13-25 is not in the calendar/);
  });
});

describe('files of several delivery points and lengths', () => {
  it('give contents for each, days apart from periods', async () => {
    const file = {
      [deliveryPoint]: { idPce: deliveryPoint, releves: [releve({}), releve({ journeeGaziere: null, dateDebutReleve: '2026-01-01T06:00:00+01:00', dateFinReleve: '2026-02-01T06:00:00+01:00', energieConsomme: 900 })] },
      GI123456: { idPce: 'GI123456', releves: [releve({})] },
    };
    const { contents } = await read(file);
    assert.deepEqual(contents.map((content) => [content.kind, 'deliveryPoint' in content && content.deliveryPoint]), [
      ['series', deliveryPoint], ['indexes', deliveryPoint], ['periods', deliveryPoint], ['series', 'GI123456'], ['indexes', 'GI123456'],
    ]);
  });

  it('keep a period that overlaps one before it out, and say so', async () => {
    const period = (from: string, to: string): object => releve({ journeeGaziere: null, dateDebutReleve: `${from}T06:00:00+00:00`, dateFinReleve: `${to}T06:00:00+00:00` });
    const document = await read(customerSpace(period('2026-01-01', '2026-02-01'), period('2026-01-20', '2026-03-01'), period('2026-02-01', '2026-03-01')));
    assert.deepEqual(only(document, 'periods').periods.map(({ from, to }) => [from, to]), [['2026-01-01', '2026-02-01'], ['2026-02-01', '2026-03-01']]);
    assert.match(document.rows.skipped[0]?.reason ?? '', /overlap/);
  });
});

describe('the GRDF workbook', () => {
  const row = (from: string, to: string, energy: number): MeterPeriod => ({ from, to, energy: energy * 1000, volume: energy * 100, indexStart: null, indexEnd: null, quality: 'real' });
  const week = ({ from, to }: { from: string; to: string }): string => `Du ${frenchDay(from)} au ${frenchDay(addDays(to, -1))}`;

  it('gives weeks, of which the one with New Year comes twice and counts no day twice', async () => {
    const file = grdfWorkbook([row('2020-12-21', '2020-12-28', 765), row('2020-12-28', '2021-01-04', 634), row('2021-01-01', '2021-01-04', 473), row('2021-01-04', '2021-01-11', 1223)], { deliveryPoint, name: week, withIndexes: false });
    const document = await read(file);
    assert.deepEqual(only(document, 'periods').periods.map(({ from, to, energy }) => [from, to, energy]), [
      ['2020-12-21', '2020-12-28', 765_000], ['2020-12-28', '2021-01-01', 634_000], ['2021-01-01', '2021-01-04', 473_000], ['2021-01-04', '2021-01-11', 1_223_000],
    ]);
    assert.equal(document.rows.skippedCount, 0);
  });

  it('gives months, of which those that the export cuts are incomplete', async () => {
    const names: Record<string, string> = { '2025-11-01': 'Novembre 2025 ', '2025-12-01': 'Décembre 2025 ', '2026-11-01': 'Novembre 2026 ' };
    const file = grdfWorkbook([row('2025-11-01', '2025-12-01', 845), row('2025-12-01', '2026-01-01', 3808), row('2026-11-01', '2026-12-01', 2000)], { deliveryPoint, name: ({ from }) => names[from] as string, withIndexes: false });
    assert.deepEqual(only(await read(file), 'periods').periods.map(({ from, to, quality }) => [from, to, quality]), [
      ['2025-11-01', '2025-12-01', 'incomplete'], ['2025-12-01', '2026-01-01', 'real'], ['2026-11-01', '2026-12-01', 'incomplete'],
    ]);
  });

  it('reads dates that are date cells, and tells the row of those that are no dates', async () => {
    const labels = [null, 'Date de relevé', 'Volume consommé (m3)', 'Energie consommée (kWh)'];
    const document = await read(workbookOf({ Feuille: [[], labels, [null, new Date('2026-11-24T00:00:00Z'), 7, 75], [null, 'hier', 7, 75], [null, null, 14, 150]] }));
    assert.equal((only(document, 'series').series as EnergySeries).from, '2026-11-24');
    assert.deepEqual(document.rows.skipped.map(({ line }) => line), [4, 5]);
  });
});

describe('ADICT', () => {
  const record = (consommation: object): string => JSON.stringify({ pce: { id_pce: deliveryPoint }, consommation: { energie: 10, journee_gaziere: '2026-11-24', type_qualif_conso: 'Mesuré', ...consommation } });

  it('leaves a line that is cut off out, and keeps the others', async () => {
    const document = await read(`${record({})}\n${record({ journee_gaziere: '2026-11-25' }).slice(0, 60)}\n`);
    assert.deepEqual((only(document, 'series').series as EnergySeries).values, [10_000]);
    assert.match(document.rows.skipped[0]?.reason ?? '', /cut off/);
    assert.equal(document.rows.skipped[0]?.line, 2);
  });

  it('is read from an array too, as some programs keep it', async () => {
    const { rows } = await read(`[\n${record({})},\n${record({ journee_gaziere: '2026-11-25' })}\n]`);
    assert.equal(rows.read, 2);
  });

  it('tells what is fed into the network as production', async () => {
    assert.equal(only(await read(record({ sens_flux_gaz: 'Injection' })), 'series').direction, 'production');
  });

  it('says what GRDF says when there are no data', async () => {
    const none = JSON.stringify({ pce: { id_pce: deliveryPoint }, consommation: { energie: null }, statut_restitution: { code: '1000008', message: 'Pas de données sur la période' } });
    assert.match((await refusal(none)).message, /GRDF answers: Pas de données sur la période/);
  });

  it('refuses access rights that GRDF refused, and says when the answer was cut off before its status', async () => {
    const right = { deliveryPoint, state: 'Active', to: '2027-01-01', isPublished: true };
    assert.match((await refusal(grdfAccessRights([right], '1000011'))).message, /GRDF refused the request \(1000011\)/);
    const whole = new TextDecoder().decode(grdfAccessRights([right]));
    const { rows } = await read(whole.slice(0, whole.indexOf('\n')));
    assert.match(rows.skipped[0]?.reason ?? '', /may have been cut off/);
    assert.match((await refusal(grdfAccessRights([]))).message, /no access right/);
  });

  it('adds no energy: the sum of periods is what was published', async () => {
    const document = await read([record({ journee_gaziere: null, date_debut_consommation: '2026-01-01', date_fin_consommation: '2026-02-01', energie: 2032 }), record({ journee_gaziere: null, date_debut_consommation: '2026-02-01', date_fin_consommation: '2026-03-01', energie: 1 })].join('\n'));
    assert.equal(totalEnergy(only(document, 'periods').periods.map(({ energy }) => energy)), 2_033_000);
  });
});
