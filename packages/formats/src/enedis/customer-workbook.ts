/**
 * The workbook of the Enedis customer space since 2025: a cover, then a sheet for each quantity, whose labels stand under
 * some rows about the delivery point. `Date, Valeur (en kWh)` are days; `Début, Fin, Valeur (en kW)` a load curve on the
 * local clock. `NA` is a value that is not there, also for the half-hours that clocks skip in March.
 */
import type { Direction } from '@oya/contract';
import { isoDay } from '../csv.ts';
import { DaySeriesBuilder } from '../day-series.ts';
import { FormatError } from '../errors.ts';
import { LoadCurveBuilder } from '../load-curve.ts';
import { NO_VALUE, UNREADABLE_VALUE } from '../points.ts';
import { parseQuantity, quantityOf, type Quantity } from '../quantities.ts';
import type { Cell, MeasuredSeries, Reader, ReadOptions, Reading, Sheet, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { besides, cellText, rowText, tableOf, type SheetTable } from '../workbook/sheet.ts';
import { INTERVAL_STEPS } from '../steps.ts';
import { parseDay, TimestampReader } from '../timestamps.ts';
import { deliveryPointOf, qualityOfStage } from './vocabulary.ts';

const VALUE = /^valeur \(en (.+)\)$/;
const REAL = qualityOfStage('');

export const enedisCustomerWorkbook = {
  name: 'enedis-customer-xlsx',
  title: 'Enedis customer space XLSX (days, load curve)',

  async matches(source: Source): Promise<boolean> {
    return ((await source.sheets()) ?? []).some((sheet) => find(sheet) !== undefined);
  },

  async read(source: Source, options: ReadOptions): Promise<Reading> {
    const report = new RowReport();
    const contents = ((await source.sheets()) ?? []).flatMap((sheet) => readSheet(sheet, report, options) ?? []);
    if (contents.length === 0) throw new FormatError('no sheet of the workbook holds energy or power', 'Export consumption or production, by day or as load curve.');
    return report.reading(contents.filter(({ series }) => (series.kind === 'curve' ? series.segments : series.values).length > 0));
  },
} as const satisfies Reader;

function readSheet(sheet: Sheet, report: RowReport, { timeZone }: ReadOptions): MeasuredSeries | undefined {
  const found = find(sheet);
  if (!found) return undefined;
  const { table, unit, value, isCurve } = found;
  const quantity = quantityOf(unit);
  if (quantity?.kind !== (isCurve ? 'power' : 'energy')) {
    report.skip(table.firstRow, `the sheet “${sheet.name}” is left out: ${isCurve ? 'a load curve' : 'days'} in ${unit}`);
    return undefined;
  }
  const named = `${sheet.name} ${besides(sheet, /^type de comptage/, table)}`;
  const direction: Direction = /production|injection/i.test(named) ? 'production' : 'consumption';
  const rows = sheet.rows.slice(table.firstRow).map((row, index): Row => {
    const given = cellText(row[value]);
    return { line: table.firstRow + index + 1, given: given.toUpperCase() === 'NA' ? '' : given, text: rowText(row), cells: row };
  });
  const filled = rows.filter(({ text }) => text !== '');
  const series = isCurve ? readCurve(filled, table, quantity, report, new TimestampReader(timeZone)) : readDays(filled, table, quantity, report);
  return { kind: 'series', deliveryPoint: deliveryPointOf(besides(sheet, /^point reference mesure/, table)), energy: 'electricity', direction, series };
}

interface Row {
  readonly line: number;
  /** The value as text, `''` where there is none. */
  readonly given: string;
  readonly text: string;
  readonly cells: readonly Cell[];
}

function readDays(rows: readonly Row[], { columns }: SheetTable, quantity: Quantity, report: RowReport): MeasuredSeries['series'] {
  const days = new DaySeriesBuilder(report);
  for (const { line, given, text, cells } of rows) {
    const day = parseDay(isoDay(cellText(cells[columns.get('date') ?? -1])));
    if (typeof day === 'string') report.skip(line, day, text);
    else days.add(day, amountOf(given, quantity, report, line, text), REAL, line);
  }
  return days.build();
}

function readCurve(rows: readonly Row[], { columns }: SheetTable, quantity: Quantity, report: RowReport, timestamps: TimestampReader): MeasuredSeries['series'] {
  const curve = new LoadCurveBuilder(report);
  for (const { line, given, text, cells } of rows) {
    const [from, to] = ['debut', 'fin'].map((label) => isoDay(cellText(cells[columns.get(label) ?? -1]))) as [string, string];
    const step = clockMinutes(from, to);
    const start = timestamps.read(from);
    if (typeof start === 'string') {
      if (given === '' && /does not exist/.test(start)) report.empty++;
      else report.skip(line, start, text);
    } else if (step === undefined) {
      report.skip(line, `from “${from.slice(0, 40)}” to “${to.slice(0, 40)}” is not an interval of ${INTERVAL_STEPS.join(', ')} minutes`, text);
    } else {
      const problem = curve.add(start + step, amountOf(given, quantity, report, line, text), step, REAL, line);
      if (problem !== undefined) report.skip(line, problem, text);
    }
  }
  return curve.build();
}

function amountOf(given: string, quantity: Quantity, report: RowReport, line: number, text: string): number {
  const amount = given === '' ? NO_VALUE : parseQuantity(given, quantity);
  if (typeof amount === 'number') return amount;
  report.skip(line, amount, text);
  return UNREADABLE_VALUE;
}

/** How far clocks go on, which near a clock change is the interval give or take an hour; `undefined` for no known interval. */
function clockMinutes(from: string, to: string): number | undefined {
  const minutes = (Date.parse(`${to.replace(' ', 'T')}Z`) - Date.parse(`${from.replace(' ', 'T')}Z`)) / 60_000;
  return [minutes, minutes - 60, minutes + 60].find((step) => INTERVAL_STEPS.includes(step));
}

function find(sheet: Sheet): { table: SheetTable; unit: string; value: number; isCurve: boolean } | undefined {
  const curve = tableOf(sheet, 'debut', 'fin');
  const table = curve ?? tableOf(sheet, 'date');
  const label = table && [...table.columns.keys()].find((name) => VALUE.test(name));
  if (!table || label === undefined) return undefined;
  const value = table.columns.get(label) as number;
  // From the cell itself, as the labels are in lower case and units are not.
  const unit = /\(en (.+)\)/i.exec(cellText(sheet.rows[table.firstRow - 1]?.[value]))?.[1] ?? '';
  return { table, unit, value, isCurve: curve !== undefined };
}
