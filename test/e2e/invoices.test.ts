/** Invoices from end to end: from the mail that announces one to what explains it, its payment at the provider's and the receipt, and every way on which a payment fails. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { cents, type InvoiceDetails, type InvoiceList, type PaymentOffer } from '@oya/contract';
import { invoicesOf } from '@oya/personas';
import { startSimulator, type RunningSimulator } from '@oya/simulator';
import type { BrowserContext, Page } from 'playwright-core';
import { asOperator } from '../../packages/server/test/billing-office.ts';
import { Visitor } from '../../packages/server/test/visitor.ts';
import { PayZen } from '../../packages/server/src/payments/payzen.ts';
import { readIssuedInvoice, takeInvoice } from '../../packages/server/src/invoices/take-invoices.ts';
import { assertNothingFound, assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, persona, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';

const SHOP = { siteId: '12345678', key: 'key-of-the-tests', mode: 'TEST' } as const;
const PAGE = '/mon-espace#/invoices';
const CONTRACT = '/contracts/lucien-electricity';
const LATE_MS = 1500;
const DAY = 24 * 60;

describe('invoices', () => {
  let simulator: RunningSimulator;
  let house: House;

  before(async () => {
    simulator = await startSimulator({ lateNoticeMs: LATE_MS });
  });
  after(() => simulator.stop());
  // Each begins with what Lucien has to pay: what one has paid, another could not.
  async function open(): Promise<void> {
    house = await openHouse({ payments: { eneo: { name: 'payzen', provider: new PayZen({ ...SHOP, url: `${simulator.baseUrl}/vads-payment/` }), isLive: false, partial: { least: cents(1000) } } } });
    simulator.openShop({ ...SHOP, noticeUrl: `${house.server.baseUrl('eneo')}/payment-notices` });
  }
  afterEach(() => house.stop());

  const list = (page: Page) => page.locator('oya-invoices');
  const told = (page: Page, stands: string) => page.locator(`oya-invoices-payment [data-payment=${stands}]`).waitFor();

  async function visit(path = PAGE, context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await house.visitor({ reducedMotion: 'reduce' }))).newPage();
    await page.goto(house.origin('eneo') + path);
    if (!context) await signInHere(page);
    await list(page).locator('.lead').waitFor();
    return page;
  }

  async function signInHere(page: Page): Promise<void> {
    const { login, password } = persona('lucien');
    await page.getByLabel('Identifiant ou adresse e-mail').fill(login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
  }

  /** By the same API as the pages. */
  async function api(): Promise<Visitor> {
    const visitor = new Visitor(house.server.baseUrl('eneo'));
    await visitor.signInAs('lucien');
    return visitor;
  }

  /** Reviews all that is to be paid, and leaves for the provider's page. */
  async function leave(page: Page): Promise<void> {
    await list(page).locator('.lead [data-act=pay]').click();
    await page.getByText('Vérifiez avant de payer').waitFor();
    await page.getByRole('button', { name: /^Payer .+ sur la page de/ }).click();
    await page.waitForURL(/\/vads-payment\//);
  }

  async function decide(page: Page, choice: string, notice = 'aussitôt'): Promise<void> {
    await page.getByRole('radio', { name: notice, exact: true }).check();
    await page.getByRole('button', { name: choice, exact: true }).click();
  }

  it('lead from the mail to the invoice, to what explains it, over 3-D Secure to the receipt, and are paid in the list', async () => {
    await open();
    const lucien = persona('lucien');
    const [contract] = lucien.contracts;
    assert.ok(contract);
    house.wait(20 * DAY);
    const issued = invoicesOf(lucien, contract, '2026-12-13T08:00:00Z').at(-1) ?? assert.fail();
    const { number, kind, issuedOn, dueOn, bill } = issued;
    await asOperator(house.server, house.now(), async (place) => {
      const utility = (await place.utilities.find('eneo'))?.utility ?? assert.fail();
      assert.equal(await takeInvoice(place, utility, readIssuedInvoice(JSON.stringify({ number, contract: contract.number, kind, issuedOn, dueOn, bill, nextOn: '2027-01-12' }))), 'taken');
    }, house.origin('eneo'));
    const mail = (await house.server.mails()).find(({ text }) => text.includes(number)) ?? assert.fail('no mail announces it');
    assert.equal(mail.to, lucien.email);
    const address = /https?:\/\/\S+/.exec(mail.text)?.[0] ?? assert.fail('the mail leads nowhere');

    const page = await (await house.visitor({ reducedMotion: 'reduce' })).newPage();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(address);
    await signInHere(page);
    await list(page).locator('.lead').waitFor();
    const total = euros(bill.totals.total);
    await list(page).locator(`[data-invoice='${number}']`).click();
    await page.locator('oya-invoices-one .number', { hasText: total }).waitFor();

    await page.locator('oya-invoices-one').getByRole('link', { name: 'Comprendre cette facture' }).click();
    const explained = page.locator('oya-bill-explained');
    await explained.getByText('le total est juste, au centime près', { exact: false }).waitFor();
    for (const words of [total, number]) await explained.getByText(words, { exact: false }).filter({ visible: true }).first().waitFor();

    await page.goBack();
    await page.locator('oya-invoices-one [data-act=pay]').click();
    await page.getByRole('button', { name: `Payer ${total} sur la page de PayZen`, exact: false }).click();
    await page.waitForURL(/\/vads-payment\//);
    await page.getByText(total).first().waitFor();
    await page.getByRole('button', { name: 'Payer avec 3-D Secure' }).click();
    await page.getByLabel('Code reçu').fill('123456');
    await page.getByRole('button', { name: 'Valider' }).click();
    await told(page, 'paid');
    const { body } = await (await api()).get<InvoiceDetails>(`${CONTRACT}/invoices/${number}`);
    assert.deepEqual([body.state, body.balance], ['paid', 0]);
    const receipt = (await house.server.mails()).filter(({ subject }) => subject.startsWith('Reçu de votre paiement'));
    assert.equal(receipt.length, 1);
    assert.ok(receipt[0]?.text.includes(number));
    await page.goto(house.origin('eneo') + PAGE);
    await list(page).locator('li', { has: page.locator(`[data-invoice='${number}']`) }).getByText('Payée').waitFor();
    assert.deepEqual(errors, []);
  });

  it('stay to be paid, and say why, when the bank refuses, the code is wrong, the customer gives up, or a notice is forged', async () => {
    await open();
    const page = await visit();
    const visitor = await api();
    const toPay = async () => (await visitor.get<InvoiceList>(`${CONTRACT}/invoices`)).body.toPay;
    const before = await toPay();
    await leave(page);
    await decide(page, 'Laisser la banque refuser');
    await told(page, 'refused');
    await page.getByRole('button', { name: 'Essayer à nouveau' }).click();
    await page.getByRole('button', { name: /^Payer .+ sur la page de/ }).click();
    await page.waitForURL(/\/vads-payment\//);
    await decide(page, 'Payer avec 3-D Secure');
    await page.getByLabel('Code reçu').fill('000000');
    await page.getByRole('button', { name: 'Valider' }).click();
    await told(page, 'refused');
    await page.goto(house.origin('eneo') + PAGE);
    await leave(page);
    await decide(page, 'Abandonner et revenir');
    await told(page, 'abandoned');
    assert.equal(await toPay(), before);
    await page.goto(house.origin('eneo') + PAGE);
    await leave(page);
    await decide(page, 'Payer', 'contrefaite');
    await told(page, 'confirming');
    assert.equal(await toPay(), before, 'what is being confirmed is not paid');
    assert.deepEqual((await house.server.mails()).filter(({ subject }) => subject.startsWith('Reçu')), []);
  });

  it('are being confirmed until a late notice comes, through a reload, and paid once however often it comes', async () => {
    await open();
    const page = await visit();
    await leave(page);
    await decide(page, 'Payer', 'en retard');
    await told(page, 'confirming');
    await page.reload();
    await told(page, 'paid');
    assert.equal((await house.server.mails()).filter(({ subject }) => subject.startsWith('Reçu')).length, 1);
    await list(page).getByText('Rien à payer').waitFor();
    assert.deepEqual((await (await api()).get<PaymentOffer>(`${CONTRACT}/payable`)).body.invoices.filter(({ canBePaid }) => canBePaid), []);
  });

  it('are paid once from two tabs, in part where the utility lets them, and with notices twice and out of order', async () => {
    await open();
    const page = await visit();
    const second = await visit(PAGE, page.context());
    await second.locator('.lead [data-act=pay]').click();
    await second.getByText('Une partie').click();
    await second.getByLabel('Montant, en euros').fill('4');
    await second.getByRole('button', { name: /sur la page de/ }).click();
    await second.getByRole('link', { name: /Payez au moins 10,00/ }).waitFor();
    await second.getByLabel('Montant, en euros').fill('12,50');
    await leave(page);
    // The other tab hears of it, and offers nothing that is on its way already.
    await second.getByText('Il n’y a rien à payer ici en ce moment').waitFor();
    await decide(page, 'Abandonner et revenir');
    await told(page, 'abandoned');
    await second.getByRole('button', { name: /sur la page de/ }).click();
    await second.waitForURL(/\/vads-payment\//);
    await second.getByText('12,50').first().waitFor();
    await decide(second, 'Payer', 'deux fois');
    await told(second, 'paid');
    const before = (await (await api()).get<InvoiceList>(`${CONTRACT}/invoices`)).body;
    await page.goto(house.origin('eneo') + PAGE);
    await list(page).locator('.lead').waitFor();
    await leave(page);
    await decide(page, 'Payer', 'dans le désordre');
    await told(page, 'paid');
    const left = (await (await api()).get<InvoiceList>(`${CONTRACT}/invoices`)).body;
    assert.ok(before.toPay > 0);
    assert.deepEqual([left.toPay, left.credit], [0, before.credit]);
  });

  it('are read, reviewed and left for by the keyboard alone, and axe finds nothing on the way', async () => {
    await open();
    const context = await house.visitor({ reducedMotion: 'reduce' });
    await Keyboard.watch(context);
    const page = await context.newPage();
    await page.goto(house.origin('eneo') + PAGE);
    await signInHere(page);
    await list(page).locator('.lead').waitFor();
    const keys = new Keyboard(page);
    await keys.tabTo(/^Payer /);
    await keys.press('Enter');
    await page.getByText('Vérifiez avant de payer').waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    await keys.tabTo(/sur la page de/);
    await keys.press('Enter');
    await page.waitForURL(/\/vads-payment\//);
    await decide(page, 'Payer');
    await told(page, 'paid');
    await list(page).locator('[data-invoice]').first().click();
    await page.locator('oya-invoices-one .number').waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);

    await page.setViewportSize({ width: 320, height: 640 });
    await keys.tabTo(/^Télécharger, imprimer/);
    await keys.press('Enter');
    await assertNothingFound(page);
    await keys.tabTo(/^Télécharger le PDF/);
    const download = page.waitForEvent('download');
    await keys.press('Enter');
    assert.match((await download).suggestedFilename(), /\.pdf$/);
  });
});

function euros(amount: number): string {
  return new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(amount / 100).replace('\u00a0€', '\u202f€');
}
