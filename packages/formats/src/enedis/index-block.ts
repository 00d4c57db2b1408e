/**
 * The indexes of a Linky in an Enedis CSV: a line for each collection with the supplier's ten registers (`EAS F1`…), the
 * distributor's four (`EAS D1`…) and the total (`EAS T`), in Wh; then, in a table of its own, which class of which calendar
 * each register counted for, and when. A meter collects at midnight of its own clock, which stays on summer time.
 */
import type { Direction } from '@oya/contract';
import { simplified } from '../csv.ts';
import { IndexBuilder, type RegisterColumn } from '../indexes.ts';
import { MOST_OF_AN_INDEX, parseQuantity, type Quantity } from '../quantities.ts';
import type { IndexReadings, ReadOptions } from '../reader.ts';
import type { RowReport } from '../row-report.ts';
import { TimestampReader } from '../timestamps.ts';
import { qualityOfReading, registerOf } from './vocabulary.ts';

/** `EAS F1`: energy drawn, supplier's first; `EAI`: fed in. */
const REGISTER = /^(EAS|EAI) (F\d{1,2}|D\d|T)$/;
const CLASS = /^identifiant classe temporelle( distributeur)? \d+$/;
const PERIOD = /^Du (\S+) au ?(\S*)$/i;

/** What a register counted for over a time, epoch seconds. */
interface Assignment {
  readonly from: number;
  readonly to: number;
  readonly code: string;
}

interface About {
  readonly deliveryPoint: string | null;
  readonly direction: Direction;
  readonly quantity: Quantity;
  /** Of readings that do not tell their own: a letter of `QUALITIES`. */
  readonly quality: string;
}

export class IndexBlock {
  readonly #about: About;
  readonly #report: RowReport;
  readonly #timestamps: TimestampReader;
  readonly #builder: IndexBuilder;
  /** Names of the registers by column of the file. */
  #columns: readonly { readonly index: number; readonly name: string }[] = [];
  #stamp = 0;
  #kind = -1;
  #calendarNames: readonly string[] | undefined;
  readonly #assignments = new Map<string, Assignment[]>();

  constructor(about: About, report: RowReport, { timeZone }: ReadOptions) {
    this.#about = about;
    this.#report = report;
    this.#timestamps = new TimestampReader(timeZone);
    this.#builder = new IndexBuilder(report);
  }

  row(fields: readonly string[], line: number): void {
    const first = simplified(fields[0] ?? '');
    if (first === 'periode') this.#calendarNames = fields.map(simplified);
    else if (this.#calendarNames) this.#assign(this.#calendarNames, fields, line);
    else if (fields.some((field) => REGISTER.test(field))) this.#head(fields);
    else this.#measure(fields, line);
  }

  contents(): IndexReadings[] {
    const { deliveryPoint, direction } = this.#about;
    const codes = this.#columns.map(({ name }) => this.#codeOf(name));
    const columns = this.#columns.map(({ name }, index): RegisterColumn => {
      const code = codes[index] as (at: number) => string;
      // Two registers that count for one class would be told as one: they keep their own names.
      const isShared = codes.some((other, at) => at !== index && isSupplier(this.#columns[at]?.name ?? '') === isSupplier(name) && other(0) === code(0) && code(0) !== '');
      return {
        direction: name.startsWith('EAI') ? 'production' : direction,
        grid: isSupplier(name) ? 'supplier' : 'distributor',
        codeAt: (at) => (isShared ? name : code(at) || name),
      };
    });
    return this.#builder.build({ deliveryPoint, energy: 'electricity', unit: 'Wh' }, columns);
  }

  #head(fields: readonly string[]): void {
    const names = fields.map(simplified);
    this.#stamp = Math.max(0, names.indexOf('horodate'));
    this.#kind = names.indexOf('type de releve');
    this.#columns = fields.flatMap((name, index) => (REGISTER.test(name) ? [{ index, name }] : []));
  }

  #measure(fields: readonly string[], line: number): void {
    const text = fields.join(';');
    const { quantity, quality } = this.#about;
    const at = this.#timestamps.readSeconds(fields[this.#stamp] ?? '');
    if (typeof at === 'string') return this.#report.skip(line, at, text);
    if (this.#columns.length === 0) return this.#report.skip(line, 'no line before it names the registers', text);
    const values = this.#columns.map(({ index, name }) => {
      const value = fields[index] ?? '';
      if (value === '') return null;
      const parsed = parseQuantity(value, quantity, MOST_OF_AN_INDEX);
      return typeof parsed === 'string' ? `${name}: ${parsed}` : parsed;
    });
    this.#builder.add(at, values, qualityOfReading(fields[this.#kind] ?? '', quality), line, text);
  }

  /** A line of the calendars: from when until when, and for each register the class it counted for. */
  #assign(names: readonly string[], fields: readonly string[], line: number): void {
    const period = PERIOD.exec(fields[0] ?? '');
    const [from, to] = [period?.[1], period?.[2]].map((text) => (text ? this.#timestamps.readSeconds(text) : Infinity));
    if (!period || typeof from !== 'number' || typeof to !== 'number') {
      this.#report.skip(line, 'expected “Du … au …” and the classes of the registers', fields.join(';'));
      return;
    }
    names.forEach((name, index) => {
      const [id = '', , register = ''] = fields.slice(index, index + 3);
      if (!CLASS.test(name) || !REGISTER.test(register) || id === '') return;
      const known = this.#assignments.get(register) ?? [];
      known.push({ from, to, code: registerOf(id) });
      this.#assignments.set(register, known);
    });
  }

  /**
   * What a register of the meter counted for: `''` where no calendar tells. Where all that do agree, their class holds for
   * the days between as well, on which Enedis writes INCONNU though the register goes on. The time 0 asks for that one class.
   */
  #codeOf(name: string): (at: number) => string {
    const assignments = this.#assignments.get(name) ?? [];
    const codes = new Set(assignments.map(({ code }) => code));
    const [only] = codes;
    if (codes.size === 1 && only !== undefined) return () => only;
    return (at) => assignments.find(({ from, to }) => from <= at && at < to)?.code ?? '';
  }
}

function isSupplier(name: string): boolean {
  return name.charAt(4) === 'F';
}
