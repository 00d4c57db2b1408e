/** The whole space in one tag, on the pages of two utilities. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { Persona } from '@oya/personas';
import { openHouse, persona, type House } from './support/house.ts';

describe('a customer in the whole space', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const camille = persona('camille');
  const dashboard = (page: Page) => page.locator('oya-dashboard');
  const consumption = (page: Page) => page.locator('oya-consumption');
  const navigation = (page: Page) => page.getByRole('navigation', { name: 'Espace client', exact: true });

  const signIn = async (page: Page, { login, password }: Persona, within: Page | Locator = page) => {
    await within.getByLabel('Identifiant ou adresse e-mail').fill(login);
    await within.getByLabel('Mot de passe', { exact: true }).fill(password);
    await within.getByRole('button', { name: 'Me connecter', exact: true }).click();
    await navigation(page).waitFor();
  };

  it('signs in, goes about, comes Back, and signs out', async () => {
    const { page, errors } = await house.visit('eneo', '/mon-espace');
    await signIn(page, camille);
    await dashboard(page).getByText('Bonjour Camille Durand').waitFor();
    await dashboard(page).locator('oya-bar-chart').waitFor();
    assert.equal(await page.title(), 'Accueil – Mon espace client, ENEO');

    await dashboard(page).getByRole('link', { name: 'Voir toute ma consommation' }).click();
    await consumption(page).locator('oya-bar-chart').waitFor();
    assert.match(page.url(), /\/mon-espace#\/consumption$/);
    assert.equal(await page.title(), 'Consommation – Mon espace client, ENEO');
    assert.equal(await navigation(page).locator('[aria-current=page]').textContent().then((text) => text?.trim()), 'Consommation');

    await page.goBack();
    await dashboard(page).getByText('Bonjour Camille Durand').waitFor();
    await consumption(page).waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    const left = await page.evaluate(() => document.documentElement.innerHTML);
    assert.ok(!left.includes('Camille'));
    assert.deepEqual(errors, []);
  });

  it('arrives by a deep link at what it names, after signing in', async () => {
    const { page } = await house.visit('eneo', '/mon-espace#/consumption');
    await signIn(page, camille);
    await consumption(page).locator('oya-bar-chart').waitFor();
    assert.equal(await dashboard(page).count(), 0);
    await page.reload();
    await consumption(page).locator('oya-bar-chart').waitFor();
  });

  it('is at the same place after a session that ended by itself', async () => {
    const { page } = await house.visit('eneo', '/mon-espace#/consumption');
    await signIn(page, camille);
    await consumption(page).locator('oya-bar-chart').waitFor();
    // The last of what comes after the picture is there: what is asked for later would tell of the end by itself.
    await consumption(page).getByText(/^La nuit, il reste/).waitFor();
    house.wait(31);
    await page.getByRole('button', { name: /Période précédente/ }).click();
    // The sign-in comes over what is open.
    const dialog = page.getByRole('dialog', { name: 'Se reconnecter pour continuer' });
    await dialog.getByText('Votre session est terminée').waitFor();
    await signIn(page, camille, dialog);
    await dialog.waitFor({ state: 'detached' });
    await consumption(page).locator('oya-bar-chart').waitFor();
    assert.match(page.url(), /#\/consumption$/);
  });

  it('gets about by keyboard alone', async () => {
    const { page } = await house.visit('eneo', '/mon-espace');
    await page.getByLabel('Identifiant ou adresse e-mail').focus();
    await page.keyboard.type(camille.login);
    await page.keyboard.press('Tab');
    await page.keyboard.type(camille.password);
    await page.keyboard.press('Enter');
    await navigation(page).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.waitForFunction(() => document.activeElement?.textContent?.trim() === 'Accueil');
    // Backwards from the section's heading: no more stops than the navigation has, and what stands between.
    const stops = (await navigation(page).getByRole('link').count()) + 3;
    for (let step = 0; step < stops && (await focused()) !== 'Consommation'; step++) await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(), 'Consommation');
    await page.keyboard.press('Enter');
    await consumption(page).locator('oya-bar-chart').waitFor();
  });

  it('finds the space on a phone too, complete and without scrolling sideways', async () => {
    const { page } = await house.visit('sicae', '/mon-espace', { viewport: { width: 320, height: 640 } });
    const source = await (await fetch(`${house.origin('sicae')}/mon-espace`)).text();
    assert.ok(!source.includes('<oya-'), 'the page is written without tags of the kit');
    await page.getByLabel('Identifiant ou adresse e-mail').fill(persona('helene').login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(persona('helene').password);
    await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
    await dashboard(page).locator('oya-bar-chart').waitFor();
    await page.getByRole('button', { name: /^Menu/ }).click();
    await navigation(page).getByRole('link', { name: 'Consommation' }).click();
    await consumption(page).locator('oya-bar-chart').waitFor();
    assert.equal(await navigation(page).getByRole('link', { name: 'Consommation' }).isVisible(), false);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  });

  it('chooses a contract for all sections at once', async () => {
    const { page } = await house.visit('sicae', '/mon-espace');
    await signIn(page, persona('helene'));
    await dashboard(page).getByRole('combobox', { name: 'Contrat' }).selectOption({ index: 1 });
    await dashboard(page).locator('dd', { hasText: 'Lieu-dit Les Tilleuls' }).waitFor();
    await navigation(page).getByRole('link', { name: 'Consommation' }).click();
    await consumption(page).locator('oya-bar-chart').waitFor();
    assert.equal(await consumption(page).getByRole('combobox', { name: 'Contrat' }).inputValue(), 'helene-second-electricity');
  });

  it('reaches the space from the front page, and single elements on their page lead to it', async () => {
    const { page } = await house.visit('eneo');
    await page.getByRole('banner').getByRole('link', { name: 'Mon espace client' }).click();
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    await signIn(page, camille);
    await page.goto(`${house.origin('eneo')}/espace-client`);
    await page.getByRole('link', { name: 'Aller à mon espace' }).click();
    await dashboard(page).getByText('Bonjour Camille Durand').waitFor();
  });

  it('is under no violation on the strict page', async () => {
    const { page, errors } = await house.visit('strict');
    await page.evaluate(() => document.querySelector('oya-login')?.replaceWith(document.createElement('oya-portal')));
    await signIn(page, camille);
    await dashboard(page).locator('oya-bar-chart').waitFor();
    assert.equal(await page.locator('#count').textContent(), '0');
    assert.deepEqual(errors, []);
  });
});
