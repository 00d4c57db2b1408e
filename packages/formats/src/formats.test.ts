import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { dayEnergy, dayStart, instant, joinSegments, localDay, type CurveSegment, type LoadCurve } from '@oya/contract';
import { detect, FORMATS, splitByDay, type Document } from './index.ts';
import { curves, daySeries, deliveryPoint, timeZone } from './testing/arbitraries.ts';
import { measured, read, refusal, seriesOf } from './testing/reading.ts';
import { customerCsv, enedis2026Daily, enedis2026LoadCurve, enedisV5Daily, enedisV5LoadCurve, type FileOptions } from './testing.ts';
import { packed } from './testing/workbook.ts';

const file: FileOptions = { timeZone, deliveryPoint };

function segmentsOf(document: Document): CurveSegment[] {
  const { series } = measured(document);
  assert.ok(series.kind === 'curve');
  return series.segments;
}

async function curveOf(content: string | Uint8Array): Promise<CurveSegment[]> {
  return segmentsOf(await read(content));
}

/** Segments as `[start, step, values]`. */
async function shape(content: string | Uint8Array): Promise<unknown[]> {
  return (await curveOf(content)).map(({ start, stepMinutes, values }) => [start, stepMinutes, values]);
}

/** A day of constant power in half-hours, from local midnight. */
function halfHours(day: string, count = 48, watts = 400): LoadCurve {
  return { kind: 'curve', unit: 'W', segments: [{ start: instant(dayStart(day, timeZone)), stepMinutes: 30, values: Array<number>(count).fill(watts), quality: 'r'.repeat(count) }] };
}

const csv = (...rows: string[]): string => ['Horodate;Valeur', ...rows, ''].join('\n');
const v5 = (unit: string, readings: object[], more: object = {}): string =>
  JSON.stringify({ meter_reading: { usage_point_id: deliveryPoint, reading_type: { unit }, interval_reading: readings, ...more } }, null, 2);
const api2026 = (points: object[], more: object = {}): string =>
  JSON.stringify({ idPrm: deliveryPoint, etapeMetier: 'BRUT', grandeur: [{ grandeurMetier: 'CONS', grandeurPhysique: 'PA', unite: 'W', points }], ...more }, null, 2);

const holes = fc.constantFrom<'empty' | 'absent'>('empty', 'absent');
const newestFirst = fc.boolean();

describe('what is written is read back exactly', () => {
  it('from the customer space CSV, with step changes, holes and gaps, in either order', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 'r' }), holes, newestFirst, fc.boolean(), fc.constantFrom('\n' as const, '\r\n' as const), async (curve, holes, newestFirst, preamble, lineEnd) => {
        const document = await read(customerCsv(curve, { ...file, holes, newestFirst, preamble, lineEnd }));
        assert.deepEqual(measured(document).series, curve);
        assert.equal(document.format, 'enedis-customer-csv');
        assert.equal(measured(document).deliveryPoint, preamble ? deliveryPoint : null);
        assert.equal(document.rows.skippedCount, 0);
      }),
    );
  });

  it('from an Enedis v5 load curve', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 're' }), async (curve) => {
        const document = await read(enedisV5LoadCurve(curve, file));
        assert.deepEqual(measured(document).series, curve);
        assert.equal(document.format, 'enedis-v5');
        assert.equal(document.rows.skippedCount, 0);
      }),
    );
  });

  it('from an Enedis 2026 load curve, with empty or absent points', async () => {
    await fc.assert(
      fc.asyncProperty(curves({ letters: 'rep' }), holes, async (curve, holes) => {
        const document = await read(enedis2026LoadCurve(curve, { ...file, holes }));
        assert.deepEqual(measured(document).series, curve);
        assert.equal(document.format, 'enedis-2026');
        assert.equal(document.rows.skippedCount, 0);
      }),
    );
  });

  it('from daily files of both generations, in either order', async () => {
    await fc.assert(
      fc.asyncProperty(daySeries(), holes, newestFirst, async (days, holes, newestFirst) => {
        for (const write of [enedisV5Daily, enedis2026Daily]) {
          assert.deepEqual(await seriesOf(write(days, { ...file, holes, newestFirst })), days);
        }
      }),
    );
  });
});

