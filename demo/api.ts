import { referenceTariffs, territory, utilities } from '@oya/personas';
import { addAgent, agentsOf, createServer, listen, loadOutageMaps, migrate, openDatabase, readConfig, revokeAgent, seed, type Config, type Connectors, type PaymentsOfUtilities } from '@oya/server';
import { DemoProblem } from './problem.ts';
import { originOf, portTaken } from './site.ts';

export interface RunningApi {
  readonly origin: string;
  /** The address below which a utility's operations lie. */
  baseUrl(utility: string): string;
  /** What opens the inbox of those who answer for a utility: another one with each start. */
  readonly agentTokens: Readonly<Record<string, string>>;
  /** The same for those who say what is cut. */
  readonly operatorTokens: Readonly<Record<string, string>>;
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
  /** Where text messages are. */
  smsUrl: string;
  /** Who brings consents about. */
  networkOperator: Pick<Config['networkOperator'], 'url' | 'token'>;
  /** Who tells what the meters measure. */
  connectors: Connectors;
  /** Who takes whose card payments. */
  payments: PaymentsOfUtilities;
  now?: (() => number) | undefined;
}

/** Who answers in the demo. */
const AGENT = 'Chloé, service clients';
/** Who says there what is cut. */
const OPERATOR = 'Conduite du réseau';

/**
 * The reference server with the demo's households in its database.
 * @throws DemoProblem `port-taken`, DatabaseError
 */
export async function startApi({ port, dataDir, databaseUrl, origins, smtpUrl, smsUrl, networkOperator, connectors, payments, now = Date.now }: ApiOptions): Promise<RunningApi> {
  const db = await openDatabase({ url: databaseUrl, dataDir });
  try {
    await migrate(db);
    await seed(db, { now: now() });
    const defaults = readConfig();
    // The demo is plain http on localhost, where WebKit takes no secure cookie.
    const app = createServer({ db, now, territory, maps: await loadOutageMaps({ mapFile: undefined, demo: true }), tariffs: referenceTariffs, connectors, payments, config: { ...defaults, networkOperator: { ...defaults.networkOperator, ...networkOperator }, origins, passkeyDomains: { '*': 'localhost' }, smtpUrl, sms: { url: smsUrl, token: undefined }, logLevel: 'warn', cookie: { ...defaults.cookie, secure: false } } });
    const agentTokens: Record<string, string> = {};
    const operatorTokens: Record<string, string> = {};
    for (const { id } of utilities) {
      for (const agent of await agentsOf(db, id)) if (agent.name === AGENT || agent.name === OPERATOR) await revokeAgent(db, agent.id, now());
      agentTokens[id] = await addAgent(db, id, AGENT, now());
      operatorTokens[id] = await addAgent(db, id, OPERATOR, now(), ['network']);
    }
    await listen(app, { port, host: 'localhost' });
    const origin = originOf(app);
    return {
      origin,
      baseUrl: (utility) => `${origin}/${utility}/v1`,
      agentTokens,
      operatorTokens,
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
