/** Pages of a host site that exists only in a test: what a web team might write, with the built kit from a CDN. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { utilities } from '@oya/personas';
import type { Browser, BrowserContext, ConsoleMessage, Page, Route } from 'playwright-core';
import { findBundle, type Bundle } from '../../../demo/bundle.ts';

export const HOST = 'https://host.example';
export const CDN = 'https://cdn.example';
export const API = 'https://api.example/v1';

export interface HostPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly console: ConsoleMessage[];
  /** Addresses of all that the page asked for, the kit's files relative to their version. */
  readonly requests: string[];
  /** Texts of the console's warnings and errors that the kit wrote. */
  said(): string[];
}

export interface HostPageOptions {
  /** Content of the body. */
  body?: string;
  /** Content of the head, before the loader. */
  head?: string;
  /** The page's configuration; `null` for none, a text for one that is not JSON. */
  configuration?: object | string | null;
  /** Scripts of the kit, each a release. Default: the built one, once. */
  loaders?: readonly Bundle[];
  lang?: string;
  /** Called for each request to the kit's files; answers `true` when it dealt with it. */
  onKitRequest?: (file: string, route: Route) => Promise<boolean> | boolean;
  query?: string;
}

export const CONFIGURATION = { adapter: 'rest', baseUrl: API, utility: 'eneo', routes: { login: '/connexion' } };

export async function openHostPage(browser: Browser, options: HostPageOptions = {}): Promise<HostPage> {
  const { body = '', head = '', configuration = CONFIGURATION, loaders = [findBundle()], lang = 'fr', onKitRequest, query = '' } = options;
  const context = await browser.newContext();
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const console: ConsoleMessage[] = [];
  const requests: string[] = [];
  page.on('console', (message) => console.push(message));
  page.on('request', (request) => requests.push(request.url().replace(/^https:\/\/cdn\.example\/oya\/[^/]+\//, '')));

  const scripts = loaders.map(({ version }, index) => `<script type="module" src="${CDN}/oya/${version}/oya.js?${index}" crossorigin></script>`);
  const settings = configuration === null ? '' : typeof configuration === 'string' ? configuration : JSON.stringify(configuration);
  const html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Host</title>${head}
    ${configuration === null ? '' : `<script type="application/json" data-oya-config>${settings}</script>`}
    ${scripts.join('\n')}</head><body>${body}</body></html>`;

  await context.route(`${HOST}/**`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await context.route(`${CDN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const [, , version, file = ''] = pathname.split('/');
    if (await onKitRequest?.(file, route)) return;
    const bundle = loaders.find((loader) => loader.version === version);
    await route.fulfill({
      contentType: 'text/javascript',
      headers: { 'access-control-allow-origin': '*' },
      body: readFileSync(path.join(bundle?.dir ?? '', file), 'utf8'),
    });
  });
  await context.route(`${API}/**`, answerAsSignedOut);
  await page.goto(`${HOST}/${query}`);
  return { page, context, console, requests, said: () => console.map((message) => message.text()).filter((text) => text.startsWith('oya:')) };
}

/** The API of a utility to which nobody has signed in. */
async function answerAsSignedOut(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const answers: Record<string, unknown> = { '/v1/utility': utilities[0], '/v1/session': { state: 'signed-out' } };
  await route.fulfill({
    status: pathname in answers ? 200 : 401,
    contentType: 'application/json',
    headers: { 'access-control-allow-origin': HOST, 'access-control-allow-credentials': 'true', 'access-control-allow-headers': '*' },
    body: JSON.stringify(answers[pathname] ?? {}),
  });
}

