/** A site of one page with one script, for what is measured in a browser. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';

export interface PageSite {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * @param script its file beside this one
 * @param answer what the site answers below `/api/`; default: nothing is there
 */
export async function servePage(script: string, answer: RequestListener = (_, response) => response.writeHead(404).end()): Promise<PageSite> {
  const folder = await mkdtemp(join(tmpdir(), 'oya-bench-'));
  await build({
    entryPoints: [new URL(script, import.meta.url).pathname],
    outfile: join(folder, 'page.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfig: new URL('../../tsconfig.json', import.meta.url).pathname,
    logLevel: 'error',
  });
  const code = await readFile(join(folder, 'page.js'));
  await rm(folder, { recursive: true });
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/')) return answer(request, response);
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? code : '<!doctype html><html lang="fr"><title>bench</title><body><main></main><script src="page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A page of its own, so that nothing is warm from what was measured before. */
export async function onPage<T>(browser: Browser, url: string, use: (page: Page, devtools: CDPSession) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 600 }, deviceScaleFactor: 1 });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    await page.goto(url);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    return await use(page, devtools);
  } finally {
    await context.close();
  }
}

/** The time, in ms, that the main thread of a page from `onPage` runs for something: a busy machine does not stretch it as it does the clock. */
export async function cpu<T>(devtools: CDPSession, run: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
  const before = await threadTime(devtools);
  const result = await run();
  return [(await threadTime(devtools)) - before, result];
}

async function threadTime(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const time = metrics.find(({ name }) => name === 'ThreadTime')?.value;
  if (time === undefined) throw new Error('This Chromium does not tell ThreadTime. Use version 120 or later.');
  return time * 1000;
}
