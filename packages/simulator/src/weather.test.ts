import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { addDays, qualityAt, type EnergySeries, type LoadCurve } from '@oya/contract';
import type { Content } from '@oya/formats';
import { TOKEN_PATHS } from './credentials.ts';
import { CAMILLE, NADIA_GAS, NOW, simulate, type TestSimulator } from './testing.ts';

const DAILY = '/metering_data_dc/v5/daily_consumption';
const DAILY_2026 = '/mesure_synchrone_auto/v2/consommation_quotidienne';
const OF_A_WEEK = { usage_point_id: CAMILLE, start: '2026-11-17', end: '2026-11-24' };
const OF_A_WEEK_2026 = { pointId: CAMILLE, dateDebut: '2026-11-17', dateFin: '2026-11-24' };
const SIGNALS = '/open_api/ecowatt/v5/signals';
const MINUTE = 60_000;

const open: TestSimulator[] = [];
let simulator: TestSimulator;
beforeEach(async () => {
  simulator = await simulate();
  open.push(simulator);
  // Its token is not counted below.
  await simulator.ask(DAILY, OF_A_WEEK);
});
after(async () => void (await Promise.all(open.map((each) => each.stop()))));

const status = async (path = DAILY): Promise<number> => (await simulator.ask(path, path === DAILY ? OF_A_WEEK : {})).status;

function series(contents: Content[]): EnergySeries {
  const content = contents.find(({ kind }) => kind === 'series');
  assert.ok(content?.kind === 'series' && content.series.kind === 'energy');
  return content.series;
}

describe('the services', () => {
  it('allow so many calls a minute, and tell when to come again', async () => {
    simulator.control.change({ services: { enedis: { callsPerMinute: 2 } } });
    assert.deepEqual([await status(), await status(), await status()], [200, 200, 429]);
    const response = await simulator.ask(DAILY, OF_A_WEEK);
    const wait = Number(response.headers.get('retry-after'));
    assert.ok(wait > 0 && wait <= 61);
    assert.equal(await status(SIGNALS), 200);
    simulator.now = NOW + wait * 1000;
    assert.equal(await status(), 200);
  });

  it('allow so many calls a day', async () => {
    simulator.control.change({ services: { enedis: { callsPerDay: 1 } } });
    assert.deepEqual([await status(), await status()], [200, 429]);
    simulator.now = NOW + 60 * MINUTE;
    assert.equal(await status(), 429);
  });

  it('fail as often as they are told, and then no more', async () => {
    simulator.control.change({ services: { enedis: { failing: { as: '503', next: 2 } } } });
    assert.deepEqual([await status(), await status(), await status()], [503, 503, 200]);
    simulator.control.change({ services: { enedis: { failing: { as: '500' } } } });
    assert.deepEqual([await status(), await status()], [500, 500]);
    simulator.control.change({ services: { enedis: { failing: null } } });
    assert.equal(await status(), 200);
  });

  it('break an answer off half-way, though they told its length', async () => {
    simulator.control.change({ services: { enedis: { failing: { as: 'truncated', next: 1 } } } });
    const response = await simulator.ask(DAILY, OF_A_WEEK);
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
    assert.equal(await status(), 200);
  });

  it('give no answer at all, and are slow', async () => {
    const token = await simulator.token('enedis');
    const ask = (patience: number): Promise<Response> => fetch(`${simulator.baseUrl}${DAILY}?${new URLSearchParams(OF_A_WEEK).toString()}`, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(patience) });
    simulator.control.change({ services: { enedis: { failing: { as: 'timeout', next: 1 } } } });
    await assert.rejects(ask(100), { name: 'TimeoutError' });
    simulator.control.change({ services: { enedis: { latencyMs: 150 } } });
    await assert.rejects(ask(50), { name: 'TimeoutError' });
    assert.equal((await ask(5000)).status, 200);
  });

  it('fail by chance, and the same with the same seed', async () => {
    const run = async (seed: number): Promise<number[]> => {
      const other = await simulate({ seed });
      open.push(other);
      other.control.change({ services: { rte: { failShare: 0.5 } } });
      const token = 'Bearer none';
      const statuses: number[] = [];
      for (let count = 0; count < 30; count++) statuses.push((await fetch(other.baseUrl + SIGNALS, { headers: { authorization: token } })).status);
      return statuses;
    };
    const first = await run(7);
    assert.deepEqual(await run(7), first);
    assert.notDeepEqual(await run(8), first);
    assert.ok(first.includes(503) && first.includes(401));
  });
});

describe('tokens', () => {
  it('end after their life, are of one company, and are given for the right credentials only', async () => {
    const own = await simulate({ tokenLifeSeconds: 3600 });
    open.push(own);
    assert.equal((await own.ask(DAILY, OF_A_WEEK)).status, 200);
    own.now = NOW + 3600 * 1000;
    assert.equal((await own.ask(DAILY, OF_A_WEEK)).status, 401);
    const token = await simulator.token('grdf');
    const ask = (path: string): Promise<Response> => fetch(simulator.baseUrl + path, { headers: { authorization: `Bearer ${token}` } });
    assert.equal((await ask('/adict/v2/droits_acces')).status, 200);
    assert.equal((await ask(SIGNALS)).status, 401);
    const form = { grant_type: 'client_credentials', client_id: 'portal', client_secret: 'wrong' };
    assert.equal((await fetch(simulator.baseUrl + TOKEN_PATHS.enedis, { method: 'POST', body: new URLSearchParams(form) })).status, 401);
    // RTE takes the credentials in the header only.
    assert.equal((await fetch(simulator.baseUrl + TOKEN_PATHS.rte, { method: 'POST', body: new URLSearchParams({ ...form, client_secret: 'portal-secret' }) })).status, 401);
  });

  it('are all refused, or ended at once', async () => {
    simulator.control.change({ services: { enedis: { refusesTokens: true } } });
    assert.equal(await status(), 401);
    simulator.control.change({ services: { enedis: { refusesTokens: false } } });
    assert.equal(await status(), 200);
    simulator.control.change({ endTokens: true });
    assert.equal(await status(), 401);
  });
});

