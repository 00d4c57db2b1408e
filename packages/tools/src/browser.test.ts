import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { findBrowser } from './browser.ts';
import { Problem } from './problem.ts';

describe('the browser', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'oya-browser-'));
  after(() => rmSync(folder, { recursive: true }));
  const chromium = path.join(folder, 'chromium');
  writeFileSync(chromium, '');
  chmodSync(chromium, 0o755);

  it('is the one that OYA_CHROMIUM names', () => assert.equal(findBrowser({ OYA_CHROMIUM: chromium, PATH: '' }), chromium));
  it('is found on the path', () => assert.equal(findBrowser({ PATH: `${tmpdir()}/none${path.delimiter}${folder}` }), chromium));
  it('is asked for anew when OYA_CHROMIUM names nothing', () => {
    assert.throws(() => findBrowser({ OYA_CHROMIUM: `${chromium}-gone`, PATH: folder }), (error) => error instanceof Problem && error.message.includes('unset it'));
  });
});