describe('a format', () => {
  it('is recognised by how a file begins', async () => {
    assert.equal(await detect(customerCsv(halfHours('2026-11-23'), file)), 'enedis-customer-csv');
    assert.equal(await detect(enedisV5LoadCurve(halfHours('2026-11-23'), file)), 'enedis-v5');
    assert.equal(await detect(enedis2026LoadCurve(halfHours('2026-11-23'), file)), 'enedis-2026');
    assert.equal(await detect(new Uint8Array()), null);
    assert.equal(await detect(new TextEncoder().encode('{"temperature":12}')), null);
  });

  it('that is not known is refused with what is known and what was seen', async () => {
    const { message } = await refusal('{"temperature":12}');
    assert.match(message, /temperature/);
    for (const { title } of FORMATS) assert.ok(message.includes(title));
    assert.match((await refusal(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10))).message, /89 50 4e 47 0d 0a/);
    assert.match((await refusal(packed({ 'xl/readme.txt': '' }))).message, /not a workbook/);
    assert.match((await refusal(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0))).message, /the ZIP file is damaged/);
    assert.match((await refusal('')).message, /the file is empty/);
  });

  it('is not read in a time zone that does not exist', async () => {
    await assert.rejects(read(new Uint8Array(), { timeZone: 'Europe/Carmaux' }), RangeError);
  });
});

describe('a load curve of local times', () => {
  for (const [day, count] of [['2026-03-29', 46], ['2026-11-23', 48], ['2026-10-25', 50]] as const) {
    it(`has ${count} half-hours on ${day}`, async () => {
      for (const write of [enedisV5LoadCurve, enedis2026LoadCurve]) {
        const document = await read(write(halfHours(day, count), file));
        const [whole, ...others] = [...splitByDay(measured(document).series as LoadCurve, timeZone)];
        assert.equal(others.length, 0);
        assert.deepEqual(dayEnergy(day, whole?.segments ?? [], timeZone), { day, energy: count * 200, quality: 'real' });
      }
    });
  }

  it('tells the hour that comes twice by the order of the points, also newest first', async () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8];
    const [segment] = halfHours('2026-10-25').segments as [CurveSegment];
    const curve: LoadCurve = { kind: 'curve', unit: 'W', segments: [{ ...segment, start: '2026-10-24T22:30:00Z', values, quality: 'rrrrrrrr' }] };
    for (const newestFirst of [false, true]) assert.deepEqual(await seriesOf(enedis2026LoadCurve(curve, { ...file, newestFirst })), curve);
  });

  it('has no point in the hour that clocks skip', async () => {
    const { rows } = await read(api2026(['2026-03-29 01:30:00', '2026-03-29 02:30:00', '2026-03-29 03:00:00'].map((d) => ({ v: '1', d, p: 'PT30M' }))));
    assert.deepEqual([rows.read, rows.skippedCount], [2, 1]);
    assert.match(rows.skipped[0]?.reason ?? '', /clocks go forward/);
  });

  it('takes points in any order', async () => {
    const points = ['01:00', '00:30', '01:30'].map((time, index) => ({ v: String(index), d: `2026-11-23 ${time}:00`, p: 'PT30M' }));
    assert.deepEqual(await shape(api2026(points)), [['2026-11-22T23:00:00Z', 30, [1, 0, 2]]]);
  });
});

