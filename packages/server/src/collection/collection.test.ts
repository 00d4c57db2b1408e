import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { addDays, dayStart, instant, localDay, type EnergySeries, type LoadCurve, type LocalDay, type Period } from '@oya/contract';
import { CLIENT_ID, CLIENT_SECRET, Operator, type Asked, type Reply } from '../../test/operator.ts';
import { enedis2026 as written, enedisV5Daily } from '../../../formats/src/testing.ts';
import { ecowattJson, tempoLikeCalendars } from '../../../formats/src/testing/rte.ts';
import type { Connectors } from '../connectors.ts';
import { appendConsentEvents } from '../identity/consents.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestDatabase } from '../testing.ts';
import { ApiClient } from './api-client.ts';
import { Collection } from './collection.ts';
import type { Connector } from './connector.ts';
import { enedis2026 } from './enedis-2026.ts';
import { enedisV5 } from './enedis-v5.ts';
import { takeCall } from './quota.ts';
import { rte } from './rte.ts';
import { readStates } from './states.ts';
import { collectSoon } from './turns.ts';

const PARIS = 'Europe/Paris';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CAMILLE = '00810000000101';
const NAMES: Readonly<Record<string, string>> = { consommation_quotidienne: 'days', courbe_de_charge_consommation: 'load-curve', puissance_conso_max_quotidienne: 'maximum-power' };

/** The first day that the seeded database does not know. */
const FIRST = localDay(SEEDED_AT, PARIS);

