import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { dayStart, instant, type EnergySeries, type LoadCurve } from '@oya/contract';
import { read } from '@oya/formats';
import { CLIENT_ID, CLIENT_SECRET, Operator, type Reply } from '../../test/operator.ts';
import { enedis2026 as written2026, enedis2026LoadCurve, enedisError, enedisV5Daily, enedisV5LoadCurve, enedisV5MaximumPower } from '../../../formats/src/testing.ts';
import { grdfAdict as writtenAdict, daysOf } from '../../../formats/src/testing/grdf.ts';
import { ecowattJson, tempoLikeCalendars } from '../../../formats/src/testing/rte.ts';
import { ApiClient, type ApiClientOptions } from './api-client.ts';
import type { Connector, Dataset, Outcome, Question } from './connector.ts';
import { enedis2026 } from './enedis-2026.ts';
import { enedisV5 } from './enedis-v5.ts';
import { grdfAdict } from './grdf-adict.ts';
import { rte } from './rte.ts';

const timeZone = 'Europe/Paris';
const deliveryPoint = '00810000000101';
const PCE = 'GI000404';
const file = { timeZone, deliveryPoint };
const period = { from: '2026-11-17', to: '2026-11-24' };
const curve: LoadCurve = { kind: 'curve', unit: 'W', segments: [{ start: instant(dayStart('2026-11-17', timeZone)), stepMinutes: 30, values: Array.from({ length: 7 * 48 }, (_, index) => 300 + index), quality: 'r'.repeat(7 * 48) }] };
const days: EnergySeries = { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-17', values: [9000, 8000, null, 7000], quality: 'rrmr' };
const powers = { unit: 'VA' as const, days: [{ day: '2026-11-17', power: 5400, at: '2026-11-17T18:31:00Z', quality: 'real' as const }] };

describe('a connector', () => {
  let operator: Operator;
  let now: number;
  let signal: AbortSignal;
  before(async () => (operator = await Operator.start()));
  after(() => operator.stop());
  afterEach(() => {
    operator.asked.length = 0;
    operator.tokenRequests.length = 0;
    operator.tokenReply = undefined;
    operator.tokenLife = 3600;
  });

  const client = (more: Partial<ApiClientOptions> = {}): ApiClient => {
    [now, signal] = [0, new AbortController().signal];
    return new ApiClient({ baseUrl: `${operator.url}/base/`, tokenUrl: `${operator.url}/token`, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, credentialsIn: 'body', now: () => now, ...more });
  };
  const ask = <D extends string>(connector: Pick<Connector<D>, 'fetch'>, question: Partial<Question<D>> & { dataset: D }): Promise<Outcome> => connector.fetch({ deliveryPoint, period, timeZone, ...question }, signal);
  const answering = (reply: Reply | Uint8Array) => (operator.answer = () => (reply instanceof Uint8Array ? { body: reply } : reply));
  const contentsOf = async (outcome: Outcome) => {
    assert.ok(outcome.kind === 'data', JSON.stringify(outcome));
    return (await read(outcome.bytes, { timeZone, direction: outcome.direction })).contents;
  };
  const kindOf = async (outcome: Promise<Outcome>) => (await outcome).kind;

  describe('lets itself in', () => {
    it('with one token for many calls, renewed before it ends', async () => {
      answering(enedisV5Daily(days, file));
      const connector = enedisV5(client());
      await Promise.all(Array.from({ length: 5 }, () => ask(connector, { dataset: 'days' })));
      assert.deepEqual(operator.tokenRequests, [{ grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET, credentialsIn: 'body' }]);
      now = 3_560_000;
      assert.equal(await kindOf(ask(connector, { dataset: 'days' })), 'data');
      assert.equal(operator.tokenRequests.length, 2);
    });

    it('with credentials in a header, encoded as the standard says, and with a scope', async () => {
      answering(enedisV5Daily(days, file));
      assert.equal(await kindOf(ask(enedisV5(client({ credentialsIn: 'header', scope: '/adict/v2' })), { dataset: 'days' })), 'data');
      assert.deepEqual(operator.tokenRequests, [{ grant_type: 'client_credentials', scope: '/adict/v2', credentialsIn: 'header' }]);
    });

    it('with another token where one was withdrawn, once', async () => {
      answering(enedisV5Daily(days, file));
      const connector = enedisV5(client());
      await ask(connector, { dataset: 'days' });
      operator.withdrawTokens();
      assert.equal(await kindOf(ask(connector, { dataset: 'days' })), 'data');
      assert.equal(operator.tokenRequests.length, 2);
      answering({ status: 401 });
      assert.equal(await kindOf(ask(connector, { dataset: 'days' })), 'refused');
      assert.equal(operator.tokenRequests.length, 3);
    });

    it('or says why not', async () => {
      const refused = await ask(enedisV5(client({ clientSecret: 'wrong' })), { dataset: 'days' });
      assert.ok(refused.kind === 'refused' && /gives no token \(401, invalid_client\): check client id and secret/.test(refused.detail), JSON.stringify(refused));
      const replies: [Reply, Outcome['kind']][] = [[{ status: 503, headers: { 'retry-after': '30' } }, 'busy'], [{ status: 429 }, 'quota'], [{ status: 200, body: 'hello' }, 'broken'], [{ status: 302, headers: { location: 'https://elsewhere.example' } }, 'broken']];
      for (const [reply, kind] of replies) {
        operator.tokenReply = reply;
        assert.equal(await kindOf(ask(enedisV5(client()), { dataset: 'days' })), kind);
      }
    });
  });

  describe('tells', () => {
    it('that it is to wait, and for how long', async () => {
      const connector = enedisV5(client());
      answering({ status: 429, headers: { 'retry-after': '120' } });
      assert.deepEqual(await ask(connector, { dataset: 'days' }), { kind: 'quota', detail: `${new URL(operator.url).host}: too many calls`, retryAfterSeconds: 120 });
      answering({ status: 503, headers: { 'retry-after': new Date(Date.now() + 90_000).toUTCString() } });
      const busy = await ask(connector, { dataset: 'days' });
      assert.ok(busy.kind === 'busy' && (busy.retryAfterSeconds ?? 0) > 80 && (busy.retryAfterSeconds ?? 0) <= 90, JSON.stringify(busy));
    });

    it('that nobody answers, or not in time', async () => {
      const nobody = await ask(enedisV5(client({ tokenUrl: 'http://127.0.0.1:9/token' })), { dataset: 'days' });
      assert.equal(nobody.kind, 'busy');
      operator.answer = () => new Promise((resolve) => setTimeout(() => resolve({}), 500));
      const slow = await ask(enedisV5(client({ timeoutMs: 100 })), { dataset: 'days' });
      assert.ok(slow.kind === 'busy' && /no answer in time/.test(slow.detail), JSON.stringify(slow));
    });

    it('nothing once it is stopped', async () => {
      operator.answer = () => new Promise((resolve) => setTimeout(() => resolve({}), 500));
      const connector = enedisV5(client());
      const stopping = new AbortController();
      const asked = connector.fetch({ dataset: 'days', deliveryPoint, period, timeZone }, stopping.signal);
      setTimeout(() => stopping.abort(new Error('the server stops')), 50);
      await assert.rejects(asked, /the server stops/);
    });
  });

  describe('to Enedis v5', () => {
    it('asks by name for each dataset, and its answers can be read', async () => {
      const paths: Record<Dataset, string> = {
        days: '/base/metering_data_dc/v5/daily_consumption',
        'load-curve': '/base/metering_data_clc/v5/consumption_load_curve',
        'maximum-power': '/base/metering_data_dcmp/v5/daily_consumption_max_power',
        'production-days': '/base/metering_data_dp/v5/daily_production',
        'production-curve': '/base/metering_data_plc/v5/production_load_curve',
      };
      const files: Record<Dataset, Uint8Array> = { days: enedisV5Daily(days, file), 'load-curve': enedisV5LoadCurve(curve, file), 'maximum-power': enedisV5MaximumPower(powers, file), 'production-days': enedisV5Daily(days, file), 'production-curve': enedisV5LoadCurve(curve, file) };
      const connector = enedisV5(client());
      for (const dataset of Object.keys(paths) as Dataset[]) {
        answering(files[dataset]);
        const [content, ...others] = await contentsOf(await ask(connector, { dataset }));
        assert.deepEqual(operator.asked.at(-1), { path: paths[dataset], query: { usage_point_id: deliveryPoint, start: '2026-11-17', end: '2026-11-24' } });
        assert.ok(content && 'direction' in content && others.length === 0);
        assert.equal(content.direction, dataset.startsWith('production') ? 'production' : 'consumption', dataset);
      }
    });

    it('knows what its errors mean, with and without their prefix', async () => {
      const connector = enedisV5(client());
      const codes: [number, string, Outcome['kind']][] = [
        [403, 'ADAM-DC-0008', 'no-consent'], [403, 'DC-0007', 'no-consent'], [400, 'ADAM-DC-0009', 'before-history'], [400, 'ADAM-DC-0016', 'before-history'], [400, 'ADAM-ERR0125', 'before-history'],
        [400, 'ADAM-ERR0123', 'before-history'], [400, 'ADAM-DC-0015', 'broken'], [400, 'ADAM-ERR0075', 'not-measured'], [404, 'no_data_found', 'no-data'], [404, 'ADAM-ERR9999', 'unknown-point'], [403, '900908', 'refused'], [500, 'oops', 'broken'], [429, '900802', 'quota'],
      ];
      for (const [status, code, kind] of codes) {
        answering({ status, body: enedisError(code, `about ${code}`) });
        const outcome = await ask(connector, { dataset: 'load-curve' });
        assert.equal(outcome.kind, kind, code);
        if (outcome.kind !== 'data' && kind !== 'quota') assert.equal(outcome.detail, `${status} ${code} about ${code}`);
      }
      answering({ status: 200, body: '<html>' });
      assert.equal(await kindOf(ask(connector, { dataset: 'days' })), 'broken');
      answering(enedisV5Daily({ ...days, values: [null], quality: 'm' }, file));
      assert.equal(await kindOf(ask(connector, { dataset: 'days' })), 'no-data');
    });
  });

  describe('to Enedis of 2026', () => {
    it('asks by name for each dataset, and its answers can be read', async () => {
      const connector = enedis2026(client());
      answering(enedis2026LoadCurve(curve, file));
      const [content] = await contentsOf(await ask(connector, { dataset: 'load-curve' }));
      assert.deepEqual(operator.asked.at(-1), { path: '/base/mesure_synchrone_auto/v2/courbe_de_charge_consommation', query: { pointId: deliveryPoint, dateDebut: '2026-11-17', dateFin: '2026-11-24' } });
      assert.ok(content?.kind === 'series' && content.series.kind === 'curve');
      assert.deepEqual(content.series.segments, curve.segments);
      answering(written2026([{ kind: 'maximum-power', energy: 'electricity', deliveryPoint, direction: 'consumption', ...powers }], file));
      const [power] = await contentsOf(await ask(connector, { dataset: 'maximum-power' }));
      assert.deepEqual(operator.asked.at(-1)?.query, { pointId: deliveryPoint, dateDebut: '2026-11-17', dateFin: '2026-11-24', mesuresPas: 'P1D', grandeurPhysique: 'PMA' });
      assert.equal(power?.kind, 'maximum-power');
      for (const [dataset, name] of [['days', 'consommation_quotidienne'], ['production-days', 'production_quotidienne'], ['production-curve', 'courbe_de_charge_production']] as const) {
        await ask(connector, { dataset });
        assert.equal(operator.asked.at(-1)?.path, `/base/mesure_synchrone_auto/v2/${name}`);
      }
    });

    it('knows what its errors mean, also in a list or inside those of a gateway', async () => {
      const connector = enedis2026(client());
      const replies: [number, object, Outcome['kind']][] = [
        [404, { code: 'SGT404', message: 'Pas de mesure trouvée pour ce point' }, 'no-data'],
        [404, [{ code: 'STM-ERR-0000014', message: 'Aucune mesure' }], 'no-data'],
        [403, { code: 'SGT403', message: 'Accès refusé' }, 'no-consent'],
        [500, { error: { enedis_return: null, code: 900908 } }, 'refused'],
        [200, { enedis_return: { error: 'ADAM-ERR0075' } }, 'not-measured'],
        [200, { grandeur: [] }, 'no-data'],
        [200, { grandeur: [{ points: [] }] }, 'no-data'],
        [400, {}, 'broken'],
      ];
      for (const [status, body, kind] of replies) {
        answering({ status, body });
        assert.equal(await kindOf(ask(connector, { dataset: 'days' })), kind, JSON.stringify(body));
      }
    });
  });

  describe('to GRDF ADICT', () => {
    it('asks for gas days, a record a line, and its answers can be read', async () => {
      const gas = daysOf({ ...days, values: [12_000, 14_000, 0, 15_000], quality: 'rrrp', volumes: [1000, 1200, 0, 1300] });
      answering(writtenAdict(gas, PCE, timeZone));
      const contents = await contentsOf(await ask(grdfAdict(client()), { dataset: 'days', deliveryPoint: PCE }));
      assert.deepEqual(operator.asked, [{ path: `/base/pce/${PCE}/donnees_consos_informatives`, query: { date_debut: '2026-11-17', date_fin: '2026-11-24' } }]);
      const series = contents.find(({ kind }) => kind === 'series');
      assert.ok(series?.kind === 'series' && series.series.kind === 'energy' && series.energy === 'gas');
      assert.deepEqual(series.series.values, [12_000, 14_000, 0, 15_000]);
    });

    it('knows what its statuses mean, which come with every HTTP status', async () => {
      const connector = grdfAdict(client());
      const line = (code: string) => JSON.stringify({ pce: { id_pce: PCE }, consommation: null, statut_restitution: { code, message: `about ${code}` } });
      const replies: [Reply, Outcome['kind']][] = [
        [{ body: `${line('1000008')}\n` }, 'no-data'], [{ body: line('1000001') }, 'no-consent'], [{ status: 403, body: line('1000002') }, 'no-consent'], [{ body: line('1000014') }, 'no-consent'], [{ body: line('2000100') }, 'broken'],
        [{ status: 404, body: JSON.stringify({ code_statut_traitement: '1000000006', message_retour_traitement: 'PCE inconnu' }) }, 'unknown-point'], [{ body: '' }, 'no-data'], [{ status: 400, body: 'no' }, 'broken'], [{ status: 504 }, 'busy'],
      ];
      for (const [reply, kind] of replies) {
        answering(reply);
        assert.equal(await kindOf(ask(connector, { dataset: 'days' })), kind, JSON.stringify(reply));
      }
    });
  });

  describe('to RTE', () => {
    const hours = Array.from({ length: 24 }, () => 1 as const);

    it('asks for the signals of EcoWatt, and for colours from midnight to midnight on the clock', async () => {
      const connector = rte(client({ credentialsIn: 'header' }));
      answering(ecowattJson({ kind: 'ecowatt', days: [{ day: '2026-11-25', level: 1, message: 'Pas d’alerte', generatedAt: '2026-11-24T11:00:00Z', hours }] }, timeZone));
      const [ecowatt] = await contentsOf(await ask(connector, { dataset: 'ecowatt' }));
      assert.ok(ecowatt?.kind === 'ecowatt' && ecowatt.days[0]?.day === '2026-11-25');
      answering(tempoLikeCalendars({ kind: 'tempo', days: [{ day: '2026-11-25', colour: 'white', isProvisional: true }] }, timeZone));
      const [tempo] = await contentsOf(await ask(connector, { dataset: 'tempo', period: { from: '2026-10-20', to: '2026-11-26' } }));
      assert.deepEqual(tempo, { kind: 'tempo', days: [{ day: '2026-11-25', colour: 'white', isProvisional: true }] });
      assert.deepEqual(operator.asked, [
        { path: '/base/open_api/ecowatt/v5/signals', query: {} },
        { path: '/base/open_api/tempo_like_supply_contract/v1/tempo_like_calendars', query: { start_date: '2026-10-20T00:00:00+02:00', end_date: '2026-11-26T00:00:00+01:00', fallback_status: 'true' } },
      ]);
    });

    it('tells what it refuses', async () => {
      const connector = rte(client());
      const replies: [Reply, Outcome['kind']][] = [[{ body: { tempo_like_calendars: { values: [] } } }, 'no-data'], [{ status: 400, body: { error: 'TMPLIKSUPCON_TMPLIKCAL_F03', error_description: 'x' } }, 'broken'], [{ status: 403 }, 'refused']];
      for (const [reply, kind] of replies) {
        answering(reply);
        assert.equal(await kindOf(ask(connector, { dataset: 'tempo' })), kind);
      }
    });
  });
});
