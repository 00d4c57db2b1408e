import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { amendAdapter, defineAdapter, parseInput, parseOutput, type PortalAdapter } from './adapter.ts';
import { listChanges } from './operations/changes.ts';
import type { Operation } from './operations/operation.ts';
import { signIn, signOut, whoAmI } from './operations/portal.ts';
import { operationNames, operations } from './operations/table.ts';
import { getConsumption } from './operations/consumption.ts';
import { fromProblem, PortalError, toProblem } from './errors.ts';

function thrownBy(act: () => unknown): PortalError {
  try {
    act();
  } catch (thrown) {
    assert.ok(thrown instanceof PortalError);
    return thrown;
  }
  assert.fail('expected a PortalError');
}

describe('an adapter', () => {
  it('offers what it has handlers for, and nothing else', async () => {
    const adapter = defineAdapter({ whoAmI: async () => ({ state: 'signed-out' }) });
    assert.deepEqual(operationNames.filter((name) => adapter.offers(operations[name])), ['whoAmI']);
    await assert.rejects(adapter.perform(signOut, {}), { name: 'PortalError', kind: 'unsupported' });
  });

  it('can do some operations otherwise than another, or not at all', async () => {
    const whole = defineAdapter({ whoAmI: async () => ({ state: 'signed-out' }), signOut: async () => ({ state: 'signed-out' }) });
    const expiresAt = '2026-01-01T00:00:00Z';
    const amended = amendAdapter(whole, { whoAmI: async () => ({ state: 'signed-in', customer: { id: 'c', displayName: 'C' }, expiresAt }), signOut: undefined });
    assert.equal((await amended.perform(whoAmI, {})).state, 'signed-in');
    assert.ok(!amended.offers(signOut) && whole.offers(signOut));
    await assert.rejects(amended.perform(signOut, {}), { kind: 'unsupported' });
  });

  it('lets no answer through that does not fit', async () => {
    const adapter = defineAdapter({ whoAmI: async () => ({ state: 'asleep' }) });
    await assert.rejects(adapter.perform(whoAmI, {}, {}), { name: 'PortalError', kind: 'malformed' });
  });

  it('is followed where it has a stream, and each answer is parsed like any other', async () => {
    const handlers = { listChanges: async () => ({ cursor: '0', changes: [] }), whoAmI: async () => ({ state: 'signed-out' }) };
    const told = async (adapter: PortalAdapter, operation: Operation = listChanges) => {
      const got: unknown[] = [];
      for await (const answer of adapter.follow?.(operation, {}) ?? assert.fail('it cannot be followed')) got.push(answer);
      return got;
    };
    async function* stream(...answers: unknown[]) {
      yield* answers;
    }
    const adapter = defineAdapter(handlers, { listChanges: () => stream({ cursor: '1', changes: [], more: true }) });
    assert.deepEqual(await told(adapter), [{ cursor: '1', changes: [] }]);
    await assert.rejects(told(adapter, whoAmI), { name: 'PortalError', kind: 'unsupported' });
    await assert.rejects(told(defineAdapter(handlers, { listChanges: () => stream({ cursor: 1 }) })), { name: 'PortalError', kind: 'malformed' });
    assert.equal(defineAdapter(handlers).follow, undefined, 'without a stream it is asked again and again');
    assert.deepEqual(await told(amendAdapter(adapter, { whoAmI: undefined })), [{ cursor: '1', changes: [] }]);
    for (const listChanges of [handlers.listChanges, undefined]) {
      await assert.rejects(async () => told(amendAdapter(adapter, { listChanges })), { name: 'PortalError', kind: 'unsupported' }, 'what is done otherwise is not what the other adapter follows');
    }
  });

  it('turns whatever a handler throws into a PortalError, and leaves an abort alone', async () => {
    const adapter = defineAdapter({ whoAmI: async () => Promise.reject(new TypeError('boom')) });
    await assert.rejects(adapter.perform(whoAmI, {}, {}), { name: 'PortalError', kind: 'unavailable' });
    await assert.rejects(adapter.perform(whoAmI, {}, { signal: AbortSignal.abort() }), { name: 'TypeError' });
  });

  it('gives hostile text through as text', () => {
    const hostile = '<img src=x onerror=alert(1)>\u202e\u0000__proto__';
    const session = parseOutput(whoAmI, { state: 'signed-in', customer: { id: 'c', displayName: hostile, __proto__: { admin: true } }, expiresAt: '2026-01-01T00:00:00Z' });
    assert.ok(session.state === 'signed-in');
    assert.equal(session.customer.displayName, hostile);
    assert.ok(!('admin' in session.customer));
  });
});

describe('input', () => {
  it('is refused with the fields at fault', () => {
    const error = thrownBy(() => parseInput(getConsumption, { meterId: '', resolution: 'minute', from: '2026-13-01', to: '2026-01-01' }));
    assert.equal(error.kind, 'invalid');
    assert.deepEqual(error.fields.map(({ path }) => path).sort(), ['from', 'meterId', 'resolution']);
  });

  it('loses the spaces that people paste around a login', () => {
    assert.equal(parseInput(signIn, { login: ' camille ', password: ' p ' }).login, 'camille');
    assert.equal(parseInput(signIn, { login: 'a', password: ' p ' }).password, ' p ');
  });
});

describe('a problem document', () => {
  it('brings an error over the wire whole', () => {
    const error = new PortalError('rate-limited', { detail: 'slow down', code: 'c', retryAfterSeconds: 7, requestId: 'r', fields: [{ path: 'p', code: 'x' }] });
    const arrived = fromProblem(429, JSON.parse(JSON.stringify(toProblem(error))));
    assert.deepEqual(toProblem(arrived), toProblem(error));
    assert.ok(arrived.retryable);
  });
});
