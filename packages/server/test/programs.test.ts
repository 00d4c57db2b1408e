/** The programs, as whoever runs them meets them. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src/', import.meta.url));

describe('the programs', () => {
  let folder: string;
  let dataDir: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'oya-programs-'));
    dataDir = path.join(folder, 'data');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function start(program: string, args: string[] = [], environment: Record<string, string> = {}) {
    const { DATABASE_URL: _, ...rest } = process.env;
    const child = spawn(process.execPath, [path.join(source, program), ...args], { env: { ...rest, OYA_DATA_DIR: dataDir, PORT: '0', ...environment }, cwd: folder });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    return { child, output: () => output };
  }

  async function run(program: string, args: string[] = [], environment: Record<string, string> = {}) {
    const { child, output } = start(program, args, environment);
    const [code] = (await once(child, 'exit')) as [number];
    return { code, output: output() };
  }

  async function listening(child: ChildProcess, output: () => string): Promise<string> {
    for (;;) {
      const [, url] = /Server listening at (http:[^"]+)/.exec(output()) ?? [];
      if (url) return url;
      if (child.exitCode !== null) throw new Error(output());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('the server serves the demo, keeps its folder to itself, and stops when told to', { timeout: 120_000 }, async () => {
    const { child, output } = start('main.ts', [], { OYA_DEMO: 'true' });
    const url = await listening(child, output);
    assert.equal((await fetch(`${url}/ready`)).status, 200);
    assert.equal((await fetch(`${url}/eneo/v1/utility`)).status, 200);

    const second = await run('main.ts');
    assert.equal(second.code, 1);
    assert.match(second.output, /data folder .* is in use by process \d+.*\nStop that process/);
    const file = path.join(folder, 'values.csv');
    await writeFile(file, '2023-03-01T00:30:00+01:00;1638\n2023-03-01T01:00:00+01:00;2616\n');
    const importer = await run('import.ts', [file, '--meter', 'camille-linky']);
    assert.equal(importer.code, 1);
    assert.match(importer.output, /is in use by process/);

    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0, output());
    assert.deepEqual(await readdir(dataDir), ['pglite'], 'neither lock nor owner is left behind');
    assert.doesNotMatch(output(), /Warning/);
  });

  it('the importer reports each file, and what to do about those it could not take in', { timeout: 120_000 }, async () => {
    const good = path.join(folder, 'values.csv');
    const bad = path.join(folder, 'bad.csv');
    await writeFile(bad, 'hello');
    const first = await run('import.ts', [good, bad, path.join(folder, 'absent.csv'), '--meter', 'camille-linky']);
    assert.equal(first.code, 1);
    assert.match(first.output, /values\.csv: \S.*\n {2}rows: 2 read, 0 empty, 0 skipped\n {2}load curve, consumption, meter camille-linky of eneo, 2023-03-01 to 2023-03-02 \(excluded\)\n {4}2 new, 0 replaced/);
    assert.match(first.output, /bad\.csv: .*format of the file is not known.*\n {2}Nothing of this file was stored/);
    assert.match(first.output, /absent\.csv: there is no such file/);

    const again = await run('import.ts', [good, '--meter', 'camille-linky']);
    assert.equal(again.code, 0);
    assert.match(again.output, /nothing new: this file was imported on/);

    const unnamed = await run('import.ts', [good]);
    assert.equal(unnamed.code, 1);
    assert.match(unnamed.output, /does not say which delivery point.*--meter.*\nKnown meters.*camille-linky/s);
  });

  it('the linker says of each reference what became of it', { timeout: 120_000 }, async () => {
    const file = path.join(folder, 'references.txt');
    await writeFile(file, '# reference=contract\n\nauth0|nadia=EN-000404\nnobody=EN-999999\r\n');
    const linked = await run('link.ts', ['--tenant', 'eneo', '--file', file, 'camille==EN-000101']);
    assert.equal(linked.code, 1);
    assert.match(linked.output, /^camille==EN-000101: the account of that contract has the reference now$/m);
    assert.match(linked.output, /^auth0\|nadia=EN-000404: the account/m);
    assert.match(linked.output, /^nobody=EN-999999: there is no contract with that number$/m);
    const again = await run('link.ts', ['--tenant', 'eneo', 'camille==EN-000101']);
    assert.deepEqual([again.code, /nothing new/.test(again.output)], [0, true]);
    const elsewhere = await run('link.ts', ['--tenant', 'enoe', 'camille=EN-000101']);
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.output, /no utility “enoe”/);
    assert.match((await run('link.ts', ['--tenant', 'eneo', '--file', 'absent.txt'])).output, /absent\.txt cannot be read: there is no such file/);
  });

  it('the linker explains itself', async () => {
    const help = await run('link.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /npm run link -- --tenant.*--file.*OYA_DATA_DIR/s);
    for (const args of [[], ['--tenant', 'eneo'], ['a=b'], ['--utility', 'eneo', 'a=b']]) {
      const { code, output } = await run('link.ts', args);
      assert.equal(code, 2);
      assert.match(output, /npm run link --/);
    }
  });

  it('the importer explains itself', async () => {
    const help = await run('import.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /npm run import -- \[options\] <file>.*--meter.*--tenant.*--dry-run.*Formats.*OYA_DATA_DIR/s);
    for (const args of [[], ['--metre', 'x', 'file.csv']]) {
      const { code, output } = await run('import.ts', args);
      assert.equal(code, 2);
      assert.match(output, /npm run import --/);
    }
  });

  it('the utility\'s people decide on an address that waits, once', { timeout: 120_000 }, async () => {
    const list = await run('requests.ts', ['list']);
    assert.equal(list.code, 0, list.output);
    assert.match(list.output, /^lucien-address\n {2}eneo, Lucien Fabre, asked on .*\n {2}from 3 place Jean-Jaurès, 81400 Carmaux, FR\n {2}to {3}22 avenue de Rodez, Bâtiment B, porte 4, 81400 Carmaux, FR\n1 waits\.$/m);
    assert.match((await run('requests.ts', ['list', '--tenant', 'sicae'])).output, /Nothing waits/);

    const refused = await run('requests.ts', ['refuse', 'lucien-address', '--reason', 'Le numéro n’existe pas.']);
    assert.equal(refused.code, 0, refused.output);
    assert.match(refused.output, /Refused; Lucien Fabre is told by mail/);
    const again = await run('requests.ts', ['approve', 'lucien-address']);
    assert.equal(again.code, 1);
    assert.match(again.output, /No request lucien-address waits: it was decided/);
  });

  it('the utility\'s people say what became of consents, once', { timeout: 120_000 }, async () => {
    const list = await run('consents.ts', ['list', '--tenant', 'eneo']);
    assert.equal(list.code, 0, list.output);
    assert.match(list.output, /^sofiane-linky\n {2}eneo, delivery point 00810000001111, curve-recording, given on .*\nsofiane-linky\n.*curve-collection.*\n2 wait\.$/m);
    const active = await run('consents.ts', ['activate', 'sofiane-linky']);
    assert.deepEqual([active.code, active.output.trim()], [0, 'Active: curve-recording, curve-collection.']);
    const again = await run('consents.ts', ['fail', 'sofiane-linky']);
    assert.equal(again.code, 1);
    assert.match(again.output, /No consent of the meter sofiane-linky waits: it was decided, or never given/);
    assert.match((await run('consents.ts', ['activate', 'nobody'])).output, /no meter “nobody”/);
  });

  it('the consents explain themselves', async () => {
    const help = await run('consents.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /consents -- list.*activate <meter>.*fail <meter>.*OYA_DATA_DIR/s);
    for (const args of [[], ['activate'], ['fail', 'x', 'y'], ['list', 'x'], ['withdraw', 'x'], ['list', '--all']]) {
      const { code, output } = await run('consents.ts', args);
      assert.equal(code, 2, args.join(' '));
      assert.match(output, /npm run consents --/);
    }
  });

  it('the decisions explain themselves', async () => {
    const help = await run('requests.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /requests -- list.*approve <id>.*refuse <id> --reason.*OYA_DATA_DIR/s);
    for (const args of [[], ['approve'], ['refuse', 'x'], ['refuse', 'x', '--reason', ' '], ['approve', 'x', 'y'], ['approve', 'x', '--reason', 'y'], ['list', '--all'], ['delete', 'x']]) {
      const { code, output } = await run('requests.ts', args);
      assert.equal(code, 2, args.join(' '));
      assert.match(output, /npm run requests --/);
    }
  });

  it('the server says which settings are wrong, and that a port is taken', { timeout: 120_000 }, async () => {
    const wrong = await run('main.ts', [], { PORT: 'many', LOG_LEVEL: 'loud' });
    assert.equal(wrong.code, 1);
    assert.match(wrong.output, /PORT .*whole number.*\n.*LOG_LEVEL/);

    const elsewhere = await run('main.ts', [], { OYA_TERRITORY: 'nowhere.json' });
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.output, /OYA_TERRITORY names nowhere\.json, .*there is no such file/);

    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const taken = await run('main.ts', [], { PORT: String(port) });
    other.close();
    assert.equal(taken.code, 1);
    assert.match(taken.output, new RegExp(`Port ${port} is in use.*PORT`));
    assert.doesNotMatch(taken.output, /at .*\.ts/);
  });
});
