import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** axe finds nothing on a page as it is now. */
export async function assertNothingFound(page: Page): Promise<void> {
  // Not as a script of the page, which its policy may forbid.
  await page.evaluate(AXE);
  const results = await page.evaluate(
    (tags) => (window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } }).axe.run(document, { runOnly: tags, resultTypes: ['violations'] }),
    TAGS,
  );
  const found = results.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.flat().join(' ')}: ${failureSummary}`));
  assert.deepEqual(found, []);
}

type Look = readonly [width: number, colorScheme: 'light' | 'dark'];

const WIDE = 1280;
const NARROW = 320;
/** Each width and each scheme once: what comes of the one hardly depends on the other. */
const OPPOSITES: readonly Look[] = [[WIDE, 'light'], [NARROW, 'dark']];
export const EVERY_LOOK: readonly Look[] = [[WIDE, 'light'], [WIDE, 'dark'], [NARROW, 'dark'], [NARROW, 'light']];

/** axe finds nothing on a page as it is now, wide or narrow, light or dark, and nothing scrolls sideways. */
export async function assertNothingFoundAnywhere(page: Page, looks = OPPOSITES): Promise<void> {
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await assertNothingFound(page);
    const reaches = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(reaches <= width, `the page is ${reaches} px wide in a window of ${width}`);
  }
}
