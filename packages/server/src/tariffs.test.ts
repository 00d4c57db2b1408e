import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Consumption, ProblemDocument, ReferenceTariffs, TempoDays } from '@oya/contract';
import { compareTariffs } from '@oya/contract';
import { findPersona, offPeakOf, referenceTariffs, tempoCalendar, tempoColour } from '@oya/personas';
import { Visitor } from '../test/visitor.ts';
import { ConfigError, readConfig } from './config.ts';
import { loadTariffs } from './tariffs.ts';
import { startTestServer, type TestServer } from './testing.ts';

const EXAMPLE = fileURLToPath(new URL('../tariffs.example.json', import.meta.url));

describe('the tariffs of an installation', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'oya-tariffs-'))));
  after(() => rm(folder, { recursive: true }));

  const load = (environment: Record<string, string>) => loadTariffs(readConfig(environment));

  async function loadFile(text: string): Promise<ReferenceTariffs | undefined> {
    const file = path.join(folder, 'tariffs.json');
    await writeFile(file, text);
    return load({ OYA_TARIFFS: file });
  }

  it('are what the file says, the example among others', async () => {
    assert.deepEqual((await load({ OYA_TARIFFS: EXAMPLE }))?.tariffs.map(({ kind }) => kind), ['base', 'peak-off-peak', 'tempo']);
  });

  it('are the demo’s own where the demo is served and no file is named, and else none', async () => {
    assert.equal(await load({ OYA_DEMO: 'true' }), referenceTariffs);
    assert.equal(await load({}), undefined);
  });

  it('are refused with each mistake, where it stands and what to do', async () => {
    const written = JSON.parse(await readFile(EXAMPLE, 'utf8')) as ReferenceTariffs;
    written.tariffs[1]!.id = written.tariffs[0]!.id;
    written.tariffs[1]!.powers[0]!.prices = written.tariffs[1]!.powers[0]!.prices.filter(({ what }) => what !== 'HC');
    await assert.rejects(loadFile(JSON.stringify(written)), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /tariffs\.json \(OYA_TARIFFS\) are not right:\n {2}tariffs\[1\]\.id: “base” is there twice.*\n {2}tariffs\[1\]\.powers\[0\]\.prices: there is no “HC” per kWh/);
      return true;
    });
    written.tariffs[0]!.powers[0]!.prices[0]!.price = 15.82 as never;
    await assert.rejects(loadFile(JSON.stringify(written)), { name: 'ConfigError', message: /tariffs\[0\]\.powers\[0\]\.prices\[0\]\.price: / });
  });

  it('are refused when two prices hold on one day', async () => {
    const written = JSON.parse(await readFile(EXAMPLE, 'utf8')) as ReferenceTariffs;
    const [first] = written.tariffs[0]!.powers[0]!.prices;
    written.tariffs[0]!.powers[0]!.prices.push({ ...first!, from: '2026-10-01' });
    await assert.rejects(loadFile(JSON.stringify(written)), { name: 'ConfigError', message: /“standing-charge” has two prices on 2026-10-01/ });
  });
});

describe('GET /tariffs and /tempo-days', () => {
  let server: TestServer;
  let visitor: Visitor;
  before(async () => {
    server = await startTestServer();
    visitor = new Visitor(server.baseUrl('eneo'));
  });
  after(() => server.stop());

  it('tell anybody', async () => {
    assert.deepEqual((await visitor.get('/tariffs')).body, referenceTariffs);
    assert.deepEqual((await visitor.get<TempoDays>('/tempo-days?from=2026-01-01&to=2026-02-01')).body.items, tempoCalendar('2026-01-01', '2026-02-01'));
  });

  it('are unsupported where the installation has no tariffs', async () => {
    const without = await startTestServer({ tariffs: null });
    try {
      const { status, body } = await new Visitor(without.baseUrl('eneo')).get<ProblemDocument>('/tariffs');
      assert.deepEqual([status, body.kind], [501, 'unsupported']);
    } finally {
      await without.stop();
    }
  });

  it('lead the twin to the cent to what the portal says that each account’s consumption costs', async () => {
    const period = { from: '2025-11-01', to: '2026-11-01' };
    for (const [persona, kind] of [['lucien', 'base'], ['camille', 'peak-off-peak'], ['julien', 'tempo']] as const) {
      const { login, password, contracts, meters, utility } = findPersona(persona);
      const customer = new Visitor(server.baseUrl(utility));
      await customer.signIn(login, password);
      const [contract] = contracts;
      const { body } = await customer.get<Consumption>(`/meters/${meters[0]!.meter.id}/consumption?resolution=day&from=${period.from}&to=${period.to}`);
      assert.ok(body.series.kind === 'energy' && body.cost, persona);
      const { series, cost } = body;
      const { registers = [{ code: 'BASE', values: series.values }] } = series;
      const days = series.values.map((energy, index) => ({
        day: new Date(Date.parse(`${series.from}T00:00Z`) + index * 86_400_000).toISOString().slice(0, 10),
        energy,
        registers: Object.fromEntries(registers.filter(({ values }) => values[index] !== null).map(({ code, values }) => [code, values[index] as number])),
      }));
      const household = { subscribedPowerKva: contract!.subscribedPowerKva, offPeak: offPeakOf(contract!), tempoColour, timeZone: 'Europe/Paris' };
      const tariffs = referenceTariffs.tariffs.filter((tariff) => tariff.kind === kind);
      const { results, days: compared } = compareTariffs(tariffs, days, household, period);
      const measured = series.values.flatMap((energy, index) => (energy === null ? [] : [index]));
      assert.ok(compared.length > 355 && compared.length === measured.length, `${persona}: ${compared.length} days`);
      const total = (column: readonly (number | null)[]) => measured.reduce((all, index) => all + (column[index] ?? 0), 0);
      assert.deepEqual([results[0]?.cost?.energy, results[0]?.cost?.standingCharge], [total(cost.energy), total(cost.standingCharge)], persona);
    }
  });
});
