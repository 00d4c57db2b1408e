/**
 * A thousand customers open the page with their consumption, each with a session, a contract and a meter of their own, on one
 * node of the server. Beside it, in turns of one run, the two floors that no such server can pass: the same requests answered
 * from memory by a bare HTTP server, and the rows of the same answers selected by the bare driver. The portal has a process
 * of its own; what asks is here.
 */
import autocannon from 'autocannon';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { testEngines } from '../../packages/server/src/testing.ts';
import { median, table, type Bench } from './promise.ts';
import type { Crowd, FloorAsked, FloorTook } from './throughput-node.ts';

const REPORT = new URL('../../dist/bench/', import.meta.url);
const NODE = fileURLToPath(new URL('throughput-node.ts', import.meta.url));
const CUSTOMERS = 1000;
/** Browsers open several connections, and not all customers come in the same instant. */
const CONNECTIONS = 50;
const ROUNDS = 5;

/** One way to open the pages of all customers. */
interface Opening {
  /** Pages a second. */
  perSecond: number;
  /** Of single requests, in ms. */
  p50: number;
  p99: number;
}

export const bench: Bench = async () => {
  const rows = [['a thousand customers open the page', 'pages a second', 'request p50', 'request p99', 'bare HTTP, pages a second', 'bare selects, pages a second', 'time ÷ bare HTTP', 'time ÷ bare selects']];
  for (const engine of testEngines()) {
    const node = fork(NODE, [engine.name, String(CUSTOMERS)], { stdio: 'inherit' });
    try {
      const crowd = await told<Crowd>(node);
      const took = { portal: [] as Opening[], http: [] as Opening[], selects: [] as number[] };
      for (let round = 0; round <= ROUNDS; round++) {
        const portal = await openAll(crowd.portal, crowd);
        const http = await openAll(crowd.bare, crowd);
        node.send({ ask: 'selects' } satisfies FloorAsked);
        const selects = CUSTOMERS / (await told<FloorTook>(node)).seconds;
        // The first round warms the code up.
        if (round === 0) continue;
        took.portal.push(portal);
        took.http.push(http);
        took.selects.push(selects);
      }
      const portal = median(took.portal.map(({ perSecond }) => perSecond));
      const http = median(took.http.map(({ perSecond }) => perSecond));
      const selects = median(took.selects);
      const ms = (value: (opening: Opening) => number) => `${median(took.portal.map(value)).toFixed(1)} ms`;
      rows.push([`${engine.name}, ${crowd.paths.length} requests a page`, portal.toFixed(0), ms(({ p50 }) => p50), ms(({ p99 }) => p99), http.toFixed(0), selects.toFixed(0), `${(http / portal).toFixed(2)} ×`, `${(selects / portal).toFixed(2)} ×`]);
    } finally {
      node.kill();
      if (node.exitCode === null && node.signalCode === null) await once(node, 'exit');
    }
  }
  const report = table(rows);
  console.log(`\n${report}\n`);
  await mkdir(REPORT, { recursive: true });
  await writeFile(new URL('throughput.md', REPORT), `${report}\n`);
  return [];
};

/** Each connection opens the pages of its share of the customers, one after the other. */
async function openAll(url: string, { customers, paths }: Crowd): Promise<Opening> {
  let connection = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    amount: customers.length * paths.length,
    setupClient(client) {
      const own = customers.filter((_, index) => index % CONNECTIONS === connection);
      connection++;
      client.setRequests(
        own.flatMap(({ cookie, names }) =>
          paths.map((path) => ({ method: 'GET' as const, path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? ''), headers: { cookie, 'accept-encoding': 'br' } })),
        ),
      );
    },
  });
  const failures = result.errors + result.timeouts + result.non2xx;
  if (failures > 0) throw new Error(`${failures} of ${customers.length * paths.length} requests to ${url} failed: a page that shows nothing is quick.`);
  const seconds = (result.finish.getTime() - result.start.getTime()) / 1000;
  return { perSecond: customers.length / seconds, p50: result.latency.p50, p99: result.latency.p99 };
}

/** The next thing that the node says; fails when it ends instead. */
async function told<T>(node: ChildProcess): Promise<T> {
  const ended = new AbortController();
  try {
    return await Promise.race([
      once(node, 'message', { signal: ended.signal }).then(([message]) => message as T),
      once(node, 'exit', { signal: ended.signal }).then(([code]) => {
        throw new Error(`the portal's process ended with ${String(code)}`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}
