import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations, type Operation } from '@oya/contract';
import { KEPT_FOR_ALL, KEPT_FOR_CUSTOMER, NEVER_KEPT, SESSION, SESSION_WRITES } from './kept.ts';

const all: readonly Operation[] = Object.values(operations);
const decided = [...KEPT_FOR_ALL, ...KEPT_FOR_CUSTOMER, ...NEVER_KEPT, SESSION];

describe('what an app keeps on the device', () => {
  it('is decided for each operation that reads, once', () => {
    const reads = all.filter(({ method }) => method === 'GET').map(({ name }) => name);
    assert.deepEqual(decided.toSorted(), reads.toSorted(), 'name each in one of the lists of kept.ts: may it lie on a phone that somebody finds?');
  });
  it('is for all only what is asked without a session', () => {
    for (const name of KEPT_FOR_ALL) assert.equal(all.find((operation) => operation.name === name)?.auth, 'public', name);
  });
  it('follows each write that says who is here', () => {
    const session = { state: 'signed-in', customer: { id: 'c', displayName: 'C' }, expiresAt: '2026-11-24T09:00:00Z' };
    const answering = all.filter(({ method, output }) => method !== 'GET' && output.safeParse(session).success && !output.safeParse({}).success);
    assert.deepEqual(SESSION_WRITES.toSorted(), answering.map(({ name }) => name).toSorted());
  });
});
