/** A chart as a picture to keep, to print or to send: with its finding, its words, and where its values come from. */
import type { OyaBarChart } from '../bar-chart/bar-chart.ts';
import type { FormWords } from '../key/key.ts';
import type { OyaLoadCurve } from '../load-curve/load-curve.ts';
import { fontOf, replay } from './replay.ts';

export interface PictureWords {
  /** The finding: `12 % de moins qu'en novembre dernier`. */
  readonly title: string;
  /** What is shown: `Consommation par jour, novembre 2026`. */
  readonly subtitle?: string;
  /** Source and freshness: `Source : Enedis. Mesures jusqu'au 22 novembre 2026.` */
  readonly footer?: string;
  /** What the forms of quality are called; those that occur are told in the key. */
  readonly forms?: FormWords;
  /** Pixels of the picture per CSS pixel; less than 2 would not be sharp. */
  readonly scale?: number;
  /** Default: that of the chart. */
  readonly direction?: 'ltr' | 'rtl';
}

/** In CSS pixels. */
const WIDTH = 800;
const PAD = 32;
const GAP = 16;
const SMALLEST_SCALE = 2;
const SWATCH = 14;

/** What a picture of light colours is drawn in where the reader's own colours are forced, which are not for others. */
const LIGHT = { ink: '#1b2733', 'ink-soft': '#526070', line: '#dae1e8', 'line-strong': '#7a8896', mark: '#4a7ec2', accent: '#1d4f9c', warning: '#8a5200', blue: '#2b66b1', white: '#e6ebf0', red: '#b3261e' };

/** The chart as a PNG in light colours on white, whatever the mode of the page. */
export async function pictureOf(chart: OyaBarChart | OyaLoadCurve, { title, subtitle = '', footer = '', forms, scale = SMALLEST_SCALE, direction }: PictureWords): Promise<Blob> {
  const copy = copyOf(chart);
  copy.forms = forms;
  copy.dir = direction ?? getComputedStyle(chart).direction;
  // In the chart, where the copy has its theme, and cut off, so that nobody sees or hears it.
  const hidden = document.createElement('div');
  hidden.inert = true;
  Object.assign(hidden.style, { position: 'absolute', width: '1px', height: '1px', overflow: 'clip' });
  hidden.append(copy);
  chart.renderRoot.append(hidden);
  try {
    await drawn(copy);
    return await blobOf(compose(copy, { title, subtitle, footer }, Math.max(SMALLEST_SCALE, scale)));
  } finally {
    hidden.remove();
  }
}

function copyOf(chart: OyaBarChart | OyaLoadCurve): OyaBarChart | OyaLoadCurve {
  const copy = document.createElement(chart.localName) as OyaBarChart | OyaLoadCurve;
  const { label, format } = chart;
  Object.assign(copy, { label, format });
  if ('curve' in chart) {
    const { curve, limit, bands, window } = chart;
    Object.assign(copy, { curve, limit, bands, window });
  } else {
    const { values, quality, parts, marks, line, previous, slots, step, selected } = chart;
    Object.assign(copy, { values, quality, parts, marks, line, previous, slots, step, selected });
  }
  Object.assign(copy.style, { inlineSize: `${WIDTH - 2 * PAD}px`, colorScheme: 'light', forcedColorAdjust: 'none' });
  copy.style.setProperty('--_surface', '#fff');
  if (matchMedia('(forced-colors: active)').matches) for (const [name, color] of Object.entries(LIGHT)) copy.style.setProperty(`--_${name}`, color);
  return copy;
}

/** The chart knows its size after a frame, and has drawn at it after the next update. */
async function drawn(copy: OyaBarChart | OyaLoadCurve): Promise<void> {
  await copy.updateComplete;
  await new Promise<void>((resolve) => {
    const seen = new ResizeObserver(() => {
      seen.disconnect();
      resolve();
    });
    seen.observe(copy);
  });
  await copy.updateComplete;
}

interface Line {
  readonly text: string;
  readonly height: number;
  readonly font: string;
  readonly color: string;
}

