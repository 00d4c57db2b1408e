/** The rows of a file in growing typed columns: 18 bytes a row, whatever its text was. */
import type { RowReport } from './row-report.ts';

const FIRST_CAPACITY = 1024;

/** What stands in the value column where a row has none. */
export const NO_VALUE = NaN;
/** Where a row has one that cannot be read, which its reader has reported: its time still shows where an interval ends. */
export const UNREADABLE_VALUE = Infinity;

export class Points {
  /** Epoch minutes, or epoch days. */
  keys = new Int32Array(FIRST_CAPACITY);
  values = new Float64Array(FIRST_CAPACITY);
  /** Minutes; 0 where the file does not tell. */
  steps = new Uint8Array(FIRST_CAPACITY);
  /** Character codes of quality letters. */
  qualities = new Uint8Array(FIRST_CAPACITY);
  /** Where the row stands in the file, as its `RowReport` counts. */
  places = new Int32Array(FIRST_CAPACITY);
  length = 0;
  #ascending = true;

  add(key: number, value: number, stepMinutes: number, quality: string, place: number): void {
    if (this.length === this.keys.length) this.#grow();
    const index = this.length++;
    this.keys[index] = key;
    this.values[index] = value;
    this.steps[index] = stepMinutes;
    this.qualities[index] = quality.charCodeAt(0);
    this.places[index] = place;
    if (index > 0 && key <= (this.keys[index - 1] as number)) this.#ascending = false;
  }

  /**
   * Puts the rows in ascending order, one per key. Of two rows for one key the first in the file counts,
   * unless it has no value and the other has; what is left out is reported.
   */
  settle(report: RowReport): void {
    if (!this.#ascending) this.#sort();
    let kept = 0;
    for (let index = 0; index < this.length; index++) {
      const hasValue = Number.isFinite(this.values[index]);
      if (Number.isNaN(this.values[index])) report.empty++;
      const last = kept - 1;
      if (kept === 0 || this.keys[last] !== this.keys[index]) {
        this.#move(index, kept++);
        if (hasValue) report.read++;
      } else if (hasValue && !Number.isFinite(this.values[last])) {
        this.#move(index, last);
        report.read++;
      } else if (hasValue) {
        const first = report.lineOf(this.places[last] as number);
        const [known, given] = [this.values[last], this.values[index]];
        const reason =
          known === given ? `the same as line ${first}` : `${given} contradicts line ${first}, which says ${known} for the same time: the first counts`;
        report.skip(this.places[index] as number, reason);
      }
    }
    this.length = kept;
  }

  #sort(): void {
    const order = Uint32Array.from({ length: this.length }, (_, index) => index);
    const keys = this.keys;
    order.sort((left, right) => (keys[left] as number) - (keys[right] as number) || left - right);
    this.keys = permuted(this.keys, order);
    this.values = permuted(this.values, order);
    this.steps = permuted(this.steps, order);
    this.qualities = permuted(this.qualities, order);
    this.places = permuted(this.places, order);
  }

  #move(from: number, to: number): void {
    if (from === to) return;
    for (const column of [this.keys, this.values, this.steps, this.qualities, this.places]) column[to] = column[from] as number;
  }

  #grow(): void {
    this.keys = doubled(this.keys);
    this.values = doubled(this.values);
    this.steps = doubled(this.steps);
    this.qualities = doubled(this.qualities);
    this.places = doubled(this.places);
  }
}

type Column = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

function doubled<T extends Column>(column: T): T {
  const larger = emptyLike(column, column.length * 2);
  larger.set(column);
  return larger;
}

function permuted<T extends Column>(column: T, order: Uint32Array): T {
  const sorted = emptyLike(column, order.length);
  for (let index = 0; index < order.length; index++) sorted[index] = column[order[index] as number] as number;
  return sorted;
}

function emptyLike<T extends Column>(column: T, length: number): T {
  return new (column.constructor as new (length: number) => T)(length);
}
