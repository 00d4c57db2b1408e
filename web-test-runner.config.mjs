/** The browser tests: core, charts, elements and the loader in a real Chromium. */
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { cutDown, libraryOf } from './packages/cdn/build/leave-out.mjs';
import { asModule } from './packages/cdn/build/old-modules.mjs';
import { launchOptions } from './packages/tools/src/browser.ts';
import { countBrowserTests } from './packages/tools/src/testing/browser-reporter.ts';
import { browserTests } from './packages/tools/src/testing/test-files.ts';
import { touchCommand } from './packages/tools/src/testing/touch-command.ts';

/** What libraries say in development builds, and nobody needs to act on. */
const CHATTER = [/^Lit is in dev mode/];

/** Libraries as the build ships them, without what it leaves out: what the tests reach must be there. */
const librariesAsShipped = {
  name: 'oya-libraries-as-shipped',
  transform({ path, body }) {
    const library = libraryOf(path);
    return library && cutDown(String(body), library);
  },
};

const librariesAsModules = {
  name: 'oya-libraries-as-modules',
  transform: ({ path }) => asModule(import.meta.dirname + path),
};

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: browserTests(),
  rootDir: import.meta.dirname,
  // Development builds of libraries: they say what they would silently put up with in production.
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [touchCommand(), librariesAsShipped, librariesAsModules, esbuildPlugin({ ts: true, json: true, target: 'es2022', tsconfig: `${import.meta.dirname}/tsconfig.json` })],
  browsers: [playwrightLauncher({ product: 'chromium', launchOptions: launchOptions() })],
  concurrency: 2,
  // The first axe run of a page takes seconds on a small machine.
  testFramework: { config: { timeout: 15_000 } },
  testsFinishTimeout: 300_000,
  browserStartTimeout: 60_000,
  filterBrowserLogs: ({ args }) => !CHATTER.some((chatter) => typeof args[0] === 'string' && chatter.test(args[0])),
  // Development builds of libraries ask bundlers which one they are.
  testRunnerHtml: (framework) => `<!doctype html><html lang="fr"><head><meta charset="utf-8"><script>window.process = { env: { NODE_ENV: 'development' } };</script></head>
    <body><script type="module" src="${framework}"></script></body></html>`,
  // Logs are files: no line is overwritten.
  staticLogging: true,
  reporters: [defaultReporter({ reportTestProgress: false }), countBrowserTests()],
};
