/** What a portal is: domain types, operations and the rules that screen and server share. No I/O, no DOM. */
export * from './adapter.ts';
export * from './consumption.ts';
export * from './errors.ts';
export * from './operation.ts';
export * from './operations.ts';
export * from './page.ts';
export * from './portal.ts';
export * from './series.ts';
export * from './time.ts';
export * from './units.ts';
