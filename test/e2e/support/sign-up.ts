/** The steps of a sign-up, as a person with a mouse takes them. */
import assert from 'node:assert/strict';
import type { Persona } from '@oya/personas';
import type { Page } from 'playwright-core';
import type { House } from './house.ts';

/** A password that every utility's rules accept, and no list has. */
export const NEW_PASSWORD = 'Verrerie-81400';

export interface NewAccount {
  readonly email: string;
  readonly identifier: string;
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).waitFor();
export const go = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

export async function begin(page: Page, proof: 'Une facture' | 'Votre contrat'): Promise<void> {
  await page.getByRole('radio', { name: proof }).check();
  await page.getByRole('checkbox', { name: /j’accepte/ }).check();
  await go(page, 'Continuer');
}

export async function proveByInvoice(page: Page, { invoice }: Persona): Promise<void> {
  await page.getByRole('textbox', { name: 'Numéro de la facture' }).fill(invoice.number.toLowerCase());
  await page.getByRole('textbox', { name: 'Montant total TTC' }).fill(totalOf(invoice));
  await go(page, 'Continuer');
}

/** As it stands on the invoice. */
export function totalOf({ totalCents }: Persona['invoice']): string {
  return `${(totalCents / 100).toFixed(2).replace('.', ',')} €`;
}

export async function fillAccount(page: Page, { email, identifier }: NewAccount): Promise<void> {
  await page.getByLabel('Adresse e-mail', { exact: true }).fill(email);
  await page.getByLabel('Confirmez l’adresse e-mail').fill(email);
  await page.getByLabel(/^Identifiant/).fill(identifier);
  await page.getByLabel('Mot de passe', { exact: true }).fill(NEW_PASSWORD);
  await page.getByLabel('Confirmez le mot de passe').fill(NEW_PASSWORD);
}

export async function describeAccount(page: Page, account: NewAccount): Promise<void> {
  await fillAccount(page, account);
  await page.getByText('Vérifié : vous n’êtes pas un robot.').waitFor();
  await go(page, 'Créer mon compte');
  await heading(page, 'Saisissez le code reçu par e-mail');
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code à 7 chiffres').fill(code);
  await go(page, 'Valider mon adresse');
}

export async function lastMail(house: Pick<House, 'server'>, to: string): Promise<{ subject: string; text: string; code: string }> {
  const find = async () => (await house.server.mails()).findLast((sent) => sent.to === to);
  // It leaves through a queue.
  for (let wait = 0; wait < 50 && !(await find()); wait++) await new Promise((resolve) => setTimeout(resolve, 100));
  const mail = await find();
  assert.ok(mail, `there is a mail to ${to}`);
  return { subject: mail.subject, text: mail.text, code: /\b\d{7}\b/.exec(mail.text)?.[0] ?? '' };
}

/** The code of a forgotten password: its mail is looked for once the page has been told that it leaves, as an older one may lie there. */
export async function typeMailedCode(page: Page, house: Pick<House, 'server'>, to: string): Promise<void> {
  const field = page.getByLabel('Code reçu par e-mail');
  await field.waitFor();
  await field.fill((await lastMail(house, to)).code);
}
