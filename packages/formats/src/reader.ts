/** What every reader of a format gets and gives. */
import type { EnergySeries, LoadCurve, TimeZone } from '@oya/contract';

export interface ReadOptions {
  /** The installation's time zone: that of local times without an offset. */
  timeZone: TimeZone;
}

/** A row that gave no value, and why. */
export interface SkippedRow {
  /** Line of the file, from 1. */
  line: number;
  reason: string;
  /** The row as it stands in the file, shortened. */
  text?: string;
}

/** What became of the rows: each is read, empty or skipped. */
export interface RowCounts {
  /** Rows whose value is in the series. */
  read: number;
  /** Rows that say themselves that there is no value. */
  empty: number;
  skippedCount: number;
  /** The first hundred skipped rows, by line. */
  skipped: SkippedRow[];
}

/** What a file says of one delivery point. */
export interface Reading {
  /** PRM of 14 digits; `null` when the file does not tell it or masks it. */
  deliveryPoint: string | null;
  energy: 'electricity';
  direction: 'consumption' | 'production';
  /** A load curve in W, or days in Wh; both without holes filled: missing is `null`, quality `m`. */
  series: LoadCurve | EnergySeries;
  rows: RowCounts;
}

/** A format: a file beside this one, and one line in `formats.ts`. */
export interface Reader {
  readonly name: string;
  /** As an operator would call the file. */
  readonly title: string;
  /** Whether a file that begins like this (a few thousand characters, without byte order mark) is of this format. */
  matches(head: string): boolean;
  /** @throws FormatError when the file as a whole cannot be read; a bad row is skipped and reported instead. */
  read(text: string, options: ReadOptions): Reading;
}
