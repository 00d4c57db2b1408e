/** One format's runs, one after another; tells which one it is at. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FormatName } from '../formats.ts';
import { judge, type FuzzReport } from './fuzz.ts';

const { format, runs, seed, current } = workerData as { format: FormatName; runs: number; seed: number; current: Int32Array };

const report: FuzzReport = { accepted: 0, refused: 0 };
for (let run = 0; run < runs && !report.failure; run++) {
  Atomics.store(current, 0, run);
  const verdict = await judge(format, seed + run);
  if (typeof verdict === 'string') report.failure = { seed: seed + run, what: verdict };
  else if (verdict) report.accepted++;
  else report.refused++;
}
parentPort?.postMessage(report);
