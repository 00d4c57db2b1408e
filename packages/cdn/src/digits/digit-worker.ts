/** Reads digits beside the page: Tesseract's network for printed lines, with digits alone to choose from. */
import { TesseractCore, type TessBaseAPI, type TesseractModule } from 'tesseract.js-core/tesseract-core-simd-lstm.js';
import type { FoundLine } from './candidates.ts';
import type { Answer, Ask, Begin } from './protocol.ts';

const LANGUAGE = 'eng';
/** Its neural engine; this build has no other. */
const LSTM_ONLY = 1;
/** Modes of page segmentation: a single line, and words wherever they are. */
const SEGMENTATION = { line: '7', words: '11' };
const WORD_LEVEL = 5;
const UPRIGHT = 1;

const scope = self as unknown as { onmessage: ((event: MessageEvent<Begin | Ask>) => void) | null; postMessage(answer: Answer): void };
let reader: Promise<{ module: TesseractModule; api: TessBaseAPI }> | undefined;

scope.onmessage = ({ data }) => {
  if ('wasm' in data) {
    reader = begin(data);
    // Each that asks is told of what went wrong.
    reader.catch(() => {});
    return;
  }
  void answer(data).then((said) => scope.postMessage(said));
};

async function begin({ wasm, data }: Begin): Promise<{ module: TesseractModule; api: TessBaseAPI }> {
  const silent = () => {};
  const [module, learnt] = await Promise.all([TesseractCore({ locateFile: () => wasm, print: silent, printErr: silent }), unpacked(data)]);
  module.FS.writeFile(`./${LANGUAGE}.traineddata`, learnt);
  const api = new module.TessBaseAPI();
  if (api.Init(null, LANGUAGE, LSTM_ONLY) !== 0) throw new Error('the reader does not take its data');
  api.SetVariable('tessedit_char_whitelist', '0123456789');
  return { module, api };
}

async function unpacked(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  // A server that sends .gz as an encoding has it unpacked by the browser already.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

async function answer({ id, image, as }: Ask): Promise<Answer> {
  try {
    if (!reader) throw new Error('nothing was said of its files');
    const { module, api } = await reader;
    api.SetVariable('tessedit_pageseg_mode', SEGMENTATION[as]);
    module.FS.writeFile('/input', image);
    if (api.SetImageFile(UPRIGHT, 0) !== 0) throw new Error('the picture cannot be read');
    api.Recognize(null);
    return { id, found: as === 'words' ? wordsOf(api.GetTSVText(0)) : [{ text: api.GetUTF8Text(), confidence: api.MeanTextConf(), left: 0, top: 0, width: 0, height: 0 }] };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** level, page, block, paragraph, line, word, left, top, width, height, confidence, text */
function wordsOf(table: string): FoundLine[] {
  return table.split('\n').flatMap((row) => {
    const cells = row.split('\t');
    const [left = 0, top = 0, width = 0, height = 0, confidence = 0] = cells.slice(6, 11).map(Number);
    return Number(cells[0]) === WORD_LEVEL ? [{ left, top, width, height, confidence, text: cells[11] ?? '' }] : [];
  });
}
