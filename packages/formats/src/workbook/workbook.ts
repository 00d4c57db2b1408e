/**
 * Workbooks (XLSX), opened with a limit on what they unpack to: a file of some kilobytes can hold gigabytes of nothing,
 * or two cells so far apart that the table between them fills the memory.
 * Loaded when a ZIP comes along, with the library that reads them.
 */
import { unzipSync, zipSync } from 'fflate';
import readWorkbook from 'read-excel-file/universal';
import { FormatError } from '../errors.ts';
import type { Cell, Sheet } from '../reader.ts';

/** Ten years of half-hours in four columns unpack to some 40 MB. */
const MOST_UNPACKED_BYTES = 100e6;
const MOST_CELLS = 5e6;
const SAVE_AGAIN = 'Open it in a spreadsheet program, check that it is the export, and save it again as XLSX.';

/** @throws FormatError when it is a ZIP but no workbook, or one that unpacks to more than any export has */
export async function openWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  const parts = unpack(bytes);
  for (const [name, part] of Object.entries(parts)) if (/worksheets\/[^/]+$/.test(name)) checkExtent(new TextDecoder().decode(part));
  try {
    // Packed again without compression: the library would unpack in a worker from a blob, which a strict policy forbids.
    const sheets = await readWorkbook<Cell>(zipSync(parts, { level: 0 }).buffer as ArrayBuffer, { parseNumber: numberOf });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: (data as Cell[][]).map((row) => row.map(onTheSecond)) }));
  } catch (cause) {
    throw new FormatError('this is a ZIP file, but not a workbook that can be read', SAVE_AGAIN, { cause });
  }
}

/** Times are fractions of a day in a workbook, and come back a thousandth of a second early. */
function onTheSecond(cell: Cell): Cell {
  return cell instanceof Date ? new Date(Math.round(cell.getTime() / 1000) * 1000) : cell;
}

/** A number as XLSX writes it; what is none, `0x1f`, stays the text that it is. */
function numberOf(text: string): number | string {
  return /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  let unpacked = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!/\.(xml|rels)$/.test(name)) return false;
        unpacked += originalSize;
        if (unpacked > MOST_UNPACKED_BYTES) throw new FormatError(`the workbook unpacks to more than ${MOST_UNPACKED_BYTES / 1e6} MB`, 'Export a shorter period.');
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError('the ZIP file is damaged', 'Download it again: it may have been cut off.', { cause });
  }
}

/** Rows and columns are filled up to the last cell: how many that are is told by the cells' addresses. */
function checkExtent(sheet: string): void {
  let rows = 0;
  let columns = 0;
  for (const [, , address = ''] of sheet.matchAll(/(?<![\w:.-])r\s*=\s*(["'])(.*?)\1/gs)) {
    const [, letters, digits] = /^([A-Z]*)(\d+)$/i.exec(address) ?? [];
    if (letters === undefined) {
      // The library would take 1e9 for a number of a row, and any letter for one of a column.
      if (/\d|&/.test(address) || !Number.isNaN(Number(address))) throw new FormatError(`“${address.slice(0, 20)}” is not the address of a cell`, SAVE_AGAIN);
      continue;
    }
    rows = Math.max(rows, Number(digits));
    let column = 0;
    for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
    columns = Math.max(columns, column);
  }
  if (rows * Math.max(columns, 1) > MOST_CELLS) throw new FormatError(`a sheet of the workbook has ${rows} rows and ${columns} columns`, 'Delete what is not the export, or export a shorter period.');
}
