import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { add, NOTHING, type Counts } from './counts.ts';
import { Problem } from '../problem.ts';
import type { Step, StepResult } from './steps.ts';

/** How much of a failed step's log is printed: its end says what failed, and the file has the rest. */
const SHOWN_LINES = 120;
const AT_ONCE = 2;

export interface RunOptions {
  /** Folder of the steps' logs, emptied first. */
  readonly logs: string;
  readonly print: (text: string) => void;
}

/**
 * Runs steps in their order, two at a time where both allow it. A step whose needs failed is not run, and counts as failed.
 * @returns the counts over all steps
 */
export async function runSteps(steps: readonly Step[], { logs, print }: RunOptions): Promise<Counts> {
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });

  const waiting = [...steps];
  const running = new Map<Step, Promise<void>>();
  const passed = new Set<string>();
  const failed = new Set<string>();
  const isOver = (name: string) => passed.has(name) || failed.has(name) || !steps.some((step) => step.name === name);
  let total = NOTHING;

  const canStart = (step: Step) => {
    const together = step.alone ? running.size === 0 : running.size < AT_ONCE && ![...running.keys()].some(({ alone }) => alone);
    return together && (step.needs ?? []).every(isOver);
  };

  const start = async (step: Step) => {
    const began = performance.now();
    const broken = step.needs?.find((name) => failed.has(name));
    const outcome = broken
      ? { counts: { ...NOTHING, failed: 1 }, trouble: `Not run: it works on the result of “${broken}”, which failed.` }
      : await judge(step, path.join(logs, `${step.name}.log`));
    total = add(total, outcome.counts);
    (outcome.counts.failed > 0 ? failed : passed).add(step.name);
    print(describe(step, outcome, performance.now() - began));
  };

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.find(canStart);
    if (next) {
      waiting.splice(waiting.indexOf(next), 1);
      running.set(next, start(next).finally(() => running.delete(next)));
    } else {
      await Promise.race(running.values());
    }
  }
  return total;
}

interface Outcome {
  readonly counts: Counts;
  /** What to show of a step that failed. */
  readonly trouble?: string;
}

async function judge(step: Step, log: string): Promise<Outcome> {
  const one = (failed: 0 | 1): Counts => ({ passed: 1 - failed, failed, skipped: 0 });
  let result: StepResult;
  try {
    result = await step.run({ log, env: {}, timeoutMs: step.timeoutMinutes * 60_000 });
  } catch (error) {
    const trouble = error instanceof Problem ? error.message : String(error instanceof Error ? error.stack : error);
    writeFileSync(log, trouble);
    return { counts: one(1), trouble };
  }
  const { code, timedOut, counts } = result;
  const end = `${endOf(log)}\n(all of it: ${path.relative(process.cwd(), log)})`;
  if (timedOut) {
    const hung = `Ended after ${step.timeoutMinutes} minutes: something in it hangs, or the machine is very busy.`;
    return { counts: add(counts ?? NOTHING, one(1)), trouble: `${end}\n${hung}` };
  }
  if (code === 0 && counts && counts.passed + counts.failed === 0) return { counts: one(1), trouble: `${end}\nIt ran no test.` };
  if (code === 0 && !counts?.failed) return { counts: counts ?? one(0) };
  // A runner can fail beside its tests: its exit code is as good a witness as its counts.
  return { counts: counts?.failed ? counts : add(counts ?? NOTHING, one(1)), trouble: end };
}

function describe(step: Step, { counts, trouble }: Outcome, milliseconds: number): string {
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);
  const plain = counts.passed + counts.failed === 1;
  const numbers = [!plain && `${counts.passed} passed`, counts.failed > 0 && !plain && `${counts.failed} failed`, counts.skipped > 0 && `${counts.skipped} skipped`];
  const line = `${counts.failed > 0 ? '✗' : '✓'} ${step.name.padEnd(14)}${seconds}   ${numbers.filter(Boolean).join(', ')}`.trimEnd();
  return trouble ? `${line}\n\n${indent(trouble)}\n` : line;
}

/** Counts quoted from a runner must not be taken for the last line of all. */
function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}

function endOf(log: string): string {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  return lines.length > SHOWN_LINES ? ['…', ...lines.slice(-SHOWN_LINES)].join('\n') : lines.join('\n');
}
