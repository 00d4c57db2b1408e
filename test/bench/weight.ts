/**
 * What the built kit weighs as a whole, beside what is promised: every chunk in one language, brotli, thousands of bytes. The
 * other promises of weight are kept and held by `test/budgets`.
 */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findBundle } from '../../demo/bundle.ts';
import { table, type Bench } from './promise.ts';

const REPORT = new URL('../../dist/bench/', import.meta.url);
const MOST_KB = 160;
/** What no customer of a site with an API of its own gets: a whole portal in the browser, for designers. */
const SANDBOX = /^sandbox-/;
/** What comes only when somebody clicks to take their values along, or to hear them. */
const ON_A_CLICK = /^(xlsx|csv|cells|green-button|picture|sonify|save-file)-/;

export const bench: Bench = async () => {
  const { files } = JSON.parse(readFileSync(path.join(findBundle().dir, 'manifest.json'), 'utf8')) as { files: Record<string, { brotli: number }> };
  const names = Object.keys(files).filter((name) => !name.startsWith('lang-'));
  const weight = (which: (name: string) => boolean) => names.filter(which).reduce((sum, name) => sum + (files[name]?.brotli ?? 0), 0) / 1000;
  const kilobytes = (value: number) => `${value.toFixed(1)} KB`;
  const whole = weight(() => true);
  const report = table([
    ['the kit in one language', 'brotli'],
    ['every chunk', kilobytes(whole)],
    ['of it the sandbox', kilobytes(weight((name) => SANDBOX.test(name)))],
    ['of it what comes on a click: export, picture, sound', kilobytes(weight((name) => ON_A_CLICK.test(name)))],
  ]);
  console.log(`\n${report}\n`);
  await mkdir(REPORT, { recursive: true });
  await writeFile(new URL('weight.md', REPORT), `${report}\n`);
  return [{ what: 'every element, every chunk, one language', measured: whole, limit: MOST_KB, unit: 'KB' }];
};
