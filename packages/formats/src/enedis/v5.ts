/**
 * Enedis Data Connect, metering data v5: load curve (W, average over the interval that ends at `date`), daily energy
 * (Wh of the day `date`) and the greatest power of each day (VA, reached at `date`). Values are strings, times are local
 * without offset. Production has the same shape as consumption, word for word: only who asked for it knows.
 */
import { FormatError } from '../errors.ts';
import { elementLines, listOf, objectOf, parseJson, textOf } from '../json.ts';
import { Measurements, type Subject } from '../measurements.ts';
import { baseUnit, quantityOf, type Quantity } from '../quantities.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { addPoints, type JsonPoint } from './json-points.ts';
import { refuseErrorAnswer, isErrorAnswer } from './error-answers.ts';
import { deliveryPointOf, qualityOf, qualityOfStage } from './vocabulary.ts';

export const enedisV5 = {
  name: 'enedis-v5',
  title: 'Enedis v5 JSON (load curve, daily energy, maximum power)',

  matches({ head }: Source): boolean {
    return /^\s*\{/.test(head) && (head.includes('"meter_reading"') || isErrorAnswer(head));
  },

  read({ text }: Source, options: ReadOptions): Reading {
    const file = objectOf(parseJson(text));
    refuseErrorAnswer(file);
    const reading = objectOf(file['meter_reading']);
    const type = objectOf(reading['reading_type']);
    const unit = textOf(type['unit']);
    const quantity = quantityOf(unit);
    if (!quantity) throw new FormatError(`the readings are in “${unit.slice(0, 20)}”, which is neither power nor energy`, 'Give the file as the API answers it, with W, Wh or VA as its unit.');

    let lines: number[] | undefined;
    const report = new RowReport((place) => (lines ??= elementLines(text, ['meter_reading', 'interval_reading']))[place] ?? 1);
    const measurements = new Measurements(report, options);
    const subject: Subject = {
      deliveryPoint: deliveryPointOf(textOf(reading['usage_point_id'])),
      direction: options.direction ?? 'consumption',
      measure: measureOf(quantity, textOf(type['aggregate'])),
    };
    const fallback = qualityOfStage(textOf(reading['quality']));
    const points = listOf(reading['interval_reading']).values().map((given): JsonPoint => {
      const point = objectOf(given);
      const nature = textOf(point['measure_type']);
      return {
        value: textOf(point['value']),
        date: textOf(point['date']),
        step: textOf(point['interval_length']),
        quality: nature === '' ? fallback : qualityOf(nature),
      };
    });
    addPoints(points, measurements.of(subject), quantity, report, 0);
    return report.reading(measurements.contents());
  },
} as const satisfies Reader;

/** Apparent power is measured as the greatest of a day only; other power is that when the file says so. */
function measureOf(quantity: Quantity, aggregate: string): Subject['measure'] {
  const unit = baseUnit(quantity);
  if (unit === 'Wh') return 'days';
  return unit === 'VA' || aggregate === 'maximum' ? unit : 'curve';
}
