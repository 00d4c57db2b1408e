/** Everything that a site publishes for its app, from a configuration: page, manifest, icons, worker. No file of it is written by hand. */
import { createHash } from 'node:crypto';
import { TABS } from '../../../elements/src/app/tabs.ts';
import { SECTIONS } from '../../../elements/src/portal/sections.ts';
import type { AppConfiguration } from './configuration.ts';
import { drawIcons, type Icon } from './icons.ts';
import { filesOfApp, type Kit } from './kit.ts';

/** Path on the site → content. */
export type SiteFiles = ReadonlyMap<string, string | Uint8Array>;

export interface MakeOptions {
  readonly logo: Uint8Array;
  readonly kit: Kit;
  /** Address of a file of the kit; default: in the folder that the configuration names. */
  readonly addressOf?: (file: string) => string;
}

/** Where an app's files lie on its site. */
export function placesOf({ address }: AppConfiguration) {
  return {
    page: `${address}index.html`,
    manifest: `${address}app.webmanifest`,
    styles: `${address}app.css`,
    logo: `${address}logo.svg`,
    icon: (file: string) => `${address}${file}`,
    // A worker works for what lies beside and below it.
    worker: `${address}oya-sw.js`,
  };
}

/** @throws Problem when the logo cannot be drawn */
export async function makeApp(app: AppConfiguration, { logo, kit, addressOf = (file) => `${withSlash(app.kit)}${file}` }: MakeOptions): Promise<SiteFiles> {
  const places = placesOf(app);
  const icons = await drawIcons(logo, app.iconGround ?? app.ground.light);
  const files = new Map<string, string | Uint8Array>([
    [places.page, page(app, kit, addressOf)],
    [places.manifest, manifest(app, icons)],
    [places.styles, styles(app)],
    [places.logo, logo],
    ...icons.map(({ file, bytes }): [string, Uint8Array] => [places.icon(file), bytes]),
  ]);
  files.set(places.worker, worker(app, kit, addressOf, files));
  return files;
}

function manifest({ name, shortName, description, lang, address, ground, shortcuts }: AppConfiguration, icons: readonly Icon[]): string {
  const listed = icons.flatMap(({ file, size, purpose }) => (purpose ? [{ src: address + file, sizes: `${size}x${size}`, type: 'image/png', purpose }] : []));
  return json({
    id: address,
    name,
    short_name: shortName,
    ...(description !== undefined && { description }),
    lang,
    dir: 'auto',
    start_url: address,
    scope: address,
    display: 'standalone',
    background_color: ground.light,
    theme_color: ground.light,
    categories: ['utilities'],
    icons: [{ src: `${address}logo.svg`, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }, ...listed],
    shortcuts: shortcuts.map((shortcut) => ({ name: shortcut.name, url: address + shortcut.url, icons: [{ src: `${address}icon-192.png`, sizes: '192x192', type: 'image/png' }] })),
    prefer_related_applications: false,
  });
}

/** The page holds the app and nothing else. Its own policy allows what it needs and no more. */
function page(app: AppConfiguration, kit: Kit, addressOf: (file: string) => string): string {
  const { name, shortName, description, lang, ground, theme, utility, api, routes } = app;
  const places = placesOf(app);
  const configuration = {
    adapter: 'rest',
    baseUrl: api,
    utility,
    ...(theme !== undefined && { theme }),
    app: places.worker,
    routes: { ...ownRoutes(), ...routes },
  };
  const kitSource = originOf(app.kit);
  const policy = [
    "default-src 'none'",
    `script-src ${kitSource}`,
    `style-src ${sources("'self'", kitSource)}`,
    `connect-src ${sources("'self'", originOf(api), kitSource)}`,
    "img-src 'self' data: blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types oya-lit oya-app',
  ].join('; ');
  return `<!doctype html>
<html lang="${attribute(lang)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <title>${attribute(name)}</title>
    ${description === undefined ? '' : `<meta name="description" content="${attribute(description)}">\n    `}<meta name="theme-color" media="(prefers-color-scheme: light)" content="${ground.light}">
    <meta name="theme-color" media="(prefers-color-scheme: dark)" content="${ground.dark}">
    <meta name="apple-mobile-web-app-capable" content="yes">
    <meta name="apple-mobile-web-app-title" content="${attribute(shortName)}">
    <link rel="manifest" href="${places.manifest}">
    <link rel="icon" href="${places.logo}" type="image/svg+xml">
    <link rel="apple-touch-icon" href="${places.icon('apple-touch-icon.png')}">
    <link rel="stylesheet" href="${places.styles}">
    <link rel="stylesheet" href="${attribute(addressOf('oya.css'))}" integrity="${kit.integrity['oya.css'] ?? ''}" crossorigin>
    <script type="application/json" data-oya-config>
${JSON.stringify(configuration, null, 2).replaceAll('<', '\\u003c')}
    </script>
    <script type="module" src="${attribute(addressOf('oya.js'))}" integrity="${kit.integrity['oya.js'] ?? ''}" crossorigin></script>
  </head>
  <body>
    <oya-app heading-level="1"></oya-app>
  </body>
</html>
`;
}

function styles({ ground }: AppConfiguration): string {
  return `:root {
  color-scheme: light dark;
  background: light-dark(${ground.light}, ${ground.dark});
  -webkit-text-size-adjust: 100%;
}

body {
  margin: 0;
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  overscroll-behavior-y: none;
}
`;
}

/** The site's own worker: what it works with, then the kit's code, so that a site allows no other script to be one. */
function worker(app: AppConfiguration, kit: Kit, addressOf: (file: string) => string, files: SiteFiles): string {
  const { name, lang, address, api } = app;
  const ofSite = [...files].map(([place, content]) => ({ url: place === placesOf(app).page ? address : place, revision: createHash('sha256').update(content).digest('hex').slice(0, 16) }));
  const ofKit = filesOfApp(kit, lang).map((file) => ({ url: addressOf(file), revision: null, integrity: kit.integrity[file] }));
  const settings = { name, lang, page: address, api, kit: withSlash(app.kit), icon: `${address}icon-192.png`, precache: [...ofSite, ...ofKit] };
  return `// Made by \`npm run app\` of OYA Elements: change the configuration, not this file.\nself.OYA_APP = ${JSON.stringify(settings)};\n${kit.worker}`;
}

/** The app shows these itself. */
function ownRoutes(): Record<string, string> {
  const tabOf = (tag: string) => TABS.find(({ tags }) => tags.includes(tag));
  const sections = SECTIONS.map(({ id, tag }) => [id, tabOf(tag) ? `#${tabOf(tag)?.id}` : `#/${id}`]);
  const tabs = TABS.map(({ id }) => [id, `#${id}`]);
  return Object.fromEntries([...sections, ...tabs, ['space', '#/dashboard'], ['app', '#steps']]) as Record<string, string>;
}

function originOf(address: string): string {
  return address.startsWith('/') ? "'self'" : new URL(address).origin;
}

function sources(...each: string[]): string {
  return [...new Set(each)].join(' ');
}

function withSlash(address: string): string {
  return address.replace(/\/*$/, '/');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function attribute(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] as string);
}
