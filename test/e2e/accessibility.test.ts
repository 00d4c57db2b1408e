import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SiteName } from '../../demo/sites.ts';
import { assertNothingFound } from './support/axe.ts';
import { openHouse, persona, settled, signIn, type House } from './support/house.ts';

/** Page → who signs in there; `null` where nobody can. */
const PAGES: readonly [SiteName, string, string | null][] = [
  ['start', '/', null],
  ['eneo', '/', null],
  ['sicae', '/', null],
  ['oya', '/', null],
  ['eneo', '/espace-client', 'camille'],
  ['sicae', '/espace-client', 'marc'],
  ['strict', '/', 'camille'],
];

describe('axe finds nothing', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  for (const [site, path, customer] of PAGES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 320]) {
        it(`on ${site}${path}, ${colorScheme}, ${width} px wide`, async () => {
          const { page } = await house.visit(site, path, { colorScheme, viewport: { width, height: 900 } });
          if (customer === null) return assertNothingFound(page);
          await page.getByLabel('Mot de passe', { exact: true }).waitFor();
          await page.locator('oya-consumption .notice').waitFor();
          await assertNothingFound(page);
          await signIn(page, persona(customer));
          const consumption = page.locator('oya-consumption');
          await settled(consumption);
          await consumption.getByRole('button', { name: /^Mardi 17 novembre 2026 : / }).click();
          await consumption.locator('oya-load-curve').waitFor();
          await assertNothingFound(page);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, 'the page scrolls sideways');
        });
      }
    }
  }
});
