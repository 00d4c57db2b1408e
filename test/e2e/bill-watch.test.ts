/** What a bill to come would surprise with: found on the dashboard and beside the bill, understood, and done something about. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { InvoiceList } from '@oya/contract';
import type { Page } from 'playwright-core';
import { Visitor } from '../../packages/server/test/visitor.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, persona, signIn, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';
import { lastMail } from './support/sign-up.ts';

describe('what a bill to come would surprise with', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const onDashboard = (page: Page) => page.locator('oya-dashboard oya-bill-watch');

  it('is told on the dashboard; the instalment is changed there with the keyboard alone, by mail and everywhere', async () => {
    const context = await house.visitor({ reducedMotion: 'reduce' });
    await Keyboard.watch(context);
    const page = await context.newPage();
    await page.goto(house.origin('eneo') + '/mon-espace');
    await signIn(page, persona('yvette'));
    const watch = onDashboard(page);
    await watch.getByRole('heading', { name: /^Régularisation à venir : environ 4\d\d.€ à payer$/ }).waitFor();
    await watch.getByRole('heading', { name: /^\d\d.% de plus par jour depuis le changement de compteur$/ }).waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);

    const keys = new Keyboard(page);
    await keys.tabTo(/^Que faire/);
    await keys.press('Enter');
    await keys.tabTo(/^Ma mensualité/, 1);
    await keys.press('Home');
    await watch.getByText(/^Il resterait environ \d{3}.€ à payer\.$/).waitFor();
    for (let euros = 87; euros < 90; euros++) await keys.press('ArrowRight');
    await keys.press('End');
    await keys.press('ArrowLeft');
    await keys.tabTo(/^Choisir 185.€ par mois/, 1);
    await keys.press('Enter');
    await watch.getByText(/^C’est fait\s: 185.€ par mois, dès la mensualité du 5 décembre\./).waitFor();
    await keys.arriveAt(/^C’est fait/);
    await page.locator('oya-dashboard').getByText(/Prochaine mensualité\s: 185,00.€ le 5 décembre 2026/).waitFor();

    const mail = await lastMail(house, persona('yvette').email);
    assert.equal(mail.subject, 'Vos mensualités ont changé');
    const visitor = new Visitor(house.server.baseUrl('eneo'));
    await visitor.signInAs('yvette');
    const { plan } = (await visitor.get<InvoiceList>('/contracts/yvette-electricity/invoices')).body;
    assert.deepEqual(plan?.instalments.map(({ amount }) => amount), [12_400, ...Array.from({ length: 9 }, () => 18_500)]);
    assert.equal(plan.agreed, 12_400);
  });

  it('stands beside the bill, whose lines tell both meters apart and add up', async () => {
    const { page, errors } = await house.visit('eneo', '/mon-espace');
    await signIn(page, persona('yvette'));
    await page.getByRole('link', { name: 'Comprendre ma facture' }).click();
    const bill = page.locator('oya-bill-explained');
    await bill.getByText('autre compteur depuis le 15 septembre').waitFor();
    await bill.getByText('le total est juste, au centime près').waitFor();
    const jump = bill.locator('oya-bill-watch .jump');
    await jump.getByRole('cell', { name: /20.298.kWh/ }).waitFor();
    await assertNothingFoundAnywhere(page);
    assert.deepEqual(errors, []);
  });

  it('leads from an unusual night to its half-hours', async () => {
    const { page, errors } = await house.visit('sicae', '/mon-espace');
    await signIn(page, persona('gilles'));
    const watch = onDashboard(page);
    await watch.getByRole('heading', { name: /^Environ 210.W de plus chaque nuit depuis le 17 octobre$/ }).waitFor();
    await assertNothingFoundAnywhere(page);
    await watch.getByText('Que faire').click();
    await watch.getByRole('link', { name: 'Voir ces nuits à la demi-heure' }).click();
    await page.locator('oya-consumption oya-load-curve').waitFor();
    assert.match(new URL(page.url()).hash, /^#\/consumption\?oya-curve=\d+-\d+$/);
    await page.locator('oya-consumption').getByText('Du 14 octobre 2026 au 20 octobre 2026').waitFor();
    await page.waitForFunction(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.textContent === 'Toute votre courbe de puissance';
    });
    assert.deepEqual(errors, []);
  });

  it('is nothing where there is nothing: a customer with half-hours has nothing to do on a day without works', async () => {
    await house.server.db.deleteFrom('outage').where('utility_id', '=', 'eneo').execute();
    const { page } = await house.visit('eneo', '/mon-espace');
    await signIn(page, persona('camille'));
    await page.locator('oya-dashboard').getByText('Rien à faire pour le moment.').waitFor();
    assert.equal(await onDashboard(page).locator('.card').count(), 0);
  });
});
