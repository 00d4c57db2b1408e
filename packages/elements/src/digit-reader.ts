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

type Bring = () => Promise<DigitReader>;
let bring: Bring | undefined;

/** By whoever has one; it comes when an element first asks for it. */
export function offerDigitReader(offered: Bring | undefined): void {
  bring = offered;
}

/** `undefined` where the page has none, as by default; rejects where it cannot be had. */
export function findDigitReader(): Promise<DigitReader> | undefined {
  return bring?.();
}
