/** The app that a utility publishes from a configuration, in a real Chromium: installed, without a network, told of something while closed. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core';
import { findBundle } from '../../demo/bundle.ts';
import { findBrowserWithWindows } from '../../packages/tools/src/browser.ts';
import { readConfiguration, type AppConfiguration } from '../../packages/tools/src/app/configuration.ts';
import { readKit } from '../../packages/tools/src/app/kit.ts';
import { makeApp } from '../../packages/tools/src/app/make-app.ts';
import { assertNothingFoundAnywhere } from './support/axe.ts';
import { openHouse, PATIENCE_MS, persona, signIn, type House } from './support/house.ts';

const APP = '/application/';

describe('the app', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  it('of each utility can be installed, by Chromium’s own judgement, with its shortcuts', async () => {
    for (const [site, name] of [['eneo', 'ENEO Carmaux'], ['sicae', 'SICAE du Carmausin']] as const) {
      const { page, context, errors } = await house.visit(site, APP);
      await underWorker(page);
      const browser = await context.newCDPSession(page);
      assert.deepEqual((await browser.send('Page.getInstallabilityErrors')).installabilityErrors, []);
      const { data, errors: faults } = await browser.send('Page.getAppManifest');
      assert.deepEqual(faults, []);
      const manifest = JSON.parse(data ?? '') as { name: string; shortcuts: { name: string; url: string }[] };
      assert.equal(manifest.name, name);
      assert.deepEqual(manifest.shortcuts.map((shortcut) => shortcut.name), ['Ma mesure', 'Ma conso', 'Mes alertes']);
      assert.deepEqual(errors, []);
    }
  });

  it('is installed from the portal’s own pages too', async () => {
    const { page, context } = await house.visit('eneo', '/mon-espace');
    const browser = await context.newCDPSession(page);
    assert.deepEqual((await browser.send('Page.getInstallabilityErrors')).installabilityErrors, []);
  });

  it('runs under its own strict policy without one violation', async () => {
    const { page } = await house.visit('eneo', APP);
    const said: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedScript|trusted type/i.test(message.text())) said.push(message.text());
    });
    await page.reload();
    await underWorker(page);
    await visitTabs(page);
    assert.deepEqual(said, []);
  });

  it('started without a network shows the last data with its age, also after the browser was closed', async () => {
    const { page, context } = await signedInApp(house, 'eneo', 'camille');
    const total = await dashboardTotal(page);
    await page.close();
    await context.setOffline(true);
    const again = await offlinePage(context);
    await again.goto(`${house.origin('eneo')}${APP}#/dashboard`);
    assert.equal(await dashboardTotal(again), total);
    const said = await statusOf(again);
    assert.match(said, /^Données du \p{L}+ \d+(er)? \p{L}+ à \d+ h \d\d : vous êtes hors connexion\.$/u);
    assert.equal(await again.locator('oya-app-status .line').count(), 1, 'it is said once');
    await assertNothingFoundAnywhere(again);
  });

  it('asks the portal again when the network is back, and says no more of it', async () => {
    const { page, context } = await signedInApp(house, 'eneo', 'camille');
    await context.setOffline(true);
    await page.reload();
    await page.locator('oya-app-status .line').waitFor();
    await context.setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    // It asks every twenty seconds, whatever the browser says of the network.
    await page.locator('oya-app-status .line').waitFor({ state: 'detached', timeout: 30_000 });
  });

  it('keeps nothing of what opens an account, pays or is a file', async () => {
    const { page } = await signedInApp(house, 'eneo', 'camille');
    for (const section of ['profile', 'payment', 'invoices', 'contracts', 'consents']) {
      await page.evaluate((id) => void (location.hash = `#/${id}`), section);
      await page.locator(`oya-portal .section:not([hidden]) .unseen`).first().waitFor({ state: 'attached' });
      await settledKept(page);
    }
    const kept = (await keptOf(page)).map(({ url }) => new URL(url).pathname.replace(/^\/eneo\/v1/, ''));
    assert.ok(kept.some((place) => /^\/contracts\/[^/]+\/invoices$/.test(place)), `nothing was kept: ${kept.join(', ')}`);
    assert.deepEqual(kept.filter((place) => /profile|payment|payable|passkeys|devices|activity|access|challenge|file|receipt|attachments|changes|sign-ups/.test(place)), []);
  });

  it('signed out leaves nothing of the customer on the device', async () => {
    const { page, context } = await signedInApp(house, 'eneo', 'camille');
    assert.ok((await keptOf(page)).length > 0);
    await page.getByRole('button', { name: /^Menu/ }).click();
    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await page.getByText('Connectez-vous').first().waitFor();
    assert.deepEqual(await keptOf(page), []);
    assert.ok(!(await everythingKept(page)).includes('Durand'));
    await context.setOffline(true);
    const again = await offlinePage(context);
    await again.goto(`${house.origin('eneo')}${APP}#/dashboard`);
    await again.locator('oya-app nav').waitFor();
    await again.waitForTimeout(500);
    assert.ok(!(await again.locator('body').innerText()).includes('Camille'));
  });

  it('signed out without a network leaves nothing either, though the portal cannot be told', async () => {
    const { page, context } = await signedInApp(house, 'eneo', 'camille');
    await context.setOffline(true);
    await page.getByRole('button', { name: /^Menu/ }).click();
    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await page.getByText('Votre session est encore ouverte').waitFor();
    assert.deepEqual(await keptOf(page), []);
  });

  it('of the next customer on the device shows nothing of the last one', async () => {
    const { page } = await signedInApp(house, 'eneo', 'camille');
    const before = (await keptOf(page)).map(({ url }) => url);
    // As on a page that the worker does not see: the session is another's, and nobody has said so.
    await page.context().clearCookies();
    await page.reload();
    await page.getByText('Connectez-vous').first().waitFor();
    await signIn(page, persona('nadia'));
    await dashboardTotal(page);
    const kept = await keptOf(page);
    assert.ok(kept.length > 0 && kept.every(({ cache }) => cache.includes(persona('nadia').customer.id)), JSON.stringify(kept));
    assert.deepEqual(kept.filter(({ url }) => before.includes(url) && /contracts\/|meters\//.test(url)), []);
  });

  it('goes by keyboard from tab to tab, with the focus on what is shown', async () => {
    const { page } = await house.visit('eneo', APP, { viewport: { width: 360, height: 740 } });
    await page.locator('oya-app nav').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Aller au contenu');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const name = await page.evaluate(() => document.querySelector('oya-app nav a[aria-current]')?.textContent.trim());
    assert.notEqual(name, 'Alertes');
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'h1');
  });

  it('has nothing for axe to find in any tab, wide or narrow, light or dark', async () => {
    const { page } = await house.visit('sicae', APP);
    await page.locator('oya-app nav').waitFor();
    const names = await page.locator('oya-app nav a').allInnerTexts();
    for (const name of names) {
      await page.getByRole('link', { name: name.trim(), exact: true }).first().click();
      await page.waitForTimeout(600);
      await assertNothingFoundAnywhere(page);
    }
  });
});

// Chromium without windows has no notifications: it shows none and refuses to.
describe('the app, told of something while it is closed', { skip: findBrowserWithWindows() === undefined && 'no Chromium with notifications on this machine' }, () => {
  let house: House;
  before(async () => (house = await openHouse({ withWindows: true })));
  afterEach(() => house.clear());
  after(() => house.stop());

  it('shows it, counts it on the icon, and leads to it', async () => {
    const { page, context } = await house.visit('eneo', APP, { permissions: ['notifications'] });
    const worker = await underWorker(page);
    const push = await pushTo(context, page, house.origin('eneo'));
    await worker.evaluate(noteBadges);
    await push(JSON.stringify({ title: 'Coupure prévue jeudi', body: 'De 9 h à 11 h, rue de la Gare.', url: `${APP}#alerts`, tag: 'works-12', lang: 'fr', badge: 2 }));
    const [notice] = await noticesOf(page);
    assert.deepEqual([notice?.title, notice?.body, notice?.tag], ['Coupure prévue jeudi', 'De 9 h à 11 h, rue de la Gare.', 'works-12']);
    assert.deepEqual(await worker.evaluate(() => (self as unknown as { badges: number[] }).badges), [2]);
    await page.getByRole('link', { name: 'Mon espace' }).click();
    await worker.evaluate(clickNotice);
    await page.waitForFunction(() => location.hash === '#alerts');
    await eventually(async () => (await noticesOf(page)).length === 0, 'the notice is gone');
  });

  it('says so too where it cannot read what it was sent', async () => {
    const { page, context } = await house.visit('eneo', APP, { permissions: ['notifications'] });
    const worker = await underWorker(page);
    const push = await pushTo(context, page, house.origin('eneo'));
    await worker.evaluate(noteBadges);
    await push('not JSON');
    const [notice] = await noticesOf(page);
    assert.deepEqual(await worker.evaluate(() => (self as unknown as { badges: number[] }).badges), [1], 'what waits is counted where nobody says how much');
    assert.equal(notice?.title, 'ENEO Carmaux');
    assert.match(notice?.body ?? '', /information nouvelle/);
  });
});

describe('apps that lie on one site', () => {
  let site: AppSite;
  let house: House;
  before(async () => {
    site = await startAppSite();
    house = await openHouse({ config: { origins: { eneo: [site.origin], sicae: [site.origin] } } });
    for (const utility of ['eneo', 'sicae']) await site.publish(utility, house.server.baseUrl(utility));
  });
  afterEach(() => house.clear());
  after(async () => {
    await house.stop();
    await site.stop();
  });

  it('keep apart what they keep: one signed out, the other still has its own', async () => {
    const context = await house.visitor({ viewport: { width: 390, height: 844 } });
    const eneo = await context.newPage();
    await eneo.goto(`${site.origin}/eneo/#/dashboard`);
    await underWorker(eneo);
    await signIn(eneo, persona('camille'));
    await settledKept(eneo);
    const sicae = await context.newPage();
    await sicae.goto(`${site.origin}/sicae/#/dashboard`);
    await underWorker(sicae);
    await signIn(sicae, persona('marc'));
    await settledKept(sicae);
    const caches = () => eneo.evaluate(async () => (await window.caches.keys()).filter((name) => name.includes(' of ')).toSorted());
    const both = await caches();
    assert.deepEqual(both.map((name) => name.replace(/.*\/(\w+)\/ of (\w+).*/, '$1 $2')), ['eneo camille', 'sicae marc']);
    await sicae.getByRole('button', { name: /^Menu/ }).click();
    await sicae.getByRole('button', { name: 'Me déconnecter' }).click();
    await sicae.getByText('Connectez-vous').first().waitFor();
    assert.deepEqual(await caches(), both.slice(0, 1));
  });

  it('keep what was asked for before the worker was there', async () => {
    const release = site.hold('/eneo/icon-512.png');
    const context = await house.visitor({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${site.origin}/eneo/#/dashboard`);
    await signIn(page, persona('camille'));
    await dashboardTotal(page);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    assert.deepEqual(await keptOf(page), []);
    release();
    await underWorker(page);
    await eventually(async () => (await keptOf(page)).some(({ url }) => url.endsWith('/contracts')), 'the contracts are kept');
  });

  it('take up a new version when the customer wants it, and drop the old one', async () => {
    const context = await house.visitor();
    const page = await context.newPage();
    await page.goto(`${site.origin}/eneo/`);
    await underWorker(page);
    await site.publish('eneo', house.server.baseUrl('eneo'), { description: 'Une nouvelle version' });
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const button = page.getByRole('button', { name: 'L’utiliser maintenant' });
    await button.waitFor();
    const loaded = page.waitForEvent('load');
    await button.click();
    await loaded;
    await page.locator('oya-app nav').waitFor();
    assert.equal(await page.locator('meta[name=description]').getAttribute('content'), 'Une nouvelle version');
    const pages = await page.evaluate(async () => {
      const shell = await caches.open((await caches.keys()).find((name) => name.endsWith('/eneo/-shell')) ?? '');
      return (await shell.keys()).filter(({ url }) => new URL(url).pathname === '/eneo/').length;
    });
    assert.equal(pages, 1);
    assert.equal(await button.count(), 0);
  });
});

