/**
 * Enedis Data Connect, metering data v5: `consumption_load_curve` (W, average over the interval that ends at `date`)
 * and `daily_consumption` (Wh of the day `date`). Values are strings, times are local without offset.
 * Production has the same shape and cannot be told from consumption: the caller knows what it asked for.
 */
import { FormatError } from '../errors.ts';
import { elementLines, listOf, objectOf, parseJson, textOf } from '../json.ts';
import { quantityOf } from '../quantities.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { readPoints, type JsonPoint } from './json-points.ts';
import { deliveryPointOf, qualityOf, qualityOfStage } from './vocabulary.ts';

export const enedisV5 = {
  name: 'enedis-v5',
  title: 'Enedis v5 JSON (load curve, daily consumption)',

  matches({ head }: Source): boolean {
    return /^\s*\{/.test(head) && head.includes('"meter_reading"');
  },

  read({ text }: Source, options: ReadOptions): Reading {
    const reading = objectOf(objectOf(parseJson(text))['meter_reading']);
    const type = objectOf(reading['reading_type']);
    const unit = textOf(type['unit']);
    const aggregate = textOf(type['aggregate']);
    const quantity = quantityOf(unit);
    if (!quantity || aggregate === 'maximum') {
      throw new FormatError(
        `the readings are in “${unit}”${aggregate ? ` (${aggregate})` : ''}, which is not a consumption`,
        'Give the file of consumption_load_curve (W) or of daily_consumption (Wh).',
      );
    }
    let lines: number[] | undefined;
    const report = new RowReport((place) => (lines ??= elementLines(text, ['meter_reading', 'interval_reading']))[place] ?? 1);
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
    const series = readPoints(points, quantity, report, options);
    return { contents: [{ kind: 'series', deliveryPoint: deliveryPointOf(textOf(reading['usage_point_id'])), energy: 'electricity', direction: 'consumption', series }], rows: report.finish() };
  },
} as const satisfies Reader;
