/** What happens elsewhere shows on an open page: without a reload, in every tab, whichever instance of the server it speaks to. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { measureDay, type PersonaMeter } from '@oya/personas';
import { createServer, importFile } from '@oya/server';
import type { BrowserContext, Page } from 'playwright-core';
import { customerCsv } from '../../packages/formats/src/testing.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import { decideConsents } from '../../packages/server/src/identity/consents.ts';
import { focusedText } from './support/deep.ts';
import { csvRows, openDay, save } from './support/consumption.ts';
import { openHouse, persona, settled, signIn, type House } from './support/house.ts';

const SPACE = '/espace-client';

describe('two tabs at two instances of the server', () => {
  let house: House;
  let other: ReturnType<typeof createServer>;
  let otherUrl: string;
  before(async () => {
    house = await openHouse();
    other = createServer({ db: house.server.db, config: { ...readConfig(), logLevel: 'silent', origins: { '*': [house.origin('eneo')] } }, now: house.now, transport: { send: () => Promise.resolve(), close: () => {} } });
    await other.listen({ host: '127.0.0.1', port: 0 });
    otherUrl = `http://localhost:${(other.server.address() as AddressInfo).port}`;
  });
  afterEach(() => house.clear());
  after(async () => {
    await other.close();
    await house.stop();
  });

  const lucien = persona('lucien');

  async function open(context: BrowserContext, api: string): Promise<{ page: Page; calls: string[] }> {
    const page = await context.newPage();
    const calls: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(api) && request.method() !== 'OPTIONS') calls.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    // The page names its portal; what this one reads comes from another instance. The cookie counts for both, as behind one address.
    if (api !== house.server.url) {
      await page.addInitScript(
        ([from, to]) => {
          const plain = window.fetch;
          window.fetch = (input, init) => (input instanceof Request && input.method === 'GET' ? plain(new Request(input.url.replace(from, to), input), init) : plain(input, init));
        },
        [house.server.url, api] as const,
      );
    }
    await page.goto(house.origin('eneo') + SPACE);
    return { page, calls };
  }

  it('show a consent that is given in one, and the half-hours once they are there, and leave focus and place alone', async () => {
    const context = await house.visitor();
    const [one, two] = [await open(context, house.server.url), await open(context, otherUrl)];
    await signIn(one.page, lucien);
    await two.page.getByText(`Bonjour ${lucien.customer.displayName}`).waitFor();
    const [here, there] = [one.page.locator('oya-consumption'), two.page.locator('oya-consumption')];
    await Promise.all([settled(here), settled(there)]);
    assert.ok(two.calls.some((call) => call.endsWith('/contracts')), 'the second tab speaks to the other instance');
    for (let tries = 0; ![one, two].every(({ calls }) => calls.includes('GET /eneo/v1/changes')); tries++) {
      assert.ok(tries < 100, `both follow: ${one.calls.join()} ${two.calls.join()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // What changes before the first event, with where now is, would be told to nobody.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await there.getByRole('button', { name: /^Période précédente/ }).click();
    await there.locator('p.period', { hasText: /^octobre 2026$/i }).waitFor();
    await settled(there);
    await there.getByRole('button', { name: 'Mois', exact: true }).focus();

    const boxes = here.getByRole('checkbox', { name: /demi-heure/ });
    await boxes.first().check();
    await boxes.nth(1).check();
    const focused = await focusedText(two.page);
    assert.equal(focused, 'Mois');
    const before = two.calls.length;
    await here.getByRole('button', { name: 'Donner mon accord pour la demi-heure' }).click();
    await here.getByText('Vos demi-heures sont demandées').waitFor();
    await there.getByText('Vos demi-heures sont demandées').waitFor();

    const { key } = await house.server.db.selectFrom('meter').select('key').where('id', '=', 'lucien-linky').executeTakeFirstOrThrow();
    await decideConsents(house.server.db, { key, utilityId: 'eneo' }, 'active', house.now());
    const segments = measureDay(persona('nadia').meters[0] as PersonaMeter, '2026-11-23').curve;
    const bytes = customerCsv({ kind: 'curve', unit: 'W', segments }, { timeZone: 'Europe/Paris', deliveryPoint: '', preamble: false });
    await importFile(house.server.db, { utility: 'eneo', meter: 'lucien-linky', fileName: 'curve.csv', bytes, now: house.now() });

    for (const consumption of [here, there]) await consumption.getByText('Vos demi-heures sont demandées').waitFor({ state: 'detached' });
    assert.match(await there.locator('p.period').innerText(), /^octobre 2026$/i, 'the place stays');
    assert.equal(await focusedText(two.page), focused, 'and the focus');
    for (const [page, consumption] of [[one.page, here], [two.page, there]] as const) {
      await settled(consumption);
      await openDay(consumption, '2026-11-23', 'lundi 23 novembre 2026');
      assert.equal(csvRows(await save(page, consumption, 'Tableau (CSV)')).length, 1 + 48);
    }
    assert.ok(!two.calls.slice(before).some((call) => call.endsWith('/session')), 'nothing was loaded anew');
  });
});
