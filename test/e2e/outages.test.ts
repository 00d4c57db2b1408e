/** Outages from end to end: everybody's board in its light form, and a customer's as the network's people announce, move and end one. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAgent } from '../../packages/server/src/agents/agents.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, signInHere, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';

const HOUR = 3_600_000;

describe('outages', () => {
  let house: House;
  let token: string;

  before(async () => {
    house = await openHouse();
    token = await addAgent(house.server.db, 'eneo', 'Conduite du réseau', house.now(), ['network']);
  });
  after(() => house.stop());

  const at = (hours: number) => new Date(house.now() + hours * HOUR).toISOString().replace(/\.\d+Z/, 'Z');

  async function tell(method: 'POST' | 'PATCH', path: string, body: object): Promise<{ readonly id: string }> {
    const response = await fetch(`${house.server.baseUrl('eneo')}/operators/outages${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    assert.ok(response.ok, `${response.status} ${await response.clone().text()}`);
    const { outage } = (await response.json()) as { outage: { id: string } };
    return outage;
  }

  for (const site of ['eneo', 'sicae'] as const) {
    it(`are shown to everybody by ${site} without the kit, which comes when somebody wants more`, async () => {
      const scripts: string[] = [];
      const { page, calls, errors } = await house.visit(site, '/coupures', { reducedMotion: 'reduce' });
      page.on('response', (response) => /\/oya\/.*\.js/.test(response.url()) && scripts.push(new URL(response.url()).pathname));
      await page.reload();
      const board = page.locator('oya-alerts');
      await board.getByRole('heading', { name: 'Travaux prévus' }).waitFor();
      assert.ok(!scripts.some((each) => /\/(core|runtime)-/.test(each)), scripts.join(', '));
      assert.deepEqual([...new Set(calls)].map((call) => call.replace(/\/\w+\/v1/, '')).toSorted(), ['GET /outages', 'GET /session']);
      await assertNothingFoundAnywhere(page, EVERY_LOOK);
      await board.getByRole('button', { name: 'Carte' }).click();
      await board.locator('.commune').first().waitFor();
      assert.ok(!scripts.some((each) => /\/(core|runtime)-/.test(each)), 'the map needs no kit');
      const drawn = await board.locator('.commune').evaluateAll((shapes) => shapes.map((shape) => /^(.*)\s: (\d+) en cours, (\d+)/.exec(shape.getAttribute('aria-label') ?? '')?.slice(1)));
      const listed = await board.locator('.map tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent?.trim())));
      assert.ok(drawn.length > 2);
      assert.deepEqual(drawn, listed);
      await board.getByRole('button', { name: 'Signaler une coupure' }).click();
      await board.getByText(/^Que se passe-t-il/).waitFor();
      assert.ok(scripts.some((each) => /\/core-/.test(each)));
      assert.equal(await board.getByRole('heading', { name: 'Travaux prévus' }).count(), 0, 'the light form has left its place');
      assert.deepEqual(errors, []);
    });
  }

  it('are read in English when the page turns to it, still without the kit', async () => {
    const { page } = await house.visit('eneo', '/coupures');
    await page.locator('oya-alerts').getByRole('heading', { name: 'Travaux prévus' }).waitFor();
    await page.getByRole('button', { name: 'EN, English' }).click();
    await page.locator('oya-alerts').getByRole('heading', { name: 'Planned works' }).waitFor();
  });

  it('come with the kit where the page asks for another view, which a visitor sees at once', async () => {
    const { page } = await house.visit('eneo', '/');
    await page.addInitScript(() => {
      new MutationObserver(() => document.querySelector('oya-alerts:not([view])')?.setAttribute('view', 'report')).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${house.origin('eneo')}/coupures`);
    await page.locator('oya-alerts').getByText(/^Que se passe-t-il/).waitFor();
  });

  it('say so when they cannot be read, and try again', async () => {
    const { page } = await house.visit('eneo', '/');
    await page.route('**/v1/outages', (route) => route.abort());
    await page.goto(`${house.origin('eneo')}/coupures`);
    const board = page.locator('oya-alerts');
    await board.getByText('Nous n’arrivons pas à lire les coupures en ce moment').waitFor();
    await page.unroute('**/v1/outages');
    await board.getByRole('button', { name: 'Réessayer' }).click();
    await board.getByRole('heading', { name: 'Travaux prévus' }).waitFor();
  });

  it('reach the customer live: announced, moved, restored, and “still no power” comes to the network’s people', async () => {
    const { page, errors } = await house.visit('eneo', '/mon-espace#/alerts', { reducedMotion: 'reduce' });
    await signInHere(page, 'camille');
    const board = page.locator('oya-alerts');
    await board.getByRole('heading', { name: 'Aucune coupure en cours' }).waitFor();
    await page.waitForTimeout(500);
    const { id } = await tell('POST', '', {
      kind: 'outage', energy: 'electricity', state: 'reported', cause: 'equipment', households: 40,
      areas: [{ commune: '81060', name: 'Carmaux', streets: [{ name: 'Rue des Acacias' }] }], startsAt: at(-0.5), estimatedEnd: null,
    });
    await board.getByRole('heading', { name: 'Votre adresse est concernée par une coupure' }).waitFor();
    const card = board.locator(`[data-outage='${id}']`);
    await card.getByText('Pas encore d’heure de retour').waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    await tell('PATCH', `/${id}`, { state: 'repairing', estimatedEnd: at(2) });
    await card.getByText(/^Retour prévu vers/).waitFor();
    await tell('PATCH', `/${id}`, { estimatedEnd: at(3), note: { fr: 'Une pièce doit être livrée.' } });
    await card.getByText(/^Prévu d’abord/).waitFor();
    await card.getByText('Ce qui a été dit').click();
    await card.getByText('Une pièce doit être livrée.').waitFor();
    await tell('PATCH', `/${id}`, { state: 'restored' });
    await card.getByText(/^Rétablie/).first().waitFor();
    await card.getByRole('button', { name: 'Je suis toujours sans courant' }).click();
    await board.getByText('12 rue des Acacias').waitFor();
    await board.getByLabel('Seulement mon logement').check();
    await board.getByRole('button', { name: 'Signaler que rien n’est revenu' }).click();
    await board.getByText('Votre signalement est arrivé').waitFor();
    const reports = await fetch(`${house.server.baseUrl('eneo')}/operators/reports`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(reports.status, 200, await reports.clone().text());
    assert.match(await reports.text(), new RegExp(id));
    await board.getByRole('button', { name: 'Retour aux coupures' }).click();
    await card.getByText(/^Vous avez signalé/).or(card.getByText(/toujours sans courant. L’équipe en est informée/)).first().waitFor();
    assert.deepEqual(errors, []);
  });

  it('are reported by the keyboard alone, at 320 px', async () => {
    const context = await house.visitor({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
    await Keyboard.watch(context);
    const page = await context.newPage();
    await page.goto(`${house.origin('sicae')}/coupures`);
    const board = page.locator('oya-alerts');
    await board.getByRole('heading', { name: 'Travaux prévus' }).waitFor();
    const keys = new Keyboard(page);
    await keys.tabTo(/^Signaler une coupure/);
    await keys.press('Enter');
    await board.getByText(/^Que se passe-t-il/).waitFor();
    await keys.tabTo(/^Je n’ai plus d’électricité/);
    await keys.press('Space');
    await keys.tabTo(/^Continuer/);
    await keys.press('Enter');
    await board.getByText('Avant de signaler').waitFor();
    await keys.tabTo(/^Commune/);
    await page.keyboard.type('Tanus');
    await keys.tabTo(/^Numéro et rue/);
    await keys.type('5 route du Viaur');
    await keys.tabTo(/^Seulement mon logement/);
    await keys.press('Space');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'nothing stands out of a phone');
    await keys.tabTo(/^Signaler la coupure/);
    await keys.press('Enter');
    await board.getByText('Votre signalement est arrivé').waitFor();
  });
});
