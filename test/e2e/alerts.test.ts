/** Works from end to end: the network's people announce them on their page, and customers are told by mail and on a browser, move by move. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { addAgent } from '../../packages/server/src/agents/agents.ts';
import { PushService, type TestBrowser } from '../../packages/server/test/push-service.ts';
import { Visitor } from '../../packages/server/test/visitor.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, PATIENCE_MS, type House } from './support/house.ts';

describe('alerts', () => {
  let service: PushService;
  let house: House;
  let browser: TestBrowser;
  let token: string;

  before(async () => {
    service = await PushService.start();
    house = await openHouse({ config: { pushServices: [service.origin] } });
    token = await addAgent(house.server.db, 'eneo', 'Conduite du réseau', house.now(), ['network']);
    browser = service.browser();
    const camille = new Visitor(house.server.baseUrl('eneo'), house.origin('eneo'));
    await camille.signInAs('camille');
    assert.equal((await camille.send('POST', '/alerts/devices', { body: { subscription: browser.subscription } })).status, 200);
    await camille.send('PATCH', '/alerts/settings', { body: { choices: [{ topic: 'works', channels: ['push', 'email'] }] } });
  });
  after(async () => {
    await house.stop();
    await service.stop();
  });

  async function open(options: Parameters<House['visit']>[2] = {}): Promise<Page> {
    const { page } = await house.visit('eneo', '/exploitation', { timezoneId: 'Europe/Paris', ...options });
    await page.getByLabel('Votre clé').fill('wrong');
    await page.getByRole('button', { name: 'Ouvrir' }).click();
    await page.getByText('Cette clé n’ouvre rien ici. Vérifiez-la.').waitFor();
    await page.getByLabel('Votre clé').fill(token);
    await page.getByRole('button', { name: 'Ouvrir' }).click();
    await page.getByRole('heading', { name: 'En cours et prévus' }).waitFor();
    return page;
  }

  /** What came last to the browser, once so many did. */
  async function shown(count: number) {
    const end = performance.now() + PATIENCE_MS;
    while (browser.received.length < count && performance.now() < end) await wait(50);
    assert.equal(browser.received.length, count);
    return browser.received.at(-1)?.payload;
  }
  /** The ways are gone at once: a mail may come after what a device shows. */
  async function mailAbout(subject: string) {
    const find = async () => (await house.server.mails()).findLast((mail) => mail.to === 'camille.durand@example.org' && mail.subject === subject);
    const end = performance.now() + PATIENCE_MS;
    while (!(await find()) && performance.now() < end) await wait(50);
    return (await find()) ?? assert.fail(`no mail “${subject}”`);
  }

  it('of works are announced on a page, moved and ended: customers are told each time, by mail and on their screens', async () => {
    const page = await open();
    await page.getByText('Annoncer une coupure ou des travaux').click();
    await page.getByLabel('Nature').selectOption('works');
    await page.getByLabel('Commune').selectOption({ label: 'Carmaux' });
    await page.getByLabel('Rues, une par ligne').fill('rue des Acacias\nplace Jean-Jaurès');
    await page.getByLabel('Cause').selectOption('pruning');
    await page.getByLabel('Début').fill('2026-12-10T09:00');
    await page.getByRole('button', { name: 'Annoncer', exact: true }).click();
    await page.getByText(/Ce n’est pas possible ainsi .*works are told of with the time at which they end/).waitFor();
    await page.getByLabel('Fin prévue').first().fill('2026-12-10T12:00');
    await page.getByLabel('Un mot pour les clients').first().fill('Des branches touchent la ligne.');
    await page.getByRole('button', { name: 'Annoncer', exact: true }).click();
    await page.getByText('Les clients concernés sont prévenus.').waitFor();
    const announced = await shown(1);
    assert.deepEqual([announced?.title, announced?.body, announced?.lang], ['Travaux prévus à Carmaux', 'L’électricité sera coupée le jeudi 10 décembre, de 9 h à 12 h.', 'fr']);
    assert.equal(announced?.url, `${house.origin('eneo')}/mon-espace#/alerts`);
    assert.match((await mailAbout('Travaux prévus à Carmaux')).text, /Cela concerne votre adresse, 12 rue des Acacias\.[\s\S]*Des branches touchent la ligne\./);

    const card = page.locator('article').filter({ hasText: '10 déc. 2026' });
    await card.getByText('Dire ce qui change').click();
    await card.getByLabel('Fin prévue').fill('2026-12-10T13:30');
    await card.getByRole('button', { name: 'Enregistrer' }).click();
    const moved = await shown(2);
    assert.deepEqual([moved?.title, moved?.body, moved?.tag], ['Travaux à Carmaux : nouvel horaire', 'L’électricité sera coupée le jeudi 10 décembre, de 9 h à 13 h 30.', announced?.tag]);

    await card.getByText('Dire ce qui change').click();
    await card.getByLabel('État').selectOption({ label: 'Rétabli' });
    await card.getByRole('button', { name: 'Enregistrer' }).click();
    assert.equal((await shown(3))?.title, 'Travaux terminés à Carmaux');
    await mailAbout('Travaux terminés à Carmaux');
    await page.locator('#over article').filter({ hasText: 'Rétabli' }).first().waitFor();
  });

  it('are told on a page that everybody can use', async () => {
    const page = await open({ viewport: { width: 320, height: 800 } });
    await page.getByText('Annoncer une coupure ou des travaux').click();
    await page.locator('.cards summary').first().click();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), 'nothing is wider than a phone');
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
  });

  it('show whom to call before works, and that each look is written down', async () => {
    const camille = new Visitor(house.server.baseUrl('eneo'), house.origin('eneo'));
    await camille.signInAs('camille');
    await camille.send('POST', '/contracts/camille-electricity/medical-need', { body: { phone: '+33639980101', textVersion: '2026-11', language: 'fr' } });
    const page = await open();
    const card = page.locator('[data-outage="eneo-works-acacias"]');
    await card.getByText('Qui appeler avant les travaux').click();
    await card.getByText(/12 rue des Acacias, 81400 Carmaux, \+33639980101/).waitFor();
    const traces = await house.server.db.selectFrom('medical_need_reading').select(['agent_name', 'outage_id']).execute();
    assert.deepEqual(traces, [{ agent_name: 'Conduite du réseau', outage_id: 'eneo-works-acacias' }]);
  });
});
