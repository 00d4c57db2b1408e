/** The demo: the reference server, and the web sites of utilities that embed the built kit. */
import path from 'node:path';
import { startApi, type RunningApi } from './api.ts';
import { catchMail, type CaughtMail, type MailCatcher } from './mail.ts';
import { SITE_NAMES, startSites, type RunningSites } from './sites.ts';

export { DemoProblem, type DemoProblemKind } from './problem.ts';

export interface DemoOptions {
  /** The first of `DEMO_PORTS` ports in a row; 0 lets the system choose each. */
  firstPort?: number;
  /** Folder of the embedded database, made and filled where it is absent; not used with a `databaseUrl`. */
  dataDir?: string;
  /** A PostgreSQL instead of the embedded database. Default: `DATABASE_URL`. */
  databaseUrl?: string | undefined;
  /** The server's clock. */
  now?: () => number;
}

export interface Demo extends Pick<RunningSites, 'addresses' | 'origin'> {
  readonly api: Omit<RunningApi, 'stop'>;
  /** What the portals sent, newest first. */
  readonly mails: readonly CaughtMail[];
  stop(): Promise<void>;
}

const FIRST_PORT = 4300;
const DATA_FOLDER = path.resolve(import.meta.dirname, '../data/demo');

/** One for each site, in the order of the start page, one for the API, and one for its mail. */
export const DEMO_PORTS = SITE_NAMES.length + 2;

/** @throws DemoProblem when the kit has not been built or a port is taken; DatabaseError */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { firstPort = FIRST_PORT, dataDir = DATA_FOLDER, databaseUrl = process.env['DATABASE_URL'], now } = options;
  const port = (offset: number) => (firstPort === 0 ? 0 : firstPort + offset);
  let api: RunningApi | undefined;
  let catcher: MailCatcher | undefined;
  const sites = await startSites(firstPort, (utility) => api?.baseUrl(utility) ?? '', () => catcher?.mails ?? []);
  const stop = async () => {
    await sites.stop();
    await api?.stop();
    await catcher?.stop();
  };
  try {
    catcher = await catchMail(port(SITE_NAMES.length + 1));
    api = await startApi({ port: port(SITE_NAMES.length), dataDir, databaseUrl, origins: sites.origins, smtpUrl: catcher.url, now });
  } catch (error) {
    await stop();
    throw error;
  }
  const { addresses, origin } = sites;
  return { addresses, origin, api, mails: catcher.mails, stop };
}
