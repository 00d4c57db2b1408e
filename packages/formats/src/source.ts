import type { Cell, Source } from './reader.ts';
import { decode, headOf } from './text.ts';

/** A file that is decoded, or opened as a workbook, once and only when a reader asks. */
export function sourceOf(bytes: Uint8Array): Source {
  let text: string | undefined;
  let sheet: Promise<readonly (readonly Cell[])[] | undefined> | undefined;
  return {
    bytes,
    head: headOf(bytes),
    get text() {
      return (text ??= decode(bytes));
    },
    sheet: () => (sheet ??= Promise.resolve(undefined)),
  };
}
