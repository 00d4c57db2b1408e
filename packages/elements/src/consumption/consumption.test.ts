import { amendAdapter, describeUtility, getConsumption, type Input } from '@oya/contract';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, focused, textOf, unmountAll, until } from '../testing.ts';
import { barButtons, bars, curve, goTo, kilowattHours, open, press, rows, spoken, status, title } from './testing/element.ts';

describe('<oya-consumption>', () => {
  afterEach(unmountAll);

  describe('a month', () => {
    it('says first what there is to find, then how much, then what that is', async () => {
      const { element } = await open({ persona: 'camille' });
      expect(element.renderRoot.querySelector('h2')?.textContent).to.equal('À peu près autant qu’en novembre 2025, sur les mêmes jours');
      expect(textOf(element.renderRoot.querySelector('.number'))).to.equal('768,5 kWh');
      expect(textOf(element)).to.include('Électricité consommée en novembre 2026, jusqu’au 23 novembre');
    });

    it('is the one of the last measured day, by its days', async () => {
      const { element } = await open({ persona: 'camille' });
      const chart = bars(element);
      expect([chart.values.length, chart.slots, chart.previous?.length]).to.deep.equal([23, 30, 30]);
      expect(chart.label).to.equal('Consommation par jour, novembre 2026');
      expect(spoken(element)[19]).to.equal('Vendredi 20 novembre 2026 : 39,8 kWh');
    });

    it('adds up to the number that stands over it', async () => {
      const { element } = await open({ persona: 'marc' });
      const total = bars(element).values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
      expect(textOf(element.renderRoot.querySelector('.number'))).to.equal(kilowattHours(total));
    });

    it('tells in picture, words and table which days are estimated or provisional', async () => {
      const { element } = await open({ persona: 'camille' });
      expect(bars(element).quality).to.equal('rrrrrrrrrrrrerrrrrrrrpp');
      expect(spoken(element)[12]).to.match(/Vendredi 13 novembre 2026 : 31,4.kWh, estimé/);
      expect(textOf(element)).to.include('1 jour estimé : votre compteur n’a pas répondu ce jour-là.').and.to.include('2 jours provisoires');
      await press(element, 'Tableau');
      await until(() => rows(element).length === 23);
      expect(rows(element)[12]).to.include.members(['vendredi 13 novembre 2026', '31,4 kWh', '21,7 kWh', 'estimé']);
    });

    it('tells which days are missing, and that they do not count', async () => {
      const { element } = await open({ persona: 'lucien' });
      await goTo(element, 'janvier 2026');
      expect(bars(element).values.filter((value) => value === null)).to.have.length(2);
      expect(textOf(element)).to.include('2 jours sans mesure').and.to.include('Ils ne comptent pas dans le total.');
      expect(spoken(element)[20]).to.equal('Mercredi 21 janvier 2026 : pas de mesure');
    });

    it('says how recent it is', async () => {
      const { element } = await open({ persona: 'camille' });
      expect(textOf(element)).to.include('Mesuré jusqu’au lundi 23 novembre 2026. Les nouvelles données arrivent chaque nuit.');
    });

    it('is compared as a whole when it is over', async () => {
      const { element } = await open({ persona: 'camille' });
      await goTo(element, 'août 2026');
      expect(textOf(element.renderRoot.querySelector('h2'))).to.match(/^(\d+ % de (moins|plus)|À peu près autant) qu’en août 2025$/);
      expect(textOf(element)).to.include('Électricité consommée en août 2026').and.not.to.include('jusqu’au 31');
    });
  });

  describe('going about', () => {
    it('goes a month back and forth, says where to, and says what has come', async () => {
      const { element } = await open({ persona: 'camille' });
      await press(element, 'Période précédente : octobre 2026');
      await until(() => bars(element).values.length === 31);
      await until(() => status(element).startsWith('Octobre 2026 : '));
      await press(element, 'Période suivante : novembre 2026');
      await until(() => bars(element).values.length === 23);
    });

    it('does not leave what was measured; the button stays and keeps the focus', async () => {
      const { element } = await open({ persona: 'camille' });
      const next = control(element, 'Aucune mesure après cette période');
      expect([next.getAttribute('aria-disabled'), next.disabled]).to.deep.equal(['true', false]);
      next.focus();
      await press(element, 'Aucune mesure après cette période');
      expect(title(element)).to.equal('Novembre 2026');
      expectFocusOn(next);
    });

    it('shows a year by its months, and tells the month that is not over', async () => {
      const { element } = await open({ persona: 'camille' });
      await press(element, 'Année');
      await until(() => bars(element).values.length === 11);
      expect(spoken(element)[10]).to.match(/^Novembre 2026 : .*, pas terminé$/);
      expect(textOf(element)).to.include('n’est pas terminée : novembre 2026.').and.to.include('sur les mêmes mois');
      expect(control(element, 'Année').getAttribute('aria-pressed')).to.equal('true');
    });

    it('opens a month from its bar in the year', async () => {
      const { element } = await open({ persona: 'camille', attributes: { view: 'year' } });
      barButtons(element)[7]?.click();
      await until(() => title(element) === 'Août 2026' && bars(element).values.length === 31);
      expectFocusOn(element.renderRoot.querySelector('.title'));
    });

    it('keeps the last picture, dimmed, while the next one comes', async () => {
      const { element, adapter } = await open({ persona: 'camille' });
      adapter.controls.setLatency(200);
      await press(element, 'Période précédente : octobre 2026');
      expect(title(element)).to.equal('Octobre 2026');
      expect(bars(element).values).to.have.length(23);
      expect(element.renderRoot.querySelector('[aria-busy=true]')).to.not.equal(null);
      await until(() => bars(element).values.length === 31);
      expect(element.renderRoot.querySelector('[aria-busy=true]')).to.equal(null);
    });

    it('asks for one period once, comparison included', async () => {
      const asked: Input<'getConsumption'>[] = [];
      await open({
        persona: 'camille',
        between: (sandbox) => amendAdapter(sandbox, { getConsumption: (input, context) => (asked.push(input), sandbox.perform(getConsumption, input, context)) }),
      });
      const days = asked.filter(({ resolution }) => resolution === 'day');
      expect(days.at(-1)).to.deep.equal({ meterId: 'camille-linky', resolution: 'day', from: '2025-11-01', to: '2026-12-01' });
      expect(days.map(({ to }) => to).filter((to) => to === '2026-12-01')).to.have.length(1);
    });
  });

  describe('a day', () => {
    it('opens its half-hours from its bar, with the focus on its title', async () => {
      const { element } = await open({ persona: 'camille' });
      barButtons(element)[19]?.click();
      await until(() => curve(element));
      await until(() => focused() === element.renderRoot.querySelector('.day-title'), 'the focus on the day');
      expect(textOf(element.renderRoot.querySelector('.day'))).to.include('vendredi 20 novembre 2026').and.to.include('39,8 kWh').and.to.include('Le plus fort : 4,51 kW, de 19 h à 19 h 30.');
      expect(bars(element).selected).to.equal(19);
      expect(status(element)).to.equal('vendredi 20 novembre 2026 : 39,8 kWh');
      await expectAccessible(element);
    });

    it('opens by keyboard, walks the days, and gives the focus back to the bar', async () => {
      const { element } = await open({ persona: 'camille' });
      barButtons(element)[0]?.focus();
      await sendKeys({ press: 'End' });
      await sendKeys({ press: 'ArrowLeft' });
      await sendKeys({ press: 'Enter' });
      await until(() => curve(element));
      expect(textOf(element.renderRoot.querySelector('.day-title'))).to.equal('dimanche 22 novembre 2026');
      await press(element, 'Jour suivant : lundi 23 novembre 2026');
      await until(() => curve(element)?.label === 'Puissance, lundi 23 novembre 2026');
      expect(control(element.renderRoot.querySelector('.day')!, 'Aucune mesure après ce jour').getAttribute('aria-disabled')).to.equal('true');
      control(element, 'Revenir au mois').focus();
      await sendKeys({ press: 'Escape' });
      await until(() => !element.renderRoot.querySelector('.day'));
      expectFocusOn(barButtons(element)[22]);
    });

    it('walks from the first of a month into the month before', async () => {
      const { element } = await open({ persona: 'camille' });
      barButtons(element)[0]?.click();
      await until(() => curve(element));
      await press(element, 'Jour précédent : samedi 31 octobre 2026');
      await until(() => title(element) === 'Octobre 2026' && bars(element).selected === 30);
      expect(textOf(element.renderRoot.querySelector('.day-title'))).to.equal('samedi 31 octobre 2026');
    });

    it('shows what of it was not measured, and the day of 25 hours whole', async () => {
      const { element } = await open({ persona: 'camille' });
      await goTo(element, 'octobre 2026');
      await press(element, 'Tableau');
      await until(() => rows(element).length === 31);
      control(element, 'dimanche 25 octobre 2026').click();
      await until(() => rows(element, '.day').length === 50);
      expect(rows(element, '.day').map(([time]) => time).filter((time) => time === 'de 2 h à 2 h 30')).to.have.length(2);
    });

    it('says when it cannot be had, and lets everything else stand', async () => {
      const { element, adapter } = await open({ persona: 'camille' });
      adapter.controls.setFault('getConsumption', 'malformed');
      barButtons(element)[4]?.click();
      await until(() => element.renderRoot.querySelector('.day [role=alert]'));
      expect(element.state).to.equal('ready');
      expect(bars(element).values).to.have.length(23);
      adapter.controls.clearFaults();
      control(element, 'Réessayer').click();
      await until(() => curve(element));
    });
  });

  describe('the table', () => {
    it('says what the picture says, opens days too, and stays from month to month', async () => {
      const { element } = await open({ persona: 'camille' });
      const values = [...bars(element).values];
      await press(element, 'Tableau');
      await until(() => rows(element).length === 23);
      expect(textOf(element.renderRoot.querySelector('caption'))).to.equal('Consommation par jour, novembre 2026');
      expect(rows(element).map(([, energy]) => energy)).to.deep.equal(values.map(kilowattHours));
      await press(element, 'Période précédente : octobre 2026');
      await until(() => rows(element).length === 31);
      control(element, 'samedi 10 octobre 2026').click();
      await until(() => rows(element, '.day').length > 40);
      await expectAccessible(element);
    });

    it('is a list of labelled rows at 320 pixels, without anything to scroll sideways', async () => {
      const { element, provider } = await open({ persona: 'camille' });
      provider.style.display = 'block';
      provider.style.inlineSize = '320px';
      await press(element, 'Tableau');
      await until(() => rows(element).length === 23);
      control(element, 'vendredi 20 novembre 2026').click();
      await until(() => rows(element, '.day').length === 48);
      const cell = element.renderRoot.querySelector('tbody td') as HTMLElement;
      expect(getComputedStyle(cell, '::before').content).to.include('Consommation');
      for (const each of element.renderRoot.querySelectorAll('*')) expect(each.getBoundingClientRect().right, each.outerHTML.slice(0, 120)).to.be.at.most(element.getBoundingClientRect().right + 1);
      expect(element.renderRoot.querySelector('[role=rowheader]')).to.not.equal(null);
      await expectAccessible(element);
    });
  });

  describe('several contracts', () => {
    it('lets the customer choose, and tells all elements of the page', async () => {
      const { element, provider } = await open({ persona: 'nadia' });
      const select = element.renderRoot.querySelector('select') as HTMLSelectElement;
      expect([...select.options].map((option) => textOf(option))).to.deep.equal(['Électricité, Maison, 41 rue de la Mine', 'Gaz, Maison, 41 rue de la Mine']);
      select.value = 'nadia-gas';
      select.dispatchEvent(new Event('change'));
      await until(() => textOf(element).includes('Gaz consommé en novembre 2026'));
      expect(provider.client?.selectedContract.value).to.equal('nadia-gas');
      expect(element.renderRoot.querySelector('select') === select).to.equal(true);
      await expectAccessible(element);
    });

    it('shows the contract that the page asks for, without a choice', async () => {
      const { element } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas' } });
      expect(textOf(element)).to.include('Gaz consommé');
      expect(element.renderRoot.querySelector('.which select')).to.equal(null);
    });
  });

  describe('other meters', () => {
    it('shows the months of a meter that is read by hand, and says that they are estimated', async () => {
      const { element } = await open({ persona: 'odette' });
      expect(title(element)).to.equal('2026');
      expect(textOf(element)).to.include('6 mois estimés, entre deux relevés de votre compteur.').and.to.include('Les prochaines sont attendues le mardi 1er décembre 2026.');
      expect(() => control(element, 'Mois')).to.throw('no control');
      barButtons(element)[3]?.click();
      await element.updateComplete;
      expect([bars(element).selected, element.renderRoot.querySelector('.day')]).to.deep.equal([3, null]);
    });

    it('tells a new customer what comes next', async () => {
      const { element } = await open({ persona: 'emma' });
      expect(element.state).to.equal('empty');
      expect(textOf(element)).to.include('Vos premières mesures arrivent bientôt');
      expect(control<HTMLAnchorElement>(element, 'Contacter mon fournisseur').getAttribute('href')).to.match(/^mailto:/);
      await expectAccessible(element);
    });

    it('tells a customer without a contract so', async () => {
      const { element } = await open({ persona: 'camille', between: (sandbox) => amendAdapter(sandbox, { listContracts: async () => ({ items: [] }) }) });
      expect(element.state).to.equal('empty');
      expect(textOf(element)).to.include('Aucun contrat à votre nom');
    });
  });

  describe('when something is wrong', () => {
    it('asks to sign in, and shows everything once that is done', async () => {
      const { element, provider } = await open({ routes: { login: '/connexion' } });
      expect(element.state).to.equal('signed-out');
      expect(control<HTMLAnchorElement>(element, 'Me connecter').getAttribute('href')).to.equal('/connexion');
      await expectAccessible(element);
      await provider.client?.signIn({ login: 'camille.durand', password: 'Cascade-81400' }, 'key');
      await until(() => element.state === 'ready');
    });

    it('says that the session has ended when it does in the middle', async () => {
      const { element, adapter } = await open({ persona: 'camille' });
      adapter.controls.expireSession();
      await press(element, 'Période précédente : octobre 2026');
      await until(() => element.state === 'signed-out');
      expect(textOf(element)).to.include('Votre session est terminée');
    });

    for (const [fault, words] of [
      ['offline', 'Vous êtes hors connexion'],
      ['rate-limited', 'Trop de demandes en peu de temps'],
      ['unavailable', 'Nous n’arrivons pas à joindre votre espace en ce moment'],
      ['malformed', 'Nous n’arrivons pas à lire ces informations'],
    ] as const) {
      it(`finds words for "${fault}", keeps the ways on, and recovers`, async () => {
        const { element, adapter, provider } = await open({ persona: 'camille' });
        // What the tries cost is the client's matter, and tested there.
        provider.client?.queries.setDefaultOptions({ queries: { ...provider.client.queries.getDefaultOptions().queries, retry: false } });
        adapter.controls.setFault('getConsumption', fault);
        const back = control(element, 'Période précédente : octobre 2026');
        back.focus();
        back.click();
        await until(() => element.state === 'error');
        expect(textOf(element)).to.include(words);
        if (fault !== 'malformed') expect(textOf(element)).to.match(/Référence pour nous en parler : sandbox-\d/);
        expect(title(element)).to.equal('Octobre 2026');
        expectFocusOn(back);
        await expectAccessible(element);
        adapter.controls.clearFaults();
        control(element, 'Réessayer').click();
        await until(() => bars(element)?.values.length === 31);
        expectFocusOn(element.renderRoot.querySelector('.title'));
      });
    }

    it('says so where the portal cannot tell consumption', async () => {
      const { element } = await open({ persona: 'camille', between: (sandbox) => amendAdapter(sandbox, { getConsumption: undefined }) });
      expect(element.state).to.equal('unsupported');
      expect(textOf(element)).to.include('Ce service n’est pas disponible ici');
    });

    it('falls back and warns when the page asks for a view or a contract that does not exist', async () => {
      const warned: string[] = [];
      const { warn } = console;
      console.warn = (message: string) => void warned.push(message);
      const { element } = await open({ persona: 'nadia', attributes: { view: 'week', contract: 'nobody' } });
      console.warn = warn;
      expect(title(element)).to.equal('Novembre 2026');
      expect(warned.join('\n')).to.include('view must be one of month, year, years, not "week"').and.to.include('no contract "nobody"');
    });
  });

  it('speaks English throughout, also while it stands there', async () => {
    const { element, provider } = await open({ persona: 'camille' });
    provider.lang = 'en';
    await until(() => textOf(element).includes('About as much as in November 2025, over the same days'));
    barButtons(element)[19]?.click();
    await until(() => curve(element));
    expect(spoken(element)[12]).to.match(/^Friday, November 13, 2026: 31\.4.kWh, estimated$/);
    expect(textOf(element)).to.include('Highest: 4.51 kW, from 7 PM to 7:30 PM.').and.not.to.match(/[éèà]/);
  });

  it('keeps the outline of the host page', async () => {
    const { element } = await open({ persona: 'camille', attributes: { 'heading-level': '3' } });
    barButtons(element)[2]?.click();
    await until(() => element.renderRoot.querySelector('.day'));
    expect([...element.renderRoot.querySelectorAll('h1, h2, h3, h4')].map(({ localName }) => localName)).to.deep.equal(['h3', 'h4']);
  });

  it('is accessible', async () => {
    await expectAccessible((await open({ persona: 'camille' })).element);
    await expectAccessible((await open({ persona: 'odette' })).element);
  });

  it('reads time in the zone of the installation, not of the host', async () => {
    const { element } = await open({
      persona: 'camille',
      between: (sandbox) => amendAdapter(sandbox, { describeUtility: async (input, context) => ({ ...(await sandbox.perform(describeUtility, input, context)), timeZone: 'Indian/Reunion' }) }),
    });
    await until(() => textOf(element).includes('Mesuré jusqu’au mardi 24 novembre 2026.'));
  });
});
