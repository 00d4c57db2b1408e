import { amendAdapter, getConsumption, listContracts, type Input } from '@oya/contract';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, focused, textOf, unmountAll, until } from '../testing.ts';
import type { OyaConsumption } from './consumption.ts';
import { barButtons, curve, facts, open, part, press, rows } from './testing/element.ts';

describe('what one can do with a picture', () => {
  afterEach(() => {
    unmountAll();
    history.replaceState(null, '', location.pathname + location.search);
  });

  describe('the facts under it', () => {
    it('tell peak and off-peak hours, cost, greatest power, night and weather, in short sentences', async () => {
      const { element } = await open({ persona: 'camille' });
      await until(() => facts(element).some((fact) => fact.startsWith('La nuit')));
      expect(facts(element)[0]).to.match(/^Heures creuses : \d+,\d kWh \(\d+ %\) Heures pleines : \d+,\d kWh \(\d+ %\)$/);
      expect(facts(element).join(' ')).to.match(/Puissance la plus forte : 7,33 kVA sur 9 kVA souscrits, 14 novembre\./).and.to.include('chauffage compris s’il est électrique');
      expect(facts(element).at(-1)).to.match(/^Il a fait 11,4 °C en moyenne, comme en novembre 2025\./);
    });

    it('tell a year of the base load only from a month in which nobody heats', async () => {
      const { element } = await open({ persona: 'camille' });
      while (textOf(element.renderRoot.querySelector('.period')) !== 'Juin 2026') await press(element, /^Période précédente/);
      await until(() => facts(element).some((fact) => /^La nuit, il reste \d+ W en marche : environ [\d ]+ kWh et [\d ]+ € par an\.$/.test(fact)), 'a year of it');
    });

    it('tell when the subscribed power was exceeded, with its day, and mark it in the picture', async () => {
      const { element } = await open({
        persona: 'camille',
        between: (sandbox) => amendAdapter(sandbox, { listContracts: async (input, context) => ({ items: (await sandbox.perform(listContracts, input, context)).items.map((contract) => ({ ...contract, subscribedPowerKva: 7 })) }) }),
      });
      expect(facts(element).join(' ')).to.match(/La puissance souscrite de 7 kVA a été dépassée 2 jours, au plus 7,33 kVA, 14 novembre\./);
      expect(barButtons(element)[13]?.getAttribute('aria-label')?.replaceAll(/\s/g, ' ')).to.include('puissance dépassée, 7,33 kVA');
    });

    it('tell a gas day and its volume', async () => {
      const { element } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas' } });
      expect(facts(element).join(' ')).to.match(/Soit \d+,\d m³ au compteur/).and.to.include('Une journée de gaz va de 6 h à 6 h le lendemain.');
    });

    it('are fewer where the portal knows less', async () => {
      const { element } = await open({
        persona: 'camille',
        between: (sandbox) =>
          amendAdapter(sandbox, {
            getConsumption: async (input, context) => {
              const answer = await sandbox.perform(getConsumption, input, context);
              const { series } = answer;
              if (series.kind !== 'energy') return answer;
              return { ...answer, cost: undefined, weather: undefined, series: { ...series, registers: undefined, maximumPower: undefined } };
            },
          }),
      });
      await until(() => facts(element).some((fact) => fact.startsWith('La nuit')));
      expect(facts(element)).to.have.length(1);
      expect(() => control(element, 'Ma conso')).to.throw('no control');
      await expectAccessible(element);
    });
  });

  describe('the menu of files', () => {
    it('opens and closes by keyboard, and walks by arrows', async () => {
      const { element } = await open({ persona: 'camille' });
      control(element, 'Exporter').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => menu(element).length === 5);
      await sendKeys({ press: 'ArrowDown' });
      expectFocusOn(menu(element)[0]);
      await sendKeys({ press: 'End' });
      expect(textOf(menu(element).at(-1))).to.equal('Imprimer');
      await expectAccessible(element);
      await sendKeys({ press: 'Escape' });
      await until(() => menu(element).length === 0);
      expectFocusOn(control(element, 'Exporter'));
    });

    for (const [words, name, start] of [
      ['Tableau (CSV)', 'consommation-L00000000101-novembre-2026.csv', '\u00ef\u00bb\u00bfJour;Consommation (kWh)'],
      ['Classeur (Excel)', 'consommation-L00000000101-novembre-2026.xlsx', 'PK'],
      ['Green Button (XML)', 'consommation-L00000000101-novembre-2026.xml', '<?xml'],
      ['Image (PNG)', 'consommation-L00000000101-novembre-2026.png', '\u0089PNG'],
    ] as const) {
      it(`makes “${words}” of what is shown, under a name that says it`, async () => {
        const { element } = await open({ persona: 'camille' });
        const saved = await savedBy(element, words);
        expect(saved.name).to.equal(name);
        expect(saved.head.slice(0, start.length)).to.equal(start);
        expect(textOf(part(element, 'tools'))).to.include(`Fichier enregistré : ${name}`);
      });
    }

    it('holds the half-hours of the day that is open', async () => {
      const { element } = await open({ persona: 'camille' });
      barButtons(element)[19]?.click();
      await until(() => curve(element));
      const saved = await savedBy(element, 'Tableau (CSV)');
      expect(saved.name).to.equal('consommation-L00000000101-20-novembre-2026.csv');
      expect(saved.text.trim().split('\r\n')).to.have.length(49);
    });

    it('is named for the power that it holds, also where the picture tells money', async () => {
      const { element } = await open({ persona: 'camille' });
      element.show = 'cost';
      await until(() => textOf(element.renderRoot.querySelector('.number')).includes('€'));
      barButtons(element)[19]?.click();
      await until(() => element.renderRoot.querySelector('oya-consumption-day oya-bar-chart'));
      const saved = await savedBy(element, 'Tableau (CSV)');
      expect(saved.text).to.include('Puissance moyenne');
      expect(saved.name).to.equal('consommation-L00000000101-20-novembre-2026.csv');
    });

    it('offers no picture of a table', async () => {
      const { element } = await open({ persona: 'camille' });
      await press(element, 'Tableau');
      await until(() => rows(element).length === 23);
      control(element, 'Exporter').click();
      await until(() => menu(element).length > 0);
      expect(menu(element).map(textOf)).not.to.include('Image (PNG)');
    });
  });

  it('prints the table with the picture, and no controls', async () => {
    const { element } = await open({ persona: 'camille' });
    dispatchEvent(new Event('beforeprint'));
    await until(() => rows(element, '.printed').length === 23);
    dispatchEvent(new Event('afterprint'));
    await until(() => !element.renderRoot.querySelector('.printed'));
  });

  it('is heard, held and heard on, and stops', async () => {
    const { element } = await open({ persona: 'camille' });
    control(element, 'Écouter').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => part(element, 'tools')?.textContent?.includes('Mettre en pause'));
    control(element, 'Mettre en pause').click();
    await until(() => part(element, 'tools')?.textContent?.includes('Reprendre'));
    control(element, 'Reprendre').click();
    await until(() => part(element, 'tools')?.textContent?.includes('Mettre en pause'));
    await until(() => {
      control(element, 'Arrêter').click();
      return true;
    });
    await until(() => part(element, 'tools')?.textContent?.includes('Écouter'));
  });

  describe('the curve of years', () => {
    it('comes a year at a time, the last first, and says so', async () => {
      const asked: Input<'getConsumption'>[] = [];
      const { element } = await open({
        persona: 'camille',
        between: (sandbox) => amendAdapter(sandbox, { getConsumption: (input, context) => (asked.push(input), sandbox.perform(getConsumption, input, context)) }),
      });
      control(element, 'Explorer la courbe').click();
      await until(() => textOf(part(element, 'curve')).includes('La courbe est là, du 1er octobre 2024 au 23 novembre 2026.'), 'all years');
      const halfHours = asked.filter(({ resolution, from, to }) => resolution === 'half-hour' && to.slice(0, 7) !== from.slice(0, 7) && from !== '2026-11-01');
      expect(halfHours.map(({ from, to }) => [from, to])).to.deep.equal([['2026-01-01', '2026-11-24'], ['2025-01-01', '2026-01-01'], ['2024-10-01', '2025-01-01']]);
      await until(() => focused() === element.renderRoot.querySelector('.curve-title'));
      await expectAccessible(element);
    });

    it('can be stopped, and goes on when asked', async () => {
      const { element, adapter } = await open({ persona: 'camille' });
      adapter.controls.setLatency(150);
      control(element, 'Explorer la courbe').click();
      await until(() => textOf(part(element, 'curve')).includes('Année 2025 : 1 sur 3'));
      control(element, 'Arrêter ici').click();
      await until(() => textOf(part(element, 'curve')).includes('Arrêté. La courbe va du 1er janvier 2026 au 23 novembre 2026.'));
      control(element, 'Charger la suite').click();
      await until(() => textOf(part(element, 'curve')).includes('La courbe est là, du 1er octobre 2024'));
    });

    it('keeps what came when a year fails, and tries again', async () => {
      const { element, adapter, provider } = await open({ persona: 'camille' });
      provider.client?.queries.setDefaultOptions({ queries: { ...provider.client.queries.getDefaultOptions().queries, retry: false } });
      adapter.controls.setFault('getConsumption', 'unavailable');
      control(element, 'Explorer la courbe').click();
      await until(() => part(element, 'curve')?.querySelector('[role=alert]'));
      adapter.controls.clearFaults();
      control(part(element, 'curve') as HTMLElement, 'Réessayer').click();
      await until(() => textOf(part(element, 'curve')).includes('La courbe est là'));
    });

    it('is zoomed and moved by buttons; the address tells it only where the page wants that', async () => {
      const { element } = await open({ persona: 'camille', attributes: { remember: 'hash' } });
      history.replaceState(null, '', '#/consumption');
      control(element, 'Explorer la courbe').click();
      await until(() => textOf(part(element, 'curve')).includes('La courbe est là'));
      await until(() => curve(element), 'the chart');
      control(element, 'Agrandir').click();
      await until(() => /^#\/consumption\?oya-curve=\d+-\d+$/.test(location.hash), 'the address');
      const window = curve(element)?.window;
      unmountAll();
      const { element: again } = await open({ persona: 'camille', attributes: { remember: 'hash' } });
      await until(() => textOf(part(again, 'curve')).includes('La courbe est là'));
      await until(() => curve(again)?.window?.from === Math.round((window?.from ?? 0) / 60_000) * 60_000);
      control(again, 'Tout voir').click();
      await until(() => location.hash === '#/consumption');
    });
  });

  it('opens the stretch of the curve that a link leads to, also where the address remembers none', async () => {
    const { element } = await open({ persona: 'camille' });
    await until(() => element.renderRoot.querySelector('oya-consumption-tools'), 'the tools');
    const [from, to] = [Date.parse('2026-10-14T00:00:00Z'), Date.parse('2026-10-20T00:00:00Z')];
    location.hash = `#/consumption?oya-curve=${from / 60_000}-${to / 60_000}`;
    await until(() => curve(element)?.window?.from === from, 'the stretch');
    expect(curve(element)?.window).to.deep.equal({ from, to });
    location.hash = `#/consumption?oya-curve=${(from + 3_600_000) / 60_000}-${to / 60_000}`;
    await until(() => curve(element)?.window?.from === from + 3_600_000, 'another stretch');
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('shows what it has when it cannot be had anew, with its age', async () => {
    const { element, adapter, provider } = await open({ persona: 'camille' });
    provider.client?.queries.setDefaultOptions({ queries: { ...provider.client.queries.getDefaultOptions().queries, retry: false } });
    adapter.controls.setFault('getConsumption', 'offline');
    await provider.client?.queries.invalidateQueries({ queryKey: [getConsumption.name] });
    await until(() => element.renderRoot.querySelector('.age'));
    expect(textOf(element.renderRoot.querySelector('.age'))).to.match(/Vous êtes hors connexion\. Ce que vous voyez date du \w+ \d+ \w+ à \d+ h \d\d\./);
    expect(element.state).to.equal('ready');
    adapter.controls.clearFaults();
    control(element.renderRoot.querySelector('.age') as HTMLElement, 'Réessayer').click();
    await until(() => !element.renderRoot.querySelector('.age'));
  });

  async function savedBy(element: OyaConsumption, words: string): Promise<{ name: string; head: string; text: string }> {
    control(element, 'Exporter').click();
    await until(() => menu(element).length > 0);
    let saved: { name: string; href: string } | undefined;
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved = { name: this.download, href: this.href };
    };
    try {
      menu(element).find((item) => textOf(item) === words)?.click();
      await until(() => saved, 'the file');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    const content = await (await fetch(saved?.href ?? '')).arrayBuffer();
    await element.updateComplete;
    return { name: saved?.name ?? '', head: String.fromCharCode(...new Uint8Array(content.slice(0, 60))), text: new TextDecoder().decode(content) };
  }
});

function menu(element: OyaConsumption): HTMLButtonElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLButtonElement>('.menu li button')];
}
