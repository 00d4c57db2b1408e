/** `npm test`: every check of the repository, or the steps named. */
import path from 'node:path';
import { CACHE } from './paths.ts';
import { main, Problem } from './problem.ts';
import { endOnSignals } from './programs.ts';
import { runSteps } from './testing/run-steps.ts';
import { steps, type Step } from './testing/steps.ts';

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(usage());
  const chosen = chooseSteps(args);

  endOnSignals();
  const { passed, failed, skipped } = await runSteps(chosen, { logs: path.join(CACHE, 'test'), print: (text) => console.log(text) });
  if (skipped > 0) console.log(`\n${skipped} skipped`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});

/** The steps named, with those whose results they need; all without a name. */
function chooseSteps(names: readonly string[]): Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) throw new Problem(`There is no step called “${unknown.join('”, “')}”.\n\n${usage()}`);
  const wanted = new Set(names);
  // Needs stand before what needs them.
  for (const step of steps.toReversed()) {
    if (wanted.has(step.name)) for (const need of step.needs ?? []) wanted.add(need);
  }
  return steps.filter(({ name }) => names.length === 0 || wanted.has(name));
}

function usage(): string {
  const list = steps.map(({ name, purpose, needs }) => `  ${name.padEnd(14)}${purpose}${needs ? ` (after ${needs.join(', ')})` : ''}`);
  return `npm test                  every step\nnpm test -- unit types    the steps named, and those they need\n\nSteps:\n${list.join('\n')}`;
}
