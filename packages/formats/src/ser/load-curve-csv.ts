/**
 * Strasbourg Électricité Réseaux, `export_courbe_charges.csv` of its customer space: three lines of head, then
 * `24/11/2026;17:30:00;calendar;class;W`. A day is listed from 00:00 to 23:30, so the time of a row is the beginning of its
 * interval, other than with Enedis. The interval's length is not told: it is the shortest distance between two rows.
 */
import { eachRow, isoDay, simplified } from '../csv.ts';
import { FormatError } from '../errors.ts';
import { LoadCurveBuilder } from '../load-curve.ts';
import { NO_VALUE, UNREADABLE_VALUE } from '../points.ts';
import { parseQuantity, quantityOf, type Quantity } from '../quantities.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { INTERVAL_STEPS } from '../steps.ts';
import { TimestampReader } from '../timestamps.ts';
import { QUALITIES } from '@oya/contract';

const ROW = /^"?\d\d\/\d\d\/\d{4}"?;"?\d\d:\d\d(:\d\d)?"?;[^;\n]*;[^;\n]*;/m;
const POWER_COLUMN = 4;
const WATTS = quantityOf('W') as Quantity;

export const serLoadCurveCsv = {
  name: 'ser-load-curve-csv',
  title: 'Strasbourg Électricité Réseaux CSV (courbe de charge)',

  matches({ head }: Source): boolean {
    return ROW.test(head.split('\n').slice(0, 6).join('\n'));
  },

  read({ text }: Source, { timeZone, direction = 'consumption' }: ReadOptions): Reading {
    const report = new RowReport();
    const timestamps = new TimestampReader(timeZone);
    const rows: Row[] = [];
    let quantity = WATTS;
    eachRow(text, (fields, line) => {
      if (!/^\d/.test(fields[0] ?? '')) {
        quantity = (rows.length === 0 && unitOf(fields, line)) || quantity;
        return;
      }
      const start = timestamps.read(`${isoDay(fields[0] ?? '')} ${fields[1] ?? ''}`);
      // Thousands are set apart by a space that does not break.
      const value = (fields[POWER_COLUMN] ?? '').replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}\b)/g, '');
      const watts = value === '' ? NO_VALUE : parseQuantity(value, quantity);
      if (typeof start === 'string') report.skip(line, start, fields.join(';'));
      else rows.push({ start, watts: typeof watts === 'string' ? UNREADABLE_VALUE : watts, line });
      if (typeof watts === 'string') report.skip(line, watts, fields.join(';'));
    });
    const curve = new LoadCurveBuilder(report);
    const step = shortestStep(rows.map(({ start }) => start));
    for (const { start, watts, line } of rows) {
      const problem = step === undefined ? 'no row is near enough to tell how long its interval is' : curve.add(start + step, watts, step, QUALITIES.real, line);
      if (problem !== undefined) report.skip(line, problem);
    }
    const series = curve.build();
    return report.reading(series.segments.length === 0 ? [] : [{ kind: 'series', deliveryPoint: null, energy: 'electricity', direction, series }]);
  },
} as const satisfies Reader;

interface Row {
  /** Epoch minutes. */
  readonly start: number;
  readonly watts: number;
  readonly line: number;
}

/** The unit that the line of names tells; W where it tells none. */
function unitOf(names: readonly string[], line: number): Quantity | undefined {
  const name = names[POWER_COLUMN] ?? '';
  if (!simplified(name).includes('puissance')) return undefined;
  const unit = /\((\w+)\)/.exec(name)?.[1] ?? 'W';
  const quantity = quantityOf(unit);
  if (quantity?.kind !== 'power') throw new FormatError(`the fifth column is in “${unit}”, which is no power`, 'Choose “Courbe de charge” when exporting.', { line });
  return quantity;
}

function shortestStep(starts: readonly number[]): number | undefined {
  const ordered = starts.toSorted((left, right) => left - right);
  const distances = new Set(ordered.map((start, index) => start - (ordered[index - 1] ?? -Infinity)));
  return INTERVAL_STEPS.find((step) => distances.has(step));
}
