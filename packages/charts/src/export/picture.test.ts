import { emulateMedia } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { BarFormat, OyaBarChart } from '../bar-chart/bar-chart.ts';
import '../bar-chart/bar-chart.define.ts';
import type { CurveFormat, OyaLoadCurve } from '../load-curve/load-curve.ts';
import '../load-curve/load-curve.define.ts';
import { pictureOf } from './picture.ts';

const HALF_HOUR = 1_800_000;
const START = Date.UTC(2026, 10, 23, 23);
const words = { title: '12 % de moins qu’en novembre dernier', subtitle: 'Consommation par jour', footer: 'Source : Enedis' };

const barFormat: BarFormat = { value: String, axis: String, position: (index) => String(index + 1), spoken: String };
const curveFormat: CurveFormat = { value: String, axis: String, tick: (instant) => String(instant), spoken: ({ index }) => String(index), offsetMinutes: () => 60 };

describe('a picture of a chart to keep', () => {
  let bars: OyaBarChart;
  let curve: OyaLoadCurve;

  beforeEach(async () => {
    bars = document.createElement('oya-bar-chart');
    Object.assign(bars, { values: [9000, 6000, null, 4000], quality: 'remi', slots: 10, format: barFormat, label: 'Jours' });
    bars.parts = [{ code: 'HC', label: 'Heures creuses', tone: 'off-peak', values: [3000, 2000, null, 1000] }];
    curve = document.createElement('oya-load-curve');
    Object.assign(curve, { curve: [{ start: START, stepMinutes: 30, values: Int32Array.from({ length: 96 }, (_, index) => 300 + index * 20), quality: 'r'.repeat(96) }], format: curveFormat });
    document.body.append(bars, curve);
    await curve.updateComplete;
  });

  afterEach(async () => {
    await emulateMedia({ forcedColors: 'none' });
    document.documentElement.style.colorScheme = '';
    bars.remove();
    curve.remove();
  });

  it('is a PNG at twice the resolution of a screen or more, whatever the width of the chart on it', async () => {
    bars.style.inlineSize = '250px';
    const blob = await pictureOf(bars, words);
    expect(blob.type).to.equal('image/png');
    expect((await pixels(blob)).width).to.equal(1600);
    expect((await pixels(await pictureOf(bars, { ...words, scale: 3 }))).width).to.equal(2400);
    expect((await pixels(await pictureOf(bars, { ...words, scale: 0.5 }))).width).to.equal(1600);
  });

  it('has its finding, its label and its source: without them it is the lower for it', async () => {
    const height = async (given: Partial<typeof words>) => (await pixels(await pictureOf(bars, { title: '', ...given }))).height;
    const bare = await height({});
    expect(await height({ title: words.title })).to.be.above(bare);
    expect(await height({ subtitle: words.subtitle })).to.be.above(bare);
    expect(await height({ footer: words.footer })).to.be.above(bare);
    expect(await height({ title: 'mot '.repeat(60) }), 'long words go on in the next line').to.be.above((await height({ title: words.title })) + 50);
  });

  it('has the words of its parts and forms in a key', async () => {
    const without = await pixels(await pictureOf(bars, words));
    const forms = { estimated: 'Estimé', missing: 'Pas de mesure', provisional: 'Provisoire' };
    const withForms = await pixels(await pictureOf(bars, { ...words, forms }));
    expect(withForms.height, 'beside the parts, in the same line').to.equal(without.height);
    expect(differ(without, withForms)).to.be.above(500);
    expect(bars.forms, 'the chart itself is as before').to.equal(undefined);
  });

  it('is light on white in dark mode and with forced colours, pixel by pixel as in light mode', async () => {
    for (const chart of [bars, curve]) {
      const light = await pixels(await pictureOf(chart, words));
      document.documentElement.style.colorScheme = 'dark';
      expect(differ(light, await pixels(await pictureOf(chart, words))), `${chart.localName}, dark`).to.equal(0);
      document.documentElement.style.colorScheme = '';
      expect([...light.data.subarray(0, 4)]).to.deep.equal([255, 255, 255, 255]);
      expect(light.data.filter((value, at) => at % 4 < 3 && value < 100).length, `${chart.localName}, ink`).to.be.above(1000);
    }
    await emulateMedia({ forcedColors: 'active' });
    const forced = await pixels(await pictureOf(bars, words));
    expect([...forced.data.subarray(0, 4)]).to.deep.equal([255, 255, 255, 255]);
    expect(colorsOf(forced).has('74,126,194'), 'the blue of the bars').to.equal(true);
  });

  it('shows what the curve shows', async () => {
    const whole = await pixels(await pictureOf(curve, words));
    curve.window = { from: START, to: START + 20 * HALF_HOUR };
    expect(differ(whole, await pixels(await pictureOf(curve, words)))).to.be.above(1000);
  });

  it('runs in the direction of reading', async () => {
    const ltr = await pixels(await pictureOf(bars, { title: '' }));
    const rtl = await pixels(await pictureOf(bars, { title: '', direction: 'rtl' }));
    expect(inkedShare(ltr)).to.be.above(0.6);
    expect(inkedShare(rtl)).to.be.below(0.4);
  });

  it('leaves nothing behind, and moves nothing on the page', async () => {
    const before = [bars.renderRoot.childElementCount, bars.offsetHeight, document.documentElement.scrollWidth];
    await pictureOf(bars, words);
    expect([bars.renderRoot.childElementCount, bars.offsetHeight, document.documentElement.scrollWidth]).to.deep.equal(before);
  });

  it('says what to do when the browser cannot write it', async () => {
    const complaint = await pictureOf(bars, { ...words, scale: 100 }).then(() => '', (error: Error) => error.message);
    expect(complaint).to.match(/smaller scale/);
  });
});

async function pixels(blob: Blob): Promise<ImageData> {
  const image = await createImageBitmap(blob);
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}

function differ(one: ImageData, other: ImageData): number {
  if (one.data.length !== other.data.length) return Infinity;
  return one.data.filter((value, at) => value !== other.data[at]).length;
}

function colorsOf({ data }: ImageData): Set<string> {
  const colors = new Set<string>();
  for (let at = 0; at < data.length; at += 4) colors.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
  return colors;
}

/** How much of the saturated colour, which only bars have, lies in the left half. */
function inkedShare({ data, width }: ImageData): number {
  let [left, all] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at + 2] ?? 0) - (data[at] ?? 0) < 60) continue;
    all++;
    if ((at / 4) % width < width / 2) left++;
  }
  return left / all;
}
