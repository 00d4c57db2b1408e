/** Readers of what the energy world exchanges: bytes in, columnar series with qualities out. Pure, no I/O. */
export { FormatError } from './errors.ts';
export { detect, FORMATS, read, type Document, type FormatName } from './formats.ts';
export type * from './reader.ts';
export { prepare } from './prepare.ts';
export { splitByDay, type CurveDay } from './split-by-day.ts';
