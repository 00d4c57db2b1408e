import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../problem.ts';
import { runNode } from '../programs.ts';
import { runSteps } from './run-steps.ts';
import { runNodeTests, type Step, type StepResult } from './steps.ts';

describe('a run of steps', () => {
  const logs = mkdtempSync(path.join(tmpdir(), 'oya-steps-'));
  after(() => rmSync(logs, { recursive: true }));

  const step = (name: string, result: Partial<StepResult> | (() => Promise<StepResult>), more: Partial<Step> = {}): Step => ({
    name,
    purpose: '',
    timeoutMinutes: 1,
    run: async ({ log }) => {
      writeFileSync(log, `output of ${name}\n`);
      return typeof result === 'function' ? result() : { code: 0, timedOut: false, ...result };
    },
    ...more,
  });
  const run = async (...steps: Step[]) => {
    const said: string[] = [];
    const counts = await runSteps(steps, { logs, print: (text) => said.push(text) });
    return { counts, said: said.join('\n') };
  };

  it('adds up plain checks and the counts of runners', async () => {
    const { counts } = await run(step('types', {}), step('unit', { counts: { passed: 7, failed: 0, skipped: 2 } }));
    assert.deepEqual(counts, { passed: 8, failed: 0, skipped: 2 });
  });
  it('shows the output of what failed, and of nothing else', async () => {
    const { counts, said } = await run(step('types', {}), step('unit', { code: 1, counts: { passed: 3, failed: 2, skipped: 0 } }));
    assert.deepEqual(counts, { passed: 4, failed: 2, skipped: 0 });
    assert.match(said, /✗ unit +[\d.]+ s +3 passed, 2 failed\n\n {4}output of unit/);
    assert.doesNotMatch(said, /output of types/);
  });
  it('counts a runner that fails beside its tests as a failure', async () => {
    const { counts } = await run(step('unit', { code: 1, counts: { passed: 3, failed: 0, skipped: 0 } }));
    assert.deepEqual(counts, { passed: 3, failed: 1, skipped: 0 });
  });
  it('fails a step that ran no test', async () => {
    const { counts, said } = await run(step('unit', { counts: { passed: 0, failed: 0, skipped: 4 } }));
    assert.equal(counts.failed, 1);
    assert.match(said, /ran no test/);
  });
  it('fails a step that cannot start, with the reason', async () => {
    const { counts, said } = await run({ ...step('unit', {}), run: () => Promise.reject(new Problem('No file fits.')) });
    assert.equal(counts.failed, 1);
    assert.match(said, /No file fits\./);
  });
  it('does not run what works on the result of a failed step, and counts it as failed', async () => {
    let ran = false;
    const later = step('e2e', async () => ((ran = true), { code: 0, timedOut: false }), { needs: ['build'] });
    const { counts, said } = await run(step('build', { code: 1 }), later);
    assert.equal(ran, false);
    assert.deepEqual(counts, { passed: 0, failed: 2, skipped: 0 });
    assert.match(said, /“build”, which failed/);
  });
  it('runs two steps at a time, a step that wants to be alone by itself, and needs first', async () => {
    let now = 0;
    const seen: Record<string, number> = {};
    const busy = (name: string) => async (): Promise<StepResult> => {
      now++;
      await pause(30);
      seen[name] = now;
      await pause(30);
      now--;
      return { code: 0, timedOut: false };
    };
    await run(step('a', busy('a')), step('b', busy('b')), step('c', busy('c'), { alone: true }), step('d', busy('d'), { needs: ['c'] }));
    assert.deepEqual(seen, { a: 2, b: 2, c: 1, d: 1 });
  });

  it('ends a program that hangs together with what it started, and says so', async () => {
    const hang = path.join(logs, 'hang.mjs');
    const hanging = step('hang', {}, {
      run: ({ log }) => {
        writeFileSync(hang, "import { spawn } from 'node:child_process'; spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); console.log('started');");
        return runNode([hang], { log, timeoutMs: 1500 });
      },
    });
    const { counts, said } = await run(hanging);
    assert.equal(counts.failed, 1);
    assert.match(said, /something in it hangs/);
    assert.match(said, /started/);
  });

  it('takes the counts of node’s runner, whatever became of the tests', async () => {
    const file = path.join(logs, 'sample.test.mjs');
    const sample = step('unit', {}, {
      run: async ({ log }) => {
        writeFileSync(file, "import { it } from 'node:test'; it('a', () => {}); it('b', () => { throw new Error('b'); }); it.skip('c', () => {});");
        return runNodeTests([file], { log, env: { NODE_TEST_CONTEXT: undefined }, timeoutMs: 60_000 });
      },
    });
    assert.deepEqual((await run(sample)).counts, { passed: 1, failed: 1, skipped: 1 });
  });
});
