/** What the built kit weighs on the wire: brotli, thousands of bytes, following the imports that the bundler wrote down. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { findBundle } from '../../demo/bundle.ts';

interface Manifest {
  elements: Record<string, string>;
  faces: Record<string, string>;
  runtime: string;
  files: Record<string, { brotli: number; imports: string[]; dynamicImports: string[] }>;
}

/** What each element brings, with all that it imports, on a page that has the loader and the core already. */
const OWN: Readonly<Record<string, number>> = {
  'oya-alert-settings': 14,
  'oya-alerts': 13.9,
  'oya-app': 8.2,
  'oya-app-status': 4,
  'oya-bar-chart': 8,
  'oya-bill-explained': 20.2,
  'oya-bill-watch': 20,
  'oya-claim': 16,
  'oya-consents': 14.5,
  'oya-consumption': 20,
  'oya-contracts': 17,
  'oya-dashboard': 23.2,
  'oya-ecowatt': 8.5,
  'oya-emergency': 6.3,
  'oya-index-form': 29.4,
  'oya-install': 7,
  'oya-invoices': 17.8,
  'oya-load-curve': 17,
  'oya-login': 3,
  'oya-messages': 21.7,
  'oya-outage-report': 17.2,
  'oya-passkeys': 23,
  'oya-payment-means': 19.7,
  'oya-portal': 9.4,
  'oya-procedures': 8.5,
  'oya-profile': 34,
  'oya-provider': 1,
  'oya-session': 3,
  'oya-signup': 36,
  'oya-tariff-twin': 18,
  'oya-tempo': 12.7,
  'oya-utility-picker': 14.5,
};

describe('the built kit', () => {
  let manifest: Manifest;
  before(() => {
    manifest = JSON.parse(readFileSync(path.join(findBundle().dir, 'manifest.json'), 'utf8')) as Manifest;
  });

  /** Everything that arrives when these files are asked for. */
  function withImports(entries: readonly string[]): Set<string> {
    const files = new Set<string>();
    const add = (name: string) => {
      if (files.has(name)) return;
      files.add(name);
      manifest.files[name]?.imports.forEach(add);
    };
    entries.forEach(add);
    return files;
  }

  function weight(files: Iterable<string>): number {
    let bytes = 0;
    for (const name of files) {
      const file = manifest.files[name];
      assert.ok(file, `the manifest does not know ${name}`);
      bytes += file.brotli;
    }
    return bytes / 1000;
  }

  function fileOf(tag: string): string {
    const file = manifest.elements[tag];
    assert.ok(file, `the kit has no <${tag}>`);
    return file;
  }

  function assertWithin(kilobytes: number, files: Iterable<string>): void {
    const list = [...files];
    const actual = weight(list);
    assert.ok(actual <= kilobytes, `${actual.toFixed(1)} KB, promised are ${kilobytes}: ${list.map((name) => `${name} ${weight([name]).toFixed(1)}`).join(', ')}`);
  }

  const start = () => ['oya.js', manifest.runtime];

  it('begins with a loader of 4 KB at most that brings nothing with it', () => {
    assert.deepEqual([...withImports(['oya.js'])], ['oya.js']);
    assertWithin(4, ['oya.js']);
  });

  it('needs 58 KB at most for a text element, in French', () => {
    assertWithin(58, withImports([...start(), fileOf('oya-login')]));
  });

  it('needs 74 KB at most with the consumption on view and all its charts, the curve of a day among them', () => {
    assertWithin(74, withImports([...start(), fileOf('oya-login'), fileOf('oya-consumption'), fileOf('oya-bar-chart'), fileOf('oya-load-curve')]));
  });

  it('shows everybody the outages with 25 KB at most after the loader, in French as in English', () => {
    const face = manifest.faces['oya-alerts'];
    assert.ok(face, 'the kit has no light form of <oya-alerts>');
    const files = withImports([face]);
    assert.ok(![...files].includes(manifest.runtime), 'it brings the kit along');
    const english = Object.keys(manifest.files).filter((name) => name.startsWith('alerts-face-') && name.includes('messages.en'));
    assert.equal(english.length, 2);
    assertWithin(25, [...files, ...english]);
  });

  // Of the kit as a whole 160 are promised: `npm run bench -- weight` tells that it is broken, and README why. A page never
  // loads it as a whole: what is kept here from growing unseen is what each element brings before anybody clicks.
  it('brings with each element, beyond what all share, what that element was given', () => {
    const shared = withImports(start());
    assert.deepEqual(Object.keys(manifest.elements).toSorted(), Object.keys(OWN).toSorted(), 'give the new element its weight here');
    for (const [tag, kilobytes] of Object.entries(OWN)) {
      assertWithin(kilobytes, [...withImports([fileOf(tag)])].filter((name) => !shared.has(name)));
    }
  });

  it('has every element in a file of its own', () => {
    const files = Object.values(manifest.elements);
    assert.ok(files.length > 0);
    assert.equal(new Set(files).size, files.length);
  });
});
