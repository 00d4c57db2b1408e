import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { SiteName } from '../../demo/sites.ts';
import { assertNothingFound } from './support/axe.ts';
import { openHouse, type House } from './support/house.ts';

describe('somebody on the common entry page', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const commune = (page: Page) => page.getByRole('combobox', { name: 'Votre commune' });
  const portalLink = (page: Page, name: string) => page.getByRole('link', { name: `Ouvrir mon espace ${name}` });

  // As the guide has it; what is typed is what people type.
  const table: [typed: string, energy: 'Électricité' | 'Gaz', supplier: string, site: SiteName][] = [
    ['Carmaux', 'Électricité', 'ENEO', 'eneo'],
    ['carmaux', 'Gaz', 'ENEO', 'eneo'],
    ['ROSIERES', 'Gaz', 'ENEO', 'eneo'],
    ['monestiès', 'Gaz', 'ENEO', 'eneo'],
    ['Tanus', 'Électricité', 'SICAE', 'sicae'],
    ['st jean de marcel', 'Électricité', 'SICAE', 'sicae'],
  ];
  for (const [typed, energy, supplier, site] of table) {
    it(`who types ${typed} and has ${energy} is led to ${supplier}`, async () => {
      const { page, errors, calls } = await house.visit('oya');
      await commune(page).pressSequentially(typed);
      await page.getByRole('option').first().click();
      await page.getByRole('radio', { name: energy }).check();
      await page.getByRole('heading', { name: supplier, exact: true }).waitFor();
      await page.locator('oya-utility-picker .answer .primary').click();
      await page.waitForURL(`${house.origin(site)}/espace-client`);
      await page.getByLabel('Identifiant ou adresse e-mail').waitFor();
      assert.deepEqual(errors, []);
      // Nothing of what was typed leaves the page.
      assert.deepEqual(calls.filter((call) => call.includes('territory')), ['GET /eneo/v1/territory']);
      assert.ok(!calls.some((call) => call.includes('?')), calls.join());
    });
  }

  it('gets there with the keyboard alone', async () => {
    const { page } = await house.visit('oya');
    await commune(page).waitFor();
    const isOnCommune = () => commune(page).evaluate((field) => (field.getRootNode() as ShadowRoot).activeElement === field);
    for (let step = 0; step < 20 && !(await isOnCommune()); step++) await page.keyboard.press('Tab');
    await page.keyboard.type('mir');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.getByRole('option', { name: /Mirandol/ }).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Enter');
    assert.equal(await commune(page).inputValue(), 'Mirandol-Bourgnounac');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'SICAE', exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${house.origin('sicae')}/espace-client`);
  });

  it('is told by which former name the commune was found', async () => {
    const { page } = await house.visit('oya');
    await commune(page).pressSequentially('Cramaux');
    await page.getByRole('option', { name: 'Carmaux 81400, anciennement Cramaux' }).click();
    assert.equal(await commune(page).inputValue(), 'Carmaux');
  });

  it('from elsewhere is told so, and whom to ask', async () => {
    const { page } = await house.visit('oya');
    await commune(page).pressSequentially('Toulouse');
    await page.getByRole('heading', { name: 'Cette commune n’est pas dans notre liste' }).waitFor();
    const picker = page.locator('oya-utility-picker');
    assert.equal(await picker.getByRole('link', { name: 'contact@oya-energies.fr' }).getAttribute('href'), 'mailto:contact@oya-energies.fr');
    assert.equal(await picker.getByRole('link', { name: '05 36 49 30 10' }).getAttribute('href'), 'tel:0536493010');
  });

  it('whom no utility of the installation supplies is told whom to ask, and who has the other energy', async () => {
    const { page } = await house.visit('oya');
    await commune(page).pressSequentially('Le Garric');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'Électricité' }).check();
    await page.getByRole('heading', { name: 'Ici, l’électricité vient d’un autre fournisseur' }).waitFor();
    assert.equal(await portalLink(page, 'ENEO').getAttribute('href'), `${house.origin('eneo')}/espace-client`);
  });

  it('finds it in English when the page speaks it, with what was answered', async () => {
    const { page } = await house.visit('oya');
    await commune(page).pressSequentially('Tanus');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'Électricité' }).check();
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByText('In the communes of the Ségala, SICAE supplies the electricity.').first().waitFor();
    await page.getByRole('link', { name: 'Open my SICAE space' }).waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 320]) {
      it(`axe finds nothing, ${colorScheme}, ${width} px wide`, async () => {
        const { page } = await house.visit('oya', '/', { colorScheme, viewport: { width, height: 900 } });
        await commune(page).waitFor();
        await assertNothingFound(page);
        await commune(page).pressSequentially('81190');
        await page.keyboard.press('ArrowDown');
        await assertNothingFound(page);
        await commune(page).fill('Toulouse');
        await assertNothingFound(page);
        await commune(page).fill('Tanus');
        await page.keyboard.press('Enter');
        await page.getByRole('radio', { name: 'Électricité' }).check();
        await portalLink(page, 'SICAE').waitFor();
        await assertNothingFound(page);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, 'the page scrolls sideways');
      });
    }
  }
});
