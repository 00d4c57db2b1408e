/** The digit reader that lies beside the kit: off by default, from nowhere else, and how often it is right about drawn displays. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findBundle } from '../../demo/bundle.ts';
import { launchBrowser } from './support/browser.ts';
import { drawDisplay, type DisplayKind } from './support/drawn-display.ts';

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
/** What a strict page has to allow beyond what the kit asks for anyway. */
const STRICT = ["default-src 'none'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:", "require-trusted-types-for 'script'"];
const ALLOWED = [...STRICT, "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'", 'trusted-types oya-lit oya-digits'];
const WITHOUT_WASM = [...STRICT, "script-src 'self'", "worker-src 'self'", 'trusted-types oya-lit oya-digits'];

/** A site with the kit beside it, under a policy; its files may be asked for by another site, too. */
async function serve(policy: readonly string[], page: () => string): Promise<{ origin: string; asked: string[]; stop: () => void }> {
  const { dir } = findBundle();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    const file = path.join(dir, path.basename(pathname));
    // A worker is under its own file's policy, which a CDN sends with none and a site with its own.
    const headers = { 'access-control-allow-origin': '*', ...(policy.length > 0 && { 'content-security-policy': policy.join('; ') }) };
    if (pathname === '/') return response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(page());
    if (!existsSync(file)) return response.writeHead(404, headers).end();
    return response.writeHead(200, { ...headers, 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop: () => void server.close().closeAllConnections() };
}

function html(kit: string, configuration: object): string {
  return `<!doctype html><html lang="fr"><title>Host</title><script type="application/json" data-oya-config>${JSON.stringify({ adapter: 'rest', baseUrl: 'https://api.example/v1', ...configuration })}</script><script type="module" src="${kit}/oya.js" crossorigin></script>`;
}

describe('the digit reader', () => {
  let browser: Browser;
  const sites: { stop: () => void }[] = [];
  before(async () => (browser = await launchBrowser()));
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    for (const site of sites.splice(0)) site.stop();
  });
  after(() => browser.close());

  async function open(policy: readonly string[], { configuration = { digitReader: true }, kit = '/oya' }: { configuration?: object; kit?: string } = {}) {
    const site = await serve(policy, () => html(kit, configuration));
    sites.push(site);
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript(`window.drawDisplay = ${drawDisplay.toString()}`);
    await page.goto(site.origin);
    await page.waitForFunction(() => window.oya);
    await page.evaluate(() => window.oya?.whenReady());
    return { page, site };
  }

  /** @returns the candidates, or what the reader says where it cannot read */
  function read(page: Page, kind: DisplayKind, digits: string, seed: number): Promise<readonly string[] | string> {
    return page.evaluate(
      async ({ kind: what, digits: shown, seed: which }) => {
        const scope = window as unknown as { drawDisplay: typeof drawDisplay; [slot: symbol]: () => Promise<{ read(photo: Blob, options: { digits: number }): Promise<readonly string[]> }> };
        const photo = await scope.drawDisplay({ kind: what, digits: shown, seed: which });
        const reader = await scope[Symbol.for('oya.digit-reader')]?.();
        if (!reader) return 'there is none';
        return reader.read(photo, { digits: shown.length }).catch((error: unknown) => String(error));
      },
      { kind, digits, seed },
    );
  }

  /** @returns of that many displays the shares whose digits come first, and are among those suggested */
  async function measure(page: Page, kind: DisplayKind, count: number): Promise<{ first: number; among: number }> {
    let [first, among] = [0, 0];
    for (let seed = 0; seed < count; seed++) {
      // All digits in turn, with five and six of them.
      const digits = Array.from({ length: 5 + (seed % 2) }, (_, index) => (seed * 7 + index * 3 + (seed >> 2)) % 10).join('');
      const candidates = await read(page, kind, digits, seed);
      assert.ok(Array.isArray(candidates), String(candidates));
      if (candidates[0] === digits) first++;
      if (candidates.includes(digits)) among++;
    }
    return { first: first / count, among: among / count };
  }

  it('is not there where the page does not ask for it', async () => {
    const { page, site } = await open([], { configuration: {} });
    assert.equal(await read(page, 'print', '12345', 1), 'there is none');
    assert.deepEqual(site.asked.filter((name) => /digit|wasm|traineddata/.test(name)), []);
  });

  it('brings nothing before the first photo, and all from beside the kit then, under a strict policy that allows it', async () => {
    const { page, site } = await open(ALLOWED);
    const elsewhere: string[] = [];
    page.on('request', (request) => !request.url().startsWith(site.origin) && !request.url().startsWith('data:') && !request.url().startsWith('blob:') && elsewhere.push(request.url()));
    const brought = () => site.asked.filter((name) => /digits-|digit-worker|wasm|traineddata/.test(name)).length;
    assert.equal(brought(), 0);
    assert.deepEqual((await read(page, 'print', '24680', 4))[0], '24680');
    assert.equal(brought(), 4, 'its module, its worker and two files');
    await read(page, 'print', '13579', 5);
    assert.equal(brought(), 4, 'once for all photos');
    assert.deepEqual(elsewhere, []);
  });

  it('says so where the policy forbids WebAssembly, and hurts nothing', async () => {
    const { page } = await open(WITHOUT_WASM);
    assert.match(String(await read(page, 'print', '24680', 4)), /oya: the digit reader/);
  });

  it('comes from another site than the page’s, too, under a policy that allows a worker of the page’s own', async () => {
    const cdn = await serve([], () => '');
    sites.push(cdn);
    const allowed = ["default-src 'none'", `script-src ${cdn.origin} 'wasm-unsafe-eval'`, "style-src 'self'", `worker-src blob: ${cdn.origin}`, `connect-src ${cdn.origin}`, "require-trusted-types-for 'script'", 'trusted-types oya-lit oya-digits'];
    const { page } = await open(allowed, { kit: cdn.origin });
    assert.equal((await read(page, 'print', '24680', 4))[0], '24680');
  });

  it('is right about nearly all drawn displays with printed digits, and about most of those with segments and whole fronts', { timeout: 240_000 }, async (test) => {
    const { page } = await open([]);
    const expected: Record<DisplayKind, { first: number; among: number }> = { rolls: { first: 0.95, among: 0.95 }, print: { first: 0.95, among: 0.95 }, meter: { first: 0.65, among: 0.75 }, segments: { first: 0.5, among: 0.7 } };
    for (const kind of ['rolls', 'print', 'segments', 'meter'] as const) {
      const { first, among } = await measure(page, kind, 40);
      test.diagnostic(`${kind}: ${Math.round(first * 100)} % come first, ${Math.round(among * 100)} % are suggested`);
      assert.ok(first >= expected[kind].first && among >= expected[kind].among, `${kind}: ${first} first, ${among} among`);
    }
  });
});