/** A customer who has looked at the dashboard, with the worker there before they signed in. */
async function signedInApp(house: House, site: 'eneo' | 'sicae', who: string): Promise<{ page: Page; context: BrowserContext }> {
  const { page, context } = await house.visit(site, `${APP}#/dashboard`, { viewport: { width: 390, height: 844 } });
  await underWorker(page);
  await signIn(page, persona(who));
  await dashboardTotal(page);
  await settledKept(page);
  return { page, context };
}

async function underWorker(page: Page): Promise<Worker> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const worker = page.context().serviceWorkers().find((each) => new URL(each.url()).origin === new URL(page.url()).origin);
  assert.ok(worker, 'the worker runs');
  return worker;
}

/** A page that knows that it has no network, which the driver takes away only from pages that are open. */
async function offlinePage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { get: () => false }));
  return page;
}

async function dashboardTotal(page: Page): Promise<string> {
  return (await page.locator('oya-dashboard .number').first().innerText()).trim();
}

async function statusOf(page: Page): Promise<string> {
  const text = await page.locator('oya-app-status .line p').first().innerText();
  return text.replaceAll(/\s+/g, ' ').trim();
}

async function visitTabs(page: Page): Promise<void> {
  for (const tab of await page.locator('oya-app nav a').all()) {
    await tab.click();
    await page.waitForTimeout(300);
  }
}

