/** What the two generations of Enedis' JSON have in common: lists of points, each of one quantity. */
import type { Gathering } from '../measurements.ts';
import type { Quantity } from '../quantities.ts';
import type { RowReport } from '../row-report.ts';
import { durationMinutes } from './vocabulary.ts';

export interface JsonPoint {
  /** `''` when there is none. */
  readonly value: string;
  /** End of the interval in local time; for a day, the day itself; of the greatest power, the moment. */
  readonly date: string;
  /** ISO 8601 duration of the interval; `''` when the file does not tell. */
  readonly step: string;
  readonly quality: string;
}

/**
 * @param place of the first point, as the report counts; the others follow
 * @returns the place after the last
 */
export function addPoints(points: Iterable<JsonPoint>, gathering: Gathering, quantity: Quantity, report: RowReport, place: number): number {
  for (const { value, date, step, quality } of points) {
    const minutes = step === '' ? undefined : durationMinutes(step);
    const problem =
      step !== '' && minutes === undefined
        ? `“${step.slice(0, 40)}” is not an interval like PT30M`
        : gathering.add({ value, stamp: date, step: minutes, quality }, quantity, place);
    if (problem !== undefined) report.skip(place, problem, `${date} ${value}`.trim());
    place++;
  }
  return place;
}
