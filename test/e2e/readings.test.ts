/** Readings from end to end: from the display to what billing gets, whatever is odd about them, and without a network. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { MeterReading, MeterReadings } from '@oya/contract';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { asOperator } from '../../packages/server/test/billing-office.ts';
import { Visitor } from '../../packages/server/test/visitor.ts';
import { openFilesOf } from '../../packages/server/src/attachments/store.ts';
import { Keys } from '../../packages/server/src/identity/keys.ts';
import { importFile } from '../../packages/server/src/measurements/import-file.ts';
import { checkReading, readingsToCheck } from '../../packages/server/src/readings/check-readings.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, persona, signInHere, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';

const TODAY = '2026-11-24';

describe('readings of a meter', () => {
  let house: House;

  before(async () => {
    house = await openHouse();
  });
  after(() => house.stop());

  async function openForm(who: string): Promise<{ page: Page; form: Locator; errors: Error[] }> {
    const { page, errors } = await house.visit('eneo', '/mon-espace#/readings', { reducedMotion: 'reduce' });
    await signInHere(page, who);
    const form = page.locator('oya-index-form');
    await form.locator('.history table').waitFor();
    return { page, form, errors };
  }

  async function known(who: string, meterId: string): Promise<readonly MeterReading[]> {
    const visitor = new Visitor(house.server.baseUrl('eneo'));
    await visitor.signInAs(who);
    return (await visitor.get<MeterReadings>(`/meters/${meterId}/readings`)).body.readings;
  }

  const display = (form: Locator, name = 'Index') => form.getByLabel(name, { exact: true });
  const send = (form: Locator) => form.getByRole('button', { name: 'Transmettre mon relevé' });

  it('on time, by the keyboard alone, is received, mailed and shown everywhere; and corrected', async () => {
    const context = await house.visitor({ reducedMotion: 'reduce' });
    await Keyboard.watch(context);
    const page = await context.newPage();
    await page.goto(`${house.origin('eneo')}/mon-espace#/readings`);
    await signInHere(page, 'odette');
    const form = page.locator('oya-index-form');
    await form.locator('.history table').waitFor();
    await form.getByText('Jusqu’au 6 décembre, votre relevé compte pour votre prochaine facture.').waitFor();
    await form.getByText(/Attendu à cette date/).waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    const keys = new Keyboard(page);
    await keys.tabTo(/^Index/);
    await keys.type('37900');
    await form.getByText(/486.kWh depuis le 1er octobre, environ/).waitFor();
    await keys.tabTo(/^Transmettre mon relevé/);
    await keys.press('Enter');
    await form.getByText('Votre relevé est transmis').waitFor();
    await keys.arriveAt(/^Votre relevé est transmis/);
    await form.getByRole('row', { name: /24 novembre 2026/ }).getByText('Transmis').waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    const mail = (await house.server.mails()).find(({ to, subject }) => to === persona('odette').email && subject === 'Votre relevé est bien arrivé');
    assert.ok(mail?.text.includes('37900 kWh'), 'a receipt came by mail');

    await keys.tabTo(/^Corriger ce relevé/);
    await keys.press('Enter');
    await form.getByText('Corriger mon relevé du 24 novembre 2026').waitFor();
    await keys.arriveAt(/^Index/);
    await keys.type('37910');
    await keys.tabTo(/^Corriger mon relevé/);
    await keys.press('Enter');
    await form.getByText(/37.910.kWh, relevé le/).waitFor();
    assert.deepEqual((await known('odette', 'odette-meter')).filter(({ source }) => source === 'customer').map(({ state, indexes }) => [state, indexes[0]?.index]).sort(), [['corrected', 37_900], ['transmitted', 37_910]]);
  });

  it('that is far above, with a photo, is checked by the utility, whose answer appears by itself', async () => {
    const { page, form, errors } = await openForm('bernard');
    await form.getByLabel('Compteur de').selectOption({ label: 'Électricité, Atelier, 12 rue du Puits' });
    await form.getByText('Compteur n° M00000001608').waitFor();
    const last = (await known('bernard', 'bernard-workshop-meter')).find(({ state }) => state === 'used')?.indexes[0]?.index ?? assert.fail('the workshop was read');
    await display(form).fill(String(last + 9000));
    await form.getByText(/Beaucoup plus que d’habitude/).waitFor();
    const taken = await sharp({ create: { width: 2400, height: 1200, channels: 3, background: '#333' } }).jpeg().withExif({ IFD0: { Make: 'Phone of Bernard' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '44/1 3/1 0/1' } }).toBuffer();
    await form.getByLabel(/Une photo de l’affichage/).setInputFiles({ name: 'Mon compteur.JPG', mimeType: 'image/jpeg', buffer: taken });
    await form.getByRole('button', { name: 'Retirer Mon compteur.jpg' }).waitFor();
    await send(form).click();
    await form.getByRole('group', { name: /c’est beaucoup plus que d’habitude/ }).waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    await form.getByLabel('Oui, c’est bien ce que montre mon compteur').check();
    await form.getByRole('button', { name: 'Transmettre ainsi' }).click();
    await form.getByText('Votre relevé est transmis, nous le vérifions').waitFor();
    const [kept] = await known('bernard', 'bernard-workshop-meter');
    assert.deepEqual([kept?.state, kept?.indexes[0]?.doubt, kept?.indexes[0]?.reason, kept?.photos?.map(({ name }) => name)], ['under-check', 'far-above', 'confirmed', ['Mon compteur.jpg']]);
    const [sealed] = await house.server.db.selectFrom('attachment').select(['sealed', 'size']).where('reading_id', '=', kept?.id ?? '').execute();
    assert.ok(sealed && !Buffer.from(sealed.sealed).includes('Phone of Bernard') && sealed.size < taken.length * 3);

    const [odd] = await readingsToCheck(house.server.db, 'eneo');
    const [seen] = await openFilesOf(house.server.db, 'reading_id', odd?.id ?? '', new Keys(house.server.db, undefined));
    assert.deepEqual([seen?.name, (await sharp(seen?.bytes).metadata()).exif], ['Mon compteur.jpg', undefined], 'who checks it sees the photo, and nothing of where it was taken');
    await asOperator(house.server, house.now(), (place) => checkReading(place, odd?.id ?? '', false, 'Relisez sans le dernier chiffre rouge.'));
    // Without a reload.
    await form.getByText('Non retenu').waitFor();
    await form.getByText(/Notre réponse.: Relisez sans le dernier chiffre rouge\./).waitFor();
    assert.deepEqual(errors, []);
  });

  it('that is lower, swapped, of another day or over a turn of the register is asked about, each to its end', async () => {
    const { form, errors } = await openForm('bernard');
    await form.getByLabel('Compteur de').selectOption({ label: 'Gaz, Maison, 3 rue du Candou' });
    await form.getByText('Compteur n° G00000001607').waitFor();
    const last = (await known('bernard', 'bernard-gas-meter')).find(({ state }) => state === 'used')?.indexes[0]?.index ?? assert.fail('the gas meter was read');
    const day = form.getByLabel('Date du relevé');

    await display(form).fill(String(last + 60));
    await day.fill('2026-09-15');
    await send(form).click();
    await form.getByText(/nous connaissons déjà un relevé réel du 1er octobre 2026/).first().waitFor();
    await day.fill('2026-11-25');
    await send(form).click();
    await form.getByText(/ce jour n’est pas encore venu/).first().waitFor();
    await day.fill(TODAY);

    // The same digits, two of them the other way round.
    const digits = String(last + 60).padStart(5, '0');
    const swapped = `${digits[1]}${digits[0]}${digits.slice(2)}`;
    await display(form).fill(swapped);
    await send(form).click();
    await form.getByRole('button', { name: /Deux chiffres inversés/ }).first().click();
    assert.equal(await display(form).inputValue(), String(last + 60));

    await display(form).fill(String(last - 40));
    await send(form).click();
    await form.getByRole('group', { name: /est plus petit que le dernier relevé réel/ }).waitFor();
    await form.getByLabel('Je pense que le dernier index était faux').check();
    await form.getByRole('button', { name: 'Transmettre ainsi' }).click();
    await form.getByText('Votre relevé est transmis, nous le vérifions').waitFor();
    assert.deepEqual((await known('bernard', 'bernard-gas-meter'))[0]?.indexes, [{ register: 'BASE', index: last - 40, doubt: 'lower', reason: 'last-index-wrong' }]);

    // Somebody of the utility read it near the end of its digits.
    const route = new TextEncoder().encode('point de livraison;date;cadran;index\n00810000001606;20/11/2026;HP;99990\n00810000001606;20/11/2026;HC;32600\n');
    await importFile(house.server.db, { fileName: 'tournee.csv', bytes: route, now: house.now() });
    await form.getByLabel('Compteur de').selectOption({ label: 'Électricité, Maison, 3 rue du Candou' });
    await form.getByText(/Dernier relevé réel.: 99.990/).waitFor();
    await display(form, 'Heures pleines').fill('15');
    await display(form, 'Heures creuses').fill('32620');
    await form.getByText(/Le compteur semble être reparti de zéro/).waitFor();
    await send(form).click();
    await form.getByLabel('Mon compteur est reparti de zéro').check();
    await form.getByRole('button', { name: 'Transmettre ainsi' }).click();
    await form.getByText('Votre relevé est transmis', { exact: true }).waitFor();
    assert.deepEqual((await known('bernard', 'bernard-meter'))[0]?.state, 'transmitted');
    assert.deepEqual(errors, []);
  });

  it('waits without a network, through a reload, and is sent once when it is back', async () => {
    // Tomorrow: what was sent today is a reading of its own.
    house.wait(24 * 60);
    const { page, context, errors, calls } = await house.visit('eneo', '/mon-espace#/readings', { reducedMotion: 'reduce' });
    await signInHere(page, 'odette');
    const form = page.locator('oya-index-form');
    await form.locator('.history table').waitFor();
    await form.getByRole('button', { name: 'Transmettre un autre relevé' }).click();
    await display(form).fill('37920');
    await context.setOffline(true);
    await send(form).click();
    await form.getByRole('heading', { name: 'Un relevé attend le réseau' }).waitFor();
    await form.getByText(/37.920.kWh, relevé le 25 novembre 2026\. Il est gardé sur cet appareil/).waitFor();
    assert.equal((await house.server.db.selectFrom('reading').select('id').where('on_day', '=', '2026-11-25').execute()).length, 0);
    const before = calls.filter((call) => call.startsWith('POST /meters/odette-meter/readings')).length;
    await context.setOffline(false);
    await form.getByRole('heading', { name: 'Un relevé attend le réseau' }).waitFor({ state: 'hidden' });
    const rows = await house.server.db.selectFrom('reading').select(['state', 'indexes']).where('on_day', '=', '2026-11-25').execute();
    assert.deepEqual(rows.map(({ indexes }) => indexes[0]?.index), [37_920]);
    assert.ok(calls.filter((call) => call.startsWith('POST /meters/odette-meter/readings')).length <= before + 1, 'it was sent once');
    await page.reload();
    await form.locator('.history table').waitFor();
    assert.equal(await form.getByRole('heading', { name: 'Un relevé attend le réseau' }).count(), 0);
    assert.deepEqual(errors, []);
  });

  it('of a Linky are in the guide’s words not to be declared, with the way to the messages', async () => {
    const { page, form, errors } = await openForm('camille');
    assert.equal(await form.locator('h2').first().textContent(), 'La collecte de vos index est automatique.');
    await form.getByText('La déclaration de consommation est indisponible pour le compteur Linky. Vous pouvez nous transmettre les index auto-relevés par la messagerie.').waitFor();
    await form.getByText('Derniers index collectés, le 24 novembre 2026 à minuit').waitFor();
    assert.equal(await form.locator('.digits').count(), 0);
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    assert.deepEqual(errors, []);
  });
});
