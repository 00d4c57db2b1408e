/** A site that signs its customers in itself, at its provider, and embeds the kit without any sign-in of ours. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../../packages/server/src/testing.ts';
import { linkReference } from '../../packages/server/src/identity/references.ts';
import { AUDIENCE, startProvider, type LocalProvider } from '../../packages/server/test/provider.ts';
import { launchBrowser } from './support/browser.ts';
import { serveHostSites, type HostSites } from './support/host-page.ts';

/** What the web team of such a site has written already, in short, and the lines that it adds for the kit. */
const hostScript = (issuer: string, baseUrl: string) => `<script type="module">
  const issuer = ${JSON.stringify(issuer)}, here = location.origin + '/';
  const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  let tokens;
  async function fetchTokens(grant) {
    const response = await fetch(issuer + '/token', { method: 'POST', body: new URLSearchParams({ client_id: 'web', ...grant }) });
    tokens = response.ok ? await response.json() : undefined;
  }
  async function goAndSignIn() {
    const verifier = sessionStorage.verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
    const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
    location.href = issuer + '/auth?' + new URLSearchParams({ client_id: 'web', response_type: 'code', scope: 'openid portal', redirect_uri: here, code_challenge: challenge, code_challenge_method: 'S256' });
  }
  const code = new URLSearchParams(location.search).get('code');
  if (code) {
    history.replaceState(null, '', '/');
    await fetchTokens({ grant_type: 'authorization_code', code, code_verifier: sessionStorage.verifier, redirect_uri: here });
  }
  document.querySelector('#in').onclick = goAndSignIn;

  async function getToken(refused) {
    if (refused && refused === tokens?.access_token) await fetchTokens({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
    return tokens?.access_token;
  }
  const portal = await window.oya.configure({ adapter: 'rest', baseUrl: ${JSON.stringify(baseUrl)}, utility: 'eneo', session: false, getToken });
  document.querySelector('#out').onclick = async () => {
    await portal.signOut();
    tokens = undefined;
  };
  document.querySelector('#look').onclick = () => portal.queries.invalidateQueries();
</script>`;

describe('a site with a sign-in of its own', () => {
  let browser: Browser;
  let sites: HostSites;
  let provider: LocalProvider;
  let server: TestServer;
  const pages: Record<string, { body: string }> = {};

  before(async () => {
    browser = await launchBrowser();
    sites = await serveHostSites(pages);
    const host = sites.origin('localhost');
    provider = await startProvider({ redirectUris: [`${host}/`] });
    server = await startTestServer({
      now: () => Date.now(),
      config: { origins: { eneo: [host] } },
      providers: { eneo: { issuer: provider.issuer, audience: AUDIENCE, customerClaim: 'sub' } },
    });
    await linkReference(server.db, 'eneo', 'c.durand', 'EN-000101');
    pages['localhost'] = { body: `<button id="in">Entrer</button><button id="out">Sortir</button><button id="look">Actualiser</button><oya-contracts></oya-contracts>${hostScript(provider.issuer, server.baseUrl('eneo'))}` };
  });
  afterEach(async () => {
    mock.timers.reset();
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  after(async () => {
    await browser.close();
    await sites.stop();
    await server.stop();
    await provider.stop();
  });

  async function visit() {
    const context = await browser.newContext({ locale: 'fr-FR' });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const answers: string[] = [];
    page.on('response', (response) => {
      if (response.url().startsWith(server.url) && response.request().method() !== 'OPTIONS') answers.push(`${response.status()} ${new URL(response.url()).pathname.replace('/eneo/v1', '')}`);
    });
    await page.goto(`${sites.origin('localhost')}/`);
    return { page, context, answers };
  }
  async function signInAtHost(page: Page, login: string): Promise<void> {
    await page.getByRole('button', { name: 'Entrer' }).click();
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${sites.origin('localhost')}/`);
  }
  const contracts = (page: Page) => page.locator('oya-contracts');
  const signedOut = (page: Page) => contracts(page).getByText('Connectez-vous pour voir ces informations');

  it('shows its customers what is theirs, with its own token and no cookie', async () => {
    const { page, context, answers } = await visit();
    await signedOut(page).waitFor();
    await signInAtHost(page, 'c.durand');
    await contracts(page).getByText('EN-000101').first().waitFor();
    assert.equal(await page.locator('oya-login, oya-session').count(), 0);
    assert.deepEqual((await context.cookies(server.url)).filter(({ name }) => name.includes('oya')), []);
    assert.ok(answers.includes('200 /contracts'), answers.join());
    assert.deepEqual(await page.evaluate(() => [localStorage.length, Object.keys(sessionStorage)]), [0, ['verifier']]);
  });

  it('has a new token when the portal refuses the old one, and its customers do not notice', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const { page, answers } = await visit();
    await signInAtHost(page, 'c.durand');
    await contracts(page).getByText('EN-000101').first().waitFor();
    const known = answers.length;
    mock.timers.tick(400_000);
    const again = page.waitForResponse((response) => response.url().endsWith('/contracts') && response.status() === 200);
    await page.getByRole('button', { name: 'Actualiser' }).click();
    await again;
    assert.ok(answers.slice(known).includes('401 /session') || answers.slice(known).includes('401 /contracts'), answers.join());
    assert.equal(await contracts(page).getByText('EN-000101').first().isVisible(), true);
    assert.equal(await signedOut(page).count(), 0);
  });

  it('takes everything from the page when it signs its customer out', async () => {
    const { page } = await visit();
    await signInAtHost(page, 'c.durand');
    await contracts(page).getByText('EN-000101').first().waitFor();
    await page.getByRole('button', { name: 'Sortir' }).click();
    await signedOut(page).waitFor();
    await page.getByRole('button', { name: 'Actualiser' }).click();
    await page.waitForLoadState('networkidle');
    await signedOut(page).waitFor();
    assert.ok(!(await contracts(page).evaluate((element) => element.shadowRoot?.innerHTML ?? '')).includes('EN-000101'));
  });

  it('says in words to a customer of the site whom the portal does not know that they have no access', async () => {
    const { page } = await visit();
    await signInAtHost(page, 'stranger');
    const alert = contracts(page).getByRole('alert');
    await alert.getByText('Vous n’avez pas accès à ces informations').waitFor();
    await alert.getByText('contactez votre fournisseur').waitFor();
    assert.equal(await signedOut(page).count(), 0);
  });

  it('shows that nobody is signed in when its token is refused and it has no other', async () => {
    const { page } = await visit();
    await signInAtHost(page, 'c.durand');
    await contracts(page).getByText('EN-000101').first().waitFor();
    await provider.restart();
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    mock.timers.tick(400_000);
    await page.getByRole('button', { name: 'Actualiser' }).click();
    await contracts(page).getByText(/Votre session est terminée|Connectez-vous/).first().waitFor();
    assert.ok(!(await contracts(page).evaluate((element) => element.shadowRoot?.innerHTML ?? '')).includes('EN-000101'));
  });
});
