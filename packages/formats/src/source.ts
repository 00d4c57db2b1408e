import type { Sheet, Source } from './reader.ts';
import { decode, headOf } from './text.ts';

/** A file that is decoded, or opened as a workbook, once and only when a reader asks. */
export function sourceOf(bytes: Uint8Array): Source {
  let text: string | undefined;
  let sheets: Promise<readonly Sheet[] | undefined> | undefined;
  return {
    bytes,
    head: headOf(bytes),
    get text() {
      return (text ??= decode(bytes));
    },
    sheets: () => (sheets ??= isZip(bytes) ? import('./workbook/workbook.ts').then(({ openWorkbook }) => openWorkbook(bytes)) : Promise.resolve(undefined)),
  };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}
