import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DatabaseError } from './errors.ts';
import { lockFolder } from './lock.ts';
import { openDatabase } from './open.ts';

describe('a data folder', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'oya-folder-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Another process that holds the lock until it is killed. */
  async function holder() {
    const script = `import { lockFolder } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)}; await lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return child;
  }

  it('is held by one process: another is told who holds it and what to do', async () => {
    const child = await holder();
    try {
      await assert.rejects(openDatabase({ dataDir: folder }), (error) => {
        assert.ok(error instanceof DatabaseError);
        assert.ok(error.message.includes(folder));
        assert.ok(error.message.includes(`process ${child.pid}`));
        assert.match(error.message, /Stop that process first.*OYA_DATA_DIR.*DATABASE_URL/);
        return true;
      });
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });

  it('is free again at once after its process was killed', async () => {
    const child = await holder();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const release = await lockFolder(folder);
    await release();
  });

  it('is held against the same process, too, until it is given free', async () => {
    const release = await lockFolder(folder);
    await assert.rejects(lockFolder(folder), DatabaseError);
    await release();
    await (await lockFolder(folder))();
  });

  it('that cannot be written is named', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    await assert.rejects(openDatabase({ dataDir: path.join(file, 'below') }), (error) => error instanceof DatabaseError && /cannot be written \(ENOTDIR\)/.test(error.message) && /OYA_DATA_DIR/.test(error.message));
  });

  it('keeps its data', async () => {
    const dataDir = path.join(folder, 'kept');
    const first = await openDatabase({ dataDir });
    await first.schema.createTable('note').addColumn('text', 'text').execute();
    await first.destroy();
    const second = await openDatabase({ dataDir });
    assert.deepEqual((await second.introspection.getTables()).map(({ name }) => name), ['note']);
    await second.destroy();
  });
});

describe('a PostgreSQL that is not there', () => {
  it('is named without its password', async () => {
    await assert.rejects(openDatabase({ url: 'postgres://somebody:secret@127.0.0.1:1/portal' }), (error) => {
      assert.ok(error instanceof DatabaseError);
      assert.match(error.message, /127\.0\.0\.1:1\/portal.*DATABASE_URL/s);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });
});
