/** What readers of workbooks have in common: cells as text, and the row of labels under which a table begins. */
import { simplified } from '../csv.ts';
import type { Cell, Sheet } from '../reader.ts';

/** Exports begin with some rows about themselves: the labels stand on row 9 at GRDF, on row 14 at Enedis. */
const MOST_ROWS_BEFORE_LABELS = 40;

export interface SheetTable {
  /** Position of each label's column, by the label in lower case and without accents. */
  readonly columns: ReadonlyMap<string, number>;
  /** Index of the first row under the labels; its number in the sheet is one more. */
  readonly firstRow: number;
}

/** The table whose labels include all of `labels`. */
export function tableOf({ rows }: Sheet, ...labels: readonly string[]): SheetTable | undefined {
  for (let index = 0; index < Math.min(rows.length, MOST_ROWS_BEFORE_LABELS); index++) {
    const columns = new Map<string, number>();
    (rows[index] ?? []).forEach((cell, column) => {
      if (typeof cell === 'string') columns.set(simplified(cell), columns.get(simplified(cell)) ?? column);
    });
    if (labels.every((label) => columns.has(label))) return { columns, firstRow: index + 1 };
  }
  return undefined;
}

/** What stands to the right of a label such as `N° PCE :`, on one of the rows before the table. */
export function besides({ rows }: Sheet, label: RegExp, { firstRow }: SheetTable): string {
  for (const row of rows.slice(0, firstRow)) {
    const at = row.findIndex((cell) => typeof cell === 'string' && label.test(simplified(cell)));
    const value = at < 0 ? undefined : row.slice(at + 1).find((cell) => cell !== null);
    if (value !== undefined) return cellText(value);
  }
  return '';
}

/** As it would stand in a text file: a date in ISO, a number without the digits that binary fractions add. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 19).replace('T', ' ');
  return typeof cell === 'number' ? String(Number(cell.toPrecision(12))) : String(cell).trim();
}

export function rowText(row: readonly Cell[]): string {
  return row.map(cellText).join(' ').trim();
}
