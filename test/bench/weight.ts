/**
 * What the built kit weighs beside what is promised, brotli, thousands of bytes, in one language: every chunk; and a page with
 * the consumption and its charts, with all that comes by itself once the picture is there. The other promises of weight, and
 * this page until its picture is there, are kept and held by `test/budgets`.
 */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findBundle } from '../../demo/bundle.ts';
import { table, type Bench } from './promise.ts';

const REPORT = new URL('../../dist/bench/', import.meta.url);
const MOST_KB = 160;
const MOST_KB_WITH_CONSUMPTION = 74;
const CONSUMPTION = ['oya-login', 'oya-consumption', 'oya-bar-chart', 'oya-load-curve'];
/** Notes, facts and tools: asked for as soon as the picture is drawn. */
const AFTER_THE_PICTURE = /^parts-/;
/** What no customer of a site with an API of its own gets: a whole portal in the browser, for designers. */
const SANDBOX = /^sandbox-/;
/** What comes only when somebody clicks to take their values along, or to hear them. */
const ON_A_CLICK = /^(xlsx|csv|cells|green-button|picture|sonify|save-file)-/;
/** Part of no page that does not ask for it: the digit reader, most of it what it has learnt. */
const BY_CONFIGURATION = /^(digits-|digit-worker-|tesseract-|eng\.traineddata)/;

interface Manifest {
  elements: Record<string, string>;
  runtime: string;
  files: Record<string, { brotli: number; imports: string[] }>;
}

export const bench: Bench = async () => {
  const { elements, runtime, files } = JSON.parse(readFileSync(path.join(findBundle().dir, 'manifest.json'), 'utf8')) as Manifest;
  const names = Object.keys(files).filter((name) => !name.startsWith('lang-') && !BY_CONFIGURATION.test(name));
  const weight = (which: (name: string) => boolean) => names.filter(which).reduce((sum, name) => sum + (files[name]?.brotli ?? 0), 0) / 1000;
  const kilobytes = (value: number) => `${value.toFixed(1)} KB`;
  const whole = weight(() => true);
  const arrived = new Set<string>();
  const arrive = (name: string): void => {
    if (arrived.has(name)) return;
    arrived.add(name);
    files[name]?.imports.forEach(arrive);
  };
  for (const name of ['oya.js', runtime, ...CONSUMPTION.map((tag) => elements[tag] ?? tag)]) arrive(name);
  const drawn = weight((name) => arrived.has(name));
  names.filter((name) => AFTER_THE_PICTURE.test(name)).forEach(arrive);
  const settled = weight((name) => arrived.has(name));
  const report = table([
    ['the kit in one language', 'brotli'],
    ['every chunk', kilobytes(whole)],
    ['of it the sandbox', kilobytes(weight((name) => SANDBOX.test(name)))],
    ['of it what comes on a click: export, picture, sound', kilobytes(weight((name) => ON_A_CLICK.test(name)))],
    ['a page with sign-in, consumption and its charts, until the picture is there', kilobytes(drawn)],
    ['the same with what comes by itself then', kilobytes(settled)],
  ]);
  console.log(`\n${report}\n`);
  await mkdir(REPORT, { recursive: true });
  await writeFile(new URL('weight.md', REPORT), `${report}\n`);
  return [
    { what: 'every element, every chunk, one language', measured: whole, limit: MOST_KB, unit: 'KB' },
    { what: 'a page with sign-in, consumption and its charts', measured: settled, limit: MOST_KB_WITH_CONSUMPTION, unit: 'KB' },
  ];
};
