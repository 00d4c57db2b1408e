import type { OyaBarChart } from '@oya/charts';
import { amendAdapter, describeUtility, getConsumption, getContract, listContracts, listReadings, PortalError, sendReading, type Consumption } from '@oya/contract';
import type { SandboxAdapter } from '@oya/adapters/sandbox';
import { expect } from 'chai';
import { control, expectAccessible, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaDashboard } from './dashboard.ts';
import './dashboard.define.ts';

const ROUTES = { consumption: '/conso', contracts: '/contrats', consents: '/accords', contact: '/contact' };

describe('<oya-dashboard>', () => {
  afterEach(unmountAll);

  it('greets by name', async () => {
    const { element } = await open({ persona: 'camille' });
    expect(textOf(element.renderRoot.querySelector('h2'))).to.equal('Bonjour Camille Durand');
  });

  it('says of the last days what there is to find, how much, and what that is', async () => {
    const { element } = await open({ persona: 'camille' });
    expect(textOf(element.renderRoot.querySelector('.finding'))).to.match(/^\d+ % de (plus|moins) que les 7 jours d’avant$/);
    const { values } = bars(element);
    expect(values).to.have.length(7);
    const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    expect(textOf(element.renderRoot.querySelector('.number'))).to.equal(`${(total / 1000).toFixed(1).replace('.', ',')} kWh`);
    expect(textOf(element)).to.include('Électricité consommée en 7 jours, jusqu’au 23 novembre');
    expect(textOf(element)).to.include('2 jours provisoires');
  });

  it('draws the week before behind, and speaks each day', async () => {
    const { element } = await open({ persona: 'camille' });
    expect(bars(element).previous).to.have.length(7);
    const spoken = [...(bars(element).shadowRoot?.querySelectorAll('button') ?? [])].map((button) => button.getAttribute('aria-label'));
    expect(spoken[6]).to.match(/^Lundi 23 novembre 2026\s: [\d,]+.kWh, provisoire$/);
  });

  it('shows the last months where the meter is read by hand, against the year before', async () => {
    const { element } = await open({ persona: 'odette' });
    expect(bars(element).values).to.have.length(6);
    expect(textOf(element)).to.include('jusqu’à fin octobre 2026').and.to.include('mois estimés, entre deux relevés');
  });

  it('tells a new customer what is there, what comes next, and when', async () => {
    const { element } = await open({ persona: 'emma' });
    expect(textOf(element)).to.include('Votre espace se prépare').and.to.include('Offre Base, depuis le lundi 16 novembre 2026.');
    expect(textOf(element)).to.include('Le prochain envoi est attendu le mercredi 25 novembre 2026.').and.to.include('aussi chaque demi-heure');
    expect(textOf(element)).not.to.include('À faire').and.not.to.include('Rien à faire');
  });

  it('says that there is nothing to do', async () => {
    const { element } = await open({ persona: 'camille', outages: 'calm' });
    await until(() => element.renderRoot.querySelector('.none'), 'that there is nothing');
    expect(textOf(element)).to.include('Rien à faire pour le moment.');
    await until(() => element.renderRoot.querySelector('oya-bill-watch')?.shadowRoot?.querySelector('slot'), 'no warning in its place');
  });

  it('warns of what a bill to come would surprise with, and does not say then that there is nothing to do', async () => {
    const { element } = await open({ persona: 'yvette', routes: { ...ROUTES, invoices: '/factures' } });
    await until(() => element.renderRoot.querySelector('oya-bill-watch')?.shadowRoot?.querySelector('.settlement.warning'), 'the warning');
    expect(textOf(element.renderRoot.querySelector('oya-bill-watch'))).to.match(/Régularisation à venir : environ 4\d\d € à payer/);
    const said = element.renderRoot.querySelector('.none');
    expect(said === null || said.getClientRects().length === 0).to.equal(true);
    await expectAccessible(element);
  });

  it('looks for no warning where nothing can tell of one', async () => {
    const { element } = await open({ persona: 'lucien', routes: ROUTES });
    expect(element.renderRoot.querySelectorAll('oya-bill-watch')).to.have.length(0);
  });

  it('offers the half-hour where the site has a place to consent, and only there', async () => {
    const { element } = await open({ persona: 'lucien', routes: ROUTES });
    expect(control<HTMLAnchorElement>(element, 'Donner mon accord pour la demi-heure').getAttribute('href')).to.equal('/accords');
    unmountAll();
    const nowhere = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { describeUtility: async () => ({ ...(await sandbox.perform(describeUtility, {})), routes: {} }) });
    const without = await open({ persona: 'lucien', between: nowhere });
    expect(textOf(without.element)).not.to.include('demi-heure');
  });

  it('offers nothing of it to who only reads the contract', async () => {
    const asReader = (sandbox: SandboxAdapter) =>
      amendAdapter(sandbox, { listInvoices: () => Promise.reject(new PortalError('forbidden')), getContract: async (input, context) => ({ ...(await sandbox.perform(getContract, input, context)), role: { role: 'reader' as const, until: null } }) });
    const { element } = await open({ persona: 'lucien', routes: ROUTES, between: asReader });
    await until(() => textOf(element).includes('Rien à faire pour le moment.'));
    expect(textOf(element)).not.to.include('Donner mon accord');
  });

  it('says what is to be paid and since when it is late, where the site has a place for invoices', async () => {
    const { element } = await open({ persona: 'lucien', routes: { ...ROUTES, invoices: '/factures' } });
    await until(() => textOf(element).includes('Vos factures'), 'the invoices');
    expect(textOf(element.renderRoot.querySelector('.task'))).to.match(/Une facture est en retard depuis le \p{L}+ 27 octobre 2026/u);
    expect(control<HTMLAnchorElement>(element, 'Voir ce qui est à payer').getAttribute('href')).to.equal('/factures');
    expect(textOf(element.renderRoot.querySelector('.to-pay'))).to.match(/^\d+,\d\d\s€ à payer$/u);
  });

  it('reminds of a meter to read while its window is open, until a reading was sent', async () => {
    const routes = { ...ROUTES, readings: '/releves' };
    const { element, adapter } = await open({ persona: 'odette', routes });
    await until(() => textOf(element).includes('Relevez votre compteur avant le dimanche 6 décembre 2026'), 'the reminder');
    expect(control<HTMLAnchorElement>(element, 'Relever mon compteur').getAttribute('href')).to.equal('/releves');
    await adapter.perform(sendReading, { meterId: 'odette-meter', on: '2026-11-24', indexes: [{ register: 'BASE', index: 37_900 }] }, {});
    unmountAll();
    const later = await open({ persona: 'odette', routes, between: (sandbox) => amendAdapter(sandbox, { listReadings: (input) => adapter.perform(listReadings, input, {}) }) });
    await until(() => textOf(later.element).includes('Odette'), 'the dashboard');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(textOf(later.element)).not.to.include('Relevez votre compteur');
  });

  it('says first that the customer’s own address is cut, and when works will cut it', async () => {
    const routes = { ...ROUTES, alerts: '/coupures' };
    const { element, adapter } = await open({ persona: 'camille', outages: 'outage', routes });
    await until(() => textOf(element).includes('Une coupure est en cours à votre adresse'), 'the outage');
    expect(textOf(element.renderRoot.querySelector('.task'))).to.contain('Une coupure est en cours à votre adresse');
    expect(control<HTMLAnchorElement>(element, 'Voir où en est la réparation').getAttribute('href')).to.equal('/coupures');
    expect(textOf(element)).to.match(/Des travaux couperont votre adresse le dimanche 29 novembre/);
    adapter.controls.tellOutage('eneo-acacias', { state: 'restored' });
    await until(() => !textOf(element).includes('Une coupure est en cours'), 'that it is over, without a reload');
    unmountAll();
    const elsewhere = await open({ persona: 'nadia', outages: 'outage', routes });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(textOf(elsewhere.element)).not.to.contain('Une coupure est en cours');
  });

  it('says that an answer waits, where the site has a place for messages', async () => {
    const { element } = await open({ persona: 'lucien', routes: { ...ROUTES, messages: '/messages' } });
    await until(() => textOf(element).includes('Une réponse vous attend'), 'the reminder');
    expect(control<HTMLAnchorElement>(element, 'Lire la réponse').getAttribute('href')).to.equal('/messages');
    unmountAll();
    const without = await open({ persona: 'camille', routes: { ...ROUTES, messages: '/messages' } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(textOf(without.element)).not.to.include('Une réponse vous attend');
  });

  it('puts the end of a contract first, with what to do about it', async () => {
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const { element } = await open({ persona: 'camille', routes: ROUTES, between: (sandbox) => amendAdapter(sandbox, { listContracts: async () => endingOn(sandbox, soon) }) });
    expect(textOf(element.renderRoot.querySelector('.task'))).to.include('Votre contrat se termine le');
    expect(control<HTMLAnchorElement>(element, 'Préparer la suite').getAttribute('href')).to.equal('/contact');
  });

  it('says since when a meter is silent, and shows the days before', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { getConsumption: async (question) => silentSince(await sandbox.perform(getConsumption, question)) });
    const { element } = await open({ persona: 'camille', between });
    await until(() => textOf(element).includes('jusqu’au 15 novembre'));
    expect(textOf(element)).to.include('Pas de nouvelles de votre compteur depuis le dimanche 15 novembre 2026');
  });

  it('links on to what the site has, and to nothing else', async () => {
    const { element } = await open({ persona: 'camille', routes: ROUTES });
    expect(control<HTMLAnchorElement>(element, 'Voir toute ma consommation').getAttribute('href')).to.equal('/conso');
    expect(control<HTMLAnchorElement>(element, 'Voir mon contrat').getAttribute('href')).to.equal('/contrats');
    unmountAll();
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { describeUtility: async (input) => ({ ...(await sandbox.perform(describeUtility, input)), routes: {} }) });
    const without = await open({ persona: 'camille', between });
    expect(textOf(without.element)).not.to.include('Voir mon contrat');
  });

  it('shows the contract at a glance', async () => {
    const { element } = await open({ persona: 'camille' });
    for (const words of ['Heures creuses', '9 kVA', '12 rue des Acacias', '81400 Carmaux', 'EN-000101']) expect(textOf(element)).to.include(words);
  });

  it('leaves out the power of a gas contract', async () => {
    const { element } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas' } });
    expect(textOf(element)).to.include('Gaz consommé en 7 jours').and.not.to.include('Puissance');
  });

  it('has the utility’s contacts at hand, to call and to write', async () => {
    const { element } = await open({ persona: 'camille' });
    expect(control<HTMLAnchorElement>(element, '05 36 49 10 30').href).to.equal('tel:0536491030');
    expect(control<HTMLAnchorElement>(element, 'Écrire à contact@oya-energies.fr').href).to.equal('mailto:contact@oya-energies.fr');
  });

  it('goes to another contract, for the whole page', async () => {
    const { element, provider } = await open({ persona: 'helene' });
    const select = element.renderRoot.querySelector('select') as HTMLSelectElement;
    expect(select.value).to.equal('helene-electricity');
    select.value = 'helene-second-electricity';
    select.dispatchEvent(new Event('change'));
    await until(() => textOf(element).includes('Lieu-dit Les Tilleuls') && textOf(element).includes('3 kVA'));
    expect(provider.client?.selectedContract.value).to.equal('helene-second-electricity');
  });

  it('leaves no hole where the portal does not offer consumption', async () => {
    const { element } = await open({ persona: 'camille', between: (sandbox) => amendAdapter(sandbox, { getConsumption: undefined }) }, false);
    expect(element.state).to.equal('ready');
    expect(element.renderRoot.querySelector('.recent, .placeholder, .notice')).to.equal(null);
    expect(textOf(element)).to.include('Votre contrat');
  });

  it('lets a part fail alone, and tries it again', async () => {
    const { element, adapter } = await open({ persona: 'camille', faults: { getConsumption: 'not-found' } }, false);
    await until(() => textOf(element).includes('Ces informations sont introuvables'));
    expect(textOf(element)).to.include('Bonjour Camille Durand').and.to.include('Votre contrat').and.to.include('Service clients');
    adapter.controls.clearFaults();
    control(element, 'Réessayer').click();
    await until(() => element.renderRoot.querySelector('oya-bar-chart'));
  });

  it('keeps the contacts in reach when the contracts fail', async () => {
    const { element } = await open({ persona: 'camille', faults: { listContracts: 'not-found' } }, false);
    await until(() => element.state === 'error');
    expect(textOf(element)).to.include('Bonjour Camille Durand').and.to.include('05 36 49 10 10');
  });

  it('says so to a customer without a contract', async () => {
    const { element } = await open({ persona: 'camille', between: (sandbox) => amendAdapter(sandbox, { listContracts: async () => ({ items: [] }) }) }, false);
    expect(element.state).to.equal('empty');
    expect(textOf(element)).to.include('Aucun contrat à votre nom').and.to.include('Service clients');
  });

  it('asks a visitor to sign in', async () => {
    const { element } = await open({}, false);
    expect(element.state).to.equal('signed-out');
  });

  it('speaks English', async () => {
    const { element } = await open({ persona: 'camille', lang: 'en' });
    expect(textOf(element)).to.include('Hello Camille Durand').and.to.include('Customer service').and.to.match(/\d+% (more|less) than the 7 days before/);
  });

  it('shows hostile names as text', async () => {
    const name = '<img src=x onerror="window.attacked=1">';
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, {
      describeUtility: async () => ({ ...(await sandbox.perform(describeUtility, {})), contacts: [{ purpose: 'customer-service', label: { fr: name }, phone: 'javascript:alert(1)' }] }),
    });
    const { element } = await open({ persona: 'camille', between });
    expect(element.renderRoot.querySelector('img')).to.equal(null);
    expect(textOf(element)).to.include(name);
    expect(control<HTMLAnchorElement>(element, 'javascript:alert(1)').href).to.equal('tel:1');
  });

  for (const persona of ['camille', 'emma', 'lucien', 'odette', 'helene']) {
    it(`can be used by everyone, and fits into 320 pixels: ${persona}`, async () => {
      const { element, provider } = await open({ persona, routes: ROUTES });
      await expectAccessible(element);
      provider.style.display = 'block';
      provider.style.inlineSize = '320px';
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const part of element.renderRoot.querySelectorAll('p, a, select, dd, .task, .welcome')) {
        if (!part.matches('.visually-hidden')) expect(part.getBoundingClientRect().right, part.outerHTML).to.be.at.most(element.getBoundingClientRect().right + 0.5);
      }
      for (const target of element.renderRoot.querySelectorAll('a, select')) expect(target.getBoundingClientRect().height, target.outerHTML).to.be.at.least(43.9);
    });
  }
});

/** Waits for the last days, or for what stands in their place. */
async function open(options: MountOptions, settled = true) {
  const mounted = await mount<OyaDashboard>('oya-dashboard', options);
  const { element } = mounted;
  if (settled) await until(() => element.renderRoot.querySelector('oya-bar-chart, .welcome') && element.renderRoot.querySelector('.contacts'));
  await element.updateComplete;
  return mounted;
}

function bars(element: OyaDashboard): OyaBarChart {
  return element.renderRoot.querySelector('oya-bar-chart') as OyaBarChart;
}

async function endingOn(sandbox: SandboxAdapter, to: string): Promise<unknown> {
  const { items } = await sandbox.perform(listContracts, {});
  return { items: items.map((contract) => ({ ...contract, to })) };
}

/** Nothing came from the meter after 15 November. */
function silentSince(answer: Consumption): Consumption {
  const available = answer.available && { ...answer.available, to: '2026-11-16' };
  return { ...answer, available, freshness: { ...answer.freshness, measuredUntil: '2026-11-15T23:00:00Z' } };
}
