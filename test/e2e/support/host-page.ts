/** Pages of a host site that exists only in a test: what a web team might write, with the built kit from a CDN. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

  const html = hostHtml({ body, head, configuration, loaders, lang, cdn: CDN });

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

function hostHtml({ body = '', head = '', configuration = null, loaders = [findBundle()], lang = 'fr', cdn }: HostPageOptions & { cdn: string }): string {
  const scripts = loaders.map(({ version }, index) => `<script type="module" src="${cdn}/oya/${version}/oya.js?${index}" crossorigin></script>`);
  const settings = typeof configuration === 'string' ? configuration : JSON.stringify(configuration);
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Host</title>${head}
    ${configuration === null ? '' : `<script type="application/json" data-oya-config>${settings}</script>`}
    ${scripts.join('\n')}</head><body>${body}</body></html>`;
}

export interface HostSites {
  /** `http://espace.eneo.localhost:…`: browsers find every name below `localhost` on this machine, and trust it as they do https. */
  origin(host: string): string;
  stop(): Promise<void>;
}

/** Sites that are really served, each page with the kit beside it: for what browsers decide by site, such as cookies. */
export async function serveHostSites(pages: Readonly<Record<string, HostPageOptions>>): Promise<HostSites> {
  const bundle = findBundle();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = pages[request.headers.host?.replace(/:\d+$/, '') ?? ''];
    if (pathname.startsWith('/oya/')) {
      const file = path.join(bundle.dir, path.basename(pathname));
      response.writeHead(existsSync(file) ? 200 : 404, { 'content-type': file.endsWith('.css') ? 'text/css' : 'text/javascript' });
      return response.end(existsSync(file) ? readFileSync(file) : '');
    }
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    return response.end(page ? hostHtml({ ...page, cdn: '' }) : 'no such site');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: (host) => `http://${host}:${port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
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

