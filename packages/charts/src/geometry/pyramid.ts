import { MISSING } from './columns.ts';

/** Lowest and highest of each of several ranges of values; both `MISSING` where nothing was measured. */
export interface Extremes {
  readonly min: Int32Array;
  readonly max: Int32Array;
}

/** Values, or blocks of the level below, in a block. */
export const FACTOR = 4;
/** Above every power that is measured (2 GW): what the first one is compared with. */
const NOTHING_YET = 0x7fff_ffff;
/** Values read between two looks at the clock: about a tenth of a millisecond. */
const SLICE = 0x1_0000;

/**
 * Minima and maxima of blocks of 4, 16, 64… values, so that a pixel column over thousands of values costs
 * a few dozen reads. Exact, not an approximation. Takes two thirds of the memory of the values.
 */
export class Pyramid {
  readonly #values: Int32Array;
  readonly #levels: Extremes[] = [];
  #next = 0;

  constructor(values: Int32Array) {
    this.#values = values;
    let length = values.length;
    while (length > FACTOR) {
      length = Math.ceil(length / FACTOR);
      this.#levels.push({ min: new Int32Array(length), max: new Int32Array(length) });
    }
  }

  /** Builds on while there is time. @returns whether the pyramid is finished and may be asked. */
  build(hasTime: () => boolean = () => true): boolean {
    const base = this.#levels[0];
    if (!base) return true;
    const { length } = this.#values;
    while (this.#next < length) {
      const end = Math.min(length, this.#next + SLICE);
      summarize({ min: this.#values, max: this.#values }, base, this.#next / FACTOR, Math.ceil(end / FACTOR));
      this.#next = end;
      if (end === length) {
        for (let index = 1; index < this.#levels.length; index++) {
          const level = this.#levels[index] as Extremes;
          summarize(this.#levels[index - 1] as Extremes, level, 0, level.min.length);
        }
      } else if (!hasTime()) return false;
    }
    return true;
  }

  /** The largest blocks of at most so many values each, and how many they hold; the last may hold fewer. */
  blocksUpTo(most: number): [blocks: Extremes, size: number] {
    let blocks: Extremes = { min: this.#values, max: this.#values };
    let size = 1;
    for (const level of this.#levels) {
      if (size * FACTOR > most) break;
      blocks = level;
      size *= FACTOR;
    }
    return [blocks, size];
  }
}

/**
 * Widens what `into` holds at `at` by the blocks from `from` to `to` (excluded). Whole numbers in typed arrays from end to end, so
 * that nothing is made on the way.
 */
export function widen(into: Extremes, at: number, { min, max }: Extremes, from: number, to: number): void {
  let lowest = into.min[at] as number;
  let highest = into.max[at] as number;
  if (lowest === MISSING) lowest = NOTHING_YET;
  for (let index = from; index < to; index++) {
    const high = max[index] as number;
    const low = min[index] as number;
    // MISSING is the lowest number there is: it never raises a maximum, but must not lower a minimum.
    if (high > highest) highest = high;
    if (low < lowest && low !== MISSING) lowest = low;
  }
  into.min[at] = lowest === NOTHING_YET ? MISSING : lowest;
  into.max[at] = highest;
}

function summarize(of: Extremes, into: Extremes, from: number, to: number): void {
  const { length } = of.min;
  for (let block = from; block < to; block++) {
    into.min[block] = into.max[block] = MISSING;
    widen(into, block, of, block * FACTOR, Math.min(length, (block + 1) * FACTOR));
  }
}
