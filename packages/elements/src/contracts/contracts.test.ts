import { amendAdapter, getContract, inviteAccess, listContracts, PortalError, whoAmI, type ErrorKind } from '@oya/contract';
import { prospects } from '@oya/personas';
import { expect } from 'chai';
import type { OyaConsumption } from '../consumption/consumption.ts';
import '../consumption/consumption.define.ts';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import type { OyaContracts } from './contracts.ts';
import './contracts.define.ts';

const ROUTES = { consumption: '/consommation', messages: '/messages', login: '/connexion' };
const HOUSE = 'helene-second-electricity';

function open(options: MountOptions = {}): Promise<Mounted<OyaContracts>> {
  return mount<OyaContracts>('oya-contracts', { persona: 'camille', routes: ROUTES, ...options });
}

/** Hélène looks at the house that she shares. */
async function openHouse(options: MountOptions = {}): Promise<Mounted<OyaContracts>> {
  const mounted = await open({ persona: 'helene', ...options });
  radio(mounted.element, HOUSE).click();
  await until(() => textOf(mounted.element).includes('Léa Cazals'), 'the readers of the house');
  return mounted;
}

const root = (element: OyaContracts) => element.shadowRoot as ShadowRoot;
const radio = (element: OyaContracts, value: string) => root(element).querySelector<HTMLInputElement>(`input[type=radio][value='${value}']`) ?? expect.fail(`no radio button "${value}"`);
const field = (element: OyaContracts, name: string) => root(element).querySelector<HTMLInputElement>(`input[name='${name}']:not([type=radio])`) ?? expect.fail(`no field "${name}"`);
const find = (element: OyaContracts, selector: string) => root(element).querySelector<HTMLElement>(selector);

async function press(element: OyaContracts, name: string | RegExp): Promise<void> {
  control(element, name).click();
  await element.updateComplete;
}

