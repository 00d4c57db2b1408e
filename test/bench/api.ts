/**
 * A year of half-hours through the API, beside a bare `select` of the same rows through the same driver:
 * the time of both in one run, and what travels compressed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Database } from '../../packages/server/src/index.ts';
import { startTestServer, testEngines, type TestEngine } from '../../packages/server/src/testing.ts';
import { findPersona, personas } from '@oya/personas';
import { table, type Bench, type MeasuredPromise } from './promise.ts';

const REPORT = new URL('../../dist/bench/', import.meta.url);
const FROM = '2025-01-01';
const TO = '2026-01-01';
const WARM_UP = 30;
const TURNS = 200;
const MOST_BYTES_KB = 30;
const MOST_TIMES_SELECT = 5;

export const bench: Bench = async () => {
  const promises: MeasuredPromise[] = [];
  const rows = [['year of half-hours', 'select p50', 'select p95', 'API p50', 'API p95', 'p95 ÷ p95', 'plain', 'brotli']];
  for (const engine of testEngines()) {
    for (const { household, select, request, plainBytes, wireBytes } of await measure(engine)) {
      const ratio = percentile(request, 0.95) / percentile(select, 0.95);
      const what = `a year of half-hours, ${household}, ${engine.name}`;
      const ms = (values: readonly number[], share: number) => `${percentile(values, share).toFixed(2)} ms`;
      rows.push([what, ms(select, 0.5), ms(select, 0.95), ms(request, 0.5), ms(request, 0.95), `${ratio.toFixed(2)} ×`, kilobytes(plainBytes), kilobytes(wireBytes)]);
      promises.push({ what: `${what}: p95 ÷ p95 of a bare select`, measured: ratio, limit: MOST_TIMES_SELECT, unit: '×' });
      promises.push({ what: `${what}: on the wire`, measured: wireBytes / 1024, limit: MOST_BYTES_KB, unit: 'KB' });
    }
  }
  const report = table(rows);
  console.log(`\n${report}\n`);
  await mkdir(REPORT, { recursive: true });
  await writeFile(new URL('api.md', REPORT), `${report}\n`);
  return promises;
};

interface Measured {
  household: string;
  /** Milliseconds of each turn. */
  select: number[];
  request: number[];
  plainBytes: number;
  wireBytes: number;
}

/** Both in turn, so that whatever else the machine does touches both alike. */
async function measure(engine: TestEngine): Promise<Measured[]> {
  const server = await startTestServer({ engine, config: { checkAnswers: false } });
  const agent = new http.Agent({ keepAlive: true });
  try {
    const measured: Measured[] = [];
    for (const { id, utility, meters } of personas) {
      const meter = meters.find((candidate) => candidate.meter.loadCurve === 'collected')?.meter;
      if (!meter) continue;
      const { port } = server.app.server.address() as AddressInfo;
      const cookie = await signIn(server.baseUrl(utility), id);
      const path = `/${utility}/v1/meters/${meter.id}/consumption?resolution=half-hour&from=${FROM}&to=${TO}`;
      const get = (encoding: string) => bytesOf({ agent, port, path, headers: { cookie, 'accept-encoding': encoding } });
      const { key } = await server.db.selectFrom('meter').select('key').where('utility_id', '=', utility).where('id', '=', meter.id).executeTakeFirstOrThrow();

      const select: number[] = [];
      const request: number[] = [];
      for (let turn = 0; turn < WARM_UP + TURNS; turn++) {
        const bare = await timeOf(() => selectRows(server.db, key));
        const whole = await timeOf(() => get('br'));
        if (turn < WARM_UP) continue;
        select.push(bare);
        request.push(whole);
      }
      measured.push({ household: id, select, request, plainBytes: await get('identity'), wireBytes: await get('br') });
    }
    return measured;
  } finally {
    agent.destroy();
    await server.stop();
  }
}

function selectRows(db: Database, meterKey: number): Promise<unknown> {
  return db.selectFrom('load_curve').selectAll().where('meter_key', '=', meterKey).where('day', '>=', FROM).where('day', '<', TO).execute();
}

async function signIn(baseUrl: string, personaId: string): Promise<string> {
  const { login, password } = findPersona(personaId);
  const response = await fetch(`${baseUrl}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password }) });
  if (!response.ok) throw new Error(`${personaId} could not sign in: ${await response.text()}`);
  return response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

/** What came over the wire, without decompressing it: that is the browser's work. */
function bytesOf(options: http.RequestOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(options, (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('end', () => (response.statusCode === 200 ? resolve(bytes) : reject(new Error(`the API answered ${response.statusCode}`))));
      })
      .on('error', reject);
  });
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
