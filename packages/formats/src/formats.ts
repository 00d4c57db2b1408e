/** Which formats there are. Adding one is adding a reader's file and its line here. */
import { isTimeZone } from '@oya/contract';
import { edfExportCsv } from './edf/export-csv.ts';
import { enedis2026 } from './enedis/api-2026.ts';
import { enedisContract } from './enedis/contract.ts';
import { enedisCustomerCsv } from './enedis/customer-csv.ts';
import { enedisCustomerWorkbook } from './enedis/customer-workbook.ts';
import { enedisR63Csv } from './enedis/r63-csv.ts';
import { enedisV5 } from './enedis/v5.ts';
import { FormatError } from './errors.ts';
import { greenButton } from './espi/green-button.ts';
import { grdfAccessRights } from './grdf/access-rights.ts';
import { grdfAdict } from './grdf/adict.ts';
import { grdfCustomerJson } from './grdf/customer-json.ts';
import { grdfCustomerWorkbook } from './grdf/customer-workbook.ts';
import type { Reader, Reading, ReadOptions, Source } from './reader.ts';
import { ecowatt } from './rte/ecowatt.ts';
import { tempoCsv } from './rte/tempo-csv.ts';
import { tempoJson } from './rte/tempo-json.ts';
import { serLoadCurveCsv } from './ser/load-curve-csv.ts';
import { sourceOf } from './source.ts';
import { glanceAt } from './text.ts';
import { routeReadingsCsv } from './utility/route-readings-csv.ts';

const READERS = [
  enedisV5,
  enedis2026,
  enedisContract,
  enedisR63Csv,
  enedisCustomerCsv,
  enedisCustomerWorkbook,
  edfExportCsv,
  serLoadCurveCsv,
  grdfAdict,
  grdfAccessRights,
  grdfCustomerJson,
  grdfCustomerWorkbook,
  greenButton,
  ecowatt,
  tempoJson,
  tempoCsv,
  routeReadingsCsv,
] as const satisfies readonly Reader[];

export type FormatName = (typeof READERS)[number]['name'];

/** What a file says, and in which format it said so. */
export interface Document extends Reading {
  format: FormatName;
}

/** The formats that can be read, for lists and help texts. */
export const FORMATS: readonly { readonly name: FormatName; readonly title: string }[] = READERS.map(({ name, title }) => ({ name, title }));

/** Recognises a format by how a file begins; `null` when none fits. */
export async function detect(bytes: Uint8Array): Promise<FormatName | null> {
  return (await readerOf(sourceOf(bytes)))?.name ?? null;
}

/**
 * Reads a whole file. Rows that cannot be read are left out and reported, never guessed.
 * @throws FormatError when the file as a whole cannot be read: what is wrong, on which line, and what to do
 * @throws RangeError when `timeZone` is not a time zone
 */
export async function read(bytes: Uint8Array, options: ReadOptions): Promise<Document> {
  if (!isTimeZone(options.timeZone)) throw new RangeError(`“${options.timeZone}” is not an IANA time zone such as Europe/Paris`);
  const source = sourceOf(bytes);
  const reader = await readerOf(source);
  if (!reader) {
    const known = FORMATS.map(({ title }) => title).join('; ');
    throw new FormatError(`the format of the file is not known; it begins with ${glanceAt(bytes)}`, `Give one of: ${known}.`);
  }
  return { format: reader.name, ...(await reader.read(source, options)) };
}

type NamedReader = Reader & { readonly name: FormatName };

async function readerOf(source: Source): Promise<NamedReader | undefined> {
  for (const reader of READERS as readonly NamedReader[]) if (await reader.matches(source)) return reader;
  return undefined;
}
