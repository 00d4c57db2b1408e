/** How the demo's portal reaches those who tell what meters measure: all are the simulator. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { utilities } from '@oya/personas';
import { loadConnectors, type Config, type Connectors } from '@oya/server';
import { TOKEN_PATHS } from '@oya/simulator';

/** What the simulated companies know the portal by. */
export const CREDENTIALS = { clientId: 'demo-portal', clientSecret: 'demo-portal-secret', operatorToken: 'demo-operator-token' } as const;

const FILE = path.resolve(import.meta.dirname, '../.cache/demo/connectors.json');
const VARIABLES = { clientIdVariable: 'DEMO_CLIENT_ID', clientSecretVariable: 'DEMO_CLIENT_SECRET' } as const;
/** The simulator has no quota until it is told one. */
const CALLS_PER_MINUTE = 600;

/** The setting `OYA_NETWORK_OPERATOR`. */
export function operatorAt(simulator: string): Pick<Config['networkOperator'], 'url' | 'token'> {
  return { url: `${simulator}/operator`, token: CREDENTIALS.operatorToken };
}

/** Writes the file of `OYA_CONNECTORS` as an installation would, and reads it. */
export async function connectorsTo(simulator: string): Promise<Connectors> {
  const at = (service: keyof typeof TOKEN_PATHS, below = '') => ({ baseUrl: simulator + below, tokenUrl: simulator + TOKEN_PATHS[service], callsPerMinute: CALLS_PER_MINUTE, ...VARIABLES });
  // Both generations of Enedis' API are in use until October 2026 and after: one utility each.
  const electricity: Readonly<Record<string, string>> = { eneo: 'enedis-2026', sicae: 'enedis-v5' };
  const file = {
    utilities: Object.fromEntries(
      utilities.map(({ id, territory }) => [
        id,
        {
          electricity: { kind: electricity[id] ?? 'enedis-2026', ...at('enedis') },
          ...(territory.some(({ energies }) => energies.includes('gas')) && { gas: { kind: 'grdf-adict', ...at('grdf', '/adict/v2') } }),
        },
      ]),
    ),
    rte: at('rte'),
  };
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(file, null, 2)}\n`);
  return loadConnectors({ connectorsFile: FILE }, { [VARIABLES.clientIdVariable]: CREDENTIALS.clientId, [VARIABLES.clientSecretVariable]: CREDENTIALS.clientSecret });
}
