/** i18next as the build ships it (`packages/cdn/build/libraries.mjs`) says what i18next as it comes says. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { i18n } from 'i18next';
import { cutDown, libraryOf } from '../../packages/cdn/build/leave-out.mjs';

type Texts = Record<string, string>;

const ROOT = path.join(import.meta.dirname, '../..');
const FILE = path.join(ROOT, 'node_modules/i18next/dist/esm/i18next.js');
const COUNTS = [0, 1, 1.5, 2, 1_000_000];
/** What a portal may put into a text, and what might be taken for more than text. */
const VALUES = ['a & b < c', '$t(loading)', '{{name}}', '{{- name}}', "$& $1 $`'", 'deux\nlignes', '', 0, 12.5];

const source = readFileSync(FILE, 'utf8');
const library = libraryOf(FILE);
assert.ok(library);

/** Set up as in `core/src/i18n/messages.ts`. */
async function speak(code: string): Promise<i18n> {
  const { default: i18next } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: i18n };
  const instance = i18next.createInstance();
  await instance.init({ lng: 'fr', fallbackLng: 'fr', resources: {}, initAsync: false, keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false } });
  return instance;
}

const whole = await speak(source);
const shipped = await speak(cutDown(source, library));

describe('the words of the kit', () => {
  const files = globSync('packages/*/src/**/*.messages.ts', { cwd: ROOT });
  assert.ok(files.length > 0);

  for (const file of files) {
    it(`are the same in ${path.basename(file)}`, () => {
      const languages = { fr: textsOf(file), en: textsOf(file.replace('.messages.ts', '.messages.en.ts')) };
      for (const instance of [whole, shipped]) {
        for (const [language, texts] of Object.entries(languages)) instance.addResourceBundle(language, file, texts);
      }
      for (const language of ['fr', 'en', 'de']) {
        for (const key of new Set([...Object.keys(languages.fr).flatMap((each) => [each, each.replace(/_\w+$/, '')]), 'a key that is not there'])) {
          for (const count of COUNTS) assertSame(language, file, key, { ...valuesFor(languages.fr, 'Camille'), count });
          for (const value of VALUES) assertSame(language, file, key, { ...valuesFor(languages.fr, value), count: 2 });
          assertSame(language, file, key, valuesFor(languages.fr, 'Camille'));
          assertSame(language, file, key, {});
        }
      }
    });
  }
});

function assertSame(language: string, namespace: string, key: string, values: Record<string, unknown>): void {
  const [expected, actual] = [whole, shipped].map((instance) => instance.getFixedT(language, namespace)(key, { ...values }));
  assert.equal(actual, expected, `${language}, ${key}, ${JSON.stringify(values)}`);
}

function valuesFor(texts: Texts, value: unknown): Record<string, unknown> {
  const names = Object.values(texts).flatMap((text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name));
  return Object.fromEntries(names.map((name) => [name, value]));
}

/** The texts as they stand in the file: `key: '…'`, one a line or several. */
function textsOf(file: string): Texts {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const entries = [...text.matchAll(/^\s*(?:'([^']+)'|([\w-]+)):\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),$/gm)].map(([, quoted, bare, single, double]) => [quoted ?? bare, single ?? double]);
  assert.ok(entries.length > 0, `${file} has no texts that this test finds`);
  return Object.fromEntries(entries) as Texts;
}
