import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { prospects, type Persona } from '@oya/personas';
import { assertNothingFound } from './support/axe.ts';
import { openHouse, persona, type House } from './support/house.ts';
import { begin, describeAccount, go, heading, lastMail, proveByInvoice, typeCode, typeMailedCode } from './support/sign-up.ts';

describe('somebody without an account', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const [paul, jeanne] = prospects as [Persona, Persona];

  it('gets from an invoice into the space, with every detour on the way', async () => {
    const { page, errors } = await house.visit('eneo', '/creer-un-compte');
    const email = 'paul.vidal@example.org';
    await begin(page, 'Une facture');

    // A wrong amount says what to do and tells nothing.
    await page.getByRole('textbox', { name: 'Numéro de la facture' }).fill(paul.invoice.number);
    await page.getByRole('textbox', { name: 'Montant total TTC' }).fill('1,23');
    await go(page, 'Continuer');
    await heading(page, 'Ce numéro et ce montant ne correspondent à aucune facture');
    assert.equal(await page.getByRole('textbox', { name: 'Numéro de la facture' }).inputValue(), paul.invoice.number);
    await assertNothingFound(page);

    await proveByInvoice(page, paul);
    await heading(page, 'Choisissez comment vous connecter');
    await page.getByLabel('Adresse e-mail', { exact: true }).fill(email);
    // The browser's Back moves a step, and Forward comes back to what was typed.
    await page.goBack();
    await heading(page, 'Recopiez deux informations de votre facture');
    await page.goForward();
    await heading(page, 'Choisissez comment vous connecter');
    assert.equal(await page.getByLabel('Adresse e-mail', { exact: true }).inputValue(), email);
    // So does a reload, but for secrets.
    await page.reload();
    await heading(page, 'Choisissez comment vous connecter');
    assert.equal(await page.getByLabel('Adresse e-mail', { exact: true }).inputValue(), email);
    await assertNothingFound(page);

    await describeAccount(page, { email, identifier: 'paul.vidal' });
    const first = await lastMail(house, email);
    await typeCode(page, first.code === '0000000' ? '1111111' : '0000000');
    await heading(page, 'Ce code n’est pas le bon');
    await assertNothingFound(page);

    // Ten minutes later it works no more; another one does.
    house.wait(11);
    await page.clock.setSystemTime(Date.now() + 11 * 60_000);
    await typeCode(page, first.code);
    await heading(page, 'Ce code ne marche plus');
    await go(page, 'Envoyer un autre code');
    await page.getByText('Un autre code est parti à').first().waitFor();
    const second = await lastMail(house, email);
    assert.notEqual(second.code, first.code);
    await typeCode(page, second.code);
    await heading(page, 'Bienvenue Paul Vidal');
    await assertNothingFound(page);

    await page.getByRole('link', { name: 'Découvrir mon espace' }).click();
    await page.getByText('Bonjour Paul Vidal').first().waitFor();
    assert.deepEqual(errors, []);
  });

  it('gets in by the contract as well, and back in by a forgotten password', async () => {
    const { page } = await house.visit('sicae', '/creer-un-compte');
    const email = 'jeanne@example.org';
    await begin(page, 'Votre contrat');
    await page.getByLabel('Numéro du contrat').fill(jeanne.contracts[0]?.number ?? '');
    await page.getByLabel('Point de livraison').fill(jeanne.contracts[0]?.deliveryPoint ?? '');
    await page.getByLabel('Nom de famille du titulaire').fill('ROUQUETTE');
    await go(page, 'Continuer');
    await describeAccount(page, { email, identifier: 'jeanne.r' });
    await typeCode(page, (await lastMail(house, email)).code);
    await heading(page, 'Bienvenue Jeanne Rouquette');

    const elsewhere = await house.visit('sicae', '/espace-client');
    await elsewhere.page.getByRole('button', { name: 'Mot de passe oublié' }).click();
    await elsewhere.page.getByLabel('Identifiant ou adresse e-mail').fill('jeanne.r');
    await go(elsewhere.page, 'Recevoir un code');
    await typeMailedCode(elsewhere.page, house, email);
    await elsewhere.page.getByLabel('Nouveau mot de passe', { exact: true }).fill('Chataigne-81190');
    await elsewhere.page.getByLabel('Le même mot de passe, une seconde fois').fill('Chataigne-81190');
    await go(elsewhere.page, 'Enregistrer et me connecter');
    await elsewhere.page.getByText('Bonjour Jeanne Rouquette').waitFor();
    // Whoever was signed in elsewhere is no more.
    await page.goto(`${house.origin('sicae')}/espace-client`);
    await page.getByRole('heading', { name: 'Connectez-vous à votre espace' }).waitFor();
  });

  it('learns nothing of an account that exists; its owner is told by mail', async () => {
    const camille = persona('camille');
    const { page } = await house.visit('eneo', '/creer-un-compte');
    await begin(page, 'Une facture');
    await proveByInvoice(page, camille);
    await heading(page, 'Ce numéro et ce montant ne correspondent à aucune facture');
    assert.match((await lastMail(house, camille.email)).subject, /Quelqu’un a demandé un espace client pour votre contrat/);
  });
});
