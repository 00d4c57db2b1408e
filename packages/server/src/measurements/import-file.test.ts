import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Consumption } from '@oya/contract';
import { FormatError } from '@oya/formats';
import { Visitor } from '../../test/visitor.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import { importFile, ImportError, type ImportOptions } from './import-file.ts';

const SAMPLE = fileURLToPath(new URL('../../../../../shared/data/samples/csv/enedis_halfhour_2023-03_to_05.csv', import.meta.url));
const CAMILLE = '00810000000101';

/** A load curve as the network operator's 2026 interface delivers it; times are the ends of the intervals. */
function curveFile(day: string, watts: (number | string)[], options: { idPrm?: string; kind?: string; nature?: string } = {}): Uint8Array {
  const { idPrm = CAMILLE, kind = 'CONS', nature = 'B' } = options;
  const points = watts.map((value, index) => {
    const end = new Date(Date.parse(`${day}T00:00:00Z`) + (index + 1) * 1_800_000).toISOString().slice(0, 19).replace('T', ' ');
    return { v: String(value), d: end, p: 'PT30M', n: nature, iv: '0' };
  });
  return encode({
    idPrm,
    etapeMetier: 'BRUT',
    periode: { dateDebut: day, dateFin: day },
    modeCalcul: 'UTILE',
    grandeur: [{ grandeurMetier: kind, grandeurPhysique: 'PA', unite: 'W', points }],
  });
}

function encode(document: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}

const aDay = (watts: number) => Array.from({ length: 48 }, () => watts);

