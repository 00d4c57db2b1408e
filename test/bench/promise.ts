/** One number that the kit promises, as a benchmark found it. */
export interface MeasuredPromise {
  /** What is promised, in words: `load curve, creation ÷ uPlot at 17 520 points`. */
  readonly what: string;
  readonly measured: number;
  /** The most that is allowed. */
  readonly limit: number;
  /** Of both numbers: `×`, `ms`. */
  readonly unit: string;
}

/** What every benchmark file exports as `bench`: measures, writes its tables to `dist/bench`, and tells what became of the promises. */
export type Bench = () => Promise<readonly MeasuredPromise[]>;

export function isKept({ measured, limit }: MeasuredPromise): boolean {
  return measured <= limit;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of no values: measure at least once.');
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Rows as a Markdown table that also reads well in a terminal; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) => `| ${widths.map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const [head, ...body] = rows.map(line);
  return [head, rule, ...body].join('\n');
}
