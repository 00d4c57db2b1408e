import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashPassword, verifyPassword } from './passwords.ts';

describe('a password', () => {
  it('is kept as an Argon2id hash of at least 19 MiB and two passes, salted each time', async () => {
    const [first, second] = await Promise.all([hashPassword('Energie-81400'), hashPassword('Energie-81400')]);
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$[^$=]{22}\$[^$=]{43}$/.exec(first) ?? [];
    assert.ok(Number(memory) >= 19 * 1024 && Number(passes) >= 2);
    assert.notEqual(first, second);
  });

  it('opens with itself only', async () => {
    const stored = await hashPassword('Energie-81400');
    assert.equal(await verifyPassword('Energie-81400', stored), true);
    for (const other of ['energie-81400', 'Energie-81400 ', '', 'Energie-8140\0']) assert.equal(await verifyPassword(other, stored), false);
    assert.equal(await verifyPassword('Energie-81400', undefined), false);
  });

  it('is the same however the keyboard writes an accent', async () => {
    assert.equal(await verifyPassword('e\u0301nergie-A1', await hashPassword('\u00e9nergie-A1')), true);
  });

  it('is checked at the cost with which it was hashed', async () => {
    const stored = await hashPassword('Energie-81400');
    assert.equal(await verifyPassword('Energie-81400', stored.replace('t=2', 't=3')), false);
  });
});
