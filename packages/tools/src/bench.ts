/** `npm run bench`: what `test/bench` measures, with nothing else running. */
import { ensureBrowser } from './browser.ts';
import { main } from './problem.ts';
import { endOnSignals, runNode } from './programs.ts';

await main(async () => {
  endOnSignals();
  ensureBrowser();
  const { code } = await runNode(['test/bench/index.ts', ...process.argv.slice(2)]);
  process.exitCode = code ?? 1;
});
