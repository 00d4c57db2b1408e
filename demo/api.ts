import { referenceTariffs, territory } from '@oya/personas';
import { createServer, listen, migrate, openDatabase, readConfig, seed, type Config, type Connectors, type PaymentsOfUtilities } from '@oya/server';
import { DemoProblem } from './problem.ts';
import { originOf, portTaken } from './site.ts';

export interface RunningApi {
  readonly origin: string;
  /** The address below which a utility's operations lie. */
  baseUrl(utility: string): string;
  stop(): Promise<void>;
}

export interface ApiOptions {
  /** 0 lets the system choose. */
  port: number;
  /** Folder of the embedded database, made and filled where it is absent; not used with a `databaseUrl`. */
  dataDir: string;
  databaseUrl?: string | undefined;
  /** Utility → the sites whose pages may call with its customers' sessions. */
  origins: Readonly<Record<string, readonly string[]>>;
  /** Where mail is handed over. */
  smtpUrl: string;
  /** Who brings consents about. */
  networkOperator: Pick<Config['networkOperator'], 'url' | 'token'>;
  /** Who tells what the meters measure. */
  connectors: Connectors;
  /** Who takes whose card payments. */
  payments: PaymentsOfUtilities;
  now?: (() => number) | undefined;
}

/**
 * The reference server with the demo's households in its database.
 * @throws DemoProblem `port-taken`, DatabaseError
 */
export async function startApi({ port, dataDir, databaseUrl, origins, smtpUrl, networkOperator, connectors, payments, now = Date.now }: ApiOptions): Promise<RunningApi> {
  const db = await openDatabase({ url: databaseUrl, dataDir });
  try {
    await migrate(db);
    await seed(db, { now: now() });
    const defaults = readConfig();
    // The demo is plain http on localhost, where WebKit takes no secure cookie.
    const app = createServer({ db, now, territory, tariffs: referenceTariffs, connectors, payments, config: { ...defaults, networkOperator: { ...defaults.networkOperator, ...networkOperator }, origins, passkeyDomains: { '*': 'localhost' }, smtpUrl, logLevel: 'warn', cookie: { ...defaults.cookie, secure: false } } });
    await listen(app, { port, host: 'localhost' });
    const origin = originOf(app);
    return {
      origin,
      baseUrl: (utility) => `${origin}/${utility}/v1`,
      async stop() {
        await app.close();
        await db.destroy();
      },
    };
  } catch (error) {
    await db.destroy();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new DemoProblem('port-taken', portTaken('the portal API', port), port);
    throw error;
  }
}
