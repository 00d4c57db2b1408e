/** One server that speaks for all of them, on this machine only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { instant, type ConsentFailure } from '@oya/contract';
import * as z from 'zod/mini';
import { textOf, type Answer, type Request } from './answer.ts';
import { answerControl, ControlChange, type AskedRequest, type Control, type ControlState } from './control.ts';
import { Credentials, TOKEN_PATHS } from './credentials.ts';
import { FAIR_DATA, type DataWeather } from './households.ts';
import { Operator } from './operator.ts';
import { enedis } from './protocols/enedis.ts';
import { grdf } from './protocols/grdf.ts';
import type { Protocol } from './protocols/protocol.ts';
import { LyraPage, type Shop } from './payments/lyra-page.ts';
import { rte } from './protocols/rte.ts';
import { SERVICES, Weather, type Service } from './weather.ts';

export interface SimulatorOptions {
  /** 0, the default, lets the system choose. */
  port?: number;
  /** Epoch milliseconds; default: the clock. */
  now?: () => number;
  /** What the operator takes to decide; default: 6 seconds. */
  decideAfterMs?: number;
  /** Points whose consents wait until somebody decides. */
  held?: readonly string[];
  /** Points whose consents fail, and why. */
  refused?: Readonly<Record<string, ConsentFailure>>;
  /** What the companies know the portal by. */
  clientId?: string;
  clientSecret?: string;
  /** What the operator knows it by. */
  operatorToken?: string;
  tokenLifeSeconds?: number;
  /** Whatever happens by chance happens the same with the same seed. */
  seed?: number;
  /** What a late payment notice takes; default: 20 seconds. */
  lateNoticeMs?: number;
  /** Sites whose pages may use `/control`. */
  controlledFrom?: readonly string[];
}

export interface RunningSimulator {
  /** `http://localhost:4320`; below it lie the paths of all services, and `/operator`. */
  readonly baseUrl: string;
  readonly control: Control;
  /** A shop takes card payments by the form protocol of Lyra (PayZen) at `/vads-payment/`. */
  openShop(shop: Shop): void;
  stop(): Promise<void>;
}

const TIME_ZONE = 'Europe/Paris';
const MOST_BODY_BYTES = 64 * 1024;
const KEPT_REQUESTS = 50;

