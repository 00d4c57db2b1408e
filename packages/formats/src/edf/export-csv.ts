/**
 * What EDF's customers download of their electricity (“suivi conso”), in Latin-1, newest first: a line that says what it
 * is, one of names, then rows.
 * - `mes-puissances-atteintes-30min`: a line for each day, `24/11/2026;;`, and below it the ends of its half-hours with the
 *   average power in W. Midnight ends the day, though it stands first below it.
 * - `ma-conso-quotidienne`: kWh of each day.
 * - `mes-index-elec`: what the registers showed when the day began, in kWh.
 * The files name no delivery point, nor the energy: those of gas in kWh cannot be told from these.
 */
import { addDays } from '@oya/contract';
import { eachRow, isoDay, simplified } from '../csv.ts';
import { registerOf, qualityOfReading } from '../enedis/vocabulary.ts';
import { FormatError } from '../errors.ts';
import { IndexBuilder, type RegisterColumn } from '../indexes.ts';
import { Measurements, type Gathering } from '../measurements.ts';
import { MOST_OF_AN_INDEX, parseQuantity, quantityOf, type Quantity } from '../quantities.ts';
import type { Content, Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { parseDay, TimestampReader } from '../timestamps.ts';
import { qualityOfNature } from '../vocabulary.ts';

const DAY = /^\d\d\/\d\d\/\d{4}$/;
const SUBJECT = { deliveryPoint: null, direction: 'consumption' } as const;
const HALF_HOUR = 30;
const EXPORT_AGAIN = 'Choose the export by half-hour, by day or of the indexes.';

export const edfExportCsv = {
  name: 'edf-export-csv',
  title: 'EDF customer space CSV (puissances atteintes 30 min, consommation quotidienne, index)',

  matches({ head }: Source): boolean {
    return /^\s*"?R\S{1,3}capitulatif de (mes puissances atteintes|ma consommation|mes index)/.test(head);
  },

  read({ text }: Source, options: ReadOptions): Reading {
    const report = new RowReport();
    let sheet: Sheet | undefined;
    eachRow(text, (fields, line) => {
      if (sheet) sheet.row(fields, line);
      else if (fields.length > 1) sheet = sheetOf(fields, line, report, options);
    });
    return report.reading(sheet?.contents() ?? []);
  },
} as const satisfies Reader;

interface Sheet {
  row(fields: readonly string[], line: number): void;
  contents(): Content[];
}

/** Which export it is, by its line of names. */
function sheetOf(names: readonly string[], line: number, report: RowReport, options: ReadOptions): Sheet {
  const first = simplified(names[0] ?? '');
  const quantity = quantityIn(names[1]);
  if (first.startsWith('date et heure') && quantity?.kind === 'power') return new HalfHours(quantity, report, options);
  if (first === 'date de consommation' && quantity?.kind === 'energy') return new Days(quantity, report, options);
  if (first.startsWith('date de releve') && names.slice(2).some((name) => quantityIn(name)?.kind === 'energy')) return new Indexes(names, report, options);
  throw new FormatError(`“${names.join(';').slice(0, 80)}” are not the columns of an export that the portal knows`, EXPORT_AGAIN, { line });
}

function quantityIn(name: string | undefined): Quantity | undefined {
  return quantityOf(/\((\w+)\)/.exec(name ?? '')?.[1] ?? '');
}

/** Values of one measure, a row for each. */
abstract class Values implements Sheet {
  readonly #measurements: Measurements;
  readonly #quantity: Quantity;
  readonly #report: RowReport;

  constructor(quantity: Quantity, report: RowReport, options: ReadOptions) {
    this.#measurements = new Measurements(report, options);
    this.#quantity = quantity;
    this.#report = report;
  }

  abstract row(fields: readonly string[], line: number): void;

  contents(): Content[] {
    return this.#measurements.contents();
  }

  protected add(measure: 'curve' | 'days', value: Parameters<Gathering['add']>[0], line: number): string | undefined {
    return this.#measurements.of({ ...SUBJECT, measure }).add(value, this.#quantity, line);
  }

  protected skip(problem: string | undefined, fields: readonly string[], line: number): void {
    if (problem !== undefined) this.#report.skip(line, problem, fields.join(';'));
  }
}

class HalfHours extends Values {
  #day = '';

  row(fields: readonly string[], line: number): void {
    const [time = '', value = '', nature = ''] = fields;
    if (DAY.test(time) && value === '') {
      this.#day = isoDay(time);
      return;
    }
    const problem = this.#day === '' ? 'no line before it says the day' : this.add('curve', { stamp: this.#endOf(time), value, step: HALF_HOUR, quality: qualityOfNature(nature) }, line);
    this.skip(problem, fields, line);
  }

  #endOf(time: string): string {
    const endsDay = /^00:00(:00)?$/.test(time) && typeof parseDay(this.#day) === 'number';
    return `${endsDay ? addDays(this.#day, 1) : this.#day} ${time}`;
  }
}

class Days extends Values {
  row(fields: readonly string[], line: number): void {
    const [day = '', value = '', nature = ''] = fields;
    this.skip(this.add('days', { stamp: isoDay(day), value, quality: qualityOfNature(nature) }, line), fields, line);
  }
}

class Indexes implements Sheet {
  readonly #columns: readonly { readonly index: number; readonly quantity: Quantity; readonly column: RegisterColumn }[];
  readonly #builder: IndexBuilder;
  readonly #timestamps: TimestampReader;
  readonly #report: RowReport;

  constructor(names: readonly string[], report: RowReport, { timeZone }: ReadOptions) {
    this.#builder = new IndexBuilder(report);
    this.#timestamps = new TimestampReader(timeZone);
    this.#report = report;
    this.#columns = names.flatMap((name, index) => {
      const quantity = quantityIn(name);
      // “Index Heures pleines (kWh)”; of a meter with one register, “Index (kWh)”.
      const register = name.replace(/^index/i, '').replace(/\(.*\)/, '').trim();
      const code = register === '' ? 'BASE' : registerOf(register);
      return quantity?.kind === 'energy' && index > 1 ? [{ index, quantity, column: { direction: 'consumption', grid: 'supplier', codeAt: () => code } }] : [];
    });
  }

  row(fields: readonly string[], line: number): void {
    const text = fields.join(';');
    const at = this.#timestamps.readSeconds(`${isoDay(fields[0] ?? '')} 00:00:00`);
    if (typeof at === 'string') return this.#report.skip(line, at, text);
    const values = this.#columns.map(({ index, quantity }) => (fields[index] ? parseQuantity(fields[index], quantity, MOST_OF_AN_INDEX) : null));
    this.#builder.add(at, values, qualityOfReading(fields[1] ?? ''), line, text);
  }

  contents(): Content[] {
    return this.#builder.build({ deliveryPoint: null, energy: 'electricity', unit: 'Wh' }, this.#columns.map(({ column }) => column));
  }
}
