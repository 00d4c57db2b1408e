/** The Chromium that tests, benchmarks and end-to-end flows drive: the machine's own, installed when there is none. */
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

/** What a browser launcher of Playwright takes. */
export function launchOptions(): { executablePath: string; args: string[] } {
  return { executablePath: findBrowser() ?? missing(), args: [...BROWSER_ARGUMENTS] };
}

/**
 * Finds a Chromium, installs one with the system's package manager where that may be done without asking, and leaves
 * its path in `OYA_CHROMIUM` for the programs started after.
 * @throws Problem that says how to get one
 */
export function ensureBrowser(): string {
  const browser = findBrowser() ?? (installBrowser() ? findBrowser() : undefined) ?? missing();
  process.env['OYA_CHROMIUM'] = browser;
  return browser;
}

/** @throws Problem when `OYA_CHROMIUM` names a file that is not there */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = env['OYA_CHROMIUM'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Problem(`OYA_CHROMIUM names ${chosen}, which is not there. Correct it, or unset it to let the browser be found.`);
  }
  return [...onPath(env), ...inUsualPlaces(env)].find((file) => existsSync(file));
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

function inUsualPlaces(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') {
    const applications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
    return [...applications, ...keptByPlaywright(env['PLAYWRIGHT_BROWSERS_PATH'] ?? path.join(homedir(), 'Library/Caches/ms-playwright'))];
  }
  if (process.platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((folder) => folder !== undefined);
    const programs = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return [
      ...programs.flatMap((program) => folders.map((folder) => path.join(folder, program))),
      ...keptByPlaywright(env['PLAYWRIGHT_BROWSERS_PATH'] ?? path.join(env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright')),
    ];
  }
  return keptByPlaywright(env['PLAYWRIGHT_BROWSERS_PATH'] ?? path.join(homedir(), '.cache/ms-playwright'));
}

function keptByPlaywright(cache: string): string[] {
  const programs = ['chrome-linux*/chrome', 'chrome-win*/chrome.exe', 'chrome-mac*/*.app/Contents/MacOS/*'];
  return programs.flatMap((program) => globSync(`chromium-*/${program}`, { cwd: cache }).map((file) => path.join(cache, file)));
}

/** @returns whether the package manager says that it did; nobody is asked for a password */
function installBrowser(): boolean {
  const works = (command: readonly string[]) => spawnSync(command[0] as string, command.slice(1), { stdio: 'ignore' }).status === 0;
  if (process.platform !== 'linux' || !works(['apt-get', '--version'])) return false;
  const asRoot = process.getuid?.() === 0 ? [] : works(['sudo', '-n', 'true']) ? ['sudo', '-n'] : undefined;
  if (!asRoot) return false;
  console.log('No Chromium on this machine: installing Debian’s (apt-get install chromium). This takes a minute, once.');
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-y'];
  return works([...apt, 'update']) && works([...apt, 'install', 'chromium']);
}

function missing(): never {
  throw new Problem(
    'No Chromium, Chrome or Edge on this machine; the tests drive one.\n' +
      'Install one (Debian and Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium; Windows: winget install Google.Chrome),\n' +
      'or name the program of one that you have: OYA_CHROMIUM=/path/to/chrome npm test',
  );
}
