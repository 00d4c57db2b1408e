/** Shorthand for tests: a simulator of their own, with tokens, and what its answers say to those who read them. */
import assert from 'node:assert/strict';
import { read, type Content, type ReadOptions } from '@oya/formats';
import { TOKEN_PATHS } from './credentials.ts';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from './simulator.ts';

export const TIME_ZONE = 'Europe/Paris';
export const CAMILLE = '00810000000101';
export const LUCIEN = '00810000000202';
export const NADIA_GAS = '00810000000405';
export const EMMA = '00810000000505';
export const SOFIANE = '00810000001111';
export const INES = '00810000001212';
/** 24 November 2026, 10:00 in Paris. */
export const NOW = Date.parse('2026-11-24T09:00:00Z');

/** No test about something else is stopped by a token that ended. */
const TOKEN_LIFE_SECONDS = 30 * 86_400;

export interface TestSimulator extends RunningSimulator {
  /** What it takes the time to be. */
  now: number;
  token(service: keyof typeof TOKEN_PATHS): Promise<string>;
  ask(path: string, query?: Readonly<Record<string, string>>): Promise<Response>;
  /** Everything that an answer says; no row of it may be left out. */
  contents(path: string, query?: Readonly<Record<string, string>>, options?: Partial<ReadOptions>): Promise<Content[]>;
  /** As the operator's client: a status, and what it says. */
  operate(method: 'GET' | 'POST', path: string, body?: object, headers?: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }>;
}

export async function simulate(options: SimulatorOptions = {}): Promise<TestSimulator> {
  let now = NOW;
  const simulator = await startSimulator({ now: () => now, tokenLifeSeconds: TOKEN_LIFE_SECONDS, ...options });
  const { baseUrl } = simulator;
  const tokens = new Map<string, Promise<string>>();
  const serviceOf = (path: string): keyof typeof TOKEN_PATHS => (path.startsWith('/adict') ? 'grdf' : path.startsWith('/open_api') ? 'rte' : 'enedis');

  const test: TestSimulator = {
    baseUrl,
    get control() {
      return simulator.control;
    },
    openShop: (shop) => simulator.openShop(shop),
    stop: () => simulator.stop(),
    get now() {
      return now;
    },
    set now(value) {
      now = value;
    },
    async token(service) {
      const form: Record<string, string> = { grant_type: 'client_credentials', ...(service !== 'rte' && { client_id: 'portal', client_secret: 'portal-secret' }), ...(service === 'grdf' && { scope: '/adict/v2' }) };
      const response = await fetch(baseUrl + TOKEN_PATHS[service], { method: 'POST', body: new URLSearchParams(form), headers: service === 'rte' ? { authorization: `Basic ${btoa('portal:portal-secret')}` } : {} });
      assert.equal(response.status, 200);
      return ((await response.json()) as { access_token: string }).access_token;
    },
    async ask(path, query = {}) {
      const service = serviceOf(path);
      let token = tokens.get(service);
      if (!token) tokens.set(service, (token = test.token(service)));
      return fetch(`${baseUrl}${path}?${new URLSearchParams(query).toString()}`, { headers: { authorization: `Bearer ${await token}` } });
    },
    async contents(path, query, options = {}) {
      const response = await test.ask(path, query);
      const bytes = new Uint8Array(await response.arrayBuffer());
      assert.equal(response.status, 200, new TextDecoder().decode(bytes).slice(0, 300));
      const { contents, rows } = await read(bytes, { timeZone: TIME_ZONE, ...options });
      assert.deepEqual(rows.skipped, []);
      return contents;
    },
    async operate(method, path, body, headers = {}) {
      const response = await fetch(`${baseUrl}/operator/${path}`, {
        method,
        headers: { authorization: 'Bearer operator-token', 'content-type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
    },
  };
  return test;
}