function type(element: OyaContracts, name: string, value: string): void {
  const input = field(element, name);
  input.value = value;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

/** The value of a line of the contract, by its name. */
function fact(element: OyaContracts, name: string): string | undefined {
  const term = [...root(element).querySelectorAll('dt')].find((each) => textOf(each) === name);
  return term ? textOf(term.nextElementSibling) : undefined;
}

function paulsInvoice() {
  const { invoice } = prospects.find(({ id }) => id === 'paul') ?? expect.fail('Paul is gone');
  return { number: invoice.number.toLowerCase().replace(/(\d{4})/, ' $1 '), total: (invoice.totalCents / 100).toFixed(2).replace('.', ',') };
}

describe('<oya-contracts>', () => {
  afterEach(() => {
    unmountAll();
    history.replaceState(null, '', location.pathname);
  });

  describe('the contract', () => {
    it('comes first with its place, then what is supplied there and since when', async () => {
      const { element } = await open();
      expect(textOf(find(element, 'h2'))).to.equal('Maison');
      expect(textOf(find(element, '.head'))).to.include('12 rue des Acacias, 81400 Carmaux').and.to.include('Électricité, offre Heures creuses').and.to.include('depuis le 1er septembre 2019');
    });

    it('is told in full, with technical words explained where they stand', async () => {
      const { element } = await open();
      await until(() => fact(element, 'Compteur'), 'the meter');
      expect(fact(element, 'Titulaire')).to.equal('Camille Durand');
      expect(fact(element, 'Numéro de contrat')).to.equal('EN-000101');
      expect(fact(element, 'Point de livraison (PRM)')).to.include('00 810 000 000 101').and.to.include('arrivée d’électricité');
      expect(fact(element, 'Compteur')).to.include('Linky, n° L00000000101').and.to.include('La collecte de vos index est automatique.');
      expect(fact(element, 'Puissance souscrite')).to.include('9 kVA').and.to.include('1 000 watts');
      expect(fact(element, 'Option tarifaire')).to.include('Heures pleines et heures creuses');
      expect(fact(element, 'Paiement')).to.equal('Prélèvement automatique, compte qui finit par 4821');
    });

    it('leads to the views that the site has', async () => {
      const { element } = await open();
      expect([...root(element).querySelectorAll('a')].map((link) => link.getAttribute('href'))).to.deep.equal(['/consommation', '/messages']);
      const between: MountOptions['between'] = (sandbox) => amendAdapter(sandbox, { describeUtility: undefined });
      expect(root((await open({ routes: {}, between })).element).querySelectorAll('a')).to.have.length(0);
    });

    it('has off-peak hours in words and as a picture of the day, and says what they were before', async () => {
      const { element } = await open();
      expect(textOf(find(element, '.ranges'))).to.equal('De 1 h 34 à 7 h 34 et de 12 h 04 à 14 h 04');
      const rects = [...root(element).querySelectorAll('rect.off-peak')].map((rect) => [Number(rect.getAttribute('x')), Number(rect.getAttribute('width'))]);
      expect(rects).to.deep.equal([[94, 360], [724, 120]]);
      expect(find(element, '.day-bar')?.getAttribute('aria-hidden')).to.equal('true');
      expect(textOf(find(element, '.off-peak'))).to.include('8 heures par jour, depuis le 15 octobre 2026').and.to.include('Jusqu’au 14 octobre 2026 : de 22 h 30 à 6 h 30');
    });

    it('has no off-peak hours where the price is the same at any hour', async () => {
      const { element } = await open({ persona: 'lucien' });
      expect(find(element, '.ranges')).to.equal(null);
      expect(fact(element, 'Option tarifaire')).to.include('Base');
    });

    it('has prices with the day since which they hold, and says that they are an example', async () => {
      const { element } = await open();
      expect(textOf(find(element, '.prices'))).to.include('Depuis le 1er août 2026, toutes taxes comprises').and.to.include('Prix d’exemple');
      expect(fact(element, 'Abonnement')).to.equal('20,55 € par mois');
      expect(fact(element, 'Heures creuses')).to.equal('0,1603 € par kWh');
    });

    it('has earlier prices on demand, as a table', async () => {
      const { element } = await open();
      expect(find(element, 'table')).to.equal(null);
      await press(element, 'Voir les prix précédents');
      const rows = [...root(element).querySelectorAll('tbody tr')].map(textOf);
      expect(rows[0]).to.include('Depuis le 1er août 2026');
      expect(rows[1]).to.include('Du 1er février 2026 au 31 juillet 2026').and.to.include('20,34 € par mois').and.to.include('0,1579 € par kWh');
      expect(control(element, 'Masquer les prix précédents').getAttribute('aria-expanded')).to.equal('true');
    });

    it('shows what has ended as ended, with the prices of its last day', async () => {
      const { element } = await open({ persona: 'lea', attributes: { contract: 'lea-electricity' } });
      expect(textOf(element)).to.include('Ce contrat est terminé').and.to.include('du 1er septembre 2023 au 30 juin 2026');
      expect(fact(element, 'Dernier jour')).to.equal('30 juin 2026');
      expect(textOf(find(element, '.prices'))).to.include('Depuis le 1er février 2026');
      await until(() => fact(element, 'Compteur') === 'Aucun compteur n’est rattaché à ce contrat.', 'no meter');
    });

    it('speaks English, with the heading that the page asks for', async () => {
      const { element } = await open({ lang: 'en', attributes: { 'heading-level': '3' } });
      expect(textOf(find(element, 'h3'))).to.equal('Maison');
      expect(textOf(find(element, '.ranges'))).to.match(/^From 1:34.AM to 7:34.AM and from 12:04.PM to 2:04.PM$/);
      expect(fact(element, 'Standing charge')).to.equal('€20.55 a month');
    });
  });

  describe('several contracts', () => {
    it('are grouped by site, as radio buttons, and the one shown is chosen', async () => {
      const { element } = await open({ persona: 'nadia' });
      const groups = [...root(element).querySelectorAll('.site')];
      expect(groups.map((group) => [textOf(group.querySelector('legend')), group.querySelectorAll('input').length])).to.deep.equal([['Maison, 41 rue de la Mine', 2]]);
      expect(radio(element, 'nadia-electricity').checked).to.equal(true);
      expect((await open({ persona: 'helene' })).element.shadowRoot?.querySelectorAll('.site')).to.have.length(2);
    });

    it('change for all elements of the page when one is chosen, without a reload', async () => {
      const { element, provider } = await open({ persona: 'nadia' });
      const consumption = document.createElement('oya-consumption') as OyaConsumption;
      provider.append(consumption);
      await until(() => consumption.state === 'ready', 'consumption');
      radio(element, 'nadia-gas').click();
      await until(() => fact(element, 'Point de livraison (PCE)'), 'the gas contract');
      await until(() => /gaz consommé/i.test(textOf(consumption)), 'consumption of gas');
      expect(radio(element, 'nadia-gas').checked).to.equal(true);
    });

    it('follow a choice that was made elsewhere on the page', async () => {
      const { element } = await open({ persona: 'nadia' });
      element.client?.selectedContract.set('nadia-gas');
      await until(() => fact(element, 'Point de livraison (PCE)'), 'the gas contract');
      expect(radio(element, 'nadia-gas').checked).to.equal(true);
    });

    it('are not offered where the page fixed one', async () => {
      const { element } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas' } });
      expect(find(element, '.chooser')).to.equal(null);
      expect(find(element, '.open-add')).to.equal(null);
    });
  });

  describe('another contract', () => {
    it('is added with an invoice, chosen for the page, and told where the focus goes', async () => {
      const { element } = await open();
      await press(element, 'Ajouter un contrat');
      expectFocusOn(find(element, '.task-title'));
      const { number, total } = paulsInvoice();
      type(element, 'number', number);
      type(element, 'total', total);
      await press(element, 'Ajouter ce contrat');
      await until(() => textOf(find(element, 'h2')) === 'Maison' && textOf(element).includes('6 rue des Verriers, 81400'), 'the added contract');
      await until(() => find(element, '.outcome'), 'what has been done');
      expectFocusOn(find(element, '.outcome'));
      expect(element.client?.selectedContract.value).to.equal('paul-electricity');
      expect(radio(element, 'paul-electricity').checked).to.equal(true);
      expect(find(element, 'form')).to.equal(null);
    });

    it('names each field that is missing or cannot be read, in a focused summary', async () => {
      const { element } = await open();
      await press(element, 'Ajouter un contrat');
      type(element, 'number', 'EN 12');
      await press(element, 'Ajouter ce contrat');
      const summary = find(element, '.summary');
      expectFocusOn(summary);
      expect([...(summary?.querySelectorAll('a') ?? [])].map(textOf)).to.deep.equal(['Ce numéro doit avoir 2 lettres puis 10 chiffres, comme AB 2610 123456', 'Saisissez le montant total TTC']);
      expect(field(element, 'number').getAttribute('aria-invalid')).to.equal('true');
      summary?.querySelectorAll('a')[1]?.click();
      expectFocusOn(field(element, 'total'));
    });

    it('is refused with what to check and the other way, and keeps what was typed', async () => {
      const { element } = await open();
      await press(element, 'Ajouter un contrat');
      type(element, 'number', 'EN1234567890');
      type(element, 'total', '86,40');
      await press(element, 'Ajouter ce contrat');
      await until(() => find(element, '.summary'), 'a refusal');
      expect(textOf(find(element, '.summary'))).to.include('Ce numéro et ce montant ne correspondent à aucune facture').and.to.include('en haut à droite');
      expect(field(element, 'total').value).to.equal('86,40');
      await press(element, 'Utiliser le contrat');
      expectFocusOn(field(element, 'contractNumber'));
      expect(radio(element, 'contract').checked).to.equal(true);
    });

    it('can be left, and the focus goes back to where it came from', async () => {
      const { element } = await open();
      await press(element, 'Ajouter un contrat');
      await press(element, 'Annuler');
      expectFocusOn(find(element, '.open-add'));
    });

    it('is sent with the same key until an answer comes, and anew after one', async () => {
      const keys: (string | undefined)[] = [];
      const answers: ErrorKind[] = ['offline', 'offline', 'invalid', 'invalid'];
      const between: MountOptions['between'] = (sandbox) =>
        amendAdapter(sandbox, {
          addContract: (_input, { idempotencyKey }) => {
            keys.push(idempotencyKey);
            return Promise.reject(new PortalError(answers.shift() ?? 'invalid', { code: 'proof-refused' }));
          },
        });
      const { element } = await open({ between });
      await press(element, 'Ajouter un contrat');
      type(element, 'number', 'EN1234567890');
      type(element, 'total', '86,40');
      for (const count of [1, 2, 3, 4]) {
        await press(element, 'Ajouter ce contrat');
        await until(() => keys.length === count && find(element, '.summary'), `answer ${count}`);
      }
      expect(keys[0]).to.be.a('string');
      expect([keys[1] === keys[0], keys[2] === keys[0], keys[3] === keys[0]]).to.deep.equal([true, true, false]);
    });

    it('keeps the form for when the same customer is back after an expired session', async () => {
      const { element, adapter } = await open();
      await press(element, 'Ajouter un contrat');
      type(element, 'number', 'EN1234567890');
      type(element, 'total', '86,40');
      adapter.controls.expireSession();
      await press(element, 'Ajouter ce contrat');
      await until(() => element.state === 'signed-out', 'signed out');
      await element.client?.signIn({ login: 'camille.durand', password: 'Cascade-81400' }, 'key');
      await until(() => element.state === 'ready' && find(element, 'form'), 'the form again');
      expect([field(element, 'number').value, field(element, 'total').value]).to.deep.equal(['EN1234567890', '86,40']);
    });
  });

  describe('read access', () => {
    it('is listed with its state', async () => {
      const { element } = await openHouse();
      expect([...root(element).querySelectorAll('.grants > li')].map((item) => textOf(item).replace(/ (Reprendre|Annuler).*/, ''))).to.deep.equal([
        'Léa Cazals l•••••@example.org Voit ce contrat jusqu’au 30 juin 2027',
        'f•••••@example.org Invitation envoyée le 21 novembre 2026, pas encore acceptée',
        'g•••••@example.org Accès terminé',
      ]);
    });

    it('is given by mail, until a day', async () => {
      const { element, adapter } = await openHouse();
      await press(element, 'Donner un accès');
      type(element, 'email', 'marc.assie@example.org');
      radio(element, 'dated').click();
      await element.updateComplete;
      type(element, 'day', '2099-12-31');
      await press(element, 'Envoyer l’invitation');
      await until(() => find(element, '.outcome'), 'what has been done');
      expect(textOf(find(element, '.outcome'))).to.equal('L’invitation est partie à marc.assie@example.org.');
      expectFocusOn(find(element, '.outcome'));
      expect(adapter.controls.mails().map(({ to, link }) => [to, link?.startsWith('#oya-access=')])).to.deep.equal([['marc.assie@example.org', true]]);
      await until(() => textOf(element).includes('m•••••@example.org'), 'the list again');
    });

    it('needs an address and, with an end, a day that is not over', async () => {
      const { element } = await openHouse();
      await press(element, 'Donner un accès');
      radio(element, 'dated').click();
      await element.updateComplete;
      type(element, 'email', 'marc');
      type(element, 'day', '2020-01-01');
      await press(element, 'Envoyer l’invitation');
      expect([...root(element).querySelectorAll('.summary a')].map(textOf)).to.deep.equal(['Cette adresse e-mail n’est pas complète, par exemple nom@exemple.fr', 'Choisissez un jour à partir d’aujourd’hui']);
    });

    it('is refused in words for oneself and for somebody who has it', async () => {
      const { element } = await openHouse();
      await press(element, 'Donner un accès');
      for (const [address, words] of [['helene.cazals@example.org', 'Cette adresse est la vôtre'], ['lea.cazals@example.org', 'Cette personne a déjà un accès']] as const) {
        type(element, 'email', address);
        await press(element, 'Envoyer l’invitation');
        await until(() => textOf(find(element, '.summary')).includes(words), words);
      }
    });

    it('is taken back after it was said what that means, or not at all', async () => {
      const { element, adapter } = await openHouse();
      await press(element, /Reprendre l’accès de Léa/);
      expect(textOf(find(element, '.task'))).to.include('Reprendre l’accès de Léa Cazals ?').and.to.include('ne verra plus ce contrat ni sa consommation');
      expectFocusOn(find(element, '.task-title'));
      await press(element, 'Ne rien changer');
      expectFocusOn(control(element, /Reprendre l’accès de Léa/));
      expect(adapter.controls.mails()).to.deep.equal([]);

      await press(element, /Reprendre l’accès de Léa/);
      find(element, '.task .primary')?.click();
      await until(() => textOf(find(element, '.outcome')) === 'Léa Cazals ne voit plus ce contrat.', 'what has been done');
      await until(() => textOf(find(element, '[data-grant=helene-to-lea]')).includes('Accès terminé'), 'the list again');
      expect(adapter.controls.mails().map(({ to }) => to)).to.deep.equal(['lea.cazals@example.org']);
    });

    it('tells a reader who shares it and until when, and lets them manage nothing', async () => {
      const { element } = await open({ persona: 'lea' });
      expect(textOf(element)).to.include('Hélène Cazals partage ce contrat avec vous').and.to.include('jusqu’au 30 juin 2027');
      expect(find(element, '.access')).to.equal(null);
      expect(fact(element, 'Paiement')).to.equal(undefined);
      expect([...root(element).querySelectorAll('a')].map((link) => link.getAttribute('href'))).to.deep.equal(['/consommation']);
    });

    it('says so when only its list fails, and can be asked again', async () => {
      const { element, adapter } = await open({ faults: { listAccess: 'not-found' } });
      await until(() => textOf(element).includes('La liste des accès n’a pas pu être chargée'), 'the failure');
      expect(element.state).to.equal('ready');
      adapter.controls.clearFaults();
      await press(element, 'Réessayer');
      await until(() => textOf(element).includes('Vous seul voyez ce contrat'), 'the list');
    });

    it('is left out where the portal has no such thing', async () => {
      const between: MountOptions['between'] = (sandbox) => amendAdapter(sandbox, { listAccess: undefined, addContract: undefined });
      const { element } = await open({ between });
      expect([find(element, '.access'), find(element, '.add')]).to.deep.equal([null, null]);
    });
  });

  describe('an invitation in the address', () => {
    async function invited(persona: string | null): Promise<Mounted<OyaContracts>> {
      const mounted = await open({ utility: 'sicae', persona: 'helene' });
      await mounted.adapter.perform(inviteAccess, { contractId: HOUSE, email: 'marc.assie@example.org', until: null, language: 'fr' });
      const link = mounted.adapter.controls.mails()[0]?.link ?? '';
      mounted.adapter.controls.setPersona(persona);
      mounted.element.client?.takeSession(await mounted.adapter.perform(whoAmI, {}));
      location.hash = link;
      await until(() => textOf(mounted.element).includes(persona === null ? 'accepter l’invitation' : 'Un contrat est partagé avec vous'), 'the invitation');
      return mounted;
    }

    it('is accepted at a word; the contract is shown and the address is clean', async () => {
      const { element } = await invited('marc');
      await press(element, 'Accepter et voir le contrat');
      await until(() => textOf(find(element, '.outcome')) === 'Ce contrat est maintenant dans votre espace.', 'what has been done');
      await until(() => textOf(element).includes('Hélène Cazals partage ce contrat avec vous'), 'the shared contract');
      expect(location.hash).to.equal('');
      expect(radio(element, HOUSE).checked).to.equal(true);
    });

    it('waits for the customer to sign in', async () => {
      const { element, adapter } = await invited(null);
      expect(control<HTMLAnchorElement>(element, 'Me connecter').getAttribute('href')).to.equal('/connexion');
      expect(location.hash).to.include('oya-access');
      location.hash = '#connexion';
      await element.client?.signIn({ login: 'marc.assie', password: 'Cascade-81400' }, 'key');
      await until(() => textOf(element).includes('Un contrat est partagé avec vous'), 'the invitation');
      expect(adapter.controls.mails()).to.have.length(1);
    });

    it('can wait, and leaves the address', async () => {
      const { element } = await invited('marc');
      await press(element, 'Plus tard');
      expect([location.hash, textOf(element).includes('Un contrat est partagé avec vous')]).to.deep.equal(['', false]);
    });

    it('that is no longer valid says so, once', async () => {
      location.hash = '#oya-access=nothing';
      const { element } = await open();
      await press(element, 'Accepter et voir le contrat');
      await until(() => textOf(find(element, '.summary')).includes('Cette invitation n’est plus valable'), 'the refusal');
      expectFocusOn(find(element, '.summary'));
      expect(location.hash).to.equal('');
      await press(element, 'Fermer');
      expect(find(element, '.invitation')).to.equal(null);
    });

    it('that the customer sent is not for them', async () => {
      const { element } = await invited('helene');
      await press(element, 'Accepter et voir le contrat');
      await until(() => textOf(find(element, '.summary')).includes('Cette invitation vient de vous'), 'the refusal');
    });
  });

  describe('states', () => {
    it('asks to sign in, says what fails and what is not offered', async () => {
      expect((await open({ persona: null, utility: 'eneo' })).element.state).to.equal('signed-out');
      const failed = await open({ faults: { getContract: 'not-found' } });
      expect(failed.element.state).to.equal('error');
      expect((await open({ between: (sandbox) => amendAdapter(sandbox, { getContract: undefined }) })).element.state).to.equal('unsupported');
    });

    it('offers to add a contract where there is none', async () => {
      const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { listContracts: () => Promise.resolve({ items: [] }) }) });
      expect(element.state).to.equal('empty');
      expect(textOf(element)).to.include('Aucun contrat dans votre espace');
      await press(element, 'Ajouter un contrat');
      expect(field(element, 'number')).to.exist;
    });

    it('shows hostile text as text', async () => {
      const hostile = '<img src=x onerror=alert(1)>';
      const { element } = await open({
        between: (sandbox) =>
          amendAdapter(sandbox, {
            listContracts: async () => {
              const { items } = await sandbox.perform(listContracts, {});
              return { items: items.map((each) => ({ ...each, offer: hostile, site: { ...each.site, label: hostile } })) };
            },
            getContract: async (input) => {
              const details = await sandbox.perform(getContract, input);
              return { ...details, contract: { ...details.contract, offer: hostile, holder: hostile } };
            },
          }),
      });
      expect(root(element).querySelector('img')).to.equal(null);
      expect(textOf(element)).to.include(hostile);
    });
  });

  describe('for everyone', () => {
    it('axe finds nothing, with forms open and refused', async () => {
      const { element } = await openHouse();
      await press(element, 'Voir les prix précédents');
      await expectAccessible(element);
      await press(element, 'Donner un accès');
      await press(element, 'Envoyer l’invitation');
      await expectAccessible(element);
      await press(element, 'Ajouter un contrat');
      await press(element, 'Ajouter ce contrat');
      await expectAccessible(element);
      await press(element, /Reprendre l’accès de Léa/);
      await expectAccessible(element);
      await expectAccessible((await open()).element);
      await expectAccessible((await open({ persona: 'lea' })).element);
    });

    it('fits into 320 pixels, with targets of 44, in either direction', async () => {
      for (const direction of ['ltr', 'rtl']) {
        const { element, provider } = await openHouse();
        provider.dir = direction;
        provider.style.display = 'block';
        provider.style.inlineSize = '320px';
        await press(element, 'Voir les prix précédents');
        await press(element, 'Donner un accès');
        const { left, right } = provider.getBoundingClientRect();
        for (const each of root(element).querySelectorAll<HTMLElement>('button, label.card, label.radio, .field input, td, dd, p:not(.visually-hidden)')) {
          const box = each.getBoundingClientRect();
          if (each.matches('button, label, input')) expect(box.height, each.outerHTML).to.be.at.least(44);
          if (box.width > 0) expect(box.left >= left - 0.5 && box.right <= right + 0.5, each.outerHTML).to.equal(true);
        }
        unmountAll();
      }
    });

    it('leaves nothing behind', async () => {
      const { element, provider } = await open();
      provider.remove();
      location.hash = '#oya-access=later';
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(Reflect.get(element, 'invitation')).to.equal(undefined);
    });
  });
});
