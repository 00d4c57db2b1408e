import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { CAMILLE, LUCIEN, NOW, simulate, SOFIANE, type TestSimulator } from './testing.ts';

const CURVE = '/metering_data_clc/v5/consumption_load_curve';
const PURPOSES = ['curve-recording', 'curve-collection'] as const;
const DAY_MS = 86_400_000;

const open: TestSimulator[] = [];
let simulator: TestSimulator;
beforeEach(async () => {
  simulator = await simulate({ decideAfterMs: 5000, held: [SOFIANE], refused: { '00810000000909': 'other-holder' } });
  open.push(simulator);
});
after(async () => void (await Promise.all(open.map((each) => each.stop()))));

async function request(deliveryPoint: string, purpose: string, headers?: Record<string, string>): Promise<string> {
  const { status, body } = await simulator.operate('POST', 'consents', { deliveryPoint, purpose }, headers);
  assert.equal(status, 202);
  return String(body['id']);
}

const stateOf = async (id: string): Promise<unknown> => (await simulator.operate('GET', `consents/${id}`)).body;
const curve = (from: string, to: string): Promise<Response> => simulator.ask(CURVE, { usage_point_id: LUCIEN, start: from, end: to });

describe('the network operator', () => {
  it('takes a consent, decides after a while, and then records the curve', async () => {
    const ids = await Promise.all(PURPOSES.map((purpose) => request(LUCIEN, purpose)));
    for (const id of ids) assert.deepEqual(await stateOf(id), { state: 'pending' });
    assert.equal((await curve('2026-11-20', '2026-11-24')).status, 403);
    simulator.now = NOW + 5000;
    for (const id of ids) assert.deepEqual(await stateOf(id), { state: 'active' });
    // Nothing was recorded before, nor all of the day itself.
    assert.equal((await curve('2026-11-20', '2026-11-24')).status, 404);
    simulator.now = NOW + 3 * DAY_MS;
    const [content] = await simulator.contents(CURVE, { usage_point_id: LUCIEN, start: '2026-11-23', end: '2026-11-28' });
    assert.ok(content?.kind === 'series' && content.series.kind === 'curve');
    assert.equal(content.series.segments[0]?.start, '2026-11-24T23:00:00Z');
    assert.equal(content.series.segments[0]?.values.length, 2 * 48);
  });

  it('calls each request by a name of its own, and says of one from before it was started anew that it is gone', async () => {
    const id = await request(LUCIEN, 'curve-recording');
    assert.notEqual(id, await request(LUCIEN, 'curve-collection'));
    assert.match(id, /^consent-[\da-f-]{36}$/);
    assert.equal((await simulator.operate('GET', 'consents/consent-1')).status, 410);
  });

  it('needs the recording for the collection of a curve, and ends it again', async () => {
    const [collection] = [await request(LUCIEN, 'curve-collection')];
    simulator.now = NOW + 5000;
    assert.match(await (await curve('2026-11-20', '2026-11-24')).text(), /ERR0075/);
    assert.equal((await simulator.operate('POST', `consents/${collection}/end`)).status, 204);
    assert.equal((await simulator.operate('POST', `consents/${collection}/end`)).status, 204);
    assert.match(await (await curve('2026-11-20', '2026-11-24')).text(), /DC-0008/);
  });

  it('ends with a consent what it renewed, and leaves a newer one', async () => {
    const older = await request(CAMILLE, 'daily-collection');
    const newer = await request(CAMILLE, 'daily-collection');
    simulator.now = NOW + 5000;
    await simulator.operate('POST', `consents/${older}/end`);
    assert.deepEqual(await stateOf(newer), { state: 'active' });
    assert.equal((await simulator.ask('/metering_data_dc/v5/daily_consumption', { usage_point_id: CAMILLE, start: '2026-11-20', end: '2026-11-24' })).status, 200);
    await simulator.operate('POST', `consents/${newer}/end`);
    assert.equal((await simulator.ask('/metering_data_dc/v5/daily_consumption', { usage_point_id: CAMILLE, start: '2026-11-20', end: '2026-11-24' })).status, 403);
  });

  it('takes a request that comes twice with one key once', async () => {
    const key = { 'idempotency-key': 'event-1' };
    assert.equal(await request(LUCIEN, 'curve-recording', key), await request(LUCIEN, 'curve-recording', key));
    assert.notEqual(await request(LUCIEN, 'curve-recording'), await request(LUCIEN, 'curve-recording', key));
  });

  it('refuses points with their reason, and holds others until somebody decides', async () => {
    const refused = await request('00810000000909', 'curve-recording');
    const held = await request(SOFIANE, 'curve-recording');
    simulator.now = NOW + DAY_MS;
    assert.deepEqual(await stateOf(refused), { state: 'failed', reason: 'other-holder' });
    assert.deepEqual(await stateOf(held), { state: 'pending' });
    assert.equal(simulator.control.decide(held, 'meter-silent'), true);
    assert.deepEqual(await stateOf(held), { state: 'failed', reason: 'meter-silent' });
    assert.equal(simulator.control.decide(held, 'active'), false);
  });

  it('is told to wait with one that it would soon decide on', async () => {
    const id = await request(LUCIEN, 'curve-recording');
    simulator.control.decide(id, 'hold');
    simulator.now = NOW + DAY_MS;
    assert.deepEqual(await stateOf(id), { state: 'pending' });
    simulator.control.decide(id, 'active');
    assert.deepEqual(await stateOf(id), { state: 'active' });
  });

  it('knows what the households agreed to, and lists all', async () => {
    const { body } = await simulator.operate('GET', 'consents');
    const consents = body['consents'] as { deliveryPoint: string; purpose: string; state: string }[];
    const of = (point: string): string[] => consents.filter(({ deliveryPoint, state }) => deliveryPoint === point && state === 'active').map(({ purpose }) => purpose).toSorted();
    assert.deepEqual(of(CAMILLE), ['curve-collection', 'curve-recording', 'daily-collection', 'maximum-power']);
    assert.deepEqual(of(LUCIEN), ['daily-collection', 'maximum-power']);
    assert.equal(consents.some(({ purpose }) => purpose === 'third-party'), false);
  });

  it('cannot have a meter do what it cannot do', async () => {
    const id = await request('00810000000405', 'curve-recording');
    simulator.now = NOW + 5000;
    assert.deepEqual(await stateOf(id), { state: 'failed', reason: 'meter-unable' });
  });

  it('says what is wrong with a request', async () => {
    const status = async (deliveryPoint: string, purpose: string, headers?: Record<string, string>): Promise<number> => (await simulator.operate('POST', 'consents', { deliveryPoint, purpose }, headers)).status;
    assert.equal(await status(LUCIEN, 'everything'), 422);
    assert.equal(await status(LUCIEN, 'third-party'), 422);
    assert.equal(await status('99999999999999', 'curve-recording'), 404);
    assert.equal(await status(LUCIEN, 'curve-recording', { authorization: 'Bearer other' }), 401);
    assert.equal((await simulator.operate('GET', 'consents/consent-999')).status, 410);
    assert.equal((await simulator.operate('POST', 'consents/consent-999/end')).status, 410);
  });
});
