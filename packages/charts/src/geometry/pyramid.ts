import { MISSING } from './columns.ts';

/** A range of values; both `MISSING` when nothing was measured in it. */
export interface Extremes {
  min: number;
  max: number;
}

/** Values, or blocks of the level below, in a block. */
export const FACTOR = 8;
/** Above every power that is measured (2 GW): what the first one is compared with. */
const NOTHING_YET = 0x7fff_ffff;
/** Values read between two looks at the clock: about a tenth of a millisecond. */
const SLICE = 0x1_0000;

interface Level {
  readonly min: Int32Array;
  readonly max: Int32Array;
}

/**
 * Minima and maxima of blocks of 8, 64, 512… values, so that a pixel column over thousands of values costs
 * a few dozen reads. Exact, not an approximation. Takes two sevenths of the memory of the values.
 */
export class Pyramid {
  readonly #values: Int32Array;
  readonly #levels: Level[] = [];
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
      summarize(this.#values, this.#values, base, this.#next / FACTOR, Math.ceil(end / FACTOR));
      this.#next = end;
      if (end === length) {
        for (let index = 1; index < this.#levels.length; index++) {
          const below = this.#levels[index - 1] as Level;
          const level = this.#levels[index] as Level;
          summarize(below.min, below.max, level, 0, level.min.length);
        }
      } else if (!hasTime()) return false;
    }
    return true;
  }

  /** Extremes of the values from `from` (included) to `to` (excluded), widening those in `into`. */
  extend(from: number, to: number, into: Extremes): void {
    let low = from;
    let high = to;
    let mins = this.#values;
    let maxs = this.#values;
    // Climb: at each level take the odd blocks at both ends, and leave the middle to the next one.
    for (const level of this.#levels) {
      if (high - low < 2 * FACTOR) break;
      const lowUp = Math.ceil(low / FACTOR);
      const highUp = Math.floor(high / FACTOR);
      scan(mins, maxs, low, lowUp * FACTOR, into);
      scan(mins, maxs, highUp * FACTOR, high, into);
      low = lowUp;
      high = highUp;
      mins = level.min;
      maxs = level.max;
    }
    scan(mins, maxs, low, high, into);
  }
}

/** Extremes of a stretch of values read one by one, widening those in `into`. */
export function extendDirectly(values: Int32Array, from: number, to: number, into: Extremes): void {
  scan(values, values, from, to, into);
}

function scan(mins: Int32Array, maxs: Int32Array, from: number, to: number, into: Extremes): void {
  let min = into.min === MISSING ? NOTHING_YET : into.min;
  let { max } = into;
  for (let index = from; index < to; index++) {
    const high = maxs[index] as number;
    const low = mins[index] as number;
    // MISSING is the lowest number there is: it never raises a maximum, but must not lower a minimum.
    if (high > max) max = high;
    if (low < min && low !== MISSING) min = low;
  }
  into.min = min === NOTHING_YET ? MISSING : min;
  into.max = max;
}

function summarize(mins: Int32Array, maxs: Int32Array, into: Level, from: number, to: number): void {
  const { length } = mins;
  for (let block = from; block < to; block++) {
    const extremes: Extremes = { min: MISSING, max: MISSING };
    scan(mins, maxs, block * FACTOR, Math.min(length, (block + 1) * FACTOR), extremes);
    into.min[block] = extremes.min;
    into.max[block] = extremes.max;
  }
}
