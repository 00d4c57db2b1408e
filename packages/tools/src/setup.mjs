// Sets the house up (packages, Node 24) and hands over to the command. Plain JavaScript without
// dependencies: it runs before there are any, on the machine's own Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
/** Command → the file that Node 24 runs, with its first arguments. */
const commands = {
  start: ['packages/tools/src/start.ts'],
  test: ['packages/tools/src/test.ts'],
  check: ['packages/tools/src/test.ts', 'types', 'lint', 'layers', 'structure'],
  build: ['packages/tools/src/build.ts'],
  storybook: ['packages/tools/src/storybook.ts'],
  app: ['packages/tools/src/app.ts'],
  bench: ['packages/tools/src/bench.ts'],
  fuzz: ['packages/tools/src/fuzz.ts'],
  import: ['packages/server/src/import.ts'],
  requests: ['packages/server/src/requests.ts'],
  consents: ['packages/server/src/consents.ts'],
  collect: ['packages/server/src/collect.ts'],
  receipts: ['packages/server/src/receipts.ts'],
  invoices: ['packages/server/src/invoices.ts'],
  readings: ['packages/server/src/readings.ts'],
  outages: ['packages/server/src/outages.ts'],
  agents: ['packages/server/src/agents.ts'],
  link: ['packages/server/src/link.ts'],
  webhooks: ['packages/server/src/webhooks.ts'],
};

/** The first Node whose own crypto has Argon2, with which the server keeps passwords. */
const NEEDED_NODE = [24, 7];

/** What went wrong, in words for the person at the keyboard; shown without a stack. */
class SetupError extends Error {}

/**
 * Runs one command of the repository on Node 24, after whatever set-up it still needs.
 * @param {string} command one of `commands`
 * @param {readonly string[]} args what follows `--` on the npm command line
 */
export async function runCommand(command, args) {
  try {
    if (!Object.hasOwn(commands, command)) {
      throw new SetupError(`There is no command "${command}". Choose one of: ${Object.keys(commands).join(', ')}.`);
    }
    requireWriteAccess();
    if (!packagesFitLockfile()) await installPackages();
    const [file, ...first] = commands[command];
    await handOver(findNode(), [path.join(root, file), ...first, ...args]);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

function requireWriteAccess() {
  const cache = path.join(root, '.cache');
  const probe = path.join(cache, `write-access-${process.pid}`);
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new SetupError(
      `Cannot write to ${cache} (${error.code}): this folder holds what is built and downloaded.\n` +
        `Run the command as the folder's owner, make it writable (chmod -R u+w "${root}"), or copy the repository to a folder of yours.`,
    );
  }
}

/** Whether what npm says it installed is what the lockfile asks for; packages for other platforms may be absent. */
function packagesFitLockfile() {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = readLockfile(installedFile);
  return Object.entries(readLockfile(path.join(root, 'package-lock.json'))).every(([folder, wanted]) => {
    if (!folder.includes('node_modules/')) return true;
    const found = installed[folder];
    if (!found) return Boolean(wanted.optional);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function readLockfile(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    throw new SetupError(`Cannot read ${file}: ${error.message}\nRestore it (git checkout -- package-lock.json) or delete node_modules, and run the command again.`);
  }
}

async function installPackages() {
  console.log('Installing the packages that package-lock.json names (npm ci). This happens once, and again when they change.');
  const npm = npmCommand();
  // Without warnings: most are that packages want a newer Node than the one that installs, and they get it.
  const { code } = await run(npm.file, [...npm.args, 'ci', '--loglevel=error'], { shell: npm.shell });
  if (code !== 0) {
    throw new SetupError(
      `"npm ci" ended with code ${code}; what it printed above says why.\n` +
        'Most often the package registry cannot be reached (check the network or the proxy: npm ping), or node_modules belongs to another user (delete it).',
    );
  }
}

/** The npm that called us where there is one, so that one machine with several versions stays with the one chosen. */
function npmCommand() {
  const caller = process.env.npm_execpath;
  if (caller && /npm-cli\.[cm]?js$/.test(caller)) return { file: process.execPath, args: [caller], shell: false };
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * The Node that runs everything else: the one npm installed for this platform, else the machine's own
 * where it is new enough. What npm installed is tried first, as it may not run here (another C library).
 */
function findNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const installed = path.join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(installed) && spawnSync(installed, ['--version']).status === 0) return installed;

  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])) return process.execPath;
  throw new SetupError(
    `No Node ${NEEDED_NODE.join('.')} or newer for ${process.platform} ${process.arch}: npm has none for this platform, and the machine runs ${process.versions.node}.\n` +
      'Install Node 24 from https://nodejs.org (or: nvm install 24), open a new terminal, and run the command again.',
  );
}

async function handOver(node, args) {
  const bin = path.join(root, 'node_modules/.bin');
  const { code, signal } = await run(node, args, { env: { ...process.env, PATH: [path.dirname(node), bin, process.env.PATH].join(path.delimiter) } });
  process.exitCode = signal ? 128 + constants.signals[signal] : code;
}

/** Runs a program in the foreground; a signal sent to us reaches it, and it decides when to end. */
function run(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.on('error', (error) => reject(new SetupError(`Cannot run ${file}: ${error.message}`)));
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve({ code, signal });
    });
  });
}
