import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import Papa from 'papaparse';
import { addDays, addSteps, dayMinutes, instant, type EnergySeries, type LoadCurve } from '@oya/contract';
import { read as readBytes, type MeasuredSeries } from '../index.ts';
import { sourceOf } from '../source.ts';
import { curves, daySeries, deliveryPoint, timeZone } from '../testing/arbitraries.ts';
import { gasDays } from '../testing/gas-arbitraries.ts';
import { writeCsv, type CsvOptions } from './csv.ts';
import type { ExportedSeries, Table } from './export.ts';
import { writeGreenButton, type GreenButtonInput } from './green-button.ts';
import { writeXlsx } from './xlsx.ts';

const about = { title: 'Ma conso', author: 'ENEO', updatedAt: '2026-11-24T07:00:00Z', timeZone };
const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const csv = (table: Table, options: Partial<CsvOptions> = {}): string => text(writeCsv(table, { timeZone, ...options }));

const table = (rows: Table['rows']): Table => ({
  name: 'Jours',
  columns: [{ kind: 'day', header: 'Jour' }, { kind: 'instant', header: 'Début' }, { kind: 'number', header: 'Énergie', unit: 'kWh', decimals: 3 }, { kind: 'number', header: 'Coût', unit: '€', decimals: 2 }, { kind: 'text', header: 'Qualité' }],
  rows,
});

const row = fc.tuple(
  fc.integer({ min: 0, max: 20_000 }).map((day) => addDays('1995-01-01', day)),
  fc.integer({ min: 800_000, max: 2_000_000 }).map((halfHours) => instant(halfHours * 1_800_000)),
  fc.option(fc.integer({ min: -1e9, max: 1e12 })),
  fc.option(fc.integer({ min: -1e6, max: 1e6 })),
  fc.oneof(fc.constantFrom('réelle', 'estimée', 'manquante', '', 'a;b', 'a"b', 'x\ny', '_x0041_'), fc.string({ unit: 'grapheme' })),
);

describe('CSV', () => {
  it('is what Excel opens in French: byte order mark, semicolons, decimal commas, times with their offset', () => {
    const rows = [['2026-10-25', '2026-10-25T00:30:00Z', 33_495, -5, 'réelle'], ['2026-10-25', '2026-10-25T01:30:00Z', null, 0, 'manquante']];
    assert.equal(
      csv(table(rows)),
      '\ufeffJour;Début;Énergie (kWh);Coût (€);Qualité\r\n2026-10-25;2026-10-25T02:30:00+02:00;33,495;-0,05;réelle\r\n2026-10-25;2026-10-25T02:30:00+01:00;;0,00;manquante\r\n',
    );
  });

  it('has points and commas where people write so', () => {
    assert.match(csv(table([['2026-11-24', '2026-11-24T00:00:00Z', 1, 1, 'real, measured']]), { decimal: '.' }), /\r\n2026-11-24,2026-11-24T01:00:00\+01:00,0\.001,0\.01,"real, measured"\r\n/);
  });

  it('runs no formula: a text that begins like one stands behind an apostrophe, a negative number does not', () => {
    for (const formula of ['=1+1', '+33', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '=cmd|"/c calc"!A1']) {
      const given: Table = { name: '', columns: [{ kind: 'text', header: formula }], rows: [[formula]] };
      const { data } = Papa.parse<string[]>(csv(given).slice(1), { delimiter: ';', newline: '\r\n', skipEmptyLines: true });
      assert.deepEqual(data, [[`'${formula}`], [`'${formula}`]]);
    }
    assert.match(csv(table([['2026-11-24', '2026-11-24T00:00:00Z', -1500, null, '']])), /;-1,500;/);
  });

  it('is read back cell by cell', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        const { data } = Papa.parse<string[]>(csv(table(rows)).slice(1), { delimiter: ';', newline: '\r\n' });
        const cells = data.slice(1, -1).map(([day, at, energy = '', cost = '', words = '']) => [
          day, instant(Date.parse(at ?? '')), energy === '' ? null : Math.round(Number(energy.replace(',', '.')) * 1000), cost === '' ? null : Math.round(Number(cost.replace(',', '.')) * 100), words.replace(/^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/, ''),
        ]);
        assert.deepEqual(cells, rows);
      }),
    );
  });

  it('refuses a number that is not whole, rather than to round it', () => {
    assert.throws(() => csv(table([['2026-11-24', '2026-11-24T00:00:00Z', 0.5, null, '']])), /0.5 is not a whole number/);
  });
});

describe('a workbook', () => {
  const clock = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });

  it('is read back cell by cell, with numbers and dates as such', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const [sheet] = (await sourceOf(writeXlsx([table(rows)], { timeZone })).sheets()) ?? [];
        assert.deepEqual(sheet?.rows[0], ['Jour', 'Début', 'Énergie (kWh)', 'Coût (€)', 'Qualité']);
        // XML has no control characters, and the library trims and unescapes.
        const plain = (words: string): string | null => words.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '').replace(/\r\n?/g, '\n').trim() || null;
        const told = sheet?.rows.slice(1).map(([day, at, energy, cost, words]) => [(day as Date).toISOString().slice(0, 10), (at as Date).toISOString().slice(0, 19).replace('T', ' '), energy, cost, typeof words === 'string' ? words.replace(/\r\n?/g, '\n') : (words ?? null)]);
        assert.deepEqual(told, rows.map(([day, at, energy, cost, words]) => [day, clock.format(new Date(at)), energy === null ? null : energy / 1000, cost === null ? null : cost / 100, plain(words)]));
      }),
      { numRuns: 50 },
    );
  });

  it('has a sheet for each table, under a name that spreadsheet programs take', async () => {
    const named = (name: string): Table => ({ name, columns: [{ kind: 'text', header: 'x' }], rows: [] });
    const sheets = await sourceOf(writeXlsx(['Jours', 'jours', "Conso [kWh]: 2025/2026", "'", 'x'.repeat(40), 'x'.repeat(41), 'a & b <c>'].map(named), { timeZone })).sheets();
    assert.deepEqual(sheets?.map(({ name }) => name), ['Jours', 'jours (2)', 'Conso  kWh   2025 2026', '4', 'x'.repeat(31), `${'x'.repeat(27)} (2)`, 'a & b <c>']);
  });

  it('takes a text for a text, also one that begins like a formula', async () => {
    const [sheet] = (await sourceOf(writeXlsx([{ name: 'A', columns: [{ kind: 'text', header: 'x' }], rows: [['=1+1'], ['12']] }], { timeZone })).sheets()) ?? [];
    assert.deepEqual(sheet?.rows, [['x'], ['=1+1'], ['12']]);
  });
});

