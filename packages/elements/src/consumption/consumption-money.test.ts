import { amendAdapter, getConsumption, getContract, type Consumption } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, textOf, unmountAll, until } from '../testing.ts';
import { barButtons, bars, euros, facts, finding, goTo, number, open, part, press, rows, settled, spoken } from './testing/element.ts';

describe('<oya-consumption> in money', () => {
  afterEach(unmountAll);

  it('names its two views as the utility does, and shows energy first', async () => {
    const { element } = await open({ persona: 'camille' });
    expect(control(element, 'Ma mesure').getAttribute('aria-pressed')).to.equal('true');
    await press(element, 'Ma conso');
    expect(number(element)).to.match(/^\d+,\d\d €$/);
    expect(textOf(element)).to.include('Coût TTC de votre électricité en novembre 2026, jusqu’au 23 novembre, abonnement compris');
    await expectAccessible(element);
  });

  it('begins with the view that the address asks for, also when it changes under what was chosen', async () => {
    history.replaceState(null, '', '#/consumption?oya-unit=cost');
    try {
      const { element } = await open({ persona: 'camille' });
      await until(() => control(element, 'Ma conso').getAttribute('aria-pressed') === 'true', 'money is on view');
      await goTo(element, 'août 2026');
      location.hash = '#/consumption?oya-unit=measure';
      await until(() => control(element, 'Ma mesure').getAttribute('aria-pressed') === 'true', 'energy is on view');
      expect(textOf(element)).to.include('août 2026');
    } finally {
      history.replaceState(null, '', location.pathname + location.search);
    }
  });

  it('keeps the standing charge out of the bars, and says what it is and what share it has', async () => {
    const { element } = await open({ persona: 'camille', attributes: { show: 'cost' } });
    const energy = bars(element).values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    expect(facts(element).join(' ')).to.include(`Énergie : ${euros(energy)}.`).and.to.match(/Abonnement : \d+,\d\d €, soit \d+ % du total\. Il n’est pas dans les barres\./);
    expect(bars(element).label).to.equal('Coût de l’énergie par jour, sans l’abonnement, novembre 2026');
    expect(facts(element).join(' ')).to.match(/Chaque kWh revient à 0,\d{4} €, abonnement compris ; à 0,\d{4} € sans lui\./);
  });

  it('says the cost beside the energy too, without a choice where the page asks for one of them', async () => {
    const { element } = await open({ persona: 'camille', attributes: { show: 'measure' } });
    expect(facts(element).join(' ')).to.match(/Coût : \d+,\d\d € TTC, dont \d+,\d\d € d’abonnement/);
    expect(() => control(element, 'Ma conso')).to.throw('no control');
  });

  it('tells the finding in money, on the same days', async () => {
    const { element } = await open({ persona: 'camille', attributes: { show: 'cost' } });
    expect(finding(element)).to.match(/qu’en novembre 2025, sur les mêmes jours$/);
    await goTo(element, 'août 2026');
    expect(finding(element)).to.match(/^(\d+ % de (moins|plus)|À peu près autant) qu’en août 2025$/);
  });

  for (const [persona, day] of [['camille', 20], ['julien', 18], ['ines', 12]] as const) {
    it(`splits the cost of a day of ${persona} among hours that add up to it`, async () => {
      const { element } = await open({ persona, attributes: { show: 'cost' } });
      const cost = bars(element).values[day - 1] ?? 0;
      barButtons(element)[day - 1]?.click();
      const chart = () => part(element, 'day')?.querySelector('oya-bar-chart');
      await until(chart, 'the hours');
      expect(chart()?.values.length).to.equal(24);
      expect(chart()?.values.reduce<number>((sum, value) => sum + (value ?? 0), 0)).to.equal(cost);
      expect(textOf(part(element, 'day'))).to.include(`Vos heures font ${euros(cost)}, sans l’abonnement.`);
    });
  }

  it('shows the power of a day, and says why, where the hours have no cost', async () => {
    const { element } = await open({
      persona: 'camille',
      attributes: { show: 'cost' },
      between: (sandbox) => amendAdapter(sandbox, { getContract: async (input, context) => ({ ...(await sandbox.perform(getContract, input, context)), offPeak: [] }) }),
    });
    barButtons(element)[19]?.click();
    await until(() => part(element, 'day')?.querySelector('oya-load-curve'));
    expect(textOf(part(element, 'day'))).to.include('Le coût de chaque heure n’est pas connu : les heures creuses de ce jour ne le sont pas.');
  });

  it('says which days have no cost, and why', async () => {
    const { element } = await open({
      persona: 'lucien',
      attributes: { show: 'cost' },
      between: (sandbox) =>
        amendAdapter(sandbox, {
          getConsumption: async (input, context) => {
            const answer: Consumption = await sandbox.perform(getConsumption, input, context);
            const { cost } = answer;
            return { ...answer, ...(cost && { cost: { ...cost, energy: cost.energy.map((amount, index) => (index === cost.energy.length - 1 ? null : amount)) } }) };
          },
        }),
    });
    expect(textOf(element)).to.include('1 coût inconnu : aucun prix de votre contrat ne vaut pour ces jours-là.');
    expect(spoken(element).at(-1)).to.match(/: coût inconnu$/);
  });

  it('does without where the portal knows no prices, and says so where the page asks for money', async () => {
    const without = (show: string) =>
      open({
        persona: 'camille',
        attributes: { show },
        between: (sandbox) => amendAdapter(sandbox, { getConsumption: async (input, context) => ({ ...(await sandbox.perform(getConsumption, input, context)), cost: undefined }) }),
      });
    const { element } = await without('both');
    expect(() => control(element, 'Ma conso')).to.throw('no control');
    expect(facts(element).join(' ')).not.to.include('Coût');
    const { element: asked } = await without('cost');
    expect(number(asked)).to.equal('768,5 kWh');
    expect(facts(asked).join(' ')).to.include('Le coût n’est pas connu ici');
  });

  it('has the standing charge as a column of its own in the table', async () => {
    const { element } = await open({ persona: 'lucien', attributes: { show: 'cost' } });
    await press(element, 'Tableau');
    await until(() => rows(element).length === 23);
    await settled(element);
    expect(rows(element)[0]?.slice(1, 3)).to.satisfy((cells: string[]) => cells.every((cell) => /^\d+,\d\d €$/.test(cell)));
  });
});
