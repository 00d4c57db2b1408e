/**
 * Tables as a workbook, one sheet each: numbers and dates are numbers and dates, in the reader's own format; the row of
 * labels stays in sight. The libraries for it compress in a worker made of a blob, which a strict policy forbids.
 * An instant stands as clocks show it; in the hour that comes twice, its place in the column tells which is meant.
 */
import { strToU8, zipSync } from 'fflate';
import type { TimeZone } from '@oya/contract';
import { clockOf, decimalText, escapeXml, headerOf, type Clock } from './cells.ts';
import type { Column, Table, TableCell } from './export.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Serial numbers count days from here. */
const FIRST_DAY = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;
const MOST_ROWS = 1_048_576;
const LONGEST_NAME = 31;
/** Positions in `cellXfs`. Formats 14 and 22 are date, and date with time, as the reader's country writes them. */
const STYLES = { plain: 0, label: 1, day: 2, instant: 3, numbers: 4 } as const;
const MOST_DECIMALS = 8;

export interface XlsxOptions {
  readonly timeZone: TimeZone;
}

/** @throws RangeError when a table has more rows than a sheet can hold */
export function writeXlsx(tables: readonly Table[], { timeZone }: XlsxOptions): Uint8Array<ArrayBuffer> {
  const names = sheetNames(tables.map(({ name }) => name));
  const ids = names.map((_, index) => index + 1);
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${ids.map((id) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${names.map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([...ids.map((id): [string, string] => ['worksheet', `worksheets/sheet${id}.xml`]), ['styles', 'styles.xml']]),
    'xl/styles.xml': styles(),
  };
  const clock = clockOf(timeZone);
  tables.forEach((table, index) => (files[`xl/worksheets/sheet${index + 1}.xml`] = sheet(table, clock)));
  // Half the time of the usual level 6, for a fiftieth more bytes.
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(DECLARATION + xml)])), { level: 3 });
}

function sheet({ columns, rows }: Table, clock: Clock): string {
  const widths = columns.map((column, index) => `<col min="${index + 1}" max="${index + 1}" width="${Math.min(40, Math.max(12, headerOf(column).length + 2))}" customWidth="1"/>`);
  const lines = [line(1, columns.map((column) => [STYLES.label, headerOf(column)]))];
  for (const row of rows) lines.push(line(lines.length + 1, columns.map((column, index) => [styleOf(column), valueOf(row[index] ?? null, column, clock)])));
  if (lines.length > MOST_ROWS) throw new RangeError(`a sheet holds ${MOST_ROWS} rows; choose a shorter period`);
  return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** A number is given as its digits in an object, a text as a string. */
type Value = { digits: string } | string | null;

function line(number: number, cells: readonly (readonly [style: number, value: Value])[]): string {
  const written = cells.map(([style, value], index) => {
    if (value === null) return '';
    const start = `<c r="${letters(index)}${number}" s="${style}"`;
    return typeof value === 'string' ? `${start} t="inlineStr"><is><t xml:space="preserve">${escapeText(value)}</t></is></c>` : `${start}><v>${value.digits}</v></c>`;
  });
  return `<row r="${number}">${written.join('')}</row>`;
}

function styleOf(column: Column): number {
  if (column.kind === 'number') return STYLES.numbers + Math.min(column.decimals, MOST_DECIMALS);
  return column.kind === 'text' ? STYLES.plain : STYLES[column.kind];
}

function valueOf(cell: TableCell, column: Column, clock: Clock): Value {
  if (cell === null) return null;
  if (column.kind === 'number') return { digits: decimalText(Number(cell), column.decimals, '.') };
  if (column.kind === 'day') return { digits: String((Date.parse(`${cell}T00:00:00Z`) - FIRST_DAY) / DAY) };
  return column.kind === 'instant' ? { digits: String((clock(String(cell)).shown - FIRST_DAY) / DAY) } : String(cell);
}

function styles(): string {
  const formats = Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => `<numFmt numFmtId="${164 + decimals}" formatCode="#,##0${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}"/>`);
  const cell = (format: number, font = 0): string => `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0"${format > 0 ? ' applyNumberFormat="1"' : ''}${font > 0 ? ' applyFont="1"' : ''}/>`;
  const cells = [cell(0), cell(0, 1), cell(14), cell(22), ...formats.map((_, decimals) => cell(164 + decimals))];
  const font = (bold: string): string => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`;
  return `<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats.join('')}</numFmts><fonts count="2">${font('')}${font('<b/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  return `<Relationships xmlns="${PACKAGE}/relationships">${targets.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
}

/** `_x000D_` in a workbook is a character by its number: a text that looks so is told apart. */
function escapeText(text: string): string {
  return escapeXml(text.replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_'));
}

/** Up to 31 characters, none of `[]:*?/\`, no apostrophe at the ends, and each name once. */
function sheetNames(given: readonly string[]): string[] {
  const used = new Set<string>();
  return given.map((name, index) => {
    const clean = name.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ').replace(/^[\s']+|[\s']+$/g, '') || `${index + 1}`;
    for (let copy = 1; ; copy++) {
      const suffix = copy === 1 ? '' : ` (${copy})`;
      const candidate = clean.slice(0, LONGEST_NAME - suffix.length).trim() + suffix;
      if (used.has(candidate.toLowerCase())) continue;
      used.add(candidate.toLowerCase());
      return candidate;
    }
  });
}

/** `A`, `B`… `Z`, `AA`. */
function letters(index: number): string {
  return (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}
