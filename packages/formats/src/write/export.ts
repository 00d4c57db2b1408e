/**
 * What a page exports: the tables that it shows, and the series behind them. The writers beside this file make CSV, a
 * workbook and Green Button of it; each is a module of its own, so that a page loads the one that is asked for.
 */
import type { Instant, TimeZone } from '@oya/contract';
import type { MeasuredSeries } from '../reader.ts';

export type Column = { readonly header: string } & (
  | { readonly kind: 'text' }
  /** Cells are whole numbers of 10⁻ⁿ units: with three decimals and the unit kWh, 33495 is 33.495 kWh. */
  | { readonly kind: 'number'; readonly decimals: number; readonly unit?: string }
  /** Cells are local days, `2026-11-24`. */
  | { readonly kind: 'day' }
  /** Cells are instants in UTC, written as the clocks of the time zone show them. */
  | { readonly kind: 'instant' }
);

export type TableCell = string | number | null;

export interface Table {
  /** Names the sheet of a workbook. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: Iterable<readonly TableCell[]>;
}

export interface ExportedSeries extends Omit<MeasuredSeries, 'cost'> {
  /** What each value cost, in 10⁻⁵ of the currency: a column for each segment of a curve, one beside the values of days. */
  readonly costs?: { readonly currency: string; readonly columns: readonly (readonly (number | null)[])[] };
}

export interface Export {
  /** CSV has room for one. */
  readonly tables: readonly Table[];
  /** Load curves, and energy by day, month or year. */
  readonly series: readonly ExportedSeries[];
  readonly title: string;
  /** Who gives the data: the utility. */
  readonly author: string;
  /** When the data was as it is. */
  readonly updatedAt: Instant;
  readonly timeZone: TimeZone;
}
