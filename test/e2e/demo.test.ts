import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { personas, prospects } from '@oya/personas';
import { findBundle } from '../../demo/bundle.ts';
import { mailArticles } from '../../demo/mail.ts';
import { DEMO_PORTS, DemoProblem, startDemo, type Demo } from '../../demo/serve.ts';
import { SITE_NAMES } from '../../demo/sites.ts';

describe('the demo', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'oya-demo-'));
  let demo: Demo;
  before(async () => (demo = await startDemo({ firstPort: 0, dataDir, databaseUrl: undefined })));
  after(async () => {
    await demo.stop();
    rmSync(dataDir, { recursive: true });
  });

  const page = async (address: string) => {
    const response = await fetch(address);
    return { response, text: await response.text() };
  };

  it('serves every page with all its values filled in', async () => {
    const addresses = [...demo.addresses.map(({ url }) => url), ...(['eneo', 'sicae'] as const).flatMap((site) => ['/espace-client', '/mon-espace', '/meteo', '/coupures', '/demarches', '/urgence'].map((path) => demo.origin(site) + path)), `${demo.origin('eneo')}/comparer`];
    for (const address of addresses) {
      const { response, text } = await page(address);
      assert.equal(response.status, 200, address);
      assert.ok(!text.includes('{{'), address);
    }
  });

  it('serves the files that its pages name', async () => {
    for (const { url } of demo.addresses) {
      const { text } = await page(url);
      for (const [, file] of text.matchAll(/(?:src|href)="([^"#]+\.(?:css|js|svg)[^"]*)"/g)) {
        const response = await fetch(new URL(file as string, url));
        assert.equal(response.status, 200, `${file} of ${url}`);
      }
    }
  });

  it('says on the start page which accounts there are', async () => {
    const { text } = await page(demo.origin('start'));
    for (const { login, customer } of personas) {
      assert.ok(text.includes(login), login);
      assert.ok(text.includes(customer.displayName), customer.displayName);
    }
  });

  it('says on the start page with which papers one can make an account', async () => {
    const { text } = await page(demo.origin('start'));
    for (const { invoice, contracts } of prospects) {
      for (const written of [invoice.number, contracts[0]?.number, contracts[0]?.deliveryPoint]) assert.ok(written && text.includes(written), written);
    }
  });

  it('leads from each utility’s space to its sign-up and the terms', async () => {
    for (const site of ['eneo', 'sicae'] as const) {
      for (const name of ['creer-un-compte', 'conditions-generales']) assert.equal((await page(`${demo.origin(site)}/${name}`)).response.status, 200, name);
    }
  });

  it('shows the mails that its portals send, as text', async () => {
    const asked = { method: 'POST', headers: { 'content-type': 'application/json', origin: demo.origin('eneo') }, body: JSON.stringify({ login: 'camille.durand', language: 'fr' }) };
    assert.equal((await fetch(`${demo.api.baseUrl('eneo')}/password-resets`, asked)).status, 200);
    for (let wait = 0; demo.mails.length === 0 && wait < 100; wait++) await new Promise((resolve) => setTimeout(resolve, 100));
    const { text } = await page(`${demo.origin('start')}/courrier`);
    assert.match(text, /camille\.durand@example\.org/);
    assert.match(text, /\d{7} : votre code pour un nouveau mot de passe ENEO/);
    assert.ok(text.includes(`<a href="${demo.origin('eneo')}/`), 'its link leads to the site where it was asked for');
    const hostile = mailArticles([{ at: new Date(0), from: '', to: '<b>', subject: '<script>', text: 'https://x.example/"><img>', language: 'fr' }]);
    for (const tag of ['<script', '<img', '<b><b>']) assert.ok(!hostile.includes(tag), tag);
  });

  it('embeds the kit across origins, with the integrity of the very bytes that are served', async () => {
    const { text } = await page(`${demo.origin('eneo')}/espace-client`);
    const [, src = '', integrity] = /<script type="module" src="([^"]+)" integrity="([^"]+)" crossorigin>/.exec(text) ?? [];
    assert.equal(new URL(src).origin, demo.origin('start'));
    const response = await fetch(src);
    const bytes = new Uint8Array(await response.arrayBuffer());
    assert.equal(integrity, `sha384-${createHash('sha384').update(bytes).digest('base64')}`);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(response.headers.get('content-type') ?? '', /javascript/);
  });

  it('has the integrity of every file of the kit', async () => {
    const { version, integrity } = findBundle();
    for (const [file, expected] of Object.entries(integrity)) {
      const response = await fetch(`${demo.origin('start')}/oya/${version}/${file}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      assert.equal(`sha384-${createHash('sha384').update(bytes).digest('base64')}`, expected, file);
    }
  });

  it('serves the strict page under the promised policy, without another origin', async () => {
    const { response, text } = await page(demo.origin('strict'));
    assert.equal(
      response.headers.get('content-security-policy'),
      `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ${demo.api.origin}; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types oya-lit`,
    );
    assert.ok(!/<(script|link)[^>]+(src|href)="https?:/.test(text));
  });

  it('lets the pages of a utility talk to its portal, and no others', async () => {
    const allowed = async (utility: string, origin: string) => (await fetch(`${demo.api.baseUrl(utility)}/session`, { headers: { origin } })).headers.get('access-control-allow-origin') === origin;
    assert.equal(await allowed('eneo', demo.origin('eneo')), true);
    assert.equal(await allowed('sicae', demo.origin('sicae')), true);
    assert.equal(await allowed('sicae', demo.origin('eneo')), false);
    assert.equal(await allowed('eneo', 'https://evil.example'), false);
  });

  it('does not serve what lies beside its pages', async () => {
    for (const address of ['/index.html', '/../serve.ts', '/%2e%2e/serve.ts', '/common/../../serve.ts', '/oya/../../package.json']) {
      assert.equal((await fetch(demo.origin('eneo') + address)).status, 404, address);
    }
  });

  it('says which port is taken, and leaves none of the others open', async () => {
    const { first, blocker } = await portsWithOneTaken(2);
    try {
      await assert.rejects(startDemo({ firstPort: first, dataDir: `${dataDir}-other`, databaseUrl: undefined }), (error) => {
        assert.ok(error instanceof DemoProblem);
        assert.equal(error.kind, 'port-taken');
        assert.equal(error.port, first + 2);
        assert.match(error.message, new RegExp(`Port ${first + 2} \\(SICAE\\) is taken\\. .*PORT=`));
        return true;
      });
      await listen(first).then(close);
    } finally {
      await close(blocker);
    }
  });

  it('needs a port for each site, one for the portal, one for its mail and one for those it gets its data from', () => {
    assert.equal(DEMO_PORTS, SITE_NAMES.length + 3);
  });
});

/** A row of ports for the demo, of which the one at `index` is in use. */
async function portsWithOneTaken(index: number): Promise<{ first: number; blocker: Server }> {
  const blocker = await listen(0);
  return { first: (blocker.address() as AddressInfo).port - index, blocker };
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: 'localhost' }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
