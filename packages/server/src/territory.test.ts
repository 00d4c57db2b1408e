import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ProblemDocument, Territory } from '@oya/contract';
import { territory as demoTerritory } from '@oya/personas';
import { Visitor } from '../test/visitor.ts';
import { ConfigError, readConfig } from './config.ts';
import { loadTerritory } from './territory.ts';
import { startTestServer } from './testing.ts';

const EXAMPLE = fileURLToPath(new URL('../territory.example.json', import.meta.url));

describe('the territory of an installation', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'oya-territory-'))));
  after(() => rm(folder, { recursive: true }));

  const load = (environment: Record<string, string>) => loadTerritory(readConfig(environment));

  async function loadFile(text: string): Promise<Territory | undefined> {
    const file = path.join(folder, 'territory.json');
    await writeFile(file, text);
    return load({ OYA_TERRITORY: file });
  }

  it('is what the file says, the example among others', async () => {
    const territory = await load({ OYA_TERRITORY: EXAMPLE });
    assert.deepEqual(territory?.suppliers.map(({ utility }) => utility), ['eneo', 'sicae']);
    assert.deepEqual(territory?.communes[0], { id: '81060', name: 'Carmaux', postcodes: ['81400'], formerNames: ['Cramaux'] });
  });

  it('is the demo’s own where the demo is served and no file is named, and else nobody’s', async () => {
    assert.equal(await load({ OYA_DEMO: 'true' }), demoTerritory);
    assert.notEqual(await load({ OYA_DEMO: 'true', OYA_TERRITORY: EXAMPLE }), demoTerritory);
    assert.equal(await load({}), undefined);
  });

  it('is refused with each mistake, where it stands and what to do', async () => {
    const written = JSON.parse(await readFile(EXAMPLE, 'utf8')) as Territory;
    written.rules[0]!.communes = ['81061'];
    written.rules[2]!.utility = 'sica';
    await assert.rejects(loadFile(JSON.stringify(written)), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /territory\.json \(OYA_TERRITORY\) is not right:\n {2}rules\[0\]\.communes\[0\]: there is no commune “81061”.*\n {2}rules\[2\]\.utility: there is no supplier “sica”; there are eneo, sicae/);
      return true;
    });
  });

  it('is refused when it is no JSON, or no file', async () => {
    await assert.rejects(loadFile('{"communes": ['), { name: 'ConfigError', message: /territory\.json \(OYA_TERRITORY\) is not JSON: / });
    await assert.rejects(load({ OYA_TERRITORY: path.join(folder, 'elsewhere.json') }), { name: 'ConfigError', message: /elsewhere\.json.* there is no such file\. Correct the path/ });
  });
});

describe('GET /territory', () => {
  it('tells anybody, in the portal of every utility', async () => {
    const server = await startTestServer();
    try {
      for (const utility of ['eneo', 'sicae']) {
        const { status, body } = await new Visitor(server.baseUrl(utility)).get('/territory');
        assert.equal(status, 200);
        assert.deepEqual(body, demoTerritory);
      }
    } finally {
      await server.stop();
    }
  });

  it('is unsupported where the installation says nothing of it', async () => {
    const server = await startTestServer({ territory: null });
    try {
      const { status, body } = await new Visitor(server.baseUrl('eneo')).get<ProblemDocument>('/territory');
      assert.deepEqual([status, body.kind], [501, 'unsupported']);
    } finally {
      await server.stop();
    }
  });
});
