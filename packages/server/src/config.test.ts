import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

describe('the settings', () => {
  it('need none: the server starts on this machine, with the embedded database', () => {
    const { host, port, databaseUrl, dataDir, origins, cookie } = readConfig({});
    assert.deepEqual({ host, port, databaseUrl, dataDir, origins }, { host: '127.0.0.1', port: 4400, databaseUrl: undefined, dataDir: 'data/demo', origins: {} });
    assert.deepEqual(cookie, { secure: true, sameSite: 'lax', partitioned: false });
  });

  it('list the sites that embed the portal, for all utilities or for one', () => {
    const { origins } = readConfig({ OYA_ORIGINS: 'https://all.example, eneo=https://www.eneo.example,eneo=http://localhost:8080' });
    assert.deepEqual(origins, { '*': ['https://all.example'], eneo: ['https://www.eneo.example', 'http://localhost:8080'] });
  });

  it('that are wrong are all told at once, each with what to write', () => {
    assert.throws(
      () => readConfig({ PORT: '80 80', DATABASE_URL: 'mysql://x', OYA_ORIGINS: 'https://eneo.example/page', OYA_COOKIE_SECURE: 'no', LOG_LEVEL: 'loud' }),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, /PORT .*whole number from 0 to 65535/);
        assert.match(error.message, /DATABASE_URL .*postgres:\/\/user/);
        assert.match(error.message, /OYA_ORIGINS .*without a path/);
        assert.match(error.message, /OYA_COOKIE_SECURE .*true or false/);
        assert.match(error.message, /LOG_LEVEL/);
        return true;
      },
    );
  });

  it('name the domain of the passkeys, for all utilities or for one', () => {
    const domains = (text: string, origins: string) => readConfig({ OYA_PASSKEY_DOMAINS: text, OYA_ORIGINS: origins }).passkeyDomains;
    assert.deepEqual(domains('', 'https://www.eneo.example'), {});
    assert.deepEqual(domains('localhost', 'eneo=http://localhost:8080,sicae=http://localhost:8081'), { '*': 'localhost' });
    assert.deepEqual(domains('eneo=ENEO.example, sicae=sicae.example', 'eneo=https://www.eneo.example,eneo=https://eneo.example:8443,sicae=https://espace.sicae.example'), { eneo: 'eneo.example', sicae: 'sicae.example' });
  });

  it('refuse a domain of passkeys that browsers would refuse', () => {
    const refusal = (text: string, origins: string, what: RegExp) => assert.throws(() => readConfig({ OYA_PASSKEY_DOMAINS: text, OYA_ORIGINS: origins }), what);
    for (const text of ['https://eneo.example', 'eneo.example/page', 'eneo', '127.0.0.1', 'eneo=a.example,eneo=b.example', '-a.example']) refusal(text, 'https://www.eneo.example', /OYA_PASSKEY_DOMAINS .*write a domain alone/);
    refusal('eneo.example', '', /list those under eneo\.example in OYA_ORIGINS/);
    refusal('eneo=eneo.example', 'sicae=https://www.sicae.example', /of the utility eneo need to know its sites/);
    refusal('eneo=eneo.example', 'eneo=https://www.eneo.example,https://portal.example', /https:\/\/portal\.example of the utility eneo does not lie under eneo\.example/);
    refusal('eneo=eneo.example', 'eneo=https://noteneo.example', /does not lie under/);
    refusal('eneo.example', 'eneo=https://www.eneo.example,sicae=https://www.sicae.example', /sicae\.example of the utility sicae does not lie under eneo\.example/);
    refusal('eneo.example', 'http://www.eneo.example', /write https in OYA_ORIGINS/);
  });

  it('refuse a cookie that browsers would refuse', () => {
    assert.throws(() => readConfig({ OYA_COOKIE_SAME_SITE: 'none', OYA_COOKIE_SECURE: 'false' }), /OYA_COOKIE_SECURE: .*set it to true/);
    assert.deepEqual(readConfig({ OYA_COOKIE_SAME_SITE: 'none', OYA_COOKIE_PARTITIONED: 'true' }).cookie, { secure: true, sameSite: 'none', partitioned: true });
  });
});
