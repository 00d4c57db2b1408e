/** Without a mouse: from the common entry to the contract, back in after a forgotten password, and to a second contract. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { prospects, type Persona } from '@oya/personas';
import type { SiteName } from '../../demo/sites.ts';
import { openHouse, persona, settled, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';
import { lastMail, NEW_PASSWORD, totalOf } from './support/sign-up.ts';

describe('with the keyboard alone', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const [paul, jeanne] = prospects as [Persona, Persona];

  async function open(site: SiteName, path: string) {
    // A page that scrolls smoothly is still on its way at the next key, faster than anybody types.
    const context = await house.visitor({ reducedMotion: 'reduce' });
    await Keyboard.watch(context);
    const page = await context.newPage();
    await page.goto(house.origin(site) + path);
    return { page, keys: new Keyboard(page) };
  }

  it('somebody finds their utility, signs up with an invoice, and reads their contract', async () => {
    const { page, keys } = await open('oya', '/');
    const email = 'paul.keys@example.org';

    await page.getByRole('combobox', { name: 'Votre commune' }).waitFor();
    await keys.tabTo(/^Votre commune/);
    await keys.type('carm');
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await keys.tabTo(/^Électricité/, 2);
    await keys.press('Space');
    await page.getByRole('heading', { name: 'ENEO', exact: true }).waitFor();
    await keys.tabTo(/^Ouvrir mon espace ENEO/, 1);
    await keys.press('Enter');

    await page.waitForURL(/\/espace-client$/);
    await page.getByRole('link', { name: 'Créer mon compte' }).waitFor();
    await keys.tabTo(/^Créer mon compte/);
    await keys.press('Enter');

    // How: the arrows choose, and what is missing is said.
    await page.waitForURL(/\/creer-un-compte$/);
    await page.getByRole('radio', { name: 'Une facture' }).waitFor();
    await keys.tabTo(/^Une facture/);
    await keys.press('ArrowDown');
    await keys.press('ArrowUp');
    await keys.press('Space');
    await keys.tabTo(/^Continuer/);
    await keys.press('Enter');
    await keys.arriveAt(/^Il reste/);
    await keys.tabTo(/./, 1);
    await keys.press('Enter');
    await keys.arriveAt(/^J’ai lu et j’accepte/);
    await keys.press('Space');
    await keys.tabTo(/^Continuer/);
    await keys.press('Enter');

    // The proof, with a wrong amount first.
    await keys.arriveAt(/Recopiez deux informations de votre facture/);
    await keys.tabTo(/Numéro de la facture/, 1);
    await keys.type(paul.invoice.number);
    await keys.tabTo(/Montant total TTC/, 1);
    await keys.type('1,23');
    await keys.press('Enter');
    await keys.arriveAt(/Ce numéro et ce montant ne correspondent à aucune facture/);
    await keys.tabTo(/montant/i, 2);
    await keys.press('Enter');
    await keys.arriveAt(/Montant total TTC/);
    await keys.type(totalOf(paul.invoice));
    await keys.tabTo(/^Continuer/, 1);
    await keys.press('Enter');

    // The account, with a password that is too weak first.
    await keys.arriveAt(/Choisissez comment vous connecter/);
    await keys.tabTo(/^Adresse e-mail/, 1);
    await keys.type(email);
    await keys.tabTo(/^Confirmez l’adresse e-mail/, 1);
    await keys.type(email);
    await keys.tabTo(/^Identifiant/, 2);
    await keys.type('paul.keys');
    await keys.tabTo(/^Mot de passe/, 1);
    await keys.type('verrerie');
    await keys.tabTo(/^Afficher/, 1);
    await keys.press('Space');
    await keys.tabTo(/^Confirmez le mot de passe/, 1);
    await keys.type('verrerie');
    await keys.press('Enter');
    await keys.arriveAt(/^Il reste une information à revoir/);
    await keys.tabTo(/mot de passe/i, 1);
    await keys.press('Enter');
    await keys.arriveAt(/^Mot de passe/);
    await keys.type(NEW_PASSWORD);
    await keys.tabTo(/^Confirmez le mot de passe/, 2);
    await keys.type(NEW_PASSWORD);
    await page.getByText('Vérifié : vous n’êtes pas un robot.').waitFor();
    await keys.tabTo(/^Créer mon compte/, 2);
    await keys.press('Enter');

    // The code, with a wrong one first.
    await keys.arriveAt(/Saisissez le code reçu par e-mail/);
    const { code } = await lastMail(house, email);
    await keys.tabTo(/^Code à 7 chiffres/, 1);
    await keys.type(code === '0000000' ? '1111111' : '0000000');
    await keys.press('Enter');
    await keys.arriveAt(/Ce code n’est pas le bon/);
    await keys.tabTo(/^Code à 7 chiffres/, 2);
    await keys.type(code);
    await keys.press('Enter');

    await keys.arriveAt(/Bienvenue Paul Vidal/);
    await keys.tabTo(/Découvrir mon espace/, 1);
    await keys.press('Enter');
    await page.waitForURL(/\/espace-client$/);
    await page.getByRole('link', { name: 'Aller à mon espace' }).waitFor();
    await keys.tabTo(/^Aller à mon espace/);
    await keys.press('Enter');

    await page.waitForURL(/\/mon-espace/);
    await page.locator('oya-dashboard').getByText('Bonjour Paul Vidal').waitFor();
    await keys.tabTo(/^Contrats$/);
    await keys.press('Enter');
    await keys.arriveAt(/^Contrats$/);
    await page.locator('oya-contracts').getByText(paul.contracts[0]?.number ?? '').waitFor();
  });

  it('somebody who has forgotten the password gets back in', async () => {
    const { page, keys } = await open('eneo', '/espace-client');
    const emma = persona('emma');
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    await keys.tabTo(/^Mot de passe oublié/);
    await keys.press('Enter');
    await keys.arriveAt(/^Choisir un nouveau mot de passe/);
    await keys.tabTo(/^Identifiant ou adresse e-mail/, 1);
    await keys.press('Enter');
    await keys.arriveAt(/^Vérifiez ce que vous avez saisi/);
    await keys.tabTo(/^Identifiant ou adresse e-mail/, 2);
    await keys.type(emma.login);
    await keys.press('Enter');
    await keys.arriveAt(/Regardez vos e-mails/);
    const { code } = await lastMail(house, emma.email);
    await keys.tabTo(/^Code reçu par e-mail/);
    await keys.type(code);
    await keys.tabTo(/^Nouveau mot de passe/, 2);
    await keys.type(NEW_PASSWORD);
    await keys.tabTo(/^Le même mot de passe/, 2);
    await keys.type('verrerie');
    await keys.press('Enter');
    await keys.arriveAt(/^Vérifiez ce que vous avez saisi/);
    await keys.tabTo(/^Le même mot de passe/);
    await keys.type(NEW_PASSWORD);
    await keys.press('Enter');
    await keys.arriveAt(/^Bonjour/);
  });

  it('a customer adds a contract, and thinks better of another', async () => {
    const { page, keys } = await open('sicae', '/espace-client');
    const helene = persona('helene');
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    await keys.tabTo(/^Identifiant ou adresse e-mail/);
    await keys.type(helene.login);
    await keys.tabTo(/^Mot de passe/, 1);
    await keys.type(helene.password);
    await keys.press('Enter');
    await keys.arriveAt(/^Bonjour/);
    await page.locator('oya-contracts').getByRole('button', { name: 'Ajouter un contrat' }).waitFor();
    await settled(page.locator('oya-consumption'));
    await keys.tabTo(/^Ajouter un contrat/);
    await keys.press('Enter');
    await keys.arriveAt(/^Ajouter un contrat à votre espace/);
    await keys.tabTo(/^Annuler/);
    await keys.press('Enter');
    await keys.arriveAt(/^Ajouter un contrat$/);
    await keys.press('Enter');
    await keys.arriveAt(/^Ajouter un contrat à votre espace/);
    await keys.tabTo(/facture/i, 1);
    await keys.tabTo(/^Numéro de la facture/, 1);
    await keys.type(jeanne.invoice.number);
    await keys.tabTo(/^Montant total TTC/, 1);
    await keys.type('1,00');
    await keys.press('Enter');
    await keys.arriveAt(/Ce numéro et ce montant ne correspondent à aucune facture/);
    await keys.tabTo(/^Montant total TTC/);
    await keys.type(totalOf(jeanne.invoice));
    await keys.tabTo(/^Ajouter ce contrat/, 1);
    await keys.backTo(/^Montant total TTC/, 1);
    await keys.press('Enter');
    await keys.arriveAt(/Le contrat est dans votre espace/);
    await page.locator('oya-contracts').getByText(jeanne.contracts[0]?.number ?? '').waitFor();
    assert.equal(await page.locator('oya-contracts').getByRole('radio').count(), helene.contracts.length + 1);
    await keys.stays();
  });
});
