/** From rows with the moment at which a day's greatest power was reached to the days of a content. */
import { instant, localDay, qualityAt, type TimeZone } from '@oya/contract';
import { Points } from './points.ts';
import type { MaximumPowers } from './reader.ts';
import type { RowReport } from './row-report.ts';
import { UNKNOWN_STEP } from './steps.ts';
import { parseDay, type TimestampReader } from './timestamps.ts';

const DAY = 86_400_000;

/** When a greatest power was reached. */
export interface Moment {
  /** The local day, in days since 1970-01-01. */
  readonly day: number;
  /** Epoch milliseconds; `null` when only the day is told. */
  readonly at: number | null;
}

/** A moment from a day or a time; or the reason in words when the text is neither. */
export function momentOf(text: string, timestamps: TimestampReader, timeZone: TimeZone): Moment | string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const day = parseDay(text);
    return typeof day === 'string' ? day : { day, at: null };
  }
  const seconds = timestamps.readSeconds(text);
  if (typeof seconds === 'string') return seconds;
  return { day: Date.parse(localDay(seconds * 1000, timeZone)) / DAY, at: seconds * 1000 };
}

export class MaximumPowerBuilder {
  readonly #points = new Points();
  /** Epoch milliseconds of the rows' moments, by place. */
  readonly #moments = new Map<number, number | null>();
  readonly #report: RowReport;

  constructor(report: RowReport) {
    this.#report = report;
  }

  /**
   * Adds one row; rows may come in any order.
   * @param power W or VA, `NO_VALUE` or `UNREADABLE_VALUE`
   * @param place where the row stands, as the report counts
   */
  add({ day, at }: Moment, power: number, quality: string, place: number): void {
    this.#moments.set(place, at);
    this.#points.add(day, power, UNKNOWN_STEP, quality, place);
  }

  build(): MaximumPowers['days'] {
    const points = this.#points;
    points.settle(this.#report);
    return Array.from({ length: points.length }, (_, index) => {
      const day = new Date((points.keys[index] as number) * DAY).toISOString().slice(0, 10);
      const power = points.values[index] as number;
      if (!Number.isFinite(power)) return { day, power: null, at: null, quality: 'missing' };
      const at = this.#moments.get(points.places[index] as number) ?? null;
      return { day, power, at: at === null ? null : instant(at), quality: qualityAt(String.fromCharCode(points.qualities[index] as number), 0) };
    });
  }
}
