import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from './config.ts';
import { loadOutageMaps } from './outage-maps.ts';

const EXAMPLE = fileURLToPath(new URL('../map.example.json', import.meta.url));

describe('the map of an installation', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'oya-map-'))));
  after(() => rm(folder, { recursive: true }));

  const load = (environment: Record<string, string>) => loadOutageMaps(readConfig(environment));

  it('is what the file says, the example among others; else the demo’s own where that is served, and nobody’s', async () => {
    assert.deepEqual((await load({ OYA_MAP: EXAMPLE }))['eneo']?.features.map(({ properties }) => properties), [{ commune: '81060', name: 'Carmaux' }]);
    assert.deepEqual(Object.keys(await load({ OYA_DEMO: 'true' })), ['eneo', 'sicae']);
    assert.deepEqual(await load({}), {});
  });

  it('is refused with whose is not right, and what it must be', async () => {
    const file = path.join(folder, 'map.json');
    await writeFile(file, JSON.stringify({ eneo: { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { commune: 'Carmaux', name: 'Carmaux' }, geometry: { type: 'Polygon', coordinates: [] } }] } }));
    await assert.rejects(load({ OYA_MAP: file }), (error) => error instanceof ConfigError && /map\.json \(OYA_MAP\) is not right:\n {2}eneo: expected a FeatureCollection of polygons/.test(error.message));
  });
});
