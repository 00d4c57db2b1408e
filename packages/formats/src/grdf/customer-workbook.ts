/**
 * The workbook of the GRDF customer space, with its labels on row 9: days with their indexes; or weeks
 * (`Du 24/11/2020 au 29/11/2020`) or months (`Novembre 2020`) with volume and energy only. It reaches from the day of the
 * export back to the same day of an earlier year, so that the first and the last month are not whole.
 */
import { QUALITIES } from '@oya/contract';
import { isoDay, simplified } from '../csv.ts';
import type { Cell, Reader, ReadOptions, Reading, Sheet, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { besides, cellText, rowText, tableOf, type SheetTable } from '../workbook/sheet.ts';
import { parseDay } from '../timestamps.ts';
import { GasReadings } from './gas-readings.ts';
import { deliveryPointOf, isAbsent, qualityOf } from './vocabulary.ts';

const DAY = 'date de releve';
const ENERGY = 'energie consommee (kwh)';
const MONTHS = ['janvier', 'fevrier', 'mars', 'avril', 'mai', 'juin', 'juillet', 'aout', 'septembre', 'octobre', 'novembre', 'decembre'];

export const grdfCustomerWorkbook = {
  name: 'grdf-customer-xlsx',
  title: 'GRDF customer space XLSX (days, weeks or months)',

  async matches(source: Source): Promise<boolean> {
    return (await find(source)) !== undefined;
  },

  async read(source: Source, { timeZone }: ReadOptions): Promise<Reading> {
    const { sheet, table } = (await find(source)) as Found;
    const report = new RowReport();
    const readings = new GasReadings(report, timeZone);
    const deliveryPoint = deliveryPointOf(besides(sheet, /^n. pce/, table));
    const exportDay = exportDayOf(sheet);

    for (const [index, row] of sheet.rows.slice(table.firstRow).entries()) {
      const line = table.firstRow + index + 1;
      const at = (label: string): string => cellText(row[table.columns.get(label) ?? -1]);
      const named = at(DAY);
      if (named === '') {
        if (rowText(row) !== '') report.skip(line, 'there is no “Date de relevé”', rowText(row));
        continue;
      }
      const span = spanOf(named);
      if (typeof span === 'string') {
        report.skip(line, span, rowText(row));
        continue;
      }
      const qualification = at('qualification du releve');
      const told = (label: string): string => (isAbsent(qualification) ? '' : at(label));
      const isPartOfMonth = span.isMonth && exportDay !== undefined && isCut(span.to, exportDay, index === 0);
      readings.add(
        {
          deliveryPoint,
          direction: 'consumption',
          from: span.from,
          to: span.to,
          energy: told(ENERGY),
          volume: told('volume consomme (m3)'),
          indexStart: at('index de debut de periode (m3)'),
          indexEnd: at('index de fin de periode (m3)'),
          quality: isPartOfMonth ? QUALITIES.incomplete : qualityOf(qualification),
        },
        line,
        rowText(row),
      );
    }
    return report.reading(readings.contents());
  },
} as const satisfies Reader;

interface Found {
  sheet: Sheet;
  table: SheetTable;
}

async function find(source: Source): Promise<Found | undefined> {
  for (const sheet of (await source.sheets()) ?? []) {
    const table = tableOf(sheet, DAY, ENERGY);
    if (table) return { sheet, table };
  }
  return undefined;
}

/** The days that a row is of, `to` excluded; or the reason in words when they cannot be told. */
function spanOf(text: string): { from: number; to: number; isMonth: boolean } | string {
  const week = /^du (\S+) au (\S+)$/.exec(simplified(text));
  if (week) {
    const [from, last] = [parseDay(isoDay(week[1] as string)), parseDay(isoDay(week[2] as string))];
    if (typeof from === 'string') return from;
    return typeof last === 'string' ? last : { from, to: last + 1, isMonth: false };
  }
  const [, name = '', year] = /^([a-z]+) (\d{4})$/.exec(simplified(text)) ?? [];
  const month = MONTHS.indexOf(name);
  if (month >= 0) {
    const from = parseDay(`${year}-${String(month + 1).padStart(2, '0')}-01`);
    const days = new Date(Date.UTC(Number(year), month + 1, 0)).getUTCDate();
    return typeof from === 'string' ? from : { from, to: from + days, isMonth: true };
  }
  const day = parseDay(isoDay(text));
  return typeof day === 'string' ? day : { from: day, to: day + 1, isMonth: false };
}

/** Whether a month began before the export reached back, or goes on after it was made. */
function isCut(to: number, exportDay: number, isFirst: boolean): boolean {
  return to > exportDay || (isFirst && new Date(exportDay * 86_400_000).getUTCDate() !== 1);
}

/** Of `Export du 24/11/2021`. */
function exportDayOf({ rows }: Sheet): number | undefined {
  const isExport = (cell: Cell): cell is string => typeof cell === 'string' && /^export du \d/i.test(cell);
  const cell = rows.slice(0, 8).flat().find(isExport);
  const day = cell === undefined ? '' : parseDay(isoDay(cell.slice('export du '.length).trim()));
  return typeof day === 'number' ? day : undefined;
}
