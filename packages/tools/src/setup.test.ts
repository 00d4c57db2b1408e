import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { ROOT } from './paths.ts';

/** A repository with one package, and an npm that only says that it was called. */
describe('a command', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'oya-setup-'));
  after(() => rmSync(folder, { recursive: true }));
  const lock = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/a': { version, integrity: `sha-${version}` }, 'node_modules/b': { version: '1.0.0', optional: true } } });

  beforeEach(() => {
    rmSync(folder, { recursive: true });
    mkdirSync(path.join(folder, 'packages/tools/src'), { recursive: true });
    mkdirSync(path.join(folder, 'node_modules'));
    for (const file of ['run.mjs', 'setup.mjs']) cpSync(path.join(ROOT, 'packages/tools/src', file), path.join(folder, 'packages/tools/src', file));
    writeFileSync(path.join(folder, 'packages/tools/src/build.ts'), 'console.log(`build ${process.argv.slice(2)}`); process.exitCode = 7;');
    writeFileSync(path.join(folder, 'npm-cli.js'), 'console.log(`npm ${process.argv.slice(2)}`); process.exitCode = Number(process.env.NPM_ENDS ?? 0);');
    writeFileSync(path.join(folder, 'package-lock.json'), lock('1.0.0'));
    writeFileSync(path.join(folder, 'node_modules/.package-lock.json'), lock('1.0.0'));
  });

  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}, before: readonly string[] = []) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...before, path.join(folder, 'packages/tools/src/run.mjs'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: path.join(folder, 'npm-cli.js'), ...env },
    });
    return { status, stdout, stderr };
  };

  it('goes straight on when the packages fit the lockfile, and hands on arguments and exit code', () => {
    const { status, stdout } = run(['build', 'x', '--y']);
    assert.equal(stdout, 'build x,--y\n');
    assert.equal(status, 7);
  });
  it('installs first when the lockfile asks for another version', () => {
    writeFileSync(path.join(folder, 'package-lock.json'), lock('1.0.1'));
    assert.match(run(['build']).stdout, /npm ci,.*\nbuild/);
  });
  it('installs first in a fresh clone', () => {
    rmSync(path.join(folder, 'node_modules'), { recursive: true });
    assert.match(run(['build']).stdout, /npm ci,.*\nbuild/);
  });
  it('does not go on when that fails, and says what to look at', () => {
    rmSync(path.join(folder, 'node_modules'), { recursive: true });
    const { status, stdout, stderr } = run(['build'], { NPM_ENDS: '3' });
    assert.equal(status, 1);
    assert.match(stderr, /"npm ci" ended with code 3.*\n.*npm ping/);
    assert.doesNotMatch(stdout, /build/);
  });
  it('that does not exist is answered with those that do', () => {
    const { status, stderr } = run(['biuld']);
    assert.equal(status, 1);
    assert.match(stderr, /no command "biuld"\. Choose one of: start, test/);
  });
  it('says what to do where the folder cannot be written to', () => {
    rmSync(path.join(folder, '.cache'), { recursive: true, force: true });
    // A file where the folder should be fails for root as well, whom permissions do not hold back.
    writeFileSync(path.join(folder, '.cache'), '');
    const { status, stderr } = run(['build']);
    assert.equal(status, 1);
    assert.match(stderr, /Cannot write to .*\.cache \(\w+\)/);
    assert.match(stderr, /chmod -R u\+w/);
  });
  it('tells an old Node what to install', () => {
    const old = path.join(folder, 'old.cjs');
    writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '16.20.2' });");
    const { status, stderr } = run(['build'], {}, ['--require', old]);
    assert.equal(status, 1);
    assert.match(stderr, /runs Node 16\.20\.2; OYA Elements needs Node 20 or newer.*\n.*nodejs\.org/);
  });
  it('begins in words that old Nodes can parse', () => {
    assert.doesNotMatch(readFileSync(path.join(ROOT, 'packages/tools/src/run.mjs'), 'utf8'), /^import\s|\?\?|\?\.|\bawait\b/m);
  });
});
