/**
 * The way of a load curve in Chromium: from the API over the adapter into the element until it is painted, a year and ten
 * years of half-hours, beside fetching and parsing the same answers with nothing drawn; and a year read for the first time
 * in both notations of its columns. Every measurement has a page of its own, in which no code is warm, in interleaved rounds.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import http, { type RequestListener } from 'node:http';
import { addDays, getConsumption, joinSegments, parseOutput, type LocalDay } from '@oya/contract';
import { findPersona, measureDay, type PersonaMeter } from '@oya/personas';
import { chromium, type Browser } from 'playwright-core';
import { customerCsv } from '../../packages/formats/src/testing.ts';
import { importFile } from '../../packages/server/src/index.ts';
import { SEEDED_AT, startTestServer, type TestServer } from '../../packages/server/src/testing.ts';
import { launchOptions } from '../../packages/tools/src/browser.ts';
import { cpu, onPage, servePage } from './page-site.ts';
import { median, table, type Bench, type MeasuredPromise } from './promise.ts';
import { signIn } from './sign-in.ts';
import type { WayPage, WayQuestion } from './way-page.ts';

declare const wayPage: WayPage;

const REPORT = new URL('../../dist/bench/', import.meta.url);
const UTILITY = 'eneo';
const HOUSEHOLD = 'camille';
const ROUNDS = 9;
const MOST_COLD_MS = 2;

const question = (...years: number[]): WayQuestion => ({
  base: `/api/${UTILITY}/v1`,
  meterId: meterOf(HOUSEHOLD).meter.id,
  periods: years.slice(1).map((end, index) => ({ from: `${years[index]}-01-01`, to: `${end}-01-01` })),
});
const LENGTHS = { 'a year': question(2025, 2026), 'ten years': question(2016, 2019, 2022, 2025, 2026) } as const;

export const bench: Bench = async () => {
  const server = await startTestServer({ config: { checkAnswers: false } });
  const browser = await chromium.launch(launchOptions());
  try {
    await takeTenYears(server);
    const site = await servePage('way-page.ts', await throughTo(server));
    try {
      const ways = await measureWays(browser, site.url);
      const reading = await measureReading(browser, site.url);
      const report = `${table(ways)}\n\n${table(reading.rows)}`;
      console.log(`\n${report}\n`);
      await mkdir(REPORT, { recursive: true });
      await writeFile(new URL('way.md', REPORT), `${report}\n`);
      return reading.promises;
    } finally {
      await site.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
};

function meterOf(personaId: string): PersonaMeter {
  return findPersona(personaId).meters[0] as PersonaMeter;
}

/** As if the meter had been read for ten years: its own days before those of the demo, out of a file. */
async function takeTenYears({ db }: TestServer): Promise<void> {
  const source = meterOf(HOUSEHOLD);
  const segments = joinSegments([...daysOf(2016, 2025)].flatMap((day) => measureDay(source, day).curve));
  const bytes = customerCsv({ kind: 'curve', unit: 'W', segments }, { timeZone: source.timeZone, deliveryPoint: '', preamble: false });
  await importFile(db, { utility: UTILITY, meter: source.meter.id, fileName: 'ten-years.csv', bytes, now: SEEDED_AT });
}

function* daysOf(fromYear: number, toYear: number): Generator<LocalDay> {
  for (let day = `${fromYear}-01-01`; day < `${toYear}-01-01`; day = addDays(day, 1)) yield day;
}

/** The API below the page's own origin, signed in. */
async function throughTo(server: TestServer): Promise<RequestListener> {
  const cookie = await signIn(server.baseUrl(UTILITY), HOUSEHOLD);
  const agent = new http.Agent({ keepAlive: true });
  return ({ url = '', headers }, response) => {
    http.get(server.url + url.replace(/^\/api/, ''), { agent, headers: { cookie, 'accept-encoding': headers['accept-encoding'] } }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
  };
}

async function measureWays(browser: Browser, url: string): Promise<string[][]> {
  const rows = [['half-hours, from the API to the picture', 'fetched and parsed', 'painted', 'painted ÷ parsed', 'CPU, parsed', 'CPU, painted']];
  for (const [length, asked] of Object.entries(LENGTHS)) {
    const took = { bare: [] as number[], whole: [] as number[], bareCpu: [] as number[], wholeCpu: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const [bareCpu, bare] = await onPage(browser, url, (page, devtools) => cpu(devtools, () => page.evaluate((what) => wayPage.bare(what), asked)));
      const [wholeCpu, whole] = await onPage(browser, url, (page, devtools) => cpu(devtools, () => page.evaluate((what) => wayPage.whole(what), asked)));
      took.bare.push(bare);
      took.whole.push(whole);
      took.bareCpu.push(bareCpu);
      took.wholeCpu.push(wholeCpu);
    }
    rows.push([length, ms(took.bare), ms(took.whole), `${(median(took.whole) / median(took.bare)).toFixed(2)} ×`, ms(took.bareCpu), ms(took.wholeCpu)]);
  }
  return rows;
}

/** The first reading of a year in an engine that has compiled nothing yet. */
async function measureReading(browser: Browser, url: string): Promise<{ rows: string[][]; promises: MeasuredPromise[] }> {
  const { base, meterId } = LENGTHS['a year'];
  const ask = async (to: LocalDay) => (await fetch(`${new URL(base, url).href}/meters/${meterId}/consumption?resolution=half-hour&from=2025-01-01&to=${to}`)).text();
  const [earlier, packed] = [await ask('2025-01-02'), await ask('2026-01-01')];
  const plain = JSON.stringify(parseOutput(getConsumption, JSON.parse(packed)));
  const notations = [['plain', plain], ['packed', packed]] as const;
  const took = new Map(notations.map(([notation]) => [notation, { parse: [] as number[], contract: [] as number[], both: [] as number[] }]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [notation, text] of notations) {
      await onPage(browser, url, async (page, devtools) => {
        await page.evaluate(([year, day]) => wayPage.hold(year, day), [text, earlier] as const);
        await page.evaluate(() => wayPage.rest());
        const [rest] = await cpu(devtools, () => page.evaluate(() => wayPage.rest()));
        const [parse] = await cpu(devtools, () => page.evaluate(() => wayPage.parse()));
        const [contract] = await cpu(devtools, () => page.evaluate(() => wayPage.readByContract()));
        const times = took.get(notation);
        times?.parse.push(parse - rest);
        times?.contract.push(contract - rest);
        times?.both.push(parse + contract - 2 * rest);
      });
    }
  }
  return {
    rows: [['CPU of a year read for the first time', 'JSON.parse', 'contract', 'both'], ...[...took].map(([notation, { parse, contract, both }]) => [notation, ms(parse), ms(contract), ms(both)])],
    promises: [...took].map(([notation, { contract }]) => ({ what: `a columnar year validated, cold, ${notation}`, measured: median(contract), limit: MOST_COLD_MS, unit: 'ms' })),
  };
}

function ms(values: readonly number[]): string {
  return `${median(values).toFixed(2)} ms`;
}
