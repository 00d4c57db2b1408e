import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, textOf, unmountAll, until } from '../testing.ts';
import type { OyaConsumption } from './consumption.ts';
import { headers, open, part, press, rows } from './testing/element.ts';

describe('the table of <oya-consumption>', () => {
  afterEach(unmountAll);

  async function openTable(persona = 'camille', width = 1100) {
    const mounted = await open({ persona });
    mounted.provider.style.display = 'block';
    mounted.provider.style.inlineSize = `${width}px`;
    await press(mounted.element, 'Tableau');
    await until(() => rows(mounted.element).length === 23, 'the table');
    return mounted;
  }

  it('has what the picture has, and what stands beside it', async () => {
    const { element } = await openTable();
    expect(headers(element)).to.deep.equal(['Jour', 'Consommation', 'Heures creuses', 'Heures pleines', 'Un an plus tôt', 'Puissance maximale', 'Température', 'Mesure']);
    await expectAccessible(element);
  });

  it('is sorted by any column, either way, and says so', async () => {
    const { element } = await openTable();
    const energies = () => rows(element).map(([, energy]) => Number(energy?.replace(',', '.').replace(' kWh', '')));
    const head = control(element, 'Consommation');
    head.focus();
    head.click();
    await until(() => sortOf(element, 1) === 'ascending');
    expect(energies()).to.deep.equal([...energies()].sort((a, b) => a - b));
    head.click();
    await until(() => sortOf(element, 1) === 'descending');
    expect(energies()).to.deep.equal([...energies()].sort((a, b) => b - a));
    expect(sortOf(element, 0)).to.equal(null);
    expectFocusOn(head);
  });

  it('puts what is not known last, whichever way', async () => {
    const { element } = await openTable();
    for (const order of ['ascending', 'descending']) {
      control(element, 'Puissance maximale').click();
      await until(() => sortOf(element, 5) === order);
      expect(rows(element).at(-1)?.[5]).to.equal('aucune');
    }
  });

  it('opens the day of a row, also where it is sorted', async () => {
    const { element } = await openTable();
    control(element, 'Jour').click();
    await until(() => sortOf(element, 0) === 'descending');
    control(element, 'vendredi 20 novembre 2026').click();
    await until(() => textOf(element.renderRoot.querySelector('.day-title')) === 'vendredi 20 novembre 2026');
  });

  it('is sorted by a choice where it is a list of rows', async () => {
    const { element } = await openTable('camille', 320);
    const choice = element.renderRoot.querySelector<HTMLSelectElement>('.sort-by select');
    expect(choice?.checkVisibility()).to.equal(true);
    if (choice) choice.value = 'descending:Température';
    choice?.dispatchEvent(new Event('change'));
    await until(() => rows(element)[0]?.includes('16,0 °C'));
    await expectAccessible(element);
  });

  it('is copied as spreadsheets paste it, in its order, and says when', async () => {
    const { element } = await openTable('lucien');
    let copied = '';
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = async (text) => void (copied = text);
    control(element, 'Copier le tableau').click();
    await until(() => textOf(part(element, 'table')).includes('Tableau copié'));
    navigator.clipboard.writeText = writeText;
    const lines = copied.split('\n').map((line) => line.split('\t'));
    expect(lines[0]?.slice(0, 2)).to.deep.equal(['Jour', 'Consommation']);
    expect(lines).to.have.length(24);
    expect(lines[1]?.map((cell) => cell.replaceAll(/\s/g, ' '))).to.deep.equal(rows(element)[0]);
  });

  it('says where a browser does not allow the copy', async () => {
    const { element } = await openTable('lucien');
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    control(element, 'Copier le tableau').click();
    await until(() => textOf(part(element, 'table')).includes('n’a pas permis la copie'));
    navigator.clipboard.writeText = writeText;
  });
});

function sortOf(element: OyaConsumption, column: number): string | null | undefined {
  return element.renderRoot.querySelectorAll('oya-consumption-table thead th')[column]?.getAttribute('aria-sort');
}
