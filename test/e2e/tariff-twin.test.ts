/** Which tariff would have cost least: from an account, and from files that are read with the network off. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { addDays, type LocalDay } from '@oya/contract';
import { measureDay, type PersonaMeter } from '@oya/personas';
import type { Locator, Page } from 'playwright-core';
import { customerCsv } from '../../packages/formats/src/testing.ts';
import { assertNothingFoundAnywhere } from './support/axe.ts';
import { focusedText } from './support/deep.ts';
import { openHouse, persona, signIn, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';

const PAGE = '/comparer';
const samples = fileURLToPath(new URL('../../../shared/data/samples/', import.meta.url));
const skip = existsSync(samples) ? false : 'the samples are not here: expected ../shared/data/samples beside the repository';

/** Samples that hold days of electricity; all others are told apart in words. */
const MEASURES = new Set([
  'csv/enedis_R63_like_excerpt.csv',
  'csv/enedis_halfhour_2023-03_to_05.csv',
  'csv/enedis_mes_mesures_cdc_excerpt.csv',
  'enedis/2026_mesure_consommation_quotidienne.json',
  'enedis/2026_mesure_courbe_de_charge_consommation.json',
  'enedis/eddie_daily_consumption_2024-02-01_2024-02-08.json',
  'enedis/v5_consumption_load_curve.json',
  'greenbutton/TestGBDataHourlyNineDaysBinnedDaily.xml',
  'greenbutton/electric_containerized.xml',
  'greenbutton/openespi_test_usage_data_1.xml',
]);

/** A year of half-hours of Camille's meter, as the network operator exports them. */
const YEAR = (() => {
  const meter = persona('camille').meters[0] as PersonaMeter;
  const segments = Array.from({ length: 365 }, (_, index): LocalDay => addDays('2025-11-01', index)).flatMap((day) => measureDay(meter, day).curve);
  return { name: 'mes-mesures.csv', mimeType: 'text/csv', buffer: Buffer.from(customerCsv({ kind: 'curve', unit: 'W', segments }, { timeZone: 'Europe/Paris', deliveryPoint: '00000000000000' })) };
})();

