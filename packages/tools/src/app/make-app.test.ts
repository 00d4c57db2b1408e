import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { SHOWN_IN_TABS, TABS } from '../../../elements/src/app/tabs.ts';
import { SECTIONS } from '../../../elements/src/portal/sections.ts';
import { Problem } from '../problem.ts';
import { readConfiguration } from './configuration.ts';
import { filesOfApp, type Kit } from './kit.ts';
import { makeApp } from './make-app.ts';

const LOGO = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 24" width="48" height="24"><rect width="48" height="24" fill="#ff0000"/></svg>');
const GIVEN = { name: 'Régie <de> "Test"', shortName: 'Régie', logo: 'logo.svg', utility: 'regie', api: 'https://api.regie.example/v1', kit: 'https://cdn.example/oya/1.0.0/', iconGround: '#0000ff' };

const part = (brotli: number, imports: string[] = [], dynamicImports: string[] = []) => ({ brotli, imports, dynamicImports });
const KIT: Kit = {
  worker: 'worker();',
  integrity: { 'oya.js': 'sha384-a', 'oya.css': 'sha384-b', 'app-1.js': 'sha384-c' },
  manifest: {
    runtime: 'runtime-1.js',
    elements: { 'oya-app': 'app-1.js', 'oya-signup': 'signup-1.js', 'oya-provider': 'provider-1.js' },
    files: {
      'oya.js': part(3000),
      'oya.css': part(3000),
      'runtime-1.js': part(100, ['core-1.js'], ['digits-1.js', 'lang-en-1.js']),
      'core-1.js': part(39_000),
      'app-1.js': part(2000, ['core-1.js'], ['live-1.js']),
      'signup-1.js': part(11_000, ['core-1.js'], ['reader-1.js']),
      'provider-1.js': part(500),
      'live-1.js': part(2800),
      'reader-1.js': part(26_000),
      'digits-1.js': part(2000),
      'lang-en-1.js': part(29_000),
    },
  },
};

const configured = (more: object = {}) => readConfiguration(JSON.stringify({ ...GIVEN, ...more }), 'app.json');
const made = (more: object = {}) => makeApp(configured(more), { logo: LOGO, kit: KIT });
const text = (files: Awaited<ReturnType<typeof made>>, place: string) => {
  const content = files.get(place);
  assert.ok(typeof content === 'string', `${place} is missing; there are ${[...files.keys()].join(', ')}`);
  return content;
};

