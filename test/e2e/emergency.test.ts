import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertNothingFound } from './support/axe.ts';
import { openHouse, type House } from './support/house.ts';

describe('somebody who smells gas, or whose power is off', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const numbers = (page: Page) => page.locator('main').getByRole('link').evaluateAll((links) => links.filter((link) => (link as HTMLElement).checkVisibility()).map((link) => link.getAttribute('href')));

  for (const [site, expected] of [['eneo', ['tel:+33536491030', 'tel:+33536491020']], ['sicae', ['tel:+33536492020']]] as const) {
    it(`sees whom to call without JavaScript, at ${site}`, async () => {
      const { page } = await house.visit(site, '/urgence', { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
      await page.locator('main .number').first().waitFor();
      // Without scripts the page is not asked by one either.
      const seen = await page.locator('main a[href^="tel:"]').all();
      assert.deepEqual(await Promise.all(seen.map((link) => link.getAttribute('href'))), expected);
      for (const link of seen) assert.ok(await link.isVisible());
      assert.ok(await page.locator('footer a[href^="tel:"]').last().isVisible());
    });

    it(`sees them while nothing answers, at ${site}`, async () => {
      const { page } = await house.visit(site, '/conditions-generales');
      await page.route(`${house.server.url}/**`, (route) => route.abort());
      await page.goto(`${house.origin(site)}/urgence`);
      await page.locator('oya-emergency').waitFor({ state: 'attached' });
      assert.deepEqual((await numbers(page)).slice(0, expected.length), expected);
      await page.getByText('Les numéros de cette page restent bons.').waitFor({ timeout: 40_000 });
      assert.deepEqual((await numbers(page)).slice(0, expected.length), expected);
      assert.deepEqual((await numbers(page)).slice(expected.length), ['tel:112', 'sms:114']);
      await assertNothingFound(page);
    });
  }

  it('is told what to do at 320 pixels, in the order of danger', async () => {
    const { page, errors } = await house.visit('eneo', '/urgence', { viewport: { width: 320, height: 640 } });
    await page.getByRole('heading', { name: 'Vous sentez une odeur de gaz' }).waitFor();
    assert.equal((await numbers(page))[0], 'tel:0536491030');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320));
    await assertNothingFound(page);
    assert.deepEqual(errors, []);
  });

  it('keeps the page’s own numbers in a place of a CMS, too, until the portal has answered', async () => {
    const { page, errors } = await house.visit('sicae', '/urgence');
    await page.getByRole('heading', { name: 'Vous n’avez plus de courant' }).waitFor();
    assert.equal(await page.locator('[data-oya=emergency] oya-emergency a[href="tel:+33536492020"]').count(), 1);
    assert.deepEqual(await numbers(page), ['tel:0536492020', 'sms:0639982020', 'tel:112', 'sms:114', 'tel:0536492010']);
    assert.deepEqual(errors, []);
  });

  it('prints a card with the numbers and nothing else', async () => {
    const { page } = await house.visit('eneo', '/urgence');
    // A print that does not end leaves the card to be looked at.
    await page.evaluate(() => (window.print = () => undefined));
    await page.getByRole('button', { name: 'Imprimer ces numéros' }).click();
    await page.emulateMedia({ media: 'print' });
    const lines = (await page.locator('body').innerText()).split(/\n+/).map((line) => line.trim()).filter(Boolean);
    assert.equal(lines.length, 4, lines.join('\n'));
    assert.match(lines[1] ?? '', /^Urgence gaz.*05 36 49 10 30/);
    await page.emulateMedia({ media: 'screen' });
    assert.ok(await page.getByRole('heading', { name: 'Vous sentez une odeur de gaz' }).isVisible());
  });
});
