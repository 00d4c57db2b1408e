import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { prospects } from '@oya/personas';
import type { Page } from 'playwright-core';
import { openHouse, persona, settled, signIn, type House } from './support/house.ts';

describe('a customer with several contracts', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const contracts = (page: Page) => page.locator('oya-contracts');
  const title = (page: Page, name: string) => contracts(page).getByRole('heading', { name, exact: true, level: 2 });

  it('chooses the other site, and consumption follows without a reload', async () => {
    const { page, errors } = await house.visit('sicae', '/espace-client');
    await signIn(page, persona('helene'));
    await title(page, 'Maison principale').waitFor();
    await settled(page.locator('oya-consumption'));
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const asked = page.waitForRequest((request) => request.url().includes('/meters/helene-second-linky/consumption'));
    await contracts(page).getByRole('group', { name: /Maison de famille/ }).getByRole('radio').click();
    await title(page, 'Maison de famille').waitFor();
    await asked;
    assert.equal(await page.locator('oya-consumption .which select').inputValue(), 'helene-second-electricity');
    assert.equal(await page.evaluate(() => 'sameDocument' in window), true);
    assert.deepEqual(errors, []);
  });

  it('adds a contract with its invoice', async () => {
    const paul = prospects.find(({ id }) => id === 'paul') ?? assert.fail('Paul is gone');
    const { page, errors } = await house.visit('eneo', '/espace-client');
    await signIn(page, persona('camille'));
    await contracts(page).getByRole('button', { name: 'Ajouter un contrat' }).click();
    await contracts(page).getByLabel('Numéro de la facture').fill(paul.invoice.number.toLowerCase());
    await contracts(page).getByLabel('Montant total TTC').fill('1,00');
    await contracts(page).getByRole('button', { name: 'Ajouter ce contrat' }).click();
    await contracts(page).getByText('Ce numéro et ce montant ne correspondent à aucune facture').waitFor();
    await contracts(page).getByLabel('Montant total TTC').fill((paul.invoice.totalCents / 100).toFixed(2).replace('.', ','));
    await contracts(page).getByRole('button', { name: 'Ajouter ce contrat' }).click();
    await contracts(page).getByText('Le contrat est dans votre espace').waitFor();
    await contracts(page).getByText('6 rue des Verriers, 81400 Carmaux').waitFor();
    await page.reload();
    await contracts(page).getByRole('radio').nth(1).waitFor();
    assert.deepEqual(errors, []);
  });

  it('gives access by mail, and takes it back', async () => {
    const holder = await house.visit('sicae', '/espace-client');
    await signIn(holder.page, persona('helene'));
    const its = contracts(holder.page);
    await its.getByRole('group', { name: /Maison de famille/ }).getByRole('radio').click();
    await its.getByRole('button', { name: /Reprendre l’accès de Léa Cazals/ }).waitFor();
    await its.getByRole('button', { name: 'Donner un accès' }).click();
    await its.getByLabel('Adresse e-mail de la personne').fill('marc.assie@example.org');
    await its.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await its.getByText('L’invitation est partie à marc.assie@example.org.').waitFor();
    const mail = (await house.server.mails()).findLast(({ to }) => to === 'marc.assie@example.org') ?? assert.fail('no mail came');
    const link = /https?:\/\/\S+#oya-access=\S+/.exec(mail.text)?.[0] ?? assert.fail(mail.text);

    const reader = await house.visit('sicae', `/espace-client${new URL(link).hash}`);
    await contracts(reader.page).getByText('Connectez-vous pour accepter l’invitation').waitFor();
    await signIn(reader.page, persona('marc'));
    await contracts(reader.page).getByRole('button', { name: 'Accepter et voir le contrat' }).click();
    await contracts(reader.page).getByText('Hélène Cazals partage ce contrat avec vous').waitFor();
    assert.equal(new URL(reader.page.url()).hash, '');
    assert.equal(await contracts(reader.page).getByRole('button', { name: 'Donner un accès' }).count(), 0);

    await holder.page.reload();
    await its.getByRole('group', { name: /Maison de famille/ }).getByRole('radio').click();
    await its.getByRole('button', { name: /Reprendre l’accès de Marc Assié/ }).click();
    await its.getByRole('button', { name: 'Reprendre l’accès', exact: true }).click();
    await its.getByText('Marc Assié ne voit plus ce contrat.').waitFor();
    await reader.page.reload();
    await title(reader.page, 'Maison').waitFor();
    assert.equal(await contracts(reader.page).getByText('Hélène Cazals').count(), 0);
    assert.deepEqual([...holder.errors, ...reader.errors], []);
  });
});
