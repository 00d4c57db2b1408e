/** What a portal is: domain types, operations and the rules that screen and server share. No I/O, no DOM. */
export * from './access.ts';
export * from './adapter.ts';
export * from './common-passwords.ts';
export * from './consumption.ts';
export * from './contracts.ts';
export * from './errors.ts';
export * from './operations/access.ts';
export * from './operations/consumption.ts';
export * from './operations/contracts.ts';
export * from './operations/operation.ts';
export * from './operations/portal.ts';
export * from './operations/table.ts';
export * from './page.ts';
export * from './portal.ts';
export * from './series.ts';
export * from './time.ts';
export * from './units.ts';