describe('the tariff twin', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const twin = (page: Page) => page.locator('oya-tariff-twin');
  const ready = (page: Page) => twin(page).getByText('Vous pouvez même couper votre connexion.').waitFor();
  const total = (page: Page, tariff: string) => twin(page).locator(`[data-tariff=${tariff}] .total`).textContent();

  /** What is dropped by hand: a drag that ends over the element. */
  async function drop(zone: Locator, files: readonly { name: string; bytes: Buffer }[]): Promise<void> {
    const transfer = await zone.page().evaluateHandle((given) => {
      const data = new DataTransfer();
      for (const { name, base64 } of given) data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
      return data;
    }, files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })));
    await zone.dispatchEvent('dragenter', { dataTransfer: transfer });
    await zone.dispatchEvent('drop', { dataTransfer: transfer });
  }

  async function setOffline(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    assert.equal(await page.evaluate(() => fetch(location.href).then(() => 'online', () => 'offline')), 'offline');
  }

  it('compares the customer’s own twelve months, and follows what they choose', async () => {
    const { page, errors } = await house.visit('eneo', '/mon-espace');
    await signIn(page, persona('camille'));
    await page.getByRole('link', { name: 'Tarifs', exact: true }).click();
    await twin(page).getByRole('heading', { name: 'Le tarif Tempo vous aurait coûté moins cher' }).waitFor();
    assert.match((await twin(page).locator('.finding').textContent()) ?? '', /Du 1er novembre 2025 au 31 octobre 2026/);
    await assertNothingFoundAnywhere(page);
    const before = await total(page, 'base');
    await twin(page).getByLabel('Puissance souscrite').selectOption('12');
    await twin(page).locator('[data-tariff=base] .total', { hasNotText: before ?? '' }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('reads a year from a file with the network off, and costs what the account costs', async () => {
    const account = await house.visit('eneo', '/mon-espace');
    await signIn(account.page, persona('camille'));
    await account.page.getByRole('link', { name: 'Tarifs', exact: true }).click();
    await twin(account.page).locator('.card').first().waitFor();

    const { page, errors, calls } = await house.visit('eneo', PAGE);
    await ready(page);
    await setOffline(page);
    const before = calls.length;
    await twin(page).locator('input[type=file]').setInputFiles(YEAR);
    await twin(page).getByLabel('Puissance souscrite').selectOption('9');
    await twin(page).getByLabel('Heures creuses', { exact: true }).selectOption({ label: 'Habituelles : de 22 h 30 à 6 h 30'.replaceAll(/(?<=\d) | (?=[h:])/g, '\u202f') });
    await twin(page).locator('.card').first().waitFor();
    assert.equal(await total(page, 'base'), await total(account.page, 'base'));
    assert.equal(await total(page, 'tempo'), await total(account.page, 'tempo'));
    await assertNothingFoundAnywhere(page);
    assert.deepEqual(calls.slice(before), []);
    assert.deepEqual(errors, []);
  });

  it('reads or tells apart each sample with the network off', { skip }, async () => {
    const { page, errors, calls } = await house.visit('eneo', PAGE);
    const names = globSync('*/*', { cwd: samples }).toSorted();
    assert.ok(names.length > 20);
    await ready(page);
    await setOffline(page);
    const before = calls.length;
    for (const name of names) {
      const file = path.basename(name);
      await drop(twin(page).locator('.drop'), [{ name: file, bytes: readFileSync(path.join(samples, name)) }]);
      if (name.startsWith('tempo/')) await twin(page).getByText('Couleurs de 243 jours Tempo lues.').waitFor();
      else if (MEASURES.has(name)) await twin(page).getByText(`Lu : ${file}.`).waitFor();
      else if (!(name.includes('contrat') || name.includes('contract') || name.includes('address'))) await twin(page).locator('[data-trouble]', { hasText: file }).waitFor();
      if (!MEASURES.has(name)) continue;
      if ((await twin(page).getByLabel('Puissance souscrite').inputValue()) === '') await twin(page).getByLabel('Puissance souscrite').selectOption('6');
      await twin(page).locator('.finding').waitFor();
    }
    assert.deepEqual(calls.slice(before), []);
    assert.deepEqual(errors, []);
  });

  it('is used without a mouse, from the file to the answer', async () => {
    const context = await house.visitor({ reducedMotion: 'reduce' });
    await Keyboard.watch(context);
    const page = await context.newPage();
    // Asked for this early because the browser is told without waiting for its answer: a key pressed at once can be faster.
    const chooser = page.waitForEvent('filechooser');
    await page.goto(house.origin('eneo') + PAGE);
    const keys = new Keyboard(page);
    await ready(page);
    await keys.tabTo(/^Choisir un fichier/);
    await keys.press('Enter');
    await (await chooser).setFiles(YEAR);
    await twin(page).getByText('Lu : mes-mesures.csv.').waitFor();
    assert.match(await focusedText(page), /^Choisir un autre fichier/);
    await keys.tabTo(/^Puissance souscrite/, 2);
    await keys.press('9');
    await twin(page).locator('.card').first().waitFor();
    await keys.tabTo(/^Heures creuses/, 1);
    await keys.press('H');
    await twin(page).locator('[data-tariff=peak-off-peak] .total', { hasText: '€' }).waitFor();
    await keys.tabTo(/^Base/, 1);
    await keys.press('Enter');
    await twin(page).locator('.months [aria-pressed=true]', { hasText: 'Base' }).waitFor();
    await keys.tabTo(/^Eau chaude, par jour/, 8);
    await keys.type('2');
    await keys.tabTo(/^Les prix utilisés/, 3);
    await keys.press('Enter');
    await twin(page).locator('.price-list').first().waitFor();
    assert.deepEqual(await page.evaluate(() => (window as unknown as { lostFocus: string[] }).lostFocus), []);
  });
});
