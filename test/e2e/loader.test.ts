import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { findBundle, withVersion } from '../../demo/bundle.ts';
import { launchBrowser } from './support/browser.ts';
import { CONFIGURATION, openHostPage } from './support/host-page.ts';

describe('the loader', () => {
  let browser: Browser;
  before(async () => (browser = await launchBrowser()));
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  after(() => browser.close());

  const isChunk = (name: string) => (address: string) => address.startsWith(`${name}-`);

  it('loads nothing but itself on a page without elements and configuration', async () => {
    const { page, requests, said } = await openHostPage(browser, { body: '<h1>Host</h1>', configuration: null });
    await page.waitForFunction(() => window.oya);
    await page.evaluate(() => window.oya?.whenReady());
    assert.deepEqual(requests.filter((address) => address.includes('.js')), ['oya.js?0']);
    assert.deepEqual(said(), []);
  });

  it('fetches an element when its tag first appears, and that element alone', async () => {
    const { page, requests } = await openHostPage(browser, { body: '<main></main>' });
    await page.evaluate(() => window.oya?.whenReady());
    assert.ok(!requests.some(isChunk('login')));
    await page.evaluate(() => document.querySelector('main')?.insertAdjacentHTML('beforeend', '<section><oya-login></oya-login></section>'));
    await page.waitForSelector('oya-login input[type=password]');
    assert.ok(requests.some(isChunk('login')));
    assert.ok(!requests.some(isChunk('consumption')));
  });

  it('asks for each file once, however many elements there are', async () => {
    const { page, requests } = await openHostPage(browser, { body: '<oya-consumption></oya-consumption>'.repeat(5) });
    await page.waitForFunction(() => document.querySelectorAll('oya-consumption:defined').length === 5);
    assert.equal(requests.filter(isChunk('consumption')).length, 1);
    assert.equal(new Set(requests).size, requests.length);
  });

  it('warns once about a tag that it does not know, and lists those it knows', async () => {
    const { page, said } = await openHostPage(browser, { body: '<oya-consomation></oya-consomation><oya-consomation></oya-consomation>' });
    await page.evaluate(() => window.oya?.whenReady());
    const warnings = said().filter((text) => text.includes('<oya-consomation>'));
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /Known: .*oya-consumption.*oya-login/);
  });

  it('follows shadow roots that it is told about', async () => {
    const { page } = await openHostPage(browser, { body: '<div id="host"></div>' });
    await page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
      if (!root) throw new Error('no host');
      window.oya?.watch(root);
      root.innerHTML = '<oya-consumption></oya-consumption>';
    });
    await page.waitForFunction(() => document.querySelector('#host')?.shadowRoot?.querySelector('oya-consumption:defined'));
  });

  it('is not confused by an element of the page with the id "oya"', async () => {
    const { page } = await openHostPage(browser, { body: '<form id="oya"></form><oya-login></oya-login>' });
    await page.waitForSelector('oya-login input[type=password]');
  });

  describe('in a place that a CMS editor made', () => {
    it('mounts the element with its settings, over what the place contained', async () => {
      const { page } = await openHostPage(browser, { body: '<div data-oya="consumption" data-oya-heading-level="4"><p>Bientôt</p></div>' });
      await page.waitForSelector('[data-oya] > oya-consumption');
      assert.equal(await page.locator('oya-consumption').getAttribute('heading-level'), '4');
      assert.equal(await page.locator('text=Bientôt').count(), 0);
    });

    it('follows settings that change, an element that changes, and gives the place back when it is no longer asked for', async () => {
      const { page } = await openHostPage(browser, { body: '<div id="place" data-oya="consumption" data-oya-heading-level="4"><p>Bientôt</p></div>' });
      await page.waitForSelector('#place > oya-consumption');
      await page.evaluate(() => {
        const place = document.querySelector<HTMLElement>('#place');
        place?.setAttribute('data-oya-heading-level', '5');
        place?.setAttribute('data-oya-lang', 'en');
      });
      await page.waitForSelector('oya-consumption[heading-level="5"][lang="en"]');
      await page.evaluate(() => document.querySelector('#place')?.removeAttribute('data-oya-heading-level'));
      await page.waitForSelector('oya-consumption:not([heading-level])');
      await page.evaluate(() => document.querySelector('#place')?.setAttribute('data-oya', 'login'));
      await page.waitForSelector('#place > oya-login[lang="en"]:only-child');
      await page.evaluate(() => document.querySelector('#place')?.removeAttribute('data-oya'));
      await page.waitForSelector('#place > p:only-child');
    });

    it('mounts in places that come later, and lets go of those that leave', async () => {
      const { page } = await openHostPage(browser, { body: '<main></main>' });
      await page.evaluate(() => document.querySelector('main')?.insertAdjacentHTML('beforeend', '<div><div data-oya="login"></div></div>'));
      await page.waitForSelector('[data-oya] > oya-login');
      await page.evaluate(() => document.querySelector('main')?.replaceChildren());
      assert.equal(await page.locator('oya-login').count(), 0);
    });

    it('passes on only attributes that the element declares', async () => {
      const hostile = 'data-oya-onclick="window.attacked=1" data-oya-onfocus="window.attacked=1" data-oya-tabindex="0" data-oya-autofocus="" data-oya-style="position:fixed" data-oya-id="x" data-oya-slot="y" data-oya-__proto__="z"';
      const { page, said } = await openHostPage(browser, { body: `<div data-oya="login" ${hostile} data-oya-lang="en"></div>` });
      await page.waitForSelector('[data-oya] > oya-login input');
      assert.deepEqual(await page.locator('oya-login').evaluate((element) => element.getAttributeNames()), ['lang']);
      await page.locator('oya-login').click({ position: { x: 5, y: 5 } });
      assert.equal(await page.evaluate(() => 'attacked' in window), false);
      assert.ok(said().some((text) => text.includes('data-oya-onclick')));
    });

    it('makes nothing of a name that is no element', async () => {
      const { page, said } = await openHostPage(browser, {
        body: '<div data-oya="login onclick=attack"></div><div data-oya="__proto__"></div><div data-oya="facture"><p>Facture</p></div>',
      });
      await page.evaluate(() => window.oya?.whenReady());
      assert.equal(await page.locator('[data-oya] > *').count(), 1);
      assert.ok(said().some((text) => text.includes('<oya-facture>')));
    });
  });

  describe('with the page’s configuration', () => {
    const faults: [string, object | string, RegExp][] = [
      ['is not JSON', '{"adapter": "rest",}', /not JSON: .*line|position|JSON/],
      ['is no object', '["rest"]', /must be an object/],
      ['names no adapter', { baseUrl: 'https://api.example' }, /"adapter" is missing/],
      ['has a setting of the wrong type', { adapter: 'rest', lang: 5 }, /"lang" must be a text, not 5/],
      ['has a switch that is none', { adapter: 'rest', session: 'no' }, /"session" must be true or false, not "no"/],
      ['has a route that is no address', { adapter: 'rest', routes: { login: { href: '/x' } } }, /route "login" must be an address/],
      ['names an adapter that there is not', { adapter: 'soap' }, /no adapter is called "soap"\. Known: .*rest/],
      ['leaves out what the adapter needs', { adapter: 'rest' }, /needs a "baseUrl"/],
    ];
    for (const [fault, configuration, words] of faults) {
      it(`says so when it ${fault}, and leaves the page alone`, async () => {
        const { page, console } = await openHostPage(browser, { configuration, body: '<h1>Host</h1><button onclick="this.textContent=\'works\'">try</button>' });
        await page.waitForFunction(() => window.oya);
        await page.evaluate(() => window.oya?.whenReady());
        const errors = console.filter((message) => message.type() === 'error').map((message) => message.text());
        assert.equal(errors.length, 1, errors.join('\n'));
        assert.match(errors[0] ?? '', /^oya: /);
        assert.match(errors[0] ?? '', words);
        await page.click('button');
        assert.equal(await page.textContent('button'), 'works');
      });
    }

    it('takes nothing from the address of the page', async () => {
      const { page, requests } = await openHostPage(browser, {
        body: '<oya-login></oya-login>',
        query: '?baseUrl=https://evil.example&adapter=sandbox&lang=en&utility=sicae&data-oya=login',
      });
      await page.waitForSelector('oya-login input[type=password]');
      assert.ok(!requests.some((address) => new URL(address, 'https://cdn.example').hostname === 'evil.example'));
      assert.match((await page.textContent('oya-login')) ?? '', /Mot de passe/);
    });

    it('lets an attribute win over it', async () => {
      const { page } = await openHostPage(browser, {
        configuration: { ...CONFIGURATION, lang: 'fr' },
        body: '<oya-login lang="en"></oya-login>',
      });
      await page.waitForSelector('oya-login >> text=Password');
    });

    it('lets it win over the language of the page', async () => {
      const { page } = await openHostPage(browser, { configuration: { ...CONFIGURATION, lang: 'en' }, body: '<oya-login></oya-login>', lang: 'fr' });
      await page.waitForSelector('oya-login >> text=Password');
    });

    it('tells a web team that forgot it', async () => {
      const { page, said } = await openHostPage(browser, { configuration: null, body: '<oya-login></oya-login>' });
      await page.waitForLoadState('load');
      await page.waitForTimeout(100);
      assert.ok(said().some((text) => text.includes('wait for a configuration')));
    });
  });

  describe('towards the scripts of the page', () => {
    it('says when it is there, and serves an adapter that the page registers then', async () => {
      const { page } = await openHostPage(browser, {
        head: `<script>
          document.addEventListener('oya-loaded', () => {
            oya.registerAdapter('ours', () => oya.defineAdapter({ whoAmI: async () => { window.asked = true; return { state: 'signed-out' }; } }));
          });
        </script>`,
        configuration: { adapter: 'ours' },
        body: '<oya-consumption></oya-consumption>',
      });
      await page.waitForFunction(() => 'asked' in window);
    });

    it('lets a configuration from code win over the one in the page', async () => {
      const { page, requests } = await openHostPage(browser, {
        head: `<script>
          document.addEventListener('oya-loaded', () => oya.configure({ adapter: { whoAmI: async () => { window.asked = true; return { state: 'signed-out' }; } } }));
        </script>`,
        body: '<oya-consumption></oya-consumption>',
      });
      await page.waitForFunction(() => 'asked' in window);
      await page.evaluate(() => window.oya?.whenReady());
      assert.ok(!requests.some((address) => address.startsWith('https://api.example')));
    });
  });

  describe('when a chunk cannot be had', () => {
    it('tries again by itself, and nobody notices', async () => {
      let failures = 0;
      const { page, said } = await openHostPage(browser, {
        body: '<oya-consumption></oya-consumption>',
        onKitRequest: async (file, route) => {
          if (!isChunk('consumption')(file) || route.request().url().includes('retry')) return false;
          failures += 1;
          await route.abort();
          return true;
        },
      });
      await page.waitForSelector('oya-consumption:defined');
      assert.ok(failures > 0);
      assert.deepEqual(said(), []);
    });

    it('lets that element alone say so, with a button that tries again', async () => {
      let broken = true;
      const { page, said } = await openHostPage(browser, {
        body: '<oya-login></oya-login><oya-consumption></oya-consumption><div data-oya="consumption"></div>',
        onKitRequest: async (file, route) => {
          if (!broken || !isChunk('consumption')(file)) return false;
          await route.abort();
          return true;
        },
      });
      await page.waitForSelector('oya-login input[type=password]');
      await page.locator('[role=alert]', { hasText: 'n’a pas pu être chargée' }).nth(1).waitFor();
      assert.equal(said().filter((text) => text.includes('<oya-consumption> could not be loaded')).length, 1);
      broken = false;
      await page.click('oya-consumption button');
      await page.waitForSelector('[data-oya] > oya-consumption:defined');
      await page.waitForSelector('body > oya-consumption:defined');
      assert.equal(await page.locator('text=n’a pas pu être chargée').count(), 0);
    });

    it('leaves the words of the page where it wrote some', async () => {
      const { page } = await openHostPage(browser, {
        body: '<oya-consumption><p>Appelez le 05 36 49 10 10.</p></oya-consumption>',
        onKitRequest: async (file, route) => {
          if (!isChunk('consumption')(file)) return false;
          await route.abort();
          return true;
        },
      });
      await page.evaluate(() => window.oya?.whenReady());
      assert.equal((await page.textContent('oya-consumption'))?.trim(), 'Appelez le 05 36 49 10 10.');
    });
  });

  describe('beside another copy', () => {
    it('does nothing a second time when the page includes the same version twice', async () => {
      const bundle = findBundle();
      const { page, said, console, requests } = await openHostPage(browser, { loaders: [bundle, bundle], body: '<oya-login></oya-login>' });
      await page.waitForSelector('oya-login input[type=password]');
      assert.deepEqual(said(), []);
      // The browser itself says of the question who is signed in that it was answered with “nobody”, sooner or later.
      const errors = console.filter((message) => message.type() === 'error').map((message) => message.text());
      assert.deepEqual(errors.filter((text) => !text.includes('status of 401')), []);
      assert.equal(requests.filter(isChunk('login')).length, 1);
    });

    it('yields to another version, naming both', async () => {
      const bundle = findBundle();
      const other = withVersion(bundle, '0.0.0-other', path.join(tmpdir(), `oya-other-version-${process.pid}`));
      const { page, said } = await openHostPage(browser, { loaders: [bundle, other], body: '<oya-login></oya-login>' });
      await page.waitForSelector('oya-login input[type=password]');
      assert.equal(said().length, 1);
      assert.match(said()[0] ?? '', new RegExp(`version ${bundle.version.replaceAll('.', '\\.')} .*version 0\\.0\\.0-other`));
      assert.equal(await page.evaluate(() => window.oya?.version), bundle.version);
    });
  });
});