describe('an app made from a configuration', () => {
  it('has a manifest under the utility’s own name, with icons in each shape and the shortcuts of the guide', async () => {
    const manifest = JSON.parse(text(await made(), '/application/app.webmanifest')) as Record<string, unknown> & { icons: { src: string; purpose: string }[]; shortcuts: { name: string; url: string }[] };
    assert.equal(manifest['name'], GIVEN.name);
    assert.deepEqual([manifest['start_url'], manifest['scope'], manifest['display'], manifest['lang']], ['/application/', '/application/', 'standalone', 'fr']);
    assert.deepEqual(manifest.shortcuts.map(({ name, url }) => [name, url]), [['Ma mesure', '/application/#/consumption?oya-unit=measure'], ['Ma conso', '/application/#/consumption?oya-unit=cost'], ['Mes alertes', '/application/#alerts']]);
    assert.ok(manifest.icons.some(({ purpose }) => purpose === 'maskable'));
  });

  it('draws every icon that manifest and page name, of the size that they say', async () => {
    const files = await made();
    const { icons } = JSON.parse(text(files, '/application/app.webmanifest')) as { icons: { src: string; sizes: string; type: string }[] };
    for (const { src, sizes, type } of icons) {
      const bytes = files.get(src);
      assert.ok(bytes, src);
      if (type !== 'image/png') continue;
      const { width, height, format } = await sharp(bytes as Uint8Array).metadata();
      assert.deepEqual([`${width}x${height}`, format], [sizes, 'png'], src);
    }
    for (const [, href = ''] of text(files, '/application/index.html').matchAll(/(?:href)="(\/application\/[^"]+)"/g)) assert.ok(files.has(href), href);
  });

  it('keeps the logo within what a system cuts out, on the ground that was asked for', async () => {
    const files = await made();
    const { data, info } = await sharp(files.get('/application/icon-maskable-192.png') as Uint8Array).raw().toBuffer({ resolveWithObject: true });
    const colourAt = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)];
    assert.deepEqual(colourAt(96, 96), [255, 0, 0]);
    for (const [x, y] of [[0, 0], [10, 96], [96, 40], [191, 191]] as const) assert.deepEqual(colourAt(x, y), [0, 0, 255], `${x}, ${y}`);
  });

  it('has a page that holds the app, says nothing as markup, and allows only its own sources', async () => {
    const page = text(await made(), '/application/index.html');
    assert.match(page, /<title>Régie &lt;de&gt; &quot;Test&quot;<\/title>/);
    assert.match(page, /<oya-app heading-level="1"><\/oya-app>/);
    const configuration = JSON.parse(/data-oya-config>(.*?)<\/script>/s.exec(page)?.[1] ?? '') as { baseUrl: string; app: string; routes: Record<string, string> };
    assert.deepEqual([configuration.baseUrl, configuration.app, configuration.routes['consumption'], configuration.routes['alerts'], configuration.routes['procedures']], [GIVEN.api, '/application/oya-sw.js', '#/consumption', '#alerts', '#steps']);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    assert.match(policy, /script-src https:\/\/cdn\.example;/);
    assert.match(policy, /connect-src 'self' https:\/\/api\.regie\.example https:\/\/cdn\.example;/);
    assert.doesNotMatch(page, /\s(?:style|on\w+)="/);
  });

  it('names no inline script but data, so that its policy needs no exception', async () => {
    for (const [, attributes = '', content = ''] of text(await made(), '/application/index.html').matchAll(/<script([^>]*)>(.*?)<\/script>/gs)) {
      assert.ok(content.trim() === '' || attributes.includes('application/json'), content);
    }
  });

  it('has a worker beside its page, with all that the page needs and its integrity', async () => {
    const files = await made();
    const worker = text(files, '/application/oya-sw.js');
    assert.ok(worker.endsWith('worker();'));
    const settings = JSON.parse(/self\.OYA_APP = (.*);\n/.exec(worker)?.[1] ?? '') as { page: string; precache: { url: string; revision: string | null; integrity?: string }[] };
    assert.equal(settings.page, '/application/');
    const urls = settings.precache.map(({ url }) => url);
    for (const url of ['/application/', '/application/app.css', '/application/icon-192.png', 'https://cdn.example/oya/1.0.0/oya.js', 'https://cdn.example/oya/1.0.0/app-1.js']) assert.ok(urls.includes(url), url);
    assert.equal(settings.precache.find(({ url }) => url.endsWith('/app-1.js'))?.integrity, 'sha384-c');
    assert.equal(new Set(urls).size, urls.length);
  });

  it('gives its worker another content when only the page changes, so that browsers notice', async () => {
    const worker = async (more: object) => text(await made(more), '/application/oya-sw.js');
    assert.notEqual(await worker({}), await worker({ description: 'Autre' }));
    assert.equal(await worker({}), await worker({}));
  });

  it('takes along what comes by itself, in its own language, and not what reads customers’ files', () => {
    assert.deepEqual(filesOfApp(KIT, 'fr'), ['app-1.js', 'core-1.js', 'digits-1.js', 'live-1.js', 'oya.css', 'oya.js', 'runtime-1.js', 'signup-1.js']);
    assert.ok(filesOfApp(KIT, 'en-GB').includes('lang-en-1.js'));
  });

  it('cannot be made of a logo that is none', async () => {
    await assert.rejects(makeApp(configured(), { logo: Buffer.from('no picture'), kit: KIT }), Problem);
  });
});

describe('a configuration', () => {
  for (const [what, more, says] of [
    ['without a name', { name: '' }, /"name" is missing/],
    ['with what means nothing', { colour: '#fff' }, /"colour" means nothing/],
    ['whose ground is no colour', { ground: { light: 'white', dark: '#000' } }, /"ground" must be/],
    ['whose folder leads elsewhere', { address: '//evil.example/' }, /must be a folder/],
    ['whose API is no address', { api: 'javascript:alert(1)' }, /"api" must be an address/],
  ] as const) {
    it(`${what} is refused with the reason`, () => assert.throws(() => configured(more), (error) => error instanceof Problem && says.test(error.message)));
  }
});

describe('the sections of the space', () => {
  it('that the app shows in a tab of their own are left out of it', () => {
    const inTabs = SECTIONS.filter(({ tag }) => TABS.some(({ tags }) => tags.includes(tag))).map(({ id }) => id);
    assert.deepEqual(SHOWN_IN_TABS.split(' ').toSorted(), inTabs.toSorted());
  });
});
