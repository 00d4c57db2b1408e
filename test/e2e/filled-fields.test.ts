/** What password managers do to a form: fields filled without a key, some without any event. What stands in them is what counts. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { prospects, type Persona } from '@oya/personas';
import type { Page } from 'playwright-core';
import { openHouse, persona, type House } from './support/house.ts';
import { begin, fillAccount, go, heading, lastMail, NEW_PASSWORD, proveByInvoice, typeMailedCode } from './support/sign-up.ts';

describe('a password manager', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const [paul] = prospects as [Persona];
  const camille = persona('camille');

  it('signs in with fields that it filled without any event, after others were typed', async () => {
    const { page } = await house.visit('eneo', '/espace-client');
    await page.getByLabel('Identifiant ou adresse e-mail').fill('somebody.else');
    await page.getByLabel('Mot de passe', { exact: true }).fill('something');
    await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
    await page.getByText('Cet identifiant et ce mot de passe ne vont pas ensemble').first().waitFor();
    await fillSilently(page, 'oya-login', { login: camille.login, password: camille.password });
    await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
    await page.getByText(`Bonjour ${camille.customer.displayName}`).waitFor();
  });

  it('has its words sent as another request than those whose answer was lost', async () => {
    const { page } = await house.visit('eneo', '/espace-client');
    await page.getByLabel('Identifiant ou adresse e-mail').fill('somebody.else');
    await page.getByLabel('Mot de passe', { exact: true }).fill('something');
    const keys: (string | undefined)[] = [];
    await page.route('**/session', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      keys.push(route.request().headers()['idempotency-key']);
      return keys.length < 3 ? route.abort() : route.continue();
    });
    const submit = page.getByRole('button', { name: 'Me connecter', exact: true });
    await submit.click();
    await page.getByRole('alert').waitFor();
    await submit.click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert');
    await fillSilently(page, 'oya-login', { login: camille.login, password: camille.password });
    await submit.click();
    await page.getByText(`Bonjour ${camille.customer.displayName}`).waitFor();
    assert.equal(keys.length, 3);
    assert.equal(keys[1], keys[0], 'the same words are the same intent');
    assert.notEqual(keys[2], keys[0]);
  });

  it('fills what a change of the language leaves standing', async () => {
    const { page } = await house.visit('eneo', '/espace-client');
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    await fillSilently(page, 'oya-login', { login: camille.login, password: camille.password });
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByLabel('Identifier or e-mail address').waitFor();
    assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), camille.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText(`Hello ${camille.customer.displayName}`).waitFor();
  });

  it('fills the form the moment that it stands there', async () => {
    const context = await house.visitor();
    // Before any script of the page: as an extension does, with events, and again with each change of the page.
    await context.addInitScript(([login, password]) => {
      new MutationObserver(() => {
        for (const [name, value] of [['login', login], ['password', password]] as const) {
          const field = document.querySelector<HTMLInputElement>(`oya-login input[name=${name}]`);
          if (!field || field.value === value) continue;
          field.value = value;
          field.dispatchEvent(new Event('input', { bubbles: true }));
          field.dispatchEvent(new Event('change', { bubbles: true }));
        }
      }).observe(document, { childList: true, subtree: true });
    }, [camille.login, camille.password] as const);
    const page = await context.newPage();
    await page.goto(`${house.origin('eneo')}/espace-client`);
    await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
    await page.getByText(`Bonjour ${camille.customer.displayName}`).waitFor();
  });

  it('makes an account of what it filled: the new password, and an identifier in place of one that was taken', async () => {
    const { page } = await house.visit('eneo', '/creer-un-compte');
    await begin(page, 'Une facture');
    await proveByInvoice(page, paul);
    await heading(page, 'Choisissez comment vous connecter');
    await fillAccount(page, { email: 'typed@example.org', identifier: camille.login });
    await page.getByText('Cet identifiant est déjà pris').first().waitFor();
    await page.getByText('Vérifié : vous n’êtes pas un robot.').waitFor();
    const sent = page.waitForRequest((request) => request.method() !== 'GET' && request.postData()?.includes('challenge') === true);
    await fillSilently(page, 'oya-signup', { email: 'filled@example.org', emailAgain: 'filled@example.org', identifier: 'paul.filled', password: NEW_PASSWORD, passwordAgain: NEW_PASSWORD });
    await go(page, 'Créer mon compte');
    const { email, identifier, password } = (await sent).postDataJSON() as Record<string, string>;
    assert.deepEqual([email, identifier, password], ['filled@example.org', 'paul.filled', NEW_PASSWORD]);
    await heading(page, 'Saisissez le code reçu par e-mail');
    await lastMail(house, 'filled@example.org');
  });

  it('keeps the new password that it filled through a change of the language', async () => {
    const { page } = await house.visit('eneo', '/creer-un-compte');
    await begin(page, 'Une facture');
    await proveByInvoice(page, paul);
    await heading(page, 'Choisissez comment vous connecter');
    await fillSilently(page, 'oya-signup', { email: 'kept@example.org', password: NEW_PASSWORD, passwordAgain: NEW_PASSWORD });
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    assert.deepEqual(await standing(page, 'oya-signup', ['email', 'password', 'passwordAgain']), ['kept@example.org', NEW_PASSWORD, NEW_PASSWORD]);
  });

  it('sets the new password that it made after a forgotten one', async () => {
    const lucien = persona('lucien');
    const { page } = await house.visit('eneo', '/espace-client');
    await page.getByRole('button', { name: 'Mot de passe oublié' }).click();
    await page.getByLabel('Identifiant ou adresse e-mail').waitFor();
    await fillSilently(page, 'oya-login-recovery', { login: lucien.login });
    await go(page, 'Recevoir un code');
    await typeMailedCode(page, house, lucien.email);
    await page.getByLabel('Nouveau mot de passe', { exact: true }).fill('typed');
    await fillSilently(page, 'oya-login-recovery', { password: NEW_PASSWORD, repeat: NEW_PASSWORD });
    await go(page, 'Enregistrer et me connecter');
    await page.getByText(`Bonjour ${lucien.customer.displayName}`).waitFor();
  });
});

/** By the setter that every field has, past whatever a page has put over it, and without an event. */
async function fillSilently(page: Page, element: string, values: Readonly<Record<string, string>>): Promise<void> {
  await page.locator(element).first().evaluate((form, entries) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
    for (const [name, value] of entries) set?.call(form.querySelector(`input[name='${name}']`), value);
  }, Object.entries(values));
}

function standing(page: Page, element: string, names: readonly string[]): Promise<string[]> {
  return page.locator(element).evaluate((form, wanted) => wanted.map((name) => form.querySelector<HTMLInputElement>(`input[name='${name}']`)?.value ?? ''), names);
}
