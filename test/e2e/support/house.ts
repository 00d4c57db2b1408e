/** The demo's sites in front of the reference server with its seeded database, and a browser to visit them. */
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { findPersona, type Persona } from '@oya/personas';
import { startSites, type SiteName } from '../../../demo/sites.ts';
import type { Config } from '../../../packages/server/src/config.ts';
import { SEEDED_AT, startTestServer, type TestServer, type TestServerOptions } from '../../../packages/server/src/testing.ts';
import { launchBrowser } from './browser.ts';

export interface Portal {
  readonly server: TestServer;
  /** The server's clock: epoch milliseconds. */
  now(): number;
  /** Lets time pass for the server. */
  wait(minutes: number): void;
  origin(site: SiteName): string;
  stop(): Promise<void>;
}

export interface House extends Portal {
  /** A visitor with cookies of their own. */
  visitor(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A new visitor's page, with what went wrong in it. */
  visit(site: SiteName, path?: string, options?: BrowserContextOptions): Promise<VisitedPage>;
  /** Ends all visits. */
  clear(): Promise<void>;
}

export interface VisitedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that no script caught. */
  readonly errors: Error[];
  /** Requests to the portal's API, as `METHOD path?query`. */
  readonly calls: string[];
}

/** How long a page may take for what it is asked. */
export const PATIENCE_MS = 15_000;

export interface HouseOptions {
  /** What the server's settings differ in. */
  readonly config?: Partial<Config>;
  /** Who takes whose card payments; default: nobody. */
  readonly payments?: TestServerOptions['payments'];
  /** In a browser with notifications, where there is one. */
  readonly withWindows?: boolean;
}

/** The sites and the server alone, for another browser. */
export async function openPortal({ config, payments }: HouseOptions = {}): Promise<Portal> {
  let now = SEEDED_AT;
  let server: TestServer | undefined;
  const sites = await startSites(0, (utility) => server?.baseUrl(utility) ?? '');
  const api = (server = await startTestServer({ now: () => now, ...(payments && { payments }), config: { origins: sites.origins, passkeyDomains: { '*': 'localhost' }, ...config } }).catch(async (error: unknown) => {
    await sites.stop();
    throw error;
  }));
  return {
    server: api,
    now: () => now,
    wait: (minutes) => void (now += minutes * 60_000),
    origin: sites.origin,
    async stop() {
      await sites.stop();
      await api.stop();
    },
  };
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const browser = await launchBrowser(options);
  const portal = await openPortal(options).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });

  const visitor = async (own: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'America/Lima', ...own });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.clock.setSystemTime(portal.now());
    return context;
  };

  return {
    ...portal,
    visitor,
    async visit(site, path = '/', own = {}) {
      const context = await visitor(own);
      const page = await context.newPage();
      const errors: Error[] = [];
      const calls: string[] = [];
      page.on('pageerror', (error) => errors.push(error));
      page.on('request', (request) => {
        const { url } = portal.server;
        if (request.url().startsWith(url) && request.method() !== 'OPTIONS') calls.push(`${request.method()} ${request.url().slice(url.length)}`);
      });
      await page.goto(portal.origin(site) + path);
      return { page, context, errors, calls };
    },
    clear: async () => void (await Promise.all(browser.contexts().map((context) => context.close()))),
    async stop() {
      await browser.close();
      await portal.stop();
    },
  };
}

export function persona(id: string): Persona {
  return findPersona(id);
}

/**
 * Signs in as a person does, and waits for the greeting.
 * @param within where the form is, if there is more than one: the dialog over a session that has ended
 */
export async function signIn(page: Page, who: Pick<Persona, 'login' | 'password' | 'customer'>, password = who.password, within: Page | Locator = page): Promise<void> {
  await sendSignIn(within, who.login, password);
  if (password === who.password) await page.getByText(`Bonjour ${who.customer.displayName}`).first().waitFor();
}

/** The same on a page that shows something else than the greeting. @param who id of a persona */
export async function signInHere(page: Page, who: string): Promise<void> {
  const { login, password } = persona(who);
  await sendSignIn(page, login, password);
}

async function sendSignIn(within: Page | Locator, login: string, password: string): Promise<void> {
  await within.getByLabel('Identifiant ou adresse e-mail').fill(login);
  await within.getByLabel('Mot de passe', { exact: true }).fill(password);
  await within.getByRole('button', { name: 'Me connecter', exact: true }).click();
}

/** The element's subject is on view, and belongs to what was asked for last. */
export async function settled(consumption: Locator): Promise<void> {
  await consumption.locator('oya-bar-chart, table, .notice').first().waitFor();
  await consumption.locator('.stale').first().waitFor({ state: 'detached' });
}

/** A figure as French typography writes it, in whole Wh. */
export function wattHoursOf(figure: string): number {
  return Math.round(Number(figure.replaceAll(/[\s\u202f\u00a0]|kWh/g, '').replace(',', '.')) * 1000);
}
