import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from './config.ts';
import { loadProviders } from './providers.ts';

describe('the providers of an installation', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'oya-providers-'))));
  after(() => rm(folder, { recursive: true }));

  const load = async (content: unknown) => {
    const file = path.join(folder, 'oidc.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return loadProviders(readConfig({ OYA_OIDC: file }));
  };
  const refusal = async (content: unknown) => {
    const error = await load(content).then(() => assert.fail('it was taken'), (thrown: unknown) => thrown);
    assert.ok(error instanceof ConfigError);
    return error.message;
  };
  const eneo = { issuer: 'https://login.eneo.example', audience: 'https://api.eneo.example' };

  it('are none where no file is named', async () => {
    assert.deepEqual(await loadProviders(readConfig({})), {});
  });

  it('name the customer by the subject, where nothing else is said', async () => {
    assert.deepEqual(await load({ eneo }), { eneo: { ...eneo, customerClaim: 'sub' } });
  });

  it('have an example to copy', async () => {
    const example = fileURLToPath(new URL('../oidc.example.json', import.meta.url));
    assert.deepEqual(Object.keys(await loadProviders({ providersFile: example })), ['eneo', 'sicae']);
  });

  it('may be on this machine without https, and nowhere else', async () => {
    for (const issuer of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://login.eneo.localhost']) assert.equal((await load({ eneo: { ...eneo, issuer } }))['eneo']?.issuer, issuer);
    for (const issuer of ['http://login.eneo.example', 'login.eneo.example', 'javascript:alert(1)', 'http://127.0.0.1.evil.example', 'http://localhost.example']) {
      assert.match(await refusal({ eneo: { ...eneo, issuer } }), /eneo: issuer: write it as the provider does, with https/, issuer);
    }
  });

  it('that are wrong are all told at once, each with its place', async () => {
    const message = await refusal({ eneo: { issuer: '', audience: 7, claim: 'sub' }, sicae: null });
    assert.match(message, /OYA_OIDC/);
    assert.match(message, /eneo: issuer: a text is needed/);
    assert.match(message, /eneo: audience: a text is needed/);
    assert.match(message, /eneo: there is no setting claim; there are issuer, audience, customerClaim/);
    assert.match(message, /sicae: ./);
    assert.match(message, /packages\/server\/oidc\.example\.json/);
    assert.match(await refusal('{'), /are not JSON/);
    assert.match(await refusal([]), /write \{"<utility>"/);
    await assert.rejects(loadProviders({ providersFile: 'nowhere.json' }), /OYA_OIDC names nowhere\.json, .*there is no such file/);
  });
});
