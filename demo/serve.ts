/** The demo: the reference server, and the web sites of utilities that embed the built kit. */
import path from 'node:path';
import { startApi, type RunningApi } from './api.ts';
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
  stop(): Promise<void>;
}

const FIRST_PORT = 4300;
const DATA_FOLDER = path.resolve(import.meta.dirname, '../data/demo');

/** One for each site, in the order of the start page, and one for the API. */
export const DEMO_PORTS = SITE_NAMES.length + 1;

/** @throws DemoProblem when the kit has not been built or a port is taken; DatabaseError */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { firstPort = FIRST_PORT, dataDir = DATA_FOLDER, databaseUrl = process.env['DATABASE_URL'], now } = options;
  let api: RunningApi | undefined;
  const sites = await startSites(firstPort, (utility) => api?.baseUrl(utility) ?? '');
  try {
    api = await startApi({ port: firstPort === 0 ? 0 : firstPort + SITE_NAMES.length, dataDir, databaseUrl, origins: sites.origins, now });
  } catch (error) {
    await sites.stop();
    throw error;
  }
  const { addresses, origin } = sites;
  const { stop: stopApi } = api;
  return {
    addresses,
    origin,
    api,
    async stop() {
      await sites.stop();
      await stopApi();
    },
  };
}
