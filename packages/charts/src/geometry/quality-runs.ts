import { endOf, stepOf, type CurveColumns, type TimeWindow } from './columns.ts';

/** Consecutive intervals of one quality, other than real. */
export interface QualityRun extends TimeWindow {
  readonly quality: string;
}

/** Letters read between two looks at the clock. */
const SLICE = 0x1_0000;

/** Finds what is not real in a curve (and what lies between its stretches is missing), a slice at a time, so that a long curve is read in idle time. */
export class QualityRuns {
  readonly runs: QualityRun[] = [];
  readonly #curve: readonly CurveColumns[];
  #stretch = 0;
  #offset = 0;

  constructor(curve: readonly CurveColumns[]) {
    this.#curve = curve;
  }

  /** Reads on while there is time. @returns whether all is read. */
  build(hasTime: () => boolean = () => true): boolean {
    for (; this.#stretch < this.#curve.length; this.#stretch++, this.#offset = 0) {
      const columns = this.#curve[this.#stretch] as CurveColumns;
      const before = this.#curve[this.#stretch - 1];
      if (this.#offset === 0 && before && endOf(before) < columns.start) this.#add({ from: endOf(before), to: columns.start, quality: 'm' });
      while (this.#offset < columns.quality.length) {
        this.#read(columns, this.#offset);
        this.#offset += SLICE;
        if (!hasTime()) return false;
      }
    }
    return true;
  }

  /** Runs that touch a window, at most about one per `resolution` milliseconds: what lies closer is one mark on the screen. */
  *inWindow(window: TimeWindow, resolution: number): Generator<QualityRun> {
    for (let index = this.#firstEndingAfter(window.from); index < this.runs.length; ) {
      const run = this.runs[index] as QualityRun;
      if (run.from >= window.to) return;
      yield run;
      index = Math.max(index + 1, this.#firstEndingAfter(run.from + resolution));
    }
  }

  #read(columns: CurveColumns, offset: number): void {
    const step = stepOf(columns);
    const slice = columns.quality.slice(offset, offset + SLICE);
    for (const match of slice.matchAll(/p+|e+|i+|m+/g)) {
      const from = columns.start + (offset + match.index) * step;
      const to = from + match[0].length * step;
      const quality = match[0][0] as string;
      this.#add({ from, to, quality });
    }
  }

  #add(run: QualityRun): void {
    const last = this.runs.at(-1);
    if (last && last.to === run.from && last.quality === run.quality) this.runs[this.runs.length - 1] = { ...run, from: last.from };
    else this.runs.push(run);
  }

  #firstEndingAfter(instant: number): number {
    let low = 0;
    let high = this.runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.runs[middle] as QualityRun).to > instant) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
