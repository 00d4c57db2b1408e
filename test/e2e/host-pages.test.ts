import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { findBundle } from '../../demo/bundle.ts';
import { openHouse, persona, settled, signIn, type House } from './support/house.ts';

describe('on a host page', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const consumptionOf = (page: Page) => page.locator('oya-consumption');
  const openADay = async (page: Page) => {
    await settled(consumptionOf(page));
    await page.getByRole('button', { name: /^Mardi 17 novembre 2026 : / }).click();
    await page.getByRole('heading', { name: 'mardi 17 novembre 2026' }).waitFor();
  };

  describe('whose CMS lets only <div data-oya> through (SICAE)', () => {
    it('a customer signs in and opens a day', async () => {
      const { page, errors } = await house.visit('sicae', '/espace-client');
      const source = await (await fetch(`${house.origin('sicae')}/espace-client`)).text();
      assert.ok(!source.includes('<oya-'), 'the page is written without tags of the kit');
      await signIn(page, persona('marc'));
      await openADay(page);
      await consumptionOf(page).locator('oya-load-curve').waitFor();
      assert.equal(await page.locator('text=Votre consommation s’affiche ici.').count(), 0);
      assert.equal(await consumptionOf(page).getAttribute('heading-level'), '2');
      assert.deepEqual(errors, []);
    });

    it('does not take the customers of another utility', async () => {
      const { page } = await house.visit('sicae', '/espace-client');
      await signIn(page, persona('camille'), 'Cascade-81400 ');
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Mot de passe', { exact: true }).fill(persona('camille').password);
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('ne vont pas ensemble').waitFor();
    });

    it('a customer with two addresses goes from one to the other without a reload', async () => {
      const { page } = await house.visit('sicae', '/espace-client');
      await signIn(page, persona('helene'));
      await settled(consumptionOf(page));
      const total = () => consumptionOf(page).locator('.number').first().textContent();
      const first = await total();
      await page.locator('oya-consumption').getByLabel('Contrat').selectOption({ index: 1 });
      await page.waitForFunction((old) => document.querySelector('oya-consumption')?.shadowRoot?.querySelector('.number')?.textContent !== old, first);
      await settled(consumptionOf(page));
      assert.notEqual(await total(), first);
    });
  });

  describe('under the strict policy', () => {
    it('a customer signs in and opens a day without one violation', async () => {
      const { page, context, errors } = await house.visit('strict');
      const spoken: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy|Content-Security-Policy|TrustedHTML|trusted type/i.test(message.text())) spoken.push(message.text());
      });
      await page.reload();
      await signIn(page, persona('camille'));
      await openADay(page);
      await consumptionOf(page).locator('oya-load-curve').waitFor();
      await page.getByRole('button', { name: /English/ }).click();
      await page.getByRole('region', { name: 'My consumption' }).waitFor();
      assert.deepEqual(await page.locator('#violations li').allTextContents(), []);
      assert.equal(await page.locator('#count').textContent(), '0');
      assert.deepEqual(spoken, []);
      assert.deepEqual(errors, []);
      await context.close();
    });

    it('the page would have told of a violation', async () => {
      const { page } = await house.visit('strict');
      await page.addScriptTag({ content: 'window.attacked = 1' }).catch(() => undefined);
      await page.waitForFunction(() => Number(document.querySelector('#count')?.textContent) > 0);
      assert.equal(await page.evaluate(() => 'attacked' in window), false);
    });
  });

  describe('with two versions of the kit', () => {
    it('the first serves the elements, the second says that it yields', async () => {
      const context = await house.visitor();
      const page = await context.newPage();
      const warnings: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'warning') warnings.push(message.text());
      });
      await page.goto(house.origin('versions'));
      await signIn(page, persona('camille'));
      await settled(consumptionOf(page));
      const { version } = findBundle();
      await page.locator('#served li', { hasText: `<oya-consumption> ${version}` }).waitFor();
      assert.deepEqual(await page.locator('#served li').allTextContents(), [`<oya-login> ${version}`, `<oya-consumption> ${version}`]);
      const told = warnings.filter((text) => text.startsWith('oya:'));
      assert.equal(told.length, 1, warnings.join('\n'));
      assert.ok(told[0]?.includes(`${version} `) && told[0].includes(`${version}-next`), told[0]);
    });
  });

  describe('whose style sheet restyles every bare element', () => {
    it('the fields keep their size, colours and place', async () => {
      const measure = async (site: 'aggressive' | 'strict') => {
        const { page, context } = await house.visit(site);
        await page.getByLabel('Mot de passe', { exact: true }).waitFor();
        // It comes last, once the browser has said that it can.
        await page.getByRole('button', { name: 'Me connecter avec une clé d’accès' }).waitFor();
        const looks = await page.locator('oya-login input, oya-login button, oya-login label').evaluateAll((elements) =>
          elements.map((element) => {
            const style = getComputedStyle(element);
            // A box to tick is as large as the row that ticks it.
            const box = (element.closest('.checkbox') ?? element).getBoundingClientRect();
            return {
              element: element.localName,
              tall: Math.round(box.height),
              look: [style.color, style.backgroundColor, style.borderTopWidth, style.borderRadius, style.fontSize, style.textTransform, style.letterSpacing, style.display, style.position, style.float, style.boxSizing, style.margin, style.padding].join(' | '),
            };
          }),
        );
        await context.close();
        return looks;
      };
      const [aggressive, plain] = [await measure('aggressive'), await measure('strict')];
      assert.ok(plain.length >= 6);
      assert.deepEqual(aggressive, plain);
      for (const { element, tall } of plain) if (element !== 'label') assert.ok(tall >= 44, `${element} is ${tall} px tall`);
    });

    it('the elements leave the page’s own form alone', async () => {
      const look = async (page: Page) => page.locator('#search').evaluate((input) => JSON.stringify(Object.fromEntries([...getComputedStyle(input)].map((name) => [name, getComputedStyle(input).getPropertyValue(name)]).filter(([name]) => !name?.startsWith('--')))));
      const without = await house.visitor();
      await without.route('**/oya/**', (route) => route.abort());
      const bare = await without.newPage();
      await bare.goto(house.origin('aggressive'));
      const { page } = await house.visit('aggressive');
      await page.getByLabel('Mot de passe', { exact: true }).waitFor();
      assert.equal(await look(page), await look(bare));
    });
  });

  describe('on which something fails', () => {
    const failing = async (pattern: RegExp) => {
      const context = await house.visitor();
      await context.route(pattern, (route) => route.abort());
      const page = await context.newPage();
      await page.goto(`${house.origin('eneo')}/espace-client`);
      return page;
    };

    it('without the consumption’s code, signing in works and its place says what happened', async () => {
      const page = await failing(/\/consumption-[\w-]+\.js/);
      await signIn(page, persona('camille'));
      await consumptionOf(page).getByText('n’a pas pu être chargée').waitFor();
      await consumptionOf(page).getByRole('button', { name: 'Réessayer' }).waitFor();
    });

    it('without the load curve’s code, a day shows as a table', async () => {
      const page = await failing(/\/load-curve-[\w-]+\.js/);
      await signIn(page, persona('camille'));
      await openADay(page);
      await consumptionOf(page).locator('.day table').waitFor();
    });

    it('without the English texts, the French ones stay', async () => {
      const page = await failing(/\/lang-en-[\w-]+\.js/);
      await signIn(page, persona('camille'));
      await settled(consumptionOf(page));
      await page.getByRole('button', { name: /English/ }).click();
      await page.getByRole('heading', { name: 'My account' }).waitFor();
      await page.getByText(`Bonjour ${persona('camille').customer.displayName}`).waitFor();
      await page.getByRole('region', { name: 'Ma consommation' }).waitFor();
    });

    it('without the portal’s API, elements say so and recover when asked', async () => {
      const context = await house.visitor();
      await context.route(`${house.server.url}/**`, (route) => route.abort());
      const page = await context.newPage();
      await page.goto(`${house.origin('eneo')}/espace-client`);
      await consumptionOf(page).getByText('Nous n’arrivons pas à joindre votre espace en ce moment').waitFor();
      await context.unrouteAll();
      await consumptionOf(page).getByRole('button', { name: 'Réessayer' }).click();
      await consumptionOf(page).getByText('Connectez-vous pour voir ces informations').waitFor();
    });
  });

  it('that adds an element late, the element finds the session', async () => {
    const { page } = await house.visit('eneo', '/espace-client');
    await signIn(page, persona('camille'));
    await page.evaluate(() => document.querySelector('main')?.insertAdjacentHTML('beforeend', '<section id="late"><div data-oya="consumption" data-oya-view="year"></div></section>'));
    const late = page.locator('#late oya-consumption');
    await settled(late);
    await late.getByText('2026', { exact: true }).waitFor();
  });
});
