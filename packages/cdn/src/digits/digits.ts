/** The digits of a display, read on the device: nothing of the photo leaves it, and all that reads comes from beside the kit. */
import type { DigitReader, DigitReaderOptions } from '@oya/elements/digit-reader';
import { data, wasm, worker as workerFile } from 'oya:digit-files';
import { candidatesOf, placesOf, type FoundLine, type Look } from './candidates.ts';
import { darkOnLight, greyOf, localContrast, pgmOf, thicken, type Grey } from './grey.ts';
import type { Answer, Ask, Begin } from './protocol.ts';

/** The larger side of a photo while the display is looked for: what is too large for a line of print is found in a smaller one. */
const SEARCHED_SIDES = [1000, 480, 320];
/** A picture so much wider than high is the display itself. */
const DISPLAY_RATIO = 2;
/** Around what was found, in its heights: nothing of a digit is cut off, and little else comes along. */
const MARGIN = 0.35;
/** Longer than any phone takes; the first time its files come, too. */
const PATIENCE_MS = 30_000;

/** One way to look at a display. */
interface View {
  /** In points: the network reads lines that are some 30 to 50 high. */
  readonly height: number;
  /** What is cut off above and below, in heights, and a little less at the sides. */
  readonly trim: number;
  /** In heights of the display. */
  readonly blur?: number;
  readonly thick?: number;
  readonly isPlain?: true;
}

/** Measured on drawn displays: what one view misses another sees. Those that blur and thicken close the gaps of segments. */
const VIEWS: readonly View[] = [
  { height: 36, trim: 0.1, isPlain: true },
  { height: 44, trim: 0, isPlain: true },
  { height: 36, trim: 0 },
  { height: 36, trim: 0.1 },
  { height: 44, trim: 0.1 },
  { height: 56, trim: 0.1 },
  { height: 56, trim: 0.18 },
  { height: 36, trim: 0.1, blur: 0.03 },
  { height: 36, trim: 0.1, blur: 0.05 },
  { height: 48, trim: 0.1, blur: 0.05 },
  { height: 48, trim: 0.1, blur: 0.02, thick: 1 },
  { height: 72, trim: 0.1, blur: 0.02, thick: 2 },
];

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export class TesseractReader implements DigitReader {
  #worker: Promise<ReaderWorker> | undefined;

  async read(photo: Blob, { digits, signal }: DigitReaderOptions): Promise<readonly string[]> {
    signal?.throwIfAborted();
    const worker = await this.#start();
    const picture = await createImageBitmap(photo);
    try {
      const looks: Look[] = [];
      for (const frame of await framesOf(picture, digits, worker)) {
        for (const view of VIEWS) {
          signal?.throwIfAborted();
          looks.push(...(await worker.ask(pgmOf(seen(picture, frame, view)), 'line')));
        }
      }
      return candidatesOf(looks, digits);
    } finally {
      picture.close();
    }
  }

  /** A failure is forgotten, so that the next photo tries again. */
  #start(): Promise<ReaderWorker> {
    this.#worker ??= ReaderWorker.start().then((worker) => {
      void worker.ended.then(() => (this.#worker = undefined));
      return worker;
    });
    this.#worker.catch(() => (this.#worker = undefined));
    return this.#worker;
  }
}

export const digitReader: DigitReader = new TesseractReader();

/** The display alone, or where it may be in the photo. */
async function framesOf(picture: ImageBitmap, digits: number, worker: ReaderWorker): Promise<Frame[]> {
  const { width, height } = picture;
  const whole = { left: 0, top: 0, width, height };
  if (width / height >= DISPLAY_RATIO) return [whole];
  const found: FoundLine[] = [];
  for (const side of SEARCHED_SIDES) {
    const scale = Math.min(1, side / Math.max(width, height));
    const small = greyOf(drawn(picture, whole, { width: Math.round(width * scale), height: Math.round(height * scale) }));
    for (const grey of [small, localContrast(small, Math.round(small.height / 12))]) {
      for (const line of await worker.ask(pgmOf(darkOnLight(grey)), 'words')) found.push(inPicture(line, scale));
    }
  }
  return placesOf(found, digits).map((line) => around(line, picture));
}

