import { emulateMedia, executeServerCommand as executeCommand } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { TouchStep } from '../../../tools/src/testing/touch-command.ts';
import { MISSING, type CurveColumns } from '../geometry/columns.ts';
import type { CurveFormat, OyaLoadCurve, OyaWindowChangeEvent } from './load-curve.ts';
import './load-curve.define.ts';

const START = Date.UTC(2026, 10, 23, 23);
const HALF_HOUR = 1_800_000;
const DAY = 48 * HALF_HOUR;

let asked: string[] = [];
const format: CurveFormat = {
  value: (watts) => `${watts} W`,
  axis: (watts, withUnit) => note(`${watts}${withUnit ? ' W' : ''}`),
  tick: (instant, unit) => note(`${unit} ${(instant - START) / HALF_HOUR}`),
  spoken: ({ index, watts, quality }) => `n° ${index} : ${watts === null ? 'rien' : `${watts} W`}${quality === 'e' ? ', estimé' : ''}`,
  offsetMinutes: () => 60,
};

function days(count: number): CurveColumns {
  const values = Int32Array.from({ length: count * 48 }, (_, index) => 200 + ((index * 37) % 48) * 40);
  values[5] = MISSING;
  return { start: START, stepMinutes: 30, values, quality: `rrrrrmee${'r'.repeat(values.length - 8)}` };
}

describe('the first <oya-load-curve> of a page', () => {
  it('is painted before it is asked for a word', async () => {
    const first = document.createElement('oya-load-curve');
    Object.assign(first, { curve: [days(2)], format });
    document.body.append(first);
    await first.updateComplete;
    await new Promise<void>((resolve) => {
      const seen = new ResizeObserver(() => (seen.disconnect(), resolve()));
      seen.observe(first);
    });
    expect(inked(first)).to.be.greaterThan(0);
    expect(asked).to.have.length(0);
    await frames(2);
    expect(asked).to.have.length.above(0);
    first.remove();
  });
});

