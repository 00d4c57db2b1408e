import { after, afterEach, before, describe, it } from 'node:test';
import { prospects, type Persona } from '@oya/personas';
import type { SiteName } from '../../demo/sites.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, persona, settled, signIn, type House } from './support/house.ts';
import { begin, fillAccount, go, heading, lastMail, NEW_PASSWORD, proveByInvoice, typeCode, typeMailedCode } from './support/sign-up.ts';

/** Page → who signs in there; `null` where nobody can. */
const PAGES: readonly [SiteName, string, string | null][] = [
  ['start', '/', null],
  ['eneo', '/', null],
  ['sicae', '/', null],
  ['oya', '/', null],
  ['eneo', '/espace-client', 'camille'],
  ['sicae', '/espace-client', 'marc'],
  ['strict', '/', 'camille'],
];

describe('axe finds nothing', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  for (const [site, path, customer] of PAGES) {
    it(`on ${site}${path}`, async () => {
      const { page } = await house.visit(site, path);
      if (customer === null) return assertNothingFoundAnywhere(page, EVERY_LOOK);
      await page.getByLabel('Mot de passe', { exact: true }).waitFor();
      await page.locator('oya-consumption .notice').waitFor();
      await assertNothingFoundAnywhere(page, EVERY_LOOK);
      await signIn(page, persona(customer));
      const consumption = page.locator('oya-consumption');
      await settled(consumption);
      await consumption.getByRole('button', { name: /^Mardi 17 novembre 2026 : / }).click();
      await consumption.locator('oya-load-curve').waitFor();
      await assertNothingFoundAnywhere(page, EVERY_LOOK);
    });
  }

  const [paul, jeanne] = prospects as [Persona, Persona];

  it('in any step of a sign-up, nor in what it refuses', async () => {
    const { page } = await house.visit('eneo', '/creer-un-compte');
    await heading(page, 'Créez votre espace client');
    await assertNothingFoundAnywhere(page);
    await go(page, 'Continuer');
    await heading(page, 'Il reste des informations à revoir');
    await assertNothingFoundAnywhere(page);
    await begin(page, 'Votre contrat');
    await heading(page, 'Recopiez trois informations de votre contrat');
    await assertNothingFoundAnywhere(page);
    await go(page, 'Utiliser une facture');
    await heading(page, 'Recopiez deux informations de votre facture');
    await assertNothingFoundAnywhere(page);
    await proveByInvoice(page, { ...paul, invoice: { ...paul.invoice, totalCents: 123 } });
    await heading(page, 'Ce numéro et ce montant ne correspondent à aucune facture');
    await assertNothingFoundAnywhere(page);

    await proveByInvoice(page, paul);
    await heading(page, 'Choisissez comment vous connecter');
    await assertNothingFoundAnywhere(page);
    await fillAccount(page, { email: 'axe@example.org', identifier: persona('camille').login });
    await page.getByText('Cet identifiant est déjà pris.').first().waitFor();
    await page.getByText('Vérifié : vous n’êtes pas un robot.').waitFor();
    await page.getByLabel('Mot de passe', { exact: true }).fill('verrerie');
    await go(page, 'Créer mon compte');
    await heading(page, 'Il reste des informations à revoir');
    await assertNothingFoundAnywhere(page);
    await fillAccount(page, { email: 'axe@example.org', identifier: 'paul.axe' });
    await go(page, 'Créer mon compte');

    await heading(page, 'Saisissez le code reçu par e-mail');
    await assertNothingFoundAnywhere(page);
    await go(page, 'Changer d’adresse e-mail');
    await heading(page, 'Changez d’adresse e-mail');
    await assertNothingFoundAnywhere(page);
    await go(page, 'Retour');
    await heading(page, 'Saisissez le code reçu par e-mail');
    const { code } = await lastMail(house, 'axe@example.org');
    await typeCode(page, code === '0000000' ? '1111111' : '0000000');
    await heading(page, 'Ce code n’est pas le bon');
    await assertNothingFoundAnywhere(page);
    await typeCode(page, code);
    await heading(page, 'Bienvenue Paul Vidal');
    await assertNothingFoundAnywhere(page);
    await page.reload();
    await heading(page, 'Vous êtes déjà connecté, Paul Vidal');
    await assertNothingFoundAnywhere(page);
  });

  it('on the ways back into an account', async () => {
    const emma = persona('emma');
    const { page } = await house.visit('eneo', '/espace-client');
    await signIn(page, emma, 'not this one');
    await heading(page, 'Cet identifiant et ce mot de passe ne vont pas ensemble');
    await assertNothingFoundAnywhere(page);
    await page.locator('.ways').getByRole('button', { name: 'Identifiant oublié' }).click();
    await heading(page, 'Retrouver votre identifiant');
    await assertNothingFoundAnywhere(page);
    await page.getByLabel('Adresse e-mail').fill(emma.email);
    await page.locator('oya-login-recovery button[type=submit]').click();
    await heading(page, 'Regardez vos e-mails');
    await assertNothingFoundAnywhere(page);
    await page.getByRole('button', { name: 'Retour' }).click();
    await page.locator('.ways').getByRole('button', { name: 'Mot de passe oublié' }).click();
    await heading(page, 'Choisir un nouveau mot de passe');
    await assertNothingFoundAnywhere(page);
    await page.getByLabel('Identifiant ou adresse e-mail').fill(emma.login);
    await go(page, 'Recevoir un code');
    await heading(page, 'Regardez vos e-mails');
    await assertNothingFoundAnywhere(page);
    await go(page, 'Enregistrer et me connecter');
    await heading(page, 'Vérifiez ce que vous avez saisi');
    await assertNothingFoundAnywhere(page);
    await typeMailedCode(page, house, emma.email);
    await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(NEW_PASSWORD);
    await page.getByLabel('Le même mot de passe, une seconde fois').fill(NEW_PASSWORD);
    await go(page, 'Enregistrer et me connecter');
    await heading(page, 'Bonjour Emma Laurens');
    await assertNothingFoundAnywhere(page);
  });

  it('while contracts are chosen, added, shared and taken back', async () => {
    const { page } = await house.visit('sicae', '/espace-client');
    await signIn(page, persona('helene'));
    const contracts = page.locator('oya-contracts');
    // What loads above pushes it down, also while a finger is on it: then nothing was chosen.
    await settled(page.locator('oya-consumption'));
    await contracts.getByRole('group', { name: /Maison de famille/ }).getByRole('radio').check();
    await contracts.getByRole('button', { name: /Reprendre l’accès de Léa Cazals/ }).waitFor();
    await settled(page.locator('oya-consumption'));
    await assertNothingFoundAnywhere(page);
    await contracts.getByRole('button', { name: /Reprendre l’accès de Léa Cazals/ }).click();
    await contracts.getByRole('heading', { name: 'Reprendre l’accès de Léa Cazals ?' }).waitFor();
    await assertNothingFoundAnywhere(page);
    await contracts.getByRole('button', { name: 'Donner un accès' }).click();
    await contracts.getByLabel(/^Jusqu’à une date/).check();
    await contracts.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await contracts.locator('.summary').waitFor();
    await assertNothingFoundAnywhere(page);
    await contracts.getByRole('button', { name: 'Ajouter un contrat' }).click();
    await contracts.getByRole('button', { name: 'Ajouter ce contrat' }).click();
    await contracts.locator('.summary').waitFor();
    await assertNothingFoundAnywhere(page);
    await contracts.getByLabel('Numéro de la facture').fill(jeanne.invoice.number);
    await contracts.getByLabel('Montant total TTC').fill('1,00');
    await contracts.getByRole('button', { name: 'Ajouter ce contrat' }).click();
    await contracts.getByText('Ce numéro et ce montant ne correspondent à aucune facture').waitFor();
    await assertNothingFoundAnywhere(page);
    await contracts.getByLabel('Montant total TTC').fill(String(jeanne.invoice.totalCents / 100));
    await contracts.getByRole('button', { name: 'Ajouter ce contrat' }).click();
    await contracts.getByText('Le contrat est dans votre espace').waitFor();
    await settled(page.locator('oya-consumption'));
    await assertNothingFoundAnywhere(page);
  });
});