function inPicture({ left, top, width, height, ...look }: FoundLine, scale: number): FoundLine {
  return { ...look, left: left / scale, top: top / scale, width: width / scale, height: height / scale };
}

function around({ left, top, width, height }: Frame, picture: ImageBitmap): Frame {
  const margin = height * MARGIN;
  const [x, y] = [Math.max(0, left - margin), Math.max(0, top - margin)];
  return { left: x, top: y, width: Math.min(picture.width - x, width + 2 * margin), height: Math.min(picture.height - y, height + 2 * margin) };
}

function seen(picture: ImageBitmap, { left, top, width, height }: Frame, { height: target, trim, blur = 0, thick = 0, isPlain }: View): Grey {
  const side = trim * 0.6 * width;
  const frame = { left: left + side, top: top + trim * height, width: width - 2 * side, height: height * (1 - 2 * trim) };
  const grey = greyOf(drawn(picture, frame, { width: Math.max(1, Math.round((frame.width * target) / frame.height)), height: target }, blur * target));
  const clear = darkOnLight(isPlain ? grey : localContrast(grey, target >> 1));
  return thick === 0 ? clear : thicken(clear, thick);
}

function drawn(picture: ImageBitmap, { left, top, width, height }: Frame, size: { readonly width: number; readonly height: number }, blur = 0): ImageData {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, size);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser draws nothing');
  context.imageSmoothingQuality = 'high';
  // Safari has no filter on a canvas: there these views are as the others.
  if (blur > 0) context.filter = `blur(${blur}px)`;
  context.drawImage(picture, left, top, width, height, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height);
}

class ReaderWorker {
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (found: readonly FoundLine[]) => void; reject: (error: Error) => void }>();
  #asked = 0;
  #end: () => void = () => {};

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    worker.onmessage = ({ data: said }: MessageEvent<Answer>) => this.#take(said);
    worker.onerror = () => this.#fail(new Error('oya: the digit reader could not be started: see what the page’s policy says of worker-src and wasm-unsafe-eval'));
  }

  static async start(): Promise<ReaderWorker> {
    const address = (file: string) => new URL(file, import.meta.url).href;
    const reader = new ReaderWorker(makeWorker(address(workerFile)));
    reader.#worker.postMessage({ wasm: address(wasm), data: address(data) } satisfies Begin);
    return reader;
  }

  async ask(image: Uint8Array<ArrayBuffer>, as: Ask['as']): Promise<readonly FoundLine[]> {
    const id = ++this.#asked;
    const timer = setTimeout(() => this.#fail(new Error('oya: the digit reader does not answer')), PATIENCE_MS);
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        this.#worker.postMessage({ id, image, as } satisfies Ask, [image.buffer]);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #take(said: Answer): void {
    const asker = this.#waiting.get(said.id);
    this.#waiting.delete(said.id);
    if ('found' in said) asker?.resolve(said.found);
    else {
      asker?.reject(new Error(`oya: the digit reader cannot read: ${said.fault}`));
      this.#fail(new Error('oya: the digit reader was ended'));
    }
  }

  #fail(error: Error): void {
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#end();
  }
}

/** Of another origin than the page's no browser starts a worker: one of the page's own then brings it. */
function makeWorker(address: string): Worker {
  const policy = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } } }).trustedTypes?.createPolicy('oya-digits', { createScriptURL: (url) => url });
  const trusted = (url: string) => policy?.createScriptURL(url) ?? url;
  if (new URL(address).origin === location.origin) return new Worker(trusted(address), { type: 'module' });
  const url = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' }));
  return new Worker(trusted(url), { type: 'module' });
}
