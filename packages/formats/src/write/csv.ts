/** A table as CSV that Excel opens as it is: byte order mark, semicolons and decimal commas, or commas and points. */
import type { TimeZone } from '@oya/contract';
import { clockOf, decimalText, headerOf, type Clock } from './cells.ts';
import type { Column, Table, TableCell } from './export.ts';

export interface CsvOptions {
  readonly timeZone: TimeZone;
  /** With a comma the fields are separated by semicolons, as where people write 3,14; with a point by commas. */
  readonly decimal?: ',' | '.';
}

export function writeCsv({ columns, rows }: Table, { timeZone, decimal = ',' }: CsvOptions): Uint8Array<ArrayBuffer> {
  const delimiter = decimal === ',' ? ';' : ',';
  const clock = clockOf(timeZone);
  const lines = [columns.map((column) => field(harmless(headerOf(column))))];
  for (const row of rows) lines.push(columns.map((column, index) => field(textOf(row[index] ?? null, column))));
  return new TextEncoder().encode(`\ufeff${lines.map((fields) => fields.join(delimiter)).join('\r\n')}\r\n`);

  function field(text: string): string {
    return text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function textOf(cell: TableCell, column: Column): string {
    if (cell === null) return '';
    if (column.kind === 'number') return decimalText(Number(cell), column.decimals, decimal);
    return column.kind === 'instant' ? withOffset(clock(String(cell))) : column.kind === 'day' ? String(cell) : harmless(String(cell));
  }
}

/** Spreadsheet programs run a text that begins like a formula; behind an apostrophe they show it. */
function harmless(text: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

/** `2026-10-25T02:30:00+02:00`: the hour that clocks show twice is told apart. */
function withOffset({ shown, offset }: ReturnType<Clock>): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, '0'));
  return `${new Date(shown).toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}
