/** The simulator as a network operator that tests decide for, and as Enedis: what a server is given to ask both. */
import type { ConsentFailure, ConsentPurpose } from '@oya/contract';
import { startSimulator, TOKEN_PATHS, type RunningSimulator } from '@oya/simulator';
import { ApiClient } from '../src/collection/api-client.ts';
import type { Connector } from '../src/collection/connector.ts';
import { enedis2026 } from '../src/collection/enedis-2026.ts';
import type { Config } from '../src/config.ts';

/** Enough to see what comes, without the years of before. */
const DAYS = { daysPerCall: 7, historyDays: 7 } as const;
const CLIENT = { clientId: 'portal', clientSecret: 'portal-secret' } as const;
const TOKEN = 'operator-token';
const PATIENCE_MS = 20_000;

export interface SimulatedOperator {
  readonly settings: Config['networkOperator'];
  readonly enedis: Connector;
  /** Decides on what waits about a delivery point, once it has been asked for. */
  decide(deliveryPoint: string, purposes: readonly ConsentPurpose[], decision: 'active' | ConsentFailure): Promise<void>;
  stop(): Promise<void>;
}

export async function simulateOperator(now: () => number): Promise<SimulatedOperator> {
  const { baseUrl, control, stop }: RunningSimulator = await startSimulator({ now, decideAfterMs: Infinity, operatorToken: TOKEN, ...CLIENT });
  const { fetch, datasets } = enedis2026(new ApiClient({ baseUrl, tokenUrl: baseUrl + TOKEN_PATHS.enedis, ...CLIENT, credentialsIn: 'body', now }));
  return {
    settings: { url: `${baseUrl}/operator`, token: TOKEN, days: 10 },
    enedis: {
      name: 'enedis',
      // A clock that stands still fills no bucket.
      pace: { callsPerMinute: 60_000, burst: 1000 },
      callsPerMeter: 20,
      freshFrom: 8 * 60,
      datasets: Object.fromEntries(Object.keys(datasets).map((name) => [name, DAYS])),
      fetch,
    },
    async decide(deliveryPoint, purposes, decision) {
      const waiting = () => control.state.operator.consents.filter((each) => each.deliveryPoint === deliveryPoint && purposes.includes(each.purpose) && each.state === 'pending');
      for (const end = performance.now() + PATIENCE_MS; waiting().length < purposes.length; await new Promise((resolve) => setTimeout(resolve, 50))) {
        if (performance.now() > end) throw new Error(`nobody asked for ${purposes.join(', ')} of ${deliveryPoint}`);
      }
      for (const { id } of waiting()) control.decide(id, decision);
    },
    stop,
  };
}
