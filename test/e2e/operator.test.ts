import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { CREDENTIALS } from '../../demo/connectors.ts';
import { startDemo, type Demo } from '../../demo/serve.ts';
import { assertNothingFoundAnywhere, EVERY_LOOK } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';

const LUCIEN = '00810000000202';

describe('the page of the network operator', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'oya-operator-'));
  let demo: Demo;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  before(async () => {
    demo = await startDemo({ firstPort: 0, dataDir, databaseUrl: undefined });
    demo.simulator.control.change({ operator: { decideAfterMs: 60_000 } });
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('console', (message) => void (message.type() === 'error' && troubles.push(message.text())));
    page.on('pageerror', ({ message }) => troubles.push(message));
  });
  after(async () => {
    await browser.close();
    await demo.stop();
    rmSync(dataDir, { recursive: true });
  });
  beforeEach(() => page.goto(`${demo.origin('start')}/operateur`));

  const give = async (purpose: string): Promise<string> => {
    const response = await fetch(`${demo.simulator.baseUrl}/operator/consents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${CREDENTIALS.operatorToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ deliveryPoint: LUCIEN, purpose }),
    });
    return ((await response.json()) as { id: string }).id;
  };
  const consent = (id: string) => demo.simulator.control.state.operator.consents.find((each) => each.id === id);

  it('activates and refuses what customers ask, and says so', async () => {
    const [recording, collection] = [await give('curve-recording'), await give('curve-collection')];
    await page.getByRole('button', { name: 'Activer : Lucien Fabre, Enregistrement de la demi-heure' }).click();
    await page.getByText('Activé : Lucien Fabre, Enregistrement de la demi-heure.').waitFor();
    assert.equal(consent(recording)?.state, 'active');
    const entry = page.locator(`[data-id="${collection}"]`);
    await entry.getByLabel('Motif du refus').selectOption('meter-silent');
    await entry.getByRole('button', { name: /^Refuser/ }).click();
    await page.getByText('Refusé : Lucien Fabre, Collecte de la demi-heure.').waitFor();
    assert.deepEqual([consent(collection)?.state, consent(collection)?.reason], ['failed', 'meter-silent']);
    assert.equal(await entry.count(), 0);
  });

  it('lets one wait, without taking the place of whoever decides', async () => {
    const id = await give('curve-collection');
    await page.locator(`[data-id="${id}"] [data-action="hold"]`).click();
    await page.locator(`[data-id="${id}"]`).getByText('Attend votre décision.').waitFor();
    assert.equal(consent(id)?.isHeld, true);
    assert.equal(await page.evaluate(() => document.activeElement?.closest('li')?.dataset['id']), id);
  });

  it('switches faults on and off', async () => {
    await page.getByLabel('EcoWatt et Tempo (RTE)').selectOption('503');
    await page.getByText('EcoWatt et Tempo (RTE) : Indisponible (503).').waitFor();
    assert.deepEqual(demo.simulator.control.state.services.rte.failing, { as: '503', next: null });
    await page.getByLabel('EcoWatt et Tempo (RTE)').selectOption('fair');
    await page.getByText('EcoWatt et Tempo (RTE) : Tout va bien.').waitFor();
    assert.equal(demo.simulator.control.state.services.rte.failing, null);
    await page.getByLabel('Un jour de retard').check();
    await page.waitForFunction(() => (document.querySelector('#late') as HTMLInputElement).checked);
    await page.waitForTimeout(100);
    assert.deepEqual(demo.simulator.control.state.data.late, [{ hours: 24 }]);
    await page.getByLabel('Un jour de retard').uncheck();
  });

  it('is accessible, speaks English too, and keeps to its policy', async () => {
    await give('curve-collection');
    await page.getByRole('heading', { name: /^Lucien Fabre/ }).first().waitFor();
    await page.getByRole('button', { name: 'EN, English' }).click();
    await page.getByRole('heading', { name: 'Lucien Fabre: Collection of half-hours' }).first().waitFor();
    await assertNothingFoundAnywhere(page, EVERY_LOOK);
    assert.deepEqual(troubles, []);
  });
});
