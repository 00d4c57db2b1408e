import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { findFreePorts, takenPorts } from './ports.ts';

describe('ports', () => {
  const FIRST = 38_410;
  let other: Server;
  before(async () => {
    other = createServer().listen(FIRST + 2, 'localhost');
    await once(other, 'listening');
  });
  after(() => other.close());

  it('that another program has are named', async () => assert.deepEqual(await takenPorts(FIRST, 4), [FIRST + 2]));
  it('are found in the next block when one of a block is taken', async () => assert.equal(await findFreePorts(FIRST, 4), FIRST + 100));
  it('are those wished for when all are free', async () => assert.equal(await findFreePorts(FIRST + 3, 4), FIRST + 3));
});
