import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addDays, dayStart, energyByRegister, instant, registersOfDay, type Consumption, type EnergySeries, type LocalDay } from '@oya/contract';
import type { Content, IndexReadings } from '@oya/formats';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Visitor } from '../../test/visitor.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import { importDocument, ImportError, type ImportOptions } from './import-file.ts';

const PARIS = 'Europe/Paris';
/** HP and HC, by half-hours. */
const CAMILLE = { deliveryPoint: '00810000000101', energy: 'electricity' } as const;
/** BASE, by days. */
const LUCIEN = { deliveryPoint: '00810000000202', energy: 'electricity' } as const;
/** The six registers of Tempo, in a utility of their own. */
const JULIEN = { deliveryPoint: '00810000001313', energy: 'electricity' } as const;

let files = 0;

function curve(of: Pick<Content & { kind: 'series' }, 'deliveryPoint' | 'energy'>, from: LocalDay, days: (number | null)[][], letter = 'r', direction: 'consumption' | 'production' = 'consumption'): Content {
  const segments = days.map((values, index) => ({ start: instant(dayStart(addDays(from, index), PARIS)), stepMinutes: 30, values, quality: values.map((value) => (value === null ? 'm' : letter)).join('') }));
  return { kind: 'series', ...of, direction, series: { kind: 'curve', unit: 'W', segments } };
}

function daily(of: typeof LUCIEN | typeof CAMILLE, from: LocalDay, values: (number | null)[], quality = 'r'.repeat(values.length), more: Partial<EnergySeries> = {}): Content {
  return { kind: 'series', ...of, direction: 'consumption', series: { kind: 'energy', unit: 'Wh', step: 'day', from, values, quality, ...more } };
}

function indexes(of: typeof LUCIEN | typeof CAMILLE, register: string, from: LocalDay, values: (number | null)[]): IndexReadings {
  const readings = values.map((value, index) => ({ at: instant(dayStart(addDays(from, index), PARIS)), value, quality: 'real' as const }));
  return { kind: 'indexes', ...of, direction: 'consumption', register, grid: 'supplier', unit: 'Wh', readings };
}

const aDay = (watts: number) => Array.from({ length: 48 }, () => watts);