for (const engine of testEngines()) {
  describe(`an import, on ${engine.name}`, () => {
    let server: TestServer;
    let camille: Visitor;

    before(async () => {
      server = await startTestServer({ engine });
      camille = new Visitor(server.baseUrl('eneo'));
      await camille.signInAs('camille');
    });
    after(() => server.stop());

    const take = (options: Partial<ImportOptions> & { bytes: Uint8Array }) => importFile(server.db, { fileName: 'file', now: SEEDED_AT, ...options });
    const consumption = async (resolution: string, from: string, to: string) =>
      (await camille.get<Consumption>(`/meters/camille-linky/consumption?resolution=${resolution}&from=${from}&to=${to}`)).body;
    const qualityOf = async (day: string, next: string) => {
      const { series } = await consumption('day', day, next);
      return series.kind === 'energy' && series.quality;
    };
    const everything = async () =>
      JSON.stringify([
        await server.db.selectFrom('load_curve').selectAll().orderBy('channel_key').orderBy('day').orderBy('start_minute').execute(),
        await server.db.selectFrom('day_energy').selectAll().orderBy('channel_key').orderBy('day').execute(),
        await server.db.selectFrom('import_run').selectAll().execute(),
        await server.db.selectFrom('meter').selectAll().orderBy('key').execute(),
        await server.db.selectFrom('channel').selectAll().orderBy('key').execute(),
        await server.db.selectFrom('replaced_value').selectAll().orderBy('key').execute(),
        await server.db.selectFrom('day_register').selectAll().orderBy('channel_key').orderBy('day').orderBy('code').execute(),
      ]);

    it('finds the meter by the delivery point that the file names, and the customer sees the day', async () => {
      const report = await take({ bytes: curveFile('2024-01-15', aDay(1000)) });
      const [content] = report.contents;
      assert.deepEqual([content?.what, content?.meter, content?.period], ['load curve, consumption', { utilityId: 'eneo', id: 'camille-linky' }, { from: '2024-01-15', to: '2024-01-16' }]);
      assert.deepEqual(report.values, { added: 48, replaced: 0, unchanged: 0, kept: 0 });
      const day = await consumption('day', '2024-01-15', '2024-01-16');
      assert.equal(day.total, 24_000);
      assert.equal(await qualityOf('2024-01-15', '2024-01-16'), 'r');
      assert.deepEqual(day.available, { from: '2024-01-15', to: '2026-11-24' });
    });

    it('of the same file again changes nothing and says so', async () => {
      const bytes = curveFile('2024-01-16', aDay(500));
      await take({ bytes });
      const before = await everything();
      const again = await take({ bytes });
      assert.ok(again.alreadyImportedAt instanceof Date);
      assert.deepEqual(again.values, { added: 0, replaced: 0, unchanged: 0, kept: 0 });
      assert.equal(await everything(), before);
    });

    it('of other words for the same values finds nothing new', async () => {
      await take({ bytes: curveFile('2024-01-17', aDay(500)) });
      const spaced = new TextEncoder().encode(`${new TextDecoder().decode(curveFile('2024-01-17', aDay(500)))}\n`);
      assert.deepEqual((await take({ bytes: spaced })).values, { added: 0, replaced: 0, unchanged: 48, kept: 0 });
    });

    it('takes real values for estimated ones, and never the reverse', async () => {
      await take({ bytes: curveFile('2024-01-18', aDay(400), { nature: 'E' }) });
      assert.equal(await qualityOf('2024-01-18', '2024-01-19'), 'e');
      const real = await take({ bytes: curveFile('2024-01-18', aDay(600)) });
      assert.equal(real.values.replaced, 48);
      const worse = await take({ bytes: curveFile('2024-01-18', aDay(800), { nature: 'E' }) });
      assert.equal(worse.values.kept, 48);
      assert.equal((await consumption('day', '2024-01-18', '2024-01-19')).total, 14_400);
      assert.equal(await qualityOf('2024-01-18', '2024-01-19'), 'r');
    });

    it('tried dry reports what it would do, and stores nothing', async () => {
      const before = await everything();
      const report = await take({ bytes: curveFile('2024-01-19', aDay(700)), dryRun: true });
      assert.deepEqual([report.dryRun, report.values.added], [true, 48]);
      assert.equal(await everything(), before);
    });

    it('stores all of a file or nothing of it', async () => {
      const before = await everything();
      const days = curveFile('2024-02-01', Array.from({ length: 200 }, () => aDay(300)).flat());
      const interrupted = take({
        bytes: days,
        onProgress: (done) => {
          if (done > 100) throw new Error('the plug was pulled');
        },
      });
      await assert.rejects(interrupted, /the plug was pulled/);
      assert.equal(await everything(), before);
    });

    it('tells how far it is', async () => {
      const told: [number, number][] = [];
      await take({ bytes: curveFile('2023-09-01', Array.from({ length: 100 }, () => aDay(300)).flat()), onProgress: (done, all) => told.push([done, all]) });
      assert.deepEqual(told, [[60, 100], [100, 100]]);
    });

    it('refuses what it must not or cannot store, and says what to do', async () => {
      const bytes = curveFile('2024-01-20', aDay(100));
      const refusals: [Partial<ImportOptions> & { bytes: Uint8Array }, RegExp][] = [
        [{ bytes: curveFile('2024-01-20', aDay(100), { idPrm: '00000000009999' }) }, /no meter “00000000009999”.*\nKnown meters.*camille-linky {2}00810000000101/s],
        [{ bytes, meter: 'nobody' }, /no meter “nobody”/],
        [{ bytes, utility: 'sicae' }, /no meter “00810000000101”/],
        [{ bytes, meter: 'nadia-linky' }, /from delivery point 00810000000101.*Name the right meter/s],
        [{ bytes: curveFile('2024-01-20', aDay(100), { idPrm: '00810000000202' }) }, /lucien-linky: its customer has not consented/],
      ];
      for (const [options, message] of refusals) {
        await assert.rejects(take(options), (error) => (error instanceof ImportError || error instanceof FormatError) && message.test(error.message), String(message));
      }
      await assert.rejects(take({ bytes: new TextEncoder().encode('hello') }), FormatError);
    });

    it('of a real file gives the days that were computed independently', { skip: existsSync(SAMPLE) ? false : `${SAMPLE} is not here` }, async () => {
      const report = await take({ bytes: readFileSync(SAMPLE), meter: 'camille-linky', fileName: 'enedis_halfhour.csv' });
      assert.equal(report.rows.read, 4414);
      assert.equal((await consumption('day', '2023-03-26', '2023-03-27')).total, 75_412);
      const halfHours = await consumption('half-hour', '2023-03-26', '2023-03-27');
      assert.ok(halfHours.series.kind === 'curve');
      assert.deepEqual([halfHours.series.segments.length, halfHours.series.segments[0]?.values.length, halfHours.total], [1, 46, 75_412]);
      const months = await consumption('month', '2023-03-01', '2023-06-01');
      assert.ok(months.series.kind === 'energy');
      assert.deepEqual(months.series.values, [1_729_508, 1_596_266, 1_004_942]);
    });
  });
}
