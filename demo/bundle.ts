import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DemoProblem } from './problem.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** A release of the kit as `rollup -c` leaves it. */
export interface Bundle {
  readonly version: string;
  readonly dir: string;
  /** File → what a page writes as `integrity`. */
  readonly integrity: Readonly<Record<string, string>>;
}

/** @throws DemoProblem `not-built` */
export function findBundle(): Bundle {
  const { version } = readJson<{ version: string }>(path.join(ROOT, 'package.json'));
  const dir = path.join(ROOT, 'dist/oya', version);
  if (!existsSync(path.join(dir, 'sri.json'))) {
    throw new DemoProblem('not-built', `The demo embeds the built kit, and ${path.relative(process.cwd(), dir)} holds none. Build it: npm run build.`);
  }
  return { version, dir, integrity: readJson(path.join(dir, 'sri.json')) };
}

/**
 * The same code under another version number, for pages that show what two versions on one page do.
 * @param into a folder that may be overwritten
 */
export function withVersion(bundle: Bundle, version: string, into: string): Bundle {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  const integrity: Record<string, string> = {};
  let renamed = 0;
  for (const file of readdirSync(bundle.dir).filter((name) => /\.(js|css)$/.test(name))) {
    const parts = readFileSync(path.join(bundle.dir, file), 'utf8').split(`"${bundle.version}"`);
    renamed += parts.length - 1;
    const code = parts.join(`"${version}"`);
    writeFileSync(path.join(into, file), code);
    integrity[file] = `sha384-${createHash('sha384').update(code).digest('base64')}`;
  }
  if (renamed === 0) throw new Error(`No file of ${bundle.dir} names its version "${bundle.version}".`);
  return { version, dir: into, integrity };
}

/**
 * The address of a file of a release. The query tells two builds of one version apart: browsers keep the files
 * for ever, and a kept one would not fit the integrity of the next.
 */
export function addressOf(bundle: Bundle, file: string, origin = ''): string {
  const digest = bundle.integrity[file];
  if (!digest) throw new Error(`${bundle.dir} has no ${file}.`);
  const build = Buffer.from(digest.replace('sha384-', ''), 'base64').toString('hex').slice(0, 8);
  return `${origin}/oya/${bundle.version}/${file}?build=${build}`;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