describe('Green Button', () => {
  const of = (series: LoadCurve | EnergySeries, more: Partial<ExportedSeries> = {}): ExportedSeries => ({ kind: 'series', deliveryPoint, energy: 'electricity', direction: 'consumption', series, ...more });
  const write = (...series: ExportedSeries[]): Uint8Array => writeGreenButton({ series, ...about } satisfies GreenButtonInput);

  it('gives curves and days back exactly, consumed and produced, electricity and gas', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 'rep' }), daySeries('rep'), gasDays, async (curve, days, gas) => {
        const { volumes: _, ...energy } = gas;
        const series = [of(curve), of(days, { direction: 'production' }), of(energy, { energy: 'gas', deliveryPoint: 'GI123456' })];
        const document = await readBytes(write(...series), { timeZone });
        assert.equal(document.format, 'green-button');
        assert.deepEqual(document.contents, series);
        assert.equal(document.rows.skippedCount, 0);
      }),
      { numRuns: 60 },
    );
  });

  it('gives months back as the periods that they are', async () => {
    const months: EnergySeries = { kind: 'energy', unit: 'Wh', step: 'month', from: '2026-01-01', values: [1000, null, 3000], quality: 'rmr' };
    const { contents } = await readBytes(write(of(months)), { timeZone });
    assert.ok(contents[0]?.kind === 'periods');
    assert.deepEqual(contents[0].periods.map(({ from, to, energy }) => [from, to, energy]), [['2026-01-01', '2026-02-01', 1000], ['2026-03-01', '2026-04-01', 3000]]);
  });

  it('tells what each interval cost', async () => {
    const days: EnergySeries = { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-23', values: [9000, null, 8000], quality: 'rmr' };
    const { contents } = await readBytes(write(of(days, { costs: { currency: 'EUR', columns: [[181_440, null, 161_280]] } })), { timeZone });
    assert.deepEqual((contents[0] as MeasuredSeries).cost, { currency: 'EUR', total: 342_720 });
  });

  it('writes days of 23 and 25 hours as long as they are', () => {
    for (const day of ['2026-03-29', '2026-10-25', '2026-11-24']) {
      const xml = text(write(of({ kind: 'energy', unit: 'Wh', step: 'day', from: day, values: [1], quality: 'r' })));
      assert.ok(xml.includes(`<timePeriod><duration>${dayMinutes(day, timeZone) * 60}</duration>`), xml);
    }
  });

  it('tells when clocks change, where they do', () => {
    const days: EnergySeries = { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-24', values: [1], quality: 'r' };
    const rules = (zone: string): string => /<dstEndRule>.*<\/tzOffset>/.exec(text(writeGreenButton({ series: [of(days)], ...about, timeZone: zone })))?.[0] ?? '';
    // Last Sunday of March at 02:00, last Sunday of October at 03:00; the values for New York are those of the standard's own samples.
    assert.equal(rules('Europe/Paris'), '<dstEndRule>AE0E3000</dstEndRule><dstOffset>3600</dstOffset><dstStartRule>3E0E2000</dstStartRule><tzOffset>3600</tzOffset>');
    assert.equal(rules('America/New_York'), '<dstEndRule>B40E2000</dstEndRule><dstOffset>3600</dstOffset><dstStartRule>360E2000</dstStartRule><tzOffset>-18000</tzOffset>');
    assert.equal(rules('Indian/Reunion'), '<dstEndRule>FFFFFFFF</dstEndRule><dstOffset>0</dstOffset><dstStartRule>FFFFFFFF</dstStartRule><tzOffset>14400</tzOffset>');
  });

  it('gives the same data the same file, each entry an id of its own, and other data other ids', () => {
    const days = (point: string): Uint8Array => write(of({ kind: 'energy', unit: 'Wh', step: 'day', from: '2024-01-01', values: Array<number>(800).fill(1), quality: 'r'.repeat(800) }, { deliveryPoint: point }));
    const ids = [...text(days(deliveryPoint)).matchAll(/<id>(urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})<\/id>/g)].map(([, id]) => id);
    assert.equal(ids.length, 1 + 4 + 27);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(days(deliveryPoint), days(deliveryPoint));
    assert.ok(!text(days('98765432109876')).includes(ids[0] as string));
  });

  it('is well-formed whatever the texts hold', async () => {
    const days: EnergySeries = { kind: 'energy', unit: 'Wh', step: 'day', from: addSteps('2026-11-24', 'day', 0), values: [1], quality: 'r' };
    const { contents } = await readBytes(writeGreenButton({ ...about, series: [of(days, { deliveryPoint: null })], title: 'a & b <c> "d" \u0000\ud800', author: ']]>' }), { timeZone });
    assert.equal(contents.length, 1);
  });
});
