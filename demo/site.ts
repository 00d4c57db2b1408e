import { existsSync, globSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import staticFiles from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import type { Bundle } from './bundle.ts';
import { DemoProblem } from './problem.ts';

/** A web site of the demo: a folder of pages, on a port of its own, so that it embeds the kit across origins as real sites do. */
export interface Site {
  /** For whoever reads a message about it. */
  readonly title: string;
  readonly folder: string;
  /** Sent with every page and file. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** What replaces `{{name}}` in a page; asked at each request, when all addresses are known. */
  readonly values: () => Readonly<Record<string, string>>;
  /** Releases of the kit that this site serves, under `/oya/<version>/`. */
  readonly bundles?: readonly Bundle[];
  /** Files that are made rather than kept: path → content. Asked for at the first request of one, when all addresses are known. */
  readonly made?: () => Promise<ReadonlyMap<string, string | Uint8Array>>;
  /** Further folders with the address below which their files lie: `/common/`. */
  readonly folders?: Readonly<Record<string, string>>;
}

export interface RunningSite {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * @param port 0 lets the system choose
 * @throws DemoProblem `port-taken`
 */
export async function startSite(site: Site, port: number): Promise<RunningSite> {
  const app = fastify({ forceCloseConnections: true });
  if (site.headers) {
    const { headers } = site;
    app.addHook('onRequest', async (_request, reply) => void reply.headers(headers()));
  }
  servePages(app, site);
  if (site.made) serveMade(app, site.made);
  for (const bundle of site.bundles ?? []) serveBundle(app, bundle);
  for (const [prefix, root] of Object.entries({ ...site.folders, '/': site.folder })) {
    app.register(staticFiles, { root, prefix, index: false, decorateReply: false, cacheControl: false, allowedPath: (name) => !name.endsWith('.html') });
  }
  try {
    await app.listen({ port, host: 'localhost' });
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new DemoProblem('port-taken', portTaken(site.title, port), port);
  }
  return { origin: originOf(app), stop: () => app.close() };
}

export function originOf(app: FastifyInstance): string {
  const address = app.server.address() as AddressInfo;
  return `http://localhost:${address.port}`;
}

export function portTaken(title: string, port: number): string {
  return `Port ${port} (${title}) is taken. Stop the program that uses it, or move the demo to other ports: PORT=${port + 1000} npm start.`;
}

/** `index.html` answers for its folder, `connexion.html` for `/connexion`. Read at each request: a page that is edited shows on reload. */
function servePages(app: FastifyInstance, site: Site): void {
  for (const file of globSync('**/*.html', { cwd: site.folder, exclude: ['parts/**'] })) {
    const name = file.split(path.sep).join('/').replace(/\.html$/, '');
    const addresses = name === 'index' ? ['/'] : name.endsWith('/index') ? [`/${name.slice(0, -'index'.length)}`, `/${name.slice(0, -'/index'.length)}`] : [`/${name}`];
    for (const address of addresses) {
      app.get(address, async (_request, reply) => {
        const page = fill(withParts(readFileSync(path.join(site.folder, file), 'utf8'), site.folder, name), site.values());
        return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
      });
    }
  }
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', webmanifest: 'application/manifest+json', png: 'image/png', svg: 'image/svg+xml' };

/** What no page and no file answers to. A folder is its `index.html`, with or without the slash at its end. */
function serveMade(app: FastifyInstance, make: () => Promise<ReadonlyMap<string, string | Uint8Array>>): void {
  let made: ReturnType<typeof make> | undefined;
  app.setNotFoundHandler(async (request, reply) => {
    const files = await (made ??= make());
    const [asked = ''] = request.url.split('?');
    if (files.has(`${asked}/index.html`)) return reply.redirect(`${asked}/`);
    const file = asked.endsWith('/') ? `${asked}index.html` : asked;
    const content = files.get(file);
    if (content === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('Not found');
    return reply.type(TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream').header('cache-control', 'no-cache').send(typeof content === 'string' ? content : Buffer.from(content));
  });
}

/** As a CDN does: for any origin, for ever, since a version never changes. */
function serveBundle(app: FastifyInstance, { version, dir }: Bundle): void {
  if (!existsSync(dir)) throw new Error(`${dir} does not exist.`);
  app.register(staticFiles, {
    root: dir,
    prefix: `/oya/${version}/`,
    index: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply) {
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      reply.header('access-control-allow-origin', '*');
      reply.header('cross-origin-resource-policy', 'cross-origin');
      reply.header('x-content-type-options', 'nosniff');
    },
  });
}

/** What pages of several sites have in common. */
const COMMON = path.join(import.meta.dirname, 'common');

/**
 * What pages have in common stands once, in `parts/` of their site or of all: `{{part:masthead /mon-espace}}` is
 * `parts/masthead.html` with `/mon-espace` for its `{{1}}`. What of a part leads to the page that it stands on says so.
 */
function withParts(page: string, folder: string, name: string): string {
  return page.replaceAll(/ *\{\{part:(\w+)(?: (\S+))?\}\}\n/g, (_, part: string, word = '') =>
    readFileSync(partFile(folder, part), 'utf8').replaceAll('{{1}}', word).replaceAll(`href="/${name}"`, `href="/${name}" aria-current="page"`),
  );
}

function partFile(folder: string, part: string): string {
  const own = path.join(folder, 'parts', `${part}.html`);
  return existsSync(own) ? own : path.join(COMMON, 'parts', `${part}.html`);
}

/** @throws Error when a page names a value that nobody gives */
function fill(page: string, values: Readonly<Record<string, string>>): string {
  return page.replaceAll(/\{\{([\w.:/-]+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value is called {{${name}}}. Known: ${Object.keys(values).join(', ')}.`);
    return value;
  });
}
