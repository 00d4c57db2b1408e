/** EcoWatt and Tempo: what RTE published, taken in by the server, as visitors and customers see it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { importFile } from '../../packages/server/src/measurements/import-file.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { openHouse, persona, signIn, type House } from './support/house.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../shared/data/samples');
const skip = existsSync(SAMPLES) ? false : `the samples are not at ${SAMPLES}`;

const plain = (text: string | null) => (text ?? '').replaceAll(/\s+/g, ' ').trim();

describe('the energy weather', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  async function at(time: string, look: () => Promise<void>): Promise<void> {
    const minutes = (Date.parse(time) - house.now()) / 60_000;
    house.wait(minutes);
    try {
      await look();
    } finally {
      house.wait(-minutes);
    }
  }

  const ecowatt = (page: Page) => page.locator('oya-ecowatt');
  const tempo = (page: Page) => page.locator('oya-tempo');
  const rows = async (page: Page, table: string) => (await page.locator(`${table} tr`).evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.replaceAll(/\s+/g, ' ').trim()).filter(Boolean).join(' | ')))) as string[];

  describe('of a visitor', () => {
    it('is on a page of either site, which axe finds nothing on, and asks for no account', async () => {
      for (const site of ['eneo', 'sicae'] as const) {
        const { page, errors, calls } = await house.visit(site, '/meteo');
        await ecowatt(page).getByRole('heading', { name: 'Aujourd’hui, le réseau électrique est tendu' }).waitFor();
        await tempo(page).getByRole('heading', { name: 'Demain sera sans doute un jour blanc' }).waitFor();
        await tempo(page).getByText('Ce sont ceux de l’offre Tempo.').waitFor();
        await tempo(page).getByText('novembre 2026').first().waitFor();
        assert.ok(await page.getByRole('link', { name: 'M’abonner avec mon agenda' }).isVisible());
        await assertNothingFoundAnywhere(page, site === 'eneo' ? EVERY_LOOK : undefined);
        assert.deepEqual(errors, []);
        assert.deepEqual(calls.filter((call) => call.includes('/contracts')), []);
      }
    });

    it('is found in the menu, and on a phone at the foot of each page', async () => {
      for (const site of ['eneo', 'sicae'] as const) {
        const { page } = await house.visit(site, '/');
        await page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link', { name: 'Météo de l’énergie' }).click();
        await ecowatt(page).getByRole('heading').first().waitFor();
        await page.setViewportSize({ width: 320, height: 700 });
        assert.ok(await page.getByRole('contentinfo').getByRole('link', { name: 'Météo de l’énergie' }).isVisible());
      }
    });

    it('is read with the keyboard alone: hours and days by arrows, each twin by Enter', async () => {
      const { page } = await house.visit('eneo', '/meteo');
      await ecowatt(page).locator('.strip').first().waitFor();
      await tempo(page).locator('[data-day]').first().waitFor();
      const focused = () =>
        page.evaluate(() => {
          let element = document.activeElement;
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
        });
      const tabTo = async (words: string) => {
        for (let count = 0; count < 40; count++) {
          await page.keyboard.press('Tab');
          if (plain(await focused()).includes(words)) return;
        }
        assert.fail(`Tab never reached “${words}”, but ${await focused()}`);
      };
      await tabTo('mardi 24 novembre, de 9 h à 10 h : tendu');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      assert.equal(plain(await ecowatt(page).locator('.reading').textContent()), 'mercredi 25 novembre, de 10 h à 11 h : tendu');
      await tabTo('Voir les heures dans un tableau');
      await page.keyboard.press('Enter');
      await ecowatt(page).getByRole('cell', { name: 'de 8 h à 13 h' }).first().waitFor();
      await tabTo('mardi 24 novembre 2026 : rouge');
      await page.keyboard.press('ArrowUp');
      assert.equal(plain(await tempo(page).locator('oya-tempo-year .reading').textContent()), 'mardi 17 novembre 2026 : bleu');
      await tabTo('Voir le calendrier dans un tableau');
      await page.keyboard.press('Enter');
      await tempo(page).getByRole('rowheader', { name: 'novembre 2026' }).waitFor();
    });
  });

  describe('of a customer', () => {
    it('has Tempo in the space of whoever chose it, with the prices of the contract', async () => {
      const { page, errors } = await house.visit('sicae', '/mon-espace');
      await signIn(page, persona('julien'));
      await page.locator('oya-portal nav').getByRole('link', { name: 'Tempo' }).click();
      await tempo(page).getByText('0,7295 €').first().waitFor();
      assert.equal(await tempo(page).getByText('Ce sont ceux de l’offre Tempo').count(), 0);
      await assertNothingFoundAnywhere(page);
      assert.deepEqual(errors, []);
    });

    it('has no Tempo where no contract is of it, not by its address either, and EcoWatt for everybody', async () => {
      const { page } = await house.visit('sicae', '/mon-espace#/tempo');
      await signIn(page, persona('marc'));
      await page.locator('oya-portal nav').getByRole('link', { name: 'EcoWatt' }).click();
      await ecowatt(page).getByRole('heading').first().waitFor();
      assert.equal(await page.locator('oya-portal nav').getByRole('link', { name: 'Tempo' }).count(), 0);
      assert.equal(await tempo(page).count(), 0);
    });
  });

  describe('as RTE published it', { skip }, () => {
    before(async () => {
      // As if RTE had told nothing but what is taken in here.
      await house.server.db.deleteFrom('ecowatt_day').execute();
      for (const sample of ['ecowatt/ecowatt_two_days.json', 'tempo/tempo_2023-01_to_08.csv']) {
        await importFile(house.server.db, { fileName: path.basename(sample), bytes: readFileSync(path.join(SAMPLES, sample)), now: house.now() });
      }
    });

    it('shows the levels that RTE announced for 5 and 6 June 2022, in the file that it gave', async () => {
      await at('2022-06-05T07:00:00Z', async () => {
        const { page } = await house.visit('eneo', '/meteo');
        await ecowatt(page).getByRole('heading', { name: 'Aujourd’hui, le réseau électrique est tendu' }).waitFor();
        const text = plain(await ecowatt(page).locator('.head').textContent());
        assert.ok(text.includes('Les heures difficiles : de 7 h à 12 h et de 17 h à 19 h.'), text);
        assert.ok(text.includes('Risque de coupures d\'électricité'), text);
        assert.deepEqual(await rows(page, 'oya-ecowatt table'), [
          'Jour | Heures | Niveau',
          'dimanche 5 juin | de minuit à 7 h | normal', 'dimanche 5 juin | de 7 h à 12 h | tendu', 'dimanche 5 juin | de 12 h à 17 h | normal', 'dimanche 5 juin | de 17 h à 19 h | tendu', 'dimanche 5 juin | de 19 h à minuit | normal',
          'lundi 6 juin | toute la journée | normal',
        ]);
      });
    });

    it('says how old that is two days later, and that it is over after that', async () => {
      await at('2022-06-06T07:00:00Z', async () => {
        const { page } = await house.visit('eneo', '/meteo');
        await ecowatt(page).getByText(/sans nouvelles de RTE depuis le samedi 4 juin à 7\sh\s36 \(il y a 2 jours\)/).waitFor();
      });
      await at('2022-06-07T07:00:00Z', async () => {
        const { page } = await house.visit('eneo', '/meteo');
        await ecowatt(page).getByText('Le signal EcoWatt n’est pas connu en ce moment').waitFor();
      });
    });

    it('shows the colours of January to August 2023, in the file that RTE gave', async () => {
      const colours = readFileSync(path.join(SAMPLES, 'tempo/tempo_2023-01_to_08.csv'), 'utf8').split('\n').map((line) => line.trim().split(';')).filter(([day = '']) => /^\d/.test(day)) as [string, string][];
      const count = (colour: string, until = '2023-03-02', month = '') => colours.filter(([day, own]) => own === colour && day <= until && day.startsWith(month)).length;
      await at('2023-03-02T12:00:00Z', async () => {
        const { page } = await house.visit('sicae', '/meteo');
        const words: Record<string, string> = { BLEU: 'bleu', BLANC: 'blanc', ROUGE: 'rouge' };
        const tomorrow = words[colours.find(([day]) => day === '2023-03-03')?.[1] ?? ''];
        await tempo(page).getByRole('heading', { name: `Demain sera un jour ${tomorrow}` }).waitFor();
        const used = await rows(page, 'oya-tempo .use');
        assert.deepEqual(used.slice(1), [`Jours bleus | ${count('BLEU')} | ${300 - count('BLEU')} | 300`, `Jours blancs | ${count('BLANC')} | ${43 - count('BLANC')} | 43`, `Jours rouges | ${count('ROUGE')} | ${22 - count('ROUGE')} | 22`]);
        await tempo(page).getByText('La couleur de 122 jours n’est pas connue').waitFor();
        const table = await rows(page, 'oya-tempo oya-tempo-year table');
        assert.match(table.find((row) => row.startsWith('janvier 2023')) ?? '', new RegExp(`^janvier 2023 \\| ${count('BLEU', '9', '2023-01')} \\| ${count('BLANC', '9', '2023-01')} : .* \\| 11 : 17, 18, 19, 20, 23, 24, 25, 26, 27, 30 et 31$`));
        const calendar = await (await fetch(`${house.server.baseUrl('sicae')}/tempo.ics?colours=red`)).text();
        assert.equal(calendar.match(/SUMMARY:Tempo : jour rouge\r\n/g)?.length, count('ROUGE', '2023-03-03'));
      });
    });
  });
});
