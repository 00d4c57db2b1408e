import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '../config.ts';
import { loadPayments } from './payment-settings.ts';

describe('who takes card payments', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'oya-payments-'))));
  after(() => rm(folder, { recursive: true }));

  const load = async (content: unknown, environment: Record<string, string> = { OYA_PAYZEN_KEY: 'x' }) => {
    const file = path.join(folder, 'payments.json');
    await writeFile(file, JSON.stringify(content));
    return loadPayments(readConfig({ OYA_PAYMENTS: file }), environment);
  };
  const refusal = async (content: unknown, environment?: Record<string, string>) => {
    const error = await load(content, environment).then(() => assert.fail('they were taken'), (thrown: unknown) => thrown);
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  };
  const eneo = { provider: 'payzen', siteId: '12345678', mode: 'test' };

  it('is nobody where no file says so', async () => {
    assert.deepEqual(await loadPayments(readConfig({}), {}), {});
  });

  it('is told by utility, and whether less than all may be paid', async () => {
    const { eneo: whole, sicae: parts } = await load({ eneo, sicae: { ...eneo, mode: 'production', partial: { least: 500 } } });
    assert.deepEqual([whole?.name, whole?.isLive, whole?.partial], ['payzen', false, null]);
    assert.deepEqual([parts?.isLive, parts?.partial], [true, { least: 500 }]);
  });

  it('is told with secrets in the environment alone', async () => {
    assert.match(await refusal({ eneo, sicae: { provider: 'stripe', mode: 'test' } }, {}), /needs OYA_PAYZEN_KEY, OYA_STRIPE_SECRET_KEY, OYA_STRIPE_SIGNING_SECRET, which are not set/);
    assert.match(await refusal({ eneo: { ...eneo, keyVariable: '0xSecret' } }), /the secret itself never stands here/);
  });

  it('is refused with each mistake where it stands', async () => {
    const message = await refusal({ eneo: { ...eneo, siteId: 'shop', mode: 'live', url: 'http://payzen.example', key: 'x' }, sicae: { provider: 'paper' } });
    for (const part of [/eneo: siteId: write the number of the shop/, /eneo: mode: write test or production/, /eneo: url: write an address with https/, /sicae: .*write \{"provider"/, /packages\/server\/payments\.example\.json/]) assert.match(message, part);
  });

  it('has an example to copy', async () => {
    const example = fileURLToPath(new URL('../../payments.example.json', import.meta.url));
    const environment = { OYA_ENEO_PAYZEN_KEY: 'x', OYA_SICAE_STRIPE_KEY: 'x', OYA_SICAE_STRIPE_SIGNING: 'x' };
    assert.deepEqual(Object.entries(await loadPayments({ paymentsFile: example }, environment)).map(([id, { name }]) => [id, name]), [['eneo', 'payzen'], ['sicae', 'stripe']]);
  });
});
