/**
 * The checks of `npm test`, in their order: what finds most mistakes in the least time first, then the long one that takes a
 * core for itself with those beside it, then those that fill the machine.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { ensureBrowser, ensureFirefox } from '../browser.ts';
import { CACHE, ROOT } from '../paths.ts';
import { Problem } from '../problem.ts';
import { runNode, runTool, type Ending, type ProgramOptions } from '../programs.ts';
import { COUNTS_FILE } from './browser-reporter.ts';
import { takeCounts, type Counts } from './counts.ts';
import { nodeTests } from './test-files.ts';

export interface Step {
  readonly name: string;
  /** What it makes sure of, for `--help`. */
  readonly purpose: string;
  /** Steps whose results it works on. */
  readonly needs?: readonly string[];
  /** It measures time, or fills the machine: nothing else runs beside it. */
  readonly alone?: boolean;
  readonly timeoutMinutes: number;
  run(options: Required<ProgramOptions>): Promise<StepResult>;
}

export interface StepResult extends Ending {
  /** What a test runner counted; a plain check counts as one. */
  readonly counts?: Counts | undefined;
}

export const steps: readonly Step[] = [
  {
    name: 'types',
    purpose: 'the compiler finds no mistake',
    timeoutMinutes: 5,
    run: (options) => runTool('tsc', ['--project', ROOT, '--incremental', '--tsBuildInfoFile', path.join(CACHE, 'types.tsbuildinfo'), '--pretty'], options),
  },
  {
    name: 'build',
    purpose: 'the kit can be built',
    timeoutMinutes: 5,
    run: (options) => runNode([path.join(ROOT, 'packages/tools/src/build.ts')], options),
  },
  {
    name: 'budgets',
    purpose: 'what was built weighs no more than promised',
    needs: ['build'],
    timeoutMinutes: 2,
    run: (options) => runNodeTests(['test/budgets/*.test.ts'], options),
  },
  {
    name: 'layers',
    purpose: 'packages import only what their layer may (.dependency-cruiser.mjs)',
    timeoutMinutes: 3,
    run: (options) => runTool('depcruise', ['--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'packages', 'demo', 'stories', 'test'], options),
  },
  {
    name: 'structure',
    purpose: 'each element, adapter and dependency comes with all that belongs to it',
    timeoutMinutes: 3,
    run: (options) => runNodeTests(['test/structure/*.test.ts'], options),
  },
  {
    name: 'storybook',
    purpose: 'Storybook can be built',
    needs: ['build'],
    timeoutMinutes: 10,
    run: (options) => runNode([path.join(ROOT, 'packages/tools/src/storybook.ts'), 'build'], options),
  },
  {
    name: 'accessibility',
    purpose: 'axe finds nothing in any story, light, dark or in forced colours',
    needs: ['storybook'],
    timeoutMinutes: 20,
    run: (options) => runNodeTests(['test/stories/*.test.ts'], withBrowser(options)),
  },
  {
    name: 'lint',
    purpose: 'the rules of eslint.config.mjs hold',
    timeoutMinutes: 5,
    run: (options) => runTool('eslint', ['.', '--max-warnings', '0', '--color'], options),
  },
  {
    name: 'unit',
    purpose: 'what needs neither browser nor server',
    timeoutMinutes: 10,
    run: (options) => runNodeTests(nodeTests().filter((file) => !isOfServer(file)), options),
  },
  {
    name: 'browser',
    purpose: 'core, charts and elements in a real Chromium',
    timeoutMinutes: 10,
    run: runBrowserTests,
  },
  {
    name: 'server',
    purpose: 'the server, and all adapters beside it, on PGlite and, where OYA_TEST_DATABASE_URL names one, on PostgreSQL',
    alone: true,
    timeoutMinutes: 18,
    // A third of their time they wait: for a delay to pass, for the queue to look again, for the database.
    run: (options) => runNodeTests([...nodeTests().filter(isOfServer), 'test/conformance/*.test.ts'], options, { filesAtOnce: 3 }),
  },
  {
    name: 'end-to-end',
    purpose: 'customers’ ways through the demo sites, against the real server',
    needs: ['build'],
    alone: true,
    timeoutMinutes: 20,
    // Each has a house and a browser of its own, and waits for them half of its time.
    run: (options) => runNodeTests(['test/e2e/**/*.test.ts'], withFirefox(withBrowser(options)), { filesAtOnce: 2 }),
  },
];

function isOfServer(file: string): boolean {
  return file.startsWith('packages/server/');
}

/** Runs files of `node:test`, one after the other unless they leave the machine room for more. */
export async function runNodeTests(patterns: readonly string[], options: Required<ProgramOptions>, { filesAtOnce = 1 } = {}): Promise<StepResult> {
  for (const pattern of patterns) requireFiles(pattern);
  return counting(options, (countsFile) =>
    runNode(
      [
        '--test',
        `--test-concurrency=${filesAtOnce}`,
        '--import=./packages/tools/src/testing/libraries-as-shipped.mjs',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=./packages/tools/src/testing/node-reporter.ts',
        `--test-reporter-destination=${countsFile}`,
        // For each file, so that a test that hangs is named.
        `--test-timeout=${Math.round(options.timeoutMs * 0.8)}`,
        ...patterns,
      ],
      // Hundreds of processes load the same modules: each is made ready once.
      { ...options, env: { ...options.env, NODE_COMPILE_CACHE: path.join(CACHE, 'compiled') } },
    ),
  );
}

async function runBrowserTests(options: Required<ProgramOptions>): Promise<StepResult> {
  const { env } = withBrowser(options);
  return counting(options, (countsFile) =>
    runTool('wtr', ['--config', 'web-test-runner.config.mjs'], { ...options, env: { ...env, [COUNTS_FILE]: countsFile } }),
  );
}

async function counting({ log }: Required<ProgramOptions>, run: (countsFile: string) => Promise<Ending>): Promise<StepResult> {
  const countsFile = `${log}.counts.json`;
  const ending = await run(countsFile);
  return { ...ending, counts: takeCounts(countsFile) };
}

/** A pattern that fits no file would pass without a test. */
function requireFiles(pattern: string): void {
  if (globSync(pattern, { cwd: ROOT }).length === 0) throw new Problem(`No file fits ${pattern}: this step would test nothing.`);
}

function withBrowser(options: Required<ProgramOptions>): Required<ProgramOptions> {
  return { ...options, env: { ...options.env, OYA_CHROMIUM: ensureBrowser() } };
}

/** Where there is none, the tests that drive it say so and fail; the others run. */
function withFirefox(options: Required<ProgramOptions>): Required<ProgramOptions> {
  try {
    return { ...options, env: { ...options.env, OYA_FIREFOX: ensureFirefox() } };
  } catch (error) {
    if (error instanceof Problem) return options;
    throw error;
  }
}