describe('a row that cannot be read', () => {
  it('is left out and reported with its line, and leaves a hole', async () => {
    const document = await read(csv('2026-11-23T00:30:00+01:00;100', '2026-11-23T01:00:00+01:00;12,5', '2026-11-23T01:30:00+01:00;100'));
    assert.deepEqual(segmentsOf(document).map(({ start, stepMinutes, values }) => [start, stepMinutes, values]), [['2026-11-22T23:00:00Z', 30, [100, null, 100]]]);
    assert.equal(segmentsOf(document)[0]?.quality, 'rmr');
    assert.deepEqual(document.rows, {
      read: 2,
      empty: 0,
      skippedCount: 1,
      skipped: [{ line: 3, reason: '12,5 W is not a whole number of W', text: '2026-11-23T01:00:00+01:00;12,5' }],
    });
  });

  it('says why', async () => {
    const good = ['2026-11-23T00:30:00+01:00;1', '2026-11-23T01:00:00+01:00;1'];
    for (const [row, reason] of [
      ['hello;1', /not a time/],
      ['2026-02-30T00:30:00+01:00;1', /not in the calendar/],
      ['2026-11-23T25:30:00+01:00;1', /not a time of day/],
      ['2026-11-23T01:30:12+01:00;1', /not on a full minute/],
      ['2206-11-23T01:30:00+01:00;1', /the year 2206/],
      ['2026-11-23T01:30:00+19:00;1', /not an offset/],
      ['2026-11-23T01:30:00+01:00;1e3', /not a number/],
      ['2026-11-23T01:30:00+01:00;-5', /negative/],
      ['2026-11-23T01:30:00+01:00;2000000000', /more than any delivery point/],
      ['2026-11-23T01:30:00+01:00', /expected time;value/],
      ['2026-11-23T00:37:00+01:00;1', /not a multiple of 5 minutes/],
      ['2026-11-23T01:00:00+01:00;1', /the same as line 3/],
      ['2026-11-23T00:00:00Z;2', /2 contradicts line 3, which says 1/],
    ] as const) {
      const document = await read(csv(...good, row));
      const { rows } = document;
      assert.equal(rows.skippedCount, 1, row);
      assert.match(rows.skipped[0]?.reason ?? '', reason);
      assert.deepEqual([rows.read, rows.skipped[0]?.line, segmentsOf(document).flatMap(({ values }) => values).filter((value) => value !== null)], [2, 4, [1, 1]], row);
    }
  });

  it('has the line of its point in a JSON file', async () => {
    const text = api2026([{ v: '1', d: '2026-11-23 00:30:00', p: 'PT30M' }, { v: '0.5', d: '2026-11-23 01:00:00', p: 'PT30M' }]);
    const { rows } = await read(text);
    const braces = text.split('\n').flatMap((line, index) => (line.trim() === '{' ? [index + 1] : []));
    assert.equal(rows.skipped[0]?.line, braces.at(-1));
    const old = v5('W', [{ value: '1', date: '2026-11-23 00:30:00', interval_length: 'PT30M' }, { value: 'a "quoted"\\', date: '2026-11-23 01:00:00' }, { value: 'x', date: '' }]);
    assert.deepEqual((await read(old)).rows.skipped.map(({ line }) => old.split('\n')[line - 1]?.trim()), ['{', '{']);
  });

  it('is counted though only a hundred are kept', async () => {
    const bad = Array.from({ length: 250 }, () => 'x;y');
    const { rows } = await read(csv('2026-11-23T00:30:00+01:00;1', '2026-11-23T01:00:00+01:00;1', ...bad));
    assert.deepEqual([rows.skippedCount, rows.skipped.length, rows.skipped[0]?.line], [250, 100, 4]);
  });

  it('with a broken byte leaves the words of a file with a byte order mark as they are', async () => {
    const text = `\ufeffIdentifiant PRM;Type de données;Unité\n${deliveryPoint};Courbe de charge;kW\nHorodate;Valeur\n2026-11-23T00:30:00+01:00;1\n2026-11-23T01:00:00+01:00;2\n`;
    const document = await read(Uint8Array.from([...new TextEncoder().encode(text), 0xe9, 0x0a]));
    assert.deepEqual(segmentsOf(document)[0]?.values, [1000, 2000]);
    assert.equal(document.rows.skippedCount, 1);
  });

  it('refuses the file when the only value is left out, whatever empty rows there are', async () => {
    assert.match((await refusal(csv('2026-11-23T00:30:00+01:00;1', '2026-11-23T00:30:00+01:00;'))).message, /how long its interval is/);
  });

  it('refuses the file when no row is better', async () => {
    const error = await refusal(csv('yesterday;1', 'today;2'));
    assert.equal(error.line, 2);
    assert.match(error.message, /none of the 2 rows/);
    assert.match((await refusal(csv())).message, /no measurement/);
    assert.match((await refusal(v5('W', []))).message, /no measurement/);
  });
});

