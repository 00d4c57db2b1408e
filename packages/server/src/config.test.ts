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

  it('refuse a cookie that browsers would refuse', () => {
    assert.throws(() => readConfig({ OYA_COOKIE_SAME_SITE: 'none', OYA_COOKIE_SECURE: 'false' }), /OYA_COOKIE_SECURE: .*set it to true/);
    assert.deepEqual(readConfig({ OYA_COOKIE_SAME_SITE: 'none', OYA_COOKIE_PARTITIONED: 'true' }).cookie, { secure: true, sameSite: 'none', partitioned: true });
  });
});
