/**
 * What a customer, or a third party by mail, gets as CSV from Enedis. A file is one block after another; each begins with
 * a line of names and a line of what they stand for: which delivery point, which data, in which unit. Then come
 * `Horodate;Valeur` with the end of each interval (load curve, W), the day (daily energy) or the moment (greatest power of
 * a day), or the indexes of all registers. Steps are mostly not told and change within the file, even within a day;
 * values may be empty; lines may come newest first. Files that start at the first row, as programs pass them on, are read too.
 */
import { eachRow, isoDay, simplified } from '../csv.ts';
import { Measurements, type Gathering, type Subject } from '../measurements.ts';
import { baseUnit, quantityOf, type Quantity } from '../quantities.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { INTERVAL_STEPS } from '../steps.ts';
import { IndexBlock } from './index-block.ts';
import { deliveryPointOf, directionOf, qualityOfStage } from './vocabulary.ts';

const PREAMBLE = 'identifiant prm';
const HEAD = /^(horodate|date;(valeur|consommation|production|injection) \(en )/;
const ROW = /^"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?"?;/;

export const enedisCustomerCsv = {
  name: 'enedis-customer-csv',
  title: 'Enedis CSV (“Mes mesures”: load curve, daily energy, maximum power, indexes)',

  matches({ head }: Source): boolean {
    const names = simplified(head.slice(0, 200)).replaceAll('"', '');
    return names.startsWith(`${PREAMBLE};`) || HEAD.test(names) || ROW.test(head);
  },

  read({ text }: Source, options: ReadOptions): Reading {
    const file = new CustomerFile(options);
    eachRow(text, (fields, line) => file.row(fields, line));
    return file.finish();
  },
} as const satisfies Reader;

/** Takes the lines of a block that come after its two of names. */
interface Block {
  row(fields: readonly string[], line: number): void;
}

/** A block that is reported as a whole: its rows are not told one by one. */
const LEFT_OUT: Block = { row() {} };

/** Reads line by line; what a line means depends on the lines before. */
class CustomerFile {
  readonly #options: ReadOptions;
  readonly #report = new RowReport();
  readonly #measurements: Measurements;
  readonly #indexes: IndexBlock[] = [];
  #names: readonly string[] | undefined;
  #block: Block | undefined;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#measurements = new Measurements(this.#report, options);
  }

  row(fields: readonly string[], line: number): void {
    const first = fields[0] ?? '';
    // Nearly all lines begin with a time: those need no look at accents.
    if (!/^\d/.test(first) && simplified(first) === PREAMBLE) this.#begin(fields, line);
    else if (this.#names) this.#describe(this.#names, fields, line);
    else (this.#block ??= this.#measureBlock({ deliveryPoint: null, direction: this.#options.direction ?? 'consumption', quality: qualityOfStage(''), usualStep: 0 })).row(fields, line);
  }

  finish(): Reading {
    return this.#report.reading([...this.#measurements.contents(), ...this.#indexes.flatMap((block) => block.contents())]);
  }

  #begin(fields: readonly string[], line: number): void {
    const names = fields.map(simplified);
    this.#block = undefined;
    if (names.includes('type de donnees') && deliveryPointOf(names[1] ?? '') !== null) {
      // Names and what they stand for in turns, on one line.
      this.#describe(names.filter((_, index) => index % 2 === 0), fields.filter((_, index) => index % 2 === 1), line);
    } else {
      this.#names = names;
    }
  }

  #describe(names: readonly string[], fields: readonly string[], line: number): void {
    this.#names = undefined;
    const told = (name: string): string => fields[names.indexOf(name)] ?? '';
    const [data, unit] = [simplified(told('type de donnees')), told('unite')];
    const subject = {
      deliveryPoint: deliveryPointOf(told(PREAMBLE)),
      direction: directionOf(told('grandeur metier')) ?? directionOf(data) ?? this.#options.direction ?? 'consumption',
    };
    const quantity = quantityOf(unit);
    const quality = qualityOfStage(told('etape metier'));

    if (data.includes('index') && quantity?.kind === 'energy') {
      const block = new IndexBlock({ ...subject, quantity, quality }, this.#report, this.#options);
      this.#indexes.push(block);
      this.#block = block;
      return;
    }
    const measure = measureOfData(data, quantity);
    if (!measure || (unit !== '' && !quantity)) {
      this.#report.skip(line, `left out “${told('type de donnees') || '?'}” in “${unit}”, which the portal does not know`);
      this.#block = LEFT_OUT;
      return;
    }
    this.#block = this.#measureBlock({ ...subject, measure, quantity, quality, usualStep: Number(told('pas en minutes')) });
  }

  #measureBlock(told: Told): MeasureBlock {
    return new MeasureBlock(told, this.#measurements, this.#report);
  }
}

/** A kind of data by its name; what its values measure where that has no unit. */
function measureOfData(data: string, quantity: Quantity | undefined): Subject['measure'] | undefined {
  const unit = quantity && baseUnit(quantity);
  if (data.includes('puissance max')) return unit === 'Wh' ? undefined : (unit ?? 'VA');
  if (data.includes('quotidien')) return (unit ?? 'Wh') === 'Wh' ? 'days' : undefined;
  return data === '' || data.includes('courbe') ? ((unit ?? 'W') === 'W' ? 'curve' : undefined) : undefined;
}

const UNITS: Readonly<Record<Subject['measure'], string>> = { curve: 'W', days: 'Wh', W: 'W', VA: 'VA' };

/** What the two lines before a block told of it. */
interface Told extends Omit<Subject, 'measure'> {
  /** Where the line of names has yet to tell it: `undefined`. */
  readonly measure?: Subject['measure'] | undefined;
  readonly quantity?: Quantity | undefined;
  /** Of all its values: a letter of `QUALITIES`. */
  readonly quality: string;
  /** Minutes; 0 where it is not told. */
  readonly usualStep: number;
}

/** `Horodate;Valeur`, with or without that line. */
class MeasureBlock implements Block {
  readonly #told: Told;
  readonly #measurements: Measurements;
  readonly #report: RowReport;
  /** Columns of time and value. */
  #columns = { stamp: 0, value: 1 };
  #gathering: { readonly rows: Gathering; readonly quantity: Quantity } | undefined;
  #isLeftOut = false;

  constructor(told: Told, measurements: Measurements, report: RowReport) {
    this.#told = told;
    this.#measurements = measurements;
    this.#report = report;
  }

  row(fields: readonly string[], line: number): void {
    const stamp = fields[this.#columns.stamp] ?? '';
    if (!/^\d/.test(stamp) && this.#head(fields, line)) return;
    if (this.#isLeftOut) return;
    const value = fields[this.#columns.value];
    const { rows, quantity } = (this.#gathering ??= this.#gather(this.#told.quantity));
    const problem = value === undefined ? 'expected time;value' : rows.add({ stamp: isoDay(stamp), value, quality: this.#told.quality }, quantity, line);
    if (problem !== undefined) this.#report.skip(line, problem, fields.join(';'));
  }

  /** The line of names, which may tell the unit: `Date;Valeur (en kWh)`. */
  #head(fields: readonly string[], line: number): boolean {
    const names = fields.map(simplified);
    const stamp = names.findIndex((name) => /^(horodate|date)\b/.test(name));
    if (stamp < 0) return false;
    const value = names.findIndex((name, index) => index !== stamp && /^(valeur|consommation|production|injection|puissance)\b/.test(name));
    this.#columns = { stamp, value: value < 0 ? stamp + 1 : value };
    const unit = /\((?:en )?(.+)\)/.exec(fields[this.#columns.value] ?? '')?.[1];
    const quantity = unit === undefined ? this.#told.quantity : quantityOf(unit);
    const measure = this.#told.measure ?? (quantity?.kind === 'energy' ? 'days' : 'curve');
    // Values in a unit that is not the measure's would be taken for others.
    this.#isLeftOut = unit !== undefined && (!quantity || baseUnit(quantity) !== UNITS[measure]);
    if (this.#isLeftOut) this.#report.skip(line, `left out values in “${unit}”, which is not the unit of the data`, fields.join(';'));
    else this.#gathering = this.#gather(quantity);
    return true;
  }

  #gather(told: Quantity | undefined): { rows: Gathering; quantity: Quantity } {
    const { deliveryPoint, direction, measure = told?.kind === 'energy' ? 'days' : 'curve' } = this.#told;
    const rows = this.#measurements.of({ deliveryPoint, direction, measure });
    if (INTERVAL_STEPS.includes(this.#told.usualStep)) rows.usualStep(this.#told.usualStep);
    return { rows, quantity: told ?? (quantityOf(UNITS[measure]) as Quantity) };
  }
}
