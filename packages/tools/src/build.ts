/** `npm run build`: the script-tag release with its sizes, and the description of the elements. */
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from './paths.ts';
import { main, Problem } from './problem.ts';
import { runTool } from './programs.ts';

const STAMP = path.join(CACHE, 'built.json');

/** Everything that decides what the build makes. */
const SOURCES = [
  'packages/{adapters,cdn,charts,contract,core,elements,personas,tokens}/**/*.{ts,mjs,json,css,svg}',
  '{package,package-lock,tsconfig}.json',
  'rollup.config.mjs',
  'custom-elements-manifest.config.mjs',
];

export async function build(): Promise<void> {
  const made = describeSources();
  await runBuilder('rollup', ['--config', '--silent']);
  await describeElements();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(STAMP, made);
}

/** Builds unless what was built last is of these very sources. */
export async function buildIfChanged(): Promise<void> {
  if (isBuilt()) return;
  console.log('Building the kit…');
  await build();
}

/** `dist/custom-elements.json`, from the elements' own JSDoc: docs, editor data and Storybook's controls come from it. */
export async function describeElements(): Promise<void> {
  await runBuilder('cem', ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--outdir', 'dist', '--quiet']);
}

function isBuilt(): boolean {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const results = [`dist/oya/${version}/manifest.json`, 'dist/custom-elements.json'].map((file) => path.join(ROOT, file));
  return results.every((file) => existsSync(file)) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === describeSources();
}

/** Names, sizes and times rather than contents: it is asked at every start. */
function describeSources(): string {
  const files = globSync(SOURCES, { cwd: ROOT, exclude: (name) => name.includes('node_modules') || name.endsWith('.test.ts') }).toSorted();
  return JSON.stringify(
    files.map((file) => {
      const { size, mtimeMs } = statSync(path.join(ROOT, file));
      return [file, size, mtimeMs];
    }),
  );
}

async function runBuilder(name: string, args: readonly string[]): Promise<void> {
  const { code } = await runTool(name, args);
  if (code !== 0) throw new Problem(`The build failed in ${name}; what it printed above says where.`);
}

if (import.meta.main) await main(build);
