/** From rows with what the registers of a meter showed at a moment to one content for each register. */
import { instant, qualityAt, type Direction, type Energy } from '@oya/contract';
import type { IndexReadings } from './reader.ts';
import type { RowReport } from './row-report.ts';

/** A register that a file has a column for. */
export interface RegisterColumn {
  readonly direction: Direction;
  readonly grid: IndexReadings['grid'];
  /** What the register is called at a moment, epoch seconds: a meter's register may change its name with the contract. */
  codeAt(at: number): string;
}

interface Row {
  readonly at: number;
  readonly line: number;
  readonly quality: string;
  /** Whole units by column; `null` where there is no value, or none that can be read. */
  readonly values: readonly (number | null)[];
}

export class IndexBuilder {
  readonly #rows = new Map<number, Row>();
  readonly #report: RowReport;

  constructor(report: RowReport) {
    this.#report = report;
  }

  /**
   * Adds what all registers showed at one moment; moments may come in any order.
   * @param at epoch seconds
   * @param values by column: a number, `null` where there is none, or the reason in words why it cannot be read
   * @param text the row, for the report
   */
  add(at: number, values: readonly (number | string | null)[], quality: string, line: number, text: string): void {
    const wrong = values.find((value) => typeof value === 'string');
    if (wrong !== undefined) this.#report.skip(line, String(wrong), text);
    const row: Row = { at, line, quality, values: values.map((value) => (typeof value === 'string' ? null : value)) };
    if (row.values.every((value) => value === null)) {
      if (wrong !== undefined) return;
      this.#report.empty++;
    }
    const first = this.#rows.get(at);
    if (!first || (isEmpty(first) && !isEmpty(row))) {
      this.#rows.set(at, row);
      if (!isEmpty(row)) this.#report.read++;
    } else if (!isEmpty(row)) {
      const isSame = row.values.every((value, column) => value === null || value === first.values[column]);
      this.#report.skip(line, isSame ? `the same as line ${first.line}` : `contradicts line ${first.line} for the same time: the first counts`, text);
    }
  }

  /** One content for each register that showed anything; where none did, the last column without values. */
  build(about: { deliveryPoint: string | null; energy: Energy; unit: IndexReadings['unit'] }, columns: readonly RegisterColumn[]): IndexReadings[] {
    const rows = [...this.#rows.values()].sort((left, right) => left.at - right.at);
    const showed = columns.map((_, index) => index).filter((index) => rows.some(({ values }) => (values[index] ?? null) !== null));
    const kept = showed.length > 0 ? showed : columns.length > 0 && rows.length > 0 ? [columns.length - 1] : [];
    const contents = new Map<string, IndexReadings>();
    for (const index of kept) {
      const column = columns[index] as RegisterColumn;
      for (const { at, quality, values } of rows) {
        const register = column.codeAt(at);
        const key = `${index} ${register}`;
        let content = contents.get(key);
        if (!content) contents.set(key, (content = { kind: 'indexes', deliveryPoint: about.deliveryPoint, energy: about.energy, direction: column.direction, register, grid: column.grid, unit: about.unit, readings: [] }));
        const value = values[index] ?? null;
        content.readings.push({ at: instant(at * 1000), value, quality: value === null ? 'missing' : qualityAt(quality, 0) });
      }
    }
    return [...contents.values()].filter(({ readings }) => showed.length === 0 || readings.some(({ value }) => value !== null));
  }
}

function isEmpty({ values }: Row): boolean {
  return values.every((value) => value === null);
}
