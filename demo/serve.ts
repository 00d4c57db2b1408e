/** The demo: the reference server, and the web sites of utilities that embed the built kit, each on a port of its own. */
import path from 'node:path';
import { accountRows } from './accounts.ts';
import { startApi, type RunningApi } from './api.ts';
import { addressOf, findBundle, withVersion, type Bundle } from './bundle.ts';
import { startSite, type RunningSite, type Site } from './site.ts';

export { DemoProblem, type DemoProblemKind } from './problem.ts';

export interface DemoOptions {
  /** The first of `DEMO_PORTS` ports in a row; 0 lets the system choose each. Default: `PORT`, else 4300. */
  firstPort?: number;
  /** The server's data folder, made and filled where it is absent. Default: `data/demo` in the repository. */
  dataDir?: string;
  /** The clock of the server, for tests. */
  now?: () => number;
}

export interface Demo {
  /** What to open in a browser, the start page first. */
  readonly addresses: readonly { readonly title: string; readonly url: string }[];
  readonly api: RunningApi;
  /** Origin of a site of the demo. */
  origin(site: SiteName): string;
  stop(): Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, '..');
const FIRST_PORT = 4300;

const TITLES = {
  start: 'Start page',
  eneo: 'ENEO',
  sicae: 'SICAE',
  strict: 'Strict security policy',
  versions: 'Two versions on one page',
  aggressive: 'Aggressive style sheet',
} as const;

export type SiteName = keyof typeof TITLES;

const SITE_NAMES = Object.keys(TITLES) as SiteName[];

/** The sites' ports, in the order of the start page, then the API's. */
export const DEMO_PORTS = SITE_NAMES.length + 1;

/** @throws DemoProblem when the kit has not been built or a port is taken */
export async function startDemo({ firstPort = Number(process.env['PORT'] ?? FIRST_PORT), dataDir, now }: DemoOptions = {}): Promise<Demo> {
  const bundle = findBundle();
  // Until there are two releases that differ, the second is the first under another number.
  const next = withVersion(bundle, `${bundle.version}-next`, path.join(ROOT, '.cache/demo', `${bundle.version}-next`));
  const running = new Map<SiteName, RunningSite>();
  let api: RunningApi | undefined;

  const origin = (name: SiteName) => running.get(name)?.origin ?? '';
  const baseUrl = (utility: string) => api?.baseUrl(utility) ?? '';
  const stop = async () => {
    await Promise.all([...running.values()].map((site) => site.stop()));
    await api?.stop();
  };

  const sites = describeSites({ bundle, next, origin, baseUrl });
  try {
    for (const [index, name] of SITE_NAMES.entries()) {
      running.set(name, await startSite(sites[name], firstPort && firstPort + index));
    }
    api = await startApi({
      port: firstPort && firstPort + SITE_NAMES.length,
      dataDir: dataDir ?? path.join(ROOT, 'data/demo'),
      origins: SITE_NAMES.map(origin),
      ...(now && { now }),
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    addresses: SITE_NAMES.map((name) => ({ title: TITLES[name], url: `${origin(name)}/` })),
    api,
    origin,
    stop,
  };
}

interface Surroundings {
  bundle: Bundle;
  next: Bundle;
  origin: (name: SiteName) => string;
  baseUrl: (utility: string) => string;
}

function describeSites({ bundle, next, origin, baseUrl }: Surroundings): Record<SiteName, Site> {
  /** The start page's site plays the CDN; the strict page serves the kit itself, as its policy wants. */
  const kit = (cdn: string) => ({
    version: bundle.version,
    'kit:oya.js': addressOf(bundle, 'oya.js', cdn),
    'kit:oya.css': addressOf(bundle, 'oya.css', cdn),
    'integrity:oya.js': bundle.integrity['oya.js'] as string,
    'integrity:oya.css': bundle.integrity['oya.css'] as string,
  });
  const common = { '/common/': path.join(ROOT, 'demo/common') };
  const withBootstrap = { ...common, '/vendor/bootstrap/': path.join(ROOT, 'node_modules/bootstrap/dist/css') };

  const site = (name: SiteName, utility: string, more: Partial<Site> = {}): Site => ({
    title: TITLES[name],
    folder: path.join(ROOT, 'demo', name),
    folders: common,
    values: () => ({ ...kit(origin('start')), api: baseUrl(utility), 'site:start': origin('start') }),
    ...more,
  });

  return {
    start: site('start', 'eneo', {
      bundles: [bundle, next],
      values: () => ({
        version: bundle.version,
        accounts: accountRows(),
        ...Object.fromEntries(SITE_NAMES.map((name) => [`site:${name}`, origin(name)])),
      }),
    }),
    eneo: site('eneo', 'eneo'),
    sicae: site('sicae', 'sicae', { folders: withBootstrap }),
    strict: site('strict', 'eneo', {
      bundles: [bundle],
      headers: () => ({ 'content-security-policy': strictPolicy(new URL(baseUrl('eneo')).origin) }),
      values: () => ({ ...kit(''), api: baseUrl('eneo'), 'site:start': origin('start') }),
    }),
    versions: site('versions', 'eneo', {
      values: () => ({
        ...kit(origin('start')),
        api: baseUrl('eneo'),
        'site:start': origin('start'),
        'next:version': next.version,
        'next:oya.js': addressOf(next, 'oya.js', origin('start')),
        'next:integrity:oya.js': next.integrity['oya.js'] as string,
      }),
    }),
    aggressive: site('aggressive', 'eneo', { folders: withBootstrap }),
  };
}

/** The strictest policy that the kit promises to work under. */
function strictPolicy(api: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${api}`,
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
    'trusted-types oya-lit',
  ].join('; ');
}
