import { emulateMedia } from '@web/test-runner-commands';
import { expect } from 'chai';
import { allVisions, difference } from '../../../tokens/src/colour-science.ts';
import type { Tone } from '../tones/tones.ts';
import type { BarFormat, OyaBarChart, OyaBarReadEvent, OyaBarSelectEvent } from './bar-chart.ts';
import type { BarPart } from './stacked-bar.ts';
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

  describe('in parts', () => {
    const parts: BarPart[] = [
      { code: 'HC', label: 'Heures creuses', tone: 'off-peak', values: [5000, 3000, null, 1500, null, 4000, 0, 0, 0, 0] },
      { code: 'HP', label: 'Heures pleines', tone: 'peak', values: [7000, 5000, null, 3000, null, 4000, 7300, 0, 0, 0] },
      { code: 'HPJR', label: 'Rouge', tone: 'red', values: values.map(() => 0) },
    ];
    const tones = (index: number) => [...(all('.stack')[index]?.querySelectorAll('.part') ?? [])].map((part) => part.classList[1]);

    beforeEach(async () => {
      chart.parts = parts;
      await drawn();
    });

    it('is stacked from zero up in the order given, what is left undivided at the end, and undivided where there are none', () => {
      expect(tones(0)).to.deep.equal(['off-peak', 'peak']);
      expect(tones(3), 'the sixth day').to.deep.equal(['off-peak', 'peak', 'undivided']);
      expect(tones(4), 'without off-peak hours').to.deep.equal(['peak']);
      expect(all('rect.bar'), 'not divided').to.have.length(4);
      const [low, high] = [...(all('.stack')[0]?.querySelectorAll('.part') ?? [])].map((part) => part.getBoundingClientRect());
      expect(low?.top).to.be.at.least(high?.bottom ?? 0);
    });

    it('keeps the form of its quality', () => {
      const forms = all('.stack').map((stack) => stack.querySelector('.part')?.classList[2]);
      expect(forms.slice(0, 3)).to.deep.equal(['real', 'estimated', 'provisional']);
      expect(all('.stack')[1]?.querySelector('[fill$="-cut)"]'), 'hatches').to.exist;
      expect(all('.cap')).to.have.length(1);
    });

    it('names the parts that occur, and no others, in words above the picture', () => {
      expect(all('.key li').map((entry) => entry.textContent?.trim())).to.deep.equal(['Heures creuses', 'Heures pleines']);
    });

    it('tells the tones apart for every eye, in light and in dark', async () => {
      for (const scheme of ['light', 'dark']) {
        chart.style.colorScheme = scheme;
        for (const neighbours of [['peak', 'off-peak', 'undivided'], ['blue', 'white', 'red']] as const) {
          chart.parts = neighbours.filter((tone) => tone !== 'undivided').map((tone): BarPart => ({ code: tone, label: tone, tone: tone as Tone, values: [3000] }));
          await drawn();
          const fills = [...(all('.stack')[0]?.querySelectorAll('.part') ?? [])].map((part) => asHex(getComputedStyle(part).fill));
          expect(fills.length).to.equal(neighbours.length + (neighbours.includes('undivided' as never) ? 0 : 1));
          for (const vision of allVisions) {
            fills.slice(1, 3).forEach((fill, index) => expect(difference(fills[index] ?? '', fill, vision), `${scheme}, ${vision}: ${fills.join()}`).to.be.at.least(9));
          }
        }
      }
    });

    it('tells them apart by textures where colours are forced', async () => {
      chart.parts = (['blue', 'white', 'red', 'red-off-peak'] as const).map((tone) => ({ code: tone, label: tone, tone, values: [2000] }));
      await emulateMedia({ forcedColors: 'active' });
      await drawn();
      const looks = [...(all('.stack')[0]?.querySelectorAll('.part') ?? [])].slice(0, 4).map((part) => {
        const texture = part.nextElementSibling?.classList.contains('texture') ? part.nextElementSibling : null;
        return `${getComputedStyle(part).fill} ${texture ? getComputedStyle(texture).display + chart.renderRoot.querySelector(`pattern[id$="-${part.classList[1]}"] path`)?.getAttribute('d') : ''}`;
      });
      await emulateMedia({ forcedColors: 'none' });
      expect(new Set(looks).size, looks.join(' | ')).to.equal(4);
    });
  });

  it('has a small mark over each bar with something to tell, above all of it', async () => {
    chart.marks = values.map((_, index) => (index === 3 || index === 4 ? 'Puissance dépassée' : null));
    chart.previous = [null, null, null, null, 14_000];
    await drawn();
    expect(all('.mark')).to.have.length(2);
    const [over, overPrevious] = all('.mark').map((mark) => mark.getBoundingClientRect().bottom);
    expect(over).to.be.at.most(one('.bar.provisional').getBoundingClientRect().top);
    expect(overPrevious).to.be.at.most(one('.previous').getBoundingClientRect().top);
  });

  it('has the mark of an incomplete bar above its cap', async () => {
    chart.marks = values.map((_, index) => (index === 4 ? 'Puissance dépassée' : null));
    await drawn();
    expect(one('.mark').getBoundingClientRect().bottom).to.be.at.most(one('.cap').getBoundingClientRect().top);
  });

  it('is crossed by a second line that breaks where a value is missing, with its label at its end', async () => {
    chart.line = { label: 'Température', values: [8, 9, null, 7.5, -2], format: (value) => `${value} °C` };
    await drawn();
    expect(one('.second:not(.halo)').getAttribute('d')?.match(/M/g)).to.have.length(2);
    expect(all('.second-label').map((label) => label.textContent)).to.deep.equal(['Température\u00a0-2 °C']);
    chart.slots = 10;
    chart.read(0);
    await drawn();
    expect(all('.second-label').map((label) => label.textContent)).to.include('8 °C');
  });

  it('tells in its key what its forms are called, of those that occur', async () => {
    chart.forms = { estimated: 'Estimé', missing: 'Pas de mesure', previous: 'L’an dernier', mark: 'Puissance dépassée' };
    await drawn();
    expect(all('.key li').map((entry) => entry.textContent?.trim())).to.deep.equal(['Estimé', 'Pas de mesure']);
  });

  it('labels the half-hours of a day at round hours that fit', async () => {
    chart.style.inlineSize = '320px';
    Object.assign(chart, { values: Array.from({ length: 50 }, () => 300), quality: 'r'.repeat(50), slots: 50, step: 'half-hour' });
    chart.format = { ...format, position: (index) => `${Math.floor((index < 6 ? index : index - 2) / 2)} h` };
    await drawn();
    expect(all('svg text[text-anchor=middle]').map((label) => label.textContent)).to.deep.equal(['0 h', '6 h', '12 h', '18 h']);
    expect(buttons()).to.have.length(50);
  });

  it('prints black on white in its own size, without what can be pressed', async () => {
    chart.style.colorScheme = 'dark';
    const { width } = one('.plot > svg').getBoundingClientRect();
    await emulateMedia({ media: 'print' });
    try {
      expect(getComputedStyle(one('.plot > svg text')).fill).to.equal('rgb(51, 51, 51)');
      expect(one('.columns').offsetHeight).to.equal(0);
      chart.style.inlineSize = `${2 * width}px`;
      expect(one('.plot > svg').getBoundingClientRect().width).to.equal(width);
    } finally {
      await emulateMedia({ media: 'screen' });
    }
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

/** Any colour of CSS as the screen shows it. */
function asHex(color: string): string {
  const context = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return `#${[...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