/** @throws what keeps it from listening */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { port = 0, now = Date.now, decideAfterMs = 6000, held = [], refused = {}, clientId = 'portal', clientSecret = 'portal-secret', operatorToken = 'operator-token', tokenLifeSeconds = 3600, seed = 1, lateNoticeMs = 20_000, controlledFrom = [] } = options;
  const credentials = new Credentials({ clientId, clientSecret, tokenLifeSeconds, now });
  const operator = new Operator({ token: operatorToken, decideAfterMs, held, refused, timeZone: TIME_ZONE, now });
  const weather = new Weather(now, TIME_ZONE, seed);
  const asked: AskedRequest[] = [];
  let dataWeather: DataWeather = FAIR_DATA;
  const surroundings = { operator, dataWeather: () => dataWeather, now };
  const protocols: Readonly<Record<Exclude<Service, 'operator'>, Protocol>> = { enedis: enedis(surroundings), grdf: grdf(surroundings), rte: rte(surroundings) };
  const stopped = new AbortController();
  const paymentPage = new LyraPage({ now, lateNoticeMs, signal: stopped.signal });

  const control: Control = {
    get state(): ControlState {
      return {
        services: Object.fromEntries(SERVICES.map((service) => [service, weather.of(service)])) as ControlState['services'],
        data: dataWeather,
        operator: { decideAfterMs: operator.decideAfterMs, consents: operator.consents },
        asked: [...asked],
      };
    },
    change(given) {
      const { services = {}, data, operator: ofOperator, endTokens } = z.parse(ControlChange, given);
      for (const service of SERVICES) if (services[service]) weather.change(service, definedOf(services[service]));
      if (data) dataWeather = { ...dataWeather, ...definedOf(data) };
      if (endTokens) credentials.endAll();
      if (!ofOperator) return;
      const { decideAfterMs: delay, hold, refuse, decide } = ofOperator;
      if (delay !== undefined) operator.decideAfterMs = delay;
      if (hold) operator.hold(hold.deliveryPoint, hold.isHeld);
      if (refuse) operator.refuse(refuse.deliveryPoint, refuse.reason);
      if (decide) operator.decide(decide.id, decide.decision);
    },
    decide: (id, decision) => operator.decide(id, decision),
  };

  /** What a service answers on a good day. */
  function answerOf(service: Service, request: Request): Answer {
    if (service === 'operator') return operator.answer(request);
    if (request.path === TOKEN_PATHS[service]) return credentials.giveToken(service, request);
    const protocol = protocols[service];
    return credentials.admits(service, request) && !weather.of(service).refusesTokens ? protocol.answer(request) : protocol.unauthorized;
  }

  async function attend(service: Service, request: Request, response: ServerResponse): Promise<void> {
    const note = (status: number | null): void => {
      asked.unshift({ at: instant(now()), service, path: request.path, status });
      asked.length = Math.min(asked.length, KEPT_REQUESTS);
    };
    const fate = weather.fateOf(service);
    const { latencyMs } = weather.of(service);
    if (latencyMs > 0) await after(latencyMs, undefined, { signal: stopped.signal });
    if (fate.kind === 'quota') {
      const { status, body } = service === 'operator' ? { status: 429, body: { error: 'too many requests' } } : protocols[service].tooMany;
      note(status);
      return send(response, { status, body, headers: { 'retry-after': String(fate.retryAfterSeconds) } });
    }
    if (fate.kind === 'failed' && fate.as === 'timeout') return note(null);
    if (fate.kind === 'failed' && fate.as !== 'truncated') {
      note(Number(fate.as));
      return send(response, { status: Number(fate.as), headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<html><body><h1>${fate.as}</h1></body></html>` });
    }
    const answer = answerOf(service, request);
    note(fate.kind === 'failed' ? null : answer.status);
    send(response, answer, fate.kind === 'failed');
  }

  const server = createServer((incoming, response) => {
    void (async () => {
      const request = await requestOf(incoming);
      if (!request) return send(response, { status: 413, body: { error: 'too long' } });
      if (request.path === '/control') {
        const origin = request.headers['origin'] ?? '';
        if (controlledFrom.includes(origin)) allow(response, origin);
        return send(response, request.method === 'OPTIONS' ? { status: 204 } : answerControl(request, control));
      }
      if (request.path.startsWith('/vads-payment/')) return send(response, await paymentPage.answer(request));
      const service = serviceOf(request.path);
      return service ? attend(service, request, response) : send(response, { status: 404, body: { error: `there is nothing at ${request.path}` } });
    })().catch((error: unknown) => {
      if (stopped.signal.aborted) return;
      console.error(error);
      if (!response.headersSent) send(response, { status: 500, body: { error: 'the simulator itself failed' } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  return {
    baseUrl: `http://localhost:${(server.address() as AddressInfo).port}`,
    control,
    openShop: (shop) => paymentPage.open(shop),
    async stop() {
      stopped.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Those that wait for an answer that never comes, too.
      server.closeAllConnections();
      await closed;
    },
  };
}

const PREFIXES: Readonly<Record<Service, readonly string[]>> = {
  enedis: [TOKEN_PATHS.enedis, '/metering_data_', '/mesure_synchrone_auto/'],
  grdf: [TOKEN_PATHS.grdf, '/adict/'],
  rte: [TOKEN_PATHS.rte, '/open_api/'],
  operator: ['/operator/'],
};

function serviceOf(path: string): Service | undefined {
  return SERVICES.find((service) => PREFIXES[service].some((prefix) => path.startsWith(prefix)));
}

async function requestOf(incoming: IncomingMessage): Promise<Request | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
  return { method: incoming.method ?? 'GET', path: pathname, query: Object.fromEntries(searchParams), headers, body: Buffer.concat(chunks).toString() };
}

/** @param isCut the answer breaks off half-way, though it told its whole length */
function send(response: ServerResponse, answer: Answer, isCut = false): void {
  const bytes = Buffer.from(textOf(answer));
  response.writeHead(answer.status, { ...(answer.status !== 204 && { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length }), ...answer.headers });
  if (!isCut) return void response.end(bytes);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function allow(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-headers', 'content-type');
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader('vary', 'origin');
}

/** Without what was left out: it stays as it is. */
function definedOf<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}
