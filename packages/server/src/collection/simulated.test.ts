/** The connectors ask the simulator: both sides of each protocol were written apart. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addDays, localDay, type LocalDay } from '@oya/contract';
import { read } from '@oya/formats';
import { startSimulator, TOKEN_PATHS, type RunningSimulator } from '@oya/simulator';
import { HttpOperator } from '../network/http-operator.ts';
import { ApiClient } from './api-client.ts';
import { DATASETS, type Connector, type Dataset, type Outcome } from './connector.ts';
import { enedis2026 } from './enedis-2026.ts';
import { enedisV5 } from './enedis-v5.ts';
import { grdfAdict } from './grdf-adict.ts';
import { rte } from './rte.ts';

const timeZone = 'Europe/Paris';
const NOW = Date.parse('2026-11-24T09:00:00Z');
const INES = '00810000001212';
const LUCIEN = '00810000000202';
const NADIA_GAS = '00810000000405';
const WEEK = { from: '2026-11-17', to: '2026-11-24' };

describe('what the connectors get of the simulator', () => {
  let simulator: RunningSimulator;
  let now = NOW;
  before(async () => (simulator = await startSimulator({ now: () => now, decideAfterMs: 1000 })));
  after(() => simulator.stop());

  const client = (service: keyof typeof TOKEN_PATHS, below = ''): ApiClient =>
    new ApiClient({
      baseUrl: simulator.baseUrl + below,
      tokenUrl: simulator.baseUrl + TOKEN_PATHS[service],
      clientId: 'portal',
      clientSecret: 'portal-secret',
      scope: service === 'grdf' ? '/adict/v2' : undefined,
      credentialsIn: service === 'rte' ? 'header' : 'body',
      now: () => now,
    });
  const ask = <D extends string>(connector: Pick<Connector<D>, 'fetch'>, dataset: D, deliveryPoint: string, period: { from: LocalDay; to: LocalDay } = WEEK): Promise<Outcome> =>
    connector.fetch({ dataset, deliveryPoint, period, timeZone }, new AbortController().signal);
  const rowsOf = async (outcome: Outcome) => {
    assert.ok(outcome.kind === 'data', JSON.stringify(outcome));
    const { rows, contents } = await read(outcome.bytes, { timeZone, direction: outcome.direction });
    assert.deepEqual(rows.skipped, []);
    return { read: rows.read, contents };
  };

  it('is every dataset of a meter, in both generations of Enedis', async () => {
    for (const connector of [enedisV5(client('enedis')), enedis2026(client('enedis'))]) {
      const counts: Partial<Record<Dataset, number>> = {};
      for (const dataset of DATASETS) counts[dataset] = (await rowsOf(await ask(connector, dataset, INES))).read;
      assert.deepEqual(counts, { days: 7, 'load-curve': 336, 'maximum-power': 7, 'production-days': 7, 'production-curve': 336 });
    }
  });

  it('is gas, and the signals of the network', async () => {
    const { contents } = await rowsOf(await ask(grdfAdict(client('grdf', '/adict/v2')), 'days', NADIA_GAS));
    assert.ok(contents.some((content) => content.kind === 'series' && content.energy === 'gas'));
    const signals = rte(client('rte'));
    assert.equal((await rowsOf(await ask(signals, 'ecowatt', ''))).read, 4);
    assert.equal((await rowsOf(await ask(signals, 'tempo', '', { from: '2026-11-20', to: '2026-11-26' }))).read, 6);
  });

  it('is why there is nothing', async () => {
    const connector = enedis2026(client('enedis'));
    assert.equal((await ask(connector, 'load-curve', LUCIEN)).kind, 'no-consent');
    assert.equal((await ask(connector, 'production-days', LUCIEN)).kind, 'not-measured');
    assert.equal((await ask(connector, 'days', LUCIEN, { from: '2021-03-15', to: '2021-03-16' })).kind, 'before-history');
    assert.equal((await ask(connector, 'days', INES, { from: '2025-02-20', to: '2025-02-27' })).kind, 'before-history');
    assert.equal((await ask(connector, 'days', LUCIEN, { from: '2026-11-24', to: '2026-11-25' })).kind, 'no-data');
    assert.equal((await ask(connector, 'days', '99999999999999')).kind, 'unknown-point');
    assert.equal((await ask(grdfAdict(client('grdf', '/adict/v2')), 'days', NADIA_GAS, { from: '2026-11-24', to: '2026-11-25' })).kind, 'no-data');
  });

  it('is what to do when it fails', async () => {
    const connector = enedisV5(client('enedis'));
    const kindUnder = async (change: Parameters<RunningSimulator['control']['change']>[0]): Promise<string> => {
      simulator.control.change(change);
      return (await ask(connector, 'days', INES)).kind;
    };
    await ask(connector, 'days', INES);
    assert.equal(await kindUnder({ services: { enedis: { failing: { as: '503', next: 1 } } } }), 'busy');
    assert.equal(await kindUnder({ services: { enedis: { failing: { as: 'truncated', next: 1 } } } }), 'busy');
    simulator.control.change({ services: { enedis: { callsPerMinute: 0 } } });
    const refused = await ask(connector, 'days', INES);
    assert.ok(refused.kind === 'quota' && (refused.retryAfterSeconds ?? 0) > 0);
    assert.equal(await kindUnder({ services: { enedis: { callsPerMinute: null } } }), 'data');
    // A token that ended early is renewed.
    assert.equal(await kindUnder({ endTokens: true }), 'data');
    assert.equal(await kindUnder({ services: { enedis: { refusesTokens: true } } }), 'refused');
    assert.equal(await kindUnder({ services: { enedis: { refusesTokens: false } } }), 'data');
  });

  it('is the curve from the day on that the operator records it', async () => {
    const operator = new HttpOperator({ url: `${simulator.baseUrl}/operator`, token: 'operator-token' });
    const ids: string[] = [];
    for (const purpose of ['curve-recording', 'curve-collection'] as const) ids.push(await operator.activate({ deliveryPoint: LUCIEN, purpose, key: `lucien ${purpose}` }));
    assert.deepEqual(await operator.answerTo(ids[0] as string), { state: 'pending' });
    const connector = enedis2026(client('enedis'));
    const today = localDay(now, timeZone);
    try {
      now = NOW + 2 * 86_400_000;
      assert.deepEqual(await operator.answerTo(ids[0] as string), { state: 'active' });
      assert.equal((await rowsOf(await ask(connector, 'load-curve', LUCIEN, { from: today, to: addDays(today, 2) }))).read, 48);
      for (const id of ids) await operator.end(id);
      assert.equal((await ask(connector, 'load-curve', LUCIEN, { from: today, to: addDays(today, 2) })).kind, 'no-consent');
    } finally {
      now = NOW;
    }
  });
});
