/** Requests from end to end: a customer moves, somebody of the utility takes it further from their inbox, and it appears by itself. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { addAgent } from '../../packages/server/src/agents/agents.ts';
import { assertNothingFound, assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, persona, signInHere, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';

describe('somebody who wants something done', () => {
  let house: House;
  let token: string;

  before(async () => {
    house = await openHouse();
    token = await addAgent(house.server.db, 'eneo', 'Chloé, service clients', house.now());
  });
  afterEach(() => house.clear());
  after(() => house.stop());

  async function openInbox(): Promise<Page> {
    const { page } = await house.visit('eneo', '/conseillers');
    await page.getByLabel('Votre clé').fill(token);
    await page.getByRole('button', { name: 'Ouvrir la boîte' }).click();
    return page;
  }

  it('moves, on a phone: the draft survives a reload, a question is answered, and “done” appears without one', async () => {
    const { page, errors } = await house.visit('eneo', '/demarches', { reducedMotion: 'reduce', viewport: { width: 320, height: 720 } });
    const procedures = page.locator('oya-procedures');
    await procedures.getByRole('link', { name: /^Je déménage/ }).click();
    await procedures.getByText('Ce qu’affichent les compteurs, si vous pouvez les lire').waitFor();
    await assertNothingFound(page);
    await procedures.getByRole('link', { name: 'Me connecter pour commencer' }).click();
    await signInHere(page, 'nadia');

    // Signing in leads on to what was wanted.
    const next = () => procedures.getByRole('button', { name: 'Continuer' }).click();
    await procedures.getByRole('heading', { name: /^Étape 1 sur 4/ }).waitFor();
    await next();
    await procedures.getByRole('link', { name: 'Votre situation : à remplir.' }).click();
    await procedures.getByRole('radio', { name: /^Je quitte un logement pour un autre/ }).check();
    await next();
    await procedures.getByText('Compteur L00000000404 : la collecte de vos index est automatique.').waitFor({ state: 'detached' });
    await procedures.getByRole('checkbox', { name: /^Électricité/ }).check();
    await procedures.getByRole('checkbox', { name: /^Gaz/ }).check();
    await procedures.getByText(/Compteur L00000000404.: la collecte de vos index est automatique\./).waitFor();
    await procedures.getByLabel('Date de départ').fill('2026-12-15');
    await page.reload();
    await procedures.getByLabel('Date de départ').waitFor();
    assert.equal(await procedures.getByLabel('Date de départ').inputValue(), '2026-12-15');
    assert.ok(await procedures.getByRole('checkbox', { name: /^Gaz/ }).isChecked());
    await procedures.getByLabel(/^Nom de la personne qui vous succède/).fill('Mme Petit');
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    await next();
    await procedures.getByLabel('Date d’arrivée').fill('2027-12-31');
    await next();
    await procedures.getByRole('link', { name: /^Date d’arrivée.: au plus tard le 25 novembre 2027/ }).waitFor();
    await procedures.getByLabel('Date d’arrivée').fill('2026-12-14');
    await procedures.getByLabel('Numéro et rue').fill('4 rue de l’Exemple');
    await procedures.getByLabel('Code postal').fill('81400');
    await procedures.getByLabel('Commune').fill('Carmaux');
    await procedures.getByRole('checkbox', { name: 'Électricité' }).check();
    await procedures.getByLabel(/^Index d’électricité à l’arrivée/).fill('12 345');
    await next();
    await procedures.getByText('4 rue de l’Exemple, 81400 Carmaux').waitFor();
    await procedures.getByLabel('Téléphone où vous joindre').fill('06 39 98 04 04');
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await procedures.getByRole('button', { name: 'Envoyer ma demande' }).click();
    await procedures.getByRole('heading', { name: 'Votre demande est envoyée' }).waitFor();
    const number = /D-\w{4}-\w{4}/.exec(await procedures.locator('.request-number').innerText())?.[0] ?? assert.fail('it has a number');
    await assertNothingFoundAnywhere(page, EVERY_LOOK);

    const inbox = await openInbox();
    await inbox.getByRole('button', { name: new RegExp(`Nadia Benali, Déménagement.*${number}`) }).click();
    await inbox.getByText('leaving.successor : Mme Petit').waitFor();
    await inbox.getByLabel('Où elle en est').selectOption('waiting');
    await inbox.getByLabel('Pour le client').fill('À quel étage est l’appartement ?');
    await inbox.getByRole('button', { name: 'Enregistrer l’étape' }).click();
    await procedures.getByText('À quel étage est l’appartement ?').waitFor();
    await procedures.getByLabel('Votre réponse', { exact: true }).fill('Au deuxième.');
    await procedures.getByRole('button', { name: 'Envoyer ma réponse' }).click();
    await procedures.getByText('Votre réponse est envoyée. Nous reprenons votre demande.').waitFor();
    await inbox.getByText('Au deuxième.').waitFor();
    await inbox.getByLabel('Où elle en est').selectOption('done');
    await inbox.getByLabel('Pour le client').fill('Votre contrat commence le 14 décembre.');
    await inbox.getByRole('button', { name: 'Enregistrer l’étape' }).click();
    await procedures.getByText('Votre contrat commence le 14 décembre.').waitFor();
    await procedures.getByRole('listitem').filter({ hasText: 'Terminée' }).waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    await procedures.getByRole('link', { name: 'Toutes mes démarches' }).click();
    await procedures.getByRole('link', { name: new RegExp(`^Déménagement ${number}.*Terminée$`) }).waitFor();
    // She has chosen to be written to in English.
    const mail = (await house.server.mails()).find(({ to, subject }) => to === persona('nadia').email && subject === 'Your request has ended');
    assert.ok(mail && !mail.text.includes('14 décembre') && mail.text.includes(number), 'the mail says that it has ended, and not how');
    assert.deepEqual(errors, []);
  });

  it('changes the power by the keyboard alone, and takes it back', async () => {
    const context = await house.visitor({ reducedMotion: 'reduce' });
    await Keyboard.watch(context);
    const page = await context.newPage();
    await page.goto(`${house.origin('eneo')}/mon-espace#/procedures`);
    await signInHere(page, 'emma');
    const procedures = page.locator('oya-procedures');
    await procedures.getByRole('link', { name: /^Changer de puissance/ }).waitFor();
    const keys = new Keyboard(page);
    await keys.tabTo(/^Changer de puissance ou de tarif/);
    await keys.press('Enter');
    await procedures.getByText(/Aujourd’hui.: 6 kVA/).waitFor();
    await keys.tabTo(/^Puissance souscrite/);
    await keys.type('9');
    await keys.tabTo(/^Continuer/);
    await keys.press('Enter');
    await keys.tabTo(/^Téléphone où vous joindre/);
    await keys.type('0639980505');
    await keys.tabTo(/^Envoyer ma demande/);
    await keys.press('Enter');
    await keys.arriveAt(/^Votre demande est envoyée/);
    await keys.tabTo(/^Retirer ma demande/);
    await keys.press('Enter');
    await keys.tabTo(/^Oui, la retirer/);
    await keys.press('Enter');
    await keys.arriveAt(/^Votre demande est retirée/);
  });

  it('goes on after the session ended in the middle, and sends once', async () => {
    const { page, context } = await house.visit('eneo', '/mon-espace#/procedures?oya-procedure=new:reclamation', { reducedMotion: 'reduce' });
    await signInHere(page, 'camille');
    const procedures = page.locator('oya-procedures');
    await procedures.getByLabel('Votre réclamation porte sur').selectOption('service');
    await procedures.getByLabel('Votre message').fill('Personne n’est venu.');
    await procedures.getByRole('button', { name: 'Continuer' }).click();
    await procedures.getByText('Relisez. Vous pouvez encore tout modifier.').waitFor();
    await context.clearCookies();
    await procedures.getByRole('button', { name: 'Envoyer ma demande' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Mot de passe', { exact: true }).waitFor();
    const { login, password } = persona('camille');
    const identifier = dialog.getByLabel('Identifiant ou adresse e-mail');
    if (await identifier.isEditable()) await identifier.fill(login);
    await dialog.getByLabel('Mot de passe', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Me connecter', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await procedures.getByText('Personne n’est venu.').first().waitFor();
    const heading = procedures.getByRole('heading', { name: 'Votre demande est envoyée' });
    // Sent by itself once signed in, or by the customer's next click: once in any case.
    const send = procedures.getByRole('button', { name: 'Envoyer ma demande' });
    if (await send.isVisible()) await send.click();
    await heading.waitFor();
    const sent = await house.server.db.selectFrom('service_request').select('id').where('kind', '=', 'claim').where('utility_id', '=', 'eneo').execute();
    assert.equal(sent.length, 1);
  });
});
