/**
 * `npm run fuzz` gives 10 000 spoilt files to the reader of every format; `npm run fuzz -- enedis-v5` to one of them.
 * `--seed` and `--runs` repeat what failed. Ends with 1 when a reader breaks its promise, and keeps the file that shows it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FORMATS, type FormatName } from '@oya/formats';
import { fuzz, fuzzedFile } from '../../packages/formats/src/testing/fuzz.ts';

const FOUND = new URL('../../dist/fuzz/', import.meta.url);
const LIMIT_MS = 10_000;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' }, runs: { type: 'string', default: '10000' } } });
const [seed, runs] = [Number(values.seed ?? Date.now() % 1_000_000_000), Number(values.runs)];
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(runs) || runs < 1) fail('--seed and --runs are whole numbers.');
const names: readonly string[] = FORMATS.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) fail(`There is no format “${unknown.join(', ')}”. Choose from: ${names.join(', ')}.`);

for (const name of (positionals.length > 0 ? positionals : names) as FormatName[]) {
  const started = performance.now();
  const { accepted, refused, failure } = await fuzz(name, { runs, seed, limitMs: LIMIT_MS });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!failure) {
    console.log(`${name}: ${accepted} read, ${refused} refused, in ${seconds} s (seeds from ${seed})`);
    continue;
  }
  process.exitCode = 1;
  await mkdir(FOUND, { recursive: true });
  const kept = new URL(`${name}-${failure.seed}`, FOUND);
  await writeFile(kept, fuzzedFile(name, failure.seed).bytes);
  console.error(`${name}: BROKEN by seed ${failure.seed}: ${failure.what}\nThe file is ${fileURLToPath(kept)}. Again: npm run fuzz -- ${name} --seed ${failure.seed} --runs 1`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