for (const engine of testEngines()) {
  describe(`what a file says, on ${engine.name}`, () => {
    let server: TestServer;
    let camille: Visitor;
    let lucien: Visitor;

    before(async () => {
      server = await startTestServer({ engine });
      [camille, lucien] = [new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo'))];
      await camille.signInAs('camille');
      await lucien.signInAs('lucien');
    });
    after(() => server.stop());

    function take(contents: Content[], options: Partial<ImportOptions> = {}) {
      const document = { format: 'enedis-v5', contents, rows: { read: 1, empty: 0, skippedCount: 0, skipped: [] } } as const;
      return importDocument(server.db, document as unknown as Parameters<typeof importDocument>[1], { fileName: 'file', bytes: new TextEncoder().encode(String(files++)), now: SEEDED_AT, ...options });
    }

    async function ask(who: Visitor, meter: string, from: LocalDay, to: LocalDay, resolution = 'day', more = '') {
      const { status, body, text } = await who.get<Consumption>(`/meters/${meter}/consumption?resolution=${resolution}&from=${from}&to=${to}${more}`);
      assert.equal(status, 200, text);
      return body;
    }

    async function energyOfDays(who: Visitor, meter: string, from: LocalDay, to: LocalDay, more = '') {
      const { series } = await ask(who, meter, from, to, 'day', more);
      assert.ok(series.kind === 'energy');
      return series;
    }

    const replaced = async (day: LocalDay) =>
      (await server.db.selectFrom('replaced_value').select(['what', 'before', 'import_key']).where('day', '=', day).orderBy('key').execute()).map(({ what, before: was, import_key }) => ({ what, was, hasFile: import_key !== null }));

    it('goes to each of its meters, in one piece', async () => {
      const report = await take([curve(CAMILLE, '2023-01-10', [aDay(400)]), daily(LUCIEN, '2023-01-10', [5000, 6000])]);
      assert.deepEqual(report.contents.map(({ what, meter, values }) => [what, meter?.id, values.added]), [['load curve, consumption', 'camille-linky', 48], ['energy by day, consumption', 'lucien-linky', 2]]);
      assert.equal((await ask(camille, 'camille-linky', '2023-01-10', '2023-01-11')).total, 9600);
      assert.equal((await ask(lucien, 'lucien-linky', '2023-01-10', '2023-01-12')).total, 11_000);
    });

    it('is refused as a whole where a meter is not known, naming each that is not', async () => {
      const nobody = { deliveryPoint: '00000000000001', energy: 'electricity' } as const;
      const attempt = take([daily(LUCIEN, '2023-01-15', [5000]), curve(nobody, '2023-01-15', [aDay(1)]), curve({ ...nobody, deliveryPoint: '00000000000002' }, '2023-01-15', [aDay(1)])]);
      await assert.rejects(attempt, (error) => error instanceof ImportError && /no meters “00000000000001”, “00000000000002”/.test(error.message));
      assert.equal((await ask(lucien, 'lucien-linky', '2023-01-15', '2023-01-16')).total, null);
    });

    it('counts the registers of a curve by the off-peak hours of the contract', async () => {
      const values = aDay(0).map((_, index) => 100 + index);
      await take([curve(CAMILLE, '2023-01-20', [values])]);
      const series = await energyOfDays(camille, 'camille-linky', '2023-01-20', '2023-01-21');
      const plan = { registers: ['HP', 'HC'], offPeak: [{ ranges: [{ from: '22:30', to: '06:30' }], from: '2019-09-01', to: null }] };
      const expected = energyByRegister('2023-01-20', [{ start: instant(dayStart('2023-01-20', PARIS)), stepMinutes: 30, values }], registersOfDay('2023-01-20', plan, PARIS) ?? [], PARIS);
      assert.deepEqual(Object.fromEntries((series.registers ?? []).map(({ code, values: [wh] }) => [code, wh])), expected);
    });

    it('takes real values for estimated ones, and the history keeps what was replaced, with the file that did it', async () => {
      await take([curve(CAMILLE, '2023-02-01', [aDay(400)], 'e')]);
      assert.deepEqual(await replaced('2023-02-01'), []);
      await take([curve(CAMILLE, '2023-02-01', [aDay(600)])]);
      assert.deepEqual(await replaced('2023-02-01'), [
        { what: 'curve', was: [{ startMinute: 0, stepMinutes: 30, watts: aDay(400), quality: 'e'.repeat(48) }], hasFile: true },
        { what: 'energy', was: { wh: 9600, dm3: null, quality: 'e', source: 'curve' }, hasFile: true },
      ]);
      await take([curve(CAMILLE, '2023-02-01', [aDay(900)], 'e')]);
      assert.equal((await replaced('2023-02-01')).length, 2, 'a worse value replaces nothing');
      const twice = { bytes: new TextEncoder().encode('the same') };
      await take([daily(LUCIEN, '2023-02-02', [4000], 'e')], twice);
      await take([daily(LUCIEN, '2023-02-02', [4200])]);
      const again = await take([daily(LUCIEN, '2023-02-02', [4000], 'e')], twice);
      assert.ok(again.alreadyImportedAt);
      assert.deepEqual(await replaced('2023-02-02'), [{ what: 'energy', was: { wh: 4000, dm3: null, quality: 'e', source: 'published' }, hasFile: true }]);
      await assert.rejects(sql`update consent_event set text_version = 'other'`.execute(server.db), /never changed/);
    });

    it('keeps volumes of gas, and powers, beside the energy', async () => {
      const nadia = new Visitor(server.baseUrl('eneo'));
      const { contracts, meters } = await nadia.signInAs('nadia');
      const gas = contracts.find(({ energy }) => energy === 'gas');
      const meter = meters.find(({ meter: { energy } }) => energy === 'gas')?.meter;
      assert.ok(gas && meter);
      await take([{ kind: 'series', deliveryPoint: gas.deliveryPoint, energy: 'gas', direction: 'consumption', series: { kind: 'energy', unit: 'Wh', step: 'day', from: '2023-03-01', values: [11_000, null], quality: 'rm', volumes: [990, null] } }]);
      assert.deepEqual((await energyOfDays(nadia, meter.id, '2023-03-01', '2023-03-03')).volumes, [990, null]);
      const power = (voltAmperes: number, quality: 'real' | 'estimated') => ({ kind: 'maximum-power' as const, ...LUCIEN, direction: 'consumption' as const, unit: 'VA' as const, days: [{ day: '2023-03-01', power: voltAmperes, at: '2023-03-01T18:00:00Z', quality }] });
      await take([daily(LUCIEN, '2023-03-01', [9000]), power(4200, 'estimated')]);
      const better = await take([power(4500, 'real')]);
      assert.equal(better.contents[0]?.values.replaced, 1);
      assert.equal((await take([power(1, 'estimated')])).contents[0]?.values.kept, 1);
      assert.deepEqual((await energyOfDays(lucien, 'lucien-linky', '2023-03-01', '2023-03-02')).maximumPower, { unit: 'VA', values: [4500] });
    });

    it('computes the energy and the registers of days from indexes of midnights that follow each other, whatever file they came in', async () => {
      await take([indexes(CAMILLE, 'HP', '2023-03-10', [1_000_000, 1_006_000]), indexes(CAMILLE, 'HC', '2023-03-10', [500_000, 503_000])]);
      const report = await take([indexes(CAMILLE, 'HP', '2023-03-12', [1_013_000]), indexes(CAMILLE, 'HC', '2023-03-12', [507_000])]);
      assert.match(report.contents.at(-1)?.notes.join() ?? '', /energy of 1 day follows/);
      const series = await energyOfDays(camille, 'camille-linky', '2023-03-10', '2023-03-13');
      assert.deepEqual([series.values, series.registers], [[9000, 11_000, null], [{ code: 'HP', values: [6000, 7000, null] }, { code: 'HC', values: [3000, 4000, null] }]]);
    });

    it('computes nothing from an index that goes back or that leaps, and says so', async () => {
      const report = await take([indexes(LUCIEN, 'BASE', '2023-03-20', [999_990, 10, 5000, 90_000_000])]);
      const notes = report.contents[0]?.notes.join('\n') ?? '';
      assert.match(notes, /2023-03-20, register BASE: from 999990 to 10 Wh the index goes back/);
      assert.match(notes, /2023-03-22, register BASE: .* more than can pass in a day/);
      assert.deepEqual((await energyOfDays(lucien, 'lucien-linky', '2023-03-20', '2023-03-23')).values, [null, 4990, null]);
    });

    it('spreads a period between readings over its days as estimates that add up to it, and leaves measured days alone', async () => {
      const period = (from: LocalDay, to: LocalDay, energy: number): Content => ({ kind: 'periods', ...LUCIEN, periods: [{ from, to, energy, volume: null, indexStart: 1, indexEnd: 2, quality: 'real' }] });
      await take([daily(LUCIEN, '2023-04-03', [7777])]);
      const report = await take([period('2023-04-01', '2023-05-01', 100_001)]);
      assert.match(report.contents[0]?.notes.join() ?? '', /spread evenly over 29 days, as estimates/);
      const series = await energyOfDays(lucien, 'lucien-linky', '2023-04-01', '2023-05-01');
      assert.equal(series.values[2], 7777);
      assert.equal(series.quality, `ee${'r'}${'e'.repeat(27)}`);
      await take([period('2023-05-01', '2023-06-01', 100_001)]);
      assert.equal((await ask(lucien, 'lucien-linky', '2023-05-01', '2023-06-01', 'month')).total, 100_001);
      await take([daily(LUCIEN, '2023-05-02', [1234], 'e')]);
      assert.equal((await energyOfDays(lucien, 'lucien-linky', '2023-05-02', '2023-05-03')).values[0], 1234, 'even an estimate of the day itself is better than a share');
      assert.equal((await replaced('2023-05-02')).length, 1);
    });

    it('compares a contract with the one here and changes nothing', async () => {
      const contractOf = () => server.db.selectFrom('contract').selectAll().where('id', '=', 'camille-electricity').executeTakeFirst();
      const known = await contractOf();
      const told = { kind: 'contract', ...CAMILLE, tariff: 'BTINFCUST', from: '2019-09-01', details: { segment: 'C5' } } as const;
      const other = await take([{ ...told, subscribedPowerKva: 12, offPeakHours: 'HC (22H30-6H30)' }]);
      const notes = other.contents[0]?.notes.join('\n') ?? '';
      assert.match(notes, /subscribed power: 12 kVA by the file, 9 kVA here\noff-peak hours: HC \(22H30-6H30\) by the file, 01:34-07:34, 12:04-14:04 here\nthe file also says: BTINFCUST; since 2019-09-01; segment: C5\nnothing was changed/);
      const same = await take([{ ...told, subscribedPowerKva: 9, offPeakHours: 'HC (12H04-14H04;1H34-7H34)' }]);
      assert.match(same.contents[0]?.notes.join('\n') ?? '', /what both know is the same/);
      assert.deepEqual(await contractOf(), known);
    });

    it('lists who may ask for what, and stores nothing', async () => {
      const { contents } = await take([{ kind: 'access-rights', rights: [{ deliveryPoint: 'GI000001', state: 'Active', from: '2023-01-01', to: null, details: {} }] }]);
      assert.deepEqual(contents[0]?.notes, ['GI000001: Active, from 2023-01-01', 'nothing to store']);
    });

    it('shows what a meter feeds in, apart from what it draws', async () => {
      assert.equal((await camille.get(`/meters/camille-linky/consumption?resolution=day&from=2023-06-01&to=2023-06-02&direction=production`)).status, 422);
      const report = await take([curve(CAMILLE, '2023-06-01', [aDay(200)]), curve(CAMILLE, '2023-06-01', [aDay(50)], 'r', 'production')]);
      assert.match(report.contents[1]?.notes.join() ?? '', /its customer sees it from now on/);
      assert.equal((await ask(camille, 'camille-linky', '2023-06-01', '2023-06-02')).total, 4800);
      const fedIn = await ask(camille, 'camille-linky', '2023-06-01', '2023-06-02', 'day', '&direction=production');
      assert.deepEqual([fedIn.total, fedIn.cost], [1200, undefined]);
    });

    it('counts days of Tempo anew when their colours come, and takes no provisional colour for a final one', async () => {
      const julien = new Visitor(server.baseUrl('sicae'));
      await julien.signInAs('julien');
      const registers = async () => (await energyOfDays(julien, 'julien-linky', '2022-12-05', '2022-12-06')).registers?.map(({ code, values: [wh] }) => [code, wh]);
      await take([curve(JULIEN, '2022-12-05', [aDay(1000)])]);
      assert.equal(await registers(), undefined);
      const tempo = (colours: [LocalDay, 'blue' | 'white' | 'red', boolean?][]): Content => ({ kind: 'tempo', days: colours.map(([day, colour, isProvisional = false]) => ({ day, colour, isProvisional })) });
      await take([tempo([['2022-12-04', 'blue'], ['2022-12-05', 'white', true]])]);
      assert.deepEqual(await registers(), [['HPJW', 16_000], ['HCJB', 6000], ['HCJW', 2000]].sort((left, right) => order(left[0]) - order(right[0])));
      const final = await take([tempo([['2022-12-05', 'red']])]);
      assert.match(final.contents[0]?.notes.join() ?? '', /days of 1 meter were counted anew/);
      assert.deepEqual(await registers(), [['HCJB', 6000], ['HPJR', 16_000], ['HCJR', 2000]]);
      const late = await take([tempo([['2022-12-05', 'white', true]])]);
      assert.deepEqual([late.values.kept, (await registers())?.length], [1, 3]);
    });

    it('keeps the colour that was announced for a day before another; one that could still change was not', async () => {
      const tempo = (colour: 'blue' | 'white' | 'red', isProvisional = false): Content => ({ kind: 'tempo', days: [{ day: '2022-12-12', colour, isProvisional }] });
      const known = async () => {
        const { changed_at: at, ...rest } = await server.db.selectFrom('tempo_day').select(['colour', 'is_provisional', 'former_colour', 'changed_at']).where('day', '=', '2022-12-12').executeTakeFirstOrThrow();
        return { ...rest, isDated: at !== null };
      };
      await take([tempo('blue', true)]);
      await take([tempo('white')]);
      assert.deepEqual(await known(), { colour: 'white', is_provisional: false, former_colour: null, isDated: false });
      await take([tempo('red')]);
      await take([tempo('red')]);
      assert.deepEqual(await known(), { colour: 'red', is_provisional: false, former_colour: 'white', isDated: true });
    });

    it('keeps the EcoWatt signal that was made last', async () => {
      const signal = (generatedAt: string, level: 1 | 2 | 3): Content => ({ kind: 'ecowatt', days: [{ day: '2023-01-05', level, message: `${level}`, generatedAt, hours: [1, null] }] });
      await take([signal('2023-01-04T17:00:00Z', 2)]);
      assert.equal((await take([signal('2023-01-04T07:00:00Z', 1)])).values.kept, 1);
      assert.deepEqual(await server.db.selectFrom('ecowatt_day').select(['level', 'hours']).where('day', '=', '2023-01-05').execute(), [{ level: 2, hours: [1, null] }]);
    });

    it('comes to the same in two halves, in whatever order, as whole', async () => {
      const DAYS = 6;
      const days = fc.array(fc.oneof(fc.constant(null), fc.nat(9000)), { minLength: DAYS, maxLength: DAYS });
      const contentsOf = (from: LocalDay, curves: (number | null)[], energies: (number | null)[], steps: (number | null)[], first: number, end: number): Content[] => {
        const at = addDays(from, first);
        const slice = <T,>(values: T[]) => values.slice(first, end);
        let reached = 1_000_000;
        const indexValues = steps.map((step) => (reached += step ?? 0));
        return [
          curve(CAMILLE, at, slice(curves).map((watts) => aDay(watts ?? 0).map((value) => (watts === null ? null : value)))),
          daily(CAMILLE, at, slice(energies).map((wh) => wh && wh * 24), slice(energies).map((wh) => (wh === null ? 'm' : 'r')).join('')),
          indexes(CAMILLE, 'HP', at, slice(indexValues)),
          indexes(CAMILLE, 'HC', at, slice(indexValues)),
          { kind: 'periods', ...CAMILLE, periods: Array.from({ length: (end - first) / 2 }, (_, place) => ({ from: addDays(at, place * 2), to: addDays(at, place * 2 + 2), energy: 5001, volume: null, indexStart: null, indexEnd: null, quality: 'real' as const })) },
        ];
      };
      const stored = async (from: LocalDay) => {
        const within = sql`day >= ${from} and day < ${addDays(from, DAYS + 1)} and channel_key = (select channel.key from channel join meter on meter.key = meter_key where id = 'camille-linky' and direction = 'consumption')`;
        const { rows } = await sql<{ all: string }>`select
          coalesce((select jsonb_agg(jsonb_build_array(day - ${from}::date, wh, quality, source) order by day)::text from day_energy where ${within}), '')
          || coalesce((select jsonb_agg(jsonb_build_array(day - ${from}::date, code, wh, quality) order by day, code)::text from day_register where ${within}), '')
          || coalesce((select jsonb_agg(jsonb_build_array(day - ${from}::date, unit, value, quality) order by day, unit)::text from day_power where ${within}), '')
          || coalesce((select jsonb_agg(jsonb_build_array(day - ${from}::date, start_minute, watts, quality) order by day)::text from load_curve where ${within}), '') as all`.execute(server.db);
        return rows[0]?.all;
      };
      let from = '2020-01-01';
      await fc.assert(
        fc.asyncProperty(days, days, days, fc.constantFrom(2, 4), async (curves, energies, steps, cut) => {
          const results: unknown[] = [];
          for (const parts of [[[0, DAYS]], [[0, cut], [cut, DAYS]], [[cut, DAYS], [0, cut]]] as [number, number][][]) {
            from = addDays(from, 20);
            for (const [first, end] of parts) await take(contentsOf(from, curves, energies, steps, first, end));
            results.push(await stored(from));
          }
          assert.equal(results[1], results[0]);
          assert.equal(results[2], results[0]);
        }),
        { numRuns: 12 },
      );
    });
  });
}

function order(code: string | number | undefined): number {
  return ['HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR'].indexOf(String(code));
}
