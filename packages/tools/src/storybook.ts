/** `npm run storybook`: every element in every state; `npm run storybook -- build` writes it to `dist/storybook`. */
import { globSync, statSync } from 'node:fs';
import path from 'node:path';
import { describeElements } from './build.ts';
import { ROOT } from './paths.ts';
import { main, Problem } from './problem.ts';
import { endOnSignals, runTool } from './programs.ts';

/** The static Storybook; any web server can serve it. */
export const STORYBOOK = path.join(ROOT, 'dist/storybook');

const CONFIG = ['-c', 'stories/.storybook', '--disable-telemetry'];

/** Everything that decides what Storybook shows. */
const SOURCES = [
  // With their folders, which change when a file is removed.
  'stories',
  'stories/**',
  'stories/.storybook/**',
  'packages/{adapters,charts,contract,core,elements,personas,tokens}/{package.json,src/**}',
  '{package-lock,tsconfig}.json',
  'custom-elements-manifest.config.mjs',
];

const USAGE = `npm run storybook                 shows the elements in the browser, and follows changes
npm run storybook -- --port 7007  … on a port of your choice
npm run storybook -- build        writes it to dist/storybook`;

/** Builds the static Storybook, unless what was built last is as new as its sources. */
export async function buildStorybook(): Promise<void> {
  if (isBuilt()) return;
  console.log('Building Storybook…');
  await describeElements();
  const { code } = await runTool('storybook', ['build', ...CONFIG, '-o', STORYBOOK, '--loglevel', 'warn']);
  if (code !== 0) throw new Problem('Storybook could not be built; what it printed above says where.');
}

/** Serves Storybook in the foreground until it is told to stop. A port that is taken makes way for the next free one. */
async function serveStorybook(options: readonly string[]): Promise<void> {
  endOnSignals();
  await describeElements();
  const { code } = await runTool('storybook', ['dev', ...CONFIG, '--ci', '--no-version-updates', ...options]);
  if (code !== 0) throw new Problem('Storybook has ended; what it printed above says why.');
}

function isBuilt(): boolean {
  const built = statSync(path.join(STORYBOOK, 'index.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(SOURCES, { cwd: ROOT, exclude: (name) => name.includes('node_modules') || name.endsWith('.test.ts') });
  return sources.every((file) => statSync(path.join(ROOT, file)).mtimeMs <= built);
}

if (import.meta.main) {
  await main(async () => {
    const args = process.argv.slice(2);
    if (args.includes('--help')) return console.log(USAGE);
    if (args[0] === 'build') return buildStorybook();
    if (args[0] === undefined || args[0].startsWith('-')) return serveStorybook(args);
    throw new Problem(`There is no "${args.join(' ')}".\n${USAGE}`);
  });
}
