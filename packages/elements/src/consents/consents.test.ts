import { addDays, amendAdapter, getConsentReceipt, giveConsents, listConsentEvents, listConsents, listMeters, localDay, PortalError, undoWithdrawal, withdrawConsent, type Consent, type ConsentPurpose, type ErrorKind, type PortalAdapter } from '@oya/contract';
import { expect } from 'chai';
import type { OyaConsumption } from '../consumption/consumption.ts';
import '../consumption/consumption.define.ts';
import { control, expectAccessible, expectFocusOn, focused, mount, NOW, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import './consents.define.ts';
import type { OyaConsents } from './consents.ts';
import type { OyaConsentsMeter } from './meter.ts';

const SHARING = 'third-party-maison-energie';

interface Opened extends Mounted<OyaConsents> {
  readonly meter: OyaConsentsMeter;
}

async function open(options: MountOptions = {}): Promise<Opened> {
  const mounted = await mount<OyaConsents>('oya-consents', { persona: 'camille', routes: { contact: '/contact' }, ...options });
  const meter = await metersOf(mounted.element);
  await until(() => mounted.element.shadowRoot?.querySelector('[aria-busy=false]') && meter[0]?.state === 'ready', 'the consents of the meter');
  // What is offered depends on who it is.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { ...mounted, meter: meter[0] as OyaConsentsMeter };
}

async function metersOf(element: OyaConsents): Promise<OyaConsentsMeter[]> {
  const all = () => [...(element.shadowRoot as ShadowRoot).querySelectorAll<OyaConsentsMeter>('oya-consents-meter')];
  await until(() => all().length > 0, 'a meter');
  return all();
}

const root = (meter: OyaConsentsMeter) => meter.shadowRoot as ShadowRoot;
const card = (meter: OyaConsentsMeter, key: string) => root(meter).querySelector<HTMLElement>(`[data-consent='${CSS.escape(key)}']`) ?? expect.fail(`no card "${key}"`);
const within = (meter: OyaConsentsMeter, key: string, selector: string) => card(meter, key).querySelector<HTMLElement>(selector);
const stateOf = (meter: OyaConsentsMeter, key: string) => textOf(within(meter, key, '.state'));

async function press(meter: OyaConsentsMeter, key: string, selector: string): Promise<void> {
  (within(meter, key, selector) ?? expect.fail(`nothing like ${selector} in ${textOf(card(meter, key))}`)).click();
  await meter.updateComplete;
}

/** Opens the question, and answers it. */
async function withdraw(meter: OyaConsentsMeter, key: string, erase = false): Promise<void> {
  await press(meter, key, '.withdraw');
  if (erase) await press(meter, key, '.erase input');
  await press(meter, key, '.sure .primary');
}

/** Answers with some consents other than the sandbox's. */
function amended(change: Partial<Record<ConsentPurpose, Partial<Consent>>>): NonNullable<MountOptions['between']> {
  return (sandbox) => amendAdapter(sandbox, { listConsents: async (input) => ({ items: (await sandbox.perform(listConsents, input)).items.map((consent) => ({ ...consent, ...change[consent.purpose] })) }) });
}

describe('<oya-consents>', () => {
  afterEach(unmountAll);

  describe('how they stand', () => {
    it('has a card for each purpose and datum, with its state in words and since when', async () => {
      const { meter } = await open({ persona: 'lucien' });
      const cards = [...root(meter).querySelectorAll('.card')];
      expect(cards.map((each) => textOf(each.querySelector('h4')))).to.deep.equal([
        'Enregistrement de la demi-heure', 'Collecte de la demi-heure', 'Collecte de la consommation de chaque jour', 'Collecte de la puissance maximale', 'Partage avec la Maison de l’énergie',
      ]);
      expect(stateOf(meter, 'curve-recording')).to.equal('Non donné');
      expect(stateOf(meter, 'daily-collection')).to.match(/^En vigueur depuis le \d+ septembre 2024$/);
      expect(textOf(root(meter).querySelector('.lead'))).to.equal('2 accords en vigueur');
    });

    it('offers recording and collection together, says that one needs the other, and puts them into no common box', async () => {
      const { meter } = await open({ persona: 'lucien' });
      expect(textOf(root(meter).querySelector('.group'))).to.include('La collecte ne sert à rien sans l’enregistrement.');
      expect(root(meter).querySelectorAll('.group:first-of-type .give')).to.have.length(2);
      expect(root(meter).querySelectorAll('input')).to.have.length(0);
    });

    it('shows the whole text, how long it holds and its version before one agrees', async () => {
      const { meter } = await open({ persona: 'lucien' });
      expect(textOf(within(meter, 'curve-recording', '.text'))).to.include('J’accepte que le gestionnaire du réseau enregistre');
      expect(textOf(card(meter, 'curve-recording'))).to.include('Jusqu’à ce que vous le retiriez, version 2026-11 du texte');
      expect(textOf(card(meter, SHARING))).to.include('Pour 12 mois');
      expect(within(meter, 'curve-recording', 'details')).to.equal(null);
      expect(within(meter, 'daily-collection', 'details')).not.to.equal(null);
    });

    it('says what the network operator works on, and since when', async () => {
      const { meter } = await open({ persona: 'sofiane' });
      expect(stateOf(meter, 'curve-recording')).to.equal('En cours de traitement depuis le 20 novembre 2026');
      expect(textOf(card(meter, 'curve-recording'))).to.include('en général en quelques jours');
      expect(textOf(root(meter).querySelector('.lead'))).to.equal('2 accords en vigueur, 2 en cours de traitement');
    });

    it('tells each reason of a failure with what to do, and offers to try again', async () => {
      const reasons = { 'other-holder': 'autre titulaire', 'meter-silent': 'ne répond pas', 'meter-unable': 'ne permet pas', 'no-answer': 'pas répondu à temps', refused: 'pas pu donner suite' } as const;
      for (const [failure, words] of Object.entries(reasons)) {
        const { meter } = await open({ persona: 'lucien', between: amended({ 'curve-recording': { state: 'failed', since: NOW, failure: failure as keyof typeof reasons } }) });
        expect(stateOf(meter, 'curve-recording')).to.equal('N’a pas abouti le 24 novembre 2026');
        expect(textOf(within(meter, 'curve-recording', '.why'))).to.include(words);
        expect(textOf(within(meter, 'curve-recording', '.give'))).to.include('Donner à nouveau mon accord');
        expect(within(meter, 'curve-recording', 'a')?.getAttribute('href')).to.equal('/contact');
        unmountAll();
      }
    });

    it('tells the last day of what ends by itself, and warns a month before', async () => {
      const today = localDay(Date.now(), 'Europe/Paris');
      const ending = (days: number) => amended({ 'third-party': { state: 'active', since: NOW, expiresOn: addDays(today, days) } });
      const far = await open({ between: ending(31) });
      expect(textOf(card(far.meter, SHARING))).to.match(/Jusqu’au .+, puis il s’arrête de lui-même/);
      const near = await open({ between: ending(30) });
      expect(textOf(within(near.meter, SHARING, '.soon'))).to.include('prend bientôt fin').and.to.include('Vous pourrez le donner à nouveau');
    });

    it('says that a meter that is read by hand has nothing to consent to', async () => {
      const { meter } = await open({ persona: 'odette' });
      expect(textOf(meter)).to.include('Aucun accord à donner pour ce compteur').and.to.include('Il est relevé à la main');
      expect(root(meter).querySelectorAll('button')).to.have.length(0);
    });

    it('asks of gas what gas has', async () => {
      const { meter } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas' } });
      expect([...root(meter).querySelectorAll<HTMLElement>('.card')].map(({ dataset }) => dataset['consent'])).to.deep.equal(['daily-collection', SHARING]);
    });

    it('says that a contract without a meter has none, and leaves the way to the other contracts', async () => {
      const { element } = await mount<OyaConsents>('oya-consents', { persona: 'lea' });
      element.client?.selectedContract.set('lea-electricity');
      await until(() => element.state === 'empty', 'the contract that has ended');
      expect(textOf(element)).to.include('Aucun compteur n’est rattaché à ce contrat');
      expect(element.shadowRoot?.querySelector('select')).not.to.equal(null);
    });

    it('follows the contract that is chosen', async () => {
      const { element } = await open({ persona: 'helene' });
      const select = element.shadowRoot?.querySelector('select') ?? expect.fail('no chooser');
      select.value = 'helene-second-electricity';
      select.dispatchEvent(new Event('change'));
      await until(() => element.shadowRoot?.querySelector('oya-consents-meter')?.meter?.id === 'helene-second-linky', 'the other meter');
    });

    it('tells several meters of a contract apart', async () => {
      const between: MountOptions['between'] = (sandbox) =>
        amendAdapter(sandbox, {
          listMeters: async (input) => ({ items: (await sandbox.perform(listMeters, input)).items.flatMap((meter) => [meter, { ...meter, id: 'second', serialNumber: 'L2' }]) }),
          listConsents: ({ meterId }) => sandbox.perform(listConsents, { meterId: meterId === 'second' ? 'lucien-linky' : meterId }),
        });
      const { element } = await open({ persona: 'lucien', between });
      const meters = await metersOf(element);
      await until(() => meters.every(({ state }) => state === 'ready'), 'both');
      expect(meters.map((each) => textOf(root(each).querySelector('h3')))).to.deep.equal(['Compteur n° L00000000202', 'Compteur n° L2']);
      await expectAccessible(element);
    });

    it('takes the words of an installation as words', async () => {
      const text = { version: '1', title: { fr: '<img src=x>' }, text: { fr: '<b>gras</b>' } };
      const { element, meter } = await open({ persona: 'lucien', between: amended({ 'third-party': { text, recipient: { id: 'a "b" <c>', name: '<b>' } } }) });
      expect(root(meter).querySelector('img, .card b')).to.equal(null);
      expect(textOf(meter)).to.include('<b>gras</b>');
      await expectAccessible(element);
    });

    it('speaks English', async () => {
      const { element, meter } = await open({ persona: 'lucien', lang: 'en' });
      await until(() => stateOf(meter, 'curve-recording') === 'Not given', 'English');
      expect(textOf(element)).to.include('Your consents');
      expect(textOf(within(meter, 'curve-recording', '.give'))).to.equal('Give my consent: Recording of half-hours');
    });
  });

  describe('giving', () => {
    it('is one act per consent, told at its place, and heard by the page without a word about whom or what', async () => {
      const { element, meter, adapter } = await open({ persona: 'lucien' });
      const heard: Event[] = [];
      element.addEventListener('oya-consent-changed', (event) => heard.push(event));
      await press(meter, 'curve-recording', '.give');
      await until(() => within(meter, 'curve-recording', '.outcome'), 'the outcome');
      expectFocusOn(within(meter, 'curve-recording', '.outcome'));
      expect(stateOf(meter, 'curve-recording')).to.include('En cours de traitement depuis le 24 novembre 2026');
      expect(stateOf(meter, 'curve-collection')).to.equal('Non donné');
      expect(heard.map((event) => Object.keys(event))).to.deep.equal([['isTrusted']]);

      await press(meter, 'curve-collection', '.give');
      await until(() => stateOf(meter, 'curve-collection').includes('En cours'), 'the second');
      const { items } = await adapter.perform(listConsents, { meterId: 'lucien-linky' });
      expect(items.slice(0, 2).map(({ state }) => state)).to.deep.equal(['requested', 'requested']);
    });

    it('refuses the collection alone with words, and leads to the recording', async () => {
      const { meter } = await open({ persona: 'lucien' });
      const give = within(meter, 'curve-collection', '.give');
      expect(textOf(root(meter).querySelector(`#${give?.getAttribute('aria-describedby') ?? ''}`))).to.include('d’abord');
      await press(meter, 'curve-collection', '.give');
      await until(() => within(meter, 'curve-collection', '.summary'), 'the refusal');
      expect(textOf(within(meter, 'curve-collection', '.summary'))).to.include('Il faut d’abord l’accord pour l’enregistrement');
      expectFocusOn(within(meter, 'curve-collection', '.summary'));
      control(within(meter, 'curve-collection', '.summary') as HTMLElement, 'Aller à l’accord pour l’enregistrement').click();
      await meter.updateComplete;
      await until(() => focused() === within(meter, 'curve-recording', '.give'), 'the recording');
    });

    it('of other words than those that were read is refused, and shows the new ones', async () => {
      let text = 'Anciens mots';
      const between: MountOptions['between'] = (sandbox) =>
        amendAdapter(sandbox, {
          listConsents: async (input) => ({ items: (await sandbox.perform(listConsents, input)).items.map((consent) => (consent.purpose === 'third-party' ? { ...consent, text: { ...consent.text, version: text === 'Anciens mots' ? '1' : consent.text.version, text: { fr: text } } } : consent)) }),
          giveConsents: (input) => {
            text = 'Nouveaux mots';
            return sandbox.perform(giveConsents, input);
          },
        });
      const { meter } = await open({ persona: 'lucien', between });
      await press(meter, SHARING, '.give');
      await until(() => within(meter, SHARING, '.summary'), 'the refusal');
      expect(textOf(within(meter, SHARING, '.summary'))).to.include('vient de changer');
      expect(textOf(within(meter, SHARING, '.text'))).to.equal('Nouveaux mots');
    });

    it('says each failure with what to do, and sends the same intent again under the same key', async () => {
      const kinds: ErrorKind[] = ['offline', 'timeout', 'unavailable', 'rate-limited', 'forbidden'];
      for (const kind of kinds) {
        const { meter } = await open({ persona: 'lucien', faults: { giveConsents: kind } });
        await press(meter, SHARING, '.give');
        await until(() => within(meter, SHARING, '.summary'), kind);
        expect(textOf(within(meter, SHARING, '.summary')).length).to.be.greaterThan(30);
        expect(stateOf(meter, SHARING)).to.equal('Non donné');
        unmountAll();
      }
      const keys: (string | undefined)[] = [];
      const between = (sandbox: PortalAdapter) =>
        amendAdapter(sandbox, {
          giveConsents: (input, { idempotencyKey }) => {
            keys.push(idempotencyKey);
            if (keys.length === 1) throw new PortalError('timeout');
            return sandbox.perform(giveConsents, input);
          },
        });
      const { meter } = await open({ persona: 'lucien', between });
      await press(meter, SHARING, '.give');
      await until(() => within(meter, SHARING, '.summary'), 'the failure');
      await press(meter, SHARING, '.give');
      await until(() => within(meter, SHARING, '.outcome'), 'the second try');
      expect(keys[0]).to.equal(keys[1]);
    });

    it('is followed by whatever else is on the page', async () => {
      const { element, meter } = await open({ persona: 'lucien' });
      const consumption = document.createElement('oya-consumption') as OyaConsumption;
      const second = document.createElement('oya-consents');
      element.after(consumption, second);
      const [other] = await metersOf(second);
      await until(() => other?.state === 'ready' && other.shadowRoot?.querySelector('.give'), 'the second element');
      await until(() => consumption.shadowRoot?.querySelector('oya-consumption-consent form'), 'the consent in place');
      await press(meter, 'curve-recording', '.give');
      await until(() => within(meter, 'curve-recording', '.outcome'), 'the outcome');
      await press(meter, 'curve-collection', '.give');
      await until(() => other && stateOf(other, 'curve-collection').includes('En cours'), 'the second agrees');
      await until(() => textOf(consumption.shadowRoot?.querySelector('oya-consumption-consent')).includes('Vos demi-heures sont demandées'), 'consumption agrees');
    });
  });

  describe('withdrawing', () => {
    it('is one click away, and tells in its place what stops, what stays and what goes with it', async () => {
      const { meter } = await open();
      await press(meter, 'curve-recording', '.withdraw');
      const sure = within(meter, 'curve-recording', '.sure');
      expectFocusOn(sure?.querySelector('.notice-title'));
      expect(textOf(sure)).to.include('Votre compteur ne garde plus vos demi-heures').and.to.include('L’accord « Collecte de la demi-heure » est retiré avec lui').and.to.include('vos factures ne changent pas');
      expect(sure?.querySelector<HTMLInputElement>('input')?.checked).to.equal(false);
      await press(meter, 'curve-recording', '.keep');
      expectFocusOn(within(meter, 'curve-recording', '.withdraw'));
    });

    it('offers to erase only where there is something', async () => {
      const { meter } = await open({ between: amended({ 'third-party': { state: 'active', since: NOW } }) });
      await press(meter, SHARING, '.withdraw');
      expect(within(meter, SHARING, 'input')).to.equal(null);
      expect(textOf(within(meter, SHARING, '.sure'))).to.include('adressez-vous à Maison de l’énergie du Ségala');
    });

    it('is told with until when it can be taken back, and is', async () => {
      const { meter, adapter } = await open();
      await withdraw(meter, 'curve-recording', true);
      await until(() => within(meter, 'curve-recording', '.undo'), 'the undo');
      expectFocusOn(within(meter, 'curve-recording', '.undo'));
      expect(textOf(within(meter, 'curve-recording', '.undo'))).to.include('jusqu’au mercredi 25 novembre à 10 h 00').and.to.include('L’accord « Collecte de la demi-heure » revient avec lui').and.to.include('sera effacé');
      expect(stateOf(meter, 'curve-collection')).to.include('Plus en vigueur');
      expect((await adapter.perform(listConsents, { meterId: 'camille-linky' })).items[1]?.undo?.erases).to.equal(true);

      await press(meter, 'curve-recording', '.undo button');
      await until(() => within(meter, 'curve-recording', '.outcome'), 'all as before');
      expectFocusOn(within(meter, 'curve-recording', '.outcome'));
      expect([stateOf(meter, 'curve-recording'), stateOf(meter, 'curve-collection')].every((words) => words.startsWith('En vigueur'))).to.equal(true);
    });

    it('that can no longer be taken back says so', async () => {
      const { meter, adapter } = await open();
      await withdraw(meter, 'maximum-power');
      await until(() => within(meter, 'maximum-power', '.undo'), 'the undo');
      adapter.controls.setNow('2026-11-30T09:00:00Z');
      adapter.controls.setPersona('camille');
      await press(meter, 'maximum-power', '.undo button');
      await until(() => within(meter, 'maximum-power', '.summary'), 'the refusal');
      expect(textOf(within(meter, 'maximum-power', '.summary'))).to.include('ne peut plus être annulé');
      expect(within(meter, 'maximum-power', '.undo')).to.equal(null);
    });

    it('that fails keeps the question and the box as they were', async () => {
      const { meter, adapter } = await open({ faults: { withdrawConsent: 'unavailable' } });
      await withdraw(meter, 'daily-collection', true);
      await until(() => within(meter, 'daily-collection', '.summary'), 'the failure');
      expect(within(meter, 'daily-collection', '.sure')?.querySelector<HTMLInputElement>('input')?.checked).to.equal(true);
      adapter.controls.clearFaults();
      await press(meter, 'daily-collection', '.sure .primary');
      await until(() => within(meter, 'daily-collection', '.undo'), 'the second try');
    });
  });

  describe('while the network operator decides', () => {
    it('keeps what is open and where the focus is, and announces what changed', async () => {
      const { element, meter, adapter } = await open({ persona: 'sofiane' });
      const details = within(meter, 'curve-recording', 'details') as HTMLDetailsElement;
      details.open = true;
      await press(meter, 'curve-collection', '.withdraw');
      const box = within(meter, 'curve-collection', '.erase input') as HTMLInputElement;
      box.checked = true;
      box.focus();
      adapter.controls.activateConsents('sofiane-linky');
      await element.client?.queries.invalidateQueries({ queryKey: [listConsents.name] });
      await until(() => stateOf(meter, 'curve-recording').startsWith('En vigueur'), 'the decision');
      expect([details.open, details.isConnected, box.checked]).to.deep.equal([true, true, true]);
      expectFocusOn(box);
      expect(textOf(root(meter).querySelector('[role=status]'))).to.include('Enregistrement de la demi-heure : En vigueur');
    });

    it('asks nothing any more where it failed meanwhile, and leaves the focus there', async () => {
      const { element, meter, adapter } = await open({ persona: 'sofiane' });
      await press(meter, 'curve-collection', '.withdraw');
      (within(meter, 'curve-collection', '.keep') as HTMLElement).focus();
      adapter.controls.failConsents('sofiane-linky', 'no-answer');
      await element.client?.queries.invalidateQueries({ queryKey: [listConsents.name] });
      await until(() => stateOf(meter, 'curve-collection').startsWith('N’a pas abouti'), 'the decision');
      expect(within(meter, 'curve-collection', '.sure')).to.equal(null);
      await until(() => focused() === within(meter, 'curve-collection', '.state'), 'the focus');
    });
  });

  describe('a reader', () => {
    it('sees how they stand and who decides, and changes nothing', async () => {
      const { element, meter } = await open({ persona: 'lea', attributes: { contract: 'helene-second-electricity' } });
      await until(() => textOf(element).includes('Ce contrat est celui de Hélène Cazals'), 'the note');
      expect(stateOf(meter, 'curve-recording')).to.include('En vigueur');
      expect([...root(meter).querySelectorAll('button')].map(textOf)).to.deep.equal(['Voir l’historique et les reçus']);
    });
  });

  describe('history and receipts', () => {
    async function openHistory(options: MountOptions = {}) {
      const opened = await open(options);
      control(opened.meter, 'Voir l’historique et les reçus').click();
      await until(() => root(opened.meter).querySelector('oya-consents-history')?.shadowRoot?.querySelector('table, .notice'), 'the history');
      return { ...opened, history: root(opened.meter).querySelector('oya-consents-history') ?? expect.fail('no history') };
    }

    it('tell what happened, who did it, how, and in which words', async () => {
      const { history, meter } = await openHistory({ persona: 'sofiane' });
      const [first] = [...(history.shadowRoot as ShadowRoot).querySelectorAll('tbody tr')].map(textOf);
      expect(first).to.match(/^20 novembre 2026, 10 h 00/).and.to.include('Accord donné').and.to.include('Sofiane Meziane, en ligne').and.to.include('version 2026-11');
      expect(control(meter, 'Masquer l’historique et les reçus').getAttribute('aria-expanded')).to.equal('true');
      await expectAccessible(history);
    });

    it('give each receipt as PDF and as JSON', async () => {
      const asked: unknown[] = [];
      const between: MountOptions['between'] = (sandbox) =>
        amendAdapter(sandbox, {
          getConsentReceipt: (input) => {
            asked.push(input.format);
            return sandbox.perform(getConsentReceipt, input);
          },
        });
      const { history } = await openHistory({ between });
      const saved: string[] = [];
      const click = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = function () {
        saved.push(this.download);
      };
      try {
        for (const format of ['PDF', 'JSON']) {
          control(history, new RegExp(`^${format} du `)).click();
          await until(() => saved.length === asked.length && asked.includes(format.toLowerCase()), format);
        }
      } finally {
        HTMLAnchorElement.prototype.click = click;
      }
      expect(saved.map((name) => name.split('.').at(-1))).to.deep.equal(['pdf', 'json']);
    });

    it('say when a receipt cannot be had, and when the history cannot', async () => {
      const { history } = await openHistory({ faults: { getConsentReceipt: 'unavailable' } });
      control(history, /^PDF/).click();
      await until(() => history.shadowRoot?.querySelector('.summary'), 'the failure');
      expect(textOf(history)).to.include('Le reçu n’a pas pu être préparé');
      const { history: other } = await openHistory({ faults: { listConsentEvents: 'not-found' } });
      expect(textOf(other)).to.include('introuvables');
    });

    it('go on page by page, and follow what is done meanwhile', async () => {
      const { history, meter, adapter } = await openHistory({ persona: 'lucien' });
      await press(meter, SHARING, '.give');
      await until(() => textOf(history).includes('Partage avec'), 'the new line');
      for (let round = 0; round < 12; round++) {
        await adapter.perform(withdrawConsent, { meterId: 'lucien-linky', purpose: 'maximum-power', erase: false });
        await adapter.perform(undoWithdrawal, { meterId: 'lucien-linky', purpose: 'maximum-power' });
      }
      await meter.client?.queries.invalidateQueries({ queryKey: [listConsentEvents.name] });
      const rows = () => (history.shadowRoot as ShadowRoot).querySelectorAll('tbody tr').length;
      await until(() => rows() === 20, 'a full page');
      control(history, 'Voir plus ancien').click();
      await until(() => rows() > 20, 'the next page');
      expect(focused()?.localName).to.equal('time');
    });
  });

  it('does everything by keyboard: what is pressed is a button, what is ticked a box', async () => {
    const { meter } = await open();
    await press(meter, 'daily-collection', '.withdraw');
    const clickable = [...root(meter).querySelectorAll<HTMLElement>('.card :is(button, input, summary, a)')];
    expect(clickable.every(({ tabIndex }) => tabIndex === 0)).to.equal(true);
  });

  it('offers nothing that the portal lacks', async () => {
    const between: MountOptions['between'] = (sandbox) => amendAdapter(sandbox, { giveConsents: undefined, withdrawConsent: undefined, listConsentEvents: undefined });
    const { meter } = await open({ between });
    expect(root(meter).querySelectorAll('button')).to.have.length(0);
  });

  it('says what fails as a whole, signed out and unsupported too', async () => {
    const failed = await mount<OyaConsents>('oya-consents', { persona: 'camille', faults: { listConsents: 'not-found' } });
    expect(failed.element.state).to.equal('error');
    const out = await mount<OyaConsents>('oya-consents', { persona: null });
    expect(out.element.state).to.equal('signed-out');
    const without = await mount<OyaConsents>('oya-consents', { persona: 'camille', between: (sandbox) => amendAdapter(sandbox, { listConsents: undefined }) });
    expect(without.element.state).to.equal('unsupported');
  });

  it('is accessible in each state', async () => {
    for (const persona of ['lucien', 'sofiane', 'odette']) await expectAccessible((await open({ persona })).element);
    const { element, meter } = await open();
    await press(meter, 'curve-recording', '.withdraw');
    await expectAccessible(element);
    await press(meter, 'curve-recording', '.sure .primary');
    await until(() => within(meter, 'curve-recording', '.undo'), 'the undo');
    await expectAccessible(element);
  });
});