function compose(copy: OyaBarChart | OyaLoadCurve, { title, subtitle, footer }: Record<'title' | 'subtitle' | 'footer', string>, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2D canvas, so there is no picture to keep. Offer the values as a table or a file instead.');
  const plot = copy.renderRoot.querySelector('.plot') as HTMLElement;
  const keyItems = [...copy.renderRoot.querySelectorAll('.key li')];
  const { color: ink, fontFamily, direction } = getComputedStyle(copy);
  const soft = getComputedStyle(copy.renderRoot.querySelector('.reading') as Element).color;
  const inside = WIDTH - 2 * PAD;
  const lines = (text: string, weight: number, size: number, color: string): Line[] => {
    const font = `${weight} ${size}px ${fontFamily}`;
    context.font = font;
    return wrap(text, (words) => context.measureText(words).width <= inside).map((words) => ({ text: words, height: Math.round(size * 1.4), font, color }));
  };
  const head = [...lines(title, 650, 22, ink), ...lines(subtitle, 400, 15, soft)];
  const foot = lines(footer, 400, 13, soft);
  const key = placeKey(context, keyItems, inside);
  const heightOf = (block: readonly Line[]) => block.reduce((sum, { height }) => sum + height, 0);
  const plotTop = PAD + heightOf(head) + GAP + (key.height > 0 ? key.height + GAP / 2 : 0);
  const footTop = plotTop + plot.clientHeight + (foot.length > 0 ? GAP : 0);

  canvas.width = WIDTH * scale;
  canvas.height = Math.round((footTop + heightOf(foot) + PAD) * scale);
  context.scale(scale, scale);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, WIDTH, canvas.height);
  const rtl = direction === 'rtl';
  const write = (block: readonly Line[], top: number): void => {
    let y = top;
    context.direction = rtl ? 'rtl' : 'ltr';
    context.textAlign = 'start';
    for (const { text, height, font, color } of block) {
      context.font = font;
      context.fillStyle = color;
      context.fillText(text, rtl ? WIDTH - PAD : PAD, y + height * 0.75);
      y += height;
    }
  };
  write(head, PAD);
  for (const { item, x, y } of key.places) {
    const style = getComputedStyle(item);
    const swatch = item.querySelector('svg') as SVGElement;
    const at = (along: number, width: number) => (rtl ? WIDTH - PAD - along - width : PAD + along);
    context.save();
    context.translate(at(x, SWATCH), PAD + heightOf(head) + GAP + y + 3);
    replay(context, swatch, scale);
    context.restore();
    context.font = fontOf(style);
    context.fillStyle = style.color;
    context.textAlign = 'start';
    context.direction = rtl ? 'rtl' : 'ltr';
    context.fillText(item.textContent?.trim() ?? '', at(x + SWATCH + 6, 0), PAD + heightOf(head) + GAP + y + 15);
  }
  context.save();
  context.translate(PAD, plotTop);
  if ('curve' in copy) {
    const picture = document.createElement('canvas');
    copy.paintOn(picture, { width: plot.clientWidth, height: plot.clientHeight, ratio: scale });
    context.drawImage(picture, 0, 0, plot.clientWidth, plot.clientHeight);
  } else {
    const svg = plot.querySelector('svg');
    if (svg) replay(context, svg, scale);
  }
  context.restore();
  write(foot, footTop);
  return canvas;
}

interface KeyPlaces {
  readonly places: readonly { readonly item: Element; readonly x: number; readonly y: number }[];
  readonly height: number;
}

/** Entries side by side, in as many lines as they need. */
function placeKey(context: CanvasRenderingContext2D, items: readonly Element[], width: number): KeyPlaces {
  const ROW = 22;
  let x = 0;
  let y = 0;
  const places = items.map((item) => {
    context.font = fontOf(getComputedStyle(item));
    const needed = SWATCH + 6 + context.measureText(item.textContent?.trim() ?? '').width;
    if (x > 0 && x + needed > width) {
      x = 0;
      y += ROW;
    }
    const place = { item, x, y };
    x += needed + GAP;
    return place;
  });
  return { places, height: items.length > 0 ? y + ROW : 0 };
}

/** Text in lines that fit; a word that is too long has a line of its own. */
function wrap(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  // At spaces that may break: not at those between a figure and its unit.
  for (const word of text.split(/[ \n]+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && !fits(longer)) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(`The picture of ${canvas.width} × ${canvas.height} pixels could not be written. Ask for it at a smaller scale.`));
    }, 'image/png');
  });
}
