import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertNothingFoundAnywhere } from './support/axe.ts';
import { openHouse, persona, type House } from './support/house.ts';
import { lastMail, NEW_PASSWORD } from './support/sign-up.ts';

const PLACE = '/mon-espace#/profile';

describe('a customer’s account', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const profile = (page: Page) => page.locator('oya-profile');
  const open = async (who: string) => {
    const visited = await house.visit('eneo', PLACE);
    await signInHere(visited.page, who);
    return visited;
  };
  const signInHere = async (page: Page, who: string, password = persona(who).password) => {
    await page.getByLabel('Identifiant ou adresse e-mail').fill(persona(who).login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
    await profile(page).getByRole('heading', { name: 'Mon compte', exact: true }).waitFor();
  };
  const change = async (page: Page, what: string): Promise<Locator> => {
    await profile(page).getByRole('button', { name: `Modifier ${what}` }).click();
    return profile(page).locator('.task', { has: page.getByRole('heading', { name: `Modifier ${what}` }) });
  };

  it('has another e-mail address once its code was typed, and the old one is told', async () => {
    const { page, errors } = await open('camille');
    const form = await change(page, 'l’adresse e-mail');
    await form.getByLabel('Nouvelle adresse e-mail').fill('camille@example.net');
    await form.getByLabel('Mot de passe actuel').fill('Not-the-one-1');
    await form.getByRole('button', { name: 'Recevoir un code' }).click();
    await form.getByRole('link', { name: 'Ce n’est pas votre mot de passe actuel' }).waitFor();
    await assertNothingFoundAnywhere(page);
    await form.getByLabel('Mot de passe actuel').fill(persona('camille').password);
    await form.getByRole('button', { name: 'Recevoir un code' }).click();
    await profile(page).getByRole('heading', { name: 'Saisissez le code envoyé à c•••••@example.net' }).waitFor();
    const { code } = await lastMail(house, 'camille@example.net');
    await page.reload();
    await profile(page).getByRole('button', { name: /Saisir le code/ }).click();
    await profile(page).getByLabel('Code reçu par e-mail').fill(code);
    await profile(page).getByRole('button', { name: 'Valider cette adresse' }).click();
    await profile(page).getByText('Votre adresse e-mail est changée.').first().waitFor();
    await profile(page).getByText('camille@example.net', { exact: true }).waitFor();
    assert.match((await lastMail(house, 'camille.durand@example.org')).text, /c•••••@example\.net/);
    assert.deepEqual(errors, []);
  });

  it('has another password, and is closed on the other device', async () => {
    const there = await open('odette');
    const here = await open('odette');
    await profile(here.page).getByText('Cet appareil, en ce moment').waitFor();
    const form = await change(here.page, 'le mot de passe');
    await form.getByLabel('Mot de passe actuel').fill(persona('odette').password);
    await form.getByLabel('Nouveau mot de passe').fill(NEW_PASSWORD);
    await form.getByLabel('Le même mot de passe, une seconde fois').fill(NEW_PASSWORD);
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await profile(here.page).getByText('Votre mot de passe est changé').first().waitFor();
    await there.page.reload();
    await there.page.getByLabel('Identifiant ou adresse e-mail').waitFor();
    await here.page.reload();
    await profile(here.page).getByText('Mot de passe changé').first().waitFor();
    assert.deepEqual([...there.errors, ...here.errors], []);
  });

  it('asks for another postal address, which waits for the utility, and takes the wish back', async () => {
    const { page } = await open('nadia');
    const form = await change(page, 'l’adresse postale');
    await form.getByLabel('Numéro et rue').fill('7 rue du Puits');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await profile(page).getByText(/Nouvelle adresse en cours de vérification, demandée le/).waitFor();
    await page.reload();
    await profile(page).getByText('7 rue du Puits').waitFor();
    await profile(page).getByText('41 rue de la Mine').waitFor();
    await profile(page).getByRole('button', { name: 'Retirer ma demande' }).click();
    await profile(page).locator('form').getByRole('button', { name: 'Retirer ma demande' }).click();
    await profile(page).getByText('Votre demande est retirée.').first().waitFor();
    assert.equal(await profile(page).getByText('7 rue du Puits').count(), 0);
  });

  it('is taken away as a file', async () => {
    const { page } = await open('camille');
    await profile(page).getByRole('button', { name: 'Télécharger mes données' }).click();
    const download = page.waitForEvent('download');
    await profile(page).locator('form').getByRole('button', { name: 'Télécharger mes données' }).click();
    const file = await download;
    assert.match(file.suggestedFilename(), /^eneo-mes-donnees-2026-11-2\d\.json$/);
    const { format, contracts, consumption } = JSON.parse(await readFile(await file.path(), 'utf8')) as { format: string; contracts: unknown[]; consumption: { resolution: string }[] };
    assert.equal(format, 'oya-data-export/1');
    assert.ok(contracts.length > 0 && consumption.some(({ resolution }) => resolution === 'half-hour'));
  });

  it('is closed: its password opens nothing any more', async () => {
    const { page, errors } = await open('lucien');
    await profile(page).getByRole('button', { name: 'Fermer mon compte' }).click();
    const form = profile(page).locator('.task', { hasText: 'Votre compte se ferme sur tous vos appareils' });
    await form.getByText('vos factures, pendant 10 ans').waitFor();
    await form.getByLabel('Mot de passe actuel').fill(persona('lucien').password);
    await form.getByRole('button', { name: 'Fermer mon compte' }).click();
    await page.getByRole('heading', { name: 'Votre compte est fermé' }).waitFor();
    await page.reload();
    await page.getByLabel('Identifiant ou adresse e-mail').fill(persona('lucien').login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(persona('lucien').password);
    await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
    await page.getByText('Cet identifiant et ce mot de passe ne vont pas ensemble').first().waitFor();
    assert.deepEqual(errors, []);
  });
});
