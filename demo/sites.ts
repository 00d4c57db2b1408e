/** The demo's web sites, each on a port of its own. README.md says what a page may name between `{{` and `}}`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accountRows, prospectRows } from './accounts.ts';
import { makeDemoApp } from './app.ts';
import { addressOf, findBundle, withVersion, type Bundle } from './bundle.ts';
import { mailArticles, type CaughtMail } from './mail.ts';
import { startSite, type RunningSite, type Site } from './site.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Site → what it is called, and the utility that its pages talk to. */
const SITES = {
  start: { title: 'Start page', utility: undefined },
  eneo: { title: 'ENEO', utility: 'eneo' },
  sicae: { title: 'SICAE', utility: 'sicae' },
  // Every utility of the installation answers for the territory of all.
  oya: { title: 'OYA, the common entry', utility: 'eneo' },
  strict: { title: 'Strict security policy', utility: 'eneo' },
  versions: { title: 'Two versions on one page', utility: 'eneo' },
  aggressive: { title: 'Aggressive style sheet', utility: 'eneo' },
} as const;

export type SiteName = keyof typeof SITES;
export const SITE_NAMES = Object.keys(SITES) as SiteName[];

export interface RunningSites {
  /** What to open in a browser, the start page first. */
  readonly addresses: readonly { readonly title: string; readonly url: string }[];
  /** Utility → the sites whose pages talk to it. */
  readonly origins: Readonly<Record<string, readonly string[]>>;
  origin(site: SiteName): string;
  stop(): Promise<void>;
}

/**
 * @param firstPort of as many as there are sites, in a row; 0 lets the system choose each
 * @param baseUrl the address below which a utility's operations lie; asked when a page is
 * @param mails what the inbox page shows; asked when it is
 * @param simulator where the simulated network operator answers; asked when its page is
 * @throws DemoProblem when the kit has not been built or a port is taken
 */
export async function startSites(firstPort: number, baseUrl: (utility: string) => string, mails: () => readonly CaughtMail[] = () => [], simulator: () => string = () => '', agentToken: (utility: string) => string = () => '', operatorToken: (utility: string) => string = () => ''): Promise<RunningSites> {
  const bundle = findBundle();
  // Until there are two releases that differ, the second is the first under another number.
  const next = withVersion(bundle, `${bundle.version}-next`, mkdtempSync(path.join(tmpdir(), 'oya-next-')));
  const running = new Map<SiteName, RunningSite>();
  const origin = (name: SiteName) => running.get(name)?.origin ?? '';
  const stop = async () => {
    await Promise.all([...running.values()].map((site) => site.stop()));
    rmSync(next.dir, { recursive: true, force: true });
  };

  const sites = describeSites({ bundle, next, origin, baseUrl, mails, simulator, agentToken, operatorToken });
  try {
    for (const [index, name] of SITE_NAMES.entries()) {
      running.set(name, await startSite(sites[name], firstPort === 0 ? 0 : firstPort + index));
    }
  } catch (error) {
    await stop();
    throw error;
  }

  const origins: Record<string, string[]> = {};
  for (const name of SITE_NAMES) {
    const { utility } = SITES[name];
    if (utility) (origins[utility] ??= []).push(origin(name));
  }
  const addresses = [...SITE_NAMES.map((name) => ({ title: SITES[name].title, url: `${origin(name)}/` })), { title: 'Mail of the demo', url: `${origin('start')}/courrier` }, { title: 'Network operator', url: `${origin('start')}/operateur` }, { title: 'Messages to answer, ENEO', url: `${origin('eneo')}/conseillers` }, { title: 'Messages to answer, SICAE', url: `${origin('sicae')}/conseillers` }, { title: 'Outages to tell, ENEO', url: `${origin('eneo')}/exploitation` }, { title: 'Outages to tell, SICAE', url: `${origin('sicae')}/exploitation` }];
  return { addresses, origins, origin, stop };
}

interface Surroundings {
  bundle: Bundle;
  next: Bundle;
  origin: (name: SiteName) => string;
  baseUrl: (utility: string) => string;
  mails: () => readonly CaughtMail[];
  simulator: () => string;
  agentToken: (utility: string) => string;
  operatorToken: (utility: string) => string;
}

function describeSites({ bundle, next, origin, baseUrl, mails, simulator, agentToken, operatorToken }: Surroundings): Record<SiteName, Site> {
  const cdn = () => origin('start');
  const common = { '/common/': path.join(ROOT, 'demo/common') };
  const withBootstrap = { ...common, '/vendor/bootstrap/': path.join(ROOT, 'node_modules/bootstrap/dist/css') };

  const site = (name: SiteName, more: Partial<Omit<Site, 'values'>> = {}, values: () => Record<string, string> = () => ({})): Site => {
    const { title, utility } = SITES[name];
    return {
      title,
      folder: path.join(ROOT, 'demo', name),
      folders: common,
      values: () => ({
        version: bundle.version,
        'site:start': origin('start'),
        ...(utility && { api: baseUrl(utility), agent: agentToken(utility), operator: operatorToken(utility) }),
        ...kitValues(bundle, cdn()),
        ...values(),
      }),
      ...more,
    };
  };

  const withApp = (name: 'eneo' | 'sicae') => ({ made: () => makeDemoApp({ folder: path.join(ROOT, 'demo', name), bundle, cdn: cdn(), api: baseUrl(name) }) });

  return {
    // It plays the CDN for the others.
    start: site('start', { bundles: [bundle, next], headers: () => ({ 'content-security-policy': startPolicy(simulator()) }) }, () => ({
      accounts: accountRows(),
      prospects: prospectRows(),
      mails: mailArticles(mails()),
      simulator: simulator(),
      ...Object.fromEntries(SITE_NAMES.map((name) => [`site:${name}`, origin(name)])),
    })),
    eneo: site('eneo', withApp('eneo')),
    sicae: site('sicae', { ...withApp('sicae'), folders: withBootstrap }),
    oya: site('oya', {}, () => ({ 'site:eneo': origin('eneo'), 'site:sicae': origin('sicae') })),
    // Its policy allows no other origin, so that it serves the kit itself.
    strict: site('strict', { bundles: [bundle], headers: () => ({ 'content-security-policy': strictPolicy(baseUrl('eneo')) }) }, () => kitValues(bundle, '')),
    versions: site('versions', {}, () => ({
      'next:version': next.version,
      'next:oya.js': addressOf(next, 'oya.js', cdn()),
      'next:integrity:oya.js': next.integrity['oya.js'] as string,
    })),
    aggressive: site('aggressive', { folders: withBootstrap }),
  };
}

function kitValues(bundle: Bundle, cdn: string): Record<string, string> {
  const files = ['oya.js', 'oya.css'];
  return Object.fromEntries(
    files.flatMap((file) => [
      [`kit:${file}`, addressOf(bundle, file, cdn)],
      [`integrity:${file}`, bundle.integrity[file] as string],
    ]),
  );
}

/** Of the start page and those beside it, which ask their own site, and the simulator. */
function startPolicy(simulator: string): string {
  return ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", `connect-src 'self' ${simulator}`.trim(), "base-uri 'none'", "form-action 'none'"].join('; ');
}

/** The strictest policy that the kit promises to work under. */
function strictPolicy(api: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${new URL(api).origin}`,
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
    'trusted-types oya-lit',
  ].join('; ');
}