/** What is on its way has come: nothing more is kept for a while. */
async function settledKept(page: Page): Promise<void> {
  let before = -1;
  await eventually(async () => {
    const { length } = await keptOf(page);
    const isSettled = length === before;
    before = length;
    await page.waitForTimeout(400);
    return isSettled;
  }, 'all answers have come');
}

/** Answers of the portal that belong to a customer. */
function keptOf(page: Page): Promise<{ cache: string; url: string }[]> {
  return page.evaluate(async () => {
    const kept = [];
    for (const cache of (await caches.keys()).filter((name) => name.includes(' of '))) {
      for (const { url } of await (await caches.open(cache)).keys()) kept.push({ cache, url });
    }
    return kept;
  });
}

/** The text of everything that lies on the device, but for the kit. */
function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of (await caches.keys()).filter((each) => !each.endsWith('-shell'))) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) texts.push((await (await cache.match(request))?.text()) ?? '');
    }
    return texts.join('\n');
  });
}

/** @returns a function that delivers a message as a push service does */
async function pushTo(context: BrowserContext, page: Page, origin: string): Promise<(data: string) => Promise<void>> {
  const browser: CDPSession = await context.newCDPSession(page);
  const registration = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
      if (ours) resolve(ours.registrationId);
    });
  });
  await browser.send('ServiceWorker.enable');
  const registrationId = await registration;
  return async (data) => {
    await browser.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
    await eventually(async () => (await noticesOf(page)).length > 0, 'the message is shown');
  };
}