describe('values', () => {
  it('are exact from kW and kWh', async () => {
    const reading = (value: string): object => ({ value, date: '2026-11-23 00:30:00', interval_length: 'PT30M' });
    assert.deepEqual((await curveOf(v5('kW', [reading('0.29')])))[0]?.values, [290]);
    assert.deepEqual((await curveOf(v5('kW', [reading('1,5000')])))[0]?.values, [1500]);
    assert.deepEqual(await seriesOf(v5('kWh', [{ value: 1.005, date: '2026-11-23' }])), { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-23', values: [1005], quality: 'r' });
    assert.match((await refusal(v5('kW', [reading('0.2905')]))).message, /not a whole number of W/);
  });

  it('are real as the meter gave them, estimated when the operator made them, provisional when it doubts them', async () => {
    const point = (minute: string, more: object): object => ({ v: '1', d: `2026-11-23 ${minute}:00`, p: 'PT30M', ...more });
    const points = [point('00:30', {}), point('01:00', { n: 'B', iv: '0', ec: '4' }), point('01:30', { n: 'B', iv: '1' }), point('02:00', { n: 'C' })];
    assert.equal((await curveOf(api2026(points)))[0]?.quality, 'rrpe');
    assert.equal((await curveOf(api2026(points, { etapeMetier: 'CORRIGE' })))[0]?.quality, 'erpe');
  });

  it('that are null or empty are missing, not zero', async () => {
    const document = await read(api2026([{ v: null, d: '2026-11-23 00:30:00', p: 'PT30M' }, { v: '0', d: '2026-11-23 01:00:00', p: 'PT30M' }]));
    assert.deepEqual(segmentsOf(document)[0], { start: '2026-11-22T23:00:00Z', stepMinutes: 30, values: [null, 0], quality: 'mr' });
    assert.deepEqual([document.rows.read, document.rows.empty], [1, 1]);
  });

  it('that cannot be read leave their interval missing, not the neighbour longer', async () => {
    const series = await seriesOf(csv('2026-11-23T00:30:00+01:00;1', '2026-11-23T01:00:00+01:00;?', '2026-11-23T01:30:00+01:00;1', '2026-11-23T02:00:00+01:00;?', '2026-11-23T02:30:00+01:00;1'));
    assert.deepEqual((series as LoadCurve).segments.map(({ stepMinutes, quality }) => [stepMinutes, quality]), [[30, 'rmrmr']]);
  });

  it('fill an empty row for the same time', async () => {
    const { rows } = await read(csv('2026-11-23T00:30:00+01:00;', '2026-11-23T00:30:00+01:00;7', '2026-11-23T01:00:00+01:00;8'));
    assert.deepEqual([rows.read, rows.empty, rows.skippedCount], [2, 1, 0]);
  });
});

describe('JSON that was cut off', () => {
  it('is refused with the line where it ends', async () => {
    const error = await refusal(api2026([{ v: '1', d: '2026-11-23 00:30:00' }]).split('\n').slice(0, 8).join('\n'));
    assert.match(error.message, /not complete JSON/);
    assert.equal(error.line, 8);
  });
});

describe('the step of a CSV row', () => {
  /** Rows at these minutes after 2026-11-23T00:00Z, each of 60 W. */
  const rows = (...minutes: number[]): string => csv(...minutes.map((minute) => `${instant(Date.parse('2026-11-23T00:00:00Z') + minute * 60_000)};60`));
  const steps = async (text: string): Promise<unknown> => (await curveOf(text)).map(({ stepMinutes, values }) => [stepMinutes, ...values.map((value) => (value === null ? '-' : '#'))].join(' '));

  it('is not the length of the gap before it', async () => {
    assert.deepEqual(await steps(rows(30, 60, 120, 150)), ['30 # # - # #']);
    assert.deepEqual(await steps(rows(30, 90, 120, 150)), ['30 # - # # #']);
    assert.deepEqual(await steps(rows(10, 20, 50, 60, 120)), ['10 # # - - # # - - - - - #']);
    assert.deepEqual(await steps(rows(30, 60, 90, 150, 210)), ['30 # # # - # - #']);
  });

  it('changes when a run shows it, also within a day', async () => {
    assert.deepEqual(await steps(rows(60, 120, 180, 210, 240)), ['60 # # #', '30 # #']);
    assert.deepEqual(await steps(rows(10, 20, 80, 140, 200, 260)), ['10 # #', '60 # # # #']);
  });

  it('after a long gap is that of the run that begins, and the segment is a new one', async () => {
    assert.deepEqual(await steps(rows(60, 120, 10_010, 10_020)), ['60 # #', '10 # #']);
    assert.deepEqual(await steps(rows(30, 60, 10_020, 10_050)), ['30 # #', '30 # #']);
  });

  it('is what the preamble says when no other row can tell, and what the rows show otherwise', async () => {
    const named = (step: number, text: string): string => `Identifiant PRM;Type de donnees;Pas en minutes\n${deliveryPoint};Courbe de charge;${step}\n${text}`;
    assert.deepEqual(await steps(named(30, rows(30))), ['30 #']);
    assert.deepEqual(await steps(named(60, rows(30, 60, 90))), ['30 # # #']);
    assert.match((await refusal(rows(30))).message, /how long its interval is/);
  });
});

describe('splitting a load curve by day', () => {
  it('loses nothing, and each interval is in the day in which it begins', () => {
    fc.assert(
      fc.property(curves({ letters: 'rep' }), (curve) => {
        const days = [...splitByDay(curve, timeZone)];
        const joined = joinSegments(days.flatMap(({ segments }) => segments));
        assert.deepEqual(joined, joinSegments(curve.segments));
        assert.deepEqual(days.map(({ day }) => day), [...new Set(days.map(({ day }) => day))].sort());
        for (const { day, segments } of days) {
          for (const { start, stepMinutes, values } of segments) {
            assert.equal(localDay(Date.parse(start), timeZone), day);
            assert.equal(localDay(Date.parse(start) + (values.length - 1) * stepMinutes * 60_000, timeZone), day);
          }
        }
      }),
    );
  });
});

describe('a long file', () => {
  it('is read in memory of the size of its series: twenty years in 48 MB, where rows as objects do not fit', { timeout: 120_000 }, async () => {
    const count = 20 * 17_520;
    const reader = new Worker(
      `const { workerData, parentPort } = require('node:worker_threads');
       import(workerData.module).then(async ({ read }) => {
         const { rows, contents } = await read(workerData.bytes, { timeZone: 'Europe/Paris' });
         parentPort.postMessage([rows.read, contents[0].series.segments.length]);
       });`,
      {
        eval: true,
        workerData: { module: new URL('index.ts', import.meta.url).href, bytes: customerCsv(halfHours('2005-01-01', count), file) },
        resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 },
      },
    );
    const answer = await new Promise((resolve, reject) => reader.once('message', resolve).once('error', reject));
    await reader.terminate();
    assert.deepEqual(answer, [count, 1]);
  });
});
