/** What of a built kit an app has on the device before anybody asks for it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TABS } from '../../../elements/src/app/tabs.ts';
import { SECTIONS } from '../../../elements/src/portal/sections.ts';
import { Problem } from '../problem.ts';

export interface Kit {
  /** File → its integrity. */
  readonly integrity: Readonly<Record<string, string>>;
  readonly manifest: {
    readonly elements: Readonly<Record<string, string>>;
    readonly runtime: string;
    readonly files: Readonly<Record<string, { readonly brotli: number; readonly imports: readonly string[]; readonly dynamicImports: readonly string[] }>>;
  };
  /** The worker of apps, as one script. */
  readonly worker: string;
}

/** What comes by itself once an element is there. Larger ones read customers' files or play the portal: they come when asked for, and stay then. */
const LARGEST_PART = 16_000;
const WITH_THEM = ['oya-app', 'oya-app-status', 'oya-session', 'oya-bar-chart', 'oya-load-curve', 'oya-bill-watch'];

/** @throws Problem when nothing was built there */
export function readKit(dir: string): Kit {
  const read = (file: string) => {
    try {
      return readFileSync(path.join(dir, file), 'utf8');
    } catch {
      throw new Problem(`${dir} holds no built kit (${file} is missing). Build it: npm run build.`);
    }
  };
  return { integrity: JSON.parse(read('sri.json')) as Kit['integrity'], manifest: JSON.parse(read('manifest.json')) as Kit['manifest'], worker: read('oya-app.js') };
}

/** Files of the kit that an app in this language shows its tabs with, without a network too. */
export function filesOfApp({ manifest }: Kit, lang: string): string[] {
  const { elements, files, runtime } = manifest;
  const tags = [...WITH_THEM, ...TABS.flatMap((tab) => tab.tags), ...SECTIONS.map(({ tag }) => tag)];
  const found = new Set<string>();
  const add = (name: string, isPart: boolean) => {
    const file = files[name];
    if (found.has(name) || !file) return;
    if (isPart && (file.brotli > LARGEST_PART || isOtherLanguage(name, lang))) return;
    found.add(name);
    for (const each of file.imports) add(each, false);
    for (const each of file.dynamicImports) add(each, true);
  };
  // The loader names its chunks by address: they are no imports of it.
  for (const name of ['oya.js', 'oya.css', runtime, ...tags.map((tag) => elements[tag] ?? '')]) add(name, false);
  const words = Object.keys(files).find((name) => languageOf(name) === lang.split('-')[0]);
  if (words) found.add(words);
  return [...found].toSorted();
}

function languageOf(file: string): string | undefined {
  return /^lang-([a-z]+)-/.exec(file)?.[1];
}

function isOtherLanguage(file: string, lang: string): boolean {
  const language = languageOf(file);
  return language !== undefined && language !== lang.split('-')[0];
}
