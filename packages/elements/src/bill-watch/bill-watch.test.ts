import { amendAdapter, changeInstalments, getConsumption, getPaymentMeans, listInvoices, PortalError } from '@oya/contract';
import type { SandboxAdapter } from '@oya/adapters/sandbox';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaBillWatch } from './bill-watch.ts';
import './bill-watch.define.ts';

const ROUTES = { consumption: '#/consumption', invoices: '/factures', contact: '/contact', consents: '/accords', payment: '/paiement' };

describe('<oya-bill-watch>', () => {
  afterEach(unmountAll);

  it('warns of a settlement that would hurt, with what it rests on, and offers the instalment that leaves nothing of it', async () => {
    const { element } = await open({ persona: 'yvette' });
    const card = await cardOf(element, 'settlement');
    expect(textOf(card.querySelector('h3'))).to.match(/^Régularisation à venir : environ 4\d\d € à payer$/);
    expect(card.classList.contains('warning')).to.equal(true);
    expect([...card.querySelectorAll('.pair li')].map((row) => textOf(row).replace(/ \d[\d ]+ €$/, ''))).to.deep.equal(['L’année coûterait', 'Vos mensualités']);
    expect(textOf(card.querySelector('details'))).to.match(/Les 54 premiers jours ont coûté .* d’après ceux de l’an dernier/);
    expect(textOf(card.querySelector('output'))).to.equal('175 €');
    expect(textOf(card.querySelector('.then'))).to.equal('Il vous reviendrait environ 3 €.');
    await expectAccessible(element);
  });

  it('says what another amount would leave as it is moved, and that even the most may not be enough', async () => {
    const { element } = await open({ persona: 'yvette' });
    const card = await cardOf(element, 'settlement');
    await move(element, '124');
    expect(textOf(card.querySelector('.then'))).to.match(/^Il resterait environ 4\d\d € à payer\.$/);
    expect(control(element, 'Choisir 124 € par mois').getAttribute('aria-disabled')).to.equal('true');
    expect(slider(element).getAttribute('aria-valuetext')).to.match(/^124.€ par mois\. Il resterait/);
    expect([slider(element).min, slider(element).max]).to.deep.equal(['87', '186']);
  });

  it('leads to a plan where even the most leaves something', async () => {
    const between = (sandbox: SandboxAdapter) =>
      amendAdapter(sandbox, { getPaymentMeans: async (input, context) => {
        const means = await sandbox.perform(getPaymentMeans, input, context);
        return { ...means, terms: { ...means.terms, instalments: { lowest: 90, highest: 110, noticeDays: 10 } } };
      } });
    const { element } = await open({ persona: 'yvette', between });
    const card = await cardOf(element, 'settlement');
    expect(textOf(card.querySelector('output'))).to.equal('136 €');
    expect(textOf(card)).to.match(/Même au plus haut, il resterait environ 3\d\d €/);
    expect(control<HTMLAnchorElement>(element, 'Payer en plusieurs fois').getAttribute('href')).to.equal('/paiement');
  });

  it('changes the instalment, says from when, and shows the settlement that is left', async () => {
    const { element, adapter } = await open({ persona: 'yvette' });
    const card = await cardOf(element, 'settlement');
    await move(element, '150');
    control(element, 'Choisir 150 € par mois').click();
    await until(() => element.renderRoot.querySelector('.outcome'), 'what was done');
    expect(textOf(element.renderRoot.querySelector('.outcome'))).to.equal('C’est fait : 150 € par mois, dès la mensualité du 5 décembre. Un e-mail vous le confirme.');
    expectFocusOn(element.renderRoot.querySelector('.outcome'));
    expect(textOf(card.querySelector('h3'))).to.match(/environ 2\d\d € à payer$/);
    const { plan } = await adapter.perform(listInvoices, { contractId: 'yvette-electricity' }, {});
    expect(plan?.instalments.map(({ amount }) => amount)).to.deep.equal([12_400, ...Array.from({ length: 9 }, () => 15_000)]);
  });

  it('keeps its place with what was done, where it stands for warnings alone', async () => {
    const { element } = await open({ persona: 'yvette', attributes: { 'warnings-only': '' } });
    await cardOf(element, 'settlement');
    control(element, 'Choisir 175 € par mois').click();
    await until(() => element.renderRoot.querySelector('.outcome'), 'what was done');
    expect(textOf(element.renderRoot.querySelector('.settlement h3'))).to.match(/environ 3 € en votre faveur$/);
  });

  it('says what happened where the change is refused, and shows what holds now', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { changeInstalments: () => Promise.reject(new PortalError('conflict')) });
    const { element } = await open({ persona: 'yvette', between });
    await cardOf(element, 'settlement');
    control(element, /^Choisir/).click();
    await until(() => element.renderRoot.querySelector('.summary'), 'why it was not done');
    expect(textOf(element.renderRoot.querySelector('.summary'))).to.include('Cette mensualité ne peut plus être changée ici');
    await expectAccessible(element);
  });

  it('asks to be asked, where the utility changes instalments by itself', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { getPaymentMeans: async (input, context) => ({ ...(await sandbox.perform(getPaymentMeans, input, context)), terms: {} }) });
    const { element } = await open({ persona: 'yvette', between });
    const card = await cardOf(element, 'settlement');
    expect(card.querySelector('form')).to.equal(null);
    expect(textOf(card)).to.include('demandez-nous de changer vos mensualités');
    expect(control<HTMLAnchorElement>(element, 'Nous contacter').getAttribute('href')).to.equal('/contact');
  });

  it('tells of a jump after a meter change, in the weather of now, with the indexes of both meters', async () => {
    const { element } = await open({ persona: 'yvette' });
    const card = await cardOf(element, 'jump');
    expect(textOf(card.querySelector('h3'))).to.match(/^\d\d % de plus par jour depuis le changement de compteur$/);
    expect(textOf(card)).to.include('au temps qu’il a fait cette année').and.to.include('Depuis le 15 septembre 2026');
    expect([...card.querySelectorAll('tr')].map(textOf)).to.deep.equal(['Ancien compteur, L00000000914 20 298 kWh', 'Nouveau compteur, L00000001414 0 kWh']);
    expect(control<HTMLAnchorElement>(element, 'Voir mes factures').getAttribute('href')).to.equal('/factures');
  });

  it('tells of a load that began in the night, what it costs a month, and leads to those nights', async () => {
    const { element } = await open({ persona: 'gilles' });
    const card = await cardOf(element, 'night');
    expect(textOf(card.querySelector('h3'))).to.match(/^Environ 2\d\d W de plus chaque nuit depuis le 17 octobre$/);
    expect(textOf(card)).to.match(/c’est environ \d\d € par mois \(150,0 kWh\)/);
    expect(control<HTMLAnchorElement>(element, 'Voir ces nuits à la demi-heure').getAttribute('href')).to.match(/^#\/consumption\?oya-curve=\d+-\d+$/);
    await expectAccessible(element);
  });

  it('says what it looked at and found as usual, and the settlement quietly where it holds no surprise', async () => {
    const camille = await open({ persona: 'camille' });
    await until(() => camille.element.renderRoot.querySelector('.fine'), 'what is fine');
    expect(textOf(camille.element.renderRoot.querySelector('.fine'))).to.match(/^Vos nuits : rien d’inhabituel, sur 1\d\d nuits mesurées\.$/);
    unmountAll();
    const marc = await open({ persona: 'marc' });
    expect((await cardOf(marc.element, 'settlement')).classList.contains('warning')).to.equal(false);
  });

  it('shows nothing at all where there is no warning, if it stands for warnings alone', async () => {
    for (const persona of ['marc', 'camille', 'lucien', 'odette']) {
      const { element } = await open({ persona, attributes: { 'warnings-only': '' } });
      await until(() => element.state !== 'loading', persona);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(textOf(element), persona).to.equal('');
      unmountAll();
    }
  });

  it('says that there is nothing to look at', async () => {
    const { element } = await open({ persona: 'lucien' });
    await until(() => element.state === 'empty', 'that there is nothing');
    expect(textOf(element)).to.include('Rien à surveiller pour le moment');
    expect(control<HTMLAnchorElement>(element, 'Voir mes accords').getAttribute('href')).to.equal('/accords');
  });

  it('tells a reader of nights, and nothing of bills', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { listInvoices: () => Promise.reject(new PortalError('forbidden')) });
    const { element } = await open({ persona: 'gilles', between });
    await cardOf(element, 'night');
    expect(element.renderRoot.querySelectorAll('.card')).to.have.length(1);
  });

  it('says so where days do not come, with a way to try again', async () => {
    let fails = true;
    const between = (sandbox: SandboxAdapter) =>
      amendAdapter(sandbox, { getConsumption: (input, context) => (fails && input.resolution === 'day' ? Promise.reject(new PortalError('invalid')) : sandbox.perform(getConsumption, input, context)) });
    const { element } = await open({ persona: 'yvette', between });
    await until(() => element.renderRoot.querySelector('[role=alert]'), 'the error');
    fails = false;
    control(element, /Réessayer/).click();
    await cardOf(element, 'settlement');
  });

  it('speaks English', async () => {
    const { element } = await open({ persona: 'yvette', lang: 'en' });
    const card = await cardOf(element, 'settlement');
    expect(textOf(card.querySelector('h3'))).to.match(/^Settlement to come: about €4\d\d to pay$/);
    expect(textOf(card.querySelector('.then'))).to.match(/^About €3 would come back to you\.$/);
  });

  it('offers no change that the portal does not take', async () => {
    const between = (sandbox: SandboxAdapter) => ({ offers: (operation: Parameters<SandboxAdapter['offers']>[0]) => operation !== changeInstalments && sandbox.offers(operation), perform: sandbox.perform });
    const { element } = await open({ persona: 'yvette', between });
    expect((await cardOf(element, 'settlement')).querySelector('form')).to.equal(null);
  });
});

const open = (options: MountOptions) => mount<OyaBillWatch>('oya-bill-watch', { routes: ROUTES, ...options });

async function cardOf(element: OyaBillWatch, kind: string): Promise<Element> {
  await until(() => element.renderRoot.querySelector(`.${kind}`), kind);
  return element.renderRoot.querySelector(`.${kind}`) as Element;
}

const slider = (element: OyaBillWatch) => element.renderRoot.querySelector('input') as HTMLInputElement;

async function move(element: OyaBillWatch, euros: string): Promise<void> {
  slider(element).value = euros;
  slider(element).dispatchEvent(new Event('input'));
  await element.updateComplete;
}
