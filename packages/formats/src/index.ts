/** Readers of what the energy world exchanges: bytes in, columnar series with qualities out. Pure, no I/O. */
export { FormatError } from './errors.ts';
export { detectFormat, FORMATS, readMeasurements, type FormatName, type Measurements } from './formats.ts';
export type { ReadOptions, RowCounts, SkippedRow } from './reader.ts';
export { splitByDay, type CurveDay } from './split-by-day.ts';
