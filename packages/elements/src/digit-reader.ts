/**
 * Whoever reads digits off a photo, on the device. What it says is a suggestion: the customer compares it with what
 * they see, and nothing is sent that they have not confirmed.
 */
export interface DigitReader {
  /**
   * @param photo of a display; the closer the frame is to its digits, the better
   * @returns what may stand there, each of that many digits, likeliest first; none where nothing was made out
   * @throws Error where it cannot read at all, as a policy of the page keeps it from it or its files cannot be had
   */
  read(photo: Blob, options: DigitReaderOptions): Promise<readonly string[]>;
}

export interface DigitReaderOptions {
  /** How many the register shows before its decimals. */
  readonly digits: number;
  readonly signal?: AbortSignal | undefined;
}

/** Under it a page may offer one of its own, as that of the app it is shown in: `window[Symbol.for('oya.digit-reader')] = async () => reader`. */
const SLOT = Symbol.for('oya.digit-reader');
type Bring = () => Promise<DigitReader>;
const place = globalThis as { [SLOT]?: Bring };

/** By whoever has one; it comes when an element first asks for it. */
export function offerDigitReader(bring: Bring): void {
  place[SLOT] = bring;
}

/** `undefined` where the page has none, as by default; rejects where it cannot be had. */
export function findDigitReader(): Promise<DigitReader> | undefined {
  return place[SLOT]?.();
}
