import { expect } from 'chai';
import type { BarFormat, OyaBarChart, OyaBarReadEvent, OyaBarSelectEvent } from './bar-chart.ts';
import './bar-chart.define.ts';

const values = [12_000, 8_000, null, 4_500, 9_100, 11_000, 7_300, 6_000, 5_000, 13_000];
const quality = 'rempirrrrr';

const format: BarFormat = {
  value: (value) => `${value / 1000} kWh`,
  axis: (value, withUnit) => `${value / 1000}${withUnit ? ' kWh' : ''}`,
  position: (index) => String(index + 1),
  spoken: (index) => `jour ${index + 1} : ${values[index] == null ? 'pas de valeur' : `${values[index] / 1000} kWh`}`,
};

describe('<oya-bar-chart>', () => {
  let chart: OyaBarChart;

  beforeEach(async () => {
    chart = document.createElement('oya-bar-chart');
    Object.assign(chart, { values, quality, slots: 30, label: 'Consommation par jour', format });
    document.body.append(chart);
    await drawn();
  });

  afterEach(() => {
    document.documentElement.dir = '';
    chart.remove();
  });

  it('has one button per value, each saying all there is to say', () => {
    expect(buttons().map((button) => button.getAttribute('aria-label'))).to.deep.equal(values.map((_, index) => format.spoken(index)));
    expect(one('[role=group]').getAttribute('aria-label')).to.equal('Consommation par jour');
  });

  it('gives each quality its own form', () => {
    const forms = [...chart.renderRoot.querySelectorAll('rect.bar')].slice(0, 4).map((bar) => bar.classList[1]);
    expect(forms).to.deep.equal(['real', 'estimated', 'provisional', 'incomplete']);
    expect(all('.missing')).to.have.length(1);
    expect(all('.cap')).to.have.length(1);
    expect(one('.estimated').getAttribute('fill')).to.match(/^url\(#/);
  });

  it('keeps hatches apart from those of another chart', async () => {
    const other = document.createElement('oya-bar-chart');
    Object.assign(other, { values, quality, format });
    document.body.append(other);
    await drawn();
    expect(other.renderRoot.querySelector('pattern')?.id).not.to.equal(one('pattern').id);
    other.remove();
  });

  it('is one stop of the Tab key', () => {
    expect(buttons().filter((button) => button.tabIndex === 0)).to.have.length(1);
  });

  it('is walked with arrows, by the week with Page Down and Page Up, and to both ends', async () => {
    buttons()[0]?.focus();
    expect(await press('ArrowRight')).to.equal(1);
    expect(await press('PageDown')).to.equal(8);
    expect(await press('PageUp')).to.equal(1);
    expect(await press('End')).to.equal(9);
    expect(await press('ArrowRight')).to.equal(9);
    expect(await press('Home')).to.equal(0);
    expect(await press('ArrowLeft')).to.equal(0);
  });

  it('is walked the other way where one reads from right to left', async () => {
    document.documentElement.dir = 'rtl';
    buttons()[0]?.focus();
    expect(await press('ArrowLeft')).to.equal(1);
    expect(await press('ArrowRight')).to.equal(0);
  });

  it('leaves keys with Ctrl, Alt and Meta to the browser', () => {
    buttons()[0]?.focus();
    const event = new KeyboardEvent('keydown', { key: 'ArrowRight', altKey: true, bubbles: true, cancelable: true });
    buttons()[0]?.dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(false);
  });

  it('tells which bar was chosen, across shadow roots', () => {
    let chosen: OyaBarSelectEvent | undefined;
    document.addEventListener('oya-bar-select', (event) => (chosen = event), { once: true });
    buttons()[4]?.click();
    expect(chosen?.index).to.equal(4);
  });

  it('shows what is read in the line above, with the same words, and tells its owner', async () => {
    const read: (number | null)[] = [];
    chart.addEventListener('oya-bar-read', (event: OyaBarReadEvent) => read.push(event.index));
    buttons()[1]?.focus();
    await chart.updateComplete;
    expect(one('.spoken').textContent).to.equal(format.spoken(1));
    expect(one('.spoken strong').textContent).to.equal('8 kWh');
    buttons()[1]?.blur();
    expect(read).to.deep.equal([1, null]);
  });

  it('shows the summary while nothing is read or chosen, and the chosen bar otherwise', async () => {
    expect(one('.summary').hidden).to.equal(false);
    chart.selected = 3;
    await chart.updateComplete;
    expect(one('.summary').hidden).to.equal(true);
    expect(one('.spoken').textContent).to.equal(format.spoken(3));
    expect(buttons()[3]?.getAttribute('aria-current')).to.equal('true');
    expect(buttons()[3]?.tabIndex).to.equal(0);
  });

  it('reads the column under the pointer, and nothing over days to come', async () => {
    const box = one('[role=group]').getBoundingClientRect();
    const at = (share: number) =>
      one('[role=group]').dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + box.width * share, clientY: box.top + 5, bubbles: true }));
    at(1.5 / 30);
    await chart.updateComplete;
    expect(one('.spoken').textContent).to.equal(format.spoken(1));
    at(25.5 / 30);
    await chart.updateComplete;
    expect(chart.renderRoot.querySelector('.spoken')).to.equal(null);
  });

  it('keeps each column under its bar', () => {
    const bars = all('rect.bar');
    const measured = buttons().filter((_, index) => values[index] !== null);
    measured.forEach((button, index) => {
      const [column, bar] = [button.getBoundingClientRect(), (bars[index] as Element).getBoundingClientRect()];
      expect(bar.left).to.be.at.least(column.left - 0.5);
      expect(bar.right).to.be.at.most(column.right + 0.5);
    });
  });

  it('mirrors the picture where one reads from right to left', async () => {
    document.documentElement.dir = 'rtl';
    chart.requestUpdate();
    await drawn();
    const bars = all('rect.bar').map((bar) => bar.getBoundingClientRect().left);
    expect(bars[0]).to.be.greaterThan(bars[1] as number);
  });

  it('takes the width of its container', async () => {
    chart.style.inlineSize = '320px';
    await drawn();
    expect(one('svg').getAttribute('viewBox')).to.match(/^0 0 320 /);
    const column = buttons()[0]?.getBoundingClientRect();
    expect(column?.height).to.be.greaterThan(200);
  });

  it('keeps its height and its line when it is empty, and says why in the words of its owner', async () => {
    const height = chart.offsetHeight;
    const words = document.createElement('span');
    words.slot = 'empty';
    words.textContent = 'Aucune mesure';
    chart.append(words);
    expect(words.offsetHeight, 'while there are values').to.equal(0);
    chart.values = [];
    await drawn();
    expect(chart.offsetHeight).to.equal(height);
    expect(all('line.zero')).to.have.length(1);
    expect(buttons()).to.have.length(0);
    expect(words.offsetHeight).to.be.above(0);
  });

  it('draws without an axis when nothing was measured at all', async () => {
    chart.values = [null, null];
    await drawn();
    expect(all('.missing')).to.have.length(2);
    expect(one('svg').outerHTML).not.to.contain('NaN');
  });

  it('follows its container again after it was moved in the document', async () => {
    const place = document.createElement('div');
    place.style.inlineSize = '400px';
    document.body.append(place);
    place.append(chart);
    await drawn();
    expect(one('svg').getAttribute('viewBox')).to.match(/^0 0 400 /);
    place.remove();
  });

  it('uses no style attribute, which a strict content security policy refuses', () => {
    expect(chart.renderRoot.querySelectorAll('svg [style]')).to.have.length(0);
  });

  const one = (selector: string) => chart.renderRoot.querySelector(selector) as HTMLElement;
  const all = (selector: string) => [...chart.renderRoot.querySelectorAll(selector)];
  const buttons = () => [...chart.renderRoot.querySelectorAll('button')];

  /** Presses a key where the focus is. @returns the bar that has the focus then */
  async function press(key: string): Promise<number> {
    const focused = (chart.renderRoot as ShadowRoot).activeElement;
    focused?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await chart.updateComplete;
    return buttons().indexOf((chart.renderRoot as ShadowRoot).activeElement as HTMLButtonElement);
  }

  /** The chart knows its size after one frame, and has drawn at it after the next update. */
  async function drawn(): Promise<void> {
    await chart.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await chart.updateComplete;
  }
});
