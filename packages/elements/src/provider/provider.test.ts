import { sandboxAdapter } from '@oya/adapters/sandbox';
import { createClient, registerAdapter, type Configuration } from '@oya/core';
import { expect } from 'chai';
import type { OyaLogin } from '../login/login.ts';
import '../login/login.define.ts';
import { NOW, textOf, unmountAll, until } from '../testing.ts';
import type { OyaProvider } from './provider.ts';
import './provider.define.ts';

const asked: Configuration[] = [];
registerAdapter('test-sandbox', (configuration) => {
  asked.push(configuration);
  return sandboxAdapter({ now: NOW, persona: configuration.utility === 'sicae' ? 'marc' : 'camille' });
});

describe('<oya-provider>', () => {
  let errors: unknown[][];
  const { error: consoleError } = console;

  beforeEach(() => {
    asked.length = 0;
    errors = [];
    console.error = (...args: unknown[]) => void errors.push(args);
  });

  afterEach(() => {
    console.error = consoleError;
    unmountAll();
  });

  it('gives the elements inside it their client, from attributes alone', async () => {
    const { login } = await mountMarkup('<oya-provider adapter="test-sandbox" base-url="https://api.example/v1" utility="eneo" lang="en"><oya-login></oya-login></oya-provider>');
    await until(() => textOf(login).includes('Camille Durand'));
    expect(textOf(login)).to.include('Hello Camille Durand');
    expect(asked).to.have.length(1);
    expect(asked[0]).to.include({ adapter: 'test-sandbox', baseUrl: 'https://api.example/v1', utility: 'eneo' });
  });

  it('takes no room of its own and carries the theme of the utility, or the one it is given', async () => {
    const { provider } = await mountMarkup('<oya-provider adapter="test-sandbox" utility="sicae"><oya-login></oya-login></oya-provider>');
    expect(getComputedStyle(provider).display).to.equal('contents');
    await until(() => provider.dataset['oyaTheme'] === 'sicae', 'the theme of the utility');
    provider.theme = 'eneo';
    await until(() => provider.dataset['oyaTheme'] === 'eneo', 'the theme of the attribute');
  });

  it('makes another client when the utility changes, and keeps it when only the language does', async () => {
    const { provider, login } = await mountMarkup('<oya-provider adapter="test-sandbox" utility="eneo"><oya-login></oya-login></oya-provider>');
    await until(() => textOf(login).includes('Bonjour Camille Durand'));
    const first = provider.client;
    provider.lang = 'en';
    await until(() => textOf(login).includes('Hello Camille Durand'));
    expect(provider.client).to.equal(first);
    provider.utility = 'sicae';
    await until(() => textOf(login).includes('Hello Marc Assié'));
    expect(provider.client).not.to.equal(first);
    expect(asked).to.have.length(2);
  });

  it('uses the last of two configurations, however slow the first is', async () => {
    registerAdapter('test-slow', () => new Promise((resolve) => setTimeout(() => resolve(sandboxAdapter({ now: NOW, persona: 'lucien' })), 100)));
    const { provider, login } = await mountMarkup('<oya-provider adapter="test-slow"><oya-login></oya-login></oya-provider>');
    provider.adapter = 'test-sandbox';
    await until(() => textOf(login).includes('Camille'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(textOf(login)).to.include('Camille').and.not.to.include('Lucien');
  });

  it('takes everything from code: an adapter, routes, or a client that others share', async () => {
    const adapter = sandboxAdapter({ now: NOW });
    const { provider, login } = await mountMarkup('<oya-provider><oya-login></oya-login></oya-provider>', { adapter, routes: { signup: '/compte' } });
    await until(() => login.querySelector('a[href="/compte"]'));
    const client = await createClient({ adapter: sandboxAdapter({ now: NOW, persona: 'nadia' }), lang: 'en' });
    provider.client = client;
    await until(() => textOf(login).includes('Hello Nadia'));
    expect(provider.client).to.equal(client);
  });

  it('keeps two utilities on one page apart', async () => {
    const one = await mountMarkup('<oya-provider adapter="test-sandbox" utility="eneo"><oya-login></oya-login></oya-provider>');
    const other = await mountMarkup('<oya-provider adapter="test-sandbox" utility="sicae"><oya-login></oya-login></oya-provider>');
    await until(() => textOf(one.login).includes('Camille') && textOf(other.login).includes('Marc'));
  });

  it('says in the console what is wrong, and lets its elements say that the space cannot be reached', async () => {
    const { login } = await mountMarkup('<oya-provider adapter="rets"><oya-login></oya-login></oya-provider>');
    await until(() => login.state === 'error');
    expect(textOf(login)).to.include('Nous n’arrivons pas à joindre votre espace');
    expect(errors.flat().map(String).join(' ')).to.match(/no adapter is called "rets".*Known: .*test-sandbox/);
  });
});

async function mountMarkup(markup: string, configuration?: Configuration): Promise<{ provider: OyaProvider; login: OyaLogin }> {
  const holder = document.createElement('template');
  holder.innerHTML = markup;
  const provider = document.importNode(holder.content, true).querySelector('oya-provider') as OyaProvider;
  provider.configuration = configuration;
  document.body.append(provider);
  await provider.updateComplete;
  return { provider, login: provider.querySelector('oya-login') as OyaLogin };
}
