/** What the two generations of Enedis' JSON have in common: a list of points of one quantity. */
import type { EnergySeries, LoadCurve } from '@oya/contract';
import { DaySeriesBuilder } from '../day-series.ts';
import { LoadCurveBuilder } from '../load-curve.ts';
import { NO_VALUE, UNREADABLE_VALUE } from '../points.ts';
import { parseQuantity, type Quantity } from '../quantities.ts';
import type { ReadOptions } from '../reader.ts';
import type { RowReport } from '../row-report.ts';
import { UNKNOWN_STEP } from '../steps.ts';
import { parseDay, TimestampReader } from '../timestamps.ts';
import { durationMinutes } from './vocabulary.ts';

export interface JsonPoint {
  /** `''` when there is none. */
  readonly value: string;
  /** End of the interval in local time; for a day, the day itself. */
  readonly date: string;
  /** ISO 8601 duration of the interval; `''` when the file does not tell. */
  readonly step: string;
  readonly quality: string;
}

/** Power gives a load curve, energy gives days. */
export function readPoints(points: Iterable<JsonPoint>, quantity: Quantity, report: RowReport, { timeZone }: ReadOptions): LoadCurve | EnergySeries {
  const curve = quantity.kind === 'power' ? new LoadCurveBuilder(report) : undefined;
  const days = new DaySeriesBuilder(report);
  const timestamps = new TimestampReader(timeZone);
  let place = -1;
  for (const { value, date, step, quality } of points) {
    place++;
    const text = `${date} ${value}`.trim();
    const key = curve ? timestamps.read(date) : parseDay(date);
    const amount = value === '' ? NO_VALUE : parseQuantity(value, quantity);
    const minutes = step === '' || !curve ? UNKNOWN_STEP : durationMinutes(step);
    if (typeof key === 'string') {
      report.skip(place, key, text);
    } else if (minutes === undefined) {
      report.skip(place, `“${step.slice(0, 40)}” is not an interval like PT30M`, text);
    } else {
      if (typeof amount === 'string') report.skip(place, amount, text);
      const known = typeof amount === 'string' ? UNREADABLE_VALUE : amount;
      if (curve) curve.add(key, known, minutes, quality, place);
      else days.add(key, known, quality, place);
    }
  }
  return (curve ?? days).build();
}
