import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { importFile } from '@oya/server';
import type { Consumption } from '@oya/contract';
import type { Page } from 'playwright-core';
import { openHouse, persona, settled, signIn, wattHoursOf, type House } from './support/house.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../../shared/data/samples/csv/enedis_halfhour_2023-03_to_05.csv');

describe('a customer on the ENEO page', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const visit = () => house.visit('eneo', '/espace-client');
  const camille = persona('camille');
  const consumptionOf = (page: Page) => page.locator('oya-consumption');
  const region = (page: Page) => page.getByRole('region', { name: 'Ma consommation' });

  it('signs in and sees the consumption that the meter measured', async () => {
    const { page, errors } = await visit();
    await consumptionOf(page).getByText('Connectez-vous pour voir ces informations').waitFor();
    await signIn(page, camille);
    await settled(consumptionOf(page));
    await region(page).getByText('Novembre 2026', { exact: true }).waitFor();
    assert.equal(await region(page).getByRole('button', { name: /novembre 2026 : / }).count(), 23);
    assert.deepEqual(errors, []);
  });

  it('gets along with the keyboard alone', async () => {
    const { page } = await visit();
    const focused = () => page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return `${element?.localName} ${element?.getAttribute('aria-label') ?? (element as HTMLInputElement | null)?.name ?? ''} ${element?.textContent?.trim() ?? ''}`.replaceAll(/\s/g, ' ');
    });
    const tabTo = async (what: RegExp, steps = 40) => {
      for (let step = 0; step < steps; step++) {
        await page.keyboard.press('Tab');
        if (what.test(await focused())) return;
      }
      assert.fail(`Tab never reached ${what}; the last was ${await focused()}`);
    };
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    await tabTo(/^input login/);
    await page.keyboard.type(camille.email);
    await tabTo(/^input password/, 1);
    await page.keyboard.type(camille.password);
    await page.keyboard.press('Enter');
    await page.getByText(`Bonjour ${camille.customer.displayName}`).waitFor();
    await settled(consumptionOf(page));
    await tabTo(/Période précédente/);
    await page.keyboard.press('Enter');
    await region(page).getByText('Octobre 2026', { exact: true }).waitFor();
    await settled(consumptionOf(page));
    await tabTo(/^button .* octobre 2026 : /);
    await page.keyboard.press('End');
    assert.match(await focused(), /samedi 31 octobre 2026/i);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await region(page).getByRole('heading', { name: 'vendredi 30 octobre 2026' }).waitFor();
    await page.keyboard.press('Escape');
    await region(page).getByRole('heading', { name: 'vendredi 30 octobre 2026' }).waitFor({ state: 'detached' });
    assert.match(await focused(), /vendredi 30 octobre 2026/i);
  });

  it('is told in plain words that the password is wrong, and keeps what was typed', async () => {
    const { page } = await visit();
    await signIn(page, camille, 'Cascade-81401');
    const alert = page.getByRole('alert');
    await alert.getByText('Cet identifiant et ce mot de passe ne vont pas ensemble').waitFor();
    assert.equal(await page.getByLabel('Identifiant ou adresse e-mail').inputValue(), camille.login);
    assert.equal(await alert.evaluate((element) => element === document.activeElement), true);
    await page.getByLabel('Mot de passe', { exact: true }).fill(camille.password);
    await page.keyboard.press('Enter');
    await page.getByText(`Bonjour ${camille.customer.displayName}`).waitFor();
  });

  it('goes back through two years, each month with the total that the portal has', async () => {
    const { page } = await visit();
    await signIn(page, camille);
    const months = await ask(page, `${house.server.baseUrl('eneo')}/meters/camille-linky/consumption?resolution=month&from=2023-01-01&to=2026-12-01`);
    assert.equal(months.series.kind, 'energy');
    const wanted = months.series.kind === 'energy' ? months.series.values.filter((value) => value !== null) : [];
    assert.ok(wanted.length >= 24, `${wanted.length} months`);

    const shown: number[] = [];
    for (let month = 0; month < 60; month++) {
      await settled(consumptionOf(page));
      shown.unshift(wattHoursOf((await consumptionOf(page).locator('.number').first().textContent()) ?? ''));
      const previous = region(page).locator('.periods button').first();
      if ((await previous.getAttribute('aria-disabled')) === 'true') break;
      const title = await region(page).locator('p.period').textContent();
      await previous.click();
      await page.waitForFunction((old) => document.querySelector('oya-consumption')?.shadowRoot?.querySelector('p.period')?.textContent !== old, title);
    }
    const rounded = wanted.map((value) => (value >= 1_000_000 ? Math.round(value / 1000) * 1000 : Math.round(value / 100) * 100));
    assert.deepEqual(shown, rounded);
  });

  it('opens a day by its half-hours, whose sum is the day', async () => {
    const { page } = await visit();
    await signIn(page, camille);
    await settled(consumptionOf(page));
    await region(page).getByRole('button', { name: /^Mardi 17 novembre 2026 : / }).click();
    await region(page).getByRole('heading', { name: 'mardi 17 novembre 2026' }).waitFor();
    await consumptionOf(page).locator('oya-load-curve').waitFor();
    const energy = wattHoursOf((await consumptionOf(page).locator('.day .number').textContent()) ?? '');
    await region(page).getByRole('button', { name: 'Tableau' }).click();
    const powers = await consumptionOf(page).locator('.day tbody tr td:nth-child(2)').allTextContents();
    assert.equal(powers.length, 48);
    const watts = powers.map((text) => Number(text.replaceAll(/[^\d,]/g, '').replace(',', '.')) * (text.includes('kW') ? 1000 : 1));
    const sum = watts.reduce((total, each) => total + each / 2, 0);
    // Powers from 1 kW on are shown to 10 W, the day to 100 Wh.
    assert.ok(Math.abs(sum - energy) <= 48 * 2.5 + 50, `${sum} Wh of half-hours, ${energy} Wh of the day`);
  });

  it('switches the language of the page, and the elements with it', async () => {
    const { page } = await visit();
    await signIn(page, camille);
    await settled(consumptionOf(page));
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByRole('region', { name: 'My consumption' }).waitFor();
    await page.getByText(`Hello ${camille.customer.displayName}`).waitFor();
    await page.getByRole('button', { name: /Tuesday,? (17 )?November/ }).first().waitFor();
    await page.getByRole('button', { name: /français/i }).click();
    await region(page).waitFor();
  });

  it('signs out, and nothing of theirs stays on the page', async () => {
    const { page } = await visit();
    await signIn(page, camille);
    await settled(consumptionOf(page));
    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    await consumptionOf(page).getByText('Connectez-vous pour voir ces informations').waitFor();
    const left = await page.evaluate(() => document.documentElement.innerHTML + document.querySelector('oya-consumption')?.shadowRoot?.innerHTML);
    assert.ok(!left.includes('Camille'));
    assert.ok(!left.includes('kWh'));
    await page.reload();
    await consumptionOf(page).getByText('Connectez-vous pour voir ces informations').waitFor();
  });

  it('is told when the session has ended, and goes on after signing in again', async () => {
    const { page } = await visit();
    await signIn(page, camille);
    await settled(consumptionOf(page));
    // The last of what comes after the picture is there: what is asked for later would tell of the end by itself.
    await consumptionOf(page).getByText(/^La nuit, il reste/).waitFor();
    house.wait(31);
    await region(page).getByRole('button', { name: /Période précédente/ }).click();
    await consumptionOf(page).getByText('Votre session est terminée').waitFor();
    // The sign-in comes over what is open, and goes away by itself.
    const dialog = page.getByRole('dialog', { name: 'Se reconnecter pour continuer' });
    await dialog.getByText('Votre session est terminée').waitFor();
    await signIn(page, camille, camille.password, dialog);
    await dialog.waitFor({ state: 'detached' });
    await settled(consumptionOf(page));
    assert.equal(await page.getByText('Votre session est terminée').count(), 0);
    await region(page).locator('oya-bar-chart').waitFor();
  });

  it('is signed out in every tab at once', async () => {
    const { page, context } = await visit();
    await signIn(page, camille);
    const other = await context.newPage();
    await other.goto(`${house.origin('eneo')}/espace-client`);
    await settled(consumptionOf(other));
    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await consumptionOf(other).getByText('Connectez-vous pour voir ces informations').waitFor();
  });

  it('reads 75,4 kWh for 26 March 2023, from the file that the network operator gave', { skip: existsSync(SAMPLE) ? false : `the samples are not at ${SAMPLE}` }, async () => {
    const report = await importFile(house.server.db, { utility: 'eneo', meter: 'nadia-linky', fileName: path.basename(SAMPLE), bytes: readFileSync(SAMPLE) });
    assert.equal(report.contents[0]?.period?.from, '2023-03-01');
    const { page } = await visit();
    await signIn(page, persona('nadia'));
    await settled(consumptionOf(page));
    await region(page).getByRole('button', { name: 'Année' }).click();
    for (let year = 2025; year >= 2023; year--) {
      await region(page).getByRole('button', { name: `Période précédente : ${year}` }).click();
      await region(page).locator('p.period', { hasText: String(year) }).waitFor();
    }
    await settled(consumptionOf(page));
    await region(page).getByRole('button', { name: /^Mars 2023 : / }).click();
    await settled(consumptionOf(page));
    const day = region(page).getByRole('button', { name: /^Dimanche 26 mars 2023 : / });
    assert.match((await day.getAttribute('aria-label')) ?? '', /: 75,4\u202fkWh/);
    await day.click();
    await consumptionOf(page).locator('.day .number', { hasText: '75,4' }).waitFor();
  });

  it('without consent to half-hours sees days, and the offer to see more', async () => {
    const { page } = await visit();
    await signIn(page, persona('lucien'));
    await settled(consumptionOf(page));
    await region(page).getByText('Pour voir aussi chaque demi-heure, il faut votre accord.').waitFor();
    await region(page).getByRole('button', { name: /^Mardi 17 novembre 2026 : / }).click();
    assert.equal(await consumptionOf(page).locator('.day').count(), 0);
  });

  it('with a hostile name sees it as text, on a page that is whole', async () => {
    const name = '<img src=x onerror="window.attacked=1">\u202e<b>Emma';
    const emma = persona('emma');
    await house.server.db.updateTable('customer').set({ display_name: name }).where('id', '=', emma.customer.id).execute();
    const { page, errors } = await visit();
    await signIn(page, { login: emma.login, password: emma.password, customer: { ...emma.customer, displayName: name } });
    assert.equal(await page.locator('oya-login img, oya-login b').count(), 0);
    assert.equal(await page.evaluate(() => 'attacked' in window), false);
    assert.deepEqual(errors, []);
  });

  it('costs one request per resource, whatever the number of elements', async () => {
    const context = await house.visitor();
    // Before the loader: module scripts run once the page is interactive.
    await context.addInitScript(() => {
      document.addEventListener('readystatechange', () => {
        document.querySelector('oya-consumption')?.insertAdjacentHTML('afterend', '<oya-consumption></oya-consumption>'.repeat(4));
      }, { once: true });
    });
    const page = await context.newPage();
    const calls: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(house.server.url) && request.method() === 'GET') calls.push(request.url());
    });
    await page.goto(`${house.origin('eneo')}/espace-client`);
    await signIn(page, camille);
    for (let index = 0; index < 5; index++) await settled(consumptionOf(page).nth(index));
    assert.equal(await page.locator('oya-consumption').count(), 5);
    assert.ok(calls.some((call) => call.includes('/consumption?')));
    assert.deepEqual(calls.filter((call, index) => calls.indexOf(call) !== index), []);
  });
});

/** What the portal answers to the customer who is signed in on a page. */
async function ask(page: Page, address: string): Promise<Consumption> {
  return page.evaluate(async (url) => (await fetch(url, { credentials: 'include' })).json() as Promise<Consumption>, address);
}
