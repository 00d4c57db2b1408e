/** One sign-in for all pages of a utility, on whichever of its hosts they are. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { CookieConfig } from '../../packages/server/src/config.ts';
import { startTestServer, type TestServer } from '../../packages/server/src/testing.ts';
import { launchBrowser } from './support/browser.ts';
import { serveHostSites, type HostSites } from './support/host-page.ts';
import { persona, signIn } from './support/house.ts';

const SPACE = 'espace.eneo.localhost';
const METER = 'mesure.eneo.localhost';
const EVIL = 'evil.localhost';
/** Sites of partners, which embed the same portal. */
const PARTNER = 'www.partner.localhost';
const OTHER_PARTNER = 'www.other.localhost';

const camille = persona('camille');

describe('one sign-in', () => {
  let browser: Browser;
  let sites: HostSites;
  let server: TestServer;
  let baseUrl = '';
  const pages: Record<string, { body: string; configuration: object }> = {};

  before(async () => {
    browser = await launchBrowser();
    sites = await serveHostSites(pages);
  });
  after(async () => {
    await browser.close();
    await sites.stop();
  });

  /** The API on a host of its own below the utility's, with pages that embed its portal. */
  async function serve(cookie: Partial<CookieConfig> = {}): Promise<void> {
    const origins = { eneo: [SPACE, METER, PARTNER, OTHER_PARTNER].map((host) => sites.origin(host)) };
    server = await startTestServer({ now: () => Date.now(), config: { origins, cookie: { secure: true, sameSite: 'lax', partitioned: false, ...cookie } } });
    baseUrl = server.baseUrl('eneo').replace('//localhost', '//api.eneo.localhost');
    const configuration = { adapter: 'rest', baseUrl, utility: 'eneo' };
    for (const host of [SPACE, METER, PARTNER, OTHER_PARTNER, EVIL]) pages[host] = { configuration, body: '<oya-login></oya-login><oya-contracts></oya-contracts>' };
  }
  const visitor = async () => {
    const context = await browser.newContext({ locale: 'fr-FR' });
    context.setDefaultTimeout(15_000);
    return context;
  };
  const open = async (context: BrowserContext, host: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${sites.origin(host)}/`);
    return page;
  };
  const greeting = (page: Page) => page.getByText(`Bonjour ${camille.customer.displayName}`).first();
  const contract = (page: Page) => page.locator('oya-contracts').getByText('EN-000101').first();
  const signedOut = (page: Page) => page.locator('oya-contracts').getByText('Connectez-vous pour voir ces informations');
  const clear = async () => void (await Promise.all(browser.contexts().map((context) => context.close())));

  describe('on the hosts of one site', () => {
    before(() => serve());
    after(() => server.stop());
    afterEach(clear);

    it('opens the pages on the others, as they load', async () => {
      const context = await visitor();
      await signIn(await open(context, SPACE), camille);
      const [cookie, ...more] = await context.cookies();
      assert.deepEqual([cookie?.name, cookie?.domain, cookie?.httpOnly, cookie?.secure, cookie?.sameSite, more.length], ['__Host-oya-eneo', 'api.eneo.localhost', true, true, 'Lax', 0]);
      const meter = await open(context, METER);
      await greeting(meter).waitFor();
      await contract(meter).waitFor();
    });

    it('ends on all with the sign-out on one, seen by whoever comes back to another', async () => {
      const context = await visitor();
      const space = await open(context, SPACE);
      await signIn(space, camille);
      const meter = await open(context, METER);
      await contract(meter).waitFor();
      await space.getByRole('button', { name: 'Me déconnecter' }).click();
      await signedOut(space).waitFor();
      assert.equal(await contract(meter).count(), 1, 'a page of another host is not told');
      await meter.bringToFront();
      // No other window covers it in a browser without a screen.
      await meter.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
      await meter.locator('oya-contracts').getByText('Votre session est terminée').waitFor();
      assert.equal(await contract(meter).count(), 0);
    });

    it('gives nothing to a page of a foreign site', async () => {
      const context = await visitor();
      const space = await open(context, SPACE);
      await signIn(space, camille);
      const evil = await open(context, EVIL);
      await evil.locator('oya-contracts').getByRole('alert').waitFor();
      const got = await evil.evaluate(
        async (url) => {
          const tried: string[] = [];
          for (const [path, init] of [
            ['/contracts', { credentials: 'include' }],
            ['/contracts', { credentials: 'include', headers: { authorization: 'Bearer x' } }],
            ['/session', { method: 'DELETE', credentials: 'include' }],
            // Without asking first: a browser sends it, and shows nothing of the answer.
            ['/session/extension', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }],
          ] as [string, RequestInit][]) {
            tried.push(await fetch(url + path, init).then(async (response) => `${response.type} ${await response.text()}`, () => 'nothing'));
          }
          return tried;
        },
        baseUrl,
      );
      assert.deepEqual(got, ['nothing', 'nothing', 'nothing', 'nothing']);
      await space.reload();
      await greeting(space).waitFor();
    });
  });

  describe('from another site', () => {
    afterEach(async () => {
      await clear();
      await server.stop();
    });

    it('does not hold with a cookie that keeps to its own site', async () => {
      await serve();
      const page = await open(await visitor(), PARTNER);
      await page.getByLabel('Identifiant ou adresse e-mail').fill(camille.login);
      await page.getByLabel('Mot de passe', { exact: true }).fill(camille.password);
      await page.getByRole('button', { name: 'Me connecter', exact: true }).click();
      await signedOut(page).waitFor();
      await page.reload();
      await signedOut(page).waitFor();
    });

    it('holds with a partitioned cookie, on each embedding site by itself', async () => {
      await serve({ sameSite: 'none', partitioned: true });
      const context = await visitor();
      const page = await open(context, PARTNER);
      await signIn(page, camille);
      await contract(page).waitFor();
      await page.reload();
      await greeting(page).waitFor();
      const other = await open(context, OTHER_PARTNER);
      await signedOut(other).waitFor();
      const [cookie] = await context.cookies();
      assert.deepEqual([cookie?.sameSite, (cookie as { partitionKey?: string } | undefined)?.partitionKey], ['None', 'http://partner.localhost']);
    });
  });
});