describe('the data', () => {
  it('have holes, of one point or of all', async () => {
    simulator.control.change({ data: { holes: [{ deliveryPoint: CAMILLE, from: '2026-11-18', to: '2026-11-20' }] } });
    assert.deepEqual(series(await simulator.contents(DAILY_2026, OF_A_WEEK_2026)).values.map((value) => value === null), [false, true, true, false, false, false, false]);
    assert.equal(series(await simulator.contents(DAILY, OF_A_WEEK)).values.filter((value) => value === null).length, 2);
    const gas = { date_debut: '2026-11-18', date_fin: '2026-11-20' };
    assert.equal(series(await simulator.contents(`/adict/v2/pce/${NADIA_GAS}/donnees_consos_informatives`, gas)).values.length, 2);
    simulator.control.change({ data: { holes: [{ from: '2026-11-18', to: '2026-11-19' }] } });
    assert.deepEqual(series(await simulator.contents(`/adict/v2/pce/${NADIA_GAS}/donnees_consos_informatives`, gas)).values.map((value) => value === null), [true, false]);
  });

  it('come late', async () => {
    const newest = async (): Promise<string> => {
      const { from, values } = series(await simulator.contents(DAILY, OF_A_WEEK));
      return addDays(from, values.length - 1);
    };
    assert.equal(await newest(), '2026-11-23');
    simulator.control.change({ data: { late: [{ deliveryPoint: CAMILLE, hours: 48 }] } });
    assert.equal(await newest(), '2026-11-21');
    simulator.now = NOW + 48 * 60 * MINUTE;
    assert.equal(await newest(), '2026-11-23');
  });

  it('are estimated first and real later', async () => {
    const day = async (): Promise<{ quality: string; value: number | null | undefined }> => {
      const { quality, values } = series(await simulator.contents(DAILY_2026, OF_A_WEEK_2026));
      return { quality: qualityAt(quality, 3), value: values[3] };
    };
    const real = await day();
    assert.equal(real.quality, 'real');
    simulator.control.change({ data: { estimatedDays: 5 } });
    const estimated = await day();
    assert.equal(estimated.quality, 'estimated');
    assert.notEqual(estimated.value, real.value);
    const [content] = await simulator.contents('/metering_data_clc/v5/consumption_load_curve', OF_A_WEEK);
    assert.ok(content?.kind === 'series');
    assert.match((content.series as LoadCurve).segments.map(({ quality }) => quality).join(''), /^r+e+$/);
    simulator.control.change({ data: { estimatedDays: 3 } });
    assert.deepEqual(await day(), real);
  });
});

describe('POST /control', () => {
  const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<Response> => fetch(`${simulator.baseUrl}/control`, { method: 'POST', body, headers });

  it('changes what it is told, and tells how things stand', async () => {
    const response = await post(JSON.stringify({ services: { grdf: { latencyMs: 20 } }, data: { estimatedDays: 2 }, operator: { decideAfterMs: 1 } }));
    const { services, data, operator, asked } = (await response.json()) as { services: Record<string, { latencyMs: number }>; data: { estimatedDays: number }; operator: { decideAfterMs: number }; asked: { path: string; status: number }[] };
    assert.deepEqual([services['grdf']?.latencyMs, services['enedis']?.latencyMs, data.estimatedDays, operator.decideAfterMs], [20, 0, 2, 1]);
    assert.deepEqual([asked[0]?.path, asked[0]?.status], [DAILY, 200]);
  });

  it('says what is wrong, and then changes nothing', async () => {
    const wrong = await post(JSON.stringify({ services: { enedis: { latencyMs: 5, colour: 'red' } } }));
    assert.equal(wrong.status, 422);
    assert.match(((await wrong.json()) as { error: string }).error, /colour/);
    assert.equal(simulator.control.state.services.enedis.latencyMs, 0);
    assert.equal((await post('{')).status, 400);
    assert.equal((await post(JSON.stringify({ operator: { decide: { id: 'consent-999', decision: 'active' } } }))).status, 409);
    assert.equal((await post('{}', { 'content-type': 'text/plain' })).status, 415);
  });

  it('lets the pages of named sites in, and no others', async () => {
    const own = await simulate({ controlledFrom: ['http://localhost:4300'] });
    open.push(own);
    const allowed = async (origin: string): Promise<string | null> => (await fetch(`${own.baseUrl}/control`, { headers: { origin } })).headers.get('access-control-allow-origin');
    assert.equal(await allowed('http://localhost:4300'), 'http://localhost:4300');
    assert.equal(await allowed('https://evil.example'), null);
  });
});
