/**
 * “Mes mesures”, what a customer downloads from the Enedis customer space: a line of names and a line of values about
 * the delivery point, then `Horodate;Valeur` with the end of each interval and its average power in W. Steps are
 * mostly not told and change within the file, even within a day; values may be empty; lines may come newest first.
 * Files that start at the first row, as programs pass them on, are read too.
 */
import Papa from 'papaparse';
import { FormatError } from '../errors.ts';
import { LoadCurveBuilder } from '../load-curve.ts';
import { NO_VALUE, UNREADABLE_VALUE } from '../points.ts';
import { parseQuantity, quantityOf, type Quantity } from '../quantities.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { INTERVAL_STEPS, UNKNOWN_STEP } from '../steps.ts';
import { TimestampReader } from '../timestamps.ts';
import { deliveryPointOf, qualityOfStage } from './vocabulary.ts';

const PREAMBLE = 'identifiant prm';
const STAMP = 'horodate';
const ROW = /^"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?"?;/;
const EXPORT_AGAIN = 'Choose “courbe de charge” of the consumption, in CSV, when exporting from the Enedis customer space.';

export const enedisCustomerCsv = {
  name: 'enedis-customer-csv',
  title: 'Enedis customer space CSV (“Mes mesures”, courbe de charge)',

  matches({ head }: Source): boolean {
    const names = simplified(head.slice(0, 200));
    return names.startsWith('identifiant prm;type de donnees') || names.startsWith('horodate;valeur') || ROW.test(head);
  },

  read({ text }: Source, { timeZone }: ReadOptions): Reading {
    const file = new CustomerFile(timeZone);
    let line = 1;
    // Without its fast mode, which first splits the text into an array of all its lines.
    Papa.parse<string[]>(text, {
      delimiter: ';',
      fastMode: false,
      step({ data }) {
        file.row(data, line);
        line += 1 + data.reduce((breaks, field) => breaks + field.split('\n').length - 1, 0);
      },
    });
    return file.finish();
  },
} as const satisfies Reader;

/** Reads line by line; what a line means depends on the lines before. */
class CustomerFile {
  readonly #report = new RowReport();
  readonly #curve = new LoadCurveBuilder(this.#report);
  readonly #timestamps: TimestampReader;
  #names: readonly string[] | undefined;
  /** Columns of time and value; `undefined` before the first row. */
  #columns: { stamp: number; value: number } | undefined;
  #deliveryPoint: string | null = null;
  #quantity: Quantity = { kind: 'power', unit: 'W', exponent: 0 };
  #quality = qualityOfStage('');

  constructor(timeZone: string) {
    this.#timestamps = new TimestampReader(timeZone);
  }

  row(fields: readonly string[], line: number): void {
    const first = (fields[0] ?? '').trim();
    if (fields.every((field) => field.trim() === '')) return;
    const name = /^\d/.test(first) ? '' : simplified(first);
    if (name === PREAMBLE) this.#names = fields.map(simplified);
    else if (this.#names) this.#describe(fields, line);
    else if (fields.some((field) => /^horodate$/i.test(field.trim()))) this.#head(fields, line);
    else if (this.#columns || /^\d/.test(first)) this.#measure(fields, line);
    else this.#report.skip(line, 'expected a line of names, or time;value', fields.join(';'));
  }

  finish(): Reading {
    const series = this.#curve.build();
    return { contents: [{ kind: 'series', deliveryPoint: this.#deliveryPoint, energy: 'electricity', direction: 'consumption', series }], rows: this.#report.finish() };
  }

  /** The second line of the preamble: what the names of the first stand for. */
  #describe(fields: readonly string[], line: number): void {
    const names = this.#names ?? [];
    const told = (name: string): string => (fields[names.indexOf(name)] ?? '').trim();
    this.#names = undefined;

    const data = told('type de donnees');
    if (data !== '' && !/courbe de charge/i.test(data)) throw new FormatError(`the file holds “${data}”, not a load curve`, EXPORT_AGAIN, { line });
    const business = told('grandeur metier');
    if (/production|injection/i.test(business)) throw new FormatError(`the file holds “${business}”, which is not a consumption`, EXPORT_AGAIN, { line });
    const unit = told('unite') || 'W';
    const quantity = quantityOf(unit);
    if (quantity?.kind !== 'power') throw new FormatError(`values in “${unit}” are not a load curve, which is in W or kW`, EXPORT_AGAIN, { line });
    const deliveryPoint = deliveryPointOf(told(PREAMBLE));
    if (this.#deliveryPoint !== null && deliveryPoint !== this.#deliveryPoint) {
      throw new FormatError('the file holds two delivery points', 'Give one file for each delivery point.', { line });
    }
    this.#deliveryPoint = deliveryPoint;
    this.#quantity = quantity;
    const usualStep = Number(told('pas en minutes'));
    if (INTERVAL_STEPS.includes(usualStep)) this.#curve.usualStep = usualStep;
    this.#quality = qualityOfStage(told('etape metier'));
  }

  #head(fields: readonly string[], line: number): void {
    const names = fields.map(simplified);
    const value = names.indexOf('valeur');
    if (value < 0) throw new FormatError('there is no column “Valeur” beside “Horodate”', EXPORT_AGAIN, { line });
    this.#columns = { stamp: names.indexOf(STAMP), value };
  }

  #measure(fields: readonly string[], line: number): void {
    this.#columns ??= { stamp: 0, value: 1 };
    const stamp = fields[this.#columns.stamp]?.trim() ?? '';
    const value = fields[this.#columns.value]?.trim();
    const end = this.#timestamps.read(stamp);
    const watts = value === undefined ? 'expected time;value' : value === '' ? NO_VALUE : parseQuantity(value, this.#quantity);
    if (typeof end === 'string') {
      this.#report.skip(line, end, fields.join(';'));
      return;
    }
    if (typeof watts === 'string') this.#report.skip(line, watts, fields.join(';'));
    this.#curve.add(end, typeof watts === 'string' ? UNREADABLE_VALUE : watts, UNKNOWN_STEP, this.#quality, line);
  }
}

/** Lower case without accents, because exports write “Unité” and “Unite”. */
function simplified(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}
