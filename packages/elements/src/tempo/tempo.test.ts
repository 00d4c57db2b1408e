import { amendAdapter, listTempoDays, type TempoDay } from '@oya/contract';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { control, expectAccessible, focused, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaTempo } from './tempo.ts';
import './tempo.define.ts';

const open = (options: MountOptions = {}) => mount<OyaTempo>('oya-tempo', { persona: 'julien', ...options });
/** What is known of some days is another than the demo's weather has it. */
const knowing = (days: readonly TempoDay[], options: MountOptions = {}) =>
  open({
    ...options,
    between: (sandbox) =>
      amendAdapter(sandbox, {
        listTempoDays: async (input) => {
          const told = await sandbox.perform(listTempoDays, input, {});
          return { ...told, items: [...told.items.filter(({ day }) => !days.some((each) => each.day === day)), ...days].sort((a, b) => a.day.localeCompare(b.day)) };
        },
      }),
  });
const plain = (text: string) => text.replaceAll(/\s/g, ' ');
const said = (element: OyaTempo) => plain(textOf(element));
const title = (element: OyaTempo) => plain(textOf(element.shadowRoot?.querySelector('h2')));
const yearOf = async (element: OyaTempo) => {
  await until(() => element.shadowRoot?.querySelector('oya-tempo-year')?.shadowRoot?.querySelector('[data-day]'), 'the calendar');
  return element.shadowRoot?.querySelector('oya-tempo-year') as HTMLElement;
};
const rows = (root: Element | null | undefined) => [...(root?.querySelectorAll('tr') ?? [])].map((row) => [...row.children].map((cell) => plain(textOf(cell))).filter(Boolean).join(' | '));

