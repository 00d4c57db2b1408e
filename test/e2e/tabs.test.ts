/** Two tabs of one browser: they share the session, and nothing else. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { prospects, type Persona } from '@oya/personas';
import type { BrowserContext, Page } from 'playwright-core';
import { deepText, focusedText } from './support/deep.ts';
import { openHouse, persona, settled, signIn, type House } from './support/house.ts';
import { begin, describeAccount, go, heading, lastMail, proveByInvoice, typeCode } from './support/sign-up.ts';

describe('in two tabs of one browser', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const [paul, jeanne] = prospects as [Persona, Persona];
  const camille = persona('camille');
  const nadia = persona('nadia');
  const SPACE = '/espace-client';
  const SIGN_UP = '/creer-un-compte';
  const email = (page: Page) => page.getByLabel('Adresse e-mail', { exact: true });

  const open = async (context: BrowserContext, path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(house.origin('eneo') + path);
    return page;
  };

  it('two sign-ups do not mix; when one is confirmed, the other learns it, and keeps nothing for whoever comes next', async () => {
    const context = await house.visitor();
    const [one, other] = [await open(context, SIGN_UP), await open(context, SIGN_UP)];
    for (const page of [one, other]) {
      await begin(page, 'Une facture');
      await proveByInvoice(page, paul);
      await heading(page, 'Choisissez comment vous connecter');
    }
    await email(one).fill('one@example.org');
    await email(other).fill('other@example.org');
    await Promise.all([one.reload(), other.reload()]);
    await email(one).waitFor();
    await email(other).waitFor();
    assert.equal(await email(one).inputValue(), 'one@example.org');
    assert.equal(await email(other).inputValue(), 'other@example.org');

    await describeAccount(other, { email: 'other@example.org', identifier: 'paul.other' });
    await describeAccount(one, { email: 'one@example.org', identifier: 'paul.one' });
    await other.getByLabel('Code à 7 chiffres').focus();
    const { code } = await lastMail(house, 'one@example.org');
    assert.notEqual(code, (await lastMail(house, 'other@example.org')).code);
    await typeCode(one, code);
    await heading(one, 'Bienvenue Paul Vidal');
    await heading(other, 'Vous êtes déjà connecté, Paul Vidal');
    assert.match(await focusedText(other), /Vous êtes déjà connecté/);

    // Signed out in one, both are ready for somebody else, to whom nothing of Paul shows.
    await go(other, 'Me déconnecter');
    for (const page of [one, other]) {
      await page.getByRole('radio', { name: 'Une facture' }).waitFor();
      const text = await deepText(page);
      for (const trace of ['Paul', 'example.org', 'paul.o', paul.invoice.number.toLowerCase()]) assert.ok(!text.includes(trace), `${trace} is left in ${text}`);
      assert.equal(await page.evaluate(() => sessionStorage.getItem('oya-signup/1/eneo')), null);
    }
  });

  it('a sign-up whose tab was duplicated is one and the same, with what was typed', async () => {
    const { page: one, context } = await house.visit('sicae', SIGN_UP);
    await begin(one, 'Une facture');
    await proveByInvoice(one, jeanne);
    await describeAccount(one, { email: 'twice@example.org', identifier: 'jeanne.twice' });
    // As browsers do it: the new tab gets a copy of the session storage.
    const opening = context.waitForEvent('page');
    await one.evaluate(() => void window.open(location.href));
    const other = await opening;
    await heading(other, 'Saisissez le code reçu par e-mail');
    await typeCode(other, (await lastMail(house, 'twice@example.org')).code);
    await heading(other, 'Bienvenue Jeanne Rouquette');
    await heading(one, 'Vous êtes déjà connecté, Jeanne Rouquette');
    await go(one, 'Me déconnecter');
    await one.getByRole('radio', { name: 'Une facture' }).waitFor();
    assert.ok(!(await deepText(one)).includes('example.org'));
    assert.ok(!(await deepText(other)).includes('Jeanne'));
  });

  it('somebody signs in in one while another sign-up waits in the other: it waits until they have left', async () => {
    const context = await house.visitor();
    const [one, other] = [await open(context, SPACE), await open(context, SIGN_UP)];
    await begin(other, 'Une facture');
    await other.getByRole('textbox', { name: 'Numéro de la facture' }).fill('EN2610000000');
    await signIn(one, camille);
    await heading(other, `Vous êtes déjà connecté, ${camille.customer.displayName}`);
    assert.match(await focusedText(other), /Vous êtes déjà connecté/);
    await go(one, 'Me déconnecter');
    await other.getByRole('textbox', { name: 'Numéro de la facture' }).waitFor();
    assert.equal(await other.getByRole('textbox', { name: 'Numéro de la facture' }).inputValue(), 'EN2610000000');
    assert.match(await focusedText(other), /Recopiez deux informations/);
  });

  it('signing in in one shows in the other, and so does signing out', async () => {
    const context = await house.visitor();
    const [one, other] = [await open(context, SPACE), await open(context, SPACE)];
    await other.getByLabel('Identifiant ou adresse e-mail').fill('somebody');
    await signIn(one, camille);
    await other.getByText(`Bonjour ${camille.customer.displayName}`).waitFor();
    assert.equal(await focusedText(other), `Bonjour ${camille.customer.displayName}`);
    await settled(other.locator('oya-consumption'));
    await other.locator('oya-contracts').getByRole('heading', { level: 2 }).first().waitFor();

    await go(other, 'Me déconnecter');
    for (const page of [one, other]) {
      await page.getByLabel('Mot de passe', { exact: true }).waitFor();
      await page.locator('oya-consumption').getByText('Connectez-vous pour voir ces informations').waitFor();
      await page.locator('oya-contracts').getByText('Connectez-vous pour voir ces informations').waitFor();
      assert.ok(!(await deepText(page)).includes('Camille'));
    }
    assert.equal(await other.getByLabel('Identifiant ou adresse e-mail').inputValue(), '');
  });

  it('another customer in one: the other shows theirs, and not for a moment the former’s beside it', async () => {
    const context = await house.visitor();
    const [one, other] = [await open(context, SPACE), await open(context, SPACE)];
    await signIn(one, camille);
    const consumption = other.locator('oya-consumption');
    const contracts = other.locator('oya-contracts');
    await settled(consumption);
    await contracts.getByRole('button', { name: 'Ajouter un contrat' }).click();
    await contracts.getByLabel('Numéro de la facture').fill('EN2610777777');
    await noteMixtures(other, nadia.customer.displayName, [camille.customer.displayName, camille.contracts[0]?.number ?? '', 'EN2610777777']);

    // From one customer to the next without a sign-out between: a new password, by the link of a mail.
    const elsewhere = await house.visit('eneo', SPACE);
    await elsewhere.page.getByRole('button', { name: 'Mot de passe oublié' }).click();
    await elsewhere.page.getByLabel('Identifiant ou adresse e-mail').fill(nadia.email);
    await go(elsewhere.page, 'Recevoir un code');
    const [link] = /https?:\/\/\S+#oya-reset=\S+/.exec((await lastMail(house, nadia.email)).text) ?? assert.fail('the mail has no link');
    await one.goto(house.origin('eneo') + SPACE + new URL(link).hash);
    await one.getByLabel('Nouveau mot de passe', { exact: true }).fill('Chataigne-81190');
    await one.getByLabel('Le même mot de passe, une seconde fois').fill('Chataigne-81190');
    const asked: string[] = [];
    other.on('request', (request) => asked.push(request.url()));
    await go(one, 'Enregistrer et me connecter');

    await other.getByText(`Bonjour ${nadia.customer.displayName}`).waitFor();
    await settled(consumption);
    await contracts.getByText(nadia.contracts[0]?.number ?? '').waitFor();
    assert.equal(await contracts.getByLabel('Numéro de la facture').count(), 0, 'the former customer’s form is gone');
    assert.deepEqual(await other.evaluate(() => (window as unknown as { mixtures: string[] }).mixtures), []);
    assert.ok(!(await deepText(other)).includes('Camille'));
    assert.deepEqual(asked.filter((url) => url.includes('camille')), []);
  });
});

/** Notes whenever a page that already shows one name still shows anything of another customer. */
async function noteMixtures(page: Page, name: string, former: readonly string[]): Promise<void> {
  await page.evaluate(
    ([name, former]) => {
      const mixtures: string[] = [];
      Object.assign(window, { mixtures });
      const read = (node: Node): string =>
        node.nodeType === Node.TEXT_NODE
          ? (node.textContent ?? '')
          : (node instanceof HTMLInputElement ? node.value : '') + (node instanceof HTMLElement && node.shadowRoot ? read(node.shadowRoot) : '') + [...node.childNodes].map(read).join('');
      const look = () => {
        const text = read(document.body);
        if (text.includes(name)) mixtures.push(...former.filter((each) => text.includes(each)));
      };
      // As often as the page is painted: what the eye could see.
      const watch = () => {
        look();
        requestAnimationFrame(watch);
      };
      watch();
    },
    [name, former] as const,
  );
}