describe('<oya-load-curve>', () => {
  let chart: OyaLoadCurve;

  beforeEach(async () => {
    asked = [];
    chart = document.createElement('oya-load-curve');
    Object.assign(chart, { curve: [days(10)], label: 'Puissance', format });
    document.body.append(chart);
    await frames(3);
  });

  afterEach(() => {
    document.documentElement.dir = '';
    chart.remove();
  });

  it('draws the curve in the colour of the theme, and again when the theme changes', async () => {
    const before = picture();
    chart.style.setProperty('--oya-series-1', 'rgb(200, 0, 0)');
    await frames(4);
    await pause(60);
    await frames(2);
    expect(picture()).not.to.equal(before);
  });

  it('is an image with a name, and beside it a slider that speaks', async () => {
    expect(one('canvas').getAttribute('role')).to.equal('img');
    expect(one('canvas').getAttribute('aria-label')).to.equal('Puissance');
    const slider = one('[role=slider]');
    expect(slider.getAttribute('aria-label')).to.equal('Puissance');
    expect(slider.getAttribute('aria-valuemax')).to.equal('479');
    slider.focus();
    expect(await press('Home')).to.equal('n° 0 : 200 W');
    expect(one('.spoken').textContent).to.equal('n° 0 : 200 W');
    expect(slider.getAttribute('aria-valuenow')).to.equal('0');
  });

  it('is read interval by interval, by the day, and at the borders of what is shown', async () => {
    one('[role=slider]').focus();
    await press('Home');
    for (let count = 0; count < 5; count++) await press('ArrowRight');
    expect(spoken()).to.equal('n° 5 : rien');
    expect(one('.dot').hidden).to.equal(true);
    expect(await press('ArrowUp')).to.contain('n° 6').and.to.contain('estimé');
    expect(await press('PageUp')).to.contain('n° 54');
    expect(await press('PageDown')).to.contain('n° 6');
    expect(await press('ArrowLeft')).to.contain('n° 5');
    expect(await press('End')).to.contain('n° 479');
    expect(await press('ArrowRight')).to.contain('n° 479');
  });

  it('is read the other way where one reads from right to left', async () => {
    document.documentElement.dir = 'rtl';
    one('[role=slider]').focus();
    await press('Home');
    expect(await press('ArrowLeft')).to.contain('n° 1 ');
  });

  it('zooms with + and −, shows all with 0, and says what it shows', async () => {
    const shown: OyaWindowChangeEvent[] = [];
    const hear = (event: OyaWindowChangeEvent) => shown.push(event);
    document.addEventListener('oya-window-change', hear);
    one('[role=slider]').focus();
    await press('+');
    expect(chart.window && chart.window.to - chart.window.from).to.equal(5 * DAY);
    await press('ArrowLeft', { shiftKey: true });
    await press('-');
    await press('0');
    document.removeEventListener('oya-window-change', hear);
    expect(shown.length).to.be.at.least(3);
    expect(chart.window).to.deep.equal({ from: START, to: START + 10 * DAY });
  });

  it('moves what is shown along with what is read', async () => {
    chart.window = { from: START, to: START + DAY };
    await frames(2);
    one('[role=slider]').focus();
    await press('End');
    await press('ArrowRight');
    expect(chart.window).to.deep.equal({ from: START + HALF_HOUR, to: START + DAY + HALF_HOUR });
  });

  it('does not say that it changed when its owner changes it', async () => {
    let heard = 0;
    chart.addEventListener('oya-window-change', () => heard++);
    const before = picture();
    chart.window = { from: START, to: START + DAY };
    await frames(2);
    expect(heard).to.equal(0);
    expect(picture()).not.to.equal(before);
  });

  it('reads the peak under the pointer, and stops when the pointer goes', async () => {
    const { left, right, top } = one('canvas').getBoundingClientRect();
    const target = one('[role=slider]');
    target.dispatchEvent(new PointerEvent('pointermove', { clientX: right - 1, clientY: top + 50, pointerType: 'mouse' }));
    await chart.updateComplete;
    expect(spoken()).to.match(/^n° 4[67]\d/);
    expect(one('.cursor').hidden).to.equal(false);
    target.dispatchEvent(new PointerEvent('pointermove', { clientX: left, clientY: top + 50, pointerType: 'mouse' }));
    await chart.updateComplete;
    expect(spoken()).to.match(/^n° [012] /);
    target.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
    await chart.updateComplete;
    expect(chart.renderRoot.querySelector('.spoken')).to.equal(null);
    expect(one('.cursor').hidden).to.equal(true);
  });

  it('leaves the wheel to the page, unless Ctrl is held', () => {
    const turn = (init: WheelEventInit) => {
      const event = new WheelEvent('wheel', { deltaY: -100, clientX: 300, cancelable: true, ...init });
      one('[role=slider]').dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(turn({})).to.equal(false);
    expect(chart.window).to.equal(null);
    expect(turn({ ctrlKey: true })).to.equal(true);
    expect(chart.window).not.to.equal(null);
  });

  it('is dragged once it is zoomed', async () => {
    chart.window = { from: START + 4 * DAY, to: START + 6 * DAY };
    await frames(2);
    const target = one('[role=slider]');
    target.setPointerCapture = () => {};
    target.dispatchEvent(new PointerEvent('pointerdown', { pointerId: 1, clientX: 300, button: 0 }));
    target.dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, clientX: 200 }));
    target.dispatchEvent(new PointerEvent('pointerup', { pointerId: 1, clientX: 200 }));
    expect(chart.window.from).to.be.greaterThan(START + 4 * DAY);
    expect(chart.window.to - chart.window.from).to.equal(2 * DAY);
  });

  it('is pinched with two fingers', async () => {
    const target = one('[role=slider]');
    target.setPointerCapture = () => {};
    const at = (type: string, pointerId: number, clientX: number) =>
      target.dispatchEvent(new PointerEvent(type, { pointerId, clientX, button: 0, pointerType: 'touch' }));
    at('pointerdown', 1, 200);
    at('pointerdown', 2, 300);
    at('pointermove', 2, 400);
    const shown = chart.window as { from: number; to: number } | null;
    expect(shown && shown.to - shown.from).to.be.closeTo(5 * DAY, 1000);
  });

  it('moves and zooms by real fingers, reads where one presses, and leaves the page its scrolling', async () => {
    const tall = document.createElement('div');
    tall.style.blockSize = '3000px';
    document.body.append(tall);
    chart.scrollIntoView({ block: 'center' });
    await frames(2);
    const { left, top, width, height } = one('canvas').getBoundingClientRect();
    const y = top + height / 2;
    const at = (...shares: number[]) => shares.map((share) => ({ x: left + width * share, y }));
    const touch = (...steps: TouchStep[]) => executeCommand('touch', steps);
    const end: TouchStep = { type: 'touchEnd', touchPoints: [] };

    await touch({ type: 'touchStart', touchPoints: at(0.4, 0.6) }, ...[0.65, 0.7, 0.75, 0.8].map((share): TouchStep => ({ type: 'touchMove', touchPoints: at(1 - share, share) })), end);
    await frames(2);
    const pinched = chart.window;
    expect(pinched && pinched.to - pinched.from, 'two fingers, three times as far apart').to.be.closeTo((10 * DAY) / 3, 0.4 * DAY);

    await touch({ type: 'touchStart', touchPoints: at(0.7) }, ...[0.6, 0.5, 0.4].map((share): TouchStep => ({ type: 'touchMove', touchPoints: at(share) })), end);
    await frames(2);
    const moved = chart.window;
    expect(moved?.from, 'a finger that slides moves').to.be.above((pinched?.from ?? Infinity) + DAY / 2);

    await touch({ type: 'touchStart', touchPoints: at(0.3) }, ...[0.5, 0.7, 0.8].map((share): TouchStep => ({ type: 'touchMove', touchPoints: at(share), after: 300 })), end);
    await frames(2);
    expect(chart.window, 'a finger that has rested does not').to.deep.equal(moved);
    const read = Number(/^n° (\d+)/.exec(spoken() ?? '')?.[1]);
    const expected = ((moved?.from ?? 0) + ((width * 0.8 - 34) / (width - 34)) * ((moved?.to ?? 0) - (moved?.from ?? 0)) - START) / HALF_HOUR;
    expect(read, 'but reads what is under it').to.be.closeTo(expected, 3);

    const before = scrollY;
    await touch({ type: 'touchStart', touchPoints: at(0.5) }, ...[40, 90, 140, 190].map((up): TouchStep => ({ type: 'touchMove', touchPoints: [{ x: left + width / 2, y: y - up }] })), end);
    await pause(300);
    expect(scrollY, 'up and down scrolls the page').to.be.above(before + 50);
    expect(chart.window).to.deep.equal(moved);
    tall.remove();
  });

  it('is zoomed and moved by whoever offers buttons, and says so', async () => {
    let heard = 0;
    chart.addEventListener('oya-window-change', () => heard++);
    chart.zoomBy(2);
    expect(chart.window).to.deep.equal({ from: START + 2.5 * DAY, to: START + 7.5 * DAY });
    chart.panBy(-0.5);
    expect(chart.window).to.deep.equal({ from: START, to: START + 5 * DAY });
    chart.read(24);
    chart.zoomBy(5);
    expect(chart.window?.from, 'about what is read').to.be.within(START, START + DAY / 2);
    chart.zoomBy(0.5);
    chart.showAll();
    expect(chart.window).to.deep.equal({ from: START, to: START + 10 * DAY });
    expect(heard).to.equal(5);
    await chart.updateComplete;
    expect(spoken()).to.contain('n° 24 ');
  });

  it('has every one of ten years’ values within reach of the keys', async function () {
    chart.curve = [days(3652)];
    await frames(2);
    one('[role=slider]').focus();
    await press('End');
    await press('Home');
    for (const key of '+++++++++') await press(key);
    expect((chart.window?.to ?? Infinity) - (chart.window?.from ?? 0)).to.be.below(8 * DAY);
    expect(await press('PageUp')).to.contain('n° 48 ');
    expect(await press('ArrowRight')).to.contain('n° 49 ');
    for (let count = 0; count < 8; count++) await press('PageUp');
    expect(spoken()).to.contain(`n° ${49 + 8 * 48} `);
    for (const key of '---------') await press(key);
    expect(chart.window).to.deep.equal({ from: START, to: START + 3652 * DAY });
  });

  describe('with a limit', () => {
    const limit = { watts: 1500, label: 'Puissance souscrite' };
    const inWarning = () => colored((one('canvas') as HTMLCanvasElement), [200, 0, 0]);

    beforeEach(() => chart.style.setProperty('--oya-color-warning', 'rgb(200, 0, 0)'));

    it('draws it with its label, and marks over what exceeds it', async () => {
      chart.limit = { watts: 4000, label: 'Puissance souscrite' };
      await frames(3);
      expect(inWarning(), 'far above the curve').to.equal(0);
      chart.limit = limit;
      await frames(3);
      const exceeded = inWarning();
      expect(exceeded).to.be.above(0);
      chart.limit = { watts: 2200, label: 'Puissance souscrite' };
      await frames(3);
      expect(inWarning(), 'a line and a label without marks').to.be.within(1, exceeded - 1);
    });

    it('is as before when it goes', async () => {
      const before = picture();
      chart.limit = limit;
      await frames(3);
      expect(picture()).not.to.equal(before);
      chart.limit = undefined;
      await frames(3);
      expect(picture()).to.equal(before);
    });
  });

  it('has bands behind it when it is zoomed to days, and none over years', async () => {
    chart.curve = [days(400)];
    chart.bands = [];
    await frames(3);
    const whole = picture();
    chart.window = { from: START, to: START + 2 * DAY };
    await frames(3);
    const near = picture();
    chart.bands = Array.from({ length: 400 }, (_, day) => ({ from: START + day * DAY, to: START + (day + 0.3) * DAY, tone: 'off-peak' as const, label: 'Heures creuses' }));
    await frames(3);
    expect(picture()).not.to.equal(near);
    chart.window = null;
    await frames(3);
    expect(picture()).to.equal(whole);
  });

  it('prints sharply, black on white, in its own size', async () => {
    chart.style.colorScheme = 'dark';
    await frames(3);
    const canvas = one('canvas') as HTMLCanvasElement;
    const [width, css, dark] = [canvas.width, canvas.getBoundingClientRect().width, picture()];
    dispatchEvent(new Event('beforeprint'));
    expect(canvas.width).to.equal(Math.round(css * 4));
    expect(colored(canvas, [51, 51, 51]), 'words in ink').to.be.above(0);
    await emulateMedia({ media: 'print' });
    const printed = canvas.getBoundingClientRect();
    const isReaderThere = one('.reader').offsetHeight > 0;
    await emulateMedia({ media: 'screen' });
    dispatchEvent(new Event('afterprint'));
    await frames(4);
    expect(printed.width).to.be.closeTo(css, 1);
    expect(printed.height).to.be.closeTo(240, 1);
    expect(isReaderThere).to.equal(false);
    expect(canvas.width).to.equal(width);
    await pause(60);
    await frames(2);
    expect(picture()).to.equal(dark);
  });

  it('takes the contract’s load curve as it comes', async () => {
    chart.curve = { kind: 'curve', unit: 'W', segments: [{ start: '2026-11-23T23:00:00Z', stepMinutes: 30, values: [300, null], quality: 'rm' }] };
    await frames(2);
    one('[role=slider]').focus();
    expect(await press('Home')).to.equal('n° 0 : 300 W');
    expect(await press('End')).to.equal('n° 1 : rien');
  });

  it('keeps its height and offers nothing to read when it is empty', async () => {
    const { height } = chart.getBoundingClientRect();
    chart.curve = [];
    await frames(2);
    expect(chart.getBoundingClientRect().height).to.equal(height);
    expect(one('[role=slider]').getAttribute('aria-disabled')).to.equal('true');
    expect(one('[role=slider]').tabIndex).to.equal(-1);
  });

  it('takes the width of its container, at the density of the screen', async () => {
    chart.style.inlineSize = '320px';
    await frames(2);
    expect((one('canvas') as HTMLCanvasElement).width).to.equal(Math.round(320 * devicePixelRatio));
  });

  it('draws again after it was moved in the document', async () => {
    const place = document.createElement('div');
    document.body.append(place);
    chart.remove();
    place.append(chart);
    chart.window = { from: START, to: START + DAY };
    const before = picture();
    await frames(2);
    expect(picture()).not.to.equal(before);
    place.remove();
  });

  it('is forgotten when it leaves the document', async function () {
    if (typeof gc !== 'function') this.skip();
    let gone: OyaLoadCurve | null = document.createElement('oya-load-curve');
    Object.assign(gone, { curve: [days(10)], format });
    document.body.append(gone);
    await frames(3);
    const left = new WeakRef(gone);
    gone.remove();
    gone = null;
    for (let turn = 0; turn < 10 && left.deref(); turn++) {
      await pause(50);
      gc();
    }
    expect(left.deref()).to.equal(undefined);
  });

  const one = (selector: string) => chart.renderRoot.querySelector(selector) as HTMLElement;
  const picture = () => (one('canvas') as HTMLCanvasElement).toDataURL();
  const spoken = () => one('[role=slider]').getAttribute('aria-valuetext');

  async function press(key: string, modifiers: KeyboardEventInit = {}): Promise<string | null> {
    one('[role=slider]').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }));
    await chart.updateComplete;
    return spoken();
  }
});

/** Present when the browser runs with `--js-flags=--expose-gc`. */
declare const gc: (() => void) | undefined;

function note(word: string): string {
  asked.push(word);
  return word;
}

function inked(chart: OyaLoadCurve): number {
  const canvas = chart.renderRoot.querySelector('canvas') as HTMLCanvasElement;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
  return pixels.reduce((count, value, index) => count + (index % 4 === 3 && value > 0 ? 1 : 0), 0);
}

/** How many pixels have a colour. */
function colored(canvas: HTMLCanvasElement, [red, green, blue]: [number, number, number]): number {
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue && (pixels[at + 3] ?? 0) > 200) count++;
  return count;
}

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