describe('<oya-tempo>', () => {
  afterEach(unmountAll);

  describe('says of tomorrow first', () => {
    it('its colour, when it lasts and what it costs', async () => {
      const { element } = await open({ signals: { tempo: 'red' } });
      expect(title(element)).to.equal('Demain sera un jour rouge');
      await until(() => said(element).includes('le kilowattheure coûte 0,7295 €'), 'the price');
      expect(said(element)).to.include('Du mercredi 25 novembre à 6 h au jeudi 26 novembre à 6 h.');
    });

    it('that it may still change', async () => {
      const { element } = await open({ signals: { tempo: 'provisional' } });
      expect(title(element)).to.equal('Demain sera sans doute un jour blanc');
      expect(said(element)).to.include('Cette couleur peut encore changer. RTE l’annonce pour de bon vers 11 h.');
      expect(element.shadowRoot?.querySelector('.head > .shape')?.getAttribute('class')).to.equal('shape white maybe');
    });

    it('that it is not known, before RTE announces it and after', async () => {
      const { element } = await open({ signals: { tempo: 'unknown' } });
      expect(title(element)).to.equal('La couleur de demain n’est pas encore connue');
      expect(said(element)).to.include('RTE l’annonce chaque jour vers 11 h.');
      unmountAll();
      const late = await open({ signals: { tempo: 'unknown' }, now: '2026-11-24T13:00:00Z' });
      expect(said(late.element)).to.include('RTE ne l’a pas encore annoncée.').and.not.to.include('Ce ne sera pas un jour rouge');
      unmountAll();
      const friday = await open({ signals: { tempo: 'unknown' }, now: '2026-11-27T13:00:00Z' });
      expect(said(friday.element)).to.include('Ce ne sera pas un jour rouge.');
    });

    it('that a Sunday is blue, whoever has announced it or not', async () => {
      const { element } = await open({ signals: { tempo: 'unknown' }, now: '2026-11-28T09:00:00Z' });
      expect(title(element)).to.equal('Demain sera un jour bleu');
      expect(said(element)).to.include('Un dimanche est toujours bleu.');
      unmountAll();
      const night = await open({ signals: { tempo: 'unknown' }, now: '2026-11-28T22:30:00Z' });
      expect(said(night.element)).to.include('Ensuite : jour bleu, heures pleines.');
    });

    it('that it was announced otherwise before', async () => {
      const { element } = await open({ signals: { tempo: 'changed' } });
      expect(title(element)).to.equal('Demain sera un jour rouge');
      expect(said(element)).to.include('Ce jour avait d’abord été annoncé blanc. La couleur a changé le mardi 24 novembre à 9 h 00.');
    });

    it('after midnight, what begins at six', async () => {
      const { element } = await open({ now: '2026-11-25T01:30:00Z' });
      expect(title(element)).to.equal('Aujourd’hui dès 6 h, ce sera un jour rouge');
    });
  });

  describe('says what holds now', () => {
    it('with its price, until when and what comes then', async () => {
      const { element } = await open();
      await until(() => said(element).includes('0,7295 €'), 'the price');
      const now = plain(textOf(element.shadowRoot?.querySelector('[part=now]')));
      expect(now).to.include('Jour rouge, heures pleines').and.to.include('Jusqu’à 22 h 00, encore 12 h 00.').and.to.include('Ensuite : jour rouge, heures creuses.').and.to.include('0,7295 € par kWh');
    });

    it('by the colour of the day before until six, and never by one that may change', async () => {
      const { element } = await knowing([{ day: '2026-11-25', colour: 'white', isProvisional: true }], { now: '2026-11-25T04:59:30Z' });
      const now = plain(textOf(element.shadowRoot?.querySelector('[part=now]')));
      expect(now).to.include('Jour rouge, heures creuses').and.to.include('encore 1 minute.').and.to.include('Ensuite : heures pleines, d’une couleur qui n’est pas encore connue.');
    });

    it('with the nights of 7 and of 9 hours', async () => {
      const october = await open({ now: '2026-10-24T21:00:00Z' });
      expect(said(october.element)).to.include('Cette nuit dure 9 heures').and.to.include('encore 8 h 00.');
      unmountAll();
      const march = await open({ now: '2026-03-28T22:00:00Z', between: (sandbox) => amendAdapter(sandbox, { listTempoDays: async () => ({ items: [{ day: '2026-03-28', colour: 'blue' }], answeredAt: '2026-03-28T22:00:00Z' }) }) });
      expect(said(march.element)).to.include('Cette nuit dure 7 heures').and.to.include('encore 6 h 00.');
    });
  });

  it('counts the days past and left of each colour', async () => {
    const { element } = await open();
    expect(rows(element.shadowRoot?.querySelector('.use'))).to.deep.equal(['Couleur | Passés | Restants | En tout', 'Jours bleus | 80 | 220 | 300', 'Jours blancs | 3 | 40 | 43', 'Jours rouges | 2 | 20 | 22']);
    expect(said(element)).to.include('Il reste 20 jours rouges cette saison').and.to.include('saison du 1er septembre 2026 au 31 août 2027');
  });

  it('says that days are missing from the count', async () => {
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { listTempoDays: async (input) => { const told = await sandbox.perform(listTempoDays, input, {}); return { ...told, items: told.items.slice(2) }; } }) });
    expect(said(element)).to.include('La couleur de 2 jours n’est pas connue');
  });

  describe('lists the six prices', () => {
    it('of the customer’s contract, and which holds now', async () => {
      const { element } = await open();
      await until(() => element.shadowRoot?.querySelector('.prices'), 'the prices');
      expect(rows(element.shadowRoot?.querySelector('.prices'))[3]).to.equal('Jours rouges | 0,1615 € | 0,7295 € en ce moment');
      expect(said(element)).to.include('taxes comprises').and.to.include('Ces prix valent depuis le 1er août 2026. Prix d’exemple').and.not.to.include('ceux de l’offre Tempo');
    });

    it('of the offer, to customers without it and to visitors', async () => {
      for (const persona of ['marc', null]) {
        const { element } = await open({ persona, utility: 'sicae' });
        await until(() => element.shadowRoot?.querySelector('.prices'), 'the prices');
        expect(said(element)).to.include('Ce sont ceux de l’offre Tempo.');
        unmountAll();
      }
    });

    it('not at all where nobody knows them', async () => {
      const { element } = await open({ persona: null, between: (sandbox) => amendAdapter(sandbox, { describeTariffs: undefined }) });
      await yearOf(element);
      expect(element.shadowRoot?.querySelector('.prices')).to.equal(null);
    });
  });

  describe('has a calendar of the season', () => {
    it('with a shape for each colour, read by arrow keys in one line above it', async () => {
      const { element } = await open({ signals: { tempo: 'provisional' } });
      const year = await yearOf(element);
      const reading = () => plain(textOf(year.shadowRoot?.querySelector('.reading')));
      expect(reading()).to.equal('mardi 24 novembre 2026 : rouge');
      expect(year.shadowRoot?.querySelectorAll('[tabindex="0"]').length).to.equal(1);
      year.shadowRoot?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
      await sendKeys({ press: 'ArrowRight' });
      expect(plain(focused()?.getAttribute('aria-label') ?? '')).to.equal('mercredi 25 novembre 2026 : blanc, peut encore changer');
      for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft']) await sendKeys({ press: key });
      await until(() => reading() === 'mardi 17 novembre 2026 : bleu');
      await sendKeys({ press: 'Home' });
      expect(focused()?.getAttribute('data-day')).to.equal('2026-09-01');
    });

    it('with the last months first, and the others once they are asked for', async () => {
      const { element } = await open({ now: '2027-02-10T09:00:00Z', between: (sandbox) => amendAdapter(sandbox, { listTempoDays: async () => sandbox.perform(listTempoDays, { from: '2026-09-01', to: '2027-09-01' }, {}) }) });
      const year = await yearOf(element);
      const months = () => [...(year.shadowRoot?.querySelectorAll('.month-name') ?? [])].map(textOf);
      expect(months()).to.deep.equal(['décembre 2026', 'janvier 2027', 'février 2027']);
      control(year, 'Voir les mois précédents').click();
      await until(() => months().length === 6);
      await until(() => focused()?.getAttribute('data-day') === '2026-09-01', 'the focus on the first day');
    });

    it('with the same in a table', async () => {
      const { element } = await open({ now: '2026-11-24T11:00:00Z' });
      const year = await yearOf(element);
      expect(rows(year.shadowRoot?.querySelector('table'))).to.deep.equal(['Mois | Bleus | Blancs | Rouges', 'septembre 2026 | 30 | 0 | 0', 'octobre 2026 | 29 | 2 : 23 et 24 | 0', 'novembre 2026 | 21 | 1 : 21 | 3 : 23, 24 et 25']);
    });

    it('to subscribe to, where there is one; an address that is none is no link', async () => {
      const calendarAt = (calendar: string) => open({ between: (sandbox) => amendAdapter(sandbox, { listTempoDays: async (input) => ({ ...(await sandbox.perform(listTempoDays, input, {})), calendar }) }) });
      const { element } = await calendarAt('https://api.sicae.example/sicae/v1/tempo.ics');
      expect(control<HTMLAnchorElement>(element, 'M’abonner avec mon agenda').href).to.equal('webcal://api.sicae.example/sicae/v1/tempo.ics?lang=fr');
      unmountAll();
      const hostile = await calendarAt('javascript:alert(1)');
      expect(hostile.element.shadowRoot?.querySelector('a')).to.equal(null);
    });
  });

  it('says that nothing is known', async () => {
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { listTempoDays: async () => ({ items: [] }) }) });
    expect([element.state, said(element).includes('Aucune couleur n’est connue')]).to.deep.equal(['empty', true]);
  });

  it('is accessible, in English too', async () => {
    const { element } = await open({ signals: { tempo: 'changed' }, lang: 'en' });
    expect(title(element)).to.equal('Tomorrow will be a red day');
    await yearOf(element);
    await until(() => element.shadowRoot?.querySelector('.prices'), 'the prices');
    await expectAccessible(element);
  });
});
