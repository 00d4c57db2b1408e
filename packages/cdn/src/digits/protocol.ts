/** What the page and the reader's worker say to each other. */
import type { FoundLine } from './candidates.ts';

export interface Begin {
  /** Addresses of the reader's files. */
  readonly wasm: string;
  readonly data: string;
}

export interface Ask {
  readonly id: number;
  /** Portable grey. */
  readonly image: Uint8Array<ArrayBuffer>;
  /** One line that fills the picture, or words wherever they are. */
  readonly as: 'line' | 'words';
}

/** Of a line the one look; of words each. */
export type Answer = { readonly id: number; readonly found: readonly FoundLine[] } | { readonly id: number; readonly fault: string };
