import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { findBrowser, findBrowserWithWindows, findFirefox } from './browser.ts';
import { Problem } from './problem.ts';

describe('the browser', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'oya-browser-'));
  after(() => rmSync(folder, { recursive: true }));

  const kinds = [
    { program: 'chromium', variable: 'OYA_CHROMIUM', find: findBrowser },
    { program: 'firefox-esr', variable: 'OYA_FIREFOX', find: findFirefox },
  ];
  for (const { program, variable, find } of kinds) {
    const file = path.join(folder, program);
    writeFileSync(file, '');
    chmodSync(file, 0o755);

    it(`is the one that ${variable} names`, () => assert.equal(find({ [variable]: file, PATH: '' }), file));
    it(`is found on the path as ${program}`, () => assert.equal(find({ PATH: `${tmpdir()}/none${path.delimiter}${folder}` }), file));
    it(`is asked for anew when ${variable} names nothing`, () => {
      assert.throws(() => find({ [variable]: `${file}-gone`, PATH: folder }), (error) => error instanceof Problem && error.message.includes('unset it'));
    });
  }

  it('is the Chromium without windows, where there are both', () => {
    const file = path.join(folder, 'chromium-headless-shell');
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    try {
      assert.equal(findBrowser({ PATH: folder }), file);
      assert.equal(findBrowserWithWindows({ OYA_CHROMIUM: file, PATH: folder }), path.join(folder, 'chromium'));
    } finally {
      rmSync(file);
    }
  });
});
