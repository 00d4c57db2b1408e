/** The browsers that tests, benchmarks and end-to-end flows drive: the machine's own, installed when there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Problem } from './problem.ts';

/** For a browser that only tests drive: it works as root, and makes no calls of its own. */
export const BROWSER_ARGUMENTS: readonly string[] = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium refuses to start as root with its sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

interface Kind {
  readonly name: string;
  /** Names the program, before all places where one may be. */
  readonly variable: string;
  /** On the path, the first of these that is there. */
  readonly programs: readonly string[];
  /** Below the folders where each system keeps its programs. */
  readonly places: { readonly darwin: readonly string[]; readonly win32: readonly string[] };
  /** Patterns below the cache of Playwright, whose Chromium is one that anybody may drive. */
  readonly cached: readonly string[];
  /** The first of these that Debian, or what is like it, has. */
  readonly debianPackages: readonly string[];
  /** How to get one. */
  readonly advice: string;
}

const CHROMIUM: Kind = {
  name: 'Chromium, Chrome or Edge',
  variable: 'OYA_CHROMIUM',
  // The one without windows first: the others start parts of theirs anew with each page, a third of the time of a test.
  programs: ['chromium-headless-shell', 'chrome-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  places: {
    darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `${name}.app/Contents/MacOS/${name}`),
    win32: ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'],
  },
  cached: [
    ...['chrome-headless-shell-*/chrome-headless-shell*', 'chrome-*/headless_shell*'].map((program) => `chromium_headless_shell-*/${program}`),
    ...['chrome-linux*/chrome', 'chrome-win*/chrome.exe', 'chrome-mac*/*.app/Contents/MacOS/*'].map((program) => `chromium-*/${program}`),
  ],
  debianPackages: ['chromium-headless-shell', 'chromium'],
  advice: 'Debian: sudo apt-get install chromium-headless-shell; Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium; Windows: winget install Google.Chrome',
};

const FIREFOX: Kind = {
  name: 'Firefox',
  variable: 'OYA_FIREFOX',
  programs: ['firefox-esr', 'firefox'],
  places: { darwin: ['Firefox ESR', 'Firefox'].map((name) => `${name}.app/Contents/MacOS/firefox`), win32: ['Mozilla Firefox ESR/firefox.exe', 'Mozilla Firefox/firefox.exe'] },
  // Playwright's is a build of its own, which speaks another protocol.
  cached: [],
  debianPackages: ['firefox-esr'],
  advice: 'Debian: sudo apt-get install firefox-esr; Ubuntu: the package of packages.mozilla.org; macOS: brew install --cask firefox; Windows: winget install Mozilla.Firefox.ESR',
};

/** What a browser launcher of Playwright takes. */
export function launchOptions(): { executablePath: string; args: string[] } {
  return { executablePath: findBrowser() ?? missing(CHROMIUM), args: [...BROWSER_ARGUMENTS] };
}

/**
 * Finds a Chromium, installs one with the system's package manager where that may be done without asking, and leaves
 * its path in `OYA_CHROMIUM` for the programs started after.
 * @throws Problem that says how to get one
 */
export function ensureBrowser(): string {
  return ensure(CHROMIUM);
}

/**
 * The same for Firefox, and `OYA_FIREFOX`.
 * @throws Problem that says how to get one
 */
export function ensureFirefox(): string {
  return ensure(FIREFOX);
}

/** @throws Problem when `OYA_CHROMIUM` names a file that is not there */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return find(CHROMIUM, env);
}

/** One that has windows, even when nobody sees them: the one without has no notifications either. */
export function findBrowserWithWindows(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const files = [env[CHROMIUM.variable] ?? '', ...onPath(CHROMIUM, env), ...inUsualPlaces(CHROMIUM, env)];
  return files.find((file) => !/headless.shell/.test(path.basename(file)) && existsSync(file));
}

/** @throws Problem when `OYA_FIREFOX` names a file that is not there */
export function findFirefox(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return find(FIREFOX, env);
}

function ensure(kind: Kind): string {
  const browser = find(kind, process.env) ?? (install(kind) ? find(kind, process.env) : undefined) ?? missing(kind);
  process.env[kind.variable] = browser;
  return browser;
}

function find(kind: Kind, env: NodeJS.ProcessEnv): string | undefined {
  const chosen = env[kind.variable];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Problem(`${kind.variable} names ${chosen}, which is not there. Correct it, or unset it to let the browser be found.`);
  }
  return [...onPath(kind, env), ...inUsualPlaces(kind, env)].find((file) => existsSync(file));
}

function onPath({ programs }: Kind, env: NodeJS.ProcessEnv): string[] {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return programs.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

function inUsualPlaces({ places, cached }: Kind, env: NodeJS.ProcessEnv): string[] {
  const below = (folders: readonly (string | undefined)[], programs: readonly string[]) =>
    programs.flatMap((program) => folders.filter((folder) => folder !== undefined).map((folder) => path.join(folder, program)));
  const ofPlaywright = (usual: string) => {
    const cache = env['PLAYWRIGHT_BROWSERS_PATH'] ?? usual;
    return cached.flatMap((program) => globSync(program, { cwd: cache }).map((file) => path.join(cache, file)));
  };
  switch (process.platform) {
    case 'darwin':
      return [...below(['/Applications'], places.darwin), ...ofPlaywright(path.join(homedir(), 'Library/Caches/ms-playwright'))];
    case 'win32':
      return [...below([env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']], places.win32), ...ofPlaywright(path.join(env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright'))];
    default:
      return ofPlaywright(path.join(homedir(), '.cache/ms-playwright'));
  }
}

/** @returns whether the package manager says that it did; nobody is asked for a password */
function install({ name, debianPackages }: Kind): boolean {
  const works = (command: readonly string[]) => spawnSync(command[0] as string, command.slice(1), { stdio: 'ignore' }).status === 0;
  if (process.platform !== 'linux' || !works(['apt-get', '--version'])) return false;
  const asRoot = process.getuid?.() === 0 ? [] : works(['sudo', '-n', 'true']) ? ['sudo', '-n'] : undefined;
  if (!asRoot) return false;
  console.log(`No ${name} on this machine: installing Debian’s (apt-get install ${debianPackages.join(', else ')}). This takes a minute, once.`);
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-y'];
  return works([...apt, 'update']) && debianPackages.some((debianPackage) => works([...apt, 'install', debianPackage]));
}

function missing({ name, variable, advice }: Kind): never {
  throw new Problem(
    `No ${name} on this machine; the tests drive one.\n` +
      `Install one (${advice}),\n` +
      `or name the program of one that you have: ${variable}=/path/to/it npm test`,
  );
}