for (const engine of testEngines()) {
  describe(`the collection, on ${engine.name}`, () => {
    let operator: Operator;
    let database: TestDatabase;
    let now: number;
    const errors: unknown[] = [];

    before(async () => (operator = await Operator.start()));
    after(() => operator.stop());
    beforeEach(async () => {
      database = await engine.seeded();
      [operator.asked.length, errors.length] = [0, 0];
    });
    afterEach(() => database.drop());

    const client = () => new ApiClient({ baseUrl: operator.url, tokenUrl: `${operator.url}/token`, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, credentialsIn: 'body', now: () => now });
    const usual = { pace: { callsPerMinute: 60_000, burst: 1000 }, callsPerMeter: 20, freshFrom: 8 * 60 };
    const eneo = (more: Partial<Connector> = {}): Connectors => ({ utilities: { eneo: { electricity: { name: 'enedis', ...usual, ...enedis2026(client()), ...more } } }, signals: undefined });
    const collection = (connectors: Connectors) => new Collection({ db: database.db, connectors, now: () => now, onError: (error) => errors.push(error), sleep: (ms) => Promise.resolve(void (now += ms)) });
    const keyOf = async (id: string) => (await database.db.selectFrom('meter').select('key').where('id', '=', id).where('utility_id', '=', 'eneo').executeTakeFirstOrThrow()).key;
    const statesOf = async (id: string) => readStates(database.db, await keyOf(id));
    const midnight = (day: LocalDay) => dayStart(day, PARIS);

    describe('of a night', () => {
      /** What the meter measured: every half-hour is different. */
      const watts = (at: number) => 200 + ((at / (30 * MINUTE)) % 977);
      const vaOf = (day: LocalDay) => 3000 + (Date.parse(day) / (24 * HOUR)) % 1000;
      const late = addDays(FIRST, 4);
      /** Told as measured after the first night, when no other day asks for it. */
      const estimated = FIRST;
      /** Filled after the second. */
      const holed = addDays(FIRST, 2);

      function curveOf({ from, to }: Period): LoadCurve {
        const segments = [];
        for (let day = from; day < to; day = addDays(day, 1)) {
          if (day < FIRST || day > late || (day === late && now < midnight(addDays(late, 1)) + 8 * HOUR)) continue;
          const start = midnight(day);
          const isEstimated = day === estimated && now < midnight(addDays(late, 1)) + 24 * HOUR;
          const hasHole = day === holed && now < midnight(addDays(late, 1)) + 40 * HOUR;
          const values = Array.from({ length: 48 }, (_, index) => (hasHole && index >= 20 && index < 24 ? null : watts(start + index * 30 * MINUTE) + (isEstimated ? 50 : 0)));
          segments.push({ start: instant(start), stepMinutes: 30, values, quality: values.map((value) => (value === null ? 'm' : isEstimated ? 'e' : 'r')).join('') });
        }
        return { kind: 'curve', unit: 'W', segments };
      }

      function daysOf({ from, to }: Period): EnergySeries {
        const days = [];
        for (let day = from; day < to; day = addDays(day, 1)) if (day >= FIRST && day <= late && (day !== late || now >= midnight(addDays(late, 1)) + 8 * HOUR)) days.push(day);
        return { kind: 'energy', unit: 'Wh', step: 'day', from: days[0] ?? from, values: days.map(publishedOf), quality: 'r'.repeat(days.length) };
      }

      const sumOf = (day: LocalDay) => Array.from({ length: 48 }, (_, index) => watts(midnight(day) + index * 30 * MINUTE) / 2).reduce((sum, wh) => sum + wh, 0);
      const publishedOf = (day: LocalDay) => Math.round(sumOf(day));

      function answerOf({ path, query }: Asked): Reply {
        const { pointId = '', dateDebut: from = '', dateFin: to = '' } = query;
        const about = { timeZone: PARIS, deliveryPoint: pointId };
        const of = { energy: 'electricity', deliveryPoint: pointId, direction: 'consumption' } as const;
        const kind = NAMES[path.split('/').at(-1) ?? ''];
        const nothing = { status: 404, body: { code: 'SGT404', message: 'Pas de mesure trouvée pour ce point' } };
        if (pointId !== CAMILLE) return nothing;
        if (kind === 'load-curve') {
          const series = curveOf({ from, to });
          return series.segments.length === 0 ? nothing : { body: written([{ kind: 'series', ...of, series }], { ...about, holes: 'absent' }) };
        }
        const series = daysOf({ from, to });
        if (series.values.length === 0) return nothing;
        if (kind === 'days') return { body: written([{ kind: 'series', ...of, series }], about) };
        const days = series.values.map((_, index) => ({ day: addDays(series.from, index), power: vaOf(addDays(series.from, index)), at: null, quality: 'real' as const }));
        return { body: written([{ kind: 'maximum-power', ...of, unit: 'VA', days }], about) };
      }

      it('with quotas, errors, a hole, late data and a restart in the middle ends with every value once and marked', async () => {
        const begin = midnight(addDays(late, 1));
        now = begin;
        let calls = 0;
        let [first, second] = [collection(eneo()), collection(eneo())];
        const troubles = new Map<number, () => Reply>([
          [2, () => ({ status: 429, headers: { 'retry-after': '600' } })],
          [4, () => ({ status: 503 })],
          [6, () => ({ status: 500, body: 'oops' })],
          [7, () => ({ status: 200, body: '{"idPrm":"00810000000101","grandeur":[{"poi' })],
          // The server is stopped while it waits for an answer.
          [9, () => (first.stop(), { status: 200, body: '' })],
          [10, () => (operator.withdrawTokens(), { status: 401 })],
        ]);
        operator.answer = (asked) => troubles.get(++calls)?.() ?? answerOf(asked);

        // Nothing from before is missing: each day is asked for on its own account.
        await database.db.updateTable('contract').set({ valid_from: FIRST }).where('delivery_point', '=', CAMILLE).execute();
        // Two instances, three nights.
        for (const end = begin + 50 * HOUR; now < end; now += 20 * MINUTE) {
          await Promise.all([first.round(), second.round()]);
          if (calls === 9 || now === begin + 4 * HOUR) [first, second] = [collection(eneo()), collection(eneo())];
        }
        assert.ok(calls > 12, 'every trouble came');
        assert.deepEqual(errors, []);

        const meter = await keyOf('camille-linky');
        const channel = (await database.db.selectFrom('channel').select('key').where('meter_key', '=', meter).where('direction', '=', 'consumption').executeTakeFirstOrThrow()).key;
        const rows = await database.db.selectFrom('load_curve').selectAll().where('channel_key', '=', channel).where('day', '>=', FIRST).orderBy('day').orderBy('start_minute').execute();
        const told = rows.flatMap(({ day, start_minute, step_minutes, watts: values, quality }) => values.map((value, index) => ({ at: midnight(day) + (start_minute + index * step_minutes) * MINUTE, value, letter: quality[index] })));
        const expected = Array.from({ length: 5 * 48 }, (_, index) => ({ at: midnight(FIRST) + index * 30 * MINUTE, value: watts(midnight(FIRST) + index * 30 * MINUTE), letter: 'r' }));
        assert.deepEqual(told, expected, 'each half-hour once, in the end as measured');

        const five = Array.from({ length: 5 }, (_, index) => addDays(FIRST, index));
        const days = await database.db.selectFrom('day_energy').select(['day', 'wh', 'quality', 'source']).where('channel_key', '=', channel).where('day', '>=', FIRST).orderBy('day').execute();
        assert.deepEqual(days, five.map((day) => ({ day, wh: publishedOf(day), quality: 'r', source: 'published' })));
        const powers = await database.db.selectFrom('day_power').select(['day', 'value', 'quality']).where('channel_key', '=', channel).where('unit', '=', 'VA').where('day', '>=', FIRST).orderBy('day').execute();
        assert.deepEqual(powers, five.map((day) => ({ day, value: vaOf(day), quality: 'r' })));

        const replaced = await database.db.selectFrom('replaced_value').select(['day', 'what', 'before']).where('channel_key', '=', channel).where('what', '=', 'curve').execute();
        const [before] = replaced;
        assert.deepEqual([replaced.length, before?.day, (before?.before as { quality: string }[])[0]?.quality], [1, estimated, 'e'.repeat(48)], 'what was estimated is kept beside');

        const states = await statesOf('camille-linky');
        for (const dataset of ['days', 'load-curve', 'maximum-power'] as const) {
          const { outcome, collectedUntil, attempts, nextTry } = states.get(dataset) ?? assert.fail(dataset);
          assert.deepEqual([dataset, collectedUntil, attempts], [dataset, addDays(FIRST, 5), 0]);
          assert.ok(['data', 'no-data'].includes(outcome) && nextTry > now - 20 * MINUTE, JSON.stringify([outcome, new Date(nextTry)]));
        }
        const turns = await database.db.selectFrom('collection_turn').selectAll().execute();
        assert.ok(turns.length > 3 && turns.every(({ claim, due_at }) => claim === null && due_at !== null), 'nobody is at anything any more');
      });

      it('asks nothing twice, however many instances do it, and nothing that is known', async () => {
        now = midnight(addDays(late, 1)) + 9 * HOUR;
        operator.answer = answerOf;
        await Promise.all([collection(eneo()).round(), collection(eneo()).round(), collection(eneo()).round()]);
        const asked = operator.asked.map(({ path, query }) => JSON.stringify([path, query]));
        assert.deepEqual(asked.length, new Set(asked).size);
        const ofCamille = operator.asked.filter(({ query }) => query['pointId'] === CAMILLE);
        assert.deepEqual(ofCamille.slice(0, 3).map(({ path, query }) => [NAMES[path.split('/').at(-1) ?? ''], query['dateFin']]), [['days', addDays(FIRST, 5)], ['load-curve', addDays(FIRST, 5)], ['maximum-power', addDays(FIRST, 5)]], 'yesterday of each comes first');
        operator.asked.length = 0;
        await collection(eneo()).round();
        assert.deepEqual(operator.asked, []);
      });

      it('asks of customers who have not consented to the curve for days alone', async () => {
        now = midnight(addDays(late, 1)) + 9 * HOUR;
        operator.answer = () => ({ status: 404, body: { code: 'SGT404' } });
        await collection(eneo()).round();
        const ofLucien = operator.asked.filter(({ query }) => query['pointId'] === '00810000000202').map(({ path }) => NAMES[path.split('/').at(-1) ?? '']);
        assert.deepEqual([...new Set(ofLucien)].toSorted(), ['days', 'maximum-power']);
        assert.ok(operator.asked.every(({ query }) => (query['dateFin'] ?? '') <= addDays(late, 1)), 'nothing of a day that is not over');
      });

      it('asks for half-hours once both consents are in effect, and of no day before', async () => {
        now = midnight(addDays(late, 1)) + 9 * HOUR;
        operator.answer = () => ({ status: 404, body: { code: 'SGT404' } });
        const connectors = eneo();
        await collection(connectors).round();
        const key = await keyOf('lucien-linky');
        const activated = midnight(addDays(FIRST, 2)) + 15 * HOUR;
        await appendConsentEvents(database.db, { key, utilityId: 'eneo' }, (['curve-recording', 'curve-collection'] as const).map((purpose) => ({ purpose, kind: 'active', state: 'active', at: activated, actor: 'network-operator', customer_id: null, channel: 'system', words: null })));
        operator.asked.length = 0;
        operator.answer = ({ path, query: { pointId = '' } }) => {
          if (!path.endsWith('courbe_de_charge_consommation')) return { status: 404, body: { code: 'SGT404' } };
          const series = curveOf({ from: FIRST, to: addDays(FIRST, 5) });
          return { body: written([{ kind: 'series', energy: 'electricity', deliveryPoint: pointId, direction: 'consumption', series }], { timeZone: PARIS, deliveryPoint: pointId, holes: 'absent' }) };
        };
        now += 5 * MINUTE;
        await collection(connectors).round();
        assert.equal(operator.asked.length, 0, 'nobody said that it is urgent');
        await collectSoon(database.db, key, now);
        await collection(connectors).round();
        const curves = operator.asked.filter(({ path }) => path.endsWith('courbe_de_charge_consommation'));
        assert.deepEqual(curves.map(({ query }) => query), [{ pointId: '00810000000202', dateDebut: addDays(FIRST, 3), dateFin: addDays(FIRST, 5) }]);
        const kept = await database.db.selectFrom('load_curve').innerJoin('channel', 'channel.key', 'channel_key').select('day').where('meter_key', '=', key).orderBy('day').execute();
        assert.deepEqual(kept.map(({ day }) => day), [addDays(FIRST, 3), addDays(FIRST, 4)], 'whatever else is told is not kept');
      });
    });

    it('finds where a history begins by halves, and does not ask for what lies before it again', async () => {
      now = midnight(addDays(FIRST, 1)) + 9 * HOUR;
      const begins = addDays(FIRST, -700);
      operator.answer = ({ path, query: { pointId = '', dateDebut: from = '', dateFin: to = '' } }) => {
        if (!path.endsWith('max_quotidienne')) return { status: 404, body: { code: 'SGT404' } };
        if (from < begins) return { status: 400, body: { error: 'ADAM-ERR0123', error_description: 'before the meter was put into service' } };
        const days = [];
        for (let day = from; day < to; day = addDays(day, 1)) days.push({ day, power: 4000, at: null, quality: 'real' as const });
        return { body: written([{ kind: 'maximum-power', energy: 'electricity', deliveryPoint: pointId, direction: 'consumption', unit: 'VA', days }], { timeZone: PARIS, deliveryPoint: pointId }) };
      };
      const only = await keyOf('lucien-linky');
      await database.db.deleteFrom('day_power').execute();
      const connectors = eneo({ callsPerMeter: 100 });
      await collection(connectors).round({ only });
      const { floor, collectedUntil } = (await statesOf('lucien-linky')).get('maximum-power') ?? assert.fail();
      assert.deepEqual([floor, collectedUntil], [begins, addDays(FIRST, 1)]);
      const { earliest } = await database.db.selectFrom('day_power').select(({ fn }) => fn.min('day').as('earliest')).where('unit', '=', 'VA').executeTakeFirstOrThrow();
      assert.equal(earliest, begins);
      operator.asked.length = 0;
      now = midnight(addDays(FIRST, 2)) + 9 * HOUR;
      await collection(connectors).round({ only });
      assert.deepEqual(operator.asked.filter(({ path }) => path.endsWith('max_quotidienne')).map(({ query }) => query['dateDebut']), [addDays(FIRST, 1)]);
    });

    it('gives a meter so many calls a day, and goes on the next night', async () => {
      now = midnight(addDays(FIRST, 1)) + 9 * HOUR;
      operator.answer = () => ({ status: 404, body: { code: 'SGT404' } });
      const only = await keyOf('lucien-linky');
      const connectors = eneo({ callsPerMeter: 3, datasets: { days: { daysPerCall: 2, historyDays: 30 }, 'maximum-power': { daysPerCall: 2, historyDays: 30 } } });
      await database.db.deleteFrom('day_power').execute();
      await collection(connectors).round({ only });
      assert.equal(operator.asked.length, 3);
      await collectSoon(database.db, only, now);
      await collection(connectors).round({ only });
      assert.equal(operator.asked.length, 3, 'not even where somebody asks');
      now = midnight(addDays(FIRST, 2));
      await collection(connectors).round({ only });
      assert.equal(operator.asked.length, 6);
    });

    it('obeys who says how long to wait, for all meters at once', async () => {
      now = midnight(addDays(FIRST, 1)) + 9 * HOUR;
      operator.answer = () => ({ status: 429, headers: { 'retry-after': '1800' } });
      await collection(eneo()).round();
      const calls = operator.asked.length;
      assert.ok(calls <= 5, 'those under way at once');
      now += 1799 * 1000;
      await collection(eneo()).round();
      assert.equal(operator.asked.length, calls);
      now += 1000;
      operator.answer = () => ({ status: 404, body: { code: 'SGT404' } });
      await collection(eneo()).round();
      assert.ok(operator.asked.length > calls);
    });

    it('draws calls from one bucket, which fills with time', async () => {
      const connector = { name: 'slow', pace: { callsPerMinute: 60, burst: 2 } };
      now = SEEDED_AT;
      const take = () => takeCall(database.db, connector, now);
      assert.deepEqual((await Promise.all([take(), take(), take(), take()])).filter((wait) => wait === 0).length, 2);
      assert.equal(await take(), 1000);
      now += 1000;
      assert.deepEqual([await take(), await take()], [0, 1000]);
      now += HOUR;
      assert.deepEqual([await take(), await take(), await take()], [0, 0, 1000]);
    });

    it('says why there is nothing, and does not ask the same for ever', async () => {
      now = midnight(addDays(FIRST, 1)) + 9 * HOUR;
      operator.answer = ({ path }) => (path.endsWith('courbe_de_charge_consommation') ? { status: 403, body: { error: 'ADAM-DC-0008', error_description: 'No consent' } } : { status: 200, body: { idPrm: '00810000009999', etapeMetier: 'BRUT', grandeur: [{ grandeurMetier: 'CONS', grandeurPhysique: 'EA', unite: 'Wh', points: [{ v: '1000', d: FIRST }] }] } });
      await collection(eneo()).round({ only: await keyOf('camille-linky') });
      const states = await statesOf('camille-linky');
      const told = (['load-curve', 'days'] as const).map((dataset) => states.get(dataset)).map((state) => [state?.outcome, state?.attempts, state?.detail]);
      assert.deepEqual(told[0], ['no-consent', 1, '403 ADAM-DC-0008 No consent']);
      assert.deepEqual(told[1]?.slice(0, 2), ['broken', 1]);
      assert.match(String(told[1]?.[2]), /from delivery point 00810000009999, the meter camille-linky stands at 00810000000101/);
    });

    it('keeps production and consumption apart, though Enedis v5 tells both in the same words', async () => {
      now = midnight(addDays(FIRST, 1)) + 9 * HOUR;
      const series: EnergySeries = { kind: 'energy', unit: 'Wh', step: 'day', from: FIRST, values: [4000], quality: 'r' };
      operator.answer = ({ path, query }) => (/daily_(consumption|production)$/.test(path) ? { body: enedisV5Daily(series, { timeZone: PARIS, deliveryPoint: query['usage_point_id'] ?? '' }) } : { status: 404, body: { error: 'no_data_found' } });
      const { key, utility_id } = await database.db.selectFrom('meter').select(['key', 'utility_id']).where('id', '=', 'ines-linky').executeTakeFirstOrThrow();
      await collection({ utilities: { [utility_id]: { electricity: { name: 'v5', ...usual, ...enedisV5(client()) } } }, signals: undefined }).round({ only: key });
      const days = await database.db.selectFrom('day_energy').innerJoin('channel', 'channel.key', 'channel_key').select(['direction', 'wh']).where('meter_key', '=', key).where('day', '=', FIRST).where('source', '=', 'published').orderBy('direction').execute();
      assert.deepEqual(days, [{ direction: 'consumption', wh: 4000 }, { direction: 'production', wh: 4000 }]);
    });

    it('begins by itself with the server, and does not keep it from stopping', { timeout: 60_000 }, async () => {
      now = midnight(addDays(FIRST, 1)) + 9 * HOUR;
      const asked = new Promise<void>((resolve) => {
        operator.answer = () => (resolve(), new Promise((answer) => setTimeout(() => answer({ status: 404, body: { code: 'SGT404' } }), 30_000).unref()));
      });
      const server = await startTestServer({ engine, connectors: eneo(), now: () => now });
      await asked;
      const begin = performance.now();
      await server.app.close();
      assert.ok(performance.now() - begin < 4000, 'calls under way are broken off');
      const { claimed } = await server.db.selectFrom('collection_turn').select(({ fn }) => fn.count<number>('claim').as('claimed')).executeTakeFirstOrThrow();
      assert.equal(claimed, 0, 'whoever comes next may go on at once');
      await server.stop();
    });

    it('collects the signals of RTE until tomorrow’s colour is there for good', async () => {
      const tomorrow = addDays(FIRST, 2);
      now = midnight(addDays(FIRST, 1));
      const knownFrom = now + 11 * HOUR;
      operator.answer = ({ path, query }) => {
        const hours = Array.from({ length: 24 }, () => 1 as const);
        if (path.includes('ecowatt')) return { body: ecowattJson({ kind: 'ecowatt', days: [{ day: tomorrow, level: 2, message: 'Tendu', generatedAt: instant(now), hours }] }, PARIS) };
        const days = [];
        for (let day = (query['start_date'] ?? '').slice(0, 10); day < (query['end_date'] ?? '').slice(0, 10); day = addDays(day, 1)) days.push({ day, colour: 'blue' as const, isProvisional: day === tomorrow && now < knownFrom });
        return { body: tempoLikeCalendars({ kind: 'tempo', days }, PARIS) };
      };
      const connectors: Connectors = { utilities: {}, signals: { name: 'rte', ...usual, ...rte(client()), freshFrom: 10 * 60 + 40 } };
      await database.db.deleteFrom('tempo_day').execute();
      for (const end = now + 24 * HOUR; now < end; now += 10 * MINUTE) await collection(connectors).round();
      assert.deepEqual(errors, []);
      const { count } = await database.db.selectFrom('tempo_day').select(({ fn }) => fn.countAll<number>().as('count')).where('is_provisional', '=', false).executeTakeFirstOrThrow();
      assert.equal(count, 732);
      assert.deepEqual(await database.db.selectFrom('ecowatt_day').select(['day', 'level']).where('day', '=', tomorrow).execute(), [{ day: tomorrow, level: 2 }]);
      const calls = (name: string) => operator.asked.filter(({ path }) => path.includes(name)).length;
      assert.deepEqual([calls('tempo'), calls('ecowatt')], [3 + 2, 8]);
      assert.deepEqual((await readStates(database.db, null)).get('tempo')?.collectedUntil, addDays(tomorrow, 1));
    });
  });
}
