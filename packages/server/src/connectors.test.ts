import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from './config.ts';
import { loadConnectors, NO_CONNECTORS, requireConnected } from './connectors.ts';

const CREDENTIALS = { OYA_ENEDIS_CLIENT_ID: 'enedis', OYA_ENEDIS_CLIENT_SECRET: 'x', OYA_GRDF_CLIENT_ID: 'grdf', OYA_GRDF_CLIENT_SECRET: 'x', OYA_RTE_CLIENT_ID: 'rte', OYA_RTE_CLIENT_SECRET: 'x' };

describe('the connectors of an installation', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'oya-connectors-'))));
  after(() => rm(folder, { recursive: true }));

  const load = async (content: unknown, environment: Record<string, string> = CREDENTIALS) => {
    const file = path.join(folder, 'connectors.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return loadConnectors(readConfig({ OYA_CONNECTORS: file }), environment);
  };
  const refusal = async (content: unknown, environment?: Record<string, string>) => {
    const error = await load(content, environment).then(() => assert.fail('they were taken'), (thrown: unknown) => thrown);
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  };

  it('are none where no file is named', async () => {
    assert.equal(await loadConnectors(readConfig({}), {}), NO_CONNECTORS);
  });

  it('need no more than their kind where their company is meant', async () => {
    const { utilities, signals } = await load({ utilities: { eneo: { electricity: { kind: 'enedis-2026' }, gas: { kind: 'grdf-adict' } } }, rte: {} });
    const { electricity, gas } = utilities['eneo'] ?? {};
    assert.match(electricity?.name ?? '', /^enedis-2026 gw\.ext\.prod\.api\.enedis\.fr [0-9a-f]{8}$/);
    assert.deepEqual([electricity?.pace, electricity?.freshFrom, gas?.freshFrom, signals?.freshFrom], [{ callsPerMinute: 300, burst: 5 }, 480, 840, 640]);
    assert.deepEqual([Object.keys(electricity?.datasets ?? {}), Object.keys(gas?.datasets ?? {}), Object.keys(signals?.datasets ?? {})], [['days', 'load-curve', 'maximum-power', 'production-days', 'production-curve'], ['days'], ['tempo', 'ecowatt']]);
  });

  it('share a quota where they share credentials, and not where they do not', async () => {
    const same = { kind: 'enedis-v5' };
    const { utilities } = await load({ utilities: { eneo: { electricity: same }, sicae: { electricity: same }, other: { electricity: { ...same, clientIdVariable: 'OYA_GRDF_CLIENT_ID' } } } });
    const names = ['eneo', 'sicae', 'other'].map((id) => utilities[id]?.electricity?.name);
    assert.equal(names[0], names[1]);
    assert.notEqual(names[0], names[2]);
    assert.doesNotMatch(String(names), /grdf/, 'the credentials are not to be read there');
  });

  it('leave datasets out, or limit them in the way of their network operator', async () => {
    const { utilities } = await load({ utilities: { eneo: { electricity: { kind: 'enedis-v5', datasets: { 'maximum-power': false, 'load-curve': { daysPerCall: 31 } } } } } });
    const { datasets } = utilities['eneo']?.electricity ?? {};
    assert.deepEqual([Object.keys(datasets ?? {}), datasets?.['load-curve']], [['days', 'load-curve', 'production-days', 'production-curve'], { daysPerCall: 31, historyDays: 745 }]);
    const of = (datasets: object) => refusal({ utilities: { eneo: { gas: { kind: 'grdf-adict', datasets } } } });
    assert.match(await of({ 'load-curve': false }), /grdf-adict: datasets: there is no load-curve; there are days/);
    assert.match(await of({ days: true }), /eneo: gas: datasets: days: write false to leave it out/);
    assert.match(await of({ weeks: false }), /eneo: gas: datasets: .*weeks|eneo: gas: datasets: there is no setting weeks/);
  });

  it('are refused without their credentials, naming each variable that is not set', async () => {
    const message = await refusal({ utilities: { eneo: { electricity: { kind: 'enedis-v5' }, gas: { kind: 'grdf-adict', clientIdVariable: 'GAS_ID', clientSecretVariable: 'GAS_SECRET' } } } }, { OYA_ENEDIS_CLIENT_ID: 'x', GAS_ID: ' ' });
    assert.match(message, /OYA_CONNECTORS\) needs OYA_ENEDIS_CLIENT_SECRET, GAS_ID, GAS_SECRET, which are not set\. Set them in the environment/);
  });

  it('that are wrong are all told at once, each with its place', async () => {
    const message = await refusal({ utilities: { eneo: { electricity: { kind: 'grdf-adict', baseUrl: 'http://api.example', secret: 'x' }, water: {} }, sicae: { gas: { kind: 'grdf-adict', callsPerMinute: 0, freshFrom: '8h', clientIdVariable: 'my secret' } } }, rte: { baseUrl: 'nowhere' } });
    for (const line of [
      /utilities: eneo: electricity: kind: write enedis-v5 or enedis-2026/, /eneo: electricity: baseUrl: write an address with https/, /eneo: electricity: there is no setting secret; there are kind, baseUrl/, /utilities: eneo: there is no setting water/,
      /sicae: gas: callsPerMinute: write 1 or more/, /sicae: gas: freshFrom: write a time of day/, /sicae: gas: clientIdVariable: write the name of an environment variable/, /rte: baseUrl: write an address/, /packages\/server\/connectors\.example\.json/,
    ]) assert.match(message, line);
    assert.match(await refusal('{'), /The connectors in .* \(OYA_CONNECTORS\) are not JSON/);
    assert.match(await refusal([]), /write \{"utilities"/);
    await assert.rejects(loadConnectors({ connectorsFile: 'nowhere.json' }, {}), /OYA_CONNECTORS names nowhere\.json, .*there is no such file/);
  });

  it('are of utilities that are there', async () => {
    const connectors = await load({ utilities: { enoe: { electricity: { kind: 'enedis-v5' } } } });
    assert.throws(() => requireConnected(connectors, ['eneo', 'sicae']), /OYA_CONNECTORS names enoe, but there are only eneo, sicae/);
  });

  it('of the example can be used as they are', async () => {
    const example = fileURLToPath(new URL('../connectors.example.json', import.meta.url));
    const { utilities, signals } = await loadConnectors({ connectorsFile: example }, { ...CREDENTIALS, SICAE_METERING_CLIENT_ID: 'x', SICAE_METERING_CLIENT_SECRET: 'x' });
    assert.deepEqual([Object.keys(utilities), signals !== undefined], [['eneo', 'sicae'], true]);
  });
});
