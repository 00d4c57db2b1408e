/** Consents from end to end: a customer decides, the network operator answers, the half-hours come or go, and the page follows by itself. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { ConsentEvent, ConsentPurpose, DataExport, Page as Items } from '@oya/contract';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { SiteName } from '../../demo/sites.ts';
import { Visitor } from '../../packages/server/test/visitor.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { csvRows, openDay, save } from './support/consumption.ts';
import { persona, settled, signIn } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';
import { openOperatedHouse, type OperatedHouse } from './support/operator.ts';

const SPACE = '/espace-client';
const CONSENTS = '/mon-espace#/consents';
const CURVE = ['curve-recording', 'curve-collection'] as const;
const VERSION = '2026-11';
const DAY = 24 * 60;

describe('consents', () => {
  let house: OperatedHouse;
  before(async () => (house = await openOperatedHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const pointOf = (id: string) => persona(id).contracts[0]?.deliveryPoint ?? assert.fail(id);
  const card = (page: Page, key: string): Locator => page.locator(`oya-consents [data-consent^="${key}"]`);
  const state = (page: Page, key: string, stands: 'off' | 'requested' | 'active' | 'failed'): Promise<void> => card(page, key).locator(`.state.${stands}`).waitFor();

  /** On the page of consents, in a browser that stays signed in, as days pass. */
  async function openConsents(who: string, { site = 'eneo', context }: { site?: SiteName; context?: BrowserContext } = {}): Promise<Page> {
    const page = await (context ?? (await house.visitor({ reducedMotion: 'reduce' }))).newPage();
    await page.goto(house.origin(site) + CONSENTS);
    if (!context) {
      await page.getByLabel('Rester connecté sur cet appareil').check();
      await page.getByLabel('Identifiant ou adresse e-mail').fill(persona(who).login);
      await page.getByLabel('Mot de passe', { exact: true }).fill(persona(who).password);
      await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
    }
    await page.locator('oya-consents .lead').waitFor();
    return page;
  }

  /** By the same API as the pages, for what stands there before. */
  async function api(who: string, meter: string, utility = 'eneo') {
    const visitor = new Visitor(house.server.baseUrl(utility));
    await visitor.signInAs(who);
    const post = async (what: string, body: object) => {
      const { status, text } = await visitor.send('POST', `/meters/${meter}/consents${what}`, { body });
      assert.equal(status, 200, text);
    };
    return {
      visitor,
      give: (...purposes: ConsentPurpose[]) => post('', { choices: purposes.map((purpose) => ({ purpose, textVersion: VERSION })) }),
      withdraw: (purpose: ConsentPurpose, erase = false) => post('/withdrawals', { purpose, erase }),
      undo: (purpose: ConsentPurpose) => post('/restorations', { purpose }),
    };
  }

  async function withdraw(page: Page, key: string, { erase = false } = {}): Promise<void> {
    await card(page, key).getByRole('button', { name: 'Retirer mon accord' }).click();
    if (erase) await card(page, key).getByLabel('Effacer aussi ce qui a déjà été collecté').check();
    await card(page, key).locator('.sure').getByRole('button', { name: 'Retirer mon accord' }).click();
    await card(page, key).getByText('Votre accord est retiré.').waitFor();
  }

  it('to half-hours, given where they would be, are grey until the operator activates them, then green, and the half-hours come without a reload', async () => {
    const { page, context, errors } = await house.visit('eneo', SPACE);
    await page.getByLabel('Rester connecté sur cet appareil').check();
    await signIn(page, persona('lucien'));
    const consumption = page.locator('oya-consumption');
    await settled(consumption);
    const consents = await openConsents('lucien', { context });
    await state(consents, CURVE[0], 'off');
    for (const opened of [page, consents]) await opened.evaluate(() => void Object.assign(window, { isKept: true }));

    for (const box of await consumption.getByRole('checkbox', { name: /demi-heure/ }).all()) await box.check();
    await consumption.getByRole('button', { name: 'Donner mon accord pour la demi-heure' }).click();
    await consumption.getByText('Demandé le mardi 24 novembre 2026.').waitFor();
    for (const key of CURVE) {
      await state(consents, key, 'requested');
      assert.match(await card(consents, key).locator('.state').innerText(), /En cours de traitement\s+depuis le 24 novembre 2026/);
    }
    await house.operator.decide(pointOf('lucien'), CURVE, 'active');
    for (const key of CURVE) await state(consents, key, 'active');
    await consumption.getByText('Vos demi-heures sont demandées').waitFor({ state: 'detached' });

    // The first whole day on which both are in effect is tomorrow; it is published the morning after.
    await house.pass(2 * DAY, context);
    assert.ok((await house.collect('lucien-linky')) > 0);
    await consumption.getByRole('button', { name: /^Mercredi 25 novembre 2026 : / }).waitFor();
    await openDay(consumption, '2026-11-25', 'mercredi 25 novembre 2026');
    assert.equal(csvRows(await save(page, consumption, 'Tableau (CSV)')).length, 1 + 48);
    for (const opened of [page, consents]) assert.ok(await opened.evaluate(() => 'isKept' in window), 'nothing was loaded anew');
    assert.deepEqual(errors, []);
  });

  it('that the operator refuses say why, and come into effect when they are given again', async () => {
    const page = await openConsents('emma');
    for (const key of CURVE) {
      await card(page, key).getByRole('button', { name: 'Donner mon accord' }).click();
      await card(page, key).getByText('Votre accord est enregistré.').waitFor();
      await state(page, key, 'requested');
    }
    await house.operator.decide(pointOf('emma'), CURVE, 'other-holder');
    for (const key of CURVE) {
      await state(page, key, 'failed');
      assert.match(await card(page, key).innerText(), /N’a pas abouti.*Le gestionnaire du réseau connaît un autre titulaire pour ce compteur\. Vérifiez le nom écrit sur votre contrat/s);
      await card(page, key).getByRole('link', { name: 'Nous contacter' }).waitFor();
    }
    for (const key of CURVE) {
      await card(page, key).getByRole('button', { name: 'Donner à nouveau mon accord' }).click();
      await state(page, key, 'requested');
    }
    await house.operator.decide(pointOf('emma'), CURVE, 'active');
    for (const key of CURVE) await state(page, key, 'active');
  });

  it('that are withdrawn can be taken back for an hour and not after it; nothing is asked for any more, and what was collected goes where that is wished', async () => {
    const page = await openConsents('camille');
    const context = page.context();
    const consumption = await context.newPage();
    await consumption.goto(house.origin('eneo') + SPACE);
    const shown = consumption.locator('oya-consumption');
    await settled(shown);

    await withdraw(page, 'maximum-power');
    await house.pass(59, context);
    await card(page, 'maximum-power').getByRole('button', { name: 'Annuler le retrait' }).click();
    await state(page, 'maximum-power', 'active');
    // A page that has not heard yet that the hour is over still shows the button: most hear before anybody can press it.
    const heard = Promise.withResolvers<void>();
    await page.route('**/consents', async (route) => {
      if (route.request().method() === 'GET') await heard.promise;
      await route.continue();
    });
    await withdraw(page, 'maximum-power');
    await house.pass(60, context);
    await card(page, 'maximum-power').getByRole('button', { name: 'Annuler le retrait' }).click();
    heard.resolve();
    await card(page, 'maximum-power').getByText('Ce retrait ne peut plus être annulé').waitFor();
    await state(page, 'maximum-power', 'off');

    // The recording takes the collection with it.
    await withdraw(page, 'curve-recording', { erase: true });
    await state(page, 'curve-collection', 'off');
    await withdraw(page, 'daily-collection', { erase: true });
    assert.ok(await shown.locator('oya-bar-chart').first().isVisible(), 'nothing is gone while it can be taken back');
    await house.pass(60, context);
    await shown.locator('oya-bar-chart').first().waitFor({ state: 'detached' });
    await house.pass(DAY, context);
    assert.equal(await house.collect('camille-linky'), 0);
    const kept = await house.server.db.selectFrom('day_energy').innerJoin('channel', 'channel.key', 'channel_key').innerJoin('meter', 'meter.key', 'meter_key').select('day').where('meter.id', '=', 'camille-linky').execute();
    assert.deepEqual(kept, []);
  });

  it('tell their whole history after ten changes, the latest first, to a reader who can change nothing, and in the data that the holder takes along', async () => {
    const meter = 'helene-second-linky';
    const helene = await api('helene', meter, 'sicae');
    for (let round = 0; round < 5; round++) {
      await helene.withdraw('daily-collection');
      await helene.undo('daily-collection');
    }
    const page = await openConsents('lea', { site: 'sicae' });
    const consents = page.locator('oya-consents');
    await consents.getByText('Ce contrat est celui de Hélène Cazals.').waitFor();
    assert.equal(await consents.getByRole('button', { name: /mon accord|Annuler/ }).count(), 0);
    await consents.getByRole('button', { name: /historique/ }).click();
    const happened = consents.locator('tbody .cell .strong');
    await happened.first().waitFor();
    const told = await happened.allInnerTexts();
    assert.deepEqual(told.slice(0, 10), Array.from({ length: 5 }, () => ['Retrait annulé', 'Accord retiré']).flat());

    const { body: events } = await helene.visitor.get<Items<ConsentEvent>>(`/meters/${meter}/consents/events`);
    assert.equal(told.length, events.items.length);
    const { body: taken } = await helene.visitor.send<DataExport>('POST', '/profile/exports');
    assert.deepEqual(taken.consentEvents?.filter(({ meterId }) => meterId === meter), events.items.map((event) => ({ ...event, meterId: meter })));
  });

  it('are given, withdrawn and taken back with the keyboard alone', async () => {
    // One column: beside each other, the cards are read one after the other, and not line by line.
    const context = await house.visitor({ reducedMotion: 'reduce', viewport: { width: 480, height: 900 } });
    await Keyboard.watch(context);
    const page = await context.newPage();
    const keys = new Keyboard(page);
    await page.goto(house.origin('eneo') + CONSENTS);
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    await keys.tabTo(/^Identifiant ou adresse e-mail/);
    await keys.type(persona('nadia').login);
    await keys.tabTo(/^Mot de passe/, 1);
    await keys.type(persona('nadia').password);
    await keys.press('Enter');
    await page.locator('oya-consents .lead').waitFor();

    await keys.tabTo(/^Retirer mon accord\s?: Collecte de la puissance maximale/);
    await keys.press('Enter');
    await keys.arriveAt(/^Retirer cet accord/);
    await keys.tabTo(/^Garder mon accord/, 3);
    await keys.press('Enter');
    await keys.arriveAt(/^Retirer mon accord/);
    await keys.press('Enter');
    await keys.arriveAt(/^Retirer cet accord/);
    await keys.tabTo(/^Effacer aussi/, 1);
    await keys.press('Space');
    await keys.tabTo(/^Retirer mon accord/, 1);
    await keys.press('Enter');
    await keys.arriveAt(/Votre accord est retiré\..*Ensuite, ce qui a été collecté sera effacé/);
    await keys.tabTo(/^Annuler le retrait/, 1);
    await keys.press('Enter');
    await keys.arriveAt(/^Le retrait est annulé/);
    await keys.tabTo(/^Donner mon accord\s?: Partage/);
    await keys.press('Space');
    await keys.arriveAt(/^Votre accord est enregistré/);
    await keys.tabTo(/^Voir l’historique/);
    await keys.press('Enter');
    await page.locator('oya-consents table').waitFor();
    await keys.stays();
  });

  it('are accessible in each of their states, wide and narrow, light and dark', async () => {
    const ines = await api('ines', 'ines-linky');
    await ines.withdraw('curve-recording');
    await ines.give(...CURVE);
    await house.operator.decide(pointOf('ines'), ['curve-collection'], 'meter-silent');
    await ines.withdraw('maximum-power', true);
    const page = await openConsents('ines');
    await state(page, 'curve-recording', 'requested');
    await state(page, 'curve-collection', 'failed');
    await card(page, 'third-party').getByRole('button', { name: 'Donner mon accord' }).click();
    await card(page, 'third-party').getByText('Votre accord est enregistré.').waitFor();
    await card(page, 'daily-collection').getByRole('button', { name: 'Retirer mon accord' }).click();
    await card(page, 'daily-collection').getByText('Ce qui s’arrête').waitFor();
    await page.locator('oya-consents').getByRole('button', { name: /historique/ }).click();
    await page.locator('oya-consents table').waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
  });
});
