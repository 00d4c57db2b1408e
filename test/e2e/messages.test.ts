/** Messages from end to end: a customer writes, somebody of the utility answers from their inbox, and it appears by itself. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { addAgent } from '../../packages/server/src/agents/agents.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, persona, signInHere, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';

const WORDS = 'Pourquoi cette facture est-elle plus élevée que la précédente ?';
const ANSWER = 'La semaine du 2 novembre était plus froide : voyez le détail jour par jour.';

describe('messages', () => {
  let house: House;
  let token: string;

  before(async () => {
    house = await openHouse();
    token = await addAgent(house.server.db, 'eneo', 'Chloé, service clients', house.now());
  });
  after(() => house.stop());

  async function openInbox(): Promise<Page> {
    const { page } = await house.visit('eneo', '/conseillers');
    await page.getByLabel('Votre clé').fill('wrong');
    await page.getByRole('button', { name: 'Ouvrir la boîte' }).click();
    await page.getByText('Cette clé n’ouvre rien ici. Vérifiez-la.').waitFor();
    await page.getByLabel('Votre clé').fill(token);
    await page.getByRole('button', { name: 'Ouvrir la boîte' }).click();
    return page;
  }

  it('about an invoice, with a photo, are answered from the inbox, and the answer appears without a reload', async () => {
    const { page, errors } = await house.visit('eneo', '/mon-espace#/messages', { reducedMotion: 'reduce' });
    await signInHere(page, 'camille');
    const messages = page.locator('oya-messages');
    await messages.getByRole('button', { name: 'Écrire un message' }).click();
    await messages.getByLabel('Quelle facture ?').selectOption({ index: 1 });
    await messages.getByText(/Nous répondons au plus tard .*mercredi 25 novembre/).waitFor();
    await messages.getByLabel('Votre message').fill('Un brouillon qui reste.');
    await page.reload();
    await messages.getByLabel('Votre message').waitFor();
    assert.equal(await messages.getByLabel('Votre message').inputValue(), 'Un brouillon qui reste.');
    await messages.getByLabel('Quelle facture ?').selectOption({ index: 1 });
    await messages.getByLabel('Votre message').fill(WORDS);
    const taken = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#357' } }).jpeg().withExif({ IFD0: { Make: 'Phone of Camille' } }).toBuffer();
    await messages.getByLabel(/^Photos et documents/).setInputFiles({ name: 'Facture.jpg', mimeType: 'image/jpeg', buffer: taken });
    await messages.getByRole('button', { name: 'Retirer Facture.jpg' }).waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    await messages.getByRole('button', { name: 'Envoyer mon message' }).click();
    await messages.getByText('Votre message est envoyé.').waitFor();
    await messages.getByText(WORDS).last().waitFor();

    const inbox = await openInbox();
    await inbox.getByRole('button', { name: /Camille Durand, Facture EN\d{10}.*Attend une réponse/ }).click();
    await inbox.getByRole('article').getByText(WORDS).waitFor();
    await messages.getByText(/Lu mardi 24 novembre/).waitFor();
    await inbox.getByRole('button', { name: 'Facture.jpg' }).waitFor();
    await inbox.getByLabel('Votre réponse').fill(ANSWER);
    await inbox.getByRole('button', { name: 'Répondre', exact: true }).click();
    await inbox.getByText('Votre réponse est envoyée.').waitFor();

    // By itself, where the customer looks.
    await messages.getByRole('article').getByText(ANSWER).waitFor();
    await messages.getByText('Une réponse est arrivée.').waitFor({ state: 'attached' });
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    const mail = (await house.server.mails()).find(({ to, subject }) => to === persona('camille').email && subject === 'Une réponse de ENEO vous attend');
    assert.ok(mail && !mail.text.includes('froide'), 'the mail says that there is an answer, and not what');
    assert.match(mail.text, /\/mon-espace/);
    assert.deepEqual(errors, []);
  });

  it('are read, answered, searched and closed by the keyboard alone', async () => {
    const context = await house.visitor({ reducedMotion: 'reduce' });
    await Keyboard.watch(context);
    const page = await context.newPage();
    await page.goto(`${house.origin('eneo')}/mon-espace#/messages`);
    await signInHere(page, 'lucien');
    const messages = page.locator('oya-messages');
    await messages.getByText('1 réponse à lire').waitFor();
    const keys = new Keyboard(page);
    await keys.tabTo(/^Chercher dans mes messages/);
    await keys.type('linky FROIDE');
    await messages.getByRole('button', { name: /^Une facture/ }).waitFor();
    await keys.tabTo(/^Une facture/);
    await keys.press('Enter');
    await keys.arriveAt(/^Une facture/);
    await keys.tabTo(/^Votre message/);
    await keys.type('Oui, avec plaisir.');
    await keys.tabTo(/^Envoyer ma réponse/);
    await keys.press('Enter');
    await keys.arriveAt(/^Votre message est envoyé/);
    await keys.backTo(/^Marquer comme terminé/);
    await keys.press('Enter');
    await messages.getByText('Cet échange est terminé. Écrire le rouvre.').waitFor();
  });

  it('take a Linky’s self-read indexes from the readings, on a phone', async () => {
    const { page, errors } = await house.visit('eneo', '/mon-espace#/readings', { reducedMotion: 'reduce', viewport: { width: 320, height: 720 } });
    await signInHere(page, 'nadia');
    await page.locator('oya-index-form').getByRole('link', { name: 'Envoyer mes index par la messagerie' }).click();
    const messages = page.locator('oya-messages');
    await messages.getByLabel('BASE').fill('12345');
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    await messages.getByRole('button', { name: 'Envoyer mon message' }).click();
    await messages.getByText('Votre message est envoyé.').waitFor();
    await messages.getByText('Index relevés le 24 novembre 2026').waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await messages.getByRole('button', { name: 'Tous mes messages' }).click();
    await messages.getByRole('button', { name: /^Compteur L00000000404/ }).waitFor();
    assert.deepEqual(errors, []);
  });
});
