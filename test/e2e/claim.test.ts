/** A claim from end to end: from the invoice to its file, with a photo that says nothing any more of where it was taken, and to the dispute that keeps it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { InvoiceDetails, InvoiceList, Page as PageOf, WaitingAttachment } from '@oya/contract';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { unzipSync } from 'fflate';
import { Visitor } from '../../packages/server/test/visitor.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, signInHere, type House } from './support/house.ts';

const CONTRACT = '/contracts/lucien-electricity';
const WORDS = 'Le relevé dit 18 402, mon compteur affiche 17 950 : voyez la photo.';
const withReader = { skip: spawnSync('pdftotext', ['-v']).status !== 0 && 'pdftotext (poppler-utils) is not installed' };

describe('a claim about an invoice', () => {
  let house: House;

  before(async () => {
    house = await openHouse();
  });
  after(() => house.stop());

  /** As a phone takes it: with its maker, and the place where the customer lives. */
  function photo(): Promise<Buffer> {
    return sharp({ create: { width: 2600, height: 1300, channels: 3, background: '#2a7' } })
      .jpeg()
      .withExif({ IFD0: { Make: 'Phone of Lucien' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '44/1 3/1 0/1' } })
      .toBuffer();
  }

  async function api(): Promise<Visitor> {
    const visitor = new Visitor(house.server.baseUrl('eneo'));
    await visitor.signInAs('lucien');
    return visitor;
  }

  /** As a customer finds it: beside what explains the invoice. */
  async function openClaim(page: Page, number: string): Promise<void> {
    await page.locator(`oya-invoices [data-invoice='${number}']`).click();
    await page.locator('oya-invoices-one').getByRole('link', { name: 'Comprendre cette facture' }).click();
    await page.locator('oya-bill-explained').getByRole('button', { name: 'Préparer un dossier de réclamation' }).click();
    await page.locator('oya-claim form').waitFor();
  }

  it('is told, shown and downloaded in one file, then contests, and keeps its photo', withReader, async () => {
    const visitor = await api();
    const latest = (await visitor.get<InvoiceList>(`${CONTRACT}/invoices`)).body.items[0] ?? assert.fail('Lucien has invoices');
    const taken = await photo();
    assert.ok((await sharp(taken).metadata()).exif, 'the phone wrote where it was');

    const { page, errors } = await house.visit('eneo', '/mon-espace#/invoices', { reducedMotion: 'reduce' });
    await page.evaluate(() => {
      const violations: string[] = [];
      Object.assign(window, { violations });
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => violations.push(`${violatedDirective} ${blockedURI}`));
    });
    await signInHere(page, 'lucien');
    await openClaim(page, latest.number);
    const claim = page.locator('oya-claim');

    const choose = claim.getByLabel('Vos photos et documents');
    await choose.setInputFiles({ name: 'compteur.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<!doctype html><script>alert(1)</script>') });
    await claim.getByText('compteur.jpg n’est ni une photo (JPEG, PNG, WebP) ni un PDF. Choisissez un autre fichier.').waitFor();
    await choose.setInputFiles({ name: 'Mon compteur.JPG', mimeType: 'image/jpeg', buffer: taken });
    await claim.getByRole('button', { name: 'Retirer Mon compteur.jpg' }).waitFor();
    assert.equal(await claim.locator('.field-error').count(), 0, 'what was refused before is no longer said');
    const picture = claim.locator('.file canvas');
    await picture.waitFor();
    const [red, green, blue] = await picture.evaluate((canvas: HTMLCanvasElement) => [...(canvas.getContext('2d')?.getImageData(56, 56, 1, 1).data ?? [])]);
    for (const [seen, real] of [[red, 0x22], [green, 0xaa], [blue, 0x77]] as const) assert.ok(Math.abs((seen ?? -99) - real) < 8, 'the photo itself is shown');
    await claim.getByLabel('Ce qui vous paraît faux').fill(WORDS);
    await assertNothingFoundAnywhere(page, EVERY_LOOK);

    const download = page.waitForEvent('download');
    await claim.getByRole('button', { name: 'Télécharger le dossier en ZIP' }).click();
    const zip = await download;
    assert.equal(zip.suggestedFilename(), `dossier-${latest.number}.zip`);
    const files = unzipSync(await readFile(await zip.path()));
    const paper = textOf(files[`dossier-${latest.number}.pdf`] ?? assert.fail(`no paper among ${Object.keys(files).join(', ')}`));
    for (const said of [WORDS, euros(latest.total), latest.number]) assert.ok(bare(paper).includes(bare(said)), `${said} is on paper`);
    assert.ok(files[`facture-${latest.number}.pdf`] && files[`facture-${latest.number}.xml`], 'the invoice comes along, for people and for machines');
    const kept = Buffer.from(files['pieces/1 Mon compteur.jpg'] ?? assert.fail('the photo is in the file'));
    const { exif, width, height } = await sharp(kept).metadata();
    assert.deepEqual([exif, width, height], [undefined, 2000, 1000]);
    for (const trace of ['Exif', 'GPS', 'Phone of Lucien']) assert.equal(kept.includes(trace), false, `${trace} is gone`);

    await claim.getByRole('button', { name: 'Contester avec ce dossier' }).click();
    await claim.getByText('Votre contestation est enregistrée, avec vos fichiers').waitFor();
    const { dispute } = (await visitor.get<InvoiceDetails>(`${CONTRACT}/invoices/${latest.id}`)).body;
    assert.deepEqual([dispute?.words, dispute?.attachments?.map(({ name }) => name)], [WORDS, ['Mon compteur.jpg']]);
    assert.deepEqual(errors, []);
    assert.deepEqual(await page.evaluate(() => (window as unknown as { violations: string[] }).violations), [], 'the policy of the page has nothing to say of the pictures');
  });

  it('lets a photo be cancelled on a weak network, and shows what waits with its own invoice alone', async () => {
    const visitor = await api();
    const [latest, earlier] = (await visitor.get<InvoiceList>(`${CONTRACT}/invoices`)).body.items;
    assert.ok(latest && earlier);
    const context = await house.visitor({ reducedMotion: 'reduce', viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(`${house.origin('eneo')}/mon-espace#/invoices`);
    await signInHere(page, 'lucien');
    await openClaim(page, earlier.number);
    const claim = page.locator('oya-claim');
    const choose = claim.getByLabel('Vos photos et documents');
    const jpeg = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });
    const taken = await photo();

    let held: (() => void) | undefined;
    await page.route('**/attachments', async (route) => {
      if (route.request().method() === 'POST') await new Promise<void>((resolve) => (held = resolve));
      await route.continue().catch(() => {});
    });
    await choose.setInputFiles([jpeg('Compteur.jpg', taken), jpeg('Tableau.jpg', taken)]);
    await claim.getByText('Envoi en cours').waitFor();
    await claim.getByText('En attente').waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    // Let go before the browser has given it up, it might still be on its way and arrive.
    const givenUp = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/attachments'));
    await claim.getByRole('button', { name: 'Annuler Compteur.jpg' }).click();
    await givenUp;
    await page.unroute('**/attachments');
    held?.();
    await claim.getByRole('button', { name: 'Retirer Tableau.jpg' }).waitFor();
    assert.deepEqual((await visitor.get<PageOf<WaitingAttachment>>('/attachments')).body.items.map(({ name, purpose }) => [name, purpose]), [['Tableau.jpg', { what: 'claim', contractId: earlier.contractId, invoiceId: earlier.id }]]);

    await page.goto(`${house.origin('eneo')}/mon-espace#/invoices`);
    await openClaim(page, latest.number);
    await claim.getByText(latest.number).waitFor();
    assert.equal(await claim.locator('.file').count(), 0, 'what waits for another invoice is not shown');
    await page.goto(`${house.origin('eneo')}/mon-espace#/invoices`);
    await openClaim(page, earlier.number);
    await claim.getByRole('button', { name: 'Retirer Tableau.jpg' }).click();
    await claim.locator('.file').waitFor({ state: 'detached' });
  });
});

const textOf = (pdf: Uint8Array) => spawnSync('pdftotext', ['-enc', 'UTF-8', '-', '-'], { input: pdf, maxBuffer: 1 << 26 }).stdout.toString();
const bare = (text: string) => text.replaceAll(/\s/gu, '');

function euros(cents: number): string {
  return new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(cents / 100);
}
