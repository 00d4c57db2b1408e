/** `npm run fuzz`: the readers of `packages/formats` on many files that went wrong. */
import { main } from './problem.ts';
import { endOnSignals, runNode } from './programs.ts';

await main(async () => {
  endOnSignals();
  const { code } = await runNode(['test/fuzz/index.ts', ...process.argv.slice(2)]);
  process.exitCode = code ?? 1;
});
