/**
 * A year of half-hours through the API, beside a bare `select` of the same rows through the same driver: the time of both
 * in one run, and what travels compressed. Of every household of the demo, and of real curves where they lie beside the
 * repository; those of a part of a year are told as if the whole of it were like that.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { daysBetween, type CurveSegment, type LocalDay } from '@oya/contract';
import { FormatError, read, splitByDay } from '@oya/formats';
import { importFile, type Database } from '../../packages/server/src/index.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestEngine, type TestServer } from '../../packages/server/src/testing.ts';
import { personas } from '@oya/personas';
import { table, type Bench, type MeasuredPromise } from './promise.ts';
import { signIn } from './sign-in.ts';

const REPORT = new URL('../../dist/bench/', import.meta.url);
/** Files of a network operator, which belong to others: read where they lie. */
const SAMPLES = fileURLToPath(new URL('../../../shared/data/samples/', import.meta.url));
const TIME_ZONE = 'Europe/Paris';
const YEAR = { from: '2025-01-01', to: '2026-01-01' };
const DAYS_A_YEAR = 365;
const WARM_UP = 30;
const TURNS = 200;
const MOST_BYTES_KB = 30;
const MOST_TIMES_SELECT = 5;

/** A curve to be asked for. */
interface Curve {
  what: string;
  utility: string;
  personaId: string;
  meterId: string;
  from: LocalDay;
  to: LocalDay;
}

interface Measured {
  curve: Curve;
  /** Milliseconds of each turn. */
  select: number[];
  request: number[];
  plainBytes: number;
  wireBytes: number;
}

export const bench: Bench = async () => {
  const promises: MeasuredPromise[] = [];
  const rows = [['half-hours', 'select p50', 'select p95', 'API p50', 'API p95', 'p95 ÷ p95', 'uncompressed', 'brotli', 'brotli, a year']];
  for (const engine of testEngines()) {
    for (const { curve, select, request, plainBytes, wireBytes } of await measure(engine)) {
      const ratio = percentile(request, 0.95) / percentile(select, 0.95);
      const what = `${curve.what}, ${engine.name}`;
      const aYear = (wireBytes * DAYS_A_YEAR) / daysBetween(curve.from, curve.to);
      const ms = (values: readonly number[], share: number) => `${percentile(values, share).toFixed(2)} ms`;
      rows.push([what, ms(select, 0.5), ms(select, 0.95), ms(request, 0.5), ms(request, 0.95), `${ratio.toFixed(2)} ×`, kilobytes(plainBytes), kilobytes(wireBytes), kilobytes(aYear)]);
      // What every request costs, whatever it asks for, would weigh more on a part of a year.
      if (curve.from === YEAR.from) promises.push({ what: `${what}: p95 ÷ p95 of a bare select`, measured: ratio, limit: MOST_TIMES_SELECT, unit: '×' });
      promises.push({ what: `${what}: a year on the wire`, measured: aYear / 1024, limit: MOST_BYTES_KB, unit: 'KB' });
    }
  }
  const report = table(rows);
  console.log(`\n${report}\n`);
  await mkdir(REPORT, { recursive: true });
  await writeFile(new URL('api.md', REPORT), `${report}\n`);
  return promises;
};

async function measure(engine: TestEngine): Promise<Measured[]> {
  const server = await startTestServer({ engine, config: { checkAnswers: false } });
  const agent = new http.Agent({ keepAlive: true });
  try {
    const measured: Measured[] = [];
    for (const curve of [...households(), ...(await realCurves(server.db))]) measured.push(await measureCurve(server, agent, curve));
    return measured;
  } finally {
    agent.destroy();
    await server.stop();
  }
}

/** Both in turn, so that whatever else the machine does touches both alike. */
async function measureCurve(server: TestServer, agent: http.Agent, curve: Curve): Promise<Measured> {
  const { utility, personaId, meterId, from, to } = curve;
  const { port } = server.app.server.address() as AddressInfo;
  const cookie = await signIn(server.baseUrl(utility), personaId);
  const path = `/${utility}/v1/meters/${meterId}/consumption?resolution=half-hour&from=${from}&to=${to}`;
  const get = (encoding: string) => bytesOf({ agent, port, path, headers: { cookie, 'accept-encoding': encoding } });
  const { key } = await server.db
    .selectFrom('channel')
    .innerJoin('meter', 'meter.key', 'channel.meter_key')
    .select('channel.key')
    .where('utility_id', '=', utility)
    .where('id', '=', meterId)
    .where('direction', '=', 'consumption')
    .executeTakeFirstOrThrow();

  const select: number[] = [];
  const request: number[] = [];
  for (let turn = 0; turn < WARM_UP + TURNS; turn++) {
    const bare = await timeOf(() => selectRows(server.db, key, curve));
    const whole = await timeOf(() => get('br'));
    if (turn < WARM_UP) continue;
    select.push(bare);
    request.push(whole);
  }
  return { curve, select, request, plainBytes: await get('identity'), wireBytes: await get('br') };
}

function households(): Curve[] {
  return personas.flatMap(({ id, utility, meters }) =>
    meters.filter(({ meter, dataFrom }) => meter.loadCurve === 'collected' && dataFrom !== null && dataFrom <= YEAR.from).map(({ meter }) => ({ what: meter.id, utility, personaId: id, meterId: meter.id, ...YEAR })),
  );
}

/** Each file that covers a month or more, taken in for a meter that has nothing at that time. A few days say nothing of a year. */
async function realCurves(db: Database): Promise<Curve[]> {
  if (!existsSync(SAMPLES)) {
    console.log('Real curves are not measured: expected ../shared/data/samples beside the repository.');
    return [];
  }
  const curves: Curve[] = [];
  for (const fileName of globSync('{csv,enedis}/*', { cwd: SAMPLES }).sort()) {
    const bytes = readFileSync(SAMPLES + fileName);
    const days = daysOf(await readSegments(bytes));
    if (days.length < 30) continue;
    const { contents } = await importFile(db, { utility: 'eneo', meter: 'camille-linky', fileName, bytes, now: SEEDED_AT });
    const { from, to } = contents[0]?.period ?? { from: YEAR.from, to: YEAR.from };
    if (daysBetween(from, to) !== days.length) throw new Error(`${fileName} has days without a value: what a year of it weighs cannot be told.`);
    curves.push({ what: fileName, utility: 'eneo', personaId: 'camille', meterId: 'camille-linky', from, to });
  }
  return curves;
}

/** The load curve of a file; nothing when it is something else. */
async function readSegments(bytes: Uint8Array): Promise<CurveSegment[]> {
  try {
    const { contents } = await read(bytes, { timeZone: TIME_ZONE });
    const [content, ...others] = contents;
    // One curve and nothing beside it.
    return others.length === 0 && content?.kind === 'series' && content.direction === 'consumption' && content.series.kind === 'curve' ? content.series.segments : [];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function daysOf(segments: CurveSegment[]): LocalDay[] {
  return [...splitByDay({ kind: 'curve', unit: 'W', segments }, TIME_ZONE)].map(({ day }) => day);
}

function selectRows(db: Database, channelKey: number, { from, to }: Pick<Curve, 'from' | 'to'>): Promise<unknown> {
  return db.selectFrom('load_curve').selectAll().where('channel_key', '=', channelKey).where('day', '>=', from).where('day', '<', to).execute();
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