async function eventually(condition: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function noticesOf(page: Page): Promise<{ title: string; body: string; tag: string }[]> {
  return page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })));
}

/** What the browser is asked to count on the icon; it is still asked. */
function noteBadges(): void {
  const scope = self as unknown as { badges: number[]; navigator: { setAppBadge(count: number): Promise<void> } };
  scope.badges = [];
  const set = scope.navigator.setAppBadge.bind(scope.navigator);
  Object.defineProperty(scope.navigator, 'setAppBadge', {
    value: (count: number) => {
      scope.badges.push(count);
      return set(count);
    },
  });
}

/** No driver can touch a notification: the worker is told as the browser tells it, and may bring a window to the front as after a touch. */
async function clickNotice(): Promise<void> {
  const scope = self as unknown as { registration: ServiceWorkerRegistration; dispatchEvent(event: Event): boolean };
  const kinds = globalThis as unknown as { WindowClient: { prototype: { focus(): Promise<unknown> } }; NotificationEvent: new (name: string, options: { notification: Notification | undefined }) => Event };
  kinds.WindowClient.prototype.focus = async function (this: unknown) {
    return this;
  };
  const [notification] = await scope.registration.getNotifications();
  scope.dispatchEvent(new kinds.NotificationEvent('notificationclick', { notification }));
}

interface AppSite {
  readonly origin: string;
  /** Lets a file wait until the function that is returned is called. */
  hold(place: string): () => void;
  publish(utility: string, api: string, more?: Partial<AppConfiguration>): Promise<void>;
  stop(): Promise<void>;
}

/** A site whose root holds the apps of several utilities, and the kit. */
async function startAppSite(): Promise<AppSite> {
  const bundle = findBundle();
  const root = path.resolve(import.meta.dirname, '../..');
  const { readFile } = await import('node:fs/promises');
  const files = new Map<string, string | Uint8Array>();
  const held = new Map<string, Promise<void>>();
  const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };
  const server: Server = createServer((request, response) => {
    const place = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = place.endsWith('/') ? `${place}index.html` : place;
    const content = name.startsWith('/oya/') ? readFile(path.join(bundle.dir, path.basename(name))) : Promise.resolve(files.get(name));
    Promise.all([content, held.get(name)]).then(
      ([found]) => response.writeHead(found === undefined ? 404 : 200, { 'content-type': types[path.extname(name)] ?? 'application/octet-stream', 'cache-control': 'no-cache', 'access-control-allow-origin': '*' }).end(found),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    hold(place) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(place, promise);
      return resolve;
    },
    async publish(utility, api, more = {}) {
      const logo = await readFile(path.join(root, `demo/${utility}/logo.svg`));
      const app = readConfiguration(JSON.stringify({ name: utility.toUpperCase(), shortName: utility, logo: 'logo.svg', utility, theme: utility, api, kit: `/oya/${bundle.version}/`, address: `/${utility}/`, ...more }), 'app.json');
      for (const [place, content] of await makeApp(app, { logo, kit: readKit(bundle.dir) })) files.set(place, content);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
