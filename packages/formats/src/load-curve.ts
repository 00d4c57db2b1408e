/** From rows with the time at which an interval ends to a load curve. */
import { instant, QUALITIES, type CurveSegment, type LoadCurve } from '@oya/contract';
import { Points, UNREADABLE_VALUE } from './points.ts';
import type { RowReport } from './row-report.ts';
import { INTERVAL_STEPS, inferSteps, UNKNOWN_STEP } from './steps.ts';

const FINEST_STEP = Math.min(...INTERVAL_STEPS);
const MISSING = QUALITIES.missing.charCodeAt(0);
/** A hole up to this long is missing values inside its segment; a longer one starts a new segment. */
const LONGEST_HOLE_MINUTES = 24 * 60;

export class LoadCurveBuilder {
  /** The step that the file says its rows have, where they don't show another; minutes. */
  usualStep = UNKNOWN_STEP;
  readonly #points = new Points();
  readonly #report: RowReport;

  constructor(report: RowReport) {
    this.#report = report;
  }

  /**
   * Adds one row; rows may come in any order.
   * @param end epoch minutes at which the interval ends
   * @param watts average power, `NO_VALUE` or `UNREADABLE_VALUE`
   * @param stepMinutes length of the interval, or `UNKNOWN_STEP` to tell it from the rows around
   * @param place where the row stands, as the report counts
   * @returns why the row was not taken, if it was not
   */
  add(end: number, watts: number, stepMinutes: number, quality: string, place: number): string | undefined {
    if (stepMinutes !== UNKNOWN_STEP && !INTERVAL_STEPS.includes(stepMinutes)) {
      return `an interval of ${stepMinutes} minutes; known are ${INTERVAL_STEPS.join(', ')}`;
    }
    if (end % FINEST_STEP !== 0) return `its time is not a multiple of ${FINEST_STEP} minutes, as the ends of intervals are`;
    this.#points.add(end, watts, stepMinutes, quality, place);
    return undefined;
  }

  build(): LoadCurve {
    const points = this.#points;
    points.settle(this.#report);
    inferSteps(points.keys, points.steps, points.length, this.usualStep);
    const segments: CurveSegment[] = [];
    let open: OpenSegment | undefined;
    for (let index = 0; index < points.length; index++) {
      const end = points.keys[index] as number;
      const step = points.steps[index] as number;
      const value = points.values[index] as number;
      const start = end - step;
      if (step === UNKNOWN_STEP || (open && start < open.end)) {
        const reason = step === UNKNOWN_STEP ? 'no row is near enough to tell how long its interval is' : 'its interval overlaps the one before';
        this.#leaveOut(value, points.places[index] as number, reason);
        continue;
      }
      if (!open?.reaches(start, step)) {
        if (open) segments.push(open.close());
        open = new OpenSegment(start, step);
      }
      open.add(start, value, points.qualities[index] as number);
    }
    if (open) segments.push(open.close());
    return { kind: 'curve', unit: 'W', segments };
  }

  #leaveOut(value: number, place: number, reason: string): void {
    if (value === UNREADABLE_VALUE) return;
    if (Number.isNaN(value)) this.#report.empty--;
    else this.#report.read--;
    this.#report.skip(place, reason);
  }
}

class OpenSegment {
  readonly #start: number;
  readonly #step: number;
  readonly #values: (number | null)[] = [];
  readonly #qualities: number[] = [];

  constructor(start: number, step: number) {
    this.#start = start;
    this.#step = step;
  }

  get end(): number {
    return this.#start + this.#values.length * this.#step;
  }

  /** Whether an interval from `start` continues this segment, at once or after a short hole. */
  reaches(start: number, step: number): boolean {
    const hole = start - this.end;
    return step === this.#step && hole <= LONGEST_HOLE_MINUTES && hole % step === 0;
  }

  add(start: number, value: number, quality: number): void {
    while (this.end < start) this.#push(null, MISSING);
    if (Number.isFinite(value)) this.#push(value, quality);
    else this.#push(null, MISSING);
  }

  close(): CurveSegment {
    return {
      start: instant(this.#start * 60_000),
      stepMinutes: this.#step,
      values: this.#values,
      quality: qualityColumn(this.#qualities),
    };
  }

  #push(value: number | null, quality: number): void {
    this.#values.push(value);
    this.#qualities.push(quality);
  }
}

/** One flat string: adding letter by letter would keep a chain of 17 520 pieces alive. */
export function qualityColumn(characterCodes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(characterCodes));
}
