import { FormatError } from './errors.ts';
import type { Content, Reading, RowCounts, SkippedRow } from './reader.ts';

/** Enough to see what is wrong with a file; the count tells how often. */
const KEPT_ROWS = 100;
const KEPT_CHARACTERS = 120;

interface Nothing {
  readonly reason: string;
  readonly advice: string;
}

const NO_MEASUREMENT: Nothing = { reason: 'the file holds no measurement', advice: 'Export it again for a period in which the meter was read.' };

/** Keeps count of what became of each row. */
export class RowReport {
  readonly #lineOf: (place: number) => number;
  readonly #skipped: SkippedRow[] = [];
  #skippedCount = 0;
  read = 0;
  empty = 0;

  /** @param lineOf the line of a row, from the place that the reader knows it by; asked for skipped rows only */
  constructor(lineOf: (place: number) => number = (place) => place) {
    this.#lineOf = lineOf;
  }

  skip(place: number, reason: string, text?: string): void {
    this.#skippedCount++;
    if (this.#skipped.length >= KEPT_ROWS) return;
    const row: SkippedRow = { line: this.#lineOf(place), reason };
    if (text !== undefined) row.text = text.length > KEPT_CHARACTERS ? `${text.slice(0, KEPT_CHARACTERS - 1)}…` : text;
    this.#skipped.push(row);
  }

  lineOf(place: number): number {
    return this.#lineOf(place);
  }

  /**
   * @param nothing what to say of a file without a row
   * @throws FormatError when the rows gave no content, or not one of them says anything
   */
  reading(contents: Content[], nothing: Nothing = NO_MEASUREMENT): Reading {
    return { contents, rows: this.#counts(contents.length > 0, nothing) };
  }

  #counts(hasContent: boolean, nothing: Nothing): RowCounts {
    const skipped = this.#skipped.sort((left, right) => left.line - right.line);
    if (this.read + this.empty === 0 || !hasContent) {
      const [first] = skipped;
      if (!first) throw new FormatError(nothing.reason, nothing.advice);
      throw new FormatError(
        `none of the ${this.#skippedCount} rows can be read; the first because: ${first.reason}`,
        'Compare the file with what the network operator delivers, and export it again.',
        { line: first.line },
      );
    }
    return { read: this.read, empty: this.empty, skippedCount: this.#skippedCount, skipped };
  }
}
