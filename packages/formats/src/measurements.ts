/**
 * What a file measured, row by row: each quantity of each delivery point gathers by itself, whatever their order in the
 * file, and becomes one content. The readers of Enedis, EDF and others share it, from JSON and CSV alike.
 */
import type { Direction } from '@oya/contract';
import { DaySeriesBuilder } from './day-series.ts';
import { LoadCurveBuilder } from './load-curve.ts';
import { MaximumPowerBuilder, momentOf, type Moment } from './maximum-power.ts';
import { NO_VALUE, UNREADABLE_VALUE } from './points.ts';
import { parseQuantity, type Quantity } from './quantities.ts';
import type { MaximumPowers, MeasuredSeries, ReadOptions } from './reader.ts';
import type { RowReport } from './row-report.ts';
import { UNKNOWN_STEP } from './steps.ts';
import { parseDay, TimestampReader } from './timestamps.ts';

/** What rows are about. */
export interface Subject {
  readonly deliveryPoint: string | null;
  readonly direction: Direction;
  /** A curve holds W, days hold Wh, the greatest power of days is in W or VA. */
  readonly measure: 'curve' | 'days' | 'W' | 'VA';
}

export interface MeasuredRow {
  /** `''` when the row has no value. */
  readonly value: string;
  /** Of a curve the end of the interval, of days the day, of the greatest power the moment; times without an offset are local. */
  readonly stamp: string;
  /** Minutes; of a curve whose rows tell how long their interval is. */
  readonly step?: number | undefined;
  /** A letter of `QUALITIES`. */
  readonly quality: string;
}

/** Rows of one subject. */
export interface Gathering {
  /**
   * @param place where the row stands, as the report counts
   * @returns what is wrong with the row, in words; `undefined` when nothing is
   */
  add(row: MeasuredRow, quantity: Quantity, place: number): string | undefined;
  /** The step that a curve's rows have where they don't show another; minutes. */
  usualStep(minutes: number): void;
  /** Once, when all rows are there. */
  content(): MeasuredSeries | MaximumPowers;
}

export class Measurements {
  readonly #report: RowReport;
  readonly #options: ReadOptions;
  readonly #gatherings = new Map<string, Gathering>();

  constructor(report: RowReport, options: ReadOptions) {
    this.#report = report;
    this.#options = options;
  }

  /** Where the rows of a subject gather; asked again, the same. */
  of(subject: Subject): Gathering {
    const key = `${subject.deliveryPoint} ${subject.direction} ${subject.measure}`;
    let gathering = this.#gatherings.get(key);
    if (!gathering) this.#gatherings.set(key, (gathering = gatheringOf(subject, this.#report, this.#options)));
    return gathering;
  }

  /** Those of which a row told a time, in the order of the file. */
  contents(): (MeasuredSeries | MaximumPowers)[] {
    return [...this.#gatherings.values()].map((gathering) => gathering.content()).filter((content) => !isEmpty(content));
  }
}

function gatheringOf({ deliveryPoint, direction, measure }: Subject, report: RowReport, { timeZone }: ReadOptions): Gathering {
  const about = { deliveryPoint, energy: 'electricity', direction } as const;
  const timestamps = new TimestampReader(timeZone);

  if (measure === 'curve') {
    const curve = new LoadCurveBuilder(report);
    return {
      add: adding<number>((stamp) => timestamps.read(stamp), (end, watts, { step, quality }, place) => curve.add(end, watts, step ?? UNKNOWN_STEP, quality, place)),
      usualStep: (minutes) => void (curve.usualStep = minutes),
      content: () => ({ kind: 'series', ...about, series: curve.build() }),
    };
  }
  if (measure === 'days') {
    const days = new DaySeriesBuilder(report);
    return {
      add: adding<number>(parseDay, (day, wattHours, { quality }, place) => days.add(day, wattHours, quality, place)),
      usualStep() {},
      content: () => ({ kind: 'series', ...about, series: days.build() }),
    };
  }
  const powers = new MaximumPowerBuilder(report);
  return {
    add: adding<Moment>((stamp) => momentOf(stamp, timestamps, timeZone), (moment, power, { quality }, place) => powers.add(moment, power, quality, place)),
    usualStep() {},
    content: () => ({ kind: 'maximum-power', ...about, unit: measure, days: powers.build() }),
  };
}

/** A row whose value cannot be read still tells that there is one: its time is taken, and it is missing. */
function adding<Time extends number | Moment>(
  timeOf: (stamp: string) => Time | string,
  take: (time: Time, amount: number, row: MeasuredRow, place: number) => string | void,
): Gathering['add'] {
  return (row, quantity, place) => {
    const time = timeOf(row.stamp);
    if (typeof time === 'string') return time;
    const amount = row.value === '' ? NO_VALUE : parseQuantity(row.value, quantity);
    const problem = take(time, typeof amount === 'string' ? UNREADABLE_VALUE : amount, row, place);
    return problem ?? (typeof amount === 'string' ? amount : undefined);
  };
}

function isEmpty(content: MeasuredSeries | MaximumPowers): boolean {
  if (content.kind === 'maximum-power') return content.days.length === 0;
  return content.series.kind === 'curve' ? content.series.segments.length === 0 : content.series.values.length === 0;
}
