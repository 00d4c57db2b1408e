/** From rows with a local day to a series of days. */
import { QUALITIES, type EnergySeries } from '@oya/contract';
import { qualityColumn } from './load-curve.ts';
import { Points } from './points.ts';
import type { RowReport } from './row-report.ts';
import { UNKNOWN_STEP } from './steps.ts';

const DAY = 86_400_000;

export class DaySeriesBuilder {
  readonly #points = new Points();
  readonly #report: RowReport;

  constructor(report: RowReport) {
    this.#report = report;
  }

  /**
   * Adds one row; rows may come in any order.
   * @param epochDay days since 1970-01-01 of the local calendar day
   * @param wattHours energy of the day, `NO_VALUE` or `UNREADABLE_VALUE`
   * @param place where the row stands, as the report counts
   */
  add(epochDay: number, wattHours: number, quality: string, place: number): void {
    this.#points.add(epochDay, wattHours, UNKNOWN_STEP, quality, place);
  }

  /** A column beside the values, from the rows that count: call it after `build`. */
  column(valueAt: (place: number) => number | null): (number | null)[] {
    const { keys, places, length } = this.#points;
    const values: (number | null)[] = [];
    for (let index = 0; index < length; index++) {
      while (values.length < (keys[index] as number) - (keys[0] as number)) values.push(null);
      values.push(valueAt(places[index] as number));
    }
    return values;
  }

  get isEmpty(): boolean {
    return this.#points.length === 0;
  }

  /** The days from the first row's to the last row's; those between without a row are missing. */
  build(): EnergySeries {
    const points = this.#points;
    points.settle(this.#report);
    const first = points.length === 0 ? 0 : (points.keys[0] as number);
    const values: (number | null)[] = [];
    const qualities: number[] = [];
    for (let index = 0; index < points.length; index++) {
      const position = (points.keys[index] as number) - first;
      while (values.length < position) push(null, QUALITIES.missing.charCodeAt(0));
      const value = points.values[index] as number;
      if (Number.isFinite(value)) push(value, points.qualities[index] as number);
      else push(null, QUALITIES.missing.charCodeAt(0));
    }
    const from = new Date(first * DAY).toISOString().slice(0, 10);
    return { kind: 'energy', unit: 'Wh', step: 'day', from, values, quality: qualityColumn(qualities) };

    function push(value: number | null, quality: number): void {
      values.push(value);
      qualities.push(quality);
    }
  }
}
