/** The ways that every customer takes, in Firefox ESR: what other browsers have may be missing there. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { prospects, type Persona } from '@oya/personas';
import type { Browser, Page } from 'puppeteer-core';
import { launchFirefox, visitInFirefox } from './support/firefox.ts';
import { openPortal, persona, type Portal } from './support/house.ts';
import { lastMail, NEW_PASSWORD, totalOf } from './support/sign-up.ts';

describe('in Firefox', () => {
  let browser: Browser;
  let portal: Portal;
  before(async () => {
    browser = await launchFirefox();
    portal = await openPortal();
  });
  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const [paul] = prospects as [Persona];
  const visit = (path: string, beside?: Page) => visitInFirefox(browser, portal, portal.origin('eneo') + path, beside);
  const text = (page: Page, words: string) => page.locator(`::-p-text(${words})`).wait();
  const shows = (page: Page, element: string, words: string) =>
    page.waitForFunction((tag, wanted) => document.querySelector(tag)?.shadowRoot?.textContent?.includes(wanted), {}, element, words);
  const fill = (page: Page, name: string, words: string) => page.locator(`input[name=${name}]`).fill(words);
  const press = (page: Page, words: string) => page.locator(`::-p-xpath(//button[normalize-space()='${words}'])`).click();
  const follow = (page: Page, words: string) => page.locator(`::-p-xpath(//a[normalize-space()='${words}'])`).click();

  async function signIn(page: Page, { login, password, customer }: Persona): Promise<void> {
    await fill(page, 'login', login);
    await fill(page, 'password', password);
    await press(page, 'Me connecter');
    await text(page, `Bonjour ${customer.displayName}`);
  }

  it('somebody signs up with an invoice and the mailed code, and finds their space', async () => {
    const { page, errors } = await visit('/creer-un-compte');
    const email = 'paul.firefox@example.org';
    await page.locator('input[name=proof][value=invoice]').click();
    await page.locator('input[name=terms]').click();
    await press(page, 'Continuer');

    await text(page, 'Recopiez deux informations de votre facture');
    await fill(page, 'number', paul.invoice.number);
    await fill(page, 'total', '1,23');
    await press(page, 'Continuer');
    await text(page, 'Ce numéro et ce montant ne correspondent à aucune facture');
    assert.equal(await page.evaluate(() => document.activeElement?.classList.contains('summary')), true);
    await fill(page, 'total', totalOf(paul.invoice));
    await press(page, 'Continuer');

    await text(page, 'Choisissez comment vous connecter');
    await fill(page, 'email', email);
    await page.goBack();
    await text(page, 'Recopiez deux informations de votre facture');
    await page.goForward();
    await text(page, 'Choisissez comment vous connecter');
    assert.equal(await page.$eval('input[name=email]', (field) => field.value), email);
    await fill(page, 'emailAgain', email);
    await fill(page, 'identifier', 'paul.firefox');
    await text(page, 'Cet identifiant est libre');
    await fill(page, 'password', NEW_PASSWORD);
    await fill(page, 'passwordAgain', NEW_PASSWORD);
    await text(page, 'vous n’êtes pas un robot.');
    await press(page, 'Créer mon compte');

    await text(page, 'Saisissez le code reçu par e-mail');
    await fill(page, 'code', (await lastMail(portal, email)).code);
    await press(page, 'Valider mon adresse');
    await text(page, 'Bienvenue Paul Vidal');
    await follow(page, 'Découvrir mon espace');
    await text(page, 'Bonjour Paul Vidal');
    await page.goto(`${portal.origin('eneo')}/mon-espace`);
    await shows(page, 'oya-dashboard', 'Bonjour Paul Vidal');
    assert.deepEqual(errors, []);
  });

  it('a customer signs in, sees a month and a day of consumption, and is signed out in every tab', async () => {
    const { page, errors } = await visit('/espace-client');
    await signIn(page, persona('camille'));
    const other = await visit('/espace-client', page);
    await text(other.page, 'Bonjour Camille Durand');
    // A tab behind another is not painted, and what is not painted cannot be clicked.
    await page.bringToFront();

    await page.locator('oya-consumption >>> oya-bar-chart >>> button').wait();
    await page.locator('oya-consumption >>> .number').wait();
    assert.equal(await page.$eval('oya-consumption', (element) => element.matches(':state(ready)')), true);
    await page.locator('oya-consumption >>> oya-bar-chart >>> button[aria-label^="Mardi 17 novembre 2026"]').click();
    const curve = await page.locator('oya-consumption >>> oya-load-curve >>> canvas').waitHandle();
    // Drawn, not only there.
    await page.waitForFunction((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      return width > 0 && (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data.some((value) => value > 0);
    }, {}, curve);

    await press(page, 'Me déconnecter');
    await shows(other.page, 'oya-consumption', 'Connectez-vous pour voir ces informations');
    assert.deepEqual([...errors, ...other.errors], []);
  });
});
