/** The demo: the reference server, and the web sites of utilities that embed the built kit. */
import path from 'node:path';
import { findPersona, utilities } from '@oya/personas';
import { startSimulator, type RunningSimulator } from '@oya/simulator';
import { startApi, type RunningApi } from './api.ts';
import { CREDENTIALS, connectorsTo, operatorAt } from './connectors.ts';
import { catchMail, catchSms, type CaughtMail, type MailCatcher, type SmsCatcher } from './mail.ts';
import { paymentsAt, shopOf } from './payments.ts';
import { DemoProblem } from './problem.ts';
import { portTaken } from './site.ts';
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
  /** Enedis, GRDF, RTE, the network operator and the payment provider, as the portals see them. */
  readonly simulator: Omit<RunningSimulator, 'stop'>;
  stop(): Promise<void>;
}

const FIRST_PORT = 4300;
const DATA_FOLDER = path.resolve(import.meta.dirname, '../data/demo');

/** One for each site, in the order of the start page, one for the API, one for its mail, and one for those it gets its data from. */
export const DEMO_PORTS = SITE_NAMES.length + 3;

/** What the operator takes to decide: long enough to see a consent on its way. */
const DECIDES_AFTER_MS = 6000;
/** Whose consents are on their way, as their stories tell. */
const HELD = findPersona('sofiane').contracts.map(({ deliveryPoint }) => deliveryPoint);

/** @throws DemoProblem when the kit has not been built or a port is taken; DatabaseError */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { firstPort = FIRST_PORT, dataDir = DATA_FOLDER, databaseUrl = process.env['DATABASE_URL'], now } = options;
  const port = (offset: number) => (firstPort === 0 ? 0 : firstPort + offset);
  let api: RunningApi | undefined;
  let catcher: MailCatcher | undefined;
  let texts: SmsCatcher | undefined;
  let simulator: RunningSimulator | undefined;
  const sites = await startSites(firstPort, (utility) => api?.baseUrl(utility) ?? '', () => catcher?.mails ?? [], () => simulator?.baseUrl ?? '', (utility) => api?.agentTokens[utility] ?? '', (utility) => api?.operatorTokens[utility] ?? '');
  const stop = async () => {
    await sites.stop();
    await api?.stop();
    await catcher?.stop();
    await texts?.stop();
    await simulator?.stop();
  };
  try {
    catcher = await catchMail(port(SITE_NAMES.length + 1));
    texts = await catchSms(catcher.mails);
    simulator = await simulate(port(SITE_NAMES.length + 2), sites.origin('start'), now);
    const { baseUrl } = simulator;
    api = await startApi({ port: port(SITE_NAMES.length), dataDir, databaseUrl, origins: sites.origins, smtpUrl: catcher.url, smsUrl: texts.url, networkOperator: operatorAt(baseUrl), connectors: await connectorsTo(baseUrl), payments: await paymentsAt(baseUrl), now });
    for (const { id } of utilities) simulator.openShop({ ...shopOf(id), noticeUrl: `${api.baseUrl(id)}/payment-notices` });
  } catch (error) {
    await stop();
    throw error;
  }
  const { addresses, origin } = sites;
  return { addresses, origin, api, mails: catcher.mails, simulator, stop };
}

/** @throws DemoProblem `port-taken` */
async function simulate(port: number, controlledFrom: string, now: (() => number) | undefined): Promise<RunningSimulator> {
  try {
    return await startSimulator({ port, ...(now && { now }), decideAfterMs: DECIDES_AFTER_MS, held: HELD, ...CREDENTIALS, controlledFrom: [controlledFrom] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new DemoProblem('port-taken', portTaken('the network operator', port), port);
    throw error;
  }
}
